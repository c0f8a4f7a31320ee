"""The outcome of checking one delivery against its contract: every failure, and what became of every row.

Millions of row numbers take little memory; no value of a row is kept. As JSON (`validatie.json`) the outcome holds all
that the report needs, so that the report can be written again byte for byte.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from wi2007.delivery.parts import Part
from wi2007.delivery.problems import Problem
from wi2007.delivery.source import Decision, Rows
from wi2007.mapping.values import Normalisation
from wi2007.validation.drift import Comparison, Moved, Shift
from wi2007.validation.rules import ERROR, WARNING, Rule, Rules, Threshold
from wi2007.validation.unique import Spill

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
            elif threshold is not None and not threshold.is_reported(count, rows):
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


def by_row(findings: Sequence[Finding], at_once: int = 500_000) -> Iterator[tuple[Rows, Rows]]:
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


@dataclass(frozen=True)
class Tally:
    """Rows behind the header: how many the file has, and what became of each.

    `passed_over` are lines that are no rows of the table: strokes below the names, a footer below the rows. `whole`
    is False where reading had to stop: the file may have more rows.
    """

    in_file: int = 0
    judged: int = 0
    wrong_length: int = 0
    headers: int = 0
    totals: int = 0
    empty: int = 0
    passed_over: int = 0
    whole: bool = False

    @property
    def accounted(self) -> int:
        """The number of rows of which it is known what became of them."""
        others = self.headers + self.totals + self.empty + self.passed_over
        return self.judged + self.wrong_length + others


class RowCounter:
    """Counts batches; row numbers must go on where the batch before ended, without gap or repeat."""

    def __init__(self, header_row: int | None) -> None:
        self._first = self._next = (header_row or 0) + 1
        self._counts = [0] * 6

    def add(
        self, rows: Rows, wrong_length: Rows, headers: Rows, totals: Rows, empty: Rows, *passed_over: Rows
    ) -> None:
        """Count a batch. Raises `ArithmeticError` when its row numbers do not follow those before."""
        parts = (rows, wrong_length, headers, totals, empty, *passed_over)
        numbers = _joined([part for part in parts if len(part)])
        if len(numbers):
            if numbers[0] != self._next or (np.diff(numbers) != 1).any():
                raise ArithmeticError("a row of the file was lost or came twice")
            self._next = int(numbers[-1]) + 1
        for place, part in enumerate(parts):
            self._counts[min(place, 5)] += len(part)

    def tally(self, *, whole: bool) -> Tally:
        """Return the tally so far. Raises `ArithmeticError` when it does not add up."""
        judged, wrong_length, headers, totals, empty, passed_over = self._counts
        in_file = self._next - self._first
        found = Tally(in_file, judged, wrong_length, headers, totals, empty, passed_over, whole=whole)
        if found.in_file != found.accounted:
            raise ArithmeticError("rows in the file are not the rows judged, told and empty together")
        return found


def _joined(parts: Sequence[Rows]) -> Rows:
    if len(parts) == 1:
        return parts[0]
    return np.sort(np.concatenate([np.empty(0, dtype=np.int64), *parts]))


@dataclass(frozen=True)
class File:
    """The delivery as a file; all but its name and size is empty when it could not be read that far.

    `fields` names the fields of the file that each of our columns is made from, `parts` where each part of a delivery
    in parts begins.
    """

    name: str
    bytes: int
    sha256: str = ""
    decisions: tuple[Decision, ...] = ()
    columns: tuple[str, ...] = ()
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parts: Sequence[Part] = ()


@dataclass(frozen=True)
class Completeness:
    """How many rows have a value in a column of the contract.

    `unknown` counts the rows whose value means unknown; None where no value of the column does.
    """

    column: str
    required: bool
    present: bool
    filled: int
    unknown: int | None = None


@dataclass(frozen=True)
class Outcome:
    """`rows` counts the rows with the right number of fields; `rules` are all rules, also those that nobody broke.

    `normalisations` are the changes to values before they were judged, in rows; `tally` is what became of every row
    of the file, `comparison` what moved since the delivery before; None where there is none to compare with.
    """

    peildatum: str
    demonstration: bool
    file: File
    rows: int
    columns: tuple[Completeness, ...]
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    normalisations: tuple[Normalisation, ...] = ()
    tally: Tally = field(default_factory=Tally)
    comparison: Comparison | None = None

    def of(self, severity: str) -> list[Finding]:
        """Return the findings of one severity."""
        return [finding for finding in self.findings if finding.severity == severity]

    @property
    def errors(self) -> list[Finding]:
        """The findings for which a delivery is refused."""
        return self.of(ERROR)

    @property
    def warnings(self) -> list[Finding]:
        """The findings that a reader should know."""
        return self.of(WARNING)

    @property
    def refused(self) -> bool:
        """Whether there is any error."""
        return bool(self.errors)


def to_json(outcome: Outcome) -> str:
    """Return the outcome as text; row numbers are packed (deltas, deflated, base64)."""
    return json.dumps(
        {
            "peildatum": outcome.peildatum,
            "demonstratie": outcome.demonstration,
            "bestand": asdict(outcome.file),
            "rijen": outcome.rows,
            "rijen_in_bestand": asdict(outcome.tally),
            "kolommen": [asdict(column) for column in outcome.columns],
            "normalisaties": [asdict(one) for one in outcome.normalisations],
            "vergelijking": asdict(outcome.comparison) if outcome.comparison else None,
            "regels": [asdict(rule) for rule in outcome.rules],
            "bevindingen": [
                {
                    "regel": finding.rule.name,
                    "kolom": finding.column,
                    "aantal": finding.count,
                    "verzwaard": finding.raised,
                    "toelichting": list(finding.about),
                    "rijnummers": _packed(finding.rows),
                }
                for finding in outcome.findings
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def from_json(text: str) -> Outcome:
    """Return the outcome that `to_json` wrote."""
    content = json.loads(text)
    rules = [_rule(rule) for rule in content["regels"]]
    by_name = {rule.name: rule for rule in rules}
    return Outcome(
        peildatum=content["peildatum"],
        demonstration=content["demonstratie"],
        file=_file(content["bestand"]),
        rows=content["rijen"],
        columns=tuple(Completeness(**column) for column in content["kolommen"]),
        findings=tuple(_finding(found, by_name) for found in content["bevindingen"]),
        rules=tuple(rules),
        normalisations=tuple(Normalisation(**one) for one in content["normalisaties"]),
        tally=Tally(**content["rijen_in_bestand"]),
        comparison=_comparison(content["vergelijking"]),
    )


def _file(content: dict[str, Any]) -> File:
    decisions = tuple(Decision(**decision) for decision in content["decisions"])
    fields = {name: tuple(names) for name, names in content["fields"].items()}
    parts = tuple(Part(**part) for part in content.get("parts", ()))
    columns = tuple(content["columns"])
    return replace(File(**content), decisions=decisions, columns=columns, fields=fields, parts=parts)


def _comparison(content: dict[str, Any] | None) -> Comparison | None:
    if content is None:
        return None
    shifts = (
        Shift(**{**shift, "moved": tuple(Moved(**one) for one in shift["moved"])})
        for shift in content["shifts"]
    )
    return Comparison(**{**content, "compared": tuple(content["compared"]), "shifts": tuple(shifts)})


def _rule(content: dict[str, Any]) -> Rule:
    threshold = Threshold(**content["threshold"]) if content["threshold"] else None
    return Rule(**{**content, "columns": tuple(content["columns"]), "threshold": threshold})


def _finding(found: dict[str, Any], rules: dict[str, Rule]) -> Finding:
    rows = _unpacked(found["rijnummers"])
    about = tuple(found["toelichting"])
    return Finding(rules[found["regel"]], found["kolom"], found["aantal"], rows, found["verzwaard"], about)


def _packed(rows: Rows) -> str:
    deltas = np.diff(rows, prepend=0).astype("<i8")
    return base64.b64encode(zlib.compress(deltas.tobytes(), 6)).decode("ascii") if len(rows) else ""


def _unpacked(text: str) -> Rows:
    deltas = (
        np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype="<i8") if text else np.empty(0, "<i8")
    )
    return np.cumsum(deltas).astype(np.int64)
