"""Whoever the persons are: policy groups have the sizes that the rules give, and bounds that hold without columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from schemas.policy import GROUPS, POLICY
from wi2007 import reference
from wi2007.delivery.source import EMPTY, Coded
from wi2007.policy import read_policy_groups
from wi2007.population.persons import Deriver, Lists
from wi2007.population.policy import Policy
from wi2007.population.who import numbered

DAY = date(2022, 7, 1)
Person = Mapping[str, str]
ADDED = (
    "examenonderdelen_behaald",
    "laatste_examendatum",
    "taaluren",
    "inkomensbron",
    "ontheffing_geweigerd",
)


def days(first: date, last: date) -> st.SearchStrategy[str]:
    return st.dates(first, last).map(lambda day: f"{day:%Y%m%d}")


def people(certain: bool) -> st.SearchStrategy[list[Person]]:
    """Persons whose traits are all known, or may be empty or unknown in part."""

    def known(some: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return some if certain else st.one_of(some, st.just(""))

    birth = days(date(1945, 1, 1), date(1990, 12, 31))
    one = st.fixed_dictionaries(
        {
            "geslacht": st.sampled_from("MV"),
            "geboortedatum": birth if certain else st.one_of(birth, birth.map(lambda day: f"{day[:4]}0000")),
            "land_van_herkomst": st.just("5022"),
            "gemeentecode": st.just("0363"),
            "statuscode": st.sampled_from(["IBP", "IBP", "VOLDAAN"]),
            "startdatum_plicht": known(days(date(2007, 1, 1), date(2014, 1, 1))),
            "examenonderdelen_behaald": known(st.sampled_from(["0", "1", "4"])),
            "laatste_examendatum": known(days(date(2010, 1, 1), DAY)),
            "taaluren": known(st.sampled_from(["0", "599", "600", "1200"])),
            "inkomensbron": known(st.sampled_from(["loon", "zelfstandig", "bijstand", "overig", "geen"])),
            "ontheffing_geweigerd": known(st.sampled_from(["ja", "nee"])),
        }
    )
    return st.lists(one, min_size=1, max_size=40)


def counted(persons: Sequence[Person], without: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The rows of `beleid.parquet` of these persons, from a delivery that lacks some columns."""
    columns = {}
    for name in persons[0]:
        if name not in without:
            values = sorted({one[name] for one in persons if one[name]})
            codes = [values.index(one[name]) if one[name] else EMPTY for one in persons]
            columns[name] = Coded(values, np.array(codes, dtype=np.int32))
    lists = Lists(DAY)
    policy = Policy(lists, read_policy_groups())
    who = numbered(pa.array([f"P{at}" for at in range(len(persons))]))
    policy.add(columns, who, Deriver(lists).dimensions(columns, len(persons)))
    POLICY.schema().validate(policy.table().to_pandas())
    found: list[dict[str, Any]] = policy.table().to_pylist()
    return found


def sizes(rows: Sequence[Mapping[str, Any]], group: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        found[row[group]] += row["aantal"]
    return found


def later(day: date, months: int) -> tuple[int, int, int]:
    """The same day so many months later, also where that month has no such day."""
    number = day.year * 12 + day.month - 1 + months
    return number // 12, number % 12 + 1, day.day


def to_aow(birth: date, years: int) -> bool:
    """Whether somebody reaches the AOW age so many years after the peildatum or later, year by year."""
    ages = reference.aow_months()
    for year in range(min(ages), 2101):
        reached = later(birth, ages.get(year, ages[max(ages)]))
        if reached[0] <= year:
            return max(reached, (year, 1, 1)) >= (DAY.year + years, DAY.month, DAY.day)
    raise AssertionError("nobody is that young")


def of(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def true_groups(one: Person) -> dict[str, bool]:
    """What the rules say in words, of somebody of whom all is known."""
    birth, start, exam = (
        of(one["geboortedatum"]),
        of(one["startdatum_plicht"]),
        of(one["laatste_examendatum"]),
    )
    lately = later(exam, 60) >= (DAY.year, DAY.month, DAY.day)
    ten_years = later(start, 120) <= (DAY.year, DAY.month, DAY.day)
    works = one["inkomensbron"] in ("loon", "zelfstandig")
    refused = one["ontheffing_geweigerd"] == "ja"
    return {
        "beleid_examen": int(one["examenonderdelen_behaald"]) >= 1 and lately and to_aow(birth, 2),
        "beleid_werk": works and ten_years,
        "beleid_lessen": int(one["taaluren"]) >= 600,
        "beleid_weinig_haast": not to_aow(birth, 5) or (refused and not works),
    }


@examples(60)
@given(people(certain=True), st.sets(st.sampled_from(ADDED)))
def test_known_sizes_come_back_and_without_columns_the_bounds_hold_them(
    persons: list[Person], without: set[str]
) -> None:
    obliged = [one for one in persons if one["statuscode"] == "IBP"]
    rows, fewer = counted(persons), counted(persons, sorted(without))
    for group in GROUPS:
        true = sum(true_groups(one)[group] for one in obliged)
        assert sizes(rows, group) == Counter({"zeker": true, "niet": len(obliged) - true})
        less = sizes(fewer, group)
        assert less["zeker"] <= true <= less["zeker"] + less["mogelijk"]
        assert less.total() == len(obliged)
    together = Counter(sum(true_groups(one).values()) for one in obliged)
    named = {
        "geen": together[0],
        "één": together[1],
        "twee": together[2],
        "drie of vier": together[3] + together[4],
    }
    assert sizes(rows, "beleid_samen") == Counter(named)


@examples(60)
@given(people(certain=False), st.randoms(use_true_random=False))
def test_what_is_filled_in_later_lies_within_the_bounds(persons: list[Person], draw: Any) -> None:
    """Whatever is empty is filled in with something: nobody who was sure leaves a group, nobody who was not enters."""

    def filled(one: Person) -> Person:
        empty = {
            "startdatum_plicht": f"{date(2007, 1, 1) + timedelta(draw.randrange(2500)):%Y%m%d}",
            "examenonderdelen_behaald": draw.choice("01"),
            "laatste_examendatum": f"{date(2012, 1, 1) + timedelta(draw.randrange(3800)):%Y%m%d}",
            "taaluren": draw.choice(["0", "600"]),
            "inkomensbron": draw.choice(["loon", "bijstand"]),
            "ontheffing_geweigerd": draw.choice(["ja", "nee"]),
        }
        found = {name: value or empty.get(name, "") for name, value in one.items()}
        if found["geboortedatum"].endswith("0000"):
            found["geboortedatum"] = (
                f"{found['geboortedatum'][:4]}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}"
            )
        return found

    before, after = counted(persons), counted([filled(one) for one in persons])
    for group in GROUPS:
        first, last = sizes(before, group), sizes(after, group)
        assert first["zeker"] <= last["zeker"] <= first["zeker"] + first["mogelijk"]
