"""From delivery to cube by ours, by the script of a researcher, and by pyarrow that merely parses."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import Measured, in_turn

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "benchmarks" / "data"
OURS, PANDAS, PARSE = "wi2007", "pandas by hand", "pyarrow, parsing only"
PEILDATUM = "2022-07-01"
FITS_IN_MEMORY = 5_000_000
"""More rows than this the script of a researcher, which reads the whole file, is not asked for."""

SAME_CUBE = """
import sys
import pyarrow.parquet as pq
ours, other = (pq.ParquetFile(path).read() for path in sys.argv[1:])
names = other.column_names
def rows(table):
    return sorted(zip(*(table.column(name).to_pylist() for name in names)))
sys.exit(rows(ours) != rows(other))
"""


def delivery(rows: int) -> Path:
    """The delivery of so many rows; written when it is not there."""
    path = DATA / f"{rows}.csv"
    if not path.exists():
        part = path.with_suffix(".part")
        subprocess.run(
            [sys.executable, "-m", "benchmarks.generate", str(rows), str(part)], cwd=ROOT, check=True
        )
        part.replace(path)
    return path


def compare(rows: int, repeats: int) -> dict[str, Measured]:
    """Medians by program; raises `RuntimeError` when the cubes are not the same."""
    path, work = delivery(rows), DATA / "werk"
    placed(path, work, PEILDATUM)
    by_hand = [str(work / name) for name in ("personen.parquet", "kubus.parquet", "fouten.csv")]
    python = sys.executable
    commands = {
        OURS: [python, "-m", "wi2007.steps", "read", PEILDATUM],
        PARSE: [python, str(ROOT / "benchmarks" / "parse.py"), str(path)],
        PANDAS: [python, str(ROOT / "benchmarks" / "researcher.py"), str(path), *by_hand],
    }
    if rows > FITS_IN_MEMORY:
        del commands[PANDAS]
    measured = in_turn(commands, repeats, work)
    if PANDAS in commands:
        cubes = [str(work / "data" / "processed" / PEILDATUM / "kubus.parquet"), by_hand[1]]
        if subprocess.run([python, "-c", SAME_CUBE, *cubes], check=False).returncode:
            raise RuntimeError("the two programs did not count the same cube")
    return measured


def placed(path: Path, work: Path, peildatum: str) -> None:
    """Put a delivery in its place in a working directory, where a step finds it."""
    target = work / "data" / "raw" / peildatum / "levering.csv"
    shutil.rmtree(target.parent, ignore_errors=True)
    target.parent.mkdir(parents=True)
    target.hardlink_to(path)
