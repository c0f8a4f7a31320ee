"""Detect two encodings mixed in one file: UTF-8 in a text that is not UTF-8 as a whole.

Windows-1252 can look like UTF-8 by chance: a letter followed by typographic characters (`É’`, `ß“`), or two letters
(`MÍŠA`). Those prove nothing. A letter followed by a character that nobody writes after it (`Ã©`, which is é in
UTF-8) does.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

TAIL: Final = 3
"""The number of bytes of a chunk that must stand before the next one, so that no sequence is cut."""

# Characters that may follow a word in Windows-1252: … † ‡ ‘ ’ “ ” • – — ™ › ‚ „ « ® ´ · » and the hard space.
_BEHIND_A_WORD: Final = np.isin(
    np.arange(256),
    list(b"\x82\x84\x85\x86\x87\x91\x92\x93\x94\x95\x96\x97\x99\x9b\xa0\xab\xae\xb4\xb7\xbb"),
)
# Š Œ Ž š œ ž Ÿ
_LETTERS: Final = np.isin(np.arange(256), list(b"\x8a\x8c\x8e\x9a\x9c\x9e\x9f"))


def first_proof(data: bytes) -> int | None:
    """Return the place of the first sequence of UTF-8 that is surely no Windows-1252, or None."""
    codes = np.frombuffer(data, dtype=np.uint8)
    high = np.flatnonzero(codes > 0x7F)
    leads = high[:-1][np.diff(high) == 1]
    leads = leads[codes[leads] >= 0xC2]
    if not len(leads):
        return None
    codes = np.append(codes, np.zeros(TAIL, dtype=np.uint8))
    lead, second, third, fourth = (codes[leads + step] for step in range(4))
    goes_on = [(code & 0xC0) == 0x80 for code in (second, third, fourth)]
    proof = _two(lead, second, goes_on) | _three(lead, second, third, goes_on) | _four(lead, goes_on)
    return int(leads[np.argmax(proof)]) if proof.any() else None


Codes = NDArray[np.uint8]
Which = NDArray[np.bool_]


def _two(lead: Codes, second: Codes, goes_on: list[Which]) -> Which:
    """Return where two bytes are a letter in UTF-8 that is no chance pair of Windows-1252.

    Â and Ã begin most Latin letters in UTF-8 and are rarely the end of a word; Ä and Å begin the others.
    """
    by_chance = (lead > 0xC3) & _BEHIND_A_WORD[second] | (lead > 0xC5) & _LETTERS[second]
    return (lead < 0xE0) & goes_on[0] & ~by_chance


def _three(lead: Codes, second: Codes, third: Codes, goes_on: list[Which]) -> Which:
    by_chance = _BEHIND_A_WORD[second] & _BEHIND_A_WORD[third]
    return (lead >= 0xE0) & (lead < 0xF0) & goes_on[0] & goes_on[1] & ~by_chance


def _four(lead: Codes, goes_on: list[Which]) -> Which:
    return (lead >= 0xF0) & (lead < 0xF5) & goes_on[0] & goes_on[1] & goes_on[2]
