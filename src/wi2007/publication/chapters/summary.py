"""The summary: key figures with what changed since the peildatum before, and what sentences ask of single tables.

What does not belong here: which key figures there are (`config/report/rapport.yaml`), what changed (`change`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from schemas.report import KeyFigureText
from schemas.tidy import TOTAL
from wi2007 import dutch
from wi2007.publication import charts
from wi2007.publication.chapters.chapter import Chapter
from wi2007.publication.content.blocks import Block as Part
from wi2007.publication.content.blocks import Share
from wi2007.publication.content.findings import Finding, findings
from wi2007.publication.content.surely import in_order, sure_places
from wi2007.publication.content.wording import Marked, percent
from wi2007.publication.document import Block, KeyFigure, KeyFigures, Sparkline

LINE: Final = "verloop"
PICTURE: Final = f"{LINE}.svg"
LEAST_POINTS: Final = 3
"""Of fewer days no line is drawn."""


class Summary(Chapter):
    """The key figures, and the example of how to read a percentage."""

    names: ClassVar[tuple[str, ...]] = ("voorbeeld", "bevinding", "boodschap")
    own_names: ClassVar[tuple[str, ...]] = ("groep", "naam", "toen", "begin", "eind", "punten")
    parts: ClassVar[tuple[str, ...]] = ("kerncijfers",)

    def values(self) -> dict[str, Any]:
        """Give the example, none where no table has one; and what stands out first in a part of a table."""
        return {"voorbeeld": self._example(), "bevinding": self._finding, "boodschap": self._message}

    def part(self, name: str) -> list[Block]:
        """Make the key figures whose table and row there are, in order."""
        figures = tuple(self._figures())
        return [KeyFigures(figures)] if figures else []

    def _finding(self, population: str, variable: str, columns: str = "geslacht") -> Marked:
        """Tell what stands out first in the rows of a variable, in the first table with these columns; or nothing."""
        for block, found in self._found(population, variable, columns):
            return self.writer.told(
                found[0], block, self.writer.group(population, self.inputs.label(population))
            )
        return Marked("")

    def _message(self, population: str, variable: str, columns: str = "geslacht") -> Marked:
        """Tell in one line what stands out in the same rows, of what can be a title; or nothing."""
        group = self.writer.group(population, self.inputs.label(population))
        for block, found in self._found(population, variable, columns):
            told = (self.writer.title(one, block, group) for one in found)
            return Marked(next(filter(None, told), ""))
        return Marked("")

    def _found(self, population: str, variable: str, columns: str) -> Iterator[tuple[Part, list[Finding]]]:
        """The rows of a variable in the tables with these columns, where anything stands out, with what does."""
        for table in self.inputs.of_population(population):
            for block in self.inputs.blocks(table) if table.columns.variable == columns else ():
                found = findings(block, self.inputs.limits) if block.variable == variable else []
                if found:
                    yield block, found

    def _figures(self) -> Iterator[KeyFigure]:
        for text in self.inputs.texts.report.kerncijfers:
            found = self._share(text)
            if found is None:
                continue
            label, share = found
            population = self.inputs.tables[text.tabel].population
            values = {
                "groep": self.writer.group(population, self.inputs.label(population)),
                "naam": self.writer.name(text.rijvariabele, label),
            }
            place = f"rapport.yaml, kerncijfers > {text.tabel}"
            yield KeyFigure(
                value=self.value(text, share),
                label=self.writer.words(text.label, place, **values),
                remark=self.writer.words(text.toelichting, place, **values),
                change=self._since(text, label),
                line=self._line() if text.lijn else None,
            )

    def value(self, text: KeyFigureText, share: Share) -> str:
        """Write a key figure the Dutch way."""
        return dutch.count(share.part) if text.maat == "aantal" else percent(share)

    def _since(self, text: KeyFigureText, label: str) -> str:
        """Tell what changed in a figure since the peildatum before; nothing where that is not sure."""
        since = self.writer.common.get("sinds")
        told = since(text.tabel, text.rijvariabele, label, text.kolom) if since else {}
        return self._words(f"sinds_{text.maat}", toen=told) if told else ""

    def _line(self) -> Sparkline | None:
        """Make the small line of who is still obliged; None in a report without charts, or of too few days."""
        points = self._points
        if not self.inputs.charts or len(points) < LEAST_POINTS or not any(count for _, count in points):
            return None
        told = [f"{dutch.count(count)} op {dutch.day(day)}" for day, count in points]
        alt = self._words("lijn_alt", punten=told)
        text = self._words("lijn", begin=told[0], eind=told[-1])
        return Sparkline(PICTURE, alt, text)

    def pictures(self) -> dict[str, str]:
        """Draw the small line, where there is one."""
        line = self._line() if any(text.lijn for text in self.inputs.texts.report.kerncijfers) else None
        if line is None:
            return {}
        places = [
            (day.year + (day.timetuple().tm_yday - 1) / 366, float(count)) for day, count in self._points
        ]
        return {PICTURE: charts.sparkline(LINE, self._words("lijn_titel"), line.alt, places)}

    @property
    def _points(self) -> Sequence[tuple[date, int]]:
        tempo = self.writer.common.get("tempo")
        return tempo.verloop if tempo else ()

    def _words(self, name: str, **values: object) -> str:
        return self.writer.words(
            self.inputs.texts.report.tabelteksten[name], f"rapport.yaml, tabelteksten > {name}", **values
        )

    def _share(self, text: KeyFigureText) -> tuple[str, Share] | None:
        """The row and the figure; None where the table has none, or nobody to take a percentage of."""
        table = self.inputs.tables.get(text.tabel)
        if table is None or text.kolom not in table.columns:
            return None
        decimals = self.inputs.specification.table(text.tabel).decimals
        label = text.rij or TOTAL
        if text.rang is not None:
            found = self._at(text.rang, text.tabel, text.rijvariabele)
            if found is None:
                return None
            label = found
        cell = table.cell(text.rijvariabele, label, text.kolom)
        if cell is None or (text.maat == "procent" and cell.noemer < self.inputs.floor):
            return None
        return label, Share(cell.aantal, cell.noemer, decimals)

    def _at(self, place: int, number: str, variable: str) -> str | None:
        """The row of a table that is surely at a place of the ranking, from 1; None where it is not sure."""
        for block in self.inputs.blocks(self.inputs.specification.table(number)):
            if block.variable == variable and {place - 1, place} <= {
                0,
                *sure_places(block, self.inputs.limits),
            }:
                return in_order(block)[place - 1][0]
        return None

    def _example(self) -> dict[str, str] | None:
        """The first row of the first table of countries by gender; None where there is none."""
        for table in self.inputs.specification.tables:
            tidy = self.inputs.tables.get(table.number)
            if tidy is None or TOTAL not in tidy.columns or table.appendix:
                continue
            rows = [b for b in self.inputs.blocks(table) if b.variable == "land_van_herkomst" and b.by_gender]
            named = [row for row in rows[0].ordinary_rows if rows[0].overall(row).part] if rows else []
            if named:
                total = self.inputs.texts.report.tabelteksten["totaal"]
                return {
                    "tabel": table.number,
                    "rij": named[0],
                    "naam": self.writer.name("land_van_herkomst", named[0]),
                    "kolom": self.writer.words(total, "rapport.yaml, tabelteksten"),
                    "procent": percent(rows[0].overall(named[0])),
                    "groep": self.writer.group(table.population, self.inputs.label(table.population)),
                }
        return None
