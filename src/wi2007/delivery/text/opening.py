"""Opening a text: deciding how it is read, one pass over all its bytes, and its header.

What cannot be read as it is (packed, UTF-16, Windows-1252) is put down in UTF-8 and read from there.
What does not belong here: reading the rows (`rows`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from wi2007.delivery import kinds
from wi2007.delivery.archive import open_packed, read_limits
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Decision, Reading
from wi2007.delivery.text import encodings, joined, quotes, words
from wi2007.delivery.text.head import read_head, width_of
from wi2007.delivery.text.locate import record_at
from wi2007.delivery.text.origin import Origin, PackedFile, PlainFile, beginning
from wi2007.delivery.text.records import Beginning
from wi2007.delivery.text.rows import TextSource
from wi2007.delivery.text.separator import Asked, Separator, find_separator, names_seen
from wi2007.delivery.text.spool import private_file
from wi2007.delivery.text.survey import Look, Survey

_HEAD: Final = 1 << 20
_UNPACKED: Final = "uitgepakt.txt"
_CONVERTED: Final = "omgezet.txt"


def open_text(path: Path, kind: str, reading: Reading, scratch: Path) -> TextSource:
    """Open a text that is packed as `kind` says, or not at all. Raises `UnreadableError`."""
    told: list[Decision] = []
    origin: Origin = PlainFile(path)
    if kind != kinds.TEXT:
        packed = open_packed(path, kind, reading.member, read_limits())
        origin = PackedFile(packed)
        told = [words.member(packed.name, reading)] if packed.name else []
    begin, form = _begin(origin, reading)
    mark = quotes.LETTERS if reading.quoted is False else quotes.DOUBLE
    found = _separator(begin, reading, mark)
    width = width_of(begin, found.sign, mark=mark, row=found.first_row) if reading.quoted is None else 0
    chosen = None if form.utf16 else reading.encoding
    look = Look(chosen, found.sign, mark, joined.least_separators(width) if width > 1 else 0)
    place, seen = survey(origin, form.utf16, look, scratch)
    if form.utf16 is None:
        place, begin = _converted(place, begin, seen, origin, scratch)
    exactly = reading.header_row is not None
    head = read_head(begin, found.sign, mark=mark, first_row=found.first_row, exactly=exactly)
    told = [
        words.kind(kind, reading),
        *told,
        words.encoding(form.utf16 or seen.encoding, reading, seen, marked=form.marked),
        words.separator(found),
        words.quotes(seen, reading),
        words.line_ends(seen),
        words.header(head, reading, found),
    ]
    return TextSource(
        path=place,
        size=path.stat().st_size,
        sha256=origin.sha256,
        head=head,
        delimiter=found.sign,
        mark=mark,
        rows=seen.rows,
        decisions=tuple(told),
    )


def _separator(begin: Beginning, reading: Reading, mark: str) -> Separator:
    """The separator and the header's row; as they are without quotation marks, where those hide the names.

    What the marks do then, shows in the pass over all bytes.
    """
    asked = Asked(reading.delimiter, reading.header_row, reading.known)
    if reading.quoted is None and mark in begin.text and not names_seen(begin, asked, mark):
        mark = quotes.LETTERS if names_seen(begin, asked, quotes.LETTERS) else mark
    return find_separator(begin, asked, mark)


@dataclass(frozen=True)
class _Form:
    """`utf16` is the order of the bytes, None in other encodings; `marked` whether there is a byte order mark."""

    utf16: str | None
    marked: bool


def _begin(origin: Origin, reading: Reading) -> tuple[Beginning, _Form]:
    """The first characters, enough to see how the fields are separated. Letters that are not ASCII may be wrong."""
    head = beginning(origin, _HEAD + 1)
    order = encodings.utf16_order(head, reading.encoding)
    whole = len(head) <= _HEAD
    text = _unmarked(head[:_HEAD].decode(order or "latin-1", errors="ignore"))
    if whole and not text.strip():
        raise UnreadableError(Problem("bestand_leeg"))
    marked = encodings.has_utf16_mark(head) if order else head.startswith(encodings.UTF8_MARK)
    return Beginning(text, whole), _Form(order, marked)


def _unmarked(text: str) -> str:
    return text.removeprefix("\ufeff").removeprefix(encodings.UTF8_MARK.decode("latin-1"))


def survey(origin: Origin, utf16: str | None, look: Look, scratch: Path) -> tuple[Path, Survey]:
    """Pass over all bytes; what is packed or UTF-16 is put down on the way. Where the text can be read, and how."""
    chunks: Iterator[bytes] = origin.chunks()
    if utf16:
        chunks = encodings.from_utf16(chunks, utf16)
    if origin.is_plain and not utf16:
        _pass(chunks, look, origin.path)
        return origin.path, look.survey()
    place = scratch / _UNPACKED
    with private_file(place) as spool:
        _pass(_put_down(chunks, spool), look, place)
    return place, look.survey()


def _put_down(chunks: Iterator[bytes], spool: BinaryIO) -> Iterator[bytes]:
    for chunk in chunks:
        spool.write(chunk)
        yield chunk


def _pass(chunks: Iterator[bytes], look: Look, place: Path) -> None:
    """Raises `UnreadableError` with the row where the text at `place` cannot be read."""
    try:
        problem = next(filter(None, map(look.take, chunks)), None) or look.end()
    except UnicodeDecodeError:
        problem = ("bestand_codering", look.size)
    if problem:
        rule, at = problem
        if rule == joined.RULE and look.joined is not None:
            raise UnreadableError(joined.question(place, look.joined, look.mark))
        raise UnreadableError(Problem(rule, row=record_at(place, at, mark=look.mark)))


def _converted(
    place: Path, begin: Beginning, seen: Survey, origin: Origin, scratch: Path
) -> tuple[Path, Beginning]:
    """The text in UTF-8, and its beginning with the right letters."""
    head = begin.text.encode("latin-1")
    if seen.encoding == encodings.UTF_8 or seen.ascii:
        return place, Beginning(head.decode("utf-8", errors="ignore"), begin.whole)
    converted = scratch / _CONVERTED
    with place.open("rb", buffering=0) as file, private_file(converted) as spool:
        file.seek(len(encodings.UTF8_MARK) if file.read(3) == encodings.UTF8_MARK else 0)
        for chunk in encodings.from_windows(iter(lambda: file.read(1 << 18), b"")):
            spool.write(chunk)
    if place != origin.path:
        place.unlink()
    return converted, Beginning(head.decode("cp1252", errors="ignore"), begin.whole)
