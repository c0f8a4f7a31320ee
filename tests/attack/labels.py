"""From a table as it is shown to cells: which persons a row and a column are about.

"Overig" and merged categories are what is left of the code list when the labels beside them are taken away.
What does not belong here: what the numbers tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from attack.pieces import Grid, GridCell, GridRow, TidyRow
from attack.world import TOTAL, Cell, Codes, World, base, norm

_NUMBER = re.compile(r"(?:tabel|grafiek)[ _-]+([0-9A-Z]+)[.-](\d+)", re.IGNORECASE)
_POPULATIONS = {"nog_inburgeringsplichtig": "nog inburgeringsplichtig", "wi2007": "ooit inburgeringsplichtig"}
_UNITS = ("aantal", "aantallen", "personen", "rijen", "%", "procent", "absoluut")


@dataclass(frozen=True)
class Shown:
    """A figure in a table: of which cell, of which table, and where. `percent` when its head or text says so."""

    cell: Cell
    number: str
    percent: bool
    text: str
    where: str
    source: GridCell | None = None
    wholes: tuple[Cell, ...] = ()
    """The cells that it can be a percentage of: the column, the row, the table."""
    label: str = ""


@dataclass(frozen=True)
class Axis:
    """Labels of rows or columns, in order, with the variable and what they stand for; None is everybody."""

    variable: str
    codes: dict[str, Codes | None]
    rest: str = ""


def number_of(about: str) -> str:
    """The number of the table that a text speaks of: 2.1, B.3; nothing when it speaks of none."""
    found = _NUMBER.search(about)
    return f"{found[1].upper()}.{found[2]}" if found else ""


def is_total(label: str) -> bool:
    """Whether a row or column is everybody of the table."""
    return norm(label) in (TOTAL, "iedereen", "totaal (aantal personen)")


def axis(world: World, variable: str, labels: Iterable[str]) -> Axis | None:
    """What the labels of an axis stand for, or nothing when they are not of this variable.

    One label may be unknown: it is the rest.
    """
    codes: dict[str, Codes | None] = {}
    unknown = []
    for label in dict.fromkeys(labels):
        if is_total(label):
            codes[label] = None
            continue
        found = world.codes(variable, label)
        if found is None:
            unknown.append(label)
        else:
            codes[label] = found
    named = [found for found in codes.values() if found]
    if len(unknown) > 1 or (unknown and not named):
        return None
    for label in unknown:
        left = world.universe[base(variable)] - frozenset().union(*named)
        codes[label] = left
    return Axis(variable, codes, unknown[0] if unknown else "")


def of_grid(world: World, grid: Grid) -> Iterator[Shown | GridRow]:
    """Every figure of a table; a row that cannot be told is given back as it is."""
    if grid.choice is not None:
        yield from _of_choice(world, grid, grid.choice)
        return
    number = number_of(grid.about)
    table = world.tables.get(number)
    if table is None:
        yield from grid.rows
        return
    heads = [head_of(cell) for row in grid.rows for cell in row.cells]
    columns = axis(world, table["columns"]["variable"], [label for label, _ in heads if label])
    for variable, rows in parts(world, grid, [part["variable"] for part in table["rows"]]):
        here = axis(world, variable, [row.label for row in rows]) if variable else None
        for row in rows:
            if here is None or columns is None:
                yield row
                continue
            for cell in row.cells:
                label, percent = head_of(cell)
                if label in columns.codes:
                    counted = "aantal" in norm(row.label) and is_total(row.label)
                    told = (not counted and percent) or cell.text.endswith("%") or "grafiek" in grid.about
                    where = f"{row.where} kolom {label}".strip()
                    yield _shown(world, table, (here, row.label), (columns, label), (told, cell, where))


def _of_choice(world: World, grid: Grid, choice: tuple[str, str]) -> Iterator[Shown | GridRow]:
    """A table for one choice: its lines are the columns of full tables that have the choice as a row."""
    name = next((name for name, words in _POPULATIONS.items() if words in grid.about), "")
    full = [table for table in world.tables.values() if table["population"] == name and table.get("appendix")]
    key = choice[0]
    variable = next(
        (table["rows"][0]["variable"] for table in full if _has(world, table["rows"][0], choice)), ""
    )
    for row in grid.rows:
        of = [table for table in full if not variable or table["rows"][0]["variable"] == variable]
        columns = [table["columns"]["variable"] for table in of]
        named = [world.names.get(norm(row.group), "")] if row.group else columns
        found = [one for one in columns if one in named and world.codes(one, row.label)]
        if not name or (key and not variable) or not (found or is_total(row.label)):
            yield row
            continue
        codes = world.codes(found[0], row.label) if found and not is_total(row.label) else None
        line = Axis(found[0] if found else columns[0], {row.label: codes})
        chosen = Axis(variable or TOTAL, {choice[1]: frozenset({key}) if key else None})
        if not key and any("zonder RNI" in head for cell in row.cells for head in cell.heads):
            at_home = world.universe["gemeente"] - {"1999"}
            chosen = Axis("gemeente", {choice[1]: at_home})
        at, wholes = cells_at(world.populations[name], (chosen, choice[1]), (line, row.label))
        for cell in row.cells:
            told = head_of(cell)[1]
            yield Shown(at, "", told, cell.text, row.where, cell, wholes, f"{choice[1]} {row.label}")


def _has(world: World, spec: Mapping[str, Any], choice: tuple[str, str]) -> bool:
    """Whether a choice is a category of these rows."""
    return world.single.get((base(spec["variable"]), choice[0]), "") == choice[1]


def parts(world: World, grid: Grid, variables: Sequence[str]) -> Iterator[tuple[str, list[GridRow]]]:
    """The rows of each variable: by the heading above them, by the head of the labels, or by the labels."""
    groups: dict[str, list[GridRow]] = {}
    for row in grid.rows:
        groups.setdefault("" if is_total(row.label) else row.group, []).append(row)
    for group, rows in groups.items():
        named = [world.names.get(norm(text), "") for text in (group, grid.corner)]
        found = [variable for variable in named if variable in variables]
        if not found:
            found = [variable for variable in variables if axis(world, variable, [row.label for row in rows])]
        yield (found[0] if found else ""), rows


def head_of(cell: GridCell) -> tuple[str, bool]:
    """The category above a cell, and whether it is a percentage."""
    parts = [part for head in cell.heads for part in (head, *re.split(r",\s+", head))]
    percent = any(norm(part) in ("%", "procent") for part in parts)
    labels = [part for part in cell.heads if norm(part) not in _UNITS]
    label = labels[-1] if labels else ""
    pieces = re.split(r",\s+", label)
    if len(pieces) > 1 and norm(pieces[-1]) in _UNITS:
        label = ", ".join(pieces[:-1])
    if label.endswith(" %"):
        label, percent = label.removesuffix(" %"), True
    return label, percent


def _shown(
    world: World,
    table: object,
    row: tuple[Axis, str],
    column: tuple[Axis, str],
    told: tuple[bool, GridCell, str],
) -> Shown:
    percent, cell, where = told
    population = world.populations[table["population"]]  # type: ignore[index]
    number = table["number"]  # type: ignore[index]
    at, wholes = cells_at(population, row, column)
    return Shown(at, number, percent, cell.text, where, cell, wholes, f"{row[1]} {column[1]}")


def cells_at(
    population: Cell, row: tuple[Axis, str], column: tuple[Axis, str]
) -> tuple[Cell, tuple[Cell, ...]]:
    """The cell of a row and a column, and the wholes it is part of: its column, its row, the population."""
    across = _with(population, column[0].variable, column[0].codes[column[1]])
    down = _with(population, row[0].variable, row[0].codes[row[1]])
    return _with(across, row[0].variable, row[0].codes[row[1]]), (across, down, population)


def _with(cell: Cell, variable: str, codes: Codes | None) -> Cell:
    if codes is None:
        return cell
    name = base(variable)
    before = dict(cell)
    return frozenset({**before, name: before[name] & codes if name in before else codes}.items())


def of_tidy(world: World, rows: Sequence[TidyRow]) -> Iterator[tuple[TidyRow, Cell | None, tuple[Cell, ...]]]:
    """The cell of every tidy row; labels stand for codes among those of the same table and variable."""
    axes: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        axes.setdefault((row["tabel"], "rij", row["rijvariabele"]), []).append(row["rij"])
        axes.setdefault((row["tabel"], "kolom", row["kolomvariabele"]), []).append(row["kolom"])
    made = {
        key: Axis(TOTAL, {TOTAL: None}) if key[2] == TOTAL else axis(world, key[2], [*labels, TOTAL])
        for key, labels in axes.items()
    }
    for row in rows:
        down = made[row["tabel"], "rij", row["rijvariabele"]]
        across = made[row["tabel"], "kolom", row["kolomvariabele"]]
        population = world.populations.get(row["populatie"])
        if down is None or across is None or population is None:
            yield row, None, ()
        else:
            yield row, *cells_at(population, (down, row["rij"]), (across, row["kolom"]))
