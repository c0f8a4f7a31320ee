"""Measure, and write the page: `python -m benchmarks [--rows N …] [--no-report] [--no-dialects] [--output FILE]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.dialects import ROWS, measure_dialects
from benchmarks.engines import ROOT, compare
from benchmarks.verdicts import LARGE, MIDDLE, SMALL, page, verdicts
from benchmarks.whole import whole_report

REPEATS = {SMALL: 9, MIDDLE: 5, LARGE: 3}


def main() -> int:
    """Measure what was asked for; 1 when a bound was not held."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=list(REPEATS))
    parser.add_argument("--repeats", type=int)
    parser.add_argument("--no-report", action="store_true", help="leave out the whole report")
    parser.add_argument("--no-dialects", action="store_true", help="leave out the dialects")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "benchmarks.md")
    asked = parser.parse_args()
    repeats = {rows: asked.repeats or REPEATS.get(rows, 3) for rows in asked.rows}
    table = {}
    for rows in asked.rows:
        print(f"{rows:,} rows, {repeats[rows]} times …", file=sys.stderr)
        table[rows] = compare(rows, repeats[rows])
    reads = [] if asked.no_dialects else measure_dialects(ROWS, asked.repeats or 5)
    whole = None if asked.no_report else whole_report(asked.repeats or 5)
    asked.output.write_text(page(table, whole, repeats, reads), encoding="utf-8")
    found = verdicts(table, whole, reads)
    for verdict in found:
        print(f"{'ok ' if verdict.held else 'NO '} {verdict.what}: {verdict.found:.2f} ({verdict.bound:g})")
    return 0 if all(verdict.held for verdict in found) else 1


if __name__ == "__main__":
    sys.exit(main())
