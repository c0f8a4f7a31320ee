"""Step tables: from the cube to the exact tidy tables.

What does not belong here: anything that computes, and what may be published (step disclosure).
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from schemas.tidy import TIDY
from wi2007.steps.edge import run_step, write_text
from wi2007.tables.build import tidy_tables
from wi2007.tables.specification import load


def main() -> None:
    """Read the paths from the command line and make the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("cube", "processing", "tables", "exact"):
        parser.add_argument(f"--{option}", type=Path, required=True)
    paths = parser.parse_args()
    run_step(lambda: make(paths))


def make(paths: argparse.Namespace) -> None:
    """Write the exact tables."""
    specification = load(paths.tables)
    peildatum = date.fromisoformat(json.loads(paths.processing.read_text(encoding="utf-8"))["peildatum"])
    cube = pq.ParquetFile(paths.cube).read()
    tables = TIDY.to_csv(tidy_tables(cube, specification, peildatum))
    write_text(paths.exact, tables)


if __name__ == "__main__":
    main()
