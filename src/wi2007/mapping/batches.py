"""Open a delivery as our columns with our values, in batches of rows with their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow.compute as pc

from schemas.columns import PERSON
from wi2007.delivery.names import key
from wi2007.delivery.opening import open_source
from wi2007.delivery.source import Block, Coded, Decision, Reading, Rows, Source
from wi2007.mapping.corrections import Corrector
from wi2007.mapping.levering import NOTHING, Layout
from wi2007.mapping.normalise.days import readings
from wi2007.mapping.normalise.rules import FIXED_WIDTH, chosen, listed
from wi2007.mapping.plan import Plan, make_plan
from wi2007.mapping.values import (
    RECODED,
    Counts,
    Normalisation,
    Questions,
    Reader,
    Single,
    day_reader,
    readers_of,
)

KINDS: Final = {"tekst": "text"}
CORRECTED: Final = "correctie"
"""The name by which corrections are counted among what was done to values."""
DELIMITERS: Final = {"puntkomma": ";", "komma": ",", "tab": "\t", "streep": "|"}


@dataclass
class Padded:
    """Removes the spaces where all numbers of the file have one length, and counts the rows.

    `again` reads the numbers of the whole file (Arrow string arrays); it is called when the first space is met.
    """

    again: Callable[[], Iterator[Any]]
    count: int = 0
    _of_one_length: bool | None = field(default=None, init=False)

    def trimmed(self, numbers: Any, *, counted: bool) -> Any:
        """Return the numbers without the padding spaces."""
        padded = pc.or_(pc.starts_with(numbers, " "), pc.ends_with(numbers, " "))
        rows = pc.sum(padded).as_py() or 0
        if not rows or not self._all_of_one_length():
            return numbers
        self.count += rows if counted else 0
        return pc.utf8_trim(numbers, characters=" ")

    def _all_of_one_length(self) -> bool:
        if self._of_one_length is None:
            found: set[int] = set()
            for numbers in self.again():
                filled = numbers.filter(pc.greater(pc.utf8_length(numbers), 0)) if len(numbers) else numbers
                found.update(pc.unique(pc.utf8_length(filled)).to_pylist())
                if len(found) > 1:
                    break
            self._of_one_length = len(found) == 1
        return self._of_one_length


@dataclass(frozen=True)
class ColumnProblem:
    """Rows, ascending, that break a rule before their value is judged; `column` is ours, or empty for the whole row.

    `is_open` says that the value is still a question: there is nothing to judge. `about` is as in
    `wi2007.delivery.problems.Problem`.
    """

    rule: str
    column: str
    rows: Rows
    is_open: bool = False
    about: str = ""


@dataclass(frozen=True)
class Batch:
    """Consecutive rows.

    `numbers` are the persoonsnummers (an Arrow string array, empty where missing), None when that column is not read;
    `columns` are all others.

    `wrong_length`, `widths`, `empty` and `passed_over` are as in `wi2007.delivery.source.Block`.
    """

    rows: Rows
    numbers: Any
    columns: dict[str, Coded]
    wrong_length: Rows
    empty: Rows
    problems: tuple[ColumnProblem, ...] = ()
    widths: str = ""
    passed_over: Mapping[str, Rows] = field(default_factory=dict)


@dataclass(frozen=True)
class Delivery:
    """An open file, and which of its fields are our columns."""

    source: Source
    plan: Plan
    layout: Layout
    peildatum: date
    readers: dict[str, Reader]
    _day: Single
    _padded: Padded | None
    _corrector: Corrector | None = None
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
    def decisions(self) -> tuple[Decision, ...]:
        """How the file is read, and how its fields were found where that was not by their names."""
        if not self.plan.by_title:
            return self.source.decisions
        reason = f"De naam van het veld is er geen van ons, het variabelelabel wel: {', '.join(self.plan.by_title)}."
        return (*self.source.decisions, Decision("kolomnamen", "ook naar het variabelelabel", False, reason))

    @property
    def normalisations(self) -> tuple[Normalisation, ...]:
        """What was done so far, in the order of the rules and then of the columns."""
        rules = {RECODED: "De waarde is vertaald zoals levering.yaml zegt."}
        rules.update({rule.name: rule.description for rule in listed()})
        rules[CORRECTED] = "De waarde is verbeterd zoals correcties.yaml zegt."
        order, columns = list(rules), list(self.plan.columns)
        counts = self._counts | self._count_of_numbers()
        pairs = sorted(counts, key=lambda pair: (order.index(pair[0]), columns.index(pair[1])))
        return tuple(
            Normalisation(rule, column, rules[rule] + self._more(rule, column), counts[rule, column])
            for rule, column in pairs
        )

    def _more(self, rule: str, column: str) -> str:
        return "" if column == PERSON or rule == CORRECTED else self.readers[column].remark(rule)

    def _count_of_numbers(self) -> dict[tuple[str, str], int]:
        """Return in how many rows spaces of the field were taken from the persoonsnummer."""
        if self._padded is None or not self._padded.count:
            return {}
        name = next(rule.name for rule in listed() if rule.method == FIXED_WIDTH)
        return {(name, PERSON): self._padded.count}

    def batches(self, columns: tuple[str, ...]) -> Iterator[Batch]:
        """Yield every row once, in the file's order, with `columns` of it; reading ahead begins at once.

        Changes of values are counted, so read it only once. Raises `UnreadableError` where reading must stop.
        """
        places = {place for name in columns for place in self.plan.fields[name]}
        fields = sorted(places | ({self.plan.day} if self.plan.day is not None else set()))
        plain = self.plan.fields[PERSON] if PERSON in columns else ()
        return (self._batch(block, columns) for block in self.source.blocks(fields, plain))

    def check_corrections(self) -> None:
        """Raise `UserError` for every correction that no longer holds; call it after the last batch."""
        if self._corrector is not None and PERSON in self.plan.columns:
            self._corrector.check(self.plan.columns)

    def numbers(self) -> Iterator[tuple[Rows, Any]]:
        """Yield the persoonsnummers once more, with their row numbers; nothing is counted."""
        place = self.plan.fields[PERSON][0]
        blocks = self.source.blocks((place,), (place,))
        return (
            (block.rows, self._numbers(block.plain[place], counted=False))
            for block in blocks
            if len(block.rows)
        )

    def _numbers(self, numbers: Any, *, counted: bool) -> Any:
        return numbers if self._padded is None else self._padded.trimmed(numbers, counted=counted)

    def _batch(self, block: Block, columns: tuple[str, ...]) -> Batch:
        numbers = block.plain.get(self.plan.fields[PERSON][0]) if PERSON in columns else None
        numbers = None if numbers is None else self._numbers(numbers, counted=True)
        ours: dict[str, Coded] = {}
        problems = self._cells(block, columns)
        for name in columns if len(block.rows) else ():
            if name != PERSON:
                fields = [block.coded[place] for place in self.plan.fields[name]]
                ours[name], counts, questions = self.readers[name].ours(fields)
                self._count(name, counts)
                problems += _asked(block, name, questions, self.readers[name])
        if self._corrector is not None and numbers is not None and len(block.rows):
            ours, corrected = self._corrector.corrected(numbers, ours)
            for name, rows in corrected.items():
                self._count(name, {CORRECTED: rows})
        problems += self._other_days(block)
        left = (block.wrong_length, block.empty)
        return Batch(block.rows, numbers, ours, *left, tuple(problems), block.widths, block.passed_over)

    def _count(self, column: str, counts: Counts) -> None:
        for rule, rows in counts.items():
            if rows:
                self._counts[rule, column] = self._counts.get((rule, column), 0) + rows

    def _cells(self, block: Block, columns: Sequence[str]) -> list[ColumnProblem]:
        """Return the problems with cells of a field, for each of our columns that is made from it."""
        found: dict[tuple[str, str], Rows] = {}
        for cell in block.cells:
            for name in columns:
                if cell.field in self.plan.fields[name]:
                    earlier = found.get((cell.rule, name), cell.rows[:0])
                    found[cell.rule, name] = np.union1d(earlier, cell.rows)
        return [ColumnProblem(rule, name, rows) for (rule, name), rows in found.items()]

    def _other_days(self, block: Block) -> list[ColumnProblem]:
        """Return rows that hold another peildatum than that of the folder."""
        if self.plan.day is None or not len(block.rows):
            return []
        days, _, _ = self._day.ours([block.coded[self.plan.day]])
        day = f"{self.peildatum:%Y%m%d}"
        right = np.array([*(day in (text, *readings(text)) for text in days.values), False])
        rows = block.rows[~right[days.codes]]
        return [ColumnProblem("peildatum_anders", "", rows)] if len(rows) else []


def open_delivery(
    path: Path, scratch: Path, peildatum: date = date.max, layout: Layout = NOTHING
) -> Delivery:
    """Open a file and find our columns in it.

    Raises `UnreadableError`, and `UserError` where levering.yaml does not fit the file.
    """
    source = open_source(path, reading(layout), scratch)
    plan = make_plan(source, layout, peildatum)
    day = day_reader(source, plan.day, peildatum)
    readers = readers_of(source, plan, layout, peildatum)
    corrector = Corrector(layout.corrections) if layout.corrections.corrections else None
    return Delivery(source, plan, layout, peildatum, readers, day, _padded(source, plan, layout), corrector)


def _padded(source: Source, plan: Plan, layout: Layout) -> Padded | None:
    """Return what removes padding spaces from the persoonsnummers, where that rule is chosen; else None."""
    methods = [rule.method for rule in chosen(layout.levering.normaliseren)]
    if PERSON not in plan.fields or FIXED_WIDTH not in methods:
        return None
    place = plan.fields[PERSON][0]
    return Padded(
        lambda: (block.plain[place] for block in source.blocks((place,), (place,)) if len(block.rows))
    )


def reading(layout: Layout) -> Reading:
    """Return the settings of `lezen` as the readers need them, with the names of fields that the layout mentions."""
    settings = layout.levering.lezen
    return Reading(
        kind=KINDS.get(settings.soort, settings.soort) if settings.soort else None,
        encoding=settings.codering,
        delimiter=DELIMITERS[settings.scheidingsteken] if settings.scheidingsteken else None,
        quoted=settings.aanhalingstekens == "ja" if settings.aanhalingstekens else None,
        header_row=settings.koprij,
        sheet=settings.werkblad,
        member=settings.bestand_in_archief,
        extra=settings.extra_veld,
        known=frozenset(key(name) for column in layout.levering.kolommen.values() for name in column.names),
    )


def _asked(block: Block, column: str, questions: Questions, reader: Reader) -> list[ColumnProblem]:
    return [
        ColumnProblem(rule, column, block.rows[marks], is_open=True, about=reader.about(rule))
        for rule, marks in questions.items()
        if marks.any()
    ]
