"""Paces and projections: known answers, and what has to hold for any population."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wi2007 import reference
from wi2007.errors import UserError
from wi2007.tempo import cells
from wi2007.tempo.band import Chance, Spread
from wi2007.tempo.outlook import claim
from wi2007.tempo.pace import (
    STUDY,
    Pace,
    Point,
    earlier,
    hazard,
    in_order,
    persons_a_year,
    share_of,
    yearly,
)
from wi2007.tempo.projection import (
    Projection,
    Reach,
    Step,
    aow_age,
    by_age,
    constant,
    straight,
    year_older,
)
from wi2007.tempo.rates import Rate

SURE = Chance(80, Spread(Decimal(0), Decimal(0), 4), 100)
"""The pace never differed."""
UNSURE = Chance(80, Spread(Decimal("0.04"), Decimal("0.01"), 4), 100, off=4)


def point(year: int, count: int) -> Point:
    return Point(date(year, 1, 1), count, "proef")


def share(part: str) -> Pace:
    return Pace(Decimal(part), 100)


def test_the_study_s_two_points_do_not_give_2030() -> None:
    """c23: a straight line through 9,010 and 7,919 has nobody left about 2047."""
    points = earlier(STUDY)
    assert [(one.day, one.count) for one in points] == [(date(2019, 1, 1), 9010), (date(2022, 7, 1), 7919)]
    told = claim(points, date(2030, 1, 1), cells.load_choices().verwaarloosbaar.aantal)
    assert not told.holds
    assert told.zero is not None
    assert told.zero.year == 2047
    assert round(told.seen) == 312
    assert round(told.left) == 5581
    assert round(told.needed) == 1009
    assert told.rests_on == tuple(points)
    reach = straight(points, persons_a_year(points), 2060, SURE).reach(0)
    assert reach.central == told.zero


def test_a_claim_that_holds_and_one_of_a_group_that_grows() -> None:
    assert claim([point(2020, 100), point(2021, 50)], date(2022, 1, 1), 0).holds
    growing = claim([point(2020, 100), point(2021, 150)], date(2022, 1, 1), 0)
    assert growing.zero is None
    assert growing.left == 200
    assert claim([point(2020, 10**8), point(2021, 10**8 - 1)], date(2022, 1, 1), 0).zero is None
    with pytest.raises(ValueError, match="after the last"):
        claim([point(2020, 100), point(2021, 50)], date(2021, 1, 1), 0)


def test_a_pace_is_from_the_first_point_to_the_last() -> None:
    assert persons_a_year([point(2020, 1000), point(2022, 900)]) == Pace(Decimal(50), 100)
    assert persons_a_year([point(2022, 700), point(2020, 1000), point(2021, 960)]).central == 150
    assert persons_a_year([point(2020, 100), point(2021, 110)]) == Pace(Decimal(-10), 10)


@pytest.mark.parametrize("points", [[], [point(2020, 5)]])
def test_a_pace_needs_two_points(points: list[Point]) -> None:
    with pytest.raises(ValueError, match="two points"):
        persons_a_year(points)


def test_two_points_of_a_day_are_refused() -> None:
    with pytest.raises(ValueError, match="same day"):
        in_order([point(2020, 5), point(2020, 6)])


def test_a_share_from_an_observed_rate() -> None:
    assert share_of(Rate("2021", "totaal", "totaal", "totaal", 10, 100)) == Pace(Decimal("0.1"), 10)
    assert share_of(Rate("2021", "totaal", "totaal", "totaal", 19, 100, Decimal(2))).central == Decimal("0.1")
    assert share_of(Rate("2021", "totaal", "totaal", "totaal", 0, 0)) == Pace(Decimal(0), 0)
    assert abs(2 * hazard(Decimal("0.1")) - hazard(Decimal("0.19"))) < Decimal("1e-20")


def test_a_straight_line_and_a_constant_rate() -> None:
    points = [point(2020, 1000), point(2021, 900)]
    line = straight(points, persons_a_year(points), 2031, SURE)
    assert [step.shown[0] for step in line.steps] == [900, 800, 700, 600, 500, 400, 300, 200, 100, 0, 0]
    assert line.reach(0).central == date(2030, 1, 1)
    assert line.reach(450).central == date(2025, 7, 3)
    assert line.reach(900).central == date(2021, 1, 1)
    made = constant(points, share("0.1"), 2023, SURE)
    assert [step.shown[0] for step in made.steps] == [900, 810, 729]
    assert made.reach(600) == Reach(None, None, None)
    assert made.rests_on == tuple(points)


@given(
    counts=st.lists(st.integers(0, 10_000), min_size=2, max_size=6).filter(lambda some: some[0] > some[-1]),
    part=st.decimals("0", "0.99", places=2),
    spread=st.tuples(*[st.decimals("0", "4", places=2)] * 2, st.integers(2, 9)),
    off=st.sampled_from([0, 4, 9]),
    threshold=st.integers(0, 500),
)
def test_the_expectation_lies_in_its_band_and_nobody_comes_in(
    counts: list[int], part: Decimal, spread: tuple[Decimal, Decimal, int], off: int, threshold: int
) -> None:
    points = [point(2010 + place, count) for place, count in enumerate(counts)]
    chance = Chance(80, Spread(*spread), 10, off)
    made = [
        straight(points, persons_a_year(points), 2040, chance),
        constant(points, Pace(part, 10), 2040, chance),
    ]
    for scenario in made:
        assert all(step.fewest <= step.central <= step.most for step in scenario.steps)
        assert scenario.steps[0].shown == (counts[-1],) * 3
        for name in ("central", "fewest", "most"):
            line = [getattr(step, name) for step in scenario.steps]
            assert all(after <= before for before, after in pairwise(line))
        reach = scenario.reach(threshold)
        days = [day or date.max for day in (reach.earliest, reach.central, reach.latest)]
        assert days == sorted(days)


def test_a_day_between_two_steps_has_what_lies_between_them() -> None:
    points = [point(2020, 1000), point(2021, 900)]
    line = straight(points, persons_a_year(points), 2023, UNSURE)
    day = date(2021, 9, 27)
    found, (before, after, _) = line.on(day), line.steps
    part = Decimal((day - before.day).days) / 365
    assert found is not None
    assert found.day == day
    for name in ("central", "fewest", "most"):
        one, other = getattr(before, name), getattr(after, name)
        assert getattr(found, name) == one + part * (other - one)
    assert line.on(before.day) == before
    assert line.on(line.steps[-1].day) == line.steps[-1]
    assert line.on(date(2020, 12, 31)) is None
    assert line.on(date(2023, 1, 2)) is None


def test_a_projection_from_29_february_goes_on() -> None:
    line = straight([point(2023, 10), Point(date(2024, 2, 29), 9, "proef")], share("1"), 2028, SURE)
    assert [step.day.isoformat()[5:] for step in line.steps] == ["02-29", "02-28", "02-28", "02-28", "02-29"]


def test_by_age_who_grows_older_goes_up_a_class_and_leaves_at_the_aow_age() -> None:
    counts = {"45 tot 55": Decimal(100), "55 tot 65": Decimal(50), "Onbekend": Decimal(7)}
    after = year_older(counts, {"totaal": Decimal(0)}, 2025)
    assert after == {
        "45 tot 55": 90,
        "55 tot 65": 10 + 45,
        "65 en ouder": 5,
        "Onbekend": 7,
    } | {label: 0 for label in after if label.startswith(("tot", "25", "35"))}
    # At an AOW age of 67 half of the class from 65 on reaches it in a year.
    assert year_older({"65 en ouder": Decimal(8)}, {"totaal": Decimal(0)}, 2025)["65 en ouder"] == 4
    # The larger of the two leaves, not both.
    assert year_older({"65 en ouder": Decimal(8)}, {"totaal": Decimal("0.75")}, 2025)["65 en ouder"] == 2
    assert year_older({"65 en ouder": Decimal(8)}, {"totaal": Decimal("0.1")}, 2025)["65 en ouder"] == 4


def test_by_age_every_class_has_its_own_share() -> None:
    shares = {"totaal": Decimal("0.5"), "35 tot 45": Decimal("0.2")}
    own = Point(date(2022, 7, 1), 999, "DUO")
    made = by_age({"35 tot 45": 100, "Onbekend": 10}, shares, own, 2023, SURE)
    assert made.steps[1].shown[0] == 85
    assert made.rests_on == (Point(own.day, 110, "DUO"),)


@given(
    counts=st.fixed_dictionaries(
        {label: st.integers(0, 5000) for label in reference.age_labels() if label != "Onbekend"}
    ).filter(lambda some: any(some.values())),
    part=st.decimals("0", "0.5", places=2),
)
def test_by_age_nobody_comes_in_and_everybody_leaves(counts: dict[str, int], part: Decimal) -> None:
    own = Point(date(2022, 7, 1), 1, "DUO")
    made = by_age(counts, {"totaal": part}, own, 2060, UNSURE)
    for name in ("central", "fewest", "most"):
        line = [getattr(step, name) for step in made.steps]
        assert all(after <= before for before, after in pairwise(line))
    assert all(step.fewest <= step.central <= step.most for step in made.steps)


def test_by_age_without_outflow_only_the_aow_age_counts() -> None:
    nobody, own = {"totaal": Decimal(0)}, Point(date(2022, 7, 1), 1, "DUO")
    made = by_age({"25 tot 35": 1000}, nobody, own, 2024, SURE)
    assert [step.shown[0] for step in made.steps] == [1000, 1000, 1000]
    old = by_age({"65 en ouder": 1000}, nobody, own, 2040, SURE)
    assert old.steps[-1].shown[0] < 5
    gone = by_age({"65 en ouder": 1000}, {"totaal": Decimal(1)}, own, 2024, UNSURE)
    assert gone.steps[-1].shown == (0, 0, 4)


def test_a_step_is_shown_in_whole_persons_and_never_below_nobody() -> None:
    step = Step(date(2030, 1, 1), Decimal("0.5"), Decimal("-3"), Decimal("2.4"))
    assert step.shown == (1, 0, 2)
    assert Projection("rechte_lijn", (), (step,)).reach(1).latest is None


def test_the_aow_age_is_that_of_the_year() -> None:
    assert aow_age(2022) == Decimal(66) + Decimal(7) / 12
    assert aow_age(2025) == 67
    assert aow_age(1990) == aow_age(2013) == Decimal(65) + Decimal(1) / 12
    assert aow_age(2060) == aow_age(max(reference.aow_months()))
    known = [aow_age(year) for year in reference.aow_months()]
    assert known == sorted(known)


def test_the_choices_can_be_read() -> None:
    chosen = cells.load_choices()
    assert chosen.verwaarloosbaar.aantal > 0
    assert len(chosen.verwaarloosbaar.reden) > 20
    assert chosen.bandbreedte.niveau == 80
    assert len(chosen.bandbreedte.reden) > 20


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("aantal: 350", "aantal: -1", "aantal.*te klein"),
        ("niveau: 80", "niveau: 99", "niveau.*te groot"),
        ("niveau: 80", 'niveau: "80"', "niveau"),
        ("minstens_jaren: 3", "minstens_jaren: 2", "minstens_jaren.*te klein"),
        ("minstens_plichtig", "minstens", "minstens_plichtig.*ontbreekt"),
        ("jaren: 20", "jaren: 200", "vooruit.*te groot"),
    ],
)
def test_a_wrong_choice_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = cells.TEMPO.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "tempo.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(UserError, match=told):
        cells.load_choices(path)


def test_yearly_is_the_inverse_of_going_on() -> None:
    share = yearly(Decimal("0.271"), Decimal(3))
    assert share == Decimal("0.1")
    assert yearly(Decimal(1), Decimal(3)) == 1
