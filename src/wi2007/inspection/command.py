"""The command `wi2007 inspect FILE`: look, report, write the proposal, and conclude what a run would do with the file.

The file is checked against its contract as a run does it, as it is set now or else with the proposal, so that the two
cannot disagree.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from wi2007 import dutch
from wi2007.delivery.opening import open_source
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Source
from wi2007.errors import EXIT_REFUSED, UserError
from wi2007.inspection import document, questions, wording
from wi2007.inspection.contents import Readers
from wi2007.inspection.evidence import is_header
from wi2007.inspection.profile import Seen, read_profiles
from wi2007.inspection.proposal import Proposal, propose
from wi2007.inspection.settings import Settings, read_settings
from wi2007.inspection.task import Task, write_new
from wi2007.mapping.levering import Layout, read_layout
from wi2007.mapping.plan import Heading
from wi2007.project import LEVERING, ROOT, delivery_name
from wi2007.validation.held import Given, held
from wi2007.validation.judge import Case
from wi2007.validation.report import reasons
from wi2007.validation.rules import Rules, read_rules

NO_NAMES: Final = (
    "Wat daar staat, lijkt op de inhoud van de velden en wordt daarom niet getoond. Staan de namen in een andere rij, "
    "zet dan naast het bestand een levering.yaml met onder lezen de koprij. Ontbreken zij, vraag DUO dan om een "
    "bestand met namen."
)


@dataclass(frozen=True)
class Trial:
    """A delivery to be tried: without a peildatum of its own it is tried as of today."""

    path: Path
    scratch: Path
    peildatum: date
    rules: Rules

    def refusals(self, layout: Layout) -> list[str]:
        """Return why a run would refuse the file with this layout, a line for each rule; nothing when it would not."""
        try:
            with held(Given(self.path, self.scratch, Case(self.peildatum, self.rules), layout)) as found:
                return reasons(found.outcome)
        except UserError as error:
            return [f"  - {error}"]


def conclude(task: Task, trial: Trial, proposal: Proposal, text: str) -> int:
    """Try the file as it is set and write the proposal where it helps; return the exit status.

    Raises `UserError` when the proposal cannot be written.
    """
    print()
    if task.mistake:
        _print_refusal(f"De {LEVERING} naast het bestand heeft een fout en is niet gebruikt:", [task.mistake])
        if task.output is not None:
            _with_proposal(task, trial, proposal, text)
        return EXIT_REFUSED
    now = trial.refusals(task.layout)
    if not now and task.output is None:
        print(_accepted(task, proposal))
        return 0
    if now and (task.is_set or proposal.needs_nothing):
        if task.output is None:
            _print_refusal(_with_what(task), [*now, *_untouched(task)])
            return EXIT_REFUSED
        _print_refusal(_with_what(task), now)
    return _with_proposal(task, trial, proposal, text)


def refused(task: Task, trial: Trial) -> int:
    """Raise `UserError` that says why a run refuses a file without persons; returns nothing."""
    raise UserError("\n".join([f"{task.path.name} is niet te gebruiken.", *trial.refusals(task.layout)]))


def _accepted(task: Task, proposal: Proposal) -> str:
    if task.is_set:
        return f"Met de {LEVERING} die ernaast staat, neemt wi2007 run deze levering aan."
    names = "Alle kolommen heten zoals bij ons. " if proposal.needs_nothing else ""
    return f"{names}Een {LEVERING} is niet nodig en is niet geschreven.{_day(task)}"


def _day(task: Task) -> str:
    if task.peildatum:
        return ""
    return " Er is gekeken alsof de peildatum vandaag is; geef met --peildatum de echte."


def _with_what(task: Task) -> str:
    how = f"Met de {LEVERING} die ernaast staat" if task.is_set else "Zoals het bestand nu is"
    return f"{how}, weigert wi2007 run deze levering:"


def _untouched(task: Task) -> list[str]:
    if not task.is_set:
        return []
    return [f"De {LEVERING} is niet veranderd. Geef met --output een plaats voor een nieuw voorstel."]


def _with_proposal(task: Task, trial: Trial, proposal: Proposal, text: str) -> int:
    """Write the proposal, and try the file with it where it leaves no question."""
    write_new(task.target, text)
    print(f"Het voorstel staat in {task.target}. Lees het na voordat u het gebruikt.")
    sys.stdout.flush()
    if proposal.missing:
        print(
            f"Niet zeker of niet gevonden: {', '.join(proposal.missing)}. "
            "In het voorstel staat bij elk een VRAAG. Vul het antwoord in voordat u wi2007 run geeft.",
            file=sys.stderr,
        )
        return EXIT_REFUSED
    then = trial.refusals(read_layout(task.target, trial.peildatum.isoformat()))
    if then:
        _print_refusal("Ook met dit voorstel weigert wi2007 run deze levering:", then)
        return EXIT_REFUSED
    print(f"Met dit voorstel neemt wi2007 run deze levering aan.{_day(task)}")
    return 0


def _print_refusal(opening: str, lines: Sequence[str]) -> None:
    sys.stdout.flush()
    print("\n".join([opening, *lines]), file=sys.stderr)


def inspect(task: Task) -> int:
    """Do what was asked and return the exit status. Raises `UserError`."""
    settings, rules = read_settings(), read_rules()
    with _scratch(task.path) as scratch:
        try:
            return _inspect(task, settings, rules, scratch)
        except UnreadableError as error:
            message = [_refusal(task.path, error.problem, rules)]
            try:
                _ask(task, error.problem, scratch, settings)
            except UserError as not_written:
                message.append(str(not_written))
            raise UserError("\n".join(message)) from None


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
    seen = read_profiles(source, readers, settings.grenzen)
    if not seen.rows:
        return refused(task, trial)
    heading = Heading(source, day or date.max)
    _check(task, source, seen, heading, settings)
    proposal = propose(seen, readers, settings, day, inside=task.is_inside)
    print(wording.overview(delivery_name(task.path), source.decisions, proposal, settings, heading.are_names))
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
