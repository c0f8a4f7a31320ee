"""What rounding costs: how far percentages are off, and the time it takes, on the tables of the demonstration.

Percentages as they are published beside those of exact counts, of denominators that are large enough to tell something.
What does not belong here: what a reader can derive (see `benchmarks.releases`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from statistics import mean, median, quantiles

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.disclosure import Disclosure
from schemas.tables import Specification
from wi2007 import reference
from wi2007.decisions import read
from wi2007.project import CONFIG
from wi2007.protection import funnel
from wi2007.protection.cells import Tables, cells, linked
from wi2007.protection.gate import Draws, Protected, protect
from wi2007.protection.outflow import outflow_of
from wi2007.protection.request import ProtectionRequest, Who
from wi2007.protection.rounding import RoundingOptions, draw, rounded
from wi2007.tables.build import WHO, Counted, by_code, counted
from wi2007.tables.specification import load
from wi2007.tempo.cells import load_choices

PEILDATUM = "2022-07-01"
LEAST = 200
"""The smallest denominator whose percentages are held to the bound."""
BOUND_POINTS, BOUND_SECONDS, BOUND_DENSE = 0.15, 1.0, 15.0
AIM_POINTS = 0.13
HELD, COLUMN = 5, "its column"
"""The base and the percentages that the bound of the error is for."""
_DENSE = 500_000


@dataclass(frozen=True)
class Errors:
    """Percentage points between the percentages of rounded and of exact counts."""

    base: int
    part: str
    points: Sequence[float]

    @property
    def bound(self) -> bool:
        """Whether the bound is for these: what the tables show, at the usual base."""
        return (self.base, self.part) == (HELD, COLUMN)

    @property
    def aim(self) -> str:
        """Whether the aim is reached, at the usual base."""
        if self.base != HELD:
            return "–"
        return "reached" if self.mean <= AIM_POINTS else "not reached"

    @property
    def mean(self) -> float:
        """The mean, over every percentage of a large enough denominator."""
        return mean(self.points)

    @property
    def most(self) -> tuple[float, float]:
        """The 95th percentile and the largest."""
        return quantiles(self.points, n=20)[-1], max(self.points)


@dataclass(frozen=True)
class Times:
    """Processor seconds of each part, the median of some runs, and how much there was to do."""

    name: str
    cells: int
    nonzero: float
    find: float
    round: float
    all: float


@dataclass(frozen=True)
class Delivery:
    """The cube of a delivery; of the demonstration its outflow and the record of its processing as well."""

    cube: pa.Table
    outflow: pa.Table | None = None
    processing: dict[str, object] | None = None

    def question(self, base: int) -> ProtectionRequest:
        """What the gate is asked for all tables of the project."""
        specification = load(CONFIG / "tables.yaml")
        rules: Disclosure = read(CONFIG / "disclosure.yaml").held(Disclosure)
        day = date.fromisoformat(PEILDATUM)
        tables = Tables(counted(self.cube, specification), specification)
        if self.processing is None:
            return ProtectionRequest(tables, {}, day, base, rules)
        return ProtectionRequest(
            tables,
            funnel.counted(self.processing),
            day,
            base,
            rules,
            outflow_of(self.outflow, day, load_choices()),
            Who(
                Tables(counted(self.cube, specification, WHO), specification),
                funnel.who(self.processing),
            ),
        )


def demonstration(folder: Path) -> Delivery:
    """The demonstration delivery."""
    command = [str(Path(sys.executable).parent / "wi2007"), "run", "--directory", str(folder), PEILDATUM]
    subprocess.run([*command[:1], "demo", *command[2:4]], check=True, capture_output=True)
    subprocess.run(command, check=True, capture_output=True)
    made = folder / "data" / "processed" / PEILDATUM
    processing = json.loads((made / "verwerking.json").read_text(encoding="utf-8"))
    cube, outflow = (pq.ParquetFile(made / f"{name}.parquet").read() for name in ("kubus", "uitstroom"))
    return Delivery(cube, outflow, processing)


def dense(random: np.random.Generator) -> pa.Table:
    """A cube in which every municipality and country has every gender, age class and route: no cell is empty."""
    valid = {
        place.code for place in reference.classification(date.fromisoformat(PEILDATUM)).values() if place.code
    }
    places, countries = sorted(valid), sorted(reference.countries())
    statuses = {status.route: code for code, status in reference.statuses().items()}
    rows = [
        (gender, country, place, age, status)
        for group in (
            (
                (g, "5022", m, a, s)
                for g, m, a, s in product("MV", places, reference.age_labels(), statuses.values())
            ),
            ((g, k, "0363", "45 tot 55", s) for g, k, s in product("MV", countries, statuses.values())),
        )
        for gender, country, place, age, status in group
    ]
    names = ("geslacht", "land_van_herkomst", "gemeente", "leeftijdsklasse", "statuscode")
    counts = 1 + random.multinomial(_DENSE, random.dirichlet(np.full(len(rows), 0.5)))
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    return pa.table({**columns, "doelgroep": ["NIEUWKOMER"] * len(rows), "aantal": counts})


def gate(asked: ProtectionRequest, key: str) -> Protected:
    """Through the whole gate."""
    drawn = draw(key.encode(), asked.base)
    return protect(asked, Draws(lambda attempt: draw(key.encode(), asked.base, attempt), drawn))


def errors(asked: ProtectionRequest, made: Protected) -> dict[int, list[float]]:
    """How far percentages are off, as parts of the row (0) and of the column (1), where that is large enough."""
    points: dict[int, list[float]] = {0: [], 1: []}
    for pair, counts in asked.of_pairs.items():
        shown = made.of_pairs[pair]
        for place, found in points.items():
            exact_sums, shown_sums = by_code(counts, place), by_code(shown, place)
            found += [
                abs(100 * count / exact_sums[key[place]] - 100 * shown.get(key, 0) / shown_sums[key[place]])
                for key, count in counts.items()
                if exact_sums[key[place]] >= LEAST
            ]
    return points


def times(name: str, delivery: Delivery, runs: int) -> Times:
    """The time to find the cells, to round them, and of the whole gate with its audit."""
    asked = delivery.question(5)
    found, relations = linked(cells(asked.of_pairs, asked.specification, {}))
    find = _median(runs, lambda at: linked(cells(asked.of_pairs, asked.specification, {})))
    solve = _median(runs, lambda at: rounded(found, relations, RoundingOptions(5, draw(b"benchmark", at))))
    whole = _median(runs, lambda at: gate(asked, f"benchmark {at}"))
    return Times(name, len(found), _filled(asked.of_pairs, asked.specification), find, solve, whole)


def _filled(of_pairs: Counted, specification: Specification) -> float:
    """How many of the combinations in the tables have persons."""
    return sum(len(counts) for counts in of_pairs.values()) / sum(
        len(by_code(counts, 0)) * len(by_code(counts, 1)) for counts in of_pairs.values()
    )


def _median(runs: int, work: Callable[[int], object]) -> float:
    taken = []
    for at in range(runs):
        start = time.process_time()
        work(at)
        taken.append(time.process_time() - start)
    return median(taken)


def lines(off: Sequence[Errors], taken: Sequence[Times]) -> Iterator[str]:
    """The parts of the page in Markdown."""
    yield "## Usefulness\n"
    yield "Percentages from rounded counts against those from exact counts, in all tables of the"
    yield "demonstration: every count that is not 0, as a part of its column (as the tables show it) and of"
    yield f"its row, where that has {LEAST} persons or more. A mean above the bound makes the measurement fail; the"
    yield f"aim is a mean of {AIM_POINTS:g} at base {HELD}.\n"
    yield "| base | part of | percentages | mean error, points | 95% below | largest | bound of the mean | aim |"
    yield "|---:|---|---:|---:|---:|---:|---:|---|"
    for one in off:
        bound = f"{BOUND_POINTS:g}" if one.bound else "–"
        most = " | ".join(f"{points:.2f}" for points in one.most)
        yield f"| {one.base} | {one.part} | {len(one.points):,} | {one.mean:.3f} | {most} | {bound} | {one.aim} |"
    yield ""
    yield "## Time\n"
    yield "Processor seconds, medians. The gate is all of it: cells, ranking, merging of groups, rounding"
    yield "until it settles, and the audit. In the dense tables every municipality and country has persons"
    yield "of every gender, age class and route.\n"
    yield "| tables | cells | combinations with persons | finding the cells | rounding | bound | the whole gate |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for of, limit in zip(taken, (BOUND_SECONDS, BOUND_DENSE), strict=True):
        sizes = f"{of.name} | {of.cells:,} | {100 * of.nonzero:.0f}%"
        yield f"| {sizes} | {of.find:.2f} | {of.round:.2f} | {limit:g} | {of.all:.2f} |"
    yield ""


def measure(draws: int = 5, runs: int = 3) -> tuple[list[Errors], list[Times]]:
    """Both, on the demonstration; the errors over some draws."""
    with tempfile.TemporaryDirectory() as folder:
        delivery = demonstration(Path(folder))
    off = []
    for base in (HELD, 2 * HELD):
        asked = delivery.question(base)
        several = [errors(asked, gate(asked, f"usefulness {at}")) for at in range(draws)]
        for place, part in ((1, COLUMN), (0, "its row")):
            off.append(Errors(base, part, [point for one in several for point in one[place]]))
    full = Delivery(dense(np.random.default_rng(1)))
    return off, [times("the demonstration", delivery, runs), times("dense", full, runs)]


def held(off: Sequence[Errors], taken: Sequence[Times]) -> bool:
    """Whether every bound was kept."""
    quick = taken[0].round < BOUND_SECONDS and taken[1].round < BOUND_DENSE
    return quick and all(one.mean <= BOUND_POINTS for one in off if one.bound)
