"""What grows: a hundred million rows through the step that reads persons, and up to fifty peildata in one run.

`python -m benchmarks.large [--rows N] [--peildata N …] [--output FILE]` writes `docs/benchmarks-groot.md`. A delivery
of a hundred million rows takes nine gigabytes of the folder for temporary files.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.generate import write
from benchmarks.measure import Measured, measure_tree
from benchmarks.verdicts import machine

ROOT = Path(__file__).resolve().parents[1]
ROWS, PERSONS, PEILDATA = 100_000_000, 2_000, (10, 25, 50)
MEMORY = 2500.0
STRAIGHT = 1.25
"""How much more the last peildata may cost than the first, each, and the most memory of the largest run."""
FIRST = date(2022, 7, 1)
_LINE = re.compile(r"^(\d{4}-\d\d-\d\d)  (.+?) +\d+,\d s$", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """A run of so many peildata: what it cost, and how often the step that was done most was done for one peildatum."""

    peildata: int
    cost: Measured
    most: int

    @property
    def each(self) -> float:
        """Seconds of processor time for one peildatum."""
        return self.cost.cpu / self.peildata


def persons(rows: int, folder: Path) -> tuple[int, Measured]:
    """Read a delivery of so many rows; gives its bytes too."""
    day = FIRST.isoformat()
    path = folder / "data" / "raw" / day / "levering.csv"
    write(rows, path)
    step = [sys.executable, "-P", "-m", "wi2007.steps", "read", day]
    return path.stat().st_size, measure_tree(step, folder)


def many(count: int, folder: Path) -> Run:
    """Make the reports of so many peildata, a month apart, of the same few persons."""
    first: Path | None = None
    for day in _days(count):
        path = folder / "data" / "raw" / day / "levering.csv"
        if first is None:
            write(PERSONS, path)
            first = path
        else:
            path.parent.mkdir(parents=True)
            path.write_bytes(first.read_bytes())
    log = folder / "regels.txt"
    command = [str(Path(sys.executable).parent / "wi2007"), "run", "--directory", str(folder)]
    cost = measure_tree(["sh", "-c", 'exec "$@" 2> "$0"', str(log), *command], ROOT)
    done = Counter(_LINE.findall(log.read_text(encoding="utf-8")))
    return Run(count, cost, max(done.values()))


def _days(count: int) -> Iterator[str]:
    day = FIRST
    for _ in range(count):
        yield day.isoformat()
        day = (day + timedelta(days=31)).replace(day=1)


def page(rows: int, size: int, read: Measured, runs: Sequence[Run]) -> str:
    """The page as Markdown."""
    lines = [
        "# Benchmarks of size",
        "",
        "Written by `make bench-groot`. Memory is the most that a process and all under it held at one moment.",
        "",
        machine(),
        "",
        "## Many persons",
        "",
        "The step that validates, excludes, derives, writes the persons and counts the cube, from text.",
        "",
        "| rows | bytes | wall, s | processor, s | peak memory, MB |",
        "|---:|---:|---:|---:|---:|",
        f"| {rows:,} | {size:,} | {read.wall:.0f} | {read.cpu:.0f} | {read.memory:.0f} |",
        "",
        "## Many peildata",
        "",
        f"Deliveries of {PERSONS:,} persons, each compared with the one before, all made in one run from nothing.",
        "",
        "| peildata | wall, s | processor, s | processor of each, s | peak memory, MB | each step done |",
        "|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {run.peildata} | {run.cost.wall:.0f} | {run.cost.cpu:.0f} | {run.each:.1f} | {run.cost.memory:.0f} "
            f"| {run.most} time{'s' * (run.most > 1)} |"
            for run in runs
        ),
        "",
        "## Verdicts",
        "",
        "| what | found | bound | held |",
        "|---|---:|---:|---|",
        *(
            f"| {what} | {found:.2f} | at most {bound:g} | {'yes' if found <= bound else '**no**'} |"
            for what, found, bound in verdicts(read, runs)
        ),
    ]
    return "\n".join(lines) + "\n"


def verdicts(read: Measured, runs: Sequence[Run]) -> list[tuple[str, float, float]]:
    """What is held against a bound: the words, what was found, and the most that it may be."""
    found = [("peak memory of reading, MB", read.memory, MEMORY)]
    if len(runs) > 1:
        least, most = runs[0], runs[-1]
        found += [
            (
                f"processor time of each of {most.peildata} ÷ of {least.peildata}",
                most.each / least.each,
                STRAIGHT,
            ),
            (
                f"peak memory of {most.peildata} ÷ of {least.peildata}",
                most.cost.memory / least.cost.memory,
                STRAIGHT,
            ),
        ]
    found += [(f"a step done for one of {run.peildata} peildata, times", run.most, 1) for run in runs]
    return found


def main() -> int:
    """Measure, write the page, and say what was held; 1 when a bound was not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--peildata", type=int, nargs="*", default=list(PEILDATA))
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "benchmarks-groot.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        size, read = persons(asked.rows, Path(folder))
    runs = []
    for count in sorted(asked.peildata):
        with tempfile.TemporaryDirectory() as folder:
            runs.append(many(count, Path(folder)))
    asked.output.write_text(page(asked.rows, size, read, runs), encoding="utf-8")
    found = verdicts(read, runs)
    for what, number, bound in found:
        print(f"{'ok ' if number <= bound else 'NO '} {what}: {number:.2f} (at most {bound:g})")
    return 0 if all(number <= bound for _, number, bound in found) else 1


if __name__ == "__main__":
    sys.exit(main())
