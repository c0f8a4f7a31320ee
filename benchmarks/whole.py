"""The whole way for a person at the keyboard: `make report` with everything set up, and with nothing to do."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import in_turn

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
LINE = re.compile(r"^(\d{4}-\d\d-\d\d)  (.+?) +(\d+,\d) s$", re.MULTILINE)


@dataclass(frozen=True)
class Whole:
    """Median seconds: the report in all and by step, a run with nothing to do, `snakemake --version`."""

    seconds: float
    steps: dict[str, float]
    idle: float
    version: float


def whole_report(repeats: int) -> Whole:
    """Measure in a folder of its own; the delivery is written beforehand."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(BIN / "wi2007"), "run", "--directory", folder]
        subprocess.run([str(BIN / "wi2007"), "demo", "--directory", folder], check=True, capture_output=True)
        runs = [_once(command, Path(folder)) for _ in range(repeats)]
        commands = {"idle": command, "version": [str(BIN / "snakemake"), "--version"]}
        idle = in_turn(commands, 2 * repeats + 1, ROOT)
    return Whole(
        seconds=statistics.median(seconds for seconds, _ in runs),
        steps={name: statistics.median(steps[name] for _, steps in runs) for name in runs[0][1]},
        idle=idle["idle"].wall,
        version=idle["version"].wall,
    )


def _once(command: list[str], folder: Path) -> tuple[float, dict[str, float]]:
    """Make the report anew: all that an earlier run left is gone."""
    for left in ("data/processed", "reports", ".snakemake", "logs"):
        shutil.rmtree(folder / left, ignore_errors=True)
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - start
    told = LINE.findall(done.stdout + done.stderr)
    return seconds, {text: float(taken.replace(",", ".")) for _, text, taken in told}
