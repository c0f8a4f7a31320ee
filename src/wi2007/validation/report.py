"""Write the validation report for machines (`validatie.csv`), and the message of a refusal.

The report is internal: it names rows of the delivery (never a value) and is not for publication. `page` makes the
report for people.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import IO

from wi2007 import dutch
from wi2007.validation.failures import Finding, by_row
from wi2007.validation.outcome import Outcome

MOST_TOLD = 4
INSPECT = "wi2007 inspect"
"""The command that a rule may advise; the message then gives it with the path of the file."""
CSV_HEADER = ("regel", "kolom", "rijnummer", "ernst")


def write_csv(outcome: Outcome, file: IO[str]) -> None:
    """Write a line for each failure, by row number; a failure that concerns no row comes first and has no number."""
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
    """Return a name from the header, which can hold anything, quoted for CSV."""
    if any(letter in field for letter in ',"\r\n'):
        return '"' + field.replace('"', '""') + '"'
    return field


def summary(outcome: Outcome) -> str:
    """Return one sentence on the errors: how many, of how many rules."""
    errors = outcome.errors
    total = sum(finding.count for finding in errors)
    rules = len({finding.rule.name for finding in errors})
    return f"{number(total, 'fout', 'fouten')} tegen {number(rules, 'regel', 'regels')}"


def refusal(outcome: Outcome, html: Path, delivery: Path) -> str:
    """Return the message of a refused delivery: what, where, how many, what to do. `delivery` is the file itself."""
    helps = any(INSPECT in findings[0].rule.what_to_do for findings in _broken(outcome)[:MOST_TOLD])
    return "\n".join(
        [
            f"De levering voor peildatum {outcome.peildatum} ({outcome.file.name}) is geweigerd: {summary(outcome)}.",
            *reasons(outcome),
            *([f"De opdracht is: {INSPECT} {shlex.quote(str(delivery))}"] if helps else []),
            f"Alle fouten, en wat u eraan kunt doen, staan in {html}; "
            f"alle rijnummers in {html.with_suffix('.csv').name}.",
        ]
    )


def reasons(outcome: Outcome) -> list[str]:
    """Return a line for each of the first rules that were broken: what, where, how many."""
    broken = _broken(outcome)
    told = [f"  - {_told(findings)}" for findings in broken[:MOST_TOLD]]
    if len(broken) > MOST_TOLD:
        told.append(f"  - en nog {number(len(broken) - MOST_TOLD, 'andere regel', 'andere regels')}")
    return told


def _broken(outcome: Outcome) -> list[list[Finding]]:
    """Return the errors by rule, in the order of the rules."""
    return [list(group) for _, group in groupby(outcome.errors, key=lambda finding: finding.rule.name)]


def _told(findings: list[Finding]) -> str:
    """Word one broken rule: what it means, where and how often, and what is said of this file.

    What to do is told where there is no place to tell, and where a command of ours helps.
    """
    rule = findings[0].rule
    places = [_place(finding) for finding in findings[:MOST_TOLD]]
    if len(findings) > MOST_TOLD:
        places.append(f"en nog {number(len(findings) - MOST_TOLD, 'kolom', 'kolommen')}")
    where = "; ".join(place for place in places if place)
    where = where[:1].upper() + where[1:]
    said = " ".join(dict.fromkeys(about for finding in findings for about in finding.about[:MOST_TOLD]))
    to_do = rule.what_to_do if not where or INSPECT in rule.what_to_do else ""
    parts = (f"{rule.name}: {rule.description}", f"{where}." if where else "", said, to_do)
    return " ".join(part for part in parts if part)


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


def number(count: int, one: str, many: str) -> str:
    """Return a number with its word: 1 fout, 2 fouten."""
    return f"{dutch.count(count)} {one if count == 1 else many}"
