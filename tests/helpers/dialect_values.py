"""The same persons with their values written in another way: a sheet becomes a sheet.

What does not belong here: what is done to rows and names, and the kind of file (`dialects`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from faults_people import Sheet

from schemas.columns import COLUMNS, INCOME, NATIONALITIES, REFUSED
from schemas.values import DAYS, NUMBERS
from wi2007 import reference

DATES = DAYS
CODES = ("land_van_herkomst", *NATIONALITIES, "gemeentecode", *NUMBERS)
EXCEL, SPSS = date(1899, 12, 30), date(1582, 10, 14)
How = Callable[[str], str]
Values = Callable[[Sheet], Sheet]


def each(sheet: Sheet, columns: tuple[str, ...], how: How) -> Sheet:
    """With every value of some columns written another way; an empty field stays empty."""
    places = {sheet.names.index(name) for name in columns}
    known: dict[str, str] = {}

    def written(text: str) -> str:
        if text not in known:
            known[text] = how(text) if text else ""
        return known[text]

    rows = (
        tuple(written(text) if at in places else text for at, text in enumerate(row)) for row in sheet.rows
    )
    return Sheet(sheet.names, tuple(rows))


def filled(sheet: Sheet, columns: tuple[str, ...], word: str) -> Sheet:
    """With a word where a field is empty."""
    places = {sheet.names.index(name) for name in columns}
    rows = (
        tuple(text or word if at in places else text for at, text in enumerate(row)) for row in sheet.rows
    )
    return Sheet(sheet.names, tuple(rows))


def is_day(text: str) -> bool:
    """Whether all parts of a date of the BRP are known."""
    return "00" not in (text[4:6], text[6:])


def day(text: str) -> date:
    """A date of the BRP of which all parts are known."""
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def iso(text: str) -> str:
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"


def dutch(text: str) -> str:
    return f"{text[6:]}-{text[4:6]}-{text[:4]}"


def known_days(how: How) -> How:
    """Only dates of which all parts are known: the programs that count days have no others."""
    return lambda text: how(text) if is_day(text) else text


def excel_day(text: str) -> str:
    return str((day(text) - EXCEL).days)


def spss_seconds(text: str) -> str:
    return str((day(text) - SPSS).days * 86_400)


def zeros_lost(text: str) -> str:
    return str(int(text))


def names(column: str, *, label: bool = False, how: How = str) -> Values:
    """Names instead of codes: as the register has them, or as readers know them."""
    lists = {
        "land_van_herkomst": reference.countries,
        "gemeentecode": reference.municipalities,
        "nationaliteiten": reference.nationalities,
    }
    codes = lists[column]()
    columns = NATIONALITIES if column == "nationaliteiten" else (column,)
    return lambda sheet: each(
        sheet, columns, lambda code: how(codes[code].label if label else codes[code].name)
    )


def columns(names_: tuple[str, ...], how: How | Mapping[str, str]) -> Values:
    """One way of writing for some columns."""
    return lambda sheet: each(sheet, names_, how if callable(how) else lambda text: how.get(text, text))


def several(*ways: Values) -> Values:
    """One after the other."""

    def all_ways(sheet: Sheet) -> Sheet:
        for way in ways:
            sheet = way(sheet)
        return sheet

    return all_ways


PERSON, *OTHERS = COLUMNS
NO_COUNTRY = tuple(name for name in OTHERS if name != "land_van_herkomst")
STATUSES = {code: status.description for code, status in reference.statuses().items()}
LOWER_WORDS = columns(("statuscode", "doelgroep"), lambda text: text.lower().replace("_", " "))
BY_NAME = several(*(names(column) for column in ("land_van_herkomst", "gemeentecode", "nationaliteiten")))
ASKED = {"Nederlands": "Nederlandse", "Turks": "Turkse", "anders": "Marokkaanse"}
GENDERS = {"M": "man", "V": "vrouw", "O": "onbekend"}

VALUES: dict[str, Values] = {
    "dates yyyy-mm-dd": columns(DATES, iso),
    "dates dd-mm-yyyy": columns(DATES, dutch),
    "dates d-m-yyyy": columns(
        DATES, lambda text: f"{int(text[6:])}-{int(text[4:6])}-{text[:4]}" if is_day(text) else dutch(text)
    ),
    "dates with a time": columns(DATES, lambda text: f"{iso(text)} 00:00:00"),
    "dates with a T and a time": columns(DATES, lambda text: f"{iso(text)}T00:00:00"),
    "dates as Excel counts": columns(DATES, known_days(excel_day)),
    "dates as SPSS counts": columns(DATES, known_days(spss_seconds)),
    "dates as broken numbers": columns(DATES, lambda text: f"{int(text)},0"),
    "codes without zeros": columns(CODES, zeros_lost),
    "codes without zeros, a decimal point": columns(CODES, lambda text: f"{int(text)}.0"),
    "codes without zeros, a decimal comma": columns(CODES, lambda text: f"{int(text)},00"),
    "a date of birth without zeros": columns(("geboortedatum",), zeros_lost),
    "names": BY_NAME,
    "names in capitals": several(BY_NAME, columns(CODES, str.upper)),
    "names in small letters": several(BY_NAME, columns(CODES, str.lower)),
    "names as readers know them": several(
        *(names(column, label=True) for column in ("land_van_herkomst", "gemeentecode", "nationaliteiten"))
    ),
    "man and vrouw": columns(("geslacht",), GENDERS),
    "Man and Vrouw": columns(("geslacht",), {code: word.title() for code, word in GENDERS.items()}),
    "mannelijk and vrouwelijk": columns(("geslacht",), {"M": "MANNELIJK", "V": "Vrouwelijk", "O": "X"}),
    "1 and 2": columns(("geslacht",), {"M": "1", "V": "2", "O": "0"}),
    "1.0 and 2.0": columns(("geslacht",), {"M": "1.0", "V": "2.0", "O": "9.0"}),
    "small letters": several(LOWER_WORDS, columns(("geslacht", "gevraagde_nationaliteit"), str.lower)),
    "words in capitals": columns((INCOME, REFUSED), str.upper),
    "words with a capital": columns((INCOME, REFUSED), str.title),
    "true and false": columns((REFUSED,), {"ja": "TRUE", "nee": "False"}),
    "numbers with zeros before": columns((*NUMBERS,), lambda text: text.zfill(4)),
    "descriptions of statuses": columns(("statuscode",), STATUSES),
    "the nationality that was asked by name": columns(("gevraagde_nationaliteit",), ASKED),
    "the nationality that was asked by code": columns(
        ("gevraagde_nationaliteit",), {"Nederlands": "0001", "Turks": "0339", "anders": "0131"}
    ),
    "NULL for nothing": lambda sheet: filled(sheet, tuple(OTHERS), "NULL"),
    "null for nothing": lambda sheet: filled(sheet, tuple(OTHERS), "null"),
    "NA for nothing": lambda sheet: filled(sheet, NO_COUNTRY, "NA"),
    "spaces around values": columns(tuple(OTHERS), lambda text: f" {text}\t "),
    "fields of one width": lambda sheet: each(
        filled(sheet, tuple(OTHERS), " "), tuple(OTHERS), lambda text: text.ljust(12)
    ),
    "all at once": several(
        columns(DATES, dutch),
        BY_NAME,
        columns(("geslacht",), GENDERS),
        LOWER_WORDS,
        lambda sheet: filled(sheet, tuple(OTHERS), "NULL"),
    ),
}
"""Every way of writing values that a delivery may come in; only the persoonsnummer is always the same."""
