"""The tidy table: one row for each figure of every table, and its CSV file.

The contract is `schemas/tidy.py`. What does not belong here: how figures are counted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter
from pathlib import Path

TOTAL = "totaal"
EXACT_MARK = {"let_op": "niet voor publicatie"}
"""The column behind the others, and its text, in a file of exact counts that leaves `data/`."""


@dataclass(frozen=True)
class TidyRow:
    """One figure: `aantal` persons, which is `procent` (0-100, unrounded) of `noemer` persons.

    `procent` is None when `noemer` is 0. `populatie`, `rijvariabele` and `kolomvariabele` are keys of
    `config/tables.yaml`; `rij` and `kolom` are labels for readers. Totals have `rijvariabele` and `rij` totaal.
    """

    tabel: str
    populatie: str
    rijvariabele: str
    rij: str
    kolomvariabele: str
    kolom: str
    aantal: int
    procent: float | None
    noemer: int


COLUMNS = tuple(field.name for field in fields(TidyRow))
_TEXTS = attrgetter(*COLUMNS[:7])


def percentage(count: int, base: int) -> float | None:
    """`count` as a percentage of `base`, unrounded; None when `base` is 0."""
    return 100 * count / base if base else None


def rounded(percent: float, decimals: int) -> Decimal:
    """A percentage as a table shows it: half away from zero, as people round.

    The shortest text of the number is rounded, so that an exact half (12.5, 0.05) is seen as one.
    """
    return Decimal(repr(percent)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def to_csv(rows: Iterable[TidyRow], mark: Mapping[str, str] | None = None) -> str:
    """CSV text: comma, decimal point, LF; `procent` in the shortest form that gives the same number back.

    `mark` are columns behind these that have the same text in every row.
    """
    mark = mark or {}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *mark])
    for row in rows:
        writer.writerow([*_TEXTS(row), _digits(row.procent), row.noemer, *mark.values()])
    return text.getvalue()


def _digits(percent: float | None) -> str:
    """The shortest digits that give the same number back, never in powers of ten; empty for None."""
    return "" if percent is None else format(Decimal(repr(percent)), "f")


def read_csv(path: Path) -> list[TidyRow]:
    """Read a file that `to_csv` wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_row(record) for record in csv.DictReader(file)]


def _row(record: dict[str, str]) -> TidyRow:
    return TidyRow(
        tabel=record["tabel"],
        populatie=record["populatie"],
        rijvariabele=record["rijvariabele"],
        rij=record["rij"],
        kolomvariabele=record["kolomvariabele"],
        kolom=record["kolom"],
        aantal=int(record["aantal"]),
        procent=float(record["procent"]) if record["procent"] else None,
        noemer=int(record["noemer"]),
    )
