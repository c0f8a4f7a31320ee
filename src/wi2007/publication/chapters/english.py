"""The summary in English: the key figures, and the captions of all tables and figures.

The values are those of the Dutch report. What does not belong here: the texts (`rapport.yaml`, `bijschriften_en.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from wi2007.publication import structure
from wi2007.publication.chapters.summary import Summary
from wi2007.publication.content import english
from wi2007.publication.content.texts import Texts
from wi2007.publication.content.wording import reference_to
from wi2007.publication.document import Block, Chart, Document, Items, Section, Span, Table, Text
from wi2007.publication.volumes import REPRODUCTION

LANGUAGE: Final = "en"
_KEY_FIGURES: Final = "kerncijfers_en"


class English(Summary):
    """What the summary in English asks for."""

    names = ("dag_en",)
    own_names = ("groep", "naam")
    parts = (_KEY_FIGURES,)

    def values(self) -> dict[str, Any]:
        """Give the peildatum as English writes it."""
        return {"dag_en": english.day(self.inputs.account.peildatum)}

    def pictures(self) -> dict[str, str]:
        """Draw nothing: the small line stands in the Dutch summary."""
        return {}

    def part(self, name: str) -> list[Block]:
        """Make the list of key figures."""
        items = tuple(self._told())
        return [Items(items)] if items else []

    def _told(self) -> Iterator[Text]:
        for text in self.inputs.texts.report.kerncijfers:
            found = self._share(text)
            if found is None or text.engels is None:
                continue
            values = {"naam": found[0]}
            place = f"rapport.yaml, kerncijfers > {text.tabel} > engels"
            words = self.writer.words(text.engels, place, **values)
            yield Span(english.written(self.value(text, found[1])), strong=True), Span(f" {words}")


def with_captions(document: Document, texts: Texts) -> Document:
    """Give the document whose chapter in English ends with a caption of every table and figure, before numbering."""
    items = tuple(_captions(document, texts))
    sections = tuple(
        replace(one, sections=(*one.sections, _list_of(one, texts, items)))
        if one.language == LANGUAGE and items
        else one
        for one in document.sections
    )
    return replace(document, sections=sections)


def _list_of(section: Section, texts: Texts, items: tuple[Text, ...]) -> Section:
    return Section(f"{section.id}-captions", "", texts.captions.titel, (Items(items),))


def _captions(document: Document, texts: Texts) -> Iterator[Text]:
    """A caption for each table and figure on the page that has one in English, in reading order."""
    on_page = replace(
        document, sections=tuple(one for one in document.sections if one.volume != REPRODUCTION)
    )
    for block in structure.blocks(on_page):
        if isinstance(block, Chart) and block.id in texts.captions.figuren:
            target, kind, caption = f"figuur:{block.id}", "Figure", texts.captions.figuren[block.id]
        elif isinstance(block, Table) and block.number in texts.captions.tabellen:
            target, kind, caption = f"tabel:{block.number}", "Table", texts.captions.tabellen[block.number]
        else:
            continue
        yield Span(f"{kind} {reference_to(target)}", href=target), Span(f". {caption}")
