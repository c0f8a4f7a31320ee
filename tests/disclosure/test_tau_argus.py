"""τ-ARGUS as an oracle: it finds a rounding of the same price, and the same intervals, as the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from wi2007.project import CONFIG
from wi2007.protection.audit import intervals
from wi2007.protection.cells import Cell, Relation, cells, linked
from wi2007.protection.linear import NoSolutionError
from wi2007.protection.rounding import RoundingOptions, draw, rounded
from wi2007.tables.build import counted
from wi2007.tables.specification import load

pytest.importorskip(
    "pytauargus", reason="pytauargus staat niet in deze omgeving: zet haar klaar met make test"
)

import tau_argus

pytestmark = pytest.mark.long

Linked = tuple[dict[Cell, int], list[Relation]]
SPECIFICATION = load(CONFIG / "tables.yaml").for_comparison
BASES = pytest.mark.parametrize("base", [5, 10])


def table(random: Random, rows: int, columns: int) -> Linked:
    """A table of two variables with its margins; small counts, some of nobody."""
    found: dict[Cell, int] = {}
    for r, c in product(range(rows), range(columns)):
        count = random.choice([0, 1, 1, 2, 3, 4, 6, 7, 9, 12, 18, 40])
        for row, column in product([(("r", (str(r),)),), ()], [(("c", (str(c),)),), ()]):
            at = tuple(sorted(row + column))
            found[at] = found.get(at, 0) + count
    return linked({at: count for at, count in found.items() if count})


def tables_of_the_project(random: Random, groups: int) -> Linked:
    """All tables of the project, linked, of a small population."""
    people = {
        "geslacht": random.choices("MVO", [10, 10, 1], k=groups),
        "land_van_herkomst": random.choices(["5022", "6043", "5043", "6013", "0000"], k=groups),
        "gemeente": random.choices(["0363", "0518", "0599", "0014", "1999"], k=groups),
        "leeftijdsklasse": random.choices(["25 tot 35", "35 tot 45", "45 tot 55", "Onbekend"], k=groups),
        "statuscode": random.choices(["IBP", "VOLDAAN", "NI", "OVERLEDEN"], k=groups),
        "doelgroep": ["NIEUWKOMER"] * groups,
        "aantal": random.choices(range(1, 24), k=groups),
    }
    sets = {("wi2007", "land_van_herkomst"): [("5043", "6043")], ("wi2007", "gemeente"): [("0014", "0599")]}
    return linked(cells(counted(pa.table(people), SPECIFICATION), SPECIFICATION, sets))


FIXTURES = {
    "2 x 2": lambda random: table(random, 2, 2),
    "3 x 5": lambda random: table(random, 3, 5),
    "8 x 7": lambda random: table(random, 8, 7),
    "30 x 7": lambda random: table(random, 30, 7),
    "linked, few persons": lambda random: tables_of_the_project(random, 12),
    "linked": lambda random: tables_of_the_project(random, 60),
    "linked, many persons": lambda random: tables_of_the_project(random, 400),
}
CASES = [pytest.param(name, seed, id=f"{name}, {seed}") for name in FIXTURES for seed in range(3)]
every_fixture = pytest.mark.parametrize(("name", "seed"), CASES)


def made(name: str, seed: int) -> tuple[Linked, Random]:
    random = Random(f"{name} {seed}")
    return FIXTURES[name](random), random


def price(exact: Mapping[Cell, int], shown: Mapping[Cell, int], weights: Mapping[Cell, int]) -> int:
    """What τ-ARGUS makes as small as can be."""
    return sum(weights[at] * abs(shown[at] - count) for at, count in exact.items())


def of_these_weights(
    exact: Mapping[Cell, int], relations: Sequence[Relation], base: int, weights: Mapping[Cell, int]
) -> dict[Cell, int]:
    """The program's own rounding at the prices of τ-ARGUS, given as draws: up costs less what down would have cost."""

    def drawn(at: Cell) -> float:
        over = exact[at] % base
        return over / base + weights[at] * (base - 2 * over) / base

    return rounded(exact, relations, RoundingOptions(base, drawn))


@every_fixture
@BASES
def test_the_same_optimum(name: str, seed: int, base: int, tmp_path: Path) -> None:
    (exact, relations), random = made(name, seed)
    weights = {at: random.randint(1, 9) for at in sorted(exact)}
    theirs = tau_argus.rounding(exact, relations, base, weights, tmp_path)
    try:
        ours = of_these_weights(exact, relations, base, weights)
    except NoSolutionError:
        assert theirs.steps
        return
    assert theirs.steps == 0
    assert price(exact, ours, weights) == price(exact, theirs.shown, weights)
    assert all(theirs.shown[one.whole] == sum(theirs.shown[part] for part in one.parts) for one in relations)


@every_fixture
@BASES
def test_the_same_intervals(name: str, seed: int, base: int, tmp_path: Path) -> None:
    (exact, relations), _ = made(name, seed)
    spread = base
    try:
        shown = rounded(exact, relations, RoundingOptions(base, draw(b"tau", seed)))
    except NoSolutionError:
        spread = 3 * base
        shown = rounded(exact, relations, RoundingOptions(base, draw(b"tau", seed), reach=3))
    ours = intervals(shown, relations, dict.fromkeys(shown, spread), list(shown))
    theirs = tau_argus.audit(shown, relations, spread, tmp_path)
    assert {at: (one.least, one.most) for at, one in ours.items()} == theirs


@every_fixture
def test_the_same_intervals_where_each_count_is_rounded_for_itself(
    name: str, seed: int, tmp_path: Path
) -> None:
    (exact, relations), random = made(name, seed)
    shown = {at: 5 * round(count / 5) for at, count in sorted(exact.items())}
    theirs = tau_argus.audit(shown, relations, 5, tmp_path)
    looked_at = random.sample(sorted(shown), min(12, len(shown)))
    ours = intervals(shown, relations, dict.fromkeys(shown, 5), looked_at)
    assert {at: (one.least, one.most) for at, one in ours.items()} == {at: theirs[at] for at in looked_at}


def test_there_are_fixtures_in_which_a_reader_can_tell_more_than_rounding_leaves() -> None:
    told = 0
    for name, seed in product(["2 x 2", "3 x 5", "8 x 7"], range(3)):
        (exact, relations), _ = made(name, seed)
        shown = {at: 5 * round(count / 5) for at, count in sorted(exact.items())}
        told += sum(
            one.narrower for one in intervals(shown, relations, dict.fromkeys(shown, 5), list(shown)).values()
        )
    assert told
