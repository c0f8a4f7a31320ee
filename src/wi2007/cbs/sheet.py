"""Read one sheet into rows of the table: every figure with what it is about, its sign and its mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from schemas.cbs import COUNT, PERCENT, CbsRow
from schemas.cbs_layout import SheetLayout
from wi2007.cbs.book import Sheet
from wi2007.cbs.columns import Reader
from wi2007.cbs.doubt import doubts, unknown
from wi2007.cbs.figures import Figure, OddError, figure, split_mark, stronger
from wi2007.cbs.labels import Label, Place
from wi2007.cbs.layout import Layout
from wi2007.cbs.lines import Line
from wi2007.cbs.meaning import Axis, Subject, Target, is_crossed, readings, subject, whole
from wi2007.cbs.misfit import Ask, Misfit, MisfitError, address

_TWICE = (
    "dit cijfer gaat over twee kenmerken tegelijk, en daarvoor heeft de tabel geen plaats; "
    "met twee_kenmerken: overslaan bij dit blad worden zulke cijfers niet gelezen"
)


@dataclass(frozen=True)
class Task:
    """A sheet with all that is needed to read it."""

    sheet: Sheet
    found: Layout
    wanted: SheetLayout
    reader: Reader
    rows: Axis
    columns: Axis
    moment: str

    def misfit(self, row: int, column: int, what: str) -> Misfit:
        """Return a misfit in a cell of this sheet."""
        return Misfit(self.sheet.name, row, column, what)


@dataclass
class Meanings:
    """What the rows and the columns of a sheet mean, by their number, and what is not known of them."""

    lines: dict[int, Target] = field(default_factory=dict)
    columns: dict[int, Target] = field(default_factory=dict)
    odd: list[Misfit] = field(default_factory=list)


def meanings(task: Task) -> Meanings:
    """Return the meaning of every row and column."""
    made = Meanings()
    for column, path in task.found.columns.items():
        target = _column(task, column, path, made.odd)
        if target is not None:
            made.columns[column] = target
    used: set[Place] = set()
    for line in task.found.lines:
        found = readings(task.rows, line.path, used)
        for places in found.values():
            used |= places
        target = _one(task.sheet.name, task.rows, line.path, found, made.odd)
        if target is not None:
            made.lines[line.row] = target
    for one in task.found.alone:
        if one.place not in used:
            made.odd += unknown(task.sheet.name, task.rows, one)
    return made


def _one(
    sheet: str, axis: Axis, path: tuple[Label, ...], found: Mapping[Target, object], odd: list[Misfit]
) -> Target | None:
    if len(found) == 1:
        return next(iter(found))
    odd += doubts(sheet, axis, path, list(found))
    return None


def _column(task: Task, column: int, path: tuple[Label, ...], odd: list[Misfit]) -> Target | None:
    if not path and any(task.found.columns.values()):
        row = task.found.head_rows[-1] if task.found.head_rows else task.found.lines[0].row
        odd.append(task.misfit(row, column, "boven deze kolom staat geen label"))
        return None
    return _one(task.sheet.name, task.columns, path, readings(task.columns, path), odd)


def rows(task: Task, known: Meanings) -> Iterator[CbsRow | Misfit]:
    """Yield every figure as a row, or what is wrong with it."""
    for line in task.found.lines:
        if line.row in known.lines and not known.lines[line.row].skipped:
            yield from _line(task, line, known)


def _line(task: Task, line: Line, known: Meanings) -> Iterator[CbsRow | Misfit]:
    for column, target in known.columns.items():
        if target.skipped:
            continue
        unit = line.units.get(column, "")
        if unit == "overslaan":
            continue
        if is_crossed(known.lines[line.row], target):
            if task.wanted.twee_kenmerken is None and not task.sheet.is_empty(line.row, column):
                ask = Ask("blad", "twee_kenmerken: overslaan")
                yield Misfit(task.sheet.name, line.row, column, _TWICE, ask=ask)
            continue
        if not unit:
            yield task.misfit(line.row, column, "bij dit cijfer staat geen eenheid")
            continue
        about = subject(known.lines[line.row], target)
        if about is None:
            yield task.misfit(
                line.row, column, "het label van de rij en dat van de kolom spreken elkaar tegen"
            )
            continue
        try:
            of = _of(task, (line.row, column), (known.lines, known.columns), unit)
            yield _cell(task, (line, column), about, unit, of)
        except MisfitError as error:
            yield from error.misfits


def _of(
    task: Task, place: tuple[int, int], axes: tuple[dict[int, Target], dict[int, Target]], unit: str
) -> str:
    """Return what a percentage is a part of; an empty text for a count."""
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
        meetmoment=task.moment,
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
        until = task.reader.signs.others.get(error.sign)
        ask = Ask("uitgave", until) if until else None
        raise MisfitError(Misfit(sheet.name, row, column, str(error), error.sign, ask)) from None


def _provisional(task: Task, line: Line, column: int, own: str) -> str:
    """Return the mark of a figure: its own, beside it, of its labels or of the title; not one with another meaning
    here.
    """
    marks = [own, _beside(task, line.row, column), task.found.mark]
    marks += [one.mark for one in (*line.path, *task.found.columns[column])]
    return stronger(*(mark for mark in marks if mark not in task.found.other_marks))


def _beside(task: Task, row: int, column: int) -> str:
    """Return the marks in the columns beside a figure."""
    found = (task.sheet.text(row, at) for at, of in task.found.spacers.items() if of == column)
    return stronger(*(split_mark(text, task.reader.signs)[1] for text in found))
