"""Counts and percentages in running text: a number is explained by a cell that the text names.

What does not belong here: tables, whose cells have a place of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from attack.facts import Facts
from attack.numbers import Token
from attack.percentages import of_shown
from attack.pieces import TidyRow
from attack.world import BASE_OF, TOTAL, Cell, Codes, World, norm

_COMMON = frozenset({"statuscode", "geslacht"})
_SUMS = ("samen", "jaar of ouder", "ouder", "jonger")
_CODE = 4
_BEGIN = 3


class Mentions:
    """By the name of a category the counts and percentages of cells with it; `always` those of whole populations."""

    def __init__(self, world: World, facts: Facts, tidy: Sequence[TidyRow]) -> None:
        self.of_cells = facts.counts
        self._counts: dict[str, set[int]] = defaultdict(set)
        self._percents: dict[str, set[float]] = defaultdict(set)
        self._always, self._usual = set(facts.aside.values()), set[float]()
        self._sums = set(_sums(tidy))
        self._gaps = set(_gaps(tidy))
        self._named: dict[str, list[str]] = {}
        groups = _groups(world)
        for cell, count in facts.counts.items():
            for name in _names(world, groups, cell):
                self._counts[name].add(count)
            if {variable for variable, _ in cell} <= _COMMON:
                self._always.add(count)
        for (_, cell), percents in facts.percents.items():
            for name in _names(world, groups, cell):
                self._percents[name] |= percents
            if {variable for variable, _ in cell} <= _COMMON:
                self._usual |= percents
        self._always |= set(_left_over(facts, _COMMON))
        self._beginning: dict[str, list[str]] = defaultdict(list)
        for name in self._counts:
            self._beginning[name[:_BEGIN] if len(name) >= _BEGIN else ""].append(name)
        everybody = facts.counts.get(frozenset(), 0)
        for cell, count in facts.counts.items():
            if everybody and {variable for variable, _ in cell} <= _COMMON:
                self._usual.add(100 * count / everybody)

    def counts(self, text: str) -> set[int]:
        """The counts of everything that a text names, and of whole populations."""
        told = norm(text)
        return self._always.union(*(self._counts[name] for name in self._names_in(told)))

    def _names_in(self, told: str) -> list[str]:
        """The names that stand in a text. A long one is looked for only where its begin stands in it."""
        if told not in self._named:
            begins = {"", *(told[at : at + _BEGIN] for at in range(len(told)))}
            self._named[told] = [
                name
                for begin in begins & self._beginning.keys()
                for name in self._beginning[begin]
                if name in told
            ]
        return self._named[told]

    def explain(self, text: str, token: Token, prose: bool) -> bool:
        """Whether the number is a count, or with a percent sign a percentage, of something that the text names."""
        if not prose:
            return False
        told = norm(text)
        names = self._names_in(told)
        if token.percent:
            digits = len(token.text.rstrip("%").partition(",")[2])
            exact = {*self._usual, *(part for name in names for part in self._percents[name])}
            if any(word in told for word in _SUMS):
                exact |= self._sums
            return any(of_shown(one, value, digits) for value in token.values for one in exact)
        if token.after[:1] == ("procentpunt",):
            return any(value - 1 <= gap <= value for value in token.values for gap in self._gaps)
        counts = self._always.union(*(self._counts[name] for name in names))
        return any(value in counts for value in token.values)


def _groups(world: World) -> dict[tuple[str, Codes], str]:
    found: dict[tuple[str, Codes], str] = {}
    for variable, whole in BASE_OF.items():
        for label, codes in world.labels[variable].items():
            found[whole, codes] = label
    return found


def _names(world: World, groups: dict[tuple[str, Codes], str], cell: Cell) -> Iterator[str]:
    """What the categories of a cell are called; codes of four digits are names too."""
    for variable, codes in cell:
        if (variable, codes) in groups:
            yield groups[variable, codes]
        elif len(codes) == 1:
            (code,) = codes
            yield norm(world.single.get((variable, code), code))
            if len(code) == _CODE and code.isdigit():
                yield code
        else:
            yield "overig"
            yield "samengevoegd"


def _sums(tidy: Iterable[TidyRow]) -> Iterator[float]:
    """The shares of the first few and of the last few rows of a table together."""
    columns: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in {row.values: row for row in tidy}.values():
        if row["rijvariabele"] != TOTAL and row["noemer"] not in ("", "0"):
            key = (row["tabel"], row["rijvariabele"], row["kolom"])
            columns[key].append((float(row["aantal"]), float(row["noemer"])))
    for rows in columns.values():
        for part in (sorted(rows, reverse=True)[:4], rows[:4], rows[:-1][::-1], rows[::-1]):
            total = 0.0
            for count, whole in part:
                total += count
                yield 100 * total / whole


def _gaps(tidy: Iterable[TidyRow]) -> Iterator[float]:
    """For each variable of a table by how many points the shares of men and women differ at the most."""
    shares: dict[tuple[str, str], dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in tidy:
        if (
            row["kolom"] in ("man", "vrouw")
            and row["rijvariabele"] != TOTAL
            and row["noemer"] not in ("", "0")
        ):
            share = 100 * float(row["aantal"]) / float(row["noemer"])
            shares[row["tabel"], row["rijvariabele"]][row["rij"]][row["kolom"]] = share
    for rows in shares.values():
        yield max((abs(one["man"] - one["vrouw"]) for one in rows.values() if len(one) == 2), default=0.0)


def _left_over(facts: Facts, variables: frozenset[str]) -> Iterator[int]:
    """Everybody less men and women: those of whom the gender is unknown."""
    for cell, count in facts.counts.items():
        if {variable for variable, _ in cell} <= variables and not any(
            name == "geslacht" for name, _ in cell
        ):
            sexes = [facts.counts.get(cell | {("geslacht", frozenset(code))}) for code in "MV"]
            if None not in sexes:
                yield count - sum(sex or 0 for sex in sexes)
