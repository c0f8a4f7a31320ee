"""Hold what was counted and what is released against its contract in `schemas/`; a breach ends the run."""

from __future__ import annotations

import json

import pyarrow.parquet as pq

from schemas import tidy
from schemas.cube import cube_schema
from schemas.flows import flows_schema
from schemas.outflow import outflow_schema
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text


def make(case: Case) -> None:
    """Write the number of rows that were held against each contract.

    Raises `pandera.errors.SchemaErrors` for a breach and `ValueError` when a count got lost: defects of the program.
    """
    cube, outflow, flows = (
        schema().validate(pq.ParquetFile(case.made(name)).read().to_pandas(), lazy=True)
        for name, schema in (
            ("kubus.parquet", cube_schema),
            ("uitstroom.parquet", outflow_schema),
            ("stromen.parquet", flows_schema),
        )
    )
    kept = case.json("verwerking.json")["trechter"][-1]["aantal"]
    if {int(counted["aantal"].sum()) for counted in (cube, outflow)} != {kept}:
        raise ValueError("a cube does not hold the population")
    rows = {
        "kubus.parquet": len(cube),
        "uitstroom.parquet": len(outflow),
        "tabellen.csv": len(tidy.read(case.made("tabellen.csv"))),
        "publicatie/tabellen.csv": len(tidy.read(case.made("publicatie/tabellen.csv"))),
        "stromen.parquet": len(flows),
    }
    write_text(case.made("contracten.json"), json.dumps(rows, indent=1) + "\n")
