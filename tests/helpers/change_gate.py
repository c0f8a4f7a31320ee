"""The gate for a change between two populations of a test, on top of the rounded counts of both."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from comparison_people import AFTER, BEFORE, DECISIONS, Person, as_cube, as_people

from schemas.disclosure import Disclosure
from wi2007.comparison.chain import Case
from wi2007.comparison.compare import compare
from wi2007.comparison.decomposition import Peildata
from wi2007.decisions import read
from wi2007.project import CONFIG
from wi2007.protection.cells import cells, linked, shown_counts
from wi2007.protection.change import ChangeRequest, RoundedChange, figures_of, protected
from wi2007.protection.flows import Flows
from wi2007.protection.linear import NoSolutionError
from wi2007.protection.rounding import RoundingOptions, draw, rounded
from wi2007.tables.build import Counted, counted
from wi2007.tables.specification import load

BASE = 5
SPECIFICATION = load(CONFIG / "tables.yaml").for_comparison
RULES: Disclosure = read(CONFIG / "disclosure.yaml").held(Disclosure)
FOLLOWED = DECISIONS.model_copy(
    update={
        "pseudoniemen": DECISIONS.pseudoniemen.model_copy(
            update={"minstens_gevonden": 0, "minstens_zelfde_geboortedatum": 0}
        )
    }
)
Two = tuple[list[Person], list[Person]]


def asked(two: Two, times: int = 3) -> ChangeRequest:
    """The question for these persons, each of them so many times."""
    many = tuple(
        [replace(one, number=f"{one.number}x{at}") for one in people for at in range(times)] for people in two
    )
    cubes = as_cube(many[0], BEFORE), as_cube(many[1], AFTER)
    pair = as_people(many[0], BEFORE), as_people(many[1], AFTER)
    found = compare([pair], cubes, Case(BEFORE, AFTER, FOLLOWED))
    shown = tuple(_rounded(counted(cube, SPECIFICATION)) for cube in cubes)
    return ChangeRequest(
        flows=Flows(found.events, SPECIFICATION, FOLLOWED),
        shown=(shown[0], shown[1]),
        peildata=Peildata(BEFORE, AFTER),
        base=BASE,
        rules=RULES,
        figures=figures_of(cubes[1], shown[1], SPECIFICATION),
        earlier=figures_of(cubes[0], shown[0], SPECIFICATION),
    )


def _rounded(of_pairs: Counted) -> Counted:
    """As the gate does: every cell once, so that all tables add up."""
    exact, relations = linked(cells(of_pairs, SPECIFICATION, {}))
    for reach in (1, 2, 3):
        with suppress(NoSolutionError):
            way = RoundingOptions(BASE, draw(b"een sleutel"), reach=reach)
            return shown_counts(of_pairs, SPECIFICATION, rounded(exact, relations, way))
    raise NoSolutionError


def made(question: ChangeRequest) -> RoundedChange:
    return protected(question, lambda part, attempt: draw(b"een sleutel", *part, attempt))
