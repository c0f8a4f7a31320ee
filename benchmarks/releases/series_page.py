"""The measured protection of series of releases, as the part of a page: what each way to draw between them tells.

What does not belong here: measuring (see `series`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from benchmarks.releases.attack import ATTRIBUTES
from benchmarks.releases.guesses import CONFIDENCE, best
from benchmarks.releases.people import PERSONS, STUDY
from benchmarks.releases.release import BY_PERSONS, FRESH
from benchmarks.releases.series import AFTER, CHANGES, FEW, RELEASES, Measured, Setting
from benchmarks.releases.unchanged import SMALL


def lines(measured: Mapping[Setting, Measured], pairs: int) -> Iterator[str]:
    """The part of the page in Markdown."""
    yield "## Series of releases\n"
    yield f"There are two ways to draw between peildata. *{FRESH.capitalize()}*: each release has a draw of its own."
    yield f"*{BY_PERSONS.capitalize()}*: the draw of a cell follows from a secret and the persons in it, so a cell"
    yield "whose persons stay is drawn alike in each release, and a cell whose persons change is drawn anew. What the"
    yield "one way hides the other tells: the tables below are for choosing between them.\n"
    yield f"Series of {RELEASES} releases of some {PERSONS:,} persons ({100 * STUDY:.0f}% women), in the tables of the"
    yield "part above. Before each next release so many persons change: half of them come, half leave; of one, one"
    yield (
        f"comes. At least {pairs:,} pairs of releases of each kind. "
        "With fresh draws two cells of one release with the"
    )
    yield "same persons have two draws here, by set of persons one.\n"
    yield from _unchanged(measured)
    yield from _changed(measured)


def _unchanged(measured: Mapping[Setting, Measured]) -> Iterator[str]:
    yield "### What is told of those who did not change\n"
    yield "The chance that a reader gives the exact value of a small figure whose persons are the same in all releases,"
    yield "when he believes that nobody in it changed. With fresh draws it grows with each release, as each draw is"
    yield "another look at the same count. By set of persons it is the same draw again: the chance grows only by"
    yield "figures that must be shown otherwise because others around them changed, so faster where many change.\n"
    yield f"Small figures have at least one person and fewer than {SMALL} times the base; multiples of the base, which"
    yield "never move, are among them. The reader holds every count for as likely beforehand, nobody included, and"
    yield "knows from trials of his own how often counts of each residue are rounded up in so many releases. With many"
    yield "changes few figures keep their persons throughout, mostly the smallest.\n"
    yield from _table(
        measured,
        ["figures", *(f"chance after {many}" for many in AFTER), f"likelier than not after {AFTER[-1]}"],
        lambda one: [
            f"{one.figures:,}",
            *(f"{100 * one.left[many].chance:.0f}%" for many in AFTER),
            f"{100 * one.left[AFTER[-1]].sure:.0f}%",
        ],
    )
    yield "The values that are possible for such a figure, all releases taken together, on average, and how many of"
    yield "these figures are shown otherwise in the next release though nobody in them changed. Two different roundings"
    yield "leave only the values between them; a figure that is never shown otherwise keeps what one rounding leaves.\n"
    yield from _table(
        measured,
        [*(f"values after {many}" for many in AFTER), "shown otherwise"],
        lambda one: [*(f"{one.left[many].values:.1f}" for many in AFTER), f"{100 * one.otherwise:.1f}%"],
    )


def _changed(measured: Mapping[Setting, Measured]) -> Iterator[str]:
    few = [many for many in CHANGES if many <= FEW]
    yield "### What is told of somebody who came\n"
    yield "How much more often, in percentage points, a reader guesses an attribute of somebody who came than by the"
    yield "commonest code of the release before (behind it, how often that is right). By set of persons a figure that"
    yield "is shown otherwise points at a change, and the reader uses that; the fewer change, the more it tells of"
    yield "each. Of one among many who change neither way tells much. The column before the guesses tells in how many"
    yield "of the figures that are shown otherwise somebody did change.\n"
    yield "Of the reader's strategies the one that gained most, which flatters it a little; ± is half the"
    yield f"{CONFIDENCE}% confidence interval. With fresh draws and {' or '.join(map(str, few))} changes the reader"
    yield "also compares all releases before with all after.\n"
    yield from _table(
        measured,
        ["with a change", *ATTRIBUTES],
        lambda one: [f"{100 * one.pointing:.0f}%", *(str(best(one.gains, of)[1]) for of in ATTRIBUTES)],
    )


def _table(
    measured: Mapping[Setting, Measured], heads: list[str], values: Callable[[Measured], list[str]]
) -> Iterator[str]:
    yield f"| changes | base | draw | {' | '.join(heads)} |"
    yield f"|---:|---:|---|{'---:|' * len(heads)}"
    for setting, one in measured.items():
        yield f"| {setting.changes:,} | {setting.base} | {setting.way} | {' | '.join(values(one))} |"
    yield ""
