"""Fill the pages: a chart that would leave much of a page empty floats, so that what follows it comes first.

A chart stays in one piece with its findings. Where it does not fit on what is left of a page, the rest of that page
stays white; when a table or a text follows in the same section, that can stand there.
What does not belong here: how anything looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from wi2007.publication.pdf.typesetting import Spot, Typesetter

FROM, TO = 27.0, 277.0
"""Where text begins and ends on a page, in millimetres from its top."""
MOST_WHITE: Final = (TO - FROM) / 3
_TIMES: Final = 8
"""Every time something floats the pages after it change, so that they are looked at again."""


def filled(report: dict[str, Any], typesetter: Callable[[dict[str, Any]], Typesetter]) -> Typesetter:
    """Give the typesetter of the report whose charts float where they would leave more than a third of a page white."""
    made = typesetter(report)
    able = {block["name"]: block for block in _able(report["document"]["sections"])}
    for _ in range(_TIMES if able else 0):
        leaving = [name for name in _leave_white(made.spots()) if name in able and not able[name]["floats"]]
        if not leaving:
            break
        for name in leaving:
            able[name]["floats"] = True
        made = typesetter(report)
    return made


def _able(sections: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The blocks that stay in one piece and have a table or a text after them in their section."""
    for section in sections:
        for block, after in pairwise(section["blocks"]):
            if "floats" in block and after["kind"] in ("table", "paragraph", "items"):
                yield block
        yield from _able(section["sections"])


def _leave_white(spots: Sequence[Spot]) -> Iterator[str]:
    """The names of blocks that begin on a page after one that they leave white for more than a third."""
    ends = [spot for spot in spots if not spot.name]
    for spot in spots:
        before = [end for end in ends if end.page == spot.page - 1]
        first_on_page = not any(end.page == spot.page and end.y < spot.y for end in ends)
        if spot.name and before and first_on_page and TO - max(end.y for end in before) > MOST_WHITE:
            yield spot.name
