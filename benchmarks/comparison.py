"""Measure the step compare on two peildata of about the same persons: `python -m benchmarks.comparison [ROWS]`.

The second delivery has the persons of the first in another order: one in a hundred gone, one in twenty moved, one in
fifty with another status, one in a thousand with another birth date. What does not belong here: what they changed into.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from benchmarks.engines import DATA, ROOT, delivery, placed
from benchmarks.measure import in_turn, measure

PEILDATA = ("2022-07-01", "2023-10-01")
CHANGED = {"gemeentecode": 0.05, "statuscode": 0.02, "geboortedatum": 0.001}


def follow_up(path: Path, target: Path) -> None:
    """Write the delivery of the same persons later on."""
    draw = np.random.default_rng(1)
    with path.open(encoding="utf-8") as file:
        names = file.readline().strip().split(";")
    options = pc.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
    persons = pc.read_csv(path, parse_options=pc.ParseOptions(delimiter=";"), convert_options=options)
    persons = persons.take(pa.array(np.flatnonzero(draw.random(persons.num_rows) > 0.01)))
    rows = np.arange(persons.num_rows)
    for name, share in CHANGED.items():
        other = np.where(draw.random(len(rows)) < share, draw.integers(0, len(rows), len(rows)), rows)
        persons = persons.set_column(names.index(name), name, persons[name].take(pa.array(other)))
    with target.open("wb") as file:
        file.write((";".join(names) + "\n").encode())
        plain = pc.WriteOptions(include_header=False, delimiter=";", quoting_style="none")
        pc.write_csv(persons.take(pa.array(draw.permutation(len(rows)))), file, plain)


def main() -> None:
    """Print the medians of three runs."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 2_600_000
    first, second = delivery(rows), DATA / f"{rows}_vervolg.csv"
    if not second.exists():
        # In a process of its own: what it takes in memory would count for the processes that this one starts.
        program = "import sys; from pathlib import Path; from benchmarks.comparison import follow_up; "
        program += "follow_up(Path(sys.argv[1]), Path(sys.argv[2]))"
        subprocess.run([sys.executable, "-c", program, str(first), str(second)], cwd=ROOT, check=True)
    work = DATA / "vergelijking"
    for path, peildatum in zip((first, second), PEILDATA, strict=True):
        placed(path, work, peildatum)
        measure([sys.executable, "-m", "wi2007.steps", "read", peildatum], work)
    step = [sys.executable, "-m", "wi2007.steps", "compare", PEILDATA[1], "--earlier", PEILDATA[0]]
    found = in_turn({"compare": step}, 3, work)["compare"]
    print(f"{rows:,} rows: {found.wall:.1f} s, {found.cpu:.1f} s of processor time, {found.memory:.0f} MB")


if __name__ == "__main__":
    main()
