"""Write a delivery of any number of rows for the benchmark: the demonstration's persons over and over, with fresh ids.

`python benchmarks/generate.py 2600000 benchmarks/data/2600000.csv`. The same number of rows gives the same bytes.
What does not belong here: how the demonstration's persons come about (`wi2007.demo`).
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from wi2007 import reference
from wi2007.demo import write_delivery

ID = "persoonsnummer"
COUNTRIES, TURKISH = 120, 0.07
ODD = np.uint64(2862933555777941757)


def write(rows: int, path: Path) -> None:
    """Write a delivery of `rows` persons to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    persons = _demonstration()
    with path.open("wb") as file:
        file.write((";".join(persons.column_names) + "\n").encode())
        for first in range(0, rows, persons.num_rows):
            part = persons.slice(0, rows - first)
            part = part.set_column(0, ID, pa.array(_ids(first, part.num_rows)))
            pc.write_csv(
                part, file, pc.WriteOptions(include_header=False, delimiter=";", quoting_style="none")
            )


def _demonstration() -> pa.Table:
    with tempfile.TemporaryDirectory() as folder:
        path = write_delivery(Path(folder))
        with path.open(encoding="utf-8") as file:
            names = file.readline().strip().split(";")
        return pc.read_csv(
            path,
            parse_options=pc.ParseOptions(delimiter=";"),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )


def spread(rows: int, path: Path) -> None:
    """Write a delivery of persons spread over all municipalities and 120 countries, by chance but always alike."""
    draw = np.random.default_rng(1)
    day = date(2022, 7, 1)
    places = [code.code for code in reference.municipalities().values() if code.valid_on(day)]
    countries = [code.code for code in reference.countries().values() if code.valid_on(day)][:COUNTRIES]
    births = [f"{year}{month:02d}15" for year in range(1940, 1996) for month in range(1, 13)]
    is_turkish = draw.random(rows) < TURKISH
    columns = {
        "geslacht": draw.choice(["M", "V"], rows),
        "geboortedatum": draw.choice(births, rows),
        "land_van_herkomst": draw.choice(countries, rows),
        "gevraagde_nationaliteit": np.where(is_turkish, "Turks", "Nederlands"),
        "nationaliteit_1": np.where(is_turkish, "0339", ""),
        **{f"nationaliteit_{number}": np.full(rows, "") for number in (2, 3, 4)},
        "gemeentecode": draw.choice(places, rows),
        "statuscode": draw.choice(list(reference.statuses()), rows),
        "statusdatum": draw.choice([f"20{year}0615" for year in range(10, 22)], rows),
        "startdatum_plicht": draw.choice(["20070315", "20080315", "20090315"], rows),
        "doelgroep": draw.choice(["NIEUWKOMER", "OUDKOMER"], rows),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.table({ID: _ids(0, rows), **columns})
    with path.open("wb") as file:
        file.write((";".join(table.column_names) + "\n").encode())
        plain = pc.WriteOptions(include_header=False, delimiter=";", quoting_style="none")
        pc.write_csv(table, file, plain)


def _ids(first: int, size: int) -> list[str]:
    """Twelve signs that look random and never repeat: an odd factor permutes the numbers below 2 to the 40th."""
    numbers = np.arange(first, first + size, dtype=np.uint64) * ODD & np.uint64((1 << 40) - 1)
    return [f"R{number:011X}" for number in numbers.tolist()]


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
