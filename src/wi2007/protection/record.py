"""The record for the output checker: rules, cells, intervals, largest deviation. Exact, and never published.

What does not belong here: deciding whether something may be published (see `gate`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from wi2007 import dutch
from wi2007.protection.cells import Cell
from wi2007.protection.gate import Protected
from wi2007.protection.register import Release
from wi2007.protection.request import ProtectionRequest

CELL_COLUMNS = (
    "cel",
    "aantal",
    "gepubliceerd",
    "minst",
    "meest",
    "afronding_minst",
    "afronding_meest",
    "smaller",
)


def words(cell: Cell) -> str:
    """A cell as a condition: gemeente = 0363 en statuscode = IBP."""
    return " en ".join(f"{variable} = {' of '.join(codes)}" for variable, codes in cell) or "iedereen"


def small_cells(made: Protected) -> str:
    """CSV text: what a reader can derive of each small cell, beside what rounding itself leaves."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CELL_COLUMNS)
    for at, one in sorted(made.found.items()):
        writer.writerow(
            [
                words(at),
                made.exact[at],
                made.shown[at],
                one.least,
                one.most,
                *one.allowed,
                "ja" if one.narrower else "nee",
            ]
        )
    return text.getvalue()


def summary(question: ProtectionRequest, made: Protected, release: Release | None) -> dict[str, Any]:
    """The rules and what came of them."""
    narrowest = min((one.most - one.least for one in made.found.values()), default=None)
    return {
        "peildatum": question.peildatum.isoformat(),
        "uitgave": release.nummer if release else None,
        "basis": question.base,
        "afwijking_minder_dan": question.base * made.reach,
        "rest_wijkt_verder_af": bool(made.loose),
        "grootste_afwijking": made.largest_deviation,
        "cellen": len(made.exact),
        "kleine_cellen": len(made.found),
        "klein_is_minder_dan": question.base * question.rules.klein,
        "verbanden": len(made.relations),
        "verbanden_geschonden": _violated(made),
        "cellen_smaller_dan_de_afronding": sum(one.narrower for one in made.found.values()),
        "smalste_interval": narrowest,
        "trekkingen_geprobeerd": made.attempts,
        "groepsonthulling": {
            "aandeel": question.rules.groepsonthulling.aandeel,
            "samengevoegd": [
                {"populatie": population, "kenmerk": variable, "codes": list(codes)}
                for (population, variable), codes in sorted(made.merged.items())
            ],
        },
        "regels": question.rules.model_dump(),
    }


def _violated(made: Protected) -> int:
    return sum(made.shown[one.whole] != sum(made.shown[part] for part in one.parts) for one in made.relations)


def _release(number: int | None) -> str:
    return f"uitgave {number}" if number else "geen uitgave: een proef, of demonstratiegegevens"


def told(record: Mapping[str, Any]) -> str:
    """The record as a text for the person who checks output."""
    groups = record["groepsonthulling"]["samengevoegd"]
    merged = [
        f"- {one['populatie']}, {one['kenmerk']}: {dutch.count(len(one['codes']))} categorieën samen getoond"
        for one in groups
    ]
    lines = [
        "INTERN: verslag voor de outputcontrole. Geef het niet door; cellen.csv toont exacte aantallen.",
        "",
        f"Peildatum {record['peildatum']}, {_release(record['uitgave'])}",
        f"Afgerond op veelvouden van {record['basis']}; elk aantal is er minder dan "
        f"{record['afwijking_minder_dan']} naast.",
        f"De grootste afwijking is {record['grootste_afwijking']}.",
        f"Cellen: {dutch.count(record['cellen'])}, met {dutch.count(record['verbanden'])} verbanden "
        f"(totaal en delen); geschonden: {record['verbanden_geschonden']}.",
        f"Kleine cellen (minder dan {record['klein_is_minder_dan']} personen): {dutch.count(record['kleine_cellen'])}.",
        "Van elk is uitgerekend wat een lezer die alles naast elkaar legt er hoogstens van weet (cellen.csv).",
        f"Smaller dan de afronding zelf overlaat: {record['cellen_smaller_dan_de_afronding']}.",
        "",
        f"Groepsonthulling (meer dan {round(100 * record['groepsonthulling']['aandeel'])}% in één categorie):",
        *(merged or ["- geen"]),
    ]
    return "\n".join(lines) + "\n"
