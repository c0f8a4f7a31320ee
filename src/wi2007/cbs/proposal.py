"""Propose the lines of cbs.yaml that would name the unknown labels of a workbook: sure lines as they are, others
behind a `#`.

Removing a `#` gives a line that works.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from wi2007.cbs.misfit import Misfit, address

FILL_IN: Final = "VUL_IN"
AS_IT_STANDS: Final = ("gemeente", "nationaliteit")
"""Characteristics whose categories are names."""
SECTIONS: Final = ("kenmerken", "labels", "eenheden", "bladen")


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
    asked = [one for one in misfits if one.ask is not None]
    sections = {name: _Section() for name in SECTIONS}
    _labels(asked, sections["kenmerken"])
    _heads(asked, sections)
    for one in _once(asked):
        _question(one, sections)
    _sheets(asked, sections["bladen"])
    days = sorted({one.ask.text for one in asked if one.ask is not None and one.ask.about == "uitgave"})
    first = [f"#uitgave: {day}   # deze uitgave kent de tekens die niet bekend zijn" for day in days]
    lines = [*first, *(line for name in SECTIONS for line in sections[name].lines(name))]
    return "".join(f"{line}\n" for line in lines)


def is_complete(text: str) -> bool:
    """Return whether a proposal has no question."""
    return bool(text) and not any(line.startswith("#") for line in text.splitlines())


def _once(asked: Iterable[Misfit]) -> list[Misfit]:
    found: dict[tuple[str, str, tuple[str, ...]], Misfit] = {}
    for one in asked:
        if one.ask is not None:
            found.setdefault((one.ask.about, one.ask.text, one.ask.path), one)
    return list(found.values())


def _labels(asked: Sequence[Misfit], section: _Section) -> None:
    """Add unknown labels: under a known head each is a category as it stands; otherwise the line asks of which
    characteristic.
    """
    traits: dict[str, dict[str, None]] = {}
    sheets: dict[str, dict[str, None]] = {}
    for one in asked:
        if one.ask is None or one.ask.about != "label":
            continue
        if one.ask.traits:
            traits.setdefault(one.ask.traits[0], {})[one.ask.text] = None
        else:
            sheets.setdefault(one.sheet, {})[one.ask.text] = None
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


def _question(one: Misfit, sections: dict[str, _Section]) -> None:
    """Add the possible answers to a question."""
    ask = one.ask
    assert ask is not None
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


def _heads(asked: Sequence[Misfit], sections: dict[str, _Section]) -> None:
    """Add unknown heads: of a characteristic of its own, or the first part of a text over more rows."""
    below: dict[str, dict[str, None]] = {}
    where: dict[str, str] = {}
    for one in asked:
        if one.ask is None or one.ask.about != "kop" or one.ask.axis:
            continue
        text, path = one.ask.text, one.ask.path
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


def _sheets(asked: Sequence[Misfit], section: _Section) -> None:
    """Add what may be set for a sheet."""
    found: dict[str, dict[str, None]] = {}
    for one in asked:
        if one.ask is None:
            continue
        if one.ask.about == "blad":
            found.setdefault(one.sheet, {})[one.ask.text] = None
        elif one.ask.about == "kop" and one.ask.axis:
            for trait in one.ask.traits:
                found.setdefault(one.sheet, {})[f"kop_{one.ask.axis}: {_text(trait)}"] = None
    for sheet, keys in found.items():
        section.asked.append(f"# VRAAG: klopt dit voor {_text(sheet)}? Kies per sleutel een regel")
        section.asked.append(f"#  - blad: {_text(sheet)}")
        section.asked += [f"#    {one}" for one in keys if one]


def _text(words: str) -> str:
    """Return a text as YAML has it between quotation marks."""
    return json.dumps(words, ensure_ascii=False)
