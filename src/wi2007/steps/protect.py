"""Step protect: the gate, from exact counts to the publication folder that all later steps read alone."""

from __future__ import annotations

from wi2007.steps.case import Case
from wi2007.steps.gate import change, contracts, tables, variants


def make(case: Case) -> None:
    """Write the exact tables, all that may be published, and the record for the output checker.

    Raises `UnsafeError` when no safe rounding is found.
    """
    exact = tables.read_exact(case)
    shown = tables.make(case, exact)
    change.make(case, exact, shown)
    variants.make(case, exact, shown)
    contracts.make(case)
