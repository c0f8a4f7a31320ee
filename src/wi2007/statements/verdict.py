"""Judge a computed figure against the printed one, with the tolerance of its wording and what rounding leaves."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from wi2007.statements.figure import Figure
from wi2007.statements.published import Printed, Published


class Nearness(StrEnum):
    """Where a figure lies: within the tolerance, only within the wider one, or outside both."""

    WITHIN = "binnen"
    WIDER = "ruimer"
    OUTSIDE = "afwijkend"


def nearness(figures: Sequence[Figure], study: Published, as_printed: Figure | None, held: bool) -> Nearness:
    """Return where the figures of a statement lie, the furthest deciding; `held`: its other condition is true.

    A figure is within the tolerance when it can be, given how far rounding has moved it. A year counts as a whole
    year.
    """
    if not held or (as_printed is not None and _measures_something_else(figures[0], as_printed, study)):
        return Nearness.OUTSIDE
    if study.unit == "tekst":
        return Nearness.WITHIN
    found = {_near(each, printed, study) for each, printed in zip(figures, study.figures, strict=True)}
    order = (Nearness.OUTSIDE, Nearness.WIDER, Nearness.WITHIN)
    return next(each for each in order if each in found)


def larger(first: Figure, second: Figure) -> bool:
    """Return whether the first can be larger than the second, given how far rounding has moved both."""
    return first.high > second.low


def _measures_something_else(figure: Figure, as_printed: Figure, study: Published) -> bool:
    return abs(figure.value - as_printed.value) > Fraction(max(study.below, study.above))


def _near(figure: Figure, printed: Printed, study: Published) -> Nearness:
    if _reaches(figure, printed, study.below, study.above, study.unit):
        return Nearness.WITHIN
    if study.wider is not None and _reaches(figure, printed, study.wider, study.wider, study.unit):
        return Nearness.WIDER
    return Nearness.OUTSIDE


def _reaches(figure: Figure, printed: Printed, below: Decimal, above: Decimal, unit: str) -> bool:
    low, high = (
        (Fraction(int(figure.low)), Fraction(int(figure.high)))
        if unit == "jaar"
        else (figure.low, figure.high)
    )
    return low <= Fraction(printed.high + above) and high >= Fraction(printed.low - below)
