"""The engine of τ-ARGUS (`pytauargus`) on our cells and relations: its rounding and its audit, by JJ files.

A JJ file holds for each cell its number, value, weight, status and outermost values; then each relation as a sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path

from pytauargus._tauargus import RounderCtrl, audit_jj

from wi2007.protection.cells import Cell, Relation

_CONSTANTS = {101: 1e-7, 102: 2.14e13, 103: 1e-4, 104: 0.01}
"""Its usual settings: what counts as zero and as endless, the least violation, the most slack."""
_ENDLESS = 10**7
_NEAR = 1e-6


@dataclass(frozen=True)
class Rounding:
    """What it made. `steps` is how many cells it had to move further than to the next multiples."""

    shown: dict[Cell, int]
    steps: int


def rounding(
    exact: Mapping[Cell, int],
    relations: Sequence[Relation],
    base: int,
    weights: Mapping[Cell, int],
    folder: Path,
) -> Rounding:
    """The rounding with the least sum over the cells of weight times distance."""
    cells = sorted(exact)
    lines = [f"{exact[at]} {weights[at]} s 0 {_ENDLESS} 0 0 0" for at in cells]
    given, made = folder / "in.jj", folder / "out.txt"
    _write(given, lines, cells, relations)
    engine = RounderCtrl()
    for number, value in _CONSTANTS.items():
        engine.set_double_constant(number, value)
    result, _, steps, _, error = engine.do_round(
        solver="SCIP",
        in_file=str(given),
        base=float(base),
        upper_bound=[1e40],
        lower_bound=[0.0],
        solution_file=str(made),
        statistics_file=str(folder / "statistics.txt"),
        max_time=30,
    )
    if result:
        raise AssertionError(f"it made no rounding: {result}, {error}")
    found = re.findall(r"^ *(\d+) from +[\d.]+ to +([\d.]+)", made.read_text(), re.MULTILINE)
    return Rounding({cells[int(at)]: round(float(value)) for at, value in found}, steps)


def audit(
    shown: Mapping[Cell, int], relations: Sequence[Relation], base: int, folder: Path
) -> dict[Cell, tuple[int, int]]:
    """The least and greatest whole number of each cell by its audit, from what is shown and the relations."""
    cells = sorted(shown)
    lines = [
        f"{shown[at]} 1 {'um'[place % 2]} {max(0, shown[at] - base + 1)} {shown[at] + base - 1} 0 0 0"
        for place, at in enumerate(cells)
    ]
    given = folder / "audit.jj"
    _write(given, lines, cells, relations)
    return {
        cells[one["cell"]]: (ceil(one["min"] - _NEAR), floor(one["max"] + _NEAR))
        for one in audit_jj(str(given))
    }


def _write(path: Path, lines: Iterable[str], cells: Sequence[Cell], relations: Sequence[Relation]) -> None:
    number = {at: place for place, at in enumerate(cells)}
    sums = [
        f"0 {len(one.parts) + 1} : {number[one.whole]} (-1) "
        + " ".join(f"{number[part]} (1)" for part in one.parts)
        for one in relations
    ]
    if len(sums) == 1:
        sums *= 2  # it does not take a lone relation
    numbered = [f"{place} {line}" for place, line in enumerate(lines)]
    path.write_text(
        "\n".join(["0", str(len(cells)), *numbered, str(len(sums)), *sums]) + "\n", encoding="ascii"
    )
