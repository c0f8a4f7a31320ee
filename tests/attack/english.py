"""The summary in English: read as the Dutch that it stands for, so that its numbers are held to the same as all others.

What does not belong here: what a number may be.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attack.pieces import Reading

_PLACE = re.compile(r"#samenvatting-en")
_BEGINS = re.compile(r"Bijlage [A-Z]+\s+Summary in English")
_ENDS = re.compile(r"Bijlage [A-Z]+\s+.*|Cijfers bij de grafieken")
_NUMBER = re.compile(r"\d[\d,.]*\d")
_SWAP = str.maketrans(".,", ",.")
_WORDS = {
    **dict(zip(("Figure", "Table"), ("figuur", "tabel"), strict=True)),
    **{"January": "januari", "February": "februari", "March": "maart", "May": "mei", "June": "juni"},
    **{"July": "juli", "August": "augustus", "October": "oktober"},
    **{"a multiple of": "een veelvoud van", "by less than": "minder dan", "persons": "personen"},
    **{"of all persons ever obliged": "van iedereen", "of the persons": "van de personen"},
}


def as_dutch(reading: Reading) -> Reading:
    """The reading with the words and the numbers of the summary as Dutch writes them."""
    reading.pieces = [
        replace(piece, text=_dutch(piece.text)) if _PLACE.search(piece.where) else piece
        for piece in reading.pieces
    ]
    inside, pages = False, []
    for where, lines in reading.lines:
        told = []
        for line in lines:
            if _BEGINS.fullmatch(line.strip()):
                inside = True
            elif _ENDS.fullmatch(line.strip()):
                inside = False
            told.append(_dutch(line) if inside else line)
        pages.append((where, told))
    reading.lines = pages
    return reading


def _dutch(text: str) -> str:
    for english, dutch in _WORDS.items():
        text = re.sub(rf"\b{english}\b", dutch, text)
    return _NUMBER.sub(lambda found: found[0].translate(_SWAP), text)
