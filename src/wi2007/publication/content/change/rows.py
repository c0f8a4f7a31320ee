"""The change as the publication folder has it: the rows (`schemas.change`), and `verandering.json` beside them.

What does not belong here: what the rows mean together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schemas.change import ChangeRow


@dataclass(frozen=True)
class Told:
    """What was compared: `why_not` where nothing was; `labels` of the parts; no `base` where counts are exact."""

    compared: bool
    before: date | None = None
    why_not: str = ""
    renewed: bool = False
    base: int | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Changes:
    """The rows, none where nothing was compared, and what is told of them."""

    rows: tuple[ChangeRow, ...] = ()
    told: Told = Told(compared=False)

    def __bool__(self) -> bool:
        return self.told.compared


def read_told(text: str) -> Told:
    """Read `verandering.json`."""
    raw = json.loads(text)
    if not raw["vergeleken"]:
        return Told(compared=False, why_not=raw["waarom_niet"])
    return Told(
        compared=True,
        before=date.fromisoformat(raw["vorige"]),
        renewed=raw["pseudoniemen"] == "vernieuwd",
        base=raw["basis"],
        labels={one["deel"]: one["label"] for one in raw["delen"]},
    )
