"""Write what follows from the published tables alone: every statement of the study again, and the scenarios."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from schemas.change import BEGIN, CHANGE
from schemas.statement_tables import STATEMENTS
from schemas.tempo_tables import OUTLOOK, TEMPO
from schemas.tidy import TIDY, TOTAL
from wi2007.pipeline import PUBLICATION
from wi2007.project import CONFIG, REFERENCE, mark_of
from wi2007.statements.published import published
from wi2007.statements.results import statements
from wi2007.statements.settings import load as load_statements
from wi2007.statements.sources import Cells, Sources, read_cbs, read_changes, read_tables, rounding_of
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text
from wi2007.tables.specification import load as load_tables
from wi2007.tempo.cells import load_choices
from wi2007.tempo.outlook import BEFORE, Seen, look_back, outlook, outlook_rows, record
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
        cells=Cells(read_tables(TIDY.read(case.made(PUBLICATION + TIDY.file))), specification, rounding),
        spread=rounding.spread,
        cbs=read_cbs(case.text("publicatie/cbs.csv")),
        changes=read_changes(case.text("publicatie/verandering.csv"), settings.vergelijking),
    )
    found = STATEMENTS.to_csv(statements(settings, study, sources))
    write_text(case.made(PUBLICATION + STATEMENTS.file), found)


def write_outlook(case: Case) -> None:
    """Write the scenarios (`vooruitzicht.csv`), what they rest on, and what the report before expected for this day."""
    choices = load_choices(CONFIG / "tempo.yaml")
    folder = case.made(PUBLICATION)
    found = outlook(_seen(folder), choices)
    before = _report_before(case)
    back = look_back(outlook(_seen(before), choices), found) if before else None
    rows = OUTLOOK.to_csv(outlook_rows(found, back), mark_of(_is_exact(folder), draft=False))
    write_text(folder / OUTLOOK.file, rows)
    about = json.dumps(record(found, choices, back), ensure_ascii=False, indent=2) + "\n"
    write_text(case.made("publicatie/vooruitzicht.json"), about)


def _report_before(case: Case) -> Path | None:
    """Give the publication folder of the report that this one is compared with, if there is any.

    Its scenarios are made again from what it publishes: the same numbers, whichever report is made first. Where its
    counts are exact and these are not, it is passed over: what follows from them may not be published.
    """
    before, own = case.before(PUBLICATION), case.made(PUBLICATION)
    told = _json(own, "verandering.json")
    if before is None or not told["vergeleken"] or told["vorige"] != case.earlier:
        return None
    return None if _is_exact(before) and not _is_exact(own) else before


def _seen(folder: Path) -> Seen:
    """Read what a report publishes of outflow."""
    processing = _json(folder, "verwerking.json")
    protection = processing["afronding"]
    return Seen(
        date.fromisoformat(processing["peildatum"]),
        TEMPO.read(folder / TEMPO.file),
        protection["afwijking"] - 1 if protection else 0,
        _before(folder),
    )


def _before(folder: Path) -> Point | None:
    """Who was still obliged at the peildatum before, where there is one to compare with."""
    told = _json(folder, "verandering.json")
    if not told["vergeleken"]:
        return None
    for row in CHANGE.read(folder / CHANGE.file):
        total = (row.rijvariabele, row.kolom) == (TOTAL, TOTAL)
        if row.populatie == _OBLIGED and total and row.deel == BEGIN:
            return Point(date.fromisoformat(told["vorige"]), row.aantal, BEFORE)
    return None


def _is_exact(folder: Path) -> bool:
    return not _json(folder, "verwerking.json")["afronding"]


def _json(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))
