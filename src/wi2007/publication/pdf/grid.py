"""Keep a chart with what is said about it: which blocks share a row of the page, and which stay on one page.

The page has four columns. A chart that is as clear in its narrow drawing takes two of them, and the findings or the
paragraph before it take the other two; where those leave room, the next chart with its findings stands below them.
Findings stay above any other chart.
What does not belong here: widths, fonts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import ceil
from typing import Final, Literal

from wi2007.publication.document import Block, Chart, Paragraph

Part = Paragraph | Chart

_VIEW: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_HIGHER: Final = 1.2
"""The narrow drawing may be so much higher than the wide one, and some pixels more, up to `_HIGH`."""
_MORE: Final = 24.0
_HIGH: Final = 480.0
_TEXTS: Final = 3
"""More texts than this stand above a chart."""
_SIGNS, _LINE, _AROUND, _CAPTION = 42, 19.0, 12.0, 84.0
"""Of two columns, in pixels of a drawing: signs on a line, its height, what is around a text, and around a chart."""


@dataclass(frozen=True)
class SideBySide:
    """A row of the page: a chart on the left; on the right its texts, and what else there is room for.

    `above` are the texts of two charts that stand beside each other.
    """

    left: Chart
    right: tuple[Part, ...]
    above: tuple[Paragraph, ...] = ()
    kind: Literal["side_by_side"] = "side_by_side"


@dataclass(frozen=True)
class Together:
    """A chart with its texts above it, on one page."""

    texts: tuple[Paragraph, ...]
    chart: Chart
    kind: Literal["together"] = "together"


@dataclass(frozen=True)
class _Story:
    """A chart that is clear when narrow, and the texts before it that are about it."""

    texts: tuple[Paragraph, ...]
    chart: Chart


def in_rows(blocks: Sequence[Block], charts: Mapping[str, str]) -> Iterator[Block | SideBySide | Together]:
    """Give the blocks in their order, with those that belong together as one; `charts` are the drawings by name."""
    found: list[Block | _Story | Together] = []
    for block in blocks:
        if not isinstance(block, Chart):
            found.append(block)
            continue
        clear = _is_clear_narrow(block, charts)
        texts = _before(found) if clear else _findings(found)
        del found[len(found) - len(texts) :]
        found.append(_Story(texts, block) if clear else Together(texts, block))
    return _rows(found, charts)


def _rows(
    found: Sequence[Block | _Story | Together], charts: Mapping[str, str]
) -> Iterator[Block | SideBySide | Together]:
    ahead = list(found)
    while ahead:
        first = ahead.pop(0)
        if not isinstance(first, _Story):
            yield first
            continue
        after = ahead[0] if ahead and isinstance(ahead[0], _Story) else None
        right: tuple[Part, ...] = first.texts
        if after and _height(right, charts) + _height((*after.texts, after.chart), charts) <= _height(
            (first.chart,), charts
        ):
            ahead.pop(0)
            right = (*right, *after.texts, after.chart)
        elif after and not after.texts:
            ahead.pop(0)
            yield SideBySide(first.chart, (after.chart,), first.texts)
            continue
        if right:
            yield SideBySide(first.chart, right)
        else:
            yield first.chart


def _findings(found: Sequence[Block | _Story | Together]) -> tuple[Paragraph, ...]:
    """The last blocks, as far as they are findings."""
    last = takewhile(lambda block: isinstance(block, Paragraph) and block.role == "finding", reversed(found))
    return tuple(block for block in last if isinstance(block, Paragraph))[::-1]


def _before(found: Sequence[Block | _Story | Together]) -> tuple[Paragraph, ...]:
    """The last blocks, as far as they can stand beside a chart: findings together, or one paragraph."""
    texts: list[Paragraph] = []
    for block in reversed(found):
        if not isinstance(block, Paragraph) or block.role == "notice" or (texts and block.role == "text"):
            break
        texts.insert(0, block)
        if block.role == "text":
            break
    return tuple(texts) if len(texts) <= _TEXTS else ()


def _height(parts: Sequence[Part], charts: Mapping[str, str]) -> float:
    """About how high parts are below each other in two columns, in pixels of a narrow drawing."""
    total = 0.0
    for part in parts:
        if isinstance(part, Chart):
            total += _drawn(charts[part.narrow]) + _CAPTION
        else:
            signs = sum(len(span.text) for span in part.text)
            total += ceil(signs / _SIGNS) * _LINE + _AROUND
    return total


def _is_clear_narrow(chart: Chart, charts: Mapping[str, str]) -> bool:
    wide, narrow = (_drawn(charts[name]) for name in (chart.wide, chart.narrow))
    return narrow <= min(_HIGH, _HIGHER * wide + _MORE)


def _drawn(svg: str) -> float:
    found = _VIEW.search(svg)
    return float(found[2]) if found else 0.0
