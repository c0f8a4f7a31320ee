"""What all channels together say of each cell: counts, percentages, and where two channels disagree.

What does not belong here: solving (see `programs`), numbers outside tables (see `explained`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from attack.labels import Shown, of_grid, of_tidy
from attack.numbers import decimals, shown, tokens
from attack.percentages import Part, explains, of_shown
from attack.pieces import Grid, GridRow, Piece, Reading
from attack.verdict import Leak
from attack.world import Cell, World, norm

SIGNS = frozenset({"", ".", "-", "–", "x", "*"})


@dataclass
class Facts:
    """Counts by cell, the first one seen; percentages that shown counts explain; and what does not fit."""

    base: int
    counts: dict[Cell, int] = field(default_factory=dict)
    claims: list[tuple[Cell, int, str]] = field(default_factory=list)
    """Second opinions: another value for a cell, with where it was found."""
    parts: list[Part] = field(default_factory=list)
    """Percentages that do not follow from shown counts."""
    percents: dict[tuple[str, Cell], set[float]] = field(default_factory=dict)
    """Unrounded percentages that do follow from them, by number of the table and cell."""
    names: dict[Cell, str] = field(default_factory=dict)
    leaks: list[Leak] = field(default_factory=list)
    loose: list[Piece] = field(default_factory=list)
    """Figures of which the table cannot be told."""
    aside: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Counts beside the tables (rows read, warnings), by the words around them."""
    rows: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    """The figures of a row as they are shown, by its label: to find the row again in another channel."""
    orders: list[tuple[str, Grid]] = field(default_factory=list)

    def count(self, cell: Cell, value: float, where: str, label: str) -> None:
        """Take note of a count."""
        if value != int(value):
            self.leaks.append(Leak("fraction", where, f"a count of {value}"))
            return
        if int(value) % self.base:
            self.leaks.append(Leak("not rounded", where, f"{label}: {int(value)}"))
        known = self.counts.setdefault(cell, int(value))
        self.names.setdefault(cell, label)
        if known != int(value):
            self.claims.append((cell, int(value), where))


def gather(world: World, reading: Reading, base: int) -> Facts:
    """The facts of everything that was read: first all counts, then what can be held against them."""
    facts = Facts(base)
    tidy = list(of_tidy(world, reading.tidy))
    for row, cell, _ in tidy:
        value = shown(row["aantal"])
        label = f"tabel {row['tabel']} {row['rij']} {row['kolom']}"
        if cell is None or value is None:
            facts.loose += [Piece(f"{row.where} [{name}]", text, context=label) for name, text in row.values]
        else:
            facts.count(cell, value, row.where, label)
    figures, strange = _figures(world, reading.grids)
    for one in figures:
        if not one.percent and (value := shown(one.text)) is not None:
            facts.count(one.cell, value, one.where, f"tabel {one.number} {one.label}")
    for row, cell, wholes in tidy:
        if cell is not None:
            _tidy_percent(facts, row, cell, wholes)
    for one in figures:
        _percent(facts, one)
    for grid, row in strange:
        _aside(facts, grid, row)
    _beside(facts, figures)
    rows(facts, reading.grids)
    return facts


def _figures(world: World, grids: list[Grid]) -> tuple[list[Shown], list[tuple[Grid, GridRow]]]:
    figures: list[Shown] = []
    strange: list[tuple[Grid, GridRow]] = []
    for grid in grids:
        for found in of_grid(world, grid):
            if isinstance(found, Shown):
                figures.append(found)
            else:
                strange.append((grid, found))
    return figures, strange


def _tidy_percent(facts: Facts, row: object, cell: Cell, wholes: tuple[Cell, ...]) -> None:
    text, below, where = row["procent"], row["noemer"], row.where  # type: ignore[index,attr-defined]
    number = row["tabel"]  # type: ignore[index]
    given = shown(below)
    fitting = [whole for whole in wholes if facts.counts.get(whole) == given]
    if below and not fitting:
        facts.leaks.append(Leak("denominator", where, f"{below} is no count that is shown"))
    if text in SIGNS:
        return
    value = float(text)
    whole = (fitting or list(wholes) or [cell])[0]
    part = Part(cell, whole, value, 0.0, where)
    if given and explains(facts.counts[cell], given, value, None):
        facts.percents.setdefault((number, cell), set()).add(value)
    else:
        _unexplained(facts, part, text)


def _percent(facts: Facts, one: Shown) -> None:
    """A percentage for readers: rounded from one that is known, or from shown counts."""
    value = shown(one.text)
    if not one.percent or value is None:
        return
    digits = decimals(one.text)
    known = facts.percents.get((one.number, one.cell), set())
    if any(of_shown(exact, value, digits) for exact in known):
        return
    count = facts.counts.get(one.cell)
    belows = [(whole, facts.counts[whole]) for whole in one.wholes if facts.counts.get(whole)]
    for _, below in belows:
        if not (known and one.number) and count is not None and explains(count, below, value, digits):
            exact = 100 * count / below
            facts.percents.setdefault((one.number, one.cell), set()).add(exact)
            return
    whole = belows[0][0] if belows else one.cell
    _unexplained(facts, Part(one.cell, whole, value, 0.5 * 10**-digits, one.where), one.text)


def _unexplained(facts: Facts, part: Part, text: str) -> None:
    facts.parts.append(part)
    facts.leaks.append(
        Leak("percentage", part.where, f"{text} does not follow from the counts that are shown")
    )


def _aside(facts: Facts, grid: Grid, row: GridRow) -> None:
    """A row of a table that is about something else: its numbers are counts, or percentages of the first row."""
    first = grid.rows[0].cells if grid.rows else ()
    for place, cell in enumerate(row.cells):
        value = shown(cell.text)
        if value is None or cell.text in SIGNS:
            facts.loose.append(Piece(row.where, cell.text, context=f"{grid.about} {row.label}"))
            facts.loose += cell.extra
            continue
        head = " ".join(cell.heads)
        if "%" in head or "%" in cell.text:
            below = shown(first[place - 1].text) if place and place - 1 < len(first) else None
            count = shown(row.cells[place - 1].text) if place else None
            if not (below and count is not None and explains(count, below, value, decimals(cell.text))):
                facts.leaks.append(
                    Leak("percentage", row.where, f"{cell.text} does not follow from what is shown")
                )
            exact = 100 * count / below if below and count is not None else value
            _own(facts, cell, (value, exact), row.where)
        elif _is_count(head, row):
            key = (norm(row.label), norm(head))
            if value % facts.base:
                facts.leaks.append(Leak("not rounded", row.where, f"{row.label}: {cell.text}"))
            elif facts.aside.setdefault(key, int(value)) != value:
                facts.leaks.append(
                    Leak("second value", row.where, f"{row.label}: {facts.aside[key]} and {cell.text}")
                )
            _own(facts, cell, (value,), row.where)
        else:
            facts.loose.append(Piece(row.where, cell.text, context=f"{grid.about} {row.label} {head}"))
            facts.loose += cell.extra


def _is_count(head: str, row: GridRow) -> bool:
    return any(word in norm(head) for word in ("aantal", "personen", "rijen"))


def _beside(facts: Facts, figures: list[Shown]) -> None:
    """Everything else that a cell holds must say the same as what it shows."""
    for one in figures:
        value = shown(one.text)
        allowed = [value] if value is not None else []
        if one.percent:
            allowed += facts.percents.get((one.number, one.cell), set())
        cell = one.source
        if cell is not None:
            for piece, number in _own(facts, cell, tuple(allowed), one.where):
                if number == int(number) and not one.percent:
                    facts.claims.append((one.cell, int(number), piece.where))


def _own(facts: Facts, cell: object, allowed: tuple[float, ...], where: str) -> list[tuple[Piece, float]]:
    """The numbers in a cell's own attributes that it does not show."""
    strange = []
    for piece in cell.extra:  # type: ignore[attr-defined]
        for token in tokens(piece.text):
            if not any(abs(one - other) < 1e-9 for one in token.values for other in allowed):
                facts.leaks.append(
                    Leak("behind a cell", piece.where, f"{piece.text} behind a cell of {where}")
                )
                strange += [(piece, one) for one in token.values[:1]]
    return strange


def rows(facts: Facts, grids: list[Grid]) -> None:
    """Take note of the rows of tables as they are shown."""
    for grid in grids:
        for row in grid.rows:
            texts = [cell.text for cell in row.cells]
            figures = tuple(text for text in texts if shown(text) is not None or text in SIGNS)
            words = [row.label, *(text for text in texts if shown(text) is None and text not in SIGNS)]
            facts.rows.setdefault(squeezed(" ".join(words)), set()).add(figures)


@lru_cache(maxsize=100_000)
def squeezed(text: str) -> str:
    """A text as letters and digits only, to find it again where lines were broken."""
    return "".join(sign for sign in norm(text) if sign.isalnum())
