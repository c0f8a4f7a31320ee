"""The step `content`: from the publication folder to the content document, charts, downloads and the comparison.

It reads nothing exact: only `publicatie/`, configuration and reference.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from wi2007.project import REFERENCE, SENSITIVITY_FILE, STATEMENTS_FILE
from wi2007.publication.document import to_json
from wi2007.publication.map.settings import MapSettings
from wi2007.publication.report import ACCOUNT_FILE, TABLES_FILE, Settings, inputs_of, make
from wi2007.steps.edge import run_step, write_folder, write_text

FILES = {
    TABLES_FILE: "public_tables",
    ACCOUNT_FILE: "public_processing",
    "reproductie.csv": "public_reproduction",
    STATEMENTS_FILE: "public_statements",
    "cbs.csv": "public_cbs",
    "cbs.json": "public_cbs_source",
    "verandering.csv": "public_change",
    "verandering.json": "public_change_source",
    "tempo.csv": "public_tempo",
    "vooruitzicht.csv": "public_outlook",
    "vooruitzicht.json": "public_outlook_record",
    SENSITIVITY_FILE: "public_sensitivity",
    "gevoeligheid.json": "public_readings",
}
"""The option of each published file."""


def main() -> None:
    """Run the step with the paths of the command line."""
    parser = argparse.ArgumentParser(prog="wi2007.steps.content")
    for name in (
        "public-tables",
        "public-processing",
        "public-reproduction",
        "public-statements",
        "tables",
        "texts",
        "document",
        "charts",
        "downloads",
    ):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--glossary", type=Path, default=REFERENCE / "begrippen.yaml")
    parser.add_argument("--reproduction", type=Path)
    parser.add_argument("--public-cbs", type=Path, help="the CBS table; without it the report has none")
    parser.add_argument("--public-cbs-source", type=Path, help="where that table is from")
    parser.add_argument("--public-change", type=Path, help="what changed since the peildatum before")
    parser.add_argument("--public-change-source", type=Path, help="which peildata those are")
    parser.add_argument("--public-tempo", type=Path, help="outflow in time; without it the report has none")
    parser.add_argument("--public-outlook", type=Path, help="the projections")
    parser.add_argument("--public-outlook-record", type=Path, help="what they rest on")
    parser.add_argument("--public-sensitivity", type=Path, help="statements under other readings")
    parser.add_argument("--public-readings", type=Path, help="what these readings are")
    parser.add_argument("--map-boundaries", type=Path)
    for name in ("code", "attribution", "measure"):
        parser.add_argument(f"--map-{name}", default="")
    arguments = parser.parse_args()
    run_step(lambda: step(arguments))


def step(arguments: argparse.Namespace) -> None:
    """Read, make, write."""
    made = make(inputs_of(published(arguments), settings_of(arguments)))
    write_folder(arguments.charts, made.charts)
    write_folder(arguments.downloads, made.downloads)
    if arguments.reproduction and made.comparison:
        write_text(arguments.reproduction, made.comparison)
    write_text(arguments.document, to_json(made.document))


def published(arguments: argparse.Namespace) -> dict[str, Path]:
    """The published files by their name in `publicatie/`, wherever they lie."""
    return {name: path for name, option in FILES.items() if (path := getattr(arguments, option)) is not None}


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Where the settings are, and the map where one is asked for."""
    asked = None
    if arguments.map_boundaries is not None:
        asked = MapSettings(
            arguments.map_boundaries, arguments.map_code, arguments.map_attribution, arguments.map_measure
        )
    return Settings(arguments.tables, arguments.texts, arguments.glossary, asked)


if __name__ == "__main__":
    main()
