"""Decide whether two sets of tables may be compared, and how large a difference rounding alone can explain."""

from __future__ import annotations

from wi2007.difference.release import Release
from wi2007.errors import UserError


def check(before: Release, after: Release) -> None:
    """Raise `UserError` when a difference would mean nothing, or would show exact counts beside rounded ones."""
    if before.demonstration != after.demonstration:
        which = "eerste" if before.demonstration else "tweede"
        raise UserError(
            f"Dit is niet te vergelijken: de {which} tabellen zijn van demonstratiegegevens en de andere niet. "
            "Noem twee keer demonstratiegegevens of twee keer echte gegevens."
        )
    if (before.rounding is None) != (after.rounding is None):
        which = "eerste" if before.rounding is None else "tweede"
        raise UserError(
            f"Dit is niet te vergelijken: de {which} tabellen zijn exact en de andere afgerond. Maak beide met "
            "dezelfde afronding, bijvoorbeeld met wi2007 run --afronding 5."
        )


def noise(before: Release, after: Release) -> int:
    """Return the largest difference between two counts that rounding alone can make; 0 where nothing is rounded."""
    return sum(one.rounding.within - 1 for one in (before, after) if one.rounding is not None)
