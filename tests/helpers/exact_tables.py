"""The tables of a cube, and of two peildata compared, as they are before the gate."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
from invented import policy_of

from schemas.change import ChangeRow
from schemas.comparison import Comparison
from schemas.tables import Specification
from schemas.tidy import TidyRow
from wi2007.comparison.decomposition import Peildata, decomposed, parts
from wi2007.tables.build import all_counted, counted, tables_of


def tidy_tables(cube: pa.Table, specification: Specification, peildatum: date) -> list[TidyRow]:
    """Return every table of the specification from the cube, exact; of the policy groups nothing is known."""
    return tables_of(all_counted(cube, policy_of(cube), specification), specification, peildatum, {})


def decomposition(
    events: pa.Table,
    cubes: tuple[pa.Table, pa.Table],
    specification: Specification,
    peildata: Peildata,
    decisions: Comparison,
) -> list[ChangeRow]:
    """Return the change of every table from the events and both cubes, exact."""
    specification = specification.for_comparison
    counts = (counted(cubes[0], specification), counted(cubes[1], specification))
    return decomposed(counts, parts(events, specification, decisions), specification, peildata)
