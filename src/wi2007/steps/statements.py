"""Step statements: from the publication folder to every statement of the study, computed again.

It reads nothing exact: tables behind the gate and, where there are any, figures of CBS and a comparison of deliveries.
What does not belong here: anything that computes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from schemas.statement_tables import STATEMENTS
from schemas.tidy import TIDY
from wi2007.project import REFERENCE
from wi2007.statements.cells import Cells, Rounding
from wi2007.statements.published import published
from wi2007.statements.results import statements
from wi2007.statements.settings import load
from wi2007.statements.sources import Sources, read_cbs, read_changes
from wi2007.steps.edge import run_step, write_text
from wi2007.tables.specification import load as load_tables


def main() -> None:
    """Read the paths from the command line and do the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("public-tables", "public-processing", "tables", "statements", "output"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--reference", type=Path, default=REFERENCE, help="folder of uitspraken_2022.csv")
    parser.add_argument("--cbs", type=Path, help="the tidy CBS table")
    parser.add_argument(
        "--change", type=Path, help="verandering.csv: what changed since the peildatum before"
    )
    arguments = parser.parse_args()
    run_step(lambda: make(arguments))


def make(paths: argparse.Namespace) -> None:
    """Write every statement."""
    specification = load_tables(paths.tables)
    study = published(paths.reference)
    settings = load(paths.statements, specification, study)
    processing = json.loads(paths.public_processing.read_text(encoding="utf-8"))
    rounding = rounding_of(processing)
    sources = Sources(
        peildatum=date.fromisoformat(processing["peildatum"]),
        cells=Cells(TIDY.read(paths.public_tables), specification, rounding),
        spread=rounding.spread,
        cbs=read_cbs(paths.cbs.read_text(encoding="utf-8")) if paths.cbs else None,
        changes=read_changes(paths.change.read_text(encoding="utf-8"), settings.vergelijking)
        if paths.change
        else None,
    )
    write_text(paths.output, STATEMENTS.to_csv(statements(settings, study, sources)))


def rounding_of(processing: Mapping[str, Any]) -> Rounding:
    """How far counts can be off: less than `afwijking`, and not at all where nothing is rounded."""
    told = processing["afronding"]
    return Rounding() if told is None else Rounding(told["afwijking"] - 1, told["rest_wijkt_verder_af"])


if __name__ == "__main__":
    main()
