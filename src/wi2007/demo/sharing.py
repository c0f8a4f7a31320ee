"""Dividing a whole number of persons over categories: exact, in whole numbers, the same on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from math import isqrt

from wi2007.demo.settings import impossible


def apportion(
    total: int,
    weights: Mapping[str, int],
    *,
    least: int = 0,
    most: Mapping[str, int] | int | None = None,
) -> dict[str, int]:
    """Divide `total` in proportion to `weights` by largest remainders, each share from `least` to `most`.

    What a category may not take goes to the others. Ties go to the category that comes first.
    Raises `UserError` when the limits leave no room for `total`.
    """
    limits = most if isinstance(most, Mapping) else dict.fromkeys(weights, total if most is None else most)
    shares = {name: min(least, limits[name]) for name in weights}
    left = total - sum(shares.values())
    open_names = [name for name in weights if shares[name] < limits[name] and weights[name] > 0]
    while left > 0 and open_names:
        given = _largest_remainders(left, {name: weights[name] for name in open_names})
        for name, count in given.items():
            taken = min(count, limits[name] - shares[name])
            shares[name] += taken
            left -= taken
        open_names = [name for name in open_names if shares[name] < limits[name]]
    if left != 0:
        raise impossible(f"{total} personen zijn niet te verdelen over {len(weights)} categorieën")
    return shares


def _largest_remainders(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    whole = sum(weights.values())
    shares = {name: total * weight // whole for name, weight in weights.items()}
    rest = sorted(weights, key=lambda name: -(total * weights[name] % whole))
    for name in rest[: total - sum(shares.values())]:
        shares[name] += 1
    return shares


def flattened(sizes: Mapping[str, int]) -> dict[str, int]:
    """The sizes to the power 3/4: the same order with less distance between large and small."""
    return {name: isqrt(size * isqrt(size)) for name, size in sizes.items()}
