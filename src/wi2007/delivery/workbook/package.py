"""Read the parts of a workbook: the files in its zip, each checked for damage, found by their relations.

All are unpacked once before the library reads any, so that damage and bombs are found in bounded memory. The library
looks for some parts at a fixed place, and skips CDATA and text that is not UTF-8. A parser reads them all, so a
workbook that keeps them otherwise is rewritten.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final
from xml.etree import ElementTree
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray

from wi2007.delivery import kinds
from wi2007.delivery.access import private_file
from wi2007.delivery.archive import Limits, of_member
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.workbook.scan import feed

STRINGS: Final = "xl/sharedstrings.xml"
_CDATA: Final = b"<![CDATA["
_DOCTYPE: Final = b"<!DOCTYPE"
_ENCODING: Final = re.compile(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.-]{1,40})["']""")
_OURS: Final = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_COUNT: Final = re.compile(rb"""\suniqueCount\s*=\s*["'][\s+]*(\d{1,30})""")
_LONGEST_MARK: Final = len(max(_CDATA, _DOCTYPE, key=len)) - 1
_MOST_SMALL: Final = 16 << 20
_STRING_END: Final = b"/si>"
Lengths = NDArray[np.int64]

_TOP: Final = "_rels/.rels"
_USUAL: Final = "xl/workbook.xml"
_FIXED: Final = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
"""Parts that the library looks for at one place, by the end of their relation's name."""
_SHEET: Final = "worksheet"
_ANEW: Final = "werkmap.xlsx"
_RELATION_TYPE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_KEEP: Final = {"\r": "&#13;"}
_KEEP_IN_QUOTES: Final = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


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
        begin.startswith(tuple(kinds.UTF16_MARKS))
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


@dataclass(frozen=True)
class Related:
    """A relation of the workbook: its key, what it is, and the part (in small letters) that it leads to."""

    key: str
    what: str
    part: str


@dataclass(frozen=True)
class Package:
    """The place of the workbook part, and the parts that it refers to."""

    workbook: str
    related: tuple[Related, ...]

    @property
    def is_usual(self) -> bool:
        """Whether all parts lie where the library looks for them."""
        return self.workbook == _USUAL and all(
            one.part == _FIXED[one.what].lower() for one in self.related if one.what in _FIXED
        )


def find_package(parts: Parts) -> Package:
    """Return the package, following the relations from the top. Raises `UnreadableError` where they lead nowhere."""
    workbook = _USUAL
    if _TOP in parts:
        found = [one.part for one in relations(parts, _TOP) if one.what == "officeDocument"]
        workbook = found[0] if len(found) == 1 else workbook
    folder, name = posixpath.split(workbook)
    beside = posixpath.join(folder, "_rels", f"{name}.rels")
    if workbook not in parts or beside not in parts:
        raise UnreadableError(Problem("bestand_beschadigd"))
    return Package(workbook, tuple(relations(parts, beside)))


def written_anew(parts: Parts, package: Package, scratch: Path) -> Path:
    """Write the workbook with its parts at the usual places and in UTF-8; return its path.

    Raises `UnreadableError` when a part is no XML.
    """
    path = scratch / _ANEW
    places = {package.workbook: _USUAL}
    lines = []
    for number, one in enumerate(one for one in package.related if one.what in (_SHEET, *_FIXED)):
        place = _FIXED.get(one.what, f"xl/worksheets/sheet{number}.xml")
        if one.part not in parts:
            raise UnreadableError(Problem("bestand_beschadigd"))
        places[one.part] = place
        lines.append(
            f'<Relationship Id={quoteattr(one.key)} Type="{_RELATION_TYPE}/{one.what}" Target="/{place}"/>'
        )
    top = f'<Relationship Id="rId1" Type="{_RELATION_TYPE}/officeDocument" Target="{_USUAL}"/>'
    with (
        private_file(path) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(_TOP, f'<Relationships xmlns="{_RELATIONS}">{top}</Relationships>')
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>',
        )
        for part, place in places.items():
            with archive.open(place, "w", force_zip64=True) as target:
                _rewrite(parts.bare(part), target)  # type: ignore[arg-type]
    for part in parts.infos.keys() - places.keys():
        for _ in parts.bare(part):
            pass
    return path


def relations(parts: Parts, name: str) -> Iterator[Related]:
    """Yield the relations in a part. Raises `UnreadableError` when it is no XML."""
    folder = posixpath.dirname(posixpath.dirname(name))
    try:
        tree = ElementTree.fromstring(b"".join(parts.bare(name)))
    except (ElementTree.ParseError, ValueError, LookupError):
        raise UnreadableError(Problem("bestand_beschadigd")) from None
    for one in tree.iter():
        target = one.get("Target", "").replace("\\", "/")
        if target and one.get("TargetMode") != "External":
            part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()
            yield Related(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], part)


def _rewrite(chunks: Iterator[bytes], target: BinaryIO) -> None:
    """Write the same elements and texts in UTF-8, with nothing else around them."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, settings: target.write(_start(name, settings))
    parser.EndElementHandler = lambda name: target.write(f"</{name}>".encode())
    parser.CharacterDataHandler = lambda text: target.write(escape(text, _KEEP).encode())
    parser.StartDoctypeDeclHandler = _refuse
    feed(parser, chunks)


def _start(name: str, settings: dict[str, str]) -> bytes:
    return f"<{name}{''.join(f' {key}={quoteattr(text, _KEEP_IN_QUOTES)}' for key, text in settings.items())}>".encode()


def _refuse(*_: object) -> None:
    """Refuse a document type: it can define entities that expand without bound."""
    raise UnreadableError(Problem("bestand_beschadigd"))
