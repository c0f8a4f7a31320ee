"""The exact tables from a cube on disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from schemas.tidy import TIDY
from tests.helpers.exact_tables import tidy_tables
from wi2007.errors import UserError
from wi2007.project import CONFIG
from wi2007.tables.specification import load

CUBE = {
    "geslacht": ["M", "O", "V", "V"],
    "land_van_herkomst": ["5022", "6022", "5022", "0000"],
    "gemeente": ["0363", "1999", "0518", "0000"],
    "leeftijdsklasse": ["45 tot 55", "Onbekend", "35 tot 45", "65 en ouder"],
    "statuscode": ["IBP", "OVERLEDEN", "IBP", "NI"],
    "doelgroep": ["NIEUWKOMER", "OUDKOMER", "Onbekend", "OUDKOMER"],
    "aantal": [3, 1, 2, 9],
    "wie": np.array([11, 22, 33, 44], dtype="uint64"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pq.write_table(pa.table(CUBE), tmp_path / "kubus.parquet")
    return tmp_path


def run(folder: Path, path: Path = CONFIG / "tables.yaml") -> None:
    """Write the exact tables of the cube in a folder."""
    cube = pq.ParquetFile(folder / "kubus.parquet").read()
    made = TIDY.to_csv(tidy_tables(cube, load(path), date(2022, 7, 1)))
    (folder / "tabellen.csv").write_text(made, encoding="utf-8")


def test_writes_the_exact_tables(folder: Path) -> None:
    run(folder)
    table = TIDY.checked(folder / "tabellen.csv")
    assert list(table["tabel"].unique()) == [one.number for one in load(CONFIG / "tables.yaml").tables]


def test_dictionary_columns_and_row_order_change_nothing(folder: Path) -> None:
    run(folder)
    before = (folder / "tabellen.csv").read_bytes()
    cube = pa.table(CUBE).take([2, 0, 3, 1])
    for place, name in enumerate(cube.column_names[:-1]):
        cube = cube.set_column(place, name, cube[name].dictionary_encode())
    pq.write_table(cube, folder / "kubus.parquet")
    run(folder)
    assert (folder / "tabellen.csv").read_bytes() == before


def test_a_table_more_needs_only_configuration(folder: Path) -> None:
    raw = yaml.safe_load((CONFIG / "tables.yaml").read_text(encoding="utf-8"))
    raw["populations"]["vrouwen"] = {"label": "Vrouwen", "filter": {"geslacht": ["vrouw"]}}
    raw["tables"].append(
        {
            "number": "X.1",
            "title": "Vrouwen naar doelgroep, land, leeftijd en status",
            "population": "vrouwen",
            "columns": {"variable": "uitstroomroute"},
            "rows": [
                {"variable": "doelgroep"},
                {"variable": "land_van_herkomst", "largest": 3, "rest": "Andere landen"},
                {"variable": "leeftijdsklasse"},
                {"variable": "statuscode"},
            ],
        }
    )
    tables = folder / "tables.yaml"
    tables.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    run(folder, tables)
    table = TIDY.checked(folder / "tabellen.csv").query("tabel == 'X.1'")
    found = table.set_index(["rijvariabele", "rij", "kolom"])["aantal"]
    assert found["totaal", "totaal", "totaal"] == 11
    assert found["doelgroep", "Oudkomer", "Onbekend"] == 9
    assert found["land_van_herkomst", "Marokko", "Nog steeds inburgeringsplichtig"] == 2
    assert found["land_van_herkomst", "Andere landen", "totaal"] == 9
    assert found["statuscode", "NI", "Onbekend"] == 9
    assert list(table.loc[table["rijvariabele"] == "doelgroep", "rij"].unique()) == [
        "Nieuwkomer",
        "Oudkomer",
        "Onbekend",
    ]


def test_a_wrong_specification_is_told_by_its_file(folder: Path) -> None:
    tables = folder / "tables.yaml"
    tables.write_text("tables: []\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"tables\.yaml is niet goed ingevuld"):
        run(folder, tables)
