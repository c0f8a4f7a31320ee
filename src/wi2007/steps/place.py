"""Step place: the manifest of what everything was made from and with, and the report in its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from wi2007 import fingerprint, pipeline, settings
from wi2007.cbs.table import source_from_json
from wi2007.dates import moment
from wi2007.decisions import plain
from wi2007.errors import UserError
from wi2007.mapping.levering import cbs_workbook_of, delivery_of, find_layout
from wi2007.pipeline import PUBLICATION, REPORT, STEPS
from wi2007.project import INTERNAL_FILES, ROOT, mark_of, marked
from wi2007.provenance import Counts, Files, compose, describe, funnel, inside, program, rows, versions
from wi2007.settings import OFF
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text
from wi2007.steps.placing import place


def make(case: Case) -> None:
    """Write the record for ourselves beside the staged report; the manifest and the report where readers find them."""
    mark = mark_of(case.rounding == OFF, case.draft)
    ready = made_ready(case)
    internal = {name: ready.pop(name) for name in INTERNAL_FILES}
    published = {marked(name, mark): path for name, path in ready.items()}
    processing, public = case.json("verwerking.json"), case.json("publicatie/verwerking.json")
    workbook = _check_sources(case, processing)
    surrounding = {"programma": program(), "versies": versions()}
    choices = configuration()
    files = {"invoer": project_files(), "tussenbestanden": files_between(case, PUBLICATION)}
    if workbook:
        files = {"cbs": describe({workbook.name: workbook}), **files}
    every = {**files, "tussenbestanden": files_between(case), "rapport": describe(published | internal)}
    record = compose(processing, surrounding, rows(processing, count(case)), every, choices)
    if case.rounding == OFF:
        files["tussenbestanden"] = every["tussenbestanden"]
    manifest = compose(
        public, surrounding, funnel(public), {**files, "rapport": describe(published)}, choices
    )
    place(published | internal, case.report)
    timed = {"gemaakt_op": moment(), **manifest, "intern": list(INTERNAL_FILES)}
    if "let_op" in manifest:
        timed = {"let_op": manifest["let_op"], **timed}
    write_text(case.report / marked("manifest.json", mark), to_json(timed))
    write_text(case.made("rapport/herkomst.json"), to_json(record))


def made_ready(case: Case) -> dict[str, Path]:
    """List what the steps before this one made ready for the report, by its name there."""
    found: dict[str, Path] = {}
    for name in STEPS["place"].reads:
        if name.startswith(REPORT):
            path = case.made(name)
            found |= inside(path) if name.endswith("/") else {name.removeprefix(REPORT): path}
    return found


def _check_sources(case: Case, processing: Mapping[str, Any]) -> Path | None:
    """Give the CBS workbook, if there is one. Raises `UserError` when it or the delivery is no longer what was read."""
    peildatum = case.peildatum
    layout = find_layout(case.run.folder(peildatum), peildatum, settings.read().layout(peildatum))
    now = fingerprint.of_delivery(delivery_of(case.run, peildatum, layout))
    _same(now, processing["levering"]["sha256"], "De levering")
    workbook = cbs_workbook_of(case.run, peildatum, layout)
    source = source_from_json(case.text("publicatie/cbs.json"))
    if workbook and source:
        _same(fingerprint.digest(workbook), source.sha256, "Het werkboek van het CBS")
    return workbook


def _same(now: str, expected: str, kind: str) -> None:
    if now != expected:
        raise UserError(
            f"{kind} is veranderd terwijl het rapport werd gemaakt. Geef de opdracht opnieuw zodra het bestand "
            "klaar is."
        )


def count(case: Case) -> Counts:
    """Count the rows of the files between delivery and report."""
    cube = pq.ParquetFile(case.made("kubus.parquet")).read(["aantal"])
    return Counts(
        persons=pq.read_metadata(case.made("personen.parquet")).num_rows,
        cube=cube.num_rows,
        counted=pc.sum(cube["aantal"]).as_py() or 0,
        tables=len(case.text("tabellen.csv").splitlines()) - 1,
    )


def project_files() -> Files:
    """Describe the configuration, reference and contracts that any step uses."""
    return describe({name: ROOT / name for name in _used() if not name.startswith("src/")})


def files_between(case: Case, folder: str = "") -> Files:
    """Describe the files between delivery and report, or only those in one folder."""
    found: dict[str, Path] = {}
    for name in pipeline.between():
        if name.startswith(folder):
            path = case.made(name)
            found |= inside(path, name) if name.endswith("/") else {name: path}
    return describe(found)


def configuration() -> dict[str, object]:
    """Give the content of every YAML file in `config/` that a step uses; the reasons of other releases stay with us."""
    choices = {
        name: plain(ROOT / name) for name in _used() if name.startswith("config/") and name.endswith(".yaml")
    }
    choices["config/config.yaml"].pop("hertrekking", None)
    return choices


def _used() -> list[str]:
    return [*fingerprint.used(), "config/config.yaml"]


def to_json(record: dict[str, object]) -> str:
    """The record as people and programs can read it."""
    return json.dumps(record, ensure_ascii=False, indent=1, default=str) + "\n"
