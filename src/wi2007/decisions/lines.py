"""Read a small YAML file as plain text values, with the line of each.

Nothing is guessed from how a value looks: `NO`, `01` and `2024-07-01` are the text that was written. A key that
occurs twice, which YAML accepts silently, is a mistake here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

from wi2007.errors import UserError

Place = tuple[str | int, ...]
Lines = dict[Place, int]
"""For each key, from the top, the line on which it stands."""

_LARGEST: Final = 1 << 18
_DEEPEST: Final = 20
_OPENING: Final = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING: Final = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


def read_yaml(path: Path, name: str) -> tuple[dict[str, Any], Lines]:
    """Return the content of a file and its lines; `name` is what messages call the file.

    Raises `UserError` when it is no YAML.
    """
    text = _text(path, name)
    try:
        _check_plain(text, name)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", regel {mark.line + 1}," if mark else ""
        raise UserError(
            f"{name}{where} is geen geldige YAML. Kijk daar naar aanhalingstekens, haakjes, inspringing "
            "en dubbele punten."
        ) from None
    except yaml.YAMLError:
        raise UserError(
            f"{name} is geen geldige YAML: er staat een teken in dat in tekst niet voorkomt."
        ) from None
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise UserError(
            f"{name} is leeg of heeft geen instellingen. Schrijf regels als 'peildatum: 2024-07-01', "
            "of haal het bestand weg."
        )
    lines: Lines = {}
    return dict(_plain(node, (), lines, name)), lines


def _check_plain(text: str, name: str) -> None:
    """Refuse references, which can make a small file endless, and depth that no setting has."""
    depth = 0
    for token in yaml.scan(text):
        if isinstance(token, yaml.AliasToken):
            raise UserError(f"{name} gebruikt een verwijzing (*). Schrijf de waarde zelf op die plaats.")
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > _DEEPEST:
            raise UserError(
                f"{name}, regel {token.start_mark.line + 1}, heeft te veel haakjes of inspringing."
            )


def _text(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except FileNotFoundError:
        raise UserError(f"{name} bestaat niet.") from None
    except OSError as error:
        raise UserError(f"{name} kan niet worden gelezen ({error.strerror}).") from None
    if len(content) > _LARGEST:
        raise UserError(f"{name} is groter dan 256 kB: dit is geen bestand met instellingen.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError(f"{name}, regel {line}, is geen tekst in UTF-8. Sla het bestand zo op.") from None


def _plain(node: Any, place: Place, lines: Lines, name: str) -> Any:
    if isinstance(node, yaml.SequenceNode):
        for at, item in enumerate(node.value):
            lines[(*place, at)] = item.start_mark.line + 1
        return [_plain(item, (*place, at), lines, name) for at, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return node.value
    content: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise UserError(f"In {name}, regel {line}, staat voor de dubbele punt geen gewone naam.")
        if key.value in content:
            raise UserError(
                f"In {name}, regel {line}, staat een naam of waarde die er al staat. Laat één van de twee staan."
            )
        lines[(*place, key.value)] = line
        content[key.value] = _plain(value, (*place, key.value), lines, name)
    return content
