"""Whoever reads one report finds one figure of the same persons, wherever it is told: counted from persons alone.

The later of two peildata: exactly a year apart, or at the end of a year. Then the last twelve months are those between
them, or a calendar year, and who left in them is told by several files.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from engine_deliveries import Row, person, text_of
from gate_files import COUNTRIES, PLACES
from same_persons import BEGIN, Figure, Published, by_persons, differing, rows_of
from steps import InFolder, read_delivery

from schemas.cbs import CBS
from wi2007.population.exclusion import read_sensitivity
from wi2007.steps import compare, protect
from wi2007.steps.gate import secret

BASE = 5
STATUSES = (
    "IBP",
    "IBP",
    "IBP",
    "VOLDAAN",
    "VOLDAAN",
    "NI",
    "OVERLEDEN",
    "ONTHEFFING_AGI",
    "GEHEEL_VRIJGESTELD",
)
PAIRS = {
    "a year apart": (date(2022, 7, 1), date(2023, 7, 1)),
    "to the end of a year": (date(2022, 12, 31), date(2023, 12, 31)),
    "years that end between them": (date(2022, 7, 1), date(2023, 12, 31)),
}


def people(count: int, day: date, draw: random.Random, first: int = 0) -> list[Row]:
    return [_person(first + at, day, draw) for at in range(count)]


def _person(number: int, day: date, draw: random.Random) -> Row:
    status = draw.choice(STATUSES)
    reached = (day - timedelta(days=draw.randrange(2200))).strftime("%Y%m%d")
    return person(
        number,
        geslacht=draw.choice("MMMVVVVO"),
        geboortedatum=draw.choice(("19700615", "19570702", "19640229", "19800101", "19880000", "19570000")),
        land_van_herkomst=COUNTRIES[min(int(draw.expovariate(0.3)), len(COUNTRIES) - 1)],
        gemeentecode=PLACES[min(int(draw.expovariate(0.3)), len(PLACES) - 1)],
        gevraagde_nationaliteit="Turks" if draw.random() < 0.03 else "anders",
        statuscode=status,
        statusdatum="" if status == "IBP" or draw.random() < 0.05 else reached,
    )


def later(rows: list[Row], days: tuple[date, date], draw: random.Random) -> list[Row]:
    """The same persons at the next peildatum: some gone, through, moved, back or put right, and some who are new."""
    before, after = days
    found = []
    for row in rows:
        one = dict(row)
        if draw.random() < 0.03:
            continue
        if one["statuscode"] == "IBP" and draw.random() < 0.25:
            day = before + timedelta(days=draw.randrange(1, (after - before).days + 1))
            one |= {"statuscode": draw.choice(STATUSES[3:]), "statusdatum": day.strftime("%Y%m%d")}
        elif draw.random() < 0.02:
            one |= {"statuscode": "IBP", "statusdatum": ""}
        if draw.random() < 0.04:
            one["gemeentecode"] = draw.choice(PLACES)
        if draw.random() < 0.01:
            one["geslacht"] = draw.choice("MV")
        found.append(one)
    return [*found, *people(40, after, draw, first=500_000)]


def published(folder: Path, days: tuple[date, date], count: int, seed: int) -> Published:
    """Both peildata, read, compared and protected."""
    draw = random.Random(seed)
    rows = people(count, days[0], draw)
    earlier: Path | None = None
    for day, delivered in zip(days, (rows, later(rows, days, draw)), strict=True):
        here = folder / day.isoformat()
        (here / "publicatie").mkdir(parents=True)
        (here / "levering.csv").write_text(text_of(delivered), encoding="utf-8")
        read_delivery(here / "levering.csv", here, day.isoformat(), readings=read_sensitivity().lezingen)
        (here / "publicatie" / CBS.file).write_text(CBS.to_csv(()), encoding="utf-8")
        case = InFolder(day.isoformat(), here, str(earlier) if earlier else None, str(BASE))
        compare.make(case)
        protect.make(case)
        earlier = here
    return Published.read(folder / days[1].isoformat(), folder / days[0].isoformat())


@pytest.fixture(scope="module", params=PAIRS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(secret.KEY_VARIABLE, "een sleutel die lang genoeg is")
        return published(tmp_path_factory.mktemp("paar"), PAIRS[request.param], 2500, seed=1)


def test_the_count_of_persons_agrees_with_what_is_shown_within_the_base(made: Published) -> None:
    """So the persons are those of the label: a count of others would be further off somewhere."""
    off = [one for one in made.figures() if abs(one.shown - one.count) >= BASE and BEGIN not in one.where]
    assert not off, off[:5]


def test_no_two_figures_of_the_same_persons_differ(made: Published) -> None:
    figures = made.figures()
    found = differing(figures)
    assert not found, "\n".join(map(told, found[:10]))


def told(several: list[Figure]) -> str:
    shown = "; ".join(f"{one.where} {one.shown}" for one in several)
    return f"{several[0].count} persons: {shown}"


def kinds(several: list[Figure]) -> frozenset[str]:
    return frozenset(one.where.split()[0] for one in several)


def test_there_are_enough_figures_of_the_same_persons_to_find_one_that_differs(made: Published) -> None:
    somebody = [several for several in by_persons(made.figures()) if several[0].count]
    told_in = Counter(kinds(several) for several in somebody)
    assert len(somebody) > 500
    assert sum(told_in.values()) - told_in[frozenset(["tabellen"])] > 250
    for one in ("tabellen", "tempo"):
        assert sum(count for of, count in told_in.items() if {one, "verandering"} <= of) > 20


@pytest.mark.parametrize(
    ("file", "column"),
    [("tabellen.csv", "aantal"), ("tempo.csv", "uitgestroomd"), ("verandering.csv", "aantal")],
)
def test_one_figure_that_is_changed_is_found(made: Published, file: str, column: str) -> None:
    """In every file there are rows that nothing else tells of; of some twenty from all over it, two are found."""
    rows = rows_of(made.texts[file])
    others = [one for other in made.texts if other != file for one in made.figures_of(other)]
    told_before = len(differing([*others, *made.figures_of(file)]))
    found = 0
    step = len(rows) // 20 | 1  # odd: the rows of a group come in even numbers
    for at in range(0, len(rows), step):
        changed = [dict(row) for row in rows]
        changed[at][column] = str(int(changed[at][column]) + BASE)
        lines = [",".join(rows[0]), *(",".join(f'"{value}"' for value in row.values()) for row in changed)]
        planted = replace(made, texts={**made.texts, file: "\n".join(lines)})
        found += len(differing([*others, *planted.figures_of(file)])) > told_before
    assert found >= 2
