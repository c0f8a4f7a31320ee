"""The demonstration delivery as a sheet to write in other ways: all of it, or a part with every value of every list.

What does not belong here: how it is written (`dialects`).
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from faults_people import Sheet

from schemas.columns import COLUMNS
from wi2007.demo import write_delivery

EVERY = 150
"""One in so many persons is taken, besides all those who have something that nobody before them had."""
DAYS = ("geboortedatum", "statusdatum", "startdatum_plicht")
LISTS = tuple(name for name in COLUMNS if name not in ("persoonsnummer", *DAYS))


@cache
def whole() -> bytes:
    """The demonstration delivery as it is written for people."""
    with tempfile.TemporaryDirectory() as folder:
        return write_delivery(Path(folder, "2022-07-01")).read_bytes()


@cache
def part() -> Sheet:
    """Some thousands of its persons; everything in a list of codes is there, and all births with unknown parts."""
    records = csv.reader(whole().decode().splitlines(), delimiter=";")
    names = tuple(next(records))
    return Sheet(names, tuple(_chosen(names, records)))


def _chosen(names: tuple[str, ...], records: Iterator[list[str]]) -> Iterator[tuple[str, ...]]:
    lists = [(names.index(name), set[str]()) for name in LISTS]
    born = names.index("geboortedatum")
    unknown: set[str] = set()
    for number, fields in enumerate(records):
        new = False
        for place, seen in lists:
            if fields[place] not in seen:
                seen.add(fields[place])
                new = True
        if fields[born].endswith("00") and fields[born] not in unknown:
            unknown.add(fields[born])
            new = True
        if new or number % EVERY == 0:
            yield tuple(fields)
