"""Nothing delivered yet: the demonstration comes first, and says what it is; a second peildatum is only a folder."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from trial import ALL_STEPS, FIRST, SECOND, Trial, delivery_text, only

from wi2007.project import FOLLOW_UP_PEILDATUM, INTERNAL_FILES


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """A directory in which the first run was made."""
    trial = Trial(tmp_path_factory.mktemp("demonstratie"))
    ran = trial.run()
    assert ran.status == 0, ran.err
    assert ran.steps == only(FIRST, ALL_STEPS)
    assert "demonstratielevering geschreven" in ran.err
    assert ran.out.splitlines() == ["Klaar.", f"  {trial.report(FIRST) / 'rapport.html'}"]
    return trial


@pytest.mark.slow
def test_every_output_says_in_its_first_lines_that_nobody_is_in_it(demonstration: Trial) -> None:
    report = demonstration.report(FIRST)
    for name in ("rapport.html", "validatie.html"):
        assert "emonstratie" in (report / name).read_text(encoding="utf-8")[:4000], name
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    assert "emonstratie" in next(iter(manifest.values()))


@pytest.mark.slow
def test_the_manifest_describes_every_file(demonstration: Trial) -> None:
    report = demonstration.report(FIRST)
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    there = {
        p.relative_to(report).as_posix(): p
        for p in report.rglob("*")
        if p.is_file() and p.name not in {"manifest.json", *INTERNAL_FILES}
    }
    assert set(manifest["rapport"]) == set(there)
    for group, folder in (("rapport", report), ("tussenbestanden", demonstration.processed(FIRST))):
        for name, expected in manifest[group].items():
            content = (folder / name).read_bytes()
            assert expected == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    record = json.loads((demonstration.processed(FIRST) / "rapport" / "herkomst.json").read_text("utf-8"))
    assert (
        record["levering"]["sha256"]
        == hashlib.sha256(next(demonstration.raw(FIRST).parent.glob("*.csv")).read_bytes()).hexdigest()
    )
    kept = [
        {step["stap"]: step["aantal"] for step in told["rijen"]}["overgebleven"]
        for told in (record, manifest)
    ]
    assert kept[0] == 236_997
    assert kept[1] in (236_995, 237_000)


@pytest.mark.slow
def test_the_study_comes_out(demonstration: Trial) -> None:
    with (demonstration.report(FIRST) / "reproductie.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == 243
    assert list(found[0]) == ["tabel", "rij", "kolom", "maat", "gepubliceerd", "berekend", "oordeel"]
    assert len([row for row in found if row["oordeel"] != "gelijk"]) == 2


@pytest.mark.slow
def test_a_second_peildatum_is_only_a_folder(demonstration: Trial) -> None:
    demonstration.deliver(SECOND, delivery_text(seed=4, prefix="P"))
    ran = demonstration.run()
    assert (ran.status, ran.steps) == (0, only(SECOND, ALL_STEPS)), ran.err
    report = demonstration.report(SECOND)
    assert not (report / "reproductie.csv").exists()
    assert "emonstratie" not in next(
        iter(json.loads((report / "manifest.json").read_text(encoding="utf-8")).values())
    )


def demo(directory: Path, *more: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "wi2007.cli", "demo", *more, "--directory", str(directory)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_the_demonstration_alone_never_touches_a_delivery(tmp_path: Path) -> None:
    folder = tmp_path / "data/raw" / FIRST
    folder.mkdir(parents=True)
    (folder / "levering.csv").write_text("echt", encoding="utf-8")
    done = demo(tmp_path)
    assert done.returncode == 2
    assert [p.name for p in folder.iterdir()] == ["levering.csv"]


def test_the_demonstration_may_be_written_twice(tmp_path: Path) -> None:
    for _ in range(2):
        assert demo(tmp_path).returncode == 0
    (written,) = (tmp_path / "data/raw" / FIRST).glob("*.csv")
    assert [path.name for path in written.parent.glob("cbs*")] == ["cbs_maatwerk_reconstructie.xlsx"]
    with written.open(encoding="utf-8") as file:
        next(file)
        assert next(file).startswith("DEMO")


def test_another_peildatum_is_no_reason_to_write_a_demonstration(empty: Trial) -> None:
    ran = empty.run(SECOND)
    assert ran.status == 2
    assert not (empty.directory / "data/raw" / FIRST).exists()


@pytest.mark.slow
def test_the_follow_up_runs_beside_the_first_and_nothing_seems_wrong(empty: Trial) -> None:
    assert demo(empty.directory, "--vervolg").returncode == 0
    ran = empty.run()
    assert ran.status == 0, ran.err
    assert set(ran.steps) == {FIRST, FOLLOW_UP_PEILDATUM}
    warned = {}
    for peildatum in (FIRST, FOLLOW_UP_PEILDATUM):
        for name in ("rapport.html", "rapport.pdf", "validatie.html"):
            assert (empty.report(peildatum) / name).is_file()
        found = json.loads((empty.processed(peildatum) / "validatie.json").read_text(encoding="utf-8"))
        assert found["demonstratie"]
        record = json.loads((empty.processed(peildatum) / "verwerking.json").read_text(encoding="utf-8"))
        warned[peildatum] = {one["regel"] for one in record["waarschuwingen"]}
    comparison = found["vergelijking"]
    assert comparison["previous"] == FIRST
    assert not comparison["rows_moved"]
    assert comparison["shifts"] == []
    assert warned[FOLLOW_UP_PEILDATUM] == warned[FIRST]
    kept = next(step["aantal"] for step in record["trechter"] if step["stap"] == "overgebleven")
    assert abs(kept - 236_997) < 500
    assert empty.run().steps == {}
