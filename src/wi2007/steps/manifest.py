"""Step manifest: what everything was made from and with, and the report in its place.

What does not belong here: anything that computes a number of the report.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import yaml

from wi2007 import fingerprint
from wi2007.cbs.table import source_from_json
from wi2007.errors import UserError
from wi2007.project import INTERNAL_FILES, ROOT, marked
from wi2007.provenance import surroundings
from wi2007.provenance.record import Counts, Files, compose, describe, funnel, inside, rows
from wi2007.steps.disclosure import OFF
from wi2007.steps.edge import run_step, write_text
from wi2007.steps.placing import place

BETWEEN = (
    "personen.parquet",
    "uitgesloten.parquet",
    "kubus.parquet",
    "uitstroom.parquet",
    "varianten.parquet",
    "verwerking.json",
    "validatie.json",
    "verdeling.json",
    "stromen.parquet",
    "stromen.json",
    "tabellen.csv",
    "contracten.json",
    "publicatie/tabellen.csv",
    "publicatie/verwerking.json",
    "publicatie/reproductie.csv",
    "publicatie/cbs.csv",
    "publicatie/cbs.json",
    "publicatie/verandering.csv",
    "publicatie/verandering.json",
    "publicatie/uitspraken.csv",
    "publicatie/tempo.csv",
    "publicatie/vooruitzicht.csv",
    "publicatie/vooruitzicht.json",
    "publicatie/gevoeligheid.csv",
    "publicatie/gevoeligheid.json",
    "publicatie/inhoud.json",
    "outputcontrole/verslag.json",
    "outputcontrole/cellen.csv",
)
PUBLISHED = ("rapport.html", "rapport.pdf")
PUBLIC_BETWEEN = (
    "publicatie/tabellen.csv",
    "publicatie/verwerking.json",
    "publicatie/cbs.csv",
    "publicatie/cbs.json",
    "publicatie/verandering.csv",
    "publicatie/verandering.json",
    "publicatie/uitspraken.csv",
    "publicatie/tempo.csv",
    "publicatie/vooruitzicht.csv",
    "publicatie/vooruitzicht.json",
    "publicatie/gevoeligheid.csv",
    "publicatie/gevoeligheid.json",
    "publicatie/inhoud.json",
)
FOLDERS = ("downloads", "werkboeken")


def main() -> None:
    """Read the paths from the command line, write the manifest and place the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounding", required=True)
    parser.add_argument("--workbook", type=Path, help="the workbook of CBS, where there is one")
    for option in ("delivery", "processed", "record", "report"):
        parser.add_argument(f"--{option}", type=Path, required=True)
    paths = parser.parse_args()
    run_step(lambda: make(paths))


def make(paths: argparse.Namespace) -> None:
    """Write the record for ourselves beside the staged report; the manifest and the report where readers find them."""
    processed: Path = paths.processed
    exact = paths.rounding == OFF
    made = {name: processed / "rapport" / name for name in PUBLISHED}
    for folder in FOLDERS:
        made |= inside(processed / "rapport" / folder)
    published = {marked(name, exact): path for name, path in made.items()}
    internal = {name: processed / "rapport" / name for name in INTERNAL_FILES}
    processing = json.loads((processed / "verwerking.json").read_text(encoding="utf-8"))
    public = json.loads((processed / "publicatie" / "verwerking.json").read_text(encoding="utf-8"))
    _same(paths.delivery, processing["levering"]["sha256"], "De levering")
    source = source_from_json((processed / "publicatie" / "cbs.json").read_text(encoding="utf-8"))
    if paths.workbook and source:
        _same(paths.workbook, source.sha256, "Het werkboek van het CBS")
    surrounding = {"programma": surroundings.program(), "versies": surroundings.versions()}
    settings = configuration()
    files = {"invoer": project_files(), "tussenbestanden": between(processed, BETWEEN)}
    if paths.workbook:
        files = {"cbs": describe({paths.workbook.name: paths.workbook}), **files}
    record = compose(
        processing,
        surrounding,
        rows(processing, count(processed)),
        {**files, "rapport": describe(published | internal)},
        settings,
    )
    files["tussenbestanden"] = between(processed, BETWEEN if exact else PUBLIC_BETWEEN)
    manifest = compose(
        public,
        surrounding,
        funnel(public),
        {**files, "rapport": describe(published)},
        settings,
    )
    place(published | internal, paths.report)
    timed = {"gemaakt_op": surroundings.moment(), **manifest, "intern": list(INTERNAL_FILES)}
    if "let_op" in manifest:
        timed = {"let_op": manifest["let_op"], **timed}
    write_text(paths.report / marked("manifest.json", exact), to_json(timed))
    write_text(paths.record, to_json(record))


def _same(path: Path, expected: str, kind: str) -> None:
    if fingerprint.digest(path) != expected:
        raise UserError(
            f"{kind} is veranderd terwijl het rapport werd gemaakt. Geef de opdracht opnieuw zodra het bestand "
            "klaar is."
        )


def count(processed: Path) -> Counts:
    """Rows of the files between delivery and report."""
    cube = pq.read_table(processed / "kubus.parquet", columns=["aantal"])
    lines = (processed / "tabellen.csv").read_text(encoding="utf-8").splitlines()
    return Counts(
        persons=pq.read_metadata(processed / "personen.parquet").num_rows,
        cube=cube.num_rows,
        counted=pc.sum(cube["aantal"]).as_py() or 0,
        tables=len(lines) - 1,
    )


def project_files() -> Files:
    """Configuration, reference and contracts that any step uses."""
    names = {
        name for step in fingerprint.USES for name in fingerprint.used(step) if not name.startswith("src/")
    }
    return describe({name: ROOT / name for name in names})


def between(processed: Path, names: Sequence[str]) -> Files:
    """These files between delivery and report, with the charts."""
    files = {name: processed / name for name in names}
    return describe(files | inside(processed / "publicatie" / "grafieken", "publicatie/grafieken/"))


def configuration() -> dict[str, object]:
    """The content of every YAML file in `config/` that a step uses; the reasons of other releases stay with us."""
    names = sorted({name for step in fingerprint.USES for name in fingerprint.used(step)})
    settings = {
        name: yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
        for name in names
        if name.startswith("config/") and name.endswith(".yaml")
    }
    settings["config/config.yaml"].pop("hertrekking", None)
    return settings


def to_json(record: dict[str, object]) -> str:
    """The record as people and programs can read it."""
    return json.dumps(record, ensure_ascii=False, indent=1, default=str) + "\n"


if __name__ == "__main__":
    main()
