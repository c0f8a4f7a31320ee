"""Find the parts of a workbook in XML by its relations, and rewrite a workbook that keeps them in unusual places.

The library looks for some parts at a fixed place, and skips CDATA and text that is not UTF-8. A parser reads them
all.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final
from xml.etree import ElementTree
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.text.spool import private_file
from wi2007.delivery.workbook.parser import feed
from wi2007.delivery.workbook.parts import Parts

_TOP: Final = "_rels/.rels"
_USUAL: Final = "xl/workbook.xml"
_FIXED: Final = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
"""Parts that the library looks for at one place, by the end of their relation's name."""
_SHEET: Final = "worksheet"
_ANEW: Final = "werkmap.xlsx"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
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
            f'<Relationship Id={quoteattr(one.key)} Type="{_RELATION}/{one.what}" Target="/{place}"/>'
        )
    top = f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="{_USUAL}"/>'
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
