"""Whatever stands in a document can be read back from both workbooks, as text or as the number it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from book_sample import document, read, words
from hypothesis import given
from hypothesis import strategies as st

from wi2007 import dutch
from wi2007.publication.document import Cell, Column, Document, Row, Table
from wi2007.publication.workbook import ods, xlsx
from wi2007.publication.workbook.model import clean, figure
from wi2007.publication.workbook.sheets import book

TEXTS = st.text(min_size=1, max_size=30)


def share(base: int, part: int, decimals: int) -> Cell:
    """A percentage of a whole number, as a table shows it."""
    percentage = 100 * (base * part // 100) / base
    return Cell(dutch.decimal(percentage, decimals), percentage)


FIGURES = st.one_of(
    st.integers(0, 10**9).map(lambda count: Cell(dutch.count(count), float(count))),
    st.tuples(st.integers(1, 10**6), st.integers(0, 100), st.integers(0, 3)).map(lambda drawn: share(*drawn)),
    TEXTS.map(lambda text: Cell(text, None)),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    columns = [
        Column(draw(TEXTS), draw(st.sampled_from(["", "%"])), draw(st.sampled_from(["", "Groep"])))
        for _ in range(width)
    ]
    count = draw(st.integers(0, 5))
    rows = [Row(draw(TEXTS), tuple(draw(FIGURES) for _ in columns)) for _ in range(count)]
    return Table(
        id="t",
        number=draw(TEXTS),
        title=draw(TEXTS),
        population=draw(TEXTS),
        header=draw(TEXTS),
        columns=tuple(columns),
        rows=tuple(rows),
        footnotes=(draw(TEXTS),),
    )


def report(table: Table, notice: str) -> Document:
    return replace(
        document(), notice=notice, sections=(), appendix=(replace(document().sections[0], blocks=(table,)),)
    )


@pytest.mark.slow
@given(tables(), st.one_of(st.just(""), TEXTS))
def test_both_files_hold_the_cells(table: Table, notice: str) -> None:
    made = book(report(table, notice), words())
    sheet = made.sheets[-1]
    wanted = [[cell.text if cell.number is None else cell.number for cell in row] for row in sheet.rows]
    for content in (xlsx.write(made), ods.write(made)):
        found = read(content, sheet.name)
        for there, row in zip(found, wanted, strict=False):
            assert there[: len(row)] == row
        assert not any(any(row) for row in wanted[len(found) :])


@given(FIGURES)
def test_a_number_with_its_decimals_is_the_text_that_is_shown(shown: Cell) -> None:
    cell = figure(shown)
    if shown.value is None:
        assert (cell.number, cell.text) == (None, clean(shown.text))
    else:
        assert cell.number == pytest.approx(shown.value, rel=1e-14)
        assert dutch.decimal(float(cell.number), cell.decimals) == shown.text
