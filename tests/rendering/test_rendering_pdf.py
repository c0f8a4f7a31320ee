"""The PDF report: valid for archives and for screen readers, the same bytes each time, awkward texts as they are."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import outloud
import page as page_validation
import pikepdf
import pytest
from rendering_real import Parts, real_parts, sample_parts
from rendering_sample import (
    WITHOUT_GLYPH,
    gender_table,
    grouped_table,
    long_table,
    paragraph,
    sample_imprint,
    wide_table,
)
from rendering_text import pdf_pages, squeezed

from wi2007.project import ROOT
from wi2007.publication import pdf, structure, volumes
from wi2007.publication.document import Cell, Column, Document, Row, Section, Table, to_json
from wi2007.publication.pdf.glyphs import printable
from wi2007.publication.pdf.packing import pack
from wi2007.steps.case import Case
from wi2007.steps.edge import write_folder, write_text

PROFILES = (page_validation.ValidationProfile.PDF_UA_1, page_validation.ValidationProfile.PDF_A_3A)


def drawn(document: Document) -> bytes:
    parts = sample_parts()
    return pdf.render(document, parts.charts, parts.downloads)


def with_blocks(*blocks: Any) -> Document:
    return replace(sample_parts().document, sections=(Section("deel", "", "Deel", blocks),), appendix=())


def faults(paper: bytes, folder: Path) -> list[str]:
    """What the validators object to."""
    found = [
        f"{profile} {failure.rule_id} {failure.message}"
        for profile in PROFILES
        for failure in page_validation.validate_pdf_bytes(paper, profile=profile).failures
    ]
    path = folder / "rapport.pdf"
    path.write_bytes(paper)
    result = outloud.check(str(path))
    assert not result.error, result.error
    return found + [
        f"{one.rule} {one.message} {one.page}" for one in result.findings if one.severity == "error"
    ]


def elements(node: Any) -> Iterator[Any]:
    """Every structure element below one."""
    kids = node.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def attribute(cell: Any, key: str) -> Any:
    return next((part[key] for part in cell.A if key in part), None)


def test_the_papers_are_valid(papers: dict[str, bytes], tmp_path: Path) -> None:
    for paper in papers.values():
        assert faults(paper, tmp_path) == []


def test_no_reader_is_made_to_warn(papers: dict[str, bytes], tmp_path: Path) -> None:
    """Poppler takes what is said of suspect tags for a mistake, unless they are; where it is there, it is asked too."""
    for name, paper in papers.items():
        with pikepdf.open(io.BytesIO(paper)) as file:
            assert dict(file.Root.MarkInfo) == {"/Marked": True}
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(paper)
        for program in filter(shutil.which, ("pdfinfo", "pdffonts")):
            done = subprocess.run([program, path], capture_output=True, text=True, check=True)
            assert done.stderr == ""


def test_validators_see_a_fault(paper: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(paper)) as file:
        del file.Root["/MarkInfo"]
        broken = io.BytesIO()
        file.save(broken)
    assert faults(broken.getvalue(), tmp_path) != []


def test_the_same_document_gives_the_same_paper(parts: Parts, paper: bytes) -> None:
    assert pdf.render(parts.document, parts.charts, parts.downloads) == paper


def test_another_place_gives_the_same_paper(tmp_path: Path) -> None:
    parts = sample_parts()
    made = []
    for place, zone in (("een", "Pacific/Kiritimati"), ("twee", "America/Los_Angeles")):
        case = Case("2022-07-01", tmp_path / place)
        write_text(case.made("publicatie/inhoud.json"), to_json(parts.document))
        write_folder(case.made("publicatie/grafieken"), parts.charts)
        write_folder(case.made("rapport/downloads/tabellen"), parts.downloads)
        paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        environment = {**os.environ, **paths, "TZ": zone, "LC_ALL": "C", "PYTHONHASHSEED": str(len(place))}
        words = [sys.executable, "-m", "wi2007.steps", "pdf", case.peildatum]
        subprocess.run(words, check=True, env=environment, cwd=case.directory)
        made.append(case.made("rapport/pdf/rapport.pdf").read_bytes())
    assert made[0] == made[1] == drawn(parts.document)


def test_a_reader_knows_title_language_and_pages(parts: Parts, paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as file:
        assert str(file.Root.Lang).startswith("nl")
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert file.open_metadata()["dc:title"] == parts.document.title
        with file.open_outline() as outline:
            names = [item.title for item in outline.root]
    sections = volumes.on_paper(parts.document).sections
    chapters = [f"{section.number} {section.title}".strip() for section in sections]
    assert [name for name in names if name in {section.title for section in sections} | set(chapters)] != []
    assert len(names) >= len(chapters)


def days_in(paper: bytes) -> set[str]:
    """Every day that the PDF gives as its own, as digits: in its properties, its metadata and the files in it."""
    with pikepdf.open(io.BytesIO(paper)) as file:
        told = [str(value) for key, value in file.docinfo.items() if key.endswith("Date")]
        told += re.findall(r"<[\w:]+>(\d{4}-\d\d-\d\dT[^<]*)<", file.Root.Metadata.read_bytes().decode())
        for name in file.attachments:
            parameters = file.attachments[name].obj.EF.F.Params
            told += [str(value) for key, value in parameters.items() if key.endswith("Date")]
    return {"".join(re.findall(r"\d", one))[:8] for one in told}


def test_the_day_of_the_paper_is_that_of_the_publication_and_never_the_peildatum(tmp_path: Path) -> None:
    document = sample_parts().document
    assert days_in(drawn(document)) == {"20221104"}
    first = replace(document, imprint=replace(document.imprint, changed=""))
    assert days_in(drawn(first)) == {"20221001"}
    undated = drawn(replace(document, imprint=replace(document.imprint, changed="", published="")))
    assert days_in(undated) == set()
    assert faults(undated, tmp_path) == []


def test_a_filled_first_page_asks_for_no_page_more() -> None:
    document = real_parts().document
    plain = replace(document, imprint=replace(document.imprint, logo="", facts=document.imprint.facts[:3]))
    filled = replace(document, imprint=sample_imprint())
    parts = real_parts()
    bare, full = (pdf_pages(pdf.render(one, parts.charts, parts.downloads)) for one in (plain, filled))
    assert len(full) == len(bare)
    assert "Samenvatting" in full[1].splitlines()[:3]


@pytest.mark.parametrize("shape", ["0 0 90 30", "0 0 900 30", "0 0 30 90"])
def test_the_logo_stays_within_the_first_page_and_has_a_name(shape: str, tmp_path: Path) -> None:
    document = with_blocks(paragraph("x"))
    logo = document.imprint.logo.replace('viewBox="0 0 90 30" width="90" height="30"', f'viewBox="{shape}"')
    paper = drawn(replace(document, imprint=replace(document.imprint, logo=logo)))
    assert faults(paper, tmp_path) == []
    with pikepdf.open(io.BytesIO(paper)) as file:
        figures = [e for e in elements(file.Root.StructTreeRoot) if str(e.S) == "/Figure"]
        boxes = [[float(side) for side in attribute(figure, "/BBox")] for figure in figures]
        names = [str(figure.Alt) for figure in figures]
    assert names == ["Voorbeelduitgever"]
    left, bottom, right, top = boxes[0]
    assert right - left <= 80 / 25.4 * 72 + 1
    assert top - bottom <= 12 / 25.4 * 72 + 1 or right - left > 79 / 25.4 * 72


def test_every_page_says_what_and_when(parts: Parts, paper: bytes) -> None:
    pages = pdf_pages(paper)
    notice = squeezed(structure.short_notice(parts.document))
    for number, text in enumerate(pages, start=1):
        assert notice in squeezed(text)
        assert squeezed(f"Peildatum {parts.document.peildatum_text}") in squeezed(text)
        assert squeezed(f"{number} van {len(pages)}") in squeezed(text)


def test_published_tables_are_attached_byte_for_byte(parts: Parts, paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as file:
        found = {name: spec.get_file().read_bytes() for name, spec in file.attachments.items()}
        relations = {str(spec.obj.AFRelationship) for spec in file.attachments.values()}
    names = structure.download_files(volumes.on_paper(parts.document))
    assert found == {name: parts.downloads[name] for name in names}
    assert relations == {"/Data"}


def test_a_row_names_its_cells() -> None:
    with pikepdf.open(io.BytesIO(drawn(with_blocks(gender_table(), grouped_table())))) as file:
        first, second = (e for e in elements(file.Root.StructTreeRoot) if str(e.S) == "/Table")
        rows = [e for e in elements(first) if str(e.S) == "/TR"]
        names = {bytes(e.ID): e for e in elements(file.Root.StructTreeRoot) if "/ID" in e}
        assert len(rows) == len(gender_table().rows) + 2
        for row in rows[2:]:
            cells = [e for e in elements(row) if str(e.S) in {"/TH", "/TD"}]
            assert [str(cell.S) for cell in cells] == ["/TH", *["/TD"] * 6]
            assert str(attribute(cells[0], "/Scope")) == "/Row"
            for cell in cells[1:]:
                heads = [names[bytes(head)] for head in attribute(cell, "/Headers")]
                assert heads[-1] == cells[0]
                assert len(heads) == 3  # group of columns, column, row
        groups = [
            e for e in elements(second) if str(e.S) == "/TH" and int(attribute(e, "/ColSpan") or 1) == 3
        ]
        assert len(groups) == 2
        last = [e for e in elements(second) if str(e.S) == "/TD"][-1]
        assert groups[1].ID in list(attribute(last, "/Headers"))
        index = file.Root.StructTreeRoot.IDTree.Names
        keys = [bytes(index[place]) for place in range(0, len(index), 2)]
        assert keys == sorted(names)


def test_a_list_of_pairs_has_no_row_headers() -> None:
    pairs = Table(
        "paren", "", "Paren", "", "Naam", (Column("Waarde", numeric=False),), (Row("a", (Cell("b"),)),) * 3
    )
    with pikepdf.open(io.BytesIO(drawn(with_blocks(pairs)))) as file:
        kinds = [str(e.S) for e in elements(file.Root.StructTreeRoot) if str(e.S) in {"/TH", "/TD"}]
    assert kinds == ["/TH"] * 2 + ["/TD"] * 6


def page_with(pages: list[str], text: str) -> list[int]:
    return [number for number, shown in enumerate(pages) if squeezed(text) in squeezed(shown)]


def test_a_short_table_stays_on_one_page() -> None:
    for lines in (5, 15, 25):
        filling = [paragraph(f"Regel {line}.") for line in range(lines)]
        pages = pdf_pages(drawn(with_blocks(*filling, gender_table())))
        (first,) = page_with(pages, gender_table().title)
        assert page_with(pages, "Voetnoot") == []
        assert page_with(pages, gender_table().footnotes[0]) == [first]


def test_a_long_table_repeats_its_header() -> None:
    pages = pdf_pages(drawn(with_blocks(long_table())))
    parts = page_with(pages, "Gemeente 0") + page_with(pages, "Gemeente 79")
    assert len(set(parts)) >= 2
    for number in set(parts):
        assert "Toelichting" in pages[number]


@pytest.mark.parametrize("lines", range(32, 39))
def test_the_title_of_a_long_table_stands_above_its_first_row(lines: int) -> None:
    table = long_table()
    pages = pdf_pages(drawn(with_blocks(*[paragraph(f"Regel {line}") for line in range(lines)], table)))
    assert page_with(pages, table.title) == page_with(pages, "Alle gemeenten")


def test_a_very_wide_table_lies_on_its_side() -> None:
    columns = tuple(Column(f"Uitstroomroute {number}", "aantal") for number in range(14))
    rows = tuple(
        Row(f"Gemeente {n}", tuple(Cell("1.234.567", 1234567.0) for _ in columns)) for n in range(60)
    )
    wide = Table("breed", "9.9", "Breed", "Iedereen", "Gemeente", columns, rows)
    paper = drawn(with_blocks(paragraph("Voor."), wide, paragraph("Na.")))
    with pikepdf.open(io.BytesIO(paper)) as file:
        boxes = [[float(side) for side in page.mediabox] for page in file.pages]
    assert any(box[2] > box[3] for box in boxes)
    assert boxes[-1][2] < boxes[-1][3]
    assert squeezed("Na.") in squeezed(pdf_pages(paper)[-1])


@pytest.mark.parametrize("table", [wide_table(), gender_table()], ids=["breed", "lastig"])
def test_nothing_falls_off_the_page(table: Table) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(io.BytesIO(drawn(with_blocks(table))))
    for page in document:
        text = page.get_textpage()
        width = page.get_width()
        for place in range(text.count_chars()):
            left, _, right, _ = text.get_charbox(place)
            assert left >= 0
            assert right <= width - 50, text.get_text_range(place, 12)
        text.close()
        page.close()
    document.close()


def test_characters_without_a_glyph_do_not_stop_the_report(tmp_path: Path) -> None:
    table = replace(grouped_table(), title=WITHOUT_GLYPH, rows=(Row(WITHOUT_GLYPH, (Cell("-"),) * 3),))
    document = with_blocks(paragraph(WITHOUT_GLYPH), table)
    paper = drawn(replace(document, title=WITHOUT_GLYPH, notice=WITHOUT_GLYPH))
    assert faults(paper, tmp_path) == []
    shown = "\n".join(pdf_pages(paper))
    assert "[U+4E2D][U+56FD]" in squeezed(shown)
    assert "[U+1F600]" in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Súdwest-Fryslân", "Súdwest-Fryslân"),
        ("e\u0301", "é"),
        ("niet\u2011ingezetenen", "niet-ingezetenen"),
        ("a\u200bb\x00c\x07", "abc"),
        ("tab\there", "tab here"),
        ("Ａ", "A"),
        ("中", "[U+4E2D]"),
        ("inburgeringsplichtigheidsverklaring", "inburgeringsplichtigheidsverklaring"),
        (
            "een/heel/lang/pad/naar/een/map",
            "een/\u200bheel/\u200blang/\u200bpad/\u200bnaar/\u200been/\u200bmap",
        ),
        ("0a1b" * 6, "\u200b".join(["0a1b0a1b"] * 3)),
    ],
)
def test_text_is_made_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_printing_changes_no_identifier() -> None:
    address = "https://www.example.org/een/heel/lang/pad/naar/iets?met=vragen"
    document = with_blocks(replace(paragraph("x"), text=(replace(paragraph("x").text[0], href=address),)))
    with pikepdf.open(io.BytesIO(drawn(document))) as file:
        links = [
            str(note.A.URI)
            for page in file.pages
            for note in page.get("/Annots", [])
            if "/URI" in note.get("/A", {})
        ]
    assert links == ["mailto:a_b@voorbeeld.nl", address]


def test_a_warning_of_the_typesetter_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from wi2007.publication.pdf import typesetting

    document = sample_parts().document
    monkeypatch.setattr(typesetting.fonts, "PDF_FACES", ())
    typesetting._fonts.cache_clear()
    with pytest.raises((ValueError, RuntimeError)):
        drawn(document)
    typesetting._fonts.cache_clear()


def test_an_empty_report_is_a_paper(tmp_path: Path) -> None:
    document = replace(with_blocks(), notice="", subtitle="")
    assert faults(drawn(document), tmp_path) == []
    assert "null" not in json.dumps(pdf.template_input(document, {})["chart_tables"])


def test_no_stream_runs_into_its_end(tmp_path: Path) -> None:
    """By chance, one in 256 streams would end in a carriage return: here many do, and all are read back whole."""
    import zlib

    tried = (b"%d q Q " % number * 20 for number in range(3000))
    wanted = [data for data in tried if zlib.compress(data, 9).endswith(b"\r")]
    assert len(wanted) >= 4
    with pikepdf.open(io.BytesIO(drawn(with_blocks(paragraph("x"))))) as file:
        for data in wanted:
            file.Root[f"/Proef{data.hex()}"] = file.make_stream(data)
        packed = pack(file)
    assert b"\r\nendstream" not in packed
    assert faults(packed, tmp_path) == []
    with pikepdf.open(io.BytesIO(packed)) as file:
        for data in wanted:
            assert file.Root[f"/Proef{data.hex()}"].read_bytes() == data


@pytest.mark.parametrize("number", range(20))
def test_any_report_is_valid(number: int, tmp_path: Path) -> None:
    """Different contents give different streams and tables of objects."""
    document = replace(with_blocks(paragraph(f"Regel {number}."), gender_table()), title=f"Rapport {number}")
    paper = drawn(document)
    assert b"\r\nendstream" not in paper
    assert faults(paper, tmp_path) == []


def test_a_stream_told_as_a_row_shows_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every stream ended in a carriage return: fonts, pages and files are read back as they were."""
    import pypdfium2

    document = sample_parts().document
    before = drawn(document)
    monkeypatch.setattr("wi2007.publication.pdf.packing.RETURN", b"")
    after = drawn(document)
    assert after.count(b"/Predictor 12 /Columns") + after.count(b"/Columns") > 10
    assert faults(after, tmp_path) == []
    assert pdf_pages(after) == pdf_pages(before)
    pictures = [
        [page.render(scale=0.5).to_numpy().tobytes() for page in pypdfium2.PdfDocument(io.BytesIO(paper))]
        for paper in (before, after)
    ]
    assert pictures[0] == pictures[1]


def test_tables_of_objects_do_not_run_into_their_end_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until a content turns up that needs another attempt: it gets one, and shows the same."""
    from wi2007.publication.pdf import packing

    written: list[bytes] = []
    once = packing._written
    monkeypatch.setattr(packing, "_written", lambda file: written.append(once(file)) or written[-1])
    paper = drawn(sample_parts().document)
    written.clear()
    for number in range(4000):
        with pikepdf.open(io.BytesIO(paper)) as file:
            # The last byte of a stream is the sum of its letters: these texts reach every sum.
            file.docinfo["/Proef"] = "~" * (number // 94) + chr(32 + number % 94)
            assert b"\r\nendstream" not in pack(file)
        if len(written) > number + 1:
            break
    assert b"\r\nendstream" in written[-2]
    assert pdf_pages(written[-1]) == pdf_pages(paper)
