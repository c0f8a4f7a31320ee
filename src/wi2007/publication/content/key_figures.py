"""The key figures and the worked example of how to read a table.

What does not belong here: which key figures there are (see `config/report/rapport.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterator

from schemas.report import KeyFigureText
from wi2007 import dutch
from wi2007.publication.content.blocks import Block as TableBlock
from wi2007.publication.content.blocks import Share
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.wording import percent
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import KeyFigure, KeyFigures
from wi2007.tables.tidy import TOTAL


def key_figures(inputs: Inputs, writer: Writer) -> list[KeyFigures]:
    """The key figures whose table and row there are, in order."""
    figures = tuple(_figures(inputs, writer))
    return [KeyFigures(figures)] if figures else []


def _figures(inputs: Inputs, writer: Writer) -> Iterator[KeyFigure]:
    for text in inputs.texts.report.kerncijfers:
        found = _share(inputs, text)
        if found is None:
            continue
        label, share = found
        population = inputs.tables[text.tabel].population
        values = {
            "groep": writer.group(population, inputs.label(population)),
            "naam": writer.name(text.rijvariabele, label),
        }
        place = f"rapport.yaml, kerncijfers > {text.tabel}"
        yield KeyFigure(
            value=dutch.count(share.part) if text.maat == "aantal" else percent(share),
            label=writer.words(text.label, place, **values),
            remark=writer.words(text.toelichting, place, **values),
        )


def _share(inputs: Inputs, text: KeyFigureText) -> tuple[str, Share] | None:
    """The row and the figure; None where the table has none, or nobody to take a percentage of."""
    table = inputs.tables.get(text.tabel)
    if table is None or text.kolom not in table.columns:
        return None
    decimals = inputs.specification.table(text.tabel).decimals
    label = text.rij or TOTAL
    if text.rang is not None:
        ranked = ranking(inputs, text.tabel, text.rijvariabele)
        if len(ranked) < text.rang:
            return None
        label = ranked[text.rang - 1]
    cell = table.cell(text.rijvariabele, label, text.kolom)
    if cell is None or (text.maat == "procent" and not cell.noemer):
        return None
    return label, Share(cell.aantal, cell.noemer, decimals)


def ranking(inputs: Inputs, number: str, variable: str) -> list[str]:
    """The rows of a table that hold anybody and take part in rankings, most first; a tie for a place gives none."""
    for block in inputs.blocks(inputs.specification.table(number)):
        if block.variable == variable:
            return _ranked(block)
    return []


def _ranked(block: TableBlock) -> list[str]:
    shares = {row: block.overall(row).part for row in block.ordinary_rows if block.overall(row).part}
    ranked = sorted(shares, key=lambda row: -shares[row])
    parts = [shares[row] for row in ranked]
    return ranked if len(parts) < 2 or parts[0] != parts[1] else []


def example(inputs: Inputs, writer: Writer) -> dict[str, str] | None:
    """The first row of the first table of countries by gender, to show how to read a percentage; None without one."""
    for table in inputs.specification.tables:
        tidy = inputs.tables.get(table.number)
        if tidy is None or TOTAL not in tidy.columns or table.appendix:
            continue
        rows = [b for b in inputs.blocks(table) if b.variable == "land_van_herkomst" and b.by_gender]
        named = [row for row in rows[0].ordinary_rows if rows[0].overall(row).part] if rows else []
        if named:
            return {
                "tabel": table.number,
                "rij": named[0],
                "naam": writer.name("land_van_herkomst", named[0]),
                "kolom": writer.words(
                    inputs.texts.report.tabelteksten["totaal"], "rapport.yaml, tabelteksten"
                ),
                "procent": percent(rows[0].overall(named[0])),
                "groep": writer.group(table.population, inputs.label(table.population)),
            }
    return None
