"""The whole workbook from the content document and the words of `config/report/werkboek.yaml`.

What does not belong here: file formats, files.
"""

from __future__ import annotations

from schemas.workbook import WorkbookText
from wi2007.project import marked
from wi2007.publication import structure
from wi2007.publication.document import Document
from wi2007.publication.workbook.cover import contents, cover
from wi2007.publication.workbook.explanation import explanation
from wi2007.publication.workbook.model import Book, Paper, check, clean
from wi2007.publication.workbook.names import marks, sheet_names
from wi2007.publication.workbook.select import numbered_tables
from wi2007.publication.workbook.tables import Place, table_sheet


def file_name(document: Document, kind: str) -> str:
    """The name of the file for readers; `kind` is its ending."""
    return marked(f"wi2007_{document.peildatum}.{kind}", document.exact)


def book(document: Document, texts: WorkbookText) -> Book:
    """The workbook. Raises `ValueError` when it could not be written whole."""
    tables = numbered_tables(document)
    fixed = (texts.bladen.voorblad, texts.bladen.inhoud, texts.bladen.toelichting)
    names = sheet_names([f"{texts.bladen.tabel} {table.number}" for table in tables], fixed)
    named = list(zip(names, tables, strict=True))
    made = Book(
        title=clean(document.title),
        subject=clean(document.subtitle),
        description=clean(" ".join(filter(None, (document.notice, document.description)))),
        publisher=clean(document.publisher),
        keywords=tuple(clean(word) for word in document.keywords),
        language=texts.taal,
        day=document.peildatum,
        paper=Paper(
            clean(structure.short_notice(document) if document.notice else document.title),
            clean(texts.tabelblad.pagina),
            clean(texts.tabelblad.van),
        ),
        sheets=(
            cover(document, texts),
            contents(document, texts, named),
            explanation(document, texts),
            *(
                table_sheet(document, table, Place(name, mark), texts)
                for (name, table), mark in zip(named, marks([each.number for each in tables]), strict=True)
            ),
        ),
    )
    check(made)
    return made
