"""Step manifest: what everything was made from and with, and the report in its place.

What does not belong here: anything that computes a number of the report.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import yaml

from wi2007 import fingerprint
from wi2007.errors import UserError
from wi2007.project import ROOT
from wi2007.provenance import surroundings
from wi2007.provenance.record import Counts, Files, compose, describe, inside, rows
from wi2007.steps.edge import run_step, write_text
from wi2007.steps.placing import place

BETWEEN = (
    "personen.parquet",
    "kubus.parquet",
    "verwerking.json",
    "validatie.json",
    "verdeling.json",
    "tabellen.csv",
    "contracten.json",
    "publicatie/tabellen.csv",
    "publicatie/verwerking.json",
    "publicatie/inhoud.json",
)
STAGED = ("rapport.html", "rapport.pdf", "validatie.html", "validatie.csv")
FOLDERS = ("downloads", "werkboeken")


def main() -> None:
    """Read the paths from the command line, write the manifest and place the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("delivery", "processed", "record", "report"):
        parser.add_argument(f"--{option}", type=Path, required=True)
    paths = parser.parse_args()
    run_step(lambda: make(paths))


def make(paths: argparse.Namespace) -> None:
    """Write the record without its time beside the staged report; with it, and with the report, for readers."""
    processed: Path = paths.processed
    staged = {name: processed / "rapport" / name for name in STAGED}
    for folder in FOLDERS:
        staged |= inside(processed / "rapport" / folder)
    processing = json.loads((processed / "verwerking.json").read_text(encoding="utf-8"))
    _same_delivery(paths.delivery, processing["levering"]["sha256"])
    record = compose(
        processing,
        {"programma": surroundings.program(), "versies": surroundings.versions()},
        rows(processing, count(processed)),
        {"invoer": project_files(), "tussenbestanden": between(processed), "rapport": describe(staged)},
        configuration(),
    )
    place(staged, paths.report)
    first = dict([next(iter(record.items()))])
    timed = {**first, "gemaakt_op": surroundings.moment(), **record}
    write_text(paths.report / "manifest.json", to_json(timed))
    write_text(paths.record, to_json(record))


def _same_delivery(path: Path, expected: str) -> None:
    if fingerprint.digest(path) != expected:
        raise UserError(
            "De levering is veranderd terwijl het rapport werd gemaakt. Geef de opdracht opnieuw zodra het bestand "
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


def between(processed: Path) -> Files:
    """What the pipeline keeps for itself, with the charts."""
    files = {name: processed / name for name in BETWEEN}
    return describe(files | inside(processed / "publicatie" / "grafieken", "publicatie/grafieken/"))


def configuration() -> dict[str, object]:
    """The content of every YAML file in `config/` that a step uses, dates as text."""
    names = sorted({name for step in fingerprint.USES for name in fingerprint.used(step)})
    return {
        name: yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
        for name in names
        if name.startswith("config/") and name.endswith(".yaml")
    }


def to_json(record: dict[str, object]) -> str:
    """The record as people and programs can read it."""
    return json.dumps(record, ensure_ascii=False, indent=1, default=str) + "\n"


if __name__ == "__main__":
    main()
