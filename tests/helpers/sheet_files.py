"""Spreadsheets in kinds that no library here writes: .ods, .xls (BIFF8) and .xlsb (BIFF12), as few parts as are valid.

A cell is None, a text, a number, yes or no, a day, or a `Formula`. What does not belong here: .xlsx (`faults_forms`).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from faults_forms import zipped

EXCEL, OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" '
    'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


@dataclass(frozen=True)
class Formula:
    """A formula (1+1) and what it yielded, a number, when the file was saved; or an error."""

    value: float = 2.0
    error: bool = False


@dataclass(frozen=True)
class Page:
    """A sheet. `merged` are first row, last row, first column, last column, counted from 0."""

    rows: Sequence[Sequence[Any]]
    name: str = "Levering"
    hidden: bool = False
    merged: Sequence[tuple[int, int, int, int]] = field(default=())


Book = Callable[..., bytes]


def ods(*pages: Page, day_zero: date = EXCEL) -> bytes:
    """As LibreOffice writes it; days are days, whatever `day_zero` is."""
    null = f'<table:calculation-settings><table:null-date table:date-value="{day_zero}"/></table:calculation-settings>'
    spaces = "".join(f' xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "table", "text", "style"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} office:version="1.3">'
        '<office:automatic-styles><style:style style:name="dicht" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{null}{''.join(map(_ods_page, pages))}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ods_page(page: Page) -> str:
    style = ' table:style-name="dicht"' if page.hidden else ""
    spans = {(one[0], one[2]): (one[1] - one[0] + 1, one[3] - one[2] + 1) for one in page.merged}
    rows = "".join(
        f"<table:table-row>{''.join(_ods_cell(value, spans.get((at, place))) for place, value in enumerate(row))}"
        "</table:table-row>"
        for at, row in enumerate(page.rows)
    )
    rest = '<table:table-row table:number-rows-repeated="1000"><table:table-cell/></table:table-row>'
    return f"<table:table table:name={quoteattr(page.name)}{style}>{rows}{rest}</table:table>"


def _ods_cell(value: Any, span: tuple[int, int] | None) -> str:
    merged = (
        f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    )
    if value is None:
        return f"<table:table-cell{merged}/>"
    if isinstance(value, Formula):
        kind = f'office:value-type="float" office:value="{value.value}"'
        return f'<table:table-cell table:formula="of:=1+1" {kind}><text:p>2</text:p></table:table-cell>'
    if isinstance(value, str):
        paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
        return f'<table:table-cell office:value-type="string"{merged}>{paragraphs}</table:table-cell>'
    kind, name, text = (
        ("boolean", "boolean-value", str(value).lower())
        if isinstance(value, bool)
        else ("date", "date-value", value.isoformat())
        if isinstance(value, date)
        else ("float", "value", str(value))
    )
    about = f'office:value-type="{kind}" office:{name}="{text}"{merged}'
    return f"<table:table-cell {about}><text:p>x</text:p></table:table-cell>"


def xls(*pages: Page, day_zero: date = EXCEL) -> bytes:
    """As Excel 97-2003 writes it, in its container."""
    styles = [struct.pack("<3H14x", 0, number, 1) for number in (0, 14)]
    begin = _biff(0x0809, struct.pack("<4H8x", 0x0600, 5, 0, 0)) + _biff(
        0x0022, struct.pack("<H", day_zero == OF_1904)
    )
    begin += b"".join(_biff(0x00E0, style) for style in styles)
    sheets = [_xls_page(page, day_zero) for page in pages]
    names = [struct.pack("<BB", len(page.name), 1) + page.name.encode("utf-16-le") for page in pages]
    place = len(begin) + sum(4 + 6 + len(name) for name in names) + 4
    listed = b""
    for page, name, sheet in zip(pages, names, sheets, strict=True):
        listed += _biff(0x0085, struct.pack("<IBB", place, page.hidden, 0) + name)
        place += len(sheet)
    return _container(begin + listed + _biff(0x000A, b"") + b"".join(sheets))


def _biff(kind: int, content: bytes) -> bytes:
    return struct.pack("<2H", kind, len(content)) + content


def _xls_page(page: Page, day_zero: date) -> bytes:
    width = max(map(len, page.rows), default=0)
    found = _biff(0x0809, struct.pack("<4H8x", 0x0600, 0x10, 0, 0))
    found += _biff(0x0200, struct.pack("<2I3H", 0, len(page.rows), 0, width, 0))
    for at, row in enumerate(page.rows):
        for place, value in enumerate(row):
            if value is not None:
                found += _xls_cell(struct.pack("<3H", at, place, isinstance(value, date)), value, day_zero)
    if page.merged:
        found += _biff(
            0x00E5,
            struct.pack("<H", len(page.merged)) + b"".join(struct.pack("<4H", *one) for one in page.merged),
        )
    return found + _biff(0x000A, b"")


def _xls_cell(where: bytes, value: Any, day_zero: date) -> bytes:
    if isinstance(value, Formula):
        result = b"\2\0\x2a\0\0\0\xff\xff" if value.error else struct.pack("<d", value.value)
        return _biff(
            0x0006, where + result + struct.pack("<HI", 0, 0) + struct.pack("<HBHBHB", 7, 0x1E, 1, 0x1E, 1, 3)
        )
    if isinstance(value, bool):
        return _biff(0x0205, where + bytes([value, 0]))
    if isinstance(value, str):
        return _biff(0x0204, where + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    number = (value - day_zero).days if isinstance(value, date) else value
    return _biff(0x0203, where + struct.pack("<d", number))


def _container(stream: bytes) -> bytes:
    """One stream in sectors of 512 bytes; first the table of sectors, then the list of streams, then the stream."""
    size = max(4096, len(stream))
    data = -(-size // 512)
    tables = next(number for number in range(1, 1000) if number * 128 >= number + 1 + data)
    table = [0xFFFFFFFD] * tables + [0xFFFFFFFE]
    table += [*range(tables + 2, tables + 1 + data), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (tables * 128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *range(tables), *[0xFFFFFFFF] * (109 - tables))
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, tables + 1, size)
    return (
        header
        + struct.pack(f"<{len(table)}I", *table)
        + entries
        + bytes(256)
        + stream.ljust(data * 512, b"\0")
    )


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + bytes(2)
    about = struct.pack("<HBB3I36xIQ", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, first, size)
    return text.ljust(64, b"\0") + about


def xlsb(*pages: Page, day_zero: date = EXCEL) -> bytes:
    """As Excel writes it in binary form."""
    texts: dict[str, int] = {}
    parts = {
        f"xl/worksheets/sheet{at}.bin": _xlsb_page(page, day_zero, texts) for at, page in enumerate(pages, 1)
    }
    sheets = b"".join(
        _biff12(156, struct.pack("<2I", page.hidden, at) + _wide(f"rId{at}") + _wide(page.name))
        for at, page in enumerate(pages, 1)
    )
    settings = _biff12(153, struct.pack("<2I", day_zero == OF_1904, 0) + _wide(""))
    styles = _biff12(617, struct.pack("<I", 2)) + b"".join(
        _biff12(47, struct.pack("<2H12x", 0, number)) for number in (0, 14)
    )
    shared = b"".join(_biff12(19, b"\0" + _wide(text)) for text in texts)
    relations = {f"rId{at}": ("worksheet", f"worksheets/sheet{at}.bin") for at in range(1, len(pages) + 1)}
    relations |= {"rId90": ("styles", "styles.bin"), "rId91": ("sharedStrings", "sharedStrings.bin")}
    return zipped(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.bin")}),
            "xl/workbook.bin": _biff12(131) + settings + _biff12(143) + sheets + _biff12(144) + _biff12(132),
            "xl/_rels/workbook.bin.rels": _relations(relations),
            "xl/styles.bin": _biff12(278) + styles + _biff12(618) + _biff12(279),
            "xl/sharedStrings.bin": _biff12(159, struct.pack("<2I", len(texts), len(texts)))
            + shared
            + _biff12(160),
            **parts,
        }
    )


def _relations(relations: Mapping[str, tuple[str, str]]) -> bytes:
    lines = "".join(
        f'<Relationship Id="{key}" Type="{_RELATION}/{what}" Target="{target}"/>'
        for key, (what, target) in relations.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'.encode()


def _biff12(kind: int, content: bytes = b"") -> bytes:
    begin = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(content)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return begin + length + content


def _wide(text: str) -> bytes:
    content = text.encode("utf-16-le")
    return struct.pack("<I", len(content) // 2) + content


def _xlsb_page(page: Page, day_zero: date, texts: dict[str, int]) -> bytes:
    width = max(map(len, page.rows), default=0)
    rows = b""
    for at, row in enumerate(page.rows):
        rows += _biff12(0, struct.pack("<2IHBBBI", at, 0, 300, 0, 0, 0, 0))
        rows += b"".join(_xlsb_cells(row, day_zero, texts))
    merged = b"".join(_biff12(176, struct.pack("<4I", *one)) for one in page.merged)
    reach = struct.pack("<4I", 0, max(0, len(page.rows) - 1), 0, max(0, width - 1))
    return _biff12(129) + _biff12(148, reach) + _biff12(145) + rows + _biff12(146) + merged + _biff12(130)


def _xlsb_cells(row: Sequence[Any], day_zero: date, texts: dict[str, int]) -> Iterator[bytes]:
    for place, value in enumerate(row):
        where = struct.pack("<2I", place, isinstance(value, date))
        if isinstance(value, Formula):
            kind, result = (11, b"\x2a") if value.error else (9, struct.pack("<d", value.value))
            yield _biff12(
                kind, where + result + struct.pack("<HI", 0, 7) + struct.pack("<BHBHB", 0x1E, 1, 0x1E, 1, 3)
            )
        elif isinstance(value, bool):
            yield _biff12(4, where + bytes([value]))
        elif isinstance(value, str):
            yield _biff12(7, where + struct.pack("<I", texts.setdefault(value, len(texts))))
        elif value is not None:
            number = (value - day_zero).days if isinstance(value, date) else value
            yield _biff12(5, where + struct.pack("<d", number))


BOOKS: dict[str, Book] = {"ods": ods, "xls": xls, "xlsb": xlsb}
