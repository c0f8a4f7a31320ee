"""Check that the colours of the house can be read: their contrast with every ground of the report (WCAG 2.1, AA).

What does not belong here: where the layouts use them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wi2007 import dutch

GROUNDS: Final = {"wit": "#ffffff", "lichtgrijs": "#f2f5f8", "lichtgeel": "#fff6de"}
"""The paper, the tint of the contents and of what a link points to, and that of a notice."""
DARK: Final = ("#14191f", "#1f262e", "#33290f")
"""The same three where a reader's screen is dark (`html/dark.css`)."""
DARK_TEXT: Final = 7.0
"""More than the least: a tone just light enough tires on a dark ground."""
TEXT: Final = 4.5
"""The least contrast of text (success criterion 1.4.3)."""
MARKS: Final = 3.0
"""The least contrast of lines and marks (1.4.11)."""


def contrast(first: str, second: str) -> float:
    """Give the contrast of two colours as #rrggbb: from 1, the same, to 21, black and white."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def on_dark(colour: str) -> str:
    """Give a colour of the house for a dark screen: with as much white in it as text needs there, and no more."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    for white in range(101):
        mixed = [round(part + (255 - part) * white / 100) for part in parts]
        found = "#" + "".join(f"{part:02x}" for part in mixed)
        if all(contrast(found, ground) >= DARK_TEXT for ground in DARK):
            return found
    raise AssertionError("white has enough contrast with every dark ground")


def faults(main: str, mark: str) -> Iterator[tuple[str, str]]:
    """Tell in Dutch, with the key in `kleuren`, which of the two has too little contrast, and on which ground."""
    for key, colour, least, use in (
        ("hoofdkleur", main, TEXT, "tekst"),
        ("accent", mark, MARKS, "lijnen"),
    ):
        found = {ground: contrast(colour, value) for ground, value in GROUNDS.items()}
        worst = min(found, key=lambda ground: found[ground])
        if found[worst] < least:
            yield (
                key,
                f"de kleur {colour} heeft op {worst} een contrast van {_shown(found[worst])} op 1, en voor {use} is "
                f"minstens {_shown(least)} op 1 nodig (WCAG AA). Neem een donkerder kleur.",
            )


def _shown(ratio: float) -> str:
    """A contrast in the Dutch notation, cut off so that too little never looks like enough."""
    return dutch.decimal(int(ratio * 10) / 10, 1)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
