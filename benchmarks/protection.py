"""Measure what protection gives and costs, and write the page: `python -m benchmarks.protection [--trials N]`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import usefulness
from benchmarks.engines import ROOT
from benchmarks.releases import corrections, page, series, series_page

_TRIALS = 800
_CERTAIN = 3
"""In every so many trials of two releases it is looked at what is certain, which takes the most time."""
_SEED = 2022
_MINUTE = 60


def _head(trials: int, minutes: float) -> Iterator[str]:
    yield "# Protection: what it gives and costs\n"
    yield f"Written by `.venv/bin/python -m benchmarks.protection --trials {trials}` in {minutes:.0f} minutes of"
    yield "processor time. All but the times is the same on every run.\n"


def _parts(trials: int, ways: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """Each part of the page: whether its bounds were held, and its lines."""
    off, taken = usefulness.measure()
    yield usefulness.held(off, taken), list(usefulness.lines(off, taken))
    of_ways = {}
    for name in ways:
        _tell(name)
        of_ways[name] = page.measure(page.WAYS[name], trials, every=_CERTAIN)
    if of_ways:
        yield page.held(of_ways), list(page.lines(of_ways))
    of_series = {}
    for changes in series.CHANGES:
        _tell(f"series with {changes:,} changes")
        of_series.update(series.measure(changes, trials, _SEED))
    yield True, list(series_page.lines(of_series, trials))
    _tell("corrections")
    yield True, list(corrections.lines(corrections.measure(trials, _SEED), trials))


def _tell(what: str) -> None:
    print(f"{time.process_time():.0f} s, {what} …", file=sys.stderr, flush=True)


def main() -> int:
    """Measure, write the page; 1 when a bound was not held."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.protection", description=__doc__)
    parser.add_argument("--trials", type=int, default=_TRIALS)
    parser.add_argument("--ways", nargs="*", default=list(page.WAYS), choices=list(page.WAYS))
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "protection.md")
    asked = parser.parse_args()
    parts = list(_parts(asked.trials, asked.ways))
    head = _head(asked.trials, time.process_time() / _MINUTE)
    text = "\n".join([*head, *(line for _, lines in parts for line in lines)])
    asked.output.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
    return 0 if all(held for held, _ in parts) else 1


if __name__ == "__main__":
    sys.exit(main())
