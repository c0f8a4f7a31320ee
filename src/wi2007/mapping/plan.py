"""Find which field of a file is which of our columns, what is wrong with its header, and which names may be quoted.

The mapping of levering.yaml comes first, the rest goes by name. Capitals, and spaces or punctuation between the words
of a name, make no difference. Fields that stand for none of our columns are accepted and not read.

A file without a row of names has the first person there. Then the names look like the values below them: the same
values, the same kind of code, a date above dates. This holds for every kind of file: a table without names that went
through another program has such names too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Final

from schemas.columns import BIRTH, COLUMNS, INCOME, PERSON, REFUSED, REQUIRED
from schemas.values import judge
from wi2007.dates import possible_days
from wi2007.decisions import Place
from wi2007.delivery.names import ENOUGH, OURS, key, known_names
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Block, Source
from wi2007.mapping.levering import NOTHING, Layout
from wi2007.mapping.normalise.column import Column
from wi2007.mapping.normalise.rules import listed

NO_NAME: Final = "(zonder naam)"
_LIKE_A_NAME: Final = re.compile(r"(?!.*\d{3})[^\W\d_][\w ()./%&-]{0,59}")
_LISTED: Final = (
    "geslacht",
    "land_van_herkomst",
    "gevraagde_nationaliteit",
    "nationaliteit_1",
    "gemeentecode",
    "statuscode",
    "doelgroep",
    INCOME,
    REFUSED,
)
"""Columns by whose values a row of a person is told from names. Not the numbers: fields may be numbered too."""
_SHAPE: Final = ((re.compile(r"[0-9]"), "9"), (re.compile(r"[^\W\d_]"), "a"))
_AT_ONCE: Final = 400
_MOST_VALUES: Final = 500
_HALF: Final = 0.5

_MOST_NAMED: Final = 40


class Heading:
    """The names of a source. The rows below them are read once, and only where they matter."""

    def __init__(self, source: Source, peildatum: date = date.max) -> None:
        self.source, self._peildatum = source, peildatum

    @cached_property
    def are_names(self) -> bool:
        """Whether messages may quote the names: the file has them where names belong, and they are no person's row."""
        return self.source.names_are_names and not self.is_row

    @cached_property
    def is_row(self) -> bool:
        """Whether a person's row stands in place of the names."""
        return known_names(self.source.names) < ENOUGH and any(
            map(self._is_content, *zip(*self._below(), strict=True))
        )

    def shown(self, place: int) -> str:
        """Return the name of a field as a message may quote it: its place when the name may be a value of a row."""
        name = self.source.names[place].strip()
        return name if key(name) in OURS else shown_name(name, place, self.are_names)

    def _below(self) -> Iterator[tuple[str, Mapping[str, int]]]:
        """Yield each name with the values that the first rows have below it, and the number of their rows."""
        names = self.source.names
        for start in range(0, len(names), _AT_ONCE):
            places = range(start, min(start + _AT_ONCE, len(names)))
            block = self._first(places)
            for place in places:
                one = block if block is not None else self._first((place,))
                yield names[place].strip(), {} if one is None else _counted(one, place)

    def _first(self, places: range | tuple[int, ...]) -> Block | None:
        """Return the first rows; None where they cannot be read, as with a field that holds lists."""
        try:
            return next((block for block in self.source.blocks(places) if len(block.rows)), None)
        except UnreadableError:
            return None

    def _is_content(self, name: str, rows_of: Mapping[str, int]) -> bool:
        """Return whether a name is one of the values below it, is shaped as most are, or reads as the same kind of
        value.
        """
        rows = sum(rows_of.values())
        if not name or not rows:
            return False
        if rows_of.get(name, 0) > rows // 1000 + 1:
            return True
        alike = {text: count for text, count in rows_of.items() if _has_digits(text) == _has_digits(name)}
        if sum(alike.values()) < _HALF * rows:
            return False
        shape = shape_of(name)
        same = sum(count for text, count in alike.items() if shape_of(text) == shape)
        if re.search(r"[0-9]{3}", name) and same >= _HALF * rows:
            return True
        return any(
            sum(count for text, count in alike.items() if self._reads(kind, text)) >= _HALF * rows
            for kind in (*_LISTED, BIRTH)
            if self._reads(kind, name)
        )

    @cached_property
    def _columns(self) -> dict[str, Column]:
        return {kind: Column(kind, listed(), self._peildatum) for kind in (*_LISTED, BIRTH)}

    def _reads(self, kind: str, text: str) -> bool:
        """Return whether a value reads as a kind of column, by the rules that a run uses, or as one of two things."""
        read = self._columns[kind].read(text)
        if read.question or not read.text:
            return bool(read.question)
        return possible_days(read.text) is not None if kind == BIRTH else bool(judge(kind)(read.text))


def _counted(block: Block, place: int) -> dict[str, int]:
    filled = ((text.strip(), count) for text, count in block.coded[place].counts())
    return dict(islice(((text, count) for text, count in filled if text), _MOST_VALUES))


def _has_digits(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def shown_name(name: str, place: int, are_names: bool) -> str:
    """Return a name that a message may quote and that looks like one, or else the place of its
    field, counted from 1.
    """
    if not name:
        return NO_NAME
    return name if are_names and _LIKE_A_NAME.fullmatch(name) else f"(kolom {place + 1})"


def shape_of(text: str) -> str:
    """Return a text with every digit as 9 and every letter as a."""
    for pattern, character in _SHAPE:
        text = pattern.sub(character, text)
    return text


@dataclass(frozen=True)
class Plan:
    """`fields` are the places of the fields that each of our columns is made from, in the order of the file.

    `left_empty` are the columns that the delivery lacks on purpose, `day` is the place of the field with the peildatum,
    `by_title` are the columns whose field was found by its title (variable label), not by its name.
    """

    fields: dict[str, tuple[int, ...]]
    problems: tuple[Problem, ...]
    left_empty: tuple[str, ...] = ()
    day: int | None = None
    by_title: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Our columns that the file has, in the order of the file."""
        return tuple(self.fields)


def make_plan(source: Source, layout: Layout = NOTHING, peildatum: date = date.max) -> Plan:
    """Find our columns among the names of the file.

    Raises `UnreadableError` when there is none of them or a person's row in their place, `UserError` where
    levering.yaml does not fit the file.
    """
    heading = Heading(source, peildatum)
    if layout.levering.lezen.koprij is None and heading.is_row:
        raise UnreadableError(Problem("kop_ontbreekt", row=source.header_row))
    mapped = {
        name: tuple(
            place_of(heading, field, layout, ("kolommen", name, at))
            for field, at in zip(column.names, column.keys, strict=True)
        )
        for name, column in layout.levering.kolommen.items()
        if not column.leeg
    }
    left_empty = tuple(name for name, column in layout.levering.kolommen.items() if column.leeg)
    day_name = layout.levering.peildatum_kolom
    day = None if day_name is None else place_of(heading, day_name, layout, ("peildatum_kolom",))
    _check_alone(mapped, day, layout)
    taken = {place for places in mapped.values() for place in places} | (set() if day is None else {day})
    columns = {key(name): name for name in COLUMNS}
    found = [None if place in taken else columns.get(key(name)) for place, name in enumerate(source.names)]
    by_title = _by_title(source, {*mapped, *left_empty}, taken, found)
    for place, name in by_title.items():
        found[place] = name
    if not any(found) and not mapped:
        raise UnreadableError(Problem("kop_onherkenbaar", row=source.header_row))
    fields = dict(mapped)
    for place, column_name in enumerate(found):
        if column_name is not None and column_name not in left_empty:
            fields.setdefault(column_name, (place,))
    by_hand = {*mapped, *left_empty}
    problems = _problems(source, [None if name in by_hand else name for name in found], by_hand)
    passed_over = [
        Problem("kolom_niet_gebruikt", name) for name in COLUMNS if name in by_hand and name in found
    ]
    others = _others(heading, [at for at, name in enumerate(found) if name is None and at not in taken])
    in_order = dict(sorted(fields.items(), key=lambda item: min(item[1])))
    titled = tuple(name for name in in_order if name in by_title.values())
    return Plan(in_order, (*problems, *passed_over, *others), left_empty, day, titled)


def place_of(heading: Heading, name: str, layout: Layout, at: Place) -> int:
    """Return the place of the field that a setting names: the name as it stands, or else without capitals and
    punctuation.
    """
    source = heading.source
    field = f"veld '{name}'" if heading.are_names else "veld met deze naam"
    exact = [place for place, other in enumerate(source.names) if other == name]
    alike = [place for place, other in enumerate(source.names) if key(other) == key(name) != ""]
    if len(exact) == 1:
        return exact[0]
    if len(exact) > 1:
        raise layout.wrong(
            at,
            f"het {field} komt {len(exact)} keer voor in het bestand. Geef de velden verschillende namen.",
        )
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise layout.wrong(
            at,
            f"{len(alike)} velden in het bestand verschillen van het {field} alleen in hoofdletters of tekens. "
            "Schrijf de naam precies zoals in het bestand.",
        )
    names = [heading.shown(place) for place in range(len(source.names))]
    more = f" en nog {len(names) - _MOST_NAMED}" if len(names) > _MOST_NAMED else ""
    raise layout.wrong(
        at, f"het bestand heeft geen {field}. De velden zijn: {', '.join(names[:_MOST_NAMED])}{more}."
    )


def _by_title(
    source: Source, by_hand: set[str], taken: set[int], found: Sequence[str | None]
) -> dict[int, str]:
    """Return columns that no name stands for, and the one field whose title (variable label) is their name."""
    columns = {key(name): name for name in COLUMNS if name not in by_hand and name not in found}
    titled = [
        (place, columns[key(title)])
        for place, title in source.titles.items()
        if place not in taken and found[place] is None and key(title) in columns
    ]
    names = [name for _, name in titled]
    return {place: name for place, name in titled if names.count(name) == 1}


def _check_alone(mapped: dict[str, tuple[int, ...]], day: int | None, layout: Layout) -> None:
    """Check that the persoonsnummer field is nothing else besides, and that a column takes no field twice."""
    person = mapped.get(PERSON, ())
    for name, places in mapped.items():
        if len(set(places)) < len(places):
            raise layout.wrong(("kolommen", name), "twee namen wijzen hetzelfde veld in het bestand aan.")
        if name != PERSON and set(places) & set(person):
            raise layout.wrong(
                ("kolommen", name), f"dit veld is al het {PERSON}. Kies voor elk een ander veld."
            )
    if day is not None and day in person:
        raise layout.wrong(("peildatum_kolom",), f"dit veld is al het {PERSON}. Kies een ander veld.")


def _problems(source: Source, found: Sequence[str | None], by_hand: set[str]) -> list[Problem]:
    missing = [
        Problem("kolom_ontbreekt", name) for name in REQUIRED if name not in found and name not in by_hand
    ]
    return missing + [
        Problem("kolom_dubbel" if _same(source, found, name) else "kolom_onduidelijk", name)
        for name in COLUMNS
        if found.count(name) > 1
    ]


def _same(source: Source, found: Sequence[str | None], name: str) -> bool:
    """Return whether the names of fields that are taken for one column are the same but for capitals."""
    names = [other.strip().casefold() for other, one in zip(source.names, found, strict=True) if one == name]
    return len(set(names)) < len(names)


def _others(heading: Heading, places: Sequence[int]) -> list[Problem]:
    """Return the fields that are not read, those with one name once."""
    first = {heading.source.names[place].strip(): place for place in reversed(places)}
    return [Problem("kolom_onbekend", heading.shown(place)) for place in sorted(first.values())]
