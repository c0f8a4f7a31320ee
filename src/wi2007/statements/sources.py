"""The sources of statements: counts of the tables, figures of CBS, and a comparison of two deliveries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import Any

from schemas.cbs import CBS
from schemas.change import CHANGE, ChangeRow
from schemas.statements import CbsRef, ChangeRef, Spread, SumRef
from schemas.tables import Specification, Variable
from schemas.tidy import TOTAL, TidyRow
from wi2007 import reference
from wi2007.statements.figure import Figure, NotComputableError, counted, from_source
from wi2007.tables import variables

Where = Mapping[Variable, str]
_Conditions = frozenset[tuple[str, str]]
Changes = Mapping[str, int]
"""How many left the group since the delivery before, by reason."""


@dataclass(frozen=True)
class Rounding:
    """A count is off by `spread` at most (0 for exact counts); with `loose` that of a rest can be further off."""

    spread: int = 0
    loose: bool = False


def rounding_of(processing: Mapping[str, Any]) -> Rounding:
    """Say how far counts can be off: less than `afwijking`, and not at all where nothing is rounded."""
    rounding = processing["afronding"]
    if rounding is None:
        return Rounding()
    return Rounding(rounding["afwijking"] - 1, rounding["rest_wijkt_verder_af"])


@dataclass(frozen=True, eq=False)
class CountedTable:
    """One table of which statements may use counts; `rows` are worked out when a statement asks for one."""

    number: str
    population: str
    variables: frozenset[str]
    rows: Callable[[], Iterable[TidyRow]]

    @cached_property
    def counts(self) -> dict[_Conditions, int]:
        """Persons by what is shown of them."""
        return {frozenset(_conditions(row)): row.aantal for row in self.rows()}

    @cached_property
    def of_variables(self) -> dict[frozenset[str], dict[_Conditions, int]]:
        """The same by the variables that tell it apart."""
        found = defaultdict[frozenset[str], dict[_Conditions, int]](dict)
        for conditions, count in self.counts.items():
            found[frozenset(variable for variable, _ in conditions)][conditions] = count
        return found


def read_tables(rows: Iterable[TidyRow]) -> Iterator[CountedTable]:
    """Yield every table of the tidy rows, which stand together by table."""
    for number, together in groupby(rows, key=lambda row: row.tabel):
        own = list(together)
        names = {row.rijvariabele for row in own} | {row.kolomvariabele for row in own}
        yield CountedTable(number, own[0].populatie, frozenset(names), lambda own=own: own)  # type: ignore[misc]


class Cells:
    """The counts of the tables. A count that several tables show is the same in each, as the gate ensures."""

    def __init__(
        self, tables: Iterable[CountedTable], specification: Specification, rounding: Rounding
    ) -> None:
        self._tables = tuple(tables)
        self._specification = specification
        self._rounding = rounding

    def count(self, population: str, where: Where) -> Figure:
        """Return the persons in a population with these categories.

        Raises `NotComputableError` when no table shows them.
        """
        table, count = next(self._shown(population, where), ("", None))
        if count is None:
            raise NotComputableError("geen_cel")
        return from_source(counted(Fraction(count), Fraction(self._rounding.spread)), table)

    def sum(self, asked: SumRef, numbers: Mapping[str, int]) -> Figure:
        """Return the persons in some categories together. Raises `NotComputableError` when one of them is not shown."""
        labels = asked.rijen or self._largest(asked, numbers[asked.grootste or ""])
        wheres = [{asked.variabele: label, **asked.waar} for label in labels]
        parts = [dict(self._shown(asked.populatie, where)) for where in wheres]
        if not all(parts):
            raise NotComputableError("geen_cel")
        total = sum(next(iter(part.values())) for part in parts)
        together = [table for table in parts[0] if all(table in part for part in parts)]
        spread = min(len(labels), *(self._by_rest(asked, table, labels) for table in together), len(labels))
        source = together[0] if together else next(iter(parts[0]))
        return from_source(counted(Fraction(total), Fraction(spread * self._rounding.spread)), source)

    def _with(self, population: str, names: Collection[str]) -> Iterator[CountedTable]:
        """Yield the tables of a population that count by these variables."""
        for table in self._tables:
            if table.population == population and table.variables.issuperset(names):
                yield table

    def _shown(self, population: str, where: Where) -> Iterator[tuple[str, int]]:
        """Yield the count of these categories in every table that shows it."""
        wanted = frozenset(where.items())
        for table in self._with(population, where.keys()):
            if wanted in table.counts:
                yield table.number, table.counts[wanted]

    def _largest(self, asked: SumRef, number: int) -> list[str]:
        ranked = self._ranked(asked.variabele)
        shares = {
            label: next(iter(by_table.values()))
            for label, by_table in self._categories(asked).items()
            if label in ranked
        }
        if len(shares) < number:
            raise NotComputableError("te_weinig")
        return sorted(shares, key=lambda label: -shares[label])[:number]

    def _categories(self, asked: SumRef) -> dict[str, dict[str, int]]:
        """Return the counts of every category of the variable that a table shows, by table."""
        others, found = set(asked.waar.items()), defaultdict[str, dict[str, int]](dict)
        names = frozenset({asked.variabele, *asked.waar})
        for table in self._with(asked.populatie, names):
            for conditions, count in table.of_variables.get(names, {}).items():
                if others <= conditions:
                    found[dict(conditions)[asked.variabele]][table.number] = count
        return found

    def _ranked(self, variable: Variable) -> set[str]:
        """Return the labels that take part in a ranking: real categories, no rest."""
        known = variables.all_labels(variable)
        texts = self._specification.variables.get(variable)
        never = set(texts.never_ranked) if texts else set()
        return {label for code, label in known.items() if code not in never}

    def _by_rest(self, asked: SumRef, table: str, labels: Sequence[str]) -> int:
        """Return how many rounded counts give the sum by taking the rest of a table from its total."""
        others = [
            label
            for label, by_table in self._categories(asked).items()
            if table in by_table and label not in labels
        ]
        known = set(variables.all_labels(asked.variabele).values())
        if asked.variabele == "geslacht" or (self._rounding.loose and not set(others) <= known):
            return len(labels)
        return 1 + len(others)


def _conditions(row: TidyRow) -> Iterator[tuple[str, str]]:
    if row.rijvariabele != TOTAL:
        yield row.rijvariabele, row.rij
    if row.kolom != TOTAL:
        yield row.kolomvariabele, row.kolom


@dataclass(frozen=True)
class CbsFigure:
    """One figure of CBS: `value` None where it is not known."""

    value: Decimal | None
    day: date


CbsTable = Mapping[CbsRef, CbsFigure]


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
        day, codes = self.classified_on or self.peildatum, reference.municipalities().items()
        return sum(entry.valid_on(day) for code, entry in codes if code not in reference.NO_MUNICIPALITY)


def read_cbs(text: str) -> CbsTable | None:
    """The CBS table from its tidy CSV; None when it has no rows."""
    found = {
        CbsRef.model_validate({name: getattr(row, name) for name in CBS.key}): CbsFigure(
            row.aantal, date.fromisoformat(row.meetmoment)
        )
        for row in CBS.from_csv(text)
    }
    return found or None


def read_changes(text: str, asked: Mapping[str, ChangeRef]) -> Changes | None:
    """Return how many persons each part is about, from `verandering.csv`; None when nothing is compared.

    A part of a row that no table has is left out; a row without the part had nobody in it.
    """
    changes = CHANGE.from_csv(text)
    rows = {name: _row(changes, one) for name, one in asked.items()}
    return {name: _part(row, asked[name]) for name, row in rows.items() if row} if changes else None


def _row(changes: Sequence[ChangeRow], asked: ChangeRef) -> list[ChangeRow]:
    """Return all parts of a row in the first table that has it."""
    wanted = (asked.populatie, asked.rijvariabele, asked.rij, TOTAL)
    found = [one for one in changes if (one.populatie, one.rijvariabele, one.rij, one.kolom) == wanted]
    return [one for one in found if one.tabel == found[0].tabel]


def _part(row: Sequence[ChangeRow], asked: ChangeRef) -> int:
    return sum(abs(one.aantal) for one in row if (one.deel, one.route) == (asked.deel, asked.route))
