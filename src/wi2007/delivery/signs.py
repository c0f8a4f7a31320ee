"""Recognise a file without a signature by its first bytes: characters or not, and in what form."""

from __future__ import annotations

import re
from typing import Final

_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_TEXT_CONTROLS: Final = b"\t\n\v\f\r\x1a"
_STRAY: Final = 8
_FIXED_LINES: Final = 3
_FIXED_WIDTH: Final = 30
_FIXED_DIGITS: Final = 12
"""The digits of a date and a code together."""
_SQL: Final = re.compile(
    rb"(--[^\n]*(sql|dump)|pragma |create table|insert into|begin transaction|set names )", re.IGNORECASE
)


def utf16_without_mark(head: bytes) -> str | None:
    """Return utf-16-le or utf-16-be when every other byte is a NUL, as in Western text in UTF-16; else None."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def markup(head: bytes) -> str | None:
    """Return the name of a kind that consists of characters but not of rows of fields; None for others."""
    whole = head.removeprefix(_UTF8_MARK).lstrip()
    text = whole[:200]
    if text.startswith(b"<"):
        if not (text[1:2].isalpha() or text[1:2] in (b"!", b"?")):
            return None
        if b"schemas-microsoft-com:office:spreadsheet" in whole or b"Excel.Sheet" in whole:
            return "spreadsheetml"
        if b"office:document" in whole:
            return "fods"
        return (
            "html"
            if re.search(rb"<(!doctype html|html|table|body|head|div)", whole, re.IGNORECASE)
            else "xml"
        )
    inside = text[1:].lstrip()
    if (text.startswith(b"{") and inside.startswith(b'"')) or (
        text.startswith(b"[") and inside.startswith((b"{", b"[", b'"'))
    ):
        return "json"
    return "sql" if _SQL.match(text) else None


def is_fixed(head: bytes) -> bool:
    """Return whether no separator stands between fields: lines of one length with columns of digits, or columns of
    spaces.
    """
    lines = [line.rstrip(b"\r") for line in head.split(b"\n")][:-1]
    lines = [line for line in lines if line.strip()]
    if len(lines) < _FIXED_LINES or any(sign in line for line in lines for sign in (b";", b"\t", b"|", b'"')):
        return False
    if sum(b"," in line for line in lines) > len(lines) // 2 or min(map(len, lines)) < _FIXED_WIDTH:
        return False
    columns = list(zip(*lines[1:], strict=False))
    digits = sum(all(48 <= sign <= 57 or sign == 32 for sign in column) for column in columns)
    if len({len(line) for line in lines}) == 1 and digits >= _FIXED_DIGITS:
        return True
    spaces = "".join(" " if all(sign == 32 for sign in column) else "x" for column in columns)
    return len(re.findall("  +", spaces.strip())) >= _FIXED_LINES


def is_binary(head: bytes) -> bool:
    """Return whether too many bytes are no characters; a single NUL in a text is another matter."""
    if head.startswith(_UTF16_MARKS) or utf16_without_mark(head):
        return False
    controls = sum(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in head)
    return controls > max(_STRAY, 0.1 * len(head))
