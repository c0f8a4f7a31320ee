"""The measured protection against two releases, as the part of a page.

What does not belong here: measuring (see `trials`, `joint`), and more than two releases (see `series_page`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from benchmarks.releases.attack import ATTRIBUTES
from benchmarks.releases.guesses import CONFIDENCE, Advantage, Gains, best
from benchmarks.releases.joint import SMALL, left_over
from benchmarks.releases.people import EVEN, PERSONS, STUDY
from benchmarks.releases.release import BY_PERSONS, SAME
from benchmarks.releases.trials import Trial, Way, advantages

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
    "five leave, as many women as men": Way(-5, women=EVEN),
    "five leave, as many women as men, base 10": Way(-5, base=10, women=EVEN),
    "a hundred leave, as many women as men": Way(-100, women=EVEN),
    "five of one municipality and country leave": Way(-5, family=True),
    "five of one municipality and country leave, base 10": Way(-5, family=True, base=10),
    "five of one municipality and country leave, draw by set of persons": Way(
        -5, family=True, drawn=BY_PERSONS
    ),
    "one comes, draw by set of persons": Way(1, drawn=BY_PERSONS),
    "one comes, draw by set of persons, as many women as men": Way(1, drawn=BY_PERSONS, women=EVEN),
    "one comes, draw by set of persons, as many women as men, base 10": Way(
        1, drawn=BY_PERSONS, base=10, women=EVEN
    ),
    "one comes, the same draw in both releases": Way(1, drawn=SAME),
}
DEMANDED = ("one comes", "one leaves", "five leave")
"""What the bound is held against; the others tell where it ends."""


@dataclass(frozen=True)
class Measured:
    """Of one way: what guessing gains by strategy and attribute, and the fewest numbers left for a small cell."""

    gains: Gains
    fewest: int
    cells: int
    trials: int

    def best(self, attribute: str) -> tuple[str, Advantage]:
        """The strategy that gains most for an attribute."""
        return best(self.gains, attribute)


def measure(way: Way, number: int, seed: int = _SEED, enough: int = ENOUGH, every: int = 1) -> Measured:
    """So many trials of one way; what is certain is looked at in every so many of them."""
    fewest: list[int] = []
    small: list[int] = []
    at = count()

    def watch(trial: Trial) -> None:
        if next(at) % every:
            return
        left = left_over(trial, way, enough)
        fewest.append(min(left.values()))
        small.append(len(left))

    return Measured(advantages(way, number, seed, watch), min(fewest), sum(small), number)


def lines(measured: Mapping[str, Measured]) -> Iterator[str]:
    """The part of the page in Markdown."""
    trials = max(one.trials for one in measured.values())
    yield "## Two releases\n"
    yield f"{PERSONS:,} invented persons, {100 * STUDY:.0f}% women as in the study unless it says otherwise, in full"
    yield "tables that are all linked: by municipality, country and province with gender, age class and route. Some"
    yield "persons come or leave, and the next release has a draw of its own unless it says otherwise. Of few changes"
    yield f"the gate warns (`weinig_veranderd`). {trials:,} trials of each way, with the rounding alone: no ranking, no"
    yield "merging.\n"
    yield from _certain(measured)
    yield from _guessed(measured)


def _certain(measured: Mapping[str, Measured]) -> Iterator[str]:
    yield f"**Certain.** The fewest numbers of persons that are left for a cell below {SMALL} in either release, to a"
    yield "reader who has both and knows who came or left. A single number would be an exact count. Looked at in a part"
    yield "of the trials.\n"
    yield "| what happens | small cells looked at | fewest numbers left |"
    yield "|---|---:|---:|"
    for name, one in measured.items():
        fewest = f"{one.fewest}" if one.fewest < ENOUGH else f"{ENOUGH} or more"
        yield f"| {name} | {one.cells:,} | {fewest} |"
    yield ""


def _guessed(measured: Mapping[str, Measured]) -> Iterator[str]:
    demanded = [name for name in DEMANDED if name in measured]
    yield "**Guessed.** How much more often, in percentage points, a reader of both releases guesses an attribute of"
    yield "somebody who came or left than by the commonest code of the first release alone (behind it, how often that"
    yield "is right). Of the reader's strategies the one that gained most, which flatters it a little; ± is half the"
    yield f"{CONFIDENCE}% confidence interval. The bound of {BOUND:g} points is for: {'; '.join(demanded)}. The others"
    yield "show where protection ends, and what another base or draw gives.\n"
    yield f"| what happens | {' | '.join(ATTRIBUTES)} |"
    yield f"|---|{'---:|' * len(ATTRIBUTES)}"
    for name, one in measured.items():
        yield f"| {name} | {' | '.join(str(one.best(of)[1]) for of in ATTRIBUTES)} |"
    yield ""


def held(measured: Mapping[str, Measured]) -> bool:
    """Whether nothing was exact and the bound was kept, of the ways that it is for."""
    return all(
        measured[name].best(of)[1].more <= BOUND and measured[name].fewest > 1
        for name in DEMANDED
        if name in measured
        for of in ATTRIBUTES
    )
