"""What an ODS file says of how it is to be shown: the header and the labels of every table stay in sight.

What does not belong here: how cells look.
"""

from __future__ import annotations

from wi2007.publication.workbook.model import Book, Region, Sheet
from wi2007.publication.workbook.xml import element, tag

_FROZEN = "2"
_LOWER_RIGHT = "3"


def settings(book: Book) -> str:
    """The settings of one view: it opens on the first sheet."""
    entries = (
        _entry(
            [],
            _item("ViewId", "string", "view1"),
            _tables(book),
            _item("ActiveTable", "string", book.sheets[0].name),
        ),
    )
    views = tag("config:config-item-map-indexed", [("config:name", "Views")], *entries)
    return element(
        "office:settings", tag("config:config-item-set", [("config:name", "ooo:view-settings")], views)
    )


def _tables(book: Book) -> str:
    made = (_entry([("config:name", sheet.name)], *_frozen(sheet.region)) for sheet in _marked(book))
    return tag("config:config-item-map-named", [("config:name", "Tables")], *made)


def _marked(book: Book) -> list[Sheet]:
    return [sheet for sheet in book.sheets if sheet.region]


def _frozen(region: Region | None) -> list[str]:
    if region is None:
        return []
    right, below = str(region.labels), str(region.header + 1)
    return [
        _item("HorizontalSplitMode", "short", _FROZEN),
        _item("VerticalSplitMode", "short", _FROZEN),
        _item("HorizontalSplitPosition", "int", right),
        _item("VerticalSplitPosition", "int", below),
        _item("ActiveSplitRange", "short", _LOWER_RIGHT),
        _item("PositionLeft", "int", "0"),
        _item("PositionRight", "int", right),
        _item("PositionTop", "int", "0"),
        _item("PositionBottom", "int", below),
    ]


def _entry(attributes: list[tuple[str, str]], *inside: str) -> str:
    return tag("config:config-item-map-entry", attributes, *inside)


def _item(name: str, kind: str, value: str) -> str:
    return tag("config:config-item", [("config:name", name), ("config:type", kind)], value)
