"""Whole runs that many tests look at: made once in a run of the suite, by whichever process comes first.

Nobody writes in them: a test that changes something takes a copy (`copy_of`).
"""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from trial import FIRST, SECOND, Ran, Trial, delivery_text

from wi2007.cli import main
from wi2007.demo import cbs

KEY = "attack" * 12
"""The rounding key of the runs whose reports are attacked."""
AWKWARD = "een map met 'spaties' & tekens"
AWKWARD_NAMES = {
    FIRST: "acc{x} {{y}} {peildatum}.csv",
    SECOND: "<b>&amp; #let $x$ *y* _z_ @w [l](m) ~ 'q' \"r\" `s`\\n.TXT",
}
"""Names of deliveries with letters that mean something to Snakemake, the shell, HTML or Typst."""
ROWS = 1200
SETTING = f"""# Hoe dit bestand is ingedeeld
bestand: "{AWKWARD_NAMES[FIRST]}"
peildatum: {FIRST}
kolommen:
  persoonsnummer: PSEUDO_ID
  geslacht: {{kolom: SEKSE, waarden: {{1: M, 2: V, 9: O}}}}
"""


@dataclass(frozen=True)
class Made:
    """A directory in which everything is made, and what each run that made it told."""

    trial: Trial
    runs: tuple[Ran, ...]


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that `make` fills for the whole suite; gives the folder. Fails wherever `make` failed before."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done, failed = (base / f"eenmaal-{name}{end}" for end in ("", ".klaar", ".mislukt"))
    with (base / f"eenmaal-{name}.slot").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if failed.exists():
            pytest.fail(f"could not be made, as another test told: {name}")
        if not done.exists():
            failed.touch()
            folder.mkdir()
            make(folder)
            failed.rename(done)
    return folder


def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Made], trial: Callable[[Path], Trial]
) -> Made:
    """The same for runs: `trial` says which directory and project they were of."""

    def kept(folder: Path) -> None:
        runs = [asdict(ran) for ran in make(folder).runs]
        (folder / "runs.json").write_text(json.dumps(runs), encoding="utf-8")

    folder = once(factory, name, kept)
    runs = json.loads((folder / "runs.json").read_text(encoding="utf-8"))
    return Made(trial(folder), tuple(Ran(**ran) for ran in runs))


def succeeded(trial: Trial, *words: str) -> Ran:
    """Run; a refusal or failure fails the test."""
    ran = trial.run(*words)
    assert ran.status == 0, ran.err
    return ran


def copy_of(made: Trial, directory: Path) -> Trial:
    """The same work in another directory, to change."""
    shutil.copytree(made.directory, directory, copy_function=shutil.copy2)
    return Trial(directory, made.project, made.variables)


def demonstration_trial(folder: Path) -> Trial:
    """Where the demonstration and its follow-up are made."""
    return Trial(folder / "werk", variables={"WI2007_AFRONDSLEUTEL": KEY})


def make_demonstration(folder: Path) -> Made:
    """Run where nothing is delivered; then with the follow-up; then with nothing new."""
    trial = demonstration_trial(folder)
    trial.directory.mkdir()
    first = succeeded(trial)
    assert main(["demo", "--directory", str(trial.directory), "--vervolg"]) == 0
    return Made(trial, (first, succeeded(trial), succeeded(trial)))


def real_trial(folder: Path) -> Trial:
    """Where two deliveries that are no demonstration are made."""
    return Trial(folder / AWKWARD)


def make_real(folder: Path) -> Made:
    """Two peildata of the same people, with names that people invent; FIRST also has an own layout and a workbook."""
    trial = real_trial(folder)
    text = delivery_text(ROWS, prefix="P")
    trial.deliver(FIRST, other_layout(text), AWKWARD_NAMES[FIRST])
    trial.deliver(SECOND, follow_up(text), AWKWARD_NAMES[SECOND])
    beside = trial.raw(FIRST).parent
    (beside / "levering.yaml").write_text(SETTING, encoding="utf-8")
    (beside / "oud.csv").write_text("een ander bestand", encoding="utf-8")
    (beside / "cbs_maatwerk.xlsx").write_bytes(cbs.workbook(cbs.load()))
    return Made(trial, (succeeded(trial), succeeded(trial)))


def make_exact(made: Trial, folder: Path) -> Made:
    """A copy of it, of which the first peildatum is made with exact counts."""
    trial = copy_of(made, real_trial(folder).directory)
    return Made(trial, (succeeded(trial, FIRST, "--afronding", "uit"),))


def make_exact_demonstration(made: Trial, folder: Path) -> Made:
    """A copy of the demonstration without its follow-up, made with exact counts."""
    trial = demonstration_trial(folder)
    shutil.copytree(made.raw(FIRST).parent, trial.raw(FIRST).parent)
    return Made(trial, (succeeded(trial, FIRST, "--afronding", "uit"),))


def other_layout(text: str) -> str:
    """The same persons with other names and values, dates the Dutch way, and codes without zeros."""
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    lines = ["SEKSE;PSEUDO_ID;" + ";".join(name.upper() for name in rows[0] if name not in _MOVED)]
    for row in rows:
        born = row["geboortedatum"]
        row["geboortedatum"] = f"{born[6:]}-{born[4:6]}-{born[:4]}"
        row["gemeentecode"] = str(int(row["gemeentecode"]))
        gender = {"M": "1", "V": "2", "O": "9"}[row["geslacht"]]
        rest = (value for name, value in row.items() if name not in _MOVED)
        lines.append(";".join([gender, row["persoonsnummer"], *rest]))
    return "\r\n".join(lines) + "\r\n"


_MOVED = ("geslacht", "persoonsnummer")


def follow_up(text: str, seed: int = 5) -> str:
    """The same people two years on: some through, some gone, some moved, some new."""
    draw = random.Random(seed)
    head, *lines = text.splitlines()
    kept = []
    for line in lines:
        fields = line.split(";")
        if draw.random() < 0.05:
            continue
        if draw.random() < 0.2:
            fields[10], fields[11] = "VOLDAAN", "20230615"
        if draw.random() < 0.1:
            fields[9] = "0518"
        kept.append(";".join(fields))
    new = [f"NIEUW{line}" for line in lines[:15]]
    return "\r\n".join([head, *kept, *new]) + "\r\n"
