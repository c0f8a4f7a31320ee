"""Find which field of a file is which of our columns, and what is wrong with its header.

The mapping of levering.yaml comes first, the rest goes by name. Capitals, and spaces or punctuation between the words
of a name, make no difference. Fields that stand for none of our columns are accepted and not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from schemas.columns import COLUMNS, PERSON, REQUIRED
from wi2007.decisions.lines import Place
from wi2007.delivery.names import key
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Source
from wi2007.mapping.heading import Heading
from wi2007.mapping.levering import NOTHING, Layout

_TOLD: Final = 40


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
    names = [heading.told(place) for place in range(len(source.names))]
    more = f" en nog {len(names) - _TOLD}" if len(names) > _TOLD else ""
    raise layout.wrong(
        at, f"het bestand heeft geen {field}. De velden zijn: {', '.join(names[:_TOLD])}{more}."
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
    return [Problem("kolom_onbekend", heading.told(place)) for place in sorted(first.values())]
