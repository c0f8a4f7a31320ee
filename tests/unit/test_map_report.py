"""The map in the report: in its chapter, with its source and table; without a map nothing is said about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from content_sample import inputs, section, sentences
from map_sample import collection, feature, make, square, write

from wi2007.project import ROOT
from wi2007.publication import html, pdf, structure
from wi2007.publication.content.report import report
from wi2007.publication.document import Chart, Document, from_json, to_json
from wi2007.publication.map.settings import MapDrawing


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MapDrawing:
    content = collection()
    content["features"] += [feature("GM0457", square(400)), feature("GM0788", square(401))]
    return make(write(tmp_path_factory.mktemp("grenzen"), content))


@pytest.fixture(scope="module")
def document(made: MapDrawing) -> Document:
    return report(replace(inputs(), map=made))


def chart(document: Document) -> Chart:
    (found,) = [block for block in section(document, "kaart").blocks if isinstance(block, Chart)]
    return found


def test_it_is_the_last_section_of_its_chapter(document: Document) -> None:
    chapter = section(document, "nog-inburgeringsplichtig")
    assert chapter.sections[-1].id == "kaart"
    assert sum(each.id == "kaart" for top in document.sections for each in top.sections) == 1
    assert structure.check(document) is None
    assert from_json(to_json(document)) == document


def test_it_says_what_the_percentages_are_of_and_whose_the_boundaries_are(document: Document) -> None:
    (told,) = sentences(section(document, "kaart"))
    assert "iedereen in de gemeente die ooit inburgeringsplichtig is geweest" in told
    found = chart(document)
    assert found.source.endswith("gemeentegrenzen: De Landmeter, 2022")
    assert found.source.startswith("DUO, peildatum")
    assert found.data.source == found.source
    assert len(found.data.rows) == 344
    assert found.data.population != ""


def test_footnotes_tell_what_was_done_to_the_boundaries(document: Document, made: MapDrawing) -> None:
    notes = chart(document).data.footnotes
    assert "tabel K.1" in notes[0]
    assert notes[1].startswith("Van 2 gemeenten in het bestand met grenzen")
    assert notes[2].startswith("Daarvan is er 1 over meer gemeenten verdeeld")
    plain = report(replace(inputs(), map=replace(made, followed=0, split=0)))
    assert len(chart(plain).data.footnotes) == 1


def test_a_map_of_counts_has_its_own_words(made: MapDrawing) -> None:
    (told,) = sentences(section(report(replace(inputs(), map=replace(made, measure="aantal"))), "kaart"))
    assert "hoeveel personen" in told


def test_without_a_map_nothing_is_said_about_it() -> None:
    text = to_json(report(inputs()))
    assert '"kaart' not in text
    assert "gemeentegrenzen" not in text


def test_both_layouts_show_it_and_paper_points_to_the_table(document: Document, made: MapDrawing) -> None:
    charts = {chart(document).wide: made.drawing.wide, chart(document).narrow: made.drawing.narrow}
    downloads = dict.fromkeys(structure.download_files(document), b"x")
    page = html.render(document, charts, downloads)
    assert page.count('id="kaart-gemeenten"') == 1
    assert page.count('aria-label="Kaart van Nederland met 344 gemeenten') == 2
    assert "Gemeentegrenzen" not in page
    assert "gemeentegrenzen: De Landmeter, 2022" in page
    found = pdf.template_input(document, charts)
    assert list(found["charts"]) == [chart(document).wide]
    assert found["chart_tables"] == []
    assert pdf.render(document, charts, downloads).startswith(b"%PDF")


@pytest.mark.parametrize("measure", ["aandeel", "aantal"])
def test_the_real_boundaries(measure: str) -> None:
    """Where the boundaries of 2022 lie beside the checkout: all are drawn, small, without Weesp, legend in the sea."""
    name = Path("shared/geo/gemeenten_2022-01-01.geojson")
    path = next((folder / name for folder in ROOT.parents if (folder / name).is_file()), None)
    if path is None:
        pytest.skip("there are no real boundaries beside this checkout")
    made = make(path, measure)  # type: ignore[arg-type]
    assert (made.followed, made.split) == (1, 0)
    assert len(made.drawing.wide) < 250_000
    assert len(made.drawing.narrow) < 200_000
    assert 'width="660" height="572"' in made.drawing.wide
    assert made == make(path, measure)  # type: ignore[arg-type]
