"""Whatever is written in a workbook is read back: every row is kept, too long or blank, and none is lost."""

from __future__ import annotations

import io
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter
from examples import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.source import Block, Reading
from wi2007.delivery.workbook import rows, scan
from wi2007.delivery.workbook.opening import open_workbook

_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXTS = st.text(_LETTERS, max_size=8) | st.sampled_from(
    ["0363", "NULL", "=1+1", " M ", "a\nb", "_x000D_", "1e5", "TRUE"]
)
DAYS = st.integers(61, 2_900_000).map(lambda days: datetime(1899, 12, 30) + timedelta(days=days))
NUMBERS = st.integers(-(10**15) + 1, 10**15 - 1)
CELLS = st.none() | TEXTS | NUMBERS | DAYS | st.booleans()
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width + 1), max_size=12)
)


def written(table: list[list[Any]], top: int, left: int, **options: Any) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, **options})
    book.set_properties({"created": datetime(2022, 7, 1)})
    page = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(table, start=top):
        for place, value in enumerate(row, start=left):
            if isinstance(value, bool):
                page.write_boolean(at, place, value)
            elif isinstance(value, datetime):
                page.write_datetime(at, place, value, day)
            elif isinstance(value, int):
                page.write_number(at, place, value)
            elif value is not None:
                page.write_string(at, place, value)
    book.close()
    return file.getvalue()


def typed(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}".rjust(10, "0")
    return "" if value is None else str(value)


def texts(block: Block, place: int) -> list[str]:
    if place in block.plain:
        return [str(text) for text in block.plain[place].to_pylist()]
    column = block.coded[place]
    return [column.values[code] if code >= 0 else "" for code in column.codes]


@examples(60, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES, st.integers(0, 3), st.integers(0, 30), st.booleans(), st.integers(1, 4))
def test_every_cell_comes_back(
    table: list[list[Any]], top: int, left: int, plain: bool, at_once: int
) -> None:
    width = min(map(len, table), default=1)
    names = [f"naam {at}" for at in range(width)]
    expected = {
        top + 2 + at: [typed(value) for value in [*row, *[None] * (width + 1 - len(row))]]
        for at, row in enumerate(table)
    }
    kept: dict[int, list[str]] = {}
    wrong: list[int] = []
    empty: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "levering.xlsx")
        path.write_bytes(written([names, *table], top, left))
        source = open_workbook(path, Reading(), Path(folder))
        before, rows._AT_ONCE = rows._AT_ONCE, at_once
        try:
            found = list(source.blocks(range(width), (0,) if plain else ()))
        finally:
            rows._AT_ONCE = before
    for block in found:
        if len(block.rows):
            columns = [texts(block, place) for place in range(width)]
            kept |= dict(zip(block.rows.tolist(), map(list, zip(*columns, strict=True)), strict=True))
        wrong += block.wrong_length.tolist()
        empty += block.empty.tolist()
    filled = [row for row, values in expected.items() if any(text.strip() for text in values)]
    assert source.names == tuple(names)
    assert source.header_row == top + 1
    assert wrong == [row for row in filled if expected[row][width].strip()]
    assert kept == {row: expected[row][:width] for row in filled if row not in wrong}
    last = max((row for row, values in expected.items() if any(values)), default=0)
    assert empty == [row for row in expected if row not in filled and row <= last]
    assert np.all(np.diff([row for block in found for row in block.rows]) > 0)


_SETTINGS = ("", ' s="1"', ' t="e"', ' s="1" t="e"', ' t="s"', " t = 'e'", ' t="inlineStr"')
_INSIDE = (
    "", "<v/>", "<v>1</v>", "<f/>", "<f>A1</f><v>1</v>", '<f t="array" ref="A1:B9">A1</f>', "<is><t>t=\"e\"</t></is>",
    " <f >1</f>", "<!-- <f> --><v>1</v>", '<f t="shared" ref="A1:A9" si="0"/>', '<f ref="B2" t="dataTable" r1="C1"/>',
)  # fmt: skip
_CELL = st.tuples(st.sampled_from(_SETTINGS), st.sampled_from(_INSIDE), st.integers(1, 30))


def sheet_of(cells: list[tuple[str, str, int]]) -> bytes:
    """A sheet with these cells, each some places further than the one before."""
    at, text = 0, ""
    for settings_of, inside, further in cells:
        at += further
        reference = f"{chr(65 + at % 26)}{at // 26 + 1}"
        text += f'<row r="{at // 26 + 1}"><c r="{reference}"{settings_of}>{inside}</c></row>'
    return f'<worksheet><cols/><sheetData>{text}</sheetData><formula t="e"/></worksheet>'.encode()


@examples(150)
@given(st.lists(_CELL, max_size=12), st.integers(1, 50))
def test_the_quick_way_finds_what_the_parser_finds_or_leaves_it(
    cells: list[tuple[str, str, int]], size: int
) -> None:
    sheet = sheet_of(cells)
    sure = scan.parse(iter([sheet]))
    try:
        quick = scan.quick_scan(sheet[at : at + size] for at in range(0, len(sheet), size))
    except scan.OtherwiseError:
        assert any(word in sheet for word in (b"<!", b" <f >", b"= 'e'", b't="e"</t>'))
        return
    assert (quick.formulas, quick.errors) == (sure.formulas, sure.errors)
    assert quick.filled or not sure.filled
    assert quick.last_row >= sure.last_row
    assert quick.last_column >= sure.last_column


TO_SPOIL = written([["a", "b"], *[[at, f"tekst {at}"] for at in range(20)]], 0, 0)


@examples(60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_workbook_that_is_spoiled_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(TO_SPOIL)
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.sampled_from([len(content), len(content) // 2, len(content) - 5]))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "levering.xlsx")
        path.write_bytes(content)
        try:
            source = open_workbook(path, Reading(), Path(folder))
            found = sum(len(block.rows) for block in source.blocks(range(len(source.names))))
        except UnreadableError:
            return
    assert found == 20
