"""From a delivery to persons and their cube in one stream of batches: read, judge, exclude, derive, count.

Nothing is derived once a row breaks the contract, but every row is still judged, so that all failures are told at once.
Memory does not grow with the file. What does not belong here: opening and writing files (`steps.population`), and each
of the judgements themselves.
"""

from __future__ import annotations

import shutil
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
from wi2007.delivery.problems import UnreadableError
from wi2007.mapping.delivery import Batch, Delivery, open_delivery
from wi2007.mapping.levering import NOTHING, Layout
from wi2007.mapping.normalise.counted import Normalisation
from wi2007.population.exclusion import KEPT, Exclusion, excluded_by
from wi2007.population.lists import Lists
from wi2007.population.persons import Deriver, kept_rows
from wi2007.validation.distribution import Distribution
from wi2007.validation.drift import Comparison
from wi2007.validation.failures import Failures
from wi2007.validation.judge import Case, Judge
from wi2007.validation.outcome import File, Outcome
from wi2007.validation.rules import Rules
from wi2007.validation.unique import PersonNumbers

Write = Callable[[Any], None]
Writes = tuple[Write, Write]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Job:
    """What to do: the delivery, the peildatum, the decisions, and where much may be put down for a while.

    `layout` is what levering.yaml or config.yaml sets for this delivery, `previous` how the one before was distributed,
    `readings` other readings of the choices, of which is counted what they change.
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
    """The outcome; the rest is the population's and holds only when the delivery is not refused.

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
    """Read the delivery once; `write` gets each batch of persons, `exclude` the persoonsnummers of who is left out.

    `progress` gets the number of rows read so far.
    Row numbers of failures may wait in files: the result holds within the `with` block only.
    """
    shutil.rmtree(job.scratch, ignore_errors=True)  # what a reading that was killed left
    job.scratch.mkdir(mode=0o700, parents=True)
    failures = Failures(job.rules, job.scratch)
    numbers = PersonNumbers(job.scratch)
    try:
        yield _Stream(job, failures, numbers).run((write, exclude), progress)
    finally:
        numbers.close()
        failures.close()
        shutil.rmtree(job.scratch, ignore_errors=True)


class _Stream:
    """The state of one reading."""

    def __init__(self, job: Job, failures: Failures, numbers: PersonNumbers) -> None:
        self._job, self._failures = job, failures
        self._judge = Judge(Case(job.peildatum, job.rules, job.previous), failures, numbers)
        self._file = File(job.path.name, job.path.stat().st_size)
        lists = Lists(job.peildatum)
        self._deriver = Deriver(lists)
        self._cube = Cube(lists.dimensions)
        self._outflow = Cube(lists.dimensions, OUTFLOW)
        self._variants = Variants(lists, job.readings, self._deriver)
        self._excluded = [0] * len(job.exclusions)
        self._counts: dict[str, int] = {}
        self._normalised: tuple[Normalisation, ...] = ()
        self._comparison: Comparison | None = None

    def run(self, write: Writes, progress: Progress) -> Result:
        whole = False
        try:
            delivery = open_delivery(self._job.path, self._job.scratch, self._job.peildatum, self._job.layout)
            self._describe(delivery)
            self._read(delivery, write, progress)
            self._comparison = self._judge.end(delivery)
            whole = True
        except UnreadableError as error:
            self._failures.add_problem(error.problem)
        distribution = self._judge.distribution()
        outcome = self._outcome(whole)
        counted = (self._cube, self._outflow, self._excluded, self._counts)
        return Result(outcome, *counted, distribution, self._variants)

    def _describe(self, delivery: Delivery) -> None:
        source, plan = delivery.source, delivery.plan
        self._file = File(
            self._job.path.name, source.size, source.sha256, source.decisions, plan.columns, delivery.fields
        )
        for problem in plan.problems:
            self._failures.add_problem(problem)

    def _read(self, delivery: Delivery, write: Writes, progress: Progress) -> None:
        batches = delivery.batches(delivery.plan.columns)
        # The first batches are being read by now, which pays for the imports behind judging.
        self._judge.begin(delivery)
        for batch in batches:
            persons = self._judge.batch(batch)
            if len(persons.rows) and not self._failures.refused:
                self._keep(persons, write)
            progress(self._judge.rows)
        self._normalised = delivery.normalisations

    def _keep(self, batch: Batch, write: Writes) -> None:
        """Exclude, derive, write, count."""
        write_persons, exclude = write
        columns, numbers = batch.columns, batch.numbers
        which = excluded_by(columns, len(batch.rows), self._job.exclusions)
        kept = which == KEPT
        for place in range(len(self._excluded)):
            self._excluded[place] += int(np.count_nonzero(which == place))
        if not kept.all():
            exclude(pa.table([numbers.filter(pa.array(~kept))], schema=EXCLUDED))
            columns, numbers = kept_rows(columns, kept), numbers.filter(pa.array(kept))
        found = self._deriver.persons(columns, numbers)
        write_persons(found.table)
        self._cube.add(found.dimensions)
        self._outflow.add(found.dimensions)
        self._variants.add(batch.columns, kept, found.dimensions)
        for name, count in found.counts.items():
            self._counts[name] = self._counts.get(name, 0) + count

    def _outcome(self, whole: bool) -> Outcome:
        return Outcome(
            peildatum=self._job.peildatum.isoformat(),
            demonstration=self._judge.demonstration,
            file=self._file,
            rows=self._judge.rows,
            columns=self._judge.completeness(),
            findings=tuple(self._failures.findings()),
            rules=tuple(self._job.rules.rules.values()),
            normalisations=self._normalised,
            tally=self._judge.tally(whole=whole),
            comparison=self._comparison,
        )
