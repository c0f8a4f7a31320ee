"""Spreadsheets that are not .xlsx: values, dates by their own count, formulas, merged cells, hidden sheets, damage."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from engine_deliveries import run
from faults_forms import zipped
from faults_people import GOOD, SIZE
from sheet_files import BOOKS, EXCEL, OF_1904, Formula, Page, ods, xls
from test_workbook import blocks_of, marked, rows_of

from schemas.columns import COLUMNS
from wi2007.delivery.opening import open_source
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.source import Reading, Source
from wi2007.delivery.workbook import book

DAY = date(2015, 3, 1)
KINDS = sorted(BOOKS)
PEOPLE = [list(COLUMNS), *[[text or None for text in row] for row in GOOD.rows]]


def opened(folder: Path, content: bytes, **reading: Any) -> Source:
    path = folder / "levering.xlsx"
    path.write_bytes(content)
    return open_source(path, Reading(**reading), folder)


def refusal(folder: Path, content: bytes, **reading: Any) -> str:
    with pytest.raises(UnreadableError) as caught:
        blocks_of(opened(folder, content, **reading))
    return caught.value.problem.rule


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_cell_under_its_own_row_number(kind: str, tmp_path: Path) -> None:
    rows = [
        [],
        ["naam", "dag", "iets"],
        ["één < & twee", DAY, True],
        [363, 25734, 1.5],
        [],
        ["x", None, False],
        [" ", None, None],
    ]
    source = opened(tmp_path, BOOKS[kind](Page(rows)))
    assert (source.names, source.header_row) == (("naam", "dag", "iets"), 2)
    assert rows_of(source) == {
        3: ("één < & twee", "2015-03-01", "TRUE"),
        4: ("363", "25734", "1.5"),
        6: ("x", "", "FALSE"),
    }
    assert [row for block in blocks_of(source) for row in block.empty.tolist()] == [5, 7]
    assert source.decisions[0].value == kind


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_value_of_a_cell_is_pointed_at(kind: str, tmp_path: Path) -> None:
    rows = [
        ["a", "b", "c"],
        ["x", Formula(), "z"],
        ["x", "y", Formula(error=kind != "ods")],
        ["m", None, "z"],
    ]
    source = opened(tmp_path, BOOKS[kind](Page(rows, merged=[(3, 3, 0, 1)])))
    expected = {
        ("cel_formule", 1, 2),
        ("cel_formule", 2, 3),
        ("cel_samengevoegd", 0, 4),
        ("cel_samengevoegd", 1, 4),
    }
    assert marked(source) == expected | ({("cel_fout", 2, 3)} if kind != "ods" else set())


@pytest.mark.parametrize("kind", KINDS)
def test_sheets_are_chosen_as_in_excel(kind: str, tmp_path: Path) -> None:
    few = Page([["uitleg"], ["tekst"]], "Uitleg")
    source = opened(tmp_path, BOOKS[kind](few, Page(PEOPLE), Page([], "Leeg")))
    assert (source.decisions[1].value, len(rows_of(source))) == ("Levering", SIZE)
    for hidden in (False, True):
        more = Page(PEOPLE[1:], "Meer", hidden)
        assert refusal(tmp_path, BOOKS[kind](Page(PEOPLE), more)) == "werkblad_onduidelijk"
        assert len(rows_of(opened(tmp_path, BOOKS[kind](Page(PEOPLE), more), sheet="Levering"))) == SIZE


@pytest.mark.parametrize("epoch", [EXCEL, OF_1904], ids=["1900", "1904"])
@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_days_count_as_the_workbook_counts(kind: str, epoch: date, tmp_path: Path) -> None:
    at = COLUMNS.index("statusdatum")
    rows = [
        PEOPLE[0],
        *[
            [*row[:at], (DAY - epoch).days if n % 2 else DAY, *row[at + 1 :]]
            for n, row in enumerate(PEOPLE[1:])
        ],
    ]
    done = run(tmp_path, BOOKS[kind](Page(rows), day_zero=epoch))
    assert done.message is None
    assert {row["statusdatum"] for row in done.persons} == {DAY}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_cut_off_is_never_read_in_part(kind: str, tmp_path: Path) -> None:
    content = BOOKS[kind](Page(PEOPLE))
    for end in [*range(10, len(content), len(content) // 40), len(content) - 1]:
        try:
            found = len(rows_of(opened(tmp_path, content[:end])))
        except UnreadableError as error:
            assert error.problem.rule in ("bestand_beschadigd", "bestand_soort")
            continue
        assert (kind, found) == ("xls", SIZE), end  # only what fills up the last sector is gone


@pytest.mark.parametrize("kind", ["ods", "xlsb"])
def test_a_part_that_is_gone_or_halved_is_damage(kind: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(BOOKS[kind](Page(PEOPLE)))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = {"ods": "content.xml", "xlsb": "xl/worksheets/sheet1.bin"}[kind]
    for inside in (parts[name][: len(parts[name]) // 2], parts[name][:-200], b""):
        assert refusal(tmp_path, zipped(parts | {name: inside})) == "bestand_beschadigd"


def test_cells_that_stand_for_many(tmp_path: Path) -> None:
    content = _ods_with('table:number-rows-repeated="3"', "<text:p>x</text:p>")
    assert rows_of(opened(tmp_path, content)) == dict.fromkeys((2, 3, 4), ("x",))
    for much in ("1048577", "99999999999999999999", "-1", "x"):
        content = _ods_with(f'table:number-rows-repeated="{much}"', "<text:p>x</text:p>")
        assert refusal(tmp_path, content) == "bestand_beschadigd"


def test_repeated_text_is_counted_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = _ods_with('table:number-rows-repeated="1000"', f"<text:p>{'x' * 30_000}</text:p>")
    monkeypatch.setattr(book, "MOST_MEMORY", 100 << 20)
    assert refusal(tmp_path, content) == "werkblad_te_groot"


def _ods_with(row: str, inside: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(ods(Page([["naam"], ["hier"]])))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    old = b'<table:table-row><table:table-cell office:value-type="string"><text:p>hier</text:p>'
    new = f'<table:table-row {row}><table:table-cell office:value-type="string">{inside}'.encode()
    assert old in parts["content.xml"]
    return zipped(parts | {"content.xml": parts["content.xml"].replace(old, new)})


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<text:p>a<text:s text:c='2'/>b</text:p>", "a  b"),
        ("<text:p>a</text:p><text:p>b</text:p>", "a\nb"),
        ("<text:p><text:span>a</text:span>b</text:p>", "ab"),
        ("<office:annotation><text:p>een opmerking</text:p></office:annotation><text:p>a</text:p>", "a"),
        ("<text:p><text:a>a</text:a></text:p>", "a"),
    ],
)
def test_text_in_a_cell_of_libreoffice(inside: str, text: str, tmp_path: Path) -> None:
    assert rows_of(opened(tmp_path, _ods_with("", inside))) == {2: (text,)}


def test_a_password_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(ods(Page(PEOPLE)))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["META-INF/manifest.xml"] = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    assert refusal(tmp_path, zipped(parts)) == "bestand_versleuteld"
    content = xls(Page(PEOPLE))
    begin = content.index(b"\x22\0\2\0")  # the date system becomes a password
    assert refusal(tmp_path, content[:begin] + b"\x2f" + content[begin + 1 :]) == "bestand_versleuteld"


@pytest.mark.parametrize("kind", KINDS)
def test_settings_of_another_kind_are_refused(kind: str, tmp_path: Path) -> None:
    content = BOOKS[kind](Page(PEOPLE))
    assert refusal(tmp_path, content, kind="sav") == "soort_anders"
    assert refusal(tmp_path, content, delimiter=";") == "instelling_past_niet"
    assert opened(tmp_path, content, kind=kind, header_row=1).header_row == 1
