"""Write deliveries of any number of rows for the benchmark: invented persons, fresh ids, the skew of a real register.

`python benchmarks/generate.py 2600000 benchmarks/data/2600000.csv`. The same rows give the same bytes.
What does not belong here: the demonstration delivery (`wi2007.demo`), whose margins are those of the study.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from wi2007 import reference
from wi2007.classification import classification

BATCH = 500_000
PEILDATUM = "2022-07-01"
Codes = tuple[np.ndarray, np.ndarray]


def skewed(codes: list[str], power: float = 1.1) -> Codes:
    """Codes with falling shares, as countries and municipalities have."""
    weights = 1 / np.arange(1, len(codes) + 1) ** power
    return np.array(codes), weights / weights.sum()


def draw(rng: np.random.Generator, choice: Codes, size: int) -> pa.Array:
    """`size` values from codes with shares, as a dictionary column."""
    codes, shares = choice
    picked = np.searchsorted(np.cumsum(shares), rng.random(size)).clip(0, len(codes) - 1)
    return pa.DictionaryArray.from_arrays(pa.array(picked.astype("int32")), pa.array(codes.tolist())).cast(
        pa.string()
    )


def days(first: str, last: str) -> list[str]:
    """Every day from `first` up to `last`, written yyyymmdd."""
    return [str(day).replace("-", "") for day in np.arange(first, last, dtype="datetime64[D]")]


def births() -> Codes:
    """Birth dates from 1930 to 1997; one in twenty lacks its day, its month or all."""
    whole = days("1930-01-01", "1997-06-01")
    months = sorted({day[:6] + "00" for day in whole})
    years = sorted({day[:4] + "0000" for day in whole})
    groups = [(whole, 0.95), (months, 0.02), (years, 0.029), (["00000000"], 0.001)]
    shares = np.concatenate([np.full(len(values), share / len(values)) for values, share in groups])
    return np.array([value for values, _ in groups for value in values]), shares


def choices() -> dict[str, Codes]:
    """For each column but the id and the ordered dates: its values and their shares."""
    rng = np.random.default_rng(2007)
    places = classification(date.fromisoformat(PEILDATUM))
    municipalities = [code for code, place in places.items() if place.code and code != reference.UNKNOWN_CODE]
    nationalities = [c for c in reference.nationalities() if c != "0000"]
    return {
        "geslacht": (np.array(["V", "M", "O"]), np.array([0.56, 0.439, 0.001])),
        "geboortedatum": births(),
        "land_van_herkomst": skewed(rng.permutation(list(reference.countries())).tolist()),
        "gevraagde_nationaliteit": (np.array(["Nederlands", "anders", "Turks"]), np.array([0.5, 0.43, 0.07])),
        "nationaliteit_1": skewed(rng.permutation(nationalities).tolist()),
        "nationaliteit_2": skewed(["", *nationalities], 2.0),
        "nationaliteit_3": skewed(["", *nationalities], 4.0),
        "nationaliteit_4": skewed(["", *nationalities], 6.0),
        "gemeentecode": skewed(rng.permutation(municipalities).tolist(), 0.9),
        "statuscode": skewed(rng.permutation(list(reference.statuses())).tolist()),
        "statusdatum": (np.array(["", *days("2013-01-01", "2022-06-30")]), np.full(3468, 1 / 3468)),
        "startdatum_plicht": (np.array(["", *days("2007-01-01", "2012-12-31")]), np.full(2192, 1 / 2192)),
        "doelgroep": (np.array(["NIEUWKOMER", "OUDKOMER"]), np.array([0.7, 0.3])),
    }


def batch(rng: np.random.Generator, first: int, size: int, columns: dict[str, Codes]) -> pa.Table:
    """`size` invented persons numbered from `first`; the ids look random and never repeat."""
    numbers = np.arange(first, first + size, dtype=np.uint64) * np.uint64(2862933555777941757)
    ids = np.char.add("P", np.char.zfill((numbers >> np.uint64(4)).astype(str), 18))
    drawn = {name: draw(rng, choice, size) for name, choice in columns.items()}
    return pa.table({"persoonsnummer": pa.array(ids.tolist()), **drawn})


def write(rows: int, path: Path) -> None:
    """Write a delivery of `rows` persons to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(2022)
    columns = choices()
    with path.open("wb") as file:
        file.write((";".join(["persoonsnummer", *columns]) + "\n").encode())
        for first in range(0, rows, BATCH):
            table = batch(rng, first, min(BATCH, rows - first), columns)
            options = pc.WriteOptions(include_header=False, delimiter=";", quoting_style="none")
            pc.write_csv(table, file, options)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
