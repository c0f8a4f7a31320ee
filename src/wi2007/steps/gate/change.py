"""The gate for what changed since the peildatum before: from exact events to the publication folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow.parquet as pq

from schemas.change import CHANGE, ChangeRow
from wi2007.comparison.decomposition import Part, decomposed
from wi2007.comparison.decomposition import Peildata as Dates
from wi2007.comparison.settings import read_comparison
from wi2007.errors import UnsafeError
from wi2007.pipeline import PUBLICATION
from wi2007.protection.audit import NotSafeError
from wi2007.protection.change import ChangeRequest, RoundedChange, protected, unprotected
from wi2007.protection.release import Rounded, from_json
from wi2007.protection.rounding import Draw, NoSolutionError, draw
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text
from wi2007.steps.gate import secret
from wi2007.steps.gate.tables import Exact

_UNSAFE = (
    "Er is niets gemaakt: de veranderingen sinds de vorige peildatum zijn niet zo af te ronden dat een lezer er niet "
    "meer van te weten komt dan mag. Zet 'afronding: 10' in config/config.yaml."
)


def make(case: Case, exact: Exact, later: Rounded) -> None:
    """Write the change that may be published, and how it was protected; only why not, where nothing is compared.

    `later` is what the tables of this peildatum show.
    """
    record = case.json("stromen.json")
    told = {name: record[name] for name in ("peildatum", "vorige", "vergeleken")}
    changes: Sequence[ChangeRow] = ()
    check: dict[str, Any] = {}
    if not record["vergeleken"]:
        told |= {"waarom_niet": record["waarom_niet"], "delen": []}
    else:
        asked = _asked(case, exact, record, later)
        made = _protected(asked, exact, case)
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
    write_text(
        case.made("outputcontrole/verandering.json"),
        json.dumps({**told, **check}, ensure_ascii=False, indent=2) + "\n",
    )
    write_text(case.made(PUBLICATION + CHANGE.file), CHANGE.to_csv(changes))
    write_text(
        case.made("publicatie/verandering.json"), json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    )


def _asked(case: Case, exact: Exact, record: dict[str, Any], later: Rounded) -> ChangeRequest:
    path = case.before("outputcontrole/afgerond.json")
    if path is None:
        raise ValueError("compared with no peildatum")
    earlier = from_json(path.read_text(encoding="utf-8"))
    return ChangeRequest(
        events=pq.ParquetFile(case.made("stromen.parquet")).read(),
        specification=exact.specification,
        decisions=read_comparison(),
        shown=(earlier.of_pairs, later.of_pairs),
        peildata=Dates(
            date.fromisoformat(record["vorige"]),
            date.fromisoformat(record["peildatum"]),
            (earlier.merged, later.merged),
        ),
        base=later.base or 1,
        rules=exact.rules,
    )


def _protected(asked: ChangeRequest, exact: Exact, case: Case) -> RoundedChange:
    if asked.base == 1:
        return unprotected(asked)
    key = secret.key_of(case, exact.processing, exact.rules)
    days = (asked.peildata.before.isoformat(), asked.peildata.after.isoformat())
    events = hashlib.sha256(repr(asked.events.to_pylist()).encode()).hexdigest()

    def drawn(part: Part, attempt: int) -> Draw:
        return draw(key, "verandering", *days, asked.base, events, *part, attempt)

    try:
        return protected(asked, drawn)
    except (NotSafeError, NoSolutionError):
        raise UnsafeError(_UNSAFE) from None
