"""Word the place of a mistake in a table specification as the researcher knows it: the table by its number, the key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def place(location: Sequence[int | str], raw: Any) -> str:
    """Return the place in words: the table by its number, then the key with its place in a list."""
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
