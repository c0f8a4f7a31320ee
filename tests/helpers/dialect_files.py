"""One delivery as every kind of file that is no text, in the ways in which programs write them.

What does not belong here: text (`dialects`).
"""

from __future__ import annotations

import gzip
import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pyreadstat
from dialect_values import BY_NAME, CODES, DATES, GENDERS, STATUSES, columns, day, is_day, several
from dialects import Dialect, noted
from faults_forms import Edit, parquet_of, workbook
from faults_people import Sheet
from sheet_files import BOOKS, OF_1904, Page
from text_dialects import zipped

from schemas.columns import BIRTH, COLUMNS, INCOME, NATIONALITIES, REFUSED
from schemas.values import DAYS, INCOMES, YES_OR_NO
from wi2007 import reference

Cell = Callable[[Any, int, int, str, Any], None]
"""Writes a text in a row and column of a worksheet as something else; the last is the format of a date."""
LATER = tuple(name for name in DAYS if name != BIRTH)
"""Dates of which no part is ever unknown: a column of dates can hold them."""


def file_dialects(sheet: Sheet) -> Iterator[Dialect]:
    """All of them."""
    for kind in (workbooks, spreadsheets, savs, statistics, parquets, arrows):
        for name, content in kind(sheet).items():
            levering = "lezen: {koprij: 3}\n" if name.endswith("row 3") else ""
            if name.startswith("por"):
                levering = "kolommen:\n" + "".join(f"  {one}: {short}\n" for one, short in SHORT.items())
            yield Dialect(name, f"levering.{name.split(',')[0]}", content, levering)


def workbooks(sheet: Sheet) -> dict[str, bytes]:
    """Cells as text, as numbers that lost their zeros, as dates of Excel, and as names."""
    numbers = dict.fromkeys(CODES, _number)
    words = several(BY_NAME, columns(("geslacht",), GENDERS), columns(("statuscode",), STATUSES))
    return {
        "xlsx, text": workbook(sheet),
        "xlsx, texts in their cells": workbook(sheet, constant_memory=True),
        "xlsx, others beside": workbook(noted(sheet)),
        "xlsx, names and words": workbook(words(sheet)),
        "xlsx, header in row 3": workbook(sheet, top=2),
        "xlsx, numbers": workbook(sheet, _cells(sheet, {**numbers, **dict.fromkeys(DATES, _number)})),
        "xlsx, numbers and dates": workbook(sheet, _cells(sheet, {**numbers, **dict.fromkeys(DATES, _date)})),
        "xlsx, the 1904 system": workbook(
            sheet,
            _cells(sheet, dict.fromkeys(DATES, _date)),
            default_date_format="d mmm yyyy",
            date_1904=True,
        ),
        "xlsx, an empty sheet more": workbook(sheet, lambda book, page: book.add_worksheet("Blad2")),
        "xlsx, rows with a colour at the end": workbook(sheet, _coloured(len(sheet.rows))),
    }


def _cells(sheet: Sheet, how: dict[str, Cell]) -> Edit:
    """The filled cells of some columns written anew."""

    def edit(book: Any, page: Any) -> None:
        style = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, cell in how.items():
            for row, text in enumerate(sheet.column(name), start=1):
                if text:
                    cell(page, row, sheet.names.index(name), text, style)

    return edit


def _number(page: Any, row: int, column: int, text: str, style: Any) -> None:
    page.write_number(row, column, int(text))


def _date(page: Any, row: int, column: int, text: str, style: Any) -> None:
    if is_day(text):
        page.write_datetime(row, column, datetime.combine(day(text), datetime.min.time()), style)


def _coloured(rows: int) -> Edit:
    def edit(book: Any, page: Any) -> None:
        colour = book.add_format({"bg_color": "yellow"})
        for row in range(rows + 1, rows + 50):
            page.write_blank(row, row % 14, None, colour)

    return edit


def spreadsheets(sheet: Sheet) -> dict[str, bytes]:
    """The kinds of spreadsheet that are no .xlsx: cells as text, and numbers with dates in both date systems."""
    texts = Page([sheet.names, *([text or None for text in row] for row in sheet.rows)])
    typed = Page(
        [sheet.names, *([_typed(*cell) for cell in zip(sheet.names, row, strict=True)] for row in sheet.rows)]
    )
    found = {}
    for kind, write in BOOKS.items():
        found[f"{kind}, text"] = write(texts)
        found[f"{kind}, numbers and dates"] = write(typed)
        found[f"{kind}, the 1904 system"] = write(typed, day_zero=OF_1904)
    return found


def _typed(name: str, text: str) -> Any:
    if not text:
        return None
    if name in DATES:
        return day(text) if is_day(text) and day(text) >= OF_1904 else text
    return int(text) if name in CODES else text


def savs(sheet: Sheet) -> dict[str, bytes]:
    """Variables of text and of numbers, with value labels and with dates of SPSS."""
    frame = pd.DataFrame(list(sheet.rows), columns=list(sheet.names), dtype=object)
    numbers = _with(frame, {name: _floats(frame[name]) for name in CODES})
    dates = _with(frame, {name: _days(frame[name]) for name in LATER})
    dates["geboortedatum"] = _floats(frame["geboortedatum"])
    own, labels = _own_numbers(dates)
    return {
        "sav, text": sav(frame),
        "sav, compressed": sav(frame, row_compress=True),
        "sav, others beside": sav(
            frame.assign(
                Opmerking='é; "zo"\nen verder',
                leeg="",
                bedrag=[1.5, None] * (len(frame) // 2) + [2.0] * (len(frame) % 2),
            )
        ),
        "sav, names in capitals": sav(frame.rename(columns=str.upper)),
        "sav, numbers": sav(numbers),
        "sav, numbers of four places": sav(numbers, variable_format=dict.fromkeys(CODES, "F4.0")),
        "sav, numbers with zeros shown": sav(numbers, variable_format=dict.fromkeys(CODES, "N4")),
        "sav, codes with names as labels": sav(numbers, variable_value_labels=_names(sheet)),
        "sav, dates": sav(dates),
        "sav, dates of another look": sav(dates, variable_format=dict.fromkeys(LATER, "EDATE10")),
        "sav, own numbers with labels": sav(own, variable_value_labels=labels),
        "zsav, own numbers with labels": sav(own, variable_value_labels=labels, compress=True),
    }


def sav(frame: pd.DataFrame, **options: Any) -> bytes:
    """A frame as an SPSS file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "levering.sav")
        pyreadstat.write_sav(frame, str(path), **options)
        return path.read_bytes()


def statistics(sheet: Sheet) -> dict[str, bytes]:
    """Files of Stata, SAS and portable ones. The names of the last are short; levering.yaml says which is which."""
    frame = pd.DataFrame(list(sheet.rows), columns=list(sheet.names), dtype=object)
    typed = _with(
        frame, {name: _floats(frame[name]) for name in CODES} | {name: _days(frame[name]) for name in LATER}
    )
    own, labels = _own_numbers(_with(frame, {name: _days(frame[name]) for name in LATER}))
    return {
        "dta, text": _by(pyreadstat.write_dta, frame),
        "dta, numbers and dates": _by(pyreadstat.write_dta, typed),
        "dta, of Stata 12": _by(pyreadstat.write_dta, typed, version=12),
        "dta, own numbers with labels": _by(
            pyreadstat.write_dta,
            own,
            variable_value_labels={
                name: {int(number): label for number, label in one.items()} for name, one in labels.items()
            },
        ),
        "dta, as pandas writes": _stata(frame),
        "xpt, text": _by(pyreadstat.write_xport, frame, file_format_version=8),
        "xpt, numbers and dates": _by(pyreadstat.write_xport, typed, file_format_version=8),
        "por, text": _by(pyreadstat.write_por, _short(frame)),
        "por, numbers and dates": _by(pyreadstat.write_por, _short(typed)),
    }


SHORT = {name: f"V{at}" for at, name in enumerate(COLUMNS)}


def _short(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.rename(columns=SHORT)


def _by(write: Callable[..., None], frame: pd.DataFrame, **options: Any) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "levering")
        write(frame, str(path), **options)
        return path.read_bytes()


def _stata(frame: pd.DataFrame) -> bytes:
    file = io.BytesIO()
    dates = {name: pd.to_datetime(_days(frame[name])) for name in LATER}
    frame.assign(**dates, geslacht=frame["geslacht"].astype("category")).to_stata(
        file,
        version=118,
        write_index=False,
        convert_strl=["gevraagde_nationaliteit"],
        convert_dates=dict.fromkeys(LATER, "td"),
    )
    return file.getvalue()


def _with(frame: pd.DataFrame, more: dict[str, pd.Series]) -> pd.DataFrame:
    return frame.assign(**more)


def _floats(texts: pd.Series) -> pd.Series:
    return pd.Series([float(text) if text else None for text in texts], dtype=float)


def _days(texts: pd.Series) -> pd.Series:
    return pd.Series([day(text) if text else None for text in texts], dtype=object)


def _names(sheet: Sheet) -> dict[str, dict[float, str]]:
    lists = {
        "land_van_herkomst": reference.countries(),
        "gemeentecode": reference.municipalities(),
        **dict.fromkeys(NATIONALITIES, reference.nationalities()),
    }
    return {
        name: {float(code): codes[code].name for code in sorted(set(sheet.column(name)) - {""})}
        for name, codes in lists.items()
    }


def _own_numbers(frame: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, dict[float, str]]]:
    """Numbers of a researcher's own: 1, 2, 3 for the genders, where 2 is not a woman; others that are no codes."""
    meanings = {
        "geslacht": GENDERS,
        "land_van_herkomst": {code: entry.name for code, entry in reference.countries().items()},
        "gemeentecode": {code: entry.name for code, entry in reference.municipalities().items()},
        "statuscode": STATUSES,
        "gevraagde_nationaliteit": {text: text.upper() for text in ("Nederlands", "Turks", "anders")},
        "doelgroep": {"NIEUWKOMER": "Nieuwkomer", "OUDKOMER": "oudkomer"},
        INCOME: {text: text.title() for text in INCOMES},
        REFUSED: {text: text.upper() for text in YES_OR_NO},
    }
    labels: dict[str, dict[float, str]] = {}
    changed = {}
    for name, words in meanings.items():
        first = 20_001.0 if words is not GENDERS else 1.0
        numbers = {code: first + at for at, code in enumerate(sorted(set(frame[name]) - {""}))}
        labels[name] = {number: words[code] for code, number in numbers.items()}
        changed[name] = pd.Series([numbers.get(code) for code in frame[name]], dtype=float)
    return _with(frame, changed), labels


def parquets(sheet: Sheet) -> dict[str, bytes]:
    """Columns of text, of dictionaries, of whole and broken numbers, of dates and of times."""
    texts = pa.table({name: pa.array(sheet.column(name), pa.string()) for name in sheet.names})
    nulls = _each(texts, sheet.names[1:], lambda column: pc.if_else(pc.equal(column, ""), None, column))
    numbers = _each(nulls, (*CODES, *DATES), lambda column: pc.cast(column, pa.int32()))
    days = _each(numbers, LATER, lambda column: pa.array([_day(number) for number in column.to_pylist()]))
    return {
        "parquet, text": parquet_of(texts),
        "parquet, text without value": parquet_of(nulls),
        "parquet, large text": parquet_of(_each(nulls, sheet.names, lambda c: pc.cast(c, pa.large_string()))),
        "parquet, dictionaries": parquet_of(_each(nulls, sheet.names, lambda c: c.dictionary_encode())),
        "parquet, bytes that are text": _no_schema(
            _each(nulls, sheet.names, lambda c: pc.cast(c, pa.binary()))
        ),
        "parquet, numbers": parquet_of(numbers),
        "parquet, small numbers": parquet_of(_each(numbers, CODES, lambda c: pc.cast(c, pa.int16()))),
        "parquet, broken numbers": parquet_of(_each(numbers, CODES, lambda c: pc.cast(c, pa.float64()))),
        "parquet, dates": parquet_of(_each(days, LATER, lambda c: pc.cast(c, pa.date32()))),
        "parquet, times": parquet_of(_each(days, LATER, lambda c: pc.cast(c, pa.timestamp("us")))),
        "parquet, times in ns": parquet_of(_each(days, LATER, lambda c: pc.cast(c, pa.timestamp("ns")))),
        "parquet, as pandas writes": _of_pandas(nulls),
        "parquet, many row groups": _groups(texts),
        "parquet, others beside": parquet_of(
            nulls.append_column("lijst", pa.array([[1, 2]] * len(texts))).append_column(
                "leeg", pa.nulls(len(texts))
            )
        ),
        "parquet, names": parquet_of(
            pa.table({name: pa.array(BY_NAME(sheet).column(name)) for name in sheet.names})
        ),
    }


def arrows(sheet: Sheet) -> dict[str, bytes]:
    """Feather, with and without packing, and a stream of Arrow."""
    texts = pa.table({name: pa.array(sheet.column(name), pa.string()) for name in sheet.names})
    typed = _each(texts, sheet.names[1:], lambda column: pc.if_else(pc.equal(column, ""), None, column))
    typed = _each(typed, (*CODES, *LATER), lambda column: pc.cast(column, pa.int32()))
    typed = _each(typed, LATER, lambda column: pa.array([_day(number) for number in column.to_pylist()]))
    found = {f"feather, {way}": _feather(texts, compression=way) for way in ("uncompressed", "lz4", "zstd")}
    stream = io.BytesIO()
    with pa.ipc.new_stream(stream, typed.schema) as file:
        file.write_table(typed, max_chunksize=100)
    categories = _each(typed, ("geslacht", "statuscode"), lambda column: column.dictionary_encode())
    return {
        **found,
        "feather, numbers and dates": _feather(typed, chunksize=77),
        "feather, categories": _feather(categories),
        "arrow, a stream": stream.getvalue(),
    }


def _feather(table: Any, **options: Any) -> bytes:
    file = io.BytesIO()
    feather.write_feather(table, file, **options)
    return file.getvalue()


def _each(table: Any, names: tuple[str, ...], how: Callable[[Any], Any]) -> Any:
    for name in names:
        place = table.column_names.index(name)
        table = table.set_column(place, name, how(table.column(place).combine_chunks()))
    return table


def _day(number: int | None) -> date | None:
    return None if number is None else day(f"{number:08d}")


def _of_pandas(table: Any) -> bytes:
    """Categories, and an index that is kept as a column."""
    frame = table.to_pandas().astype({"geslacht": "category", "statuscode": "category"})
    file = io.BytesIO()
    frame.iloc[:].set_index(pd.Index(range(5, 5 + len(frame)), name="rij")).to_parquet(file)
    return file.getvalue()


def _no_schema(table: Any) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file, store_schema=False)
    return file.getvalue()


def _groups(table: Any) -> bytes:
    file = io.BytesIO()
    pq.write_table(
        table, file, row_group_size=333, compression="zstd", version="1.0", data_page_version="2.0"
    )
    return file.getvalue()


def large_files(content: bytes) -> Iterator[Dialect]:
    """A large delivery, which is plain text with semicolons and without quotation marks, as other kinds of file."""
    yield Dialect(
        "tabs, UTF-16", "levering.zip", zipped(content.replace(b";", b"\t").decode().encode("utf-16"))
    )
    lines = content.decode().replace(";", '","').splitlines()
    rows = [f'"{line}","twee\r\nregels, caf\u00e9"\n' for line in lines[1:]]
    quoted = f'"{lines[0]}","Opmerking \u2013 vrij"\n{"".join(rows)}'.encode("cp1252")
    yield Dialect("commas, Windows-1252, others beside", "levering.csv.gz", gzip.compress(quoted, 1))
    options = pv.ConvertOptions(column_types=dict.fromkeys(COLUMNS, pa.string()))
    table = pv.read_csv(
        io.BytesIO(content), parse_options=pv.ParseOptions(delimiter=";"), convert_options=options
    )
    yield Dialect(
        "parquet",
        "levering.parquet",
        parquet_of(
            _each(
                table,
                tuple(name for name in CODES if name in table.column_names),
                lambda c: c.dictionary_encode(),
            )
        ),
    )
    yield Dialect("sav", "levering.sav", sav(table.to_pandas(), row_compress=True))
