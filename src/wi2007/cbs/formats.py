"""Find what Excel shows of a number by its format: its digits, or only words such as a dash; and marks behind it.

CBS writes signs into formats too: `0"**"` is a revised figure, `0;-0;"-"` shows a zero as nil.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

BUILT_IN = {9: "0%", 10: "0.00%", **dict.fromkeys(range(41, 45), '#,##0;-#,##0;"-"')}
"""Formats that a file names by number only, as far as they show other things than digits."""

_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_DIGITS = frozenset("0#?")
_TESTS = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<>": lambda a, b: a != b,
}


@dataclass(frozen=True)
class Look:
    """What Excel shows: digits or not, as a percentage or not, and the words around or instead of them."""

    digits: bool = True
    percent: bool = False
    words: str = ""


PLAIN = Look()


def look(code: str, value: float) -> Look:
    """Return how Excel shows a number with this format."""
    sections = _sections(code)
    return _read(_chosen(sections, value))


def _chosen(sections: list[str], value: float) -> str:
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, found in zip(sections, conditions, strict=True):
            if found is None or _TESTS[found[1]](value, float(found[2])):
                return section
        return "General"
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


@lru_cache(maxsize=256)
def _read(section: str) -> Look:
    if not section or "general" in section.casefold() or "standaard" in section.casefold():
        return Look(digits=bool(section)) if not section else PLAIN
    digits, percent = False, False
    quoted, bare = "", ""
    for sign, is_quoted in _signs(section):
        if is_quoted:
            quoted += sign
        elif sign in _DIGITS:
            digits = True
        else:
            percent = percent or sign == "%"
            bare += sign
    words = quoted if digits else quoted + bare
    return Look(digits, percent, " ".join(words.split()))


def _sections(code: str) -> list[str]:
    """Return the parts of a format between semicolons: for numbers above, below and at zero, and texts."""
    parts = [""]
    quoted = escaped = False
    for sign in code:
        if sign == ";" and not quoted and not escaped:
            parts.append("")
            continue
        if sign == '"' and not escaped:
            quoted = not quoted
        escaped = sign == "\\" and not escaped and not quoted
        parts[-1] += sign
    return parts


def _signs(section: str) -> Iterator[tuple[str, bool]]:
    """Yield every character of a section that means something, and whether it is shown as it stands."""
    quoted = bracket = False
    skip = literal = False
    for sign in section:
        if skip:
            skip = False
        elif literal:
            literal = False
            yield sign, True
        elif sign == '"':
            quoted = not quoted
        elif quoted:
            yield sign, True
        elif bracket:
            bracket = sign != "]"
        elif sign == "[":
            bracket = True
        elif sign in "_*":  # room as wide as the next sign, or the next sign over and over
            skip = True
        elif sign == "\\":
            literal = True
        else:
            yield sign, False
