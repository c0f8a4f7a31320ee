"""Every text and every number that a document shows, in reading order: for the test that outputs show the same.

The appendix comes last, and what a chooser shows for any choice is in; the PDF has neither.

What does not belong here: reading HTML or PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wi2007.publication.document import (
    Block,
    Chart,
    Chooser,
    Document,
    Glossary,
    Items,
    KeyFigures,
    Paragraph,
    Section,
    Table,
    Text,
)

NUMBER = re.compile(r"(?<![\w.,:/-])\d+(?:\.\d{3})*(?:,\d+)?(?![\w]|[.,:/-]\w)")
"""A number as readers see it: 236.997, 54,6, 2022; no part of a code, an address or an identifier."""


def numbers_of(document: Document) -> list[str]:
    """Every number shown, in reading order, as it is written (236.997, 54,6), repeats included."""
    return [number for text in texts_of(document) for number in numbers_in(text)]


def numbers_in(text: str) -> list[str]:
    """Every number in a text, as it is written."""
    return NUMBER.findall(text)


def texts_of(document: Document) -> Iterator[str]:
    """Every text that readers of any output see; text alternatives of charts are left out, their data is in."""
    yield from (document.title, document.subtitle, document.notice)
    for section in (*document.sections, *document.appendix):
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield section.title
    for block in section.blocks:
        yield from _block(block)
    for inner in section.sections:
        yield from _section(inner)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _text(block.text)
        case Items():
            for item in block.items:
                yield from _text(item)
        case KeyFigures():
            for figure in block.figures:
                yield from (figure.value, figure.label, figure.remark)
        case Table():
            yield from _table(block)
        case Chart():
            yield block.title
            yield from _table(block.data)
        case Chooser():
            yield from _chooser(block)
        case Glossary():
            for term in block.terms:
                yield term.term
                yield from _text(term.definition)


def _chooser(chooser: Chooser) -> Iterator[str]:
    yield from (chooser.title, chooser.prompt, chooser.empty, chooser.hint, chooser.fallback)
    for table in chooser.tables:
        yield from _table(table)
    for choice in chooser.choices:
        yield choice.label
        yield from (cell.text for row in choice.cells for cell in row)


def _text(text: Text) -> Iterator[str]:
    yield "".join(span.text for span in text)
    yield from (span.note for span in text if span.note)


def _table(table: Table) -> Iterator[str]:
    yield from (table.number, table.title, table.population, table.header)
    for column in table.columns:
        yield from (column.group, column.label, column.unit)
    for row in table.rows:
        yield row.label
        yield from (cell.text for cell in row.cells)
    yield from table.footnotes
    yield table.source
