"""Prepare `validatie.html`: the outcome of a delivery in views that the template only lays out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from wi2007 import dutch
from wi2007.delivery import kinds
from wi2007.project import ARROW_SUFFIXES, BOOK_SUFFIXES, CASES_SUFFIXES
from wi2007.validation.drift import Comparison, Moved
from wi2007.validation.failures import Finding
from wi2007.validation.outcome import Completeness, Outcome
from wi2007.validation.report import number, summary
from wi2007.validation.rules import Rule

FIRST_ROWS: Final = 20
MOST_COLUMNS: Final = 100
NONE: Final = "–"

SUBJECTS: Final = {
    "soort": "Soort bestand",
    "codering": "Tekencodering",
    "scheidingsteken": "Scheidingsteken",
    "aanhalingstekens": "Aanhalingstekens",
    "koprij": "Rij met namen",
    "werkblad": "Werkblad",
    "bestand_in_archief": "Bestand in het archief",
    "dagnummers": "Dagen in getallen",
    "regeleinden": "Regeleinden",
    "extra_veld": "Veld zonder naam",
    "einde": "Einde van de tekst",
}
ROW_NUMBERS: Final = {
    "sheet": "Rijnummers zijn die van Excel of LibreOffice, links naast de rij.",
    "cases": (
        "Het bestand heeft geen rij met namen: rij 1 is de eerste persoon. In SPSS en Stata is dat het nummer links in "
        "de gegevensweergave, in SAS de kolom Obs."
    ),
    "text": (
        "Rijnummers tellen zoals een rekenprogramma ze toont: de eerste rij van het bestand is rij 1 en lege regels "
        "tellen mee. Een rij met een regeleinde in een veld is één rij, ook al toont een teksteditor er twee."
    ),
}
_NUMBERED: Final = {
    **{kinds.TOLD[kind]: "sheet" for kind in kinds.BOOKS},
    **{kinds.TOLD[kind]: "cases" for kind in (*kinds.CASES, *kinds.ARROWS)},
}
"""The name of a row, by the name of the kind of file."""


@dataclass(frozen=True)
class RuleView:
    """One broken rule: its findings, one for each column, how many are left out, and what its threshold means."""

    rule: Rule
    anchor: str
    count: str
    columns: str
    findings: list[dict[str, str]]
    left_out: str
    threshold: str


def to_html(outcome: Outcome) -> str:
    """Return the report as one page that requests nothing from elsewhere."""
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
        "peildatum": _day(outcome.peildatum),
        "errors": _views(outcome.errors, "fout"),
        "warnings": _views(outcome.warnings, "waarschuwing"),
        "held": [rule for rule in outcome.rules if rule.name not in broken],
        "summary": summary(outcome),
        "warned": number(len({finding.rule.name for finding in outcome.warnings}), "regel", "regels"),
        "first_rows": FIRST_ROWS,
        "row_numbers": ROW_NUMBERS[_kind(outcome)],
        "decisions": [(SUBJECTS.get(one.subject, one.subject), one) for one in outcome.file.decisions],
        "account": _account(outcome),
        "columns": [_column(column, outcome) for column in outcome.columns],
        "comparison": _comparison(outcome.comparison) if outcome.comparison else None,
    }


def _day(text: str) -> str:
    return dutch.day(date.fromisoformat(text))


def _kind(outcome: Outcome) -> str:
    """Return the name of a row in this kind of file."""
    said = [one.value for one in outcome.file.decisions if one.subject == "soort"]
    if said:
        return _NUMBERED.get(said[0], "text")
    ending = Path(outcome.file.name).suffix.lower()
    if ending in BOOK_SUFFIXES:
        return "sheet"
    return "cases" if ending in (*CASES_SUFFIXES, *ARROW_SUFFIXES) else "text"


def _views(findings: Sequence[Finding], severity: str) -> list[RuleView]:
    views = []
    for name, group in groupby(findings, key=lambda finding: finding.rule.name):
        members = list(group)
        shown = [_finding(finding) for finding in members[:MOST_COLUMNS]]
        more = len(members) - len(shown)
        views.append(
            RuleView(
                rule=members[0].rule,
                anchor=f"{severity}-{name}",
                count=dutch.count(sum(finding.count for finding in members)),
                columns=_columns(members),
                findings=shown,
                left_out=f"en nog {number(more, 'kolom', 'kolommen')}" if more else "",
                threshold=_threshold(members),
            )
        )
    return views


def _columns(findings: Sequence[Finding]) -> str:
    names = [finding.column for finding in findings if finding.column]
    if len(names) > 3:
        return number(len(names), "kolom", "kolommen")
    return ", ".join(names) or NONE


def _threshold(findings: Sequence[Finding]) -> str:
    """Return from how many rows the warning is given, and becomes an error."""
    limit = findings[0].rule.threshold
    if any(finding.raised for finding in findings):
        share = f" (meer dan {_share(limit.error_above)} van de rijen)" if limit and limit.error_above else ""
        return f"Zolang het er weinig zijn is dit een waarschuwing. Het zijn er zoveel{share} dat het een fout is."
    if limit is None or limit.error_above is None:
        return ""
    return f"Bij meer dan {_share(limit.error_above)} van de rijen wordt deze waarschuwing een fout."


def _share(share: float) -> str:
    decimals = 0 if round(100 * share, 6).is_integer() else 1
    return dutch.percent(100 * share, decimals)


def _finding(finding: Finding) -> dict[str, str]:
    shown = ", ".join(str(row) for row in finding.rows[:FIRST_ROWS].tolist())
    more = len(finding.rows) - FIRST_ROWS
    return {
        "column": finding.column or "(de hele rij of het bestand)",
        "count": dutch.count(finding.count),
        "rows": shown or NONE,
        "more": f" en nog {dutch.count(more)}" if more > 0 else "",
        "about": " ".join(finding.about),
    }


def _column(column: Completeness, outcome: Outcome) -> dict[str, str]:
    fields = outcome.file.fields.get(column.column, ())
    return {
        "name": column.column,
        "required": "ja" if column.required else "nee",
        "fields": ", ".join(fields) if column.present else NONE,
        "filled": dutch.count(column.filled) if column.present else NONE,
        "share": _percent(column.filled, outcome.rows) if column.present else NONE,
        "unknown": NONE if column.unknown is None else _percent(column.unknown, outcome.rows),
    }


def _percent(count: int, rows: int) -> str:
    return dutch.percent(100 * count / rows, 1) if rows else NONE


def _account(outcome: Outcome) -> list[tuple[str, str]]:
    """Return what became of every row; together they are the rows of the file."""
    tally = outcome.tally
    parts = [
        ("Beoordeeld als persoon", tally.judged),
        ("Te veel of te weinig velden", tally.wrong_length),
        ("Kop die herhaald is", tally.headers),
        ("Totaalrij", tally.totals),
        ("Leeg", tally.empty),
        ("Opmaak of voetregel", tally.passed_over),
    ]
    return [(name, dutch.count(count)) for name, count in parts if count or name == parts[0][0]]


def _comparison(found: Comparison) -> dict[str, Any]:
    change = found.rows_after - found.rows_before
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return {
        "previous": _day(found.previous),
        "before": dutch.count(found.rows_before),
        "after": dutch.count(found.rows_after),
        "change": f"{sign}{dutch.count(abs(change))}",
        "percent": f"{sign}{_percent(abs(change), found.rows_before)}" if found.rows_before else NONE,
        "rows_moved": found.rows_moved,
        "compared": number(len(found.compared), "kolom", "kolommen"),
        "shifts": [
            {
                "column": shift.column,
                "points": dutch.decimal(shift.points, 1),
                "moved": [_moved(one) for one in shift.moved],
                "left_out": max(0, shift.count - len(shift.moved)),
            }
            for shift in found.shifts
        ],
    }


def _moved(one: Moved) -> dict[str, str]:
    points = one.after - one.before
    sign = "+" if points > 0 else "−"
    return {
        "label": one.label,
        "before": dutch.percent(one.before, 1),
        "after": dutch.percent(one.after, 1),
        "points": sign + dutch.decimal(abs(points), 1),
    }
