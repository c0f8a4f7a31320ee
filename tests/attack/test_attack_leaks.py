"""Every planted leak is found, and found where it was planted; the folder without it is clean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from trial import FIRST, Trial

from attack import attack
from attack.leaks import Planted, files, of_statements, page, tables
from attack.scene import Scene, copied
from attack.verdict import Verdict

pytestmark = pytest.mark.slow
BASE = 5
OFTEN = 3
"""One in so many leaks in tables is planted in `make test`, all leaks one by one in continuous integration."""
LEAKS = (*page.ALL, *tables.ALL, *files.ALL, *of_statements.ALL)


def scene_of(good: Trial, target: Path, tables_only: bool) -> Scene:
    return copied(good.report(FIRST), good.processed(FIRST) / "tabellen.csv", target, tables_only)


def found(planted: Planted, verdict: Verdict) -> bool:
    """Whether a leak is found, and found where it was planted."""
    told = [str(one) for name in planted.found_in.split("|") for one in getattr(verdict, name)]
    return any(re.search(planted.pattern, one) for one in told)


@pytest.mark.parametrize("tables_only", [False, True])
def test_nothing_is_found_where_nothing_is_planted(good: Trial, tmp_path: Path, tables_only: bool) -> None:
    scene = scene_of(good, tmp_path, tables_only)
    scene.settle()
    verdict = attack(scene.folder, BASE, good.project)
    assert verdict.clean, str(verdict)
    assert verdict.small > 100


def test_there_are_enough_kinds_of_leaks() -> None:
    assert len(LEAKS) == len({one.name for one in LEAKS}) >= 30


HIDDEN = {"bar_of_the_true_count", "information_of_the_document", "true_funnel"}
"""Leaks that cannot be seen where some of the others are planted too."""
ROUNDS = [
    [one for one in LEAKS if not one.tables_only and (one.name in HIDDEN) == hidden]
    for hidden in (False, True)
]


@pytest.mark.parametrize("together", ROUNDS, ids=["most", "others"])
def test_leaks_that_are_planted_together_are_all_found(
    good: Trial, tmp_path: Path, together: list[Planted]
) -> None:
    scene = scene_of(good, tmp_path, tables_only=False)
    for one in together:
        one.plant(scene)
    scene.settle()
    verdict = attack(scene.folder, BASE, good.project)
    assert [one.name for one in together if not found(one, verdict)] == []


@pytest.mark.parametrize(
    "planted",
    [
        pytest.param(one, id=one.name, marks=[] if one.tables_only and at % OFTEN == 0 else pytest.mark.long)
        for at, one in enumerate(LEAKS)
    ],
)
def test_a_planted_leak_is_found(good: Trial, tmp_path: Path, planted: Planted) -> None:
    scene = scene_of(good, tmp_path, planted.tables_only)
    planted.plant(scene)
    scene.settle()
    verdict = attack(scene.folder, BASE, good.project)
    assert found(planted, verdict), str(verdict)
