"""JSON: every number and text, with the path of keys that leads to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from attack.channels import chooser
from attack.pieces import HIDDEN, Piece, Reading


def read_json(where: str, data: bytes) -> Reading:
    """Every leaf is a piece; its context is the path and the texts beside it. Keys with digits are pieces too."""
    try:
        loaded = json.loads(data, object_pairs_hook=_all, parse_float=str, parse_int=str)
    except ValueError:
        return Reading(pieces=[Piece(where, data.decode("utf-8", errors="replace"), HIDDEN)])
    if isinstance(loaded, dict) and {"choices", "tables"} <= loaded.keys():
        return chooser.read(where, loaded, _leaves)
    return Reading(pieces=list(_leaves(loaded, where, "", "")))


def _all(found: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object with each key once; a key that comes back gets a mark, so that nothing is hidden behind it."""
    made: dict[str, Any] = {}
    for key, value in found:
        marks = ""
        while key + marks in made:
            marks += "'"
        made[key + marks] = value
    return made


def _leaves(node: Any, where: str, path: str, context: str) -> Iterator[Piece]:
    if isinstance(node, dict):
        beside = " ".join(value for value in node.values() if isinstance(value, str) and len(value) < 200)
        for key, value in node.items():
            yield Piece(f"{where}{path} (sleutel)", key, HIDDEN, context)
            yield from _leaves(value, where, f"{path}/{key}", f"{context} {key} {beside}"[-600:])
    elif isinstance(node, list):
        beside = " ".join(value for value in node if isinstance(value, str) and len(value) < 200)
        for at, value in enumerate(node):
            yield from _leaves(value, where, f"{path}/{at}", f"{context} {beside}"[-600:])
    elif isinstance(node, str):
        yield Piece(f"{where}{path}", node, HIDDEN, context)
