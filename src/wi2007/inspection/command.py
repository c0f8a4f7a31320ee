"""The command `wi2007 inspect FILE`: look, tell, and write the proposal.

What does not belong here: the evidence and its words.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from schemas.levering import Levering
from wi2007 import dutch
from wi2007.delivery.opening import open_source
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Decision, Source
from wi2007.errors import EXIT_REFUSED, UserError
from wi2007.inspection import document, questions, screen
from wi2007.inspection.contents import Readers
from wi2007.inspection.look import Seen, look
from wi2007.inspection.names import is_header
from wi2007.inspection.proposal import Proposal, propose
from wi2007.inspection.settings import Settings, read_settings
from wi2007.inspection.writing import write_new
from wi2007.mapping.delivery import reading
from wi2007.mapping.levering import levering_file, read_layout
from wi2007.project import LEVERING, ROOT, check_peildatum, is_delivery
from wi2007.validation.rules import Rules, read_rules

NO_NAMES: Final = (
    "Wat daar staat, lijkt op de inhoud van de velden en wordt daarom niet getoond. Staan de namen in een andere rij, "
    "zet dan naast het bestand een levering.yaml met onder lezen de koprij. Ontbreken zij, vraag DUO dan om een "
    "bestand met namen."
)


@dataclass(frozen=True)
class Task:
    """What was asked. `output` is None when no place was named; `set_by_hand` are the settings of an earlier file."""

    path: Path
    output: Path | None
    peildatum: str | None
    set_by_hand: Levering

    @property
    def target(self) -> Path:
        """Where the proposal goes."""
        return self.output or self.path.with_name(LEVERING)

    @property
    def is_inside(self) -> bool:
        """Whether it goes to a place inside `data/`, where values of the delivery may be."""
        return "data" in [folder.name for folder in self.target.resolve().parents]

    def about(self, decisions: Sequence[Decision] = ()) -> document.About:
        """What the proposal is about."""
        others = (other for other in self.path.parent.iterdir() if other.name != self.path.name)
        alone = not any(map(is_delivery, others))
        set_reading = self.set_by_hand.lezen.model_dump(exclude_none=True)
        values = {name: str(value) for name, value in set_reading.items()}
        return document.About(self.path.name, self.peildatum, alone, decisions, values)


def inspect(arguments: argparse.Namespace) -> int:
    """Do what was asked and give the exit status. Raises `UserError`."""
    task = _task(arguments)
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


def _task(arguments: argparse.Namespace) -> Task:
    path: Path = arguments.file
    _check_readable(path)
    output: Path | None = arguments.output
    if output is not None and output.is_dir():
        output = output / LEVERING
    peildatum = check_peildatum(arguments.peildatum) if arguments.peildatum else _of_folder(path)
    return Task(path, output, peildatum, _set_by_hand(path, peildatum))


def _check_readable(path: Path) -> None:
    if not str(path).isprintable():
        raise UserError(
            "De naam van het bestand heeft tekens die niet te lezen zijn. Geef het een andere naam."
        )
    if path.exists() and not path.is_file():
        raise UserError(f"{path} is geen bestand. Noem het bestand waarin gekeken moet worden.")
    try:
        path.open("rb").close()
    except OSError as error:
        raise UserError(
            f"Het bestand {path} kan niet worden geopend ({error.strerror}). "
            "Kijk of de naam klopt en of u het mag lezen."
        ) from None


def _of_folder(path: Path) -> str | None:
    """The peildatum that the folder is called after, when it is."""
    try:
        return check_peildatum(path.absolute().parent.name)
    except UserError:
        return None


def _set_by_hand(path: Path, peildatum: str | None) -> Levering:
    """How to read the file, as a levering.yaml beside it says; one with a mistake is left to the run to tell."""
    if peildatum is None:
        return Levering()
    try:
        there = levering_file(path.absolute().parent)
        return read_layout(there, peildatum).levering if there else Levering()
    except UserError:
        print(
            f"De {LEVERING} naast het bestand heeft een fout en is hier niet gebruikt; wi2007 run noemt de fout."
        )
        return Levering()


@contextmanager
def _scratch(path: Path) -> Iterator[Path]:
    """A place for temporary files inside a `data/`: that of the file, or else the project's own."""
    data = next((folder for folder in path.resolve().parents if folder.name == "data"), ROOT / "data")
    place = data / "processed" / f".inspectie-{os.getpid()}"
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _inspect(task: Task, settings: Settings, rules: Rules, scratch: Path) -> int:
    day = date.fromisoformat(task.peildatum) if task.peildatum else None
    source = open_source(task.path, reading(task.set_by_hand.lezen), scratch)
    readers = Readers(day or date.max, rules.limits, settings, source.day_zero)
    seen = look(source, readers, settings.grenzen)
    _check(source, seen, settings)
    proposal = propose(seen, readers, settings, day, inside=task.is_inside)
    print(screen.overview(task.path.name, source.decisions, proposal, settings, source.names_are_names))
    sys.stdout.flush()
    return _conclude(task, source, proposal, settings)


def _check(source: Source, seen: Seen, settings: Settings) -> None:
    """There are rows, and above them are names."""
    if not seen.rows:
        raise UnreadableError(Problem("geen_rijen"))
    if not is_header(seen.profiles, settings):
        raise UnreadableError(Problem("kop_onherkenbaar", row=source.header_row))


def _conclude(task: Task, source: Source, proposal: Proposal, settings: Settings) -> int:
    print()
    if proposal.needs_nothing and task.output is None:
        print(f"Alle kolommen heten zoals bij ons. Een {LEVERING} is niet nodig en is niet geschreven.")
        return 0
    write_new(task.target, document.levering(proposal, task.about(source.decisions), settings))
    print(f"Het voorstel staat in {task.target}. Lees het na voordat u het gebruikt.")
    if not proposal.missing:
        return 0
    sys.stdout.flush()
    print(
        f"Niet zeker of niet gevonden: {', '.join(proposal.missing)}. "
        "In het voorstel staat bij elk een VRAAG. Vul het antwoord in voordat u wi2007 run geeft.",
        file=sys.stderr,
    )
    return EXIT_REFUSED


def _ask(task: Task, problem: Problem, scratch: Path, settings: Settings) -> None:
    """Where the file can be read in more ways than one: the question, in a levering.yaml of its own."""
    asked = questions.asked(problem.rule, task.path, reading(task.set_by_hand.lezen), scratch, settings)
    if asked is None:
        return
    write_new(task.target, questions.document(asked, task.about(), inside=task.is_inside))
    print(f"{asked.question} De vraag, met de mogelijke antwoorden, staat in {task.target}.")
    sys.stdout.flush()


def _refusal(path: Path, problem: Problem, rules: Rules) -> str:
    """Why a file cannot be read, in the words of a run."""
    rule = rules.rules[problem.rule]
    where = f" Rij {dutch.count(problem.row)}." if problem.row is not None else ""
    to_do = NO_NAMES if rule.name == "kop_onherkenbaar" else rule.what_to_do
    return f"{path.name} is niet te lezen.\n  - {rule.name}: {rule.description}{where} {to_do}"
