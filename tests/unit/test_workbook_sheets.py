"""Workbooks: rows on other sheets, numbers of days by the workbook's own count, rows of space, parts elsewhere."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from engine_deliveries import run
from faults_forms import workbook, zipped
from faults_people import GOOD, Sheet
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from test_workbook import blocks_of, book_of, inline, opened, parts_of, refused, rows_of, with_sheet

from schemas.columns import COLUMNS
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.workbook.book import Cells

PEOPLE = [list(row) for row in GOOD.rows]
LIST = [[f"{at:04}", f"Land {at}"] for at in range(300)]
PIVOT = [["", *"abcdefgh"], *[[f"soort {at}", *range(8)] for at in range(12)]]


def with_more(*rows: list[list[Any]], hidden: bool = False) -> bytes:
    """The good delivery on the first sheet, and these rows on others."""

    def edit(book: Any, page: Any) -> None:
        for at, some in enumerate(rows):
            extra = book.add_worksheet(f"Meer {at}")
            for number, row in enumerate(some):
                extra.write_row(number, 0, row)
            if hidden:
                extra.hide()

    return workbook(GOOD, edit)


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize(
    "more",
    [
        PEOPLE,
        PEOPLE[:20],
        [[f"veld {at}" for at in range(len(COLUMNS))], *PEOPLE],
        [row[: len(COLUMNS) * 2 // 3] for row in PEOPLE],
    ],
    ids=["no header", "few", "other names", "narrower"],
)
def test_persons_on_another_sheet_are_a_question(more: list[list[str]], hidden: bool, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        opened(tmp_path, with_more(more, hidden=hidden))
    assert caught.value.problem.rule == "werkblad_onduidelijk"
    about = caught.value.problem.about
    assert "'Levering'" in about
    assert f"'Meer 0' ({'verborgen, ' if hidden else ''}{len(more)} rijen)" in about
    assert "Q7K" not in about


def test_who_is_sure_says_which_sheet_it_is(tmp_path: Path) -> None:
    assert len(rows_of(opened(tmp_path, with_more(PEOPLE), sheet="Levering"))) == len(PEOPLE)


def test_two_sheets_with_our_names_are_told_with_their_rows(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        opened(tmp_path, with_more([list(COLUMNS), *PEOPLE[:3]]))
    assert "'Levering' (41 rijen) en 'Meer 0' (4 rijen)" in caught.value.problem.about


def test_a_sheet_that_is_called_after_a_number_is_told_by_its_place(tmp_path: Path) -> None:
    content = book_of(lambda book, page: [page.write_row(0, 0, list(COLUMNS)), _people(book, "Q7K00001")])
    with pytest.raises(UnreadableError) as caught:
        opened(tmp_path, content)
    assert "nummer 2 (40 rijen)" in caught.value.problem.about


def _people(book: Any, name: str) -> None:
    extra = book.add_worksheet(name)
    for at, row in enumerate(PEOPLE):
        extra.write_row(at, 0, row)


@pytest.mark.parametrize("more", [LIST, PIVOT, PEOPLE[:5]], ids=["a list", "a pivot", "a few rows"])
def test_other_sheets_are_not_read_and_that_is_told(more: list[list[Any]], tmp_path: Path) -> None:
    source = opened(tmp_path, with_more(more))
    assert len(rows_of(source)) == len(PEOPLE)
    assert f"Niet gelezen: 'Meer 0' ({len(more)} rijen)." in source.decisions[1].reason


DAY, BORN = date(2015, 3, 1), date(1970, 6, 15)


def _by_xlsxwriter(epoch: date) -> bytes:
    return workbook(GOOD, _numbers(epoch), date_1904=epoch.year == 1904)


def _numbers(epoch: date) -> Callable[[Any, Any], None]:
    def edit(book: Any, page: Any) -> None:
        for name, day in (("statusdatum", DAY), ("geboortedatum", BORN)):
            for row in range(1, 11):
                page.write_number(row, COLUMNS.index(name), (day - epoch).days)

    return edit


def _by_openpyxl(epoch: date, *, formatted: bool = False) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook(GOOD)))
    if epoch.year == 1904:
        book.epoch = CALENDAR_MAC_1904
    for name, day in (("statusdatum", DAY), ("geboortedatum", BORN)):
        for row in range(2, 12):
            cell = book.active.cell(row, COLUMNS.index(name) + 1)
            cell.value = day if formatted else (day - epoch).days
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _as_libreoffice(epoch: date) -> bytes:
    """The same setting in the words that LibreOffice uses."""
    parts = parts_of(_by_openpyxl(epoch))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'date1904="1"', b'date1904="true"')
    return zipped(parts)


@pytest.mark.parametrize("epoch", [date(1899, 12, 30), date(1904, 1, 1)], ids=["1900", "1904"])
@pytest.mark.parametrize(
    "written",
    [_by_xlsxwriter, _by_openpyxl, lambda epoch: _by_openpyxl(epoch, formatted=True), _as_libreoffice],
    ids=["xlsxwriter", "openpyxl", "openpyxl, with a format", "LibreOffice"],
)
def test_numbers_of_days_count_as_the_workbook_counts(
    epoch: date, written: Callable[[date], bytes], tmp_path: Path
) -> None:
    content = written(epoch)
    result = run(tmp_path, content)
    people = [row for row in result.persons if int(row["persoonsnummer"][-2:]) <= 10]
    assert result.message is None
    assert {row["statusdatum"] for row in people} == {DAY}
    assert {row["geboortedatum"] for row in people} == {"19700615"}
    told = [one.value for one in opened(tmp_path, content).decisions if one.subject == "dagnummers"]
    assert told == (["vanaf 1 januari 1904"] if epoch.year == 1904 else [])


def test_rows_of_space_are_empty_and_counted(tmp_path: Path) -> None:
    def fill(book: Any, page: Any) -> None:
        page.write_row(0, 0, ["a", "b", " "])
        page.write_row(1, 0, ["1", "2", "\u00a0"])
        page.write_row(2, 0, [" ", " \t"])
        page.write_row(4, 0, ["", "3"])
        page.write_row(6, 1, [" "])
        page.write_blank(9, 0, None, book.add_format({"bold": True}))

    source = opened(tmp_path, book_of(fill))
    assert source.names == ("a", "b")
    assert rows_of(source) == {2: ("1", "2"), 5: ("", "3")}
    assert [row for block in blocks_of(source) for row in block.empty.tolist()] == [3, 4, 6, 7]


@pytest.mark.parametrize(
    "cells", [inline("A3", "c"), '<c t="str"><v>c</v></c>'], ids=["quickly", "by the parser"]
)
def test_a_row_that_the_library_leaves_out_is_missed(
    cells: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows of the XML are counted apart from the library."""
    book = with_sheet(f"<row>{inline('A1', 'a')}</row><row>{inline('A2', 'b')}</row><row>{cells}</row>")
    assert rows_of(opened(tmp_path, book)) == {2: ("b",), 3: ("c",)}
    whole = Cells.rows
    monkeypatch.setattr(Cells, "rows", lambda self: islice(whole(self), 2))
    with pytest.raises(UnreadableError) as missed:
        rows_of(opened(tmp_path, book))
    assert (missed.value.problem.rule, missed.value.problem.row) == ("rijen_telling", 3)


def _moved(content: bytes, *moves: tuple[str, str]) -> bytes:
    """Parts at other places, with every relation changed with them."""
    moved = {}
    for name, inside in parts_of(content).items():
        place, content_now = name, inside
        for old, new in moves:
            place = place.replace(old, new)
            if name.endswith((".rels", "[Content_Types].xml")):
                content_now = content_now.replace(old.encode(), new.encode())
        moved[place] = content_now
    return zipped(moved)


def _dated(book: Any, page: Any) -> None:
    page.write_row(0, 0, ["a", "b"])
    page.write_string(1, 0, "één < & twee\n")
    page.write_datetime(1, 1, datetime(2015, 3, 1), book.add_format({"num_format": "d mmm yyyy"}))
    page.write_formula(2, 1, "=1+1", None, 2)


PLACES = {
    "another folder": (("xl/", "boek/"),),
    "in the folder of the package": (("xl/workbook.xml", "werkmap.xml"), ("xl/_rels/workbook", "_rels/werkmap")),
    "other names": (("sharedStrings.xml", "teksten.xml"), ("styles.xml", "opmaak.xml"), ("sheet1", "blad")),
}  # fmt: skip


@pytest.mark.parametrize("way", PLACES)
def test_parts_are_found_where_the_relations_say(way: str, tmp_path: Path) -> None:
    content = _moved(book_of(_dated), *PLACES[way])
    if way.startswith("in"):
        parts = parts_of(content)
        relations = parts["_rels/werkmap.xml.rels"].replace(b'Target="', b'Target="xl/')
        content = zipped(parts | {"_rels/werkmap.xml.rels": relations})
    source = opened(tmp_path, content)
    assert rows_of(source) == {2: ("één < & twee\n", "2015-03-01"), 3: ("", "2")}
    assert [cell.rule for block in blocks_of(source) for cell in block.cells] == ["cel_formule"]
    assert "overgezet" in source.decisions[0].reason


def test_a_list_of_texts_that_nothing_refers_to_is_not_used(tmp_path: Path) -> None:
    parts = parts_of(_moved(book_of(_dated), ("sharedStrings.xml", "teksten.xml")))
    stale = parts["xl/teksten.xml"].replace(b"twee", b"drie")
    source = opened(tmp_path, zipped(parts | {"xl/sharedStrings.xml": stale}))
    assert rows_of(source)[2][0] == "één < & twee\n"


def test_a_part_that_is_nowhere_is_damage(tmp_path: Path) -> None:
    parts = parts_of(_moved(book_of(_dated), ("xl/", "boek/")))
    for gone in ("boek/workbook.xml", "boek/worksheets/sheet1.xml", "boek/sharedStrings.xml"):
        left = {name: inside for name, inside in parts.items() if name != gone}
        assert refused(tmp_path, zipped(left)) == "bestand_beschadigd"


def test_entities_are_no_way_to_fill_the_memory(tmp_path: Path) -> None:
    parts = parts_of(_moved(book_of(_dated), ("xl/", "boek/")))
    parts["boek/sharedStrings.xml"] = b'<!DOCTYPE a [<!ENTITY b "c">]>' + b"<sst><si><t>&b;</t></si></sst>"
    assert refused(tmp_path, zipped(parts)) == "bestand_beschadigd"


def test_the_sheet_of_persons_only_is_as_before(tmp_path: Path) -> None:
    source = opened(tmp_path, workbook(Sheet(COLUMNS, GOOD.rows)))
    assert source.decisions[1].reason == "Het is het enige werkblad."
