"""The data dictionary (`docs/datawoordenboek.md`): every column as its Pandera schema has it, in Dutch.

Meaning, type, domain and whether a field may be empty are read from the schemas, and the rules from
`config/validation.yaml`: the dictionary can say nothing else. What does not belong here: meanings (of a delivery
`schemas.meanings`, of files between the steps `schemas.between`, of published tables `schemas.published`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from schemas import columns as c
from schemas.between import BETWEEN
from schemas.delivery import Bounds, delivery_schema
from schemas.exact import ExactFile
from schemas.published import PUBLISHED
from wi2007 import reference
from wi2007.dutch import count
from wi2007.validation.rules import Rule, Rules

_HEAD: Final = """# Datawoordenboek

Wat er in de bestanden staat, kolom voor kolom. Dit bestand is gemaakt uit de contracten in `schemas/` en de regels in
`config/validation.yaml`. Verander die en maak dit opnieuw: `.venv/bin/python -m wi2007.steps.dictionary`.
"""
_LISTS: Final[Mapping[str, Callable[[], Collection[str]]]] = {
    "landen.csv": reference.countries,
    "nationaliteiten.csv": reference.nationalities,
    "gemeenten.csv": reference.municipalities,
    "uitstroomroutes.csv": reference.statuses,
}
_TYPES: Final = {
    "int64": "geheel getal",
    "Int64": "geheel getal",
    "float64": "getal",
    "datetime64[ns]": "datum",
}
_FEW: Final = 12
_LEFT_OUT: Final = 8


@dataclass(frozen=True)
class Part:
    """One kind of file: its columns as the schema has them, and what stands above and beside them."""

    title: str
    about: str
    schema: Any
    optional: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()


def parts(rules: Rules) -> tuple[Part, ...]:
    """Every table that has a contract, in the order in which a run makes them."""
    limits = rules.limits
    bounds = Bounds(limits.birth, limits.other, limits.act, limits.birth)
    return (
        Part(
            "De levering",
            "`data/raw/<peildatum>/`: een rij per persoon. Zo moeten de waarden zijn na het rechtzetten "
            "(`config/normalisation.yaml`); hoe zij in het bestand van DUO mogen staan, zegt `docs/levering.md`.",
            delivery_schema(date(2022, 7, 1), bounds),
            c.OPTIONAL,
            tuple(rules.rules.values()),
        ),
        *(Part(file.title, _about(file), file.schema()) for file in BETWEEN),
        *(Part(table.title, table.about, table.schema()) for table in PUBLISHED),
    )


def _about(file: ExactFile) -> str:
    return f"`data/processed/<peildatum>/{file.file}`: {file.about} Exact; nooit om te publiceren."


def markdown(found: Sequence[Part]) -> str:
    """The whole dictionary."""
    return "\n".join([_HEAD, *(line for part in found for line in _part(part))])


def _part(part: Part) -> Iterator[str]:
    yield f"## {part.title}\n"
    yield f"{part.about}\n"
    yield "| kolom | betekenis | schrijfwijze | waarden | leeg | bron |"
    yield "|---|---|---|---|---|---|"
    for name, column in columns_of(part):
        cells = (
            f"`{name}`",
            column.description,
            _written(column),
            _values(column),
            _empty(column, name in part.optional),
            column.metadata["bron"],
        )
        yield f"| {' | '.join(cells)} |"
    yield ""
    if part.rules:
        yield from _rules(part)


def columns_of(part: Part) -> list[tuple[str, Any]]:
    """The columns that a file has; what is computed for a check alone is none of them."""
    found = part.schema.columns
    names = c.COLUMNS if part.optional else tuple(found)
    return [(name, found[name]) for name in names]


def _written(column: Any) -> str:
    stored = _TYPES.get(str(column.dtype), "tekst")
    written, unit = column.metadata["schrijfwijze"], column.metadata["eenheid"]
    said = written if stored == "tekst" else stored
    return f"{said}, {unit}" if unit else said


def _values(column: Any) -> str:
    """The domain: a few values by name, a code list by its file, a range by its ends."""
    known = _known(column)
    if "allowed_values" in known:
        return _listed(set(known["allowed_values"]))
    if "min_value" in known:
        return _range(known["min_value"], known.get("max_value"))
    return "elke waarde maar één keer" if column.unique else "–"


def _known(column: Any) -> dict[str, Any]:
    """What the checks of a column know of its values."""
    known: dict[str, Any] = {}
    for check in column.checks:
        if check.name not in ("str_length", "str_matches"):
            known.update(check.statistics or {})
    return known


def _listed(values: set[str]) -> str:
    for name, codes in _LISTS.items():
        if len(values) > _FEW and set(codes()) == values:
            return f"{count(len(values))} codes uit `reference/{name}`"
    return ", ".join(sorted(values - {""}))


def _range(least: Any, most: Any) -> str:
    if most is None:
        return f"{least} of meer"
    return f"{least} tot en met {most}"


def _empty(column: Any, optional: bool) -> str:
    if optional:
        return "ja; de kolom mag ontbreken"
    known = {check.name: check.statistics or {} for check in column.checks}
    nothing = "" in known.get("isin", {}).get("allowed_values", ())
    return "ja" if column.nullable or nothing or column.metadata.get("leeg") else "nee"


def _rules(part: Part) -> Iterator[str]:
    names = [name for name, _ in columns_of(part)]
    yield "Regels bij deze kolommen. Wat u bij een melding doet, staat in `validatie.html`.\n"
    yield "| regel | ernst | kolommen | betekenis | bron |"
    yield "|---|---|---|---|---|"
    for rule in part.rules:
        if rule.columns:
            cells = (
                f"`{rule.name}`",
                rule.severity,
                _named(rule.columns, names),
                rule.description,
                rule.source,
            )
            yield f"| {' | '.join(' '.join(cell.split()) for cell in cells)} |"
    yield ""


def _named(columns: Sequence[str], every: Sequence[str]) -> str:
    """The columns of a rule; all but a few by what is left out."""
    left_out = [name for name in every if name not in columns]
    if not left_out:
        return "alle"
    if len(left_out) <= _LEFT_OUT:
        return f"alle behalve {_code(left_out)}"
    return _code(columns)


def _code(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
