"""Step change: the gate for what changed since the peildatum before. From exact events to the publication folder.

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

from schemas.change import CHANGE, ChangeRow
from schemas.disclosure import Disclosure
from wi2007.comparison.decomposition import Part, decomposed
from wi2007.comparison.decomposition import Peildata as Dates
from wi2007.comparison.protection import Asked, Protected, protected, unprotected
from wi2007.comparison.settings import read_comparison
from wi2007.decisions import read
from wi2007.disclosure import rounded
from wi2007.disclosure.gate import NotSafeError
from wi2007.disclosure.program import NoSolutionError
from wi2007.disclosure.rounding import Draw, draw
from wi2007.errors import UnsafeError
from wi2007.project import CONFIG
from wi2007.steps import secret
from wi2007.steps.edge import run_step, write_text
from wi2007.tables.specification import load

_UNSAFE = (
    "Er is niets gemaakt: de veranderingen sinds de vorige peildatum zijn niet zo af te ronden dat een lezer er niet "
    "meer van te weten komt dan mag. Zet 'afronding: 10' in config/config.yaml."
)


def main() -> None:
    """Read the paths from the command line and do the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("flows", "record", "rounded", "publication", "check", "key"):
        parser.add_argument(f"--{option}", type=Path, required=True)
    parser.add_argument("--earlier-rounded", type=Path, help="afgerond.json of the peildatum before this one")
    parser.add_argument("--processing", type=Path, required=True, help="verwerking.json, exact")
    arguments = parser.parse_args()
    run_step(lambda: make(arguments))


def make(paths: argparse.Namespace) -> None:
    """Write the change that may be published, and how it was protected; only why not, where nothing is compared."""
    record = json.loads(paths.record.read_text(encoding="utf-8"))
    told = {name: record[name] for name in ("peildatum", "vorige", "vergeleken")}
    changes: Sequence[ChangeRow] = ()
    check: dict[str, Any] = {}
    if not record["vergeleken"]:
        told |= {"waarom_niet": record["waarom_niet"], "delen": []}
    else:
        asked = _asked(paths, record)
        made = _protected(asked, paths, asked.base)
        changes = decomposed(asked.shown, made.parts, asked.specification, made.peildata)
        told["pseudoniemen"] = record["pseudoniemen"]
        told["delen"] = [{"deel": one.deel, "label": one.label} for one in asked.decisions.named]
        told["basis"] = asked.base if asked.base > 1 else None
        check = {
            "cellen": made.cells,
            "trekkingen_geprobeerd": made.attempts,
            "bereik": made.reach,
            "meer_dan_de_cel": made.above,
        }
    write_text(paths.check, json.dumps({**told, **check}, ensure_ascii=False, indent=2) + "\n")
    write_text(paths.publication / CHANGE.file, CHANGE.to_csv(changes))
    write_text(paths.publication / "verandering.json", json.dumps(told, ensure_ascii=False, indent=2) + "\n")


def _asked(paths: argparse.Namespace, record: dict[str, Any]) -> Asked:
    earlier, later = (
        rounded.from_json(path.read_text(encoding="utf-8")) for path in (paths.earlier_rounded, paths.rounded)
    )
    return Asked(
        events=pq.ParquetFile(paths.flows).read(),
        specification=load(CONFIG / "tables.yaml"),
        decisions=read_comparison(),
        shown=(earlier.of_pairs, later.of_pairs),
        peildata=Dates(
            date.fromisoformat(record["vorige"]),
            date.fromisoformat(record["peildatum"]),
            (earlier.merged, later.merged),
        ),
        base=later.base or 1,
        rules=read(CONFIG / "disclosure.yaml").held(Disclosure),
    )


def _protected(asked: Asked, paths: argparse.Namespace, base: int) -> Protected:
    if base == 1:
        return unprotected(asked)
    demonstration = json.loads(paths.processing.read_text(encoding="utf-8"))["demonstratie"]
    key = asked.rules.demonstratiesleutel.encode() if demonstration else secret.key(paths.key)
    days = (asked.peildata.before.isoformat(), asked.peildata.after.isoformat())
    events = hashlib.sha256(repr(asked.events.to_pylist()).encode()).hexdigest()

    def drawn(part: Part, attempt: int) -> Draw:
        return draw(key, "verandering", *days, base, events, *part, attempt)

    try:
        return protected(asked, drawn)
    except (NotSafeError, NoSolutionError):
        raise UnsafeError(_UNSAFE) from None


if __name__ == "__main__":
    main()
