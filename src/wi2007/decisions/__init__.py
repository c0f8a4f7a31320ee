"""Decisions kept as data: read a YAML file, hold it against its contract, tell every mistake by its line.

Beside it: `listing` for lists kept as CSV. What YAML passes over in silence is a mistake here: a key that stands twice,
of which it would keep the last.
What does not belong here: what a file may say (`schemas/`), or a mistake that only one file can have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from wi2007.errors import UserError
from wi2007.project import ROOT

Kind = TypeVar("Kind")
Place = Sequence[str | int]
"""The way to a value from the top: keys, and places in lists (from 0)."""

LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The fast loader where PyYAML was built with it."""

DAMAGE: Final = (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError)
"""What can go wrong where a part of `plain` content is taken."""

Lines = dict[tuple[str | int, ...], int]
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
_SHOWN: Final = 10
_KINDS: Final = {
    "string_type": "hier hoort tekst te staan. Zet de waarde tussen aanhalingstekens",
    "int_type": "hier hoort een heel getal te staan, zonder aanhalingstekens",
    "float_type": "hier hoort een getal te staan, met een punt en zonder aanhalingstekens",
    "bool_type": "hier hoort true of false te staan",
    "list_type": "hier hoort een lijst te staan. Zet de waarden tussen [ en ]",
    "tuple_type": "hier hoort een lijst te staan. Zet de waarden tussen [ en ]",
    "dict_type": "hier horen sleutels met waarden te staan (sleutel: waarde)",
    "model_type": "hier horen sleutels met waarden te staan (sleutel: waarde)",
    "missing": "deze sleutel ontbreekt. Vul hem in",
    "extra_forbidden": "deze sleutel bestaat niet. Kijk of hij goed is gespeld, of haal hem weg",
    "string_too_short": "deze tekst is leeg. Vul hem in",
    "too_short": "hier staat niets of te weinig. Geef er ten minste één op",
    "string_pattern_mismatch": (
        "deze tekst kan hier niet. Gebruik alleen tekens die ook in andere waarden van dit soort staan"
    ),
}


@dataclass(frozen=True)
class Decisions:
    """What a file says, and where each part of it stands."""

    path: Path
    content: Any
    _root: Any

    def at(self, place: Place, what: str) -> str:
        """One mistake, with the line of the deepest part of `place` that the file has."""
        return f"regel {line_of(self._root, place)}: {what}"

    def refuse(self, mistakes: Sequence[str]) -> NoReturn:
        """Raise `UserError` with the first mistakes and the number of all."""
        more = [f"- en nog {len(mistakes) - _SHOWN}"] if len(mistakes) > _SHOWN else []
        lines = [f"- {mistake}" for mistake in mistakes[:_SHOWN]] + more
        count = "1 fout" if len(mistakes) == 1 else f"{len(mistakes)} fouten"
        raise UserError(f"{name(self.path)} is niet goed ingevuld ({count}):\n" + "\n".join(lines))

    def check(self, found: Iterable[tuple[Place, str]]) -> None:
        """Raise `UserError` where anything was found: places, each with what is wrong there."""
        mistakes = [self.at(place, what) for place, what in found]
        if mistakes:
            self.refuse(mistakes)

    def held(self, kind: type[Kind] | Any, words: Callable[[Place, Any], str] | None = None) -> Any:
        """The content as `kind`, a pydantic model or a type; `words` says a place in the terms of the file.

        Raises `UserError` with every mistake.
        """
        try:
            return TypeAdapter(kind).validate_python(self.content)
        except ValidationError as error:
            problems = error.errors(include_url=False)
        called = words or (lambda place, _: in_words(place))
        mistakes = [
            self.at(one["loc"], f"{called(_spelled(one['loc']), self.content)}: {problem(one)}.")
            for one in problems
        ]
        self.refuse(list(dict.fromkeys(mistakes)))


def name(path: Path) -> str:
    """A path as the researcher knows it: from the project's folder, where it lies in it."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def read(path: Path) -> Decisions:
    """Read a file. Raises `UserError` when it is missing, is no text, no YAML, or says a thing twice."""
    source = text(path)
    try:
        loader = LOADER(source)
        root = loader.get_single_node()
        doubled = list(doubled_keys(root))
        content = None if root is None else loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        raise UserError(
            f"{name(path)}{in_line(error)}: dit is geen geldige YAML. Kijk op deze regel en die erboven naar "
            "inspringing, dubbele punten, haakjes en aanhalingstekens."
        ) from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        raise UserError(
            f"{name(path)} is geen geldige YAML: er staat een teken, een datum of een verwijzing in die niet kan. "
            "Verbeter het bestand of zet het terug."
        ) from None
    found = Decisions(path, content, root)
    if doubled:
        found.refuse(
            [
                f"regel {line}: de sleutel '{key}' staat er twee keer. Laat er één staan."
                for key, line in doubled
            ]
        )
    return found


def checked(path: Path, contract: Any) -> Any:
    """Read a file and hold it against a contract that can tell more mistakes by itself (`mistakes`: places, each with
    what is wrong there). Raises `UserError` with every mistake.
    """
    decisions = read(path)
    held = decisions.held(contract)
    decisions.check((place, f"{what}. Verbeter dit of zet het terug.") for place, what in held.mistakes())
    return held


def in_line(error: yaml.MarkedYAMLError) -> str:
    """Where a file is no YAML, as `, regel 3`; nothing where that is not known."""
    mark = error.problem_mark or error.context_mark
    return f", regel {mark.line + 1}" if mark else ""


def plain(path: Path) -> Any:
    """Return what a YAML file says, for a part of the program that takes one piece of it and words damage itself.

    Raises one of `DAMAGE`.
    """
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)


def text(path: Path) -> str:
    """The text of a file of the project. Raises `UserError` when it is missing or no UTF-8."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"{name(path)} is niet te lezen: het bestand ontbreekt. Zet het terug.") from None
    except OSError as error:
        raise UserError(
            f"{name(path)} is niet te lezen ({error.strerror}). Kijk of het een bestand is en of u het mag lezen."
        ) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"{name(path)}, regel {line}, is geen tekst in UTF-8. Sla het bestand op als UTF-8."
        ) from None


def problem(error: Mapping[str, Any]) -> str:
    """What pydantic found wrong, as Dutch words with what to do; a contract words what is its own as `told`."""
    context = error.get("ctx", {})
    match error["type"]:
        case "literal_error":
            choices = str(context["expected"]).replace("'", "").replace(" or ", ", ")
            return f"'{error['input']}' kan hier niet. Kies uit: {choices}"
        case "greater_than_equal" | "greater_than":
            return f"dit getal is te klein. Neem {_limit(context)} of meer"
        case "less_than_equal" | "less_than":
            return f"dit getal is te groot. Neem {_limit(context)} of minder"
        case "told":
            return str(error["msg"])
    return _KINDS.get(error["type"], "deze waarde kan hier niet. Vergelijk met wat er eerder stond")


def _limit(context: Mapping[str, Any]) -> str:
    return str(next(value for key, value in context.items() if key in ("ge", "gt", "le", "lt")))


def _spelled(place: Place) -> Place:
    return [step for step in place if step != "[key]"]


def in_words(place: Place) -> str:
    """A place as the researcher finds it: 'sleutel' > nummer 2."""
    steps = (f"nummer {step + 1}" if isinstance(step, int) else f"'{step}'" for step in place)
    return " > ".join(steps) or "het hele bestand"


def line_of(node: Any, place: Place) -> int:
    """Return the line of the deepest part of `place` that is in the YAML under `node`."""
    line = node.start_mark.line if node is not None else 0
    for step in place:
        found = _inside(node, step)
        if found is None:
            break
        line, node = found
    return int(line) + 1


def _inside(node: Any, step: str | int) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line, node.value[step]
    return None


def doubled_keys(node: Any) -> Iterator[tuple[str, int]]:
    """Yield every key that stands twice in one part of the YAML under `node`, with its line."""
    yield from _doubled(node, set())


def _doubled(node: Any, seen: set[int]) -> Iterator[tuple[str, int]]:
    if id(node) in seen or not isinstance(node, yaml.CollectionNode):
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _doubled(value, seen)
        return
    yield from _repeated(key for key, _ in node.value)
    for _, value in node.value:
        yield from _doubled(value, seen)


def _repeated(keys: Iterable[Any]) -> Iterator[tuple[str, int]]:
    known: set[str] = set()
    for key in keys:
        if isinstance(key, yaml.ScalarNode):
            if key.value in known:
                yield key.value, key.start_mark.line + 1
            known.add(key.value)


def read_yaml(path: Path, name: str) -> tuple[dict[str, Any], Lines]:
    """Return the content of a small file, every value the text that was written, and the line of each key.

    Nothing is guessed from how a value looks: `NO`, `01` and `2024-07-01` are text. `name` is what
    messages call the file.
    Raises `UserError` when it is no YAML.
    """
    source = _small_text(path, name)
    try:
        _check_plain(source, name)
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        where = in_line(error)
        raise UserError(
            f"{name}{where}{',' if where else ''} is geen geldige YAML. Kijk daar naar aanhalingstekens, haakjes, "
            "inspringing en dubbele punten."
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
    return dict(_as_text(node, (), lines, name)), lines


def _check_plain(source: str, name: str) -> None:
    """Refuse references, which can make a small file endless, and depth that no setting has."""
    depth = 0
    for token in yaml.scan(source):
        if isinstance(token, yaml.AliasToken):
            raise UserError(f"{name} gebruikt een verwijzing (*). Schrijf de waarde zelf op die plaats.")
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > _DEEPEST:
            raise UserError(
                f"{name}, regel {token.start_mark.line + 1}, heeft te veel haakjes of inspringing."
            )


def _small_text(path: Path, name: str) -> str:
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


def _as_text(node: Any, place: tuple[str | int, ...], lines: Lines, name: str) -> Any:
    if isinstance(node, yaml.SequenceNode):
        for at, item in enumerate(node.value):
            lines[(*place, at)] = item.start_mark.line + 1
        return [_as_text(item, (*place, at), lines, name) for at, item in enumerate(node.value)]
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
        content[key.value] = _as_text(value, (*place, key.value), lines, name)
    return content
