"""Step cbs: from the CBS workbook beside a delivery to one tidy table, or to an empty one where there is no workbook.

CBS's figures are public and rounded by CBS: they need no gate. What does not belong here: anything that computes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from schemas.cbs import CBS, CbsRow
from wi2007.cbs.reading import read_workbook
from wi2007.cbs.settings import load_layout, load_signs
from wi2007.cbs.table import source_to_json
from wi2007.project import CONFIG
from wi2007.steps.edge import run_step, write_text


def main() -> None:
    """Read the paths from the command line and make the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peildatum", type=date.fromisoformat, required=True)
    parser.add_argument("--workbook", type=Path, help="the workbook of CBS; without it the table is empty")
    parser.add_argument("--layout", type=Path, help="the cbs.yaml beside the workbook")
    parser.add_argument("--signs", type=Path, default=CONFIG / "report" / "tekens.yaml")
    for option in ("table", "source"):
        parser.add_argument(f"--{option}", type=Path, required=True)
    paths = parser.parse_args()
    run_step(lambda: make(paths))


def make(paths: argparse.Namespace) -> None:
    """Write the table and where it is from; the table is held against its contract."""
    rows: Sequence[CbsRow] = ()
    source = None
    if paths.workbook is not None:
        layout, signs = load_layout(own=paths.layout), load_signs(paths.signs)
        found, source = read_workbook(paths.workbook, layout, signs, paths.peildatum)
        rows = found.rows
    write_text(paths.table, CBS.to_csv(rows))
    CBS.checked(paths.table)
    write_text(paths.source, source_to_json(source))


if __name__ == "__main__":
    main()
