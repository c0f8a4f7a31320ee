"""One delivery in every dialect: as every kind of file, in every way of writing names, rows and values.

A dialect is a name, the files in the folder of the delivery, and in some cases the levering.yaml that it needs.
What does not belong here: how values are written (`dialect_values`), all combinations of text (`text_dialects`).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from dialect_values import VALUES
from faults_people import Sheet
from text_dialects import ENCODINGS, ENDS, PACKINGS, SIGNS, written, zipped

from schemas.columns import COLUMNS

ODD = ["Curaçao", 'twee\nregels; en "zo", of | of\t', "", "– België …", '"', "a\r\nb\r\r;,|\t;", "=1+1", "NA"]
"""What people write in fields of their own: line ends, quotation marks, separators, letters with accents."""
MIXED_ENDS = "mixed"
PACKED = {"gz": "levering.csv.gz", "gz in twee delen": "levering.csv.gz", "zip": "levering.zip"}


@dataclass(frozen=True)
class Dialect:
    """A delivery: the name of its file, its bytes, and the levering.yaml beside it, if it needs one."""

    name: str
    file: str
    content: bytes
    levering: str = ""


def noted(sheet: Sheet) -> Sheet:
    """With fields of others before, between and after ours."""
    texts = [ODD[number % len(ODD)] for number in range(len(sheet.rows))]
    more = sheet.beside("Opmerking", texts).beside("naam (achternaam)", texts[::-1]).beside("", "")
    names = list(more.names)
    return more.ordered(("naam (achternaam)", *names[:5], "Opmerking", *names[5 : len(sheet.names)], ""))


def text_of(sheet: Sheet, sign: str = ";", end: str = "\n", *, quoted: bool = False) -> str:
    """A sheet as text; `end` may be a mixture."""
    if end != MIXED_ENDS:
        return written([list(sheet.names), *map(list, sheet.rows)], sign, end, quoted=quoted)
    ends = ("\r\n", "\n", "\n", "\r\n", "\r")
    rows = [list(sheet.names), *map(list, sheet.rows)]
    return "".join(written([row], sign, ends[at % len(ends)], quoted=quoted) for at, row in enumerate(rows))


def text_dialects(sheet: Sheet) -> Iterator[Dialect]:
    """Every two choices together at least once: sign and packing, encoding and line ends, and so on."""
    choices = [
        list(SIGNS),
        [*ENDS, MIXED_ENDS],
        list(ENCODINGS),
        list(PACKINGS),
        ["quoted", "where needed"],
        ["ours only", "others beside"],
    ]
    sheets = {"ours only": sheet, "others beside": noted(sheet)}
    for sign, end, encoding, packing, quoted, fields in pairwise(choices):
        text = text_of(sheets[fields], SIGNS[sign], ENDS.get(end, end), quoted=quoted == "quoted")
        content = PACKINGS[packing](ENCODINGS[encoding](text))
        name = ", ".join((sign, end, encoding, packing or "not packed", quoted, fields))
        yield Dialect(name, PACKED.get(packing, "levering.csv"), content)


def pairwise(choices: list[list[str]]) -> Iterator[tuple[str, ...]]:
    """Few combinations in which every pair of choices occurs: always the one with most pairs that are new."""
    wanted = {
        pair
        for one, other in combinations(range(len(choices)), 2)
        for pair in product(
            [(one, choice) for choice in choices[one]], [(other, it) for it in choices[other]]
        )
    }
    every = {taken: set(combinations(list(enumerate(taken)), 2)) for taken in product(*choices)}
    while wanted:
        best = max(every, key=lambda taken: len(every[taken] & wanted))
        wanted -= every.pop(best)
        yield best


def value_dialects(sheet: Sheet) -> Iterator[Dialect]:
    """Every way of writing values, as text, and packed with another encoding by turns."""
    encodings = [name for name in ENCODINGS if name != "windows-1252"]
    for at, (name, way) in enumerate(VALUES.items()):
        sign = list(SIGNS.values())[at % len(SIGNS)]
        encoding = encodings[at % len(encodings)]
        content = ENCODINGS[encoding](text_of(way(sheet), sign))
        yield Dialect(f"{name}, {encoding}", "levering.csv", content)
    names = VALUES["names"](sheet)
    yield Dialect("names, Windows-1252", "levering.csv", text_of(names).encode("cp1252"))


def name_dialects(sheet: Sheet) -> Iterator[Dialect]:
    """Every way of writing the names of columns, and columns in another order or beside them."""
    ways = {
        "in capitals": str.upper,
        "with spaces inside": lambda name: name.replace("_", " "),
        "with spaces around": lambda name: f"  {name}\t" if name.startswith("g") else f" {name} ",
        "in camel case": lambda name: name.title().replace("_", ""),
        "with hyphens and points": lambda name: name.replace("_", "-", 1).replace("_", ". "),
        "with a line end inside": lambda name: name.replace("_", "\n"),
    }
    for way, how in ways.items():
        yield Dialect(
            f"names {way}", "levering.csv", text_of(sheet.renamed({n: how(n) for n in COLUMNS})).encode()
        )
    backwards = sheet.ordered(tuple(reversed(COLUMNS)))
    yield Dialect("another order", "levering.csv", text_of(backwards, "\t").encode())
    more = (
        sheet.beside("persoonsnummer_partner", "X").beside("2024", "1").beside("Land", "6030").beside("", "")
    )
    yield Dialect("columns more", "levering.csv", text_of(more).encode())


def other_dialects(sheet: Sheet) -> Iterator[Dialect]:
    """What else people and programs do to a text."""
    text = text_of(sheet)
    yield Dialect("a note for Excel", "levering.csv", b"\xef\xbb\xbfsep=;\r\n" + text.encode())
    yield Dialect("no line end at the end", "levering.csv", text.rstrip("\n").encode())
    yield Dialect("blank lines before the header", "levering.csv", ("\r\n \n" + text).encode())
    yield Dialect("blank lines", "levering.csv", re.sub("\n(?=DEMO[0-9]*7;)", "\n\n", text + "\n\n").encode())
    yield Dialect("a title", "levering.csv", f"Levering inburgering\n\n{text}".encode())
    yield Dialect("a title, told", "levering.csv", f"Titel\n\n{text}".encode(), "lezen: {koprij: 3}\n")
    yield Dialect("another name", "Export DUO (definitief).TXT", text.encode())
    yield Dialect("gz under the name of a text", "levering.csv", gzip.compress(text.encode()))
    mac = zipped(text.encode(), "map/levering.csv", **{"__MACOSX/map/._levering.csv": b"\0\5\x16\7"})
    yield Dialect("a zip of a Mac", "levering.zip", mac)


def dialects(sheet: Sheet) -> Iterator[Dialect]:
    """All of them that are text."""
    for some in (text_dialects, name_dialects, value_dialects, other_dialects):
        yield from some(sheet)
