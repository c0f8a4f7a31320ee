"""What can be in a row and cannot be in so many: one day, one value. Columns as registers have them give no alarm."""

from __future__ import annotations

import calendar
import random
from collections import Counter as Tally
from datetime import date, timedelta
from pathlib import Path

import pytest
from engine_deliveries import Row, person, run_rows

from schemas.columns import COLUMNS, PERSON
from schemas.values import INCOMES, YES_OR_NO
from wi2007 import reference
from wi2007.validation.drift import Counts, Distribution, became_one
from wi2007.validation.judge import Peak, in_words, peaks
from wi2007.validation.rules import read_rules

RULES = read_rules()
KNOWN = RULES.known_days
UNLIKELY = {"leeftijd_onmogelijk", "datum_te_vaak", "een_waarde", "een_waarde_geworden"}
STATUSES = ("VOLDAAN", "VOLDAAN", "IBP", "GEHEEL_VRIJGESTELD", "NI", "VERTROKKEN")


def birth(draw: random.Random, first_of_year: float, guessed: float, unknown: float) -> str:
    """A day of birth as the register has it: some on 1 January or 1 July, guessed in round years, partly unknown."""
    year = round(draw.triangular(1943, 1996, 1980))
    month = draw.randint(1, 12)
    day = draw.randint(1, calendar.monthrange(year, month)[1])
    kind = draw.random()
    if kind < guessed:
        return f"{draw.choice((1950, 1960, 1970, 1980, 1990))}0101"
    if kind < guessed + first_of_year:
        return f"{year}{draw.choice(('0101', '0101', '0101', '0701'))}"
    if kind < guessed + first_of_year + unknown:
        return draw.choice((f"{year}0000", f"{year}{month:02d}00", "00000000"))
    return f"{year}{month:02d}{day:02d}"


def day_between(draw: random.Random, first: date, last: date) -> str:
    return f"{first + timedelta(draw.randrange((last - first).days)):%Y%m%d}"


def status_day(draw: random.Random) -> str:
    """Mostly any day; a part in batches, on the last day of a month or the day the law closed; some on its first."""
    kind = draw.random()
    if kind < 0.1:
        return "20130101"
    if kind < 0.3:
        return f"20{draw.randint(8, 14):02d}{draw.choice(('0131', '0630', '1231'))}"
    return day_between(draw, date(2008, 1, 1), date(2022, 6, 30)) if kind < 0.98 else ""


def start_day(draw: random.Random) -> str:
    return "20070101" if draw.random() < 0.6 else day_between(draw, date(2007, 1, 1), date(2012, 12, 31))


def people(count: int, seed: int) -> list[Row]:
    """Rows as a register has them."""
    draw = random.Random(seed)
    countries, places = (
        sorted(reference.countries()),
        ("0363", "0599", "0518", "0344", "0772", "0014", "1999"),
    )
    return [
        person(
            at,
            geslacht=draw.choice("MVV"),
            geboortedatum=birth(draw, 0.2, 0.1, 0.1),
            land_van_herkomst=draw.choice(countries),
            gevraagde_nationaliteit=draw.choice(("Nederlands", "anders")),
            nationaliteit_1=draw.choice(("0001", "0067", "0131")),
            gemeentecode=draw.choice(places),
            statuscode=draw.choice(STATUSES),
            statusdatum=status_day(draw),
            startdatum_plicht=start_day(draw),
            doelgroep=draw.choice(("NIEUWKOMER", "OUDKOMER")),
            examenonderdelen_behaald=draw.choice("012345"),
            laatste_examendatum=day_between(draw, date(2008, 1, 1), date(2022, 6, 30)),
            inkomensbron=draw.choice(INCOMES),
            ontheffing_geweigerd=draw.choice(YES_OR_NO),
        )
        for at in range(count)
    ]


def births(count: int, seed: int, shares: tuple[float, float, float]) -> Tally[str]:
    draw = random.Random(seed)
    return Tally(birth(draw, *shares) for _ in range(count))


@pytest.mark.parametrize("count", [30, 300, 3_000, 20_000])
@pytest.mark.parametrize(
    "shares", [(0, 0, 0), (0.05, 0, 0.02), (0.3, 0, 0.1), (0.2, 0.1, 0.2), (1, 0, 0), (0.5, 0.3, 0)]
)
def test_births_as_registers_have_them_give_no_alarm(count: int, shares: tuple[float, float, float]) -> None:
    for seed in range(3):
        assert peaks(births(count, seed, shares), RULES.peaks["geboortedatum"], KNOWN) == []


@pytest.mark.parametrize("count", [30, 300, 3_000, 20_000])
def test_days_of_decisions_in_batches_give_no_alarm(count: int) -> None:
    draw = random.Random(count)
    for column, give in (("statusdatum", status_day), ("startdatum_plicht", start_day)):
        days = Tally(day for _ in range(count) if (day := give(draw)))
        assert peaks(days, RULES.peaks[column], KNOWN) == []


@pytest.mark.parametrize(
    ("day", "count", "planted"),
    [
        ("19000101", 1_000, 10),
        ("19010101", 60_000, 10),
        ("19111111", 60_000, 10),
        ("19700101", 1_000, 40),
        ("19600101", 60_000, 1_200),
        ("19800101", 60_000, 2_500),
        ("19790615", 1_000, 15),
        ("19550317", 60_000, 120),
        ("19610701", 60_000, 900),
    ],
)
def test_a_day_that_was_filled_in_is_found(day: str, count: int, planted: int) -> None:
    days = births(count, 7, (0.05, 0, 0.02))
    days[day] += planted
    (peak,) = peaks(days, RULES.peaks["geboortedatum"], KNOWN)
    assert (peak.rows, peak.name) == (days[day], KNOWN.get(day, ""))


def test_two_days_that_were_filled_in_do_not_hide_each_other() -> None:
    days = births(3_000, 7, (0.05, 0, 0.02)) + Tally(
        {"19000101": 300, "19010101": 300, "19750101": 300, "19760101": 300}
    )
    assert [peak.rows >= 300 for peak in peaks(days, RULES.peaks["geboortedatum"], KNOWN)] == [True] * 4


@pytest.mark.parametrize("column", ["statusdatum", "startdatum_plicht"])
def test_one_day_for_many_decisions_is_found_and_the_days_of_the_law_are_not(column: str) -> None:
    draw = random.Random(3)
    days = Tally(day_between(draw, date(2007, 1, 1), date(2012, 12, 31)) for _ in range(1_000))
    assert peaks(days + Tally({"20110303": 90}), RULES.peaks[column], KNOWN) == []
    assert peaks(days + Tally({"20070101": 900}), RULES.peaks[column], KNOWN) == []
    assert [p.rows >= 150 for p in peaks(days + Tally({"20110303": 150}), RULES.peaks[column], KNOWN)] == [
        True
    ]
    assert len(peaks({"20070101": 1_000}, RULES.peaks[column], KNOWN)) == 1


def test_a_part_of_a_date_that_is_unknown_is_no_peak() -> None:
    days = births(1_000, 7, (0, 0, 0)) + Tally({"19700000": 500, "19700600": 500, "00000000": 500})
    assert peaks(days, RULES.peaks["geboortedatum"], KNOWN) == []


def test_a_day_of_persons_is_never_said_and_few_rows_are_no_peak() -> None:
    assert in_words([Peak(1_234)]) == "Eén datum staat in 1.234 rijen."
    assert "1 januari 1970" in in_words([Peak(40, KNOWN["19700101"])])
    assert all(limits.threshold.least >= 10 for limits in RULES.peaks.values())


def test_rows_as_a_register_has_them_give_none_of_these_warnings(tmp_path: Path) -> None:
    result = run_rows(tmp_path, people(1_500, 5))
    assert result.message is None
    assert UNLIKELY.isdisjoint(rule for rule, _ in result.rules)


def test_ten_people_of_1900_are_told_with_their_rows_and_the_date_is_named(tmp_path: Path) -> None:
    rows = people(1_000, 5)
    for at in range(0, 1_000, 100):
        rows[at]["geboortedatum"] = "19000101"
    result = run_rows(tmp_path, rows)
    assert result.message is None
    assert result.rows("leeftijd_onmogelijk", "geboortedatum") == [at + 2 for at in range(0, 1_000, 100)]
    assert ("datum_te_vaak", "geboortedatum") in result.rules
    assert "10 rijen hebben 1 januari 1900" in result.html
    told = {w["regel"]: w["aantal"] for w in result.processing["waarschuwingen"]}
    assert (told["leeftijd_onmogelijk"], told["datum_te_vaak"]) == (10, 10)


def test_a_planted_day_of_birth_is_told_and_not_quoted(tmp_path: Path) -> None:
    rows = people(1_000, 5)
    for row in rows[:80]:
        row["geboortedatum"] = "19790615"
    result = run_rows(tmp_path, rows)
    assert ("datum_te_vaak", "geboortedatum") in result.rules
    assert "1979" not in result.html


def test_too_many_that_are_too_old_are_a_fault(tmp_path: Path) -> None:
    rows = people(100, 5)
    for row in rows[:30]:
        row["geboortedatum"] = "19010000"
    result = run_rows(tmp_path, rows)
    assert result.message is not None
    assert "leeftijd_onmogelijk" in result.message
    assert "1901" not in result.message


@pytest.mark.parametrize(
    "column",
    [
        "geslacht",
        "land_van_herkomst",
        "gevraagde_nationaliteit",
        "gemeentecode",
        "statuscode",
        "geboortedatum",
    ],
)
def test_one_value_in_a_whole_column_is_told(column: str, tmp_path: Path) -> None:
    rows = people(400, 5)
    for row in rows:
        row[column] = rows[0][column] if column != "geboortedatum" else "19790615"
    result = run_rows(tmp_path, rows)
    assert result.message is None
    rule = "datum_te_vaak" if column == "geboortedatum" else "een_waarde"
    assert (rule, column) in result.rules


@pytest.mark.parametrize(
    ("column", "value"),
    [("statuscode", "IBP"), ("gemeentecode", "0363"), ("doelgroep", ""), ("statusdatum", "")],
)
def test_one_value_where_there_were_many_is_told_by_the_delivery_before(
    column: str, value: str, tmp_path: Path
) -> None:
    run_rows(tmp_path / "a", people(60, 5))
    rows = people(60, 6)
    for row in rows:
        row[column] = value
        row["statuscode"] = row["statuscode"] if value else "IBP"
    result = run_rows(
        tmp_path / "b", rows, peildatum="2023-07-01", previous=tmp_path / "a" / "verdeling.json"
    )
    assert ("een_waarde_geworden", column) in result.rules
    assert ("een_waarde", column) not in result.rules


def test_few_that_are_gone_do_not_make_a_column_one_value() -> None:
    def delivery(year: int, rows: int, values: dict[str, int]) -> Distribution:
        counts = {name: Counts(rows - sum(values.values()), values) for name in COLUMNS if name != PERSON}
        return Distribution(date(year, 7, 1), rows, demonstration=False, columns=counts)

    limit = RULES.threshold("een_waarde_geworden")
    few = delivery(2022, 10_000, {"0001": 9}), delivery(2023, 10_000, {})
    enough = delivery(2022, 10_000, {"0001": 10}), delivery(2023, 10_000, {})
    assert became_one(*few, limit) == frozenset()
    assert "nationaliteit_4" in became_one(*enough, limit)
    assert became_one(enough[1], enough[1], limit) == frozenset()


def test_a_day_that_means_unknown_can_be_set_so(tmp_path: Path) -> None:
    rows = people(400, 5)
    for row in rows[:5]:
        row["geboortedatum"] = "19000101"
    layout = tmp_path / "levering.yaml"
    layout.write_text(
        'kolommen: {geboortedatum: {kolom: geboortedatum, waarden: {"19000101": "00000000"}}}\n',
        encoding="utf-8",
    )
    result = run_rows(tmp_path / "a", rows, levering=layout)
    assert result.message is None
    assert UNLIKELY.isdisjoint(rule for rule, _ in result.rules)
