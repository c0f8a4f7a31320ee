"""Read `config/validation.yaml`, and word every mistake in Dutch with its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from schemas.validation import ValidationFile
from wi2007.decisions import LOADER, doubled_keys, line_of, name
from wi2007.errors import UserError

_MOST_NAMED: Final = 10
_KINDS: Final = {
    "missing": "ontbreekt",
    "extra_forbidden": "bestaat niet; kijk of de naam goed is geschreven",
    "string_type": "moet tekst zijn; zet aanhalingstekens om een getal of datum",
    "string_too_short": "is leeg",
    "string_pattern_mismatch": "heeft een naam die niet kan; gebruik kleine letters, cijfers en lage streepjes",
    "list_type": "moet een lijst zijn, zoals [geslacht] of []",
    "too_short": "is een lege lijst",
    "model_type": "moet uit onderdelen met een naam bestaan",
    "dict_type": "moet uit onderdelen met een naam bestaan",
    "date_type": 'moet een datum zijn, zoals "2007-01-01"',
}


def read_file(path: Path) -> ValidationFile:
    """Return the file, checked against its contract.

    Raises `UserError` that names every mistake, up to ten, with its line.
    """
    text = _text(path)
    try:
        content = yaml.load(text, Loader=LOADER)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", regel {mark.line + 1}," if mark else ""
        raise UserError(
            f"{name(path)}{where} is geen geldige YAML. Kijk daar naar aanhalingstekens, haakjes, inspringing "
            "en dubbele punten."
        ) from None
    except (yaml.YAMLError, ValueError):
        raise UserError(
            f"{name(path)} is geen geldige YAML, of er staat een datum in die niet bestaat."
        ) from None
    mistakes = [f"regel {line}: '{key}' staat er twee keer" for key, line in doubled_keys(root)]
    try:
        found = ValidationFile.model_validate(content)
    except ValidationError as error:
        problems = [_message(problem["loc"], problem, content, root) for problem in error.errors()]
        mistakes = list(dict.fromkeys([*mistakes, *problems]))
    if mistakes:
        raise UserError(_summary(path, mistakes))
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UserError(
            f"{name(path)} kan niet als tekst (UTF-8) worden gelezen. Sla het bestand zo op."
        ) from None
    except OSError as error:
        raise UserError(
            f"{name(path)} kan niet worden gelezen ({error.strerror}). Zet het bestand terug."
        ) from None


def _summary(path: Path, mistakes: Sequence[str]) -> str:
    shown = [f"  - {mistake}" for mistake in mistakes[:_MOST_NAMED]]
    if len(mistakes) > _MOST_NAMED:
        shown.append(f"  - en nog {len(mistakes) - _MOST_NAMED}")
    return "\n".join([f"De regels in {name(path)} zijn niet te gebruiken. Herstel dit:", *shown])


def _message(place: Sequence[int | str], problem: Any, content: Any, root: Any) -> str:
    """Word one mistake: the line, the rule or part it is in, and what is wrong."""
    steps = [step for step in place if step != "[key]"]
    rule = ""
    if len(steps) > 1 and steps[0] == "regels" and isinstance(steps[1], int):
        entry = content["regels"][steps[1]]
        title = entry.get("regel") if isinstance(entry, dict) else None
        rule = f"de regel '{title}'" if isinstance(title, str) else f"de regel op plaats {steps[1] + 1}"
        steps = steps[2:]
    part = " > ".join(f"'{step}'" if isinstance(step, str) else f"nummer {step + 1}" for step in steps)
    where = ", ".join(piece for piece in (rule, part) if piece) or "het bestand"
    return f"regel {line_of(root, place)}: {where}: {_what(problem)}"


def _what(problem: Any) -> str:
    kind = problem["type"]
    if kind == "literal_error":
        return "moet 'fout' of 'waarschuwing' zijn"
    if kind == "value_error":
        return str(problem["ctx"]["error"])
    return _KINDS.get(kind, "heeft een waarde die niet kan")
