"""HTML and PDF show what the document holds, all of it, and no number that it does not hold."""

from __future__ import annotations

from dataclasses import replace

from rendering_real import Parts
from rendering_text import html_text, numbers, pdf_pages, squeezed

from wi2007.publication import structure
from wi2007.publication.document import Document
from wi2007.publication.pdf.glyphs import printable


def own_numbers(document: Document) -> set[str]:
    """The numbers of the document and of its headings, tables and terms."""
    texts = list(structure.visible_texts(document))
    texts += [section.number for section in structure.sections(document)]
    texts += [f"Tabel {table.number}." for table in structure.tables(document)]
    texts += [
        document.source,
        document.publisher,
        *(" ".join(s.text for s in t) for t in structure.running_texts(document)),
    ]
    return numbers("\n".join(map(printable, texts))) | numbers("\n".join(texts))


def test_the_page_shows_every_text(parts: Parts, page: str) -> None:
    shown = squeezed(html_text(page))
    missing = [text for text in structure.visible_texts(parts.document) if squeezed(text) not in shown]
    assert not missing


def test_the_paper_shows_every_text(parts: Parts, paper: bytes) -> None:
    shown = squeezed("\n".join(pdf_pages(paper)))
    texts = [printable(text) for text in structure.visible_texts(structure.on_paper(parts.document))]
    missing = [text for text in texts if squeezed(text) not in shown]
    # A text that runs on over a page has that page's foot and head in its midst: then all its words must be there.
    assert not [text for text in missing if any(squeezed(word) not in shown for word in text.split())]
    assert len(missing) <= len(pdf_pages(paper))


def test_the_page_shows_no_other_number(parts: Parts, page: str) -> None:
    notes = {str(place + 1) for place, _ in enumerate(s for s in structure.spans(parts.document) if s.note)}
    files = numbers("\n".join(structure.download_files(parts.document)))
    assert numbers(html_text(page)) <= own_numbers(parts.document) | notes | files


def test_the_paper_shows_no_other_number(parts: Parts, paper: bytes) -> None:
    pages, document = pdf_pages(paper), structure.on_paper(parts.document)
    own = own_numbers(document) | {str(place + 1) for place in range(len(pages) + 10)}
    odd = numbers("\n".join(pages)) - own
    # A long code is broken over lines, a footnote's number can touch the word before it.
    glued = squeezed("".join(structure.visible_texts(document)))
    assert not {number for number in odd if number not in glued}


def test_the_order_of_reading_is_the_documents(parts: Parts, page: str, paper: bytes) -> None:
    printed = structure.on_paper(parts.document)
    screen = replace(parts.document, sections=structure.on_screen(parts.document), appendix=())
    for document, text in (
        (screen, html_text(page[page.index("<main") :])),
        (printed, "\n".join(pdf_pages(paper)[1:])),
    ):
        shown, place = squeezed(text), 0
        for title in (squeezed(printable(section.title)) for section in structure.sections(document)):
            place = shown.index(title, place)


def test_a_number_of_the_table_stands_in_its_row(parts: Parts, paper: bytes) -> None:
    """Cells follow their label: the row of the table as one run of text in both layouts."""
    shown = squeezed("\n".join(pdf_pages(paper)))
    for table in structure.tables(structure.on_paper(parts.document)):
        for row in table.rows:
            if row.cells and all(column.numeric for column in table.columns) and len(row.label) < 30:
                run = squeezed(printable(row.label) + "".join(cell.text for cell in row.cells))
                assert run in shown, (table.id, row.label)


def test_the_page_has_the_appendix_and_the_paper_leaves_it_out(parts: Parts, page: str, paper: bytes) -> None:
    shown, printed = squeezed(html_text(page)), squeezed("\n".join(pdf_pages(paper)))
    full = [table for table in structure.tables(parts.document) if table.number.startswith("B.")]
    assert full
    for table in full:
        assert squeezed(table.title) in shown
        assert squeezed(f"{structure.lead(table)}{table.title}") not in printed
        for row in table.rows:
            assert squeezed(row.label + "".join(cell.text for cell in row.cells)) in shown
    for section in parts.document.appendix:
        assert squeezed(f"{section.number} {section.title}") not in printed
