"""The summary in English: the values of the Dutch report in the notation of the language, and its captions."""

from __future__ import annotations

import re
from datetime import date

import pytest
from content_sample import PROTECTED, inputs, section, texts

from wi2007.publication import structure, volumes
from wi2007.publication.content import english
from wi2007.publication.document import Chart, Items, KeyFigures, Table
from wi2007.publication.report import report


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (7920, "7,920"),
        (-1205, "−1,205"),
        ("54,6%", "54.6%"),
        ("236.995", "236,995"),
        ("van 1.234,5 tot 6", "van 1,234.5 tot 6"),
        ("geen", "geen"),
    ],
)
def test_numbers_are_written_as_english_does(value: object, written: str) -> None:
    assert english.written(value) == written


def test_days_are_written_as_english_does() -> None:
    assert english.day(date(2023, 10, 1)) == "1 October 2023"


def test_the_key_figures_are_those_of_the_dutch_summary() -> None:
    document = report(inputs(afronding=PROTECTED))
    (dutch,) = [b for b in section(document, "kerncijfers").blocks if isinstance(b, KeyFigures)]
    (own,) = [b for b in section(document, "samenvatting-en").blocks if isinstance(b, Items)]
    assert [item[0].text for item in own.items] == [english.written(one.value) for one in dutch.figures]
    assert section(document, "samenvatting-en").language == "en"


def test_every_caption_has_its_number_and_leads_to_what_it_names() -> None:
    document = volumes.on_screen(report(inputs(compared=True)))
    numbers = {
        f"#{block.id}": f"{'Figure' if isinstance(block, Chart) else 'Table'} {block.shown}"
        for block in structure.blocks(document)
        if isinstance(block, Chart | Table)
    }
    captions = section(document, "samenvatting-en-captions")
    (items,) = [block for block in captions.blocks if isinstance(block, Items)]
    assert len(items.items) > 10
    for number, caption in items.items:
        assert number.href
        assert number.text == numbers[number.href]
        assert re.fullmatch(r"\. [A-Z][^.]+", caption.text)


def test_every_table_of_the_project_has_a_caption() -> None:
    numbered = {table.number for table in inputs().specification.tables}
    assert numbered <= set(texts().captions.tabellen)
