"""A workbook as the bytes of an XLSX file (Office Open XML), by way of XlsxWriter.

Every table is marked as one, with its header, so that programs that read aloud know it; text that looks like a formula
stays text, also when somebody edits the cell. What does not belong here: what is in the workbook.
"""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from wi2007.publication.workbook.model import Book, Cell, Look, Paper, Region, Sheet, lines
from wi2007.publication.workbook.ods import packed

A4 = 9
LINE = 13
"""The height of a line in points."""

LONGEST_PAGE_TEXT = 200
"""Characters above a page; Excel takes 255, of which signs that mean something there are written twice."""

_BASE: dict[str, Any] = {"font_name": "Arial", "font_size": 10, "valign": "top"}
_HEAD: dict[str, Any] = {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E3EAF1"}
_LOOKS: dict[Look, dict[str, Any]] = {
    "notice": {"bold": True, "font_color": "#9C0006"},
    "title": {"bold": True, "font_size": 14},
    "subtitle": {"font_size": 12},
    "plain": {},
    "text": {"text_wrap": True},
    "link": {"font_color": "#154273", "underline": 1},
    "unit": {"italic": True, "align": "right"},
    "group": {"bold": True, "align": "center_across", "bg_color": "#E3EAF1"},
    "head": _HEAD,
    "over": {**_HEAD, "align": "right"},
    "label": {},
    "total": {"bold": True},
    "figure": {"align": "right"},
    "sum": {"align": "right", "bold": True},
}
_DAY = "[$-nl-NL]d mmmm yyyy"
_LIKE_A_FORMULA = ("=", "+", "-", "@")
_CORE = "docProps/core.xml"
_END_OF_CORE = b"</cp:coreProperties>"
_ANY = datetime(2000, 1, 1)
_DAYS = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")


class Formats:
    """The formats of one file, each made when it is first asked for."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._made: dict[tuple[object, ...], Any] = {}

    def of(self, cell: Cell) -> Any:
        """Return the format of a cell."""
        pattern = number_pattern(cell) if cell.number is not None else _DAY if cell.day else ""
        quoted = cell.number is None and cell.text.startswith(_LIKE_A_FORMULA)
        key = (cell.look, pattern, quoted)
        if key not in self._made:
            more: dict[str, Any] = {"num_format": pattern} if pattern else {}
            if quoted:
                more["quote_prefix"] = True
            self._made[key] = self._file.add_format({**_BASE, **_LOOKS[cell.look], **more})
        return self._made[key]


def number_pattern(cell: Cell) -> str:
    """Return a number format: the program that opens the file writes it in the reader's own notation."""
    decimals = "." + "0" * cell.decimals if cell.decimals else ""
    suffix = f'"{cell.suffix}"' if cell.suffix else ""
    return f"#,##0{decimals}{suffix}"


def write(book: Book) -> bytes:
    """Return the file; the same bytes for the same workbook."""
    buffer = BytesIO()
    file = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day = datetime.fromisoformat(book.day) if book.day else _ANY
    file.set_properties(
        {
            "title": book.title,
            "subject": book.subject,
            "author": book.publisher,
            "company": book.publisher,
            "keywords": ", ".join(book.keywords),
            "comments": book.description,
            "created": day,
        }
    )
    formats = Formats(file)
    for number, sheet in enumerate(book.sheets, 1):
        _sheet(file, sheet, formats, book.paper)
        if sheet.region:
            _name_for_readers(file, sheet, sheet.region, number)
    file.close()
    with zipfile.ZipFile(buffer) as made:
        return packed((name, _told(name, made.read(name), book)) for name in made.namelist())


def _told(name: str, content: bytes, book: Book) -> bytes:
    """A part; that with the properties also says the language, and no day where none is known.

    The library has no word for either.
    """
    if name != _CORE:
        return content
    if not content.endswith(_END_OF_CORE):
        raise ValueError("the properties of the workbook do not end as expected")
    if not book.day:
        content = _DAYS.sub(b"", content)
    language = f"<dc:language>{book.language}</dc:language>".encode()
    return content.removesuffix(_END_OF_CORE) + language + _END_OF_CORE


def _sheet(file: Any, sheet: Sheet, formats: Formats, paper: Paper) -> None:
    made = file.add_worksheet(sheet.name)
    for column, width in enumerate(sheet.widths):
        made.set_column(column, column, width)
    for row, cells in enumerate(sheet.rows):
        if (high := lines(cells, sheet.widths)) > 1:
            made.set_row(row, high * LINE)
        for column, cell in enumerate(cells):
            _cell(made, row, column, cell, formats)
    if sheet.region:
        _region(made, sheet, sheet.region, formats)
    _page(made, sheet, paper)


def _cell(made: Any, row: int, column: int, cell: Cell, formats: Formats) -> None:
    look = formats.of(cell)
    if cell.span > 1:
        made.merge_range(row, column, row, column + cell.span - 1, "", look)
        made.write_string(row, column, cell.text, look)  # merging alone would take "=1+1" for a formula
    elif cell.day:
        made.write_datetime(row, column, datetime.fromisoformat(cell.day), look)
    elif cell.number is not None:
        made.write_number(row, column, cell.number, look)
    elif cell.sheet:
        made.write_url(row, column, f"internal:{_quoted(cell.sheet)}!A1", look, cell.text)
    elif cell.text:
        made.write_string(row, column, cell.text, look)
    else:
        made.write_blank(row, column, None, look)


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def _region(made: Any, sheet: Sheet, region: Region, formats: Formats) -> None:
    """Mark the table and its header, keep the header in sight and on every page."""
    heads = sheet.rows[region.header]
    made.freeze_panes(region.header + 1, region.labels)
    made.repeat_rows(region.first, region.header)
    if region.has_rows:
        options = {
            "name": region.name,
            "title": region.about,
            "style": None,
            "autofilter": region.filters,
            "first_column": True,
            "banded_rows": False,
            "columns": [{"header": head.text, "header_format": formats.of(head)} for head in heads],
        }
        made.add_table(region.header, 0, region.last, len(heads) - 1, options)
        made.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(region.last, len(heads) - 1)}"})


def _name_for_readers(file: Any, sheet: Sheet, region: Region, number: int) -> None:
    """Name the corner of the headers the way that programs that read aloud look for row and column titles."""
    corner = (region.header, region.labels - 1)
    end = (region.last, len(sheet.widths) - 1)
    name = f"TitleRegion{number}.{xl_rowcol_to_cell(*corner)}.{xl_rowcol_to_cell(*end)}.{number}"
    place = xl_rowcol_to_cell(*corner, row_abs=True, col_abs=True)
    file.define_name(name, f"={_quoted(sheet.name)}!{place}")


def _page(made: Any, sheet: Sheet, paper: Paper) -> None:
    made.set_paper(A4)
    made.fit_to_pages(1, 0)
    made.print_area(sheet.printed, 0, len(sheet.rows) - 1, len(sheet.widths) - 1)
    if sheet.landscape:
        made.set_landscape()
    made.set_header("&C" + page_text(paper.head[:LONGEST_PAGE_TEXT]))
    made.set_footer(f"&L{page_text(sheet.name)}&R{page_text(paper.page)} &P {page_text(paper.of)} &N")


def page_text(text: str) -> str:
    """Return text as it can stand above or below a page, where & begins a code.

    A space keeps digits from being read as a size of letters.
    """
    return (" " if text[:1].isdigit() else "") + text.replace("&", "&&")
