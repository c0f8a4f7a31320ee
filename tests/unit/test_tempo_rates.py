"""Outflow by period: stretches, cells, rates; counted by hand on a small population."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from invented import in_rows

from schemas.outflow import AGE_AT_START, OUTFLOW
from schemas.tempo_tables import TEMPO
from wi2007.periods import Periods
from wi2007.protection.outflow import Persons
from wi2007.tables.variables import Category
from wi2007.tempo import cells, rates
from wi2007.tempo.rates import tempo_rows

PEILDATUM = date(2022, 7, 1)
ROWS = [
    # land, leeftijdsklasse, leeftijdsklasse_begin, statuscode, statusperiode, aantal
    ("5022", "35 tot 45", "35 tot 45", "IBP", "2009-01-01", 60),
    ("5022", "45 tot 55", "35 tot 45", "IBP", "Onbekend", 30),
    ("6022", "45 tot 55", "45 tot 55", "IBP", "2022-01-01", 10),
    ("5022", "35 tot 45", "35 tot 45", "VOLDAAN", "2021-01-01", 4),
    ("5022", "35 tot 45", "35 tot 45", "VOLDAAN", "2021-07-02", 7),
    ("6022", "45 tot 55", "45 tot 55", "OVERLEDEN", "2022-01-01", 2),
    ("6022", "45 tot 55", "45 tot 55", "NI", "2020-01-01", 5),
    ("6022", "35 tot 45", "35 tot 45", "VOLDAAN", "Onbekend", 3),
    ("6022", "35 tot 45", "35 tot 45", "VOLDAAN", "voor 2007", 9),
]
AXES = {
    AGE_AT_START: [Category(label, (label,)) for label in ("35 tot 45", "45 tot 55", "55 tot 65")],
    "land_van_herkomst": [Category("Marokko", ("5022",)), Category("Overig", ("6022", "5043"))],
}
RECENT, Y2020, Y2021 = cells.recent(PEILDATUM), *cells.calendar_years(PEILDATUM, 2020)


@pytest.fixture
def outflow() -> pa.Table:
    return in_rows(ROWS, OUTFLOW.arrow)


@pytest.fixture
def found(outflow: pa.Table) -> dict[tuple[str, str, str, str], rates.Rate]:
    shown = Persons(outflow).counts(cells.needed([RECENT, Y2020, Y2021], AXES))
    made = rates.rates(shown, [RECENT, Y2020, Y2021], AXES)
    return {(one.period, one.variable, one.category, one.route): one for one in made}


def test_the_sample_is_as_the_file_has_it(outflow: pa.Table) -> None:
    OUTFLOW.schema().validate(outflow.to_pandas())


def test_the_periods_are_whole_stretches() -> None:
    assert (RECENT.first, RECENT.last) == (date(2021, 7, 2), PEILDATUM)
    assert (RECENT.codes, RECENT.after) == (("2021-07-02", "2022-01-01"), ())
    assert Y2020.codes == ("2020-01-01",)
    assert Y2020.after == ("2021-01-01", "2021-07-02", "2022-01-01")
    assert (Y2021.codes, Y2021.after) == (("2021-01-01", "2021-07-02"), ("2022-01-01",))
    assert [period.years for period in (RECENT, Y2020, Y2021)] == [1, 1, 1]


def test_from_a_year_to_the_peildatum_are_whole_periods_that_are_told() -> None:
    told = [RECENT, Y2020, Y2021]
    this_year = ("2022-01-01",)
    assert cells.this_year(told) == [this_year]
    assert cells.since(Y2020, told) == [Y2020.codes, Y2021.codes, this_year]
    assert cells.since(Y2021, told) == [Y2021.codes, this_year]
    assert cells.since(RECENT, told) == [RECENT.codes]
    assert cells.this_year([RECENT]) == []


def test_a_peildatum_at_the_end_of_a_year_has_no_year_that_is_not_over() -> None:
    end = date(2022, 12, 31)
    told = [cells.recent(end), *cells.calendar_years(end, 2021)]
    assert cells.this_year(told) == []
    assert cells.since(told[1], told) == [told[1].codes, told[2].codes]
    assert set(told[2].codes) == set(told[0].codes)


def test_a_year_that_is_not_over_is_no_calendar_year() -> None:
    assert [period.label for period in cells.calendar_years(PEILDATUM, 2019)] == ["2019", "2020", "2021"]
    assert cells.calendar_years(date(2022, 12, 31), 2022)[-1].label == "2022"
    assert cells.calendar_years(PEILDATUM, 1990)[0].label == "2007"
    assert cells.calendar_years(PEILDATUM, 2022) == []


@pytest.mark.parametrize(
    ("peildatum", "first"),
    [
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 2, 28), date(2024, 2, 29)),
        (date(2022, 12, 31), date(2022, 1, 1)),
        (date(2023, 1, 1), date(2022, 1, 2)),
    ],
)
def test_the_last_twelve_months_at_other_peildata(peildatum: date, first: date) -> None:
    assert Periods(peildatum).recent == cells.recent(peildatum).first == first
    assert 365 <= (peildatum - first).days + 1 <= 366


def test_days_that_are_no_whole_stretches_are_refused() -> None:
    for first, last in ((date(2021, 1, 2), PEILDATUM), (date(2021, 1, 1), PEILDATUM - timedelta(days=1))):
        with pytest.raises(ValueError, match="whole stretches"):
            Periods(PEILDATUM).within(first, last)


def test_rates_are_of_those_still_obliged_at_the_start(
    found: dict[tuple[str, str, str, str], rates.Rate],
) -> None:
    def of(*key: str) -> tuple[int, int]:
        return found[key].left, found[key].at_risk

    everybody = ("totaal", "totaal")
    assert of(RECENT.label, *everybody, "totaal") == (9, 100 + 9)
    assert of(RECENT.label, *everybody, "Inburgering voldaan") == (7, 109)
    assert of(RECENT.label, *everybody, "Natuurlijke uitstroom") == (2, 109)
    assert of(RECENT.label, *everybody, "Onbekend") == (0, 109)
    assert of("2021", *everybody, "totaal") == (11, 100 + 13)
    assert of("2020", *everybody, "totaal") == (5, 100 + 18)
    assert of("2021", "land_van_herkomst", "Marokko", "totaal") == (11, 101)
    assert of("2020", "land_van_herkomst", "Overig", "totaal") == (5, 17)
    assert found[RECENT.label, *everybody, "totaal"].per_100 == Decimal(900) / 109
    assert (RECENT.label, *everybody, "Nog steeds inburgeringsplichtig") not in found


def test_an_age_class_is_that_at_the_start_of_the_last_twelve_months(
    found: dict[tuple[str, str, str, str], rates.Rate], outflow: pa.Table
) -> None:
    """Of who left and of who was obliged, so that a row is of one closed group; of earlier years there is none."""

    def of(label: str) -> tuple[int, int]:
        one = found[RECENT.label, AGE_AT_START, label, "totaal"]
        return one.left, one.at_risk

    assert of("35 tot 45") == (7, 60 + 30 + 7)
    assert of("45 tot 55") == (2, 10 + 2)
    assert of("55 tot 65") == (0, 0)
    assert found[RECENT.label, AGE_AT_START, "55 tot 65", "totaal"].per_100 is None
    assert {one.period for one in found.values() if one.variable == AGE_AT_START} == {RECENT.label}
    shown = Persons(outflow).counts(cells.needed([RECENT, Y2021], AXES))
    rows = {
        row.categorie: row
        for row in tempo_rows(shown, [RECENT, Y2021], AXES, 1)
        if (row.kenmerk, row.route) == ("leeftijdsklasse", "totaal")
    }
    assert {label: row.plichtig_peildatum for label, row in rows.items()} == {
        "35 tot 45": 60,
        "45 tot 55": 40,
        "55 tot 65": 0,
    }


def test_who_left_on_an_unknown_day_is_counted_apart(outflow: pa.Table) -> None:
    shown = Persons(outflow).counts(cells.needed([RECENT], {}))
    counts = {row.route: row.uitgestroomd for row in rates.tempo_rows(shown, [], {}, 1)}
    assert counts["totaal"] == counts["Inburgering voldaan"] == 3
    assert sum(counts.values()) == 6


def test_cells_without_persons_are_left_out_and_all_are_needed(outflow: pa.Table) -> None:
    shown = Persons(outflow).counts(cells.needed([RECENT, Y2021], AXES))
    assert all(shown.values())
    assert set(shown) <= set(cells.needed([RECENT, Y2021], AXES))
    assert all(list(cell) == sorted(cell) for cell in shown)
    assert shown[("statuscode", ("IBP",)),] == 100


def test_a_cell_adds_up_over_its_codes(outflow: pa.Table) -> None:
    ways, persons = cells.routes(), Persons(outflow)
    alone = [
        count
        for code in RECENT.codes
        for status in ways["totaal"]
        for count in persons.counts([cells.left((code,), (status,))]).values()
    ]
    whole = cells.left(RECENT.codes, ways["totaal"])
    assert persons.counts([whole]) == {whole: sum(alone)} == {whole: 9}
    assert {status for route, codes in ways.items() if route != "totaal" for status in codes} == set(
        ways["totaal"]
    )
    assert "IBP" not in ways["totaal"]


def test_another_variable_than_those_of_the_file_is_refused() -> None:
    with pytest.raises(ValueError, match="gemeente"):
        list(cells.needed([RECENT], {"gemeente": [Category("Amsterdam", ("0363",))]}))


def test_rounded_counts_never_give_more_than_a_hundred() -> None:
    shown = {cells.left(Y2021.codes, cells.routes()["totaal"]): 5}
    (one,) = [rate for rate in rates.rates(shown, [Y2021], {}) if rate.route == "totaal"]
    assert (one.left, one.at_risk, one.per_100) == (5, 5, 100)


def test_a_row_of_few_has_counts_and_no_percentage() -> None:
    ways = cells.routes()["totaal"]
    shown = {cells.left(Y2021.codes, ways): 5}
    for obliged, expected in ((45, Decimal(10)), (40, None)):
        rows = tempo_rows({**shown, cells.obliged(): obliged}, [Y2021], {}, least=50)
        (row,) = [one for one in rows if (one.periode, one.route) == ("2021", "totaal")]
        assert (row.uitgestroomd, row.plichtig_begin, row.plichtig_peildatum) == (5, obliged + 5, obliged)
        assert row.per_100 == expected
    assert TEMPO.from_csv(TEMPO.to_csv(rows)) == rows
    (none,) = [
        one for one in tempo_rows({}, [Y2021], {}, 0) if (one.periode, one.route) == ("2021", "totaal")
    ]
    assert none.per_100 is None


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (date(2019, 1, 1), date(2022, 7, 1), "3.5"),
        (date(2022, 7, 1), date(2023, 10, 1), "1.25"),
        (date(2021, 2, 28), date(2022, 7, 31), "1.416666666666666666666666667"),
        (date(2022, 1, 1), date(2023, 1, 2), "1.002053388090349075975359343"),
    ],
)
def test_years_between(first: date, last: date, years: str) -> None:
    assert cells.years_between(first, last) == Decimal(years)
