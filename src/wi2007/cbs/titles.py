"""Read what the title of a sheet says of its labels: the characteristic of labels without a head, or a group of
persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from wi2007.cbs.labels import Label, days_in, key, keys
from wi2007.cbs.layout import Layout
from wi2007.cbs.vocabulary import Kind, Vocabulary

_BY: Final = re.compile(r"\bnaar\b(.*)", re.IGNORECASE)
_PARTS: Final = re.compile(r",|;|\ben\b|×|\bper\b", re.IGNORECASE)
_LONG: Final = 40
_BETWEEN: Final = re.compile(r"\W+")
_BEHIND: Final = re.compile(r"\s*[\d*¹²³].*")


def implied(words: Vocabulary, laid: Layout, axis: str, filler: frozenset[str]) -> str:
    """Return the characteristic of the rows or columns without a head: the one that the title names, and no head.

    Every word behind `naar` must be a known head, every label a category of that characteristic, and one of them a
    category of no other. Empty where any of this is not so.
    """
    named = _named(words, laid)
    heads = {trait for path in _paths(laid) for one in keys(path, filler) for trait in words.heads_of(one)}
    left = [trait for trait in named if trait not in heads]
    paths = laid.columns.values() if axis == "kolommen" else [line.path for line in laid.lines]
    tops = {told[-1] for path in paths if (told := keys(path, filler)) and not _has_head(words, told)}
    labels = [one for one in tops if not _is_total(words, one)]
    fits = [
        trait
        for trait in left
        if all(trait in words.traits_of(one) for one in labels)
        and any(words.traits_of(one) == [trait] for one in labels)
    ]
    return fits[0] if len(fits) == 1 else ""


def _named(words: Vocabulary, laid: Layout) -> list[str]:
    """Return the characteristics behind `naar` in a title; none where a word there is not known, or a text may be a
    head.
    """
    found = _BY.search(laid.title)
    if found is None or any(len(text) <= _LONG and not days_in(text) for text in laid.above):
        return []
    named: list[str] = []
    for part in _PARTS.split(found[1]):
        words_of = key(_BEHIND.sub("", part))
        if not words_of:
            continue
        heads = words.heads_of(words_of)
        if len(heads) != 1:
            return []
        named += heads
    return named


def _paths(laid: Layout) -> Iterator[tuple[Label, ...]]:
    yield from laid.columns.values()
    yield from (line.path for line in laid.lines)


def _has_head(words: Vocabulary, told: Iterable[str]) -> bool:
    return any(words.heads_of(one) for one in told)


def _is_total(words: Vocabulary, label: str) -> bool:
    return any(one.kind in (Kind.TOTAL, Kind.SKIP) for one in words.senses(label))


def group_in(words: Vocabulary, texts: Iterable[str], divided: Iterable[str | None]) -> str:
    """Return a category named in the title, of a characteristic that the sheet does not divide by, where it does not
    name all.
    """
    told = " ".join(f" {_BETWEEN.sub(' ', key(text))} " for text in texts)
    for trait, categories in words.free().items():
        if trait in divided:
            continue
        named = [one for one, labels in categories.items() if any(f" {label} " in told for label in labels)]
        if named and len(named) < len(categories):
            return named[0]
    return ""
