"""The explanation: signs, how counts are protected, method, glossary; one list, so that it can be read as data.

What does not belong here: what the report says of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemas.workbook import WorkbookText
from wi2007.publication.document import Block, Document, Items, Paragraph, Section, Text
from wi2007.publication.workbook.cover import opening
from wi2007.publication.workbook.model import Cell, Region, Sheet, clean
from wi2007.publication.workbook.select import chapters, lead, numbered_tables, running, terms
from wi2007.publication.workbook.widths import READING

WIDTHS = (26, 26, READING)
MARKED = "toelichting"

Line = tuple[str, str, str]
"""The part, what it is about (a sign, a term), and the text."""


def explanation(document: Document, texts: WorkbookText) -> Sheet:
    """The sheet with everything a reader needs to know of the tables."""
    words = texts.toelichting
    heads = (words.onderdeel, words.onderwerp, words.tekst)
    rows = [*opening(document, words.titel), (), tuple(Cell(clean(head), "head") for head in heads)]
    header = len(rows) - 1
    for line in lines(document, texts):
        part, about, text = map(clean, line)
        rows.append((Cell(part, "text"), Cell(about or part, "text"), Cell(text, "text")))
    region = Region(MARKED, clean(words.titel), header, header, len(rows) - 1)
    return Sheet(texts.bladen.toelichting, tuple(rows), WIDTHS, region, landscape=True)


def lines(document: Document, texts: WorkbookText) -> Iterator[Line]:
    """Signs first, then how counts are protected, the footnotes whole, the method, and the glossary."""
    words = texts.toelichting
    for sign in document.legend:
        yield words.tekens, sign.sign, sign.meaning
    for sentence in document.protection:
        yield words.bescherming, words.bescherming_onderwerp, sentence
    for table in numbered_tables(document):
        for note in table.footnotes:
            yield words.voetnoten, f"{texts.bladen.tabel} {table.number}", note
    for section in chapters(document, texts.methode):
        yield from _method(section)
    for term in terms(document):
        yield words.begrippen, term.term, running(term.definition)


def _method(section: Section) -> Iterator[Line]:
    for block in section.blocks:
        for text in _texts(block):
            about, rest = lead(text)
            yield section.title, about, running(rest)


def _texts(block: Block) -> tuple[Text, ...]:
    if isinstance(block, Paragraph):
        return (block.text,)
    return block.items if isinstance(block, Items) else ()
