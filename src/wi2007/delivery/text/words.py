"""Word the decisions on how a text was read, one Dutch sentence each, without a value of a row."""

from __future__ import annotations

from typing import Final

from wi2007.delivery import kinds
from wi2007.delivery.archive import Packed
from wi2007.delivery.source import Decision, Reading
from wi2007.delivery.text import encodings
from wi2007.delivery.text.head import Head
from wi2007.delivery.text.quotes import SINGLE
from wi2007.delivery.text.separator import BY_HAND, WORDS, Separator
from wi2007.delivery.text.style import Style
from wi2007.delivery.text.survey import Survey
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


def kind(found: str, reading: Reading) -> Decision:
    """Word the kind of file."""
    reason = "De inhoud is tekst." if found == kinds.TEXT else "Zo begint het bestand; de inhoud is tekst."
    return _decision("soort", _PACKED[found], reading.kind is not None, reason)


def member(packed: Packed, reading: Reading) -> Decision:
    """Word which file of a zip is read."""
    reason = "Het is het enige bestand in het archief dat een levering kan zijn."
    if packed.others:
        reason += f" Niet gelezen: {count(packed.others)} {'ander' if packed.others == 1 else 'andere'}."
    return _decision("bestand_in_archief", packed.name, reading.member is not None, reason)


def encoding(found: str, reading: Reading, seen: Survey, *, marked: bool, doubled: bool) -> Decision:
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


def separator(found: Separator) -> Decision:
    """Word the separator between fields."""
    return Decision("scheidingsteken", WORDS.get(found.sign, found.sign), found.by_hand, found.reason)


def quotes(seen: Survey, reading: Reading, style: Style) -> Decision:
    """Word whether fields may stand in quotation marks."""
    if reading.quoted is False:
        return Decision("aanhalingstekens", "nee", by_hand=True, reason=BY_HAND)
    reason = "Ze staan steeds om een heel veld." if seen.quotes else "Ze komen in het bestand niet voor."
    if style.mark == SINGLE:
        reason = "Alle velden, op getallen na, staan tussen enkele aanhalingstekens (')."
    if style.spaced:
        reason += " De spaties tussen aanhalingsteken en scheidingsteken zijn weggelaten."
    return _decision("aanhalingstekens", "ja" if seen.quotes else "nee", reading.quoted is not None, reason)


def line_ends(seen: Survey) -> Decision:
    """Word the line ends."""
    found = [name for name in ("CRLF", "LF", "CR") if name in seen.line_ends]
    if len(found) > 1:
        reason = "Ze komen door elkaar voor; elk ervan eindigt een regel."
    elif found:
        reason = "Alle regels eindigen zo."
    else:
        reason = "Er is maar één regel."
    return Decision("regeleinden", " en ".join(found) or "geen", by_hand=False, reason=reason)


def end_of_text() -> Decision:
    """Word that a Ctrl-Z ends the text."""
    return Decision(
        "einde", "Ctrl-Z", by_hand=False, reason="Met dat teken eindigde DOS een tekst; het is niet gelezen."
    )


def header(head: Head, reading: Reading, found: Separator) -> Decision:
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
