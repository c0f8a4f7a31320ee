"""Steps done in this process, with all files of a peildatum in one folder."""

from __future__ import annotations

import contextlib
import io
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from schemas.sensitivity import ReadingText
from wi2007.mapping.corrections import read_corrections
from wi2007.mapping.levering import configured_layout, read_layout
from wi2007.pipeline import REPORT
from wi2007.policy import read_policy_groups
from wi2007.population.exclusion import EXCLUSIONS, read_exclusions
from wi2007.population.stream import Job
from wi2007.project import INTERNAL
from wi2007.steps import read
from wi2007.steps.case import Case
from wi2007.steps.edge import run_step
from wi2007.validation import drift
from wi2007.validation.rules import Rules, read_rules

PEILDATUM = "2022-07-01"


@dataclass(frozen=True)
class InFolder(Case):
    """A case whose files lie in the working directory itself, and its report too unless it has a place of its own."""

    placed: Path | None = None

    @property
    def report(self) -> Path:
        return self.placed or self.directory

    @property
    def internal(self) -> Path:
        return self.report

    def made(self, name: str) -> Path:
        return self.internal if name == REPORT + INTERNAL else self.directory / name

    def before(self, name: str) -> Path | None:
        return Path(self.earlier) / name if self.earlier else None


@cache
def _rules() -> Rules:
    """The rules of the project, which no test changes; reading them takes longer than a small delivery."""
    return read_rules()


def read_delivery(
    delivery: Path,
    folder: Path,
    peildatum: str = PEILDATUM,
    *,
    report: Path | None = None,
    levering: Path | None = None,
    corrections: Path | None = None,
    indeling: str | None = None,
    exclusions: Path = EXCLUSIONS,
    previous: Path | None = None,
    readings: Sequence[ReadingText] = (),
) -> None:
    """Do the step read on any file; raises what the step raises."""
    layout = read_layout(levering, peildatum) if levering else configured_layout(indeling, peildatum)
    job = Job(
        path=delivery,
        peildatum=date.fromisoformat(peildatum),
        rules=_rules(),
        exclusions=read_exclusions(exclusions),
        groups=read_policy_groups(),
        scratch=folder / ".tijdelijk",
        layout=replace(layout, corrections=read_corrections(corrections)) if corrections else layout,
        previous=drift.from_json(previous.read_text(encoding="utf-8")) if previous else None,
        variants=readings,
    )
    read.read(InFolder(peildatum, folder, placed=report), job)


@dataclass(frozen=True)
class Done:
    """How a step ended: its exit status, and what it said."""

    returncode: int
    stderr: str


def ended(step: Callable[[], None]) -> Done:
    """Do a step as its process would, and say how it ended: starting Python costs a second each time."""
    said, status = io.StringIO(), 0
    before = signal.getsignal(signal.SIGTERM), threading.excepthook, sys.unraisablehook
    with warnings.catch_warnings(), contextlib.redirect_stderr(said):
        try:
            run_step(step)
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            signal.signal(signal.SIGTERM, before[0])
            threading.excepthook, sys.unraisablehook = before[1:]
    return Done(status, said.getvalue())
