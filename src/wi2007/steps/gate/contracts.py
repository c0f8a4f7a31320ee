"""Hold what was counted and what is released against its contract in `schemas/`; a breach ends the run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from schemas.between import COUNTED
from schemas.cube import CUBE, DIMENSIONS
from schemas.outflow import OUTFLOW
from schemas.policy import POLICY
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
    counted = {one.file: one.checked(case.made(one.file)) for one in COUNTED}
    kept = case.json("verwerking.json")["trechter"][-1]["aantal"]
    if {int(counted[one.file]["aantal"].sum()) for one in (CUBE, OUTFLOW)} != {kept}:
        raise ValueError("a cube does not hold the population")
    _check_obliged(counted[CUBE.file], counted[POLICY.file])
    rows = {
        **{file: len(frame) for file, frame in counted.items()},
        TIDY.file: len(TIDY.checked(case.made(TIDY.file))),
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
