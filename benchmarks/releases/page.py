"""The measured protection against two releases, as the part of a page.

What does not belong here: measuring (see `trials`, `joint`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.releases.attack import ATTRIBUTES
from benchmarks.releases.joint import left_over
from benchmarks.releases.people import PERSONS, STUDY
from benchmarks.releases.trials import STRICTER, Advantage, Trial, Way, advantages

BOUND = 5.0
"""The most that the second release may be worth to somebody who guesses, in percentage points."""
ENOUGH = 4
_SEED = 2022
WAYS = {
    "one comes": Way(1),
    "one leaves": Way(-1),
    "five leave": Way(-5),
    "one comes, 59% women": Way(1, women=STUDY),
    "five leave, 59% women": Way(-5, women=STUDY),
    "five of one municipality and country leave": Way(-5, family=True),
    "one comes, both releases at base 5": Way(1, then=5),
    "five leave, the second release at base 10": Way(-5, then=10),
    "a hundred leave, both releases at base 5": Way(-100, then=5),
    "one comes, the same draw in both releases at base 5": Way(1, then=5, same_draw=True),
}
DEMANDED = tuple(WAYS)[:5]
"""What the bound is held against; the others tell where it ends."""


@dataclass(frozen=True)
class Measured:
    """Of one way: what guessing gains by strategy and attribute, and the fewest numbers left for a small cell."""

    gains: Mapping[tuple[str, str], Advantage]
    fewest: int
    cells: int
    trials: int

    def best(self, attribute: str) -> tuple[str, Advantage]:
        """The strategy that gains most for an attribute."""
        found = [(name, one) for (name, of), one in self.gains.items() if of == attribute]
        return max(found, key=lambda item: item[1].more)


def measure(way: Way, number: int, seed: int = _SEED, enough: int = ENOUGH) -> Measured:
    """So many trials of one way."""
    fewest: list[int] = []
    small: list[int] = []

    def watch(trial: Trial) -> None:
        left = left_over(trial, way, enough)
        fewest.append(min(left.values()))
        small.append(len(left))

    return Measured(advantages(way, number, seed, watch), min(fewest), sum(small), number)


def lines(measured: Mapping[str, Measured]) -> Iterator[str]:
    """The part of the page in Markdown."""
    trials = max(one.trials for one in measured.values())
    yield "## Two releases\n"
    yield f"{PERSONS:,} invented persons, as many women as men unless it says otherwise, in full tables that"
    yield "are all linked: by municipality, country and province with gender, age class and route. One or five"
    yield "persons come or leave. The first release has base 5; because few persons changed, the gate gives the"
    yield f"second one base {STRICTER} (`weinig_veranderd`), with a draw of its own. What the second would tell"
    yield f"at base 5 stands below it. {trials:,} trials of each way, with the rounding alone: no ranking, no"
    yield "merging.\n"
    yield "**Certain.** The fewest numbers of persons that are left for a cell below five in either"
    yield "release, to a reader who has both and knows who came or left. 1 would be an exact count.\n"
    yield "| what happens | small cells looked at | fewest numbers left |"
    yield "|---|---:|---:|"
    for name, one in measured.items():
        fewest = f"{one.fewest}" if one.fewest < ENOUGH else f"{ENOUGH} or more"
        yield f"| {name} | {one.cells:,} | {fewest} |"
    yield ""
    yield "**Guessed.** How much more often, in percentage points, a reader of both releases guesses an"
    yield "attribute of somebody who came or left than by the commonest code of the first release alone"
    yield "(behind it, how often that is right). Of six strategies the one that gained most, which flatters"
    yield f"it a little; ± is half the 95% confidence interval. The bound of {BOUND:g} points is for the"
    yield "first five ways; the others show where protection ends, and why the rule is there.\n"
    yield f"| what happens | {' | '.join(ATTRIBUTES)} |"
    yield f"|---|{'---:|' * len(ATTRIBUTES)}"
    for name, one in measured.items():
        yield f"| {name} | {' | '.join(_gain(one.best(of)[1]) for of in ATTRIBUTES)} |"
    yield ""


def held(measured: Mapping[str, Measured]) -> bool:
    """Whether nothing was exact and the bound was kept, of the ways that it is for."""
    return all(
        measured[name].best(of)[1].more <= BOUND and measured[name].fewest > 1
        for name in DEMANDED
        if name in measured
        for of in ATTRIBUTES
    )


def _gain(gain: Advantage) -> str:
    return f"{gain.more:+.1f} ± {gain.half:.1f} (of {gain.alone:.0f}%)"
