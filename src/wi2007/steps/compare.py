"""Step compare: who left and who entered which cell since the peildatum before this one, and why. Exact, internal."""

from __future__ import annotations

import json
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.flows import FLOWS
from wi2007.steps.case import Case
from wi2007.steps.edge import whole, write_text

NO_EARLIER: Final = "geen_eerdere_levering"
DEMONSTRATION: Final = "demonstratie_naast_echt"


def make(case: Case) -> None:
    """Write the events and the record; no events when there is nothing to compare with."""
    events, told = _events(case)
    with whole(case.made("stromen.parquet")) as flows:
        pq.write_table(events, flows, compression="zstd", compression_level=1, store_schema=False)
    write_text(case.made("stromen.json"), json.dumps(told, ensure_ascii=False, indent=2) + "\n")


def _events(case: Case) -> tuple[pa.Table, dict[str, Any]]:
    earlier, after = case.before("verwerking.json"), case.json("verwerking.json")
    if earlier is None:
        return _none(after, None, NO_EARLIER)
    before = json.loads(earlier.read_text(encoding="utf-8"))
    if before["demonstratie"] != after["demonstratie"]:
        return _none(after, before["peildatum"], DEMONSTRATION)
    from wi2007.steps.following import followed  # noqa: PLC0415  a first peildatum does without

    return followed((earlier.parent, case.made("")))


def _none(after: dict[str, Any], earlier: str | None, why: str) -> tuple[pa.Table, dict[str, Any]]:
    told = {"peildatum": after["peildatum"], "vorige": earlier, "vergeleken": False, "waarom_niet": why}
    return FLOWS.arrow.empty_table(), told
