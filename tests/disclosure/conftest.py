"""Where the engine of τ-ARGUS is not made for the machine, its tests are not there; elsewhere a missing one is told."""

from __future__ import annotations

import platform
import sys

MADE_FOR = ("linux", "x86_64")
"""As the marker of `pytauargus` in pyproject.toml."""
collect_ignore = [] if (sys.platform, platform.machine()) == MADE_FOR else ["test_tau_argus.py"]
