"""Texts that everybody can read: the words of the report, its style and script, the settings.

A number that stands in them between the same words tells nothing about anybody.

What does not belong here: anything from a published folder.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from attack.numbers import Token, words
from attack.settings import read_yaml

_PLACES = ("config", "reference", "src/wi2007/publication", "src/wi2007/validation")
_ENDINGS = frozenset({".yaml", ".jinja", ".css", ".js", ".typ"})
_KEY = " (sleutel)"
Gram = tuple[str, ...]


@cache
def grams(project: Path) -> frozenset[Gram]:
    """Every three words in a row of every public text."""
    found: set[Gram] = set()
    for place in _PLACES:
        for path in sorted((project / place).rglob("*")):
            if path.suffix in _ENDINGS:
                texts = [path.read_text(encoding="utf-8")]
                if path.suffix == ".yaml":
                    texts += [value for _, value in leaves(read_yaml(texts[0]))]
                for text in texts:
                    found.update(_of(words(text)))
    return frozenset(found)


def _of(found: list[str]) -> Iterator[Gram]:
    yield from zip(found, found[1:], found[2:], strict=False)


def says(project: Path, token: Token) -> bool:
    """Whether a public text has this number between the same words."""
    before, word, after = token.before, token.text, token.after
    ways = [(*before[-2:], word), (*before[-1:], word, *after[:1]), (word, *after[:2])]
    return any(way in grams(project) for way in ways if len(way) == 3)


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value of a settings file as text, with its path."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, f"{path}/{key}")
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from leaves(value, f"{path}/{at}")
    elif node is not None:
        yield path, str(node)


def has(project: Path, path: str, text: str) -> bool:
    """Whether the settings hold this text at `config/x.yaml/key/0/…`; ` (sleutel)` behind it says that it is a key."""
    name, _, inner = path.partition(".yaml")
    if not (project / f"{name}.yaml").is_file():
        return False
    found = _settings(project, name)
    if inner.endswith(_KEY):
        return any(known.startswith(f"{inner.removesuffix(_KEY)}/{text}") for known in found)
    return found.get(inner) == text


@cache
def _settings(project: Path, name: str) -> dict[str, str]:
    loaded = read_yaml((project / f"{name}.yaml").read_text(encoding="utf-8"))
    return dict(leaves(loaded))


def municipality(project: Path, code: str) -> frozenset[str]:
    """The names of a municipality that there is or was, by its code in the list that everybody has."""
    return _municipalities(project).get(code, frozenset())


@cache
def _municipalities(project: Path) -> dict[str, frozenset[str]]:
    with (project / "reference/gemeenten.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["gemeentecode"]: frozenset({row["naam"], row["leesnaam"]}) for row in csv.DictReader(file)
        }


@cache
def digest(project: Path, path: str) -> tuple[str, str] | None:
    """Size and SHA-256 of a public file as text, or nothing."""
    file = project / path
    if not file.is_file():
        return None
    content = file.read_bytes()
    return str(len(content)), hashlib.sha256(content).hexdigest()
