"""Which persons each published figure counts, from its labels and the persons files alone; and two figures of the same.

Nothing here is taken from the gate: labels and dates say who is counted. What labels do not say is left out: who is in
`Samengevoegd` of a table that leaves out who is rounded to nobody.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from at_start import class_at_start
from numpy.typing import NDArray

from schemas.policy import OF_POLICY
from schemas.tempo_tables import GROUND
from wi2007 import reference
from wi2007.tables.variables import all_labels, ground_of

TOTAL, REST, TOGETHER = "totaal", frozenset({"Overig", "Overige gemeenten"}), "Samengevoegd"
OBLIGED, STILL, LEFT = "IBP", "nog_inburgeringsplichtig", "uitgestroomd"
AGE, AGE_AT_START = "leeftijdsklasse", "leeftijdsklasse_begin"
"""Of outflow the age is that at the start; nobody shows who is still obliged by it."""
STILL_ROUTE = "Nog steeds inburgeringsplichtig"
STATUSES = frozenset({"uitstroomroute", "statuscode"})
TRAITS = (
    "geslacht",
    "land_van_herkomst",
    "gemeente",
    "provincie",
    "gemeentegroep",
    "leeftijdsklasse",
    "statuscode",
    "uitstroomroute",
    "doelgroep",
    GROUND,
)
Rows = list[dict[str, str]]
Mask = NDArray[np.bool_]
"""Which persons of both deliveries, in the order of their persoonsnummers."""
Sides = list[tuple[str, str]]


@dataclass(frozen=True)
class Figure:
    """What is shown of some persons, where, and how many they are. `persons` tells them from all others."""

    where: str
    persons: bytes
    count: int
    shown: int


@dataclass(frozen=True)
class Population:
    """The persons of a peildatum by their traits as readers call them, empty for others; and who is left out."""

    day: str
    traits: Mapping[str, NDArray[np.str_]]
    inside: Mask
    left_out: Mask
    kept: dict[tuple[str, str], Mask] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, everybody: list[str]) -> Population:
        """Return who is in `personen.parquet` and `uitgesloten.parquet`."""
        place = {number: at for at, number in enumerate(everybody)}
        rows = pq.ParquetFile(folder / "personen.parquet").read().to_pylist()
        at = np.array([place[row["persoonsnummer"]] for row in rows], dtype=int)
        record = json.loads((folder / "verwerking.json").read_text(encoding="utf-8"))
        day = date.fromisoformat(record["peildatum"])
        traits = {}
        for name in (*TRAITS, "statusdatum"):
            traits[name] = np.full(len(everybody), "", dtype="U60")
            traits[name][at] = [_label(name, row) for row in rows]
        traits[AGE_AT_START] = np.full(len(everybody), "", dtype="U60")
        traits[AGE_AT_START][at] = [class_at_start(row["geboortedatum"], day) for row in rows]
        excluded = [place[number] for number in _numbers(folder, "uitgesloten.parquet")]
        return cls(record["peildatum"], traits, _mask(at, everybody), _mask(excluded, everybody))

    def has(self, variable: str, label: str) -> Mask:
        """Who has a label; everybody has the total."""
        if label == TOTAL:
            return self.inside
        if (variable, label) not in self.kept:
            self.kept[variable, label] = self.traits[variable] == label
        return self.kept[variable, label]

    @cached_property
    def obliged(self) -> Mask:
        return self.traits["statuscode"] == OBLIGED

    @cached_property
    def ever(self) -> Mask:
        """Who was obliged and is not any more."""
        return self.inside & ~self.obliged

    def reached(self, first: str, last: str) -> Mask:
        """Who reached his status on one of these days."""
        if (first, last) not in self.kept:
            days = self.traits["statusdatum"]
            self.kept[first, last] = (days >= first) & (days <= last) & (days != "")
        return self.kept[first, last]


def _label(name: str, row: Mapping[str, Any]) -> str:
    if name == "provincie":
        code = row["gemeente"]
        return reference.provinces().get(code) or all_labels("gemeente")[code]
    if name == "gemeentegroep":
        code = row["gemeente"]
        return reference.municipality_groups().get(code) or all_labels("gemeente")[code]
    if name == GROUND:
        return ground_of()[row["statuscode"]]
    if name == "doelgroep":
        return all_labels(name)[row[name]]
    value = row[name]
    if name in ("geslacht", "land_van_herkomst", "gemeente"):
        return all_labels(name)[value]
    return "" if value is None else str(value)


def _numbers(folder: Path, name: str) -> list[str]:
    return list(pq.ParquetFile(folder / name).read()["persoonsnummer"].to_pylist())


def _mask(places: Any, everybody: list[str]) -> Mask:
    found = np.zeros(len(everybody), dtype=bool)
    found[places] = True
    return found


def rows_of(text: str) -> Rows:
    """The rows of a published table."""
    return list(csv.DictReader(io.StringIO(text)))


@dataclass(frozen=True)
class Published:
    """The texts of a publication folder by file, with the population that they are about and the one before."""

    texts: Mapping[str, str]
    now: Population
    before: Population

    @classmethod
    def read(cls, folder: Path, before: Path) -> Published:
        names = ("tabellen.csv", "tempo.csv", "verandering.csv", "verwerking.json")
        texts = {name: (folder / "publicatie" / name).read_text(encoding="utf-8") for name in names}
        files = ("personen.parquet", "uitgesloten.parquet")
        everybody = sorted({one for at in (folder, before) for name in files for one in _numbers(at, name)})
        return cls(texts, *(Population.read(at, everybody) for at in (folder, before)))

    def figures(self) -> list[Figure]:
        """Every figure of which it is known who are counted."""
        return [one for file in self.texts for one in self.figures_of(file)]

    def figures_of(self, file: str) -> list[Figure]:
        """Those of one file."""
        tell = {
            "tabellen.csv": self._of_tables,
            "tempo.csv": self._of_tempo,
            "verandering.csv": self._of_change,
            "verwerking.json": self._of_processing,
        }
        return list(tell[file]())

    def _of_tables(self) -> Iterator[Figure]:
        rows = rows_of(self.texts["tabellen.csv"])
        told: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            for kind in ("rij", "kolom"):
                told.setdefault((row["tabel"], row[kind + "variabele"]), set()).add(row[kind])
        for row in rows:
            if TOGETHER in (row["rij"], row["kolom"]) or row["rijvariabele"] in OF_POLICY:
                continue
            down, across = (
                self._side(row[kind + "variabele"], row[kind], told[row["tabel"], row[kind + "variabele"]])
                for kind in ("rij", "kolom")
            )
            inside = self._populations[row["populatie"]]
            where = " ".join(("tabellen", row["tabel"], row["rij"], row["kolom"]))
            yield _figure(where, inside & down & across, row["aantal"])
            if row["rijvariabele"] != TOTAL:
                yield _figure(f"{where} noemer", inside & across, row["noemer"])

    @cached_property
    def _populations(self) -> dict[str, Mask]:
        exempted = self.now.has("uitstroomroute", "Ontheffing")
        return {STILL: self.now.obliged, "wi2007": self.now.inside, "ontheven": exempted}

    def _side(self, variable: str, label: str, told: set[str]) -> Mask:
        """Who is counted under a label: of a rest, everybody with none of the others that are told."""
        if label not in {*REST, TOGETHER}:
            return self.now.has(variable, label)
        return self.now.inside & ~np.isin(self.now.traits[variable], sorted(told - {label}))

    def _of_tempo(self) -> Iterator[Figure]:
        rows = rows_of(self.texts["tempo.csv"])
        told: dict[str, set[str]] = {}
        for row in rows:
            told.setdefault(row["kenmerk"], set()).add(row["categorie"])
        for row in rows:
            took = self.now.has("uitstroomroute", row["route"])
            where = " ".join(("tempo", row["periode"], row["categorie"], row["route"]))
            if not row["begin"]:
                undated = self.now.ever & (self.now.traits["statusdatum"] == "")
                yield _figure(where, undated & took, row[LEFT])
                continue
            labels = told[row["kenmerk"]]
            group = self._side(row["kenmerk"], row["categorie"], labels)
            then = self._side(AGE_AT_START, row["categorie"], labels) if row["kenmerk"] == AGE else group
            if row["kenmerk"] == GROUND:
                took, group, then = took & group, self.now.inside, self.now.inside
            ever = self.now.ever & then
            yield _figure(where, ever & self.now.reached(row["begin"], row["einde"]) & took, row[LEFT])
            yield _figure(f"{where} {PEILDATUM}", group & self.now.obliged, row["plichtig_peildatum"])
            since = ever & self.now.reached(row["begin"], self.now.day)
            yield _figure(f"{where} {BEGIN}", since | (then & self.now.obliged), row["plichtig_begin"])

    def _of_change(self) -> Iterator[Figure]:
        for row in rows_of(self.texts["verandering.csv"]):
            if not {row["rij"], row["kolom"]} & {*REST, TOGETHER}:
                yield from self._of_part(row)

    def _of_part(self, row: Mapping[str, str]) -> Iterator[Figure]:
        """Of the end, and of parts by which persons only leave the cell, or only enter it."""
        sides = [(row["rijvariabele"], row["rij"]), (row["kolomvariabele"], row["kolom"])]
        codes = {label for variable, label in sides if variable in STATUSES and label != TOTAL}
        place = [one for one in sides if one[0] not in STATUSES]
        still = row["populatie"] == STILL
        now, before = ((one.obliged if still else one.inside) for one in (self.now, self.before))
        if row["deel"] == "eind":
            yield self._counted(self.now, sides, now, row, 1)
        if row["deel"] == "uit_register":
            gone = before & ~self.now.inside & ~self.now.left_out
            yield self._counted(self.before, sides, gone, row, -1)
        if row["deel"] == "nieuw_in_register":
            new = now & ~self.before.inside & ~self.before.left_out
            yield self._counted(self.now, sides, new, row, 1)
        if row["deel"] == LEFT and (still or codes):
            took = self._left & self.now.has("uitstroomroute", row["route"])
            leaves = still or codes <= {OBLIGED, STILL_ROUTE}
            yield self._counted(self.now, place if leaves else sides, took, row, -1 if leaves else 1)
        if row["deel"] == "teruggekomen" and still:
            yield self._counted(self.now, place, self.before.ever & self.now.obliged, row, 1)

    @cached_property
    def _left(self) -> Mask:
        """Who was obliged then and is not now; not who turns out to have left before."""
        late = self.now.reached("0001-01-01", self.before.day)
        return self.before.obliged & self.now.ever & ~late

    def _counted(
        self, population: Population, sides: Sides, rows: Mask, row: Mapping[str, str], sign: int
    ) -> Figure:
        for variable, label in sides:
            rows = rows & population.has(variable, label)
        where = " ".join(("verandering", row["tabel"], row["rij"], row["kolom"], row["deel"], row["route"]))
        return _figure(where, rows, sign * int(row["aantal"]))

    def _of_processing(self) -> Iterator[Figure]:
        record: dict[str, Any] = json.loads(self.texts["verwerking.json"])
        steps = {one["stap"]: one["aantal"] for one in record["trechter"]}
        now = self.now
        yield _figure("verwerking overgebleven", now.inside, steps["overgebleven"])
        yield _figure("verwerking gelezen", now.inside | now.left_out, steps["gelezen"])
        yield _figure("verwerking uitgesloten", now.left_out, steps["uitgesloten"])
        unknown = now.has("leeftijdsklasse", "Onbekend")
        yield _figure("verwerking zonder leeftijd", unknown, record["tellingen"]["leeftijdsklasse_onbekend"])


BEGIN, PEILDATUM = "plichtig_begin", "plichtig_peildatum"


def _figure(where: str, rows: Mask, shown: str | int) -> Figure:
    return Figure(where, np.packbits(rows).tobytes(), int(rows.sum()), int(shown))


def by_persons(figures: list[Figure]) -> list[list[Figure]]:
    """The figures of the same persons together, where there are more than one.

    Who was obliged at the start of a period is a sum of counts that are shown, of which everybody can make more: it is
    compared with other such sums alone.
    """
    found: dict[tuple[bytes, bool], list[Figure]] = {}
    for one in figures:
        found.setdefault((one.persons, BEGIN in one.where), []).append(one)
    return [several for several in found.values() if len(several) > 1]


def differing(figures: list[Figure]) -> list[list[Figure]]:
    """The figures of the same persons that are not all the same."""
    return [several for several in by_persons(figures) if len({one.shown for one in several}) > 1]
