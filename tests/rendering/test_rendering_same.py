"""HTML and PDF show what the document holds, all of it, and no number that it does not hold."""

from __future__ import annotations

from dataclasses import replace

from rendering_real import Parts
from rendering_text import html_text, numbers, pdf_pages, squeezed

from wi2007.publication import structure, volumes
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
    shown, document = squeezed(html_text(page)), volumes.on_screen(parts.document)
    missing = [text for text in structure.visible_texts(document) if squeezed(text) not in shown]
    assert not missing


def test_the_papers_show_every_text(parts: Parts, papers: dict[str, bytes]) -> None:
    pages = [page for paper in papers.values() for page in pdf_pages(paper)]
    shown = squeezed("\n".join(pages))
    documents = [volumes.on_paper(parts.document, volume) for volume in papers]
    texts = [printable(text) for document in documents for text in structure.visible_texts(document)]
    missing = [text for text in texts if squeezed(text) not in shown]
    # A text that runs on over a page has that page's foot and head in its midst: then all its words must be there,
    # the one that is broken over the pages in two parts.
    lacking = [word for text in missing for word in map(squeezed, text.split()) if word not in shown]
    assert not [
        word
        for word in lacking
        if not any(word[:at] in shown and word[at:] in shown for at in range(2, len(word) - 1))
    ]
    assert len(lacking) <= len(pages) >= len(missing)


def test_every_chapter_stands_in_one_paper(parts: Parts, papers: dict[str, bytes]) -> None:
    documents = [volumes.on_paper(parts.document, volume) for volume in papers]
    placed = [section.id for document in documents for section in document.sections]
    assert sorted(placed) == sorted(section.id for section in parts.document.sections)


def test_what_is_compared_exactly_stands_in_no_other_file(parts: Parts) -> None:
    for document in (volumes.on_screen(parts.document), volumes.on_paper(parts.document)):
        assert not [section for section in document.sections if section.volume == volumes.REPRODUCTION]


def test_the_page_shows_no_other_number(parts: Parts, page: str) -> None:
    notes = {str(place + 1) for place, _ in enumerate(s for s in structure.spans(parts.document) if s.note)}
    files = numbers("\n".join(structure.download_files(parts.document)))
    assert numbers(html_text(page)) <= own_numbers(parts.document) | notes | files


def test_the_papers_show_no_other_number(parts: Parts, papers: dict[str, bytes]) -> None:
    pages = [page for paper in papers.values() for page in pdf_pages(paper)]
    document = replace(parts.document, appendix=())
    own = own_numbers(document) | {str(place + 1) for place in range(len(pages) + 10)}
    odd = numbers("\n".join(pages)) - own
    # A long code is broken over lines, a footnote's number can touch the word before it.
    glued = squeezed("".join(structure.visible_texts(document)))
    assert not {number for number in odd if number not in glued}


def test_the_order_of_reading_is_the_documents(parts: Parts, page: str, papers: dict[str, bytes]) -> None:
    printed = [
        (volumes.on_paper(parts.document, volume), "\n".join(pdf_pages(paper)[1:]))
        for volume, paper in papers.items()
    ]
    on_screen = (volumes.on_screen(parts.document), html_text(page[page.index("<main") :]))
    for document, text in (on_screen, *printed):
        shown, place = squeezed(text), 0
        for title in (squeezed(printable(section.title)) for section in structure.sections(document)):
            place = shown.index(title, place)


def test_a_number_of_the_table_stands_in_its_row(parts: Parts, papers: dict[str, bytes]) -> None:
    """Cells follow their label: the row of the table as one run of text in both layouts."""
    shown = squeezed("\n".join(page for paper in papers.values() for page in pdf_pages(paper)))
    for table in structure.tables(replace(parts.document, appendix=())):
        for row in table.rows:
            if row.cells and all(column.numeric for column in table.columns) and len(row.label) < 30:
                run = squeezed(printable(row.label) + "".join(cell.text for cell in row.cells))
                assert run in shown, (table.id, row.label)


def test_the_page_has_the_appendix_and_no_paper_has_it(
    parts: Parts, page: str, papers: dict[str, bytes]
) -> None:
    shown = squeezed(html_text(page))
    printed = squeezed("\n".join(page for paper in papers.values() for page in pdf_pages(paper)))
    full = [table for table in structure.tables(parts.document) if table.number.startswith("B.")]
    assert full
    for table in full:
        assert squeezed(table.title) in shown
        assert squeezed(f"{structure.lead(table)}{table.title}") not in printed
        for row in table.rows:
            assert squeezed(row.label + "".join(cell.text for cell in row.cells)) in shown
    for section in parts.document.appendix:
        assert squeezed(f"{section.number} {section.title}") not in printed
