"""Read `config/tables.yaml`, and word in Dutch what is wrong with it, where, and what to do.

`schemas/tables.py` checks shapes; here names are checked (a population, a variable, a code).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from schemas.policy import OF_POLICY
from schemas.tables import Axis, Specification, Table
from schemas.tidy import TOTAL
from wi2007 import reference
from wi2007.decisions import Place, read
from wi2007.tables import variables

Problem = tuple[Place, str]
"""Where in the file, and what is wrong there."""

_PARTS: Mapping[str | int, str] = {"tables": "tabel", "populations": "populatie", "variables": "variabele"}


def load(path: Path) -> Specification:
    """Return the table specifications in `path`.

    Raises `UserError` when the file is missing, is no YAML, or says something that cannot be.
    """
    decisions = read(path)
    specification: Specification = decisions.held(Specification, _in_words)
    decisions.check(_problems(specification))
    return specification


def _problems(specification: Specification) -> Iterator[Problem]:
    yield from _population_problems(specification)
    for name, variable in specification.variables.items():
        never, called = ("variables", name, "never_ranked"), f"variabele {name}, sleutel never_ranked"
        yield from _unknown_codes(never, called, name, variable.never_ranked)
    numbers = [table.number for table in specification.tables]
    for number in dict.fromkeys(number for number in numbers if numbers.count(number) > 1):
        second = [at for at, one in enumerate(numbers) if one == number][1]
        yield (
            ("tables", second),
            f"tabel {number} staat er {numbers.count(number)} keer in. Geef elke tabel een eigen nummer.",
        )
    for at, table in enumerate(specification.tables):
        for where, text in _table_problems(table, specification):
            yield ("tables", at, *where), f"tabel {table.number}, {text}"


def _population_problems(specification: Specification) -> Iterator[Problem]:
    for name, population in specification.populations.items():
        for variable, values in population.filter.items():
            if variable in OF_POLICY:
                yield (
                    ("populations", name, "filter", variable),
                    f"populatie {name}, sleutel filter.{variable}: op {variable} kan geen populatie worden "
                    "gekozen. Haal deze sleutel weg.",
                )
            known = variables.all_labels(variable)
            for value in values:
                if value not in known and value not in known.values():
                    yield (
                        ("populations", name, "filter", variable),
                        f"populatie {name}, sleutel filter.{variable}: '{value}' bestaat niet. "
                        f"Gebruik een code of naam uit de lijst van {variable}.",
                    )


def _table_problems(table: Table, specification: Specification) -> Iterator[Problem]:
    if table.population not in specification.populations:
        names = ", ".join(specification.populations)
        yield ("population",), f"sleutel population: '{table.population}' bestaat niet. Kies uit: {names}."
    used = [axis.variable for axis in table.rows]
    for variable in dict.fromkeys(v for v in used if used.count(v) > 1):
        yield (
            ("rows",),
            f"sleutel rows: de variabele {variable} staat er {used.count(variable)} keer. Laat er één staan.",
        )
    if table.columns.variable in used:
        yield (
            ("columns",),
            f"sleutel columns: {table.columns.variable} staat ook in de rijen. "
            "Kies voor de kolommen een andere variabele dan voor de rijen.",
        )
    yield from _policy_problems(table, specification)
    yield from _axis_problems(("columns",), "columns", table.columns)
    for at, axis in enumerate(table.rows):
        yield from _axis_problems(("rows", at), f"rows (onderdeel {at + 1})", axis)
    if table.appendix and table.charts:
        yield (
            ("charts",),
            "sleutel charts: een tabel in de bijlage heeft geen grafieken. Haal charts weg, of haal appendix weg.",
        )
    for at, chart in enumerate(table.charts or []):
        if chart.rows not in used:
            yield (
                ("charts", at, "rows"),
                f"sleutel charts (onderdeel {at + 1}): {chart.rows} staat niet in de rijen van deze tabel. "
                f"Kies uit: {', '.join(used)}.",
            )


def _policy_problems(table: Table, specification: Specification) -> Iterator[Problem]:
    """What is known of who is still obliged alone cannot be told of others."""
    population = specification.populations.get(table.population)
    used = [axis.variable for axis in (table.columns, *table.rows) if axis.variable in OF_POLICY]
    if used and population is not None and not variables.is_obliged(population):
        yield (
            ("population",),
            f"sleutel population: {used[0]} is alleen bekend van wie nog inburgeringsplichtig is. Kies een populatie "
            f"met alleen de uitstroomroute '{reference.OBLIGED}'.",
        )


def _axis_problems(where: Place, key: str, axis: Axis) -> Iterator[Problem]:
    if (axis.largest is None) != (axis.rest is None):
        missing, given = ("rest", "largest") if axis.rest is None else ("largest", "rest")
        yield (
            where,
            f"sleutel {key}: {given} staat er zonder {missing}. Geef ze allebei op, of geen van beide.",
        )
    if axis.apart and axis.largest is None:
        yield (
            where,
            f"sleutel {key}: apart kan alleen samen met largest en rest. Haal apart weg of vul die twee aan.",
        )
    if axis.present_only and axis.largest is not None:
        yield (
            where,
            f"sleutel {key}: present_only kan niet samen met largest. Haal een van beide weg.",
        )
    if axis.rest == TOTAL:
        yield where, f"sleutel {key}: rest kan niet '{TOTAL}' heten. Kies een andere naam."
    if len(set(axis.apart)) < len(axis.apart):
        yield where, f"sleutel {key}: in apart staat een code meer dan één keer. Laat er één staan."
    yield from _unknown_codes((*where, "apart"), f"sleutel {key}, apart", axis.variable, axis.apart)


def _unknown_codes(where: Place, called: str, variable: str, codes: list[str]) -> Iterator[Problem]:
    known = variables.all_labels(variable)
    for code in codes:
        if code not in known:
            yield (
                where,
                f"{called}: '{code}' is geen code van {variable}. Gebruik een code uit de lijst in reference/.",
            )


def _in_words(location: Place, raw: Any) -> str:
    """Return the place in words: the table by its number, then the key with its place in a list."""
    kind, rest = location[:1], location[2:]
    if len(location) < 2 or kind[0] not in _PARTS:
        return ", ".join(_key(location)) or "het hele bestand"
    part = _table(int(location[1]), raw) if kind[0] == "tables" else f"{_PARTS[kind[0]]} {location[1]}"
    return ", ".join([part, *_key(rest)])


def _table(at: int, raw: Any) -> str:
    table = raw["tables"][at]
    number = table.get("number") if isinstance(table, dict) else None
    return f"tabel {number}" if isinstance(number, str) else f"tabel op plaats {at + 1}"


def _key(location: Sequence[int | str]) -> list[str]:
    text = ""
    for part in location:
        if isinstance(part, int):
            text += f" (onderdeel {part + 1})"
        elif part != "[key]":
            text += f"{'.' if text else ''}{part}"
    return [f"sleutel {text.strip()}"] if text else []
