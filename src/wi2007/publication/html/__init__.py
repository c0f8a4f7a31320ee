"""The report as one HTML file: a Jinja2 template, a style sheet and a short script around a content document.

The page asks nothing of any network: fonts, charts, downloads, style and script are inside it, and its content
security policy forbids the rest. It reads well without the script, which adds sorting, filters and a choice of
municipality. Only the files of long tables are not inside: the page points to the folder beside it.
What does not belong here: numbers and sentences. They come as text in the document.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from wi2007.publication import fonts, soundness, structure, volumes
from wi2007.publication.document import Cell, Document
from wi2007.publication.html import beside, chooser, download
from wi2007.publication.html.notes import Notes
from wi2007.publication.html.svg import inline, tells_by_tone
from wi2007.publication.imprint.colours import on_dark

FOLDER = Path(__file__).parent
STYLES = ("report.css", "tools.css", "dark.css", "print.css")
SCRIPTS = (
    "shared.js",
    "folded.js",
    "sort.js",
    "sideways.js",
    "contents.js",
    "copy.js",
    "search.js",
    "chooser.js",
    "filter.js",
    "values.js",
    "picture.js",
)


def render(document: Document, charts: Mapping[str, str], downloads: Mapping[str, bytes]) -> str:
    """Lay a document out as HTML.

    `charts` are the SVG texts by the names that charts give, `downloads` the files by the names that tables give, but
    for those of long tables.
    Raises `ValueError` when the document has dead links or double ids, `KeyError` when a file is missing.
    """
    soundness.check(document)
    files = beside.files(document)
    document = volumes.on_screen(document)
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["comment"] = comment
    environment.filters["css_string"] = css_string
    return environment.get_template("report.html.jinja").render(
        document=document,
        chapters=structure.chapters(document),
        short_notice=structure.short_notice(document),
        notes=Notes(),
        has_notes=any(span.note for span in structure.spans(document)),
        column_groups=structure.column_groups,
        row_groups=structure.row_groups,
        chart=lambda name, label: Markup(inline(charts[name], label)),
        by_tone=lambda name: tells_by_tone(charts[name]),
        is_long=structure.is_long,
        lead=structure.lead,
        says_its_value=says_its_value,
        download=partial(download.link, downloads=downloads),
        chooser_data=partial(chooser.data, document=document),
        files=files,
        workbook_name=structure.workbook_name,
        folder=download.FOLDER,
        dark=on_dark,
        style=_whole(STYLES),
        fonts=Markup(fonts.css()),
        logo=_logo(document.imprint.logo),
        script=_whole(SCRIPTS),
    )


def _whole(names: Sequence[str]) -> Markup:
    """Files of this folder behind each other, as they are."""
    return Markup("".join((FOLDER / name).read_text(encoding="utf-8") for name in names))


def _logo(svg: str) -> str:
    """The logo as an address that holds it: as a picture it can run nothing, and its style stays its own."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}" if svg else ""


def says_its_value(cell: Cell) -> bool:
    """Whether the value to sort by is the whole number that the cell shows."""
    return cell.value is not None and cell.text.replace(".", "") == f"{cell.value:.0f}" == f"{cell.value:g}"


def comment(text: str) -> Markup:
    """Text that can stand in an HTML comment: no two hyphens in a row and no `>`."""
    return Markup(text.replace("--", "–").replace(">", "›").replace("<", "‹"))


def css_string(text: str) -> Markup:
    """A quoted CSS string; everything but letters, digits and common signs is written as an escape."""
    safe = "".join(char if char.isalnum() or char in " .,:;()-–" else f"\\{ord(char):x} " for char in text)
    return Markup(f'"{safe}"')
