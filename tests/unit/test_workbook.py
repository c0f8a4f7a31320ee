"""The reader of workbooks: values, row numbers, which sheet, which header, and how programs write XML differently."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from faults_forms import zipped

from schemas.columns import COLUMNS
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.source import Block, Reading, Source
from wi2007.delivery.workbook import book, scan
from wi2007.delivery.workbook.cells import text_of
from wi2007.delivery.workbook.opening import open_workbook

Fill = Callable[[Any, Any], None]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def book_of(fill: Fill, **options: Any) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, **options})
    fill(book, book.add_worksheet("Een"))
    book.close()
    return file.getvalue()


def opened(tmp_path: Path, content: bytes, **reading: Any) -> Source:
    path = tmp_path / "levering.xlsx"
    path.write_bytes(content)
    return open_workbook(path, Reading(**reading), tmp_path)


def rows_of(source: Source, plain: tuple[int, ...] = ()) -> dict[int, tuple[str, ...]]:
    """The rows by their number."""
    found: dict[int, tuple[str, ...]] = {}
    for block in blocks_of(source, plain):
        columns = [_texts(block, place) for place in range(len(source.names))] if len(block.rows) else []
        found |= dict(zip(block.rows.tolist(), zip(*columns, strict=True), strict=True))
    return found


def blocks_of(source: Source, plain: tuple[int, ...] = ()) -> list[Block]:
    return list(source.blocks(range(len(source.names)), plain))


def _texts(block: Block, place: int) -> list[str]:
    if place in block.plain:
        return [str(text) for text in block.plain[place].to_pylist()]
    column = block.coded[place]
    return [column.values[code] if code >= 0 else "" for code in column.codes]


def marked(source: Source) -> set[tuple[str, int, int]]:
    """Every rule with the field and the row of the cell."""
    return {
        (cell.rule, cell.field, row)
        for block in blocks_of(source)
        for cell in block.cells
        for row in cell.rows.tolist()
    }


def refused(tmp_path: Path, content: bytes, **reading: Any) -> str:
    with pytest.raises(UnreadableError) as error:
        blocks_of(opened(tmp_path, content, **reading))
    return error.value.problem.rule


def with_sheet(
    cells: str, *, root: str = "worksheet", space: str = f'xmlns="{MAIN}"', **others: bytes
) -> bytes:
    """A workbook with one sheet that holds these rows of XML."""
    content = f'<?xml version="1.0"?><{root} {space}><sheetData>{cells}</sheetData></{root}>'
    return changed({SHEET: content.encode(), **others})


def changed(parts: dict[str, bytes]) -> bytes:
    return zipped(parts_of(book_of(lambda book, page: page.write_row(0, 0, ["a", "b"]))) | parts)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (363.0, "363"), (-0.0, "0"), (1e3, "1000"), (363.5, "363.5"), (0.1 + 0.2, "0.3"), (1e-7, "0.0000001"),
        (20150301.0, "20150301"), (999999999999999.0, "999999999999999"), (1e21, "1" + "0" * 21),
        (44000.00000000001, "44000"), (True, "TRUE"), (False, "FALSE"), ("0363", "0363"), (" x ", " x "),
        (date(2015, 3, 1), "2015-03-01"), (datetime(2015, 3, 1), "2015-03-01"),
        (datetime(2015, 3, 1, 13, 45), "2015-03-01 13:45:00"),
        (datetime(2015, 2, 28, 23, 59, 59, 999_500), "2015-03-01"), (datetime.max, "9999-12-31 23:59:59.999999"),
        (time(12, 30), "12:30:00"), (timedelta(hours=36), "36:00:00"), (-timedelta(minutes=1), "-0:01:00"),
        (None, ""), ("", ""),
    ],
)  # fmt: skip
def test_a_cell_becomes_what_a_person_would_type(value: object, text: str) -> None:
    assert text_of(value) == text


def _typed(book: Any, page: Any) -> None:
    page.write_row(0, 0, ["a", "b", "c"])
    page.write_number(1, 0, 363, book.add_format({"num_format": "0000"}))
    page.write_datetime(1, 1, datetime(2015, 3, 1), book.add_format({"num_format": "d mmm yyyy"}))
    page.write_boolean(1, 2, True)
    page.write_string(2, 0, "0363")
    page.write_number(2, 1, 1)
    page.write_rich_string(2, 2, "een", book.add_format({"bold": True}), "twee", "drie")
    page.write_string(3, 0, "a_x000D_\nb")
    page.write_boolean(3, 1, True)
    page.write_number(3, 2, 1)


@pytest.mark.parametrize("plain", [(), (0, 1, 2)])
def test_every_kind_of_cell_is_read(plain: tuple[int, ...], tmp_path: Path) -> None:
    assert rows_of(opened(tmp_path, book_of(_typed)), plain) == {
        2: ("363", "2015-03-01", "TRUE"),
        3: ("0363", "1", "eentweedrie"),
        4: ("a_x000D_\nb", "TRUE", "1"),
    }


def test_days_that_are_counted_from_1904(tmp_path: Path) -> None:
    def fill(book: Any, page: Any) -> None:
        page.write_row(0, 0, ["dag"])
        page.write_datetime(1, 0, datetime(2015, 3, 1), book.add_format({"num_format": "dd-mm-yyyy"}))

    assert rows_of(opened(tmp_path, book_of(fill, date_1904=True))) == {2: ("2015-03-01",)}


def test_blank_rows_count_only_between_others(tmp_path: Path) -> None:
    def fill(book: Any, page: Any) -> None:
        page.write_row(2, 3, ["a", "b"])
        page.write_row(4, 3, ["1", "2"])
        for row in range(5, 400):
            page.write_blank(row, 3, None, book.add_format({"bold": True}))
            page.write_string(row, 4, "")

    source = opened(tmp_path, book_of(fill))
    assert (source.names, source.header_row) == (("a", "b"), 3)
    assert rows_of(source) == {5: ("1", "2")}
    assert [row for block in blocks_of(source) for row in block.empty.tolist()] == [4]


def test_more_cells_than_names_make_a_row_too_long(tmp_path: Path) -> None:
    def fill(book: Any, page: Any) -> None:
        page.write_row(0, 0, ["a", "b"])
        page.write_row(1, 0, ["1", "2", "3"])
        page.write_row(2, 0, ["1", "2"])
        page.write_row(3, 0, ["1"])

    source = opened(tmp_path, book_of(fill))
    assert rows_of(source) == {3: ("1", "2"), 4: ("1", "")}
    assert [row for block in blocks_of(source) for row in block.wrong_length.tolist()] == [2]


def _titled(book: Any, page: Any) -> None:
    page.write_string(0, 0, "Levering juli 2022")
    page.write_string(1, 0, "Bron: DUO")
    page.write_row(4, 1, [name.upper() for name in COLUMNS])
    page.write_row(5, 1, ["1"] * len(COLUMNS))


def test_the_header_is_found_below_a_title(tmp_path: Path) -> None:
    source = opened(tmp_path, book_of(_titled))
    assert source.header_row == 5
    assert list(rows_of(source)) == [6]
    assert "2 rijen" in source.decisions[-1].reason


def test_a_full_row_above_our_names_may_be_the_header(tmp_path: Path) -> None:
    def fill(book: Any, page: Any) -> None:
        page.write_row(0, 0, [f"veld {at}" for at in range(len(COLUMNS))])
        page.write_row(1, 0, list(COLUMNS))

    assert opened(tmp_path, book_of(fill)).header_row == 1


def test_the_header_is_where_it_is_set(tmp_path: Path) -> None:
    assert opened(tmp_path, book_of(_titled), header_row=2).header_row == 2
    assert refused(tmp_path, book_of(_titled), header_row=3) == "koprij_leeg"
    assert refused(tmp_path, book_of(_titled), header_row=900) == "koprij_leeg"


def test_names_are_told_only_when_they_are_no_row(tmp_path: Path) -> None:
    def fill(rows: list[list[str]]) -> bytes:
        return book_of(lambda book, page: [page.write_row(at, 0, row) for at, row in enumerate(rows)])

    assert opened(tmp_path, fill([["x", "y"], ["1", "2"]])).names_are_names
    assert not opened(tmp_path, fill([["P1", "M"], ["P2", "V"], ["P3", "M"]])).names_are_names
    assert not opened(tmp_path, fill([["x", "y"]])).names_are_names


def _sheets(*sheets: tuple[str, list[str], bool]) -> bytes:
    def fill(book: Any, page: Any) -> None:
        for name, names, hidden in sheets:
            extra = book.add_worksheet(name)
            if names:
                extra.write_row(0, 0, names)
                extra.write_row(1, 0, ["1"] * len(names))
            if hidden:
                extra.hide()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Een!$A$1:$A$2"})
        book.add_chartsheet("Grafiek").set_chart(chart)

    return book_of(fill)


OURS = list(COLUMNS)
OTHER = ["uitleg", "tekst"]
CHOICES: dict[str, tuple[bytes, str]] = {
    "one with content": (_sheets(("A", OTHER, False), ("B", [], False)), "A"),
    "one with our names": (_sheets(("A", OTHER, False), ("B", OURS, False)), "B"),
    "two with our names": (_sheets(("A", OURS, False), ("B", OURS, False)), "werkblad_onduidelijk"),
    "two without our names": (_sheets(("A", OTHER, False), ("B", OTHER, False)), "werkblad_onduidelijk"),
    "another is hidden": (_sheets(("A", OURS, False), ("B", OURS, True)), "A"),
    "another is hidden, names unknown": (_sheets(("A", OTHER, False), ("B", OTHER, True)), "A"),
    "our names are hidden": (_sheets(("A", OTHER, False), ("B", OURS, True)), "werkblad_onduidelijk"),
    "all is hidden": (_sheets(("A", OURS, True)), "werkblad_onduidelijk"),
    "nothing": (_sheets(("A", [], False)), "werkblad_leeg"),
}


@pytest.mark.parametrize("choice", CHOICES)
def test_the_sheet_is_the_only_one_it_can_be(choice: str, tmp_path: Path) -> None:
    content, expected = CHOICES[choice]
    if expected.startswith("werkblad"):
        assert refused(tmp_path, content) == expected
        return
    told = opened(tmp_path, content).decisions[1]
    assert (told.subject, told.value, told.by_hand) == ("werkblad", expected, False)
    assert ("verborgen" in told.reason) == ("hidden" in choice)


def test_the_sheet_is_the_one_that_is_set(tmp_path: Path) -> None:
    content = _sheets(("Levering A", OURS, False), ("levering a2", OTHER, True))
    for name in ("Levering A", " levering A "):
        assert opened(tmp_path, content, sheet=name).names == tuple(OURS)
    assert opened(tmp_path, content, sheet="levering a2").names == tuple(OTHER)
    assert refused(tmp_path, content, sheet="Grafiek") == "werkblad_onbekend"
    assert refused(tmp_path, content, sheet="Een") == "werkblad_leeg"


def _formulas(book: Any, page: Any) -> None:
    page.write_row(0, 0, ["a", "b", "c"])
    for row in range(1, 8):
        page.write_row(row, 0, ["x", "y", "z"])
    page.write_formula(2, 0, "=1+1", None, 2)
    page.write_formula(3, 1, "=NA()", None, "#N/A")
    page.write_array_formula(4, 2, 6, 2, "{=A1:A3}", None, "x")
    page.write_formula(9, 0, '=""', None, "")
    page.write_formula(2, 9, "=1+1", None, "")
    page.write_number(7, 1, 1234567890123456)


FOUND = {
    ("cel_formule", 0, 3), ("cel_formule", 1, 4), ("cel_fout", 1, 4), ("cel_formule", 0, 10),
    *(("cel_formule", 2, row) for row in (5, 6, 7)), ("getal_te_lang", 1, 8),
}  # fmt: skip


def test_formulas_errors_and_long_numbers_are_marked(tmp_path: Path) -> None:
    source = opened(tmp_path, book_of(_formulas))
    assert marked(source) == FOUND
    assert [
        cell.field for block in source.blocks((0, 1, 2), (1,)) for cell in block.cells if cell.rule[0] == "g"
    ] == [1]


def test_both_ways_of_scanning_find_the_same() -> None:
    sheet = parts_of(book_of(_formulas))[SHEET]
    quick, sure = scan.quick_scan(iter([sheet])), scan.parse(iter([sheet]))
    assert (quick.formulas, quick.errors, quick.filled) == (sure.formulas, sure.errors, sure.filled)
    assert quick.last_row == sure.last_row
    for size in (1, 7, 64):
        pieces = (sheet[at : at + size] for at in range(0, len(sheet), size))
        assert scan.quick_scan(pieces) == quick


ROWS = (
    f"<row>{inline('A1', 'a')}{inline('B1', 'b')}</row>"
    f'<row>{inline("A2", "x")}<c r="B2"><f>A1</f><v>5</v></c></row>'
    '<row><c r="A3" t="e"><v>#N/A</v></c><c r="B3"><v>7</v></c></row>'
)


def sheet_of(content: bytes) -> str:
    return parts_of(content)[SHEET].decode()


def _in_latin(rows: str) -> bytes:
    return sheet_of(with_sheet(rows)).replace("?>", " encoding='ISO-8859-1'?>").encode("latin-1")


def _prefixed() -> bytes:
    text = re.sub("<(/?)(?=[a-zA-Z])", r"<\1x:", sheet_of(with_sheet(ROWS)))
    return changed({SHEET: text.replace("xmlns=", "xmlns:x=").encode()})


WRITTEN = {
    "plainly": with_sheet(ROWS),
    "strictly": with_sheet(ROWS, space=f'xmlns="{STRICT}"'),
    "with a prefix": _prefixed(),
    "with other marks and spaces": with_sheet(ROWS.replace('t="e"', "t = 'e'").replace("<f>", " <f >")),
    "without references": with_sheet(re.sub(r' r="\w+"', "", ROWS)),
    "with a comment": with_sheet(ROWS.replace("<f>", "<!-- <c> --><f>")),
    "in CDATA": with_sheet(ROWS.replace("<t>x</t>", "<t><![CDATA[x]]></t>")),
    "in UTF-16": changed({SHEET: sheet_of(with_sheet(ROWS)).encode("utf-16")}),
    "in Latin 1": changed({SHEET: _in_latin(ROWS)}),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_programs_write_the_same_sheet_in_other_ways(way: str, tmp_path: Path) -> None:
    content = WRITTEN[way]
    if way == "with a prefix":
        parts = parts_of(content)
        inner = (
            parts[SHEET].replace(b"<sheetData>", b"<x:sheetData>").replace(b"</sheetData>", b"</x:sheetData>")
        )
        content = zipped(parts | {SHEET: inner})
    source = opened(tmp_path, content)
    assert source.names == ("a", "b")
    assert rows_of(source) == {2: ("x", "5"), 3: ("", "7")}
    assert marked(source) == {("cel_formule", 1, 2), ("cel_fout", 0, 3)}


_TEXTS = f'<sst xmlns="{MAIN}" count="2" uniqueCount="99999999999"><si><t>a</t></si></sst>'.encode()
DAMAGED = {
    "cells twice": with_sheet(f"<row>{inline('A1', 'a')}{inline('A1', 'b')}</row>"),
    "rows in another order": with_sheet(f"<row>{inline('A5', 'a')}</row><row>{inline('A2', 'b')}</row>"),
    "no such cell": with_sheet(f"<row>{inline('ZZZ1', 'a')}</row>"),
    "no such row": with_sheet(f"<row>{inline('A1048577', 'a')}</row>"),
    "an endless reference": with_sheet(f"<row>{inline('ZZZZZ99999999999', 'a')}</row>"),
    "a document type": changed({SHEET: b"<!DOCTYPE x>" + sheet_of(with_sheet(ROWS)).split("?>")[1].encode()}),
    "a text that is not there": with_sheet('<row><c r="A1" t="s"><v>99</v></c></row>'),
    "no list of sheets": changed({"xl/_rels/workbook.xml.rels": b"<a"}),
    "a sheet that is not there": changed({"xl/_rels/workbook.xml.rels": parts_of(WRITTEN["plainly"])[
        "xl/_rels/workbook.xml.rels"].replace(b"sheet1.xml", b"sheet9.xml")}),
    "more texts than there is room for": changed({"xl/sharedStrings.xml": _TEXTS}),
    "the same part twice": changed({SHEET.upper(): b"<a/>"}),
}  # fmt: skip


@pytest.mark.parametrize("way", DAMAGED)
def test_what_would_be_misread_is_damaged(way: str, tmp_path: Path) -> None:
    assert refused(tmp_path, DAMAGED[way]) == "bestand_beschadigd"


def test_a_byte_that_changed_is_found_in_any_part(tmp_path: Path) -> None:
    content = WRITTEN["plainly"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        places = [
            info.header_offset + 30 + len(info.filename) + info.compress_size // 2
            for info in archive.infolist()
        ]
    for place in places:
        spoiled = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        assert refused(tmp_path, spoiled) == "bestand_beschadigd"


def test_a_cell_far_away_takes_no_memory(tmp_path: Path) -> None:
    far = with_sheet(f"<row>{inline('A1', 'a')}</row><row>{inline('XFD1048576', 'b')}</row>")
    assert refused(tmp_path, far) == "werkblad_te_groot"
    blank = with_sheet(
        f'<row>{inline("A1", "a")}</row><row>{inline("A2", "b")}</row><row><c r="XFD1048576" s="0"/></row>'
    )
    assert rows_of(opened(tmp_path, blank)) == {2: ("b",)}


def test_a_text_that_is_repeated_is_counted_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(book: Any, page: Any) -> None:
        for row in range(100):
            page.write_string(row, 0, "x" * 30_000)

    content = book_of(fill)
    assert len(content) < 20_000
    monkeypatch.setattr(book, "MOST_MEMORY", 10 << 20)
    assert refused(tmp_path, content) == "werkblad_te_groot"
    monkeypatch.setattr(book, "MOST_MEMORY", 20 << 20)
    assert len(rows_of(opened(tmp_path, content))) == 99


class Panic(BaseException):
    """As the library raises where it did not expect to come."""


def test_an_error_of_the_library_tells_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import python_calamine

    class Broken:
        @staticmethod
        def from_path(path: Path) -> None:
            raise Panic("P00000001")

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Broken)
    with pytest.raises(UnreadableError) as error:
        book.Cells(tmp_path, "Een")
    assert error.value.problem.rule == "bestand_beschadigd"
    assert error.value.__cause__ is None
    assert error.value.__suppress_context__
