"""Catalogue of faults, 4: workbooks that a person opens without seeing anything wrong, and SPSS files the same."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import pandas as pd
import pytest
from faults_forms import Edit, spss, workbook, zipped
from faults_people import GOOD, SIZE, Sheet
from faults_trial import Found, attempt

from schemas.columns import COLUMNS

AT = {name: place for place, name in enumerate(COLUMNS)}


def _rows(sheet: Sheet, page: Any) -> None:
    for at, row in enumerate((sheet.names, *sheet.rows)):
        for column, text in enumerate(row):
            page.write_string(at, column, text)


def _second(book: Any, page: Any) -> None:
    _rows(GOOD, book.add_worksheet("Kopie"))


def _hidden_second(book: Any, page: Any) -> None:
    extra = book.add_worksheet("Oud")
    _rows(GOOD, extra)
    extra.hide()


def _cell(row: int, column: str, kind: str, *value: Any) -> Edit:
    """Write something else in a cell; `row` is Excel's own number."""
    return lambda book, page: getattr(page, f"write_{kind}")(row - 1, AT[column], *value)


def _only_hidden(book: Any, page: Any) -> None:
    _rows(GOOD, page)
    book.add_worksheet("Toelichting").activate()
    page.hide()


def _gap(book: Any, page: Any) -> None:
    page.write_string(SIZE + 4, 0, "Totaal")
    page.write_number(SIZE + 4, 1, SIZE)


def _date_1904(book: Any, page: Any) -> None:
    style = book.add_format({"num_format": "dd-mm-yyyy"})
    page.write_number(5, AT["statusdatum"], 60_000, style)


def _time_of_day(book: Any, page: Any) -> None:
    style = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
    page.write_datetime(5, AT["statusdatum"], datetime(2015, 3, 1, 13, 45), style)


EDITS: dict[str, tuple[bytes, set[Found]]] = {
    "two sheets that can be it": (workbook(GOOD, _second), {("werkblad_onduidelijk", "", None)}),
    "an empty workbook": (workbook(None), {("werkblad_leeg", "", None)}),
    "a header alone": (workbook(Sheet(COLUMNS, ())), {("geen_rijen", "", None)}),
    "a formula in a row": (
        workbook(GOOD, _cell(6, "geslacht", "formula", '=IF(1=1,"M","V")', None, "M")),
        {("cel_formule", "geslacht", 6)},
    ),
    "a formula for a number": (
        workbook(GOOD, _cell(9, "persoonsnummer", "formula", '="Q7K"&ROW()', None, "Q7K00008")),
        {("cel_formule", "persoonsnummer", 9)},
    ),
    "not available": (
        workbook(GOOD, _cell(7, "gemeentecode", "formula", "=NA()", None, "#N/A")), {("cel_fout", "gemeentecode", 7)},
    ),
    "a long number as a number": (
        workbook(GOOD, _cell(11, "persoonsnummer", "number", 123456789012345678)),
        {("getal_te_lang", "persoonsnummer", 11)},
    ),
    "a number with decimals for a code": (
        workbook(GOOD, _cell(8, "gemeentecode", "number", 363.5)), {("codelijst", "gemeentecode", 8)},
    ),
    "true or false for a code": (
        workbook(GOOD, _cell(8, "geslacht", "boolean", True)), {("codelijst", "geslacht", 8)},
    ),
    "a date after the peildatum": (
        workbook(GOOD, _date_1904), {("datum_na_peildatum", "statusdatum", 6)},
    ),
    "a date with a time of day": (
        workbook(GOOD, _time_of_day), {("datum_met_tijd", "statusdatum", 6)},
    ),
    "a number for a date that is no date": (
        workbook(GOOD, _cell(8, "geboortedatum", "number", 19701506)), {("geboortedatum_ongeldig", "geboortedatum", 8)},
    ),
    "a total below a blank row": (workbook(GOOD, _gap), {("totaalrij", "", SIZE + 5)}),
    "a value without a name above it": (
        workbook(GOOD.put(3, "geslacht", "Q")), {("codelijst", "geslacht", 5)},
    ),
    "no header": (workbook(Sheet(GOOD.rows[0], GOOD.rows[1:])), {("kop_ontbreekt", "", 1)}),
    "another workbook": (
        workbook(Sheet(("Tabel 1", "Tabel 2"), (("a", "1"), ("b", "2")))), {("kop_onherkenbaar", "", 1)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", EDITS)
def test_a_wrong_workbook_is_refused_with_excels_own_row(fault: str, tmp_path: Path) -> None:
    content, expected = EDITS[fault]
    result = attempt(tmp_path, {"levering.xlsx": content})
    assert result.message is not None
    assert result.nothing_lost()
    assert expected <= result.told()
    assert {row for _, _, row in result.told()} <= {row for _, _, row in expected} | {None}
    assert "Q7K" not in result.words()


def test_a_hidden_sheet_is_not_taken_in_silence(tmp_path: Path) -> None:
    """With a second sheet that is hidden, either it is asked which, or the report says which was read."""
    result = attempt(tmp_path, {"levering.xlsx": workbook(GOOD, _hidden_second)})
    if result.message is None:
        told = [one for one in result.record["lezing"] if one["over"] == "werkblad"]
        assert [one["waarde"] for one in told] == ["Levering"]
    else:
        assert result.pairs == {("werkblad_onduidelijk", "")}


def test_a_workbook_with_a_password_is_told_as_such(tmp_path: Path) -> None:
    plain, locked = io.BytesIO(workbook(GOOD)), io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("geheim", locked)
    result = attempt(tmp_path, {"levering.xlsx": locked.getvalue()})
    assert result.message is not None
    assert result.nothing_lost()
    assert result.pairs == {("bestand_versleuteld", "")}


def test_a_workbook_without_its_sheet_is_damaged(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(workbook(GOOD))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for gone in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        kept = {name: content for name, content in parts.items() if name != gone}
        result = attempt(tmp_path / gone.rpartition("/")[2], {"levering.xlsx": zipped(kept)})
        assert result.message is not None, gone
        assert result.nothing_lost()
        assert result.pairs == {("bestand_beschadigd", "")}
    sheet = parts["xl/worksheets/sheet1.xml"]
    for name, content in (("half", sheet[: len(sheet) // 2]), ("other", sheet.replace(b"<c ", b"<c <"))):
        result = attempt(
            tmp_path / name, {"levering.xlsx": zipped(parts | {"xl/worksheets/sheet1.xml": content})}
        )
        assert result.message is not None, name
        assert result.nothing_lost()
        assert "Q7K" not in result.words()


def test_a_workbook_that_is_a_bomb_is_refused(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(workbook(GOOD))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/sharedStrings.xml"] += b" " * (200 << 20)
    result = attempt(tmp_path, {"levering.xlsx": zipped(parts)})
    assert result.message is not None
    assert result.nothing_lost()
    assert result.pairs <= {("bestand_te_groot", ""), ("bestand_beschadigd", "")}


def _labelled(labels: dict[object, str], values: list[object]) -> bytes:
    frame = pd.DataFrame(list(GOOD.rows), columns=list(COLUMNS)).astype(object)
    frame["geslacht"] = pd.Series(values, dtype=float)
    return _sav(frame, {"geslacht": labels})


def _sav(frame: pd.DataFrame, labels: dict[str, Any] | None = None) -> bytes:
    import tempfile

    import pyreadstat

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "levering.sav")
        pyreadstat.write_sav(frame, str(path), variable_value_labels=labels or {})
        return path.read_bytes()


def test_a_label_of_spss_that_says_otherwise_is_asked_about(tmp_path: Path) -> None:
    frame = pd.DataFrame(list(GOOD.rows), columns=list(COLUMNS)).astype(object)
    content = _sav(frame, {"geslacht": {"M": "Vrouw", "V": "Man"}})
    result = attempt(tmp_path, {"levering.sav": content})
    assert result.message is not None
    assert result.nothing_lost()
    assert result.pairs == {("waardelabel_strijdig", "geslacht")}


def test_a_number_without_label_is_in_no_list(tmp_path: Path) -> None:
    values: list[object] = [1.0, 2.0] * (SIZE // 2)
    values[4] = 7.0
    result = attempt(tmp_path, {"levering.sav": _labelled({1.0: "Man", 2.0: "Vrouw"}, values)})
    assert result.message is not None
    assert result.told() == {("codelijst", "geslacht", 5)}


def test_a_missing_value_of_spss_is_empty(tmp_path: Path) -> None:
    values: list[object] = [1.0, 2.0] * (SIZE // 2)
    values[4] = float("nan")
    result = attempt(tmp_path, {"levering.sav": _labelled({1.0: "Man", 2.0: "Vrouw"}, values)})
    assert result.told() == {("veld_leeg", "geslacht", 5)}


def test_a_date_of_spss_after_the_peildatum_is_found(tmp_path: Path) -> None:
    frame = pd.DataFrame(list(GOOD.rows), columns=list(COLUMNS)).astype(object)
    frame["statusdatum"] = [date(2015, 3, 1)] * (SIZE - 1) + [date(2022, 7, 2)]
    result = attempt(tmp_path, {"levering.sav": _sav(frame)})
    assert result.told() == {("datum_na_peildatum", "statusdatum", SIZE)}


def test_spss_under_another_name_is_read_as_what_it_is(tmp_path: Path) -> None:
    result = attempt(tmp_path, {"levering.csv": spss(GOOD)})
    assert result.message is None
    assert len(result.persons) == sum(row[4] != "Turks" for row in GOOD.rows)
