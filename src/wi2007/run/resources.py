"""What a step asks of a machine that others use too: memory and time, as `workflow/profiles/slurm` hands them on.

Measured once on two cores (`docs/cluster.md`), with room to spare; all but `read` on the demonstration only.
One machine limits neither.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Need:
    """What a step asks: megabytes, and minutes, with `minutes_per_gb` more for each 10^9 bytes of the delivery."""

    memory: int
    minutes: int
    minutes_per_gb: float = 0.0

    def time(self, size: int) -> int:
        """Give the minutes for a delivery of `size` bytes."""
        return self.minutes + math.ceil(self.minutes_per_gb * size / 10**9)


NEEDS: Final[dict[str, Need]] = {
    "read": Need(memory=2500, minutes=5, minutes_per_gb=2),
    "compare": Need(memory=2500, minutes=5, minutes_per_gb=2),
    "cbs": Need(memory=500, minutes=5),
    "protect": Need(memory=1500, minutes=15),
    "content": Need(memory=1000, minutes=5),
    "html": Need(memory=500, minutes=5),
    "pdf": Need(memory=1000, minutes=5),
    "workbooks": Need(memory=500, minutes=5),
    "place": Need(memory=500, minutes=5),
}
