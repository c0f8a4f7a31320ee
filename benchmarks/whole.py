"""The whole way for a person at the keyboard: the report of one delivery from nothing, and a run with nothing to do.

Everything is set up, the delivery is there. The yardstick is the script of a researcher, which makes only the tables'
cube of the same file, measured in turn with the reports.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import spread
from benchmarks.measure import Measured, in_turn, measure
from wi2007.demo import write_delivery

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
LINE = re.compile(r"^(\d{4}-\d\d-\d\d)  (.+?) +(\d+,\d) s$", re.MULTILINE)
PEILDATUM = "2022-07-01"
SPREAD = 260_000


@dataclass(frozen=True)
class Report:
    """Median seconds of a whole report (wall, processor time of all processes, by step), and those of the script."""

    name: str
    wall: float
    cpu: float
    steps: dict[str, float]
    script: Measured


@dataclass(frozen=True)
class Whole:
    """The reports, and median seconds of a run with nothing to do beside `snakemake --version`."""

    reports: tuple[Report, ...]
    idle: float
    version: float


def whole_report(repeats: int) -> Whole:
    """Measure in folders of their own; the deliveries are written beforehand."""
    with tempfile.TemporaryDirectory() as folder:
        reports = tuple(
            _report(name, Path(folder) / name, write, repeats)
            for name, write in (("demonstration", write_delivery), (f"{SPREAD:,} rows spread", _spread))
        )
        command = [str(BIN / "wi2007"), "run", "--directory", str(Path(folder) / reports[0].name)]
        commands = {"idle": command, "version": [str(BIN / "snakemake"), "--version"]}
        idle = in_turn(commands, 2 * repeats + 1, ROOT)
    return Whole(reports, idle["idle"].wall, idle["version"].wall)


def _spread(folder: Path) -> Path:
    path = folder / "levering.csv"
    spread(SPREAD, path)
    return path


def _report(name: str, folder: Path, write: Callable[[Path], Path], repeats: int) -> Report:
    raw = folder / "data" / "raw" / PEILDATUM
    raw.mkdir(parents=True)
    path = write(raw)
    outputs = [str(folder / end) for end in ("p.parquet", "k.parquet", "f.csv")]
    script = [sys.executable, "benchmarks/researcher.py", str(path), *outputs]
    runs, scripts = [], []
    for _ in range(repeats):
        scripts.append(measure(script, ROOT))
        runs.append(_once(folder))
    median = statistics.median
    return Report(
        name=name,
        wall=median(run.wall for run, _ in runs),
        cpu=median(run.cpu for run, _ in runs),
        steps={step: median(steps[step] for _, steps in runs) for step in runs[0][1]},
        script=Measured(median(one.wall for one in scripts), median(one.cpu for one in scripts), 0),
    )


def _once(folder: Path) -> tuple[Measured, dict[str, float]]:
    """Make the report anew: all that an earlier run left is gone."""
    for left in ("data/processed", "reports", ".snakemake", "logs"):
        shutil.rmtree(folder / left, ignore_errors=True)
    start, before = time.perf_counter(), _processor_time()
    done = subprocess.run(
        [str(BIN / "wi2007"), "run", "--directory", str(folder)],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    taken = Measured(time.perf_counter() - start, _processor_time() - before, 0)
    told = LINE.findall(done.stdout + done.stderr)
    return taken, {text: float(seconds.replace(",", ".")) for _, text, seconds in told}


def _processor_time() -> float:
    """Seconds of all processes that ended under this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
