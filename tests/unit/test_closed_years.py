"""Figures of closed years follow from their persons alone, whatever else is delivered and whatever the peildatum."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from invented import set_of

from schemas.outflow import BEFORE, DIMENSIONS, OUTFLOW, UNKNOWN_PERIOD
from wi2007.periods import Periods
from wi2007.protection.cells import Cell, Relation, linked, with_rests
from wi2007.protection.closed_years import rounded_years
from wi2007.protection.linear import LinearProgram, NoSolutionError
from wi2007.protection.outflow import Outflow, outflow_of
from wi2007.protection.rounding import Program, RoundingOptions, draw, first_of_each
from wi2007.tempo import cells

BASE = 5
LASTING = draw(b"een sleutel", "personen", BASE)
CHOICES = cells.load_choices()
FIRST, SECOND = date(2022, 7, 1), date(2023, 10, 1)
Person = tuple[str, str, str, str, date | None]
"""Name, country, age class, status and status day."""


def persons(count: int, seed: int, prefix: str = "P", until: date = FIRST) -> list[Person]:
    draw_ = random.Random(f"{prefix} {seed}")
    found = []
    for at in range(count):
        status = draw_.choice(["IBP", "VOLDAAN", "VOLDAAN", "NI", "OVERLEDEN", "ONTHEFFING_AGI"])
        day = until - timedelta(days=draw_.randrange(1800)) if status != "IBP" else None
        land = draw_.choice(["5022", "5022", "6043", "9049", "6014", "0000"])
        found.append((f"{prefix}{at}", land, draw_.choice(["35 tot 45", "55 tot 65"]), status, day))
    return found


def outflow(people: Iterable[Person], peildatum: date) -> Outflow:
    """What is told of these persons at a peildatum."""
    starts = Periods(peildatum).starts
    members: dict[tuple[str, ...], list[str]] = {}
    for name, land, age, status, day in people:
        if day is None:
            stretch = UNKNOWN_PERIOD
        else:
            stretch = max((one for one in starts if one <= day), default=None)
            stretch = stretch.isoformat() if stretch else BEFORE
        members.setdefault((land, age, age, status, stretch), []).append(name)
    keys = sorted(members)
    columns = {name: [key[at] for key in keys] for at, name in enumerate(DIMENSIONS)}
    measures = {"aantal": [len(members[key]) for key in keys], "wie": [set_of(members[key]) for key in keys]}
    return outflow_of(pa.table({**columns, **measures}, schema=OUTFLOW.arrow), peildatum, CHOICES)


def figures(told: Outflow, earlier: dict[int, int] | None = None) -> dict[int, int]:
    """What is shown of each set of persons; cells of the same persons must agree."""
    shown = rounded_years(told, RoundingOptions(BASE, LASTING), earlier or {})
    found: dict[int, set[int]] = {}
    for at, figure in shown.items():
        assert abs(figure - told.counts[at]) < BASE
        found.setdefault(told.who[at], set()).add(figure)
    assert all(len(several) == 1 for several in found.values())
    return {who: several.pop() for who, several in found.items()}


def of_year(shown: dict[Cell, int], year: int) -> dict[Cell, int]:
    return {at: n for at, n in shown.items() if dict(at)["statusperiode"][0].startswith(str(year))}


def years(told: Outflow) -> set[str]:
    return {dict(at)["statusperiode"][0][:4] for year in told.closed for at in year}


@examples(12)
@given(st.integers(0, 999), st.integers(0, 200))
def test_the_same_persons_have_the_same_figures_at_a_later_peildatum(seed: int, more: int) -> None:
    """At the later one they are older, others left since, and some who left before are told in another stretch."""
    before = persons(400, seed)
    since = [one for one in persons(more, seed, "N", SECOND) if one[4] is None or one[4] > FIRST]
    aged = [(name, land, "45 tot 55", status, day) for name, land, _, status, day in before]
    then, now = outflow(before, FIRST), outflow([*aged, *since], SECOND)
    assert years(then) < years(now)
    told, again = figures(then), figures(now)
    assert len(told) > 50
    assert told.items() <= again.items()


@examples(12)
@given(st.integers(0, 999))
def test_what_else_is_in_the_delivery_makes_no_difference(seed: int) -> None:
    """Who is still obliged, who left without a date, and everybody of other years: one more of them changes nothing."""
    people = persons(300, seed)
    alone = [one for one in people if one[4] is not None and one[4].year == 2020]
    others = [*persons(80, seed, "N"), ("X", "5022", "35 tot 45", "IBP", None)]
    others = [one for one in others if one[4] is None or one[4].year != 2020]
    whole, few = (
        rounded_years(outflow(some, FIRST), RoundingOptions(BASE, LASTING), {})
        for some in ([*people, *others], [*alone, *others])
    )
    assert len(of_year(few, 2020)) > 10
    assert of_year(whole, 2020) == of_year(few, 2020)


def test_a_person_added_to_another_year_changes_that_year_alone() -> None:
    people = persons(300, 3)
    before = rounded_years(outflow(people, FIRST), RoundingOptions(BASE, LASTING), {})
    changed = 0
    for at in range(20):
        one = (f"X{at}", "5022", "35 tot 45", "VOLDAAN", date(2021, 5, 1))
        after = rounded_years(outflow([*people, one], FIRST), RoundingOptions(BASE, LASTING), {})
        for year in (2019, 2020):
            assert of_year(after, year) == of_year(before, year)
        changed += of_year(after, 2021) != of_year(before, 2021)
    assert changed


def test_another_key_gives_other_figures() -> None:
    told = outflow(persons(300, 3), FIRST)
    other = rounded_years(told, RoundingOptions(BASE, draw(b"een andere")), {})
    assert other != rounded_years(told, RoundingOptions(BASE, LASTING), {})


@pytest.mark.parametrize("seed", range(1, 7))
def test_where_something_is_corrected_all_other_sets_keep_their_figures_where_sums_allow_it(
    seed: int,
) -> None:
    """Groups without the person who is gone stay what they were; without the report before some would not."""
    people = persons(400, seed)
    told = figures(outflow(people, FIRST))
    anew = 0
    for gone in [one for one in people if one[4] is not None and one[4].year == 2020][:6]:
        left = outflow([one for one in people if one != gone], FIRST)
        kept, drawn = figures(left, told), figures(left)
        again = kept.keys() & told.keys()
        assert len(again) > 100
        other = [who for who in again if kept[who] != told[who]]
        assert bool(other) == (not _can_stay(left, told))
        assert len(other) <= sum(drawn[who] != told[who] for who in again)
        anew += sum(drawn[who] != told[who] for who in again)
    assert anew > 0


def _can_stay(told: Outflow, figures: dict[int, int]) -> bool:
    """Whether every set of persons of a year can have its figure."""
    for year in told.closed:
        counts, relations = linked({at: told.counts[at] for at in year})
        fixed = {at: figures[told.who[at]] for at in year if told.who[at] in figures}
        who = with_rests({at: told.who[at] for at in year}, relations)
        first = first_of_each(counts, who)
        ends = {first[at]: (count // BASE, -(-count // BASE)) for at, count in counts.items()}
        ends |= {first[at]: (figure // BASE, figure // BASE) for at, figure in fixed.items()}
        sums = [Relation(first[one.whole], tuple(first[at] for at in one.parts)) for one in relations]
        matrix = Program(ends, sums).matrix
        bounds = tuple(zip(*ends.values(), strict=True))
        try:
            LinearProgram(bounds, [(matrix, 0, 0)], len(ends)).cheapest_whole(np.zeros(len(ends)))
        except NoSolutionError:
            return False
    return True


@pytest.mark.parametrize("last", [date(2022, 12, 31), date(2023, 1, 1), date(2023, 6, 30)])
def test_a_year_has_the_same_figures_whether_it_ends_on_the_peildatum_or_long_before(last: date) -> None:
    """On 31 December it is the last twelve months as well; at other peildata the year lies across two stretches."""
    people = persons(400, 7, until=date(2022, 12, 31))
    ends, later = outflow(people, date(2022, 12, 31)), outflow(people, last)
    own = of_year(rounded_years(ends, RoundingOptions(BASE, LASTING), {}), 2022)
    assert len(own) > 10
    assert figures(ends).items() <= figures(later).items()
    assert len({ends.who[at] for at in own} & set(later.who.values())) > 10
