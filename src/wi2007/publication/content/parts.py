"""The parts of chapters that are made from the account of the processing: funnel, counts, warnings, provenance.

What does not belong here: tables of the study (see `display`), the annex (see `annex`), order of chapters.
"""

from __future__ import annotations

from collections.abc import Sequence

from wi2007 import dutch
from wi2007.publication.content.blocks import Share
from wi2007.publication.content.inputs import Account, Remark, Step
from wi2007.publication.content.wording import percent
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Block, Cell, Column, Items, Paragraph, Row, Span, Table


def funnel(account: Account, writer: Writer, source: str) -> list[Block]:
    """Rows in, dropped with reason and legal ground, kept."""
    texts = writer.texts.report.trechter
    read = account.of("gelezen")
    rows = tuple(_funnel_row(step, read, writer) for step in account.funnel)
    columns = (Column(texts["reden"], numeric=False), Column(texts["aantal"]), Column(texts["procent"]))
    return [
        Table(
            id="trechter",
            number="",
            title=texts["titel"],
            population=texts["populatie"],
            header=texts["kop"],
            columns=columns,
            rows=rows,
            source=source,
            sortable=False,
        )
    ]


def _funnel_row(step: Step, read: int, writer: Writer) -> Row:
    texts = writer.texts.report.trechter
    place = "rapport.yaml, trechter > toelichting"
    reason = texts["geen"]
    if step.kind == "uitgesloten":
        reason = writer.words(texts["toelichting"], place, omschrijving=step.description, bron=step.source)
    missing = writer.texts.report.tabelteksten["niet_te_berekenen"]
    share = percent(Share(step.count, read, 1)).removesuffix("%") if read else missing
    cells = (
        Cell(reason),
        Cell(dutch.count(step.count), float(step.count)),
        Cell(share, 100 * step.count / read if read else None),
    )
    return Row(texts[step.kind], cells, role="total" if step.kind == "overgebleven" else "row")


def protection(sentences: Sequence[str]) -> list[Block]:
    """How counts are protected."""
    return [Items(tuple((Span(sentence),) for sentence in sentences))] if sentences else []


def counts(account: Account, writer: Writer, source: str) -> list[Block]:
    """What was adapted in the data, and for how many persons; a count without a text is shown by its name."""
    texts = writer.texts.report.tellingen
    rows = tuple(
        Row(texts.get(name, name.replace("_", " ").capitalize()), (Cell(dutch.count(count), float(count)),))
        for name, count in account.counts.items()
    )
    if not rows:
        return []
    heads = (texts["titel"], texts["populatie"], texts["kop"], texts["aantal"])
    return [_short_table("tellingen", heads, rows, source)]


def warnings(account: Account, writer: Writer, source: str) -> list[Block]:
    """The warnings of the check of the delivery."""
    texts = writer.texts.report.tellingen
    if not account.warnings:
        return [Paragraph((Span(texts["geen_waarschuwingen"]),))]
    rows = tuple(_warning(remark, writer) for remark in account.warnings)
    heads = (
        texts["waarschuwingen_titel"],
        writer.texts.report.trechter["populatie"],
        texts["waarschuwingen_kop"],
        texts["waarschuwingen_aantal"],
    )
    return [_short_table("waarschuwingen", heads, rows, source, numeric=False)]


def _warning(remark: Remark, writer: Writer) -> Row:
    template = writer.texts.report.tellingen["waarschuwing"]
    place = "rapport.yaml, tellingen > waarschuwing"
    label = writer.words(template, place, omschrijving=remark.description, kolom=remark.column)
    return Row(label, (Cell(remark.size),))


def _short_table(
    name: str, heads: tuple[str, str, str, str], rows: tuple[Row, ...], source: str, numeric: bool = True
) -> Table:
    title, population, header, column = heads
    return Table(
        id=name,
        number="",
        title=title,
        population=population,
        header=header,
        columns=(Column(column, numeric=numeric),),
        rows=rows,
        source=source,
        sortable=False,
    )


def provenance(account: Account, writer: Writer, version: str) -> list[Block]:
    """Where the report was made from; nothing that depends on time or machine (the manifest has the commit)."""
    texts = writer.texts.report.herkomst
    delivery = account.delivery
    values = {
        "aard": texts["demonstratie"] if account.demonstration else texts["echt"],
        "peildatum": dutch.day(account.peildatum),
        "bestand": delivery.file,
        "sha256" if account.exact else "kenmerk": delivery.mark,
        "kolommen": ", ".join(delivery.columns),
        "versie": version,
        "uitgave": str(account.protection.release) if account.protection else "",
    }
    rows = tuple(Row(texts[name], (Cell(value),)) for name, value in values.items() if value)
    return [
        Table(
            id="herkomst",
            number="",
            title=texts["titel"],
            population="",
            header=texts["kop"],
            columns=(Column(texts["waarde"], numeric=False),),
            rows=rows,
            sortable=False,
        )
    ]
