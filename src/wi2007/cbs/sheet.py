"""From one sheet to rows of the table: every figure with what it is about, its sign and its mark.

What does not belong here: where things stand (`layout`), other sheets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.cbs import COUNT, PERCENT
from schemas.cbs_layout import SheetLayout
from wi2007.cbs.book import Sheet
from wi2007.cbs.columns import Reader
from wi2007.cbs.figures import Figure, OddError, figure, split_mark, stronger
from wi2007.cbs.labels import Label
from wi2007.cbs.layout import Layout, Line
from wi2007.cbs.meaning import Subject, Target, Vocabulary, subject, whole
from wi2007.cbs.misfit import Misfit, MisfitError, address
from wi2007.cbs.table import CbsRow

_UNKNOWN = "dit label staat niet in de indeling; zet het in cbs.yaml bij labels"


@dataclass(frozen=True)
class Task:
    """A sheet with all that is needed to read it."""

    sheet: Sheet
    found: Layout
    wanted: SheetLayout
    vocabulary: Vocabulary
    reader: Reader
    moment: date

    def misfit(self, row: int, column: int, what: str) -> Misfit:
        """Something that does not fit in a cell of this sheet."""
        return Misfit(self.sheet.name, row, column, what)


def rows(task: Task) -> Iterator[CbsRow | Misfit]:
    """Every figure as a row, or what is wrong with it; a label that is not known is told once."""
    columns: dict[int, Target] = {}
    for column, path in task.found.columns.items():
        target = _column(task, column, path)
        if isinstance(target, Misfit):
            yield target
        else:
            columns[column] = target
    lines: dict[int, Target] = {}
    for line in task.found.lines:
        known = task.vocabulary.target(line.path, task.wanted.onbekende_rijen)
        if known is None:
            yield task.misfit(line.row, line.label_column, _UNKNOWN)
        else:
            lines[line.row] = known
    for line in task.found.lines:
        if line.row in lines and not lines[line.row].skipped:
            yield from _line(task, line, lines, columns)


def _column(task: Task, column: int, path: tuple[Label, ...]) -> Target | Misfit:
    row = task.found.head_rows[-1] if task.found.head_rows else task.found.lines[0].row
    if not path and any(task.found.columns.values()):
        return task.misfit(row, column, "boven deze kolom staat geen label")
    known = task.vocabulary.target(path, task.wanted.onbekende_kolommen)
    return known or task.misfit(row, column, _UNKNOWN)


def _line(
    task: Task, line: Line, lines: dict[int, Target], columns: dict[int, Target]
) -> Iterator[CbsRow | Misfit]:
    for column, target in columns.items():
        if target.skipped:
            continue
        unit = line.units.get(column, "")
        if unit == "overslaan":
            continue
        if not unit:
            yield task.misfit(line.row, column, "bij dit cijfer staat geen eenheid")
            continue
        about = subject(lines[line.row], target)
        if about is None:
            yield task.misfit(
                line.row, column, "het label van de rij en dat van de kolom spreken elkaar tegen"
            )
            continue
        try:
            yield _cell(
                task, (line, column), about, unit, _of(task, (line.row, column), (lines, columns), unit)
            )
        except MisfitError as error:
            yield error.misfit


def _of(
    task: Task, place: tuple[int, int], axes: tuple[dict[int, Target], dict[int, Target]], unit: str
) -> str:
    """What a percentage is a part of; nothing for a count."""
    if unit != PERCENT:
        return ""
    if task.wanted.procenten_van is None:
        raise MisfitError(
            task.misfit(
                *place,
                "waarvan dit een percentage is, staat niet vast; zet procenten_van in cbs.yaml",
            )
        )
    lines, columns = axes
    by_row = task.wanted.procenten_van == "kolom"
    adding = lines[place[0]] if by_row else columns[place[1]]
    found = whole(adding, (lines if by_row else columns).values())
    if not found:
        raise MisfitError(task.misfit(*place, "waarvan dit een percentage is, is niet te zeggen"))
    return found


def _cell(task: Task, place: tuple[Line, int], about: Subject, unit: str, of: str) -> CbsRow:
    line, column = place
    found = _figure(task, line.row, column)
    value = found.value
    if value is not None and unit == "duizendtal":
        value *= 1000
    kind = PERCENT if unit == PERCENT else COUNT
    if value is not None and kind == COUNT and value != value.to_integral_value():
        raise MisfitError(task.misfit(line.row, column, "een aantal personen is een geheel getal"))
    if value is not None and kind == PERCENT and value > Decimal(100):
        raise MisfitError(task.misfit(line.row, column, "een percentage is hoogstens honderd"))
    return CbsRow(
        kenmerk=about.kenmerk,
        categorie=about.categorie,
        nationaliteit=about.nationaliteit,
        eenheid=kind,
        noemer=of,
        aantal=value,
        teken=found.sign,
        voorlopig=_provisional(task, line, column, found.mark),
        meetmoment=task.moment.isoformat(),
        blad=task.sheet.name,
        cel=address(line.row, column),
    )


def _figure(task: Task, row: int, column: int) -> Figure:
    sheet = task.sheet
    for areas, what in (
        (sheet.errors, "hier staat een fout van Excel"),
        (sheet.formulas, "hier staat een formule; bewaar het blad met waarden"),
    ):
        if any(top <= row <= bottom and left <= column <= right for top, bottom, left, right in areas):
            raise MisfitError(task.misfit(row, column, what))
    if sheet.is_empty(row, column):
        return Figure()
    try:
        return figure(sheet.at(row, column), sheet.style(row, column).code, task.reader.signs)
    except OddError as error:
        raise MisfitError(task.misfit(row, column, str(error))) from None


def _provisional(task: Task, line: Line, column: int, own: str) -> str:
    """The mark of a figure: its own, beside it, of its labels or of the title; not one with another meaning here."""
    marks = [own, _beside(task, line.row, column), task.found.mark]
    marks += [one.mark for one in (*line.path, *task.found.columns[column])]
    return stronger(*(mark for mark in marks if mark not in task.found.other_marks))


def _beside(task: Task, row: int, column: int) -> str:
    """The marks in the columns beside a figure."""
    found = (task.sheet.text(row, at) for at, of in task.found.spacers.items() if of == column)
    return stronger(*(split_mark(text, task.reader.signs)[1] for text in found))
