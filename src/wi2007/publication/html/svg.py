"""Put a chart inside the page: the SVG without its own prologue, with one name for screen readers."""

from __future__ import annotations

import re
from html import escape

_PROLOGUE = re.compile(r"^\s*(?:<\?xml[^>]*\?>\s*|<!DOCTYPE[^>]*>\s*|<!--.*?-->\s*)*", re.DOTALL)
_ROOT = re.compile(r"<svg\b([^>]*)>", re.DOTALL)
_OWN_NAMES = re.compile(r"\s*<(title|desc|metadata)\b[^>]*>.*?</\1>", re.DOTALL)
_DROPPED = re.compile(
    r"""\s(?:role|aria-[a-z]+|width|height|version|xmlns(?::[a-z]+)?|focusable)=(?:"[^"]*"|'[^']*')"""
)
_XLINK = re.compile(r"\bxlink:href=")


def inline(svg: str, label: str) -> str:
    """The chart for use inside HTML, named `label`, as wide as its place.

    The picture's own title and description go: a page has the label, and browsers would show the title as a hint.
    Raises `ValueError` when `svg` has no `<svg>` element with a `viewBox`.
    """
    body = _OWN_NAMES.sub("", svg[_end(svg) :])
    root = _ROOT.match(body)
    if root is None or "viewBox=" not in root[1]:
        raise ValueError("a chart is no SVG with a viewBox")
    kept = _DROPPED.sub("", root[1]).strip()
    opening = f'<svg role="img" aria-label="{escape(label)}" focusable="false" {kept}>'
    return opening + _XLINK.sub("href=", body[root.end() :]).rstrip()


def tells_by_tone(svg: str) -> bool:
    """Whether a drawing says that what is darker is more: then a dark screen may not turn its colours."""
    return "donker" in svg


def _end(svg: str) -> int:
    prologue = _PROLOGUE.match(svg)
    return prologue.end() if prologue else 0
