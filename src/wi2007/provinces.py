"""The province of each municipality, read from `reference/provincies.csv`, and the order in which tables show them.

Source: CBS, Gebieden in Nederland. RNI and unknown lie in no province.
What does not belong here: which municipalities there are (`wi2007.reference`), counting.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from wi2007 import reference
from wi2007.decisions.listing import MEND, Row
from wi2007.errors import UserError

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


@cache
def provinces() -> dict[str, str]:
    """Municipality code to province, for every municipality there is or was.

    No code has gone over to another province since the list begins (2007). Raises `UserError` for a damaged file, and
    when a municipality is missing.
    """
    found = {
        _code(row): row.one_of("provincie", NAMES)
        for row in reference.rows("provincies", ["gemeentecode", "provincie"], ["gemeentecode"])
    }
    missing = reference.municipalities().keys() - found.keys() - set(_NOWHERE)
    if missing:
        raise UserError(f"In reference/provincies.csv ontbreekt de gemeente {min(missing)}. {MEND}")
    return found


def _code(row: Row) -> str:
    code = row.values["gemeentecode"]
    if code not in reference.municipalities():
        raise row.wrong("gemeentecode", "deze code staat niet in reference/gemeenten.csv")
    if code in _NOWHERE:
        raise row.wrong("gemeentecode", "deze code is geen gemeente en ligt in geen provincie")
    return code
