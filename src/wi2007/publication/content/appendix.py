"""The appendix: the full tables by row variable (all municipalities, all countries), each part with an introduction.

No sentences are made about these tables. What does not belong here: how a table is shown (see `display`), texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from schemas.report import AppendixText, BlockText
from schemas.tables import Table as TableSpecification
from wi2007.publication.content.chooser import chooser
from wi2007.publication.content.downloads import download_name
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.shown import displayed, section_title, shown_of, slug, variable_label
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Block, Section

Introduction = Callable[[Sequence[BlockText], str, dict[str, str]], list[Block]]
"""Makes the blocks of texts, given the place of the texts and values for them."""


def appendix(inputs: Inputs, writer: Writer, source: str, introduction: Introduction) -> Iterator[Section]:
    """A section for each first row variable of a table of the appendix, in the order of the specification."""
    tables = inputs.in_appendix()
    for variable in dict.fromkeys(table.rows[0].variable for table in tables):
        own = [table for table in tables if table.rows[0].variable == variable]
        yield _part(inputs, writer, source, own, introduction)


def _part(
    inputs: Inputs,
    writer: Writer,
    source: str,
    tables: Sequence[TableSpecification],
    introduction: Introduction,
) -> Section:
    variable = tables[0].rows[0].variable
    texts = writer.texts.report
    text = texts.bijlagen.get(variable, texts.andere_bijlage)
    name = text.id if variable in texts.bijlagen else f"{text.id}-{slug(variable)}"
    place = f"rapport.yaml, bijlage {text.id}"
    values = {"variabele": variable_label(variable, inputs.specification).lower()}
    inner = [_table(inputs, writer, source, table) for table in tables]
    return Section(
        id=name,
        number="",
        title=writer.words(text.titel, place, **values),
        blocks=tuple(introduction(text.inhoud, place, values)),
        sections=(*_choice(inputs, writer, tables, text), *inner),
    )


def _choice(
    inputs: Inputs, writer: Writer, tables: Sequence[TableSpecification], text: AppendixText
) -> Iterator[Section]:
    if text.kiezer is None:
        return
    made = chooser(inputs, writer, tables, text.kiezer)
    if made.choices:
        yield Section(f"paragraaf-{made.id}", "", made.title, (made,))


def _table(inputs: Inputs, writer: Writer, source: str, table: TableSpecification) -> Section:
    shown = shown_of(inputs, table, writer)
    block = displayed(shown, download_name(table.number, inputs.account.exact), source)
    return Section("paragraaf-" + slug(table.number), "", section_title(shown), (block,))
