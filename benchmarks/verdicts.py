"""The bounds that were set for the speed, and the page that tells how it went."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.dialects import BOUND, Read
from benchmarks.engines import OURS, PANDAS, PARSE
from benchmarks.measure import Measured
from benchmarks.whole import Whole

SMALL, MIDDLE, LARGE = 260_000, 2_600_000, 26_000_000
LIBRARIES = ("pyarrow", "pandas", "pandera", "numpy", "snakemake", "matplotlib", "typst")
Table = Mapping[int, Mapping[str, Measured]]


@dataclass(frozen=True)
class Verdict:
    """A bound and what was found; `least` when the bound is a least value."""

    what: str
    found: float
    bound: float
    least: bool = False

    @property
    def held(self) -> bool:
        """Whether the bound was kept."""
        return self.found >= self.bound if self.least else self.found <= self.bound

    @property
    def limit(self) -> str:
        """The bound in words."""
        return f"{'at least' if self.least else 'at most'} {self.bound:g}"


def verdicts(table: Table, whole: Whole | None, reads: Sequence[Read] = ()) -> list[Verdict]:
    """Every bound that the measurements can tell about."""
    found: list[Verdict] = []
    for rows, bound in ((SMALL, 0.55), (MIDDLE, 0.25)):
        if PANDAS in table.get(rows, {}):
            ratio = table[rows][OURS].wall / table[rows][PANDAS].wall
            found.append(Verdict(f"time at {rows:,} rows ÷ pandas by hand", ratio, bound))
    found += [
        Verdict(f"processor time at {rows:,} rows ÷ parsing only", row[OURS].cpu / row[PARSE].cpu, 2.5)
        for rows, row in table.items()
        if rows >= MIDDLE
    ]
    if MIDDLE in table and LARGE in table:
        middle, large = table[MIDDLE][OURS], table[LARGE][OURS]
        speed = (LARGE / large.wall) / (MIDDLE / middle.wall)
        found += [
            Verdict("rows a second at 26 million ÷ at 2.6 million", speed, 1.0, least=True),
            Verdict("peak memory at 26 million rows, GB", large.memory / 1024, 1.5),
            Verdict("peak memory at 26 million rows ÷ at 2.6 million", large.memory / middle.memory, 1.5),
        ]
    if reads:
        most = max(read.per_byte(reads[0]) for read in reads if read.is_text)
        found.append(Verdict("the dearest dialect of text ÷ plain text, per byte", most, BOUND))
    if whole:
        for one in whole.reports:
            wall, cpu = one.wall / one.script.wall, one.cpu / one.script.cpu
            found += [
                Verdict(f"wall time of the whole report ÷ the script, {one.name}", wall, 4.0),
                Verdict(f"processor time of the whole report ÷ the script, {one.name}", cpu, 5.0),
            ]
        idle = whole.idle / whole.version
        found.append(Verdict("a run with nothing to do ÷ `snakemake --version`", idle, 1.1))
    return found


def machine() -> str:
    """What it was measured with and on."""
    libraries = " · ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"Python {platform.python_version()} · {libraries} · {os.cpu_count()} cores · {_memory()} GB memory"
    )


def page(table: Table, whole: Whole | None, repeats: Mapping[int, int], reads: Sequence[Read] = ()) -> str:
    """The page as Markdown."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`. Whole processes, in turn on one machine, on the same file; medians.",
        "The deliveries repeat the persons of the demonstration with fresh numbers (`benchmarks/generate.py`).",
        "`wi2007` is the step that validates every column and row, excludes, derives, writes the persons and",
        f"counts the cube; `{PANDAS}` does the same by the same rules (`benchmarks/researcher.py`). Both must",
        "count the same cube. At 260,000 rows both mostly start up, and the ratio depends on how the script is",
        "written: incomplete birth dates go through a function there, as pandas has none for them. An earlier",
        "script without that function gave 0.56 to 0.64 there, and 0.18 at 2.6 million rows.",
        "",
        machine(),
        "",
        "## From delivery to cube",
        "",
        "| rows | program | wall, s | processor, s | peak memory, MB | million rows a second | runs |",
        "|---:|---|---:|---:|---:|---:|---:|",
        *(
            _row(rows, name, measured, repeats[rows])
            for rows, row in table.items()
            for name, measured in row.items()
        ),
        "",
        f"At 26 million rows `{PANDAS}`, which holds the whole file in memory, is left out.",
        "At 260,000 rows starting up (Python, pandas, Pandera: half a second) outweighs the work; the bound on",
        "processor time is held against the larger files.",
        "",
        *(dialect_lines(reads) if reads else []),
        *(_whole_lines(whole) if whole else []),
        "## Verdicts",
        "",
        "| what | found | bound | held |",
        "|---|---:|---:|---|",
        *(
            f"| {verdict.what} | {verdict.found:.2f} | {verdict.limit} | {'yes' if verdict.held else '**no**'} |"
            for verdict in verdicts(table, whole, reads)
        ),
    ]
    return "\n".join(lines) + "\n"


def _row(rows: int, name: str, measured: Measured, repeats: int) -> str:
    speed = rows / measured.wall / 1e6
    return (
        f"| {rows:,} | {name} | {measured.wall:.2f} | {measured.cpu:.2f} | {measured.memory:.0f} | {speed:.2f} "
        f"| {repeats} |"
    )


def dialect_lines(reads: Sequence[Read]) -> list[str]:
    """What reading costs in each dialect."""
    return [
        "## Reading the dialects",
        "",
        "The same persons in every form: from opening the file to the last row, with values made ours; start-up is",
        "left out. Processor time of all threads, the best of the runs. Bytes are those of the unpacked text, and",
        "of the file itself for other kinds; those are told without a bound, as their bytes are not those of a text.",
        "",
        "| dialect | rows | MB | processor, s | wall, s | per byte ÷ plain text | per row ÷ plain text |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {read.name} | {read.rows:,} | {read.bytes / 1e6:.0f} | {read.cpu:.2f} | {read.wall:.2f} "
            f"| {f'{read.per_byte(reads[0]):.2f}' if read.is_text else '–'} | {read.per_row(reads[0]):.2f} |"
            for read in reads
        ),
        "",
    ]


def _whole_lines(whole: Whole) -> list[str]:
    steps = list(dict.fromkeys(step for report in whole.reports for step in report.steps))
    names = " | ".join(report.name for report in whole.reports)
    return [
        "## The whole report of one delivery, everything set up",
        "",
        "| delivery | wall, s | processor, s | script: wall, s | script: processor, s |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {one.name} | {one.wall:.1f} | {one.cpu:.1f} | {one.script.wall:.2f} | {one.script.cpu:.2f} |"
            for one in whole.reports
        ),
        "",
        "By step, wall seconds (some run at the same time):",
        "",
        f"| step | {names} |",
        f"|---|{'---:|' * len(whole.reports)}",
        *(
            f"| {step} | {' | '.join(f'{report.steps.get(step, 0):.1f}' for report in whole.reports)} |"
            for step in steps
        ),
        "",
        f"With nothing to do: {whole.idle:.2f} s; `snakemake --version`: {whole.version:.2f} s.",
        "",
    ]


def _memory() -> int:
    with Path("/proc/meminfo").open(encoding="ascii") as file:
        return round(int(file.readline().split()[1]) / 1024**2)
