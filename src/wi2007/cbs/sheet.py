"""Read one sheet into rows of the table: every figure with what it is about, its sign and its mark.

The title may say it of labels without a head: their characteristic, or the group of persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from schemas.cbs import COUNT, PERCENT, CbsRow
from schemas.cbs_layout import SheetLayout
from wi2007.cbs.book import Sheet
from wi2007.cbs.figures import Figure, OddError, figure, split_mark, stronger
from wi2007.cbs.heads import Line, Reader
from wi2007.cbs.labels import Kind, Label, Place, Vocabulary, days_in, key, keys
from wi2007.cbs.layout import Layout
from wi2007.cbs.meaning import (
    Axis,
    Subject,
    Target,
    doubts,
    interpretations,
    is_crossed,
    subject,
    unknown,
    whole,
)
from wi2007.cbs.misfit import Ask, Misfit, MisfitError, address

_BY: Final = re.compile(r"\bnaar\b(.*)", re.IGNORECASE)
_PARTS: Final = re.compile(r",|;|\ben\b|×|\bper\b", re.IGNORECASE)
_LONG: Final = 40
_BETWEEN: Final = re.compile(r"\W+")
_BEHIND: Final = re.compile(r"\s*[\d*¹²³].*")
_TWICE = (
    "dit cijfer gaat over twee kenmerken tegelijk, en daarvoor heeft de tabel geen plaats; "
    "met twee_kenmerken: overslaan bij dit blad worden zulke cijfers niet gelezen"
)


def implied(words: Vocabulary, laid: Layout, axis: str, filler: frozenset[str]) -> str:
    """Return the characteristic of the rows or columns without a head: the one that the title names, and no head.

    Every word behind `naar` must be a known head, every label a category of that characteristic, and one of them a
    category of no other. Empty where any of this is not so.
    """
    named = _named(words, laid)
    heads = {trait for path in _paths(laid) for one in keys(path, filler) for trait in words.heads_of(one)}
    left = [trait for trait in named if trait not in heads]
    paths = laid.columns.values() if axis == "kolommen" else [line.path for line in laid.lines]
    tops = {
        path_keys[-1]
        for path in paths
        if (path_keys := keys(path, filler)) and not _has_head(words, path_keys)
    }
    labels = [one for one in tops if not _is_total(words, one)]
    fits = [
        trait
        for trait in left
        if all(trait in words.traits_of(one) for one in labels)
        and any(words.traits_of(one) == [trait] for one in labels)
    ]
    return fits[0] if len(fits) == 1 else ""


def _named(words: Vocabulary, laid: Layout) -> list[str]:
    """Return the characteristics behind `naar` in a title; none where a word there is not known, or a text may be a
    head.
    """
    found = _BY.search(laid.title)
    if found is None or any(len(text) <= _LONG and not days_in(text) for text in laid.above):
        return []
    named: list[str] = []
    for part in _PARTS.split(found[1]):
        words_of = key(_BEHIND.sub("", part))
        if not words_of:
            continue
        heads = words.heads_of(words_of)
        if len(heads) != 1:
            return []
        named += heads
    return named


def _paths(laid: Layout) -> Iterator[tuple[Label, ...]]:
    yield from laid.columns.values()
    yield from (line.path for line in laid.lines)


def _has_head(words: Vocabulary, path_keys: Iterable[str]) -> bool:
    return any(words.heads_of(one) for one in path_keys)


def _is_total(words: Vocabulary, label: str) -> bool:
    return any(one.kind in (Kind.TOTAL, Kind.SKIP) for one in words.senses(label))


def group_in(words: Vocabulary, texts: Iterable[str], divided: Iterable[str | None]) -> str:
    """Return a category named in the title, of a characteristic that the sheet does not divide by, where it does not
    name all.
    """
    joined_words = " ".join(f" {_BETWEEN.sub(' ', key(text))} " for text in texts)
    for trait, categories in words.free().items():
        if trait in divided:
            continue
        named = [
            one for one, labels in categories.items() if any(f" {label} " in joined_words for label in labels)
        ]
        if named and len(named) < len(categories):
            return named[0]
    return ""


@dataclass(frozen=True)
class Task:
    """A sheet with all that is needed to read it."""

    sheet: Sheet
    found: Layout
    wanted: SheetLayout
    reader: Reader
    rows: Axis
    columns: Axis
    moment: str

    def misfit(self, row: int, column: int, what: str) -> Misfit:
        """Return a misfit in a cell of this sheet."""
        return Misfit(self.sheet.name, row, column, what)


@dataclass
class Meanings:
    """What the rows and the columns of a sheet mean, by their number, and what is not known of them."""

    lines: dict[int, Target] = field(default_factory=dict)
    columns: dict[int, Target] = field(default_factory=dict)
    odd: list[Misfit] = field(default_factory=list)


def meanings(task: Task) -> Meanings:
    """Return the meaning of every row and column."""
    made = Meanings()
    for column, path in task.found.columns.items():
        target = _column(task, column, path, made.odd)
        if target is not None:
            made.columns[column] = target
    used: set[Place] = set()
    for line in task.found.lines:
        found = interpretations(task.rows, line.path, used)
        for places in found.values():
            used |= places
        target = _one(task.sheet.name, task.rows, line.path, found, made.odd)
        if target is not None:
            made.lines[line.row] = target
    for one in task.found.alone:
        if one.place not in used:
            made.odd += unknown(task.sheet.name, task.rows, one)
    return made


def _one(
    sheet: str, axis: Axis, path: tuple[Label, ...], found: Mapping[Target, object], odd: list[Misfit]
) -> Target | None:
    if len(found) == 1:
        return next(iter(found))
    odd += doubts(sheet, axis, path, list(found))
    return None


def _column(task: Task, column: int, path: tuple[Label, ...], odd: list[Misfit]) -> Target | None:
    if not path and any(task.found.columns.values()):
        row = task.found.head_rows[-1] if task.found.head_rows else task.found.lines[0].row
        odd.append(task.misfit(row, column, "boven deze kolom staat geen label"))
        return None
    return _one(task.sheet.name, task.columns, path, interpretations(task.columns, path), odd)


def rows(task: Task, known: Meanings) -> Iterator[CbsRow | Misfit]:
    """Yield every figure as a row, or what is wrong with it."""
    for line in task.found.lines:
        if line.row in known.lines and not known.lines[line.row].skipped:
            yield from _line(task, line, known)


def _line(task: Task, line: Line, known: Meanings) -> Iterator[CbsRow | Misfit]:
    for column, target in known.columns.items():
        if target.skipped:
            continue
        unit = line.units.get(column, "")
        if unit == "overslaan":
            continue
        if is_crossed(known.lines[line.row], target):
            if task.wanted.twee_kenmerken is None and not task.sheet.is_empty(line.row, column):
                ask = Ask("blad", "twee_kenmerken: overslaan")
                yield Misfit(task.sheet.name, line.row, column, _TWICE, ask=ask)
            continue
        if not unit:
            yield task.misfit(line.row, column, "bij dit cijfer staat geen eenheid")
            continue
        about = subject(known.lines[line.row], target)
        if about is None:
            yield task.misfit(
                line.row, column, "het label van de rij en dat van de kolom spreken elkaar tegen"
            )
            continue
        try:
            of = _of(task, (line.row, column), (known.lines, known.columns), unit)
            yield _cell(task, (line, column), about, unit, of)
        except MisfitError as error:
            yield from error.misfits


def _of(
    task: Task, place: tuple[int, int], axes: tuple[dict[int, Target], dict[int, Target]], unit: str
) -> str:
    """Return what a percentage is a part of; an empty text for a count."""
    if unit != PERCENT:
        return ""
    if task.wanted.procenten_van is None:
        raise MisfitError(
            task.misfit(
                *place,
                "waarvan dit een percentage is, staat niet vast; zet procenten_van in cbs.yaml",
            )
        )
    lines, columns = axes
    by_row = task.wanted.procenten_van == "kolom"
    adding = lines[place[0]] if by_row else columns[place[1]]
    found = whole(adding, (lines if by_row else columns).values())
    if not found:
        raise MisfitError(task.misfit(*place, "waarvan dit een percentage is, is niet te zeggen"))
    return found


def _cell(task: Task, place: tuple[Line, int], about: Subject, unit: str, of: str) -> CbsRow:
    line, column = place
    found = _figure(task, line.row, column)
    value = found.value
    if value is not None and unit == "duizendtal":
        value *= 1000
    kind = PERCENT if unit == PERCENT else COUNT
    if value is not None and kind == COUNT and value != value.to_integral_value():
        raise MisfitError(task.misfit(line.row, column, "een aantal personen is een geheel getal"))
    if value is not None and kind == PERCENT and value > Decimal(100):
        raise MisfitError(task.misfit(line.row, column, "een percentage is hoogstens honderd"))
    return CbsRow(
        kenmerk=about.kenmerk,
        categorie=about.categorie,
        nationaliteit=about.nationaliteit,
        eenheid=kind,
        noemer=of,
        aantal=value,
        teken=found.sign,
        voorlopig=_provisional(task, line, column, found.mark),
        meetmoment=task.moment,
        blad=task.sheet.name,
        cel=address(line.row, column),
    )


def _figure(task: Task, row: int, column: int) -> Figure:
    sheet = task.sheet
    for areas, what in (
        (sheet.errors, "hier staat een fout van Excel"),
        (sheet.formulas, "hier staat een formule; bewaar het blad met waarden"),
    ):
        if any(top <= row <= bottom and left <= column <= right for top, bottom, left, right in areas):
            raise MisfitError(task.misfit(row, column, what))
    if sheet.is_empty(row, column):
        return Figure()
    try:
        return figure(sheet.at(row, column), sheet.style(row, column).code, task.reader.signs)
    except OddError as error:
        until = task.reader.signs.others.get(error.sign)
        ask = Ask("uitgave", until) if until else None
        raise MisfitError(Misfit(sheet.name, row, column, str(error), error.sign, ask)) from None


def _provisional(task: Task, line: Line, column: int, own: str) -> str:
    """Return the mark of a figure: its own, beside it, of its labels or of the title; not one with another meaning
    here.
    """
    marks = [own, _beside(task, line.row, column), task.found.mark]
    marks += [one.mark for one in (*line.path, *task.found.columns[column])]
    return stronger(*(mark for mark in marks if mark not in task.found.other_marks))


def _beside(task: Task, row: int, column: int) -> str:
    """Return the marks in the columns beside a figure."""
    found = (task.sheet.text(row, at) for at, of in task.found.spacers.items() if of == column)
    return stronger(*(split_mark(text, task.reader.signs)[1] for text in found))
