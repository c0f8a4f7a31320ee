"""Make the web fonts beside this file from the packaged Source Sans Pro: Latin letters, another name, woff2."""

from __future__ import annotations

from io import BytesIO

from fontTools import subset
from fontTools.ttLib import TTFont

from wi2007.publication.fonts import WEB_FACES, WEB_FAMILY, Face

RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A
    (0x0180, 0x024F),  # Latin Extended-B: Romanian, Azeri
    (0x02BB, 0x02BD),  # turned commas
    (0x0300, 0x0329),  # combining marks
    (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese, Welsh
    (0x2010, 0x205F),  # dashes, quotes, spaces
    (0x2070, 0x20BF),  # superscripts, currency
    (0x2190, 0x2199),  # arrows
    (0x2212, 0x2265),  # minus, comparison
    (0x25A0, 0x25CF),  # triangles and dots
)
FEATURES = ("ccmp", "kern", "liga", "locl", "mark", "mkmk")
KEPT_NAMES = (0, 13, 14)  # copyright and licence
STYLES = {(400, "normal"): "Regular", (400, "italic"): "Italic", (600, "normal"): "Semibold"}


def web_font(face: Face) -> bytes:
    """The web font of one face; the same bytes each time with the same versions of fontTools and brotli."""
    options = subset.Options()
    options.layout_features = list(FEATURES)
    options.hinting = False
    options.name_IDs = list(KEPT_NAMES)
    options.recalc_timestamp = False
    font = subset.load_font(str(face.original), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    _rename(font, face)
    font.flavor = "woff2"
    buffer = BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _rename(font: TTFont, face: Face) -> None:
    style = STYLES[face.weight, face.style]
    postscript = f"{WEB_FAMILY.replace(' ', '')}-{style}"
    names = {
        1: WEB_FAMILY,
        2: style,
        3: postscript,
        4: f"{WEB_FAMILY} {style}",
        5: font["name"].getDebugName(5) or "Version 1.0",
        6: postscript,
    }
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)


def main() -> None:
    """Write the web fonts to the package."""
    for face in WEB_FACES:
        face.web.write_bytes(web_font(face))


if __name__ == "__main__":
    main()
