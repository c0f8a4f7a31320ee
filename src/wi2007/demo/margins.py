"""The margins of the demonstration delivery: whole numbers of persons behind the printed percentages.

A cell is named by its conditions, so that a cell two tables share is one cell, and the tables agree.
What does not belong here: which conditions the figures set (see `conditions`), how they are solved (see `program`).
"""

from __future__ import annotations

from wi2007.demo.program import Cell

ROUTE = "uitstroomroute"
STILL_OBLIGED = "Nog steeds inburgeringsplichtig"
COUNTRY = "land_van_herkomst"
MUNICIPALITY = "gemeente"
AGE = "leeftijdsklasse"
GENDER = "geslacht"


class Margins(dict[Cell, int]):
    """Persons by cell."""

    def of(self, **conditions: str) -> int:
        """The count of the cell with these conditions, as in `of(uitstroomroute="Onbekend", geslacht="man")`."""
        return self[frozenset(conditions.items())]

    def having(self, variable: str, **conditions: str) -> dict[str, int]:
        """For each category of `variable`: the count of the cell with it and these conditions, no others."""
        given = frozenset(conditions.items())
        found = {}
        for cell, count in self.items():
            added = cell - given
            if given <= cell and len(added) == 1 and next(iter(added))[0] == variable:
                found[next(iter(added))[1]] = count
        return dict(sorted(found.items()))


def obliged(**conditions: str) -> Cell:
    """The cell of those still obliged with these conditions besides."""
    return frozenset({(ROUTE, STILL_OBLIGED), *conditions.items()})


def population(name: str) -> Cell:
    """The conditions that a population of the study sets."""
    return obliged() if name == "nog_inburgeringsplichtig" else frozenset()
