"""Choose the peildata that a run makes, and report what is wrong with the others: one bad folder does not stop the
rest.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wi2007.errors import UserError
from wi2007.mapping.levering import Layout, find_layout
from wi2007.mapping.place import cbs_workbook_of, delivery_of
from wi2007.project import DEMONSTRATION_PEILDATUM, Run, check_peildatum

CHOSEN = "WI2007_PEILDATA"
"""The variable by which a run tells the rules what it chose: peildata, separated by spaces."""
NOTHING = (
    "Er staat geen levering in data/raw/. Maak daar een map met de peildatum als naam, bijvoorbeeld 2022-07-01, en zet "
    "het bestand van DUO erin. Met de opdracht 'wi2007 demo' komt er een demonstratielevering."
)


@dataclass(frozen=True)
class Choice:
    """The peildata to make, ascending, and the Dutch messages about those that cannot be made."""

    peildata: tuple[str, ...]
    problems: tuple[str, ...]


def check_folders(run: Run) -> None:
    """Raise `UserError` where a file stands in the place of one of the folders."""
    for name in ("data", "data/raw", "data/processed", "reports"):
        path = run.directory / name
        if path.exists() and not path.is_dir():
            raise UserError(f"{name} hoort een map te zijn, maar is een bestand. Geef het een andere naam.")


def closed_folders(run: Run, peildata: Iterable[str]) -> list[str]:
    """Return Dutch messages about folders for the results of these peildata in which nothing can be written."""
    wanted = [folder for day in peildata for folder in (run.processed(day), run.report(day))]
    there = dict.fromkeys(_standing(place) for folder in wanted for place in (folder.parent, folder))
    return [
        f"In de map {_from(run, place)} kan niet worden geschreven. "
        "Zorg dat u er mag schrijven, of geef met --directory een andere map op."
        for place in there
        if not os.access(place, os.W_OK | os.X_OK)
    ]


def _standing(path: Path) -> Path:
    """Return the folder itself, or its nearest existing parent: the one in which it would be made."""
    return next(place for place in (path, *path.parents) if place.is_dir())


def _from(run: Run, place: Path) -> Path:
    inside = place.is_relative_to(run.directory) and place != run.directory
    return place.relative_to(run.directory) if inside else place


def is_empty(run: Run) -> bool:
    """Return whether `data/raw/` is missing or empty, apart from hidden files."""
    return not run.raw.is_dir() or all(path.name.startswith(".") for path in run.raw.iterdir())


def wants_demonstration(run: Run, asked: Sequence[str]) -> bool:
    """Return whether the demonstration delivery has to be written first: `data/raw/` is empty, and nothing else was
    asked for.
    """
    return is_empty(run) and (not asked or DEMONSTRATION_PEILDATUM in asked)


def choose(
    run: Run,
    asked: Sequence[str],
    configured: Sequence[str] | None,
    layout: Callable[[str], str | None] = lambda peildatum: None,
) -> Choice:
    """Return the choice: peildata of the command line, else those of the configuration, else every folder.

    `layout` gives the layout that config.yaml names for a peildatum.
    """
    wanted = list(asked) or configured
    names = _visible(run) if wanted is None else sorted(set(wanted))
    problems = list(_stray(run)) if wanted is None else []
    good = []
    for name in names:
        try:
            _check_name(name, is_folder=wanted is None)
            found = find_layout(run.raw / name, name, layout(name))
            delivery_of(run, name, found)
            _check_cbs(run, name, found)
            good.append(name)
        except UserError as error:
            problems.append(str(error))
    if not good and not problems:
        problems.append(NOTHING)
    return Choice(tuple(good), tuple(problems))


def _check_cbs(run: Run, peildatum: str, layout: Layout) -> None:
    """Raise `UserError` where the CBS workbook or its own cbs.yaml cannot be used: both are read later."""
    workbook, own = cbs_workbook_of(run, peildatum, layout), run.cbs_layout(peildatum)
    if workbook is not None and own is not None:
        from wi2007.cbs.settings import load_layout  # noqa: PLC0415  only where there is such a file

        load_layout(own=own)


def _check_name(name: str, is_folder: bool) -> None:
    try:
        check_peildatum(name)
    except UserError as error:
        raise UserError(f"De map data/raw/{name}/ kan niet: {error}" if is_folder else str(error)) from None


def _visible(run: Run) -> list[str]:
    if not run.raw.is_dir():
        return []
    return sorted(p.name for p in run.raw.iterdir() if p.is_dir() and not p.name.startswith("."))


def _stray(run: Run) -> Iterable[str]:
    """Yield files that lie in `data/raw/` itself, whose peildatum is unknown."""
    if not run.raw.is_dir():
        return
    count = sum(1 for p in run.raw.iterdir() if not p.is_dir() and not p.name.startswith("."))
    if count and not _visible(run):
        found = "staat 1 bestand" if count == 1 else f"staan {count} bestanden"
        yield (
            f"In data/raw/ zelf {found}. Zet de levering in een map met de peildatum als naam, "
            "bijvoorbeeld data/raw/2022-07-01/."
        )
