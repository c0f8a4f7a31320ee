"""Small deliveries for tests of the engine, and the step run on them in a folder of their own."""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from steps import read_delivery

from schemas.columns import COLUMNS
from schemas.values import INCOMES, YES_OR_NO
from wi2007 import reference
from wi2007.errors import UserError
from wi2007.reference import classification

PEILDATUM = "2022-07-01"
Row = dict[str, str]


def person(number: int, **fields: str) -> Row:
    """A row that holds, with some fields of choice."""
    row = {
        "persoonsnummer": f"P{number:08d}",
        "geslacht": "V",
        "geboortedatum": "19700615",
        "land_van_herkomst": "5022",
        "gevraagde_nationaliteit": "anders",
        "nationaliteit_1": "0067",
        "nationaliteit_2": "",
        "nationaliteit_3": "",
        "nationaliteit_4": "",
        "gemeentecode": "0363",
        "statuscode": "VOLDAAN",
        "statusdatum": "20150301",
        "startdatum_plicht": "20080102",
        "doelgroep": "NIEUWKOMER",
        "examenonderdelen_behaald": "3",
        "laatste_examendatum": "20130617",
        "taaluren": "450",
        "inkomensbron": "loon",
        "ontheffing_geweigerd": "nee",
    }
    return row | fields


def random_people(count: int, seed: int = 1, first: int = 1) -> list[Row]:
    """Rows that hold, with every kind of value: incomplete births, retired municipalities, all codes."""
    rng = random.Random(seed)
    places = classification(date.fromisoformat(PEILDATUM))
    choices = {
        "geslacht": ["M", "V", "V", "M", "O"],
        "geboortedatum": [
            "19570702",
            "19570701",
            "19720000",
            "19700000",
            "19970800",
            "00000000",
            "19640229",
            "19570700",
        ],
        "land_van_herkomst": sorted(reference.countries()),
        "gevraagde_nationaliteit": ["Nederlands", "anders", "anders", "Turks"],
        "nationaliteit_1": ["", "0339", "0001", "0067"],
        "nationaliteit_2": ["", "0339"],
        "gemeentecode": [
            "0363",
            "0457",
            "1999",
            "0000",
            "0055",
            "0518",
            *sorted(c for c, p in places.items() if p.code),
        ],
        "statuscode": sorted(reference.statuses()),
        "statusdatum": ["", "20150301", "20220701", "20130101"],
        "startdatum_plicht": ["", "20070101", "20121231"],
        "doelgroep": ["", "NIEUWKOMER", "OUDKOMER"],
    }
    later, others = (
        random.Random(f"{seed}, more"),
        {
            "examenonderdelen_behaald": ["", *map(str, range(10))],
            "laatste_examendatum": ["", "20130617", "20080229", "20211203"],
            "taaluren": ["", "0", "75", "600", "1200", "9999"],
            "inkomensbron": ["", *INCOMES],
            "ontheffing_geweigerd": ["", *YES_OR_NO],
        },
    )
    return [
        person(
            first + at,
            **{name: rng.choice(values) for name, values in choices.items()},
            **{name: later.choice(values) for name, values in others.items()},
        )
        for at in range(count)
    ]


def text_of(rows: list[Row], columns: tuple[str, ...] = COLUMNS, end: str = "\n") -> str:
    """The rows as a delivery."""
    lines = [";".join(columns), *(";".join(row[name] for name in columns) for row in rows)]
    return end.join(lines) + end


@dataclass
class Run:
    """What a run of the step left behind. `message` is None when the delivery was accepted."""

    folder: Path
    message: str | None
    failures: list[dict[str, str]] = field(default_factory=list)
    html: str = ""

    @property
    def rules(self) -> set[tuple[str, str]]:
        """Every rule with its column that has a failure."""
        return {(failure["regel"], failure["kolom"]) for failure in self.failures}

    def rows(self, rule: str, column: str = "") -> list[int]:
        """The row numbers of a rule's failures in a column."""
        return [
            int(failure["rijnummer"])
            for failure in self.failures
            if (failure["regel"], failure["kolom"]) == (rule, column) and failure["rijnummer"]
        ]

    @property
    def processing(self) -> Any:
        return json.loads((self.folder / "verwerking.json").read_text(encoding="utf-8"))

    @property
    def persons(self) -> list[dict[str, Any]]:
        return list(pq.ParquetFile(self.folder / "personen.parquet").read().to_pylist())

    @property
    def excluded(self) -> list[dict[str, Any]]:
        return list(pq.ParquetFile(self.folder / "uitgesloten.parquet").read().to_pylist())

    @property
    def cube(self) -> list[dict[str, Any]]:
        return list(pq.ParquetFile(self.folder / "kubus.parquet").read().to_pylist())


def run(folder: Path, content: bytes | str, peildatum: str = PEILDATUM, **changes: Any) -> Run:
    """Write `content` as the delivery and do the step on it; what is above the folder reads MAP in a message."""
    folder.mkdir(parents=True, exist_ok=True)
    delivery = folder / "levering.csv"
    delivery.write_bytes(content.encode() if isinstance(content, str) else content)
    message = None
    try:
        read_delivery(delivery, folder, peildatum, **changes)
    except UserError as error:
        message = str(error).replace(str(folder.parent), "MAP")
    with (folder / "validatie.csv").open(encoding="utf-8", newline="") as file:
        failures = list(csv.DictReader(file))
    return Run(folder, message, failures, (folder / "validatie.html").read_text(encoding="utf-8"))


def run_rows(folder: Path, rows: list[Row], **changes: Any) -> Run:
    """Do the step on a delivery of these rows."""
    return run(folder, text_of(rows), **changes)
