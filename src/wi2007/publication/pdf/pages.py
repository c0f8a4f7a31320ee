"""Fill the pages: a chart that would leave much of a page empty floats, so that what follows it comes first.

A chart stays in one piece with its findings, and so does a short table. Where it does not fit on what is left of a
page, the rest of that page stays white. When a table or a text follows a chart in the same section, that can stand
there; a table can go on over the page.
What does not belong here: how anything looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from wi2007.publication.pdf.typesetting import Spot, Typesetter

FROM, TO = 25.0, 279.0
"""Where text begins and ends on a page, in millimetres from its top."""
MOST_WHITE: Final = (TO - FROM) / 3
_SPACE: Final = 7.0
"""What stands between a block in one piece and others."""
_SOME: Final = 0.001
"""No height at all, of what has floated and no longer waits."""
_CHARTS: Final = ("together", "side_by_side")
_TIMES: Final = 8
"""Every time something floats the pages after it change, so that they are looked at again."""


def filled(report: dict[str, Any], typesetter: Callable[[dict[str, Any]], Typesetter]) -> Typesetter:
    """Give the typesetter of the report whose charts float where they would leave more than a third of a page white."""
    made = typesetter(report)
    able = {block["name"]: block for block in _able(report["document"]["sections"])}
    for _ in range(_TIMES if able else 0):
        spots, fixed = made.spots(), {name for name in able if able[name]["floats"]}
        leaving = set(_leave_white(spots)) & able.keys() - fixed
        if not leaving:
            break
        for name in leaving | set(_to_float(spots, able.keys() - fixed)):
            able[name]["floats"] = True
        made = typesetter(report)
    return made


def _able(sections: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The blocks that can make room: tables, and charts with a table or a text after them in their section."""
    for section in sections:
        yield from (block for block in section["blocks"] if block["kind"] == "table")
        for block, after in pairwise(section["blocks"]):
            if block["kind"] in _CHARTS and after["kind"] in ("table", "paragraph", "items"):
                yield block
        yield from _able(section["sections"])


def _to_float(spots: Sequence[Spot], able: Set[str]) -> Iterator[str]:
    """The names of blocks that leave much of a page white, and of those that will when those before them float.

    Laying out takes long, so from the first on pages are filled here with known heights; the layout has the last word.
    """
    y, waiting = FROM, 0.0
    for one in _placed(spots):
        y = y if waiting else one.y
        is_over = bool(one.name) and y + _SPACE + one.height > TO
        if is_over and one.name in able and TO - y > MOST_WHITE:
            yield one.name
            waiting += one.height + _SPACE
        elif is_over:
            y, waiting = FROM + max(waiting, _SOME) + one.height, _SOME
        else:
            y += one.height
            while y > TO:
                y, waiting = FROM + waiting + y - TO, waiting and _SOME


@dataclass(frozen=True)
class _Placed:
    """A block: its name where it stays in one piece, where the one before it ends, and its height with space before."""

    name: str
    y: float
    height: float


def _placed(spots: Sequence[Spot]) -> Iterator[_Placed]:
    """The blocks in their order, with heights that leave out what was left white before them."""
    page, y = 1, FROM
    begun: Spot | None = None
    for spot in spots:
        if begun is None and is_begin(spot):
            begun = spot
        elif begun is None:
            yield _Placed("", y, (spot.page - page) * (TO - FROM) + spot.y - y)
            page, y = spot.page, spot.y
        elif spot.name == f"/{begun.name}":
            yield _Placed(begun.name, y, spot.y - begun.y)
            page, y, begun = spot.page, spot.y, None


def is_begin(spot: Spot) -> bool:
    """Say whether a block in one piece begins here."""
    return bool(spot.name) and not spot.name.startswith("/")


def _leave_white(spots: Sequence[Spot]) -> Iterator[str]:
    """The names of blocks that begin on a page after one that they leave white for more than a third."""
    ends = [spot for spot in spots if not is_begin(spot)]
    for spot in spots:
        before = [end for end in ends if end.page == spot.page - 1]
        first_on_page = not any(end.page == spot.page and end.y < spot.y for end in ends)
        if is_begin(spot) and before and first_on_page and TO - max(end.y for end in before) > MOST_WHITE:
            yield spot.name
