"""Judge a delivery by its contract, batch by batch, and then as a whole: every rule is called from here.

A day of a column in far more rows than chance allows is the default value of a program that knows no day. A day of
birth is compared with the same day in other years, as 1 January and days that stand for an unknown part are frequent in
every year; other days are compared with all rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow.compute as pc

from schemas.columns import COLUMNS, PERSON, REQUIRED
from wi2007 import dutch
from wi2007.delivery.problems import Problem
from wi2007.delivery.source import Coded, lengths
from wi2007.mapping.batches import Batch, Delivery
from wi2007.validation.drift import (
    BECAME_ONE,
    ROWS_MOVED,
    SHIFTED,
    Comparison,
    Counter,
    Counts,
    Distribution,
    became_one,
    compare,
    unknown,
)
from wi2007.validation.outcome import Completeness, Failures, RowCounter, Tally
from wi2007.validation.rowrules import STATUS, ExtraRows, RowRules
from wi2007.validation.rules import PeakLimits, Rules, Unknown
from wi2007.validation.unique import PersonNumbers

YEARS: Final = (*range(-5, 0), *range(1, 6), -20, -10, 10, 20)
"""The years with which a day is compared: near ones, and those with which a guessed age shares its last digit."""
_DAYS_IN_YEAR: Final = 365
_MOST_SAID: Final = 5

PEAK: Final = "datum_te_vaak"
ONE_VALUE: Final = "een_waarde"
DEMONSTRATION: Final = "DEMO"
"""Every persoonsnummer of a demonstration delivery begins with this."""


@dataclass(frozen=True)
class Peak:
    """A day with too many rows; `name` says which default of a program it is."""

    rows: int
    name: str = ""


def peaks(days: Mapping[str, int], limits: PeakLimits, known: Mapping[str, str]) -> list[Peak]:
    """Return the days (yyyymmdd, with their rows) that exceed the limits, the most frequent first."""
    whole = {day: rows for day, rows in days.items() if day[6:] != "00"}
    filled, by_year = sum(whole.values()), _by_year(whole)
    found = []
    for day, rows in whole.items():
        if rows < limits.threshold.least:
            continue
        allowed = filled * limits.ordinary.get(day, limits.threshold.told_above)
        times = limits.times_known if day in known and limits.times_known else limits.times or 0.0
        any_day = max(1.0, (by_year[day[:4]] - rows) / _DAYS_IN_YEAR)
        if rows > max(allowed, times * any_day) and (not times or rows > times * _other_years(day, whole)):
            found.append(Peak(rows, known.get(day, "")))
    return sorted(found, key=lambda peak: (-peak.rows, peak.name))


def _other_years(day: str, whole: Mapping[str, int]) -> int:
    """Return the rows that the same day has in other years: the second highest, as another peak is no measure."""
    year, rest = int(day[:4]), day[4:]
    return sorted(whole.get(f"{year + step:04d}{rest}", 0) for step in YEARS)[-2]


def _by_year(days: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for day, rows in days.items():
        found[day[:4]] = found.get(day[:4], 0) + rows
    return found


def in_words(found: Sequence[Peak]) -> str:
    """Return a sentence on the peaks of a column: never the day itself, unless it is a known default."""
    return " ".join(_sentence(peak) for peak in found[:_MOST_SAID])


def _sentence(peak: Peak) -> str:
    if peak.name:
        return f"{dutch.count(peak.rows)} rijen hebben {peak.name}."
    return f"Eén datum staat in {dutch.count(peak.rows)} rijen."


@dataclass(frozen=True)
class Case:
    """What a delivery is judged by: the rules at its peildatum, and the delivery before it, if there is one."""

    peildatum: date
    rules: Rules
    previous: Distribution | None = None


class Judge:
    """Judges one delivery; every failure goes to `failures`."""

    def __init__(self, case: Case, failures: Failures, numbers: PersonNumbers) -> None:
        self._case, self._failures, self._numbers = case, failures, numbers
        self._row_rules = RowRules(case.peildatum, case.rules.limits.youngest)
        self._distribution = Counter()
        self._among: dict[tuple[str, ...], Counter] = {}
        self._row_counter = RowCounter(None)
        self._filled_numbers = self._demonstration = 0
        self._columns: tuple[str, ...] = ()
        self.rows = 0

    def begin(self, delivery: Delivery) -> None:
        """Prepare for the batches of a delivery. Imports what judges values, which takes half a second."""
        from wi2007.validation import check  # noqa: PLC0415

        self._columns = delivery.plan.columns
        self._check = check.check
        self._schema = check.schema_for(self._case.peildatum, self._case.rules.limits, self._columns)
        self._frames = check.Frames()
        self._row_counter = RowCounter(delivery.source.header_row)
        self._extra = ExtraRows(delivery.fields)

    def batch(self, batch: Batch) -> Batch:
        """Judge every row; return the rows that are persons."""
        extra = self._extra.split(batch)
        persons = extra.batch
        passed_over = tuple(batch.passed_over.values())
        self._row_counter.add(
            persons.rows, batch.wrong_length, extra.headers, extra.totals, batch.empty, *passed_over
        )
        self._failures.add("rij_aantal_velden", "", batch.wrong_length, batch.widths)
        for rule, rows in (
            ("lege_regel", batch.empty),
            ("kop_herhaald", extra.headers),
            ("totaalrij", extra.totals),
            *batch.passed_over.items(),
        ):
            self._failures.add(rule, "", rows)
        for problem in persons.problems:
            self._failures.add(problem.rule, problem.column, problem.rows, problem.about)
        if len(persons.rows):
            self._judge(persons)
        return persons

    def _judge(self, batch: Batch) -> None:
        self.rows += len(batch.rows)
        self._check(batch, self._frames.frame(batch), self._schema, self._failures)
        for rule, column, places in self._row_rules.broken(batch.columns):
            self._failures.add(rule, column, batch.rows[places])
        self._distribution.add(batch.columns)
        self._count_among(batch.columns)
        if batch.numbers is not None:
            self._remember(batch.numbers)

    def _count_among(self, columns: Mapping[str, Coded]) -> None:
        """Count the columns whose unknown values matter for some statuses only, in the rows with those statuses."""
        wanted: dict[tuple[str, ...], list[str]] = {}
        for name, limits in self._case.rules.unknown.items():
            if limits.among and name in columns and STATUS in columns:
                wanted.setdefault(limits.among, []).append(name)
        for statuses, names in wanted.items():
            status = columns[STATUS]
            meant = np.array([*(value in statuses for value in status.values), False], dtype=bool)
            rows = np.flatnonzero(meant[status.codes])
            self._among.setdefault(statuses, Counter()).add(
                {name: Coded(columns[name].values, columns[name].codes[rows]) for name in names}
            )

    def _remember(self, numbers: Any) -> None:
        self._filled_numbers += int((lengths(numbers) > 0).sum())
        self._numbers.add(numbers)
        self._demonstration += pc.sum(pc.starts_with(numbers, DEMONSTRATION)).as_py() or 0

    def end(self, delivery: Delivery) -> Comparison | None:
        """Judge what no batch can show; return the comparison with the delivery before, None without one."""
        if self.rows == 0 and not self._failures.refused:
            self._failures.add_problem(Problem("geen_rijen"))
        if PERSON in self._columns:
            rows = self._numbers.duplicates(delivery.numbers)
            self._failures.add("persoonsnummer_dubbel", PERSON, rows)
        if 0 < self._demonstration < self.rows:
            self._failures.add_count("demonstratie_vermengd", PERSON, self._demonstration)
        self._failures.weigh_shares(self.rows)
        self._unknown()
        self._peaks()
        previous = self._case.previous
        if previous is None or previous.demonstration != self.demonstration or not self.rows:
            self._one_value(frozenset())
            return None
        now = self.distribution()
        found = compare(previous, now, self._case.rules)
        if found.rows_moved:
            self._failures.add_count(ROWS_MOVED, "", 1)
        for shift in found.shifts:
            self._failures.add_count(SHIFTED, shift.column, shift.count)
        became = became_one(previous, now, self._case.rules.threshold(BECAME_ONE))
        for column in became:
            self._failures.add_count(BECAME_ONE, column, self.rows)
        self._one_value(became)
        return found

    def _peaks(self) -> None:
        """Add days that are in far more rows than chance allows."""
        for column, days in self._distribution.days().items():
            limits = self._case.rules.peaks.get(column)
            found = peaks(days, limits, self._case.rules.known_days) if limits else []
            if found:
                filled, most = sum(days.values()), max(peak.rows for peak in found)
                raised = limits is not None and limits.threshold.is_error(most, filled)
                count = sum(peak.rows for peak in found)
                self._failures.add_count(PEAK, column, count, raised=raised, about=in_words(found))

    def _one_value(self, reported: Collection[str]) -> None:
        """Add columns in which all rows, or nearly all, have one value, except those of `reported`."""
        rule = self._case.rules.of(ONE_VALUE)
        limit = self._case.rules.threshold(ONE_VALUE)
        for column, counts in self._distribution.counts().items():
            most = max(counts.values.values(), default=0)
            if (
                column in rule.columns
                and column not in reported
                and limit.is_reported(most, counts.rows - counts.empty)
            ):
                self._failures.add_count(ONE_VALUE, column, most)

    def _unknown(self) -> None:
        for column, limits in self._case.rules.unknown.items():
            counts = self._counted(column, limits)
            if counts is None or not counts.rows:
                continue
            count = unknown(counts, limits.values, column)
            raised = limits.threshold.is_error(count, counts.rows)
            if raised or limits.threshold.is_reported(count, counts.rows):
                self._failures.add_count("aandeel_onbekend", column, count, raised=raised)

    def _counted(self, column: str, limits: Unknown) -> Counts | None:
        """Return how often each value of a column is in the rows that matter for it; None without the column."""
        counter = self._among.get(limits.among) if limits.among else self._distribution
        return None if counter is None else counter.counts().get(column)

    def distribution(self) -> Distribution:
        """Return how the persons that were judged are distributed."""
        counts = self._distribution.counts()
        return Distribution(self._case.peildatum, self.rows, self.demonstration, counts)

    def tally(self, *, whole: bool) -> Tally:
        """Return what became of every row. Raises `ArithmeticError` when it does not add up."""
        found = self._row_counter.tally(whole=whole)
        if found.judged != self.rows:
            raise ArithmeticError("rows judged are not the rows that were counted")
        return found

    @property
    def demonstration(self) -> bool:
        """Whether every person is made up."""
        return 0 < self.rows == self._demonstration

    def completeness(self) -> tuple[Completeness, ...]:
        """Return for each column of the contract how many rows have a value, and how many say that it is not known."""
        counts = self._distribution.counts()
        return tuple(self._completeness(name, counts.get(name)) for name in COLUMNS)

    def _completeness(self, name: str, counts: Counts | None) -> Completeness:
        filled = self._filled_numbers if name == PERSON else counts.rows - counts.empty if counts else 0
        limits = self._case.rules.unknown.get(name)
        among = self._counted(name, limits) if limits else None
        return Completeness(
            column=name,
            required=name in REQUIRED,
            present=name in self._columns,
            filled=filled,
            unknown=unknown(among, limits.values, name) if among and limits else None,
        )
