"""How a choice went since the peildatum before: who was there, who left since, who is there; beside everybody.

All of it from `verandering.csv`. Who left is a sum of rounded counts, one for each way out, so that a percentage of it
needs as many times the persons of which percentages are shown. Of a municipality that counts something else than it did
(a reorganisation) nothing is told. What does not belong here: the change of everybody (`chapters.change`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from schemas.change import CHANGE
from schemas.report import ChooserText
from schemas.tables import Table as TableSpecification
from schemas.tidy import TOTAL
from wi2007 import dutch, reference
from wi2007.publication.content.changes import (
    OBLIGED,
    OUTFLOW,
    RECORD_FILE,
    ChangeFigures,
    Changes,
    Course,
    read_told,
)
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.shown import Shown, counted, shown_of
from wi2007.publication.content.wording import number
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Cell, Column, Row, Table
from wi2007.tables import variables

Cells = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Since:
    """The table of everybody, the cells of each choice, and what is said where nothing was compared."""

    tables: tuple[Table, ...] = ()
    cells: Mapping[str, Cells] = field(default_factory=dict)
    more: str = ""


def course_of(
    inputs: Inputs,
    writer: Writer,
    tables: Sequence[TableSpecification],
    text: ChooserText,
    labels: Collection[str],
) -> Since:
    """Tell how each of `labels` went, from the first of `tables` that tells of who is still obliged."""
    place = f"rapport.yaml, kiezer {text.id} > verloop"
    table = next((one for one in tables if one.population == OBLIGED), None)
    figures = _figures(inputs, table) if table else None
    if table is None or figures is None:
        return Since(more=writer.words(text.verloop.geen, place))
    variable = table.rows[0].variable
    courses = figures.of_rows(table.number, variable)
    everybody = figures.of_rows(table.number, TOTAL).get(TOTAL)
    if everybody is None:
        return Since(more=writer.words(text.verloop.geen, place))
    abroad = courses.get(variables.abroad())
    shown = shown_of(inputs, table, writer)
    before = figures.changes.told.before
    days = {"vorige": dutch.day(before) if before else "", "nu": dutch.day(inputs.account.peildatum)}

    def words(name: str) -> str:
        return writer.words(getattr(text.verloop, name), place, **days)

    cells = {label: _cells(shown, courses.get(label)) for label in labels}
    missing = any(cell.value is None for rows in cells.values() for row in rows for cell in row)
    at_home = abroad is not None
    group = writer.words(text.iedereen, f"rapport.yaml, kiezer {text.id}", zonder_rni=at_home)
    rows = _cells(shown, _without(everybody, abroad) if abroad else everybody)
    made = Table(
        id=f"{text.id}-verloop",
        number="",
        title=words("tabel"),
        population=words("populatie"),
        header=shown.text("kop_meer"),
        columns=tuple(Column(shown.text(name), group=group) for name in ("aantal", "procent")),
        rows=tuple(
            Row(words(name), row, "total" if name == "toen" else "row")
            for name, row in zip(("toen", "uit", "nu"), rows, strict=True)
        ),
        footnotes=(words("voetnoot"), *[words("voetnoot_punt")] * missing),
        sortable=False,
    )
    return Since((made,), cells)


def _figures(inputs: Inputs, table: TableSpecification) -> ChangeFigures | None:
    """The change of one table; None where nothing was compared, or persons could not be followed."""
    if not {CHANGE.file, RECORD_FILE} <= inputs.files.keys():
        return None
    told = read_told(inputs.files[RECORD_FILE])
    if not told.compared or told.renewed:
        return None
    head, *lines = inputs.files[CHANGE.file].splitlines(keepends=True)
    own = [line for line in lines if line.startswith(f"{table.number},")]
    changes = Changes(tuple(CHANGE.from_csv("".join((head, *own)))), told)
    return ChangeFigures(changes, inputs.specification)


def _left(course: Course) -> int:
    return -sum(count for (part, _), count in course.parts.items() if part == OUTFLOW)


def _without(whole: Course, part: Course) -> Course:
    """Everybody but those in one row."""
    ways = {*whole.parts, *part.parts}
    parts = {way: whole.parts.get(way, 0) - part.parts.get(way, 0) for way in ways}
    return Course(whole.begin - part.begin, whole.end - part.end, parts)


def _cells(shown: Shown, course: Course | None) -> Cells:
    """Who was there, who left and who is there, each with its share of who was there."""
    missing = Cell(shown.text("niet_te_berekenen"))
    if course is None:
        return ((missing, missing),) * 3

    def cells(count: int, counts: int) -> tuple[Cell, Cell]:
        if shown.is_too_small(course.begin // counts):
            return counted(count), missing
        share = course.share(count).shown
        return counted(count), Cell(number(share), float(share))

    return cells(course.begin, 1), cells(_left(course), _ways_out()), cells(course.end, 1)


def _ways_out() -> int:
    """How many routes there are but that of who is still obliged."""
    return len(reference.routes()) - 1
