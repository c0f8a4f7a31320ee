"""The gate for what changed since the peildatum before: from exact events to the publication folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.change import CHANGE, ChangeRow
from wi2007.comparison.decomposition import Part, decomposed
from wi2007.comparison.decomposition import Peildata as Dates
from wi2007.errors import UnsafeError
from wi2007.pipeline import PUBLICATION
from wi2007.protection.audit import NotSafeError
from wi2007.protection.cells import Sums
from wi2007.protection.change import ChangeRequest, Draws, RoundedChange, protected, unprotected
from wi2007.protection.change import conflicts as find_conflicts
from wi2007.protection.linear import NoSolutionError
from wi2007.protection.release import Rounded
from wi2007.protection.rounding import Draw, draw
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text
from wi2007.steps.gate import secret
from wi2007.steps.gate.exact import Before, Exact

_UNSAFE = (
    "Er is niets gemaakt: de veranderingen sinds de vorige peildatum zijn niet zo af te ronden dat een lezer er niet "
    "meer van te weten komt dan mag. Zet 'afronding: 10' in config/config.yaml."
)


@dataclass(frozen=True)
class Made:
    """What was asked of the gate, and the change as it is shown."""

    asked: ChangeRequest
    change: RoundedChange


def rounded(case: Case, exact: Exact, before: Before, later: Rounded) -> Made:
    """Round the change. `later` is what the tables of this peildatum show."""
    asked = _asked(exact, before, later)
    return Made(asked, _protected(asked, exact, case))


def conflicts(case: Case, exact: Exact, before: Before, later: Rounded) -> dict[Part, Sums]:
    """Give the sums of the change in which persons cannot have the figure that the tables have of them."""
    asked = _asked(exact, before, later)
    return {} if asked.base == 1 else find_conflicts(asked, _draws(asked, exact, case))


def write(case: Case, before: Before | None, made: Made | None) -> None:
    """Write the change that may be published, and how it was protected; only why not, where nothing is compared."""
    record = before.record if before else case.json("stromen.json")
    told = {name: record[name] for name in ("peildatum", "vorige", "vergeleken")}
    changes: Sequence[ChangeRow] = ()
    check: dict[str, Any] = {}
    if made is None:
        told |= {"waarom_niet": record["waarom_niet"], "delen": []}
    else:
        asked, change = made.asked, made.change
        changes = decomposed(asked.shown, change.parts, asked.flows.specification, change.peildata)
        told["pseudoniemen"] = record["pseudoniemen"]
        told["delen"] = [{"deel": one.deel, "label": one.label} for one in asked.flows.decisions.named]
        told["basis"] = asked.base if asked.base > 1 else None
        told["afwijking"] = asked.base * change.reach if asked.base > 1 else None
        check = {
            "cellen": change.cells,
            "trekkingen_geprobeerd": change.attempts,
            "bereik": change.reach,
            "meer_dan_de_cel": change.above,
            "anders_dan_dezelfde_personen": change.apart,
        }
    write_text(
        case.made("outputcontrole/verandering.json"),
        json.dumps({**told, **check}, ensure_ascii=False, indent=2) + "\n",
    )
    write_text(case.made(PUBLICATION + CHANGE.file), CHANGE.to_csv(changes))
    write_text(
        case.made("publicatie/verandering.json"), json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    )


def _asked(exact: Exact, before: Before, later: Rounded) -> ChangeRequest:
    return ChangeRequest(
        flows=before.flows,
        shown=(before.shown.of_pairs, later.of_pairs),
        peildata=Dates(
            date.fromisoformat(before.record["vorige"]),
            date.fromisoformat(before.record["peildatum"]),
            (before.shown.merged, later.merged),
        ),
        base=later.base or 1,
        rules=exact.rules,
        figures=later.figures,
        earlier=before.figures,
        reach=later.reach,
        kept=before.kept,
    )


def _draws(asked: ChangeRequest, exact: Exact, case: Case) -> Draws:
    key = secret.key_of(case, exact.processing, exact.rules)
    days = (asked.peildata.before.isoformat(), asked.peildata.after.isoformat())

    def drawn(part: Part, attempt: int) -> Draw:
        return draw(key, "verandering", *days, asked.base, asked.flows.digest, *part, attempt)

    return drawn


def _protected(asked: ChangeRequest, exact: Exact, case: Case) -> RoundedChange:
    if asked.base == 1:
        return unprotected(asked)
    try:
        return protected(asked, _draws(asked, exact, case))
    except (NotSafeError, NoSolutionError):
        raise UnsafeError(_UNSAFE) from None
