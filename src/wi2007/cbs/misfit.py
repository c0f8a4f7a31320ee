"""Name what does not fit in a workbook by sheet and cell, and propose the lines of cbs.yaml that would name it.

In a proposal sure lines stand as they are, others behind a `#`: removing it gives a line that works.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NoReturn

from wi2007.errors import UserError

_SHOWN = 200
_CELLS = 4

Wanted = Literal["label", "kop", "eenheid", "pad", "jaar", "blad", "uitgave"]
"""The part of cbs.yaml that a question is about."""
FILL_IN: Final = "VUL_IN"
AS_IT_STANDS: Final = ("gemeente", "nationaliteit")
"""Characteristics whose categories are names."""
SECTIONS: Final = ("kenmerken", "labels", "eenheden", "bladen")


@dataclass(frozen=True)
class Ask:
    """A question that cbs.yaml can answer: about which part, which text, and what is known of it.

    `traits` are the characteristics that it may belong to; `path` are the labels that it stands among. `axis` is that
    of a label that lacks a head: rijen or kolommen.
    """

    about: Wanted
    text: str = ""
    traits: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    axis: str = ""


@dataclass(frozen=True)
class Misfit:
    """What is wrong with a cell (row 0 for a whole sheet), in Dutch, and what to do.

    `text` stands in the cell; it is only ever that of a head, a label, a unit or a sign.
    """

    sheet: str
    row: int
    column: int
    what: str
    text: str = ""
    ask: Ask | None = None


class MisfitError(Exception):
    """Cells that stop the reading of a figure or a sheet."""

    def __init__(self, *misfits: Misfit) -> None:
        super().__init__("misfit")
        self.misfits = misfits


def address(row: int, column: int) -> str:
    """Return a cell as Excel names it; rows and columns count from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def messages(found: Iterable[Misfit], quoted: bool) -> list[str]:
    """Return a line for each thing that does not fit, with the first cells and the number of all."""
    places: dict[tuple[str, str, str], dict[tuple[int, int], None]] = {}
    for one in found:
        at = (one.sheet, one.what, one.text if quoted else "")
        places.setdefault(at, {})[one.row, one.column] = None
    return [_line(*about, list(cells)) for about, cells in places.items()]


def _line(sheet: str, what: str, text: str, cells: Sequence[tuple[int, int]]) -> str:
    words = f" ('{text}')" if text else ""
    if not cells[0][0]:
        return f"blad '{sheet}'{words}: {what}"
    named = ", ".join(address(*cell) for cell in cells[:_CELLS])
    more = f" en nog {len(cells) - _CELLS}" if len(cells) > _CELLS else ""
    return f"blad '{sheet}', {'cel' if len(cells) == 1 else 'cellen'} {named}{more}{words}: {what}"


def refuse(file: str, found: Sequence[Misfit], quoted: bool, proposal: str) -> NoReturn:
    """Raise `UserError` with everything that does not fit, and the lines of cbs.yaml that would name it."""
    lines = messages(found, quoted)
    shown = [f"- {line}" for line in lines[:_SHOWN]]
    more = [f"- en nog {len(lines) - _SHOWN}"] if len(lines) > _SHOWN else []
    places = len({(one.sheet, one.row, one.column) for one in found})
    count = "1 plaats past" if places == 1 else f"{places} plaatsen passen"
    raise UserError(
        "\n".join(
            [
                f"Het werkboek {file} van het CBS is niet te lezen: {count} niet bij de indeling.",
                *shown,
                *more,
                "Verbeter het werkboek, of zet in een cbs.yaml ernaast hoe het is ingedeeld (docs/cbs.md).",
                *([f"Een voorstel voor cbs.yaml:\n{proposal}"] if proposal else []),
            ]
        )
    )


Asked = tuple[Misfit, Ask]
"""A misfit with its question."""


@dataclass
class _Section:
    """The lines of one key: sure ones and questions."""

    sure: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def lines(self, name: str) -> Iterator[str]:
        """Yield the key with its lines."""
        if not self.sure and not self.asked:
            return
        yield f"{name}:"
        yield from self.sure
        yield from self.asked


def proposal(misfits: Iterable[Misfit]) -> str:
    """Return the proposal as text; empty where cbs.yaml cannot help."""
    asked = [(one, one.ask) for one in misfits if one.ask is not None]
    sections = {name: _Section() for name in SECTIONS}
    _labels(asked, sections["kenmerken"])
    _heads(asked, sections)
    once: dict[tuple[str, str, tuple[str, ...]], Asked] = {}
    for one, ask in asked:
        once.setdefault((ask.about, ask.text, ask.path), (one, ask))
    for one, ask in once.values():
        _question(one, ask, sections)
    _sheets(asked, sections["bladen"])
    days = sorted({ask.text for _, ask in asked if ask.about == "uitgave"})
    first = [f"#uitgave: {day}   # deze uitgave kent de tekens die niet bekend zijn" for day in days]
    lines = [*first, *(line for name in SECTIONS for line in sections[name].lines(name))]
    return "".join(f"{line}\n" for line in lines)


def _labels(asked: Sequence[Asked], section: _Section) -> None:
    """Add unknown labels: under a known head each is a category as it stands; otherwise the line asks of which
    characteristic.
    """
    traits: dict[str, dict[str, None]] = {}
    sheets: dict[str, dict[str, None]] = {}
    for one, ask in asked:
        if ask.about == "label" and ask.traits:
            traits.setdefault(ask.traits[0], {})[ask.text] = None
        elif ask.about == "label":
            sheets.setdefault(one.sheet, {})[ask.text] = None
    for trait, labels in traits.items():
        section.sure += [f"  - kenmerk: {_text(trait)}", "    labels:"]
        section.sure += [_category(label, trait not in AS_IT_STANDS) for label in labels]
    for sheet, labels in sheets.items():
        section.asked += [
            f"# VRAAG: welk kenmerk hebben deze labels van blad {_text(sheet)}?",
            f"#  - kenmerk: {FILL_IN}",
            "#    labels:",
            *(f"#{_category(label, small=True)[:-1]}, zonder_kop: true}}" for label in labels),
        ]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _where(one: Misfit) -> str:
    return f"blad {_text(one.sheet)}, cel {address(one.row, one.column)}"


def _category(label: str, small: bool) -> str:
    return f"      - {{categorie: {_text(_small(label) if small else label)}, staat: [{_text(label)}]}}"


def _question(one: Misfit, ask: Ask, sections: dict[str, _Section]) -> None:
    """Add the possible answers to a question."""
    where = _where(one)
    if ask.about == "pad":
        path = " > ".join(ask.path)
        sections["labels"].asked += [
            f"# VRAAG: wat betekent {_text(path)} ({where})?",
            f"#  - {{staat: [{_text(path)}], kenmerk: {FILL_IN}, categorie: {FILL_IN}}}",
            *_skip("of niet lezen", path),
        ]
    elif ask.about == "jaar":
        sections["labels"].asked += _skip(
            f"VRAAG: een andere dag dan die van het blad ({where}); niet lezen?", ask.text
        )
    elif ask.about == "eenheid":
        sections["eenheden"].asked += [
            f"# VRAAG: welke eenheid is {_text(ask.text)} ({where})? Kies er een",
            *(f"#  {unit}: [{_text(ask.text)}]" for unit in ("aantal", "procent", "overslaan")),
        ]


def _heads(asked: Sequence[Asked], sections: dict[str, _Section]) -> None:
    """Add unknown heads: of a characteristic of its own, or the first part of a text over more rows."""
    below: dict[str, dict[str, None]] = {}
    where: dict[str, str] = {}
    for one, ask in asked:
        if ask.about != "kop" or ask.axis:
            continue
        text, path = ask.text, ask.path
        where.setdefault(text, _where(one))
        after = path[path.index(text) + 1 : path.index(text) + 2] if text in path else ()
        below.setdefault(text, {}).update(dict.fromkeys(after))
    for head, labels in below.items():
        sections["kenmerken"].asked += _head(head, list(labels), where[head])
        sections["labels"].asked += _skip(f"{_text(head)} en wat eronder staat, niet lezen", head)


def _head(head: str, labels: Sequence[str], where: str) -> Iterator[str]:
    yield f"# VRAAG: wat is {_text(head)} ({where})? Een kop van een eigen kenmerk:"
    yield f"#  - kenmerk: {_text(_small(head))}"
    yield f"#    koppen: [{_text(head)}]"
    if labels:
        yield "#    labels:"
        yield from (f"#{_category(label, small=True)}" for label in labels)
        yield "# of een label over twee rijen:"
        yield f"#  - kenmerk: {FILL_IN}"
        yield "#    labels:"
        yield f"#{_category(f'{head} {labels[0]}', small=True)[:-1]}, zonder_kop: true}}"


def _skip(remark: str, words: str) -> Iterator[str]:
    yield f"# {remark}"
    yield f"#  - {{staat: [{_text(words)}], overslaan: true}}"


def _sheets(asked: Sequence[Asked], section: _Section) -> None:
    """Add what may be set for a sheet."""
    found: dict[str, dict[str, None]] = {}
    for one, ask in asked:
        if ask.about == "blad":
            found.setdefault(one.sheet, {})[ask.text] = None
        elif ask.about == "kop" and ask.axis:
            for trait in ask.traits:
                found.setdefault(one.sheet, {})[f"kop_{ask.axis}: {_text(trait)}"] = None
    for sheet, keys in found.items():
        section.asked.append(f"# VRAAG: klopt dit voor {_text(sheet)}? Kies per sleutel een regel")
        section.asked.append(f"#  - blad: {_text(sheet)}")
        section.asked += [f"#    {one}" for one in keys if one]


def _text(words: str) -> str:
    """Return a text as YAML has it between quotation marks."""
    return json.dumps(words, ensure_ascii=False)
