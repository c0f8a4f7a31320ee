"""Scenarios from published rows: points, ways, the record, what the report before expected; and line charts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from charts_geometry import colliding, outside, texts

from schemas.tempo_tables import OUTLOOK, TempoRow
from wi2007.publication.charts.data import ChartData, ChartDrawing
from wi2007.publication.charts.lines import KeyNames, Line, LineChart, line_chart
from wi2007.tempo import cells
from wi2007.tempo.outlook import BEFORE, OWN, Seen, look_back, outlook, outlook_rows, record
from wi2007.tempo.pace import Point

DAY = date(2023, 10, 1)
CHOICES = cells.load_choices()


WAYS = ("rechte_lijn", "vast_percentage", "per_leeftijdsklasse")


def row(kind: str, category: str, left: int, start: int) -> TempoRow:
    share = Decimal(100 * left) / start if start >= 50 and left >= 10 else None
    recent = ("laatste 12 maanden", "2022-10-02", "2023-10-01")
    return TempoRow(*recent, kind, category, "totaal", left, start, start - left, share)


def year(number: int, left: int, start: int) -> TempoRow:
    share = Decimal(100 * left) / start if start >= 50 and left >= 10 else None
    period = (str(number), f"{number}-01-01", f"{number}-12-31")
    return TempoRow(*period, "totaal", "totaal", "totaal", left, start, 6000, share)


RECENT = [
    row("totaal", "totaal", 1000, 7000),
    row("leeftijdsklasse", "35 tot 45", 600, 4000),
    row("leeftijdsklasse", "65 en ouder", 400, 3000),
]
YEARS = [year(2019, 4000, 14000), year(2020, 2000, 10000), year(2021, 1000, 8000), year(2022, 800, 7000)]
ROWS = [*RECENT, *YEARS]
BEFORE_THIS = Point(date(2022, 7, 1), 7920, BEFORE)


def test_all_three_scenarios_start_with_the_shown_count_and_fall_within_their_band() -> None:
    found = outlook(Seen(DAY, ROWS, 4, BEFORE_THIS), CHOICES)
    assert [one.kind for one in found.projections] == list(WAYS)
    rows = outlook_rows(found)
    for kind in WAYS:
        own = [one for one in rows if one.manier == kind]
        assert (own[0].dag, own[0].verwacht) == ("2023-10-01", 6000)
        assert all(one.minst <= one.verwacht <= one.meest for one in own)
        assert all(later.verwacht <= now.verwacht for now, later in pairwise(own))
        assert own[1].meest - own[1].minst > 300
    assert rows[-1].dag == f"{2023 + CHOICES.vooruit.jaren}-10-01"
    assert {one.peildatum for one in rows} == {"2023-10-01"}
    assert OUTLOOK.from_csv(OUTLOOK.to_csv(rows)) == rows


def test_the_line_rests_on_two_deliveries_or_on_what_one_says_of_a_year_ago() -> None:
    """Never on a count of another source."""
    both, alone = (outlook(Seen(DAY, ROWS, 4, before), CHOICES) for before in (BEFORE_THIS, None))
    assert both.points == (BEFORE_THIS, Point(DAY, 6000, OWN))
    assert both.projections[0].rests_on == both.points
    assert alone.points == (Point(DAY, 6000, OWN),)
    assert alone.projections[0].rests_on == (Point(date(2022, 10, 1), 7000, OWN), Point(DAY, 6000, OWN))


def test_a_group_that_grew_has_no_line() -> None:
    found = outlook(Seen(DAY, ROWS, 4, Point(date(2022, 7, 1), 5000, BEFORE)), CHOICES)
    assert [one.kind for one in found.projections] == list(WAYS[1:])


@pytest.mark.parametrize(
    "years",
    [
        [],
        YEARS[2:],
        [YEARS[0], *YEARS[2:]],
        [*YEARS[:2], year(2021, 5, 8000), YEARS[3]],
        [*YEARS[:3], year(2022, 7000, 7000)],
    ],
)
def test_without_three_years_one_after_another_there_is_no_scenario(years: list[TempoRow]) -> None:
    assert outlook(Seen(DAY, [*RECENT, *years], 4, BEFORE_THIS), CHOICES).projections == ()


def test_nothing_counted_is_no_scenario() -> None:
    found = outlook(Seen(DAY, []), CHOICES)
    assert found.projections == ()
    assert record(found, CHOICES)["manieren"] == {}
    none = [row("totaal", "totaal", 1000, 1000), *YEARS]
    assert outlook(Seen(DAY, none), CHOICES).projections == ()
    nobody_left = [row("totaal", "totaal", 0, 6000), *YEARS]
    assert outlook(Seen(DAY, nobody_left), CHOICES).projections == ()


def test_the_record_holds_the_studys_expectation_against_its_points() -> None:
    told = record(outlook(Seen(DAY, ROWS), CHOICES), CHOICES)
    assert json.loads(json.dumps(told)) == told
    assert (told["studie"]["per_jaar"], told["studie"]["over"], told["studie"]["klopt"]) == (312, 5581, False)
    assert told["studie"]["zelfde_dag"] == 14000
    assert (told["niveau"], told["eerder"]) == (80, None)
    way = told["manieren"]["vast_percentage"]
    assert way["vroegst"] <= way["verwacht"] <= (way["laatst"] or "9999")


def test_what_the_report_before_expected_is_beside_what_was_counted() -> None:
    recent = [replace(one, begin="2021-07-02", einde="2022-07-01") for one in RECENT]
    before = outlook(Seen(date(2022, 7, 1), [*recent, *YEARS[:3]], 4), CHOICES)
    now = outlook(Seen(DAY, ROWS, 4), CHOICES)
    back = look_back(before, now)
    assert back is not None
    rows = outlook_rows(now, back)
    told = record(now, CHOICES, back)["eerder"]
    assert (told["peildatum"], told["geteld"]) == ("2022-07-01", 6000)
    assert [one for one in rows if one.peildatum == "2023-10-01"] == outlook_rows(now)
    for way, own in zip(WAYS, rows[-len(WAYS) :], strict=True):
        assert (own.peildatum, own.manier, own.dag) == ("2022-07-01", way, "2023-10-01")
        step = next(one for one in before.projections if one.kind == way).on(DAY)
        assert step is not None
        assert (own.verwacht, own.minst, own.meest) == step.shown
        shown = {"verwacht": own.verwacht, "minst": own.minst, "meest": own.meest}
        assert told["manieren"][way] == {**shown, "binnen": own.minst <= 6000 <= own.meest}
    assert OUTLOOK.from_csv(OUTLOOK.to_csv(rows)) == rows
    assert len({(one.peildatum, one.manier, one.dag) for one in rows}) == len(rows)


def test_a_report_without_scenarios_is_not_looked_back_at() -> None:
    empty, full = (outlook(Seen(day, rows), CHOICES) for day, rows in ((date(2022, 7, 1), []), (DAY, ROWS)))
    assert look_back(empty, full) is None
    assert look_back(full, empty) is None
    assert look_back(full, outlook(Seen(date(2099, 1, 1), ROWS), CHOICES)) is None


def line_chart_of(highest: float, first: float = 2019.0, last: float = 2030.0) -> ChartDrawing:
    """Three lines of which the first has a long name, from a counted point down."""
    lines = tuple(
        Line(
            f"Rechte lijn {'met een lange naam ' * (6 if letter == 'A' else 0)}{letter}".strip(),
            ((first + 1, part * highest), (last, part * highest / 10)),
            ((first + 1, part * highest), (last, 0.0)),
            ((first + 1, part * highest), (last, part * highest / 5)),
        )
        for letter, part in (("A", 0.9), ("B", 0.6), ("C", 0.4))
    )
    names = KeyNames("Verwacht", "Bandbreedte", "Geteld", "Verwaarloosbaar")
    chart = LineChart(lines, ((first, highest),), highest / 3, names, ChartData("Dag", (), ()))
    return line_chart("grafiek-x", "Titel", chart, "Noot", "Wat er staat.")


def test_a_line_chart_names_its_lines_and_is_the_same_twice() -> None:
    made = line_chart_of(110)
    assert made == line_chart_of(110)
    for text in (made.wide, made.narrow):
        shown = [one.text for one in texts(ElementTree.fromstring(text))]
        assert {"Rechte lijn B", "Bandbreedte", "Geteld", "Verwaarloosbaar", "2020"} <= set(shown)
        assert "Wat er staat." in text
        assert "pattern" not in text, "bands that overlap with hatchings cannot be read in grey"


@pytest.mark.parametrize("highest", [1, 7, 350, 9_010, 50_001])
@pytest.mark.parametrize("last", [2020.2, 2030.0, 2099.9])
def test_texts_of_a_line_chart_stay_inside_and_apart_and_its_counts_are_round(
    highest: int, last: float
) -> None:
    made = line_chart_of(highest, last=last)
    for text in (made.wide, made.narrow):
        svg = ElementTree.fromstring(text)
        assert outside(svg) == []
        assert colliding(svg) == []
        counts = [one for one in texts(svg) if one.get("text-anchor") == "end"]
        numbers = sorted({int((one.text or "").replace(".", "")) for one in counts})
        steps = {after - before for before, after in pairwise(numbers)}
        assert numbers[-1] >= highest
        assert len(steps) == 1
        assert str(steps.pop()).rstrip("0") in ("1", "2", "5")
