"""A whole report as the pipeline makes it, of an invented population: texts, tables, charts and downloads."""

from __future__ import annotations

import json
import random
import tempfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import cbs_books
import pyarrow as pa
from rendering_sample import sample_charts, sample_document, sample_downloads

from schemas.cbs import CBS
from schemas.statement_tables import REPRODUCTION
from tests.helpers.exact_tables import tidy_tables
from wi2007 import reference, study
from wi2007.cbs.table import CbsSource, CbsTable, source_to_json
from wi2007.demo import cbs
from wi2007.project import CONFIG, REFERENCE
from wi2007.publication.chapters.register import load_texts
from wi2007.publication.content.inputs import Inputs, read_account
from wi2007.publication.document import Document
from wi2007.publication.report import make
from wi2007.tables.specification import load
from wi2007.tables.tidy import reproduction

DAY = date(2022, 7, 1)
KEYS = ("geslacht", "land_van_herkomst", "gemeente", "leeftijdsklasse", "statuscode", "doelgroep")


@dataclass(frozen=True)
class Parts:
    """What a layout is made from."""

    document: Document
    charts: dict[str, str]
    downloads: dict[str, bytes]


@cache
def sample_parts() -> Parts:
    """The awkward document."""
    return Parts(sample_document(), sample_charts(), sample_downloads())


@cache
def real_parts() -> Parts:
    """The document of the pipeline."""
    specification = load(CONFIG / "tables.yaml")
    records = tidy_tables(cube(), specification, DAY)
    table, source = workbook()
    inputs = Inputs(
        records=records,
        specification=specification,
        account=read_account(processing(sum(cube()["aantal"].to_pylist()))),
        texts=load_texts(CONFIG / "report", REFERENCE / "begrippen.yaml"),
        files={
            "reproductie.csv": REPRODUCTION.to_csv(reproduction(records, study.figures())),
            "cbs.csv": CBS.to_csv(table.rows),
            "cbs.json": source_to_json(source),
        },
        version="1.2.3",
    )
    made = make(inputs)
    downloads = {name: text.encode("utf-8") for name, text in made.downloads.items()}
    return Parts(made.document, dict(made.charts), downloads)


def workbook() -> tuple[CbsTable, CbsSource]:
    """The CBS table of the demonstration."""
    chosen = cbs.load()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / chosen.bestand
        path.write_bytes(cbs.workbook(chosen))
        return cbs_books.read(path)


@cache
def cube() -> pa.Table:
    """Counts over every trait, drawn with a fixed seed; large counts, so that numbers have points in them."""
    draw = random.Random(7)
    countries = [code for code, one in reference.countries().items() if one.valid_on(DAY)]
    places = [code for code, one in reference.municipalities().items() if one.valid_on(DAY)]
    classes = [one.label for one in reference.age_classes()]
    statuses = list(reference.statuses())
    cells: dict[tuple[str, ...], int] = {}
    for _ in range(3000):
        key = (
            draw.choice("MVO"),
            draw.choice(countries),
            draw.choice(places),
            draw.choice(classes),
            draw.choice(statuses),
            draw.choice(("OUDKOMER", "NIEUWKOMER")),
        )
        cells[key] = cells.get(key, 0) + draw.randint(1, 160)
    columns = {key: pa.array([cell[i] for cell in sorted(cells)], pa.string()) for i, key in enumerate(KEYS)}
    return pa.table({**columns, "aantal": pa.array([cells[cell] for cell in sorted(cells)], pa.int64())})


def processing(kept: int) -> str:
    """The account of a demonstration delivery, with a file name that needs care."""
    steps = (
        ("gelezen", kept + 5, {}),
        ("uitgesloten", 5, {"regel": "turkse_nationaliteit"}),
        ("overgebleven", kept, {}),
    )
    return json.dumps(
        {
            "peildatum": DAY.isoformat(),
            "demonstratie": True,
            "levering": {
                "bestand": "levering_*juli*_[DUO] <1> & $x$ #2 中.csv",
                "kenmerk": "0a1b" * 16,
                "lezing": [
                    {"over": "codering", "waarde": "UTF-8", "ingesteld": False, "waarom": "Gevonden."}
                ],
                "kolommen": ["persoonsnummer", "geslacht", "geboortedatum", "land_van_herkomst"],
                "velden": {
                    "persoonsnummer": ["PSEUDO_ID <1> & $x$"],
                    "geslacht": ["geslacht"],
                    "land_van_herkomst": ["LAND *1*", "LAND_2"],
                    "doelgroep": [],
                },
                "normalisaties": [
                    {
                        "regel": "nullen_vooraan",
                        "kolom": "land_van_herkomst",
                        "omschrijving": "Nullen vooraan zijn aangevuld.",
                        "omvang": "1 tot 5% van de rijen",
                    }
                ],
            },
            "trechter": [
                {"stap": step, "omschrijving": "Rijen", "bron": "een bron", "aantal": count, **more}
                for step, count, more in steps
            ],
            "tellingen": {"gemeente_opgevolgd": 1, "gemeente_gesplitst": 1, "leeftijdsklasse_onbekend": 3},
            "waarschuwingen": [],
            "afronding": None,
        }
    )
