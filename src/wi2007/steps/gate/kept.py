"""The tables of a release as they went out, on disk beside the register: for their owner's eyes only.

What does not belong here: what is kept of them (`wi2007.protection.released_tables`).
"""

from __future__ import annotations

import json
from pathlib import Path

from wi2007.protection.released_tables import ReleasedTables, from_json, to_json
from wi2007.steps.gate.register import write_private


def read(register: Path, number: int) -> ReleasedTables | None:
    """The tables of a release; None when there are none, or they are damaged."""
    try:
        return from_json(json.loads(_place(register, number).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(register: Path, number: int, tables: ReleasedTables) -> None:
    """Write them whole."""
    write_private(_place(register, number), json.dumps(to_json(tables), ensure_ascii=False))


def _place(register: Path, number: int) -> Path:
    return register.with_suffix(f".{number}.cellen.json")
