"""What follows from the published tables alone: every statement of the study computed again, and the projections."""

from __future__ import annotations

import json
from datetime import date

from schemas.change import BEGIN, CHANGE
from schemas.statement_tables import STATEMENTS
from schemas.tempo_tables import OUTLOOK, TEMPO
from schemas.tidy import TIDY, TOTAL
from wi2007.pipeline import PUBLICATION
from wi2007.project import CONFIG, REFERENCE
from wi2007.statements.published import published
from wi2007.statements.results import statements
from wi2007.statements.settings import load as load_statements
from wi2007.statements.sources import Cells, Sources, read_cbs, read_changes, rounding_of
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text
from wi2007.tables.specification import load as load_tables
from wi2007.tempo.cells import load_choices
from wi2007.tempo.outlook import BEFORE, Seen, outlook, outlook_rows, record
from wi2007.tempo.pace import Point

_OBLIGED = "nog_inburgeringsplichtig"


def write_statements(case: Case) -> None:
    """Write `uitspraken.csv` from the tables and, where there are any, figures of CBS and what changed."""
    specification = load_tables(CONFIG / "tables.yaml")
    study = published(REFERENCE)
    settings = load_statements(CONFIG / "uitspraken.yaml", specification, study)
    processing = case.json("publicatie/verwerking.json")
    rounding = rounding_of(processing)
    sources = Sources(
        peildatum=date.fromisoformat(processing["peildatum"]),
        cells=Cells(TIDY.read(case.made(PUBLICATION + TIDY.file)), specification, rounding),
        spread=rounding.spread,
        cbs=read_cbs(case.text("publicatie/cbs.csv")),
        changes=read_changes(case.text("publicatie/verandering.csv"), settings.vergelijking),
    )
    found = STATEMENTS.to_csv(statements(settings, study, sources))
    write_text(case.made(PUBLICATION + STATEMENTS.file), found)


def write_outlook(case: Case) -> None:
    """Write the projections (`vooruitzicht.csv`), and what they rest on."""
    processing = case.json("publicatie/verwerking.json")
    choices = load_choices(CONFIG / "tempo.yaml")
    protection = processing["afronding"]
    seen = Seen(
        date.fromisoformat(processing["peildatum"]),
        TEMPO.read(case.made(PUBLICATION + TEMPO.file)),
        protection["afwijking"] - 1 if protection else 0,
        _before(case),
    )
    found = outlook(seen, choices)
    rows = OUTLOOK.to_csv(outlook_rows(found), exact=not protection)
    write_text(case.made(PUBLICATION + OUTLOOK.file), rows)
    about = json.dumps(record(found, choices), ensure_ascii=False, indent=2) + "\n"
    write_text(case.made("publicatie/vooruitzicht.json"), about)


def _before(case: Case) -> Point | None:
    """Who was still obliged at the peildatum before, where there is one to compare with."""
    told = case.json("publicatie/verandering.json")
    if not told["vergeleken"]:
        return None
    for row in CHANGE.read(case.made(PUBLICATION + CHANGE.file)):
        total = (row.rijvariabele, row.kolom) == (TOTAL, TOTAL)
        if row.populatie == _OBLIGED and total and row.deel == BEGIN:
            return Point(date.fromisoformat(told["vorige"]), row.aantal, BEFORE)
    return None
