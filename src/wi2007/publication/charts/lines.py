"""Lines through the years with a band around each, and points: which way a count goes in several ways of looking ahead.

Each line has its own dashes, its own hatching and a letter, so that nothing rests on colour alone; the key is above.
What does not belong here: other kinds of charts, where the figures come from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wi2007 import dutch
from wi2007.publication.charts import svg
from wi2007.publication.charts.canvas import Canvas, text_width, wrap
from wi2007.publication.charts.drawing import ChartData, ChartDrawing
from wi2007.publication.charts.layout import GAP, note_on
from wi2007.publication.charts.style import BASELINE, NARROW, TEXT, WIDE, Fill, Size

Point = tuple[float, float]
"""A year (with a part of it) and a count."""

_COLORS = ("#1f4e79", "#a8500a", "#3d6b21")
_DASHES: tuple[tuple[float, float], ...] = ((1.0, 0.0), (9.0, 4.0), (2.5, 3.0))
"""Pixels drawn and pixels left out."""
_HATCHES = ("//", "\\\\", "..")
_HEIGHT = {WIDE.name: 280.0, NARROW.name: 220.0}
_SAMPLE = 30.0
_MARK = 3.5
_GRID = "#d9d9d9"
_TICKS = (1, 2, 5)


@dataclass(frozen=True)
class Line:
    """A line by year with the least and the most it may be; `name` explains it in the key."""

    name: str
    letter: str
    middle: tuple[Point, ...]
    least: tuple[Point, ...]
    most: tuple[Point, ...]


@dataclass(frozen=True)
class LineChart:
    """What is drawn: lines, points that were counted, and a level that is named (`level`, `level_name`)."""

    lines: tuple[Line, ...]
    points: tuple[Point, ...]
    points_name: str
    level: float
    level_name: str
    data: ChartData


def line_chart(ident: str, title: str, chart: LineChart, note: str, alt: str) -> ChartDrawing:
    """The chart in two widths; `alt` says in one sentence what it shows."""
    texts = {}
    for size in (WIDE, NARROW):
        canvas, height = lines(chart, note, size)
        texts[size] = svg.clean(canvas.write(round(height)), f"{ident}-{size.name}", title, alt)
    return ChartDrawing(
        id=ident, title=title, alt=alt, wide=texts[WIDE], narrow=texts[NARROW], data=chart.data
    )


@dataclass(frozen=True)
class _Frame:
    """From years and counts to pixels."""

    left: float
    top: float
    width: float
    height: float
    years: tuple[float, float]
    most: float

    def at(self, point: Point) -> Point:
        first, last = self.years
        across = (point[0] - first) / (last - first)
        down = 1 - max(0.0, min(point[1], self.most)) / self.most
        return round(self.left + across * self.width, 1), round(self.top + down * self.height, 1)

    @property
    def end(self) -> float:
        return self.top + self.height


def lines(chart: LineChart, note: str, size: Size) -> tuple[Canvas, float]:
    """The key, then the frame with bands below lines below points."""
    canvas = Canvas(size.width)
    top = _key(canvas, chart, note_on(canvas, note, size), size)
    frame = _frame(chart, top, size)
    _scales(canvas, frame, size)
    for place, line in enumerate(chart.lines):
        band = [frame.at(point) for point in (*line.least, *reversed(line.most))]
        canvas.surface([band], Fill("none", _COLORS[place], _HATCHES[place]))
    for place, line in enumerate(chart.lines):
        _stroke(canvas, [frame.at(point) for point in line.middle], place)
        _letter(canvas, frame, line, place, size)
    canvas.strokes(
        [[frame.at((frame.years[0], chart.level)), frame.at((frame.years[1], chart.level))]], TEXT, 1.0
    )
    for point in chart.points:
        canvas.surface([_diamond(frame.at(point))], Fill(TEXT))
    return canvas, frame.end + 2 * size.line


def _key(canvas: Canvas, chart: LineChart, top: float, size: Size) -> float:
    """A sample and the name of everything drawn, below each other."""

    def named(words: str) -> float:
        told = wrap(words, size.width - _SAMPLE - GAP, size.label)
        for place, line in enumerate(told):
            canvas.text((_SAMPLE + GAP, round(top + size.line * (place + 0.8), 1)), line, size.label)
        return top + size.line * len(told) + 4

    for place, line in enumerate(chart.lines):
        middle = top + size.line / 2
        canvas.surface(
            [_box((0.0, middle - 5), (_SAMPLE, middle + 5))], Fill("none", _COLORS[place], _HATCHES[place])
        )
        _stroke(canvas, [(0.0, middle), (_SAMPLE, middle)], place)
        top = named(f"{line.letter}: {line.name}")
    if chart.points:
        canvas.surface([_diamond((_SAMPLE / 2, top + size.line / 2))], Fill(TEXT))
        top = named(chart.points_name)
    canvas.strokes([[(0.0, top + size.line / 2), (_SAMPLE, top + size.line / 2)]], TEXT, 1.0)
    return named(chart.level_name) + 8


def _frame(chart: LineChart, top: float, size: Size) -> _Frame:
    every = [*chart.points, *(point for line in chart.lines for point in (*line.middle, *line.most))]
    highest = max((count for _, count in every), default=1.0)
    step = tick(highest)
    most = step * -(-highest // step)
    left = round(text_width(dutch.count(int(most)), size.figure) + GAP, 1)
    years = [year for year, _ in every]
    last = max(years)
    first = min(*years, last - 1)
    return _Frame(left, round(top, 1), size.width - left - 4, _HEIGHT[size.name], (first, last), most)


def tick(highest: float, parts: int = 5) -> float:
    """A round number (1, 2 or 5 with noughts) of which at most so many make up the highest count."""
    size = 1.0
    while True:
        for digit in _TICKS:
            if digit * size * parts >= highest:
                return digit * size
        size *= 10


def _scales(canvas: Canvas, frame: _Frame, size: Size) -> None:
    step = tick(frame.most)
    for number in range(int(frame.most / step) + 1):
        _, height = frame.at((frame.years[0], number * step))
        color = _GRID if number else BASELINE
        canvas.strokes([[(frame.left, height), (frame.left + frame.width, height)]], color, 1.0)
        words = dutch.count(int(number * step))
        canvas.text((frame.left - GAP, round(height + size.type / 3, 1)), words, size.figure, "right")
    for year in _years(frame, size):
        across, down = frame.at((year, 0.0))
        canvas.line((across, down), (across, down + 4))
        canvas.text((across, round(down + size.line + 2, 1)), str(int(year)), size.figure, "center")


def _years(frame: _Frame, size: Size) -> Iterator[float]:
    """Whole years that have room for their name."""
    first, last = frame.years
    room = text_width("2000", size.figure) * 1.6
    apart = next(n for n in (1, 2, 5, 10, 20, 50, 100) if frame.width * n / (last - first) >= room)
    start = int(-(-first // apart)) * apart
    half = text_width("2000", size.figure) / 2
    for year in range(start, int(last) + 1, apart):
        across, _ = frame.at((float(year), 0.0))
        if across - half >= 0 and across + half <= size.width:
            yield float(year)


def _letter(canvas: Canvas, frame: _Frame, line: Line, place: int, size: Size) -> None:
    """The letter of a line above it, where each line has another height."""
    aim = frame.most * (0.6, 0.42, 0.26)[place]
    across, down = frame.at(min(line.middle, key=lambda point: abs(point[1] - aim)))
    width = text_width(line.letter, size.head) + 6
    box = _box((across - width / 2, down - 18), (across + width / 2, down - 3))
    canvas.surface([box], Fill("#ffffff"))
    canvas.text((across, round(down - 6, 1)), line.letter, size.head, "center")


def _stroke(canvas: Canvas, points: Sequence[Point], place: int) -> None:
    canvas.strokes(list(dashed(points, *_DASHES[place])), _COLORS[place], 2.0)


def dashed(points: Sequence[Point], drawn: float, open_: float) -> Iterator[list[Point]]:
    """The pieces of a line through points, so many pixels drawn and so many left out; all of it without gaps."""
    if not open_:
        yield list(points)
        return
    left, on = drawn, True
    piece = [points[0]]
    for start, end in pairwise(points):
        here, length = start, _length(start, end)
        gone = 0.0
        while length - gone > left:
            gone += left
            share = gone / length
            here = (
                round(start[0] + share * (end[0] - start[0]), 1),
                round(start[1] + share * (end[1] - start[1]), 1),
            )
            if on:
                yield [*piece, here]
            piece, on = [here], not on
            left = drawn if on else open_
        left -= length - gone
        piece.append(end)
    if on and len(piece) > 1:
        yield piece


def _length(start: Point, end: Point) -> float:
    return float(((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5)


def _box(start: Point, end: Point) -> list[Point]:
    """A rectangle with its corners cut off, so that nobody takes it for a bar."""
    (left, top), (right, bottom) = start, end
    corners = [(left + 1, top), (right - 1, top), (right, top + 1), (right, bottom - 1)]
    corners += [(right - 1, bottom), (left + 1, bottom), (left, bottom - 1), (left, top + 1)]
    return [(round(x, 1), round(y, 1)) for x, y in corners]


def _diamond(at: Point) -> list[Point]:
    x, y = at
    corners = ((0, -_MARK), (_MARK, 0), (0, _MARK), (-_MARK, 0))
    return [(round(x + right, 1), round(y + down, 1)) for right, down in corners]
