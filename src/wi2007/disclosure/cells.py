"""Every count that the tables can show, once: a cell is a condition on persons, with the number of persons in it.

Cells stand at the level of single codes, with all their margins, also where a table shows only the largest: so the rest
of a ranked list is tied to the full list, and tables that share a cell share its rounding. A condition is on variables
of the cube; a code of a variable that follows from another (a route, a province) is a set of codes of that one.
What does not belong here: which relations hold between cells (see `relations`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from schemas.tables import Population, Specification
from wi2007.tables import variables
from wi2007.tables.counts import Counted, Counts, Pair, allowed_codes

Codes = tuple[str, ...]
Cell = tuple[tuple[str, Codes], ...]
"""A condition: for each variable, in alphabetical order, the codes that it may have. `()` is everybody."""
Part = tuple[str, frozenset[str]]
"""One condition of a cell: a variable and the codes that it may have."""
Sets = Mapping[tuple[str, str], Collection[Codes]]
"""By population and variable: sets of codes that a table shows as one category (Overig)."""

EVERYBODY: Cell = ()


class Conditions:
    """Conditions in terms of the cube's own variables."""

    def __init__(self, specification: Specification) -> None:
        self._base: dict[str, tuple[str, dict[str, frozenset[str]]]] = {}
        for name, variable in variables.derived().items():
            codes = defaultdict(set)
            for base_code, code in variable.code_of.items():
                codes[code].add(base_code)
            self._base[name] = variable.base, {code: frozenset(base) for code, base in codes.items()}
        self.of_population = {
            name: self._condition(population) for name, population in specification.populations.items()
        }

    def part(self, variable: str, codes: Iterable[str]) -> Part:
        """A variable with some of its codes, as a variable of the cube with some of that one's codes."""
        if variable not in self._base:
            return variable, frozenset(codes)
        base, of_code = self._base[variable]
        return base, frozenset().union(*(of_code[code] for code in codes))

    def _condition(self, population: Population) -> tuple[Part, ...]:
        return tuple(self.part(variable, codes) for variable, codes in allowed_codes(population).items())


@lru_cache(maxsize=2**17)
def joined(*parts: Part) -> Cell:
    """The cell in which every part holds; two parts on one variable leave the codes that they share."""
    found: dict[str, frozenset[str]] = {}
    for variable, codes in parts:
        found[variable] = found[variable] & codes if variable in found else codes
    return tuple((variable, tuple(sorted(codes))) for variable, codes in sorted(found.items()))


def cells(counted: Counted, specification: Specification, sets: Sets) -> dict[Cell, int]:
    """Persons by cell; cells without persons are left out.

    For each population and each pair of a row and a column variable of its tables: both, either and neither of them, by
    single code and by each of `sets`.
    """
    conditions = Conditions(specification)
    found: dict[Cell, int] = {}
    for pair, counts in counted.items():
        for at, count in _of_pair(conditions, pair, counts, sets).items():
            if found.setdefault(at, count) != count:
                raise AssertionError("a cell has two counts")
    return found


def _of_pair(conditions: Conditions, pair: Pair, counts: Counts, sets: Sets) -> dict[Cell, int]:
    """The cells of one population by two variables."""
    population, row, column = pair
    inside = {key: count for key, count in counts.items() if count}
    condition = conditions.of_population[population]
    rows, columns = (
        _parts(conditions, name, sorted({key[place] for key in inside}), sets.get((population, name), ()))
        for place, name in enumerate((row, column))
    )
    sums: dict[tuple[Part | None, Part | None], int] = defaultdict(int)
    for (row_code, column_code), count in inside.items():
        for r in rows[row_code]:
            for c in columns[column_code]:
                sums[r, c] += count
    return {joined(*condition, *filter(None, parts)): count for parts, count in sums.items()}


def _parts(
    conditions: Conditions, variable: str, codes: Iterable[str], sets: Iterable[Codes]
) -> dict[str, list[Part | None]]:
    """For each code the parts of a cell that hold of it: no condition, and each category that counts it."""
    found: dict[str, list[Part | None]] = {code: [None] for code in codes}
    groups = [*(frozenset([code]) for code in found), *(frozenset(group) for group in sorted(sets))]
    for part, group in {conditions.part(variable, group): group for group in groups}.items():
        for code in group & found.keys():
            found[code].append(part)
    return found


def shown_counts(
    counted: Counted, specification: Specification, shown: Mapping[Cell, int]
) -> dict[Pair, Counts]:
    """The counts of the same pairs with the rounded count of each cell; what is rounded to nobody is left out."""
    conditions = Conditions(specification)
    made: dict[Pair, Counts] = {}
    for pair, counts in counted.items():
        population, row, column = pair
        condition = conditions.of_population[population]
        rows, columns = (
            {code: conditions.part(name, [code]) for code in {key[place] for key in counts}}
            for place, name in enumerate((row, column))
        )
        cell_of = {
            (r, c): shown[joined(*condition, rows[r], columns[c])]
            for (r, c), count in counts.items()
            if count
        }
        made[pair] = {key: count for key, count in cell_of.items() if count}
    return made
