"""Formulas over tables against counting persons one by one, for any population."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest
import yaml
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from statements_sample import judged, sources, specification

from schemas.tidy import TidyRow
from tests.helpers.exact_tables import tidy_tables
from wi2007 import reference
from wi2007.project import CONFIG
from wi2007.statements.figure import Figure, counted, divided, minus, percent, plus, times

DAY = date(2024, 7, 1)
KEYS = ("geslacht", "land_van_herkomst", "gemeente", "leeftijdsklasse", "statuscode", "doelgroep")
Person = tuple[str, ...]
People = Mapping[Person, int]
WORDS = yaml.safe_load((CONFIG / "uitspraken.yaml").read_text(encoding="utf-8"))["uitspraken"]

persons = st.tuples(
    st.sampled_from("MVO"),
    st.sampled_from(["5022", "6022", "6024", "7042", "5043", "9049", "5024", "0000"]),
    st.sampled_from(["0363", "0518", "0599", "0772", "0344", "0014", "1999", "0000"]),
    st.sampled_from(list(reference.age_labels())),
    st.sampled_from(["IBP", "IBP", "VOLDAAN", "NI", "NIPI", "ONTHEFFING_AGI", "OVERLEDEN"]),
    st.sampled_from(["NIEUWKOMER", "OUDKOMER"]),
)
populations = st.dictionaries(persons, st.integers(1, 60), min_size=1, max_size=60)


def tables(people: People) -> list[TidyRow]:
    cells = sorted(people)
    columns = {key: pa.array([cell[at] for cell in cells], pa.string()) for at, key in enumerate(KEYS)}
    cube = pa.table({**columns, "aantal": pa.array([people[cell] for cell in cells], pa.int64())})
    return list(tidy_tables(cube, specification(), DAY))


def labels(person: Person) -> dict[str, str]:
    """What a person is called in each variable."""
    sex, land, place, age, status, _ = person
    return {
        "geslacht": {"M": "man", "V": "vrouw", "O": "O"}[sex],
        "land_van_herkomst": reference.countries()[land].label,
        "gemeente": reference.municipalities()[place].label,
        "leeftijdsklasse": age,
        "statuscode": status,
        "uitstroomroute": reference.statuses()[status].route,
    }


class Counter:
    """The formulas computed by going through persons."""

    def __init__(self, people: People) -> None:
        self.people = [(labels(person), count) for person, count in people.items()]

    def those(self, population: str, fits: Callable[[dict[str, str]], bool]) -> Fraction:
        obliged = population == "nog_inburgeringsplichtig"
        return Fraction(
            sum(n for one, n in self.people if (one["statuscode"] == "IBP" or not obliged) and fits(one))
        )

    def value(self, formula: Any, numbers: Mapping[str, int]) -> Fraction:
        ((key, asked),) = formula.items()
        if key == "cel":
            where = asked.get("waar", {})
            return self.those(asked["populatie"], lambda one: all(one[v] == x for v, x in where.items()))
        if key == "som":
            return self.sum(asked, numbers)
        if key == "getal":
            return Fraction(numbers[asked])
        if key == "gemeenten":
            valid = [one for one in reference.municipalities().values() if one.valid_on(DAY)]
            return Fraction(len([one for one in valid if one.code not in ("0000", "1999")]))
        if key == "uitspraak":
            other = WORDS[asked]
            return self.value(next(iter(other["waarden"].values())), other.get("gegevens", {}))
        parts = [self.value(part, numbers) for part in asked]
        return {
            "min": lambda: max(Fraction(0), parts[0] - sum(parts[1:])),
            "plus": lambda: sum(parts, Fraction(0)),
            "gedeeld": lambda: parts[0] / parts[1],
            "procent": lambda: 100 * parts[0] / parts[1],
        }[key]()

    def sum(self, asked: Mapping[str, Any], numbers: Mapping[str, int]) -> Fraction:
        variable, where = asked["variabele"], asked.get("waar", {})

        def of(label: str) -> Fraction:
            return self.those(
                asked["populatie"],
                lambda one: one[variable] == label and all(one[v] == x for v, x in where.items()),
            )

        if "rijen" in asked:
            return sum((of(label) for label in asked["rijen"]), Fraction(0))
        apart = ("Onbekend", "Register niet-ingezetenen")
        names = {one[variable] for one, _ in self.people} - set(apart)
        return sum(
            sorted((of(name) for name in names), reverse=True)[: numbers[asked["grootste"]]], Fraction(0)
        )


@pytest.mark.slow
@examples(25)
@given(populations)
def test_every_statement_is_what_counting_persons_gives(people: People) -> None:
    counter = Counter(people)
    found = judged(sources(tables(people), DAY, cbs=None))
    counted = [
        name for name, said in WORDS.items() if "gedrukt" not in str(said)
    ]  # c23 starts from a printed figure
    computed = [one for one in found.values() if one.waarde and one.id in counted]
    assert "c01" in {one.id for one in computed}
    for one in computed:
        said = WORDS[one.id]
        expected = [counter.value(f, said.get("gegevens", {})) for f in said["waarden"].values()]
        assert [float(value) for value in one.values] == [float(value) for value in expected], one.id


@pytest.mark.slow
@examples(25)
@given(populations)
def test_what_is_not_computed_has_nobody_to_count(people: People) -> None:
    counter = Counter(people)
    found = judged(sources(tables(people), DAY, cbs=None))
    for name in ("c02", "c03", "c08", "c09", "c26"):
        somebody = counter.those("nog_inburgeringsplichtig", lambda one: True) > 0
        assert bool(found[name].waarde) == somebody, name


counts = st.integers(0, 200)
off = st.integers(-4, 4)


@examples(300)
@given(st.lists(st.tuples(counts, off), min_size=2, max_size=4), st.sampled_from([plus, minus, times]))
def test_the_true_figure_lies_between_the_ends(
    pairs: list[tuple[int, int]], operation: Callable[[list[Figure]], Figure]
) -> None:
    shown = [counted(Fraction(max(0, true + moved)), Fraction(4)) for true, moved in pairs]
    exact = [counted(Fraction(true), Fraction(0)) for true, _ in pairs]
    made = operation(shown)
    assert made.low <= operation(exact).value <= made.high
    assert made.low <= made.value <= made.high


@examples(300)
@given(st.tuples(counts, off), st.tuples(st.integers(9, 200), off))
def test_the_true_share_lies_between_the_ends(part: tuple[int, int], whole: tuple[int, int]) -> None:
    shown = [counted(Fraction(max(0, true + moved)), Fraction(4)) for true, moved in (part, whole)]
    for operation in (divided, percent):
        true = operation([counted(Fraction(one[0]), Fraction(0)) for one in (part, whole)])
        made = operation(shown)
        assert made.low <= true.value <= made.high
