"""The outcome of checking one delivery against its contract: what was looked at, and every finding.

As JSON (`validatie.json`) it holds all that the report needs, so that the report can be written again byte for byte.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wi2007.delivery.source import Decision
from wi2007.mapping.normalise.counted import Normalisation
from wi2007.validation.drift import Comparison, Moved, Shift
from wi2007.validation.failures import Finding
from wi2007.validation.rules import ERROR, WARNING, Rule, Threshold
from wi2007.validation.tally import Tally


@dataclass(frozen=True)
class File:
    """The delivery as a file; all but its name and size is empty when it could not be read that far.

    `fields` names the fields of the file that each of our columns is made from.
    """

    name: str
    bytes: int
    sha256: str = ""
    decisions: tuple[Decision, ...] = ()
    columns: tuple[str, ...] = ()
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)


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
    return replace(File(**content), decisions=decisions, columns=tuple(content["columns"]), fields=fields)


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


def _packed(rows: NDArray[np.int64]) -> str:
    deltas = np.diff(rows, prepend=0).astype("<i8")
    return base64.b64encode(zlib.compress(deltas.tobytes(), 6)).decode("ascii") if len(rows) else ""


def _unpacked(text: str) -> NDArray[np.int64]:
    deltas = (
        np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype="<i8") if text else np.empty(0, "<i8")
    )
    return np.cumsum(deltas).astype(np.int64)
