"""Step html: the content document, its charts and the published tables become one HTML file."""

from __future__ import annotations

from wi2007.publication import html, structure, volumes
from wi2007.publication.document import from_json
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text


def make(case: Case) -> None:
    """Write `rapport.html`."""
    document = from_json(case.text("publicatie/inhoud.json"))
    shown = volumes.on_screen(document)
    charts = {name: case.text(f"publicatie/grafieken/{name}") for name in structure.chart_files(shown)}
    tables = case.made("rapport/downloads/tabellen")
    downloads = {name: (tables / name).read_bytes() for name in structure.inner_files(shown)}
    write_text(case.made("rapport/rapport.html"), html.render(document, charts, downloads))
