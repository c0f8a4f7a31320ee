"""The release of the tables: from exact counts to the publication folder, and the record for the output checker."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.disclosure import Disclosure
from schemas.statement_tables import REPRODUCTION, Comparison
from schemas.tables import Specification
from schemas.tempo import TempoChoices
from schemas.tempo_tables import TEMPO
from schemas.tidy import TIDY, TidyRow
from wi2007 import settings, study
from wi2007.decisions import read
from wi2007.errors import UnsafeError
from wi2007.pipeline import PUBLICATION
from wi2007.project import CONFIG, DEMONSTRATION_PEILDATUM
from wi2007.protection import funnel, record
from wi2007.protection.audit import NotSafeError
from wi2007.protection.gate import Protected, ProtectionRequest, protect
from wi2007.protection.outflow import Outflow, outflow_of
from wi2007.protection.release import Release, Rounded, changed, digest, entered, mark, to_json
from wi2007.protection.rounding import NoSolutionError, draw
from wi2007.provenance.surroundings import moment
from wi2007.settings import OFF
from wi2007.steps.case import Case
from wi2007.steps.edge import tell, write_text
from wi2007.steps.gate import secret
from wi2007.tables import reproduction
from wi2007.tables.build import tables_of
from wi2007.tables.counts import Counted, counted
from wi2007.tables.specification import load
from wi2007.tempo import settings as tempo_settings
from wi2007.tempo.table import tempo_rows

_INSTEAD = "Zet 'afronding: 10' in config/config.yaml, of laat tabellen weg uit config/tables.yaml."
_FEW = (
    "Let op: sinds de vorige peildatum zijn minder dan {persons} mensen bij gekomen, weggegaan of veranderd. Wie beide "
    "uitgaven naast elkaar legt, kan over hen meer raden dan de bedoeling is. Kies 'afronding: {base}' in "
    "config/config.yaml, of breng deze peildatum niet apart naar buiten."
)


@dataclass(frozen=True)
class Exact:
    """What comes in: the cube and outflow of a population, its tables counted, and how it was made."""

    cube: pa.Table
    processing: dict[str, Any]
    specification: Specification
    rules: Disclosure
    of_pairs: Counted
    outflow: Outflow
    choices: TempoChoices

    @property
    def peildatum(self) -> date:
        """The day of the delivery."""
        return date.fromisoformat(self.processing["peildatum"])


def read_exact(case: Case) -> Exact:
    """Read and count what has to be protected."""
    specification = load(CONFIG / "tables.yaml")
    cube = pq.ParquetFile(case.made("kubus.parquet")).read()
    processing = case.json("verwerking.json")
    choices = tempo_settings.load(CONFIG / "tempo.yaml")
    day = date.fromisoformat(processing["peildatum"])
    outflow = outflow_of(pq.ParquetFile(case.made("uitstroom.parquet")).read(), day, choices)
    rules: Disclosure = read(CONFIG / "disclosure.yaml").held(Disclosure)
    return Exact(cube, processing, specification, rules, counted(cube, specification), outflow, choices)


def make(case: Case, exact: Exact) -> Rounded:
    """Write the exact tables, what may be published, and the record; nothing when it is not safe.

    Returns the counts that are shown.
    """
    exact_tables = tables_of(exact.of_pairs, exact.specification, exact.peildatum, {})
    write_text(case.made("tabellen.csv"), TIDY.to_csv(exact_tables))
    if case.rounding == OFF:
        shown = Rounded(None, exact.of_pairs, {})
        public = funnel.unprotected(exact.processing, exact.rules.omvang)
        outflow, of_outflow = exact.outflow, dict(exact.outflow.counts)
        kept: dict[str, str] = {
            "verslag.txt": "Onthullingscontrole staat uit: niets is beschermd of nagegaan.\n"
        }
    else:
        question = ProtectionRequest(
            exact.of_pairs,
            funnel.counted(exact.processing),
            exact.specification,
            exact.peildatum,
            int(case.rounding),
            exact.rules,
            exact.outflow,
        )
        made, release, public = _protected(exact, question, case)
        outflow, of_outflow = made.outflow or exact.outflow, dict(made.shown)
        shown = Rounded(question.base, made.of_pairs, made.merged)
        summary = record.summary(question, made, release) | _nearness(exact, question, case)
        kept = {
            "verslag.json": _json(summary),
            "verslag.txt": record.told(summary),
            "cellen.csv": record.small_cells(made),
        }
    write_text(case.made("outputcontrole/afgerond.json"), to_json(shown))
    for name in ("verslag.json", "verslag.txt", "cellen.csv"):
        write_text(case.made(f"outputcontrole/{name}"), kept.get(name, ""))
    tables = tables_of(shown.of_pairs, exact.specification, exact.peildatum, shown.merged)
    rates = tempo_rows(of_outflow, outflow.periods, outflow.axes, exact.choices.minstens_plichtig)
    write_text(case.made(PUBLICATION + TIDY.file), TIDY.to_csv(tables))
    write_text(case.made(PUBLICATION + TEMPO.file), TEMPO.to_csv(rates, exact=case.rounding == OFF))
    comparisons = REPRODUCTION.to_csv(_comparisons(exact, exact_tables, case))
    write_text(case.made(PUBLICATION + REPRODUCTION.file), comparisons)
    write_text(case.made("publicatie/verwerking.json"), _json(public))
    return shown


def _protected(
    exact: Exact, question: ProtectionRequest, case: Case
) -> tuple[Protected, Release | None, dict[str, Any]]:
    """The rounded counts, as which release, and the record of the processing that may be published."""
    demonstration = bool(exact.processing["demonstratie"])
    key = secret.key_of(case, exact.processing, exact.rules)
    data = digest(exact.cube, {**question.around, **exact.outflow.counts})
    peildatum = exact.processing["peildatum"]
    made = _safe(question, key, data)
    release = None
    number = 1
    if not demonstration:
        new = Release(
            nummer=0,
            basis=question.base,
            gegevens=mark(key, "gegevens", data),
            sleutel=mark(key, "sleutel"),
            trekking=mark(key, "trekking", question.base, sorted(made.shown.items())),
            reden=settings.read().hertrekking.get(exact.peildatum, ""),
            op=moment()[:10],
        )
        register_file = case.directory / "data" / "uitgaven" / f"{peildatum}.json"
        register, release = entered(secret.read_register(register_file), new)
        secret.write_register(register_file, peildatum, register)
        number = release.nummer
    public = funnel.published(exact.processing, made.shown, question.rules.omvang)
    public["levering"]["kenmerk"] = mark(key, "levering", exact.processing["levering"]["sha256"])
    public["afronding"] = {
        "basis": question.base,
        "afwijking": question.base * made.reach,
        "rest_wijkt_verder_af": bool(made.loose),
        "uitgave": number,
        "samengevoegd": bool(made.merged),
    }
    return made, release, public


def _nearness(exact: Exact, question: ProtectionRequest, case: Case) -> dict[str, Any]:
    """For the record: how many persons changed since the peildatum before; the user is warned when they are few."""
    persons, rule = _changed(exact, case), question.rules.weinig_veranderd
    few = persons is not None and persons < rule.personen
    if few and question.base < rule.basis and not exact.processing["demonstratie"]:
        tell(_FEW.format(persons=rule.personen, base=rule.basis), 0)
    return {"minstens_veranderd_sinds_vorige": persons, "weinig_veranderd": few}


def _changed(exact: Exact, case: Case) -> int | None:
    """How many persons changed at the least since the peildatum before; None where there is none of the same kind."""
    cube, processing = case.before("kubus.parquet"), case.before("verwerking.json")
    if cube is None or processing is None:
        return None
    earlier = json.loads(processing.read_text(encoding="utf-8"))
    if earlier["demonstratie"] != exact.processing["demonstratie"]:
        return None
    return changed(pq.ParquetFile(cube).read(), exact.cube, exact.peildatum)


def _safe(question: ProtectionRequest, key: bytes, data: str) -> Protected:
    release = (question.peildatum.isoformat(), question.base, data)
    try:
        return protect(question, lambda attempt: draw(key, *release, attempt))
    except NotSafeError as error:
        raise UnsafeError(
            f"Er is niets gemaakt: van {error.cells} kleine cellen zou een lezer meer te weten kunnen komen dan mag, "
            f"ook na {question.rules.pogingen} trekkingen. {_INSTEAD}"
        ) from None
    except NoSolutionError:
        raise UnsafeError(
            "Er is niets gemaakt: met deze aantallen is er geen afronding waarbij alle tabellen optellen. "
            + _INSTEAD
        ) from None


def _comparisons(exact: Exact, tables: Sequence[TidyRow], case: Case) -> list[Comparison]:
    """The study's figures beside ours: of demonstration data, or where nothing is protected; of no other peildatum."""
    if exact.processing["peildatum"] != DEMONSTRATION_PEILDATUM:
        return []
    if not exact.processing["demonstratie"] and case.rounding != OFF:
        return []
    return reproduction.reproduction(tables, study.figures())


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
