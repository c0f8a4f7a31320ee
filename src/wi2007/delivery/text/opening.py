"""Open a text: decide how it is read, pass over all its bytes once, read its header, and word each decision.

A text that cannot be read as it is (packed, UTF-16, Windows-1252) is written in UTF-8 to a temporary file and read
from there. No decision quotes a value of a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from wi2007.delivery import kinds
from wi2007.delivery.access import private_file
from wi2007.delivery.archive import Packed, first_bytes, open_packed, read_limits
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import BY_HAND, Decision, Reading
from wi2007.delivery.text import encodings, frame, quotes
from wi2007.delivery.text.layout import (
    WORDS,
    Given,
    Head,
    Separator,
    find_separator,
    names_seen,
    read_head,
    width_of,
)
from wi2007.delivery.text.lines import Beginning, Origin, PackedFile, PlainFile, record_at
from wi2007.delivery.text.quotes import SINGLE, Style, find_style, tightened
from wi2007.delivery.text.rows import TextSource
from wi2007.delivery.text.shape import fitted
from wi2007.delivery.text.survey import Pass, Survey
from wi2007.dutch import count

SINGLE_MARKS: Final = (
    "De velden in dit bestand staan tussen enkele aanhalingstekens ('). In deze rij staat er een midden in een veld, "
    "of wordt er een niet gesloten. Een enkel aanhalingsteken in een veld wordt verdubbeld."
)
_PACKED: Final = {
    kinds.TEXT: "tekst",
    kinds.GZIP: "tekst, ingepakt als gz",
    kinds.ZIP: "tekst, ingepakt als zip",
}

Tidy = Callable[[Iterator[bytes]], Iterator[bytes]]
_HEAD: Final = 1 << 20
_UNPACKED: Final = "uitgepakt.txt"
_CONVERTED: Final = "omgezet.txt"


def open_text(path: Path, kind: str, reading: Reading, scratch: Path) -> TextSource:
    """Open a text that is packed as `kind` says, or not packed. Raises `UnreadableError`."""
    decisions: list[Decision] = []
    origin: Origin = PlainFile(path)
    if kind != kinds.TEXT:
        packed = open_packed(path, kind, reading.member, read_limits(), reading.known)
        origin = PackedFile(packed)
        decisions = [_member_decision(packed, reading)] if packed.name else []
    begin, form = _begin(origin, reading)
    style = Style(quotes.LETTERS if reading.quoted is False else quotes.DOUBLE)
    found = _separator(begin, reading, style.mark)
    if style.mark:
        style = find_style(begin, found.delimiter, found.first_row)
        begin = _tight(begin, found.delimiter, style, form)
    mark = style.mark
    width = width_of(begin, found.delimiter, mark=mark, row=found.first_row) if reading.quoted is None else 0
    chosen = None if form.utf16 else reading.encoding
    state = Pass(chosen, found.delimiter, mark, quotes.least_separators(width) if width > 1 else 0)
    tidy = partial(tightened, delimiter=found.delimiter, mark=mark) if style.spaced else None
    place, seen = survey(origin, form.utf16, state, scratch, tidy)
    if form.utf16 is None:
        place, begin = _converted(place, begin, seen, origin, scratch)
    exactly = reading.header_row is not None
    head = read_head(begin, found.delimiter, mark=mark, first_row=found.first_row, exactly=exactly)
    decisions = [
        _kind_decision(kind, reading),
        *decisions,
        _encoding_decision(
            form.utf16 or seen.encoding, reading, seen, marked=form.marked, doubled=form.doubled
        ),
        _separator_decision(found),
        _quotes_decision(seen, reading, style),
        _line_ends_decision(seen),
        _header_decision(head, reading, found),
    ]
    source = TextSource(
        path=place,
        size=path.stat().st_size,
        sha256=origin.sha256,
        head=head,
        delimiter=found.delimiter,
        mark=mark,
        rows=seen.rows,
        decisions=tuple(decisions),
    )
    return fitted(_framed(source, begin), begin, reading.extra)


def _framed(source: TextSource, begin: Beginning) -> TextSource:
    """Return the source with the lines around its rows set apart."""
    end = frame.text_end(source.path)
    rows = source.rows - end.rows if end else source.rows
    table = frame.Table(len(source.names), source.delimiter, source.mark, rows)
    more = (_end_decision(),) if end else ()
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
    given = Given(reading.delimiter, reading.header_row, reading.known)
    if reading.quoted is None and mark in begin.text and not names_seen(begin, given, mark):
        mark = quotes.LETTERS if names_seen(begin, given, quotes.LETTERS) else mark
    return find_separator(begin, given, mark)


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
    head = first_bytes(origin.chunks(), _HEAD + 1)
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


def _tight(begin: Beginning, delimiter: str, style: Style, form: _Form) -> Beginning:
    if not style.spaced:
        return begin
    encoding = "utf-8" if form.utf16 else "latin-1"
    chunks = tightened([begin.text.encode(encoding)], delimiter, style.mark)
    return replace(begin, text=b"".join(chunks).decode(encoding))


def survey(
    origin: Origin, utf16: str | None, state: Pass, scratch: Path, tidy: Tidy | None = None
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
        _pass(chunks, state, origin.path)
        return origin.path, state.survey()
    place = scratch / _UNPACKED
    with private_file(place) as spool:
        _pass(_put_down(chunks, spool), state, place)
    return place, state.survey()


def _put_down(chunks: Iterator[bytes], spool: BinaryIO) -> Iterator[bytes]:
    for chunk in chunks:
        spool.write(chunk)
        yield chunk


def _pass(chunks: Iterator[bytes], state: Pass, place: Path) -> None:
    """Pass over all bytes. Raises `UnreadableError` with the row where the text at `place` cannot be read."""
    try:
        problem = next(filter(None, map(state.take, chunks)), None) or state.end()
    except UnicodeDecodeError:
        problem = ("bestand_codering", state.size)
    if problem:
        rule, at = problem
        if rule == quotes.JOINED and state.joined is not None:
            raise UnreadableError(quotes.joined_question(place, state.joined, state.mark))
        about = SINGLE_MARKS if state.mark == quotes.SINGLE and rule == "aanhalingstekens" else ""
        raise UnreadableError(Problem(rule, row=record_at(place, at, mark=state.mark), about=about))


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


def _kind_decision(found: str, reading: Reading) -> Decision:
    """Word the kind of file."""
    reason = "De inhoud is tekst." if found == kinds.TEXT else "Zo begint het bestand; de inhoud is tekst."
    return _decision("soort", _PACKED[found], reading.kind is not None, reason)


def _member_decision(packed: Packed, reading: Reading) -> Decision:
    """Word which file of a zip is read."""
    reason = "Het is het enige bestand in het archief dat een levering kan zijn."
    if packed.others:
        reason += f" Niet gelezen: {count(packed.others)} {'ander' if packed.others == 1 else 'andere'}."
    return _decision("bestand_in_archief", packed.name, reading.member is not None, reason)


def _encoding_decision(
    found: str, reading: Reading, seen: Survey, *, marked: bool, doubled: bool
) -> Decision:
    """Word the encoding."""
    if found.startswith("utf-16"):
        reason = (
            "Het bestand begint met het merkteken daarvan (BOM)."
            if marked
            else "Om en om staat er een nulteken, zoals in die codering."
        )
    elif seen.ascii:
        reason = "Er staan alleen tekens in die in elke codering gelijk zijn (ASCII)."
    elif found == encodings.WINDOWS:
        reason = "Niet alle bytes passen in UTF-8; in Windows-1252 passen ze allemaal."
    elif marked:
        reason = "Het bestand begint met het merkteken daarvan (BOM), en alle bytes passen erin."
    else:
        reason = "Alle bytes van het bestand passen daarin."
    if doubled:
        reason += " Er staan twee merktekens achter elkaar; het tweede is overgeslagen."
    return _decision("codering", encodings.NAMES[found], reading.encoding is not None, reason)


def _separator_decision(found: Separator) -> Decision:
    """Word the separator between fields."""
    return Decision(
        "scheidingsteken", WORDS.get(found.delimiter, found.delimiter), found.by_hand, found.reason
    )


def _quotes_decision(seen: Survey, reading: Reading, style: Style) -> Decision:
    """Word whether fields may stand in quotation marks."""
    if reading.quoted is False:
        return Decision("aanhalingstekens", "nee", by_hand=True, reason=BY_HAND)
    reason = "Ze staan steeds om een heel veld." if seen.quotes else "Ze komen in het bestand niet voor."
    if style.mark == SINGLE:
        reason = "Alle velden, op getallen na, staan tussen enkele aanhalingstekens (')."
    if style.spaced:
        reason += " De spaties tussen aanhalingsteken en scheidingsteken zijn weggelaten."
    return _decision("aanhalingstekens", "ja" if seen.quotes else "nee", reading.quoted is not None, reason)


def _line_ends_decision(seen: Survey) -> Decision:
    """Word the line ends."""
    found = [name for name in ("CRLF", "LF", "CR") if name in seen.line_ends]
    if len(found) > 1:
        reason = "Ze komen door elkaar voor; elk ervan eindigt een regel."
    elif found:
        reason = "Alle regels eindigen zo."
    else:
        reason = "Er is maar één regel."
    return Decision("regeleinden", " en ".join(found) or "geen", by_hand=False, reason=reason)


def _end_decision() -> Decision:
    """Word that a Ctrl-Z ends the text."""
    return Decision(
        "einde", "Ctrl-Z", by_hand=False, reason="Met dat teken eindigde DOS een tekst; het is niet gelezen."
    )


def _header_decision(head: Head, reading: Reading, found: Separator) -> Decision:
    """Word the row of the names."""
    reason = "Het is de eerste rij met inhoud."
    if found.noted:
        reason = "De regel ervoor is een aanwijzing voor Excel (sep=)."
    if found.above:
        above = (
            "De gevulde rij erboven is"
            if found.above == 1
            else f"De {count(found.above)} gevulde rijen erboven zijn"
        )
        reason = f"Hierin staan namen die bekend zijn. {above} een opschrift, en niet gelezen."
    return _decision("koprij", str(head.row), reading.header_row is not None, reason)


def _decision(subject: str, value: str, by_hand: bool, reason: str) -> Decision:
    return Decision(subject, value, by_hand, BY_HAND if by_hand else reason)
