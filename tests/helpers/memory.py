"""The peak memory of a process as it tells it itself.

What the system tells of a child counts in the memory of its parent: a large test run hides a small child.
"""

from __future__ import annotations

from pathlib import Path


def peak_kb() -> int:
    """Of this process since it began to run its program, in kilobytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])
