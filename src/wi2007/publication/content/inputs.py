"""What the report is made from: the tables, the account of the processing, and the other published files.

The account (`publicatie/verwerking.json`) leads from rows in the delivery to persons in the report.
What does not belong here: what a file of one chapter says, words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from schemas.report import SignEdition
from schemas.tables import Specification
from schemas.tables import Table as TableSpecification
from schemas.tidy import TidyRow
from wi2007.project import mark_of
from wi2007.publication.content.blocks import EXACT, Block, Tidy, block, kinds_of, tables
from wi2007.publication.content.surely import Thresholds, thresholds
from wi2007.publication.content.texts import Texts
from wi2007.publication.document import Sign
from wi2007.publication.map.settings import MapSettings
from wi2007.statements.sources import Rounding
from wi2007.tables import variables


@dataclass(frozen=True)
class Decision:
    """How one thing about the file was read; `by_hand` when levering.yaml says so, else it was found."""

    subject: str
    value: str
    by_hand: bool
    reason: str


@dataclass(frozen=True)
class Normalisation:
    """What was put right in the values of a column, by which listed rule; `size` says in words in how many rows."""

    rule: str
    column: str
    description: str
    size: str


@dataclass(frozen=True)
class Delivery:
    """The delivered file. `fields` gives for each of our columns the names in the file that it was made from.

    `mark` tells the delivery apart from any other to those who have the key (its SHA-256 where nothing is protected).
    """

    file: str
    mark: str
    reading: tuple[Decision, ...]
    columns: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]
    normalisations: tuple[Normalisation, ...]

    @property
    def renamed(self) -> dict[str, tuple[str, ...]]:
        """The columns that the file names otherwise, or that levering.yaml leaves empty."""
        return {name: fields for name, fields in self.fields.items() if fields != (name,)}


@dataclass(frozen=True)
class Step:
    """A step of the funnel: `kind` gelezen, uitgesloten or overgebleven; `source` the legal ground, `rule` its name.

    Left out are rows in which one of `columns` is one of `values`.
    """

    kind: str
    description: str
    source: str
    count: int
    rule: str = ""
    columns: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """Something odd in the delivery that was let through: what, in which column; `size` in how many rows, in words."""

    description: str
    column: str
    size: str


@dataclass(frozen=True)
class Protection:
    """How counts are protected: multiples of `base`, off by less than `less_than`; `release` counts from 1.

    With `rest_further` the rest of a ranked table may be off by more.
    """

    base: int
    less_than: int
    rest_further: bool
    release: int
    merged: bool


@dataclass(frozen=True)
class Account:
    """What happened to the delivery."""

    peildatum: date
    demonstration: bool
    delivery: Delivery
    funnel: tuple[Step, ...]
    counts: dict[str, int]
    warnings: tuple[Remark, ...]
    protection: Protection | None
    draft: bool = False

    @property
    def exact(self) -> bool:
        """Whether counts are shown as they are: nothing of it may be published."""
        return self.protection is None

    @property
    def mark(self) -> str:
        """What stands in the names of files (`wi2007.project.MARKS`)."""
        return mark_of(self.exact, self.draft)

    @property
    def release(self) -> int | None:
        """The number of the release; none for exact counts and for a draft."""
        return self.protection.release if self.protection and not self.draft else None

    @property
    def rounding(self) -> Rounding:
        """How far counts can be off."""
        protection = self.protection
        return Rounding(protection.less_than - 1, protection.rest_further) if protection else EXACT

    def of(self, kind: str) -> int:
        """Count the rows in the steps of one kind."""
        return sum(step.count for step in self.funnel if step.kind == kind)


def read_account(text: str) -> Account:
    """Read the account; raises `ValueError` when the steps of the funnel do not add up."""
    raw = json.loads(text)
    account = Account(
        peildatum=date.fromisoformat(raw["peildatum"]),
        demonstration=bool(raw["demonstratie"]),
        delivery=_delivery(raw["levering"]),
        funnel=tuple(
            Step(
                step["stap"],
                step["omschrijving"],
                step.get("bron", ""),
                step["aantal"],
                step.get("regel", ""),
                tuple(step.get("kolommen", ())),
                tuple(step.get("waarden", ())),
            )
            for step in raw["trechter"]
        ),
        counts=dict(raw["tellingen"]),
        warnings=tuple(
            Remark(w["omschrijving"], w.get("kolom") or "", w["omvang"]) for w in raw["waarschuwingen"]
        ),
        protection=_protection(raw["afronding"]),
        draft=bool(raw.get("proef")),
    )
    if account.of("gelezen") != account.of("uitgesloten") + account.of("overgebleven"):
        raise ValueError("the funnel does not add up")
    return account


def _protection(raw: dict[str, Any] | None) -> Protection | None:
    if raw is None:
        return None
    return Protection(
        raw["basis"],
        raw["afwijking"],
        raw["rest_wijkt_verder_af"],
        raw["uitgave"],
        raw["samengevoegd"],
    )


def _delivery(raw: dict[str, Any]) -> Delivery:
    return Delivery(
        file=raw["bestand"],
        mark=raw["kenmerk"],
        reading=tuple(
            Decision(one["over"], one["waarde"], one["ingesteld"], one["waarom"]) for one in raw["lezing"]
        ),
        columns=tuple(raw["kolommen"]),
        fields={name: tuple(fields) for name, fields in raw["velden"].items()},
        normalisations=tuple(
            Normalisation(one["regel"], one["kolom"], one["omschrijving"], one["omvang"])
            for one in raw["normalisaties"]
        ),
    )


def without_unknown(
    records: Sequence[TidyRow], specification: Specification
) -> tuple[list[TidyRow], Specification, dict[str, list[str]]]:
    """Leave out the rows of a variable of which the delivery says nothing: everybody is unknown.

    Return the records and the specification without them, and what was left out by number of its table.
    """
    known = {
        (row.tabel, row.rijvariabele)
        for row in records
        if row.aantal and not _is_unknown(row.rijvariabele, row.rij, specification)
    }
    untold: dict[str, list[str]] = {
        table.number: [
            axis.variable
            for axis in table.rows
            if axis.variable in variables.NEED_NOT_BE_TOLD and (table.number, axis.variable) not in known
        ]
        for table in specification.tables
        if len(table.rows) > 1
    }
    left_out = {(number, variable) for number, names in untold.items() for variable in names}
    tables = []
    for table in specification.tables:
        names = untold.get(table.number, [])
        rows = [axis for axis in table.rows if axis.variable not in names]
        charts = table.charts and [one for one in table.charts if one.rows not in names]
        tables.append(table.model_copy(update={"rows": rows, "charts": charts}) if names and rows else table)
    return (
        [row for row in records if (row.tabel, row.rijvariabele) not in left_out],
        specification.model_copy(update={"tables": tables}),
        {number: names for number, names in untold.items() if names},
    )


def _is_unknown(variable: str, label: str, specification: Specification) -> bool:
    text = next((text for name, text in specification.variables.items() if name == variable), None)
    labels = variables.all_labels(variable) if variable in variables.NEED_NOT_BE_TOLD else {}
    return text is not None and label in {labels.get(code) for code in text.never_ranked}


@dataclass(frozen=True)
class Inputs:
    """What goes into a report.

    `records` are those of `tabellen.csv`, `files` the other files of `publicatie/` by name, of which each chapter reads
    its own. `map` is None where none is asked for. Without `charts` none are drawn, nor the map.
    """

    records: Sequence[TidyRow]
    specification: Specification
    account: Account
    texts: Texts
    files: Mapping[str, str] = field(default_factory=dict)
    map: MapSettings | None = None
    version: str = ""
    charts: bool = True
    published: Sequence[TidyRow] = ()
    """All records, where `without_unknown` leaves some out of `records`."""
    untold: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By number of a table: variables of its rows that are left out, because the delivery says nothing of them."""
    claimed: frozenset[str] = frozenset()
    """The numbers of the tables that a chapter shows itself (`Chapter.claims`)."""

    @cached_property
    def tables(self) -> dict[str, Tidy]:
        """The tables by number, in the order of the specification."""
        found = tables(self.records)
        return {
            table.number: found[table.number] for table in self.specification.tables if table.number in found
        }

    @cached_property
    def whole_tables(self) -> dict[str, Tidy]:
        """The tables with all of their records, as files have them."""
        return tables(self.published) if self.published else self.tables

    @property
    def floor(self) -> int:
        """The persons that a group has at the least, of which percentages are shown."""
        protection = self.account.protection
        return max(1, self.texts.words.drempels.procent_vanaf * (protection.base if protection else 1))

    @cached_property
    def limits(self) -> Thresholds:
        """When something stands out."""
        return thresholds(self.texts.words, self.floor)

    @cached_property
    def drawn(self) -> list[TidyRow]:
        """The records as charts draw them: without a percentage of a group below the floor."""
        return [replace(row, procent=None) if row.noemer < self.floor else row for row in self.records]

    @cached_property
    def legend(self) -> tuple[Sign, ...]:
        """What the signs in a table mean at the peildatum."""
        return legend(self.texts.signs, self.account.peildatum)

    def of_population(self, population: str) -> list[TableSpecification]:
        """List the tables about a population that stand in its chapter."""
        return [table for table in self._unnamed() if table.population == population and not table.appendix]

    def in_appendix(self) -> list[TableSpecification]:
        """List the full tables, of any population."""
        return [table for table in self._unnamed() if table.appendix]

    def _unnamed(self) -> list[TableSpecification]:
        """List the tables that no chapter has as its own."""
        chapters = (part for chapter in self.texts.report.hoofdstukken for part in chapter.walk())
        named = {number for chapter in chapters for number in chapter.tabellen}
        return [table for table in self.present if table.number not in named | self.claimed]

    def size(self, population: str) -> int:
        """Count everybody in a population, from all its tables."""
        own = (table for table in self.present if table.population == population)
        return max((self.tables[table.number].everybody for table in own), default=0)

    @property
    def present(self) -> list[TableSpecification]:
        """List the tables that there are figures of, in the order of the specification."""
        return [table for table in self.specification.tables if table.number in self.tables]

    def blocks(self, table: TableSpecification) -> list[Block]:
        """Make the parts of a table that sentences are about."""
        tidy = self.tables[table.number]
        kinds = kinds_of(table, self.specification)
        rounding = self.account.rounding
        return [
            replace(
                block(tidy, variable, table.decimals, kinds, rounding),
                merged=self._merged(table.population, variable),
            )
            for variable in tidy.row_variables
        ]

    def _merged(self, population: str, variable: str) -> int | None:
        """Count who are in categories that may not stand alone; None where no table shows all categories."""
        if self.account.protection is None or not self.account.protection.merged:
            return 0
        for table in self.present:
            for axis in table.rows:
                if (table.population, axis.variable, axis.rest) == (population, variable, None):
                    rows = block(self.tables[table.number], variable, table.decimals, {})
                    return rows.overall(axis.merged).part if axis.merged in rows.rows else 0
        return None

    def label(self, population: str) -> str:
        """Name a population as the table specification does."""
        return self.specification.populations[population].label


def legend(editions: Iterable[SignEdition], peildatum: date) -> tuple[Sign, ...]:
    """Give the signs of the last edition that holds at the peildatum; before the first edition those of the first."""
    ordered = sorted(editions, key=lambda edition: edition.geldig_vanaf)
    chosen = [edition for edition in ordered if edition.geldig_vanaf <= peildatum][-1:] or ordered[:1]
    return tuple(Sign(sign.teken, sign.betekenis) for edition in chosen for sign in edition.tekens)
