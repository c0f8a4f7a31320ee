"""The rules as data: name, severity, columns, what a rule means and what to do (`config/validation.yaml`).

What does not belong here: the checks themselves (`schemas.delivery`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from wi2007.errors import UserError
from wi2007.project import CONFIG

RULES: Final = CONFIG / "validation.yaml"
LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The quick one where PyYAML was built with it."""

ERROR: Final = "fout"
WARNING: Final = "waarschuwing"


@dataclass(frozen=True)
class Rule:
    """One rule. `columns` is empty when it concerns the file or a whole row."""

    name: str
    severity: str
    columns: tuple[str, ...]
    description: str
    what_to_do: str


@dataclass(frozen=True)
class Limits:
    """Days before which a date is an error (`birth`, `other`) or worth a warning (`act`)."""

    birth: date
    other: date
    act: date


@dataclass(frozen=True)
class Rules:
    """All rules in the order of the file, which is the order of the report."""

    rules: dict[str, Rule]
    limits: Limits


def read_rules(path: Path = RULES) -> Rules:
    """Read the rules. Raises `UserError` when the file cannot be read or a rule lacks a part."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
        rules = [_rule(entry) for entry in content["regels"]]
        limits = content["grenzen"]
        return Rules(
            rules={rule.name: rule for rule in rules},
            limits=Limits(
                birth=_day(limits["geboortedatum"]),
                other=_day(limits["statusdatum_en_startdatum"]),
                act=_day(limits["wi2007"]),
            ),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"De regels in {path.name} zijn niet te gebruiken ({type(error).__name__}: {error}). "
            "Herstel het bestand config/validation.yaml."
        ) from error


def _rule(entry: dict[str, Any]) -> Rule:
    severity = str(entry["ernst"])
    if severity not in (ERROR, WARNING):
        raise ValueError(f"ernst van {entry['regel']} is geen {ERROR} of {WARNING}")
    return Rule(
        name=str(entry["regel"]),
        severity=severity,
        columns=tuple(entry["kolommen"] or ()),
        description=str(entry["omschrijving"]).strip(),
        what_to_do=str(entry["doen"]).strip(),
    )


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
