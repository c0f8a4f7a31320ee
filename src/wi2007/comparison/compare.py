"""Compare two peildata: the events between them, and what is known of who is who.

What does not belong here: files, tables (`decomposition`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from schemas.comparison import MERGED, NET, Pseudonyms
from wi2007.comparison.chain import Case, Recognised, follow
from wi2007.comparison.people import Flows, People, added, balanced, by_part, lists, negative, net

SAME, RENEWED = "gelijk", "vernieuwd"


@dataclass(frozen=True)
class Compared:
    """The events, and how persons were recognised; `renewed` when only the net change is known."""

    events: pa.Table
    recognised: Recognised
    renewed: bool


def compare(parts: Iterable[tuple[People, People]], cubes: tuple[pa.Table, pa.Table], case: Case) -> Compared:
    """Compare people, part by part: a person is in the same part at both peildata. `cubes` are those of all of them.

    Raises `ArithmeticError` when the events do not lead from the one cube to the other.
    """
    flows, recognised = Flows(), Recognised()
    for before, after in parts:
        recognised += follow(before, after, case, flows)
    renewed = is_renewed(recognised, case.decisions.pseudoniemen)
    events = net_events(cubes, case) if renewed else flows.table()
    if not balanced(cubes[0], events, cubes[1], followed=not renewed):
        raise ArithmeticError("the events do not lead from one cube to the other")
    return Compared(events, recognised, renewed)


def is_renewed(found: Recognised, limits: Pseudonyms) -> bool:
    """Whether too few are recognised by number, or too many of them have another birth date."""
    few = 100 * found.known < limits.minstens_gevonden * found.before
    others = 100 * found.same_birth < limits.minstens_zelfde_geboortedatum * found.both
    return few or others


def net_events(cubes: tuple[pa.Table, pa.Table], case: Case) -> pa.Table:
    """What is known without knowing who is who: merged municipalities, by code, and the net change."""
    before, after = cubes
    codes = lists()["gemeente"]
    successor = {code: codes[case.successors[at]] for at, code in enumerate(codes)}
    place = before.column_names.index("gemeente")
    there = pa.array([successor[code] for code in before["gemeente"].to_pylist()], pa.string())
    moved = before.set_column(place, "gemeente", there)
    merging = net(MERGED, added([moved, negative(before)]))
    return pa.concat_tables([merging, net(NET, added([after, negative(moved)]))])


def record(compared: Compared, case: Case) -> dict[str, Any]:
    """What `stromen.json` says of a comparison; no value of a person."""
    found = compared.recognised
    counts = by_part(compared.events)
    order = [part for part in (*case.decisions.order, NET) if part in counts]
    return {
        "peildatum": case.after.isoformat(),
        "vorige": case.before.isoformat(),
        "vergeleken": True,
        "pseudoniemen": RENEWED if compared.renewed else SAME,
        "herkend": {
            "in_vorige_levering": found.before,
            "daarvan_in_deze_levering": found.known,
            "in_beide_populaties": found.both,
            "daarvan_zelfde_geboortedatum": found.same_birth,
        },
        "kolom_ontbreekt": sorted(case.undefined),
        "delen": [{"deel": part, **counts[part]} for part in order],
    }
