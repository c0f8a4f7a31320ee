"""One statement with its verdict, as text, and the CSV file of all.

What does not belong here: how a figure or a verdict comes about.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from enum import StrEnum

BETWEEN = ";"


class Verdict(StrEnum):
    """What is said of a statement."""

    CONFIRMED = "bevestigd"
    REMARK = "bevestigd met kanttekening"
    DENIED = "niet bevestigd"
    NOT_COMPUTABLE = "niet te berekenen"
    NOT_APPLICABLE = "niet van toepassing"


@dataclass(frozen=True)
class Result:
    """One statement, as text.

    `uitspraak` is what it is at this peildatum, empty where it cannot be computed. `studie` (the study's statement),
    `gepubliceerd` and `tolerantie` are empty where the study is about another day; what cannot be computed has the
    first. `waarde` and `gepubliceerd` have a figure for each part, with `;` between; `waarde` is not rounded.
    `kanttekening` is a remark, or why there is no figure. `bron` names the tables.
    """

    id: str
    plaats: str
    studie: str
    uitspraak: str
    waarde: str
    eenheid: str
    gepubliceerd: str
    tolerantie: str
    oordeel: str
    kanttekening: str
    bron: str

    @property
    def values(self) -> list[Decimal]:
        """The figures."""
        return [Decimal(text) for text in self.waarde.split(BETWEEN) if text]


def to_csv(results: Iterable[Result], mark: Mapping[str, str] | None = None) -> str:
    """CSV text: comma, decimal point, LF; `mark` are columns behind these that have the same text in every row."""
    mark = mark or {}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(field.name for field in fields(Result)), *mark])
    writer.writerows([*astuple(result), *mark.values()] for result in results)
    return text.getvalue()


def read_csv(text: str) -> list[Result]:
    """Read what `to_csv` wrote."""
    return [Result(**record) for record in csv.DictReader(io.StringIO(text))]
