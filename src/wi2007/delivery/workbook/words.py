"""Word the decisions on how a workbook was read, one Dutch sentence each, without a value of a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from wi2007 import dutch
from wi2007.delivery import kinds
from wi2007.delivery.source import EXCEL_DAY_ZERO, Decision, Reading
from wi2007.delivery.workbook.book import Book
from wi2007.delivery.workbook.head import Head
from wi2007.delivery.workbook.others import Other, listed
from wi2007.delivery.workbook.sheets import Worksheet
from wi2007.dutch import count

BY_HAND: Final = "Zo staat het in levering.yaml."
_KINDS: Final = {
    kinds.XLSX: "De inhoud is een werkmap van Excel.",
    kinds.XLSB: "De inhoud is een werkmap van Excel in binaire vorm.",
    kinds.XLS: "De inhoud is een werkmap van Excel 97-2003.",
    kinds.ODS: "De inhoud is een rekenblad van LibreOffice of OpenOffice.",
}


def kind(book: Book, reading: Reading) -> Decision:
    """Word the kind of file."""
    by_hand = reading.kind is not None
    remarks = " ".join((BY_HAND if by_hand else _KINDS[book.kind], *book.remarks))
    return Decision("soort", kinds.TOLD[book.kind], by_hand, remarks)


def sheet_by_hand(sheet: Worksheet) -> Decision:
    """Word that levering.yaml sets this sheet."""
    hidden = " Het werkblad is verborgen." if sheet.hidden else ""
    return Decision("werkblad", sheet.told, by_hand=True, reason=BY_HAND + hidden)


def only_sheet(sheet: Worksheet, *, others: bool) -> Decision:
    """Word that this is the one sheet that is not empty."""
    reason = "Op de andere werkbladen staat niets." if others else "Het is het enige werkblad."
    return Decision("werkblad", sheet.told, by_hand=False, reason=reason)


def only_named_sheet(sheet: Worksheet, visible: int) -> Decision:
    """Word that this is the one sheet with our names."""
    if visible == 1:
        return only_visible_sheet(sheet)
    reason = "Van de zichtbare werkbladen heeft alleen dit onze kolomnamen."
    return Decision("werkblad", sheet.told, by_hand=False, reason=reason)


def only_visible_sheet(sheet: Worksheet) -> Decision:
    """Word that this is the one visible sheet."""
    reason = "Het is het enige zichtbare werkblad met inhoud."
    return Decision("werkblad", sheet.told, by_hand=False, reason=reason)


def with_others(decision: Decision, others: Sequence[Other]) -> Decision:
    """Return a decision with the sheets that are not read."""
    if not others:
        return decision
    return replace(decision, reason=f"{decision.reason} Niet gelezen: {listed(others)}.")


def days(day_zero: date) -> tuple[Decision, ...]:
    """Word the day that numbers count from, where it is not the usual one."""
    if day_zero == EXCEL_DAY_ZERO:
        return ()
    told = "Zo staat het in de werkmap. Een getal in een kolom met datums is een aantal dagen vanaf die dag."
    return (Decision("dagnummers", f"vanaf {dutch.day(day_zero)}", by_hand=False, reason=told),)


def header(head: Head, reading: Reading) -> Decision:
    """Word the row of the names."""
    if reading.header_row is not None:
        return Decision("koprij", str(head.row), by_hand=True, reason=BY_HAND)
    reason = "Het is de eerste rij met inhoud."
    if head.above:
        rows = "een rij" if head.above == 1 else f"{count(head.above)} rijen"
        reason = f"Het is de eerste rij met onze kolomnamen; erboven staan {rows} met tekst."
        if head.above == 1:
            reason = f"Het is de eerste rij met onze kolomnamen; erboven staat {rows} met tekst."
    return Decision("koprij", str(head.row), by_hand=False, reason=reason)
