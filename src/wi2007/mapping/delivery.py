"""A delivery as the rest of the program knows it: our columns with our values, in batches of rows with their numbers.

What does not belong here: how a file is opened, and whether a value is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from schemas.columns import PERSON, STATUS_DAY
from schemas.levering import Reading as Set
from wi2007.delivery.coded import Coded
from wi2007.delivery.opening import open_source
from wi2007.delivery.source import Block, Reading, Rows, Source
from wi2007.mapping.levering import NOTHING, Layout
from wi2007.mapping.normalise.counted import Normalisation
from wi2007.mapping.normalise.listed import chosen, listed
from wi2007.mapping.normalise.reading import Column
from wi2007.mapping.plan import Plan, make_plan
from wi2007.mapping.values import RECODED, Combined, Counts, Questions, Single

KINDS: Final = {"tekst": "text"}
DELIMITERS: Final = {"puntkomma": ";", "komma": ",", "tab": "\t", "streep": "|"}


@dataclass(frozen=True)
class ColumnProblem:
    """Rows, ascending, that break a rule before their value is judged; `column` is ours, or empty for the whole row.

    `is_open` says that the value is a question still: there is nothing in it that could be judged. `about` is as in
    `wi2007.delivery.problems.Problem`.
    """

    rule: str
    column: str
    rows: Rows
    is_open: bool = False
    about: str = ""


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
    problems: tuple[ColumnProblem, ...] = ()


@dataclass(frozen=True)
class Delivery:
    """A file that could be opened, and which of its fields are our columns."""

    source: Source
    plan: Plan
    layout: Layout
    peildatum: date
    readers: dict[str, Single | Combined]
    _day: Single
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, tuple[str, ...]]:
        """For each of our columns the names of the fields in the file; none where it is left empty on purpose."""
        names = {
            name: tuple(self.source.names[place] for place in places)
            for name, places in self.plan.fields.items()
        }
        return {**names, **dict.fromkeys(self.plan.left_empty, ())}

    @property
    def normalisations(self) -> tuple[Normalisation, ...]:
        """What was done so far, in the order of the rules and then of the columns."""
        rules = {RECODED: "De waarde is vertaald zoals levering.yaml zegt."}
        rules.update({rule.name: rule.description for rule in listed()})
        order, columns = list(rules), list(self.plan.columns)
        pairs = sorted(self._counts, key=lambda pair: (order.index(pair[0]), columns.index(pair[1])))
        return tuple(
            Normalisation(rule, column, rules[rule], self._counts[rule, column]) for rule, column in pairs
        )

    def batches(self, columns: tuple[str, ...]) -> Iterator[Batch]:
        """Every row once, in the file's order, with `columns` of it; reading ahead begins at once.

        What is done to values is counted: read so once. Raises `UnreadableError` where reading must stop.
        """
        places = {place for name in columns for place in self.plan.fields[name]}
        fields = sorted(places | ({self.plan.day} if self.plan.day is not None else set()))
        plain = self.plan.fields[PERSON] if PERSON in columns else ()
        return (self._batch(block, columns) for block in self.source.blocks(fields, plain))

    def numbers(self) -> Iterator[tuple[Rows, Any]]:
        """The persoonsnummers once more, with their row numbers; nothing is counted."""
        place = self.plan.fields[PERSON][0]
        blocks = self.source.blocks((place,), (place,))
        return ((block.rows, block.plain[place]) for block in blocks if len(block.rows))

    def _batch(self, block: Block, columns: tuple[str, ...]) -> Batch:
        numbers = block.plain.get(self.plan.fields[PERSON][0]) if PERSON in columns else None
        ours: dict[str, Coded] = {}
        problems = self._cells(block, columns)
        for name in columns if len(block.rows) else ():
            if name != PERSON:
                fields = [block.coded[place] for place in self.plan.fields[name]]
                ours[name], counts, questions = self.readers[name].ours(fields)
                self._count(name, counts)
                problems += _asked(block, name, questions)
        problems += self._other_days(block)
        return Batch(block.rows, numbers, ours, block.wrong_length, block.empty, tuple(problems))

    def _count(self, column: str, counts: Counts) -> None:
        for rule, rows in counts.items():
            if rows:
                self._counts[rule, column] = self._counts.get((rule, column), 0) + rows

    def _cells(self, block: Block, columns: Sequence[str]) -> list[ColumnProblem]:
        """The problems with cells of a field, for each of our columns that is made from it."""
        found: dict[tuple[str, str], Rows] = {}
        for cell in block.cells:
            for name in columns:
                if cell.field in self.plan.fields[name]:
                    earlier = found.get((cell.rule, name), cell.rows[:0])
                    found[cell.rule, name] = np.union1d(earlier, cell.rows)
        return [ColumnProblem(rule, name, rows) for (rule, name), rows in found.items()]

    def _other_days(self, block: Block) -> list[ColumnProblem]:
        """Rows that hold another peildatum than that of the folder."""
        if self.plan.day is None or not len(block.rows):
            return []
        days, _, _ = self._day.ours([block.coded[self.plan.day]])
        right = np.array([*(text == f"{self.peildatum:%Y%m%d}" for text in days.values), False])
        rows = block.rows[~right[days.codes]]
        return [ColumnProblem("peildatum_anders", "", rows)] if len(rows) else []


def open_delivery(
    path: Path, scratch: Path, peildatum: date = date.max, layout: Layout = NOTHING
) -> Delivery:
    """Open a file and find our columns in it.

    Raises `UnreadableError`, and `UserError` where the layout does not fit the file.
    """
    source = open_source(path, reading(layout.levering.lezen), scratch)
    plan = make_plan(source, layout)
    rules = chosen(layout.levering.normaliseren)
    trims = any(rule.method == "spaties" for rule in rules)
    readers: dict[str, Single | Combined] = {}
    for name, places in plan.fields.items():
        mapped = layout.levering.kolommen.get(name)
        if mapped is not None and mapped.kolommen is not None:
            lines = mapped.waarden if isinstance(mapped.waarden, tuple) else ()
            readers[name] = Combined(mapped.kolommen, lines, trims)
        else:
            recode = mapped.waarden if mapped and isinstance(mapped.waarden, dict) else {}
            labels = source.labels.get(places[0], {})
            column = Column(name, rules, peildatum, source.day_zero)
            readers[name] = Single(column, recode, labels, trims)
    day = Single(Column(STATUS_DAY, listed(), peildatum, source.day_zero), {}, {}, trims=True)
    return Delivery(source, plan, layout, peildatum, readers, day)


def reading(settings: Set) -> Reading:
    """The settings of `lezen` as the readers know them."""
    return Reading(
        kind=KINDS.get(settings.soort, settings.soort) if settings.soort else None,
        encoding=settings.codering,
        delimiter=DELIMITERS[settings.scheidingsteken] if settings.scheidingsteken else None,
        quoted=settings.aanhalingstekens == "ja" if settings.aanhalingstekens else None,
        header_row=settings.koprij,
        sheet=settings.werkblad,
        member=settings.bestand_in_archief,
    )


def _asked(block: Block, column: str, questions: Questions) -> list[ColumnProblem]:
    return [
        ColumnProblem(rule, column, block.rows[marks], is_open=True)
        for rule, marks in questions.items()
        if marks.any()
    ]
