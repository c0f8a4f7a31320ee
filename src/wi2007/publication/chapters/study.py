"""The study of 2022: every published figure beside the computed one, and the errors in print.

What does not belong here: the comparison itself (`wi2007.tables.tidy`), statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any

from schemas.statement_tables import EQUAL, MISPRINT, REPRODUCTION, Comparison
from schemas.tidy import TOTAL
from wi2007 import study
from wi2007.publication.chapters.chapter import Chapter, written
from wi2007.publication.content.shown import PAIRED, slug
from wi2007.publication.content.wording import number, rewritten
from wi2007.publication.document import Block, Cell, Column, Row, Table

FILE = "reproductie.csv"


class OfStudy(Chapter):
    """What the chapters on the study share."""

    key = "reproductie"

    @property
    def of_study(self) -> str:
        """The study as the source of a table."""
        return self.writer.words(self.writer.texts.report.bron_studie, "rapport.yaml, bron_studie")


class Errata(OfStudy):
    """The errors in print of the study, with what must be there and why."""

    own_names = ("tabel", "rij", "kolom", "maat")
    parts = ("errata",)

    def part(self, name: str) -> list[Block]:
        """Make one table; none without errors."""
        rows = [self._erratum(figure) for figure in study.figures() if figure.erratum]
        if not rows:
            return []
        printed, correct, reason = (self.texts[f"errata_{one}"] for one in ("gedrukt", "juist", "reden"))
        heads = (self.texts["errata_kop"], [Column(printed), Column(correct), written(reason)])
        return [self.table("errata", self.texts["errata_titel"], heads, rows, source=self.of_study)]

    def _erratum(self, figure: study.Figure) -> Row:
        place = {"tabel": figure.tabel, "rij": figure.rij, "kolom": figure.kolom}
        label = self.words("errata_plaats", **place, maat=self.texts[figure.maat])
        cells = (
            _figure(str(figure.printed)),
            _figure(str(figure.correct)),
            Cell(rewritten(figure.erratum)),
        )
        return Row(label, cells)


class Reproduction(OfStudy):
    """Every published figure beside the computed one; there is none but for the study's peildatum."""

    reads = (FILE,)
    names = ("reproductie",)
    own_names = ("tabel", "etiket", "kort")
    parts = ("reproductie",)

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """The figures, in the order of the study."""
        return REPRODUCTION.from_csv(self.inputs.files[REPRODUCTION.file])

    @property
    def present(self) -> bool:
        """Whether anything is compared."""
        return super().present and bool(self.comparisons)

    def values(self) -> dict[str, Any]:
        """Count the figures, and those that agree."""
        equal = sum(each.oordeel == EQUAL for each in self.comparisons)
        misprints = sum(each.oordeel == MISPRINT for each in self.comparisons)
        every = len(self.comparisons)
        return {
            "reproductie": {
                "aantal": every,
                "gelijk": equal,
                "afwijkend": every - equal,
                "drukfouten": misprints,
                "anders": every - equal - misprints,
            }
        }

    def part(self, name: str) -> list[Block]:
        """Make a table for each table of the study.

        With few columns these stand side by side; with more, every figure has a row of its own.
        """
        by_table = groupby(self.comparisons, key=lambda each: each.tabel)
        return [self._table(number, list(found)) for number, found in by_table]

    def _table(self, name: str, found: Sequence[Comparison]) -> Table:
        labels = list(dict.fromkeys(each.kolom for each in found))
        wide = len(labels) <= PAIRED
        figures = [Column(self.words("gepubliceerd")), Column(self.words("berekend"))]
        side_by_side = [replace(column, group=_capital(label)) for label in labels for column in figures]
        heads = (
            self.texts["rij" if wide else "kolom"],
            [*(side_by_side if wide else figures), written(self.texts["oordeel"])],
        )
        rows = self._wide_rows(found, labels) if wide else self._long_rows(found)
        about = {
            "population": self._universe(name),
            "footnotes": (self.texts["voetnoot"],),
            "source": self.of_study,
        }
        return self.table(
            f"bijlage-{slug(name)}", self.words("titel", tabel=name), heads, list(rows), **about
        )

    def _universe(self, number: str) -> str:
        """The population of a table of this report, where it has one of that number."""
        table = self.inputs.tables.get(number)
        return self.writer.short(table.population, self.inputs.label(table.population)) if table else ""

    def _wide_rows(self, found: Iterable[Comparison], labels: list[str]) -> Iterator[Row]:
        rows: dict[tuple[str, str], dict[str, Comparison]] = {}
        for each in found:
            rows.setdefault((each.rij, each.maat), {})[each.kolom] = each
        for (row, measure), beside in rows.items():
            cells = [cell for label in labels for cell in self._pair(beside.get(label))]
            yield Row(self._with_measure(_capital(row), measure), (*cells, Cell(_verdict(beside))))

    def _long_rows(self, found: Iterable[Comparison]) -> Iterator[Row]:
        for row, group in groupby(found, key=lambda each: each.rij):
            yield Row(_capital(row), role="group")
            for each in group:
                label = self._with_measure(_capital(each.kolom), each.maat)
                yield Row(label, (*self._pair(each), Cell(each.oordeel)))

    def _pair(self, each: Comparison | None) -> tuple[Cell, Cell]:
        if each is None:
            return Cell(self.texts["geen"]), Cell(self.texts["geen"])
        computed = _figure(each.berekend) if each.berekend else Cell(self.texts["niet_berekend"])
        return _figure(each.gepubliceerd), computed

    def _with_measure(self, label: str, measure: str) -> str:
        return label if measure != study.COUNT else self.words("met_aantal", etiket=label)


def _verdict(found: dict[str, Comparison]) -> str:
    """One word when all figures of a row agree; else what is wrong with which."""
    wrong = [f"{each.oordeel} ({label})" for label, each in found.items() if each.oordeel != EQUAL]
    return ", ".join(wrong) or EQUAL


def _figure(text: str) -> Cell:
    value = Decimal(text)
    return Cell(number(value), float(value))


def _capital(label: str) -> str:
    return label.capitalize() if label in (TOTAL, "man", "vrouw") else label
