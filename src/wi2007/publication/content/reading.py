"""The parts of the report that tell how the delivery was read: decisions, names of columns, values put right.

What does not belong here: the words (see `config/report/rapport.yaml`), anything about persons.
"""

from __future__ import annotations

from collections.abc import Sequence

from wi2007.publication.content.inputs import Delivery
from wi2007.publication.content.wording import capital
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Block, Cell, Column, Row, Table


def decisions(delivery: Delivery, writer: Writer) -> list[Block]:
    """How the file was read: what about, as what, found or set, and why."""
    texts = writer.texts.report.lezing
    rows = [
        Row(
            texts.get(one.subject, capital(one.subject.replace("_", " "))),
            (
                Cell(one.value),
                Cell(texts["ingesteld" if one.by_hand else "gevonden"]),
                Cell(one.reason or texts["waarom_intern"]),
            ),
        )
        for one in delivery.reading
    ]
    return _table("lezing", [texts["waarde"], texts["hoe"], texts["waarom"]], rows, writer)


def names(delivery: Delivery, writer: Writer) -> list[Block]:
    """Which fields of the file became our columns, where the names differ."""
    texts = writer.texts.report.lezing
    rows = [
        Row(name, (Cell(", ".join(fields) or texts["leeg"]),)) for name, fields in delivery.renamed.items()
    ]
    return _table("velden", [texts["velden_waarde"]], rows, writer)


def normalisations(delivery: Delivery, writer: Writer) -> list[Block]:
    """What was put right in the values, by rule and column, in how many rows."""
    texts = writer.texts.report.lezing
    rows = [
        Row(
            one.description,
            (Cell(one.column), Cell(one.rule), Cell(one.size)),
        )
        for one in delivery.normalisations
    ]
    columns = [texts["normalisaties_kolom"], texts["normalisaties_regel"], texts["normalisaties_aantal"]]
    return _table("normalisaties", columns, rows, writer, of_rows=True)


def _table(
    name: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    writer: Writer,
    of_rows: bool = False,
) -> list[Block]:
    if not rows:
        return []
    texts = writer.texts.report.lezing
    return [
        Table(
            id=name,
            number="",
            title=texts[f"{name}_titel"],
            population=texts[f"{name}_populatie"] if of_rows else "",
            header=texts[f"{name}_kop"],
            columns=tuple(Column(label, numeric=False) for label in columns),
            rows=tuple(rows),
            sortable=False,
        )
    ]
