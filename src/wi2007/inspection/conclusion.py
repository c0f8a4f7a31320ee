"""Conclude what a run would do with the file, as it is set now or else with the proposal, and what that means.

The file is checked against its contract as a run does it, so that the two cannot disagree.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wi2007.errors import EXIT_REFUSED, UserError
from wi2007.inspection.proposal import Proposal
from wi2007.inspection.task import Task
from wi2007.inspection.writing import write_new
from wi2007.mapping.levering import Layout, read_layout
from wi2007.project import LEVERING
from wi2007.validation.held import Given, held
from wi2007.validation.judge import Case
from wi2007.validation.report import reasons
from wi2007.validation.rules import Rules


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
        _tell_refusal(f"De {LEVERING} naast het bestand heeft een fout en is niet gebruikt:", [task.mistake])
        if task.output is not None:
            _with_proposal(task, trial, proposal, text)
        return EXIT_REFUSED
    now = trial.refusals(task.layout)
    if not now and task.output is None:
        print(_accepted(task, proposal))
        return 0
    if now and (task.is_set or proposal.needs_nothing):
        if task.output is None:
            _tell_refusal(_with_what(task), [*now, *_untouched(task)])
            return EXIT_REFUSED
        _tell_refusal(_with_what(task), now)
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
        _tell_refusal("Ook met dit voorstel weigert wi2007 run deze levering:", then)
        return EXIT_REFUSED
    print(f"Met dit voorstel neemt wi2007 run deze levering aan.{_day(task)}")
    return 0


def _tell_refusal(opening: str, lines: Sequence[str]) -> None:
    sys.stdout.flush()
    print("\n".join([opening, *lines]), file=sys.stderr)
