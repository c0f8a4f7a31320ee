"""Whatever changed: what the chapter on the change finds is true of the persons, not only of the rounded counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from change_gate import BASE, SPECIFICATION, Two, asked, made
from change_sample import Published, told
from comparison_people import AFTER, BEFORE, Person
from content_sample import PROTECTED, chapter_of, inputs, with_files
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from wi2007 import reference
from wi2007.comparison.decomposition import decomposed
from wi2007.publication.chapters.change import RANKED, Change
from wi2007.publication.content.changes import OUTFLOW
from wi2007.tables.variables import all_labels

LANDS = ["5022", "6043", "9049", "6022", "7042", "6014"]
PLACES = ["0363", "0518", "0599", "0344", "0772"]
OUT = ["VOLDAAN", "NI", "ONTHEFFING_AGI", "OVERLEDEN"]
KINDS = st.tuples(
    st.sampled_from(LANDS),
    st.sampled_from(PLACES),
    st.sampled_from(["stays", "leaves", "comes back", "new", "gone", "moves"]),
    st.sampled_from(OUT),
    st.sampled_from("MV"),
    st.integers(1, 160),
)
Kind = tuple[str, str, str, str, str, int]


def people(kinds: list[Kind]) -> Two:
    """So many persons of each kind, then and now; a country and a municipality where much happens among others."""
    before, after = [], []
    for at, (land, place, what, out, sex, count) in enumerate(kinds):
        for one in range(count):
            then = Person(
                f"P{at}x{one}", geslacht=sex, land_van_herkomst=land, gemeente=place, statuscode="IBP"
            )
            gone = replace(then, statuscode=out, statusdatum=AFTER)
            pair = {
                "stays": (then, then),
                "leaves": (then, gone),
                "comes back": (replace(gone, statusdatum=BEFORE), then),
                "new": (None, then),
                "gone": (then, None),
                "moves": (then, replace(then, gemeente=PLACES[(PLACES.index(place) + 1) % len(PLACES)])),
            }[what]
            before += [pair[0]] if pair[0] else []
            after += [pair[1]] if pair[1] else []
    return before, after


def chapter(two: Two) -> Change:
    """The chapter of what the gate lets through."""
    question = asked(two, times=1)
    found = made(question)
    rows = decomposed(question.shown, found.parts, SPECIFICATION, found.peildata)
    record = told(vorige=BEFORE.isoformat(), peildatum=AFTER.isoformat(), afwijking=BASE * found.reach)
    published = Published(tuple(rows), record)
    files = {"verandering_csv": published.csv, "verandering_json": published.json}
    return chapter_of(Change, with_files(inputs(afronding=PROTECTED), **files))


def changed(two: Two, name: str) -> Counter[str]:
    """By label, how many persons still obliged there are more than there were."""
    labels = all_labels(name)
    found: Counter[str] = Counter()
    for sign, persons in zip((-1, 1), two, strict=True):
        for one in persons:
            if one.statuscode == "IBP":
                found[labels[getattr(one, name)]] += sign
    return found


def left(two: Two) -> Counter[str]:
    """By route, how many were obliged and are not any more."""
    statuses, now = reference.statuses(), {one.number: one for one in two[1]}
    gone = (now[one.number] for one in two[0] if one.statuscode == "IBP" and one.number in now)
    return Counter(statuses[one.statuscode].route for one in gone if one.statuscode != "IBP")


def largest(counts: dict[str, int]) -> set[str]:
    most = max(counts.values(), default=0)
    return {name for name, count in counts.items() if count == most}


@pytest.mark.slow
@examples(25)
@given(st.lists(KINDS, min_size=1, max_size=24))
def test_every_finding_of_the_change_is_true_of_the_persons(kinds: list[Kind]) -> None:
    two = people(kinds)
    found = chapter(two)
    values: dict[str, Any] = found.values()["verandering"]
    obliged = [sum(one.statuscode == "IBP" for one in persons) for persons in two]
    if values["zeker"]:
        assert (values["verschil"] > 0) == (obliged[1] > obliged[0])
        assert values["verschil"] * (obliged[1] - obliged[0]) > 0
    if values["route"]:
        assert largest(left(two)) == {values["route"][1]}
    for name, (_, variable) in RANKED.items():
        _true_ranking(found, values, two, variable, name)


def _true_ranking(found: Change, values: dict[str, Any], two: Two, variable: str, name: str) -> None:
    exact = {label: abs(count) for label, count in changed(two, variable).items()}
    listed = [row.label for table in found.part(name) for row in table.rows]  # type: ignore[attr-defined]
    for label in listed:
        assert exact[label] > max((n for other, n in exact.items() if other not in listed), default=0)
    first = values["landen" if variable == "land_van_herkomst" else "gemeenten"]
    assert bool(first) == bool(listed)
    if first and first["naam"]:
        assert largest(exact) == {listed[0]}


def test_there_are_findings_to_hold_against_the_persons() -> None:
    kinds: list[Kind] = [
        *(
            (land, place, "leaves", out, sex, n * (3 if out == "VOLDAAN" else 1))
            for land, place, n in (("5022", "0363", 30), ("6043", "0518", 12), ("6022", "0599", 6))
            for out in OUT[:3]
            for sex in "MV"
        ),
        *((land, place, "stays", "NI", "V", 90) for land in LANDS for place in PLACES),
    ]
    found = chapter(people(kinds))
    values: dict[str, Any] = found.values()["verandering"]
    assert values["zeker"]
    assert values["route"][1] == reference.statuses()["VOLDAAN"].route
    assert values["landen"]["naam"]
    assert values["gemeenten"]["naam"]
    (bridge,) = found.drawn()["verandering_tabel"]
    assert f"het meest eraf door ‘{found.told.labels[OUTFLOW]}: Inburgering voldaan’" in bridge.alt
