"""Words what pydantic found wrong with a table specification: table, key, and what to do, in Dutch.

What does not belong here: the checks themselves (see `schemas/tables.py` and `specification`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_KINDS = {
    "string_type": "hier hoort tekst te staan. Zet de waarde tussen aanhalingstekens",
    "int_type": "hier hoort een heel getal te staan, zonder aanhalingstekens",
    "bool_type": "hier hoort true of false te staan",
    "list_type": "hier hoort een lijst te staan. Zet de waarden tussen [ en ]",
    "dict_type": "hier horen sleutels met waarden te staan (sleutel: waarde)",
    "model_type": "hier horen sleutels met waarden te staan (sleutel: waarde)",
    "missing": "deze sleutel ontbreekt. Vul hem in",
    "extra_forbidden": "deze sleutel bestaat niet. Kijk of hij goed is gespeld, of haal hem weg",
    "string_too_short": "deze tekst is leeg. Vul hem in",
    "too_short": "hier staat niets. Geef er ten minste één op",
    "string_pattern_mismatch": 'gebruik alleen letters, cijfers, punten en streepjes, bijvoorbeeld "2.6"',
}


def problem(error: Mapping[str, Any], raw: Any) -> str:
    """One error of pydantic as a sentence. `raw` is the whole document, to name a table by its number."""
    return f"{_place(error['loc'], raw)}: {_what(error)}."


def _what(error: Mapping[str, Any]) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "literal_error":
            choices = str(context["expected"]).replace("'", "").replace(" or ", ", ")
            return f"'{error['input']}' kan hier niet. Kies uit: {choices}"
        case "greater_than_equal":
            return f"dit getal is te klein. Neem {context['ge']} of meer"
        case "less_than_equal":
            return f"dit getal is te groot. Neem {context['le']} of minder"
    return _KINDS.get(
        error["type"], "deze waarde kan hier niet. Vergelijk met de andere tabellen in dit bestand"
    )


def _place(location: Sequence[int | str], raw: Any) -> str:
    """Where it is: the table by its number, then the key with its place in a list."""
    if len(location) >= 2 and location[0] == "tables":
        return ", ".join([_table(int(location[1]), raw), *_key(location[2:])])
    if len(location) >= 2 and location[0] == "populations":
        return ", ".join([f"populatie {location[1]}", *_key(location[2:])])
    if len(location) >= 2 and location[0] == "variables":
        return ", ".join([f"variabele {location[1]}", *_key(location[2:])])
    return ", ".join(_key(location)) or "het hele bestand"


def _table(place: int, raw: Any) -> str:
    table = raw["tables"][place]
    number = table.get("number") if isinstance(table, dict) else None
    return f"tabel {number}" if isinstance(number, str) else f"tabel op plaats {place + 1}"


def _key(location: Sequence[int | str]) -> list[str]:
    text = ""
    for part in location:
        if isinstance(part, int):
            text += f" (onderdeel {part + 1})"
        elif part != "[key]":
            text += f"{'.' if text else ''}{part}"
    return [f"sleutel {text.strip()}"] if text else []
