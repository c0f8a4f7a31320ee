"""Texts with placeholders and a little markup, into spans.

A text in `config/report/` is a Jinja2 template with these marks: `**strong**`, `*emphasis*`,
`[words](begrip:id)` for a glossary term, `[words](https://… or #section)` for a link, `^[a footnote]`.
A value that a placeholder brings in is never read as markup. What does not belong here: any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, TemplateError

from wi2007.errors import UserError
from wi2007.publication.document import Span, Text

_SPECIAL = re.compile(r"([\\*\[\]^])")
_MARK = re.compile(
    r"\\(?P<escaped>.)"
    r"|\*\*(?P<strong>(?:\\.|[^*\\])+)\*\*"
    r"|\*(?P<emphasis>(?:\\.|[^*\\])+)\*"
    r"|\^\[(?P<note>(?:\\.|[^\]\\])+)\]"
    r"|\[(?P<words>(?:\\.|[^\]\\])+)\]\((?P<target>[^)\s]+)\)"
)
_TERM = "begrip:"


class Marked(str):
    """Text that already is markup: put into another text as it is."""


def escape(value: object) -> object:
    """Keep a value from being read as markup."""
    if isinstance(value, Marked) or not isinstance(value, str):
        return value
    return _SPECIAL.sub(r"\\\1", value)


def plain(text: str) -> str:
    """Take the escapes out of a text that has no other markup."""
    return re.sub(r"\\(.)", r"\1", text)


def environment(filters: Mapping[str, Callable[..., Any]]) -> Environment:
    """A Jinja2 environment for texts: an unknown name is an error, values are escaped."""
    made = Environment(undefined=StrictUndefined, finalize=escape, autoescape=False, trim_blocks=True)
    made.filters.update(filters)
    return made


def render(templates: Environment, text: str, place: str, values: Mapping[str, Any]) -> Marked:
    """Fill the placeholders of one text; white space runs together.

    Raises `UserError` naming `place` when the text is no template or asks for what there is not.
    """
    try:
        filled = _compiled(templates, text).render(**values)
    except TemplateError as error:
        raise UserError(
            f"In config/report klopt een tekst niet ({place}): {error.message}. "
            "Verbeter de tekst; de namen die mogen, staan in docs/teksten.md."
        ) from error
    return Marked(" ".join(filled.split()))


@lru_cache(maxsize=1024)
def _compiled(templates: Environment, text: str) -> Template:
    return templates.from_string(text)


def spans(text: str) -> Text:
    """Markup to spans; neighbouring plain text is one span."""
    found: list[Span] = []
    plain_text = ""
    position = 0
    for match in _MARK.finditer(text):
        plain_text += text[position : match.start()]
        position = match.end()
        if match["escaped"]:
            plain_text += match["escaped"]
            continue
        if plain_text:
            found.append(Span(plain_text))
            plain_text = ""
        found.append(_span(match))
    plain_text += text[position:]
    if plain_text:
        found.append(Span(plain_text))
    return tuple(found)


def _span(match: re.Match[str]) -> Span:
    if match["strong"]:
        return Span(plain(match["strong"]), strong=True)
    if match["emphasis"]:
        return Span(plain(match["emphasis"]), emphasis=True)
    if match["note"]:
        return Span("", note=plain(match["note"]))
    target = plain(match["target"])
    if target.startswith(_TERM):
        return Span(plain(match["words"]), term=target.removeprefix(_TERM))
    return Span(plain(match["words"]), href=target)


def words(text: Text) -> str:
    """The running text without marks, footnotes left out."""
    return "".join(span.text for span in text)
