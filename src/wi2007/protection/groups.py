"""Group disclosure: groups of which almost everybody is in one sensitive category may not stand alone.

Rounding does not help here: of a group of two hundred who all have the same route, everybody's route is known. Such
groups are shown as one category that keeps the rule; the rule is in `config/disclosure.yaml`. Between two peildata it
holds of those who left. What does not belong here: how a table shows them (see `wi2007.tables.variables`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from schemas.disclosure import Disclosure, GroupRule
from schemas.tables import Specification
from schemas.tidy import TOTAL
from wi2007.comparison.decomposition import Labels, Peildata, layout
from wi2007.tables import variables
from wi2007.tables.build import Counted, Counts, Merged, Shown, by_code

_ROUNDS = 50
State = TypeVar("State")
Made = TypeVar("Made")
_Groups = dict[str, dict[str, int]]
"""Persons by group and sensitive category."""


def settle(groups: State, rounded_with: Callable[[State], tuple[Made, State]]) -> Made:
    """What is made of the groups that are shown as one, once no more of them have to be.

    `rounded_with` makes it of some groups, and gives these with those that then stand out.
    """
    for _ in range(_ROUNDS):
        made, more = rounded_with(groups)
        if more == groups:
            return made
        groups = more
    raise AssertionError("the groups do not settle")


def merged(of_pairs: Counted, rule: GroupRule, before: Merged) -> dict[tuple[str, str], tuple[str, ...]]:
    """By population and variable the codes that are shown as one category, those of `before` among them."""
    found: dict[tuple[str, str], list[_Groups]] = defaultdict(list)
    for (population, row, column), counts in of_pairs.items():
        for variable, sensitive, groups in ((row, column, counts), (column, row, _turned(counts))):
            if variable in rule.herkenbaar and sensitive in rule.gevoelig:
                found[population, variable].append(_by_group(groups))
    made = {at: _together(at[1], tables, rule, before.get(at, ())) for at, tables in sorted(found.items())}
    return {at: codes for at, codes in made.items() if codes}


def _together(
    variable: str, tables: list[_Groups], rule: GroupRule, before: Collection[str]
) -> tuple[str, ...]:
    """The groups that may not stand alone, and as many of the smallest others as it takes to hide them."""
    share, exempt = rule.aandeel, rule.exempt(variable)
    sizes: dict[str, int] = {}
    for groups in tables:
        sizes |= {
            group: sum(categories.values()) for group, categories in groups.items() if group not in exempt
        }
    usual = [_usual(groups, share) for groups in tables]

    def tells(codes: Iterable[str]) -> bool:
        wanted = list(codes)
        return any(
            _tells(_sum(groups, wanted), share, common) for groups, common in zip(tables, usual, strict=True)
        )

    together = {code for code in before if code in sizes} | {code for code in sizes if tells([code])}
    spare = sorted(sizes.keys() - together, key=lambda code: (-sizes[code], code))
    for block in _blocks(variable, sizes):
        inside = [code for code in spare if code in block]
        while inside and (hidden := together & block) and (len(hidden) < 2 or tells(hidden)):
            together.add(inside.pop())
    return tuple(sorted({*together, *before}))


def _blocks(variable: str, codes: Collection[str]) -> Iterator[set[str]]:
    """The sets within which a subtraction leaves the hidden groups: each province, then everything."""
    for derived in variables.derived().values():
        if derived.base == variable:
            whole: dict[str, set[str]] = defaultdict(set)
            for code in codes:
                whole[derived.code_of.get(code, "")].add(code)
            yield from (whole[name] for name in sorted(whole))
    yield set(codes)


def _tells(categories: Mapping[str, int], share: float, usual: Collection[str]) -> bool:
    """Whether one category, other than those that are usual in the whole population, holds over `share` of a group."""
    size = sum(categories.values())
    return any(count > share * size for category, count in categories.items() if category not in usual)


def _usual(groups: _Groups, share: float) -> set[str]:
    """The categories that hold over `share` of everybody."""
    everybody = _sum(groups, groups)
    size = sum(everybody.values())
    return {category for category, count in everybody.items() if count > share * size}


def _sum(groups: _Groups, codes: Iterable[str]) -> dict[str, int]:
    total: dict[str, int] = defaultdict(int)
    for code in codes:
        for category, count in groups.get(code, {}).items():
            total[category] += count
    return total


def _by_group(counts: Counts) -> _Groups:
    found: _Groups = {group: {} for group, count in by_code(counts, 0).items() if count}
    for (group, category), count in counts.items():
        if count:
            found[group][category] = count
    return found


def _turned(counts: Counts) -> Counts:
    return {(column, row): count for (row, column), count in counts.items()}


At = tuple[str, str]
"""A population and a variable."""
Codes = tuple[str, ...]


def together(*merged: Merged) -> dict[At, Codes]:
    """What is hidden in any of these is hidden in all."""
    found: dict[At, set[str]] = defaultdict(set)
    for one in merged:
        for at, codes in one.items():
            found[at].update(codes)
    return {at: tuple(sorted(codes)) for at, codes in sorted(found.items())}


def labels(
    specification: Specification,
    shown: tuple[Counted, Counted],
    peildata: Peildata,
    occurring: Mapping[At, Collection[str]],
) -> list[tuple[At, Labels]]:
    """For every axis of the tables of a comparison the labels of each code; `occurring` are codes between the two."""
    found: list[tuple[At, Labels]] = []
    for table in specification.tables:
        views = [
            Shown(specification, day, table.population, merged)
            for day, merged in zip((peildata.before, peildata.after), peildata.merged, strict=True)
        ]
        for row in table.rows:
            pair = (table.population, row.variable, table.columns.variable)
            for place, axis in enumerate((row, table.columns)):
                at = (table.population, axis.variable)
                sizes = [by_code(counted[pair], place) for counted in shown]
                made = layout(axis, (views[0], views[1]), (sizes[0], sizes[1]), occurring.get(at, ()))
                found.append((at, made.now))
    return found


def sets(
    labels_of: Iterable[tuple[At, Labels]], occurring: Mapping[At, Collection[str]]
) -> dict[At, set[Codes]]:
    """The categories of several codes that the tables of a comparison have; of these codes only those that occur."""
    found: dict[At, set[Codes]] = defaultdict(set)
    for at, of_axis in labels_of:
        found[at] |= _several(of_axis, occurring.get(at, ()))
    return found


def _several(labels_of: Labels, occurring: Collection[str]) -> set[Codes]:
    by_label: dict[str, list[str]] = defaultdict(list)
    for code in sorted(occurring):
        for label in labels_of.get(code, ()):
            if label != TOTAL:
                by_label[label].append(code)
    return {tuple(codes) for codes in by_label.values() if len(codes) > 1}


def standing_out(
    outflow: Counted, rules: Disclosure, before: Merged, populations: Iterable[str]
) -> dict[At, Codes]:
    """`before`, with the groups of which nearly all who left took one route, in every population.

    Only groups in which at least so many left: of fewer the rounding hides by which route.
    """
    rule, least = rules.groepsonthulling, rules.groepsonthulling.uitstroom_vanaf
    large: dict[tuple[str, str, str], dict[tuple[str, str], int]] = {}
    for pair, counts in outflow.items():
        if not {pair[1], pair[2]} & {variables.ROUTE, "statuscode"}:
            continue
        group = 1 if pair[1] in (variables.ROUTE, "statuscode") else 0
        sizes = by_code(counts, group)
        large[pair] = {key: count for key, count in counts.items() if sizes[key[group]] >= least}
    found = merged(large, rule, before)
    everywhere = {(name, variable): codes for name in populations for (_, variable), codes in found.items()}
    return together(before, found, everywhere)


def crossing(
    by_route: Mapping[str, Counted], rule: GroupRule, base: int, before: Merged, populations: Collection[str]
) -> dict[At, Codes]:
    """`before`, with the groups of two traits (women of a municipality) of which nearly all who left took one route.

    `by_route` has who left, by outflow route, rounded to `base`. Of such a group the trait by which people recognise
    somebody is shown as one category with others, in every population.
    """
    found = {at: set(codes) for at, codes in before.items()}
    pairs = {pair for counted in by_route.values() for pair in counted}
    for population, *names in sorted(pairs):
        trait = next((name for name in rule.herkenbaar if name in names), None)
        if trait is None or {variables.ROUTE, "statuscode"} & set(names):
            continue
        pair = (population, names[0], names[1])
        routes = {route: counted[pair] for route, counted in by_route.items() if counted.get(pair)}
        hidden = found.get((population, trait), set())
        crossed = _Crossed(
            routes, names.index(trait), rule.exempt(trait), rule, max(rule.uitstroom_vanaf, 4 * base)
        )
        for name in populations:
            if more := crossed.hidden_with(hidden) - hidden:
                found.setdefault((name, trait), set()).update(more)
    return {at: tuple(sorted(codes)) for at, codes in sorted(found.items())}


@dataclass(frozen=True)
class _Crossed:
    """Who left by route, by a trait (at `place` of each key) and another; groups of `least` persons are looked at."""

    routes: Mapping[str, Counts]
    place: int
    exempt: Collection[str]
    rule: GroupRule
    least: int

    def hidden_with(self, hidden: Collection[str]) -> set[str]:
        """The codes that may not stand alone, with as many of the smallest as it takes to hide them."""
        found = set(hidden)
        while more := self._telling(found):
            found |= more
        return found

    def _telling(self, hidden: Collection[str]) -> set[str]:
        """The codes of which a group tells the route; of what is hidden and still tells, the smallest that is not."""
        groups: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        sizes: dict[str, int] = defaultdict(int)
        everybody: dict[str, int] = defaultdict(int)
        for route, counts in self.routes.items():
            for key, count in counts.items():
                code = key[self.place]
                groups["" if code in hidden else code, key[1 - self.place]][route] += count
                everybody[route] += count
                sizes[code] += count
        share = self.rule.aandeel
        usual = {route for route, count in everybody.items() if count > share * sum(everybody.values())}
        spare = sorted(sizes.keys() - {*self.exempt, *hidden}, key=lambda code: (sizes[code], code))
        telling = {
            code
            for (code, _), of_group in groups.items()
            if sum(of_group.values()) >= self.least
            and code not in self.exempt
            and _tells(of_group, share, usual)
        }
        alone = telling - {""}
        return alone or set(spare[:1] if telling else ())
