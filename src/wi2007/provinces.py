"""The province of each municipality, read from `reference/provincies.csv`, and the order in which tables show them.

Source: CBS, Gebieden in Nederland. RNI and unknown lie in no province.
What does not belong here: which municipalities there are (`wi2007.reference`), counting.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from wi2007 import reference
from wi2007.errors import UserError
from wi2007.listing import MEND, Row

NAMES: Final = (
    "Groningen",
    "Friesland",
    "Drenthe",
    "Overijssel",
    "Flevoland",
    "Gelderland",
    "Utrecht",
    "Noord-Holland",
    "Zuid-Holland",
    "Zeeland",
    "Noord-Brabant",
    "Limburg",
)
"""The twelve provinces from north to south, as CBS numbers them (PV20 to PV31)."""

_NOWHERE: Final = (reference.UNKNOWN_CODE, reference.RNI)


@dataclass(frozen=True)
class Stay:
    """The province of a municipality from `first` up to but not including `end`; None is as long as the code exists."""

    province: str
    first: date | None
    end: date | None


@cache
def stays() -> dict[str, tuple[Stay, ...]]:
    """Municipality code to its provinces in the order of time: mostly one.

    Raises `UserError` for a damaged file, and when a municipality has no province or, for some day, not exactly one.
    """
    columns = ["gemeentecode", "provincie", "geldig_vanaf", "geldig_tot"]
    found: dict[str, list[Stay]] = defaultdict(list)
    for row in reference.rows("provincies", columns, ["gemeentecode", "geldig_vanaf"]):
        code, stay = _code(row), _stay(row)
        before = found[code][-1].end if found[code] else None
        if stay.first != before or (found[code] and before is None):
            raise row.wrong("geldig_vanaf", "deze rij sluit niet aan op de vorige rij van deze gemeente")
        found[code].append(stay)
    for code in sorted(reference.municipalities().keys() - set(_NOWHERE)):
        if code not in found:
            raise UserError(f"In reference/provincies.csv ontbreekt de gemeente {code}. {MEND}")
        if found[code][-1].end is not None:
            raise UserError(
                f"In reference/provincies.csv staat niet in welke provincie de gemeente {code} na "
                f"{found[code][-1].end} ligt. {MEND}"
            )
    return {code: tuple(several) for code, several in found.items()}


def _code(row: Row) -> str:
    code = row.values["gemeentecode"]
    if code not in reference.municipalities():
        raise row.wrong("gemeentecode", "deze code staat niet in reference/gemeenten.csv")
    if code in _NOWHERE:
        raise row.wrong("gemeentecode", "deze code is geen gemeente en ligt in geen provincie")
    return code


def _stay(row: Row) -> Stay:
    first, end = row.day("geldig_vanaf"), row.day("geldig_tot")
    if first and end and end <= first:
        raise row.wrong("geldig_tot", "het einde ligt niet na het begin")
    return Stay(row.one_of("provincie", NAMES), first, end)


def province(code: str, day: date) -> str:
    """The province of a municipality on a day. Raises `KeyError` for a code that is no municipality."""
    return next(stay.province for stay in stays()[code] if stay.end is None or day < stay.end)
