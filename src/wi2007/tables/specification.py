"""Reads `config/tables.yaml` and says in Dutch what is wrong with it, where, and what to do.

Shapes are held against `schemas/tables.py`; what names something (a population, a variable, a code) against what there
is. What does not belong here: counting.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from schemas.tables import Axis, Specification, Table
from wi2007.errors import UserError
from wi2007.tables import variables
from wi2007.tables.tidy import TOTAL
from wi2007.tables.wording import problem

SHOWN = 10

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _OneOfEach(_Loader):  # type: ignore[misc]
    """YAML without repeated keys: of two, plain YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"de sleutel '{key.value}' staat er twee keer", key.start_mark
                )
            seen.add(key.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def load(path: Path) -> Specification:
    """The table specifications in `path`.

    Raises `UserError` when the file is missing, is no YAML, or says something that cannot be.
    """
    raw = _yaml(path)
    try:
        specification = Specification.model_validate(raw)
    except ValidationError as error:
        _refuse(path, [problem(one, raw) for one in error.errors(include_url=False)])
    problems = list(_problems(specification))
    if problems:
        _refuse(path, problems)
    return specification


def _yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_OneOfEach)
    except OSError as error:
        raise UserError(
            f"Het bestand {path} met de tabellen is niet te lezen. Zet het terug of geef een ander bestand op."
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is geen UTF-8-tekst. Sla het bestand op als UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", regel {mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or ""
        what = what if what.startswith("de sleutel") else "dit is geen geldige YAML"
        raise UserError(
            f"{path}{place}: {what}. Kijk op deze regel en die erboven naar inspringing, dubbele punten, "
            "aanhalingstekens en dubbele sleutels."
        ) from error


def _refuse(path: Path, problems: list[str]) -> None:
    more = [f"- en nog {len(problems) - SHOWN}"] if len(problems) > SHOWN else []
    lines = [f"- {text}" for text in problems[:SHOWN]] + more
    count = "1 fout" if len(problems) == 1 else f"{len(problems)} fouten"
    raise UserError(f"{path} is niet goed ingevuld ({count}):\n" + "\n".join(lines))


def _problems(specification: Specification) -> Iterator[str]:
    yield from _population_problems(specification)
    for name, text in specification.variables.items():
        yield from _unknown_codes(f"variabele {name}, sleutel never_ranked", name, text.never_ranked)
    numbers = [table.number for table in specification.tables]
    for number in dict.fromkeys(number for number in numbers if numbers.count(number) > 1):
        yield f"tabel {number} staat er {numbers.count(number)} keer in. Geef elke tabel een eigen nummer."
    for table in specification.tables:
        yield from (f"tabel {table.number}, {text}" for text in _table_problems(table, specification))


def _population_problems(specification: Specification) -> Iterator[str]:
    for name, population in specification.populations.items():
        for variable, values in population.filter.items():
            known = variables.all_labels(variable)
            for value in values:
                if value not in known and value not in known.values():
                    yield (
                        f"populatie {name}, sleutel filter.{variable}: '{value}' bestaat niet. "
                        f"Gebruik een code of naam uit de lijst van {variable}."
                    )


def _table_problems(table: Table, specification: Specification) -> Iterator[str]:
    if table.population not in specification.populations:
        names = ", ".join(specification.populations)
        yield f"sleutel population: '{table.population}' bestaat niet. Kies uit: {names}."
    used = [axis.variable for axis in table.rows]
    for variable in dict.fromkeys(v for v in used if used.count(v) > 1):
        yield f"sleutel rows: de variabele {variable} staat er {used.count(variable)} keer. Laat er één staan."
    if table.columns.variable in used:
        yield (
            f"sleutel columns: {table.columns.variable} staat ook in de rijen. "
            "Kies voor de kolommen een andere variabele dan voor de rijen."
        )
    yield from _axis_problems("columns", table.columns)
    for place, axis in enumerate(table.rows, 1):
        yield from _axis_problems(f"rows (onderdeel {place})", axis)
    for place, chart in enumerate(table.charts or [], 1):
        if chart.rows not in used:
            yield (
                f"sleutel charts (onderdeel {place}): {chart.rows} staat niet in de rijen van deze tabel. "
                f"Kies uit: {', '.join(used)}."
            )


def _axis_problems(key: str, axis: Axis) -> Iterator[str]:
    if (axis.largest is None) != (axis.rest is None):
        missing, given = ("rest", "largest") if axis.rest is None else ("largest", "rest")
        yield f"sleutel {key}: {given} staat er zonder {missing}. Geef ze allebei op, of geen van beide."
    if axis.apart and axis.largest is None:
        yield f"sleutel {key}: apart kan alleen samen met largest en rest. Haal apart weg of vul die twee aan."
    if axis.rest == TOTAL:
        yield f"sleutel {key}: rest kan niet '{TOTAL}' heten. Kies een andere naam."
    if len(set(axis.apart)) < len(axis.apart):
        yield f"sleutel {key}: in apart staat een code meer dan één keer. Laat er één staan."
    yield from _unknown_codes(f"sleutel {key}, apart", axis.variable, axis.apart)


def _unknown_codes(place: str, variable: str, codes: list[str]) -> Iterator[str]:
    known = variables.all_labels(variable)
    for code in codes:
        if code not in known:
            yield f"{place}: '{code}' is geen code van {variable}. Gebruik een code uit de lijst in reference/."
