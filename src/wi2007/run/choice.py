"""Choose the peildata that a run makes, the delivery that each is compared with, and the reports to put there again.

One bad folder does not stop the rest: what is wrong with it is reported. Nothing is compared with a refused delivery:
the run names it in an environment variable, and makes the later ones without it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wi2007.errors import UserError
from wi2007.fingerprint import digest
from wi2007.mapping.levering import Layout, cbs_workbook_of, delivery_of, find_layout
from wi2007.project import DEMONSTRATION_PEILDATUM, FOLLOW_UP_PEILDATUM, Run, check_peildatum, parts_of

_MARK = b"DEMO"
"""Every persoonsnummer of a demonstration begins with it."""
_HEAD = 4096
_PASSED_OVER = (
    "De demonstratie ({peildata}) is overgeslagen, want er is een echte levering. Weghalen: 'wi2007 demo --weg'. "
    "Toch maken: noem de peildatum."
)
CHOSEN = "WI2007_PEILDATA"
"""The variable by which a run tells the rules what it chose: peildata, separated by spaces."""
NOTHING = (
    "Er staat geen levering in data/raw/. Maak daar een map met de peildatum als naam, bijvoorbeeld 2022-07-01, en zet "
    "het bestand van DUO erin. Met de opdracht 'wi2007 demo' komt er een demonstratielevering."
)
LEFT_OUT = "WI2007_ZONDER"
"""The peildata, separated by spaces, with which nothing is compared."""
Delivery = Callable[[str], Path]
"""Gives the delivery of a peildatum; raises `UserError` where there is none."""


@dataclass(frozen=True)
class Choice:
    """The peildata to make, ascending, the Dutch messages about those that cannot be made, and words to the user."""

    peildata: tuple[str, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()


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
    good: dict[str, Path] = {}
    for name in names:
        try:
            _check_name(name, is_folder=wanted is None)
            found = find_layout(run.raw / name, name, layout(name))
            delivery = delivery_of(run, name, found)
            _check_cbs(run, name, found)
            good[name] = delivery
        except UserError as error:
            problems.append(str(error))
    if not good and not problems:
        problems.append(NOTHING)
    passed_over = _beside_real(good) if wanted is None else []
    notes = [_PASSED_OVER.format(peildata=", ".join(passed_over))] if passed_over else []
    return Choice(tuple(name for name in good if name not in passed_over), tuple(problems), tuple(notes))


def _beside_real(deliveries: Mapping[str, Path]) -> list[str]:
    """Return the peildata of the demonstration and its follow-up, where a real delivery is there too."""
    invented = [name for name, path in deliveries.items() if is_demonstration(path)]
    ours = [name for name in invented if name in (DEMONSTRATION_PEILDATUM, FOLLOW_UP_PEILDATUM)]
    return ours if len(invented) < len(deliveries) else []


def is_demonstration(path: Path) -> bool:
    """Return whether a delivery is one of invented persons, as far as the first row of a text tells.

    The step `read` looks at every row of every kind of file; this is for choosing only.
    """
    try:
        with parts_of(path)[0].open("rb") as file:
            _, _, rows = file.read(_HEAD).partition(b"\n")
    except (OSError, UserError):
        return False
    return rows.startswith(_MARK)


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


def left_out() -> frozenset[str]:
    """Return the peildata that are left out of comparisons in this run."""
    return frozenset(os.environ.get(LEFT_OUT, "").split())


def previous(run: Run, peildatum: str, delivery: Delivery, without: Collection[str] = ()) -> str | None:
    """Return the peildatum that `peildatum` is compared with, or None: the nearest before it of the same kind.

    Invented persons are not compared with real ones.
    """
    if not run.raw.is_dir():
        return None
    names = (path.name for path in run.raw.iterdir() if path.is_dir())
    earlier = sorted((name for name in names if name < peildatum and name not in without), reverse=True)
    kinds = (True, False) if (own := _is_invented(peildatum, delivery)) is None else (own,)
    return next((name for name in earlier if _is_invented(name, delivery) in kinds), None)


def _is_invented(name: str, delivery: Delivery) -> bool | None:
    """Whether a peildatum has a demonstration; None without a delivery."""
    try:
        check_peildatum(name)
        return is_demonstration(delivery(name))
    except UserError:
        return None


def held_up(
    peildata: Iterable[str], refused: Collection[str], before: Callable[[str], str | None]
) -> list[str]:
    """Return which of `peildata` waited for a refused one, because they or those before them are compared with it."""
    waiting = []
    for peildatum in peildata:
        if peildatum not in refused and any(earlier in refused for earlier in chain(peildatum, before)):
            waiting.append(peildatum)
    return waiting


def chain(peildatum: str, before: Callable[[str], str | None]) -> Sequence[str]:
    """Return the peildata with which one is compared, directly or not, the nearest first."""
    found = []
    earlier = before(peildatum)
    while earlier is not None:
        found.append(earlier)
        earlier = before(earlier)
    return found


def damaged(run: Run, peildata: Iterable[str]) -> frozenset[str]:
    """Return the files to make again, from the working directory: the placing of every report that is no longer as put.

    Snakemake sees that a report is gone, not that a table beside it is gone or that a report was edited.
    """
    return frozenset(
        (run.processed(peildatum) / "rapport" / "herkomst.json").relative_to(run.directory).as_posix()
        for peildatum in peildata
        if not _intact(run.processed(peildatum) / "rapport" / "herkomst.json", run.report(peildatum))
    )


def _intact(record: Path, folder: Path) -> bool:
    if not record.is_file():
        return True  # nothing was ever put there, or Snakemake sees that it is gone
    try:
        recorded = json.loads(record.read_text(encoding="utf-8"))["rapport"]
        return all(
            (folder / name).is_file() and digest(folder / name) == expected["sha256"]
            for name, expected in recorded.items()
        )
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        return False
