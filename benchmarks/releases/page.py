"""The measured protection against two releases, as the part of a page.

What does not belong here: measuring (see `trials`, `joint`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.releases.attack import ATTRIBUTES
from benchmarks.releases.joint import left_over
from benchmarks.releases.people import EVEN, PERSONS, STUDY
from benchmarks.releases.trials import Advantage, Trial, Way, advantages

BOUND = 5.0
"""The most that the second release may be worth to somebody who guesses, in percentage points."""
ENOUGH = 4
_SEED = 2022
WAYS = {
    "one comes": Way(1),
    "one leaves": Way(-1),
    "five leave": Way(-5),
    "one comes, as many women as men": Way(1, women=EVEN),
    "one comes, as many women as men, base 10": Way(1, base=10, women=EVEN),
    "five leave, as many women as men, base 10": Way(-5, base=10, women=EVEN),
    "a hundred leave, as many women as men": Way(-100, women=EVEN),
    "five of one municipality and country leave": Way(-5, family=True),
    "five of one municipality and country leave, base 10": Way(-5, family=True, base=10),
    "one comes, the same draw in both releases": Way(1, same_draw=True),
}
DEMANDED = ("one comes", "one leaves", "five leave")
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
    yield f"{PERSONS:,} invented persons, {100 * STUDY:.0f}% women as in the study unless it says otherwise, in full"
    yield "tables that are all linked: by municipality, country and province with gender, age class and route. One"
    yield "or five persons come or leave, and the next release has a draw of its own. Of so few changes the gate"
    yield f"warns (`weinig_veranderd`). {trials:,} trials of each way, with the rounding alone: no ranking, no"
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
    yield "first three ways; the others show where protection ends at base 5, and what base 10 gives.\n"
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
