"""The measured protection against two releases, as the part of a page.

What does not belong here: measuring (see `trials`, `joint`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from benchmarks.releases.attack import ATTRIBUTES
from benchmarks.releases.joint import left_over
from benchmarks.releases.people import PERSONS, WOMEN
from benchmarks.releases.trials import Advantage, Trial, Way, advantages

BOUND = 5.0
"""The most that the second release may be worth to somebody who guesses, in percentage points."""
ENOUGH = 4
_SEED = 2022
WAYS = {
    "one comes": Way(1),
    "one leaves": Way(-1),
    "five leave": Way(-5),
    "five of one municipality and country leave": Way(-5, family=True),
    "one comes, as many women as men": Way(1, women=0.5),
    "one comes, base 10": Way(1, base=10),
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
    yield (
        f"{PERSONS} invented persons ({100 * WOMEN:.0f}% women, as in the study), all full tables linked; the release, one "
        f"person or five who come or leave, and the next release with a fresh draw. {trials} trials of each way.\n"
    )
    yield (
        "**Certain.** The fewest numbers of persons that are left for a cell below the base in either release, to a reader who "
        "has both releases and knows who came or left. 1 would be an exact count.\n"
    )
    yield "| what happens | small cells looked at | fewest numbers left |"
    yield "|---|---:|---:|"
    for name, one in measured.items():
        fewest = f"{one.fewest}" if one.fewest < ENOUGH else f"{ENOUGH} or more"
        yield f"| {name} | {one.cells:,} | {fewest} |"
    yield ""
    yield (
        "**Guessed.** How much more often, in percentage points, a reader of both releases guesses an attribute of somebody who "
        "came or left than by the first release alone (the commonest code). Of six strategies the one that gained most, which "
        f"flatters it; ± is the 95% confidence interval. At most {BOUND:g} points are wanted for the first three ways.\n"
    )
    yield f"| what happens | {' | '.join(ATTRIBUTES)} |"
    yield f"|---|{'---:|' * len(ATTRIBUTES)}"
    for name, one in measured.items():
        yield f"| {name} | {' | '.join(_gain(one.best(of)[1]) for of in ATTRIBUTES)} |"
    yield ""
    yield from _notes(measured)


def _gain(gain: Advantage) -> str:
    return f"{gain.more:+.1f} ± {gain.half:.1f} (on {gain.alone:.0f}%)"


def _notes(measured: Mapping[str, Measured]) -> Iterator[str]:
    best = {name: [one.best(of)[0] for of in ATTRIBUTES] for name, one in measured.items()}
    names: Iterable[str] = dict.fromkeys(name for found in best.values() for name in found)
    yield f"Strategies that gained most somewhere: {', '.join(names)}.\n"
