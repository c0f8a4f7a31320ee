"""The distribution of a delivery, and what moved since the one before."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from engine_deliveries import person, random_people, run_rows
from pydantic import ValidationError

from schemas.columns import COLUMNS, HOURS, PERSON
from schemas.distribution import DistributionFile
from wi2007.delivery.source import Coded
from wi2007.validation.drift import Counter, Counts, Distribution, compare, from_json, to_json, unknown
from wi2007.validation.outcome import RowCounter
from wi2007.validation.outcome import from_json as outcome_of
from wi2007.validation.rules import read_rules

RULES = read_rules()
MOVES = {"rij_aantal_verschil", "verdeling_verschoven", "een_waarde_geworden"}


def distribution(day: str, rows: int, **columns: dict[str, int]) -> Distribution:
    counts = {
        name: Counts(rows - sum(values.values()), dict(sorted(values.items())))
        for name, values in columns.items()
    }
    return Distribution(date.fromisoformat(day), rows, demonstration=False, columns=counts)


def test_a_distribution_is_that_of_the_rows(tmp_path) -> None:
    people = random_people(500)
    run_rows(tmp_path, people)
    found = from_json((tmp_path / "verdeling.json").read_text(encoding="utf-8"))
    assert (found.rows, list(found.columns)) == (500, [name for name in COLUMNS if name != PERSON])
    for name in found.columns:
        expected: dict[str, int] = {}
        for row in people:
            value = row[name][:4] if "datum" in name else row[name]
            if name == HOURS and value:  # by hundreds
                value = f"{int(value) // 100:02d}00"
            expected[value] = expected.get(value, 0) + 1
        counts = found.columns[name]
        assert counts.empty == expected.pop("", 0)
        assert counts.values == expected


def test_lists_that_grow_or_begin_anew_are_counted_once() -> None:
    counter, values = Counter(), ["M"]
    counter.add({"geslacht": Coded(values, np.array([0, 0, -1], dtype=np.int32))})
    counter.add({"geslacht": Coded([*values, "V"], np.array([1, 0], dtype=np.int32))})
    counter.add({"geslacht": Coded(["V", "X"], np.array([0, 1, 1], dtype=np.int32))})
    counter.add({"geslacht": Coded([], np.array([-1], dtype=np.int32))})
    assert counter.counts()["geslacht"] == Counts(2, {"M": 3, "V": 2, "overig": 2})
    assert counter.counts()["geslacht"].rows == 9


def test_no_value_that_is_no_code_is_kept() -> None:
    counter = Counter()
    counter.add(
        {
            "statuscode": Coded(["GEHEIM"], np.array([0], dtype=np.int32)),
            "geboortedatum": Coded(["GEHEIM99", "19700231"], np.array([0, 1], dtype=np.int32)),
        }
    )
    text = json.dumps({name: counts.values for name, counts in counter.counts().items()})
    assert text == '{"geboortedatum": {"overig": 2}, "statuscode": {"overig": 1}}'


def test_the_file_says_what_was_counted_and_breaks_when_it_does_not_add_up() -> None:
    found = distribution("2022-07-01", 10, geslacht={"M": 4, "V": 5})
    assert from_json(to_json(found, "abc")) == found
    content = json.loads(to_json(found, "abc"))
    content["kolommen"]["geslacht"]["leeg"] = 2
    with pytest.raises(ValidationError):
        DistributionFile.model_validate(content)
    with pytest.raises(ValidationError):
        DistributionFile.model_validate({**content, "kolommen": {"kleur": {"leeg": 10, "waarden": {}}}})


def test_unknown_is_what_the_rules_say() -> None:
    counts = Counts(3, {"0000": 4, "0067": 5})
    assert unknown(counts, ("0000",), "nationaliteit_1") == 4
    assert unknown(counts, ("leeg", "0000"), "nationaliteit_1") == 7
    assert unknown(Counts(0, {"0000": 2, "1970": 1}), ("00000000",), "geboortedatum") == 2


def test_unknown_may_count_among_some_statuses_only(tmp_path) -> None:
    """Whoever is no longer obliged need not have the details; whoever is, should."""

    def warned(folder: str, obliged: int, others: int) -> set[str]:
        empty = {
            "examenonderdelen_behaald": "",
            "taaluren": "",
            "inkomensbron": "",
            "ontheffing_geweigerd": "",
        }
        rows = [person(at, statuscode="IBP") for at in range(50)]
        rows += [person(at, statuscode="VOLDAAN") for at in range(50, 100)]
        for at in (*range(obliged), *range(50, 50 + others)):
            rows[at] |= {**empty, "laatste_examendatum": ""}
        found = run_rows(tmp_path / folder, rows)
        assert found.message is None
        return {column for rule, column in found.rules if rule == "aandeel_onbekend"}

    assert warned("a", 0, 50) == warned("b", 9, 50) == set()
    assert warned("c", 11, 0) == {
        "examenonderdelen_behaald",
        "taaluren",
        "inkomensbron",
        "ontheffing_geweigerd",
    }


def test_numbers_are_told_by_the_hundred() -> None:
    before = distribution("2022-07-01", 1000, taaluren={"0000": 400, "0600": 600})
    (shift,) = compare(
        before, distribution("2023-07-01", 1000, taaluren={"0000": 900, "0600": 100}), RULES
    ).shifts
    assert [moved.label for moved in shift.moved] == ["0 tot en met 99", "600 tot en met 699"]
    counter = Counter()
    counter.add(
        {HOURS: Coded(["0", "99", "100", "37,5", "0600"], np.array([0, 1, 2, 3, 4, -1], dtype=np.int32))}
    )
    assert counter.counts()[HOURS] == Counts(1, {"0000": 2, "0100": 1, "overig": 2})


def test_the_same_again_has_moved_nothing() -> None:
    one = distribution("2022-07-01", 1000, geslacht={"M": 600, "V": 400})
    found = compare(one, distribution("2023-07-01", 1000, geslacht={"M": 600, "V": 400}), RULES)
    assert (found.shifts, found.rows_moved, found.previous) == ((), False, "2022-07-01")


def test_what_moved_is_told_by_category_and_points() -> None:
    before = distribution("2022-07-01", 10_000, geslacht={"M": 6000, "V": 4000})
    found = compare(before, distribution("2023-07-01", 10_000, geslacht={"M": 3000, "V": 7000}), RULES)
    (shift,) = found.shifts
    assert (shift.column, shift.count, shift.points) == ("geslacht", 2, 30.0)
    assert [(m.label, m.before, m.after) for m in shift.moved] == [("M", 60.0, 30.0), ("V", 40.0, 70.0)]


def test_chance_in_a_small_delivery_is_no_shift() -> None:
    small = (distribution("2022-07-01", 100, geslacht={"M": 50, "V": 50}), {"M": 42, "V": 58})
    assert compare(small[0], distribution("2023-07-01", 100, geslacht=small[1]), RULES).shifts == ()
    large = distribution("2022-07-01", 10_000, geslacht={"M": 5000, "V": 5000})
    moved = distribution("2023-07-01", 10_000, geslacht={"M": 4200, "V": 5800})
    assert len(compare(large, moved, RULES).shifts) == 1


def test_a_category_of_few_persons_is_not_named() -> None:
    before = distribution("2022-07-01", 200, land_van_herkomst={"5022": 195, "6014": 5})
    after = distribution("2023-07-01", 200, land_van_herkomst={"5022": 100, "6014": 100})
    (shift,) = compare(before, after, RULES).shifts
    assert shift.count == 2
    assert [moved.label for moved in shift.moved] == ["5022 Marokko"]


def test_an_empty_column_is_a_shift_too() -> None:
    before = distribution("2022-07-01", 500, doelgroep={"NIEUWKOMER": 500})
    (shift,) = compare(before, distribution("2023-07-01", 500, doelgroep={}), RULES).shifts
    assert [moved.label for moved in shift.moved] == ["NIEUWKOMER", "(leeg)"]


def test_a_merger_of_municipalities_is_no_shift() -> None:
    before = distribution("2022-01-01", 1000, gemeentecode={"0457": 300, "0363": 700})
    after = distribution("2022-07-01", 1000, gemeentecode={"0363": 1000})
    assert compare(before, after, RULES).shifts == ()
    other = distribution("2022-07-01", 1000, gemeentecode={"0363": 500, "0518": 500})
    (shift,) = compare(before, other, RULES).shifts
    assert [moved.label for moved in shift.moved] == ["0363 Amsterdam", "0518 Den Haag"]


def test_many_small_moves_together_are_a_shift() -> None:
    years = [str(year) for year in range(1940, 1990)]
    even = dict.fromkeys(years, 2000)
    slanted = {year: 2000 + (900 if at % 2 else -900) for at, year in enumerate(years)}
    before = distribution("2022-07-01", 100_000, geboortedatum=even)
    (shift,) = compare(before, distribution("2023-07-01", 100_000, geboortedatum=slanted), RULES).shifts
    assert shift.points == 22.5
    assert len(shift.moved) == 10


@pytest.mark.parametrize(("rows", "moved"), [(1000, False), (1050, False), (1051, True), (949, True)])
def test_the_number_of_rows_may_move_a_little(rows: int, moved: bool) -> None:
    before = distribution("2022-07-01", 1000, geslacht={"M": 1000})
    after = distribution("2023-07-01", rows, geslacht={"M": rows})
    assert compare(before, after, RULES).rows_moved is moved


def test_the_step_compares_and_tells_in_the_outcome(tmp_path) -> None:
    run_rows(tmp_path / "a", [person(at, geslacht="V") for at in range(200)], peildatum="2022-07-01")
    previous = tmp_path / "a" / "verdeling.json"
    rows = [person(at, geslacht="M" if at % 2 else "V") for at in range(300)]
    result = run_rows(tmp_path / "b", rows, peildatum="2023-07-01", previous=previous)
    moved = {found for found in result.rules if found[0] in MOVES}
    assert moved == {("rij_aantal_verschil", ""), ("verdeling_verschoven", "geslacht")}
    outcome = outcome_of((tmp_path / "b" / "validatie.json").read_text(encoding="utf-8"))
    assert outcome.comparison is not None
    assert (outcome.comparison.rows_before, outcome.comparison.rows_after) == (200, 300)


def test_a_refused_delivery_is_compared_as_far_as_it_can_be(tmp_path) -> None:
    run_rows(tmp_path / "a", [person(at) for at in range(200)])
    rows = [person(at, geslacht="Q") for at in range(200)]
    previous = tmp_path / "a" / "verdeling.json"
    result = run_rows(tmp_path / "b", rows, peildatum="2023-07-01", previous=previous)
    assert result.message is not None
    assert ("verdeling_verschoven", "geslacht") in result.rules


def test_invented_people_are_not_compared_with_real_ones(tmp_path) -> None:
    run_rows(tmp_path / "a", [person(at, persoonsnummer=f"DEMO{at}") for at in range(200)])
    previous = tmp_path / "a" / "verdeling.json"
    rows = [person(at, geslacht="M") for at in range(200)]
    result = run_rows(tmp_path / "b", rows, peildatum="2023-07-01", previous=previous)
    assert MOVES.isdisjoint(rule for rule, _ in result.rules)


@pytest.mark.parametrize(
    "batches",
    [
        [([2, 3], [], []), ([5], [], [])],
        [([2, 3], [3], [])],
        [([3], [], [])],
        [([2], [], []), ([2], [], [])],
        [([2, 3], [5], [])],
    ],
)
def test_a_row_that_is_lost_or_comes_twice_is_no_small_matter(batches) -> None:
    counter = RowCounter(1)
    nothing = np.empty(0, dtype=np.int64)
    with pytest.raises(ArithmeticError):
        for rows, wrong_length, empty in batches:
            told, blank = (np.array(numbers, np.int64) for numbers in (wrong_length, empty))
            counter.add(np.array(rows, np.int64), told, nothing, nothing, blank)


def test_rows_may_come_in_any_part_of_a_batch() -> None:
    counter = RowCounter(3)
    parts = [np.array(numbers, np.int64) for numbers in ([4, 7], [5], [], [8], [6])]
    counter.add(*parts)
    tally = counter.tally(whole=True)
    assert (tally.in_file, tally.judged, tally.accounted) == (5, 2, 5)
