"""Nothing delivered yet: the demonstration comes first, and says what it is; a second peildatum is only a folder."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from shared import Made
from trial import ALL_STEPS, FIRST, SECOND, Trial, only

from wi2007.cli import main
from wi2007.project import FOLLOW_UP_PEILDATUM, INTERNAL_FILES
from wi2007.publication.pdf.pages import FROM, TO

pytestmark = pytest.mark.slow


@pytest.fixture
def trial(demonstration: Made) -> Trial:
    """The demonstration and its follow-up, to look at."""
    return demonstration.trial


def test_without_a_delivery_the_demonstration_comes_first(demonstration: Made) -> None:
    first, later, again = demonstration.runs
    report = demonstration.trial.report(FIRST) / "rapport.html"
    assert first.steps == only(FIRST, ALL_STEPS)
    assert "demonstratielevering geschreven" in first.err
    assert first.out.splitlines() == ["Klaar.", f"  {report}"]
    assert later.steps == only(FOLLOW_UP_PEILDATUM, ALL_STEPS), "a second peildatum is only a folder"
    assert again.steps == {}


def test_every_output_says_in_its_first_lines_that_nobody_is_in_it(trial: Trial) -> None:
    report = trial.report(FIRST)
    for name in ("rapport.html", "intern/validatie.html"):
        assert "emonstratie" in (report / name).read_text(encoding="utf-8")[:4000], name
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    assert "emonstratie" in next(iter(manifest.values()))


def test_the_manifest_describes_every_file(trial: Trial) -> None:
    report = trial.report(FIRST)
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    there = {
        p.relative_to(report).as_posix(): p
        for p in report.rglob("*")
        if p.is_file() and p.relative_to(report).as_posix() not in {"manifest.json", *INTERNAL_FILES}
    }
    assert set(manifest["rapport"]) == set(there)
    for group, folder in (("rapport", report), ("tussenbestanden", trial.processed(FIRST))):
        for name, expected in manifest[group].items():
            content = (folder / name).read_bytes()
            assert expected == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    record = json.loads((trial.processed(FIRST) / "rapport" / "herkomst.json").read_text("utf-8"))
    assert (
        record["levering"]["sha256"]
        == hashlib.sha256(next(trial.raw(FIRST).parent.glob("*.csv")).read_bytes()).hexdigest()
    )
    kept = [
        {step["stap"]: step["aantal"] for step in told["rijen"]}["overgebleven"]
        for told in (record, manifest)
    ]
    assert kept[0] == 236_997
    assert kept[1] in (236_995, 237_000)


def test_the_study_comes_out(trial: Trial) -> None:
    with (trial.report(FIRST) / "reproductie.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == 243
    assert list(found[0]) == ["tabel", "rij", "kolom", "maat", "gepubliceerd", "berekend", "oordeel"]
    assert len([row for row in found if row["oordeel"] != "gelijk"]) == 2


def test_what_is_no_demonstration_says_nothing_of_one(real: Made) -> None:
    for peildatum in (FIRST, SECOND):
        report = real.trial.report(peildatum)
        assert not (report / "reproductie.csv").exists()
        manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
        assert "emonstratie" not in next(iter(manifest.values()))


def test_the_demonstration_alone_never_touches_a_delivery(tmp_path: Path) -> None:
    folder = tmp_path / "data/raw" / FIRST
    folder.mkdir(parents=True)
    (folder / "levering.csv").write_text("echt", encoding="utf-8")
    assert main(["demo", "--directory", str(tmp_path)]) == 2
    assert [p.name for p in folder.iterdir()] == ["levering.csv"]


def test_the_demonstration_may_be_written_twice(tmp_path: Path) -> None:
    for _ in range(2):
        assert main(["demo", "--directory", str(tmp_path)]) == 0
    (written,) = (tmp_path / "data/raw" / FIRST).glob("*.csv")
    assert [path.name for path in written.parent.glob("cbs*")] == ["cbs_maatwerk_reconstructie.xlsx"]
    with written.open(encoding="utf-8") as file:
        next(file)
        assert next(file).startswith("DEMO")


def test_another_peildatum_is_no_reason_to_write_a_demonstration(empty: Trial) -> None:
    ran = empty.run_here(SECOND)
    assert ran.status == 2
    assert not (empty.directory / "data/raw" / FIRST).exists()


def test_the_follow_up_lies_beside_the_first_and_nothing_seems_wrong(trial: Trial) -> None:
    warned = {}
    for peildatum in (FIRST, FOLLOW_UP_PEILDATUM):
        for name in ("rapport.html", "rapport.pdf", "intern/validatie.html"):
            assert (trial.report(peildatum) / name).is_file()
        found = json.loads((trial.processed(peildatum) / "validatie.json").read_text(encoding="utf-8"))
        assert found["demonstratie"]
        record = json.loads((trial.processed(peildatum) / "verwerking.json").read_text(encoding="utf-8"))
        warned[peildatum] = {one["regel"] for one in record["waarschuwingen"]}
    comparison = found["vergelijking"]
    assert comparison["previous"] == FIRST
    assert not comparison["rows_moved"]
    assert comparison["shifts"] == []
    assert warned[FOLLOW_UP_PEILDATUM] == warned[FIRST]
    kept = next(step["aantal"] for step in record["trechter"] if step["stap"] == "overgebleven")
    assert abs(kept - 236_997) < 500


@pytest.mark.parametrize("day", [FIRST, FOLLOW_UP_PEILDATUM])
def test_the_summary_is_one_page(trial: Trial, day: str) -> None:
    with pypdfium2.PdfDocument(trial.report(day) / "rapport.pdf") as paper:
        summary, following = (paper[number].get_textpage().get_text_range() for number in (1, 2))
    assert summary.index("Samenvatting") < summary.index("Hoe zeker.")
    assert following.index("Zo leest u dit rapport") < 200, "only the head of the page stands before it"


@pytest.mark.parametrize("day", [FIRST, FOLLOW_UP_PEILDATUM])
def test_no_page_of_the_report_is_much_more_than_a_third_white_but_the_last_of_a_chapter(
    trial: Trial, day: str
) -> None:
    top, bottom = FROM / 297, TO / 297
    with pypdfium2.PdfDocument(trial.report(day) / "rapport.pdf") as paper:
        begins = {item.get_dest().get_index() for item in paper.get_toc() if item.level == 0}
        for number in set(range(len(paper) - 1)) - {page - 1 for page in begins}:
            grey = paper[number].render(scale=1).to_pil().convert("L")
            body = np.asarray(grey)[int(top * grey.height) : int(bottom * grey.height)]
            (drawn,) = np.nonzero(body.min(axis=1) < 200)
            assert 1 - drawn.max() / len(body) < 0.36, f"page {number + 1}"
