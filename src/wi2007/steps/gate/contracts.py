"""Hold what was counted and what is released against its contract in `schemas/`; a breach ends the run."""

from __future__ import annotations

import json

import pyarrow.parquet as pq

from schemas.cube import cube_schema
from schemas.flows import flows_schema
from schemas.outflow import outflow_schema
from schemas.published import PUBLISHED
from schemas.tidy import TIDY
from wi2007.pipeline import PUBLICATION, STEPS
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
        TIDY.file: len(TIDY.checked(case.made(TIDY.file))),
        "stromen.parquet": len(flows),
        **published(case),
    }
    write_text(case.made("contracten.json"), json.dumps(rows, indent=1) + "\n")


def published(case: Case) -> dict[str, int]:
    """Hold every table that the gate releases or reads against its declaration and those that it refers to; count its
    rows.

    Raises as `make` does, and `ValueError` for a value that is not in the table that it refers to.
    """
    step = STEPS["protect"]
    released = [one for one in PUBLISHED if PUBLICATION + one.file in {*step.reads, *step.writes}]
    frames = {one.file: one.checked(case.made(PUBLICATION + one.file)) for one in released}
    for one in released:
        for column, (other, key) in one.foreign.items():
            if other.file in frames and not frames[one.file][column].isin(frames[other.file][key]).all():
                raise ValueError(f"{one.file} refers to what is not in {other.file}")
    return {PUBLICATION + name: len(frame) for name, frame in frames.items()}
