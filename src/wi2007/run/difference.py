"""The command `wi2007 diff A B`: find both sets of tables, read them, and report what moved."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from pandera.errors import SchemaErrors

from schemas.change import CHANGE, ChangeRow
from schemas.tidy import TIDY, TidyRow
from wi2007.comparison.settings import read_comparison
from wi2007.difference import compare
from wi2007.difference.account import Account, Told
from wi2007.difference.blocks import markdown, text
from wi2007.difference.compare import Change, Part, Release, Rounding, difference
from wi2007.difference.report import DifferenceReport, Wording
from wi2007.errors import UserError
from wi2007.project import CONFIG, DRAFTED, MARKS, Run, check_peildatum, marked
from wi2007.provenance import EXACT_NOTICE, NOTICE
from wi2007.run import account
from wi2007.steps.edge import write_text
from wi2007.tables.specification import load

EXIT_CHANGED: Final = 3
"""The exit status for a difference; 1 is something unexpected, 2 a wrong argument."""
_DAMAGE: Final = (AttributeError, ValueError, KeyError, TypeError, csv.Error, SchemaErrors)
_PROCESSING, _MANIFEST = "verwerking.json", "manifest.json"


@dataclass(frozen=True)
class Layout:
    """How the difference is written.

    At most `most` rows of each kind are shown, all where it is None; `short` leaves one of each table.
    """

    most: int | None
    short: bool
    as_markdown: bool


def tell_difference(
    directory: Path, names: tuple[str, str | None], output: Path | None, layout: Layout
) -> int:
    """Print or write what moved; return the exit status. Without a second name it is the draft of the first.

    Raises `UserError`.
    """
    run = Run(directory)
    places = [_found(run, name) for name in (names[0], names[1] or _draft_of(names[0]))]
    before, after = (place.read() for place in places)
    compare.check_comparable(before, after)
    noise = compare.noise(before, after)
    wording = Wording(load(CONFIG / "tables.yaml"), read_comparison(), layout.most)
    found = difference(before.rows, after.rows, noise)
    report = DifferenceReport(before, after, wording)
    told = Told(places[0].account(), places[1].account(), noise, report.heads, layout.most)
    blocks = report.blocks(found, told, layout.short)
    _put(output, markdown(blocks) if layout.as_markdown else text(blocks))
    return 0 if found.is_empty and told.is_empty else EXIT_CHANGED


def _draft_of(name: str) -> str:
    """Return the draft of a peildatum. Raises `UserError` for anything else."""
    try:
        return check_peildatum(name) + DRAFTED
    except UserError:
        raise UserError(
            f"Noem ook waarmee '{name}' vergeleken moet worden. Alleen een peildatum, bijvoorbeeld 2022-07-01, wordt "
            "zonder tweede vergeleken: met de proef ervan."
        ) from None


def _put(output: Path | None, words: str) -> None:
    if output is None:
        sys.stdout.write(words)
        sys.stdout.flush()
        return
    try:
        write_text(output, words)
    except OSError as error:
        raise UserError(
            f"Het verschil kan niet worden geschreven naar {output} ({error.strerror}). "
            "Geef met --output een plaats waar u mag schrijven."
        ) from None
    print(f"Het verschil staat in {output}.")


@dataclass(frozen=True)
class _Place:
    """The files of a set of tables, and what to do when they are damaged."""

    tables: Sequence[Path]
    about: Path
    publication: Path | None
    remedy: str

    def read(self) -> Release:
        """Return the tables. Raises `UserError` when a file is missing or damaged."""
        record = self._json(self.about)
        try:
            day, rounding = date.fromisoformat(record["peildatum"]), self._rounding(record)
            demonstration = record["demonstratie"] if self.publication else NOTICE in record.get("let_op", "")
        except _DAMAGE:
            raise self._damaged(self.about) from None
        return Release(day, bool(demonstration), rounding, self._rows(), self._change())

    def account(self) -> Account:
        """Return what the report says beside its tables. Raises as `read` does."""
        record = self._json(self.about)
        try:
            if self.publication:
                return account.of_publication(self.publication, record)
            return account.of_report(self.tables[0].parent, record)
        except OSError:
            raise self._missing(self.about.parent) from None
        except _DAMAGE:
            raise self._damaged(self.about.parent) from None

    def _rounding(self, record: Any) -> Rounding | None:
        """Return the rounding: exact counts are marked in a manifest, and null in `verwerking.json`."""
        is_exact = self.publication is None and EXACT_NOTICE in record.get("let_op", "")
        return None if is_exact else Rounding.read(record["afronding"])

    def _rows(self) -> list[TidyRow]:
        rows: list[TidyRow] = []
        for path in self.tables:
            try:
                rows += TIDY.read(path)
            except OSError:
                raise self._missing(path) from None
            except _DAMAGE:
                raise self._damaged(path) from None
        try:
            TIDY.checked_rows(rows)
        except _DAMAGE:
            raise self._damaged(self.tables[0]) from None
        return rows

    def _change(self) -> Change | None:
        """Return what changed since the peildatum before; None where nothing is compared."""
        if self.publication is None or not (self.publication / "verandering.json").exists():
            return None
        path, table = (self.publication / name for name in ("verandering.json", CHANGE.file))
        record = self._json(path)
        try:
            if not record["vergeleken"]:
                return None
            rows = CHANGE.read(table)
            CHANGE.checked_rows(rows)
            return Change(date.fromisoformat(record["vorige"]), _figures(rows))
        except OSError:
            raise self._missing(table) from None
        except _DAMAGE:
            raise self._damaged(table) from None

    def _json(self, path: Path) -> Any:
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except OSError:
            raise self._missing(path) from None
        except ValueError:
            raise self._damaged(path) from None

    def _missing(self, path: Path) -> UserError:
        return UserError(f"Er is niets te vergelijken: {path} ontbreekt of is niet te lezen. {self.remedy}")

    def _damaged(self, path: Path) -> UserError:
        return UserError(f"{path} is beschadigd of is geen bestand van dit programma. {self.remedy}")


def _figures(rows: Sequence[ChangeRow]) -> dict[tuple[str, str, str, str], tuple[Part, ...]]:
    found: dict[tuple[str, str, str, str], tuple[Part, ...]] = {}
    for one in rows:
        at = (one.tabel, one.rijvariabele, one.rij, one.kolom)
        found[at] = (*found.get(at, ()), Part(one.deel, one.route, one.aantal))
    return found


def _found(run: Run, name: str) -> _Place:
    """Return the tables of a peildatum, of a draft of it (2024-07-01-proef), or those in a folder."""
    folder = Path(name)
    draft = name.endswith(DRAFTED)
    try:
        peildatum = check_peildatum(name.removesuffix(DRAFTED))
    except UserError:
        if folder.is_dir():
            return _in_folder(folder)
        raise UserError(
            f"'{name}' is geen peildatum en geen map. Noem een peildatum als jaar-maand-dag, bijvoorbeeld 2022-07-01, "
            "de proef daarvan (2022-07-01-proef), of een map publicatie of tabellen van een rapport."
        ) from None
    again = f"wi2007 run {peildatum}{' --proef' if draft else ''}"
    remedy = f"Maak het rapport van deze peildatum eerst (opnieuw): {again}."
    return _publication(replace(run, draft=draft).publication(peildatum), remedy)


def _in_folder(folder: Path) -> _Place:
    remedy = "Noem een map publicatie of tabellen van een rapport dat af is."
    if (folder / "publicatie").is_dir():
        return _publication(folder / "publicatie", remedy)
    tables = folder / "tabellen" if (folder / "tabellen").is_dir() else folder
    files = sorted(tables.glob("tabel_*.csv"))
    if not files:
        return _publication(folder, remedy)
    above = [tables.parent / marked(_MANIFEST, mark) for mark in MARKS]
    about = next((path for path in above if path.exists()), above[-1])
    return _Place(files, about, None, f"{remedy} Boven de map tabellen hoort {_MANIFEST} te staan.")


def _publication(folder: Path, remedy: str) -> _Place:
    return _Place([folder / TIDY.file], folder / _PROCESSING, folder, remedy)
