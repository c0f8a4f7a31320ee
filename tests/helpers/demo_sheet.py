"""The demonstration delivery as a sheet to write in other ways: all of it, or parts that have everything in them.

What does not belong here: how it is written (`dialects`).
"""

from __future__ import annotations

import csv
import tempfile
from functools import cache
from pathlib import Path

from faults_people import Sheet

from schemas.columns import COLUMNS, DETAILS, NATIONALITIES
from schemas.values import INCOMES
from wi2007.demo import write_delivery
from wi2007.demo.rows import COLUMNS as DEMO_COLUMNS

FEW = ("geslacht", "gevraagde_nationaliteit", "statuscode", "doelgroep")
MANY = (*FEW, "land_van_herkomst", *NATIONALITIES, "gemeentecode")


@cache
def whole() -> bytes:
    """The demonstration delivery as it is written for people."""
    with tempfile.TemporaryDirectory() as folder:
        return write_delivery(Path(folder, "2022-07-01")).read_bytes()


@cache
def part() -> Sheet:
    """Some two thousand persons; every country, municipality and nationality of the delivery is there."""
    return _part(MANY, every=1000)


@cache
def few() -> Sheet:
    """Some hundreds of persons; every status is there, and births of which a part is unknown."""
    return _part(FEW, every=500)


def _details(number: int) -> tuple[str, ...]:
    """The columns that the first demonstration delivery does not have: every value, and every fifth person without."""
    if number % 5 == 4:
        return ("",) * len(DETAILS)
    day = f"20{8 + number % 13:02d}{1 + number % 12:02d}{1 + number % 28:02d}"
    return (
        str(number % 10),
        day,
        str(number * 37 % 10_000),
        INCOMES[number // 7 % 5],
        ("ja", "nee")[number // 3 % 2],
    )


def _part(lists: tuple[str, ...], every: int) -> Sheet:
    """The first person with each value of these columns, births with unknown parts, and one in so many more."""
    records = csv.reader(whole().decode().splitlines(), delimiter=";")
    assert tuple(next(records)) == DEMO_COLUMNS
    assert (*DEMO_COLUMNS, *DETAILS) == COLUMNS
    places = [COLUMNS.index(name) for name in lists]
    born = COLUMNS.index("geboortedatum")
    seen: set[tuple[int, str]] = set()
    rows = []
    for number, fields in enumerate(records):
        new = {(place, fields[place]) for place in places}
        if fields[born].endswith("00"):
            new.add((born, fields[born][4:] if fields[born] > "1" else fields[born]))
        if not new <= seen or number % every == 0:
            seen |= new
            rows.append((*fields, *_details(number)))
    return Sheet(COLUMNS, tuple(rows))
