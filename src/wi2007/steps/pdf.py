"""Step pdf: the content document, its charts and the published tables become a PDF for each volume."""

from __future__ import annotations

from wi2007.publication import pdf, structure, volumes
from wi2007.publication.document import from_json
from wi2007.steps.case import Case
from wi2007.steps.edge import write_folder


def make(case: Case) -> None:
    """Write `rapport.pdf`, `bijlagen.pdf` and, where the study is compared, `reproductie.pdf`, with tables attached."""
    document = from_json(case.text("publicatie/inhoud.json"))
    charts = {name: case.text(f"publicatie/grafieken/{name}") for name in structure.chart_files(document)}
    tables = case.made("rapport/downloads/tabellen")
    downloads = {name: (tables / name).read_bytes() for name in structure.download_files(document)}
    papers = {
        f"{name}.pdf": pdf.render(document, charts, downloads, name) for name in volumes.present(document)
    }
    write_folder(case.made("rapport/pdf"), papers)
