"""Measuring a whole process: wall time, processor time and peak memory, as the system counted them."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

SAMPLED = 0.05
"""Seconds between two looks at the memory of a tree of processes."""


@dataclass(frozen=True)
class Measured:
    """Seconds of wall clock, seconds of processor time (user and system), and peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def measure(command: Sequence[str], folder: Path) -> Measured:
    """Run `command` in `folder` to its end; raises `RuntimeError` when it fails. Memory: its largest process."""
    return _measured(command, folder, None)


def measure_tree(command: Sequence[str], folder: Path) -> Measured:
    """Do the same; memory is the most that the process and all under it held at one moment.

    Pages that two of them share count twice. What lived between two looks is missed; never less than the largest alone.
    """
    return _measured(command, folder, _Tree())


class _Tree:
    """Looks at the resident memory of a process and all under it, in a thread, until it is stopped."""

    def __init__(self) -> None:
        self.most = 0.0
        self._stopped = threading.Event()

    def watch(self, number: int) -> threading.Thread:
        """Begin with the process of this number; gives the thread to wait for."""
        thread = threading.Thread(target=self._look, args=(number,), daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def _look(self, number: int) -> None:
        while not self._stopped.wait(SAMPLED):
            try:
                top = psutil.Process(number)
                held = sum(_resident(one) for one in (top, *top.children(recursive=True)))
            except psutil.NoSuchProcess:
                continue
            self.most = max(self.most, held / 1024**2)


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def _measured(command: Sequence[str], folder: Path, tree: _Tree | None) -> Measured:
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    watched = tree.watch(process.pid) if tree else None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if tree and watched:
        tree.stop()
        watched.join()
    if status != 0:
        raise RuntimeError(f"{' '.join(command[:4])} … failed: {said.decode(errors='replace')[-500:]}")
    most = max(usage.ru_maxrss / 1024, tree.most if tree else 0.0)
    return Measured(wall, usage.ru_utime + usage.ru_stime, most)


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
