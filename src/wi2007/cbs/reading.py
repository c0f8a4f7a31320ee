"""Read a whole workbook, by its configuration and an edition of signs, into one table, or report on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path

from schemas.cbs import OF_CATEGORY, PERCENT, CbsRow
from schemas.cbs_layout import CbsLayout, SheetLayout
from schemas.report import SignEdition
from wi2007 import dutch
from wi2007.cbs.book import PERSONS, Sheet, is_number, may_quote, persons_in, read_book
from wi2007.cbs.figures import sign_in, signs_of
from wi2007.cbs.heads import Reader
from wi2007.cbs.labels import NATIONALITY, TOTAL, Label, Vocabulary, days_in, key, vocabulary
from wi2007.cbs.layout import Layout, layout
from wi2007.cbs.meaning import Axis, Target
from wi2007.cbs.misfit import Ask, Misfit, MisfitError, messages, proposal, refuse
from wi2007.cbs.sheet import Meanings, Task, group_in, implied, meanings, rows
from wi2007.cbs.table import CbsSource, CbsTable
from wi2007.delivery.access import sha256_of
from wi2007.delivery.workbook.scan import place

_HEAD = (
    "# Wat er in {file} anders is dan in config/cbs.yaml; dit komt daarbij. Zie docs/cbs.md.\n"
    "# Regels die met # beginnen, tellen niet. Haal bij elke VRAAG het # weg voor het antwoord dat klopt, en\n"
    "# zet op de plaats van VUL_IN wat daar hoort.\n\n"
)


@dataclass
class Read:
    """All that was found in a workbook: its rows, the layout and meaning of its sheets, and what does not fit.

    `quoted` when a message may quote the texts of its labels.
    """

    path: Path
    reader: Reader
    rows: list[CbsRow] = field(default_factory=list)
    tasks: dict[str, Task] = field(default_factory=dict)
    known: dict[str, Meanings] = field(default_factory=dict)
    misfits: list[Misfit] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    quoted: bool = True

    @property
    def proposed(self) -> str:
        """The lines of cbs.yaml that would name what is not known."""
        return proposal(self.misfits) if self.quoted else ""


def read_workbook(
    path: Path, wanted: CbsLayout, editions: Sequence[SignEdition], peildatum: date
) -> tuple[CbsTable, CbsSource]:
    """Return the table of a workbook and where it is from.

    Raises `UserError` when the file cannot be read, and with every sheet and cell that does not fit.
    """
    found = examine(path, wanted, editions, peildatum)
    if found.misfits:
        refuse(path.name, found.misfits, found.quoted, found.proposed)
    return CbsTable(tuple(found.rows)), _source(found, wanted, editions)


def examine(path: Path, wanted: CbsLayout, editions: Sequence[SignEdition], peildatum: date) -> Read:
    """Return everything about a workbook. Raises `UserError` when the file cannot be read."""
    sheets = read_book(path)
    chosen, misfits, passed = _chosen(sheets, wanted)
    found = Read(path, _reader(wanted, editions, peildatum, chosen), misfits=misfits, passed=passed)
    listed = persons_in(sheets)
    if listed:
        found.misfits, found.quoted = [Misfit(listed, 0, 0, PERSONS)], False
        return found
    for sheet, asked in chosen:
        try:
            _take_up(found, sheet, asked, wanted)
        except MisfitError as error:
            found.misfits += error.misfits
    if not found.misfits:
        found.rows, found.misfits = _once(found.rows)
        found.misfits += _whole_percentages(found.rows)
    unknown = {one.text for one in found.misfits if one.ask is not None and one.text}
    known = sum(len(one.lines) + len(one.columns) for one in found.known.values())
    found.quoted = may_quote(known, sorted(unknown)) and not any(map(is_number, unknown))
    return found


def _reader(
    wanted: CbsLayout,
    editions: Sequence[SignEdition],
    peildatum: date,
    chosen: Sequence[tuple[Sheet, SheetLayout]],
) -> Reader:
    occurring = {
        sign_in(sheet.at(*place), sheet.style(*place).code)
        for sheet, _ in chosen
        for place in sheet.cells
        if place[1] > 1
    }
    return Reader(
        {key(name): unit for unit, names in wanted.eenheden.items() for name in names},
        signs_of(editions, wanted.uitgave or peildatum, None if wanted.uitgave else occurring),
        frozenset(key(word).rstrip(":") for word in wanted.waarvan),
        frozenset(vocabulary(wanted).labels),
    )


def _chosen(
    sheets: Sequence[Sheet], wanted: CbsLayout
) -> tuple[list[tuple[Sheet, SheetLayout]], list[Misfit], list[str]]:
    """Return the sheets with figures, each with the first layout that fits; what is wrong, and what is skipped."""
    chosen: list[tuple[Sheet, SheetLayout]] = []
    misfits: list[Misfit] = []
    names = {key(name) for name in wanted.overslaan}
    passed = [sheet.name for sheet in sheets if key(sheet.name) in names]
    used: list[SheetLayout] = []
    for sheet in sheets:
        if key(sheet.name) in names:
            continue
        fitting = [one for one in wanted.bladen if fnmatchcase(key(sheet.name), key(one.blad))]
        used += fitting
        if fitting:
            chosen.append((sheet, _combined(fitting)))
        else:
            what = "dit blad staat niet in de indeling; zet het in cbs.yaml bij bladen of bij overslaan"
            misfits.append(Misfit(sheet.name, 0, 0, what, ask=Ask("blad")))
    misfits += [
        Misfit(asked.blad, 0, 0, "dit blad ontbreekt in het werkboek")
        for asked in wanted.bladen
        if asked not in used and not (used and "*" in asked.blad)
    ]
    return chosen, misfits, passed


def _combined(fitting: Sequence[SheetLayout]) -> SheetLayout:
    """Return the settings of a sheet: those of the first layout, completed by the next ones."""
    settings: dict[str, object] = {}
    for one in reversed(fitting):
        settings |= one.model_dump(exclude_none=True, exclude={"labels"})
    labels = [label for one in reversed(fitting) for label in one.labels]
    return SheetLayout.model_validate(settings).model_copy(update={"labels": labels})


def _take_up(found: Read, sheet: Sheet, asked: SheetLayout, wanted: CbsLayout) -> None:
    """Read one sheet. Raises `MisfitError` when it is laid out otherwise."""
    words = vocabulary(wanted, asked)
    laid = layout(sheet, found.reader, asked.eenheid or "")
    found.misfits += laid.odd
    moment = asked.meetmoment or _moment(sheet, laid, found.misfits)
    filler = found.reader.filler

    def axis(name: str) -> Axis:
        otherwise = getattr(asked, f"onbekende_{name}") or ""
        head = getattr(asked, f"kop_{name}") or otherwise or implied(words, laid, name, filler)
        return Axis(name, words, filler, moment, head, otherwise)

    day = moment.isoformat() if moment else ""
    task = Task(sheet, laid, asked, found.reader, axis("rijen"), axis("kolommen"), day)
    known = meanings(task)
    found.tasks[sheet.name], found.known[sheet.name] = task, known
    found.misfits += known.odd
    if asked.gaat_over is None:
        found.misfits += _about_some(sheet, laid, known, words)
    for one in rows(task, known):
        (found.misfits if isinstance(one, Misfit) else found.rows).append(one)  # type: ignore[arg-type]


def _about_some(sheet: Sheet, laid: Layout, known: Meanings, words: Vocabulary) -> Iterator[Misfit]:
    """Yield a misfit for a title that names a category which the sheet does not divide by: its figures may be about
    that group alone.
    """
    targets = (*known.lines.values(), *known.columns.values())
    divided = {one.kenmerk or "" for one in targets} | {NATIONALITY for one in targets if one.nationaliteit}
    group = group_in(words, (sheet.name, laid.title, *laid.above), divided)
    if group:
        what = (
            "de titel noemt een groep; gaan de cijfers alleen over die groep, zet dit blad dan bij overslaan, en gaan "
            "ze over iedereen, zet dan bij het blad gaat_over: iedereen"
        )
        yield Misfit(sheet.name, 1, 1, what, group, Ask("blad", "gaat_over: iedereen"))


def _moment(sheet: Sheet, found: Layout, misfits: list[Misfit]) -> date | None:
    """Return the one day that the title names; a title with no day, or several, is a misfit."""
    known = {day for text in (found.title, *found.above) for day in days_in(text)}
    if len(known) == 1:
        return known.pop()
    what = "de titel noemt niet één dag waarover de cijfers gaan; zet in cbs.yaml bij dit blad meetmoment"
    misfits.append(Misfit(sheet.name, 1, 1, what, ask=Ask("blad", "meetmoment: 2019-01-01")))
    return None


def _once(found: Iterable[CbsRow]) -> tuple[list[CbsRow], list[Misfit]]:
    """Return every figure once. The same figure on two sheets is one; two figures for one thing are a misfit.

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
    return Misfit(row.blad, *place(row.cel.encode()), what)


def _whole_percentages(found: Iterable[CbsRow]) -> Iterator[Misfit]:
    """Yield a misfit where the whole of percentages, as CBS gives it, is not 100."""
    for row in found:
        whole = row.nationaliteit == TOTAL if row.noemer == OF_CATEGORY else row.kenmerk == TOTAL
        if row.eenheid == PERCENT and whole and row.aantal is not None and row.aantal != Decimal(100):
            yield _at(row, "dit percentage hoort honderd te zijn; kijk of procenten_van in cbs.yaml klopt")


def _source(found: Read, wanted: CbsLayout, editions: Sequence[SignEdition]) -> CbsSource:
    laid = {name: task.found for name, task in found.tasks.items()}
    edition = next(one for one in editions if one.geldig_vanaf == found.reader.signs.edition)
    return CbsSource(
        file=found.path.name,
        sha256=sha256_of(found.path),
        reconstruction=any(
            key(word) in key(title)
            for word in wanted.reconstructie
            for one in laid.values()
            for title in (one.title, *one.above)
        ),
        titles={name: one.title for name, one in laid.items()},
        notes={name: one.notes for name, one in laid.items() if one.notes},
        signs={one.teken: one.betekenis for one in edition.tekens},
    )


@dataclass(frozen=True)
class Inspection:
    """The report on a workbook, the text of a cbs.yaml that would help, and whether a run reads the workbook."""

    text: str
    proposal: str
    accepted: bool


def inspect_workbook(
    path: Path, wanted: CbsLayout, editions: Sequence[SignEdition], peildatum: date
) -> Inspection:
    """Look into a workbook as a run would read it. Raises `UserError` when it cannot be read."""
    found = examine(path, wanted, editions, peildatum)
    proposal = found.proposed
    return Inspection(
        "\n".join(_lines(found)),
        _HEAD.format(file=path.name) + proposal if proposal else "",
        not found.misfits,
    )


def _lines(found: Read) -> Iterator[str]:
    yield f"{found.path.name}: een werkboek van het CBS"
    if found.passed:
        yield f"Niet gelezen: {', '.join(found.passed)}."
    if found.quoted:
        for name, task in found.tasks.items():
            yield ""
            yield from _sheet(name, task, found.known[name])
        yield ""
        yield f"Tekens: die van de uitgave vanaf {dutch.day(found.reader.signs.edition)}."
    misfits = messages(found.misfits, found.quoted)
    if misfits:
        yield "Niet bekend, of anders dan verwacht:"
        yield from (f"- {line}" for line in misfits)
    else:
        yield f"Alles is bekend: {dutch.count(len(found.rows))} cijfers. wi2007 run leest dit werkboek."


def _sheet(name: str, task: Task, known: Meanings) -> Iterator[str]:
    yield f"Blad '{name}': {task.found.title}"
    yield f"  dag: {dutch.day(date.fromisoformat(task.moment)) if task.moment else 'niet bekend'}"
    units = dict.fromkeys(unit for line in task.found.lines for unit in line.units.values())
    yield f"  eenheden: {', '.join(units) or 'niet bekend'}"
    columns = ((path, known.columns.get(column)) for column, path in task.found.columns.items())
    yield from _axis("kolommen", columns)
    yield from _axis("rijen", ((line.path, known.lines.get(line.row)) for line in task.found.lines))


def _axis(name: str, paths: Iterator[tuple[tuple[Label, ...], Target | None]]) -> Iterator[str]:
    yield f"  {name}:"
    written = ((" › ".join(one.words for one in path) or "(geen label)", target) for path, target in paths)
    for words, target in dict.fromkeys(written):
        yield f"    {words}: {target or 'niet bekend'}"
