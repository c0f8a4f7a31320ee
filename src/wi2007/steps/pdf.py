"""Step pdf: the content document, its charts and the published tables become one PDF."""

from __future__ import annotations

from wi2007.publication import pdf, structure
from wi2007.publication.document import from_json
from wi2007.steps.case import Case
from wi2007.steps.edge import whole


def make(case: Case) -> None:
    """Write `rapport.pdf`, with the tables attached."""
    document = structure.on_paper(from_json(case.text("publicatie/inhoud.json")))
    charts = {name: case.text(f"publicatie/grafieken/{name}") for name in structure.chart_files(document)}
    tables = case.made("rapport/downloads/tabellen")
    downloads = {name: (tables / name).read_bytes() for name in structure.download_files(document)}
    content = pdf.render(document, charts, downloads)
    with whole(case.made("rapport/rapport.pdf")) as temporary:
        temporary.write_bytes(content)
