"""Whatever the layout of a workbook, what was written in it is read back: figures, signs, marks and their places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from cbs_books import layout, read, simple
from cbs_books import write as book_of
from examples import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from schemas.cbs import CBS
from wi2007.cbs.misfit import address
from wi2007.errors import UserError

NATIONALITIES = ("Marokkaans", "Chinees", "Iraaks", "Ghanees", "Overig")
CATEGORIES = {
    "Bijstand": "bijstand",
    "Loon of eigen bedrijf": "loon of eigen bedrijf",
    "Zelfstandigen": "zelfstandige",
}
OLD = {".": None, "x": None, "-": Decimal(0), "–": Decimal(0)}
Value = int | str | None


@dataclass(frozen=True)
class Book:
    """A layout, and the figures in it by nationality and category: counts, with a sign or nothing in some places."""

    first: int
    spacer: bool
    merged: bool
    turned: bool
    per_head: bool
    indent: str
    formats: bool
    title_mark: str
    by_title: bool
    nationalities: tuple[str, ...]
    categories: tuple[str, ...]
    counts: dict[tuple[str, str], Value]
    marks: dict[tuple[str, str], str]


@st.composite
def books(draw: st.DrawFn) -> Book:
    nationalities = (
        "Totaal",
        *draw(st.lists(st.sampled_from(NATIONALITIES), min_size=1, max_size=4, unique=True)),
    )
    categories = (
        "Totaal",
        *draw(st.lists(st.sampled_from(sorted(CATEGORIES)), min_size=1, max_size=3, unique=True)),
    )
    value = st.one_of(st.integers(0, 400).map(lambda n: 5 * n), st.sampled_from([*OLD, None]))
    places = [(n, c) for n in nationalities for c in categories]
    counts = {place: draw(value) for place in places}
    for place in places[:1]:
        counts[place] = draw(st.integers(1, 4000)) * 5
    for nationality in nationalities:  # a row without anything is a heading
        counts[nationality, "Totaal"] = counts[nationality, "Totaal"] or "."
    for category in categories:
        counts["Totaal", category] = counts["Totaal", category] or "."
    spacer = draw(st.booleans())
    return Book(
        first=draw(st.integers(6, 12)),
        spacer=spacer,
        merged=draw(st.booleans()),
        turned=draw(st.booleans()),
        per_head=draw(st.booleans()),
        indent=draw(st.sampled_from(["", "  ", "    "])),
        formats=draw(st.booleans()),
        title_mark=draw(st.sampled_from(["", "*", "**"])),
        by_title=draw(st.booleans()) and set(nationalities) != {"Totaal", "Overig"},
        nationalities=nationalities,
        categories=categories,
        counts=counts,
        marks={place: draw(st.sampled_from(["", "", "*", "**"])) if spacer else "" for place in places},
    )


def write(path: Path, book: Book) -> dict[tuple[str, str], str]:
    """Write the workbook; gives the cell of every figure."""
    file = xlsxwriter.Workbook(str(path))
    file.add_worksheet("Toelichting").write("A1", "Toelichting")
    sheet = file.add_worksheet("Tabel 1")
    by = " naar nationaliteit en bron van inkomen" if book.by_title else ""
    sheet.write(0, 0, f"Tabel 1. Iets{by}, 1 januari 2019{book.title_mark} 1)")
    rows, columns = (
        (book.categories, book.nationalities) if book.turned else (book.nationalities, book.categories)
    )
    step = 2 if book.spacer else 1
    first = book.first - 1
    has_head = not book.by_title
    sheet.write(first - 3, 0, "Nationaliteit" if has_head and not book.turned else "Kenmerk")
    if has_head and book.turned:
        sheet.write(first - 4, 1, "Nationaliteit")
    for at, name in enumerate(columns):
        left = 1 + step * at
        words = name if name == "Totaal" or at % 2 else f"waarvan {name} 2)"
        if book.merged and book.spacer:
            sheet.merge_range(first - 3, left, first - 3, left + 1, words)
        else:
            sheet.write(first - 3, left, words)
        if book.per_head or at == 0:
            sheet.write(first - 2, left, "absoluut")
    dash = file.add_format({"num_format": '# ##0;-# ##0;"-"'})
    places: dict[tuple[str, str], str] = {}
    row = first
    for at, name in enumerate(rows):
        if at == 1:
            sheet.write(row, 0, "waarvan")
            row += 1
        sheet.write(row, 0, name if at == 0 else book.indent + name)
        for along, other in enumerate(columns):
            place = (other, name) if book.turned else (name, other)
            column = 1 + step * along
            value = book.counts[place]
            if isinstance(value, int):
                sheet.write_number(row, column, value, dash if book.formats else None)
            elif value is not None:
                sheet.write_string(row, column, value)
            if book.marks[place]:
                sheet.write_string(row, column + 1, book.marks[place])
            places[place] = address(row + 1, column + 1)
        row += 1
    sheet.write(row + 1, 0, "1) Een voetnoot met 25 erin.")
    sheet.write(row + 2, 0, "Bron: CBS")
    file.close()
    return places


def expected(book: Book, place: tuple[str, str]) -> tuple[Decimal | None, str, str]:
    """The figure, the sign and the mark."""
    value, mark = book.counts[place], max(book.title_mark, book.marks[place], key=len)
    if value is None:
        return None, "", mark
    if isinstance(value, int):
        shown = "–" if book.formats else "0"
        return Decimal(value), shown if value == 0 else "", mark
    return OLD[value], value.replace("-", "–"), mark


@examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(book=books())
def test_what_was_written_is_read_back(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "cbs.xlsx"
    places = write(path, book)
    table, source = read(path, layout(uitgave=date(2019, 6, 1)))
    assert len(table.rows) == len(places)
    for (nationality, category), cell in places.items():
        found = table.cell(
            "totaal" if category == "Totaal" else "inkomen",
            CATEGORIES.get(category, "totaal"),
            "totaal" if nationality == "Totaal" else nationality,
        )
        assert found is not None, (nationality, category)
        assert (found.aantal, found.teken, found.voorlopig) == expected(book, (nationality, category))
        assert (found.blad, found.cel, found.meetmoment) == ("Tabel 1", cell, "2019-01-01")
    assert source.notes["Tabel 1"] == ("1) Een voetnoot met 25 erin.", "Bron: CBS")
    csv = tmp_path / "cbs.csv"
    csv.write_text(CBS.to_csv(table.rows), encoding="utf-8")
    assert len(CBS.checked(csv)) == len(places)
    assert CBS.read(csv) == list(table.rows)


POOL = (
    *("Totaal", "waarvan", "   Marokkaans", "Bijstand", "absoluut", "%", "x 1 000", ".", "x", "-", "*", "**"),
    *(
        "1) noot",
        "Bron: CBS",
        "Inkomen",
        " ",
        "2019",
        2019,
        0,
        5,
        2.5,
        -3,
        100,
        True,
        "9 010*",
        "2,5",
        "9.010",
        "=1+1",
    ),
    None,
)
CELL = st.tuples(st.sampled_from("ABCDEFG"), st.integers(1, 14)).map(lambda place: f"{place[0]}{place[1]}")
NUMBERS = {"-": 0, "9 010*": 9010, "2,5": 2.5, "2019": 2019}


@examples(150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.dictionaries(CELL, st.sampled_from(POOL), max_size=6),
    start=st.sampled_from([{}, simple()]),
    merged=st.sampled_from(
        [{}, {"B3:C3": "Totaal"}, {"A8:A9": "Marokkaans"}, {"D3:D4": "Bijstand"}, {"B6:C6": 5}]
    ),
)
def test_whatever_stands_in_a_sheet_it_is_read_as_it_is_or_refused(
    tmp_path: Path, changes: dict[str, object], start: dict[str, object], merged: dict[str, str]
) -> None:
    cells = {place: value for place, value in (start | changes).items() if value is not None}
    path = book_of(tmp_path / "cbs.xlsx", {"Tabel 1": cells}, merged)
    try:
        table, _ = read(path)
    except UserError as error:
        assert "cel " in str(error) or "blad '" in str(error)
        return
    (tmp_path / "cbs.csv").write_text(CBS.to_csv(table.rows), encoding="utf-8")
    CBS.checked(tmp_path / "cbs.csv")
    for row in table.rows:
        written = cells.get(row.cel, "")
        if row.aantal is None:
            assert written in ("", " ", ".", "x", "*", "**"), (row, written)
        else:
            number = NUMBERS.get(written, written) if isinstance(written, str) else written
            assert float(row.aantal) in (number, 1000 * number), (row, written)
