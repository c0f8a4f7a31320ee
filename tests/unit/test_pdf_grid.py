"""Which blocks share a row of the page, and which charts float to fill one."""

from __future__ import annotations

from typing import Any

import pytest

from wi2007.publication.document import Block, Chart, Paragraph, Span, Table
from wi2007.publication.pdf.grid import SideBySide, Together, in_rows
from wi2007.publication.pdf.pages import filled
from wi2007.publication.pdf.typesetting import Spot

EMPTY = Table("gegevens", "", "Gegevens", "", "Rij", (), ())


def chart(name: str, wide: float, narrow: float) -> tuple[Chart, dict[str, str]]:
    files = {f"{name}_breed.svg": wide, f"{name}_smal.svg": narrow}
    drawn = {file: f'<svg viewBox="0 0 300 {height}">' for file, height in files.items()}
    return Chart(name, "Titel", *files, "Wat er staat.", EMPTY), drawn


def said(words: str, role: str = "finding") -> Paragraph:
    return Paragraph((Span(words),), role=role)  # type: ignore[arg-type]


CLEAR, CLEAR_FILES = chart("helder", 200, 210)
HIGH, HIGH_FILES = chart("hoog", 460, 470)
WIDE, WIDE_FILES = chart("breed", 200, 600)
FILES = {**CLEAR_FILES, **HIGH_FILES, **WIDE_FILES}
SHORT = [said("Kort."), said("Ook kort.")]
TEXT = said("Een alinea.", "text")
NOTICE = said("Let op.", "notice")


@pytest.mark.parametrize(
    ("blocks", "rows"),
    [
        ([*SHORT, CLEAR], [SideBySide(CLEAR, tuple(SHORT))]),
        ([TEXT, TEXT, CLEAR, EMPTY], [TEXT, SideBySide(CLEAR, (TEXT,)), EMPTY]),
        ([TEXT, *SHORT, CLEAR], [TEXT, SideBySide(CLEAR, tuple(SHORT))]),
        ([NOTICE, CLEAR], [NOTICE, CLEAR]),
        ([*SHORT, WIDE], [Together(tuple(SHORT), WIDE)]),
        ([TEXT, WIDE], [TEXT, Together((), WIDE)]),
        ([*SHORT, HIGH, SHORT[0], CLEAR], [SideBySide(HIGH, (*SHORT, SHORT[0], CLEAR))]),
        ([*SHORT, CLEAR, SHORT[0], HIGH], [SideBySide(CLEAR, tuple(SHORT)), SideBySide(HIGH, (SHORT[0],))]),
        ([*SHORT, CLEAR, HIGH], [SideBySide(CLEAR, (HIGH,), tuple(SHORT))]),
        ([*SHORT, *SHORT, CLEAR], [*SHORT, *SHORT, CLEAR]),
        ([], []),
    ],
)
def test_a_chart_stands_beside_what_is_said_about_it(blocks: list[Block], rows: list[Any]) -> None:
    assert list(in_rows(blocks, FILES)) == rows


class Pages:
    """As a typesetter whose second page begins with the chart until the chart floats."""

    def __init__(self, report: dict[str, Any], end: float) -> None:
        self.floats = report["document"]["sections"][0]["blocks"][0]["floats"]
        self.end = end

    def spots(self) -> list[Spot]:
        return [Spot("", 1, self.end)] + (
            [] if self.floats else [Spot("x", 2, 27.0), Spot("", 2, 60.0), Spot("/x", 2, 160.0)]
        )


@pytest.mark.parametrize(
    ("end", "after", "floats"), [(150.0, "table", True), (250.0, "table", False), (150.0, "", False)]
)
def test_a_chart_floats_where_it_leaves_much_white_and_something_can_take_its_place(
    end: float, after: str, floats: bool
) -> None:
    blocks = [
        {"kind": "together", "name": "x", "floats": False},
        *([{"kind": after, "name": "y", "floats": False}] if after else []),
    ]
    report = {"document": {"sections": [{"blocks": blocks, "sections": []}]}}
    made: Any = filled(report, lambda given: Pages(given, end))  # type: ignore[arg-type, return-value]
    assert made.floats == blocks[0]["floats"] == floats
