"""The HTML report: one file, valid links, downloads byte for byte, awkward texts as they are."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from rendering_real import Parts, real_parts, sample_parts
from rendering_sample import AWKWARD, LOGO, gender_table, grouped_table, paragraph
from rendering_text import html_elements, html_text, squeezed

from wi2007.project import marked
from wi2007.publication import html, structure, volumes
from wi2007.publication.document import (
    Cell,
    Chart,
    Chooser,
    Document,
    Imprint,
    KeyFigures,
    Paragraph,
    Section,
    Span,
    Table,
)
from wi2007.publication.html import beside, comment, css_string, download
from wi2007.publication.html.svg import inline
from wi2007.publication.workbook.sheets import file_name
from wi2007.steps.workbooks import PACKAGE

Elements = list[tuple[str, dict[str, str | None]]]


FETCHING = ("src", "xlink:href", "srcset", "poster", "action", "data")


@pytest.fixture(scope="module")
def elements(page: str) -> Elements:
    return html_elements(page)


def drawn(document: Document) -> str:
    parts = sample_parts()
    return html.render(document, parts.charts, parts.downloads)


def test_the_first_line_is_the_notice(parts: Parts, page: str) -> None:
    first, second = page.splitlines()[:2]
    assert first == f"<!-- {parts.document.notice} -->"
    assert second == "<!doctype html>"


def test_the_notice_is_in_the_title_and_comes_before_the_heading(parts: Parts, page: str) -> None:
    notice = structure.short_notice(parts.document)
    assert notice
    title = page[page.index("<title>") : page.index("</title>")]
    assert notice in title
    assert page.index(notice, page.index("<body>")) < page.index("<h1>")


def test_without_a_notice_there_is_none() -> None:
    page = drawn(replace(sample_parts().document, notice=""))
    assert page.startswith("<!doctype html>\n")
    assert "<!--" not in page.partition("<body>")[0]
    assert page.count('class="notice"') == 1  # the paragraph of the document itself


def test_the_page_asks_nothing_of_anyone(page: str, elements: Elements) -> None:
    for tag, attributes in elements:
        assert tag not in {"iframe", "object", "embed", "base"}
        fetched = {name: attributes[name] for name in FETCHING if name in attributes}
        if tag == "img":
            assert str(fetched.pop("src")).startswith("data:image/svg+xml;base64,")
        assert not fetched, tag
        if tag == "link":  # says where something is and fetches nothing
            assert attributes["rel"] in {"license", "canonical"}
        elif tag != "a":
            assert (attributes.get("href") or "#").startswith("#"), (tag, attributes)
    style = page[page.index("<style>") : page.index("</style>")]
    assert all(target.startswith('"data:') for target in re.findall(r"url\(([^)]*)\)", style))
    assert "@import" not in style
    assert "default-src 'none'" in page


def test_the_head_says_what_is_known_of_the_publication() -> None:
    page = drawn(sample_parts().document)
    head = page.partition("</head>")[0]
    assert '<meta name="dcterms.issued" content="2022-10-01">' in head
    assert '<meta name="dcterms.modified" content="2022-11-04">' in head
    assert '<link rel="license" href="https://example.org/licentie">' in head
    assert '<link rel="canonical" href="https://example.org/rapport">' in head
    assert ":root { --accent: #7a0f3c; --mark: #b5500b; }" in head
    bare = drawn(replace(sample_parts().document, imprint=Imprint())).partition("</head>")[0]
    assert "dcterms" not in bare
    assert "<link" not in bare


def test_the_logo_is_a_picture_with_a_name_that_can_run_nothing() -> None:
    (logo,) = [found for tag, found in html_elements(drawn(sample_parts().document)) if tag == "img"]
    assert logo["alt"] == "Voorbeelduitgever"
    assert base64.b64decode(str(logo["src"]).partition(",")[2]).decode() == LOGO
    assert "<img" not in drawn(replace(sample_parts().document, imprint=Imprint()))


def test_ids_are_unique_and_links_arrive(elements: Elements) -> None:
    counts = Counter(attributes["id"] for _, attributes in elements if "id" in attributes)
    assert [name for name, count in counts.items() if count > 1] == []
    for _, attributes in elements:
        for name in ("aria-labelledby", "aria-describedby"):
            assert set((attributes.get(name) or "").split()) <= counts.keys()
        target = attributes.get("href") or ""
        if target.startswith("#"):
            assert target[1:] in counts, target


def test_references_within_charts_arrive(page: str, elements: Elements) -> None:
    ids = {attributes["id"] for _, attributes in elements if "id" in attributes}
    wanted = set(re.findall(r"url\(#([^)]+)\)", page))
    assert wanted and wanted <= ids


def test_headings_skip_no_level(elements: Elements) -> None:
    levels = [int(tag[1]) for tag, _ in elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_charts_are_pictures_with_a_text(parts: Parts, elements: Elements) -> None:
    labels = [attributes["aria-label"] for tag, attributes in elements if tag == "svg"]
    figures = [b for b in structure.blocks(parts.document) if isinstance(b, KeyFigures)]
    lines = [one.line.alt for block in figures for one in block.figures if one.line]
    assert labels == lines + [chart.alt for chart in structure.charts(parts.document) for _ in range(2)]
    assert all(attributes.get("role") == "img" for tag, attributes in elements if tag == "svg")


def test_published_tables_are_inside_byte_for_byte(parts: Parts, elements: Elements) -> None:
    files = {
        attributes["download"]: base64.b64decode((attributes["href"] or "").partition("base64,")[2])
        for tag, attributes in elements
        if tag == "a" and "download" in attributes
    }
    names = set(structure.inner_files(parts.document))
    assert names
    assert {name: files[name] for name in names} == {name: parts.downloads[name] for name in names}
    links = sum(1 for tag, attributes in elements if tag == "a" and "download" in attributes)
    assert links == len(list(structure.tables(volumes.on_screen(parts.document))))


def test_the_file_of_a_long_table_lies_beside_the_report(parts: Parts, elements: Elements) -> None:
    long = {table.download for table in structure.tables(parts.document) if structure.is_long(table)} - {""}
    assert long
    assert long == set(structure.download_files(parts.document)) - set(structure.inner_files(parts.document))
    places = {a["download"]: a["href"] for tag, a in elements if tag == "a" and "download" in a}
    assert {places[name] for name in long} == {f"tabellen/{name}" for name in long}


def test_what_can_be_chosen_is_in_the_page_as_it_is(parts: Parts, page: str) -> None:
    (chooser,) = structure.choosers(parts.document)
    content = page.partition('<script type="application/json">')[2].partition("</script>")[0]
    assert not set("<>&\u2028") & set(content)
    data = json.loads(content)
    assert data["choices"] == [
        [
            choice.key,
            choice.label,
            [cell.text for row in choice.cells for cell in row],
            [[other.name, other.code, other.told] for other in choice.others],
        ]
        for choice in chooser.choices
    ]
    for table, shown in zip(chooser.tables, data["tables"], strict=True):
        assert (shown["title"], shown["population"]) == (table.title, table.population)
        assert shown["notes"] == list(table.footnotes)
        assert [(label, texts) for label, _, texts in shown["rows"]] == [
            (row.label, [cell.text for cell in row.cells]) for row in table.rows
        ]
    named = {table.id: structure.lead(table) + table.title for table in structure.tables(parts.document)}
    assert data["full"] == [[name, named[name]] for name in chooser.full]
    assert f'<p class="fallback">{chooser.fallback}</p>' in page
    assert f'<p class="on-paper">{chooser.empty}</p>' in page or "<" in chooser.empty


def test_the_choice_stands_right_behind_the_summary(parts: Parts) -> None:
    first, second, *_ = volumes.on_screen(parts.document).sections
    assert first.id == parts.document.sections[0].id
    assert any(isinstance(block, Chooser) for block in second.blocks)
    on_screen = volumes.on_screen(parts.document)
    shown = structure.anchors(on_screen)
    assert len(shown) == len(set(shown))
    assert volumes.on_screen(on_screen) == on_screen


def test_every_heading_table_and_figure_has_a_link_to_itself(parts: Parts, elements: Elements) -> None:
    links = {str(a["href"]) for tag, a in elements if tag == "a" and a.get("class") == "anchor"}
    document = volumes.on_screen(parts.document)
    blocks = (b.id for b in structure.blocks(document) if isinstance(b, Chart | Table))
    wanted = {section.id for section in structure.sections(document)} | set(blocks)
    assert {f"#{name}" for name in wanted} <= links
    ids = {str(a["id"]) for _, a in elements if "id" in a}
    assert {link[1:] for link in links} <= ids


def test_the_files_beside_the_page_are_those_of_the_report(parts: Parts, elements: Elements) -> None:
    addresses = {str(a.get("href")) for tag, a in elements if tag == "a"}
    for exact, draft in ((False, False), (True, False), (False, True)):
        document = replace(parts.document, exact=exact, draft=draft)
        books = [f"tabellen/{file_name(document, kind)}" for kind in ("xlsx", "ods")]
        wanted = [
            *(marked(f"{volume}.pdf", document.mark) for volume in volumes.present(document)),
            *books,
            f"tabellen/{marked(PACKAGE, document.mark)}",
        ]
        assert [one.address for one in beside.files(document)] == wanted
        assert set(wanted) <= addresses or document.mark != parts.document.mark


def test_every_numbered_table_has_its_own_workbook_beside_the_page(parts: Parts, elements: Elements) -> None:
    shown = [table for table in structure.tables(volumes.on_screen(parts.document)) if table.number]
    addresses = {str(a.get("href")) for tag, a in elements if tag == "a"}
    assert shown
    assert {f"tabellen/{structure.workbook_name(table, parts.document.mark)}" for table in shown} <= addresses


def test_the_page_says_how_to_cite_it(parts: Parts, page: str) -> None:
    citation = parts.document.imprint.citation
    assert ("<cite>" in page) == bool(citation)
    assert squeezed(citation) in squeezed(html_text(page))


def test_what_is_folded_is_text_until_it_is_opened(parts: Parts, page: str) -> None:
    """A browser with scripts reads what is in `noscript` as one text; one without reads the table."""
    at_load = re.sub(r"<noscript>.*?</noscript>", "", page, flags=re.DOTALL)
    assert at_load.count("<") / 2 < 8000
    long = [table for table in structure.tables(parts.document) if structure.is_long(table)]
    for table in long:
        assert f'id="{table.id}-titel"' in page
        assert f'id="{table.id}-titel"' not in at_load


def test_a_link_to_another_file_is_plain_text_there() -> None:
    document = sample_parts().document
    link = Section("erbij", "", "Erbij", (paragraph(Span("naar alles", href="#tabel-b-1")),))
    linked = replace(document, sections=(*document.sections, link))
    assert 'href="#tabel-b-1"' in drawn(linked)
    (plain,) = [one for one in structure.spans(volumes.on_paper(linked)) if one.text == "naar alles"]
    assert plain.href is None


def test_a_page_of_full_tables_stays_small() -> None:
    parts = real_parts()
    page = html.render(parts.document, parts.charts, parts.downloads)
    short = volumes.on_screen(replace(parts.document, appendix=()))
    without = html.render(short, parts.charts, parts.downloads)
    rows = sum(len(table.rows) for table in structure.tables(parts.document) if structure.is_long(table))
    choices = sum(len(chooser.choices) for chooser in structure.choosers(parts.document))
    assert rows > 1000
    assert len(page) - len(without) < 160 * rows + 300 * choices


@pytest.mark.parametrize(
    ("text", "value", "says"),
    [
        ("1.234", 1234.0, True),
        ("0", 0.0, True),
        ("236.997", 236997.0, True),
        ("13", 12.6, False),
        ("12,5", 12.5, False),
        (".", None, False),
        ("100", 100.0, True),
    ],
)
def test_a_cell_carries_a_value_only_where_it_does_not_show_it(
    text: str, value: float | None, says: bool
) -> None:
    assert html.says_its_value(Cell(text, value)) is says


def test_a_missing_published_table_is_an_error() -> None:
    parts = sample_parts()
    with pytest.raises(KeyError):
        html.render(parts.document, parts.charts, {})


def test_cells_without_a_published_table_become_a_file_of_values() -> None:
    read = list(csv.reader(io.StringIO(download.cells(gender_table()))))
    assert read[0][:3] == ["Land van herkomst", "Totaal, Aantal", "Totaal, Procent"]
    assert read[1][:5] == ["Totaal", "7919", "100", "4221", "53.3"]
    assert read[-1][4] == "-"
    assert [row[0] for row in read[7:10]] == [AWKWARD[0], AWKWARD[1], AWKWARD[2]]
    assert {len(row) for row in read} == {7}
    assert {len(row) for row in csv.reader(io.StringIO(download.cells(grouped_table())))} == {4}


def test_awkward_texts_are_shown_as_they_are() -> None:
    page = drawn(sample_parts().document)
    text = html_text(page)
    assert [awkward for awkward in AWKWARD if awkward not in text] == []
    assert page.count("<script>") == page.count('<script type="application/json">') == 1
    assert page.count("</script>") == 2


def test_footnotes_are_linked_both_ways() -> None:
    page = drawn(sample_parts().document)
    elements = html_elements(page)
    marks = [a["href"] for _, a in elements if a.get("role") == "doc-noteref"]
    backs = [a["href"] for _, a in elements if a.get("role") == "doc-backlink"]
    ids = {a["id"] for _, a in elements if "id" in a}
    assert len(marks) == len(backs) == 3
    assert {mark[1:] for mark in marks if mark} <= ids
    assert {back[1:] for back in backs if back} <= ids
    assert html_text(page).index("Noot in een lijst.") > html_text(page).index("Noten")


def test_terms_and_links() -> None:
    page = drawn(sample_parts().document)
    assert '<a class="term" href="#r-begrip-peildatum">peildatum</a>' in page
    assert '<a href="https://www.example.org/a?b=1&amp;c=2">de website</a>' in page
    assert '<a href="#tabel-2-1">tabel 2.1</a>' in page


def test_a_table_names_its_headers() -> None:
    page = drawn(sample_parts().document)
    table = page[page.index('id="tabel-2-1"') : page.index('id="grafiek-1"')]
    assert table.count('scope="colgroup"') == 3
    assert table.count('scope="row"') == len(gender_table().rows)
    grouped = page[page.index('id="tabel-2-2"') : page.index('id="grafiek-2"')]
    assert grouped.count('scope="rowgroup"') == 2
    assert grouped.count("<tbody>") == 3
    assert 'data-value="53.3"' in table


def test_the_same_document_gives_the_same_page(parts: Parts, page: str) -> None:
    assert html.render(parts.document, parts.charts, parts.downloads) == page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda: paragraph(Span("x", term="er-is-geen")), "no glossary entry er-is-geen"),
        (lambda: paragraph(Span("x", href="#nergens")), "no target for link #nergens"),
        (gender_table, "double id tabel-2-1"),
        (lambda: replace(grouped_table(), id="nieuw", columns=()), "row without exactly 0 cells"),
    ],
)
def test_a_document_that_cannot_be_laid_out_is_refused(change: object, message: str) -> None:
    document = sample_parts().document
    added = Section("erbij", "", "Erbij", (change(),))  # type: ignore[operator]
    with pytest.raises(ValueError, match=message):
        drawn(replace(document, sections=(*document.sections, added)))


def test_an_id_of_the_document_may_be_any_word() -> None:
    document = sample_parts().document
    sections = tuple(Section(name, "", name) for name in ("inhoud", "noten", "melding"))
    ids = Counter(
        a["id"]
        for _, a in html_elements(drawn(replace(document, sections=(*document.sections, *sections))))
        if "id" in a
    )
    assert max(ids.values()) == 1


def test_an_empty_report_is_a_page() -> None:
    sections = (Section("leeg", "", "Leeg", (Paragraph(()),)),)
    page = drawn(replace(sample_parts().document, sections=sections, appendix=()))
    assert "<h2>Leeg<a " in page


@pytest.mark.parametrize("text", ["a --> b", "a ---- b", "<!-- <script>", "--", "a>b"])
def test_a_comment_stays_one(text: str) -> None:
    made = comment(text)
    assert "--" not in made
    assert "<" not in made
    assert ">" not in made


@pytest.mark.parametrize("text", ['" } body {', "</style>", "\\", "a\nb", "Côte d'Ivoire"])
def test_a_css_string_stays_one(text: str) -> None:
    made = str(css_string(text))
    assert not set('"\n<>') & set(made[1:-1])
    back = re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), made[1:-1])
    assert back == text


def test_a_chart_loses_its_prologue_and_own_name() -> None:
    svg = (
        '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">\n<!-- Created -->\n'
        '<svg xmlns="http://www.w3.org/2000/svg" width="10pt" height="5pt" role="img" '
        'aria-labelledby="t d" viewBox="0 0 10 5">'
        '<title id="t">Titel</title><desc id="d">Uitleg</desc><metadata><x/></metadata>'
        '<path d="M 0 0" width="3"/></svg>\n'
    )
    made = inline(svg, 'a "b" <c>')
    assert made == (
        '<svg role="img" aria-label="a &quot;b&quot; &lt;c&gt;" focusable="false" viewBox="0 0 10 5">'
        '<path d="M 0 0" width="3"/></svg>'
    )


@pytest.mark.parametrize("text", ["", "<html></html>", '<svg width="3"></svg>'])
def test_what_is_no_chart_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="viewBox"):
        inline(text, "x")
