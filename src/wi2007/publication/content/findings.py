"""What stands out in a block of a table: pure selection, without words.

Each function gives findings: a name, which is the key of the phrase in `config/report/bevindingen.yaml`, and the facts
that the phrase may use. Facts are labels, shares, differences in percentage points and lists of them.
A finding rests on figures as they are shown, so that a reader finds it back in the table; the order is the table's.
What does not belong here: wording, thresholds (see `config/report/woorden.yaml`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from schemas.report import ThresholdWords
from wi2007.publication.content.blocks import MEN, WOMEN, Block, Share
from wi2007.tables.tidy import TOTAL


@dataclass(frozen=True)
class Thresholds:
    """When something stands out. Points are percentage points, between figures as shown.

    told: the most findings of a table that sets groups side by side; named: rows named after the largest;
    tied: the most categories named when they are equally large; listed: the most categories in a list of differences;
    gender_points: the least difference between men and women that is told; average_points: the least difference from
    the average that is told.
    """

    told: int
    named: int
    tied: int
    listed: int
    gender_points: Decimal
    average_points: Decimal


def thresholds(words: ThresholdWords) -> Thresholds:
    """The thresholds of `config/report/woorden.yaml`."""
    return Thresholds(
        told=words.bevindingen,
        named=words.genoemd,
        tied=words.gelijk,
        listed=words.verschillen,
        gender_points=Decimal(str(words.geslacht_punten)),
        average_points=Decimal(str(words.gemiddelde_punten)),
    )


@dataclass(frozen=True)
class Pair:
    """A category with its share and the one it is compared with."""

    label: str
    share: Share
    other: Share

    @property
    def points(self) -> Decimal:
        """The difference as shown, in percentage points."""
        return self.share.shown - self.other.shown


NAMES: Final = (
    "leeg",
    "grootste",
    "gelijk_grootst",
    "velen_gelijk",
    "iedereen",
    "alleen_rest",
    "leeftijd",
    "geslacht_verschil",
    "geslacht_gelijk",
    "hoog_laag",
    "kolommen_gelijk",
    "een_kolom",
    "boven_gemiddeld",
    "apart",
    "man_vrouw",
)
"""Every finding there can be."""


@dataclass(frozen=True)
class Finding:
    """Something worth saying about a block."""

    name: str
    facts: dict[str, Any] = field(default_factory=dict)


def findings(block: Block, limits: Thresholds) -> list[Finding]:
    """What stands out in a block, in the order to tell it."""
    if not block.everybody:
        return [Finding("leeg")]
    if block.ordinary_columns:
        aside = apart(block)
        return [*composition(block, limits)[: max(1, limits.told - len(aside))], *aside]
    found: list[Finding] = []
    if block.complete:
        found += ladder(block) if is_ordinal(block) else largest(block, limits)
    if block.by_gender:
        found += genders(block, limits)
    return found


def is_ordinal(block: Block) -> bool:
    """Whether the rows are classes that follow each other."""
    return block.variable == "leeftijdsklasse"


def largest(block: Block, limits: Thresholds) -> list[Finding]:
    """The largest category and those after it."""
    shares = [(row, block.overall(row)) for row in block.ordinary_rows]
    ranked = sorted((s for s in shares if s[1].part), key=lambda item: -item[1].part)
    if not ranked:
        return [Finding("alleen_rest", {"rijen": [row for row in block.rows if block.overall(row).part]})]
    top = [item for item in ranked if item[1].part == ranked[0][1].part]
    share = top[0][1]
    if share.part == share.whole:
        return [Finding("iedereen", {"top": top[0][0], "aandeel": share})]
    if len(top) > limits.tied:
        return [Finding("velen_gelijk", {"aantal": len(top), "aandeel": share})]
    if len(top) > 1:
        return [Finding("gelijk_grootst", {"namen": [label for label, _ in top], "aandeel": share})]
    after = [item for item in ranked[1 : 1 + limits.named] if item[1].shown > 0]
    together = Share(share.part + sum(s.part for _, s in after), share.whole, share.decimals)
    facts = {"top": top[0][0], "aandeel": share, "daarna": after, "samen": together}
    return [Finding("grootste", facts)]


def ladder(block: Block) -> list[Finding]:
    """For age classes: the largest class, the age above which the majority is, and whether the youngest are absent."""
    shares = [(row, block.overall(row)) for row in block.ordinary_rows]
    unknown = sum(block.overall(row).part for row, kind in block.rows.items() if kind != "gewoon")
    known = [item for item in shares if item[1].part]
    if not known:
        return [Finding("alleen_rest", {"rijen": [row for row in block.rows if block.overall(row).part]})]
    most = max(share.part for _, share in known)
    top = [item for item in known if item[1].part == most]
    facts = {
        "klassen": [label for label, _ in top],
        "aandeel": top[0][1],
        "onbekend": unknown,
        "meerderheid": _majority(shares),
        "jongste": known[0][0] if known[0][0] != shares[0][0] else None,
    }
    return [Finding("leeftijd", facts)]


def _majority(shares: Sequence[tuple[str, Share]]) -> tuple[str, Share] | None:
    """The highest class such that most of the group are in it or above it, when that leaves somebody out."""
    above = 0
    for position in range(len(shares) - 1, 0, -1):
        label, share = shares[position]
        above += share.part
        if 2 * above > share.whole:
            return (label, Share(above, share.whole, share.decimals)) if above < share.whole else None
    return None


def genders(block: Block, limits: Thresholds) -> list[Finding]:
    """Where men and women differ most."""
    pairs = [Pair(row, block.share(row, WOMEN), block.share(row, MEN)) for row in block.rows]
    ordinary = [pair for pair in pairs if pair.label in block.ordinary_rows]
    women = _furthest(ordinary, limits, lambda pair: pair.points)
    men = _furthest(ordinary, limits, lambda pair: -pair.points)
    if women or men:
        return [Finding("geslacht_verschil", {"vrouwen": women, "mannen": men})]
    if any(abs(pair.points) >= limits.gender_points for pair in pairs):
        return []
    return [Finding("geslacht_gelijk", {"verschil": max((abs(p.points) for p in pairs), default=Decimal(0))})]


def _furthest(pairs: Iterable[Pair], limits: Thresholds, points: Callable[[Pair], Decimal]) -> list[Pair]:
    """The pairs that differ enough, the largest difference first; sorting keeps the table's order among equals."""
    enough = [pair for pair in pairs if points(pair) >= limits.gender_points]
    return sorted(enough, key=points, reverse=True)[: limits.listed]


def composition(block: Block, limits: Thresholds) -> list[Finding]:
    """How the columns differ in the most common row, and where else they are above the average."""
    ranked = sorted(block.rows, key=lambda row: -block.overall(row).part)
    rows = [row for row in ranked if block.overall(row).part]
    if not rows:
        return []
    first = spread(block, rows[0])
    ordered = sorted(rows[1:], key=lambda row: -_distance(block, row))
    rest = [finding for row in ordered if (finding := above_average(block, row, limits))]
    return [first, *rest]


def spread(block: Block, row: str) -> Finding:
    """The columns with the highest and the lowest share of a row, beside the average."""
    shares = [(column, block.share(row, column)) for column in block.ordinary_columns]
    high = max(share.shown for _, share in shares)
    low = min(share.shown for _, share in shares)
    facts = {"rij": row, "gemiddeld": block.overall(row)}
    if len(shares) == 1:
        return Finding("een_kolom", {**facts, "kolom": shares[0][0], "aandeel": shares[0][1]})
    if high == low:
        return Finding("kolommen_gelijk", {**facts, "aandeel": shares[0][1]})
    facts["hoogst"] = [(column, share) for column, share in shares if share.shown == high]
    facts["laagst"] = [(column, share) for column, share in shares if share.shown == low]
    return Finding("hoog_laag", facts)


def above_average(block: Block, row: str, limits: Thresholds) -> Finding | None:
    """The columns that are clearly above the average of a row; None where there are none."""
    average = block.overall(row)
    pairs = [Pair(column, block.share(row, column), average) for column in block.ordinary_columns]
    above = [pair for pair in pairs if pair.points >= limits.average_points]
    if not above:
        return None
    above.sort(key=lambda pair: -pair.points)
    facts = {"rij": row, "gemiddeld": average, "kolommen": above[: limits.tied]}
    return Finding("boven_gemiddeld", facts)


def _distance(block: Block, row: str) -> Decimal:
    average = block.overall(row).shown
    return max(abs(block.share(row, column).shown - average) for column in block.ordinary_columns)


def apart(block: Block) -> list[Finding]:
    """The row that most of a column apart (the RNI) is in, where it is more than half."""
    found = []
    for column, kind in block.columns.items():
        if kind != "apart" or not block.bases[column]:
            continue
        row = max(block.rows, key=lambda label: block.share(label, column).part)
        share = block.share(row, column)
        if 2 * share.part > share.whole:
            facts = {"kolom": column, "rij": row, "aandeel": share, "gemiddeld": block.overall(row)}
            found.append(Finding("apart", facts))
    return found


def of_genders(sizes: Mapping[str, int], decimals: int) -> Finding | None:
    """Men and women in a population; `sizes` by column label, totaal included."""
    everybody = sizes.get(TOTAL, 0)
    if not everybody:
        return None
    men, women = (Share(sizes[column], everybody, decimals) for column in (MEN, WOMEN))
    unknown = everybody - men.part - women.part
    return Finding("man_vrouw", {"mannen": men, "vrouwen": women, "onbekend": unknown})
