"""How a municipality went since the peildatum before, as "Mijn gemeente" shows it, held against the file of the change.

What does not belong here: the file itself (see `change`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attack.pieces import Grid
from attack.verdict import Leak

Figure = dict[tuple[str, str], int]
Figures = Mapping[tuple[str, ...], Figure]
_OBLIGED = "nog_inburgeringsplichtig"
_ABROAD = "Register niet-ingezetenen"
_TOTAL = "totaal"
_MOVED = frozenset({"herindeling", "definitie"})
_FLOOR = 50
"""Below so many persons at the begin no percentage stands, at the base of 5."""
_WAYS_OUT = 6


def check(grids: Sequence[Grid], figures: Figures) -> Iterator[Leak]:
    """Every count of a choice must be one of its own figures, and no percentage may be of a handful."""
    by_row = _by_row(figures)
    (everybody,) = list(at_home(figures)) or [{}]
    for grid in grids:
        if grid.choice is None:
            continue
        key, label = grid.choice
        figure = by_row.get(label, {}) if key else everybody
        told = [[cell.text for cell in row.cells] for row in grid.rows]
        wanted = _counts(figure)
        for (count, percent), (number, floor) in zip(told, wanted or [(".", 0)] * 3, strict=True):
            if count != number:
                yield Leak("change", grid.where, f"{label}: {count}, in the file {number}")
            if (percent != ".") != (floor > 0 and figure["begin", ""] >= floor):
                yield Leak("change", grid.where, f"{label}: {percent} of {figure.get(('begin', ''))}")


def at_home(figures: Figures) -> Iterator[Figure]:
    """Everybody who is still obliged but for who does not live in the Netherlands; nothing without a comparison."""
    by_row = _by_row(figures)
    whole = by_row.get(_TOTAL)
    if whole:
        away = by_row.get(_ABROAD, {})
        yield {part: whole.get(part, 0) - away.get(part, 0) for part in {**whole, **away}}


def _by_row(figures: Figures) -> dict[str, Figure]:
    """The figures of everybody in each municipality, and of everybody, of the table that has most of them."""
    tables: dict[str, dict[str, Figure]] = defaultdict(dict)
    for (table, population, variable, row, _, column), figure in figures.items():
        if population == _OBLIGED and column == _TOTAL and variable in ("gemeente", _TOTAL):
            tables[table][row] = figure
    return max(tables.values(), key=len, default={})


def _counts(figure: Figure) -> list[tuple[str, int]]:
    """Who was there, left, and is there, each with the persons from which it has a percentage; nothing if it moved."""
    if not figure or _MOVED & {part for part, _ in figure}:
        return []
    left = -sum(count for (part, _), count in figure.items() if part == "uitgestroomd")
    rows = ((figure["begin", ""], 1), (left, _WAYS_OUT), (figure["eind", ""], 1))
    return [(f"{count:,}".replace(",", "."), _FLOOR * times) for count, times in rows]
