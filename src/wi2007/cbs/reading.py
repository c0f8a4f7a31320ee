"""A whole workbook, by its configuration and an edition of signs: the sheets to read, and the table they make.

What does not belong here: how one sheet is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path

from schemas.cbs import OF_CATEGORY, PERCENT
from schemas.cbs_layout import CbsLayout, SheetLayout
from schemas.report import SignEdition
from wi2007.cbs.book import Sheet, read_book
from wi2007.cbs.columns import Reader
from wi2007.cbs.figures import signs_of
from wi2007.cbs.labels import key
from wi2007.cbs.layout import Layout, layout
from wi2007.cbs.meaning import TOTAL, Vocabulary
from wi2007.cbs.misfit import Misfit, MisfitError, refuse
from wi2007.cbs.sheet import Task, rows
from wi2007.cbs.table import CbsRow, CbsSource, CbsTable
from wi2007.delivery.digest import sha256_of

_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_DAY = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}})", re.IGNORECASE)


def read_workbook(
    path: Path, wanted: CbsLayout, editions: Sequence[SignEdition], peildatum: date
) -> tuple[CbsTable, CbsSource]:
    """The table of a workbook and where it is from.

    Raises `UserError` when the file cannot be read, and with every sheet and cell that does not fit.
    """
    edition = wanted.uitgave or peildatum
    reader = Reader(
        {key(name): unit for unit, names in wanted.eenheden.items() for name in names},
        signs_of(editions, edition),
        frozenset(key(word).rstrip(":") for word in wanted.waarvan),
    )
    sheets = read_book(path)
    chosen, misfits = _chosen(sheets, wanted)
    found: list[CbsRow] = []
    laid: dict[str, Layout] = {}
    for sheet, asked in chosen:
        try:
            task = _task(sheet, asked, wanted, reader)
        except MisfitError as error:
            misfits.append(error.misfit)
            continue
        laid[sheet.name] = task.found
        for one in rows(task):
            (misfits if isinstance(one, Misfit) else found).append(one)  # type: ignore[arg-type]
    if not misfits:
        found, misfits = _once(found)
        misfits += _whole_percentages(found)
    if misfits:
        refuse(path.name, misfits)
    return CbsTable(tuple(found)), _source(path, laid, wanted, editions, reader)


def _chosen(
    sheets: Sequence[Sheet], wanted: CbsLayout
) -> tuple[list[tuple[Sheet, SheetLayout]], list[Misfit]]:
    """The sheets with figures, each with its layout: the first that fits; and what is wrong with the sheets."""
    chosen: list[tuple[Sheet, SheetLayout]] = []
    misfits: list[Misfit] = []
    passed = {key(name) for name in wanted.overslaan}
    for sheet in sheets:
        asked = next((one for one in wanted.bladen if fnmatchcase(key(sheet.name), key(one.blad))), None)
        if key(sheet.name) in passed:
            continue
        if asked is None:
            what = "dit blad staat niet in de indeling; zet het in cbs.yaml bij bladen of bij overslaan"
            misfits.append(Misfit(sheet.name, 0, 0, what))
        else:
            chosen.append((sheet, asked))
    used = [asked for _, asked in chosen]
    misfits += [
        Misfit(asked.blad, 0, 0, "dit blad ontbreekt in het werkboek")
        for asked in wanted.bladen
        if asked not in used
    ]
    return chosen, misfits


def _task(sheet: Sheet, asked: SheetLayout, wanted: CbsLayout, reader: Reader) -> Task:
    found = layout(sheet, reader, asked.eenheid or "")
    vocabulary = Vocabulary([*wanted.labels, *asked.labels], reader.filler)
    return Task(sheet, found, asked, vocabulary, reader, asked.meetmoment or _moment(sheet, found))


def _moment(sheet: Sheet, found: Layout) -> date:
    """The one day that the title names. Raises `MisfitError` when it names none, or several."""
    days = {_day(*one) for text in (found.title, *found.above) for one in _DAY.findall(text)}
    known = {day for day in days if day is not None}
    if len(known) != 1:
        what = "de titel noemt niet één dag waarover de cijfers gaan; zet in cbs.yaml bij dit blad meetmoment"
        raise MisfitError(Misfit(sheet.name, 1, 1, what))
    return known.pop()


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), _MONTHS.index(month.lower()) + 1, int(day))
    except ValueError:
        return None


def _once(found: Iterable[CbsRow]) -> tuple[list[CbsRow], list[Misfit]]:
    """Every figure once. The same figure on two sheets is one; two figures for one thing do not fit.

    An empty cell says nothing where another holds the figure.
    """
    known: dict[tuple[str, ...], CbsRow] = {}
    misfits = []
    for row in found:
        before = known.setdefault(row.key, row)
        if _is_empty(before):
            known[row.key] = row
        elif not _is_empty(row) and _said(before) != _said(row):
            what = f"hetzelfde staat ook op blad '{before.blad}', cel {before.cel}, maar met een ander cijfer of teken"
            misfits.append(_at(row, what))
    return list(known.values()), misfits


def _is_empty(row: CbsRow) -> bool:
    return row.aantal is None and not row.teken


def _said(row: CbsRow) -> tuple[object, ...]:
    return row.aantal, row.teken, row.meetmoment


def _at(row: CbsRow, what: str) -> Misfit:
    letters = row.cel.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return Misfit(row.blad, int(row.cel.removeprefix(letters)), column, what)


def _whole_percentages(found: Iterable[CbsRow]) -> Iterator[Misfit]:
    """Percentages are of what adds up to 100: where CBS gives that whole, it must be 100."""
    for row in found:
        whole = row.nationaliteit == TOTAL if row.noemer == OF_CATEGORY else row.kenmerk == TOTAL
        if row.eenheid == PERCENT and whole and row.aantal is not None and row.aantal != Decimal(100):
            yield _at(row, "dit percentage hoort honderd te zijn; kijk of procenten_van in cbs.yaml klopt")


def _source(
    path: Path, laid: dict[str, Layout], wanted: CbsLayout, editions: Sequence[SignEdition], reader: Reader
) -> CbsSource:
    titles = {name: found.title for name, found in laid.items()}
    edition = next(one for one in editions if one.geldig_vanaf == reader.signs.edition)
    return CbsSource(
        file=path.name,
        sha256=sha256_of(path),
        reconstruction=any(
            key(word) in key(title)
            for word in wanted.reconstructie
            for one in laid.values()
            for title in (one.title, *one.above)
        ),
        titles=titles,
        notes={name: found.notes for name, found in laid.items() if found.notes},
        signs={one.teken: one.betekenis for one in edition.tekens},
    )
