"""A run makes what is missing or out of date and no more; what it gives is what a fresh run gives.

Nothing here says which step does what: an edit belongs to a place in the project or the work, and what must not be made
again because of it is left alone byte for byte, its time included.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import pytest
from cbs_books import simple, write
from shared import Made
from trial import FIRST, LONG, SECOND, Trial, copy_project, delivery_text, only, without_history

from wi2007.pipeline import STEPS

Edit = Callable[[Trial], None]
KEPT = {
    "everything": ("data/processed/**/*", "reports/**/*"),
    "persons and gate": (
        f"data/processed/{FIRST}/*.parquet",
        f"data/processed/{FIRST}/outputcontrole/cellen.csv",
        f"data/processed/{FIRST}/publicatie/tabellen.csv",
        f"data/processed/{FIRST}/publicatie/verandering.csv",
    ),
    "persons": (f"data/processed/{FIRST}/*.parquet",),
    "the other peildatum": (f"data/processed/{SECOND}/**/*", f"reports/{SECOND}/**/*"),
}
"""What may not be made again, by what an edit leaves alone."""


def line_more(place: str) -> Edit:
    """An empty line at the end of a file of the project: other bytes, the same meaning."""

    def edit(trial: Trial) -> None:
        with (trial.project / place).open("a", encoding="utf-8") as file:
            file.write("\n")

    return edit


def touched(trial: Trial) -> None:
    """The delivery has another time and the same bytes."""
    for path in trial.raw(FIRST).parent.iterdir():
        os.utime(path)


def another_workbook(trial: Trial) -> None:
    """Another workbook of the CBS, with an older time than the one before."""
    path = trial.raw(FIRST, "cbs_maatwerk.xlsx")
    write(path, {"Tabel 1": simple()})
    os.utime(path, (10**9, 10**9))


def no_workbook(trial: Trial) -> None:
    """The workbook of the CBS is gone."""
    trial.raw(FIRST, "cbs_maatwerk.xlsx").unlink()


def another_delivery(trial: Trial) -> None:
    """Other persons, in a file with an older time than the one before."""
    trial.redeliver(FIRST, delivery_text(seed=3, prefix="P"))
    os.utime(trial.raw(FIRST), (10**9, 10**9))


def another_name(trial: Trial) -> None:
    """The same persons in a file with another name, which the report tells."""
    beside = trial.raw(FIRST, "levering.yaml")
    (name,) = [path for path in beside.parent.glob("*.csv") if path.name != "oud.csv"]
    name.rename(name.with_name("duo_{2}.csv"))
    beside.write_text(beside.read_text(encoding="utf-8").replace(name.name, "duo_{2}.csv"), encoding="utf-8")


SAME = {
    "a touched delivery": (touched, "everything"),
    "how progress is told": (line_more("src/wi2007/run/workflow.py"), "everything"),
}
"""Edits that change no result, and what they leave alone."""
ASKED = {
    "a text of the report": (line_more("config/report/rapport.yaml"), "persons and gate"),
    "the paper": (line_more("src/wi2007/publication/pdf/report.typ"), "persons and gate"),
    "a rule of the gate": (line_more("config/disclosure.yaml"), "persons"),
}
"""More of them, of which `make test` only asks which steps would be done."""
OTHER = {
    "another workbook": (another_workbook, "persons"),
    "no workbook": (no_workbook, "persons"),
    "a style of the page": (line_more("src/wi2007/publication/html/report.css"), "persons and gate"),
    "another delivery": (another_delivery, "the other peildatum"),
    "another name": (another_name, "the other peildatum"),
}
"""Edits that change results."""
LATER = ASKED | {
    "a reference list": (line_more("reference/gemeenten.csv"), "the other peildatum"),
    "the study": (line_more("reference/studie_2022.csv"), "persons"),
    "a table": (line_more("config/tables.yaml"), "persons"),
    "the comparison": (line_more("config/vergelijking.yaml"), "the other peildatum"),
    "the layout of the CBS": (line_more("config/cbs.yaml"), "persons"),
    "the configuration": (line_more("config/config.yaml"), "persons and gate"),
}
"""More edits that change no result, for the long suite."""


def times(trial: Trial, kept: str) -> dict[str, int]:
    """When the files that may not be made again were made; there must be some."""
    found = {
        path.relative_to(trial.directory).as_posix(): path.stat().st_mtime_ns
        for pattern in KEPT[kept]
        for path in trial.directory.glob(pattern)
        if path.is_file()
    }
    assert found
    return found


def after(trial: Trial, kept: str) -> None:
    """Run after an edit: what is kept was not made again, and then there is nothing to do."""
    before = times(trial, kept)
    ran = trial.run(FIRST)
    assert ran.status == 0, ran.err
    assert times(trial, kept) == before
    everything = times(trial, "everything")
    assert trial.run(FIRST).steps == {}
    assert times(trial, "everything") == everything


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edit", "kept"),
    [*SAME.values(), *(pytest.param(*one, marks=pytest.mark.long) for one in LATER.values())],
    ids=[*SAME, *LATER],
)
def test_an_edit_makes_again_what_uses_it_and_changes_nothing(
    made: Trial, tmp_path: Path, edit: Edit, kept: str
) -> None:
    copy = Trial(made.directory, copy_project(tmp_path / "kopie"))
    before = without_history(copy.results())
    edit(copy)
    after(copy, kept)
    assert without_history(copy.results()) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edit", "kept"),
    [pytest.param(*one, marks=pytest.mark.long) for one in OTHER.values()],
    ids=OTHER,
)
def test_what_is_changed_gives_what_a_fresh_run_gives(
    made: Trial, tmp_path: Path, edit: Edit, kept: str
) -> None:
    copy = Trial(made.directory, copy_project(tmp_path / "kopie"))
    edit(copy)
    after(copy, kept)
    fresh(copy)


@pytest.mark.slow
def test_all_edits_together_give_what_a_fresh_run_gives(made: Trial, tmp_path: Path) -> None:
    """One run after all of them, in the work and in the project."""
    copy = Trial(made.directory, copy_project(tmp_path / "kopie"))
    for edit, _ in (*SAME.values(), *LATER.values(), OTHER["another delivery"]):
        edit(copy)
    after(copy, "the other peildatum")
    fresh(copy)


def fresh(trial: Trial) -> None:
    """Throw away all that was made of the first peildatum: the next run gives the same again."""
    before = {name: value for name, value in trial.results().items() if FIRST in name}
    for name in ("data/processed", "reports", ".snakemake"):
        shutil.rmtree(trial.directory / name)
    ran = trial.run(FIRST)
    assert ran.status == 0, ran.err
    assert {name: value for name, value in trial.results().items() if FIRST in name} == before


def test_nothing_changed_runs_nothing_and_says_where_the_report_is(real: Made) -> None:
    _, second = real.runs
    assert (second.steps, second.err) == ({}, "")
    assert second.out.splitlines()[0] == "Alle rapporten zijn al actueel."
    assert [Path(line.strip()) for line in second.out.splitlines()[1:]] == [
        real.trial.report(peildatum) / "rapport.html" for peildatum in (FIRST, SECOND)
    ]


def third_of(folders: list[Path], seed: int) -> list[Path]:
    """A random third of all files in these folders."""
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return random.Random(seed).sample(files, len(files) // 3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 6))])
def test_deleted_files_are_made_again(made: Trial, seed: int) -> None:
    before, other = made.results(), times(made, "the other peildatum")
    for path in third_of([made.processed(FIRST)], seed):
        path.unlink()
    ran = made.run(FIRST)
    assert ran.status == 0, ran.err
    assert times(made, "the other peildatum") == other
    assert made.results() == before
    assert made.run().steps == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "kubus.parquet",
        *(
            pytest.param(name, marks=pytest.mark.long)
            for name in ("personen.parquet", "publicatie/tabellen.csv", "publicatie/inhoud.json")
        ),
    ],
)
def test_of_one_deleted_file_nothing_else_is_made_again(made: Trial, name: str) -> None:
    before, (step,) = made.results(), [step for step, one in STEPS.items() if name in one.writes]
    deleted = made.processed(FIRST) / name
    deleted.unlink()
    folders = tuple(f"data/processed/{FIRST}/{one}" for one in STEPS[step].writes if one.endswith("/"))
    kept = {
        path: time for path, time in times(made, "everything").items() if not path.startswith(folders or "-")
    }
    ran = made.run(FIRST)
    assert ran.status == 0, ran.err
    assert ran.steps == only(FIRST, [step])
    assert {path: time for path, time in times(made, "everything").items() if path in kept} == kept
    assert made.results() == before


@pytest.mark.slow
def test_a_folder_from_which_a_chart_was_deleted_is_whole_again(made: Trial) -> None:
    before = made.results()
    next((made.processed(FIRST) / "publicatie/grafieken").glob("*.svg")).unlink()
    assert made.run(FIRST).status == 0
    assert made.results() == before


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 4))])
def test_a_report_from_which_somebody_deleted_or_edited_is_placed_again(made: Trial, seed: int) -> None:
    before, between = made.results(), times(made, "persons and gate")
    deleted, *edited = third_of([made.report(FIRST)], seed)
    deleted.unlink()
    for path in edited if seed else edited[:1]:
        path.write_bytes(path.read_bytes() + b"<!-- bijgewerkt -->")
    assert made.run().status == 0
    assert made.results() == before
    assert times(made, "persons and gate") == between
    if seed:
        shutil.rmtree(made.report(FIRST))
        assert made.run().status == 0
        assert made.results() == before


def dry(trial: Trial, peildatum: str, *words: str) -> str:
    """What Snakemake says that it would do."""
    snakemake = [sys.executable, "-m", "snakemake", "--snakefile", str(trial.project / "Snakefile")]
    done = subprocess.run(
        [*snakemake, "-n", "--nolock", "--cores", "1", *words],
        cwd=trial.directory,
        env={**trial.environment(), "WI2007_PEILDATA": peildatum},
        capture_output=True,
        text=True,
        timeout=LONG,
        check=True,
    )
    return done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("edit", "kept"), ASKED.values(), ids=ASKED)
def test_an_edit_asks_for_no_step_before_what_uses_it(
    real: Made, tmp_path: Path, edit: Edit, kept: str
) -> None:
    copy = Trial(real.trial.directory, copy_project(tmp_path / "kopie"))
    edit(copy)
    asked = set(re.findall(r"^rule (\w+):", dry(copy, FIRST), re.MULTILINE))
    makes = {
        name
        for name, step in STEPS.items()
        for file in step.writes
        if any(fnmatch(f"data/processed/{FIRST}/{file}", pattern) for pattern in KEPT[kept])
    }
    assert makes and asked & STEPS.keys()
    assert not makes & asked


def test_every_file_between_is_asked_for(real: Made) -> None:
    """What the last rule names itself is made again whenever it is gone; what others need of it may go unnoticed."""
    trial = real.trial
    told = dry(trial, SECOND, "--forceall")
    (text,) = re.findall(r"rule all:\n +input: (.*)", told)
    asked = {trial.directory / name for name in text.split(", ")}
    files = {path for path in trial.processed(SECOND).rglob("*") if path.is_file()}
    assert {path for path in files if not asked & {path, *path.parents}} == set()
