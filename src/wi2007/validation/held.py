"""Read a delivery once and check it against its contract: from file to outcome, each batch of persons handed on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from wi2007.delivery.parts import PartsSource
from wi2007.delivery.problems import UnreadableError
from wi2007.mapping.batches import Batch, Delivery, open_delivery
from wi2007.mapping.levering import NOTHING, Layout
from wi2007.mapping.values import Normalisation
from wi2007.project import delivery_name, parts_of
from wi2007.validation.drift import Comparison, Distribution
from wi2007.validation.judge import Case, Judge
from wi2007.validation.outcome import Failures, File, Outcome
from wi2007.validation.unique import PersonNumbers

Keep = Callable[[Batch], None]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Given:
    """The delivery, its settings, what it is compared with, and the folder for large temporary files."""

    path: Path
    scratch: Path
    case: Case
    layout: Layout = NOTHING


@dataclass(frozen=True)
class Held:
    """The outcome, and how the persons that were judged are distributed."""

    outcome: Outcome
    distribution: Distribution


@contextmanager
def held(
    given: Given, keep: Keep = lambda batch: None, progress: Progress = lambda rows: None
) -> Iterator[Held]:
    """Yield the outcome of reading the delivery once.

    `keep` gets each batch of persons until a row breaks the contract, `progress` the number of rows. Row numbers of
    failures may wait in files: the outcome holds within the `with` block only. Raises `UserError` where the layout
    or a correction does not fit the file.
    """
    shutil.rmtree(given.scratch, ignore_errors=True)  # what a reading that was killed left
    given.scratch.mkdir(mode=0o700, parents=True)
    failures = Failures(given.case.rules, given.scratch)
    numbers = PersonNumbers(given.scratch)
    try:
        yield _Reading(given, failures, numbers).run(keep, progress)
    finally:
        numbers.close()
        failures.close()
        shutil.rmtree(given.scratch, ignore_errors=True)


@dataclass
class _Reading:
    """The state of one reading."""

    given: Given
    failures: Failures
    numbers: PersonNumbers
    judge: Judge = field(init=False)
    file: File = field(init=False)
    normalised: tuple[Normalisation, ...] = ()
    comparison: Comparison | None = None

    def __post_init__(self) -> None:
        self.judge = Judge(self.given.case, self.failures, self.numbers)
        size = sum(part.stat().st_size for part in parts_of(self.given.path))
        self.file = File(delivery_name(self.given.path), size)

    def run(self, keep: Keep, progress: Progress) -> Held:
        given, whole = self.given, False
        try:
            delivery = open_delivery(given.path, given.scratch, given.case.peildatum, given.layout)
            self._describe(delivery)
            self._read(delivery, keep, progress)
            if not self.failures.refused:
                delivery.check_corrections()
            self.comparison = self.judge.end(delivery)
            whole = True
        except UnreadableError as error:
            self.failures.add_problem(error.problem)
        distribution = self.judge.distribution()
        return Held(self._outcome(whole), distribution)

    def _describe(self, delivery: Delivery) -> None:
        source, plan = delivery.source, delivery.plan
        self.file = File(
            self.file.name,
            source.size,
            source.sha256,
            delivery.decisions,
            plan.columns,
            delivery.fields,
            source.parts if isinstance(source, PartsSource) else (),
        )
        for problem in plan.problems:
            self.failures.add_problem(problem)

    def _read(self, delivery: Delivery, keep: Keep, progress: Progress) -> None:
        batches = delivery.batches(delivery.plan.columns)
        # The first batches are being read by now, while judging imports its libraries.
        self.judge.begin(delivery)
        for batch in batches:
            persons = self.judge.batch(batch)
            if len(persons.rows) and not self.failures.refused:
                keep(persons)
            progress(self.judge.rows)
        self.normalised = delivery.normalisations

    def _outcome(self, whole: bool) -> Outcome:
        return Outcome(
            peildatum=self.given.case.peildatum.isoformat(),
            demonstration=self.judge.demonstration,
            file=replace(self.file, parts=tuple(self.file.parts)),
            rows=self.judge.rows,
            columns=self.judge.completeness(),
            findings=tuple(self.failures.findings()),
            rules=tuple(self.given.case.rules.rules.values()),
            normalisations=self.normalised,
            tally=self.judge.tally(whole=whole),
            comparison=self.comparison,
        )
