"""The sheets of an ODS file: headers of rows and columns marked as such, numbers as numbers, everything else as text.

What does not belong here: how cells look (`ods_styles`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wi2007.publication.workbook.model import Book, Cell, Region, Sheet
from wi2007.publication.workbook.ods_styles import ON_ITS_SIDE, UPRIGHT
from wi2007.publication.workbook.widths import lines
from wi2007.publication.workbook.xml import element, tag, text

MILLIMETRES = 2
"""The width of a character."""

LINE = 5
"""The height of a line, in millimetres."""

Pattern = tuple[str, int, str]
"""Look, decimals and suffix of a number."""


def content(book: Book) -> str:
    """Styles of columns, pages and numbers, then the sheets."""
    patterns = _patterns(book)
    sheets = (_sheet(sheet, patterns) for sheet in book.sheets)
    ranges = element(
        "table:database-ranges", *map(_range, (sheet for sheet in book.sheets if _is_list(sheet)))
    )
    body = element("office:body", element("office:spreadsheet", *sheets, ranges))
    return element("office:automatic-styles", *_styles(book, patterns)) + body


def _patterns(book: Book) -> dict[Pattern, str]:
    """A name for each way in which a number is shown."""
    cells = (cell for sheet in book.sheets for row in sheet.rows for cell in row if cell.number is not None)
    found = dict.fromkeys((cell.look, cell.decimals, cell.suffix) for cell in cells)
    return {pattern: f"getal{number}" for number, pattern in enumerate(found, 1)}


def _styles(book: Book, patterns: dict[Pattern, str]) -> Iterable[str]:
    for (look, decimals, suffix), name in patterns.items():
        digits = tag(
            "number:number",
            [
                ("number:decimal-places", str(decimals)),
                ("number:min-decimal-places", str(decimals)),
                ("number:min-integer-digits", "1"),
                ("number:grouping", "true"),
            ],
        )
        behind = element("number:text", text(suffix)) if suffix else ""
        yield element("number:number-style", digits, behind, style_name=f"N{name}")
        yield tag(
            "style:style",
            [
                ("style:name", name),
                ("style:family", "table-cell"),
                ("style:parent-style-name", look),
                ("style:data-style-name", f"N{name}"),
            ],
        )
    for kind in (UPRIGHT, ON_ITS_SIDE):
        shown = element("style:table-properties", table_display="true", style_writing_mode="lr-tb")
        yield element(
            "style:style", shown, style_name=f"blad{kind}", style_family="table", style_master_page_name=kind
        )
    for width in sorted({width for sheet in book.sheets for width in sheet.widths}):
        size = element("style:table-column-properties", style_column_width=f"{width * MILLIMETRES}mm")
        yield element("style:style", size, style_name=f"kolom{width}", style_family="table-column")
    for high in sorted({lines(row, sheet.widths) for sheet in book.sheets for row in sheet.rows}):
        yield element("style:style", _height(high), style_name=f"rij{high}", style_family="table-row")


def _height(high: int) -> str:
    """A program may make a row of one line as high as its letters; of more lines the height is given."""
    if high == 1:
        return element("style:table-row-properties", style_use_optimal_row_height="true")
    return element("style:table-row-properties", style_row_height=f"{high * LINE}mm")


def _sheet(sheet: Sheet, patterns: dict[Pattern, str]) -> str:
    region = sheet.region
    rows = [_row(row, lines(row, sheet.widths), patterns) for row in sheet.rows]
    columns = [
        tag(
            "table:table-column",
            [("table:style-name", f"kolom{width}"), ("table:default-cell-style-name", "plain")],
        )
        for width in sheet.widths
    ]
    described = [element("table:title", text(region.about))] if region else []
    last = _place(sheet.name, len(sheet.rows) - 1, len(sheet.widths) - 1)
    return element(
        "table:table",
        *described,
        *_marked(columns, "table:table-header-columns", 0, region.labels if region else 0),
        *_marked(rows, "table:table-header-rows", *_header(region)),
        table_name=sheet.name,
        table_style_name=f"blad{ON_ITS_SIDE if sheet.landscape else UPRIGHT}",
        table_print_ranges=f"{_place(sheet.name, sheet.printed, 0)}:{last}",
    )


def _header(region: Region | None) -> tuple[int, int]:
    return (region.first, region.header + 1) if region else (0, 0)


def _marked(pieces: Sequence[str], name: str, start: int, end: int) -> list[str]:
    """The pieces, of which those from `start` up to `end` are headers."""
    if start == end:
        return list(pieces)
    return [*pieces[:start], element(name, *pieces[start:end]), *pieces[end:]]


def _row(cells: Sequence[Cell], high: int, patterns: dict[Pattern, str]) -> str:
    inside = [_cell(cell, patterns) for cell in cells] or ["<table:table-cell/>"]
    return f'<table:table-row table:style-name="rij{high}">{"".join(inside)}</table:table-row>'


def _cell(cell: Cell, patterns: dict[Pattern, str]) -> str:
    shown = f"<text:p>{text(cell.text)}</text:p>"
    if cell.number is not None:
        style = patterns[(cell.look, cell.decimals, cell.suffix)]
        return (
            f'<table:table-cell table:style-name="{style}" office:value-type="float" '
            f'office:value="{cell.number!r}">{shown}</table:table-cell>'
        )
    if not cell.text:
        return f'<table:table-cell table:style-name="{cell.look}"/>'
    if cell.sheet:
        target = [("xlink:href", f"#{_place(cell.sheet, 0, 0)}"), ("xlink:type", "simple")]
        shown = element("text:p", tag("text:a", target, text(cell.text)))
    return f'<table:table-cell table:style-name="{cell.look}" office:value-type="string">{shown}</table:table-cell>'


def _is_list(sheet: Sheet) -> bool:
    return sheet.region is not None and sheet.region.has_rows


def _range(sheet: Sheet) -> str:
    """The table under its name, with buttons to filter where its rows may be put in another order."""
    region = sheet.region
    if region is None:
        return ""
    start = _place(sheet.name, region.header, 0)
    return element(
        "table:database-range",
        table_name=region.name,
        table_target_range_address=f"{start}:{_place(sheet.name, region.last, len(sheet.widths) - 1)}",
        table_contains_header="true",
        table_display_filter_buttons="true" if region.filters else "false",
    )


def _place(sheet: str, row: int, column: int) -> str:
    """The address of a cell: 'Tabel 2.1'.A1."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'.{_letters(column)}{row + 1}"


def _letters(column: int) -> str:
    first, last = divmod(column, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)
