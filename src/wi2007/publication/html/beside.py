"""The files that lie beside the page: the report and its annexes on paper, the workbooks, and the data package.

What does not belong here: making them, the files of single tables (see `download`).
"""

from __future__ import annotations

from dataclasses import dataclass

from wi2007.project import marked
from wi2007.publication import volumes
from wi2007.publication.document import Document
from wi2007.publication.html.download import FOLDER
from wi2007.publication.volumes import ANNEXES, REPORT, REPRODUCTION


@dataclass(frozen=True)
class File:
    """What readers call a file, and where it is seen from the page."""

    name: str
    address: str


def files(document: Document) -> tuple[File, ...]:
    """Give the files of the report of this document, in the order in which they are offered."""
    book = f"{FOLDER}/wi2007_{document.peildatum}"
    compared = {"Vergelijking met de studie (PDF)": f"{REPRODUCTION}.pdf"}
    named = {
        "Rapport (PDF)": f"{REPORT}.pdf",
        "Bijlagen (PDF)": f"{ANNEXES}.pdf",
        **(compared if REPRODUCTION in volumes.present(document) else {}),
        "Alle tabellen (Excel)": f"{book}.xlsx",
        "Alle tabellen (OpenDocument)": f"{book}.ods",
        "Datapakket (JSON)": f"{FOLDER}/datapackage.json",
    }
    return tuple(File(name, marked(address, document.mark)) for name, address in named.items())
