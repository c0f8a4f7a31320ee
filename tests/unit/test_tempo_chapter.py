"""The chapter on outflow: a sentence for every way of looking ahead, whether there is enough for it or not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, combinations

import pyarrow as pa
import pytest
from content_sample import PROTECTED, chapter_of, inputs, section, sentences, with_files
from invented import in_rows

from schemas.outflow import OUTFLOW
from schemas.tempo_tables import OUTLOOK, TEMPO, TempoRow
from wi2007 import reference
from wi2007.protection.outflow import outflow_of
from wi2007.publication import soundness, structure
from wi2007.publication.chapters.exemptions import Exemptions
from wi2007.publication.chapters.outlook import Outlook as Chapter
from wi2007.publication.chapters.tempo import Tempo
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.outflow import WAYS, TempoData, TempoFigures
from wi2007.publication.document import Chart, Document, Items, Table
from wi2007.publication.report import report
from wi2007.tempo import cells
from wi2007.tempo.outlook import BEFORE, Seen, look_back, outlook, outlook_rows, record
from wi2007.tempo.pace import Point
from wi2007.tempo.rates import tempo_rows

DAY = date(2024, 7, 1)
CHOICES = cells.load_choices()
ROWS = [
    ("5022", "35 tot 45", "IBP", "2009-01-01", 600),
    ("6022", "45 tot 55", "IBP", "Onbekend", 300),
    ("5022", "35 tot 45", "VOLDAAN", "2023-07-02", 70),
    ("6022", "45 tot 55", "VERTROKKEN", "2024-01-01", 20),
    *(
        ("5022", "35 tot 45", "VOLDAAN", f"{year}-01-01", count)
        for year, count in ((2019, 900), (2020, 500), (2021, 300), (2022, 150))
    ),
]
HEADS = dict(zip(WAYS, ("Rechte lijn.", "Vast percentage.", "Per leeftijdsklasse."), strict=True))


def as_old(people: Sequence[tuple[str, str, str, str, int]]) -> pa.Table:
    """The outflow of persons whose age class was the same at the start of the last twelve months."""
    return in_rows([(land, age, age, *rest) for land, age, *rest in people], OUTFLOW.arrow)


def rows() -> list[TempoRow]:
    told = outflow_of(as_old(ROWS), DAY, CHOICES)
    return tempo_rows(
        told.counts, told.periods, told.axes, CHOICES.minstens_plichtig, CHOICES.minstens_uitgestroomd
    )


def published(ways: Sequence[str], before: int | None = None) -> Inputs:
    """What a report with these scenarios alone is made from; `before` were counted eleven months before."""
    everything = outlook(Seen(DAY, rows(), 4, Point(date(2023, 7, 1), 1000, BEFORE)), CHOICES)
    assert [one.kind for one in everything.projections] == list(WAYS)
    some = replace(everything, projections=tuple(one for one in everything.projections if one.kind in ways))
    back = None
    if before is not None:
        own = [replace(row, plichtig_peildatum=before) for row in rows() if row.kenmerk == "totaal"]
        back = look_back(outlook(Seen(date(2023, 8, 1), own), CHOICES), some)
    return with_files(
        inputs(afronding=PROTECTED),
        tempo_csv=TEMPO.to_csv(rows()),
        vooruitzicht_csv=OUTLOOK.to_csv(outlook_rows(some, back)),
        vooruitzicht_json=json.dumps(record(some, CHOICES, back)),
    )


def document_of(ways: Sequence[str], before: int | None = None) -> Document:
    """That report."""
    return report(published(ways, before))


@pytest.mark.parametrize(
    "ways", [*chain.from_iterable(combinations(WAYS, count) for count in (1, 2, 3))], ids="+".join
)
def test_every_way_is_told_or_said_to_be_missing(ways: Sequence[str]) -> None:
    document = document_of(ways)
    soundness.check(document)
    part = section(document, "vooruitzicht")
    (items,) = [block.items for block in part.blocks if isinstance(block, Items)]
    for way, item in zip(WAYS, items, strict=True):
        text = "".join(span.text for span in item)
        assert text.startswith(HEADS[way])
        missing = "niet te berekenen" in text or "te weinig" in text
        assert missing == (way not in ways)
        assert ("In 8 van de 10 gevallen is het " in text) == (way in ways)
    told = " ".join(sentences(part))
    assert "op zijn vroegst" not in told
    assert "Wat werd er verwacht?" not in told


@pytest.mark.parametrize(("before", "within"), [(1_000, "ja"), (50_000, "nee")])
def test_what_the_report_before_expected_stands_beside_the_count(before: int, within: str) -> None:
    document = document_of(WAYS, before)
    soundness.check(document)
    part = section(document, "vooruitzicht")
    (table,) = [block for block in part.blocks if isinstance(block, Table) and block.number == "U.6"]
    assert [row.cells[-1].text for row in table.rows] == [within] * len(table.rows)
    assert {row.cells[-2].text for row in table.rows} == {"900"}
    told = " ".join(sentences(part))
    assert "Het rapport met peildatum 1 augustus 2023 keek ook vooruit." in told
    assert f"Dat ligt {'binnen' if within == 'ja' else 'buiten'} de bandbreedte van elk scenario" in told


def test_without_any_way_there_is_no_part_on_what_lies_ahead() -> None:
    document = document_of(())
    (chapter,) = [one for one in document.sections if one.id == "tempo"]
    assert [one.id for one in chapter.sections] == ["tempo-route", "tempo-groepen"]


def test_the_last_twelve_months_in_a_sentence() -> None:
    (first, *_) = sentences(section(document_of(WAYS), "tempo"))
    assert "van 2 juli 2023 tot en met 1 juli 2024" in first
    assert "zijn 90 personen uitgestroomd" in first
    assert "Dat is 9,1% van de 990 personen die aan het begin van die tijd nog" in first
    assert "De grootste groep, 70 personen, voldeed aan de inburgeringsplicht." in first


@pytest.mark.parametrize(
    ("in_2019", "recent", "falls"),
    [(900, 70, True), (100, 70, False), (900, 500, False), (900, 200, True)],
    ids=["far higher before", "about as high before", "as high again", "higher again"],
)
def test_a_fall_of_the_pace_is_told_where_it_is_sure(in_2019: int, recent: int, falls: bool) -> None:
    """Of everybody at the start of 2019, of 2023 (the last whole year) and of the last twelve months."""
    people = [
        ("5022", "35 tot 45", "IBP", "2009-01-01", 900),
        ("5022", "35 tot 45", "VOLDAAN", "2019-01-01", in_2019),
        ("5022", "35 tot 45", "VOLDAAN", "2023-01-01", 70),
        ("5022", "35 tot 45", "VOLDAAN", "2024-01-01", recent),
    ]
    told = outflow_of(as_old(people), DAY, CHOICES)
    made = tempo_rows(told.counts, told.periods, told.axes, CHOICES.minstens_plichtig, 10)
    found = TempoFigures(TempoData(made), 4, inputs().limits).daling
    assert (found is not None) == falls
    if found:
        assert (found["eerste"]["jaar"], found["laatste"]["jaar"]) == ("2019", "2023")
        assert found["weer_hoger"] == (recent == 200)
        assert recent != 70 or found["eerste"]["per_100"] == "46,4"


def test_percentages_of_groups_have_no_decimals_and_those_of_everybody_one() -> None:
    tables = {
        block.number: block
        for name in Tempo.parts
        for block in chapter_of(Tempo, published(WAYS)).part(name)
        if isinstance(block, Table)
    }
    of_groups = [row.cells[2].text for row in tables["U.3"].rows if row.cells]
    of_groups += [cell.text for row in tables["U.4"].rows for cell in row.cells]
    of_routes = [
        cell.text for row in tables["U.2"].rows for cell in row.cells if cell.text not in (".", "0,0")
    ]
    assert any(text.isdigit() for text in of_groups)
    assert not any("," in text for text in of_groups)
    assert of_routes
    assert all("," in text for text in of_routes)


def test_every_part_has_its_charts_before_its_tables() -> None:
    made = published(WAYS)
    drawn = [block for name in Tempo.parts for block in chapter_of(Tempo, made).part(name)]
    assert [isinstance(block, Chart) for block in drawn] == [
        *[True] * 2,
        False,
        False,
        True,
        True,
        False,
        False,
    ]
    chart, _ = chapter_of(Chapter, made).part("vooruitzicht")
    assert isinstance(chart, Chart)
    assert len(chart.data.columns) == 1 + 3 * len(WAYS)


def test_the_download_of_the_projections_has_both_ends_of_every_band() -> None:
    made = published(WAYS)
    chart, table = chapter_of(Chapter, made).part("vooruitzicht")
    assert isinstance(chart, Chart)
    assert isinstance(table, Table)
    labels = [column.label for column in chart.data.columns]
    assert labels[1:4] == ["Rechte lijn, verwacht", "Rechte lijn, band van", "Rechte lijn, band tot"]
    drawn = {row.label: [cell.value for cell in row.cells[1:]] for row in chart.data.rows}
    for row in table.rows:
        assert drawn[row.label] == [cell.value for cell in row.cells]


def test_the_table_goes_on_until_the_last_year_that_the_text_names() -> None:
    made = published(WAYS)
    table = next(
        block for block in chapter_of(Chapter, made).part("vooruitzicht") if isinstance(block, Table)
    )
    told = json.loads(made.files["vooruitzicht.json"])["manieren"]
    named = [day[:4] for way in told.values() for day in (way["verwacht"], way["laatst"]) if day]
    assert table.rows[-1].label[-4:] >= max(named)


def test_the_chart_has_counts_of_one_source_alone() -> None:
    """For one day CBS and DUO have other counts: none of CBS is a point among those of DUO."""
    made = published(WAYS)
    chart, table = chapter_of(Chapter, made).part("vooruitzicht")
    assert isinstance(chart, Chart)
    assert isinstance(table, Table)
    assert chart.source == table.source
    counted = {row.label: row.cells[0].text for row in chart.data.rows if row.cells[0].value is not None}
    assert counted == {"1 juli 2023": "1.000", "1 juli 2024": "900"}
    document = document_of(WAYS)
    told = " ".join(sentences(section(document, "vooruitzicht")))
    (named,) = (one for one in structure.tables(document) if one.number == "U.1")
    assert "Het eerste aantal is van het CBS, het tweede van DUO." in told
    assert "achteraf gerekend." not in told
    assert f"komt deze levering van DUO, achteraf gerekend, op 2.840 personen (tabel {named.shown})" in told


def test_every_column_of_figures_says_what_it_counts() -> None:
    """A workbook has it in a row of its own, where the name of a route would be no unit."""
    made = published(WAYS)
    blocks = [block for name in Tempo.parts for block in chapter_of(Tempo, made).part(name)]
    blocks += chapter_of(Chapter, made).part("vooruitzicht")
    units = {column.unit for block in blocks if isinstance(block, Table) for column in block.columns}
    assert units == {"personen", "%"}


def test_a_day_is_named_and_not_pointed_at() -> None:
    told = " ".join(sentences(section(document_of(WAYS), "vooruitzicht")))
    assert "die dag" not in told
    assert "Om op 1 januari 2030 verwaarloosbaar te zijn" in told
    assert "een eigen keuze van dit project" in told


def test_of_earlier_years_no_age_is_told() -> None:
    """An age class is that at the peildatum: who left years ago was younger then."""
    document = document_of(WAYS)
    ages = set(reference.age_labels())
    rows = {
        table.number: {row.label for row in table.rows}
        for part in section(document, "tempo").sections
        for table in part.blocks
        if isinstance(table, Table)
    }
    assert rows["U.3"] & ages
    assert not rows["U.4"] & ages
    assert rows["U.4"] & rows["U.3"] - ages


EXEMPT = [
    *ROWS,
    ("5022", "35 tot 45", "ONTHEFFING_AGI", "2024-01-01", 200),
    ("5022", "35 tot 45", "ONTHEFFING_MEDISCH", "2020-01-01", 300),
]


def exempted(people: Sequence[tuple[str, str, str, str, int]]) -> Inputs:
    """What the report of these persons is made from."""
    told = outflow_of(as_old(people), DAY, CHOICES)
    made = tempo_rows(told.counts, told.periods, told.axes, CHOICES.minstens_plichtig, 10)
    return replace(published(WAYS), files={**published(WAYS).files, "tempo.csv": TEMPO.to_csv(made)})


def test_exemptions_are_told_by_year_and_ground() -> None:
    chart, table = chapter_of(Exemptions, exempted(EXEMPT)).part("tempo_gronden")
    assert isinstance(chart, Chart)
    assert isinstance(table, Table)
    by_row = {row.label: [cell.text for cell in row.cells] for row in table.rows}
    assert by_row["Laatste twaalf maanden"] == ["200", "200", "0", "0"]
    assert by_row["2020"] == ["300", "0", "0", "300"]
    told = TempoFigures(TempoData(TEMPO.from_csv(exempted(EXEMPT).files["tempo.csv"])), 4, inputs().limits)
    assert told.ontheven == {
        "aantal": 200,
        "gronden": ["bij 200 personen aantoonbaar geleverde inspanningen (AGI)"],
    }


def test_without_exemptions_there_is_no_such_chapter() -> None:
    assert not chapter_of(Exemptions, exempted(ROWS)).present
