"""Step protect: the gate, from exact counts to the publication folder that all later steps read alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wi2007.comparison.decomposition import Part
from wi2007.protection.cells import Sums
from wi2007.steps.case import Case
from wi2007.steps.gate import change, contracts, exact, tables, variants

_AGAIN: Final = 4
"""How often the tables are rounded once more, together with the parts of the change that did not add up with them."""


def make(case: Case) -> None:
    """Write the exact tables, all that may be published, and the record for the output checker.

    Raises `UnsafeError` when no safe rounding is found.
    """
    given = exact.read_exact(case)
    before = exact.read_before(case, given)
    made = tables.released(case, given) or _rounded(case, given, before)
    changed = change.rounded(case, given, before, made.shown) if before else None
    tables.write(case, given, made)
    change.write(case, before, changed)
    variants.make(case, given, made.shown)
    contracts.make(case)


def _rounded(case: Case, given: exact.Exact, before: exact.Before | None) -> tables.Made:
    """The tables with the figures that the same persons have in the report before and in the change.

    A part of the change is rounded after the tables and takes their figures. Where its sums do not allow that, the
    tables are rounded again in one program with it, where every count can stay within the base: with all such parts
    together or, where there is no such rounding, with as many of them as there is one for.
    """
    closed = exact.read_closed(case)
    made = tables.rounded(case, given, closed)
    joined: dict[Part, Sums] = {}
    for _ in range(_AGAIN):
        conflicts = change.conflicts(case, given, before, made.shown) if before else {}
        as_it_was = made
        for more in _choices(conflicts):
            again = tables.repaired(case, given, closed, made, [*{**joined, **more}.values()])
            if again:
                made, joined = again, joined | more
            if again and more is conflicts:
                break
        if made is as_it_was:
            break
    return made


def _choices(parts: dict[Part, Sums]) -> Iterator[dict[Part, Sums]]:
    """All of these together, then each by itself."""
    if parts:
        yield parts
    if len(parts) > 1:
        yield from ({part: sums} for part, sums in parts.items())
