"""What the signs in a table mean: the edition of the peildatum, and its table in the report.

What does not belong here: the signs themselves (see `config/report/tekens.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from schemas.report import SignEdition
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Block, Cell, Column, Row, Sign, Table


def legend(editions: Iterable[SignEdition], peildatum: date) -> tuple[Sign, ...]:
    """The signs of the last edition that holds at the peildatum; before the first edition those of the first."""
    ordered = sorted(editions, key=lambda edition: edition.geldig_vanaf)
    chosen = [edition for edition in ordered if edition.geldig_vanaf <= peildatum][-1:] or ordered[:1]
    return tuple(Sign(sign.teken, sign.betekenis) for edition in chosen for sign in edition.tekens)


def signs(known: Iterable[Sign], writer: Writer) -> list[Block]:
    """The legend as a table."""
    texts = writer.texts.report.tekens
    return [
        Table(
            id="verklaring-van-tekens",
            number="",
            title=texts["titel"],
            population="",
            header=texts["teken"],
            columns=(Column(texts["betekenis"], numeric=False),),
            rows=tuple(Row(sign.sign, (Cell(sign.meaning),)) for sign in known),
            sortable=False,
        )
    ]
