"""The XLSX and ODS files, read by other programs: the same cells, no formulas, headers marked, no time or machine."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import get_args
from xml.etree import ElementTree

import pytest
from book_sample import FORMULAS, NOTICE, document, excel, made, opendocument, opened, read, sheet, words

from wi2007.publication.document import Imprint
from wi2007.publication.workbook import ods, xlsx
from wi2007.publication.workbook.model import Cell, Look, Sheet
from wi2007.publication.workbook.sheets import book

SHEETS = [each.name for each in made().sheets]
BOTH = {"xlsx": excel(), "ods": opendocument()}
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def expected(cell: Cell) -> object:
    if cell.day:
        return date.fromisoformat(cell.day)
    return cell.text if cell.number is None else float(cell.number)


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("content", BOTH.values(), ids=BOTH)
def test_a_reader_finds_the_cells_of_the_model(content: bytes, name: str) -> None:
    found = read(content, name)
    rows = [list(row) for row in sheet(name).rows]
    assert len(found) == len(rows)
    plain = [[one.date() if isinstance(one, datetime) else one for one in line] for line in found]
    for there, row in zip(plain, rows, strict=True):
        filled = [expected(cell) for cell in row]
        assert [float(v) if isinstance(v, int) else v for v in there[: len(row)]] == filled
        assert not any(there[len(row) :])


@pytest.mark.parametrize("name", SHEETS)
def test_a_second_reader_of_excel_finds_numbers_of_the_right_kind(name: str) -> None:
    found = opened(excel())[name]
    for number, row in enumerate(sheet(name).rows, 1):
        for place, cell in enumerate(row, 1):
            there = found.cell(number, place)
            if cell.day:
                assert there.value == datetime.fromisoformat(cell.day)
                assert there.number_format == "[$-nl-NL]d mmmm yyyy"
            elif cell.number is None:
                assert (there.value or "") == cell.text
                assert there.data_type in ("s", "n") if not cell.text else there.data_type == "s"
            else:
                assert there.value == cell.number
                assert isinstance(there.value, int) == isinstance(cell.number, int)
                digits = re.sub(r'^#,##0\.?|".*"', "", there.number_format)
                assert digits == "0" * cell.decimals


def test_nothing_is_a_formula_or_leads_out_of_the_workbook() -> None:
    for each in opened(excel()).worksheets:
        assert {cell.data_type for row in each.iter_rows() for cell in row} <= {"s", "n", "d"}
        table = sheet(each.title).region
        last = table.last + 1 if table else 0
        assert all(merged.min_row > last for merged in each.merged_cells.ranges), (
            "cells of a table stay apart"
        )
    text = b"".join(parts(excel()).values())
    assert b"<f>" not in text
    assert b'TargetMode="External"' not in text
    content = parts(opendocument())["content.xml"].decode()
    assert "table:formula" not in content
    wide = re.findall(r"<table:table-cell[^>]*spanned[^>]*>", content)
    assert wide
    assert all('style-name="text"' in cell for cell in wide), "cells of a table stay apart"
    assert set(re.findall(r'xlink:href="(.)', content)) == {"#"}


def test_text_that_looks_like_a_formula_stays_text_when_it_is_edited() -> None:
    found = opened(excel())["Tabel B.4"]
    labels = {cell.value: cell for row in found.iter_rows() for cell in row if cell.value in FORMULAS}
    assert set(labels) == set(FORMULAS)
    for text, cell in labels.items():
        assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("name", SHEETS[1:])
def test_excel_knows_the_table_and_its_header(name: str) -> None:
    found, region = opened(excel())[name], sheet(name).region
    assert region
    (table,) = found.tables.values()
    assert (table.name, table.headerRowCount) == (region.name, 1)
    (start, end) = table.ref.split(":")
    assert (found[start].row, found[end].row) == (region.header + 1, region.last + 1)
    heads = [cell.text for cell in sheet(name).rows[region.header]]
    assert [column.name for column in table.tableColumns] == heads
    assert bool(table.autoFilter) == region.filters
    assert found.freeze_panes == found.cell(region.header + 2, region.labels + 1).coordinate
    assert found.print_title_rows == f"${region.first + 1}:${region.header + 1}"


def test_excel_names_the_corner_of_each_header_for_programs_that_read_aloud() -> None:
    names = opened(excel()).defined_names
    assert names["TitleRegion5.B7.E16.5"].attr_text == "'Tabel 2.2'!$B$7"
    assert len(names) == len(SHEETS) - 1


def pages(name: str) -> Sheet:
    return next(each for each in made().sheets if each.name == name)


@pytest.mark.parametrize("name", SHEETS)
def test_excel_prints_on_one_page_wide_with_the_notice_above(name: str) -> None:
    found = opened(excel())[name]
    assert found.oddHeader.center.text == made().paper.head
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert (found.page_setup.fitToHeight, found.page_setup.paperSize) == (0, 9)
    assert found.page_setup.orientation == ("landscape" if sheet(name).landscape else "portrait")
    assert found.print_area.split("!")[1].startswith("$A$2:")


def test_excel_links_to_the_sheets() -> None:
    found = opened(excel())
    links = {cell.value: cell.hyperlink.location for cell in found["Inhoud"]["A"] if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in SHEETS[2:]}
    assert found["Tabel B.3"]["A4"].hyperlink.location == "'Inhoud'!A1"


def test_the_files_say_what_they_are() -> None:
    known = opened(excel()).properties
    assert (known.title, known.subject, known.language) == (document().title, document().subtitle, "nl-NL")
    assert (known.creator, known.lastModifiedBy) == (document().publisher, document().publisher)
    assert {known.created.isoformat(), known.modified.isoformat()} == {"2022-11-04T00:00:00"}
    assert known.description.startswith(NOTICE)
    meta = ElementTree.fromstring(parts(opendocument())["meta.xml"])
    told = {each.tag.partition("}")[2]: each.text for each in meta[0]}
    assert told["title"] == document().title
    assert told["language"] == "nl-NL"
    assert told["description"].startswith(NOTICE)
    assert {told["date"], told["creation-date"]} == {"2022-11-04T00:00:00"}


def test_without_a_publication_the_files_claim_no_day() -> None:
    undated = book(replace(document(), imprint=Imprint()), words())
    core = parts(xlsx.write(undated))["docProps/core.xml"].decode()
    assert "created" not in core
    assert "modified" not in core
    assert core.endswith("<dc:language>nl-NL</dc:language></cp:coreProperties>")
    assert opened(xlsx.write(undated)).properties.title == document().title
    meta = parts(ods.write(undated))["meta.xml"].decode()
    assert "creation-date" not in meta
    assert "<dc:date>" not in meta


def test_opendocument_begins_with_its_kind_and_lists_its_parts() -> None:
    assert opendocument()[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(BytesIO(opendocument())) as file:
        first = file.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    manifest = parts(opendocument())["META-INF/manifest.xml"].decode()
    listed = set(re.findall(r'full-path="([^"]+)"', manifest))
    assert listed == {"/", *parts(opendocument())} - {"mimetype", "META-INF/manifest.xml"}


@pytest.mark.parametrize("content", BOTH.values(), ids=BOTH)
def test_every_part_is_well_formed(content: bytes) -> None:
    for name, part in parts(content).items():
        if name != "mimetype":
            ElementTree.fromstring(part)


@pytest.mark.parametrize("name", SHEETS[1:])
def test_opendocument_marks_the_header_of_rows_and_of_columns(name: str) -> None:
    root = ElementTree.fromstring(parts(opendocument())["content.xml"])
    (found,) = (each for each in root.iter(f"{TABLE}table") if each.get(f"{TABLE}name") == name)
    region = sheet(name).region
    assert region
    assert len(found.findall(f"{TABLE}table-header-columns/{TABLE}table-column")) == region.labels
    heads = found.findall(f"{TABLE}table-header-rows/{TABLE}table-row")
    assert len(heads) == region.header + 1 - region.first
    texts = ["".join(cell.itertext()) for cell in heads[-1]]
    assert texts == [cell.text for cell in sheet(name).rows[region.header]]
    ranges = {each.get(f"{TABLE}name"): each for each in root.iter(f"{TABLE}database-range")}
    assert ranges[region.name].get(f"{TABLE}contains-header") == "true"


def test_opendocument_has_a_style_for_every_look() -> None:
    root = ElementTree.fromstring(parts(opendocument())["styles.xml"])
    styles = root.findall(f"{OFFICE}styles/{STYLE}style")
    assert [each.get(f"{STYLE}name") for each in styles] == list(get_args(Look))


def test_opendocument_repeats_the_notice_on_every_page_and_keeps_the_header_in_sight() -> None:
    styles = parts(opendocument())["styles.xml"].decode()
    assert styles.count(f"<style:header><text:p>{made().paper.head}</text:p></style:header>") == 2
    assert 'fo:language="nl"' in styles
    settings = parts(opendocument())["settings.xml"].decode()
    entry = settings.partition('config:name="Tabel 2.2"')[2].partition("</config:config-item-map-entry>")[0]
    assert re.findall(r'"(\w+SplitPosition)"[^>]*>(\d+)<', entry) == [
        ("HorizontalSplitPosition", "2"),
        ("VerticalSplitPosition", "7"),
    ]


@pytest.mark.parametrize("write", [xlsx.write, ods.write])
def test_the_same_workbook_gives_the_same_bytes_without_a_time(write: object) -> None:
    content = write(made())  # type: ignore[operator]
    assert content in BOTH.values()
    with zipfile.ZipFile(BytesIO(content)) as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {each.create_system for each in file.infolist()} == {3}
    dates = set(re.findall(rb"\d{4}-\d\d-\d\d(?=T)", b"".join(parts(content).values())))
    assert dates == {b"2022-11-04"}


def test_signs_in_the_text_above_a_page_are_no_codes() -> None:
    assert xlsx.page_text("A & B") == "A && B"
    assert xlsx.page_text("2022: stand") == " 2022: stand"
