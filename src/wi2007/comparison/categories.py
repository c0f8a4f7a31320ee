"""Which codes a comparison shows as one category, so that they are rounded as one and nobody stands alone in a group.

What does not belong here: rounding (`protection`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from schemas.disclosure import Disclosure
from schemas.tables import Specification
from wi2007.comparison.decomposition import Peildata
from wi2007.comparison.layout import Labels, layout
from wi2007.disclosure import groups
from wi2007.tables import variables
from wi2007.tables.build import Merged, Shown
from wi2007.tables.counts import Counted, by_code
from wi2007.tables.tidy import TOTAL

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
    found = groups.merged(large, rule, before)
    everywhere = {(name, variable): codes for name in populations for (_, variable), codes in found.items()}
    return together(before, found, everywhere)
