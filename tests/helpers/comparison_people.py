"""Persons at two peildata for tests of the comparison, and the walk of each told again in plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import pyarrow as pa
from hypothesis import strategies as st
from invented import set_of

from schemas.cube import CUBE, DIMENSIONS
from schemas.flows import KEYS
from wi2007 import reference
from wi2007.comparison.people import People, lists, people
from wi2007.comparison.settings import read_comparison
from wi2007.dates import all_possible_days
from wi2007.population.persons import ages

BEFORE, AFTER = date(2020, 7, 1), date(2023, 10, 1)
"""Between these Weesp (0457) goes into Amsterdam (0363), three become one (1992), and Haaren (0788) goes into four."""
HAAREN = ("0757", "0824", "0855", "0865")
DECISIONS = read_comparison()
classification = cache(reference.classification)
Cell = tuple[str, ...]
Step = tuple[str, str, Cell | None, Cell | None]
"""A part, a route, the cell somebody leaves and the one he enters."""


@dataclass(frozen=True)
class Person:
    """One person as delivered at one peildatum; `excluded` leaves him out of the population."""

    number: str = "P1"
    geslacht: str = "V"
    land_van_herkomst: str = "5022"
    gemeente: str = "0363"
    geboortedatum: str = "19700615"
    statuscode: str = "IBP"
    statusdatum: date | None = None
    doelgroep: str = "NIEUWKOMER"
    excluded: bool = False

    def age_class(self, day: date) -> str:
        found = ages(all_possible_days([self.geboortedatum]), day)
        return reference.age_labels()[found.classes[0]]

    def cell(self, day: date) -> Cell:
        place = classification(day)[self.gemeente].code
        age = self.age_class(day)
        return (self.geslacht, self.land_van_herkomst, place, age, self.statuscode, self.doelgroep)


def as_people(persons: list[Person], day: date) -> People:
    """What the step reads of `personen.parquet` and `uitgesloten.parquet`."""
    inside = [person for person in persons if not person.excluded]
    cells = [person.cell(day) for person in inside]
    columns = {
        "persoonsnummer": pa.array([person.number for person in inside], pa.string()),
        **{name: pa.array([cell[at] for cell in cells], pa.string()) for at, name in enumerate(DIMENSIONS)},
        "geboortedatum": pa.array([person.geboortedatum for person in inside], pa.string()),
        "statusdatum": pa.array([person.statusdatum for person in inside], pa.date32()),
    }
    excluded = [person.number for person in persons if person.excluded]
    return people(pa.table(columns), pa.chunked_array([pa.array(excluded, pa.string())]))


def as_cube(persons: list[Person], day: date) -> pa.Table:
    """What the step reads of `kubus.parquet`."""
    members: dict[Cell, list[str]] = {}
    for person in persons:
        if not person.excluded:
            members.setdefault(person.cell(day), []).append(person.number)
    rows = [
        {**dict(zip(DIMENSIONS, cell, strict=True)), "aantal": len(names), "wie": set_of(names)}
        for cell, names in members.items()
    ]
    return pa.Table.from_pylist(
        sorted(rows, key=lambda row: [row[name] for name in DIMENSIONS]), schema=CUBE.arrow
    )


def walk(then: Person | None, now: Person | None) -> Iterator[Step]:
    """Every step of one person, in the order of the decisions as they stand in `config/vergelijking.yaml`."""
    was, is_ = then is not None and not then.excluded, now is not None and not now.excluded
    at = then.cell(BEFORE) if then is not None and was else None
    if now is not None and is_ and at is None:
        yield ("gecorrigeerd" if then else "nieuw_in_register"), "", None, now.cell(AFTER)
    if at is None or then is None:
        return
    met = now if is_ else None
    for part, route, new in _steps(at, met):
        if new != at:
            yield part, route, at, new
        at = new
    if now is None:
        yield "uit_register", "", at, None
    elif now.excluded:
        yield "gecorrigeerd", "", at, None


def _steps(at: Cell, now: Person | None) -> Iterator[tuple[str, str, Cell]]:
    place = classification(AFTER)[at[2]].code
    if at[2] == "0788" and now is not None and now.cell(AFTER)[2] in HAAREN:
        place = now.cell(AFTER)[2]
    here = (*at[:2], place, *at[3:])
    yield "herindeling", "", here
    if now is None:
        return
    end = now.cell(AFTER)
    unknown = (place == "0000") != (end[2] == "0000")
    late = _kind(at[4], end[4]) not in ("", "teruggekomen") and now.statusdatum is not None
    late = late and now.statusdatum <= BEFORE  # type: ignore[operator]
    right = (
        *end[:2],
        end[2] if unknown else place,
        now.age_class(BEFORE),
        end[4] if late else at[4],
        end[5],
    )
    yield "gecorrigeerd", "", right
    moved = (*right[:2], end[2], *right[3:])
    yield "verhuisd", "", moved
    older = (*moved[:3], end[3], *moved[4:])
    yield "ouder", "", older
    kind = _kind(older[4], end[4])
    routes = {code: status.route for code, status in reference.statuses().items()}
    route = {"uitgestroomd": routes[end[4]], "teruggekomen": routes[older[4]]}.get(kind, "")
    yield kind, route, end


def _kind(old: str, new: str) -> str:
    routes = {code: status.route for code, status in reference.statuses().items()}
    if old == new:
        return ""
    if routes[old] == routes[new]:
        return "andere_code"
    if routes[old] == "Nog steeds inburgeringsplichtig":
        return "uitgestroomd"
    return "teruggekomen" if routes[new] == "Nog steeds inburgeringsplichtig" else "andere_route"


def told(before: list[Person], after: list[Person]) -> dict[tuple[str, ...], tuple[int, int]]:
    """Events as `stromen.parquet` has them, counted from everybody's walk: how many persons, and the set of them."""
    then, now = ({person.number: person for person in persons} for persons in (before, after))
    found: dict[tuple[str, ...], list[str]] = {}
    for number in then.keys() | now.keys():
        for part, route, left, entered in walk(then.get(number), now.get(number)):
            if left is not None:
                found.setdefault((part, "uit", route, *left), []).append(number)
            if entered is not None:
                found.setdefault((part, "in", route, *entered), []).append(number)
    return {key: (len(names), set_of(names)) for key, names in found.items()}


def counted(events: pa.Table) -> dict[tuple[str, ...], tuple[int, int]]:
    """The same of a table of events."""
    return {
        tuple(row[name] for name in (*KEYS, *DIMENSIONS)): (row["aantal"], row["wie"])
        for row in events.to_pylist()
    }


_PLACES = ["0363", "0457", "0000", "1999", "0501", "0530", "0614", "1992", "0370", "0439", "0788", *HAAREN]
_PLACES_BEFORE = [code for code in _PLACES if classification(BEFORE)[code].code]
_TRAITS = {
    "geslacht": st.sampled_from("MVO"),
    "land_van_herkomst": st.sampled_from(["5022", "6043", "9049", "6022", "0000", "7042"]),
    "geboortedatum": st.sampled_from(
        ["19700615", "19670301", "19680000", "00000000", "19580700", "19871230", "19780101"]
    ),
    "statuscode": st.sampled_from([*lists()["statuscode"], "IBP", "IBP", "IBP"]),
    "statusdatum": st.sampled_from([None, BEFORE, date(2019, 5, 1), date(2020, 7, 2), date(2023, 9, 1)]),
    "doelgroep": st.sampled_from(["NIEUWKOMER", "OUDKOMER", "Onbekend"]),
    "excluded": st.sampled_from([False] * 6 + [True]),
}


@st.composite
def populations(draw: st.DrawFn, most: int = 25) -> tuple[list[Person], list[Person]]:
    """Any two populations of about the same people: each trait may differ, each person be there once or twice."""
    before, after = [], []
    for at in range(draw(st.integers(0, most))):
        traits = {name: draw(values) for name, values in _TRAITS.items()}
        person = Person(f"P{at}", gemeente=draw(st.sampled_from(_PLACES_BEFORE)), **traits)
        changed = draw(st.sets(st.sampled_from([*_TRAITS, "gemeente"]), max_size=4))
        values = {name: draw(_TRAITS[name]) for name in sorted(changed - {"gemeente"})}
        if "gemeente" in changed:
            values["gemeente"] = draw(st.sampled_from(_PLACES))
        there = draw(st.sampled_from(["both", "both", "both", "before", "after"]))
        before += [person] if there != "after" else []
        after += [replace(person, **values)] if there != "before" else []
    return before, draw(st.permutations(after))
