"""The annex: every published figure of the study beside the computed one, and the errors in print.

What does not belong here: the comparison itself (see `wi2007.tables.reproduction`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from schemas.statement_tables import EQUAL, MISPRINT, Comparison
from wi2007 import study
from wi2007.publication.content.display import PAIRED, slug
from wi2007.publication.content.phrases import Writer
from wi2007.publication.content.wording import number, rewritten
from wi2007.publication.document import Block, Cell, Column, Row, Table
from wi2007.tables.tidy import TOTAL


def counted(comparisons: Sequence[Comparison]) -> dict[str, int]:
    """How many figures there are and how many agree."""
    equal = sum(each.oordeel == EQUAL for each in comparisons)
    misprints = sum(each.oordeel == MISPRINT for each in comparisons)
    return {
        "aantal": len(comparisons),
        "gelijk": equal,
        "afwijkend": len(comparisons) - equal,
        "drukfouten": misprints,
        "anders": len(comparisons) - equal - misprints,
    }


def annex(comparisons: Sequence[Comparison], populations: dict[str, str], writer: Writer) -> list[Block]:
    """A table for each table of the study; `populations` names the universe of each.

    With few columns these stand side by side; with more, every figure has a row of its own.
    """
    return [
        _table(name, list(group), populations.get(name, ""), writer)
        for name, group in groupby(comparisons, key=lambda each: each.tabel)
    ]


def _table(name: str, comparisons: list[Comparison], population: str, writer: Writer) -> Table:
    texts = writer.texts.report.reproductie
    labels = list(dict.fromkeys(each.kolom for each in comparisons))
    wide = len(labels) <= PAIRED
    figures = [Column(texts["gepubliceerd"]), Column(texts["berekend"])]
    verdict = Column(texts["oordeel"], numeric=False)
    side_by_side = [replace(column, group=_capital(label)) for label in labels for column in figures]
    rows = _wide_rows(comparisons, labels, writer) if wide else _long_rows(comparisons, writer)
    return Table(
        id=f"bijlage-{slug(name)}",
        number="",
        title=writer.words(texts["titel"], "rapport.yaml, reproductie > titel", tabel=name),
        population=population,
        header=texts["rij"] if wide else texts["kolom"],
        columns=(*side_by_side, verdict) if wide else (*figures, verdict),
        rows=tuple(rows),
        footnotes=(texts["voetnoot"],),
        source=writer.words(writer.texts.report.bron_studie, "rapport.yaml, bron_studie"),
        sortable=False,
    )


def _wide_rows(comparisons: Iterable[Comparison], labels: list[str], writer: Writer) -> Iterator[Row]:
    rows: dict[tuple[str, str], dict[str, Comparison]] = {}
    for each in comparisons:
        rows.setdefault((each.rij, each.maat), {})[each.kolom] = each
    for (row, measure), found in rows.items():
        cells = [cell for label in labels for cell in _pair(found.get(label), writer)]
        verdict = _verdict(found)
        label = _with_measure(_capital(row), measure, writer)
        yield Row(label, (*cells, Cell(verdict)))


def _verdict(found: dict[str, Comparison]) -> str:
    """One word when all figures of a row agree; else what is wrong with which."""
    wrong = [f"{each.oordeel} ({label})" for label, each in found.items() if each.oordeel != EQUAL]
    return ", ".join(wrong) or EQUAL


def _long_rows(comparisons: Iterable[Comparison], writer: Writer) -> Iterator[Row]:
    for row, group in groupby(comparisons, key=lambda each: each.rij):
        yield Row(_capital(row), role="group")
        for each in group:
            label = _with_measure(_capital(each.kolom), each.maat, writer)
            cells = (*_pair(each, writer), Cell(each.oordeel))
            yield Row(label, cells)


def _pair(each: Comparison | None, writer: Writer) -> tuple[Cell, Cell]:
    texts = writer.texts.report.reproductie
    if each is None:
        return Cell(texts["geen"]), Cell(texts["geen"])
    computed = _figure(each.berekend) if each.berekend else Cell(texts["niet_berekend"])
    return _figure(each.gepubliceerd), computed


def _with_measure(label: str, measure: str, writer: Writer) -> str:
    if measure != study.COUNT:
        return label
    template = writer.texts.report.reproductie["met_aantal"]
    return writer.words(template, "rapport.yaml, reproductie > met_aantal", etiket=label)


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
    cells = (_figure(str(figure.printed)), _figure(str(figure.correct)), Cell(rewritten(figure.erratum)))
    return Row(label, cells)
