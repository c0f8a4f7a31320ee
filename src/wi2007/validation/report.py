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
from wi2007.validation.failures import Finding, lines
from wi2007.validation.outcome import Outcome
from wi2007.validation.rules import Rule

FIRST_ROWS = 20
CSV_HEADER = ("regel", "kolom", "rijnummer", "ernst")


@dataclass(frozen=True)
class RuleView:
    """One broken rule as the report shows it: its findings, one for each column."""

    rule: Rule
    count: str
    findings: list[dict[str, str]]


def write_csv(outcome: Outcome, file: IO[str]) -> None:
    """A line for each failure, by row number; a failure that concerns no row comes first and has no number."""
    file.write(",".join(CSV_HEADER) + "\n")
    file.writelines(_csv_lines(outcome))


def _csv_lines(outcome: Outcome) -> Iterator[str]:
    for line in lines(list(outcome.findings)):
        yield ",".join(_quoted(field) for field in line) + "\n"


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
        views.append(
            RuleView(members[0].rule, dutch.count(total), [_finding_view(finding) for finding in members])
        )
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
    told = outcome.errors[:5]
    errors = [f"  - {_told(finding)}" for finding in told]
    more = len(outcome.errors) - len(told)
    if more:
        errors.append(f"  - en nog {_number(more, 'ander soort fout', 'andere soorten fouten')}")
    return "\n".join(
        [
            f"De levering voor peildatum {outcome.peildatum} ({outcome.file.name}) is geweigerd: {summary(outcome)}.",
            *errors,
            f"Wat u kunt doen staat per regel in {html}; alle rijnummers staan in {html.with_suffix('.csv').name} ernaast.",
        ]
    )


def _told(finding: Finding) -> str:
    column = f", kolom {finding.column}" if finding.column else ""
    where = ""
    if len(finding.rows):
        first = dutch.count(int(finding.rows[0]))
        where = f", {_number(finding.count, 'keer', 'keer')}, {'de eerste in rij' if finding.count > 1 else 'in rij'} {first}"
    advice = f" {finding.rule.what_to_do}" if not len(finding.rows) else ""
    return f"{finding.rule.name}{column}{where}. {finding.rule.description}{advice}"


def _number(count: int, one: str, many: str) -> str:
    return f"{dutch.count(count)} {one if count == 1 else many}"
