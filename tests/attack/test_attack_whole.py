"""Whole folders as the program makes them: nothing can be told beyond the rounded counts.

The demonstration with all tables, and a delivery that is no demonstration; rounded to multiples of 5 and of 10.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from trial import FIRST, Trial

from attack import attack
from attack.world import ROOT

pytestmark = pytest.mark.slow
Published = Callable[[str, Path], Trial]


def test_the_demonstration_tells_nothing_beyond_its_rounded_counts(published: Published) -> None:
    verdict = attack(published("demonstratie", ROOT).report(FIRST), 5)
    assert verdict.clean, str(verdict)
    assert verdict.cells > 8000
    assert verdict.small > 4000
    assert verdict.relations > 1500
