"""What is told of statements under other readings: public roundings only, held against what the attacker knows himself.

The row of the report must follow from counts that are shown. A count under another reading may differ from it by
multiples of the coarser base only, and a share may have no more digits than its statement shows. What rests on figures
of CBS alone, or on nothing, may not change. What does not belong here: the computing (see `formulas`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attack.numbers import Token, decimals, tokens
from attack.pieces import Grid, GridRow, Reading
from attack.settings import read_yaml
from attack.statements import Statements, Words
from attack.verdict import Leak
from attack.world import World

_PLACE = re.compile(r"#gevoeligheid|gevoeligheid(\.[\w-]+)?\.csv")
_COLUMNS = {"lezing", "waarde", "oordeel", "verandert"}
_COUNTS = {"cel", "som"}
_OWN = "rapport"


def apart(reading: Reading) -> list[Grid]:
    """Takes the tables of readings out of a reading: they are no tables of counts."""
    found = [grid for grid in reading.grids if _PLACE.search(grid.where)]
    reading.grids = [grid for grid in reading.grids if not _PLACE.search(grid.where)]
    return found


def check(world: World, grids: list[Grid], reading: Reading, told: Statements) -> list[Leak]:
    """Every row of the file and of the tables; words of what holds are added to those that `told` explains."""
    path = world.project / "config/gevoeligheid.yaml"
    if not path.is_file():
        return []
    settings = read_yaml(path.read_text(encoding="utf-8"))
    statements = read_yaml((path.parent / "uitspraken.yaml").read_text(encoding="utf-8"))["uitspraken"]
    leaks: list[Leak] = []
    values: dict[str, set[str]] = {}
    for grid in grids:
        if grid.corner == "uitspraak":
            rows = [(row.label, {cell.heads[-1]: cell.text for cell in row.cells}) for row in grid.rows]
            leaks += [Leak("statement", grid.where, what) for what in _file(rows, settings, statements, told)]
            for name, cells in rows:
                values.setdefault(name, set()).update(part for part in cells["waarde"].split(";") if part)
    shown = {float(value) for found in values.values() for value in found}
    for grid in grids:
        for row in grid.rows:
            line = " ".join([row.label, *(cell.text for cell in row.cells)])
            if grid.corner != "uitspraak":
                leaks += _page(row, shown)
            told.words.update(_around(line))
    known = {*range(len(statements) + 1), int(settings["basis"])}
    for piece in reading.pieces:
        if _PLACE.search(piece.where):
            right = (token for token in tokens(piece.text) if known & set(token.values))
            told.words.update(pair for token in right for pair in _beside(token))
    return leaks


def _file(
    rows: list[tuple[str, dict[str, str]]],
    settings: Mapping[str, Any],
    statements: Mapping[str, Any],
    told: Statements,
) -> Iterator[str]:
    names = {_OWN, *(one["id"] for one in settings["lezingen"])}
    own = {name: cells for name, cells in rows if cells["lezing"] == _OWN}
    for name, cells in rows:
        about = f"{name} {cells.get('lezing')}"
        if set(cells) - _COLUMNS - {"let_op"} or cells["lezing"] not in names or name not in statements:
            yield f"{about}: no such column, reading or statement"
            continue
        if cells["lezing"] == _OWN:
            yield from _own_row(name, cells["waarde"], about, told)
        else:
            yield from _other_row(
                name, cells["waarde"], own[name]["waarde"], (statements, settings["basis"], about)
            )


def _own_row(name: str, text: str, about: str, told: Statements) -> Iterator[str]:
    for token in tokens(text.replace(";", " ")):
        if not told.fits(name, token):
            yield f"{about}: {token} does not follow from what is shown"


def _other_row(name: str, text: str, own: str, known: tuple[Mapping[str, Any], int, str]) -> Iterator[str]:
    statements, base, about = known
    statement = statements[name]
    parts, before = text.split(";"), own.split(";")
    operators = [next(iter(formula)) for formula in statement.get("waarden", {}).values()]
    if not _counts(statement, statements) and text != own:
        yield f"{about}: {text} cannot change with who is counted"
    for part, first, operator in zip(parts, before, operators, strict=False):
        if not part or not first:
            continue
        if operator in _COUNTS and (float(part) - float(first)) % base and float(part):
            yield f"{about}: {part} is no multiple of {base} away from {first}"
        if decimals(part) > statement.get("decimalen", 0):
            yield f"{about}: {part} has more digits than its statement"


def _counts(statement: Any, statements: Mapping[str, Any]) -> bool:
    """Whether a statement rests on counts of persons at all."""
    if isinstance(statement, list):
        return any(_counts(one, statements) for one in statement)
    if not isinstance(statement, dict):
        return False
    if set(statement) & _COUNTS:
        return True
    asked = statement.get("uitspraak")
    return (asked in statements and _counts(statements[asked]["waarden"], statements)) or any(
        _counts(one, statements) for one in statement.values()
    )


def _page(row: GridRow, shown: set[float]) -> Iterator[Leak]:
    """A cell of a table for readers tells only what the file tells."""
    for cell in row.cells:
        for token in tokens(cell.text):
            if not shown & set(token.values):
                yield Leak("statement", row.where, f"{token} is not in the file")


def _around(line: str) -> Iterator[Words]:
    for token in tokens(line):
        yield from _beside(token)


def _beside(token: Token) -> Iterator[Words]:
    for before in token.before[-1:]:
        yield before, token.text
    for after in token.after[:1]:
        yield token.text, after
    if not token.before and not token.after:
        yield "", token.text
