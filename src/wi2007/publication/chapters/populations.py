"""The tables of each population, in its own chapter: what stands out in sentences, the charts, then the table.

What does not belong here: which tables there are (`config/tables.yaml`), the order of chapters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schemas.tables import Table as TableSpecification
from schemas.tidy import TOTAL, TidyRow
from wi2007.publication import charts
from wi2007.publication.chapters.chapter import Chapter
from wi2007.publication.charts import ChartDrawing
from wi2007.publication.content.blocks import MEN, WOMEN, Share
from wi2007.publication.content.blocks import Block as Part
from wi2007.publication.content.downloads import download_name, downloads
from wi2007.publication.content.findings import Finding, findings, of_genders
from wi2007.publication.content.shown import charts_of, displayed, paired, section_title, shown_of, slug
from wi2007.publication.content.surely import larger_share
from wi2007.publication.document import Block, Paragraph, Section
from wi2007.tables.variables import ANSWERS


class Populations(Chapter):
    """The tables of `publicatie/tabellen.csv`."""

    def opening(self, population: str) -> list[Block]:
        """Tell of men and women in a population, once for its chapter."""
        for table in self.inputs.of_population(population):
            tidy = self.inputs.tables[table.number]
            sizes = {column: tidy.size(column) for column in tidy.columns}
            if {TOTAL, MEN, WOMEN} <= sizes.keys():
                off = self.inputs.account.rounding.spread
                finding = of_genders(sizes, table.decimals, off, self.inputs.limits)
                return [self._finding(finding, table)] if finding else []
        return []

    def sections(self, population: str) -> list[Section]:
        """Make a section for each table of a population."""
        return [self._section(table) for table in self.inputs.of_population(population)]

    def named(self, tables: Sequence[str]) -> list[Section]:
        """Make a section for each of these tables, in the order of the specification."""
        return [self._section(table) for table in self.inputs.present if table.number in tables]

    def drawn(self) -> dict[str, list[ChartDrawing]]:
        """Draw the charts of every table, by its number."""
        every, rows = self.inputs.specification, self.inputs.drawn
        return {table.number: charts.chart_for(table, rows, every, self._is_larger) for table in every.tables}

    def _is_larger(self, first: TidyRow, second: TidyRow, decimals: int) -> bool:
        """Whether a cell's percentage is surely larger than another's."""
        off = self.inputs.account.rounding.spread
        one, other = (Share(row.aantal, row.noemer, decimals, off) for row in (first, second))
        return larger_share(one, other, self.inputs.limits)

    def downloads(self) -> dict[str, str]:
        """Give a file for each table, those of the appendix among them."""
        return downloads(self.inputs.whole_tables, self.inputs.account.mark)

    def _section(self, table: TableSpecification) -> Section:
        """For each row variable what stands out and its charts, then the table."""
        shown = shown_of(self.inputs, table, self.writer)
        drawings = paired(table, self.charts.get(table.number, []))
        blocks: list[Block] = []
        told: list[str] = []
        for part in self.inputs.blocks(table):
            messages: list[str] = []
            for finding in findings(part, self.inputs.limits) if part.variable not in ANSWERS else ():
                if finding.name in {"leeg", "te_klein"} & set(told):
                    continue
                told.append(finding.name)
                blocks.append(self._finding(finding, table, part.variable))
                messages.append(self._message(finding, table, part))
            message = next(filter(None, messages), "")
            drawn = charts_of(drawings.pop(part.variable, []), shown, self.source)
            blocks += [replace(one, message="" if at else message) for at, one in enumerate(drawn)]
        for rest in drawings.values():
            blocks += charts_of(rest, shown, self.source)
        blocks.append(displayed(shown, download_name(table.number, self.inputs.account.mark), self.source))
        return Section("paragraaf-" + slug(table.number), "", section_title(shown), tuple(blocks))

    def _message(self, finding: Finding, table: TableSpecification, part: Part) -> str:
        """What a chart of this part shows, where the finding can be its title."""
        group = self.writer.group(table.population, self.inputs.label(table.population))
        return self.writer.title(finding, part, group)

    def _finding(self, finding: Finding, table: TableSpecification, variable: str = "") -> Paragraph:
        blocks = self.inputs.blocks(table)
        block = next((each for each in blocks if each.variable == variable), blocks[0])
        group = self.writer.group(table.population, self.inputs.label(table.population))
        return Paragraph(self.writer.sentence(finding, block, group), role="finding")
