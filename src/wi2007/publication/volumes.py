"""Which chapters stand in which file: the report, its annexes and the comparison with the study.

The document is one and its numbers run through; a chapter says in `rapport.yaml` which volume it is of. The page has
the report with its annexes, each PDF one volume. A link to a chapter of another file becomes plain text.
What does not belong here: layout, the title of a volume.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from wi2007.publication import structure
from wi2007.publication.document import (
    Block,
    Chooser,
    Document,
    Glossary,
    Items,
    Paragraph,
    Section,
    Span,
    Text,
)

REPORT: Final = "rapport"
ANNEXES: Final = "bijlagen"
REPRODUCTION: Final = "reproductie"
"""Exact counts of invented persons beside those of the study: never in one file with rounded ones."""


def on_screen(document: Document) -> Document:
    """Give the document as the page has it: the report, its annexes and the full tables.

    What a reader chooses from stands right behind the first chapter, not in the appendix.
    """
    chapters = _of(document, REPORT, ANNEXES)
    chosen = [part for section in document.appendix for part in section.sections if _chooses(part)]
    appendix = tuple(
        replace(section, sections=tuple(part for part in section.sections if not _chooses(part)))
        for section in document.appendix
    )
    return _linked(replace(document, sections=(*chapters[:1], *chosen, *chapters[1:]), appendix=appendix))


def _chooses(section: Section) -> bool:
    return any(isinstance(block, Chooser) for block in section.blocks)


def on_paper(document: Document, volume: str = REPORT) -> Document:
    """Give one volume as its PDF has it: without the full tables, which are too long for paper."""
    part = replace(document, sections=_of(document, volume), appendix=())
    for one in document.volumes:
        if one.name == volume:
            part = replace(part, title=one.title, description=one.description)
    return _linked(part)


def present(document: Document) -> list[str]:
    """List the volumes that there are: report and annexes always, the comparison where it has a chapter."""
    return [REPORT, ANNEXES, *([REPRODUCTION] if _of(document, REPRODUCTION) else [])]


def _of(document: Document, *volumes: str) -> tuple[Section, ...]:
    return tuple(section for section in document.sections if section.volume in volumes)


def _linked(document: Document) -> Document:
    """The document without links to what it does not have."""
    anchors = {f"#{name}" for name in structure.anchors(document)}
    terms = {
        term.id for block in structure.blocks(document) if isinstance(block, Glossary) for term in block.terms
    }

    def span(one: Span) -> Span:
        dead = one.href is not None and one.href.startswith("#") and one.href not in anchors
        return replace(one, href=None if dead else one.href, term=one.term if one.term in terms else None)

    def text(parts: Text) -> Text:
        return tuple(map(span, parts))

    def block(one: Block) -> Block:
        if isinstance(one, Paragraph):
            return replace(one, text=text(one.text))
        if isinstance(one, Items):
            return replace(one, items=tuple(map(text, one.items)))
        if isinstance(one, Glossary):
            return replace(
                one, terms=tuple(replace(term, definition=text(term.definition)) for term in one.terms)
            )
        return one

    def section(one: Section) -> Section:
        return replace(one, blocks=tuple(map(block, one.blocks)), sections=tuple(map(section, one.sections)))

    return replace(
        document,
        sections=tuple(map(section, document.sections)),
        appendix=tuple(map(section, document.appendix)),
    )
