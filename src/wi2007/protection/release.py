"""The counts of a release: what is shown, of which persons, and how near those of the peildatum before are.

When few persons came, left or changed between two peildata, two releases tell more of them: counts are drawn anew, but
somebody who knows who came sees to which counts he may have been added. What does not belong here: files, the key, when
there may be another release (`register`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa

from wi2007.protection.cells import Cell
from wi2007.reference import classification
from wi2007.tables.build import Counted, Merged


def digest(cubes: Sequence[pa.Table], around: Mapping[Cell, int]) -> str:
    """A SHA-256 of the persons counted, whatever the order of the rows. Exact, so never to be published."""
    of_cubes = [
        (cube.column_names, sorted(zip(*(cube[name].to_pylist() for name in cube.column_names), strict=True)))
        for cube in cubes
    ]
    return hashlib.sha256(repr((of_cubes, sorted(around.items()))).encode()).hexdigest()


@dataclass(frozen=True)
class Rounded:
    """Rounded counts of every pair, and what is shown as one category; `base` is None where nothing is protected.

    `figures` has what is shown by the set of persons (`wie` in `schemas.cube`), in the run that rounded them; `closed`
    what every report shows of who left in closed years; `reach` times the base is more than any count is off.
    """

    base: int | None
    of_pairs: Counted
    merged: Merged
    figures: Mapping[int, int] = field(default_factory=dict)
    closed: Mapping[int, int] = field(default_factory=dict)
    reach: int = 1


def to_json(made: Rounded) -> str:
    """JSON text, the same for the same counts."""
    content = {
        "basis": made.base,
        "paren": [
            {"paar": pair, "aantallen": [[*codes, count] for codes, count in sorted(counts.items()) if count]}
            for pair, counts in sorted(made.of_pairs.items())
        ],
        "samengevoegd": [[*at, list(codes)] for at, codes in sorted(made.merged.items())],
        "gesloten": sorted(made.closed.items()),
    }
    return json.dumps(content, ensure_ascii=False) + "\n"


def from_json(text: str) -> Rounded:
    """What `to_json` wrote."""
    content = json.loads(text)
    return Rounded(
        base=content["basis"],
        of_pairs={
            tuple(one["paar"]): {(row, column): count for row, column, count in one["aantallen"]}
            for one in content["paren"]
        },
        merged={
            (population, variable): tuple(codes) for population, variable, codes in content["samengevoegd"]
        },
        closed=dict(content["gesloten"]),
    )


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
