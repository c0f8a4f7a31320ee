"""Step contracts: hold what was counted against its contract in `schemas/`, beside the making of texts and charts.

A report is put in place only when this holds. Pandera takes longer to start than the tables to make, so it works in a
process of its own, at the same time as the next step. What does not belong here: the contracts themselves.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

from schemas.cube import cube_schema
from schemas.flows import flows_schema
from schemas.outflow import outflow_schema
from schemas.published import by_file
from schemas.tidy import TIDY
from wi2007.steps.edge import run_step, write_text


def main() -> None:
    """Read the paths from the command line and hold the files against their contracts."""
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("cube", "outflow", "exact", "public-tables", "flows", "processing", "record"):
        parser.add_argument(f"--{option}", type=Path, required=True)
    parser.add_argument("--published", type=Path, nargs="*", default=[], help="other tables of publicatie/")
    paths = parser.parse_args()
    run_step(lambda: make(paths))


def make(paths: argparse.Namespace) -> None:
    """Write the number of rows that were held against each contract.

    Raises `pandera.errors.SchemaErrors` for a breach and `ValueError` when a count got lost: defects of the program.
    """
    cube = cube_schema().validate(pq.ParquetFile(paths.cube).read().to_pandas(), lazy=True)
    kept = json.loads(paths.processing.read_text(encoding="utf-8"))["trechter"][-1]["aantal"]
    outflow = outflow_schema().validate(pq.ParquetFile(paths.outflow).read().to_pandas(), lazy=True)
    if {int(counted["aantal"].sum()) for counted in (cube, outflow)} != {kept}:
        raise ValueError("a cube does not hold the population")
    flows = flows_schema().validate(pq.ParquetFile(paths.flows).read().to_pandas(), lazy=True)
    rows = {
        "kubus.parquet": len(cube),
        "uitstroom.parquet": len(outflow),
        "tabellen.csv": len(TIDY.checked(paths.exact)),
        "publicatie/tabellen.csv": len(TIDY.checked(paths.public_tables)),
        "stromen.parquet": len(flows),
        **published(paths.published),
    }
    write_text(paths.record, json.dumps(rows, indent=1) + "\n")


def published(paths: Iterable[Path]) -> dict[str, int]:
    """Hold published tables against their declarations and each other, and give the number of rows by file.

    Raises `pandera.errors.SchemaErrors` for a breach, `KeyError` for a file that no declaration knows, and `ValueError`
    for a value that is not in the table that it refers to.
    """
    declared = by_file()
    frames = {path.name: declared[path.name].checked(path) for path in paths}
    for name, frame in frames.items():
        for column, (other, key) in declared[name].foreign.items():
            if other.file in frames and not frame[column].isin(frames[other.file][key]).all():
                raise ValueError(f"{name} refers to what is not in {other.file}")
    return {f"publicatie/{name}": len(frame) for name, frame in frames.items()}


if __name__ == "__main__":
    main()
