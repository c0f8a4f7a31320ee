"""Projections from published rows: points, ways, the record, and the step's bytes."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from schemas.tempo_tables import OUTLOOK, TempoRow
from wi2007.publication.charts.drawing import ChartData
from wi2007.publication.charts.lines import Line, LineChart, dashed, line_chart, tick
from wi2007.tempo import settings
from wi2007.tempo.outlook import BEFORE, OWN, Seen, outlook, outlook_rows, record
from wi2007.tempo.points import Point

DAY = date(2023, 10, 1)
CHOICES = settings.load()


def row(kind: str, category: str, left: int, start: int) -> TempoRow:
    share = str(Decimal(100 * left) / start) if start >= 50 else ""
    return TempoRow(
        "laatste 12 maanden",
        "2022-10-02",
        "2023-10-01",
        kind,
        category,
        "totaal",
        left,
        start,
        start - left,
        share,
    )


ROWS = [
    row("totaal", "totaal", 1000, 7000),
    row("leeftijdsklasse", "35 tot 45", 600, 4000),
    row("leeftijdsklasse", "65 en ouder", 400, 3000),
]


def test_all_three_ways_start_with_the_shown_count_and_fall_within_their_band() -> None:
    found = outlook(Seen(DAY, ROWS, 4, Point(date(2022, 7, 1), 7920, BEFORE)), CHOICES)
    assert [one.kind for one in found.projections] == [
        "rechte_lijn",
        "vast_percentage",
        "per_leeftijdsklasse",
    ]
    rows = outlook_rows(found)
    for kind in ("rechte_lijn", "vast_percentage", "per_leeftijdsklasse"):
        own = [one for one in rows if one.manier == kind]
        assert (own[0].dag, own[0].verwacht) == ("2023-10-01", 6000)
        assert all(one.minst <= one.verwacht <= one.meest for one in own)
        assert all(later.verwacht <= now.verwacht for now, later in pairwise(own))
    assert rows[-1].dag.startswith(str(CHOICES.tot_en_met))
    assert OUTLOOK.from_csv(OUTLOOK.to_csv(rows)) == rows


def test_the_delivery_before_goes_before_the_study_of_the_same_day() -> None:
    found = outlook(Seen(DAY, ROWS, 4, Point(date(2022, 7, 1), 8000, BEFORE)), CHOICES)
    assert [(point.count, point.source == OWN) for point in found.points][1:] == [(8000, False), (6000, True)]


def test_points_after_the_peildatum_are_no_points() -> None:
    found = outlook(Seen(date(2020, 1, 1), ROWS, 4), CHOICES)
    assert [point.day.isoformat() for point in found.points] == ["2019-01-01", "2020-01-01"]


def test_nothing_counted_is_no_projection() -> None:
    found = outlook(Seen(DAY, []), CHOICES)
    assert found.projections == ()
    assert record(found, CHOICES)["manieren"] == {}


def test_the_record_holds_the_studys_expectation_against_its_points() -> None:
    told = record(outlook(Seen(DAY, ROWS), CHOICES), CHOICES)
    assert json.loads(json.dumps(told)) == told
    assert (told["studie"]["per_jaar"], told["studie"]["over"], told["studie"]["klopt"]) == (312, 5581, False)
    assert told["manieren"]["vast_percentage"]["vroegst"] <= told["manieren"]["vast_percentage"]["laatst"]


@pytest.mark.parametrize(("highest", "step"), [(1, 1), (7, 2), (9010, 2000), (50_001, 20_000), (350, 100)])
def test_ticks_are_round(highest: int, step: int) -> None:
    assert tick(highest) == step


def test_dashes_leave_out_what_they_should() -> None:
    assert list(dashed([(0, 0), (10, 0)], 4, 2)) == [[(0, 0), (4.0, 0.0)], [(6.0, 0.0), (10, 0)]]
    assert list(dashed([(0, 0), (10, 0)], 1, 0)) == [[(0, 0), (10, 0)]]


def test_a_line_chart_names_its_lines_and_is_the_same_twice() -> None:
    years = ((2020.0, 100.0), (2030.0, 10.0))
    line = Line(
        "Rechte lijn", "A", years, ((2020.0, 100.0), (2030.0, 0.0)), ((2020.0, 100.0), (2030.0, 20.0))
    )
    chart = LineChart(
        (line,), ((2019.0, 110.0),), "Geteld", 35.0, "Verwaarloosbaar", ChartData("Dag", (), ())
    )
    made = [line_chart("grafiek-x", "Titel", chart, "Noot", "Wat er staat.") for _ in range(2)]
    assert made[0] == made[1]
    for text in (made[0].wide, made[0].narrow):
        assert all(
            words in text
            for words in ("A: Rechte lijn", "Geteld", "Verwaarloosbaar", "2020", "Wat er staat.")
        )
