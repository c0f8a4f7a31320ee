"""Step disclosure: the gate. From exact counts to the publication folder, and the record for the output checker.

Everything after this step is made from the publication folder alone.
What does not belong here: anything that computes.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.disclosure import Disclosure
from schemas.statement_tables import REPRODUCTION, Comparison
from schemas.tempo_tables import TEMPO
from schemas.tidy import TIDY
from wi2007 import study
from wi2007.decisions import read
from wi2007.disclosure import funnel, nearness, record, rounded
from wi2007.disclosure.gate import NotSafeError, Protected, protect
from wi2007.disclosure.outflow import Outflow, outflow_of
from wi2007.disclosure.program import NoSolutionError
from wi2007.disclosure.question import Question
from wi2007.disclosure.release import Release, digest, entered, mark
from wi2007.disclosure.rounding import draw
from wi2007.errors import UnsafeError
from wi2007.project import DEMONSTRATION_PEILDATUM
from wi2007.provenance.surroundings import moment
from wi2007.steps import secret
from wi2007.steps.edge import run_step, tell, write_text
from wi2007.tables import reproduction
from wi2007.tables.build import tables_of
from wi2007.tables.counts import Counted, counted
from wi2007.tables.specification import load
from wi2007.tempo import settings as tempo_settings
from wi2007.tempo.table import tempo_rows

OFF = "uit"
_INSTEAD = "Zet 'afronding: 10' in config/config.yaml, of laat tabellen weg uit config/tables.yaml."
_FEW = (
    "Let op: sinds de vorige peildatum zijn minder dan {persons} mensen bij gekomen, weggegaan of veranderd. Wie beide "
    "uitgaven naast elkaar legt, kan over hen meer raden dan de bedoeling is. Kies 'afronding: {base}' in "
    "config/config.yaml, of breng deze peildatum niet apart naar buiten."
)
PATHS = (
    "cube",
    "outflow",
    "processing",
    "tables",
    "rules",
    "tempo",
    "publication",
    "check",
    "key",
    "register",
)


def main() -> None:
    """Read the paths from the command line and do the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    for option in PATHS:
        parser.add_argument(f"--{option}", type=Path, required=True)
    parser.add_argument("--rounding", choices=("5", "10", OFF), required=True)
    parser.add_argument("--reason", default="", help="why there is another release of this peildatum")
    parser.add_argument("--previous-cube", type=Path, help="kubus.parquet of the peildatum before this one")
    parser.add_argument("--previous-processing", type=Path, help="verwerking.json of the same")
    arguments = parser.parse_args()
    run_step(lambda: make(arguments))


@dataclass(frozen=True)
class _Exact:
    """What comes in."""

    cube: pa.Table
    processing: dict[str, Any]
    of_pairs: Counted
    outflow: Outflow

    @property
    def peildatum(self) -> date:
        return date.fromisoformat(self.processing["peildatum"])


def make(paths: argparse.Namespace) -> None:
    """Write what may be published, and the record; nothing when it is not safe."""
    specification = load(paths.tables)
    rules: Disclosure = read(paths.rules).held(Disclosure)
    cube = pq.ParquetFile(paths.cube).read()
    processing = json.loads(paths.processing.read_text(encoding="utf-8"))
    choices = tempo_settings.load(paths.tempo)
    day = date.fromisoformat(processing["peildatum"])
    timed = outflow_of(pq.ParquetFile(paths.outflow).read(), day, choices)
    exact = _Exact(cube, processing, counted(cube, specification), timed)
    comparisons = _comparisons(exact, paths)
    if paths.rounding == OFF:
        kept_counts = rounded.Rounded(None, exact.of_pairs, {})
        public = funnel.unprotected(processing, rules.omvang)
        outflow, of_outflow = timed, dict(timed.counts)
        kept: dict[str, str] = {
            "verslag.txt": "Onthullingscontrole staat uit: niets is beschermd of nagegaan.\n"
        }
    else:
        question = Question(
            exact.of_pairs,
            funnel.counted(processing),
            specification,
            exact.peildatum,
            int(paths.rounding),
            rules,
            timed,
        )
        made, release, public = _protected(exact, question, paths)
        outflow, of_outflow = made.outflow or timed, dict(made.shown)
        kept_counts = rounded.Rounded(question.base, made.of_pairs, made.merged)
        summary = record.summary(question, made, release) | _nearness(exact, question, paths)
        kept = {
            "verslag.json": _json(summary),
            "verslag.txt": record.told(summary),
            "cellen.csv": record.small_cells(made),
        }
    tables = TIDY.to_csv(tables_of(kept_counts.of_pairs, specification, exact.peildatum, kept_counts.merged))
    write_text(paths.check / "afgerond.json", rounded.to_json(kept_counts))
    for name in ("verslag.json", "verslag.txt", "cellen.csv"):
        write_text(paths.check / name, kept.get(name, ""))
    rates = tempo_rows(of_outflow, outflow.periods, outflow.axes, choices.minstens_plichtig)
    write_text(paths.publication / TIDY.file, tables)
    write_text(paths.publication / TEMPO.file, TEMPO.to_csv(rates, exact=paths.rounding == OFF))
    write_text(paths.publication / REPRODUCTION.file, REPRODUCTION.to_csv(comparisons))
    write_text(paths.publication / "verwerking.json", _json(public))


def _protected(
    exact: _Exact, question: Question, paths: argparse.Namespace
) -> tuple[Protected, Release | None, dict[str, Any]]:
    """The rounded counts, as which release, and the record of the processing that may be published."""
    demonstration = bool(exact.processing["demonstratie"])
    key = question.rules.demonstratiesleutel.encode() if demonstration else secret.key(paths.key)
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
            reden=paths.reason,
            op=moment()[:10],
        )
        register, release = entered(secret.read_register(paths.register), new)
        secret.write_register(paths.register, peildatum, register)
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


def _nearness(exact: _Exact, question: Question, paths: argparse.Namespace) -> dict[str, Any]:
    """For the record: how many persons changed since the peildatum before; the user is warned when they are few."""
    persons, rule = _changed(exact, paths), question.rules.weinig_veranderd
    few = persons is not None and persons < rule.personen
    if few and question.base < rule.basis and not exact.processing["demonstratie"]:
        tell(_FEW.format(persons=rule.personen, base=rule.basis), 0)
    return {"minstens_veranderd_sinds_vorige": persons, "weinig_veranderd": few}


def _changed(exact: _Exact, paths: argparse.Namespace) -> int | None:
    """How many persons changed at the least since the peildatum before; None where there is none of the same kind."""
    if paths.previous_cube is None:
        return None
    earlier = json.loads(paths.previous_processing.read_text(encoding="utf-8"))
    if earlier["demonstratie"] != exact.processing["demonstratie"]:
        return None
    return nearness.changed(pq.ParquetFile(paths.previous_cube).read(), exact.cube, exact.peildatum)


def _safe(question: Question, key: bytes, data: str) -> Protected:
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


def _comparisons(exact: _Exact, paths: argparse.Namespace) -> list[Comparison]:
    """The study's figures beside ours: of demonstration data, or where nothing is protected; of no other peildatum."""
    if exact.processing["peildatum"] != DEMONSTRATION_PEILDATUM:
        return []
    if not exact.processing["demonstratie"] and paths.rounding != OFF:
        return []
    tables = tables_of(exact.of_pairs, load(paths.tables), exact.peildatum, {})
    return reproduction.reproduction(tables, study.figures())


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    main()
