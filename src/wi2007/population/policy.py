"""Judge in which policy groups each person who is still obliged is, and count them (`config/beleidsgroepen.yaml`).

What a delivery does not tell is unknown, and a rule over it can be so too: each answer is no, maybe or yes, where all
of several conditions hold as far as the least of them does, and one of several as far as the most (Kleene's logic).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from schemas import columns as c
from schemas.policy import (
    COLUMN_OF,
    GROUPS,
    IN_HOW_MANY,
    NOT,
    OF_POLICY,
    POLICY,
    POSSIBLE,
    SURE,
    TOGETHER,
    YEARS,
    Condition,
    PolicyGroups,
)
from wi2007 import reference
from wi2007.dates import ANY_FIRST, Days, PossibleDays, all_possible_days, to_datetime64
from wi2007.delivery.source import Coded, Kept
from wi2007.population.cube import Cube
from wi2007.population.persons import Lists, Places, kept_rows
from wi2007.validation.unique import Hashes

Answers = NDArray[np.int8]
"""For each value or person one of `NO`, `MAYBE` and `YES`."""
NO, MAYBE, YES = 0, 1, 2
_MEMBERSHIP: Final = {NO: NOT, MAYBE: POSSIBLE, YES: SURE}
_DAYS_OF_MONTH: Final = 31
_YEAR: Final = reference.MONTHS * _DAYS_OF_MONTH


class Policy:
    """Counts who is still obliged by policy group, batch by batch, as a table of `schemas.policy`."""

    def __init__(self, lists: Lists, groups: PolicyGroups) -> None:
        self._groups: dict[str, Condition] = {one.groep: one.regel for one in groups.groepen}
        self._judge = Judge(lists.peildatum)
        closed = {name: tuple(sorted(POLICY.columns[name].allowed)) for name in OF_POLICY}
        self._at = {name: {value: at for at, value in enumerate(values)} for name, values in closed.items()}
        self._cube = Cube({**lists.dimensions, **closed}, POLICY.arrow)
        statuses = reference.statuses()
        self._obliged = np.array(
            [statuses[code].route == reference.OBLIGED for code in lists.dimensions["statuscode"]],
            dtype=np.bool_,
        )

    def add(self, columns: Mapping[str, Coded], who: Hashes, persons: Mapping[str, Places]) -> None:
        """Count a batch of persons of the population: their columns, who they are, and where the cube counts them."""
        obliged = self._obliged[persons["statuscode"]]
        if not obliged.any():
            return
        rows = kept_rows(columns, obliged)
        size = int(obliged.sum())
        answers = {name: self._judge.answers(rule, rows, size) for name, rule in self._groups.items()}
        places = {name: of[obliged] for name, of in persons.items()}
        for name in YEARS:
            places[name] = self._in_list(
                name, reference.year_labels(name), self._judge.classes(name, rows, size)
            )
        for name in GROUPS:
            places[name] = self._in_list(name, [_MEMBERSHIP[one] for one in (NO, MAYBE, YES)], answers[name])
        places[TOGETHER] = self._in_list(TOGETHER, IN_HOW_MANY, _together([answers[name] for name in GROUPS]))
        self._cube.add(places, who[obliged])

    def table(self) -> Any:
        """Return all counts, as a table of `schemas.policy`."""
        return self._cube.table()

    def _in_list(self, name: str, labels: Sequence[str], found: NDArray[Any]) -> Places:
        """Return the place of each label in the sorted list of its variable."""
        places: Places = np.array([self._at[name][label] for label in labels], dtype=np.int32)[found]
        return places


def _together(answers: Sequence[Answers]) -> NDArray[np.int64]:
    """Return for each person the place in `IN_HOW_MANY` of in how many groups he is."""
    every = np.stack(answers)
    known, last = (every != MAYBE).all(axis=0), len(IN_HOW_MANY) - 2
    return np.where(known, np.minimum((every == YES).sum(axis=0), last), last + 1)


class Judge:
    """Says at a peildatum which conditions hold of whom; each distinct value is judged once."""

    def __init__(self, peildatum: date) -> None:
        self._today = _key(np.array([peildatum.toordinal()]))[0]
        self._kept = Kept()
        self._at_least = {
            reference.YEARS_TO_AOW: self._aow_at_least,
            reference.YEARS_OBLIGED: self._obliged_at_least,
        }
        self._judges: dict[str, Callable[[list[str], Condition], Answers]] = {
            **dict.fromkeys(YEARS, self._years),
            c.EXAM_DAY: self._since,
            **dict.fromkeys((c.EXAMS, c.HOURS), _number_at_least),
            **dict.fromkeys((c.INCOME, c.REFUSED, "doelgroep"), _among),
        }

    def answers(self, rule: Condition, columns: Mapping[str, Coded], size: int) -> Answers:
        """Return for each of `size` persons whether a rule holds of them."""
        if rule.alle is not None:
            return reduce(np.minimum, (self.answers(part, columns, size) for part in rule.alle))
        if rule.een_van is not None:
            return reduce(np.maximum, (self.answers(part, columns, size) for part in rule.een_van))
        trait = str(rule.kenmerk)
        column = columns.get(COLUMN_OF.get(trait, trait))
        if column is None:
            return np.full(size, MAYBE, dtype=np.int8)
        name, judge = f"{trait} {rule.model_dump()}", self._judges[trait]
        kept = self._kept.get(name, column.values, lambda values: np.append(judge(values, rule), MAYBE))
        answers: Answers = kept.astype(np.int8)
        return answers[column.codes]

    def classes(self, variable: str, columns: Mapping[str, Coded], size: int) -> NDArray[np.int64]:
        """Return the place of each person's class in `reference.year_labels`."""
        limits = [one.upper for one in reference.year_classes()[variable][:-1] if one.upper is not None]
        column, at_least = columns.get(COLUMN_OF[variable]), self._at_least[variable]
        unknown = len(limits) + 1
        if column is None:
            return np.full(size, unknown)

        def work_out(values: list[str]) -> NDArray[np.int64]:
            answers = np.stack([at_least(all_possible_days(values), years) for years in limits])
            found = np.where((answers == MAYBE).any(axis=0), unknown, (answers == YES).sum(axis=0))
            return np.append(found, unknown)

        found: NDArray[np.int64] = self._kept.get(variable, column.values, work_out)
        return found[column.codes]

    def _years(self, values: list[str], rule: Condition) -> Answers:
        """Return whether the years of each day are at least, or fewer than, so many."""
        at_least, days = self._at_least[str(rule.kenmerk)], all_possible_days(values)
        if rule.minstens is not None:
            return at_least(days, rule.minstens)
        fewer: Answers = np.subtract(YES, at_least(days, rule.minder_dan or 0), dtype=np.int8)
        return fewer

    def _since(self, values: list[str], rule: Condition) -> Answers:
        """Return whether each day lies at most so many years before the peildatum."""
        since = self._today - (rule.hoogstens_jaren_geleden or 0) * _YEAR
        return _certain(lambda day: _key(day) >= since, all_possible_days(values))

    def _obliged_at_least(self, days: PossibleDays, years: int) -> Answers:
        """Return whether the peildatum is at least so many years after each day."""
        return _certain(lambda day: _key(day) <= self._today - years * _YEAR, days)

    def _aow_at_least(self, births: PossibleDays, years: int) -> Answers:
        """Return whether who is born on these days has the AOW age so many years after the peildatum or later.

        With 0 years: later than on the peildatum itself.
        """
        limit = self._today + max(years * _YEAR, 1)
        return _certain(lambda day: aow_key(day) >= limit, births)


def aow_key(births: Days) -> NDArray[np.int64]:
    """Return the day on which who is born on each day reaches the AOW age, as `_key` counts.

    That is the age of the first calendar year in which somebody has that year's age; after the last year that is fixed,
    that year's age (`reference/aow_leeftijd.csv`; Algemene Ouderdomswet, artikel 7a).
    """
    ages = reference.aow_months()
    born = _key(births)
    found = born + ages[max(ages)] * _DAYS_OF_MONTH
    for year in sorted(ages, reverse=True):
        reached = born + ages[year] * _DAYS_OF_MONTH
        found = np.where(reached < (year + 1) * _YEAR, np.maximum(reached, year * _YEAR), found)
    return found


def _key(days: Days) -> NDArray[np.int64]:
    """Return days as numbers in which every month has 31 days: a year later is the same day of the same month."""
    dates = to_datetime64(days)
    months = dates.astype("datetime64[M]")
    number = months.astype(np.int64) + 1970 * reference.MONTHS
    found: NDArray[np.int64] = number * _DAYS_OF_MONTH + (dates - months.astype("datetime64[D]")).astype(
        np.int64
    )
    return found


def _certain(right: Callable[[Days], NDArray[np.bool_]], days: PossibleDays) -> Answers:
    """Return yes or no where it is that of the first and of the last day that a value allows; else maybe."""
    first, last = right(days.first), right(days.last)
    known = days.valid & (days.first != ANY_FIRST) & (first == last)
    return np.where(known, np.where(first, YES, NO), MAYBE).astype(np.int8)


def _number_at_least(values: list[str], rule: Condition) -> Answers:
    """Return whether each whole number is at least so many."""
    least = rule.minstens or 0
    return np.array([YES if int(text) >= least else NO for text in values], dtype=np.int8)


def _among(values: list[str], rule: Condition) -> Answers:
    """Return whether each value is one of those that the rule names."""
    wanted = frozenset(rule.waarden or ())
    return np.array([YES if text in wanted else NO for text in values], dtype=np.int8)
