"""What runs again after what change: nothing too much, and never too little."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from trial import ALL_STEPS, FIRST, SECOND, Trial, copy_project, delivery_text, only, replace_in

from wi2007.project import ROOT

AFTER_STATEMENTS = {"statements", "sensitivity", "content", "html", "pdf", "workbook", "manifest"}
AFTER_TABLES = {"tables", "disclosure", "change", "contracts", "tempo"} | AFTER_STATEMENTS
AFTER_COMPARISON = {"comparison", "change", "contracts", "tempo"} | (AFTER_STATEMENTS - {"sensitivity"})
OF_DELIVERY = ALL_STEPS - {"cbs"}
FOLDERS = ("publicatie/grafieken", "rapport/downloads", "rapport/werkboeken")
"""A step makes each of these as a whole."""


def both(steps: set[str]) -> dict[str, set[str]]:
    return {FIRST: steps, SECOND: steps}


def test_nothing_changed_runs_nothing_and_says_where_the_report_is(made: Trial) -> None:
    before = made.results()
    ran = made.run()
    assert (ran.status, ran.steps, ran.err) == (0, {}, "")
    assert ran.out.splitlines()[0] == "Alles is al bij de tijd."
    assert [Path(line.strip()) for line in ran.out.splitlines()[1:]] == [
        made.report(peildatum) / "rapport.html" for peildatum in (FIRST, SECOND)
    ]
    assert made.results() == before


def test_a_touched_delivery_runs_nothing(made: Trial) -> None:
    os.utime(made.raw(FIRST))
    assert made.run().steps == {}


def test_new_content_with_an_older_date_runs_only_its_peildatum(made: Trial) -> None:
    other = {name: value for name, value in made.results().items() if FIRST in name}
    made.deliver(SECOND, delivery_text(seed=3))
    os.utime(made.raw(SECOND), (10**9, 10**9))
    ran = made.run()
    assert (ran.status, ran.steps) == (0, only(SECOND, OF_DELIVERY))
    assert {name: value for name, value in made.results().items() if FIRST in name} == other
    assert made.run().steps == {}


def test_a_renamed_delivery_is_read_again(made: Trial) -> None:
    made.raw(SECOND).rename(made.raw(SECOND).with_name("nieuwe naam.txt"))
    assert made.run().steps == only(SECOND, OF_DELIVERY)


def test_only_the_peildatum_that_is_asked_for_is_made(made: Trial) -> None:
    for peildatum in (FIRST, SECOND):
        (made.report(peildatum) / "rapport.pdf").unlink()
    assert made.run(SECOND).steps == only(SECOND, {"manifest"})


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("config/tables.yaml", AFTER_TABLES),
        ("config/report/rapport.yaml", AFTER_STATEMENTS - {"statements", "sensitivity"}),
        ("config/uitspraken.yaml", AFTER_STATEMENTS),
        ("config/gevoeligheid.yaml", OF_DELIVERY),
        ("reference/uitspraken_2022.csv", AFTER_STATEMENTS),
        ("src/wi2007/publication/html/report.css", {"html", "manifest"}),
        ("src/wi2007/publication/pdf/report.typ", {"pdf", "manifest"}),
        ("src/wi2007/cube/__init__.py", OF_DELIVERY),
        ("src/wi2007/tables/build.py", AFTER_TABLES),
        ("src/wi2007/run/progress.py", set()),
        ("reference/gemeenten.csv", ALL_STEPS),
        ("config/cbs.yaml", {"cbs"} | AFTER_STATEMENTS),
        ("config/disclosure.yaml", AFTER_TABLES - {"tables"}),
        ("config/vergelijking.yaml", AFTER_COMPARISON),
        ("reference/studie_2022.csv", AFTER_TABLES - {"tables"}),
        ("config/config.yaml", {"manifest"}),
    ],
)
def test_a_change_in_the_project_runs_what_uses_it(
    made: Trial, tmp_path: Path, place: str, expected: set[str]
) -> None:
    copy = Trial(made.directory, copy_project(tmp_path / "kopie"))
    assert copy.run().steps == {}, "another place for the same project is no change"
    with (copy.project / place).open("a", encoding="utf-8") as file:
        file.write("\n")
    ran = copy.run(FIRST)
    assert (ran.status, ran.steps) == (0, only(FIRST, expected) if expected else {}), ran.err
    assert copy.run(FIRST).steps == {}


def test_a_change_in_the_project_concerns_every_peildatum(made: Trial, tmp_path: Path) -> None:
    copy = Trial(made.directory, copy_project(tmp_path / "kopie"))
    replace_in(copy.project / "config/config.yaml", "\n", "\n\n")
    assert copy.run().steps == both({"manifest"})


def between(trial: Trial) -> list[Path]:
    """Every file between delivery and report of the second peildatum; a folder made as a whole counts as one."""
    folder = trial.processed(SECOND)
    wholes = [folder / name for name in FOLDERS]
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [*wholes, *(path for path in files if not any(path.is_relative_to(one) for one in wholes))]


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it."""
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def test_every_file_between_is_asked_for(made: Trial) -> None:
    """What the last rule names itself is made again whenever it is gone; what others need of it may go unnoticed."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "snakemake",
            "--snakefile",
            str(ROOT / "Snakefile"),
            "-n",
            "--forceall",
            "--cores",
            "1",
        ],
        cwd=made.directory,
        env={**made.environment(), "WI2007_PEILDATA": SECOND},
        capture_output=True,
        text=True,
        check=True,
    )
    (asked,) = re.findall(r"rule all:\n +input: (.*)", done.stdout + done.stderr)
    missed = {path.relative_to(made.directory).as_posix() for path in between(made)} - set(asked.split(", "))
    assert missed == set()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_deleted_files_between_are_made_again(made: Trial, seed: int) -> None:
    before = made.results()
    for path in random.Random(seed).sample(files := between(made), len(files) // 3):
        remove(path)
    ran = made.run()
    assert ran.status == 0, ran.err
    assert set(ran.steps) == {SECOND}
    assert made.results() == before
    assert made.run().steps == {}


@pytest.mark.parametrize(
    "name",
    [
        "rapport.html",
        "rapport.pdf",
        "validatie.html",
        "validatie.csv",
        "manifest.json",
        "reproductie.csv",
        "tabellen",
        "",
    ],
)
def test_a_deleted_report_is_placed_again(made: Trial, name: str) -> None:
    before = made.results()
    path = made.report(FIRST) / name
    remove(path)
    ran = made.run()
    assert (ran.status, ran.steps) == (0, only(FIRST, {"manifest"}))
    assert made.results() == before


def test_a_report_that_somebody_edited_is_placed_again(made: Trial) -> None:
    before = made.results()
    with (made.report(FIRST) / "rapport.html").open("a", encoding="utf-8") as file:
        file.write("<!-- bijgewerkt -->")
    assert made.run().steps == only(FIRST, {"manifest"})
    assert made.results() == before


def test_everything_deleted_but_the_delivery_gives_the_same_bytes(made: Trial) -> None:
    before = made.results()
    for name in ("data/processed", "reports", ".snakemake"):
        shutil.rmtree(made.directory / name)
    assert made.run().steps == both(ALL_STEPS)
    assert made.results() == before
