"""Step sensitivity: the gate for other readings. From what they count otherwise to the statements that change.

It publishes statements only: no count of a table under another reading leaves it.
What does not belong here: anything that computes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from schemas.disclosure import Disclosure
from schemas.sensitivity import ReadingText
from schemas.statement_tables import OUTCOMES, Outcome, Result
from wi2007.decisions import read
from wi2007.disclosure import rounded
from wi2007.disclosure.gate import NotSafeError
from wi2007.disclosure.program import NoSolutionError
from wi2007.disclosure.rounding import Draw, draw
from wi2007.errors import UnsafeError
from wi2007.population.readings import SENSITIVITY, read_sensitivity
from wi2007.project import CONFIG, REFERENCE
from wi2007.sensitivity.protection import Asked, Made, Released, protected
from wi2007.sensitivity.result import TOO_FEW, about, outcomes, to_json
from wi2007.statements.cells import Cells, Rounding
from wi2007.statements.published import published
from wi2007.statements.results import statements
from wi2007.statements.settings import load as load_statements
from wi2007.statements.sources import Sources, read_cbs
from wi2007.steps import secret
from wi2007.steps.edge import run_step, write_text
from wi2007.steps.statements import rounding_of
from wi2007.tables.build import tables_of
from wi2007.tables.counts import Counted, counted
from wi2007.tables.specification import load

STILL_OBLIGED = "nog_inburgeringsplichtig"
_UNSAFE = (
    "Er is niets gemaakt: wat andere lezingen anders tellen, is niet zo af te ronden dat een lezer er niet meer van te "
    "weten komt dan mag. Zet een hogere 'basis' in config/gevoeligheid.yaml, of haal lezingen weg."
)


def main() -> None:
    """Read the paths from the command line and do the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    for option in (
        "variants",
        "cube",
        "processing",
        "rounded",
        "public-processing",
        "publication",
        "check",
        "key",
    ):
        parser.add_argument(f"--{option}", type=Path, required=True)
    parser.add_argument("--readings", type=Path, default=SENSITIVITY)
    parser.add_argument("--cbs", type=Path, help="the tidy CBS table")
    arguments = parser.parse_args()
    run_step(lambda: make(arguments))


def make(paths: argparse.Namespace) -> None:
    """Write every statement under every reading; a header alone where there are too few persons."""
    settings = read_sensitivity(paths.readings)
    specification = load(CONFIG / "tables.yaml")
    processing, public = (
        json.loads(path.read_text(encoding="utf-8")) for path in (paths.processing, paths.public_processing)
    )
    shown = rounded.from_json(paths.rounded.read_text(encoding="utf-8"))
    rules: Disclosure = read(CONFIG / "disclosure.yaml").held(Disclosure)
    cube, variants = (pq.ParquetFile(path).read() for path in (paths.cube, paths.variants))
    exact = counted(cube, specification)
    released = Released(exact, shown.of_pairs, (_left_out(processing), _left_out(public)), shown.base)
    asked = Asked(variants, specification, settings, released, rules.pogingen, rules.klein)
    told = about(settings, shown.base)
    found: list[Outcome] = []
    check: dict[str, Any] = {}
    if _size(shown.of_pairs) < settings.vanaf:
        told = about(settings, shown.base, TOO_FEW)
    else:
        data = hashlib.sha256(repr((cube.to_pydict(), variants.to_pydict())).encode()).hexdigest()
        made = _safe(asked, processing, data, rules, paths)
        found = _judged(asked, made, shown, public, paths)
        check = {"cellen": made.cells, "trekkingen_geprobeerd": made.attempts}
    record = {"peildatum": processing["peildatum"], "basis": told.basis, "waarom_niet": told.waarom_niet}
    write_text(paths.check, json.dumps({**record, **check}, ensure_ascii=False, indent=2) + "\n")
    write_text(paths.publication / "gevoeligheid.json", to_json(told))
    write_text(paths.publication / OUTCOMES.file, OUTCOMES.to_csv(found))


def _left_out(processing: dict[str, Any]) -> int:
    return sum(step["aantal"] for step in processing["trechter"] if step["stap"] == "uitgesloten")


def _size(of_pairs: Counted) -> int:
    """How many are still obliged, in the pair that shows most of them."""
    sizes = (
        sum(counts.values()) for (population, *_), counts in of_pairs.items() if population == STILL_OBLIGED
    )
    return max(sizes, default=0)


def _safe(
    asked: Asked, processing: dict[str, Any], data: str, rules: Disclosure, paths: argparse.Namespace
) -> Made:
    if asked.released.base is None:
        return protected(asked, _no_draw)
    key = rules.demonstratiesleutel.encode() if processing["demonstratie"] else secret.key(paths.key)
    release = ("gevoeligheid", processing["peildatum"], asked.settings.basis, data)
    try:
        return protected(asked, lambda names, attempt: draw(key, *release, *names, attempt))
    except (NotSafeError, NoSolutionError):
        raise UnsafeError(_UNSAFE) from None


def _no_draw(names: Sequence[str], attempt: int) -> Draw:
    raise AssertionError("exact counts are not rounded")


def _judged(
    asked: Asked, made: Made, shown: rounded.Rounded, public: dict[str, Any], paths: argparse.Namespace
) -> list[Outcome]:
    study = published(REFERENCE)
    settings = load_statements(CONFIG / "uitspraken.yaml", asked.specification, study)
    peildatum = date.fromisoformat(public["peildatum"])
    cbs = read_cbs(paths.cbs.read_text(encoding="utf-8")) if paths.cbs else None
    usual = rounding_of(public)

    def judged(of_pairs: Counted, spread: int, day: date | None) -> list[Result]:
        rows = tables_of(of_pairs, asked.specification, peildatum, shown.merged)
        rounding = Rounding(usual.spread + spread, usual.loose)
        cells = Cells(rows, asked.specification, rounding)
        return statements(settings, study, Sources(peildatum, cells, rounding.spread, cbs, None, day))

    readings = {
        one.id: judged(made.of_pairs[one.id], made.spread[one.id], _day(one, peildatum))
        for one in asked.settings.lezingen
    }
    return outcomes(judged(shown.of_pairs, 0, None), readings, settings)


def _day(reading: ReadingText, peildatum: date) -> date | None:
    """The day whose municipalities a reading counts; None for those of the peildatum."""
    return date(peildatum.year, 1, 1) if reading.indeling == "1 januari" else None


if __name__ == "__main__":
    main()
