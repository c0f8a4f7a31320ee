"""Sentences of two reports that differ: said in other words, or with other numbers.

What rounding alone can make of a number is counted and not told.
What does not belong here: where the sentences come from (`wi2007.run.account`), their layout.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_NUMBER: Final = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?%?")
_RESEMBLING: Final = 0.5
"""The share of its words that a sentence keeps when it is only reworded."""
_END: Final = re.compile(r"(?<=[.!?]) +(?=\W?[A-Z0-9])")


@dataclass(frozen=True)
class Pair:
    """A sentence and where it stands, in the first report and in the second; empty where one has none."""

    where: str
    before: str
    after: str


@dataclass(frozen=True)
class Moved:
    """What differs: `reworded` in the order of the report, `renumbered` with the largest change first.

    `small` sentences have other numbers only as far as rounding can make them.
    """

    reworded: tuple[Pair, ...] = ()
    renumbered: tuple[Pair, ...] = ()
    small: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.reworded or self.renumbered or self.small)


def split(text: str) -> list[str]:
    """The sentences of a text."""
    return [one for one in _END.split(" ".join(text.split())) if one]


def pattern(text: str) -> str:
    """A sentence without its numbers: what it says, whatever the numbers are."""
    return _NUMBER.sub("#", text)


def weight(before: str, after: str, noise: int) -> float:
    """How much the numbers of two sentences of the same pattern differ: as a share, the largest; 0 for rounding alone.

    Counts that differ by `noise` or less are rounding, percentages that differ by one of their last digit too.
    """
    pairs = zip(_NUMBER.findall(before), _NUMBER.findall(after), strict=True)
    return max((_moved(one, other, noise) for one, other in pairs), default=0.0)


def _moved(one: str, other: str, noise: int) -> float:
    then, now = _value(one), _value(other)
    change = abs(now - then)
    if one.endswith("%") or other.endswith("%"):
        digits = max(len(text.rstrip("%").partition(",")[2]) for text in (one, other))
        return 0.0 if noise and change < 1.5 * 10**-digits else change / 100
    return 0.0 if change <= noise else change / max(then, 1.0)


def _value(text: str) -> float:
    return float(text.rstrip("%").replace(".", "").replace(",", "."))


def moved(
    before: Mapping[str, Sequence[str]],
    after: Mapping[str, Sequence[str]],
    noise: int,
    alike: Callable[[str], str] = str,
) -> Moved:
    """Compare the sentences of each place; `alike` takes out what differs of itself, as the day does.

    A sentence that stands in several places is told at the first.
    """
    reworded: list[Pair] = []
    renumbered: list[Pair] = []
    for where in {**after, **before}:
        gone, new = _different(before.get(where, ()), after.get(where, ()), alike)
        renumbered += [Pair(where, *pair) for pair in _taken(gone, new, _same_pattern(alike))]
        reworded += [Pair(where, *pair) for pair in _taken(gone, new, _resembles)]
        reworded += [Pair(where, then, "") for then in gone]
        reworded += [Pair(where, "", now) for now in new]
    weights = {pair: weight(alike(pair.before), alike(pair.after), noise) for pair in _once(renumbered)}
    large = [pair for pair, share in weights.items() if share]
    return Moved(
        tuple(_once(reworded)),
        tuple(sorted(large, key=lambda pair: -weights[pair])),
        len(weights) - len(large),
    )


def _different(
    before: Iterable[str], after: Iterable[str], alike: Callable[[str], str]
) -> tuple[list[str], list[str]]:
    then, now = list(before), list(after)
    same = Counter(map(alike, then)) & Counter(map(alike, now))
    return _without(then, same.copy(), alike), _without(now, same.copy(), alike)


def _without(texts: Iterable[str], same: Counter[str], alike: Callable[[str], str]) -> list[str]:
    left = []
    for text in texts:
        if same[alike(text)]:
            same[alike(text)] -= 1
        else:
            left.append(text)
    return left


def _taken(gone: list[str], new: list[str], belong: Callable[[str, str], bool]) -> Iterator[tuple[str, str]]:
    """Take the sentences that belong together out of both, each at most once."""
    for then in list(gone):
        now = next((one for one in new if belong(then, one)), None)
        if now is not None:
            gone.remove(then)
            new.remove(now)
            yield then, now


def _same_pattern(alike: Callable[[str], str]) -> Callable[[str, str], bool]:
    return lambda then, now: pattern(alike(then)) == pattern(alike(now))


def _resembles(then: str, now: str) -> bool:
    """Whether two sentences share most of their words in the same order."""
    return SequenceMatcher(None, then.split(), now.split(), autojunk=False).ratio() >= _RESEMBLING


def _once(pairs: Iterable[Pair]) -> list[Pair]:
    found: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        found.setdefault((pair.before, pair.after), pair)
    return list(found.values())
