"""A small cube and its record of the processing, on disk, and the step disclosure run on them."""

from __future__ import annotations

import json
import os
import random
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
from invented import names_of, policy_of, set_of, with_sets
from steps import PEILDATUM, Done, InFolder, ended

from schemas.cube import SETS
from schemas.disclosure import Disclosure
from schemas.outflow import AGE, AGE_AT_START, DIMENSIONS, OUTFLOW, PERIOD
from wi2007 import settings
from wi2007.decisions import read
from wi2007.periods import Periods
from wi2007.project import CONFIG
from wi2007.protection import funnel
from wi2007.protection.cells import Tables
from wi2007.protection.gate import Draws
from wi2007.protection.outflow import Outflow
from wi2007.protection.request import ProtectionRequest, Who
from wi2007.protection.rounding import draw
from wi2007.steps.gate import exact, secret, tables
from wi2007.tables.build import COUNT, WHO, all_counted
from wi2007.tables.specification import load

KEYS = ("geslacht", "land_van_herkomst", "gemeente", "leeftijdsklasse", "statuscode", "doelgroep")
COUNTRIES = [
    "5022",
    "6043",
    "5043",
    "6022",
    "5024",
    "6013",
    "7042",
    "6024",
    "9049",
    "6045",
    "6014",
    "5053",
    "0000",
]
PLACES = [
    "0363",
    "0518",
    "0599",
    "0344",
    "0772",
    "0014",
    "0034",
    "0153",
    "0193",
    "0202",
    "1680",
    "1999",
    "0000",
]
AGES = ["25 tot 35", "35 tot 45", "45 tot 55", "55 tot 65", "65 en ouder", "Onbekend"]
STATUSES = ["IBP", "IBP", "VOLDAAN", "VOLDAAN", "NI", "OVERLEDEN", "ONTHEFFING_AGI", "GEHEEL_VRIJGESTELD"]


def people(groups: int = 900, seed: int = 1) -> pa.Table:
    """A cube with many small counts: each of its rows is a few persons with the same traits."""
    draw = random.Random(seed)
    cells: dict[tuple[str, ...], int] = {}
    for _ in range(groups):
        key = (
            draw.choice("MMMVVVO"),
            COUNTRIES[min(int(draw.expovariate(0.4)), len(COUNTRIES) - 1)],
            PLACES[min(int(draw.expovariate(0.4)), len(PLACES) - 1)],
            draw.choice(AGES),
            draw.choice(STATUSES),
            draw.choice(("NIEUWKOMER", "OUDKOMER")),
        )
        cells[key] = cells.get(key, 0) + draw.choice((1, 1, 2, 3, 7))
    return cube(cells)


def cube(cells: dict[tuple[str, ...], int]) -> pa.Table:
    """A cube of these counts by the six dimensions."""
    keys = sorted(cells)
    columns = {name: pa.array([key[at] for key in keys], pa.string()) for at, name in enumerate(KEYS)}
    return with_sets(pa.table({**columns, "aantal": pa.array([cells[key] for key in keys], pa.int64())}))


def persons_of(table: pa.Table) -> dict[str, dict[str, str]]:
    """Everybody that a cube counts, by name: the persons that its sets are made of."""
    found: dict[str, dict[str, str]] = {}
    for row in table.to_pylist():
        traits = {name: row[name] for name in KEYS}
        found |= dict.fromkeys(names_of(list(traits.values()), row["aantal"]), traits)
    return found


def outflow(table: pa.Table, day: str = PEILDATUM) -> pa.Table:
    """The same persons by when they left, spread over all stretches, each ninth a class younger a year ago; nothing is
    drawn.
    """
    stretches = Periods(date.fromisoformat(day)).codes
    cells: dict[tuple[str, ...], list[str]] = {}
    persons = persons_of(table).items()
    known = [name for name in DIMENSIONS if name not in (AGE_AT_START, PERIOD)]
    in_order = sorted((*(traits[name] for name in known), name) for name, traits in persons)
    for at, (land, age, status, name) in enumerate(in_order, 1):
        start = AGES[max(AGES.index(age) - 1, 0)] if not at % 9 and age in AGES[:-1] else age
        key = (land, age, start, status, stretches[at % len(stretches)])
        cells.setdefault(key, []).append(name)
    keys = sorted(cells)
    made = {
        name: pa.array([key[place] for key in keys], pa.string()) for place, name in enumerate(DIMENSIONS)
    }
    counts = pa.array([len(cells[key]) for key in keys], pa.int64())
    sets = pa.array([set_of(cells[key]) for key in keys], pa.uint64())
    return pa.table({**made, "aantal": counts, "wie": sets})


def left_at(table: pa.Table, stretch: str) -> pa.Table:
    """The outflow of a cube of one row for each group of it: all who left, left in this stretch."""
    when = ["2010-01-01" if code == "IBP" else stretch for code in table["statuscode"].to_pylist()]
    own = {name: table[name] for name in table.column_names} | {
        PERIOD: pa.array(when),
        AGE_AT_START: table[AGE],
    }
    return pa.table([own[name] for name in OUTFLOW.names], schema=OUTFLOW.arrow)


def processing(table: pa.Table, **changes: Any) -> dict[str, Any]:
    """The record of a delivery that gave this cube, with 13 rows left out."""
    kept = sum(table["aantal"].to_pylist())
    persons = persons_of(table)
    without_age = [name for name, one in persons.items() if one["leeftijdsklasse"] == "Onbekend"]
    left_out = set_of(names_of(["uitgesloten"], 13))
    followed = [*list(persons)[::2], *names_of(["opgevolgd"], 7)][:7]
    return {
        "peildatum": PEILDATUM,
        "demonstratie": False,
        "levering": {
            "bestand": "levering.csv",
            "bytes": 654321,
            "sha256": "0a" * 32,
            "lezing": [
                {
                    "over": "codering",
                    "waarde": "UTF-8",
                    "ingesteld": False,
                    "waarom": "In de eerste 87 rijen.",
                }
            ],
            "kolommen": ["persoonsnummer"],
            "velden": {"persoonsnummer": ["persoonsnummer"]},
            "normalisaties": [{"regel": "x", "kolom": "geslacht", "omschrijving": "Iets.", "aantal": 3}],
        },
        "trechter": [
            {"stap": "gelezen", "omschrijving": "Rijen", "bron": "", "aantal": kept + 13},
            {
                "stap": "uitgesloten",
                "regel": "turkse_nationaliteit",
                "omschrijving": "Turks",
                "bron": "CRvB",
                "aantal": 13,
            },
            {"stap": "overgebleven", "omschrijving": "Personen", "bron": "", "aantal": kept},
        ],
        "tellingen": {
            "gemeente_opgevolgd": 7,
            "gemeente_gesplitst": 2,
            "leeftijdsklasse_onbekend": len(without_age),
        },
        "wie": {
            "trechter": [(set_of(persons) + left_out) % SETS, left_out, set_of(persons)],
            "tellingen": {
                "gemeente_opgevolgd": set_of(followed),
                "gemeente_gesplitst": set_of(followed[:2]),
                "leeftijdsklasse_onbekend": set_of(without_age),
            },
        },
        "waarschuwingen": [{"regel": "y", "kolom": "geslacht", "omschrijving": "Vreemd.", "aantal": 4}],
        **changes,
    }


def asked(table: pa.Table, base: int, outflow: Outflow | None = None) -> ProtectionRequest:
    """What the step asks of the gate for these persons, read at the peildatum of `processing`."""
    specification = load(CONFIG / "tables.yaml")
    record = processing(table)
    exact, who = (all_counted(table, policy_of(table), specification, one) for one in (COUNT, WHO))
    return ProtectionRequest(
        tables=Tables(exact, specification),
        around=funnel.counted(record),
        peildatum=date.fromisoformat(PEILDATUM),
        base=base,
        rules=read(CONFIG / "disclosure.yaml").held(Disclosure),
        outflow=outflow,
        who=Who(Tables(who, specification), funnel.who(record)),
    )


def draws(key: bytes, *release: object) -> Draws:
    """A draw for each attempt, and one for closed years."""
    return Draws(lambda attempt: draw(key, *release, attempt), draw(key, "gesloten jaren"))


def write(folder: Path, table: pa.Table, **changes: Any) -> None:
    """What the step reads."""
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, folder / "kubus.parquet")
    pq.write_table(outflow(table), folder / "uitstroom.parquet")
    pq.write_table(policy_of(table), folder / "beleid.parquet")
    (folder / "verwerking.json").write_text(json.dumps(processing(table, **changes)), encoding="utf-8")


def step(
    folder: Path,
    rounding: str = "5",
    *,
    key: str | None = None,
    reason: str = "",
    earlier: Path | None = None,
    config: Path = CONFIG,
) -> Done:
    """Release the tables of the files in a folder, with the configuration in `config`."""
    peildatum = json.loads((folder / "verwerking.json").read_text(encoding="utf-8"))["peildatum"]
    case = InFolder(peildatum, folder, str(earlier) if earlier else None, rounding)
    reasons = settings.read().model_copy(update={"hertrekking": {date.fromisoformat(peildatum): reason}})
    environment = {name: value for name, value in os.environ.items() if name != secret.KEY_VARIABLE}
    with (
        patch.object(exact, "CONFIG", config),
        patch.object(settings, "read", lambda: reasons),
        patch.dict(os.environ, environment | ({secret.KEY_VARIABLE: key} if key else {}), clear=True),
    ):
        return ended(lambda: _release(case))


def _release(case: InFolder) -> None:
    given = exact.read_exact(case)
    tables.write(case, given, tables.rounded(case, given))
