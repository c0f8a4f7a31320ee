"""Number the chapters, annexes, figures and tables of a report in their order, and mend what refers to them.

The number that the files give a table ("2.1") is its identity and stays; a reader follows the number that it has in the
report. Texts are filled in before the order is known, so they refer by identity (see `content.wording`), and that is
made a number here, when the document is whole.
What does not belong here: layout, the words around numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final, Literal

from wi2007.errors import UserError
from wi2007.publication.content.wording import REFERENCE, REFERRED
from wi2007.publication.document import Block, Chart, Document, Section, Table, from_raw, to_json
from wi2007.publication.volumes import REPRODUCTION

Series = Literal["cijfer", "letter", "geen"]
"""How a chapter is numbered: 1, 2, … or A, B, … or not at all."""

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class _Place:
    """Where something stands: its number in the report, and its id."""

    shown: str
    ident: str


def numbered(
    document: Document, series: Mapping[str, Series], named: Callable[[str], str], annex: str = ""
) -> Document:
    """Give the document with its numbers, and every reference made one.

    `series` is that of chapters by id (numbers for others), letters go on in the appendix; `named` says under a table
    what the files call it, `annex` stands before a letter. Raises `UserError` when a text refers to what the report
    does not have.
    """
    figures, tables = count(1), count(1)

    def block(one: Block) -> Block:
        if isinstance(one, Chart):
            return replace(one, shown=str(next(figures)))
        if isinstance(one, Table):
            return replace(one, shown=str(next(tables)), named=named(one.number) if one.number else "")
        return one

    def within(section: Section, number: str) -> Section:
        blocks = tuple(map(block, section.blocks))
        inner = tuple(within(one, "") for one in section.sections)
        return replace(section, number=number, blocks=blocks, sections=inner)

    numbers, letters = map(str, count(1)), (f"{annex} {letter}".strip() for letter in _letters())
    next_of: dict[Series, Callable[[], str]] = {
        "cijfer": lambda: next(numbers),
        "letter": lambda: next(letters),
        "geen": lambda: "",
    }

    def chapters(on_screen: bool) -> list[Section]:
        found = [one for one in document.sections if (one.volume != REPRODUCTION) == on_screen]
        return [within(one, next_of[series.get(one.id, "cijfer")]()) for one in found]

    first = chapters(on_screen=True)
    appendix = tuple(within(one, next_of["letter"]()) for one in document.appendix)
    # What stands on no page comes last, so that the numbers of a page have no gaps.
    return _referred(replace(document, sections=(*first, *chapters(on_screen=False)), appendix=appendix))


def _letters() -> Iterator[str]:
    """A to Z, then AA, AB, …"""
    for length in count(0):
        for first in ("",) if length == 0 else _LETTERS[length - 1]:
            yield from (f"{first}{last}" for last in _LETTERS)


def _referred(document: Document) -> Document:
    """The document with numbers in the place of references."""
    places = dict(_places(document))
    raw: dict[str, Any] = json.loads(to_json(document))
    for name, part in raw.items():
        raw[name] = _resolved(part, places)
    return from_raw(raw)


def _places(document: Document) -> Iterator[tuple[str, _Place]]:
    """What texts can refer to: tables by the number of the files, figures by their id."""
    for one in _blocks((*document.sections, *document.appendix)):
        if isinstance(one, Table) and one.number:
            yield f"tabel:{one.number}", _Place(one.shown, one.id)
        elif isinstance(one, Chart):
            yield f"figuur:{one.id}", _Place(one.shown, one.id)


def _blocks(sections: Iterable[Section]) -> Iterator[Block]:
    for section in sections:
        yield from section.blocks
        yield from _blocks(section.sections)


def _resolved(node: Any, places: Mapping[str, _Place]) -> Any:
    """Any value of the document with its references resolved."""
    if isinstance(node, str):
        return REFERENCE.sub(lambda match: _place(places, match[1]).shown, node)
    if isinstance(node, list):
        return [_resolved(one, places) for one in node]
    if not isinstance(node, dict):
        return node
    found = {key: _resolved(value, places) for key, value in node.items()}
    target = node.get("href")
    if isinstance(target, str) and target.startswith(REFERRED):
        found["href"] = f"#{_place(places, target).ident}"
    return found


def _place(places: Mapping[str, _Place], target: str) -> _Place:
    if target not in places:
        kind, _, name = target.partition(":")
        raise UserError(
            f"In config/report verwijst een tekst naar {kind} {name}, maar die staat niet in dit rapport. "
            "Verbeter de verwijzing of haal haar weg (docs/teksten.md)."
        )
    return places[target]
