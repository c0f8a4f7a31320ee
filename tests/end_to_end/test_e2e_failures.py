"""Refusals and failures: what is told, what stays, and what the next run does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from settings_folders import copied
from shared import AWKWARD_NAMES
from trial import (
    ALL_STEPS,
    FIRST,
    HEADER,
    SECOND,
    Trial,
    copy_project,
    delivery_text,
    only,
    replace_in,
    without_history,
)

from wi2007.project import INTERNAL_FILES
from wi2007.run.checking import settings

MARK = "GEHEIM7731"
VALIDATION = {Path(name).name for name in INTERNAL_FILES}


def earlier(trial: Trial, peildatum: str) -> dict[str, bytes]:
    """The report for readers, but for the validation report, which belongs to the latest delivery."""
    return {
        path.name: path.read_bytes()
        for path in sorted(trial.report(peildatum).rglob("*"))
        if path.is_file() and path.name not in VALIDATION
    }


pytestmark = pytest.mark.slow


def test_a_refused_delivery_leaves_the_report_and_is_refused_again_until_it_is_mended(made: Trial) -> None:
    right = made.raw(SECOND, AWKWARD_NAMES[SECOND]).read_bytes()
    before, results = earlier(made, SECOND), made.results()
    made.deliver(SECOND, right.decode().replace(";OUDKOMER", f";{MARK}", 3), AWKWARD_NAMES[SECOND])
    for _ in range(2):
        ran = made.run()
        assert ran.status == 2
        assert ran.steps == {}
        assert "doelgroep" in (made.report(SECOND) / "intern" / "validatie.csv").read_text(encoding="utf-8")
        assert f"reports/{SECOND}/ staat nog het vorige rapport" in ran.err
        assert "Traceback" not in ran.err
        assert earlier(made, SECOND) == before
    made.raw(SECOND, AWKWARD_NAMES[SECOND]).write_bytes(right)
    assert made.run().status == 0
    assert made.results() == results


def test_one_refused_peildatum_does_not_hold_up_the_other(empty: Trial) -> None:
    empty.deliver(FIRST, f"{HEADER}\r\nP1;Q\r\n")
    empty.deliver(SECOND, delivery_text(seed=2))
    ran = empty.run()
    assert ran.status == 2
    assert ran.steps == {FIRST: {"cbs"}, SECOND: ALL_STEPS}, (
        "a CBS workbook has nothing to do with the delivery"
    )
    assert (empty.report(SECOND) / "rapport.html").is_file()
    assert not (empty.report(FIRST) / "rapport.html").exists()
    assert (empty.report(FIRST) / "intern" / "validatie.html").is_file()
    assert FIRST in ran.err
    assert ran.err.count("is geweigerd") == 1
    for name, at in (("validatie.json", "vergelijking"), ("stromen.json", "vorige")):
        told = json.loads((empty.processed(SECOND) / name).read_text(encoding="utf-8"))
        assert told[at] is None, "what is refused is not compared with"
    again = empty.run()
    assert (again.status, again.steps) == (2, {})


def test_without_a_home_that_can_be_written_a_run_goes_on(empty: Trial) -> None:
    """As an account of a service has, or somebody on a full or shared machine."""
    empty.deliver(FIRST, delivery_text())
    trial = Trial(empty.directory, variables={"HOME": "/dev/null", "XDG_CACHE_HOME": ""})
    assert trial.run().status == 0


def test_no_value_of_a_row_is_told_anywhere(empty: Trial) -> None:
    text = delivery_text(rows=50, prefix="P").replace(";OUDKOMER", f";{MARK}").replace("P0000000", f"{MARK}-")
    empty.deliver(FIRST, text)
    ran = empty.run("--verbose")
    assert ran.status == 2
    assert MARK not in ran.out + ran.err
    told = [p for p in empty.directory.rglob("*") if p.is_file() and "raw" not in p.parts]
    assert [p.name for p in told if MARK.encode() in p.read_bytes()] == []


@pytest.mark.long
def test_a_broken_template_fails_every_time_and_keeps_the_earlier_report(made: Trial, tmp_path: Path) -> None:
    copy = Trial(made.directory, copy_project(tmp_path / "kopie"))
    before, results = earlier(made, FIRST), without_history(made.results())
    module = copy.project / "src/wi2007/steps/html.py"
    right = module.read_text(encoding="utf-8")
    module.write_text(right + "\nraise RuntimeError\n", encoding="utf-8")
    for _ in range(2):
        ran = copy.run(FIRST)
        assert ran.status == 1
        assert "Traceback" not in ran.err
        assert f"{FIRST}: Onverwachte fout (RuntimeError)" in ran.err
        assert earlier(made, FIRST) == before
    module.write_text(right, encoding="utf-8")
    ran = copy.run(FIRST)
    assert (ran.status, ran.steps) == (0, only(FIRST, {"content", "html", "pdf", "workbooks", "place"}))
    assert without_history(made.results()) == results


def test_what_cannot_be_placed_is_placed_by_the_next_run(made: Trial) -> None:
    results, before = made.results(), earlier(made, FIRST)
    table = made.report(FIRST) / "tabellen" / "cbs.csv"
    table.unlink()
    (table / "van een ander").mkdir(parents=True)
    for _ in range(2):
        ran = made.run(FIRST)
        assert ran.status == 1
        assert "Traceback" not in ran.err
        assert f"{FIRST}: Onverwachte fout (IsADirectoryError" in ran.err
        now = earlier(made, FIRST)
        assert now == {name: before[name] for name in now}
        assert {"rapport.html", "rapport.pdf"} <= now.keys()
    shutil.rmtree(table)
    assert made.run(FIRST).status == 0
    assert made.results() == results


@pytest.mark.long
def test_a_failure_while_the_report_is_placed_is_repaired_by_the_next_run(
    made: Trial, tmp_path: Path
) -> None:
    copy = Trial(made.directory, copy_project(tmp_path / "kopie"))
    module = copy.project / "src/wi2007/steps/placing.py"
    right = module.read_text(encoding="utf-8")
    replace_in(module, "    for path in sorted(", '    raise OSError("vol")\n    for path in sorted(')
    results, before = without_history(made.results()), earlier(made, FIRST)
    for _ in range(2):
        assert copy.run(FIRST).status == 1
        assert {name: earlier(made, FIRST)[name] for name in ("rapport.html", "rapport.pdf")} == {
            name: before[name] for name in ("rapport.html", "rapport.pdf")
        }
    module.write_text(right, encoding="utf-8")
    assert copy.run(FIRST).status == 0
    assert without_history(made.results()) == results


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("peildata: [2022-07-01\n\n", "regel 3"),
        ("peildata: [2022-13-01]", "datum"),
        ("peildata: morgen", "peildata"),
        ("peildata: []", "peildata"),
        ("peildata: alle\nrekenkernen: 0", "regel 2"),
        ("rekenkernen: '2'", "rekenkernen"),
        ("kernen: 2", "'kernen'"),
        ("- alle", "peildata: alle"),
        ("", "peildata: alle"),
        ("peildata: alle\npeildata: \x00", "config/config.yaml"),
    ],
)
def test_a_wrong_configuration_is_told_with_the_place(
    empty: Trial, tmp_path: Path, text: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty.deliver(FIRST, delivery_text(rows=5))
    with copied(tmp_path / "kopie") as copy:
        monkeypatch.setattr(settings, "mistakes", copy.told)
        (copy.folder / "config/config.yaml").write_text(text, encoding="utf-8")
        ran = empty.run_here()
    assert ran.status == 2
    assert told in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("text", "told"), [("peildata: morgen", "peildata"), ("peildata: [2031-01-01]", "2031-01-01")]
)
def test_the_configuration_of_the_project_is_the_one_that_counts(
    empty: Trial, tmp_path: Path, text: str, told: str
) -> None:
    empty.deliver(FIRST, delivery_text(rows=5))
    copy = Trial(empty.directory, copy_project(tmp_path / "kopie"))
    (copy.project / "config/config.yaml").write_text(text, encoding="utf-8")
    ran = copy.run()
    assert ran.status == 2
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_a_missing_configuration_is_told(empty: Trial, tmp_path: Path) -> None:
    copy = Trial(empty.directory, copy_project(tmp_path / "kopie"))
    (copy.project / "config/config.yaml").unlink()
    ran = copy.run()
    assert (ran.status, "config/config.yaml ontbreekt" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        ("config/tables.yaml", "\ntables:", "\ntabel:"),
        ("config/tables.yaml", "\ntables:", "\ntables: ["),
        ("config/validation.yaml", "regels:", "regel:"),
    ],
)
def test_a_wrong_specification_is_no_defect_of_the_program(
    made: Trial, tmp_path: Path, place: str, old: str, new: str
) -> None:
    copy = Trial(made.directory, copy_project(tmp_path / "kopie"))
    replace_in(copy.project / place, old, new)
    ran = copy.run(FIRST)
    assert ran.status == 2, ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ((), "geen bestand van DUO"),
        (("a.csv", "b.csv"), "2 bestanden"),
        (("cbs.xlsx",), "geen bestand van DUO"),
        (("leeg.csv",), "leeg"),
    ],
)
def test_a_folder_without_exactly_one_delivery_is_told(
    empty: Trial, names: tuple[str, ...], told: str
) -> None:
    folder = empty.raw(FIRST).parent
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).touch()
    ran = empty.run() if "leeg.csv" in names else empty.run_here()
    assert ran.status == 2
    assert told in ran.err


def test_a_file_that_lies_loose_is_told(empty: Trial) -> None:
    (empty.directory / "data/raw").mkdir(parents=True)
    (empty.directory / "data/raw/levering.csv").write_text(delivery_text(rows=5), encoding="utf-8")
    ran = empty.run_here()
    assert (ran.status, "map met de peildatum als naam" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("2030-01-01",), "2030-01-01"),
        (("1-7-2022",), "geen peildatum"),
        (("--kernen", "2"), "--kernen"),
        (("--afronding", "7"), "achter --afronding hoort 5, 10 of uit"),
        (("--cores", "nul"), "--cores"),
        (("--cores", "0"), "--cores"),
    ],
)
def test_a_wrong_command_is_told(empty: Trial, words: tuple[str, ...], told: str) -> None:
    empty.deliver(FIRST, delivery_text(rows=5))
    ran = empty.run_here(*words)
    assert ran.status == 2
    assert told in ran.err
    assert "Traceback" not in ran.err
