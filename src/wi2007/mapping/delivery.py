"""A delivery as the rest of the program knows it: our columns, in batches of rows with their numbers.

What does not belong here: how a file is opened, and whether a value is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.columns import PERSON
from wi2007.delivery.coded import Coded
from wi2007.delivery.opening import open_source
from wi2007.delivery.source import Block, CellProblem, Reading, Rows, Source
from wi2007.mapping.plan import Plan, make_plan


@dataclass(frozen=True)
class Batch:
    """Rows that follow each other. `numbers` are the persoonsnummers (an Arrow string array, empty where missing), None
    when that column is not read; `columns` are all others.

    `wrong_length` are the numbers of rows with too few or too many fields, `empty` those of rows without anything:
    neither is among `rows`.
    """

    rows: Rows
    numbers: Any
    columns: dict[str, Coded]
    wrong_length: Rows
    empty: Rows
    cells: tuple[CellProblem, ...] = ()


@dataclass(frozen=True)
class Delivery:
    """A file that could be opened, and which of its fields are our columns."""

    source: Source
    plan: Plan

    def batches(self, columns: tuple[str, ...]) -> Iterator[Batch]:
        """Every row once, in the file's order, with `columns` of it; reading ahead begins at once.

        Raises `UnreadableError` where reading must stop.
        """
        fields = sorted({place for name in columns for place in self.plan.fields[name]})
        plain = self.plan.fields[PERSON] if PERSON in columns else ()
        return (self._batch(block, columns) for block in self.source.blocks(fields, plain))

    def _batch(self, block: Block, columns: tuple[str, ...]) -> Batch:
        numbers = block.plain.get(self.plan.fields[PERSON][0]) if PERSON in columns else None
        coded = {
            name: block.coded[self.plan.fields[name][0]] for name in columns if name != PERSON and block.coded
        }
        return Batch(block.rows, numbers, coded, block.wrong_length, block.empty, block.cells)


def open_delivery(path: Path, scratch: Path) -> Delivery:
    """Open a file and find our columns in it. Raises `UnreadableError`."""
    source = open_source(path, Reading(), scratch)
    return Delivery(source, make_plan(source))
