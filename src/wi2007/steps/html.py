"""Step html: the content document, its charts and the published tables become one HTML file."""

from __future__ import annotations

from wi2007.publication import html, structure, volumes
from wi2007.publication.document import from_json
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text


def make(case: Case) -> None:
    """Write `rapport.html`."""
    document = volumes.on_screen(from_json(case.text("publicatie/inhoud.json")))
    charts = {name: case.text(f"publicatie/grafieken/{name}") for name in structure.chart_files(document)}
    tables = case.made("rapport/downloads/tabellen")
    downloads = {name: (tables / name).read_bytes() for name in structure.inner_files(document)}
    write_text(case.made("rapport/rapport.html"), html.render(document, charts, downloads))
