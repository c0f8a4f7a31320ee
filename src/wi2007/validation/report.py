"""The validation report for the researcher: `validatie.html`, `validatie.csv`, and the message of a refusal.

The report is internal: it names rows of the delivery (never a value) and is not for publication.
What does not belong here: finding failures, and the report on the population.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from wi2007 import dutch
from wi2007.validation.failures import Finding, by_row
from wi2007.validation.outcome import Outcome
from wi2007.validation.rules import Rule

FIRST_ROWS = 20
MOST_TOLD = 4
MOST_COLUMNS = 100
CSV_HEADER = ("regel", "kolom", "rijnummer", "ernst")


@dataclass(frozen=True)
class RuleView:
    """One broken rule as the report shows it: its findings, one for each column, and how many are left out."""

    rule: Rule
    count: str
    findings: list[dict[str, str]]
    left_out: str


def write_csv(outcome: Outcome, file: IO[str]) -> None:
    """A line for each failure, by row number; a failure that concerns no row comes first and has no number."""
    file.write(",".join(CSV_HEADER) + "\n")
    file.writelines(_csv_lines(outcome))


def _csv_lines(outcome: Outcome) -> Iterator[str]:
    findings = outcome.findings
    before = [f"{finding.rule.name},{_quoted(finding.column)}," for finding in findings]
    behind = [f",{finding.severity}\n" for finding in findings]
    yield from (before[at] + behind[at] for at, finding in enumerate(findings) if not len(finding.rows))
    for rows, which in by_row(findings):
        yield from (
            f"{before[at]}{row}{behind[at]}" for row, at in zip(rows.tolist(), which.tolist(), strict=True)
        )


def _quoted(field: str) -> str:
    """A name from the header can hold anything."""
    if any(letter in field for letter in ',"\r\n'):
        return '"' + field.replace('"', '""') + '"'
    return field


def to_html(outcome: Outcome) -> str:
    """The report as one page without any request to elsewhere."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  only when a report is made

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["aantal"] = dutch.count
    return environment.get_template("validatie.html.jinja").render(_view(outcome))


def _view(outcome: Outcome) -> dict[str, Any]:
    broken = {finding.rule.name for finding in outcome.findings}
    return {
        "outcome": outcome,
        "peildatum": dutch.day(date.fromisoformat(outcome.peildatum)),
        "errors": _views(outcome.errors),
        "warnings": _views(outcome.warnings),
        "held": [rule for rule in outcome.rules if rule.name not in broken],
        "summary": summary(outcome),
        "first_rows": FIRST_ROWS,
        "columns": [
            {
                "name": column.column,
                "required": "ja" if column.required else "nee",
                "present": "ja" if column.present else "nee",
                "filled": dutch.count(column.filled) if column.present else "–",
                "share": dutch.percent(100 * column.filled / outcome.rows, 1)
                if column.present and outcome.rows
                else "–",
            }
            for column in outcome.columns
        ],
    }


def _views(findings: list[Finding]) -> list[RuleView]:
    views = []
    for _, group in groupby(findings, key=lambda finding: finding.rule.name):
        members = list(group)
        total = sum(finding.count for finding in members)
        shown = [_finding_view(finding) for finding in members[:MOST_COLUMNS]]
        more = len(members) - len(shown)
        left_out = f"en nog {_number(more, 'kolom', 'kolommen')}" if more else ""
        views.append(RuleView(members[0].rule, dutch.count(total), shown, left_out))
    return views


def _finding_view(finding: Finding) -> dict[str, str]:
    shown = ", ".join(str(row) for row in finding.rows[:FIRST_ROWS].tolist())
    more = len(finding.rows) - FIRST_ROWS
    return {
        "column": finding.column or "–",
        "count": dutch.count(finding.count),
        "rows": shown or "–",
        "more": f" en nog {dutch.count(more)}" if more > 0 else "",
    }


def summary(outcome: Outcome) -> str:
    """One sentence on the errors: how many, of how many rules."""
    errors = outcome.errors
    total = sum(finding.count for finding in errors)
    rules = len({finding.rule.name for finding in errors})
    return f"{_number(total, 'fout', 'fouten')} tegen {_number(rules, 'regel', 'regels')}"


def refusal(outcome: Outcome, html: Path) -> str:
    """The message of a refused delivery: what, where, how many, what to do."""
    broken = [list(group) for _, group in groupby(outcome.errors, key=lambda finding: finding.rule.name)]
    told = [f"  - {_told(findings)}" for findings in broken[:MOST_TOLD]]
    if len(broken) > MOST_TOLD:
        told.append(f"  - en nog {_number(len(broken) - MOST_TOLD, 'andere regel', 'andere regels')}")
    return "\n".join(
        [
            f"De levering voor peildatum {outcome.peildatum} ({outcome.file.name}) is geweigerd: {summary(outcome)}.",
            *told,
            f"Alle fouten, en wat u eraan kunt doen, staan in {html}; "
            f"alle rijnummers in {html.with_suffix('.csv').name}.",
        ]
    )


def _told(findings: list[Finding]) -> str:
    """One broken rule: what it means, then where and how often; what to do when that is all there is to say."""
    rule = findings[0].rule
    places = [_place(finding) for finding in findings[:MOST_TOLD]]
    if len(findings) > MOST_TOLD:
        places.append(f"en nog {_number(len(findings) - MOST_TOLD, 'kolom', 'kolommen')}")
    where = "; ".join(place for place in places if place)
    where = where[:1].upper() + where[1:]
    return f"{rule.name}: {rule.description} {where + '.' if where else rule.what_to_do}"


def _place(finding: Finding) -> str:
    column = f"kolom {finding.column}" if finding.column else ""
    if not len(finding.rows):
        return column
    first = dutch.count(int(finding.rows[0]))
    rows = (
        f"rij {first}"
        if finding.count == 1
        else f"{dutch.count(finding.count)} keer, de eerste in rij {first}"
    )
    return f"{column}: {rows}" if column else rows


def _number(count: int, one: str, many: str) -> str:
    return f"{dutch.count(count)} {one if count == 1 else many}"
