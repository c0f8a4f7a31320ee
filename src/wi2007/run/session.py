"""The command `wi2007 run`: from the arguments to an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from wi2007 import settings
from wi2007.errors import EXIT_REFUSED, EXIT_UNEXPECTED
from wi2007.project import Run, mark_of, marked, shown
from wi2007.run import demonstration, releases
from wi2007.run.checking import check_settings, remember
from wi2007.run.choice import check_folders, choose, closed_folders, damaged, wants_demonstration
from wi2007.run.process import BusyError, Interrupt, only_run, stop_children
from wi2007.run.workflow import Outcome, Task, execute

_DRAFT: Final = (
    "Dit is een proef, niet voor publicatie: het register van uitgaven is niet veranderd. "
    "Zonder --proef komt het rapport dat naar buiten kan."
)


_IN_HOUSE: Final = (
    "Gaat een rapport naar buiten, leg dat dan vast: wi2007 uitgaven {options}. Daarna worden de "
    "aantallen niet meer opnieuw afgerond zonder reden."
)


def make_reports(
    run: Run,
    peildata: Sequence[str] = (),
    rounding: str | None = None,
    cores: int | None = None,
    verbose: bool = False,
) -> int:
    """Make the reports that were asked for, or drafts of them (`run.draft`), and return the exit status.

    Raises `UserError` for wrong settings.
    """
    checked = check_settings(run)
    configuration = settings.read()
    check_folders(run)
    rounding = rounding or str(configuration.afronding)
    cores = cores or configuration.cores() or available_cores()
    interrupt = Interrupt()
    interrupt.install()
    try:
        with only_run(run):
            remember(run, checked)
            if wants_demonstration(run, peildata):
                demonstration.write(run, sys.stderr)
            choice = choose(run, peildata, configuration.chosen_peildata(), configuration.layout)
            outcome = Outcome(0, (), "")
            for note in choice.notes:
                print(note, file=sys.stderr)
            choice = releases.allowed(run, choice, rounding, configuration)
            if choice.peildata:
                forced = damaged(run, choice.peildata)
                task = Task(choice.peildata, forced, cores, verbose, rounding)
                outcome = execute(run, task, interrupt)
    except BusyError as error:
        print(error.message, file=sys.stderr)
        return error.status
    except KeyboardInterrupt:
        interrupt.number = interrupt.number or 2
    if interrupt.number:
        stop_children()
        print(
            "Gestopt. Geef de opdracht opnieuw om verder te gaan: wat al klaar is, blijft.", file=sys.stderr
        )
        return interrupt.status
    return conclude(run, choice.peildata, choice.problems, outcome, exact=rounding == settings.OFF)


def available_cores() -> int:
    """Return the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def conclude(
    run: Run, peildata: Sequence[str], problems: Sequence[str], outcome: Outcome, exact: bool = False
) -> int:
    """Report where the reports are and what went wrong; return the exit status.

    `exact` reports are not for publication.
    """

    def report(peildatum: str) -> Path:
        return run.report(peildatum) / marked("rapport.html", mark_of(exact, run.draft))

    failed = {failure.peildatum for failure in outcome.failures}
    made = (
        []
        if outcome.error and not failed
        else [p for p in peildata if p not in failed and report(p).is_file()]
    )
    outcome, closed = without_closed(run, peildata, outcome)
    problems = [*problems, *closed]
    _tell_made([report(p) for p in made], outcome, not problems and len(made) == len(peildata))
    if made and run.draft:
        print(_DRAFT, flush=True)
    elif not exact and outcome.finished and (inside := releases.in_house(run, made)):
        print(_IN_HOUSE.format(options=" ".join(f"--vastleggen {one}" for one in inside)), flush=True)
    for words in (*outcome.notes, *problems):
        print(words, file=sys.stderr)
    for failure in sorted(outcome.failures, key=lambda failure: (failure.peildatum, failure.step)):
        about = "" if failure.peildatum in failure.message else f"{failure.peildatum}: "
        print(f"{about}{failure.message}", file=sys.stderr)
    for failure in outcome.earlier:
        print(
            f"De levering van {failure.peildatum} kon niet worden gebruikt om mee te vergelijken. "
            f"Waarom staat in reports/{run.folder_name(failure.peildatum)}/intern/validatie.html, "
            "of geef de opdracht voor die peildatum.",
            file=sys.stderr,
        )
    for peildatum in sorted(set(peildata) - set(made)):
        if report(peildatum).is_file():
            place = f"reports/{run.folder_name(peildatum)}/"
            print(f"{peildatum}: in {place} staat nog het vorige rapport.", file=sys.stderr)
    return status(problems, outcome, complete=len(made) == len(peildata))


def without_closed(run: Run, peildata: Sequence[str], outcome: Outcome) -> tuple[Outcome, list[str]]:
    """Return the outcome and the messages: where a folder cannot be written, the message replaces the unexpected
    failure.
    """
    unexpected = [failure.peildatum for failure in outcome.failures if failure.status != EXIT_REFUSED]
    if not unexpected and (outcome.failures or not outcome.error):
        return outcome, []
    closed = closed_folders(run, unexpected or peildata)
    if closed:
        kept = tuple(failure for failure in outcome.failures if failure.status == EXIT_REFUSED)
        outcome = replace(outcome, failures=kept)
    return outcome, closed


def _tell_made(made: Sequence[Path], outcome: Outcome, everything: bool) -> None:
    if not made:
        return
    if not everything:
        print("Deze rapporten zijn actueel:")
    else:
        print("Klaar." if outcome.finished else "Alle rapporten zijn al actueel.")
    for path in made:
        print(f"  {shown(path)}")
    sys.stdout.flush()


def status(problems: Sequence[str], outcome: Outcome, complete: bool) -> int:
    """Return 0 when every report is there, 2 when only the user's own data or configuration stopped it, 1 otherwise."""
    statuses = {failure.status for failure in outcome.failures} | ({EXIT_REFUSED} if problems else set())
    if not statuses and not outcome.error and complete:
        return 0
    if statuses == {EXIT_REFUSED}:
        return EXIT_REFUSED
    if not outcome.failures and outcome.error:
        print(
            "De stappen konden niet worden uitgevoerd. Wat er misging, staat in .snakemake/wi2007.log; "
            "met --verbose staat het ook op het scherm.",
            file=sys.stderr,
        )
    return EXIT_UNEXPECTED
