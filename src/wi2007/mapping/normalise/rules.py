"""Read the rules of `config/normalisation.yaml` as data.

Numpy is not imported: the command line checks names of rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from schemas.columns import COLUMNS, PERSON
from wi2007.decisions import DAMAGE, plain
from wi2007.errors import UserError
from wi2007.project import CONFIG

RULES: Final = CONFIG / "normalisation.yaml"
LABEL: Final = "waardelabel"
"""The method of the rule on value labels."""
MISSING: Final = "ontbrekend"
"""The method of the rule on values that the file declares missing."""
FIXED_WIDTH: Final = "een_lengte"
"""The method of the rule on numbers that are padded to one length, the only one for the persoonsnummer."""


@dataclass(frozen=True)
class Listed:
    """One rule. `values`, `others`, `except_for` and `question` are what its `method` works with.

    `yields` says that the value label of SPSS goes above this rule.
    """

    name: str
    method: str
    columns: tuple[str, ...]
    description: str
    reason: str
    values: dict[str, str] = field(default_factory=dict)
    others: str = ""
    except_for: tuple[str, ...] = ()
    question: str = ""
    yields: bool = False


@cache
def listed(path: Path = RULES) -> tuple[Listed, ...]:
    """Return every rule in the order of the file. Raises `UserError` when the file cannot be used."""
    try:
        content = plain(path)
        rules = tuple(_rule(entry) for entry in content["regels"])
        if len({rule.name for rule in rules}) < len(rules):
            raise ValueError("een naam komt twee keer voor")
        return rules
    except DAMAGE as error:
        raise UserError(
            f"De regels in {path.name} zijn niet te gebruiken ({type(error).__name__}: {error}). "
            "Herstel het bestand config/normalisation.yaml."
        ) from error


def _rule(entry: dict[str, Any]) -> Listed:
    name, columns = entry["regel"], tuple(entry["kolommen"])
    known = {PERSON} if entry["wijze"] == FIXED_WIDTH else {*COLUMNS} - {PERSON}
    if not columns or not known.issuperset(columns):
        raise ValueError(f"kolommen van {name} horen niet bij de levering")
    values = entry.get("waarden", {})
    values = dict.fromkeys(values, "") if isinstance(values, list) else dict(values)
    if not all(isinstance(text, str) for pair in values.items() for text in pair):
        raise ValueError(f"waarden van {name} moeten teksten tussen aanhalingstekens zijn")
    return Listed(
        name=name,
        method=entry["wijze"],
        columns=columns,
        description=entry["omschrijving"].strip(),
        reason=entry["reden"].strip(),
        values=values,
        others=entry.get("overige", ""),
        except_for=tuple(entry.get("behalve", ())),
        question=entry.get("vraag", ""),
        yields=entry.get("wijkt", False) in (True, "ja"),
    )


def chosen(setting: str | tuple[str, ...]) -> tuple[Listed, ...]:
    """Return the rules that `normaliseren` asks for, in the order of the file."""
    if setting == "geen":
        return ()
    return tuple(rule for rule in listed() if setting == "alle" or rule.name in setting)
