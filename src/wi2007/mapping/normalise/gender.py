"""Read words, letters and digits for sex, and what a whole column says of its letters and digits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from wi2007.mapping.normalise.field import plain_number
from wi2007.mapping.normalise.names import folded

_LETTER: Final = 20
"""The most characters of a value that may be one letter with punctuation and spaces around it."""
_MEN: Final = frozenset("mh")
_WOMEN: Final = frozenset("vfw")
_PAIRED: Final = {"f": _MEN, "w": frozenset("m"), "h": frozenset("fv")}
"""Of which letters one must stand beside a letter that has more than one meaning: F or W for a woman, H for a man."""


def by_words(text: str, words: Mapping[str, str]) -> str | None:
    """Return the meaning of a text all of whose words mean one thing: Vrouw (v), male / man, de heer; else None."""
    phrase = folded(text)
    if phrase in words:
        return words[phrase]
    found = {words.get(word) for word in phrase.split()}
    return found.pop() if len(found) == 1 else None


def letters_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the single letters in a column."""
    return frozenset(
        letter
        for letter in map(folded, (text for text in texts if len(text) <= _LETTER))
        if len(letter) == 1 and letter.isalpha()
    )


def has_one_meaning(letter: str, letters: frozenset[str]) -> bool:
    """Return whether one letter for men and one for women stand in the column, and this is one of them."""
    alone = len(letters & _MEN) == 1 and len(letters & _WOMEN) == 1
    return alone and letter in letters and bool(letters & _PAIRED[letter])


def digits_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the single digits in a column."""
    return frozenset(digit for digit in map(plain_number, texts) if len(digit) == 1 and digit.isdigit())
