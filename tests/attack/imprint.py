"""Numbers of the publication itself: days, years, versions and colours that everybody can read in the settings.

Each counts only between the words that the report has it in. What does not belong here: the number of the release,
which no setting has (`known.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from attack.numbers import MONTHS, Token, words
from attack.public import leaves
from attack.settings import read_yaml

_REACH = 2
Phrase = tuple[str, ...]


def explains(project: Path, token: Token) -> bool:
    """Whether a phrase of the publication holds this number, with the words beside it as far as both reach."""
    return any(_beside(phrase, at, token) for phrase, at in _phrases(project).get(token.text, ()))


def _beside(phrase: Phrase, at: int, token: Token) -> bool:
    before, after = phrase[max(0, at - _REACH) : at], phrase[at + 1 : at + 1 + _REACH]
    return token.before[len(token.before) - len(before) :] == before and token.after[: len(after)] == after


@cache
def _phrases(project: Path) -> dict[str, list[tuple[Phrase, int]]]:
    """By each word the phrases that hold it, with its place."""
    folder = project / "config" / "report"
    own, sources = (
        read_yaml((folder / name).read_text(encoding="utf-8")) for name in ("uitgave.yaml", "bronnen.yaml")
    )
    found: dict[str, list[tuple[Phrase, int]]] = {}
    for phrase in {tuple(words(text)) for text in (*_of_imprint(own), *_of_sources(sources))}:
        for at, word in enumerate(phrase):
            found.setdefault(word, []).append((phrase, at))
    return found


def _of_imprint(own: dict[str, Any]) -> Iterator[str]:
    yield from (text for _, text in leaves(own))
    colours = own["instelling"]["kleuren"]
    yield f"accent {colours['hoofdkleur']} mark {colours['accent']}".lower()
    yield from (f"root accent {main} mark" for main in _lighter(colours["hoofdkleur"]))
    yield from (f"mark {mark} page" for mark in _lighter(colours["accent"]))
    for edition in own["uitgaven"]:
        appeared, version = edition.get("publicatiedatum"), edition.get("versie")
        if appeared:
            yield f"{own['instelling']['naam']} {appeared.year}"
        if version:
            yield f"{version} uitgave {edition.get('uitgave', 1)}"
            yield f"versie {version}"
        for day in (appeared, *(revision["datum"] for revision in edition.get("revisies", ()))):
            yield from _of_day(day) if day else ()


def _lighter(colour: str) -> Iterator[str]:
    """A colour with as much white in it as a dark screen asks: every percent of it."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    for white in range(1, 101):
        yield "".join(f"{round(part + (255 - part) * white / 100):02x}" for part in parts)


def _of_day(day: date) -> Iterator[str]:
    """A day in words, and as files note it."""
    yield f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    yield day.isoformat()
    yield f"{day.isoformat()}T00:00:00Z"
    yield f"{day.isoformat()}T00:00:00"
    yield f"D:{day:%Y%m%d}000000Z"


def _of_sources(sources: dict[str, Any]) -> Iterator[str]:
    for source in sources.values():
        yield f"{source.get('makers') or ''} {source.get('jaar') or ''} {source['titel']}"
        yield source.get("adres") or ""
