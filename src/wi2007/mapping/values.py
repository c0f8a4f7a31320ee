"""Make our columns of the fields of a file: values are recoded as levering.yaml says, or else normalised, and counted.

Each distinct value is worked out once. A list of values in which nothing changes passes as the same object, so a
delivery in our own layout costs nothing. What all values of a field say is collected by reading that field once more,
and only when a value asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schemas.columns import PERSON, STATUS_DAY
from schemas.levering import EMPTY as LEFT_EMPTY
from schemas.levering import RESULT
from schemas.levering import Column as Set
from wi2007.delivery.source import EMPTY, Coded, Kept, Missing, Source
from wi2007.mapping.levering import Layout
from wi2007.mapping.normalise.column import BY_HAND, Column, Read
from wi2007.mapping.normalise.field import Field, Whole, plain_number
from wi2007.mapping.normalise.rules import Listed, chosen, listed
from wi2007.mapping.plan import Plan

RECODED: Final = BY_HAND
NO_LINE: Final = "combinatie_onbekend"
NO_DATE: Final = "datumdelen_onbekend"
_DENSE: Final = 4_000_000
_REMEMBERED: Final = 300_000
Marks = NDArray[np.bool_]
Counts = dict[str, int]
Questions = dict[str, Marks]
"""For each rule of validation, which rows break it."""

_AS_IT_IS: Final = Set.model_construct()


@dataclass(frozen=True)
class Normalisation:
    """What was done to how many rows of a column: `rule` of config/normalisation.yaml, or levering.yaml itself."""

    rule: str
    column: str
    description: str
    count: int


@dataclass(frozen=True)
class _Table:
    """What a list of values becomes; every array ends with what an empty field becomes. None: nothing changes."""

    values: list[str]
    codes: NDArray[np.int32]
    changed: dict[str, Marks]
    questions: dict[str, Marks]


class Recode:
    """The translations of levering.yaml: by value, by label, and by a number without zeros behind its decimal sign."""

    def __init__(
        self,
        values: Mapping[str, str] | None = None,
        labels: Mapping[str, str] | None = None,
        *,
        trims: bool = True,
    ) -> None:
        self._values = {
            text: "" if result == LEFT_EMPTY else result for text, result in (values or {}).items()
        }
        self._labels, self._trims = labels or {}, trims

    def of(self, text: str) -> str | None:
        """Return what a value becomes; None when it is not translated."""
        if not self._values:
            return None
        label = self._labels.get(text)
        forms = [
            text,
            *([label] if label else []),
            *([text.strip(), plain_number(text)] if self._trims else []),
        ]
        return next((self._values[form] for form in forms if form in self._values), None)

    @property
    def empty(self) -> str:
        """What an empty field becomes."""
        return self._values.get("", "")


class Single:
    """A column made from one field."""

    def __init__(self, column: Column, recode: Recode | None = None) -> None:
        self._column, self._recode = column, recode or Recode()
        self._known: dict[str, Read] = {}
        self._kept = Kept()

    def about(self, question: str) -> str:
        """Return what a question is about in this file."""
        return self._column.about(question)

    def remark(self, rule: str) -> str:
        """Return the remark on a rule besides its description."""
        emptied = self._column.emptied() if rule == self._column.missing_rule else ()
        return f" Het gaat om: {', '.join(emptied)}." if emptied else ""

    def ours(self, fields: Sequence[Coded]) -> tuple[Coded, Counts, Questions]:
        """Return the rows of a batch with our values, the number of changed rows by rule, and the rows with a
        question.
        """
        (field,) = fields
        table = self._kept.get("", field.values, self._table)
        if table is None:
            return field, {}, {}
        rows = np.bincount(field.codes + 1, minlength=len(field.values) + 1)
        rows = np.append(rows[1:], rows[0])
        counts = {rule: int(rows[marks].sum()) for rule, marks in table.changed.items()}
        questions = {rule: marks[field.codes] for rule, marks in table.questions.items()}
        return Coded(table.values, table.codes[field.codes]), counts, questions

    def _table(self, values: list[str]) -> _Table | None:
        read = [*map(self._read, values), self._empty()]
        if all(one.text == old and not one.question for one, old in zip(read, [*values, ""], strict=True)):
            return None
        ours = list(dict.fromkeys(one.text for one in read if one.text))
        places = {text: at for at, text in enumerate(ours)} | {"": EMPTY}
        return _Table(
            ours,
            np.array([places[one.text] for one in read], dtype=np.int32),
            _marks([one.rules for one in read]),
            _marks([(one.question,) if one.question else () for one in read]),
        )

    def _empty(self) -> Read:
        return Read(self._recode.empty, (RECODED,)) if self._recode.empty else Read("")

    def _read(self, text: str) -> Read:
        known = self._known.get(text)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[text] = self._work_out(text)
        return known

    def _work_out(self, text: str) -> Read:
        result = self._recode.of(text)
        if result is not None:
            return Read(result, (RECODED,) if result != text else ())
        return self._column.read(text)


class OfSeveral:
    """A column made from several fields, without questions or remarks of its own."""

    def about(self, question: str) -> str:
        """Return an empty text: the rules on several fields say it all."""
        return ""

    def remark(self, rule: str) -> str:
        """Return an empty text: there is no remark."""
        return ""


class Combined(OfSeveral):
    """A column made from several fields; the first line that fits a row gives its value."""

    def __init__(self, names: Sequence[str], lines: Sequence[Mapping[str, str]], trims: bool) -> None:
        self._names, self._lines, self._trims = tuple(names), tuple(lines), trims
        results = dict.fromkeys(line[RESULT] for line in lines)
        self._values = [text for text in results if text not in ("", LEFT_EMPTY)]

    def ours(self, fields: Sequence[Coded]) -> tuple[Coded, Counts, Questions]:
        """Return the same as for one field; a combination that no line covers is empty, with a question unless all
        are empty.
        """
        lists, key, which, place = _together(fields)
        results = [self._result(self._texts(one, lists)) for one in which]
        codes = np.array([EMPTY if code is None else code for code in results], dtype=np.int32)
        covered = np.array([code is not None for code in results], dtype=bool)[place]
        unknown = ~covered & (key != _all_empty(lists))
        questions = {NO_LINE: unknown} if unknown.any() else {}
        return Coded(self._values, codes[place]), {RECODED: int(np.count_nonzero(covered))}, questions

    def _texts(self, key: int, lists: Sequence[list[str]]) -> dict[str, str]:
        texts = [text.strip() if self._trims else text for text in _apart(int(key), lists)]
        return dict(zip(self._names, texts, strict=True))

    def _result(self, texts: Mapping[str, str]) -> int | None:
        """Return the code that the first line that fits asks for; None when no line fits."""
        for line in self._lines:
            if all(texts[name] == value for name, value in line.items() if name != RESULT):
                text = line[RESULT]
                return EMPTY if text in ("", LEFT_EMPTY) else self._values.index(text)
        return None


class Parted(OfSeveral):
    """A date made from fields with its year, month and day, in this order; the last may be missing.

    0, 00 and an empty field are unknown, and so are the values of `empty`. Nothing in any of them is an empty field.
    """

    def __init__(self, empty: Collection[str]) -> None:
        self._empty = frozenset(empty)
        self._known: dict[tuple[str, ...], Read] = {}

    def ours(self, fields: Sequence[Coded]) -> tuple[Coded, Counts, Questions]:
        """Return the same as for one field; parts that are no date together are empty, with a question."""
        lists, _, which, place = _together(fields)
        read = [self._read(_apart(int(key), lists)) for key in which]
        ours = list(dict.fromkeys(one.text for one in read if one.text))
        places = {text: at for at, text in enumerate(ours)} | {"": EMPTY}
        codes = np.array([places[one.text] for one in read], dtype=np.int32)[place]
        asked = np.array([bool(one.question) for one in read], dtype=bool)[place]
        made = int(np.count_nonzero(codes != EMPTY))
        return Coded(ours, codes), {RECODED: made}, {NO_DATE: asked} if asked.any() else {}

    def _read(self, texts: Sequence[str]) -> Read:
        parts = tuple(texts)
        if parts not in self._known:
            self._known[parts] = self._date(
                ["" if text.strip() in self._empty else plain_number(text) for text in parts]
            )
        return self._known[parts]

    def _date(self, parts: Sequence[str]) -> Read:
        if not any(parts):
            return Read("")
        sizes = (4, 2, 2)
        digits = [part if part.strip("0") else "" for part in parts] + [""] * (3 - len(parts))
        if any(part and not (part.isascii() and part.isdigit()) for part in digits):
            return Read("", question=NO_DATE)
        if len(digits[0]) not in (0, 4) or any(len(part) > 2 for part in digits[1:]):
            return Read("", question=NO_DATE)
        if any(later and not earlier for earlier, later in pairwise(digits)):
            return Read("", question=NO_DATE)
        return Read("".join(part.zfill(size) for part, size in zip(digits, sizes, strict=True)))


def _together(
    fields: Sequence[Coded],
) -> tuple[list[list[str]], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the values of each field with the empty one last, one key for each row, the distinct keys, and their
    places.
    """
    lists = [[*field.values, ""] for field in fields]
    key = np.zeros(len(fields[0].codes), dtype=np.int64)
    for field, values in zip(fields, lists, strict=True):
        key = key * len(values) + np.where(field.codes == EMPTY, len(values) - 1, field.codes)
    which, place = _distinct(key, int(np.prod([float(len(values)) for values in lists])))
    return lists, key, which, place


def _apart(key: int, lists: Sequence[list[str]]) -> list[str]:
    """Return the values that a key stands for."""
    texts = []
    for values in reversed(lists):
        key, at = divmod(key, len(values))
        texts.append(values[at])
    return texts[::-1]


def _all_empty(lists: Sequence[list[str]]) -> int:
    """Return the key of rows in which every field is empty."""
    return int(np.prod([len(values) for values in lists], dtype=np.int64)) - 1


def _distinct(keys: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct keys, and for each row the place of its own; without sorting rows where
    there are few keys.
    """
    if size > _DENSE:
        which, place = np.unique(keys, return_inverse=True)
        return which, place
    marked = np.zeros(size, dtype=bool)
    marked[keys] = True
    which = np.flatnonzero(marked)
    places = np.zeros(size, dtype=np.int64)
    places[which] = np.arange(len(which))
    return which, places[keys]


def _marks(names: Sequence[tuple[str, ...]]) -> dict[str, Marks]:
    """Return for each name at which places it stands."""
    found = dict.fromkeys(name for several in names for name in several)
    return {name: np.array([name in several for several in names], dtype=bool) for name in found}


Reader = Single | Combined | Parted


def readers_of(source: Source, plan: Plan, layout: Layout, peildatum: date) -> dict[str, Reader]:
    """Return a reader for each of our columns."""
    about = _About(source, chosen(layout.levering.normaliseren), peildatum)
    columns = layout.levering.kolommen
    return {
        name: _reader(name, places, columns.get(name, _AS_IT_IS), about)
        for name, places in plan.fields.items()
        if name != PERSON
    }


def day_reader(source: Source, place: int | None, peildatum: date) -> Single:
    """Return a reader of the field that holds the peildatum in every row, by every rule."""
    whole = Whole() if place is None else Whole(lambda: texts_of(source, place))
    return Single(Column(STATUS_DAY, listed(), peildatum, Field(whole=whole, day_zero=source.day_zero)))


def codebook_of(source: Source, place: int) -> Field:
    """Return what the file itself says of the values of a field."""
    labels = {text.strip(): label for text, label in source.labels.get(place, {}).items()}
    missing = source.missing.get(place, Missing())
    return Field(
        labels, missing, day_zero=source.day_zero, rows=lambda: _rows_of(source, place, labels, missing)
    )


def _rows_of(source: Source, place: int, labels: Mapping[str, str], missing: Missing) -> dict[str, int]:
    """Return the number of rows of each value that the codebook mentions. Reads the file."""
    found: dict[str, int] = {}
    for block in source.blocks((place,)):
        if not len(block.rows):
            continue
        for value, rows in block.coded[place].counts():
            text = value.strip()
            if text in labels or text in missing:
                found[text] = found.get(text, 0) + rows
    return found


def texts_of(source: Source, place: int) -> Iterator[str]:
    """Yield the different values of a field; one may come more than once. Reads the file."""
    values: list[str] = []
    seen = np.zeros(0, dtype=bool)
    for block in source.blocks((place,)):
        if not len(block.rows):
            continue
        column = block.coded[place]
        if column.values is not values:
            values, seen = column.values, np.zeros(len(column.values), dtype=bool)
        there = np.zeros(len(values) + 1, dtype=bool)
        there[column.codes] = True
        yield from (values[at] for at in np.flatnonzero(there[:-1] & ~seen).tolist())
        seen |= there[:-1]


@dataclass(frozen=True)
class _About:
    """The settings that hold for the whole delivery."""

    source: Source
    rules: Sequence[Listed]
    peildatum: date

    def methods(self, column: str, method: str) -> list[Listed]:
        """Return the chosen rules for a column that use this method."""
        return [rule for rule in self.rules if rule.method == method and column in rule.columns]


def _reader(name: str, places: Sequence[int], mapped: Set, about: _About) -> Reader:
    trims = bool(about.methods(name, "spaties"))
    if mapped.kolommen is not None:
        lines = mapped.waarden if isinstance(mapped.waarden, tuple) else ()
        return Combined(mapped.kolommen, lines, trims)
    if mapped.jaar is not None:
        return Parted([text for rule in about.methods(name, "leeg") for text in rule.values])
    (place,) = places
    source, known = about.source, codebook_of(about.source, place)
    recode = Recode(mapped.waarden if isinstance(mapped.waarden, dict) else {}, known.labels, trims=trims)
    whole = Whole(lambda: (text for text in texts_of(source, place) if recode.of(text) is None))
    field = replace(known, whole=whole, reads=mapped.lees, form=mapped.datumvorm)
    return Single(Column(name, about.rules, about.peildatum, field), recode)
