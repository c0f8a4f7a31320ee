"""The report's fonts: made as the script says, under their own name, with every letter that the code lists need."""

from __future__ import annotations

import csv
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from wi2007.project import REFERENCE
from wi2007.publication import fonts
from wi2007.publication.fonts import make

FACES = pytest.mark.parametrize("face", fonts.WEB_FACES, ids=lambda face: face.web.stem)


def reference_characters() -> set[str]:
    found: set[str] = set()
    for path in sorted(REFERENCE.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                found.update("".join(row))
    return found


def tables(font: TTFont) -> dict[str, bytes]:
    """The uncompressed tables; `head` holds a checksum of the whole, `glyf` and `loca` are repacked by woff2."""
    tags = [tag for tag in font.keys() if tag not in {"GlyphOrder", "head"}]  # noqa: SIM118 - a font is no mapping
    return {tag: font.getTableData(tag) for tag in tags}


@FACES
def test_the_web_font_is_what_the_script_makes(face: fonts.Face) -> None:
    kept, made = TTFont(face.web), TTFont(BytesIO(make.web_font(face)))
    assert kept.getGlyphOrder() == made.getGlyphOrder()
    assert tables(kept) == tables(made)


@FACES
def test_the_web_font_has_its_own_name_and_the_licence(face: fonts.Face) -> None:
    names = {record.nameID: str(record) for record in TTFont(face.web)["name"].names}
    assert names[1] == fonts.WEB_FAMILY
    assert all("Source" not in names[number] for number in (1, 3, 4, 6))
    assert "Adobe" in names[0]
    assert "Open Font License" in names[13]
    assert "Reserved Font Name" in (face.web.parent / "OFL.txt").read_text(encoding="utf-8")


@FACES
def test_the_web_font_has_every_letter_of_the_code_lists(face: fonts.Face) -> None:
    known = TTFont(face.web).getBestCmap()
    assert {char for char in reference_characters() if ord(char) not in known} == set()


def test_the_paper_has_every_letter_of_the_code_lists() -> None:
    assert {char for char in reference_characters() if ord(char) not in fonts.characters()} == set()


@pytest.mark.parametrize("face", fonts.PDF_FACES, ids=lambda face: face.key)
def test_digits_are_equally_wide(face: fonts.Face) -> None:
    font = TTFont(face.original)
    cmap, widths = font.getBestCmap(), font["hmtx"]
    assert len({widths[cmap[ord(digit)]][0] for digit in "0123456789"}) == 1


def test_web_fonts_stay_small() -> None:
    assert sum(face.web.stat().st_size for face in fonts.WEB_FACES) < 80_000
