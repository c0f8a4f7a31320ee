"""The municipality code as registered: the current one, or for some one that has ended since.

Choices: `opgeheven_code` of `config/demo.yaml`.
What does not belong here: how the pipeline follows a code that ended (see `wi2007.classification`).
"""

from __future__ import annotations

from datetime import date

import numpy as np

from wi2007 import reference
from wi2007.demo.arrays import Texts, Whole, groups
from wi2007.demo.days import LAW, written
from wi2007.demo.draws import Draws
from wi2007.demo.settings import Settings


def registered(municipality: Texts, status_days: Whole, settings: Settings, draws: Draws) -> Texts:
    """Codes as registered; one that ended only where the status (yyyymmdd, 0 unknown) was reached before it did."""
    ended = predecessors(settings.peildatum)
    shares = settings.rows.opgeheven_code
    found = municipality.copy()
    for code, where in groups(municipality):
        if code not in ended:
            continue
        codes = np.array([old for old, _ in ended[code]])
        last_days = np.array([written(day) for _, day in ended[code]])
        chosen = draws.picks(f"opgeheven {code}", [1] * len(codes), len(where))
        stale = draws.whole(f"opgeheven kans {code}", 1000, len(where)) < shares.get(code, shares["anders"])
        stale &= (status_days[where] > 0) & (status_days[where] < last_days[chosen])
        found[where[stale]] = codes[chosen[stale]]
    return found


def predecessors(peildatum: date) -> dict[str, list[tuple[str, date]]]:
    """By current municipality: the codes that went into it, with the day they ended.

    A code that was split belongs to its main successor. Codes that had ended when the law began are left out.
    """
    steps = {
        step.code: step
        for step in reference.reorganisations()
        if step.main_successor and LAW < step.day <= peildatum
    }
    found: dict[str, list[tuple[str, date]]] = {}
    for code, step in steps.items():
        current = step.successor
        while current in steps:
            current = steps[current].successor
        found.setdefault(current, []).append((code, step.day))
    return found
