"""The one type family of the report: Source Sans Pro, whole for the PDF and as small web fonts for the HTML.

The web fonts in this folder hold the Latin letters only (about 20 kB each) and are made by
`python -m wi2007.publication.fonts.make`. Their licence reserves the name Source, so they carry another one.
"""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

import font_source_sans_pro

WEB_FAMILY = "Rapport Sans"
FAMILY = "Source Sans Pro"


class Face:
    """A weight or slope: the key of the packaged font, and what CSS calls it."""

    def __init__(self, key: str, weight: int, style: str) -> None:
        self.key, self.weight, self.style = key, weight, style

    @property
    def original(self) -> Path:
        """The whole font, as packaged."""
        return Path(font_source_sans_pro.font_files_ttf[self.key])

    @property
    def web(self) -> Path:
        """The web font in this folder."""
        return Path(__file__).with_name(f"rapport-sans-{self.weight}-{self.style}.woff2")


WEB_FACES = (
    Face("SourceSansPro", 400, "normal"),
    Face("SourceSansProIt", 400, "italic"),
    Face("SourceSansProSemibold", 600, "normal"),
)
PDF_FACES = (*WEB_FACES, Face("SourceSansProSemiboldIt", 600, "italic"))


def css() -> str:
    """The `@font-face` rules with the web fonts inside them, so that a page needs no request."""
    return "\n".join(
        f'@font-face {{ font-family: "{WEB_FAMILY}"; font-weight: {face.weight}; font-style: {face.style}; '
        f'src: url("data:font/woff2;base64,{base64.b64encode(face.web.read_bytes()).decode()}") format("woff2"); }}'
        for face in WEB_FACES
    )


@cache
def characters() -> frozenset[int]:
    """The code points that every face of the PDF can show."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only the PDF needs it

    maps = []
    for face in PDF_FACES:
        with TTFont(face.original, lazy=True) as font:
            maps.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*maps)
