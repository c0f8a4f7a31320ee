"""Draw the picture in the README, the first pages of a report side by side: picture.py rapport.pdf docs/rapport.png."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

PAGES = (0, 1, 3)
SCALE = 0.85
GAP = 12
GROUND = "#d9dee4"


def picture(report: Path) -> Image.Image:
    """The pages on a quiet ground."""
    document = pdfium.PdfDocument(report)
    pages = [document[number].render(scale=SCALE).to_pil() for number in PAGES]
    width, height = pages[0].size
    sheet = Image.new("RGB", (len(pages) * (width + GAP) + GAP, height + 2 * GAP), GROUND)
    for place, page in enumerate(pages):
        sheet.paste(page, (GAP + place * (width + GAP), GAP))
    return sheet


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    picture(source).quantize(64).save(target, optimize=True)
