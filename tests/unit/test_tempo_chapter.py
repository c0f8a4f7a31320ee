"""The chapter on outflow: a sentence for every way of looking ahead, whether there is enough for it or not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import chain, combinations

import pytest
from content_sample import PROTECTED, chapter_of, inputs, section, sentences, with_files
from invented import in_rows

from schemas.outflow import OUTFLOW
from schemas.tempo_tables import OUTLOOK, TEMPO, TempoRow
from wi2007.protection.outflow import outflow_of
from wi2007.publication import soundness
from wi2007.publication.chapters.outlook import Outlook as Chapter
from wi2007.publication.chapters.tempo import Tempo
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.outflow import WAYS
from wi2007.publication.document import Chart, Document, Items
from wi2007.publication.report import report
from wi2007.tempo import cells
from wi2007.tempo.outlook import BEFORE, Outlook, Seen, outlook, outlook_rows, record
from wi2007.tempo.pace import Point
from wi2007.tempo.rates import tempo_rows

DAY = date(2024, 7, 1)
CHOICES = cells.load_choices()
ROWS = [
    ("5022", "35 tot 45", "IBP", "2009-01-01", 600),
    ("6022", "45 tot 55", "IBP", "Onbekend", 300),
    ("5022", "35 tot 45", "VOLDAAN", "2023-07-02", 70),
    ("6022", "45 tot 55", "VERTROKKEN", "2024-01-01", 20),
]
HEADS = dict(zip(WAYS, ("Rechte lijn.", "Vast percentage.", "Per leeftijdsklasse."), strict=True))


def rows() -> list[TempoRow]:
    told = outflow_of(in_rows(ROWS, OUTFLOW), DAY, CHOICES)
    return tempo_rows(
        told.counts, told.periods, told.axes, CHOICES.minstens_plichtig, CHOICES.minstens_uitgestroomd
    )


def published(ways: Sequence[str]) -> Inputs:
    """What a report with these ways of looking ahead alone is made from."""
    everything = outlook(Seen(DAY, rows(), 4, Point(date(2023, 7, 1), 1000, BEFORE)), CHOICES)
    assert [one.kind for one in everything.projections] == list(WAYS)
    some = Outlook(
        everything.points,
        tuple(one for one in everything.projections if one.kind in ways),
        everything.study,
    )
    return with_files(
        inputs(afronding=PROTECTED),
        tempo_csv=TEMPO.to_csv(rows()),
        vooruitzicht_csv=OUTLOOK.to_csv(outlook_rows(some)),
        vooruitzicht_json=json.dumps(record(some, CHOICES)),
    )


def document_of(ways: Sequence[str]) -> Document:
    """That report."""
    return report(published(ways))


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


def test_without_any_way_there_is_no_part_on_what_lies_ahead() -> None:
    document = document_of(())
    (chapter,) = [one for one in document.sections if one.id == "tempo"]
    assert [one.id for one in chapter.sections] == ["tempo-route", "tempo-groepen"]


def test_the_last_twelve_months_in_a_sentence() -> None:
    (first, *_) = sentences(section(document_of(WAYS), "tempo"))
    assert "van 2 juli 2023 tot en met 1 juli 2024" in first
    assert "zijn 90 personen uitgestroomd" in first
    assert "waren er 990 personen" in first
    assert "Van elke honderd zijn er dus 9,1 uitgestroomd." in first
    assert "De grootste groep, 70 personen" in first


def test_every_part_has_its_charts_before_its_tables() -> None:
    made = published(WAYS)
    drawn = [block for name in Tempo.parts for block in chapter_of(Tempo, made).part(name)]
    assert [isinstance(block, Chart) for block in drawn] == [True, False, False, True, True, False, False]
    chart, _ = chapter_of(Chapter, made).part("vooruitzicht")
    assert isinstance(chart, Chart)
    assert len(chart.data.columns) == 1 + 2 * len(WAYS)
