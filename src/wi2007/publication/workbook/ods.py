"""A workbook as the bytes of an ODS file (OpenDocument 1.3): the package and its parts.

Why no library writes it: `docs/decisions/0011`. What does not belong here: what is in the workbook.
"""

from __future__ import annotations

from wi2007.publication.workbook.model import Book
from wi2007.publication.workbook.ods_content import content
from wi2007.publication.workbook.ods_settings import settings
from wi2007.publication.workbook.ods_styles import styles
from wi2007.publication.workbook.packing import packed
from wi2007.publication.workbook.xml import DECLARATION, element, tag, text

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
VERSION = "1.3"
_FIRST = "mimetype"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_NAMESPACES = {
    **{
        name: f"urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"
        for name, urn in (
            ("office", "office"),
            ("meta", "meta"),
            ("config", "config"),
            ("style", "style"),
            ("table", "table"),
            ("text", "text"),
            ("number", "datastyle"),
            ("fo", "xsl-fo-compatible"),
            ("svg", "svg-compatible"),
        )
    },
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "ooo": "http://openoffice.org/2004/office",
}


def write(book: Book) -> bytes:
    """The bytes; the same for the same workbook. The kind of file stands first and can be read without unpacking."""
    made = {
        "meta.xml": _document("meta", meta(book)),
        "styles.xml": _document("styles", styles(book)),
        "settings.xml": _document("settings", settings(book)),
        "content.xml": _document("content", content(book)),
    }
    files = {_FIRST: MIMETYPE, **made, "META-INF/manifest.xml": manifest(list(made))}
    return packed(((name, part.encode("utf-8")) for name, part in files.items()), stored=_FIRST)


def _document(kind: str, inside: str) -> str:
    spaces = [(f"xmlns:{name}", urn) for name, urn in _NAMESPACES.items()]
    return DECLARATION + tag(f"office:document-{kind}", [*spaces, ("office:version", VERSION)], inside)


def meta(book: Book) -> str:
    """What the file says of itself; the peildatum is its only date."""
    moment = f"{book.day}T00:00:00"
    return element(
        "office:meta",
        element("meta:generator", "wi2007"),
        element("dc:title", text(book.title)),
        element("dc:subject", text(book.subject)),
        element("dc:description", text(book.description)),
        *(element("meta:keyword", text(word)) for word in book.keywords),
        element("meta:initial-creator", text(book.publisher)),
        element("dc:creator", text(book.publisher)),
        element("meta:creation-date", moment),
        element("dc:date", moment),
        element("dc:language", text(book.language)),
    )


def manifest(names: list[str]) -> str:
    """The list of parts."""
    entries = [("/", MIMETYPE), *((name, "text/xml") for name in names)]
    return DECLARATION + tag(
        "manifest:manifest",
        [("xmlns:manifest", _MANIFEST), ("manifest:version", VERSION)],
        *(
            tag(
                "manifest:file-entry",
                [
                    ("manifest:full-path", name),
                    ("manifest:version", VERSION if name == "/" else ""),
                    ("manifest:media-type", kind),
                ],
            )
            for name, kind in entries
        ),
    )
