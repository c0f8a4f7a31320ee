"""A small population and what a report of it is made from, for the tests of the content."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

import pyarrow as pa
import yaml

from schemas.statement_tables import REPRODUCTION, Result
from schemas.tables import Specification
from schemas.tidy import TidyRow
from tests.helpers.exact_tables import tidy_tables
from wi2007 import study
from wi2007.project import CONFIG, REFERENCE
from wi2007.publication.chapters.chapter import Chapter
from wi2007.publication.chapters.processing import Processing
from wi2007.publication.chapters.register import load_texts
from wi2007.publication.content.inputs import Inputs, read_account
from wi2007.publication.content.texts import Texts
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Document, Paragraph, Section, Table
from wi2007.publication.report import report
from wi2007.statements.published import published
from wi2007.statements.results import statements
from wi2007.statements.settings import load as load_statements
from wi2007.statements.sources import Cells, Rounding, Sources, read_tables
from wi2007.tables.tidy import reproduction

KEYS = ("geslacht", "land_van_herkomst", "gemeente", "leeftijdsklasse", "statuscode", "doelgroep")
Made = TypeVar("Made", bound=Chapter)
People = Mapping[tuple[str, ...], int]

PEOPLE: People = {
    ("M", "5022", "0363", "45 tot 55", "IBP", "OUDKOMER"): 30,
    ("V", "5022", "0363", "45 tot 55", "IBP", "OUDKOMER"): 20,
    ("V", "9049", "0518", "35 tot 45", "IBP", "NIEUWKOMER"): 25,
    ("O", "6022", "0599", "65 en ouder", "IBP", "NIEUWKOMER"): 1,
    ("M", "6043", "1999", "55 tot 65", "VERTROKKEN", "OUDKOMER"): 40,
    ("V", "9049", "0363", "35 tot 45", "VOLDAAN", "OUDKOMER"): 100,
    ("M", "5022", "0518", "35 tot 45", "ONTHEFFING_AGI", "OUDKOMER"): 60,
}


PROTECTED = {
    "basis": 5,
    "afwijking": 5,
    "rest_wijkt_verder_af": False,
    "uitgave": 1,
    "samengevoegd": True,
}
"""How the account of the processing tells that counts are rounded."""


@cache
def texts() -> Texts:
    return load_texts(CONFIG / "report", REFERENCE / "begrippen.yaml")


def specification(*added: dict[str, Any], **populations: dict[str, Any]) -> Specification:
    """The project's tables with others added."""
    raw = yaml.safe_load((CONFIG / "tables.yaml").read_text(encoding="utf-8"))
    raw["tables"] += added
    raw["populations"] |= populations
    return Specification.model_validate(raw)


def processing(people: People, **changes: Any) -> str:
    """The account of a delivery of these people and five who were left out."""
    kept = sum(people.values())
    raw = {
        "peildatum": "2024-07-01",
        "demonstratie": False,
        "levering": {
            "bestand": "levering_*juli*_[DUO].csv",
            "kenmerk": "0a" * 32,
            "lezing": [{"over": "codering", "waarde": "UTF-8", "ingesteld": False, "waarom": "Gevonden."}],
            "kolommen": ["persoonsnummer", "geslacht"],
            "velden": {"persoonsnummer": ["persoonsnummer"], "geslacht": ["geslacht"]},
            "normalisaties": [],
        },
        "trechter": [
            {"stap": "gelezen", "omschrijving": "Rijen", "bron": "", "aantal": kept + 5},
            {
                "stap": "uitgesloten",
                "regel": "turkse_nationaliteit",
                "omschrijving": "Om een reden",
                "bron": "een uitspraak",
                "aantal": 5,
            },
            {"stap": "overgebleven", "omschrijving": "Personen", "bron": "", "aantal": kept},
        ],
        "tellingen": {"gemeente_opgevolgd": 1176, "gemeente_gesplitst": 0, "leeftijdsklasse_onbekend": 3},
        "waarschuwingen": [],
        "afronding": None,
    }
    return json.dumps({**raw, **changes})


def inputs(
    people: People = PEOPLE, tables: Specification | None = None, compared: bool = False, **changes: Any
) -> Inputs:
    """What a report without charts is made from; `changes` go into the account of the processing."""
    cells = sorted(people)
    columns = {key: pa.array([cell[i] for cell in cells], pa.string()) for i, key in enumerate(KEYS)}
    cube = pa.table({**columns, "aantal": pa.array([people[cell] for cell in cells], pa.int64())})
    told = read_account(processing(people, **changes))
    records = tidy_tables(cube, tables or specification(), told.peildatum)
    return Inputs(
        records=records,
        specification=tables or specification(),
        account=told,
        texts=texts(),
        files={
            "reproductie.csv": REPRODUCTION.to_csv(reproduction(records, study.figures()) if compared else ())
        },
        version="1.2.3",
        charts=False,
    )


def results(records: Sequence[TidyRow], peildatum: date, spread: int = 0) -> list[Result]:
    """The statements of these tables."""
    cells = Cells(read_tables(records), specification(), Rounding(spread))
    settings = load_statements(CONFIG / "uitspraken.yaml", specification(), published())
    return statements(settings, published(), Sources(peildatum, cells, spread))


def report_of(made: Inputs) -> Document:
    """The report."""
    return report(made)


def chapter_of(kind: type[Made], made: Inputs) -> Made:
    """One chapter by itself, with its charts."""
    writer = Writer(made.texts)
    writer.learn(Processing(made, writer).values())
    return kind(replace(made, charts=True), writer)


def section(document: Document, name: str) -> Section:
    """The chapter or section with this id."""
    found = [each for chapter in document.sections for each in (chapter, *chapter.sections)]
    return next(each for each in found if each.id == name)


def sentences(part: Section) -> list[str]:
    """The paragraphs of a section as plain text."""
    return ["".join(s.text for s in b.text) for b in part.blocks if isinstance(b, Paragraph)]


def tables(part: Section) -> list[Table]:
    """The tables of a section."""
    return [block for block in part.blocks if isinstance(block, Table)]


def with_files(made: Inputs, **files: str) -> Inputs:
    """The same with other published files: `cbs_csv` for `cbs.csv`."""
    named = {name.replace("_", "."): text for name, text in files.items()}
    return replace(made, files={**made.files, **named})
