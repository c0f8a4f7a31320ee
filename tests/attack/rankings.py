"""Order tells too: rows from large to small say which of two cells is the larger.

An order that the counts shown give, or the code list, tells nothing. Any other was made from something else.
What does not belong here: orders within sentences.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from attack.facts import Facts
from attack.labels import axis, head_of, number_of, parts
from attack.pieces import Reading
from attack.programs import Row
from attack.verdict import Leak
from attack.world import Cell, World, base
from attack.world import world as world_on


@dataclass(frozen=True)
class Order:
    """Categories in the order in which they are shown, of the variable of a table."""

    where: str
    number: str
    variable: str
    labels: tuple[str, ...]
    columns: bool


def check(world: World, reading: Reading, facts: Facts) -> list[Row]:
    """Adds leaks; gives the sums that are at least nothing if a strange order is one of true counts."""
    rows: list[Row] = []
    for order in _orders(world, reading):
        table = world.tables[order.number]
        ranked = _ranked(world, order, table)
        cells = [cell for _, cell in ranked]
        if not all(cell in facts.counts for cell in cells):
            continue
        if not _explained(world, order, ranked, facts.counts):
            facts.leaks.append(
                Leak("order", order.where, f"{order.labels[:4]} … follows from no count that is shown")
            )
            rows += [{one: 1.0, other: -1.0} for one, other in itertools.pairwise(cells)]
        spec = _spec(table, order)
        if spec.get("largest") and len(ranked) == spec["largest"]:
            rows += _outside(world, order, ranked, facts)
    return rows


def _orders(world: World, reading: Reading) -> Iterator[Order]:
    seen: dict[tuple[str, str, str, bool, str], dict[str, None]] = {}
    for row in reading.tidy:
        file = row.where.rsplit(":", 1)[0]
        for side, columns in (("rij", False), ("kolom", True)):
            key = (file, row["tabel"], row[f"{side}variabele"], columns, "")
            seen.setdefault(key, {}).setdefault(row[side])
    for grid in reading.grids:
        table = world.tables.get(number_of(grid.about))
        if table:
            for variable, rows in parts(world, grid, [part["variable"] for part in table["rows"]]):
                key = (grid.where, table["number"], variable, False, grid.about)
                seen.setdefault(key, {}).update(dict.fromkeys(row.label for row in rows))
            heads = [head_of(cell)[0] for row in grid.rows[:1] for cell in row.cells]
            key = (grid.where, table["number"], table["columns"]["variable"], True, grid.about)
            seen.setdefault(key, {}).update(dict.fromkeys(heads))
    for (where, number, variable, columns, _), labels in seen.items():
        if number in world.tables and variable in world.labels and variable != "geslacht":
            yield Order(where, number, variable, tuple(labels), columns)


def _spec(table: Mapping[str, object], order: Order) -> Mapping[str, object]:
    if order.columns:
        return table["columns"]  # type: ignore[return-value]
    found = [part for part in table["rows"] if part["variable"] == order.variable]  # type: ignore[attr-defined,index]
    return found[0] if found else {}


def _ranked(world: World, order: Order, table: Mapping[str, object]) -> list[tuple[str, Cell]]:
    """Code and cell of the categories that have a place in the order: single ones, not those apart nor the rest."""
    here = axis(world, order.variable, order.labels)
    population = world.populations[table["population"]]  # type: ignore[index]
    apart = {*_spec(table, order).get("apart", ()), "0000", "1999", "Onbekend"}  # type: ignore[misc]
    if order.variable == "uitstroomroute":
        apart.discard("Onbekend")
    found = []
    for label in order.labels if here else ():
        codes = here.codes.get(label)  # type: ignore[union-attr]
        single = codes and label != here.rest and not codes & apart  # type: ignore[union-attr]
        if single:
            cell = frozenset({**dict(population), base(order.variable): codes}.items())
            found.append((label if len(codes) > 1 else next(iter(codes)), cell))  # type: ignore[arg-type]
    return found


def _explained(
    world: World, order: Order, ranked: Sequence[tuple[str, Cell]], counts: Mapping[Cell, int]
) -> bool:
    keys = [key for key, _ in ranked]
    listed = _listed(world.peildatum.isoformat(), world.project, order.variable)
    known = [listed[key] for key in keys if key in listed]
    if known in (sorted(known), sorted(known, reverse=True)):
        return True
    by_code = sorted(ranked, key=lambda one: (-counts[one[1]], one[0]))
    by_list = sorted(ranked, key=lambda one: (-counts[one[1]], listed.get(one[0], 0)))
    return list(ranked) in (by_code, by_list)


@cache
def _listed(peildatum: str, project: Path, variable: str) -> dict[str, int]:
    """The place of each category in the code list as a table shows it."""
    here = world_on(peildatum, project)
    labels = here.labels[variable]
    names: dict[str, str] = {}
    for label, codes in labels.items():
        names[label if len(codes) > 1 else next(iter(codes))] = label
        names.setdefault(label, label)
    if variable in ("gemeente", "land_van_herkomst"):
        single = {code: here.single.get((base(variable), code), name) for code, name in names.items()}
        ordered = sorted(names, key=lambda key: (_plain(single.get(key, names[key])), key))
    else:
        ordered = list(names)
    return {key: place for place, key in enumerate(ordered)}


def _plain(text: str) -> str:
    """A name as readers look it up: letters and spaces, without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in letters if sign.isalnum() or sign == " ")


def _outside(world: World, order: Order, ranked: Sequence[tuple[str, Cell]], facts: Facts) -> list[Row]:
    """Whoever is not among the largest is no larger than the smallest of them."""
    code, last = ranked[-1]
    variable = base(order.variable)
    context = last - {part for part in last if part[0] == variable}
    inside = {cell for _, cell in ranked}
    strange = []
    for cell, count in facts.counts.items():
        part = next((codes for name, codes in cell if name == variable), frozenset())
        other = next(iter(part)) if len(part) == 1 else ""
        if (
            not other
            or cell in inside
            or cell - {(variable, part)} != context
            or other in ("0000", "1999", "Onbekend")
        ):
            continue
        if (-count, other) < (-facts.counts[last], code):
            strange.append({last: 1.0, cell: -1.0})
            told = f"{world.name(cell)} ({count}) is not among the largest, {world.name(last)} is"
            facts.leaks.append(Leak("order", order.where, told))
    return strange
