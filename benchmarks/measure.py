"""Measuring a whole process: wall time, processor time and peak memory, as the system counted them."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """Seconds of wall clock, seconds of processor time (user and system), and peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def measure(command: Sequence[str], folder: Path) -> Measured:
    """Run `command` in `folder` to its end; raises `RuntimeError` when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        raise RuntimeError(f"{' '.join(command[:4])} … failed: {said.decode(errors='replace')[-500:]}")
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turn(commands: Mapping[str, Sequence[str]], repeats: int, folder: Path) -> dict[str, Measured]:
    """Run all commands in turn, `repeats` times, so that a busy moment hits all; the medians."""
    runs: dict[str, list[Measured]] = {name: [] for name in commands}
    for _ in range(repeats):
        for name, command in commands.items():
            runs[name].append(measure(command, folder))
    return {name: _median(measured) for name, measured in runs.items()}


def _median(runs: Sequence[Measured]) -> Measured:
    return Measured(
        wall=statistics.median(run.wall for run in runs),
        cpu=statistics.median(run.cpu for run in runs),
        memory=statistics.median(run.memory for run in runs),
    )
