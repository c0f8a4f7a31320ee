"""What a workbook takes from the content document: numbered tables, the chapters on method, the glossary, running text.

What does not belong here: how any of it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wi2007.publication.document import Block, Document, Glossary, Section, Table, Term, Text


def sections(found: Sequence[Section]) -> Iterator[Section]:
    """Sections with those in them, parents first, in reading order."""
    for section in found:
        yield section
        yield from sections(section.sections)


def blocks(document: Document) -> Iterator[Block]:
    """Every block of the report and its appendix."""
    for section in sections((*document.sections, *document.appendix)):
        yield from section.blocks


def numbered_tables(document: Document) -> list[Table]:
    """The tables that have a number, in reading order, each once."""
    found = {block.id: block for block in blocks(document) if isinstance(block, Table) and block.number}
    return list(found.values())


def terms(document: Document) -> list[Term]:
    """The entries of the glossary."""
    return [term for block in blocks(document) if isinstance(block, Glossary) for term in block.terms]


def chapters(document: Document, beginnings: Sequence[str]) -> Iterator[Section]:
    """The sections whose id begins with one of these words, with all that is in them, each once."""
    yield from _within((*document.sections, *document.appendix), tuple(beginnings))


def _within(found: Sequence[Section], beginnings: tuple[str, ...]) -> Iterator[Section]:
    for section in found:
        if section.id.startswith(beginnings):
            yield from sections([section])
        else:
            yield from _within(section.sections, beginnings)


def lead(text: Text) -> tuple[str, Text]:
    """The strong words that a text begins with, without the point, and the rest; no words where it does not."""
    if len(text) > 1 and text[0].strong:
        return text[0].text.strip().rstrip("."), text[1:]
    return "", text


def running(text: Text) -> str:
    """A text without marks: a footnote and an address between brackets, behind what they belong to."""
    parts: list[str] = []
    for span in text:
        parts.append(span.text)
        if span.note:
            parts.append(f" ({span.note})")
        if span.href and not span.href.startswith("#") and span.href != span.text:
            parts.append(f" ({span.href})")
    return "".join(parts)
