"""The gate for other readings of the choices: from what they count otherwise to the statements that change.

It publishes statements only: no count of a table under another reading leaves it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

import pyarrow.parquet as pq

from schemas.cube import SETS
from schemas.sensitivity import ReadingText
from schemas.statement_tables import OUTCOMES, Outcome, Result
from schemas.tables import Specification
from wi2007.errors import UnsafeError
from wi2007.pipeline import PUBLICATION
from wi2007.population.exclusion import read_sensitivity
from wi2007.project import CONFIG, REFERENCE
from wi2007.protection import funnel
from wi2007.protection.audit import NotSafeError
from wi2007.protection.cells import EVERYBODY
from wi2007.protection.linear import NoSolutionError
from wi2007.protection.release import Rounded
from wi2007.protection.rounding import Draw, draw
from wi2007.protection.variants import Released, RoundedVariants, VariantsRequest, protected
from wi2007.statements.published import published
from wi2007.statements.results import statements
from wi2007.statements.settings import load as load_statements
from wi2007.statements.sources import (
    CbsTable,
    Cells,
    CountedTable,
    Rounding,
    Sources,
    read_cbs,
    rounding_of,
)
from wi2007.statements.variants import TOO_FEW, about, outcomes, to_json
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text
from wi2007.steps.gate import secret
from wi2007.steps.gate.exact import Exact
from wi2007.tables.build import Counted, Merged, tidy_table

STILL_OBLIGED = "nog_inburgeringsplichtig"
_UNSAFE = (
    "Er is niets gemaakt: wat de varianten anders tellen, is niet zo af te ronden dat een lezer er niet meer van te "
    "weten komt dan mag. Zet een hogere 'basis' in config/gevoeligheid.yaml, of haal varianten weg."
)


def make(case: Case, exact: Exact, shown: Rounded) -> None:
    """Write every statement under every reading; a header alone where there are too few persons."""
    settings = read_sensitivity()
    public = case.json("publicatie/verwerking.json")
    variants = pq.ParquetFile(case.made("varianten.parquet")).read()
    figures = {**shown.figures, _left_out(exact): _shown_left_out(public)}
    released = Released(shown.of_pairs, exact.who.tables, figures, shown.base)
    rules = exact.rules
    asked = VariantsRequest(
        variants, exact.specification.for_comparison, settings, released, rules.pogingen, rules.klein
    )
    told = about(settings, shown.base)
    found: list[Outcome] = []
    check: dict[str, Any] = {}
    if _size(shown.of_pairs) < settings.vanaf:
        told = about(settings, shown.base, TOO_FEW)
    else:
        data = hashlib.sha256(repr((exact.cube.to_pydict(), variants.to_pydict())).encode()).hexdigest()
        made = _safe(asked, exact, data, case)
        cbs = read_cbs(case.text("publicatie/cbs.csv"))
        found = _judged(asked, made, shown, public, cbs)
        check = {
            "cellen": made.cells,
            "trekkingen_geprobeerd": made.attempts,
            "anders_dan_dezelfde_personen": made.apart,
        }
    record = {
        "peildatum": exact.processing["peildatum"],
        "basis": told.basis,
        "waarom_niet": told.waarom_niet,
    }
    write_text(
        case.made("outputcontrole/gevoeligheid.json"),
        json.dumps({**record, **check}, ensure_ascii=False, indent=2) + "\n",
    )
    write_text(case.made("publicatie/gevoeligheid.json"), to_json(told))
    write_text(case.made(PUBLICATION + OUTCOMES.file), OUTCOMES.to_csv(found))


def _left_out(exact: Exact) -> int:
    """The set of all persons who are left out."""
    who = funnel.who(exact.processing)
    return (who.get(funnel.READ, 0) - who.get(EVERYBODY, 0)) % SETS


def _shown_left_out(public: dict[str, Any]) -> int:
    return sum(step["aantal"] for step in public["trechter"] if step["stap"] == "uitgesloten")


def _size(of_pairs: Counted) -> int:
    """How many are still obliged, in the pair that shows most of them."""
    sizes = (
        sum(counts.values()) for (population, *_), counts in of_pairs.items() if population == STILL_OBLIGED
    )
    return max(sizes, default=0)


def _safe(asked: VariantsRequest, exact: Exact, data: str, case: Case) -> RoundedVariants:
    if asked.released.base is None:
        return protected(asked, _no_draw)
    key = secret.key_of(case, exact.processing, exact.rules)
    release = ("gevoeligheid", exact.processing["peildatum"], asked.settings.basis, data)
    try:
        return protected(asked, lambda names, attempt: draw(key, *release, *names, attempt))
    except (NotSafeError, NoSolutionError):
        raise UnsafeError(_UNSAFE) from None


def _no_draw(names: Sequence[str], attempt: int) -> Draw:
    raise AssertionError("exact counts are not rounded")


def _judged(
    asked: VariantsRequest,
    made: RoundedVariants,
    shown: Rounded,
    public: dict[str, Any],
    cbs: CbsTable | None,
) -> list[Outcome]:
    study = published(REFERENCE)
    settings = load_statements(CONFIG / "uitspraken.yaml", asked.specification, study)
    peildatum = date.fromisoformat(public["peildatum"])
    usual = rounding_of(public)

    def judged(of_pairs: Counted, spread: int, day: date | None) -> list[Result]:
        rounding = Rounding(usual.spread + spread, usual.loose)
        tables = _tables(of_pairs, asked.specification, peildatum, shown.merged)
        cells = Cells(tables, asked.specification, rounding)
        return statements(settings, study, Sources(peildatum, cells, rounding.spread, cbs, None, day))

    readings = {
        one.id: judged(made.of_pairs[one.id], made.spread[one.id], _day(one, peildatum))
        for one in asked.settings.lezingen
    }
    others = [one.id for one in asked.settings.lezingen if one.uitsluiting is not None]
    return outcomes(judged(shown.of_pairs, 0, None), readings, settings, study, others)


def _tables(
    of_pairs: Counted, specification: Specification, peildatum: date, merged: Merged
) -> Iterator[CountedTable]:
    """Every table, of which the rows are worked out when a statement needs them."""
    for table in specification.tables:
        names = frozenset({table.columns.variable, *(axis.variable for axis in table.rows)})
        rows = partial(tidy_table, of_pairs, table, specification, peildatum, merged)
        yield CountedTable(table.number, table.population, names, rows)


def _day(reading: ReadingText, peildatum: date) -> date | None:
    """The day whose municipalities a reading counts; None for those of the peildatum."""
    return date(peildatum.year, 1, 1) if reading.indeling == "1 januari" else None
