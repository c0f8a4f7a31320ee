"""The sheets of the workbook: cover, contents, explanation, and one for each numbered table of the content document.

A table's sheet has its title, population, units, header and rows, then footnotes, the signs that occur and its source;
rows that stand in groups get a column before them that names their group. The words are those of
`config/report/werkboek.yaml`. What does not belong here: figures of its own, file formats, files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from schemas.workbook import TableSheetText, WorkbookText
from wi2007.project import marked
from wi2007.publication import document as content
from wi2007.publication import structure
from wi2007.publication.document import Block, Document, Glossary, Items, Paragraph, Row, Section, Table
from wi2007.publication.workbook import listed, model
from wi2007.publication.workbook.listed import Listed
from wi2007.publication.workbook.model import (
    LABELS,
    NARROW,
    READING,
    Book,
    Cell,
    Look,
    Paper,
    Region,
    Sheet,
    clean,
)

Cells = tuple[Cell, ...]
Line = tuple[str, str, str]
"""Of the explanation: the part, what it is about (a sign, a term), and the text."""

COVER_WIDTHS = (18, 82)
EXPLANATION_WIDTHS = (26, 26, READING)


@dataclass(frozen=True)
class Place:
    """The name of a table's sheet, and the name that the table has in the file."""

    sheet: str
    mark: str


def file_name(document: Document, kind: str) -> str:
    """Return the name of the file for readers; `kind` is its ending."""
    return marked(f"wi2007_{document.peildatum}.{kind}", document.mark)


def book(document: Document, texts: WorkbookText, lists: Sequence[Listed] = ()) -> Book:
    """Return the workbook, with the `lists` behind the numbered tables.

    Raises `ValueError` when it could not be written whole.
    """
    tables = numbered_tables(document)
    fixed = (
        *(texts.bladen.voorblad, texts.bladen.inhoud, texts.bladen.toelichting),
        *(one.sheet for one in lists),
    )
    names = model.sheet_names([f"{texts.bladen.tabel} {table.number}" for table in tables], fixed)
    places = list(map(Place, names, model.marks([table.number for table in tables])))
    return _bound(
        document,
        texts,
        (
            cover(document, texts),
            contents(document, texts, list(zip(names, tables, strict=True)), lists),
            explanation(document, texts),
            *(table_sheet(document, *pair, texts) for pair in zip(tables, places, strict=True)),
            *(list_sheet(document, one, texts) for one in lists),
        ),
    )


def single(document: Document, table: Table, texts: WorkbookText) -> Book:
    """Return a workbook with the sheet of one numbered table alone. Raises `ValueError` as `book` does."""
    (name,) = model.sheet_names([f"{texts.bladen.tabel} {table.number}"])
    (mark,) = model.marks([table.number])
    sheet = table_sheet(document, table, Place(name, mark), texts, alone=True)
    return _bound(document, texts, (sheet,), f"{texts.bladen.tabel} {table.number}. {table.title}")


def _bound(document: Document, texts: WorkbookText, sheets: tuple[Sheet, ...], title: str = "") -> Book:
    made = Book(
        title=clean(title or document.title),
        subject=clean(document.subtitle),
        description=clean(" ".join(filter(None, (document.notice, document.description)))),
        publisher=clean(document.publisher),
        keywords=tuple(clean(word) for word in document.keywords),
        language=texts.taal,
        day=document.imprint.day,
        paper=Paper(
            clean(structure.short_notice(document) if document.notice else document.title),
            clean(texts.tabelblad.pagina),
            clean(texts.tabelblad.van),
        ),
        sheets=sheets,
    )
    model.check(made)
    return made


def opening(document: Document, title: str) -> list[Cells]:
    """Return the first rows of every sheet: the notice if there is one, then the title."""
    notice = [(Cell(clean(document.notice), "notice"),)] if document.notice else []
    return [*notice, (Cell(clean(title), "title"),)]


def cover(document: Document, texts: WorkbookText) -> Sheet:
    """Return the cover: title, what it is about, the lines of the report's first page, licence and citation."""
    words = texts.voorblad
    granted = document.imprint.licence
    known = (
        (words.melding, document.notice),
        (words.omschrijving, document.description),
        *((fact.label, "".join(span.text for span in fact.value)) for fact in document.imprint.facts),
        (words.licentie, f"{granted.title} ({granted.href})" if granted else words.geen_licentie),
        (words.citeren, document.imprint.citation),
        (words.bladen, words.bladen_tekst),
    )
    rows = [
        *opening(document, document.title),
        (Cell(clean(document.subtitle), "subtitle"),),
        (),
        *((Cell(clean(label), "total"), model.said(text, "text")) for label, text in known if text),
    ]
    return Sheet(texts.bladen.voorblad, tuple(rows), COVER_WIDTHS)


def contents(
    document: Document,
    texts: WorkbookText,
    named: Sequence[tuple[str, Table]],
    lists: Sequence[Listed] = (),
) -> Sheet:
    """Return the list of sheets after this one, with links; `named` gives tables with the names of their sheets."""
    words = texts.inhoud
    heads = (words.blad, words.rapport, words.onderwerp, words.populatie, words.bestand)
    first = (texts.bladen.toelichting, words.geen, words.toelichting, words.geen, words.geen)
    entries = [
        (
            name,
            f"{texts.bladen.tabel} {table.shown}" if table.shown else words.geen,
            table.title,
            table.population or words.geen,
            table.download or words.geen,
        )
        for name, table in named
    ]
    entries += [(one.sheet, words.geen, one.dataset.title, words.geen, one.file) for one in lists]
    lines = [
        (Cell(name, "link", sheet=name), *(Cell(clean(text), "text") for text in rest))
        for name, *rest in (first, *entries)
    ]
    widths = model.fitting([_headed(heads), *lines], NARROW, LABELS)
    return _list(document, (texts.bladen.inhoud, "inhoud", words.titel), heads, lines, widths)


def explanation(document: Document, texts: WorkbookText) -> Sheet:
    """Return the sheet with everything a reader needs to know of the tables: one list, to be read as data."""
    words = texts.toelichting
    heads = (words.onderdeel, words.onderwerp, words.tekst)
    lines = []
    for line in explained(document, texts):
        part, about, text = map(clean, line)
        lines.append((Cell(part, "text"), Cell(about or part, "text"), Cell(text, "text")))
    named = (texts.bladen.toelichting, "toelichting", words.titel)
    return _list(document, named, heads, lines, EXPLANATION_WIDTHS)


def _headed(heads: Sequence[str]) -> Cells:
    return tuple(Cell(clean(head), "head") for head in heads)


def _list(
    document: Document,
    named: tuple[str, str, str],
    heads: Sequence[str],
    lines: Sequence[Cells],
    widths: tuple[int, ...],
) -> Sheet:
    """A sheet that is one list; `named` gives the names of the sheet and of the list, and the title."""
    name, mark, title = named
    rows = [*opening(document, title), (), _headed(heads), *lines]
    header = len(rows) - len(lines) - 1
    region = Region(mark, clean(title), header, header, len(rows) - 1)
    return Sheet(name, tuple(rows), widths, region, landscape=True)


def explained(document: Document, texts: WorkbookText) -> Iterator[Line]:
    """Yield signs first, then how counts are protected, the footnotes whole, the method, and the glossary."""
    words = texts.toelichting
    for sign in document.legend:
        yield words.tekens, sign.sign, sign.meaning
    for sentence in document.protection:
        yield words.bescherming, words.bescherming_onderwerp, sentence
    for table in numbered_tables(document):
        for note in table.footnotes:
            yield words.voetnoten, f"{texts.bladen.tabel} {table.number}", note
    for section in chapters(document, texts.methode):
        for text in (text for block in section.blocks for text in _texts(block)):
            about, rest = lead(text)
            yield section.title, about, running(rest)
    for block in _blocks(document):
        for term in block.terms if isinstance(block, Glossary) else ():
            yield words.begrippen, term.term, running(term.definition)


def _texts(block: Block) -> tuple[content.Text, ...]:
    if isinstance(block, Paragraph):
        return (block.text,)
    return block.items if isinstance(block, Items) else ()


def table_sheet(
    report: Document, table: Table, place: Place, texts: WorkbookText, *, alone: bool = False
) -> Sheet:
    """Return the sheet of a table; one that is `alone` in a workbook has no link to others."""
    words = texts.tabelblad
    title = f"{texts.bladen.tabel} {table.number}. {table.title}"
    rows: list[Cells] = opening(report, title)
    if table.population:
        rows.append((_said(words.populatie, table.population),))
    if not alone:
        rows.append((Cell(clean(words.naar_inhoud), "link", sheet=texts.bladen.inhoud),))
    rows.append(())
    first = len(rows)
    grouped = any(row.role == "group" for row in table.rows)
    labels = (words.kenmerk, words.categorie) if grouped else (clean(table.header) or words.categorie,)
    rows += _heads(table, labels, words)
    header = len(rows) - 1
    rows += _rows(table, grouped)
    last = len(rows) - 1
    widths = model.under(title, model.fitting(rows[first:], NARROW, LABELS), len(labels))
    rows += _closing(report, table, words.bron, widths)
    region = Region(place.mark, clean(title), first, header, last, len(labels), table.sortable)
    return Sheet(place.sheet, tuple(rows), widths, region, model.is_wide(widths))


def list_sheet(report: Document, one: Listed, texts: WorkbookText) -> Sheet:
    """Return the sheet of a published table without a number; below it what each column means."""
    link = (Cell(clean(texts.tabelblad.naar_inhoud), "link", sheet=texts.bladen.inhoud),)
    rows, region = listed.rows(one, [*opening(report, one.dataset.title), link, ()])
    widths = listed.widths(rows[region.first :])
    below = [(model.note(f"{name}: {meaning}", widths),) for name, meaning in listed.explained(one)]
    return Sheet(one.sheet, (*rows, (), *below), widths, region, model.is_wide(widths))


def _said(label: str, text: str) -> Cell:
    return Cell(clean(f"{label}: {text}"))


def units(table: Table, words: TableSheetText) -> list[str]:
    """Return the unit of each column: its own, or its label below a common header where that is one.

    Of other columns whole numbers are counts.
    """
    rows = [row.cells for row in table.rows if row.role != "group"]
    return [
        column.unit
        or (column.label.lower() if column.group and column.label.lower() in words.eenheden else "")
        or (words.aantal if column.numeric and _all_whole(cells[place] for cells in rows) else "")
        for place, column in enumerate(table.columns)
    ]


def _all_whole(cells: Iterable[content.Cell]) -> bool:
    found = [cell for shown in cells if (cell := model.figure(shown)).number is not None]
    return bool(found) and all(
        isinstance(cell.number, int) and not cell.decimals and not cell.suffix for cell in found
    )


def _heads(table: Table, labels: tuple[str, ...], words: TableSheetText) -> Iterator[Cells]:
    """The row of groups of columns and that of units, where there are any, and the header."""
    if any(column.group for column in table.columns):
        yield (*(Cell("", "group") for _ in labels), *_groups(table))
    found = units(table, words)
    if any(found):
        beside = [Cell(clean(words.eenheid), "unit"), *(Cell("", "unit") for _ in labels[1:])]
        yield (*beside, *(Cell(clean(unit), "unit") for unit in found))
    names = model.column_names(table.columns, [clean(label) for label in labels])
    looks: list[Look] = ["over" if column.numeric else "head" for column in table.columns]
    yield (*_headed(labels), *map(Cell, names, looks))


def _groups(table: Table) -> Iterator[Cell]:
    """The label of each group in the first of its columns."""
    for group in structure.column_groups(table):
        yield Cell(clean(group.label), "group")
        yield from (Cell("", "group") for _ in group.columns[1:])


def _rows(table: Table, grouped: bool) -> Iterator[Cells]:
    for group in structure.row_groups(table):
        for row in group.rows:
            before = (group.label or row.label,) if grouped else ()
            yield _row(row, before, [column.numeric for column in table.columns])


def _row(row: Row, before: tuple[str, ...], numeric: Sequence[bool]) -> Cells:
    """Labels, then figures at the right of their column and words at the left of theirs."""
    words: Look = "total" if row.role == "total" else "label"
    figures: Look = "sum" if row.role == "total" else "figure"
    labels = [model.said(text, words) for text in (*before, row.label)]
    pairs = zip(row.cells, numeric, strict=True)
    return (*labels, *(model.figure(cell, figures if is_figure else words) for cell, is_figure in pairs))


def _closing(report: Document, table: Table, source: str, widths: Sequence[int]) -> list[Cells]:
    """What stands below, each note whole in one cell that is as wide as the table."""
    shown = {cell.text for row in table.rows for cell in row.cells}
    signs = (sign for sign in report.legend if sign.sign in shown)
    below = [
        *(model.note(note, widths) for note in table.footnotes),
        *(model.note(f"{sign.sign}: {sign.meaning}", widths) for sign in signs),
        *([model.note(f"{source}: {table.source}", widths)] if table.source else []),
    ]
    return [(), *((cell,) for cell in below)] if below else []


def numbered_tables(document: Document) -> list[Table]:
    """Return the tables that have a number, in reading order, each once."""
    found = {block.id: block for block in _blocks(document) if isinstance(block, Table) and block.number}
    return list(found.values())


def chapters(document: Document, beginnings: Sequence[str]) -> Iterator[Section]:
    """Yield the sections whose id begins with one of these words, with all that is in them, each once."""
    yield from _within((*document.sections, *document.appendix), tuple(beginnings))


def _within(found: Sequence[Section], beginnings: tuple[str, ...]) -> Iterator[Section]:
    for section in found:
        if section.id.startswith(beginnings):
            yield from _all([section])
        else:
            yield from _within(section.sections, beginnings)


def _all(found: Sequence[Section]) -> Iterator[Section]:
    """Sections with those in them, parents first, in reading order."""
    for section in found:
        yield section
        yield from _all(section.sections)


def _blocks(document: Document) -> Iterator[Block]:
    for section in _all((*document.sections, *document.appendix)):
        yield from section.blocks


def lead(text: content.Text) -> tuple[str, content.Text]:
    """Return the strong words that a text begins with, without the point, and the rest; no words where it does not."""
    if len(text) > 1 and text[0].strong:
        return text[0].text.strip().rstrip("."), text[1:]
    return "", text


def running(text: content.Text) -> str:
    """Return a text without marks: a footnote and an address between brackets, behind what they belong to."""
    parts: list[str] = []
    for span in text:
        parts.append(span.text)
        if span.note:
            parts.append(f" ({span.note})")
        if span.href and not span.href.startswith("#") and span.href != span.text:
            parts.append(f" ({span.href})")
    return "".join(parts)
