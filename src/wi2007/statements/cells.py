"""Find counts by what they are about, in whatever table shows them, with how far rounding can have moved them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from schemas.statements import SumRef
from schemas.tables import Specification, Variable
from wi2007.statements.figure import Figure, NotComputableError, counted, from_source
from wi2007.tables import variables
from wi2007.tables.tidy import TOTAL, TidyRow

Where = Mapping[Variable, str]
_Key = tuple[str, frozenset[tuple[str, str]]]


@dataclass(frozen=True)
class Rounding:
    """A count is off by `spread` at most (0 for exact counts); with `loose` that of a rest can be further off."""

    spread: int = 0
    loose: bool = False


def rounding_of(processing: Mapping[str, Any]) -> Rounding:
    """Say how far counts can be off: less than `afwijking`, and not at all where nothing is rounded."""
    told = processing["afronding"]
    return Rounding() if told is None else Rounding(told["afwijking"] - 1, told["rest_wijkt_verder_af"])


class Cells:
    """The counts of the tables. A count that several tables show is the same in each, as the gate ensures."""

    def __init__(self, rows: Iterable[TidyRow], specification: Specification, rounding: Rounding) -> None:
        self._specification = specification
        self._rounding = rounding
        self._counts: dict[_Key, dict[str, int]] = {}
        """Count by table for everything that is shown."""
        for row in rows:
            key = (row.populatie, frozenset(_conditions(row)))
            self._counts.setdefault(key, {})[row.tabel] = row.aantal
        self._by_variable: dict[tuple[_Key, str], list[tuple[str, dict[str, int]]]] = defaultdict(list)
        """Label and counts of every category, by the variable and what else is asked."""
        for (population, conditions), by_table in self._counts.items():
            for variable, label in conditions:
                others = conditions - {(variable, label)}
                self._by_variable[(population, others), variable].append((label, by_table))

    def count(self, population: str, where: Where) -> Figure:
        """Return the persons in a population with these categories.

        Raises `NotComputableError` when no table shows them.
        """
        table, count = next(iter(self._shown(population, where).items()))
        return from_source(counted(Fraction(count), Fraction(self._rounding.spread)), table)

    def sum(self, asked: SumRef, numbers: Mapping[str, int]) -> Figure:
        """Return the persons in some categories together. Raises `NotComputableError` when one of them is not shown."""
        labels = asked.rijen or self._largest(asked, numbers[asked.grootste or ""])
        wheres = [{asked.variabele: label, **asked.waar} for label in labels]
        parts = [self._shown(asked.populatie, where) for where in wheres]
        total = sum(next(iter(part.values())) for part in parts)
        together = [table for table in parts[0] if all(table in part for part in parts)]
        spread = min(len(labels), *(self._by_rest(asked, table, labels) for table in together), len(labels))
        source = together[0] if together else next(iter(parts[0]))
        return from_source(counted(Fraction(total), Fraction(spread * self._rounding.spread)), source)

    def _shown(self, population: str, where: Where) -> dict[str, int]:
        found = self._counts.get((population, frozenset(where.items())))
        if not found:
            raise NotComputableError("geen_cel")
        return found

    def _largest(self, asked: SumRef, number: int) -> list[str]:
        ranked = self._ranked(asked.variabele)
        shares = {
            label: next(iter(by_table.values()))
            for label, by_table in self._categories(asked)
            if label in ranked
        }
        if len(shares) < number:
            raise NotComputableError("te_weinig")
        return sorted(shares, key=lambda label: -shares[label])[:number]

    def _categories(self, asked: SumRef) -> Sequence[tuple[str, dict[str, int]]]:
        """Every category of the variable that a table shows, with its counts."""
        where = (asked.populatie, frozenset(asked.waar.items()))
        return self._by_variable.get((where, asked.variabele), ())

    def _ranked(self, variable: Variable) -> set[str]:
        """Return the labels that take part in a ranking: real categories, no rest."""
        known = variables.all_labels(variable)
        texts = self._specification.variables.get(variable)
        never = set(texts.never_ranked) if texts else set()
        return {label for code, label in known.items() if code not in never}

    def _by_rest(self, asked: SumRef, table: str, labels: Sequence[str]) -> int:
        """Return how many rounded counts give the sum by taking the rest of a table from its total."""
        others = [
            label for label, by_table in self._categories(asked) if table in by_table and label not in labels
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
