"""Every count that the tables can show, once, and which of them add up to which.

A cell is a condition on persons, with the number of persons in it. Cells stand at the level of single codes, with all
their margins, also where a table shows only the largest: so the rest of a ranked list is tied to the full list, and
tables that share a cell share its rounding. A condition is on variables of the cube; a code of a variable that follows
from another (a route, a province) is a set of codes of that one. What does not belong here: rounding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, product

from schemas.cube import SETS
from schemas.tables import Population, Specification
from wi2007.tables import variables
from wi2007.tables.build import Counted, Counts, Pair, allowed_codes, by_code

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
    """Persons by cell, or the set of them where `counted` has sets (`wie`); cells without persons are left out.

    For each population and each pair of a row and a column variable of its tables: both, either and neither of them, by
    single code and by each of `sets`.
    """
    return Tables(counted, specification).cells(sets)


@dataclass(frozen=True, eq=False)
class Tables:
    """The counts of every pair of the tables, or the sets of the persons counted; what follows is worked out once."""

    of_pairs: Counted
    specification: Specification

    @cached_property
    def sizes(self) -> dict[tuple[str, str], dict[str, int]]:
        """Persons by code, for every population and variable."""
        return sizes_of(self.of_pairs)

    def cells(self, sets: Sets) -> dict[Cell, int]:
        """Persons by cell, by single code and by each of `sets` (see the function `cells`)."""
        found = dict(self._of_codes)
        for pair, counts in self.of_pairs.items():
            population, *names = pair
            groups = [sets.get((population, name), ()) for name in names]
            if any(groups):
                _merge(found, _of_groups(self._conditions, pair, counts, groups))
        return found

    @cached_property
    def _conditions(self) -> Conditions:
        return Conditions(self.specification)

    @cached_property
    def _of_codes(self) -> dict[Cell, int]:
        found: dict[Cell, int] = {}
        for pair, counts in self.of_pairs.items():
            _merge(found, _of_codes(self._conditions, pair, counts))
        return found


def sizes_of(of_pairs: Counted) -> dict[tuple[str, str], dict[str, int]]:
    """Persons by code, for every population and variable."""
    return {
        (population, variable): by_code(counts, place)
        for (population, *names), counts in of_pairs.items()
        for place, variable in enumerate(names)
    }


def _merge(found: dict[Cell, int], more: Mapping[Cell, int]) -> None:
    for at, count in more.items():
        if found.setdefault(at, count) != count:
            raise AssertionError("a cell has two counts")


def with_rests(who: Mapping[Cell, int], relations: Iterable[Relation]) -> dict[Cell, int]:
    """The set of persons of each cell, with those of the cells that a subtraction gives (`linked`)."""
    found = dict(who)
    for one in relations:
        unknown = [part for part in one.parts if part not in found]
        if len(unknown) == 1 and one.whole in found:
            known = sum(found[part] for part in one.parts if part in found)
            found[unknown[0]] = (found[one.whole] - known) % SETS
    return found


def _of_codes(conditions: Conditions, pair: Pair, counts: Counts) -> dict[Cell, int]:
    """The cells of one population by two variables: by both codes, by either, and by neither of them."""
    population, row, column = pair
    inside = {key: count for key, count in counts.items() if count}
    rows, columns = by_code(inside, 0), by_code(inside, 1)
    row_parts = {code: conditions.part(row, [code]) for code in rows}
    column_parts = {code: conditions.part(column, [code]) for code in columns}
    condition = conditions.of_population[population]
    found = {joined(*condition, row_parts[r], column_parts[c]): n for (r, c), n in inside.items()}
    found |= {joined(*condition, row_parts[code]): count for code, count in rows.items()}
    found |= {joined(*condition, column_parts[code]): count for code, count in columns.items()}
    if inside:
        found[joined(*condition)] = sum(rows.values())
    return {at: count % SETS for at, count in found.items()}


def _of_groups(
    conditions: Conditions, pair: Pair, counts: Counts, groups: Sequence[Iterable[Codes]]
) -> dict[Cell, int]:
    """The cells of one population by two variables in which a set of codes (`groups` of rows, of columns) stands."""
    population, *names = pair
    sums: dict[tuple[Part | None, Part | None], int] = defaultdict(int)
    rows, columns = (
        _Parts(conditions, name, {key[place] for key in counts}, groups[place])
        for place, name in enumerate(names)
    )
    for (row, column), count in counts.items():
        row_groups, column_groups = rows.of_groups.get(row, ()), columns.of_groups.get(column, ())
        if not count or not (row_groups or column_groups):
            continue
        row_codes, column_codes = (None, rows.of_code[row]), (None, columns.of_code[column])
        for parts in chain(
            product(row_groups, (*column_codes, *column_groups)), product(row_codes, column_groups)
        ):
            sums[parts] += count
    condition = conditions.of_population[population]
    return {joined(*condition, *filter(None, parts)): count % SETS for parts, count in sums.items()}


class _Parts:
    """For each code of a variable the part of a cell that it is itself, and those of the sets that it stands in."""

    def __init__(
        self, conditions: Conditions, variable: str, codes: Iterable[str], groups: Iterable[Codes]
    ) -> None:
        self.of_code = {code: conditions.part(variable, [code]) for code in codes}
        self.of_groups: dict[str, list[Part]] = defaultdict(list)
        for part, group in {conditions.part(variable, group): group for group in sorted(groups)}.items():
            for code in self.of_code.keys() & set(group):
                self.of_groups[code].append(part)


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


@dataclass(frozen=True)
class Order:
    """The rounded count of `larger` is at least `least` above that of `smaller`; None stands for nobody."""

    larger: Cell | None
    smaller: Cell | None
    least: int


REMAINDER = ("*",)
"""Stands for all codes of a variable that no table names: what is left when the named ones are subtracted."""


@dataclass(frozen=True)
class Relation:
    """`whole` is the sum of `parts`."""

    whole: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True)
class Sums:
    """Cells with their counts and, where it is known, the set of their persons; and how they add up.

    `shown` is how they were rounded by themselves, and `orders` hold beside the sums.
    """

    exact: Mapping[Cell, int]
    relations: Sequence[Relation]
    who: Mapping[Cell, int]
    shown: Mapping[Cell, int] = field(default_factory=dict)
    orders: Sequence[Order] = ()

    def joined_with(self, others: Iterable[Sums]) -> Sums:
        """All of these together; of what several have, the last counts."""
        every = (self, *others)
        exact, who, shown = (
            {at: number for one in every for at, number in getattr(one, name).items()}
            for name in ("exact", "who", "shown")
        )
        relations = [relation for one in every for relation in one.relations]
        return Sums(exact, relations, who, shown, [order for one in every for order in one.orders])


def linked(counts: Mapping[Cell, int]) -> tuple[dict[Cell, int], list[Relation]]:
    """All relations between cells, and the cells with those that a subtraction gives.

    For every variable of a cell: the cell without it, and every set of its codes, is the sum of the smallest sets that
    there are (single codes, or routes where no table shows status codes). Where these do not make up the whole, the
    difference is a cell too: whoever subtracts has it.
    """
    cells = dict(counts)
    families: dict[tuple[Cell, str], dict[Codes, Cell]] = defaultdict(dict)
    for at in counts:
        for place, (variable, codes) in enumerate(at):
            families[at[:place] + at[place + 1 :], variable][codes] = at
    relations: list[Relation] = []
    for (without, variable), family in sorted(families.items()):
        found = _Family(without, variable, cells, family)
        several = [codes for codes in family if len(codes) != 1]
        for codes in sorted(several, key=lambda codes: (len(codes), codes)):
            relations += found.add(codes, family[codes])
        if without in counts:
            relations.append(found.of_everybody(counts[without]))
    return cells, relations


class _Family:
    """The cells that differ in the codes of one variable: the smallest of them, and the others as their sums."""

    def __init__(
        self, without: Cell, variable: str, cells: dict[Cell, int], family: Mapping[Codes, Cell]
    ) -> None:
        self._without = without
        self._variable = variable
        self._cells = cells
        single = {codes[0]: family[codes] for codes in sorted(codes for codes in family if len(codes) == 1)}
        self._owner: dict[str, Cell] = dict(single)
        self._codes: dict[Cell, Codes] = {at: (code,) for code, at in single.items()}

    def add(self, codes: Codes, at: Cell) -> list[Relation]:
        """Take the next larger set of codes; the relation that makes it up, if it is no smallest one itself."""
        parts = list(dict.fromkeys(self._owner[code] for code in codes if code in self._owner))
        if not parts:
            self._own(codes, at)
            return []
        inside = set(codes)
        if not all(inside.issuperset(self._codes[part]) for part in parts):
            raise ValueError(f"categories of {self._variable} cut through each other in two tables")
        left = self._cells[at] - sum(map(self._cells.__getitem__, parts))
        if left:
            rest = tuple(code for code in codes if code not in self._owner)
            cell = self._cell(rest)
            self._cells[cell] = left
            self._own(rest, cell)
            parts.append(cell)
        return [Relation(at, tuple(parts))]

    def of_everybody(self, count: int) -> Relation:
        """The cell without a condition on the variable is the sum of all smallest sets, and of what is left."""
        parts = list(self._codes)
        left = count - sum(map(self._cells.__getitem__, parts))
        if left:
            cell = self._cell(REMAINDER)
            self._cells[cell] = left
            parts.append(cell)
        return Relation(self._without, tuple(parts))

    def _cell(self, codes: Codes) -> Cell:
        return tuple(sorted((*self._without, (self._variable, codes))))

    def _own(self, codes: Codes, at: Cell) -> None:
        self._codes[at] = codes
        self._owner.update(dict.fromkeys(codes, at))
