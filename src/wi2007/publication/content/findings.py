"""Select what stands out in a block of a table, without words.

Each function gives findings: a name, which is the key of the phrase in `config/report/bevindingen.yaml`, and the facts
that the phrase may use. Facts are labels, shares, differences in percentage points and lists of them.
A comparison is a finding only where it holds for every count that rounding leaves, and where the difference is larger
than chance gives between groups of that size (see `surely`). What does not belong here: wording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from schemas.tidy import TOTAL
from wi2007.publication.content.blocks import MEN, WOMEN, Block, Share
from wi2007.publication.content.surely import (
    Ranked,
    Thresholds,
    in_order,
    larger_share,
    more_persons,
    sure_places,
)
from wi2007.reference import UNKNOWN
from wi2007.statements.figure import surely_larger

_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Pair:
    """A category with its share and the one it is compared with."""

    label: str
    share: Share
    other: Share

    @property
    def points(self) -> Fraction:
        """The difference in percentage points."""
        return 100 * (self.share.exact - self.other.exact)


FACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "leeg": (),
    "te_klein": ("aantal",),
    "grootste": ("top", "aandeel", "daarna", "samen"),
    "grootste_groepen": ("groepen", "samen"),
    "gelijk_grootst": ("namen", "aandeel"),
    "velen_gelijk": ("aantal", "aandeel"),
    "iedereen": ("top", "aandeel"),
    "alleen_rest": ("rijen",),
    "leeftijd": ("klassen", "onbekend", "meerderheid", "jongste"),
    "geslacht_verschil": ("vrouwen", "mannen"),
    "geslacht_gelijk": ("verschil",),
    "hoog_laag": ("rij", "gemiddeld", "zonder", "hoogst", "laagst"),
    "twee_kolommen": ("rij", "gemiddeld", "zonder", "hoogst", "laagst"),
    "gemiddeld": ("rij", "gemiddeld", "zonder"),
    "kolommen_gelijk": ("rij", "gemiddeld", "zonder", "aandeel"),
    "een_kolom": ("rij", "gemiddeld", "zonder", "kolom", "aandeel"),
    "boven_gemiddeld": ("rij", "gemiddeld", "zonder", "kolommen"),
    "apart": ("kolom", "rij", "aandeel"),
    "man_vrouw": ("mannen", "vrouwen", "meer", "onbekend"),
}
"""Every finding there can be, with the facts that its sentence may use."""
NAMES: Final = tuple(FACTS)


@dataclass(frozen=True)
class Finding:
    """Something worth saying about a block. Raises `ValueError` for other facts than its name has in `FACTS`."""

    name: str
    facts: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.facts.keys() != set(FACTS[self.name]):
            raise ValueError(f"{self.name} has other facts than it declares")


def findings(block: Block, limits: Thresholds) -> list[Finding]:
    """What stands out in a block, in the order to tell it."""
    if not block.everybody:
        return [Finding("leeg")]
    if block.everybody < limits.floor:
        return [Finding("te_klein", {"aantal": block.everybody})]
    if block.ordinary_columns:
        aside = apart(block, limits)
        return [*composition(block, limits)[: max(1, limits.told - len(aside))], *aside]
    found: list[Finding] = []
    if block.complete:
        found += ladder(block, limits) if is_ordinal(block) else largest(block, limits)
    if min(block.bases.get(MEN, 0), block.bases.get(WOMEN, 0)) >= limits.floor:
        found += genders(block, limits)
    return found


def is_ordinal(block: Block) -> bool:
    """Whether the rows are classes that follow each other."""
    return block.variable == "leeftijdsklasse"


# What is told of rows


def largest(block: Block, limits: Thresholds) -> list[Finding]:
    """The largest category and those after it."""
    ranked = in_order(block)
    if not ranked or not ranked[0][1].part:
        return _only_rest(block, limits)
    top, share = ranked[0]
    if share.part == share.whole and share.figure.low >= limits.nearly:
        return [Finding("iedereen", {"top": top, "aandeel": share})]
    equal = [label for label, other in ranked if other.part == share.part]
    if len(equal) > 1 and not block.spread:
        return [_equal(equal, share, limits)]
    return _sure_largest(block, limits, ranked)


def _sure_largest(block: Block, limits: Thresholds, ranked: Sequence[Ranked]) -> list[Finding]:
    """The largest and those after it as far as their places are sure; else the groups that are surely the largest."""
    sure = sure_places(block, limits)
    groups = ranked[: sure[0]] if sure else []
    together = _together(groups) if groups else None
    if together is None or len(groups) > limits.tied:
        return []
    if len(groups) > 1:
        rest = together.part < together.whole
        return [Finding("grootste_groepen", {"groepen": groups, "samen": together})] if rest else []
    known = max(
        place for place in sure if place <= 1 + limits.named and _reads_in_order(ranked[:place], sure)
    )
    after = [item for item in ranked[1:known] if item[1].shown > 0]
    facts = {
        "top": groups[0][0],
        "aandeel": groups[0][1],
        "daarna": after,
        "samen": _if_it_adds_up([*groups, *after]),
    }
    return [Finding("grootste", facts)]


def _reads_in_order(items: Sequence[Ranked], sure: Sequence[int]) -> bool:
    """Whether each is surely larger than the next, or shown as large."""
    return all(
        place in sure or one[1].shown == following[1].shown
        for place, (one, following) in enumerate(pairwise(items), start=1)
    )


def _together(items: Sequence[Ranked]) -> Share:
    shares = [share for _, share in items]
    first = shares[0]
    return Share(
        sum(share.part for share in shares), first.whole, first.decimals, first.spread, parts=len(shares)
    )


def _if_it_adds_up(items: Sequence[Ranked]) -> Share | None:
    """Several together, where that is shown as the sum of what is shown of each: else it reads as a mistake."""
    together = _together(items)
    return together if together.shown == sum(share.shown for _, share in items) else None


def _equal(labels: list[str], share: Share, limits: Thresholds) -> Finding:
    """Groups that are as large, by exact counts."""
    if len(labels) > limits.tied:
        return Finding("velen_gelijk", {"aantal": len(labels), "aandeel": share})
    return Finding("gelijk_grootst", {"namen": labels, "aandeel": share})


def _only_rest(block: Block, limits: Thresholds) -> list[Finding]:
    """That nearly everybody is in rows that do not rank."""
    rows = [row for row in block.rows if block.overall(row).part]
    together = _together([(row, block.overall(row)) for row in rows]) if rows else None
    if together is None or not all(map(block.is_bounded, rows)) or together.figure.low < limits.nearly:
        return []
    return [Finding("alleen_rest", {"rijen": rows})]


def ladder(block: Block, limits: Thresholds) -> list[Finding]:
    """For age classes: the largest class, the age above which the majority is, and whether the youngest are absent."""
    shares = [(row, block.overall(row)) for row in block.ordinary_rows]
    known = [item for item in shares if item[1].part]
    if not known:
        return _only_rest(block, limits)
    sure = sure_places(block, limits)
    top = in_order(block)[: sure[0]] if sure and sure[0] <= limits.tied else []
    youngest = known[0][0] if known[0][0] != shares[0][0] and not block.spread else None
    unknown = sum(block.overall(row).part for row, kind in block.rows.items() if kind != "gewoon")
    facts = {
        "klassen": top,
        "onbekend": unknown,
        "meerderheid": _majority(shares, limits),
        "jongste": youngest,
    }
    return [Finding("leeftijd", facts)] if any(facts.values()) else []


def _majority(shares: Sequence[Ranked], limits: Thresholds) -> Ranked | None:
    """The highest class such that most of the group are surely in it or above it, when that leaves somebody out."""
    for position in range(len(shares) - 1, 0, -1):
        above = _together(shares[position:])
        if above.figure.low > _HALF:
            far = (above.exact - _HALF) ** 2 * above.whole > limits.chance**2 / 4
            return (shares[position][0], above) if far and above.part < above.whole else None
    return None


def genders(block: Block, limits: Thresholds) -> list[Finding]:
    """Where men and women differ most."""
    pairs = [Pair(row, block.share(row, WOMEN), block.share(row, MEN)) for row in block.rows]
    ordinary = [pair for pair in pairs if pair.label in block.ordinary_rows]
    turned = [Pair(pair.label, pair.other, pair.share) for pair in ordinary]
    women, men = _furthest(ordinary, limits), _furthest(turned, limits)
    if women or men:
        men = [Pair(pair.label, pair.other, pair.share) for pair in men]
        return [Finding("geslacht_verschil", {"vrouwen": women, "mannen": men})]
    if not all(map(block.is_bounded, block.rows)):
        return []
    most = max(100 * _apart_at_most(pair) for pair in pairs)
    if most >= limits.gender_points:
        return []
    step = Decimal(1).scaleb(-block.decimals)
    told = (Decimal(most.numerator) / Decimal(most.denominator)).quantize(step, ROUND_CEILING)
    return [Finding("geslacht_gelijk", {"verschil": told})]


def _apart_at_most(pair: Pair) -> Fraction:
    one, other = pair.share.figure, pair.other.figure
    return max(one.high - other.low, other.high - one.low)


def _furthest(pairs: Iterable[Pair], limits: Thresholds) -> list[Pair]:
    """The pairs whose share is enough larger, the largest difference first; equals in the order of the table."""
    enough = [pair for pair in pairs if larger_share(pair.share, pair.other, limits, limits.gender_points)]
    return sorted(enough, key=lambda pair: -pair.points)[: limits.listed]


# What is told of columns


def composition(block: Block, limits: Thresholds) -> list[Finding]:
    """How the columns differ in the most common row, and where else they are above the average."""
    ranked = sorted(filter(block.is_bounded, block.rows), key=lambda row: -block.average(row).part)
    rows = [row for row in ranked if block.average(row).part]
    if not rows:
        return []
    first = spread(block, rows[0], limits)
    ordered = sorted(rows[1:], key=lambda row: -_distance(block, row))
    rest = [finding for row in ordered if (finding := above_average(block, row, limits))]
    return [first, *rest]


def spread(block: Block, row: str, limits: Thresholds) -> Finding:
    """The columns with the highest and the lowest share of a row, where that is sure, beside the average."""
    shares = [(column, block.share(row, column)) for column in block.ordinary_columns]
    average = block.average(row)
    facts = {"rij": row, "gemiddeld": average, "zonder": block.abroad}
    if len(shares) == 1 and shares[0][1].whole >= limits.floor:
        return Finding("een_kolom", {**facts, "kolom": shares[0][0], "aandeel": shares[0][1]})
    if not block.spread and len({share.exact for _, share in shares}) == 1:
        return Finding("kolommen_gelijk", {**facts, "aandeel": shares[0][1]})
    ranked = sorted(shares, key=lambda item: -item[1].exact)
    high = _at_an_end(ranked, limits, lambda one, other: larger_share(one, other, limits))
    low = _at_an_end(ranked[::-1], limits, lambda one, other: larger_share(other, one, limits))
    high = high if all(surely_larger(share.figure, average.figure) for _, share in high) else []
    low = low if all(surely_larger(average.figure, share.figure) for _, share in low) else []
    if not high and not low:
        return Finding("gemiddeld", facts)
    if len(shares) == len(high) + len(low) == 2:
        return Finding("twee_kolommen", {**facts, "hoogst": high, "laagst": low})
    return Finding("hoog_laag", {**facts, "hoogst": high, "laagst": low})


def _at_an_end(
    ranked: Sequence[Ranked], limits: Thresholds, is_beyond: Callable[[Share, Share], bool]
) -> list[Ranked]:
    """The fewest of the first columns that are each beyond all others; none where they are too many or too small."""
    for place in range(1, min(limits.tied, len(ranked) - 1) + 1):
        first, others = ranked[:place], ranked[place:]
        if any(share.whole < limits.floor for _, share in first):
            return []
        if all(is_beyond(one, other) for _, one in first for _, other in others):
            return list(first)
    return []


def above_average(block: Block, row: str, limits: Thresholds) -> Finding | None:
    """The columns that are clearly above the average of a row; None where there are none."""
    average = block.average(row)
    large = (column for column in block.ordinary_columns if block.bases[column] >= limits.floor)
    pairs = [Pair(column, block.share(row, column), average) for column in large]
    above = [pair for pair in pairs if larger_share(pair.share, average, limits, limits.average_points)]
    if not above:
        return None
    above.sort(key=lambda pair: -pair.points)
    facts = {
        "rij": row,
        "gemiddeld": average,
        "zonder": block.abroad,
        "kolommen": above[: limits.tied],
    }
    return Finding("boven_gemiddeld", facts)


def _distance(block: Block, row: str) -> Fraction:
    average = block.average(row).exact
    return max(abs(block.share(row, column).exact - average) for column in block.ordinary_columns)


def apart(block: Block, limits: Thresholds) -> list[Finding]:
    """The row that most of a column apart (the RNI) is surely in: more than half."""
    found = []
    rows = list(filter(block.is_bounded, block.rows))
    for column, kind in block.columns.items():
        if kind != "apart" or column == UNKNOWN or block.bases[column] < limits.floor or not rows:
            continue
        row = max(rows, key=lambda label: block.share(label, column).part)
        share = block.share(row, column)
        if share.figure.low > _HALF:
            facts = {"kolom": column, "rij": row, "aandeel": share}
            found.append(Finding("apart", facts))
    return found


def of_genders(sizes: Mapping[str, int], decimals: int, off: int, limits: Thresholds) -> Finding | None:
    """Men and women in a population, and which are more; `sizes` by column label, each `off` by so many at most."""
    everybody = sizes.get(TOTAL, 0)
    if everybody < limits.floor:
        return None
    men, women = (Share(sizes[column], everybody, decimals, off) for column in (MEN, WOMEN))
    more = (
        "mannen"
        if more_persons(men, women, limits)
        else "vrouwen"
        if more_persons(women, men, limits)
        else ""
    )
    unknown = everybody - men.part - women.part
    return Finding("man_vrouw", {"mannen": men, "vrouwen": women, "meer": more, "onbekend": unknown})
