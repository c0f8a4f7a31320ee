"""Collect every failure of a delivery: rule, column and row number. Millions of them take little memory.

What does not belong here: a value of a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wi2007.delivery.problems import Problem
from wi2007.validation.rules import ERROR, Rule, Rules
from wi2007.validation.spill import Spill

Rows = NDArray[np.int64]

_MOST_SAID = 50


@dataclass(frozen=True)
class Finding:
    """All failures of one rule in one column. `count` counts rows, or 1 for a failure that concerns no row.

    `raised` is a warning that became an error: too many rows have it. `about` holds sentences on this file
    (`wi2007.delivery.problems.Problem.about`).
    """

    rule: Rule
    column: str
    count: int
    rows: Rows
    """The row numbers, ascending; empty for a failure that concerns no row."""
    raised: bool = False
    about: tuple[str, ...] = ()

    @property
    def severity(self) -> str:
        """The severity here: the rule's own, or an error when there are too many."""
        return ERROR if self.raised else self.rule.severity


class Failures:
    """Collects failures in any order of rules; `scratch` is a folder that may be made and is removed by `close`."""

    def __init__(self, rules: Rules, scratch: Path) -> None:
        self._rules = rules
        self._rows = Spill(scratch / "meldingen", "int64")
        self._keys: dict[tuple[str, str], int] = {}
        self._whole: dict[tuple[str, str], int] = {}
        self._raised: set[tuple[str, str]] = set()
        self._about: dict[tuple[str, str], dict[str, None]] = {}
        self.refused = False

    def add(self, rule: str, column: str, rows: Rows, about: str = "") -> None:
        """Add rows that break `rule` in `column`; later calls for the same pair must have later rows."""
        if not len(rows):
            return
        self._explain(rule, column, about)
        key = self._keys.setdefault((rule, column), len(self._keys))
        self._rows.append(key, rows)
        self._weigh(rule)

    def add_problem(self, problem: Problem) -> None:
        """Add a problem of the file's structure."""
        if problem.row is None:
            pair = (problem.rule, problem.column)
            self._explain(*pair, problem.about)
            self._whole[pair] = self._whole.get(pair, 0) + 1
            self._weigh(problem.rule)
        else:
            self.add(problem.rule, problem.column, np.array([problem.row], dtype=np.int64), problem.about)

    def add_count(self, rule: str, column: str, count: int, *, raised: bool = False, about: str = "") -> None:
        """Add failures of which the rows are not kept; `raised` when they are too many for a warning."""
        self._explain(rule, column, about)
        self._whole[rule, column] = count
        self._weigh(rule)
        if raised:
            self._raised.add((rule, column))
            self.refused = True

    def weigh_shares(self, rows: int) -> None:
        """Compare every rule with a threshold with the number of rows that were judged."""
        for pair, key in list(self._keys.items()):
            threshold, count = self._rules.of(pair[0]).threshold, self._rows.count(key)
            if threshold is not None and threshold.is_error(count, rows):
                self._raised.add(pair)
                self.refused = True
            elif threshold is not None and not threshold.told(count, rows):
                del self._keys[pair]

    def findings(self) -> list[Finding]:
        """Return all failures, in the order of the rules and of their columns."""
        pairs = dict.fromkeys([*self._whole, *self._keys])
        return [self._finding(*pair) for pair in sorted(pairs, key=self._order)]

    def close(self) -> None:
        """Remove what was written to disk."""
        self._rows.close()

    def _explain(self, rule: str, column: str, about: str) -> None:
        """Keep each sentence on a pair once, and no more of them than anybody reads."""
        said = self._about.setdefault((rule, column), {})
        if about and len(said) < _MOST_SAID:
            said[about] = None

    def _weigh(self, rule: str) -> None:
        self.refused = self.refused or self._rules.of(rule).severity == ERROR

    def _finding(self, rule: str, column: str) -> Finding:
        key = self._keys.get((rule, column))
        rows = self._rows.read(key) if key is not None else np.empty(0, np.int64)
        count = len(rows) + self._whole.get((rule, column), 0)
        about = tuple(self._about.get((rule, column), ()))
        return Finding(self._rules.of(rule), column, count, rows, (rule, column) in self._raised, about)

    def _order(self, pair: tuple[str, str]) -> tuple[Any, ...]:
        rule, column = pair
        columns = self._rules.rules[rule].columns
        return (
            list(self._rules.rules).index(rule),
            columns.index(column) if column in columns else 99,
            column,
        )


def by_row(findings: Sequence[Finding], at_once: int = 500_000) -> Iterator[tuple[Rows, NDArray[np.int64]]]:
    """Yield all row numbers, ascending, each with the place of its finding in `findings`; `at_once` of them at most."""
    places = [place for place, finding in enumerate(findings) if len(finding.rows)]
    numbers = [findings[place].rows for place in places]
    window = max(1, at_once // max(1, len(places)))
    last = max((int(rows[-1]) for rows in numbers), default=-1)
    for first in range(0, last + 1, window):
        spans = [slice(*np.searchsorted(rows, (first, first + window))) for rows in numbers]
        rows = np.concatenate([rows[span] for rows, span in zip(numbers, spans, strict=True)])
        which = np.repeat(places, [span.stop - span.start for span in spans])
        order = np.lexsort((which, rows))
        yield rows[order], which[order]
