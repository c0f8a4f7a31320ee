"""The sources of statements beside the tables: figures of CBS and a comparison of two deliveries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from schemas.cbs import CBS, CbsRow
from schemas.change import CHANGE, ChangeRow
from schemas.statements import CbsRef, ChangeRef, Spread
from wi2007 import reference
from wi2007.statements.cells import Cells
from wi2007.statements.figure import Figure, NotComputableError, counted
from wi2007.tables.tidy import TOTAL


@dataclass(frozen=True)
class CbsFigure:
    """One figure of CBS: `value` None where it is not known."""

    value: Decimal | None
    day: date


CbsTable = Mapping[CbsRef, CbsFigure]
Changes = Mapping[str, int]
"""How many left the group since the delivery before, by reason."""


@dataclass(frozen=True)
class Sources:
    """Everything that formulas may use; `cbs` and `changes` are None where there is no such file."""

    peildatum: date
    cells: Cells
    spread: int
    cbs: CbsTable | None = None
    changes: Changes | None = None
    classified_on: date | None = None
    """The day whose municipalities are counted, where that is not the peildatum."""

    def of_cbs(self, asked: CbsRef, spread: Spread) -> Figure:
        """Return a figure of CBS. Raises `NotComputableError` when it is not known."""
        if self.cbs is None:
            raise NotComputableError("geen_cbs")
        found = self.cbs.get(asked)
        if found is None or found.value is None:
            raise NotComputableError("cbs_cijfer")
        off = spread.procent if asked.eenheid == "procent" else spread.absoluut
        figure = counted(Fraction(found.value), Fraction(str(off)))
        return Figure(figure.value, figure.low, figure.high, ("CBS",), (found.day,))

    def change(self, part: str) -> Figure:
        """Return how many left for a reason. Raises `NotComputableError` when no comparison gives it."""
        if self.changes is None:
            raise NotComputableError("geen_vergelijking")
        if part not in self.changes:
            raise NotComputableError("vergelijking_onderdeel")
        figure = counted(Fraction(self.changes[part]), Fraction(self.spread))
        return Figure(figure.value, figure.low, figure.high, ("vergelijking",), own=True)

    def municipalities(self) -> int:
        """Return the number of municipalities in the classification of the counts."""
        apart = {reference.UNKNOWN_CODE, reference.RNI}
        codes = reference.municipalities().items()
        return sum(
            entry.valid_on(self.classified_on or self.peildatum) for code, entry in codes if code not in apart
        )


def read_cbs(text: str) -> CbsTable | None:
    """The CBS table from its tidy CSV; None when it has no rows."""
    found = {_cbs_key(row): _cbs_figure(row) for row in CBS.from_csv(text)}
    return found or None


def _cbs_key(row: CbsRow) -> CbsRef:
    return CbsRef.model_validate({name: getattr(row, name) for name in CBS.key})


def _cbs_figure(row: CbsRow) -> CbsFigure:
    return CbsFigure(row.aantal, date.fromisoformat(row.meetmoment))


def read_changes(text: str, asked: Mapping[str, ChangeRef]) -> Changes | None:
    """Return how many persons each part is about, from `verandering.csv`; None when nothing is compared.

    A part of a row that no table has is left out; a row without the part had nobody in it.
    """
    changes = CHANGE.from_csv(text)
    rows = {name: _row(changes, one) for name, one in asked.items()}
    return {name: _part(row, asked[name]) for name, row in rows.items() if row} if changes else None


def _row(changes: Sequence[ChangeRow], asked: ChangeRef) -> list[ChangeRow]:
    """All that is told of a row in the first table that has it."""
    wanted = (asked.populatie, asked.rijvariabele, asked.rij, TOTAL)
    found = [one for one in changes if (one.populatie, one.rijvariabele, one.rij, one.kolom) == wanted]
    return [one for one in found if one.tabel == found[0].tabel]


def _part(row: Sequence[ChangeRow], asked: ChangeRef) -> int:
    return sum(abs(one.aantal) for one in row if (one.deel, one.route) == (asked.deel, asked.route))
