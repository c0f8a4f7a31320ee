"""From a delivery to persons and their cube in one stream of batches: read, judge, exclude, derive, count.

Nothing is derived once a row breaks the contract, but every row is still judged, so that all failures are told at once.
Memory does not grow with the file. What does not belong here: opening and writing files (`steps.population`), and each
of the judgements themselves.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas.columns import COLUMNS, PERSON, REQUIRED
from wi2007.cube.count import Cube
from wi2007.delivery.coded import EMPTY, lengths
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.mapping.delivery import Batch, Delivery, open_delivery
from wi2007.mapping.levering import NOTHING, Layout
from wi2007.mapping.normalise.counted import Normalisation
from wi2007.population.exclusion import KEPT, Exclusion, excluded_by
from wi2007.population.lists import Lists
from wi2007.population.persons import Deriver, kept_rows
from wi2007.validation.failures import Failures
from wi2007.validation.outcome import Completeness, File, Outcome
from wi2007.validation.rules import Rules
from wi2007.validation.unique import PersonNumbers

DEMONSTRATION = "DEMO"
"""Every persoonsnummer of a demonstration delivery begins with this."""

Write = Callable[[Any], None]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Job:
    """What to do: the delivery, the peildatum, the decisions, and where much may be put down for a while.

    `layout` is what levering.yaml or config.yaml sets for this delivery.
    """

    path: Path
    peildatum: date
    rules: Rules
    exclusions: list[Exclusion]
    scratch: Path
    layout: Layout = NOTHING


@dataclass(frozen=True)
class Result:
    """The outcome; the rest is the population's and holds only when the delivery is not refused.

    `excluded` counts rows by exclusion, in their order; `counts` those that were placed with less than certainty.
    """

    outcome: Outcome
    cube: Cube
    excluded: list[int]
    counts: dict[str, int]


@contextmanager
def streamed(job: Job, write: Write, progress: Progress) -> Iterator[Result]:
    """Read the delivery once; `write` gets each batch of persons, `progress` the number of rows read so far.

    Row numbers of failures may wait in files: the result holds within the `with` block only.
    """
    failures = Failures(job.rules, job.scratch)
    numbers = PersonNumbers(job.scratch)
    try:
        yield _Stream(job, failures, numbers).run(write, progress)
    finally:
        numbers.close()
        failures.close()
        shutil.rmtree(job.scratch, ignore_errors=True)


class _Stream:
    """The state of one reading."""

    def __init__(self, job: Job, failures: Failures, numbers: PersonNumbers) -> None:
        self._job, self._failures, self._numbers = job, failures, numbers
        self._file = File(job.path.name, job.path.stat().st_size)
        self._rows = self._demonstration = 0
        self._filled = dict.fromkeys(COLUMNS, 0)
        lists = Lists(job.peildatum)
        self._deriver = Deriver(lists)
        self._cube = Cube(lists.dimensions)
        self._excluded = [0] * len(job.exclusions)
        self._counts: dict[str, int] = {}
        self._normalised: tuple[Normalisation, ...] = ()

    def run(self, write: Write, progress: Progress) -> Result:
        try:
            delivery = open_delivery(self._job.path, self._job.scratch, self._job.peildatum, self._job.layout)
            self._describe(delivery)
            self._read(delivery, write, progress)
            self._judge_whole(delivery)
        except UnreadableError as error:
            self._failures.add_problem(error.problem)
        return Result(self._outcome(), self._cube, self._excluded, self._counts)

    def _describe(self, delivery: Delivery) -> None:
        source, plan = delivery.source, delivery.plan
        self._file = File(
            self._job.path.name, source.size, source.sha256, source.decisions, plan.columns, delivery.fields
        )
        for problem in plan.problems:
            self._failures.add_problem(problem)

    def _read(self, delivery: Delivery, write: Write, progress: Progress) -> None:
        batches = delivery.batches(delivery.plan.columns)
        # The first batches are being read by now, which pays for half a second of imports.
        from wi2007.validation import check  # noqa: PLC0415

        schema = check.schema_for(self._job.peildatum, self._job.rules.limits, delivery.plan.columns)
        frames = check.Frames()
        for batch in batches:
            self._failures.add("rij_aantal_velden", "", batch.wrong_length)
            self._failures.add("lege_regel", "", batch.empty)
            for problem in batch.problems:
                self._failures.add(problem.rule, problem.column, problem.rows)
            if not len(batch.rows):
                continue
            self._rows += len(batch.rows)
            frame = frames.frame(batch)
            check.check(frame, schema, self._failures)
            self._remember(batch)
            if not self._failures.refused:
                self._keep(batch, write)
            progress(self._rows)
        self._normalised = delivery.normalisations

    def _remember(self, batch: Batch) -> None:
        """What the whole file will be judged and described by."""
        for name, column in batch.columns.items():
            self._filled[name] += int(np.count_nonzero(column.codes != EMPTY))
        if batch.numbers is not None:
            self._filled[PERSON] += int(np.count_nonzero(lengths(batch.numbers)))
            self._numbers.add(batch.numbers)
            self._demonstration += pc.sum(pc.starts_with(batch.numbers, DEMONSTRATION)).as_py()

    def _keep(self, batch: Batch, write: Write) -> None:
        """Exclude, derive, write, count."""
        columns, numbers = batch.columns, batch.numbers
        which = excluded_by(columns, len(batch.rows), self._job.exclusions)
        kept = which == KEPT
        for place in range(len(self._excluded)):
            self._excluded[place] += int(np.count_nonzero(which == place))
        if not kept.all():
            columns, numbers = kept_rows(columns, kept), numbers.filter(pa.array(kept))
        found = self._deriver.persons(columns, numbers)
        write(found.table)
        self._cube.add(found.dimensions)
        for name, count in found.counts.items():
            self._counts[name] = self._counts.get(name, 0) + count

    def _judge_whole(self, delivery: Delivery) -> None:
        """What no batch can tell."""
        if self._rows == 0 and not self._failures.refused:
            self._failures.add_problem(Problem("geen_rijen"))
        if PERSON in delivery.plan.columns:
            rows = self._numbers.duplicates(delivery.numbers)
            self._failures.add("persoonsnummer_dubbel", PERSON, rows)
        if 0 < self._demonstration < self._rows:
            self._failures.add_count("demonstratie_vermengd", PERSON, self._demonstration)

    def _outcome(self) -> Outcome:
        return Outcome(
            peildatum=self._job.peildatum.isoformat(),
            demonstration=0 < self._rows == self._demonstration,
            file=self._file,
            rows=self._rows,
            columns=tuple(
                Completeness(name, name in REQUIRED, name in self._file.columns, self._filled[name])
                for name in COLUMNS
            ),
            findings=tuple(self._failures.findings()),
            rules=tuple(self._job.rules.rules.values()),
            normalisations=self._normalised,
        )
