"""The one shape of every chapter: what it reads, what texts may ask of it, its parts, charts and downloads by name.

A new chapter is one file in this folder, texts under its key in `config/report/rapport.yaml`, and its place in
`register`. What does not belong here: anything that only one chapter does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from schemas.dataset import Dataset
from wi2007.project import marked
from wi2007.publication.charts import ChartDrawing
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.shown import chart_of, slug
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Block, Cell, Column, Paragraph, Row, Section, Span, Table

Heads = tuple[str, Sequence[Column]]
"""What stands above the names of the rows, and the columns."""


class Chapter:
    """A chapter in the making, of one report.

    Where it is not `present` it is left out whole: texts find nothing under its names, and it has no parts, charts,
    sections or downloads. Of a chapter that is present only what the report asks for is made, charts and downloads
    aside.
    """

    key: ClassVar[str] = ""
    """Where its own texts stand in `rapport.yaml`."""
    reads: ClassVar[tuple[str, ...]] = ()
    """The files of `publicatie/` that it is made from; without one of them it is absent."""
    names: ClassVar[tuple[str, ...]] = ()
    """What `values` gives to every text of the report."""
    own_names: ClassVar[tuple[str, ...]] = ()
    """What its own texts may use besides."""
    parts: ClassVar[tuple[str, ...]] = ()
    """What `rapport.yaml` may ask for as `deel`."""

    @classmethod
    def claims(cls, inputs: Inputs) -> Collection[str]:
        """Number the tables of `config/tables.yaml` that it shows itself, so that they stand in no other chapter."""
        return ()

    def __init__(self, inputs: Inputs, writer: Writer) -> None:
        self.inputs = inputs
        self.writer = writer

    @property
    def present(self) -> bool:
        """Whether there is anything to tell."""
        return all(name in self.inputs.files for name in self.reads)

    def values(self) -> dict[str, Any]:
        """Give the value of each of its `names`."""
        return {}

    def absent(self) -> dict[str, Any]:
        """Give the same where it is absent: None, so that a text can ask whether there is any."""
        return dict.fromkeys(self.names)

    def part(self, name: str) -> list[Block]:
        """Make the blocks of one of its `parts`."""
        raise NotImplementedError(name)

    def opening(self, population: str) -> list[Block]:
        """Make what it adds behind the introduction of the chapter of a population."""
        return []

    def sections(self, population: str) -> list[Section]:
        """Make what it adds at the end of the chapter of a population."""
        return []

    def named(self, tables: Sequence[str]) -> list[Section]:
        """Make the sections of these tables of `config/tables.yaml`, for the chapter that names them as its own."""
        return []

    def drawn(self) -> dict[str, list[ChartDrawing]]:
        """Draw its charts, by what they belong to."""
        return {}

    def pictures(self) -> dict[str, str]:
        """Draw what stands inside other blocks: SVG by the name of its file."""
        return {}

    @cached_property
    def charts(self) -> dict[str, list[ChartDrawing]]:
        """Its charts, drawn once; none in a report without charts."""
        return self.drawn() if self.inputs.charts else {}

    @property
    def offers(self) -> Sequence[Dataset[Any]]:
        """The tables of `publicatie/` that readers can take along."""
        return ()

    def downloads(self) -> dict[str, str]:
        """Give these files by name; where they are not for publication every row says so."""
        mark, files = self.inputs.account.mark, self.inputs.files
        return {one.named(mark): one.to_csv(one.from_csv(files[one.file]), mark) for one in self.offers}

    @property
    def texts(self) -> Mapping[str, str]:
        """Its own texts, not filled in."""
        return self.writer.texts.report.of(self.key)

    def words(self, name: str, **values: object) -> str:
        """Fill in one of its own texts. Raises `UserError` when that asks for what there is not."""
        return self.writer.words(self.texts[name], self.place(name), **values)

    def place(self, name: str) -> str:
        """Tell where a text stands, for messages."""
        return f"rapport.yaml, {self.key} > {name}"

    @property
    def source(self) -> str:
        """The source under tables and charts of the delivery."""
        return self.writer.source

    def charts_of(self, name: str, population: str, source: str) -> list[Block]:
        """Make blocks of its charts of one name, about a population."""
        return [chart_of(drawing, population, source) for drawing in self.charts.get(name, [])]

    def table(self, name: str, title: str, heads: Heads, rows: Sequence[Row], **more: Any) -> Table:
        """Make a table whose rows keep their order; `name` is its number (C.1), or its id where it has none.

        `more` is what else a table has.
        """
        numbered = "." in name
        header, columns = heads
        return Table(
            **{
                "id": f"tabel-{slug(name)}" if numbered else name,
                "number": name if numbered else "",
                "title": title,
                "population": "",
                "header": header,
                "columns": tuple(columns),
                "rows": tuple(rows),
                "sortable": False,
                **more,
            }
        )

    def download(self, name: str) -> str:
        """Tell what one of the files it offers is called beside the report."""
        return marked(name, self.inputs.account.mark)


def written(label: str) -> Column:
    """Make a column of words."""
    return Column(label, numeric=False)


def paragraph(text: str) -> Paragraph:
    """Make a plain paragraph."""
    return Paragraph((Span(text),))


def line(label: str, *texts: str) -> Row:
    """Make a row of words."""
    return Row(label, tuple(Cell(text) for text in texts))
