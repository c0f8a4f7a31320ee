"""Hold what was counted and what is released against its contract in `schemas/`; a breach ends the run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from schemas.cube import DIMENSIONS, cube_schema
from schemas.flows import flows_schema
from schemas.outflow import outflow_schema
from schemas.policy import policy_schema
from schemas.published import PUBLISHED
from schemas.tidy import TIDY
from wi2007 import reference
from wi2007.pipeline import PUBLICATION, STEPS
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text

if TYPE_CHECKING:
    import pandas as pd


def make(case: Case) -> None:
    """Write the number of rows that were held against each contract.

    Raises `pandera.errors.SchemaErrors` for a breach and `ValueError` when a count got lost: defects of the program.
    """
    cube, outflow, policy, flows = (
        schema().validate(pq.ParquetFile(case.made(name)).read().to_pandas(), lazy=True)
        for name, schema in (
            ("kubus.parquet", cube_schema),
            ("uitstroom.parquet", outflow_schema),
            ("beleid.parquet", policy_schema),
            ("stromen.parquet", flows_schema),
        )
    )
    kept = case.json("verwerking.json")["trechter"][-1]["aantal"]
    if {int(counted["aantal"].sum()) for counted in (cube, outflow)} != {kept}:
        raise ValueError("a cube does not hold the population")
    _check_obliged(cube, policy)
    rows = {
        "kubus.parquet": len(cube),
        "uitstroom.parquet": len(outflow),
        "beleid.parquet": len(policy),
        TIDY.file: len(TIDY.checked(case.made(TIDY.file))),
        "stromen.parquet": len(flows),
        **published(case),
    }
    write_text(case.made("contracten.json"), json.dumps(rows, indent=1) + "\n")


def _check_obliged(cube: pd.DataFrame, policy: pd.DataFrame) -> None:
    """Raise `ValueError` when the policy groups are of others than those whom the cube counts as still obliged."""
    statuses = [one.code for one in reference.statuses().values() if one.route == reference.OBLIGED]
    obliged = cube[cube["statuscode"].isin(statuses)]
    of_cube, of_policy = (
        frame.groupby(list(DIMENSIONS))["aantal"].sum().to_dict() for frame in (obliged, policy)
    )
    if of_cube != of_policy:
        raise ValueError("the policy groups do not hold who is still obliged")


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
