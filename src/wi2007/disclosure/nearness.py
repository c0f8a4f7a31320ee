"""How far the persons of one peildatum differ from those of the peildatum before it.

When few persons came, left or changed, two releases beside each other tell more of them: counts are drawn anew, but
somebody who knows who came sees to which counts he may have been added. What does not belong here: rounding.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from wi2007.classification import classification

CODES = ("geslacht", "land_van_herkomst", "gemeente", "statuscode", "doelgroep")
"""What does not change by itself, as age does."""


def changed(before: pa.Table, after: pa.Table, peildatum: date) -> int:
    """The fewest persons who came, left or changed, from the cubes of two peildata (`schemas.cube`).

    Municipalities of the earlier one count as what they are at `peildatum`, that of the later: a merger changes nobody.
    """
    places = {code: place.code or code for code, place in classification(peildatum).items()}
    former = pa.array([places.get(code, code) for code in before["gemeente"].to_pylist()], pa.string())
    before = before.set_column(before.schema.get_field_index("gemeente"), "gemeente", former)
    parts = [
        pa.table({**{name: cube[name].cast(pa.string()) for name in CODES}, "n": _signed(cube, sign)})
        for cube, sign in ((before, -1), (after, 1))
    ]
    differences = pa.concat_tables(parts).group_by(list(CODES)).aggregate([("n", "sum")])["n_sum"].to_numpy()
    return int(max(np.maximum(differences, 0).sum(), np.maximum(-differences, 0).sum()))


def _signed(cube: pa.Table, sign: int) -> pa.Array:
    return pa.array(sign * cube["aantal"].to_numpy(), pa.int64())
