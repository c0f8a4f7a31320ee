"""Every municipality lies in one province, and the provinces have the known numbers of municipalities."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pyarrow as pa
import pytest

from tests.helpers.exact_tables import tidy_tables
from wi2007 import reference
from wi2007.project import CONFIG
from wi2007.tables import variables
from wi2007.tables.specification import load

# By CBS, Gebieden in Nederland, in the order of `reference.PROVINCES`.
KNOWN = {
    date(2013, 1, 1): (23, 27, 12, 25, 6, 56, 26, 53, 67, 13, 67, 33),
    date(2022, 1, 1): (10, 18, 12, 25, 6, 51, 26, 45, 52, 13, 56, 31),
    date(2022, 7, 1): (10, 18, 12, 25, 6, 51, 26, 44, 52, 13, 56, 31),
    date(2023, 1, 1): (10, 18, 12, 25, 6, 51, 26, 44, 50, 13, 56, 31),
}
NOWHERE = {"0000": "Onbekend", "1999": "Register niet-ingezetenen"}


@pytest.mark.parametrize("day", list(KNOWN))
def test_number_of_municipalities_by_province_is_the_known_one(day: date) -> None:
    valid = [code for code, item in reference.municipalities().items() if item.valid_on(day)]
    found = Counter(reference.provinces()[code] for code in valid if code not in NOWHERE)
    assert tuple(found[name] for name in reference.PROVINCES) == KNOWN[day]


def test_a_municipality_lies_in_the_province_of_its_successors_but_for_vijfheerenlanden() -> None:
    found = reference.provinces()
    crossed = {
        (change.code, change.successor)
        for change in reference.reorganisations()
        if found[change.code] != found[change.successor]
    }
    assert crossed == {("0545", "1961"), ("0707", "1961")}
    assert found["1961"] == found["0620"] == "Utrecht"


def test_rni_and_unknown_lie_in_no_province_and_are_kept_apart() -> None:
    found = variables.province_of()
    assert found.keys() == reference.municipalities().keys()
    assert {code: found[code] for code in NOWHERE} == NOWHERE
    assert set(found.values()) == {*reference.PROVINCES, *NOWHERE.values()}


def test_categories_run_from_north_to_south_with_rni_and_unknown_last() -> None:
    found = list(variables.categories("provincie", date(2022, 7, 1)))
    assert found == [*reference.PROVINCES, "Register niet-ingezetenen", "Onbekend"]


def test_tables_count_the_municipalities_of_a_province_together() -> None:
    cube = pa.table(
        {
            "geslacht": ["M", "V", "V", "O", "M", "M"],
            "land_van_herkomst": ["5022"] * 6,
            "gemeente": ["0363", "0392", "0014", "0363", "1999", "0000"],
            "leeftijdsklasse": ["45 tot 55"] * 6,
            "statuscode": ["IBP", "IBP", "IBP", "IBP", "VOLDAAN", "IBP"],
            "doelgroep": ["NIEUWKOMER"] * 6,
            "aantal": [2, 3, 5, 7, 11, 13],
        }
    )
    rows = tidy_tables(cube, load(CONFIG / "tables.yaml"), date(2022, 7, 1))
    still = {(row.rij, row.kolom): row.aantal for row in rows if row.tabel == "B.6" and row.aantal}
    assert still == {
        ("totaal", "totaal"): 30,
        ("totaal", "man"): 15,
        ("totaal", "vrouw"): 8,
        ("Groningen", "totaal"): 5,
        ("Groningen", "vrouw"): 5,
        ("Noord-Holland", "totaal"): 12,
        ("Noord-Holland", "man"): 2,
        ("Noord-Holland", "vrouw"): 3,
        ("Onbekend", "totaal"): 13,
        ("Onbekend", "man"): 13,
    }
    routes = {(row.rij, row.kolom): row.aantal for row in rows if row.tabel == "B.7"}
    assert routes["Register niet-ingezetenen", "Inburgering voldaan"] == 11
    assert routes["Noord-Holland", "Nog steeds inburgeringsplichtig"] == 12
