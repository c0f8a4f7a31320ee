"""The lines of cbs.yaml that would name what is not known in a workbook: what is sure as it is, the rest behind a `#`.

Taking off a `#` gives a line that works. What does not belong here: what is not known (`doubt`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from wi2007.cbs.misfit import Ask, Misfit, address

FILL_IN: Final = "VUL_IN"
SECTIONS: Final = ("kenmerken", "labels", "eenheden", "bladen")


@dataclass
class _Section:
    """The lines of one key: those that are sure, and those that are a question."""

    sure: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def lines(self, name: str) -> Iterator[str]:
        """The key with its lines."""
        if not self.sure and not self.asked:
            return
        yield f"{name}:" if self.sure else f"#{name}:"
        yield from self.sure
        yield from dict.fromkeys(self.asked)


def proposal(misfits: Iterable[Misfit]) -> str:
    """The proposal as text; nothing where cbs.yaml can say nothing of it."""
    asked = [one for one in misfits if one.ask is not None]
    sections = {name: _Section() for name in SECTIONS}
    _labels(asked, sections["kenmerken"])
    for one in _once(asked):
        _question(one, sections)
    _sheets(asked, sections["bladen"])
    days = sorted({one.ask.text for one in asked if one.ask is not None and one.ask.about == "uitgave"})
    first = [f"#uitgave: {day}   # deze uitgave kent de tekens die niet bekend zijn" for day in days]
    lines = [*first, *(line for name in SECTIONS for line in sections[name].lines(name))]
    return "".join(f"{line}\n" for line in lines)


def is_complete(text: str) -> bool:
    """Whether a proposal has no question."""
    return bool(text) and not any(line.startswith("#") for line in text.splitlines())


def _once(asked: Iterable[Misfit]) -> list[Misfit]:
    found: dict[tuple[str, str, tuple[str, ...]], Misfit] = {}
    for one in asked:
        assert one.ask is not None
        found.setdefault((one.ask.about, one.ask.text, one.ask.path), one)
    return list(found.values())


def _labels(asked: Sequence[Misfit], section: _Section) -> None:
    """Labels under a head that is known: each a category of its own, named as it stands."""
    traits: dict[str, dict[str, None]] = {}
    for one in asked:
        if one.ask is not None and one.ask.about == "label" and one.ask.traits:
            traits.setdefault(one.ask.traits[0], {})[one.ask.text] = None
    for trait, labels in traits.items():
        section.sure += [f"  - kenmerk: {_text(trait)}", "    labels:"]
        section.sure += [_category(label) for label in labels]


def _category(label: str) -> str:
    return f"      - {{categorie: {_text(label.casefold())}, staat: [{_text(label)}]}}"


def _question(one: Misfit, sections: dict[str, _Section]) -> None:
    """The possible answers to a question."""
    ask = one.ask
    assert ask is not None
    where = (
        f"blad {_text(one.sheet)}, cel {address(one.row, one.column)}"
        if one.row
        else f"blad {_text(one.sheet)}"
    )
    if ask.about == "kop" and not ask.axis:
        sections["kenmerken"].asked += _head(ask, where)
        sections["labels"].asked += _skip(f"{ask.text}: niet lezen wat eronder staat", ask.text)
    elif ask.about == "label" and not ask.traits:
        said = f"kenmerk: {FILL_IN}, categorie: {_text(ask.text.casefold())}"
        sections["labels"].asked += [
            f"# VRAAG: welk kenmerk heeft {_text(ask.text)} ({where})?",
            f"#  - {{staat: [{_text(ask.text)}], {said}}}",
            *_skip("of niet lezen", ask.text),
        ]
    elif ask.about == "pad":
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


def _head(ask: Ask, where: str) -> Iterator[str]:
    """A head that is not known: of a characteristic of its own, or the first part of a text over more rows."""
    at = ask.path.index(ask.text) if ask.text in ask.path else -1
    yield f"# VRAAG: wat is {_text(ask.text)} ({where})? Een kop van een eigen kenmerk:"
    yield f"#  - kenmerk: {_text(ask.text.casefold())}"
    yield f"#    koppen: [{_text(ask.text)}]"
    if at >= 0 and at + 1 < len(ask.path):
        yield "#    labels:"
        yield f"#{_category(ask.path[at + 1])}"
        broken = f"{ask.text} {ask.path[at + 1]}"
        yield "# of een label over twee rijen:"
        yield f"#  - kenmerk: {FILL_IN}"
        yield "#    labels:"
        yield f"#      - {{categorie: {_text(broken.casefold())}, staat: [{_text(broken)}], zonder_kop: true}}"


def _skip(remark: str, words: str) -> Iterator[str]:
    yield f"# {remark}"
    yield f"#  - {{staat: [{_text(words)}], overslaan: true}}"


def _sheets(asked: Sequence[Misfit], section: _Section) -> None:
    """What may be said of a sheet, together."""
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
    """A text as YAML has it between quotation marks."""
    return json.dumps(words, ensure_ascii=False)
