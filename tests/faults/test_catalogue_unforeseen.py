"""Catalogue of faults, 6: what programs and people do to a good delivery that nobody would think of.

Every fault has one right outcome: the rules, columns and rows that must be found, and nothing else in other rows.
"""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from faults_forms import parquet_of, workbook
from faults_people import BETWEEN, GOOD, SIZE, Sheet
from faults_trial import Found, attempt
from test_catalogue_workbook import AT, _cell, _sav

from schemas.columns import COLUMNS

PERSON = "persoonsnummer"
TEXT, LINES = GOOD.text(), GOOD.text().splitlines()
EVERY = tuple(range(2, SIZE + 2))
CASES = tuple(range(1, SIZE + 1))


def lines(*parts: str | list[str]) -> str:
    return "\n".join(line for part in parts for line in ([part] if isinstance(part, str) else part)) + "\n"


def one(column: str, value: str, row: int = 3) -> bytes:
    return GOOD.put(row, column, value).bytes()


def each(column: str, how: Any) -> bytes:
    place = GOOD.names.index(column)
    return Sheet(
        GOOD.names, tuple((*row[:place], how(row[place]), *row[place + 1 :]) for row in GOOD.rows)
    ).bytes()


def swapped(first: str, second: str) -> bytes:
    return GOOD.renamed({first: second, second: first}).bytes()


def rows(rule: str, column: str, *numbers: int | None) -> set[Found]:
    return {(rule, column, number) for number in numbers}


FIRST, LATER = ([part[at] for part in (name.partition("_") for name in COLUMNS)] for at in (0, 2))
WHOLE = rows("kop_scheidingsteken", "", 1)
NO_HEADER = rows("kop_ontbreekt", "", 1)

SHAPES: dict[str, tuple[bytes | str, set[Found]]] = {
    "names over two rows": (
        lines(";".join(FIRST), ";".join(LATER), LINES[1:]),
        rows("kolom_ontbreekt", "land_van_herkomst", None) | rows("veld_leeg", "geslacht", 2),
    ),
    "names below the rows": (lines(LINES[1:], LINES[0]), NO_HEADER),
    "sorted with the names": (lines(sorted(LINES)), NO_HEADER),
    "rows and columns changed places": (
        "\n".join(";".join(column) for column in zip(GOOD.names, *GOOD.rows, strict=True)),
        rows("kolom_ontbreekt", "geslacht", None),
    ),
    "a footnote as wide as the table": (
        TEXT + "* voorlopig" + ";" * BETWEEN + "\n", rows("veld_leeg", "geslacht", SIZE + 2),
    ),
    "a source as wide as the table": (
        TEXT + "Bron: DUO" + ";" * BETWEEN + "\n", rows("veld_leeg", "geslacht", SIZE + 2),
    ),
    "a count of the rows": (TEXT + "Aantal records;40" + ";" * (BETWEEN - 1) + "\n", rows("totaalrij", "", SIZE + 2)),
    "from row 21 another separator": (
        lines(LINES[:20], [line.replace(";", "\t") for line in LINES[20:]]),
        rows("rij_aantal_velden", "", *range(21, SIZE + 2)),
    ),
    "every line in quotation marks": (lines([f'"{line}"' for line in LINES]), WHOLE),
    "a note on the separator that is not true": ("sep=,\n" + TEXT, rows("kop_scheidingsteken", "", 2)),
    "a name twice": (GOOD.beside("geslacht", "M").bytes(), rows("kolom_dubbel", "geslacht", None)),
    "a column without its name": (GOOD.renamed({"geslacht": " "}).bytes(), rows("kolom_ontbreekt", "geslacht", None)),
    "a quotation mark that opens in the last row": (
        TEXT.rpartition(";")[0] + ';"NIEUWKOMER\n', rows("aanhalingstekens", "", SIZE + 1),
    ),
    "a quotation mark below the rows": (TEXT + '"', rows("aanhalingstekens", "", SIZE + 2)),
    "a mark within quotation marks": (f'"\ufeff{PERSON}"{TEXT[14:]}', rows("bom_midden", "", 1)),
    "line ends of another kind: vertical tab": (TEXT.replace("\n", "\x0b"), rows("geen_rijen", "", None)),
    "line ends of another kind: next line": (TEXT.replace("\n", "\x85"), rows("geen_rijen", "", None)),
    "line ends of another kind: line separator": (TEXT.replace("\n", "\u2028"), rows("geen_rijen", "", None)),
    "EBCDIC": (TEXT.encode("cp500"), WHOLE),
    "a code page of DOS": (GOOD.beside("naam", "éàü").text().encode("cp850"), rows("bestand_codering", "", 2)),
    "base64": (base64.encodebytes(TEXT.encode()), WHOLE),
    "lines of JSON": ('{"persoonsnummer": "Q7K1", "geslacht": "M"}\n' * 9, rows("bestand_soort", "", None)),
    "YAML": ("persoonsnummer: Q7K1\ngeslacht: M\n" * 9, WHOLE),
    "a workbook in XML of 2003": (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>', rows("bestand_soort", "", None),
    ),
    "fields of one width": (
        lines(["".join(field.ljust(26) for field in row) for row in GOOD.rows]), rows("bestand_soort", "", None),
    ),
    "a conflict of versions": (
        lines(LINES[:9], "<<<<<<< HEAD", LINES[9:]), rows("rij_aantal_velden", "", 10),
    ),
    "three thousand columns": (
        ";".join(f"v{at}" for at in range(3000)) + "\n" + ";".join(["1"] * 3000) + "\n",
        rows("kop_onherkenbaar", "", 1),
    ),
}  # fmt: skip

VALUES: dict[str, tuple[bytes, set[Found]]] = {
    "minus behind a code": (one("gemeentecode", "0363-"), rows("codelijst", "gemeentecode", 5)),
    "minus before a code": (one("gemeentecode", "-363"), rows("codelijst", "gemeentecode", 5)),
    "plus before a code": (one("gemeentecode", "+363"), rows("codelijst", "gemeentecode", 5)),
    "apostrophe before a code": (one("gemeentecode", "'0363"), rows("codelijst", "gemeentecode", 5)),
    "formula around a code": (one("gemeentecode", '="0363"'), rows("codelijst", "gemeentecode", 5)),
    "code of a province, of the CBS": (one("gemeentecode", "PV0027"), rows("codelijst", "gemeentecode", 5)),
    "digits of full width": (one("gemeentecode", "０３６３"), rows("codelijst", "gemeentecode", 5)),
    "point between thousands": (one("land_van_herkomst", "5.022"), rows("codelijst", "land_van_herkomst", 5)),
    "comma between thousands": (one("land_van_herkomst", "5,022"), rows("codelijst", "land_van_herkomst", 5)),
    "code with an exponent": (one("land_van_herkomst", "5,022E+03"), rows("codelijst", "land_van_herkomst", 5)),
    "name of a country in English": (one("land_van_herkomst", "Morocco"), rows("codelijst", "land_van_herkomst", 5)),
    "two letters for a country": (one("land_van_herkomst", "MA"), rows("codelijst", "land_van_herkomst", 5)),
    "UTF-8 read as Windows-1252": (one("land_van_herkomst", "CuraÃ§ao"), rows("codelijst", "land_van_herkomst", 5)),
    "F for a woman beside V": (one("geslacht", "F"), rows("geslacht_onduidelijk", "geslacht", 5)),
    "both genders": (one("geslacht", "M/V"), rows("codelijst", "geslacht", 5)),
    "0 for a man and 1 for a woman": (
        each("geslacht", {"M": "0", "V": "1"}.get), rows("geslacht_onduidelijk", "geslacht", *EVERY),
    ),
    "a field of three megabytes": (one("doelgroep", "x" * 3_000_000), rows("codelijst", "doelgroep", 5)),
    "a number of a hundred thousand digits": (one(PERSON, "9" * 100_000), rows("persoonsnummer_te_lang", PERSON, 5)),
    "NULL for a number": (one(PERSON, "NULL"), rows("persoonsnummer_geen", PERSON, 5)),
    "NA for a number": (one(PERSON, "NA"), rows("persoonsnummer_geen", PERSON, 5)),
    "nan for a number": (one(PERSON, "nan"), rows("persoonsnummer_geen", PERSON, 5)),
    "error of Excel for a number": (one(PERSON, "#N/B"), rows("persoonsnummer_geen", PERSON, 5)),
    "onbekend for a number": (one(PERSON, "onbekend"), rows("persoonsnummer_geen", PERSON, 5)),
    "hyphen for a number": (one(PERSON, "-"), rows("formule", PERSON, 5)),
    "short number with an exponent": (one(PERSON, "1,23E+05"), rows("wetenschappelijke_notatie", PERSON, 5)),
    "number that became a date": (one(PERSON, "1-3-2015"), rows("persoonsnummer_datum", PERSON, 5)),
    "number that became a month": (one(PERSON, "03-mrt"), rows("persoonsnummer_datum", PERSON, 5)),
    "space that does not break behind a number": (one(PERSON, "Q7K90\u00a0"), rows("spaties", PERSON, 5)),
    "blank in a whole column": (GOOD.everywhere("geslacht", "   ").bytes(), rows("veld_leeg", "geslacht", *EVERY)),
    "signs for what does not fit": (one("statusdatum", "########"), rows("datum_ongeldig", "statusdatum", 5)),
    "day before month before year": (
        each("geboortedatum", lambda t: t[6:] + t[4:6] + t[:4]),
        rows("geboortedatum_ongeldig", "geboortedatum", *EVERY),
    ),
    "month in letters": (one("statusdatum", "15-jun-15"), rows("jaar_twee_cijfers", "statusdatum", 5)),
    "time of another zone": (one("statusdatum", "2015-06-14T22:00:00Z"), rows("datum_met_tijd", "statusdatum", 5)),
    "milliseconds since 1970": (one("statusdatum", "1434326400000"), rows("datum_ongeldig", "statusdatum", 5)),
    "31 December 9999 for never": (one("statusdatum", "99991231"), rows("datum_na_peildatum", "statusdatum", 5)),
    "1 January 1900 for never": (one("statusdatum", "19000101"), rows("datum_te_vroeg", "statusdatum", 5)),
    "nought for a date": (one("statusdatum", "0"), rows("datum_ongeldig", "statusdatum", 5)),
    "nines for a birth": (one("geboortedatum", "99999999"), rows("geboortedatum_ongeldig", "geboortedatum", 5)),
    "digits of full width in a date": (
        one("geboortedatum", "１９７００６１５"), rows("geboortedatum_ongeldig", "geboortedatum", 5),
    ),
    "none of English": (one("nationaliteit_1", "none"), rows("codelijst", "nationaliteit_1", 5)),
    "n/a for nothing": (one("nationaliteit_1", "n/a"), rows("codelijst", "nationaliteit_1", 5)),
    "two hyphens for nothing": (one("nationaliteit_1", "--"), rows("codelijst", "nationaliteit_1", 5)),
    "municipality and country under each other's name": (
        swapped("gemeentecode", "land_van_herkomst"),
        rows("codelijst", "gemeentecode", *EVERY) | rows("codelijst", "land_van_herkomst", *EVERY),
    ),
    "status and start under each other's name": (
        swapped("statusdatum", "startdatum_plicht"), rows("datums_volgorde", "", *EVERY),
    ),
    "number and gender under each other's name": (
        swapped(PERSON, "geslacht"),
        rows("codelijst", "geslacht", *EVERY) | rows("persoonsnummer_dubbel", PERSON, *EVERY),
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", [*SHAPES, *VALUES])
def test_what_nobody_foresaw_is_refused_with_rule_and_row(fault: str, tmp_path: Path) -> None:
    content, expected = (SHAPES | VALUES)[fault]
    result = attempt(tmp_path, {"levering.csv": content})
    assert result.message is not None
    assert result.nothing_lost()
    assert expected <= result.told()
    assert {row for _, _, row in result.told()} == {row for _, _, row in expected}
    assert "Q7K" not in result.words()
    assert "Traceback" not in result.words()
    if fault in VALUES:
        assert result.told() == expected


def test_a_delivery_of_another_peildatum_is_refused(tmp_path: Path) -> None:
    """The good delivery of July 2022 under an earlier peildatum: whatever happened later can't be."""
    later = GOOD.everywhere("statusdatum", "20220301").bytes()
    result = attempt(tmp_path, {"levering.csv": later}, peildatum="2021-07-01")
    assert result.message is not None
    assert result.nothing_lost()
    assert result.told() == rows("datum_na_peildatum", "statusdatum", *EVERY)


def _outside(book: Any, page: Any) -> None:
    page.write_string(1_000_000, 16_000, "x")


def _dated(column: str) -> Any:
    def edit(book: Any, page: Any) -> None:
        style = book.add_format({"num_format": "dd-mm-yyyy"})
        page.write_datetime(6, AT[column], datetime(2015, 3, 1), style)

    return edit


def _merged(book: Any, page: Any) -> None:
    page.merge_range(4, AT["geslacht"], 6, AT["geslacht"], "M", book.add_format({"bold": True}))


def _spread(book: Any, page: Any) -> None:
    page.write_array_formula(5, AT["geslacht"], 7, AT["geslacht"], '{="M"}', None, "M")


def _below(book: Any, page: Any) -> None:
    page.write_string(SIZE + 3, 0, "* voorlopige cijfers")


BOOKS: dict[str, tuple[bytes, set[Found]]] = {
    "a cell far outside the table": (workbook(GOOD, _outside), rows("werkblad_te_groot", "", None)),
    "a note beside the table": (
        workbook(GOOD, lambda book, page: page.write_string(3, 20, "kijk hier")), rows("rij_aantal_velden", "", 4),
    ),
    "a note below the table": (workbook(GOOD, _below), rows("veld_leeg", "geslacht", SIZE + 4)),
    "a value in a column without a name": (
        workbook(GOOD, lambda book, page: page.write_string(3, len(COLUMNS), "M")), rows("rij_aantal_velden", "", 4),
    ),
    "a formula for a name": (
        workbook(GOOD, _cell(1, "geslacht", "formula", '="geslacht"', None, "geslacht")),
        rows("cel_formule", "geslacht", 1),
    ),
    "a formula over three cells": (workbook(GOOD, _spread), rows("cel_formule", "geslacht", 6, 7, 8)),
    "merged cells": (workbook(GOOD, _merged), rows("veld_leeg", "geslacht", 6, 7)),
    "the names twice": (workbook(Sheet(COLUMNS, (COLUMNS, *GOOD.rows))), rows("kop_herhaald", "", 2)),
    "a name twice": (workbook(GOOD.beside("geslacht", "M")), rows("kolom_dubbel", "geslacht", None)),
    "all of a row in one cell": (
        workbook(Sheet((LINES[0],), tuple((line,) for line in LINES[1:]))), rows("kop_onherkenbaar", "", 1),
    ),
    "a date for a code": (
        workbook(GOOD, _dated("land_van_herkomst")), rows("codelijst", "land_van_herkomst", 7),
    ),
    "a date for a number": (workbook(GOOD, _dated(PERSON)), rows("persoonsnummer_datum", PERSON, 7)),
    "a percentage for a code": (
        workbook(GOOD, _cell(7, "geslacht", "number", 0.01)), rows("codelijst", "geslacht", 7),
    ),
    "a number of sixteen digits": (
        workbook(GOOD, _cell(7, PERSON, "number", 1234567890123456)), rows("getal_te_lang", PERSON, 7),
    ),
    "a number that was shortened, as text": (
        workbook(GOOD, _cell(7, PERSON, "string", "1,23457E+17")), rows("wetenschappelijke_notatie", PERSON, 7),
    ),
    "a blank cell": (workbook(GOOD, _cell(7, "gemeentecode", "string", " ")), rows("veld_leeg", "gemeentecode", 7)),
}  # fmt: skip


@pytest.mark.parametrize("fault", BOOKS)
def test_a_workbook_that_nobody_foresaw_is_refused_with_excels_own_row(fault: str, tmp_path: Path) -> None:
    content, expected = BOOKS[fault]
    result = attempt(tmp_path, {"levering.xlsx": content})
    assert result.message is not None
    assert result.nothing_lost()
    assert expected <= result.told()
    assert {row for rule, _, row in result.told() if rule != "cel_samengevoegd"} == {
        r for _, _, r in expected
    }
    assert "Q7K" not in result.words()


def arrow(**columns: Any) -> bytes:
    """The good delivery in Parquet, some columns of it otherwise."""
    arrays = {name: pa.array(GOOD.column(name)) for name in COLUMNS}
    return parquet_of(pa.table(arrays | columns))


def day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


STATUS = [day(text) for text in GOOD.column("statusdatum")]
NOON = [datetime(d.year, d.month, d.day, 12, tzinfo=UTC) for d in STATUS]
PLACES = [int(code) for code in GOOD.column("gemeentecode")]
GENDERS = GOOD.column("geslacht")
TWICE = (*COLUMNS, "geslacht")
ARROWS: dict[str, tuple[bytes, set[Found]]] = {
    "a list in a column": (
        arrow(geslacht=pa.array([[text] for text in GENDERS])), rows("veld_samengesteld", "geslacht", None),
    ),
    "a record in a column": (
        arrow(geslacht=pa.array([{"code": text} for text in GENDERS])), rows("veld_samengesteld", "geslacht", None),
    ),
    "bytes that are no text": (
        arrow(geslacht=pa.array([b"\xff"] * SIZE, pa.binary())), rows("bestand_codering", "", None),
    ),
    "true and false": (
        arrow(geslacht=pa.array([text == "M" for text in GENDERS])), rows("codelijst", "geslacht", *CASES),
    ),
    "a column of nothing": (arrow(geslacht=pa.nulls(SIZE)), rows("veld_leeg", "geslacht", *CASES)),
    "no number": (
        arrow(persoonsnummer=pa.array([None, *GOOD.column(PERSON)[1:]])), rows("veld_leeg", PERSON, 1),
    ),
    "no code among numbers": (
        arrow(gemeentecode=pa.array([*map(float, PLACES[:7]), float("nan"), *map(float, PLACES[8:])])),
        rows("veld_leeg", "gemeentecode", 8),
    ),
    "half a code": (
        arrow(gemeentecode=pa.array([Decimal("363.50"), *map(Decimal, PLACES[1:])], pa.decimal128(9, 2))),
        rows("codelijst", "gemeentecode", 1),
    ),
    "noon": (
        arrow(statusdatum=pa.array(NOON, pa.timestamp("us", "UTC"))), rows("datum_met_tijd", "statusdatum", *CASES),
    ),
    "the day after the peildatum": (
        arrow(statusdatum=pa.array([*STATUS[:-1], date(2022, 7, 2)])), rows("datum_na_peildatum", "statusdatum", SIZE),
    ),
    "a day beyond every calendar": (
        arrow(statusdatum=pa.array([1 << 30] * SIZE, pa.int32()).cast(pa.date32())),
        rows("datum_ongeldig", "statusdatum", *CASES),
    ),
    "a name twice": (
        parquet_of(pa.table([pa.array(GOOD.column(name)) for name in TWICE], names=list(TWICE))),
        rows("kolom_dubbel", "geslacht", None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", ARROWS)
def test_parquet_that_nobody_foresaw_is_refused_with_the_number_of_the_case(
    fault: str, tmp_path: Path
) -> None:
    content, expected = ARROWS[fault]
    result = attempt(tmp_path, {"levering.parquet": content})
    assert result.message is not None
    assert result.nothing_lost()
    assert result.told() == expected


def spss(**columns: Any) -> bytes:
    frame = pd.DataFrame(list(GOOD.rows), columns=list(COLUMNS)).astype(object)
    return _sav(frame.assign(**columns))


NUMBERS = [float(at) for at in CASES]
SAVS: dict[str, tuple[bytes, set[Found]]] = {
    "numbers too long for SPSS": (
        spss(persoonsnummer=[1e17 + at * 100 for at in NUMBERS]), rows("getal_te_lang", PERSON, *CASES),
    ),
    "a number missing": (
        spss(persoonsnummer=[float("nan"), *NUMBERS[1:]]), rows("veld_leeg", PERSON, 1),
    ),
    "a person twice": (
        spss(persoonsnummer=[*NUMBERS[:-1], 1.0]), rows("persoonsnummer_dubbel", PERSON, 1, SIZE),
    ),
    "half a gender": (
        spss(geslacht=[1.0, 1.5] * (SIZE // 2)),
        rows("codelijst", "geslacht", *CASES[1::2]) | rows("geslacht_onduidelijk", "geslacht", *CASES[::2]),
    ),
    "a day of another age": (
        spss(statusdatum=[date(1602, 3, 20), *STATUS[1:]]), rows("datum_te_vroeg", "statusdatum", 1),
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", SAVS)
def test_spss_that_nobody_foresaw_is_refused_with_the_number_of_the_case(fault: str, tmp_path: Path) -> None:
    content, expected = SAVS[fault]
    result = attempt(tmp_path, {"levering.sav": content})
    assert result.message is not None
    assert result.nothing_lost()
    assert result.told() >= expected
    assert {row for _, _, row in result.told()} == {row for _, _, row in expected}
