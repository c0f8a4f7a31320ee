"""Pieces of XML as text, escaped.

What does not belong here: what the pieces mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def element(name: str, *children: str, **attributes: str) -> str:
    """An element around pieces of XML; `table_style_name` is written table:style-name. Empty ones are left out."""
    return tag(name, ((_spelled(key), value) for key, value in attributes.items()), *children)


def tag(name: str, attributes: Iterable[tuple[str, str]], *children: str) -> str:
    """An element whose attributes are named as they are written."""
    start = "".join(f" {key}={quoteattr(value)}" for key, value in attributes if value)
    inside = "".join(children)
    return f"<{name}{start}>{inside}</{name}>" if inside else f"<{name}{start}/>"


def text(content: str) -> str:
    """Text that is no markup."""
    return escape(content)


def _spelled(key: str) -> str:
    prefix, _, name = key.partition("_")
    return f"{prefix}:{name.replace('_', '-')}"
