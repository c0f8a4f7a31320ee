"""Text that the report's fonts can show: a character without a glyph would stop the PDF from being made."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from wi2007.publication import fonts

LIKE = {0x2011: "-", 0x2010: "-", 0x2007: "\u00a0", 0x2008: " "}
BREAK = "\u200b"
LONG = 24
_RUN = re.compile(rf"[^\s\u00a0\u200b-]{{{LONG},}}")
_WORD = re.compile(r"[^\W\d_]{1,45}")
_AFTER_SIGN = re.compile(r"[/\\_.:;,=+&?]+(?=[^/\\_.:;,=+&?])")
_DIGITS_AND_LETTERS = re.compile(rf"(?=[A-Za-z]*\d)[0-9A-Za-z]{{{LONG},}}")
_EIGHT = re.compile(r".{8}(?=.{4})")
NOT_SHOWN = frozenset(
    (
        *("id", "kind", "role", "wide", "narrow", "download", "charts", "peildatum", "language"),
        *("logo", "main", "mark", "published", "changed"),
    )
)
SPAN_SHOWN = frozenset({"text", "note"})


def legible(value: Any) -> Any:
    """The document as lists and dictionaries with every text that is shown made printable; identifiers stay."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        shown = SPAN_SHOWN if "href" in value else value.keys() - NOT_SHOWN
        return {key: legible(item) if key in shown else item for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [legible(item) for item in value]
    return value


@cache
def printable(text: str) -> str:
    """Text in which every character has a glyph in every face, with places to break in very long words.

    A character without a glyph becomes a like one, else its base letter, else its code point as [U+4E2D].
    """
    if text.isascii() and len(text) < LONG:
        return _without_controls(text)
    composed = unicodedata.normalize("NFC", text)
    known = fonts.characters()
    shown = "".join(char if ord(char) in known else _like(char) for char in composed)
    return _RUN.sub(_breakable, shown)


def _without_controls(text: str) -> str:
    return text if text.isprintable() else "".join(map(_like, text))


def _like(char: str) -> str:
    if char.isprintable() and char.isascii():
        return char
    if char.isspace():
        return " "
    if unicodedata.category(char) in {"Cc", "Cf", "Mn"}:
        return ""
    simple = LIKE.get(ord(char)) or "".join(
        part for part in unicodedata.normalize("NFKD", char) if ord(part) in fonts.characters()
    )
    return simple or f"[U+{ord(char):04X}]"


def _breakable(match: re.Match[str]) -> str:
    """Dutch words are hyphenated; paths, addresses and hashes are not, so they get places to break."""
    run = match[0]
    if _WORD.fullmatch(run.strip(".,;:()'\"‘’“”")):
        return run
    parted = _AFTER_SIGN.sub(rf"\g<0>{BREAK}", run)
    return _DIGITS_AND_LETTERS.sub(lambda hash_: _EIGHT.sub(rf"\g<0>{BREAK}", hash_[0]), parted)
