"""Choose the delivery among the files of a zip, where others explain it: a pdf, a readme, a code list.

A file is passed over only where it can hold no persons: it is a document, or a text without our names whose lines are
not as long as the rows of the delivery.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from wi2007.delivery import kinds, signs
from wi2007.delivery.names import ENOUGH, LOOKED_AT, known_names
from wi2007.delivery.problems import Problem, UnreadableError

HEAD: Final = 1 << 16
_SIGNS: Final = (";", ",", "\t", "|")
_DOCUMENTS: Final = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_OFFICE: Final = (".doc", ".docx", ".odt", ".ppt", ".pptx", ".odp", ".msg")
_OF_OFFICE: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_HALF: Final = 0.5
_TOLD: Final = 5


@dataclass(frozen=True)
class _Text:
    """A text, with the separator and the number of fields of its header; 0 fields where no row has enough known
    names.
    """

    name: str
    lines: tuple[str, ...]
    sign: str
    width: int


def the_delivery(names: Sequence[str], head: Callable[[str], bytes], known: frozenset[str]) -> str:
    """Return the one name that the delivery has; `head` gives the first bytes of a file.

    Raises `UnreadableError` when another file may be the delivery too.
    """
    if len(names) == 1:
        return names[0]
    others, texts = [], []
    for name in names:
        content = _head(head, name)
        if content is not None and kinds.kind_of_head(content[:4096]) == kinds.TEXT:
            texts.append(_text(name, content, known))
        elif content is None or not _is_document(name, content):
            others.append(name)
    named = [text for text in texts if text.width] or texts
    found = named[0] if len(named) == 1 else None
    if found is None or others or any(_may_be_rows(text, found) for text in texts if text is not found):
        raise UnreadableError(
            Problem("archief_inhoud", about=_about([*others, *(text.name for text in texts)]))
        )
    return found.name


def told_name(name: str) -> str:
    """Return the name of a file without its folders, fit for a message."""
    return "".join(sign if sign.isprintable() else "?" for sign in PurePosixPath(name).name)[:100]


def _head(head: Callable[[str], bytes], name: str) -> bytes | None:
    """Return the first bytes of a file; None where they cannot be read."""
    try:
        return head(name)
    except UnreadableError:
        return None


def _is_document(name: str, content: bytes) -> bool:
    if not content or kinds.kind_of_head(content[:4096]) == kinds.MARKUP or content.startswith(_DOCUMENTS):
        return True
    return PurePosixPath(name).suffix.lower() in _OFFICE and content.startswith(_OF_OFFICE)


def _text(name: str, content: bytes, known: frozenset[str]) -> _Text:
    utf16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(content[:2])
    encoding = utf16 or signs.utf16_without_mark(content[:4096]) or "latin-1"
    lines = tuple(
        line for line in re.split(r"\r\n|\r|\n", content.decode(encoding, errors="ignore")) if line.strip()
    )
    for sign in _SIGNS:
        for line in lines[:LOOKED_AT]:
            fields = line.split(sign)
            if known_names(fields, known) >= ENOUGH:
                return _Text(name, lines, sign, len(fields))
    return _Text(name, lines, "", 0)


def _may_be_rows(text: _Text, delivery: _Text) -> bool:
    """Return whether a text has our names, or most of its lines are about as long as rows of the delivery."""
    if text.width or not delivery.width:
        return True
    return any(_share_alike(text, sign, delivery.width) >= _HALF for sign in _SIGNS)


def _share_alike(text: _Text, sign: str, width: int) -> float:
    alike = sum(abs(line.count(sign) + 1 - width) <= 1 for line in text.lines)
    return alike / len(text.lines) if text.lines else 0.0


def _about(names: Sequence[str]) -> str:
    if not names:
        return ""
    more = f" en nog {len(names) - _TOLD}" if len(names) > _TOLD else ""
    return f"Dit kan het zijn: {', '.join(map(told_name, names[:_TOLD]))}{more}."
