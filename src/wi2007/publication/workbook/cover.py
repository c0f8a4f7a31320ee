"""The first sheets: the cover and the list of sheets.

What does not belong here: the tables and the explanation.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.workbook import WorkbookText
from wi2007.publication.document import Document, Table
from wi2007.publication.licence import licence
from wi2007.publication.workbook.model import Cell, Region, Sheet, clean
from wi2007.publication.workbook.widths import LABELS, NARROW, fitting

WIDTHS = (18, 82)
MARKED = "inhoud"


def opening(document: Document, title: str) -> list[tuple[Cell, ...]]:
    """The first rows of every sheet: the notice if there is one, then the title."""
    notice = [(Cell(clean(document.notice), "notice"),)] if document.notice else []
    return [*notice, (Cell(clean(title), "title"),)]


def cover(document: Document, texts: WorkbookText) -> Sheet:
    """The cover: title, what it is about, peildatum, source, publisher, licence."""
    words = texts.voorblad
    granted = licence(document, texts.licentie)
    known = (
        (words.melding, document.notice),
        (words.omschrijving, document.description),
        (words.peildatum, document.peildatum_text),
        (words.bron, document.source),
        (words.uitgever, document.publisher),
        (words.licentie, f"{granted.titel} ({granted.adres})" if granted else texts.licentie.geen),
        (words.bladen, words.bladen_tekst),
    )
    rows = [
        *opening(document, document.title),
        (Cell(clean(document.subtitle), "subtitle"),),
        (),
        *((Cell(clean(label), "total"), Cell(clean(text), "text")) for label, text in known if text),
    ]
    return Sheet(texts.bladen.voorblad, tuple(rows), WIDTHS)


def contents(document: Document, texts: WorkbookText, named: Sequence[tuple[str, Table]]) -> Sheet:
    """The list of sheets after this one, with links; `named` gives the tables with the names of their sheets."""
    words = texts.inhoud
    heads = (words.blad, words.onderwerp, words.populatie, words.bestand)
    first = (texts.bladen.toelichting, words.toelichting, words.geen, words.geen)
    listed = [
        (name, table.title, table.population or words.geen, table.download or words.geen)
        for name, table in named
    ]
    rows = [*opening(document, words.titel), (), tuple(Cell(clean(head), "head") for head in heads)]
    header = len(rows) - 1
    rows += [_line(line) for line in (first, *listed)]
    widths = fitting(rows[header:], NARROW, LABELS)
    region = Region(MARKED, clean(words.titel), header, header, len(rows) - 1)
    return Sheet(texts.bladen.inhoud, tuple(rows), widths, region, landscape=True)


def _line(line: tuple[str, ...]) -> tuple[Cell, ...]:
    name, *rest = line
    return (Cell(name, "link", sheet=name), *(Cell(clean(text), "text") for text in rest))
