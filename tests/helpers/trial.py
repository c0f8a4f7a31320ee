"""Trials of the whole program: small deliveries, a working directory outside the checkout, a copy of the project."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from wi2007 import reference
from wi2007.cli import main
from wi2007.pipeline import STEPS
from wi2007.project import ROOT

LINE = re.compile(r"^(\d{4}-\d\d-\d\d)  (.+?)  +\d+,\d s$", re.MULTILINE)
STEP_OF = {step.done: name for name, step in STEPS.items()}
_WITH_CTRL_C = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""
FIRST, SECOND = "2022-07-01", "2024-07-01"
LONG = 600
"""Seconds that no process takes on a machine that is merely busy."""
ALL_STEPS = set(STEP_OF.values())
HEADER = (
    "persoonsnummer;geslacht;geboortedatum;land_van_herkomst;gevraagde_nationaliteit;nationaliteit_1;nationaliteit_2;"
    "nationaliteit_3;nationaliteit_4;gemeentecode;statuscode;statusdatum;startdatum_plicht;doelgroep"
)


def as_from_a_terminal(words: list[str]) -> list[str]:
    """The same command where Ctrl-C stops it: what runs the tests may be in the background, where it is ignored."""
    return [sys.executable, "-c", _WITH_CTRL_C, *words]


def delivery_text(rows: int = 1200, seed: int = 1, prefix: str = "DEMO") -> str:
    """A delivery that is right, with plausible traits drawn from the code lists valid on 1 July 2022.

    A demonstration unless another `prefix` is given: of a real one there is a key of its own, and one release.
    """
    draw = random.Random(seed)
    day = date(2022, 7, 1)
    countries = [code.code for code in reference.countries().values() if code.valid_on(day)][:40]
    municipalities = [code.code for code in reference.municipalities().values() if code.valid_on(day)][:60]
    statuses = list(reference.statuses())
    lines = [HEADER]
    for number in range(rows):
        turkish = draw.random() < 0.07
        lines.append(
            ";".join(
                (
                    f"{prefix}{number:08d}",
                    draw.choice("MVVMVO") if number % 50 == 0 else draw.choice("MV"),
                    f"{draw.randint(1940, 1996)}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}",
                    draw.choice(countries),
                    "Turks" if turkish else draw.choice(("Nederlands", "anders")),
                    "0339" if turkish else "",
                    "",
                    "",
                    "",
                    draw.choice(municipalities),
                    draw.choice(statuses),
                    f"20{draw.randint(10, 21)}0615",
                    f"20{draw.randint(7, 9):02d}0315",
                    draw.choice(("NIEUWKOMER", "OUDKOMER")),
                )
            )
        )
    return "\r\n".join(lines) + "\r\n"


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file in a folder, by its name from there."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass(frozen=True)
class Ran:
    """What a run did: exit status, everything printed, and the steps by peildatum."""

    status: int
    out: str
    err: str

    @property
    def steps(self) -> dict[str, set[str]]:
        """The steps that were done, by peildatum."""
        done: dict[str, set[str]] = {}
        for peildatum, text in LINE.findall(self.err):
            if text in STEP_OF:
                done.setdefault(peildatum, set()).add(STEP_OF[text])
        return done


@dataclass(frozen=True)
class Trial:
    """A working directory, and the project (the checkout, or a copy to change) whose code works on it."""

    directory: Path
    project: Path = ROOT
    variables: Mapping[str, str] = field(default_factory=dict)

    def command(self, *words: str) -> list[str]:
        """`wi2007 run --directory …` with this project's code."""
        return [sys.executable, "-P", "-m", "wi2007.cli", "run", "--directory", str(self.directory), *words]

    def environment(self) -> dict[str, str]:
        """The surroundings of a user's shell, with this project's code before the installed one."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("WI2007_", "PYTEST_", "COV_"))
        }
        paths = os.pathsep.join([str(self.project / "src"), str(self.project)])
        return {**kept, "PYTHONPATH": paths, **self.variables}

    def run(self, *words: str) -> Ran:
        """Run to the end."""
        done = subprocess.run(
            self.command(*words),
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=LONG,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def run_here(self, *words: str) -> Ran:
        """Run in this process, which takes less where no step is reached; the code is that of the checkout."""
        assert self.project == ROOT
        out, err = io.StringIO(), io.StringIO()
        handled = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                status = main(["run", "--directory", str(self.directory), *words])
        finally:
            for number, handler in handled.items():
                signal.signal(number, handler)
        return Ran(status, out.getvalue(), err.getvalue())

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a run in a process group of its own, to be stopped or killed."""
        return subprocess.Popen(
            as_from_a_terminal(self.command(*words)),
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def raw(self, peildatum: str, name: str = "levering.csv") -> Path:
        """The delivery of a peildatum."""
        return self.directory / "data" / "raw" / peildatum / name

    def processed(self, peildatum: str) -> Path:
        """The files between delivery and report."""
        return self.directory / "data" / "processed" / peildatum

    def report(self, peildatum: str) -> Path:
        """The report for readers."""
        return self.directory / "reports" / peildatum

    def deliver(self, peildatum: str, text: str, name: str = "levering.csv") -> None:
        """Put a delivery in its place."""
        path = self.raw(peildatum, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def redeliver(self, peildatum: str, text: str) -> None:
        """Put another delivery in the place of the one that is there, as the first release of its peildatum."""
        shutil.rmtree(self.raw(peildatum).parent, ignore_errors=True)
        (self.directory / "data" / "uitgaven" / f"{peildatum}.json").unlink(missing_ok=True)
        self.deliver(peildatum, text)

    def results(self) -> dict[str, str]:
        """Digests of everything that was made, the manifest's time apart."""
        made: dict[str, str] = {}
        for folder in ("data/processed", "reports"):
            made.update(
                {f"{folder}/{name}": value for name, value in digests(self.directory / folder).items()}
            )
        for path in (self.directory / "reports").glob("*/manifest.json"):
            name = path.relative_to(self.directory).as_posix()
            timeless = re.sub(r'"gemaakt_op": "[^"]*"', "", path.read_text(encoding="utf-8"))
            made[name] = hashlib.sha256(timeless.encode()).hexdigest()
        return made


def without_history(results: dict[str, str]) -> dict[str, str]:
    """Leave out the records that name the commit: a copy of the project has none."""
    return {
        name: value
        for name, value in results.items()
        if not name.endswith(("manifest.json", "herkomst.json"))
    }


def copy_project(target: Path) -> Path:
    """A copy of the project's own files without history, tests and environment: to change and run from.

    With the modules as they were compiled, which saves every copy a second; one that is edited is compiled again.
    """
    wanted = (
        "Snakefile",
        "workflow",
        "config",
        "schemas",
        "reference",
        "src",
        "requirements.lock",
        "pyproject.toml",
    )
    for name in (*wanted, "environment.yml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / name)
    return target


def replace_in(path: Path, old: str, new: str) -> None:
    """Edit a file the way a person does; the old text must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def only(peildatum: str, steps: Iterable[str]) -> dict[str, set[str]]:
    """The steps of a run that touched one peildatum."""
    return {peildatum: set(steps)}
