"""Find the delivery with which another is compared: that of the latest earlier peildatum with one.

A refused delivery is left out: the run names it in an environment variable, and makes the later ones without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence

from wi2007.errors import UserError
from wi2007.project import Run, check_peildatum

LEFT_OUT = "WI2007_ZONDER"
"""The peildata, separated by spaces, with which nothing is compared."""

Delivery = Callable[[str], object]
"""Gives the delivery of a peildatum; raises `UserError` where there is none."""


def left_out() -> frozenset[str]:
    """Return the peildata that are left out of comparisons in this run."""
    return frozenset(os.environ.get(LEFT_OUT, "").split())


def previous(run: Run, peildatum: str, delivery: Delivery, without: Collection[str] = ()) -> str | None:
    """Return the peildatum that `peildatum` is compared with, or None."""
    if not run.raw.is_dir():
        return None
    names = (path.name for path in run.raw.iterdir() if path.is_dir())
    earlier = sorted((name for name in names if name < peildatum and name not in without), reverse=True)
    return next((name for name in earlier if _delivered(name, delivery)), None)


def _delivered(name: str, delivery: Delivery) -> bool:
    try:
        check_peildatum(name)
        delivery(name)
    except UserError:
        return False
    return True


def held_up(
    peildata: Iterable[str], refused: Collection[str], before: Callable[[str], str | None]
) -> list[str]:
    """Return which of `peildata` waited for a refused one, because they or those before them are compared with it."""
    waiting = []
    for peildatum in peildata:
        chain = list(_chain(peildatum, before))
        if peildatum not in refused and any(earlier in refused for earlier in chain):
            waiting.append(peildatum)
    return waiting


def _chain(peildatum: str, before: Callable[[str], str | None]) -> Sequence[str]:
    found = []
    earlier = before(peildatum)
    while earlier is not None:
        found.append(earlier)
        earlier = before(earlier)
    return found
