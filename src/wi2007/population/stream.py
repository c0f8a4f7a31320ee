"""Stream a delivery to persons and their cube in batches: read, judge, exclude, derive, count.

Nothing is derived once a row breaks the contract, but every row is still judged, so that the report has all failures.
Memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from schemas.cube import SETS
from schemas.outflow import OUTFLOW
from schemas.persons import EXCLUDED
from schemas.policy import PolicyGroups
from schemas.sensitivity import ReadingText
from wi2007.mapping.batches import Batch
from wi2007.mapping.levering import NOTHING, Layout
from wi2007.population.cube import Cube, Variants
from wi2007.population.exclusion import KEPT, Exclusion, excluded_by
from wi2007.population.persons import Deriver, Lists, kept_rows
from wi2007.population.policy import Policy
from wi2007.population.who import Group, numbered
from wi2007.validation.drift import Distribution
from wi2007.validation.held import Given, Held, held
from wi2007.validation.judge import Case
from wi2007.validation.outcome import Outcome
from wi2007.validation.rules import Rules

ROWS: Final = 250_000
Write = Callable[[Any], None]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Job:
    """The delivery, the peildatum, the decisions, and the folder for large temporary files.

    `layout` is what levering.yaml or config.yaml sets for this delivery, `previous` the distribution of the delivery
    before it, `variants` the other choices whose changes are counted.
    """

    path: Path
    peildatum: date
    rules: Rules
    exclusions: list[Exclusion]
    groups: PolicyGroups
    scratch: Path
    layout: Layout = NOTHING
    previous: Distribution | None = None
    variants: Sequence[ReadingText] = ()


@dataclass(frozen=True)
class Result:
    """The outcome of judging; the rest is about the population and holds only when the delivery is not refused.

    `outflow` counts by when the status was reached (`schemas.outflow`). `excluded` counts rows by exclusion, in their
    order; `doubtful` those that were placed with less than certainty; `variants` what other choices change; `policy`
    counts who is still obliged by policy group.
    """

    outcome: Outcome
    cube: Cube
    outflow: Cube
    excluded: list[Group]
    doubtful: dict[str, Group]
    distribution: Distribution
    variants: Variants
    policy: Policy


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
        self._outflow = Cube(lists.dimensions, OUTFLOW.arrow)
        self._variants = Variants(lists, job.variants, self._deriver)
        self._policy = Policy(lists, job.groups)
        self._excluded = [Group() for _ in job.exclusions]
        self._doubtful: dict[str, Group] = {}

    def keep(self, batch: Batch) -> None:
        """Exclude, derive, write and count a batch."""
        columns, numbers = batch.columns, batch.numbers
        who = numbered(numbers)
        which = excluded_by(columns, len(batch.rows), self._job.exclusions)
        kept = which == KEPT
        for place, group in enumerate(self._excluded):
            group.add(who[which == place])
        if not kept.all():
            self._exclude(pa.table([numbers.filter(pa.array(~kept))], schema=EXCLUDED.arrow))
            columns, numbers = kept_rows(columns, kept), numbers.filter(pa.array(kept))
        found = self._deriver.persons(columns, numbers)
        self._write(found.table)
        of_kept = who[kept]
        self._cube.add(found.dimensions, of_kept)
        self._outflow.add(found.dimensions, of_kept)
        self._variants.add(batch.columns, who, kept, found.dimensions)
        self._policy.add(columns, of_kept, found.dimensions)
        for name, some in found.doubtful.items():
            self._doubtful.setdefault(name, Group()).add(of_kept[some])

    def result(self, found: Held) -> Result:
        """Return all counts."""
        counted = (self._cube, self._outflow, self._excluded, self._doubtful)
        return Result(found.outcome, *counted, found.distribution, self._variants, self._policy)


class Stretches:
    """Takes tables of persons and hands on tables of `rows` persons each; the last, at `end`, may be smaller."""

    def __init__(self, write: Callable[[Any], None], rows: int = ROWS) -> None:
        self._write, self._rows = write, rows
        self._waiting: list[Any] = []
        self._count = 0
        self._lists: dict[str, Any] = {}

    def add(self, table: Any) -> None:
        """Take the next persons, in order.

        Raises `ValueError` when the list of values of a column differs from before.
        """
        self._check_lists(table)
        start = 0
        while table.num_rows - start:
            part = table.slice(start, self._rows - self._count)
            self._waiting.append(part)
            self._count += part.num_rows
            start += part.num_rows
            if self._count == self._rows:
                self.end()

    def end(self) -> None:
        """Hand on the remaining persons."""
        if self._count:
            self._write(pa.concat_tables(self._waiting).combine_chunks())
        self._waiting, self._count = [], 0

    def _check_lists(self, table: Any) -> None:
        for name, column in zip(table.column_names, table.columns, strict=True):
            if not pa.types.is_dictionary(column.type):
                continue
            for chunk in column.chunks:
                if not chunk.dictionary.equals(self._lists.setdefault(name, chunk.dictionary)):
                    raise ValueError(f"the list of values of {name} differs from batch to batch")


def processing(
    outcome: Outcome,
    exclusions: list[Exclusion],
    excluded: list[Group],
    kept: Group,
    doubtful: Mapping[str, Group],
) -> dict[str, Any]:
    """Return the record, in the layout of `docs/architecture.md`.

    Raises `ArithmeticError` when the rows read are not the rows excluded and the persons kept together.
    """
    funnel = [*excluded, kept]
    if outcome.rows != sum(group.count for group in funnel):
        raise ArithmeticError("rows read are not rows excluded and persons kept together")
    return {
        "peildatum": outcome.peildatum,
        "demonstratie": outcome.demonstration,
        "levering": {
            "bestand": outcome.file.name,
            "bytes": outcome.file.bytes,
            "sha256": outcome.file.sha256,
            "lezing": [
                {
                    "over": decision.subject,
                    "waarde": decision.value,
                    "ingesteld": decision.by_hand,
                    "waarom": decision.reason,
                }
                for decision in outcome.file.decisions
            ],
            "kolommen": list(outcome.file.columns),
            "velden": {name: list(names) for name, names in outcome.file.fields.items()},
            "normalisaties": [
                {
                    "regel": one.rule,
                    "kolom": one.column,
                    "omschrijving": one.description,
                    "aantal": one.count,
                }
                for one in outcome.normalisations
            ],
        },
        "trechter": [
            {
                "stap": "gelezen",
                "omschrijving": "Personen in de levering",
                "bron": "",
                "aantal": outcome.rows,
            },
            *(
                {
                    "stap": "uitgesloten",
                    "regel": exclusion.name,
                    "omschrijving": exclusion.description,
                    "bron": exclusion.source,
                    "kolommen": list(exclusion.columns),
                    "waarden": sorted(exclusion.values),
                    "aantal": group.count,
                }
                for exclusion, group in zip(exclusions, excluded, strict=True)
            ),
            {
                "stap": "overgebleven",
                "omschrijving": "Personen in de analyse",
                "bron": "",
                "aantal": kept.count,
            },
        ],
        "tellingen": {
            name: doubtful.get(name, Group()).count
            for name in ("gemeente_opgevolgd", "gemeente_gesplitst", "leeftijdsklasse_onbekend")
        },
        "wie": {
            "trechter": [sum(group.who for group in funnel) % SETS, *(group.who for group in funnel)],
            "tellingen": {name: group.who for name, group in sorted(doubtful.items())},
        },
        "waarschuwingen": [
            {
                "regel": finding.rule.name,
                "kolom": finding.column,
                "omschrijving": finding.rule.description,
                "aantal": finding.count,
            }
            for finding in outcome.warnings
        ],
    }
