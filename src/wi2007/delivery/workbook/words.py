"""What is told of how a workbook was read, and why: a sentence for each decision, without a value of a row.

What does not belong here: deciding.
"""

from __future__ import annotations

from typing import Final

from wi2007.delivery.source import Decision, Reading
from wi2007.delivery.workbook.head import Head
from wi2007.delivery.workbook.sheets import Worksheet
from wi2007.dutch import count

BY_HAND: Final = "Zo staat het in levering.yaml."


def kind(reading: Reading) -> Decision:
    """What kind of file it is."""
    by_hand = reading.kind is not None
    return Decision("soort", "xlsx", by_hand, BY_HAND if by_hand else "De inhoud is een werkmap van Excel.")


def sheet_by_hand(sheet: Worksheet) -> Decision:
    """The sheet that was set."""
    hidden = " Het werkblad is verborgen." if sheet.hidden else ""
    return Decision("werkblad", sheet.told, by_hand=True, reason=BY_HAND + hidden)


def only_sheet(sheet: Worksheet, *, others: bool) -> Decision:
    """The one sheet on which anything stands."""
    reason = "Op de andere werkbladen staat niets." if others else "Het is het enige werkblad."
    return Decision("werkblad", sheet.told, by_hand=False, reason=reason)


def only_named_sheet(sheet: Worksheet, visible: int, hidden: int) -> Decision:
    """The one sheet with our names."""
    if visible == 1:
        return only_visible_sheet(sheet, hidden)
    reason = "Alleen op dit werkblad staan onze kolomnamen."
    return Decision("werkblad", sheet.told, by_hand=False, reason=f"{reason}{_passed_over(hidden)}")


def only_visible_sheet(sheet: Worksheet, hidden: int) -> Decision:
    """The one sheet that can be seen."""
    reason = "Het is het enige zichtbare werkblad met inhoud."
    return Decision("werkblad", sheet.told, by_hand=False, reason=f"{reason}{_passed_over(hidden)}")


def header(head: Head, reading: Reading) -> Decision:
    """In which row the names are."""
    if reading.header_row is not None:
        return Decision("koprij", str(head.row), by_hand=True, reason=BY_HAND)
    reason = "Het is de eerste rij met inhoud."
    if head.above:
        rows = "een rij" if head.above == 1 else f"{count(head.above)} rijen"
        reason = f"Het is de eerste rij met onze kolomnamen; erboven staan {rows} met tekst."
        if head.above == 1:
            reason = f"Het is de eerste rij met onze kolomnamen; erboven staat {rows} met tekst."
    return Decision("koprij", str(head.row), by_hand=False, reason=reason)


def _passed_over(hidden: int) -> str:
    if not hidden:
        return ""
    if hidden == 1:
        return " Een verborgen werkblad met inhoud is niet gelezen."
    return f" {count(hidden)} verborgen werkbladen met inhoud zijn niet gelezen."
