"""Small tables to draw: shared by the tests of charts."""

from __future__ import annotations

from typing import get_args

import yaml

from schemas.tables import Chart, Specification
from schemas.tidy import TidyRow
from wi2007.project import CONFIG
from wi2007.publication.charts import ChartDrawing, chart_for
from wi2007.publication.charts.data import Judge
from wi2007.tables.tidy import percentage

RAW = yaml.safe_load((CONFIG / "tables.yaml").read_text(encoding="utf-8"))
KINDS = get_args(Chart.model_fields["kind"].annotation)
Cells = dict[tuple[str, str], tuple[int, int]]


def tidy(variable: str, column: str, cells: Cells) -> list[TidyRow]:
    """Rows of table 9.1, with the totals that the cells imply."""
    bases = {kolom: base for (_, kolom), (_, base) in cells.items()}
    totals = [("totaal", "totaal", kolom, base, base) for kolom, base in bases.items()]
    parts = [(variable, rij, kolom, count, base) for (rij, kolom), (count, base) in cells.items()]
    return [
        TidyRow("9.1", "wi2007", name, rij, column, kolom, count, percentage(count, base), base)
        for name, rij, kolom, count, base in [*totals, *parts]
    ]


def specification(variable: str, column: str, kind: str | None = None, **more: object) -> Specification:
    charts = None if kind is None else [{"kind": kind, "rows": variable, "title": "Titel & meer"}]
    table = {
        "number": "9.1",
        "title": "Proef",
        "population": "wi2007",
        "columns": {"variable": column},
        "rows": [{"variable": variable}],
        "charts": charts,
        **more,
    }
    return Specification.model_validate({**RAW, "tables": [table]})


def draw(
    variable: str,
    column: str,
    cells: Cells,
    kind: str | None = None,
    judge: Judge | None = None,
    **more: object,
) -> ChartDrawing:
    spec = specification(variable, column, kind, **more)
    (drawing,) = chart_for(spec.tables[0], tidy(variable, column, cells), spec, judge)
    return drawing


GENDER: Cells = {
    ("Nieuwkomer", "totaal"): (60, 100),
    ("Nieuwkomer", "man"): (10, 40),
    ("Nieuwkomer", "vrouw"): (50, 60),
    ("Oudkomer", "totaal"): (40, 100),
    ("Oudkomer", "man"): (30, 40),
    ("Oudkomer", "vrouw"): (10, 60),
    ("Onbekend", "totaal"): (0, 100),
    ("Onbekend", "man"): (0, 40),
    ("Onbekend", "vrouw"): (0, 60),
}
ROUTES: Cells = {
    (route, place): (count + shift, 100)
    for route, count in (
        ("Inburgering voldaan", 50),
        ("Nog steeds inburgeringsplichtig", 30),
        ("Onbekend", 20),
    )
    for place, shift in (("Amsterdam", 0), ("Den Haag", 5), ("Register niet-ingezetenen", -5))
}
