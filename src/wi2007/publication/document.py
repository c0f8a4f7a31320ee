"""The content document: every sentence, number, table and chart of the report, before any layout.

HTML and PDF only lay this out, so that both show the same. Numbers arrive here as text in the Dutch notation,
made from a table cell; a template never formats or computes. The document is stored as
`publicatie/inhoud.json`, charts beside it in `publicatie/grafieken/`.
What does not belong here: layout, colours, file formats.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from wi2007.project import mark_of


@dataclass(frozen=True)
class Span:
    """A piece of running text. `note` is a footnote's text; `term` the id of a glossary entry; `href` a link."""

    text: str
    strong: bool = False
    emphasis: bool = False
    term: str | None = None
    href: str | None = None
    note: str | None = None


Text = tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    """Running text; `role` finding stands beside its table and says what stands out, notice is set apart."""

    text: Text
    role: Literal["text", "finding", "notice"] = "text"
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class Items:
    """A list of short texts."""

    items: tuple[Text, ...]
    ordered: bool = False
    kind: Literal["items"] = "items"


@dataclass(frozen=True)
class Sparkline:
    """A small line: an SVG file under `grafieken/`, its text alternative, and what is said under it."""

    picture: str
    alt: str
    text: str


@dataclass(frozen=True)
class KeyFigure:
    """One large number with what it counts and, under it, its universe; `change` is since the peildatum before.

    `line` is how it went before that.
    """

    value: str
    label: str
    remark: str
    change: str = ""
    line: Sparkline | None = None


@dataclass(frozen=True)
class KeyFigures:
    """The key figures, in reading order."""

    figures: tuple[KeyFigure, ...]
    kind: Literal["key_figures"] = "key_figures"


@dataclass(frozen=True)
class Column:
    """A column of a table. `group` is the header over neighbouring columns (man, vrouw), `unit` the line under it."""

    label: str
    unit: str = ""
    group: str = ""
    numeric: bool = True


@dataclass(frozen=True)
class Cell:
    """What is shown, and the value to sort by (unrounded; None sorts last)."""

    text: str
    value: float | None = None


@dataclass(frozen=True)
class Row:
    """A row: `label` is its header. `group` heads the rows until the next group and has no cells."""

    label: str
    cells: tuple[Cell, ...] = ()
    role: Literal["row", "total", "rest", "group"] = "row"


@dataclass(frozen=True)
class Table:
    """A table with everything a reader needs to take it over.

    `id` is a slug that is unique in the document, `number` what the files call it ("2.1", empty where they have no
    number for it), `shown` its number in the report ("4", empty where it has none), `named` leads from one to the
    other, `download` the file name under `tabellen/` that holds the same cells (empty when there is none); `beside`
    when that file has so much more that it lies beside the report only.
    """

    id: str
    number: str
    title: str
    population: str
    header: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footnotes: tuple[str, ...] = ()
    source: str = ""
    download: str = ""
    sortable: bool = True
    beside: bool = False
    shown: str = ""
    named: str = ""
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Chart:
    """A chart: SVG files under `grafieken/` in two widths, a text alternative, and its data as a table.

    `alt` is one sentence on what is drawn and its main message; `data` repeats every number drawn. `message` is what
    surely stands out, and then stands above the title; `shown` is its number in the report, empty where it has none.
    """

    id: str
    title: str
    wide: str
    narrow: str
    alt: str
    data: Table
    source: str = ""
    message: str = ""
    shown: str = ""
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True)
class Term:
    """A glossary entry."""

    id: str
    term: str
    definition: Text


@dataclass(frozen=True)
class Glossary:
    """The glossary, alphabetical."""

    terms: tuple[Term, ...]
    kind: Literal["glossary"] = "glossary"


@dataclass(frozen=True)
class OtherName:
    """Another name or code by which a choice is found; `told` says what it has to do with the choice, or is empty."""

    name: str
    code: str = ""
    told: str = ""


@dataclass(frozen=True)
class Choice:
    """One of the choices of a chooser: `key` stands in links, `cells` are its own, for each row that has cells.

    It is also found by `others`.
    """

    key: str
    label: str
    cells: tuple[tuple[Cell, ...], ...]
    others: tuple[OtherName, ...] = ()


@dataclass(frozen=True)
class Chooser:
    """A choice of one among many (a municipality), whose figures are then shown beside those of everybody.

    `tables` have the figures of everybody; a choice has a cell for each of theirs. `prompt` labels the field, `empty`
    stands on paper where nothing is chosen, `hint` says how to use it, `fallback` where to look without it, `more` what
    the figures cannot say; `full` are the ids of the tables that have every choice, `course` is the id of the one of
    `tables` that tells how it went, or empty. It is for screens: it stands in the appendix only.
    """

    id: str
    title: str
    prompt: str
    empty: str
    hint: str
    fallback: str
    tables: tuple[Table, ...]
    choices: tuple[Choice, ...]
    more: str = ""
    full: tuple[str, ...] = ()
    course: str = ""
    kind: Literal["chooser"] = "chooser"


Block = Paragraph | Items | KeyFigures | Table | Chart | Glossary | Chooser


@dataclass(frozen=True)
class Section:
    """A chapter (level 1) or section within it (level 2); `number` is empty where none is shown.

    `message` says what surely stands out in it, and stands under the title. `volume` is the file that a chapter stands
    in (`wi2007.publication.volumes`), and `language` is empty where it is that of the document.
    """

    id: str
    number: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    message: str = ""
    volume: str = "rapport"
    language: str = ""


@dataclass(frozen=True)
class Volume:
    """A file of its own beside the report: its name, and its title and description there."""

    name: str
    title: str
    description: str


@dataclass(frozen=True)
class Sign:
    """A sign in a cell of a table (., 0, *) and what it means."""

    sign: str
    meaning: str


@dataclass(frozen=True)
class Fact:
    """A line of the first page: what it is about, and what it says."""

    label: str
    value: Text


@dataclass(frozen=True)
class Licence:
    """Under which licence others may use the report; `name` is its name in the list of SPDX."""

    name: str
    title: str
    href: str


@dataclass(frozen=True)
class Reference:
    """A publication that the report rests on; `href` is empty where no address is known."""

    title: str
    href: str = ""


@dataclass(frozen=True)
class Imprint:
    """The publication itself.

    `facts` stand on the first page, in order; `citation` is how to cite the report. Days are yyyy-mm-dd and empty where
    nothing is claimed: `published` is when the report appeared, `changed` when it was last changed since. `logo` is the
    text of an SVG, of which `logo_name` says what it shows; `main` is the colour of titles and links, `mark` of lines.
    """

    facts: tuple[Fact, ...] = ()
    published: str = ""
    changed: str = ""
    version: str = ""
    address: str = ""
    email: str = ""
    citation: str = ""
    licence: Licence | None = None
    references: tuple[Reference, ...] = ()
    logo: str = ""
    logo_name: str = ""
    main: str = "#154273"
    mark: str = "#154273"

    @property
    def day(self) -> str:
        """The day that files may give as their own: of the last change, else of the publication, else none."""
        return self.changed or self.published


@dataclass(frozen=True)
class Document:
    """The whole report. `notice` stands in the first lines of every output (demonstration data, for one).

    `appendix` holds the full tables: too long for paper, so the PDF leaves them out. `legend` explains the signs that
    may stand in a cell, `protection` in a few sentences how counts are protected; every product repeats both. `exact`
    counts and a `draft` are not for publication, and the names of all files say so (`mark`). `volumes` name the files
    beside the report.
    """

    title: str
    subtitle: str
    peildatum: str
    peildatum_text: str
    source: str
    notice: str
    description: str
    publisher: str
    language: str
    keywords: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    appendix: tuple[Section, ...] = ()
    legend: tuple[Sign, ...] = ()
    protection: tuple[str, ...] = ()
    exact: bool = False
    draft: bool = False
    imprint: Imprint = Imprint()
    volumes: tuple[Volume, ...] = ()

    @property
    def mark(self) -> str:
        """What stands in the names of its files (`wi2007.project.MARKS`)."""
        return mark_of(self.exact, self.draft)


_BLOCKS: dict[str, type[Any]] = {
    "paragraph": Paragraph,
    "items": Items,
    "key_figures": KeyFigures,
    "table": Table,
    "chart": Chart,
    "glossary": Glossary,
    "chooser": Chooser,
}


def to_json(document: Document) -> str:
    """Write the document; the same document gives the same text."""
    from pydantic_core import to_json  # noqa: PLC0415 - layouts read documents alone, and start sooner without

    return to_json(document, indent=1).decode() + "\n"


def from_json(text: str) -> Document:
    """Read a document back; equal to the one that was written."""
    return from_raw(json.loads(text))


def from_raw(raw: dict[str, Any]) -> Document:
    """Read a document back from the values that its JSON stands for."""
    parts = {
        "keywords": tuple(raw["keywords"]),
        "sections": tuple(_section(section) for section in raw["sections"]),
        "appendix": tuple(_section(section) for section in raw["appendix"]),
        "legend": tuple(Sign(**sign) for sign in raw["legend"]),
        "protection": tuple(raw["protection"]),
        "imprint": _imprint(raw["imprint"]),
        "volumes": tuple(Volume(**volume) for volume in raw["volumes"]),
    }
    return Document(**{**raw, **parts})


def _imprint(raw: dict[str, Any]) -> Imprint:
    parts = {
        "facts": tuple(Fact(fact["label"], _text(fact["value"])) for fact in raw["facts"]),
        "licence": None if raw["licence"] is None else Licence(**raw["licence"]),
        "references": tuple(Reference(**reference) for reference in raw["references"]),
    }
    return Imprint(**{**raw, **parts})


def _section(raw: dict[str, Any]) -> Section:
    return Section(
        id=raw["id"],
        number=raw["number"],
        title=raw["title"],
        blocks=tuple(_block(block) for block in raw["blocks"]),
        sections=tuple(_section(section) for section in raw["sections"]),
        message=raw["message"],
        volume=raw["volume"],
        language=raw["language"],
    )


def _text(raw: list[dict[str, Any]]) -> Text:
    return tuple(Span(**span) for span in raw)


def _table(raw: dict[str, Any]) -> Table:
    return Table(
        **{
            **raw,
            "columns": tuple(Column(**column) for column in raw["columns"]),
            "rows": tuple(
                Row(**{**row, "cells": tuple(Cell(**cell) for cell in row["cells"])}) for row in raw["rows"]
            ),
            "footnotes": tuple(raw["footnotes"]),
        }
    )


def _choice(raw: dict[str, Any]) -> Choice:
    cells = tuple(tuple(Cell(**cell) for cell in row) for row in raw["cells"])
    others = tuple(OtherName(**other) for other in raw["others"])
    return Choice(raw["key"], raw["label"], cells, others)


def _key_figure(raw: dict[str, Any]) -> KeyFigure:
    line = raw["line"]
    return KeyFigure(**{**raw, "line": Sparkline(**line) if line else None})


def _block(raw: dict[str, Any]) -> Block:
    kind = raw["kind"]
    if kind == "paragraph":
        raw = {**raw, "text": _text(raw["text"])}
    elif kind == "items":
        raw = {**raw, "items": tuple(_text(item) for item in raw["items"])}
    elif kind == "key_figures":
        raw = {**raw, "figures": tuple(_key_figure(figure) for figure in raw["figures"])}
    elif kind == "table":
        return _table(raw)
    elif kind == "chart":
        raw = {**raw, "data": _table(raw["data"])}
    elif kind == "glossary":
        raw = {
            **raw,
            "terms": tuple(
                Term(**{**term, "definition": _text(term["definition"])}) for term in raw["terms"]
            ),
        }
    elif kind == "chooser":
        raw = {
            **raw,
            "tables": tuple(_table(table) for table in raw["tables"]),
            "choices": tuple(_choice(choice) for choice in raw["choices"]),
            "full": tuple(raw["full"]),
        }
    block: Block = _BLOCKS[kind](**raw)
    return block
