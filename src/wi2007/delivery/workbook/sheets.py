"""Read which worksheets a workbook has: name, whether it is hidden, and its part."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.workbook.parts import Parts

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_LONGEST_NAME: Final = 100
_TRUE: Final = ("1", "true", "on", "t")
_LIKE_A_NUMBER: Final = re.compile(r"\d{5}")


@dataclass(frozen=True)
class Worksheet:
    """A sheet with cells. `name` is as it stands in the workbook, `part` the file in it."""

    name: str
    hidden: bool
    part: str

    @property
    def told(self) -> str:
        """The name as a message may quote it."""
        return "".join(sign if sign.isprintable() else "?" for sign in self.name)[:_LONGEST_NAME]

    def quoted(self, place: int) -> str:
        """Return the name in a sentence; only the place of the sheet where the name may be a person's number."""
        return f"nummer {place}" if _LIKE_A_NUMBER.search(self.name) else f"'{self.told}'"


def read_sheets(parts: Parts) -> tuple[Worksheet, ...]:
    """Return all sheets with cells, in order; sheets with only a chart are left out. Raises `UnreadableError`."""
    if _WORKBOOK not in parts or _RELATIONS not in parts:
        raise UnreadableError(Problem("bestand_beschadigd"))
    targets = {
        one.get("Id"): one.get("Target", "")
        for one in _tree(parts, _RELATIONS).iter()
        if one.get("Type", "").endswith("/worksheet")
    }
    found: list[Worksheet] = []
    for one in _tree(parts, _WORKBOOK).iter():
        if _local(one.tag) != "sheet":
            continue
        key = next((value for name, value in one.attrib.items() if name.endswith("}id")), None)
        if key in targets:
            part = _part(targets[key])
            if part not in parts:
                raise UnreadableError(Problem("bestand_beschadigd"))
            found.append(Worksheet(one.get("name", ""), one.get("state", "visible") != "visible", part))
    return tuple(found)


def counts_from_1904(parts: Parts) -> bool:
    """Return whether the workbook counts days from 1 January 1904. Raises `UnreadableError`."""
    return any(
        _local(one.tag) == "workbookPr" and one.get("date1904", "").strip().lower() in _TRUE
        for one in _tree(parts, _WORKBOOK).iter()
    )


def _tree(parts: Parts, name: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(parts.small(name))
    except (ElementTree.ParseError, ValueError, LookupError):
        raise UnreadableError(Problem("bestand_beschadigd")) from None


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _part(target: str) -> str:
    """Return the part that the workbook refers to: from its own folder, or from the top of the zip."""
    return posixpath.normpath(posixpath.join("/xl", target.replace("\\", "/"))).lstrip("/").lower()
