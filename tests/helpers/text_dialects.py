"""One delivery in every dialect of text: the same rows in other bytes."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from itertools import product

SIGNS = {"puntkomma": ";", "komma": ",", "tab": "\t", "streep": "|"}
ENDS = {"crlf": "\r\n", "lf": "\n", "cr": "\r"}
ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-8-bom": lambda text: text.encode("utf-8-sig"),
    "windows-1252": lambda text: text.encode("cp1252"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16-be": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-16-le zonder bom": lambda text: text.encode("utf-16-le"),
}


def zipped(content: bytes, name: str = "export.csv", **others: bytes) -> bytes:
    """A zip with this file, and others."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, bytes_ in others.items():
            archive.writestr(other, bytes_)
        archive.writestr(name, content)
    return packed.getvalue()


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "": lambda content: content,
    "gz": gzip.compress,
    "gz in twee delen": lambda content: gzip.compress(content[:501]) + gzip.compress(content[501:]),
    "zip": zipped,
}


def written(rows: list[list[str]], sign: str, end: str, *, quoted: bool) -> str:
    """The records as text; a field is quoted where it must be, or always."""

    def field(text: str) -> str:
        needed = quoted or any(mark in text for mark in (sign, '"', "\r", "\n"))
        return '"' + text.replace('"', '""') + '"' if needed else text

    return "".join(sign.join(map(field, row)) + end for row in rows)


def dialects(rows: list[list[str]]) -> Iterator[tuple[str, bytes]]:
    """Every dialect with its name."""
    for sign, end, quoted in product(SIGNS, ENDS, (False, True)):
        text = written(rows, SIGNS[sign], ENDS[end], quoted=quoted)
        for encoding, packing in product(ENCODINGS, PACKINGS):
            name = " ".join((sign, end, encoding, packing, "aanhalingstekens" if quoted else ""))
            yield name, PACKINGS[packing](ENCODINGS[encoding](text))
