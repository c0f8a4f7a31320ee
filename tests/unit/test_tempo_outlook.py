"""Projections from published rows: points, ways, the record, and the step's bytes."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from charts_geometry import colliding, outside, texts

from schemas.tempo_tables import OUTLOOK, TempoRow
from wi2007.publication.charts.data import ChartData, ChartDrawing
from wi2007.publication.charts.lines import Line, LineChart, line_chart
from wi2007.tempo import cells
from wi2007.tempo.outlook import BEFORE, OWN, Seen, outlook, outlook_rows, record
from wi2007.tempo.pace import Point

DAY = date(2023, 10, 1)
CHOICES = cells.load_choices()


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


def line_chart_of(highest: float, first: float = 2019.0, last: float = 2030.0) -> ChartDrawing:
    """Three lines of which the first has a long name, from a counted point down."""
    lines = tuple(
        Line(
            f"Rechte lijn {'met een lange naam ' * (6 if letter == 'A' else 0)}".strip(),
            letter,
            ((first + 1, part * highest), (last, part * highest / 10)),
            ((first + 1, part * highest), (last, 0.0)),
            ((first + 1, part * highest), (last, part * highest / 5)),
        )
        for letter, part in (("A", 0.9), ("B", 0.6), ("C", 0.4))
    )
    chart = LineChart(
        lines, ((first, highest),), "Geteld", highest / 3, "Verwaarloosbaar", ChartData("Dag", (), ())
    )
    return line_chart("grafiek-x", "Titel", chart, "Noot", "Wat er staat.")


def test_a_line_chart_names_its_lines_and_is_the_same_twice() -> None:
    made = line_chart_of(110)
    assert made == line_chart_of(110)
    for text in (made.wide, made.narrow):
        shown = [one.text for one in texts(ElementTree.fromstring(text))]
        assert {"B: Rechte lijn", "A", "Geteld", "Verwaarloosbaar", "2020"} <= set(shown)
        assert "Wat er staat." in text
        assert text.count("stroke-dasharray") >= 2


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
        numbers = [int((one.text or "").replace(".", "")) for one in counts]
        steps = {after - before for before, after in pairwise(numbers)}
        assert numbers[-1] >= highest
        assert len(steps) == 1
        assert str(steps.pop()).rstrip("0") in ("1", "2", "5")
