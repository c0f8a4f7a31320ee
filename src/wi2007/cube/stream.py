"""Stream a delivery to persons and their cube in batches: read, judge, exclude, derive, count.

Nothing is derived once a row breaks the contract, but every row is still judged, so that the report has all failures.
Memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.outflow import OUTFLOW
from schemas.persons import EXCLUDED
from schemas.sensitivity import ReadingText
from wi2007.cube.count import Cube
from wi2007.cube.variants import Variants
from wi2007.mapping.delivery import Batch
from wi2007.mapping.levering import NOTHING, Layout
from wi2007.population.exclusion import KEPT, Exclusion, excluded_by
from wi2007.population.lists import Lists
from wi2007.population.persons import Deriver, kept_rows
from wi2007.validation.distribution import Distribution
from wi2007.validation.held import Given, Held, held
from wi2007.validation.judge import Case
from wi2007.validation.outcome import Outcome
from wi2007.validation.rules import Rules

Write = Callable[[Any], None]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Job:
    """The delivery, the peildatum, the decisions, and the folder for large temporary files.

    `layout` is what levering.yaml or config.yaml sets for this delivery, `previous` the distribution of the delivery
    before it, `readings` the other choices whose changes are counted.
    """

    path: Path
    peildatum: date
    rules: Rules
    exclusions: list[Exclusion]
    scratch: Path
    layout: Layout = NOTHING
    previous: Distribution | None = None
    readings: Sequence[ReadingText] = ()


@dataclass(frozen=True)
class Result:
    """The outcome of judging; the rest is about the population and holds only when the delivery is not refused.

    `outflow` counts by when the status was reached (`schemas.outflow`). `excluded` counts rows by exclusion, in their
    order; `counts` those that were placed with less than certainty; `variants` what other readings change.
    """

    outcome: Outcome
    cube: Cube
    outflow: Cube
    excluded: list[int]
    counts: dict[str, int]
    distribution: Distribution
    variants: Variants


@contextmanager
def streamed(job: Job, write: Write, exclude: Write, progress: Progress) -> Iterator[Result]:
    """Yield the result of reading the delivery once; `write` gets each batch of persons, `exclude` the excluded
    persoonsnummers.

    `progress` gets the number of rows read so far. The result holds within the `with` block only (`validation.held`).
    """
    given = Given(job.path, job.scratch, Case(job.peildatum, job.rules, job.previous), job.layout)
    population = _Population(job, write, exclude)
    with held(given, population.keep, progress) as found:
        yield population.result(found)


class _Population:
    """The counts of the persons so far."""

    def __init__(self, job: Job, write: Write, exclude: Write) -> None:
        self._job, self._write, self._exclude = job, write, exclude
        lists = Lists(job.peildatum)
        self._deriver = Deriver(lists)
        self._cube = Cube(lists.dimensions)
        self._outflow = Cube(lists.dimensions, OUTFLOW)
        self._variants = Variants(lists, job.readings, self._deriver)
        self._excluded = [0] * len(job.exclusions)
        self._counts: dict[str, int] = {}

    def keep(self, batch: Batch) -> None:
        """Exclude, derive, write and count a batch."""
        columns, numbers = batch.columns, batch.numbers
        which = excluded_by(columns, len(batch.rows), self._job.exclusions)
        kept = which == KEPT
        for place in range(len(self._excluded)):
            self._excluded[place] += int(np.count_nonzero(which == place))
        if not kept.all():
            self._exclude(pa.table([numbers.filter(pa.array(~kept))], schema=EXCLUDED))
            columns, numbers = kept_rows(columns, kept), numbers.filter(pa.array(kept))
        found = self._deriver.persons(columns, numbers)
        self._write(found.table)
        self._cube.add(found.dimensions)
        self._outflow.add(found.dimensions)
        self._variants.add(batch.columns, kept, found.dimensions)
        for name, count in found.counts.items():
            self._counts[name] = self._counts.get(name, 0) + count

    def result(self, found: Held) -> Result:
        """Return all counts."""
        counted = (self._cube, self._outflow, self._excluded, self._counts)
        return Result(found.outcome, *counted, found.distribution, self._variants)
