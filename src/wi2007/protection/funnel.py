"""The counts around the tables: rows read, left out and kept, and what was adapted in the data.

They are cells of the same program as those of the tables: who has the rows read and the persons counted has the rows
left out. Numbers of rows by rule are rounded by themselves: what is told of them, and whether anything is, follows from
the rounded number. What does not belong here: the rounding of the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from schemas.disclosure import Disclosure, Size
from wi2007.protection.cells import EVERYBODY, Cell, Relation
from wi2007.protection.rounding import Draw

LEFT_OUT = "uitgesloten"
_OF_FILE = ("bestand", "bytes", "lezing", "kolommen", "velden", "normalisaties")
"""What may be told of a delivery. All else stays with us, as the digests of what is set for it."""
READ: Cell = (("levering", ("gelezen",)),)
UNKNOWN_AGE: Cell = (("leeftijdsklasse", ("Onbekend",)),)
FOLLOWED: Cell = (("levering", ("gemeente_opgevolgd",)),)
SPLIT: Cell = (("levering", ("gemeente_gesplitst",)),)
COUNTS = {
    "gemeente_opgevolgd": FOLLOWED,
    "gemeente_gesplitst": SPLIT,
    "leeftijdsklasse_onbekend": UNKNOWN_AGE,
}


def counted(processing: Mapping[str, Any]) -> dict[Cell, int]:
    """Persons in each cell of `verwerking.json`; cells without persons are left out."""
    found = {_cell(step): step["aantal"] for step in processing["trechter"]}
    found |= {cell: processing["tellingen"].get(name, 0) for name, cell in COUNTS.items()}
    return {cell: count for cell, count in found.items() if count}


def who(processing: Mapping[str, Any]) -> dict[Cell, int]:
    """The set of persons of each of these cells, of those with persons (`wie` in `schemas.cube`)."""
    steps, told = processing["wie"]["trechter"], processing["wie"]["tellingen"]
    found = {_cell(step): number for step, number in zip(processing["trechter"], steps, strict=True)}
    found |= {cell: told.get(name, 0) for name, cell in COUNTS.items()}
    return {cell: found[cell] for cell in counted(processing)}


def related(counts: Mapping[Cell, int]) -> tuple[dict[Cell, int], list[Relation]]:
    """The relations of these cells, and the cells that a subtraction gives. `counts` holds everybody as well."""
    cells: dict[Cell, int] = {}
    relations = []
    if READ in counts:
        parts = [cell for cell in counts if cell == EVERYBODY or (cell and cell[0][1][0] == LEFT_OUT)]
        relations.append(Relation(READ, tuple(parts)))
    for whole, part in ((EVERYBODY, FOLLOWED), (FOLLOWED, SPLIT)):
        if part in counts and counts.get(whole, 0) >= counts[part]:
            rest: Cell = (("levering", ("rest", *part[0][1])),)
            left = counts[whole] - counts[part]
            if left:
                cells[rest] = left
            relations.append(Relation(whole, (part, rest) if left else (part,)))
    return cells, relations


def published(
    processing: Mapping[str, Any], shown: Mapping[Cell, int], rules: Disclosure, rows: Rows
) -> dict[str, Any]:
    """The same record with rounded counts; of the file nothing that gives rows away.

    Of rows by rule only the size is told, and nothing of fewer than the least number; `rows` rounds them.
    """
    made = deepcopy(dict(processing))
    for one in (*made["waarschuwingen"], *made["levering"]["normalisaties"]):
        one["aantal"] = rows(one)
    least = rules.omvang_vanaf.rijen
    for part, name in ((made, "waarschuwingen"), (made["levering"], "normalisaties")):
        part[name] = [one for one in part[name] if one["aantal"] >= least]
    made = unprotected(made, rules.omvang, shown.get(READ, 0))
    for step in made["trechter"]:
        step["aantal"] = shown.get(_cell(step), 0)
    made["tellingen"] = {name: shown.get(COUNTS[name], 0) for name in processing["tellingen"]}
    del made["levering"]["bytes"], made["levering"]["kenmerk"]
    for decision in made["levering"]["lezing"]:
        if any(character.isdigit() for character in decision["waarom"]):
            decision["waarom"] = ""
    return made


Rows = Callable[[Mapping[str, Any]], int]
"""The rounded number of rows of a warning, or of what was put right."""


def rows_rounded(base: int, drawn: Draw) -> Rows:
    """Round numbers of rows to multiples of `base`, up as often as the base is filled."""

    def rounded(one: Mapping[str, Any]) -> int:
        count: int = one["aantal"]
        at: Cell = (("rijen", tuple(str(one.get(name)) for name in ("regel", "kolom", "omschrijving"))),)
        return count - count % base + base * (drawn(at) < (count % base) / base)

    return rounded


def unprotected(
    processing: Mapping[str, Any], sizes: Sequence[Size], rows: int | None = None
) -> dict[str, Any]:
    """The record with exact counts, in the same layout; the size of rows is that among `rows`, or all."""
    made = deepcopy(dict(processing))
    made.pop("wie", None)
    rows = processing["trechter"][0]["aantal"] if rows is None else rows
    for one in (*made["waarschuwingen"], *made["levering"]["normalisaties"]):
        one["omvang"] = size_in_words(one.pop("aantal"), rows, sizes)
    about = made["levering"]
    made["levering"] = {name: about[name] for name in _OF_FILE if name in about} | {
        "kenmerk": about["sha256"]
    }
    made["afronding"] = None
    return made


def size_in_words(count: int, rows: int, sizes: Sequence[Size]) -> str:
    """How large a number of rows is, without telling it."""
    percent = 100 * count / rows if rows else 0
    return next((size.woorden for size in sizes if percent < size.onder), sizes[-1].woorden)


def _cell(step: Mapping[str, Any]) -> Cell:
    if step["stap"] == "gelezen":
        return READ
    return EVERYBODY if step["stap"] == "overgebleven" else (("levering", (LEFT_OUT, step["regel"])),)
