"""Find codes by words as people write them: countries, nationalities, municipalities, sex.

Letters and digits for sex mean what the whole column says of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Final

from schemas.columns import NATIONALITIES
from wi2007 import reference
from wi2007.mapping.normalise.field import plain_number

_NAMED: Final = (*NATIONALITIES, "land_van_herkomst", "gemeentecode")
_LETTERS: Final = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})
_CODE_FIRST: Final = re.compile(r"(?i:gm)?(?P<code>[0-9]{4})[\s:=,;_-]+(?P<name>\S.*)")
_CODE_LAST: Final = re.compile(r"(?P<name>\S.*?)[\s:=,;_-]+[(\[]?(?i:gm)?(?P<code>[0-9]{4})[)\]]?")
_WORDS: Final = re.compile(r"(?:[^\W_]|\ufffd)+")
"""The replacement character for a lost letter does not separate words: nobody knows which letter it was."""

_LONGEST_LETTER: Final = 20
"""The most characters of a value that may be one letter with punctuation and spaces around it."""
_MEN: Final = frozenset("mh")
_WOMEN: Final = frozenset("vfw")
_PAIRED: Final = {"f": _MEN, "w": frozenset("m"), "h": frozenset("fv")}
"""Of which letters one must stand beside a letter that has more than one meaning: F or W for a woman, H for a man."""


def folded(text: str) -> str:
    """Return a name without capitals, accents, and punctuation between its words."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(_WORDS.findall(plain))


def codes_of(column: str) -> Mapping[str, reference.Code]:
    """Return the code list with names for a column."""
    if column in (*NATIONALITIES, "gevraagde_nationaliteit"):
        return reference.nationalities()
    return {"land_van_herkomst": reference.countries, "gemeentecode": reference.municipalities}[column]()


@cache
def by_name(column: str) -> dict[str, frozenset[str]]:
    """Return for each folded name, the register's or the readers', the codes that bear it."""
    found: dict[str, set[str]] = {}
    for code in codes_of(column).values():
        for name in {folded(code.name), folded(code.label)} - {""}:
            found.setdefault(name, set()).add(code.code)
    return {name: frozenset(codes) for name, codes in found.items()}


def standing_for(column: str, text: str, peildatum: date) -> frozenset[str]:
    """Return the codes that a name stands for; of several the one that is valid at the peildatum, when exactly one
    is.
    """
    codes = by_name(column).get(folded(text), frozenset())
    if len(codes) > 1:
        valid = frozenset(code for code in codes if codes_of(column)[code].valid_on(peildatum))
        return valid if len(valid) == 1 else codes
    return codes


def without_word(text: str, words: Iterable[str]) -> str | None:
    """Return a name without one of these words in front of it, or between brackets behind it; None where none stands
    there.
    """
    either = "|".join(re.escape(word) for word in words)
    found = re.fullmatch(rf"(?i)\s*(?:(?:{either})\.?\s+(\S.*)|(\S.*?)\s*\((?:{either})\.?\))\s*", text)
    return None if found is None else found[1] or found[2]


def with_code(column: str, text: str) -> str | None:
    """Return the code in a text that is a code and the name of that code, in either order; None where they do not
    agree.
    """
    found = _CODE_FIRST.fullmatch(text) or _CODE_LAST.fullmatch(text)
    if found is None:
        return None
    code, name = found["code"], found["name"]
    plain = without_word(name, ("gemeente", "gem")) if column == "gemeentecode" else None
    return code if code in by_name(column).get(folded(plain or name), ()) else None


def is_named(column: str, code: str, text: str) -> bool:
    """Return whether a text is a name of a code, also where other codes bear it."""
    return column in _NAMED and code in by_name(column).get(folded(text), ())


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
        for letter in map(folded, (text for text in texts if len(text) <= _LONGEST_LETTER))
        if len(letter) == 1 and letter.isalpha()
    )


def has_one_meaning(letter: str, letters: frozenset[str]) -> bool:
    """Return whether one letter for men and one for women stand in the column, and this is one of them."""
    alone = len(letters & _MEN) == 1 and len(letters & _WOMEN) == 1
    return alone and letter in letters and bool(letters & _PAIRED[letter])


def digits_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the single digits in a column."""
    return frozenset(digit for digit in map(plain_number, texts) if len(digit) == 1 and digit.isdigit())
