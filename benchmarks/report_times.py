"""How long a warm run on the demonstration delivery takes, by step, and a run with nothing to do.

`python benchmarks/report_times.py` prints Markdown. The run with nothing to do is measured in turn with
`snakemake --version`: importing Snakemake is the floor for any run of it.
What does not belong here: reading and counting large deliveries.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

BIN = Path(sys.executable).parent
LINE = re.compile(r"^\d{4}-\d\d-\d\d  (.+?)  +(\d+,\d) s$", re.MULTILINE)
REPORTS, TURNS = 3, 9


def seconds(words: Sequence[str | Path]) -> tuple[float, str]:
    """The time that a command takes, and what it told."""
    start = time.perf_counter()
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, done.stderr


def report(folder: Path) -> tuple[float, list[tuple[str, float]]]:
    """Seconds in all, and by step, of everything from an empty folder to the report; the median run of a few."""
    runs = []
    for _ in range(REPORTS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        total, told = seconds([BIN / "wi2007", "run", "--directory", folder])
        runs.append((total, [(step, float(time.replace(",", "."))) for step, time in LINE.findall(told)]))
    return sorted(runs)[len(runs) // 2]


def nothing_to_do(folder: Path) -> tuple[float, float]:
    """Median seconds of a run with nothing to do and of `snakemake --version`, in turn."""
    runs, versions = [], []
    for _ in range(TURNS):
        runs.append(seconds([BIN / "wi2007", "run", "--directory", folder])[0])
        versions.append(seconds([BIN / "snakemake", "--version"])[0])
    return statistics.median(runs), statistics.median(versions)


def markdown() -> str:
    """Both measurements as Markdown tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "werk"
        total, steps = report(folder)
        run, version = nothing_to_do(folder)
    rows = [f"| {step} | {time:.1f} |" for step, time in steps]
    return "\n".join(
        [
            "| step | seconds |",
            "|---|---|",
            *rows,
            f"| in all, with the start of every process | {total:.1f} |",
            "",
            f"A run with nothing to do: {run:.2f} s; `snakemake --version`: {version:.2f} s; "
            f"ratio {run / version:.2f}.",
        ]
    )


if __name__ == "__main__":
    print(markdown())
