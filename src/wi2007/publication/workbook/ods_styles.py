"""How an ODS file looks: a style for each look of a cell, two kinds of page, and formats of numbers.

What does not belong here: the cells.
"""

from __future__ import annotations

from wi2007.publication.workbook.model import Book, Look, Paper
from wi2007.publication.workbook.xml import element, tag, text

UPRIGHT, ON_ITS_SIDE = "Staand", "Liggend"
"""The kinds of page, by the name that users see."""

_SHORT, _LONG = "21cm", "29.7cm"
_FONT = "Arial"
_HEAD = "#e3eaf1"

_BOLD = {"fo_font_weight": "bold"}
_LETTERS: dict[Look, dict[str, str]] = {
    "notice": {**_BOLD, "fo_color": "#9c0006"},
    "title": {**_BOLD, "fo_font_size": "14pt"},
    "subtitle": {"fo_font_size": "12pt"},
    "link": {
        "fo_color": "#154273",
        "style_text_underline_style": "solid",
        "style_text_underline_width": "auto",
        "style_text_underline_color": "font-color",
    },
    "unit": {"fo_font_style": "italic"},
    "head": _BOLD,
    "over": _BOLD,
    "total": _BOLD,
    "sum": _BOLD,
}
_WRAPPED = {"fo_wrap_option": "wrap"}
_ON_COLOUR = {**_WRAPPED, "fo_background_color": _HEAD, "fo_border_bottom": "0.75pt solid #000000"}
_BOXES: dict[Look, dict[str, str]] = {"text": _WRAPPED, "head": _ON_COLOUR, "over": _ON_COLOUR}
_RIGHT: tuple[Look, ...] = ("unit", "over", "figure", "sum")
_LOOKS: tuple[Look, ...] = (
    "notice",
    "title",
    "subtitle",
    "plain",
    "text",
    "link",
    "unit",
    "head",
    "over",
    "label",
    "total",
    "figure",
    "sum",
)


def styles(book: Book) -> str:
    """Fonts, looks of cells and pages."""
    return "".join(
        (
            element(
                "office:font-face-decls", element("style:font-face", style_name=_FONT, svg_font_family=_FONT)
            ),
            element("office:styles", _default(book.language), *map(_look, _LOOKS)),
            element("office:automatic-styles", _layout(UPRIGHT), _layout(ON_ITS_SIDE)),
            element("office:master-styles", _page(UPRIGHT, book.paper), _page(ON_ITS_SIDE, book.paper)),
        )
    )


def _default(language: str) -> str:
    tongue, _, country = language.partition("-")
    letters = element(
        "style:text-properties",
        style_font_name=_FONT,
        fo_font_size="10pt",
        fo_language=tongue,
        fo_country=country,
    )
    return element("style:default-style", letters, style_family="table-cell")


def _look(look: Look) -> str:
    """A style of a cell; its text is at the top, and figures are at the right."""
    box = element("style:table-cell-properties", style_vertical_align="top", **_BOXES.get(look, {}))
    side = [element("style:paragraph-properties", fo_text_align="end")] if look in _RIGHT else []
    letters = element("style:text-properties", **_LETTERS[look]) if look in _LETTERS else ""
    return element("style:style", box, *side, letters, style_name=look, style_family="table-cell")


def _layout(kind: str) -> str:
    upright = kind == UPRIGHT
    properties = element(
        "style:page-layout-properties",
        fo_page_width=_SHORT if upright else _LONG,
        fo_page_height=_LONG if upright else _SHORT,
        style_print_orientation="portrait" if upright else "landscape",
        fo_margin_top="1.5cm",
        fo_margin_bottom="1.5cm",
        fo_margin_left="1.8cm",
        fo_margin_right="1.8cm",
        style_scale_to_X="1",
    )
    room = element("style:header-footer-properties", fo_min_height="0.8cm")
    return element(
        "style:page-layout",
        properties,
        element("style:header-style", room),
        element("style:footer-style", room),
        style_name=f"Indeling{kind}",
    )


def _page(kind: str, paper: Paper) -> str:
    above = element("style:header", element("text:p", text(paper.head)))
    below = element(
        "style:footer",
        element(
            "text:p",
            element("text:sheet-name", "???"),
            text(f" – {paper.page} "),
            element("text:page-number", "1"),
            text(f" {paper.of} "),
            element("text:page-count", "1"),
        ),
    )
    return tag(
        "style:master-page",
        [("style:name", kind), ("style:page-layout-name", f"Indeling{kind}")],
        above,
        below,
    )
