"""Record how the delivery became the population (`verwerking.json`), for the report and the manifest."""

from __future__ import annotations

from typing import Any

from wi2007.population.exclusion import Exclusion
from wi2007.validation.outcome import Outcome


def processing(
    outcome: Outcome, exclusions: list[Exclusion], excluded: list[int], kept: int, counts: dict[str, int]
) -> dict[str, Any]:
    """Return the record, in the layout of `docs/architecture.md`.

    Raises `ArithmeticError` when the rows read are not the rows excluded and the persons kept together.
    """
    if outcome.rows != sum(excluded) + kept:
        raise ArithmeticError("rows read are not rows excluded and persons kept together")
    return {
        "peildatum": outcome.peildatum,
        "demonstratie": outcome.demonstration,
        "levering": {
            "bestand": outcome.file.name,
            "bytes": outcome.file.bytes,
            "sha256": outcome.file.sha256,
            "lezing": [
                {
                    "over": decision.subject,
                    "waarde": decision.value,
                    "ingesteld": decision.by_hand,
                    "waarom": decision.reason,
                }
                for decision in outcome.file.decisions
            ],
            "kolommen": list(outcome.file.columns),
            "velden": {name: list(names) for name, names in outcome.file.fields.items()},
            "normalisaties": [
                {
                    "regel": one.rule,
                    "kolom": one.column,
                    "omschrijving": one.description,
                    "aantal": one.count,
                }
                for one in outcome.normalisations
            ],
        },
        "trechter": [
            {
                "stap": "gelezen",
                "omschrijving": "Personen in de levering",
                "bron": "",
                "aantal": outcome.rows,
            },
            *(
                {
                    "stap": "uitgesloten",
                    "regel": exclusion.name,
                    "omschrijving": exclusion.description,
                    "bron": exclusion.source,
                    "aantal": count,
                }
                for exclusion, count in zip(exclusions, excluded, strict=True)
            ),
            {"stap": "overgebleven", "omschrijving": "Personen in de analyse", "bron": "", "aantal": kept},
        ],
        "tellingen": {
            name: counts.get(name, 0)
            for name in ("gemeente_opgevolgd", "gemeente_gesplitst", "leeftijdsklasse_onbekend")
        },
        "waarschuwingen": [
            {
                "regel": finding.rule.name,
                "kolom": finding.column,
                "omschrijving": finding.rule.description,
                "aantal": finding.count,
            }
            for finding in outcome.warnings
        ],
    }
