"""Arithmetic of a figure of the tidy tables (`schemas.tidy`): its percentage, and how a table rounds that.

What does not belong here: how figures are counted.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from schemas.tidy import TOTAL, TidyRow

__all__ = ["TOTAL", "TidyRow", "percentage", "rounded"]


def percentage(count: int, base: int) -> float | None:
    """Give `count` as a percentage of `base`, unrounded; None when `base` is 0."""
    return 100 * count / base if base else None


def rounded(percent: float, decimals: int) -> Decimal:
    """Round a percentage as a table shows it: half away from zero, as people round.

    The shortest text of the number is rounded, so that an exact half (12.5, 0.05) is seen as one.
    """
    return Decimal(repr(percent)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
