"""Write the validation report: a page for people (`validatie.html`), a table for machines, the message of a refusal.

The report is internal: it names rows of the delivery (never a value) and is not for publication.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import IO, Any, Final

from wi2007 import dutch
from wi2007.delivery import kinds
from wi2007.project import ARROW_SUFFIXES, BOOK_SUFFIXES, CASES_SUFFIXES
from wi2007.validation.drift import Comparison, Moved
from wi2007.validation.numbering import Numbering
from wi2007.validation.outcome import Completeness, Finding, Outcome, by_row
from wi2007.validation.rules import Rule

MOST_NAMED = 4
INSPECT = "wi2007 inspect"
"""The command that a rule may advise; the message then gives it with the path of the file."""
CSV_HEADER = ("regel", "kolom", "rijnummer", "ernst")
PART = "bestand"
"""The column behind the others for a delivery in parts."""

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
    "delen": "Delen",
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
_IN_PARTS: Final = (
    " De levering bestaat uit delen: elk deel telt zijn eigen rijen, en achter de rij staat welk deel het is."
)
_NUMBERED: Final = {
    **{kinds.NAMES[kind]: "sheet" for kind in kinds.BOOKS},
    **{kinds.NAMES[kind]: "cases" for kind in (*kinds.CASES, *kinds.ARROWS)},
}
"""The name of a row, by the name of the kind of file."""


def write_csv(outcome: Outcome, file: IO[str]) -> None:
    """Write a line for each failure, by row number; a failure that concerns no row comes first and has no number.

    Of a delivery in parts a last column names the part whose row it is.
    """
    file.write(",".join([*CSV_HEADER, *([PART] if outcome.file.parts else [])]) + "\n")
    file.writelines(_csv_lines(outcome))


def _csv_lines(outcome: Outcome) -> Iterator[str]:
    findings, numbering = outcome.findings, Numbering(outcome.file.parts)
    before = [f"{finding.rule.name},{_quoted(finding.column)}," for finding in findings]
    behind = [f",{finding.severity}" for finding in findings]
    end = ",\n" if numbering.parts else "\n"
    yield from (before[at] + behind[at] + end for at, finding in enumerate(findings) if not len(finding.rows))
    for rows, which in by_row(findings):
        for row, at in zip(rows.tolist(), which.tolist(), strict=True):
            name, own = numbering.place(row)
            yield f"{before[at]}{own}{behind[at]}" + (f",{_quoted(name)}\n" if numbering.parts else "\n")


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
    helps = any(INSPECT in findings[0].rule.what_to_do for findings in _broken(outcome)[:MOST_NAMED])
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
    numbering = Numbering(outcome.file.parts)
    lines = [f"  - {_message(findings, numbering)}" for findings in broken[:MOST_NAMED]]
    if len(broken) > MOST_NAMED:
        lines.append(f"  - en nog {number(len(broken) - MOST_NAMED, 'andere regel', 'andere regels')}")
    return lines


def _broken(outcome: Outcome) -> list[list[Finding]]:
    """Return the errors by rule, in the order of the rules."""
    return [list(group) for _, group in groupby(outcome.errors, key=lambda finding: finding.rule.name)]


def _message(findings: list[Finding], numbering: Numbering) -> str:
    """Word one broken rule: what it means, where and how often, and what is said of this file.

    What to do is told where there is no place to tell, and where a command of ours helps.
    """
    rule = findings[0].rule
    places = [_place(finding, numbering) for finding in findings[:MOST_NAMED]]
    if len(findings) > MOST_NAMED:
        places.append(f"en nog {number(len(findings) - MOST_NAMED, 'kolom', 'kolommen')}")
    where = "; ".join(place for place in places if place)
    where = where[:1].upper() + where[1:]
    said = " ".join(dict.fromkeys(about for finding in findings for about in finding.about[:MOST_NAMED]))
    to_do = rule.what_to_do if not where or INSPECT in rule.what_to_do else ""
    parts = (f"{rule.name}: {rule.description}", f"{where}." if where else "", said, to_do)
    return " ".join(part for part in parts if part)


def _place(finding: Finding, numbering: Numbering) -> str:
    column = f"kolom {finding.column}" if finding.column else ""
    if not len(finding.rows):
        return column
    first = numbering.told(int(finding.rows[0]))
    rows = first if finding.count == 1 else f"{dutch.count(finding.count)} keer, de eerste in {first}"
    return f"{column}: {rows}" if column else rows


def number(count: int, one: str, many: str) -> str:
    """Return a number with its word: 1 fout, 2 fouten."""
    return f"{dutch.count(count)} {one if count == 1 else many}"


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
        "errors": _views(outcome.errors, "fout", Numbering(outcome.file.parts)),
        "warnings": _views(outcome.warnings, "waarschuwing", Numbering(outcome.file.parts)),
        "held": [rule for rule in outcome.rules if rule.name not in broken],
        "summary": summary(outcome),
        "warned": number(len({finding.rule.name for finding in outcome.warnings}), "regel", "regels"),
        "first_rows": FIRST_ROWS,
        "row_numbers": ROW_NUMBERS[_kind(outcome)] + (_IN_PARTS if outcome.file.parts else ""),
        "decisions": [(SUBJECTS.get(one.subject, one.subject), one) for one in outcome.file.decisions],
        "account": _processing(outcome),
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


def _views(findings: Sequence[Finding], severity: str, numbering: Numbering) -> list[RuleView]:
    views = []
    for name, group in groupby(findings, key=lambda finding: finding.rule.name):
        members = list(group)
        shown = [_finding(finding, numbering) for finding in members[:MOST_COLUMNS]]
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


def _finding(finding: Finding, numbering: Numbering) -> dict[str, str]:
    shown = numbering.listed(finding.rows[:FIRST_ROWS].tolist())
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


def _processing(outcome: Outcome) -> list[tuple[str, str]]:
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
