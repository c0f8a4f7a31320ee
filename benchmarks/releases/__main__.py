"""Measure two releases: `python -m benchmarks.releases [--trials N]`; prints Markdown, 1 when the bound is not held."""

from __future__ import annotations

import argparse
import sys

from benchmarks.releases.attack import ATTRIBUTES
from benchmarks.releases.page import BOUND, DEMANDED, WAYS, lines, measure


def main() -> int:
    """Measure every way."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.releases", description=__doc__)
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--ways", nargs="*", default=list(WAYS), choices=list(WAYS))
    asked = parser.parse_args()
    measured = {}
    for name in asked.ways:
        print(f"{name}: {asked.trials} trials …", file=sys.stderr)
        measured[name] = measure(WAYS[name], asked.trials)
    print("\n".join(lines(measured)))
    held = all(
        measured[name].best(of)[1].more <= BOUND and measured[name].fewest > 1
        for name in DEMANDED
        if name in measured
        for of in ATTRIBUTES
    )
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
