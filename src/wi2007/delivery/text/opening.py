"""Open a text: decide how it is read, pass over all its bytes once, and read its header.

A text that cannot be read as it is (packed, UTF-16, Windows-1252) is written in UTF-8 to a temporary file and read
from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from wi2007.delivery import kinds
from wi2007.delivery.archive import open_packed, read_limits
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Decision, Reading
from wi2007.delivery.text import encodings, frame, joined, quotes, words
from wi2007.delivery.text.head import read_head, width_of
from wi2007.delivery.text.locate import record_at
from wi2007.delivery.text.origin import Origin, PackedFile, PlainFile, beginning
from wi2007.delivery.text.records import Beginning
from wi2007.delivery.text.rows import TextSource
from wi2007.delivery.text.separator import Asked, Separator, find_separator, names_seen
from wi2007.delivery.text.shape import fitted
from wi2007.delivery.text.spool import private_file
from wi2007.delivery.text.style import Style, find_style, tightened
from wi2007.delivery.text.survey import Look, Survey

Tidy = Callable[[Iterator[bytes]], Iterator[bytes]]

_HEAD: Final = 1 << 20
_UNPACKED: Final = "uitgepakt.txt"
_CONVERTED: Final = "omgezet.txt"


def open_text(path: Path, kind: str, reading: Reading, scratch: Path) -> TextSource:
    """Open a text that is packed as `kind` says, or not packed. Raises `UnreadableError`."""
    told: list[Decision] = []
    origin: Origin = PlainFile(path)
    if kind != kinds.TEXT:
        packed = open_packed(path, kind, reading.member, read_limits(), reading.known)
        origin = PackedFile(packed)
        told = [words.member(packed, reading)] if packed.name else []
    begin, form = _begin(origin, reading)
    style = Style(quotes.LETTERS if reading.quoted is False else quotes.DOUBLE)
    found = _separator(begin, reading, style.mark)
    if style.mark:
        style = find_style(begin, found.sign, found.first_row)
        begin = _tight(begin, found.sign, style, form)
    mark = style.mark
    width = width_of(begin, found.sign, mark=mark, row=found.first_row) if reading.quoted is None else 0
    chosen = None if form.utf16 else reading.encoding
    look = Look(chosen, found.sign, mark, joined.least_separators(width) if width > 1 else 0)
    tidy = partial(tightened, delimiter=found.sign, mark=mark) if style.spaced else None
    place, seen = survey(origin, form.utf16, look, scratch, tidy)
    if form.utf16 is None:
        place, begin = _converted(place, begin, seen, origin, scratch)
    exactly = reading.header_row is not None
    head = read_head(begin, found.sign, mark=mark, first_row=found.first_row, exactly=exactly)
    told = [
        words.kind(kind, reading),
        *told,
        words.encoding(form.utf16 or seen.encoding, reading, seen, marked=form.marked, doubled=form.doubled),
        words.separator(found),
        words.quotes(seen, reading, style),
        words.line_ends(seen),
        words.header(head, reading, found),
    ]
    source = TextSource(
        path=place,
        size=path.stat().st_size,
        sha256=origin.sha256,
        head=head,
        delimiter=found.sign,
        mark=mark,
        rows=seen.rows,
        decisions=tuple(told),
    )
    return fitted(_framed(source, begin), begin, reading.extra)


def _framed(source: TextSource, begin: Beginning) -> TextSource:
    """Return the source with the lines around its rows set apart."""
    end = frame.text_end(source.path)
    rows = source.rows - end.rows if end else source.rows
    table = frame.Table(len(source.names), source.delimiter, source.mark, rows)
    more = (words.end_of_text(),) if end else ()
    return replace(
        source,
        rows=rows,
        end=end.at if end else None,
        footer=frame.footer(source.path, end, table),
        below_names=frame.below_names(begin, source.head, table),
        decisions=(*source.decisions, *more),
    )


def _separator(begin: Beginning, reading: Reading, mark: str) -> Separator:
    """Return the separator and the header's row; as they are without quotation marks, where those hide the names.

    The pass over all bytes shows what the marks then do.
    """
    asked = Asked(reading.delimiter, reading.header_row, reading.known)
    if reading.quoted is None and mark in begin.text and not names_seen(begin, asked, mark):
        mark = quotes.LETTERS if names_seen(begin, asked, quotes.LETTERS) else mark
    return find_separator(begin, asked, mark)


@dataclass(frozen=True)
class _Form:
    """`utf16` is the byte order, None in other encodings; `marked` whether there is a byte order mark, `doubled`
    whether there are more.
    """

    utf16: str | None
    marked: bool
    doubled: bool


def _begin(origin: Origin, reading: Reading) -> tuple[Beginning, _Form]:
    """Return the first characters, enough to see how the fields are separated.

    Letters that are not ASCII may be wrong.
    """
    head = beginning(origin, _HEAD + 1)
    order = encodings.utf16_order(head, reading.encoding)
    whole = len(head) <= _HEAD
    marks = head[:_HEAD].decode(order or "latin-1", errors="ignore")
    text = _unmarked(marks)
    if whole and not text.strip():
        raise UnreadableError(Problem("bestand_leeg"))
    marked = encodings.has_utf16_mark(head) if order else head.startswith(encodings.UTF8_MARK)
    return Beginning(text, whole), _Form(
        order, marked, len(marks) - len(text) > (1 if order else len(encodings.UTF8_MARK))
    )


def _unmarked(text: str) -> str:
    """Return the text without byte order marks; some programs write one before a text that has one."""
    mark = encodings.UTF8_MARK.decode("latin-1")
    while text.startswith(("\ufeff", mark)):
        text = text.removeprefix("\ufeff").removeprefix(mark)
    return text


def _tight(begin: Beginning, sign: str, style: Style, form: _Form) -> Beginning:
    if not style.spaced:
        return begin
    encoding = "utf-8" if form.utf16 else "latin-1"
    chunks = tightened([begin.text.encode(encoding)], sign, style.mark)
    return replace(begin, text=b"".join(chunks).decode(encoding))


def survey(
    origin: Origin, utf16: str | None, look: Look, scratch: Path, tidy: Tidy | None = None
) -> tuple[Path, Survey]:
    """Pass over all bytes; write a packed, UTF-16 or untidy text to a temporary file on the way.

    Returns where the text can be read, and what the pass found.
    """
    chunks: Iterator[bytes] = origin.chunks()
    if utf16:
        chunks = encodings.from_utf16(chunks, utf16)
    if tidy:
        chunks = tidy(chunks)
    if origin.is_plain and not utf16 and not tidy:
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
    """Pass over all bytes. Raises `UnreadableError` with the row where the text at `place` cannot be read."""
    try:
        problem = next(filter(None, map(look.take, chunks)), None) or look.end()
    except UnicodeDecodeError:
        problem = ("bestand_codering", look.size)
    if problem:
        rule, at = problem
        if rule == joined.RULE and look.joined is not None:
            raise UnreadableError(joined.question(place, look.joined, look.mark))
        about = words.SINGLE_MARKS if look.mark == quotes.SINGLE and rule == "aanhalingstekens" else ""
        raise UnreadableError(Problem(rule, row=record_at(place, at, mark=look.mark), about=about))


def _converted(
    place: Path, begin: Beginning, seen: Survey, origin: Origin, scratch: Path
) -> tuple[Path, Beginning]:
    """Return the text in UTF-8, and its beginning with the right letters."""
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
