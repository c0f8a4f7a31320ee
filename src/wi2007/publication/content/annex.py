"""The annex: every published figure of the study beside the computed one, and the errors in print.

What does not belong here: the comparison itself (see `wi2007.tables.reproduction`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from wi2007 import study
from wi2007.publication.content.display import slug
from wi2007.publication.content.phrases import Writer
from wi2007.publication.content.wording import number
from wi2007.publication.document import Block, Cell, Column, Row, Table
from wi2007.tables.reproduction import DIFFERENT, EQUAL, MISPRINT, Comparison
from wi2007.tables.tidy import TOTAL


def counted(comparisons: Sequence[Comparison]) -> dict[str, int]:
    """How many figures there are and how many agree."""
    equal = sum(each.oordeel == EQUAL for each in comparisons)
    misprints = sum(each.oordeel == MISPRINT for each in comparisons)
    return {
        "aantal": len(comparisons),
        "klopt": equal,
        "afwijkend": len(comparisons) - equal,
        "drukfouten": misprints,
        "anders": len(comparisons) - equal - misprints,
    }


def annex(comparisons: Sequence[Comparison], populations: dict[str, str], writer: Writer) -> list[Block]:
    """A table for each table of the study; `populations` names the universe of each."""
    source = writer.words(writer.texts.report.bron_studie, "rapport.yaml, bron_studie")
    return [
        _table(name, list(group), populations.get(name, ""), writer, source)
        for name, group in groupby(comparisons, key=lambda each: each.tabel)
    ]


def _table(name: str, comparisons: list[Comparison], population: str, writer: Writer, source: str) -> Table:
    texts = writer.texts.report.reproductie
    return Table(
        id=f"bijlage-{slug(name)}",
        number="",
        title=writer.words(texts["titel"], "rapport.yaml, reproductie > titel", tabel=name),
        population=population,
        header=texts["kolom"],
        columns=(
            Column(texts["maat"], numeric=False),
            Column(texts["gepubliceerd"]),
            Column(texts["berekend"]),
            Column(texts["oordeel"], numeric=False),
        ),
        rows=tuple(_rows(comparisons, writer)),
        source=source,
        download="",
        sortable=False,
    )


def _rows(comparisons: Iterable[Comparison], writer: Writer) -> Iterator[Row]:
    texts = writer.texts.report.reproductie
    for row, group in groupby(comparisons, key=lambda each: each.rij):
        yield Row(_capital(row), role="group")
        for each in group:
            computed = _figure(each.berekend) if each.berekend else Cell(texts["niet_berekend"])
            cells = (Cell(texts[each.maat]), _figure(each.gepubliceerd), computed, Cell(each.oordeel))
            role = "rest" if each.oordeel in {MISPRINT, DIFFERENT} else "row"
            yield Row(_capital(each.kolom), cells, role="rest" if role == "rest" else "row")


def _figure(text: str) -> Cell:
    value = Decimal(text)
    return Cell(number(value), float(value))


def _capital(label: str) -> str:
    return label.capitalize() if label in (TOTAL, "man", "vrouw") else label


def errata(figures: Iterable[study.Figure], writer: Writer) -> list[Block]:
    """The errors in print of the study, with what must be there and why."""
    texts = writer.texts.report.reproductie
    rows = tuple(_erratum(figure, writer) for figure in figures if figure.erratum)
    if not rows:
        return []
    return [
        Table(
            id="errata",
            number="",
            title=texts["errata_titel"],
            population="",
            header=texts["errata_kop"],
            columns=(
                Column(texts["errata_gedrukt"]),
                Column(texts["errata_juist"]),
                Column(texts["errata_reden"], numeric=False),
            ),
            rows=rows,
            source=writer.words(writer.texts.report.bron_studie, "rapport.yaml, bron_studie"),
            sortable=False,
        )
    ]


def _erratum(figure: study.Figure, writer: Writer) -> Row:
    texts = writer.texts.report.reproductie
    label = writer.words(
        texts["errata_plaats"],
        "rapport.yaml, reproductie > errata_plaats",
        tabel=figure.tabel,
        rij=figure.rij,
        kolom=figure.kolom,
        maat=texts[figure.maat],
    )
    cells = (_figure(str(figure.printed)), _figure(str(figure.correct)), Cell(figure.erratum))
    return Row(label, cells)
