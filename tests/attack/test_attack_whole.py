"""Whole folders as the program makes them: nothing can be told beyond the rounded counts.

The demonstration with all tables. In `make test` that of its follow-up is attacked (`test_attack_change`), and a
delivery that is no demonstration (`test_attack_leaks`).
"""

from __future__ import annotations

import pytest
from trial import FIRST, Trial

from attack import attack

pytestmark = [pytest.mark.slow, pytest.mark.long]


def test_the_demonstration_tells_nothing_beyond_its_rounded_counts(followed: Trial) -> None:
    verdict = attack(followed.report(FIRST), 5)
    assert verdict.clean, str(verdict)
    assert verdict.cells > 8000
    assert verdict.small > 4000
    assert verdict.relations > 1500
