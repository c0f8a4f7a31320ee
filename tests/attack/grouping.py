"""What the rule on groups that stand out tells, if it is applied to true counts.

"Of a group that is shown on its own no more than 90% is in one category" is public. Decided by true counts, it holds of
true counts, and narrows small ones: nobody is alone in a group that is shown. Decided by shown counts it tells nothing.
What does not belong here: how the rule is applied.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attack.facts import Facts
from attack.programs import Row
from attack.settings import read_yaml
from attack.world import Cell, World, base


def told(world: World, facts: Facts) -> Iterator[Row]:
    """For every group and category that are shown: the allowed share of the group, less those in the category."""
    settings = read_yaml((world.project / "config/disclosure.yaml").read_text(encoding="utf-8"))
    rule: dict[str, Any] = settings["groepsonthulling"]
    apart = {(one["variabele"], str(one["code"])) for one in rule["uitgezonderd"]}
    groups = {base(variable) for variable in rule["herkenbaar"]}
    categories = {base(variable) for variable in rule["gevoelig"]}
    for cell in facts.counts:
        whole = _whole(cell, groups, categories)
        if whole is None or whole not in facts.counts:
            continue
        ((variable, codes),) = whole
        if len(codes) == 1 and (variable, next(iter(codes))) not in apart:
            yield {whole: float(rule["aandeel"]), cell: -1.0}


def _whole(cell: Cell, groups: set[str], categories: set[str]) -> Cell | None:
    """The group of a cell that is a group and a category, and nothing else."""
    names = {variable for variable, _ in cell}
    if len(cell) == 2 and names & groups and names & categories:
        return frozenset(part for part in cell if part[0] in groups)
    return None
