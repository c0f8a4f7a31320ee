"""Decide what is surely larger, whatever rounding has done and not by chance alone, and when something stands out.

Every comparison of the report asks here: sentences, text alternatives, key figures (decision 0022).
What does not belong here: what is told, thresholds themselves (see `config/report/woorden.yaml`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from schemas.report import WordsText
from wi2007.publication.content.blocks import Block, Share
from wi2007.statements.figure import counted, surely_larger

Ranked = tuple[str, Share]
"""A category and its part of everybody."""


@dataclass(frozen=True)
class Thresholds:
    """When something stands out. Points are percentage points, of shares that are not rounded.

    told: the most findings of a table that sets groups side by side; named: rows named after the largest;
    tied: the most categories named when it is not sure which is the largest; listed: the most categories in a list of
    differences; gender_points: the least difference between men and women that is told; average_points: the least
    difference from the average that is told; chance: in standard errors, what a difference has to be larger than;
    nearly: the part of a group from which it is nearly everybody; floor: the persons that a group has at the least, of
    which percentages are told.
    """

    told: int
    named: int
    tied: int
    listed: int
    gender_points: Fraction
    average_points: Fraction
    chance: Fraction
    nearly: Fraction
    floor: int


def thresholds(words: WordsText, floor: int) -> Thresholds:
    """The thresholds of `config/report/woorden.yaml`, with the floor (see `Inputs.floor`)."""
    limits = words.drempels
    return Thresholds(
        told=limits.bevindingen,
        named=limits.genoemd,
        tied=limits.gelijk,
        listed=limits.verschillen,
        gender_points=Fraction(str(limits.geslacht_punten)),
        average_points=Fraction(str(limits.gemiddelde_punten)),
        chance=Fraction(str(limits.toeval)),
        nearly=Fraction(str(words.bijna_iedereen_vanaf)) / 100,
        floor=floor,
    )


def more_persons(first: Share, second: Share, limits: Thresholds) -> bool:
    """Whether one part of a group surely has more persons than another part, and more than by chance."""
    one, other = ((each.part, each.parts * each.spread) for each in (first, second))
    return surely_more(one, other, limits)


def surely_more(first: tuple[int, int], second: tuple[int, int], limits: Thresholds) -> bool:
    """Whether one number of persons is surely larger than another, and by more than chance gives.

    Each with how many persons it can be off.
    """
    one, other = (counted(Fraction(count), Fraction(off)) for count, off in (first, second))
    apart = one.value - other.value
    return surely_larger(one, other) and apart**2 > limits.chance**2 * (one.value + other.value)


def larger_share(first: Share, second: Share, limits: Thresholds, points: Fraction = Fraction(0)) -> bool:
    """Whether a share is surely larger than that of another group, by so many points at least, and not by chance."""
    if not surely_larger(first.figure, second.figure):
        return False
    apart = first.exact - second.exact
    both = Fraction(first.part + second.part, first.whole + second.whole)
    variance = both * (1 - both) * (Fraction(1, first.whole) + Fraction(1, second.whole))
    return 100 * apart >= points and apart**2 > limits.chance**2 * variance


def in_order(block: Block) -> list[Ranked]:
    """The rows that may rank, the largest first; equals in the order of the table."""
    shares = [(row, block.overall(row)) for row in block.ordinary_rows]
    return sorted(shares, key=lambda item: -item[1].part)


def sure_places(block: Block, limits: Thresholds) -> list[int]:
    """After how many of the rows `in_order` all others surely have fewer persons; those in the rest as well."""
    ranked = [share for _, share in in_order(block)]
    rest = _largest_of_rest(block, ranked) if ranked else []
    return [
        place
        for place, share in enumerate(ranked, start=1)
        if share.part
        and all(more_persons(share, other, limits) for other in [*ranked[place : place + 1], *rest])
    ]


def _largest_of_rest(block: Block, ranked: Sequence[Share]) -> list[Share]:
    """What the largest category of the rest can be: all of it, and no more than the least that ranks.

    The latter holds of what may rank, not of what is merged (see `Block.merged`). A rest that is rounded to nobody may
    hold a few.
    """
    rests = [block.overall(row) for row, kind in block.rows.items() if kind == "rest"]
    if not any(rest.part or block.loose or block.spread for rest in rests):
        return []
    most = block.everybody if block.loose else max(rest.part for rest in rests)
    if block.merged is not None:
        most = min(most, max(block.merged, min(share.part for share in ranked)))
    return [replace(rests[0], part=most)]
