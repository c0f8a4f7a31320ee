"""The command `wi2007 inspect FILE`: look, report, and write the proposal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from wi2007 import dutch
from wi2007.delivery.opening import open_source
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Source
from wi2007.errors import UserError
from wi2007.inspection import document, questions, screen
from wi2007.inspection.conclusion import Trial, conclude, refused
from wi2007.inspection.contents import Readers
from wi2007.inspection.look import Seen, look
from wi2007.inspection.names import is_header
from wi2007.inspection.proposal import propose
from wi2007.inspection.settings import Settings, read_settings
from wi2007.inspection.task import Task
from wi2007.inspection.writing import write_new
from wi2007.mapping.heading import Heading
from wi2007.project import ROOT
from wi2007.validation.rules import Rules, read_rules

NO_NAMES: Final = (
    "Wat daar staat, lijkt op de inhoud van de velden en wordt daarom niet getoond. Staan de namen in een andere rij, "
    "zet dan naast het bestand een levering.yaml met onder lezen de koprij. Ontbreken zij, vraag DUO dan om een "
    "bestand met namen."
)


def inspect(task: Task) -> int:
    """Do what was asked and return the exit status. Raises `UserError`."""
    settings, rules = read_settings(), read_rules()
    with _scratch(task.path) as scratch:
        try:
            return _inspect(task, settings, rules, scratch)
        except UnreadableError as error:
            told = [_refusal(task.path, error.problem, rules)]
            try:
                _ask(task, error.problem, scratch, settings)
            except UserError as not_written:
                told.append(str(not_written))
            raise UserError("\n".join(told)) from None


@contextmanager
def _scratch(path: Path) -> Iterator[Path]:
    """Yield a folder for temporary files inside a `data/`: that of the file, or else the project's own."""
    data = next((folder for folder in path.resolve().parents if folder.name == "data"), ROOT / "data")
    place = data / "processed" / f".inspectie-{os.getpid()}"
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _inspect(task: Task, settings: Settings, rules: Rules, scratch: Path) -> int:
    day = date.fromisoformat(task.peildatum) if task.peildatum else None
    source = open_source(task.path, task.reading, scratch)
    readers = Readers(day or date.max, rules.limits, settings, source.day_zero)
    trial = Trial(task.path, scratch, day or date.today(), rules)
    seen = look(source, readers, settings.grenzen)
    if not seen.rows:
        return refused(task, trial)
    heading = Heading(source, day or date.max)
    _check(task, source, seen, heading, settings)
    proposal = propose(seen, readers, settings, day, inside=task.is_inside)
    print(screen.overview(task.path.name, source.decisions, proposal, settings, heading.are_names))
    sys.stdout.flush()
    return conclude(
        task, trial, proposal, document.levering(proposal, task.about(source.decisions), settings)
    )


def _check(task: Task, source: Source, seen: Seen, heading: Heading, settings: Settings) -> None:
    """Check that names stand above the rows; the settings of levering.yaml are the user's responsibility."""
    mapped = task.layout.levering
    if heading.is_row and mapped.lezen.koprij is None:
        raise UnreadableError(Problem("kop_ontbreekt", row=source.header_row))
    if not mapped.kolommen and not is_header(seen.profiles, settings):
        raise UnreadableError(Problem("kop_onherkenbaar", row=source.header_row))


def _ask(task: Task, problem: Problem, scratch: Path, settings: Settings) -> None:
    """Write the question to a levering.yaml, where the file can be read in more ways than one."""
    asked = questions.asked(problem.rule, task.path, task.reading, scratch, settings)
    if asked is None:
        return
    write_new(task.target, questions.document(asked, task.about(), inside=task.is_inside))
    print(f"{asked.question} De vraag, met de mogelijke antwoorden, staat in {task.target}.")
    sys.stdout.flush()


def _refusal(path: Path, problem: Problem, rules: Rules) -> str:
    """Return why a file cannot be read, in the words of a run."""
    rule = rules.rules[problem.rule]
    where = f" Rij {dutch.count(problem.row)}." if problem.row is not None else ""
    about = f" {problem.about}" if problem.about else ""
    to_do = NO_NAMES if rule.name == "kop_onherkenbaar" else rule.what_to_do
    return f"{path.name} is niet te lezen.\n  - {rule.name}: {rule.description}{where}{about} {to_do}"
