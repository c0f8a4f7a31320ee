"""Everything the report is made from, gathered: tables, account, texts, charts, comparison, statements.

What does not belong here: files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from schemas.statement_tables import Comparison, Outcome, Result
from schemas.tables import Specification
from schemas.tables import Table as TableSpecification
from wi2007.cbs.table import CbsSource, CbsTable
from wi2007.publication.charts import ChartDrawing
from wi2007.publication.content.account import Account
from wi2007.publication.content.blocks import Block, block, kinds_of
from wi2007.publication.content.change.rows import Changes
from wi2007.publication.content.tempo.figures import Tempo
from wi2007.publication.content.texts import Texts
from wi2007.publication.content.tidy import Tidy, tables
from wi2007.publication.map.settings import MapDrawing
from wi2007.sensitivity.result import About
from wi2007.tables.tidy import TidyRow


@dataclass(frozen=True)
class Inputs:
    """What goes into a report.

    `charts` by table number; `comparisons` is empty but for the study's peildatum. `cbs` is empty and `cbs_source`
    None where there is no CBS workbook, `readings` where there are no other readings; `cbs_charts` by characteristic.
    `changes` are those since the peildatum before. `tempo` is empty where nothing is told of outflow in time;
    `tempo_charts` by part of its chapter.
    """

    records: Sequence[TidyRow]
    specification: Specification
    account: Account
    texts: Texts
    charts: dict[str, list[ChartDrawing]] = field(default_factory=dict)
    map: MapDrawing | None = None
    comparisons: Sequence[Comparison] = ()
    statements: Sequence[Result] = ()
    sensitivity: Sequence[Outcome] = ()
    readings: About | None = None
    version: str = ""
    cbs: CbsTable = field(default_factory=lambda: CbsTable(()))
    cbs_source: CbsSource | None = None
    cbs_charts: dict[str, list[ChartDrawing]] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)
    change_chart: ChartDrawing | None = None
    tempo: Tempo = field(default_factory=Tempo)
    tempo_charts: dict[str, list[ChartDrawing]] = field(default_factory=dict)

    @cached_property
    def tables(self) -> dict[str, Tidy]:
        """The tables by number, in the order of the specification."""
        found = tables(self.records)
        return {
            table.number: found[table.number] for table in self.specification.tables if table.number in found
        }

    def of_population(self, population: str) -> list[TableSpecification]:
        """The tables about a population that stand in its chapter."""
        return [table for table in self._present() if table.population == population and not table.appendix]

    def in_appendix(self) -> list[TableSpecification]:
        """The full tables, of any population."""
        return [table for table in self._present() if table.appendix]

    def size(self, population: str) -> int:
        """Everybody in a population, from all its tables."""
        own = (table for table in self._present() if table.population == population)
        return max((self.tables[table.number].everybody for table in own), default=0)

    def _present(self) -> list[TableSpecification]:
        return [table for table in self.specification.tables if table.number in self.tables]

    def blocks(self, table: TableSpecification) -> list[Block]:
        """The parts of a table that sentences are made about."""
        tidy = self.tables[table.number]
        kinds = kinds_of(table, self.specification)
        return [block(tidy, variable, table.decimals, kinds) for variable in tidy.row_variables]

    def label(self, population: str) -> str:
        """A population as the table specification calls it."""
        return self.specification.populations[population].label
