"""Measure what protection gives and costs, and write the page: `python -m benchmarks.protection [--trials N]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import usefulness
from benchmarks.engines import ROOT
from benchmarks.releases import page
from benchmarks.releases.page import WAYS, Measured
from benchmarks.usefulness import Errors, Times

_HEAD = """# Protection: what it gives and costs

Written by `.venv/bin/python -m benchmarks.protection` (some 20 minutes of processor time). All but the times is
the same on every run.
"""


def written(off: Sequence[Errors], taken: Sequence[Times], measured: Mapping[str, Measured]) -> Iterator[str]:
    """The page in Markdown."""
    yield _HEAD
    yield from usefulness.lines(off, taken)
    yield from page.lines(measured)


def main() -> int:
    """Measure, write the page; 1 when a bound was not held."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.protection", description=__doc__)
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--ways", nargs="*", default=list(WAYS), choices=list(WAYS))
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "protection.md")
    asked = parser.parse_args()
    off, taken = usefulness.measure()
    measured = {}
    for name in asked.ways:
        print(f"{name}: {asked.trials:,} trials …", file=sys.stderr)
        measured[name] = page.measure(WAYS[name], asked.trials)
    asked.output.write_text("\n".join(written(off, taken, measured)), encoding="utf-8")
    return 0 if usefulness.held(off, taken) and page.held(measured) else 1


if __name__ == "__main__":
    sys.exit(main())
