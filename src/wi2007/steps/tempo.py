"""Step tempo: from the publication folder to the projections of who is still obliged. It reads nothing exact.

What does not belong here: anything that computes.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

from schemas.change import BEGIN, CHANGE
from schemas.tempo_tables import OUTLOOK, TEMPO
from wi2007.steps.edge import run_step, write_text
from wi2007.tables.tidy import TOTAL
from wi2007.tempo import settings
from wi2007.tempo.outlook import BEFORE, Seen, outlook, outlook_rows, record
from wi2007.tempo.points import Point

_OBLIGED = "nog_inburgeringsplichtig"


def main() -> None:
    """Read the paths from the command line and do the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("outflow", "change", "compared", "public-processing", "choices", "outlook", "record"):
        parser.add_argument(f"--{option}", type=Path, required=True)
    arguments = parser.parse_args()
    run_step(lambda: make(arguments))


def make(paths: argparse.Namespace) -> None:
    """Write the projections, and what they rest on."""
    processing = json.loads(paths.public_processing.read_text(encoding="utf-8"))
    choices = settings.load(paths.choices)
    protection = processing["afronding"]
    seen = Seen(
        date.fromisoformat(processing["peildatum"]),
        TEMPO.read(paths.outflow),
        protection["afwijking"] - 1 if protection else 0,
        _before(paths.change, paths.compared),
    )
    found = outlook(seen, choices)
    write_text(paths.outlook, OUTLOOK.to_csv(outlook_rows(found), exact=not protection))
    write_text(paths.record, json.dumps(record(found, choices), ensure_ascii=False, indent=2) + "\n")


def _before(change: Path, compared: Path) -> Point | None:
    """Who was still obliged at the peildatum before, where there is one to compare with."""
    told = json.loads(compared.read_text(encoding="utf-8"))
    if not told["vergeleken"]:
        return None
    for row in CHANGE.read(change):
        total = (row.rijvariabele, row.kolom) == (TOTAL, TOTAL)
        if row.populatie == _OBLIGED and total and row.deel == BEGIN:
            return Point(date.fromisoformat(told["vorige"]), row.aantal, BEFORE)
    return None


if __name__ == "__main__":
    main()
