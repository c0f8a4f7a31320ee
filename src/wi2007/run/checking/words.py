"""Check that placeholders, filters, facts, terms and links in the texts of the report exist.

Which names hold where is only known when a text is filled in; here a name has to hold anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jinja2 import TemplateError, meta, nodes

from wi2007.decisions import Place
from wi2007.publication.chapters.register import NAMES
from wi2007.publication.content.texts import Texts
from wi2007.publication.content.writer import TEMPLATES
from wi2007.run.checking.codes import choose
from wi2007.run.checking.mistakes import Found

CONDITION = "als"
"""The key of a condition: an expression without braces."""

_LINK = re.compile(r"\]\((begrip:|#)([^)\s{}]+)\)")


def of_texts(content: Any, texts: Texts) -> Found:
    """Return what is wrong with the texts of one file, read as YAML."""
    terms = [term.id for term in texts.terms]
    for place, text in _texts(content, ()):
        is_condition = place[-1:] == (CONDITION,)
        if not is_condition and "{" not in text and "](" not in text:
            continue
        template = f"{{% if {text} %}}{{% endif %}}" if is_condition else text
        for what in _wrong(template, tuple(texts.facts), tuple(texts.phrases.stukken)):
            yield place, what
        for kind, name in _LINK.findall(text):
            if kind == "begrip:" and name not in terms:
                yield place, f"het begrip '{name}' staat niet in reference/begrippen.yaml. {choose(terms)}"


def _texts(part: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(part, str):
        yield place, part
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from _texts(value, (*place, key))
    elif isinstance(part, list):
        for at, value in enumerate(part):
            yield from _texts(value, (*place, at))


@lru_cache(maxsize=4096)
def _wrong(template: str, facts: tuple[str, ...], pieces: tuple[str, ...]) -> tuple[str, ...]:
    try:
        tree = TEMPLATES.parse(template)
    except TemplateError as error:
        return (f"deze tekst is niet goed ({error.message}). Kijk naar de accolades en aanhalingstekens.",)
    return tuple(_unknown(tree, facts, pieces))


def _unknown(tree: nodes.Template, facts: tuple[str, ...], pieces: tuple[str, ...]) -> Iterator[str]:
    filters = {node.name for node in tree.find_all(nodes.Filter)} - TEMPLATES.filters.keys()
    for name in sorted(filters):
        yield f"het filter '{name}' bestaat niet. De filters staan in docs/teksten.md."
    for name in sorted(meta.find_undeclared_variables(tree) - NAMES) if not filters else ():
        yield f"'{name}' bestaat niet. De namen die mogen, staan in docs/teksten.md."
    for part in tree.find_all(nodes.Getattr):
        if isinstance(part.node, nodes.Name) and part.node.name == "feiten" and part.attr not in facts:
            yield f"het feit '{part.attr}' staat niet in feiten.yaml. {choose(facts)}"
    for call in tree.find_all(nodes.Call):
        asked = call.args if isinstance(call.node, nodes.Name) and call.node.name == "stuk" else []
        for one in asked:
            if isinstance(one, nodes.Const) and one.value not in pieces:
                yield f"het stuk '{one.value}' staat niet in bevindingen.yaml. {choose(pieces)}"
