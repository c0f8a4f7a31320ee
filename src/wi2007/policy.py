"""Read the policy groups of who is still obliged: their rules and reasons (`config/beleidsgroepen.yaml`).

What does not belong here: who is in a group (`population.policy`), words around the groups.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from schemas.policy import PolicyGroups
from wi2007.decisions import checked
from wi2007.project import CONFIG

POLICY_GROUPS: Final = CONFIG / "beleidsgroepen.yaml"


def read_policy_groups(path: Path = POLICY_GROUPS) -> PolicyGroups:
    """Return the policy groups. Raises `UserError` with every mistake in the file."""
    held: PolicyGroups = checked(path, PolicyGroups)
    return held
