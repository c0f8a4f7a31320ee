"""The step `content`: from the publication folder to the content document, charts, downloads and the comparison.

It reads nothing exact: only `publicatie/`, configuration and reference.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from schemas.cbs import CBS
from schemas.change import CHANGE
from schemas.statement_tables import OUTCOMES, REPRODUCTION, STATEMENTS, Outcome
from schemas.tables import Specification
from schemas.tempo_tables import OUTLOOK, TEMPO
from schemas.tidy import TIDY, TidyRow
from wi2007 import __version__
from wi2007.cbs.table import CbsSource, CbsTable, source_from_json
from wi2007.project import REFERENCE, marked
from wi2007.publication import charts
from wi2007.publication.content import account, texts
from wi2007.publication.content.cbs import charts as cbs_charts
from wi2007.publication.content.change import charts as change_charts
from wi2007.publication.content.change.rows import Changes, read_told
from wi2007.publication.content.change.tables import setting_of
from wi2007.publication.content.charts import NARROW, WIDE
from wi2007.publication.content.downloads import (
    READ_ME,
    downloads,
    read_me,
)
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.phrases import Writer
from wi2007.publication.content.report import common, report
from wi2007.publication.content.tempo import charts as tempo_charts
from wi2007.publication.content.tempo.figures import Tempo
from wi2007.publication.content.tempo.tables import Setting
from wi2007.publication.document import to_json
from wi2007.publication.map.settings import MapDrawing, MapSettings
from wi2007.sensitivity.result import About
from wi2007.sensitivity.result import from_json as about_from_json
from wi2007.steps.edge import run_step, write_folder, write_text
from wi2007.tables.specification import load


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
    inputs = gather(arguments)
    made = [
        *inputs.charts.values(),
        *inputs.cbs_charts.values(),
        *([[inputs.change_chart]] if inputs.change_chart else []),
        *inputs.tempo_charts.values(),
        *([[inputs.map.drawing]] if inputs.map else []),
    ]
    drawings = {
        name: text
        for drawn in made
        for drawing in drawn
        for name, text in (
            (WIDE.format(drawing.id), drawing.wide),
            (NARROW.format(drawing.id), drawing.narrow),
        )
    }
    document = report(inputs)
    write_folder(arguments.charts, drawings)
    write_folder(
        arguments.downloads,
        {
            marked(READ_ME, document.exact): read_me(document, inputs.texts.workbook.leesmij),
            **downloads(inputs, document.exact),
        },
    )
    if arguments.reproduction and inputs.comparisons:
        write_text(arguments.reproduction, REPRODUCTION.to_csv(inputs.comparisons, document.exact))
    write_text(arguments.document, to_json(document))


def gather(arguments: argparse.Namespace) -> Inputs:
    """Everything that the report is made from."""
    specification = load(arguments.tables)
    records = TIDY.read(arguments.public_tables)
    told = account.read(arguments.public_processing.read_text(encoding="utf-8"))
    words = texts.load(arguments.texts, arguments.glossary)
    cbs, source = read_cbs(arguments.public_cbs, arguments.public_cbs_source)
    changes = read_changes(arguments.public_change, arguments.public_change_source)
    about = (told.peildatum, told.exact)
    inputs = Inputs(
        records=records,
        specification=specification,
        account=told,
        texts=words,
        charts=drawn(specification, records),
        statements=STATEMENTS.read(arguments.public_statements),
        sensitivity=read_outcomes(arguments.public_sensitivity),
        readings=read_readings(arguments.public_readings),
        comparisons=REPRODUCTION.read(arguments.public_reproduction),
        map=drawn_map(arguments, words, records, specification, told.peildatum),
        version=__version__,
        cbs=cbs,
        cbs_source=source,
        cbs_charts=cbs_charts.drawn(cbs, Writer(words, {})),
        changes=changes,
        change_chart=change_charts.drawn(setting_of(changes, specification, Writer(words, {}), about)),
        tempo=read_outflow(arguments),
    )
    setting = Setting(inputs.tempo, inputs, Writer(words, common(inputs)), "")
    return replace(inputs, tempo_charts=tempo_charts.drawn(setting))


def read_outflow(arguments: argparse.Namespace) -> Tempo:
    """Outflow in time and the projections; none where they are not given."""
    if arguments.public_tempo is None:
        return Tempo()
    return Tempo(
        TEMPO.read(arguments.public_tempo),
        OUTLOOK.read(arguments.public_outlook),
        json.loads(arguments.public_outlook_record.read_text(encoding="utf-8")),
    )


def read_cbs(table: Path | None, source: Path | None) -> tuple[CbsTable, CbsSource | None]:
    """The CBS table and where it is from; an empty one where there is none."""
    if table is None or source is None:
        return CbsTable(()), None
    return CbsTable(tuple(CBS.read(table))), source_from_json(source.read_text(encoding="utf-8"))


def read_changes(table: Path | None, source: Path | None) -> Changes:
    """What changed since the peildatum before; nothing where there are no files."""
    if table is None or source is None:
        return Changes()
    rows = tuple(CHANGE.read(table))
    return Changes(rows, read_told(source.read_text(encoding="utf-8")))


def read_outcomes(path: Path | None) -> list[Outcome]:
    """The statements under other readings; none without a file."""
    return OUTCOMES.read(path) if path else []


def read_readings(path: Path | None) -> About | None:
    """What these readings are."""
    return about_from_json(path.read_text(encoding="utf-8")) if path else None


def drawn(specification: Specification, records: list[TidyRow]) -> dict[str, list[charts.ChartDrawing]]:
    """The charts of every table."""
    return {table.number: charts.chart_for(table, records, specification) for table in specification.tables}


def drawn_map(
    arguments: argparse.Namespace,
    words: texts.Texts,
    records: list[TidyRow],
    specification: Specification,
    peildatum: date,
) -> MapDrawing | None:
    """The map of the municipalities, where one is asked for."""
    if arguments.map_boundaries is None:
        return None
    from wi2007.publication.map.make import make_map  # noqa: PLC0415  # brings shapely, which only a map needs

    settings = MapSettings(
        arguments.map_boundaries, arguments.map_code, arguments.map_attribution, arguments.map_measure
    )
    title = words.report.kaart[f"titel_{settings.measure}"]
    return make_map(settings, title, records, specification, peildatum)


if __name__ == "__main__":
    main()
