"""A run with a CBS workbook, without one, and with another: what the products hold, and what is made again."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile

import openpyxl
import pypdfium2
import pytest
from cbs_books import simple, write
from shared import Made
from trial import FIRST, SECOND, Trial, digests

from schemas.cbs import CBS
from wi2007.project import CONFIG

pytestmark = pytest.mark.slow
TITLE = "Inkomen en doelgroep volgens het CBS"


def test_every_product_has_the_table(demonstration: Made) -> None:
    made = demonstration.trial
    folder = made.report(FIRST)
    page = (folder / "rapport.html").read_text(encoding="utf-8")
    for words in (TITLE, "9.010", "2.500", "reconstructie", "tabel C.1", "CBS naast DUO"):
        assert words in page, words
    with pypdfium2.PdfDocument(folder / "rapport.pdf") as paper:
        told = " ".join(one.get_textpage().get_text_range() for one in paper)
    for words in (TITLE, "9.010", "2.500", "tabel C.1", "Bijstand per gemeente, een schatting"):
        assert words in told, words
    rows = list(csv.DictReader(io.StringIO((folder / "tabellen/cbs.csv").read_text(encoding="utf-8"))))
    assert list(rows[0]) == list(CBS.names)
    assert (made.processed(FIRST) / "publicatie/cbs.csv").read_bytes() == (
        folder / "tabellen/cbs.csv"
    ).read_bytes()
    book = openpyxl.load_workbook(folder / f"tabellen/wi2007_{FIRST}.xlsx")
    assert {"Tabel C.1", "Tabel C.2", "Tabel C.3", "Tabel C.4"} <= set(book.sheetnames)
    values = [cell.value for row in book["Tabel C.1"].iter_rows() for cell in row]
    assert {9010, 2500, 3700, 755, 33, 27, "."} <= set(values)
    with zipfile.ZipFile(folder / f"tabellen/wi2007_{FIRST}.ods") as parts:
        content = parts.read("content.xml").decode()
    assert 'table:name="Tabel C.1"' in content
    assert 'office:value="9010"' in content


def test_the_package_and_the_manifest_say_what_it_is(demonstration: Made) -> None:
    made = demonstration.trial
    folder = made.report(FIRST)
    package = json.loads((folder / "tabellen/datapackage.json").read_text(encoding="utf-8"))
    (resource,) = [one for one in package["resources"] if one["path"] == "cbs.csv"]
    assert [field["name"] for field in resource["schema"]["fields"]] == list(CBS.names)
    assert "reconstructie" in resource["sources"][0]["title"]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    path = made.raw(FIRST, "cbs_maatwerk_reconstructie.xlsx")
    assert manifest["cbs"][path.name]["sha256"] == digests(path.parent)[path.name]
    assert "tabellen/cbs.csv" in manifest["rapport"]
    assert manifest["let_op"].startswith("Demonstratiegegevens")


def test_without_a_workbook_there_is_one_line_and_no_file(real: Made) -> None:
    page = (real.trial.report(SECOND) / "rapport.html").read_text(encoding="utf-8")
    assert "geen werkboek van het" in page
    assert "Tabel C." not in page
    assert not (real.trial.report(SECOND) / "tabellen/cbs.csv").exists()


def test_a_workbook_that_does_not_fit_is_refused_and_two_are(made: Trial) -> None:
    path = made.raw(FIRST, "cbs_maatwerk.xlsx")
    content, good = path.read_bytes(), digests(made.report(FIRST))
    write(path, {"Tabel 1": simple(D8="vijf")})
    refused = made.run(FIRST)
    assert refused.status == 2
    assert "blad 'Tabel 1', cel D8: hier staat tekst in plaats van een cijfer" in refused.err
    assert "vijf" not in refused.err
    write(path, {"Tabel 1": simple()})
    text = (CONFIG / "cbs.yaml").read_text(encoding="utf-8")
    layout = path.with_name("cbs.yaml")
    layout.write_text(text.replace("procenten_van: kolom", "procenten_van: rij"), encoding="utf-8")
    refused = made.run(FIRST)
    assert refused.status == 2
    assert "blad 'Tabel 1', cel" in refused.err
    assert "dit percentage hoort honderd te zijn" in refused.err
    layout.unlink()
    path.write_bytes(content)
    other = made.raw(FIRST, "cbs_ander.xlsx")
    shutil.copy(path, other)
    refused = made.run(FIRST)
    assert refused.status == 2
    assert "staan 2 werkboeken van het CBS" in refused.err
    assert digests(made.report(FIRST)) == good
