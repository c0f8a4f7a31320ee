"""Read the parts of a workbook: the files in its zip, each checked for damage.

All are unpacked once before the library reads any, so that damage and bombs are found in bounded memory.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wi2007.delivery import kinds
from wi2007.delivery.archive import Limits, of_member
from wi2007.delivery.problems import Problem, UnreadableError

STRINGS: Final = "xl/sharedstrings.xml"
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_CDATA: Final = b"<![CDATA["
_DOCTYPE: Final = b"<!DOCTYPE"
_ENCODING: Final = re.compile(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.-]{1,40})["']""")
_OURS: Final = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_COUNT: Final = re.compile(rb"""\suniqueCount\s*=\s*["'][\s+]*(\d{1,30})""")
_LONGEST_MARK: Final = len(max(_CDATA, _DOCTYPE, key=len)) - 1
_MOST_SMALL: Final = 16 << 20
_STRING_END: Final = b"/si>"
Lengths = NDArray[np.int64]


@dataclass(frozen=True)
class Parts:
    """The files in a workbook by their names in lower case, which is how they are found."""

    path: Path
    limits: Limits
    infos: dict[str, zipfile.ZipInfo]

    def __contains__(self, name: str) -> bool:
        return name in self.infos

    def size(self, name: str) -> int:
        """Return how many bytes a part unpacks to."""
        return self.infos[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of one part.

        Raises `UnreadableError` when it is damaged, and `OtherwiseWrittenError` when the library would misread it.
        """
        is_markup = name.endswith((".xml", ".rels"))
        before = b""
        for chunk in self.bare(name):
            # The library skips CDATA and UTF-16, and does not expand entities: text would be lost silently.
            if is_markup and ((not before and _is_other_text(chunk)) or _CDATA in before + chunk):
                raise OtherwiseWrittenError(Problem("bestand_beschadigd"))
            if is_markup and _DOCTYPE in before + chunk:
                raise UnreadableError(Problem("bestand_beschadigd"))
            if is_markup and not before:
                _check_counts(chunk, self.size(name))
            before = chunk[-_LONGEST_MARK:]
            yield chunk

    def bare(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of one part, whatever text they hold.

        Raises `UnreadableError` when it is damaged or unpacks to too much.
        """
        packed = of_member(self.path, self.infos[name], self.limits)
        if packed.is_bomb:
            raise UnreadableError(Problem("bestand_te_groot"))
        yield from packed.chunks()

    def small(self, name: str) -> bytes:
        """Return all bytes of a part that only describes the workbook. Raises `UnreadableError` for too many."""
        content = bytearray()
        for chunk in self.chunks(name):
            content += chunk
            if len(content) > _MOST_SMALL:
                raise UnreadableError(Problem("bestand_te_groot"))
        return bytes(content)

    def verify(self, but: Collection[str]) -> None:
        """Unpack every part that is not read otherwise, except `but`. Raises `UnreadableError` when one is damaged."""
        for name in self.infos.keys() - set(but):
            for _ in self.chunks(name):
                pass

    def strings(self) -> Lengths:
        """Return how many bytes each of the texts that cells refer to takes at most."""
        lengths: list[int] = []
        waiting = 0
        for chunk in self.chunks(STRINGS) if STRINGS in self else ():
            first, *others = map(len, chunk.split(_STRING_END))
            waiting += first
            for size in others:
                lengths.append(waiting)
                waiting = size
        return np.array([*lengths, waiting], dtype=np.int64)


class OtherwiseWrittenError(UnreadableError):
    """A part is in order, but the library would misread it."""


def _is_other_text(begin: bytes) -> bool:
    """Return whether XML is in another encoding than UTF-8."""
    declared = _ENCODING.search(begin, 0, 200)
    return (
        begin.startswith(_UTF16_MARKS)
        or b"\0" in begin[:4]
        or bool(declared and declared[1].lower() not in _OURS)
    )


def _check_counts(begin: bytes, size: int) -> None:
    """Check the declared number of texts: the library allocates memory for them all, and is killed where there is not
    enough.
    """
    if any(int(count) > size for count in _COUNT.findall(begin)):
        raise UnreadableError(Problem("bestand_beschadigd"))


def read_parts(path: Path, limits: Limits) -> Parts:
    """Return the parts of a workbook. Raises `UnreadableError` when the list of them is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except kinds.DAMAGED_ZIP:
        raise UnreadableError(Problem("bestand_beschadigd")) from None
    named = {info.filename.replace("\\", "/").lower(): info for info in infos}
    if len(named) < len(infos):
        raise UnreadableError(Problem("bestand_beschadigd"))
    if limits.of(path.stat().st_size, sum(info.file_size for info in infos))[0]:
        raise UnreadableError(Problem("bestand_te_groot"))
    return Parts(path, limits, named)
