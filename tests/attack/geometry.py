"""Drawings: the length of a bar must be what its figure says, and coordinates must not carry more than they need to.

What does not belong here: what is drawn of which cell.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from attack.numbers import shown
from attack.pieces import Bar, Drawing, Label
from attack.verdict import Leak

DIGITS = 2
_NEAR = 0.25
"""Pixels: coordinates are rounded to a tenth, on both ends of a bar."""
_CLOSE = 0.1
_THIN = 1.01


def check(drawings: Sequence[Drawing]) -> Iterator[Leak]:
    """What drawings tell beyond their figures."""
    pages = [drawing for drawing in drawings if not drawing.labels]
    pictures = [drawing for drawing in drawings if drawing.labels]
    for drawing in pictures:
        fine = [text for text in drawing.written if len(text.partition(".")[2]) > DIGITS]
        if fine:
            yield Leak("coordinate", drawing.where, f"{len(fine)} numbers like {fine[0]}")
        yield from _lengths(drawing)
    if pages:
        titles = {drawing.where: [] for drawing in pictures}
        for drawing in pictures:
            titles[drawing.where].append(any(_within(drawing.bars, page.bars) for page in pages))
        for where, found in titles.items():
            if not any(found):
                yield Leak("drawing", where, "no page of the PDF has bars of these lengths")


def _lengths(drawing: Drawing) -> Iterator[Leak]:
    """Every bar and its figure on one scale."""
    pairs, alone = [], []
    for bar in drawing.bars:
        figure = _figure(drawing.labels, bar)
        if figure is None:
            alone.append(bar)
        else:
            pairs.append((bar.length, figure))
    if alone and pairs:
        yield Leak("bar", drawing.where, f"{len(alone)} bars without a figure")
    if not pairs:
        return
    length, most = max(pairs, key=lambda pair: pair[1])
    scale = length / most if most else 0.0
    for length, figure in pairs:
        off = abs(length - scale * figure)
        if off > _NEAR + (1.0 if length <= _THIN + 1 else 0.0):
            told = f"a bar of {length:.1f} px with the figure {figure:g}; on this scale it is {length / scale:.2f}"
            yield Leak("bar", drawing.where, told if scale else "bars without a scale")


def _figure(labels: Sequence[Label], bar: Bar) -> float | None:
    """The figure behind a bar, on its own line."""
    near = []
    for label in labels:
        words = label.text.split()
        value = shown(words[0]) if words and words[0].endswith("%") else None
        on_line = bar.top - 1 <= label.y <= bar.bottom + 4
        if value is None or not on_line:
            continue
        if label.anchor == "start" and label.x >= bar.right - 1:
            near.append((label.x - bar.right, value))
        elif label.anchor == "end" and label.x <= bar.left + 1:
            near.append((bar.left - label.x, value))
    return min(near)[1] if near else None


def _within(bars: Sequence[Bar], page: Sequence[Bar]) -> bool:
    """Whether a page has all bars of a picture, on some scale."""
    lengths = [bar.right - bar.left for bar in bars if bar.right - bar.left > _THIN]
    there = sorted({round(bar.right - bar.left, 2) for bar in page})
    if not lengths:
        return True
    longest = max(lengths)
    scales = [width / longest for width in there if 0.2 < width / longest < 2]
    return any(all(_has(there, length * scale) for length in lengths) for scale in scales)


def _has(there: Sequence[float], length: float) -> bool:
    at = bisect_left(there, length - _CLOSE)
    return at < len(there) and there[at] <= length + _CLOSE
