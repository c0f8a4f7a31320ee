"""The map in the report: in its chapter, with its source and table; without a map nothing is said about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from content_sample import chapter_of, inputs, section, sentences
from map_sample import collection, feature, make, square, write

from wi2007.errors import UserError
from wi2007.project import ROOT
from wi2007.publication import html, pdf, structure
from wi2007.publication import report as publication
from wi2007.publication.chapters.map import Map
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.document import Chart, Document, from_json, to_json
from wi2007.publication.map.settings import MapSettings, Measure
from wi2007.publication.report import report
from wi2007.publication.soundness import check

OBLIGED = "nog_inburgeringsplichtig"


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    """A report of 1 July 2022 with a map, from boundaries with two codes that had ended."""
    content = collection()
    content["features"] += [feature("GM0457", square(400)), feature("GM0788", square(401))]
    return with_map(write(tmp_path_factory.mktemp("grenzen"), content))


def with_map(path: Path, measure: Measure = "aandeel") -> Inputs:
    asked = MapSettings(path, "statcode", "De Landmeter, 2022", measure)
    return replace(inputs(peildatum="2022-07-01"), map=asked, charts=True)


@pytest.fixture(scope="module")
def document(wanted: Inputs) -> Document:
    return report(wanted)


def chart(document: Document) -> Chart:
    (found,) = [block for block in section(document, "kaart").blocks if isinstance(block, Chart)]
    return found


def test_it_is_the_last_section_of_its_chapter(document: Document) -> None:
    chapter = section(document, "nog-inburgeringsplichtig")
    assert chapter.sections[-1].id == "kaart"
    assert sum(each.id == "kaart" for top in document.sections for each in top.sections) == 1
    assert check(document) is None
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


def test_footnotes_tell_what_was_done_to_the_boundaries(document: Document, tmp_path: Path) -> None:
    notes = chart(document).data.footnotes
    (named,) = (one for one in structure.tables(document) if one.number == "B.3")
    assert f"uit tabel {named.shown}." in notes[0]
    assert notes[1].startswith("Van 2 gemeenten in het bestand met grenzen")
    assert notes[2].startswith("Daarvan is er 1 over meer gemeenten verdeeld")
    (plain,) = chapter_of(Map, with_map(write(tmp_path, collection()))).sections(OBLIGED)
    (found,) = (block for block in plain.blocks if isinstance(block, Chart))
    assert len(found.data.footnotes) == 1


def test_a_map_of_counts_has_its_own_words(tmp_path: Path) -> None:
    (part,) = chapter_of(Map, with_map(write(tmp_path, collection()), "aantal")).sections(OBLIGED)
    (told,) = sentences(part)
    assert "hoeveel personen" in told


def test_without_a_map_nothing_is_said_about_it() -> None:
    text = to_json(report(inputs()))
    assert '"kaart' not in text
    assert "gemeentegrenzen" not in text


def test_both_layouts_show_it_and_paper_points_to_the_table(wanted: Inputs) -> None:
    made = publication.make(wanted)
    document, charts = made.document, made.charts
    downloads = dict.fromkeys(structure.download_files(document), b"x")
    page = html.render(document, charts, downloads)
    assert page.count('id="kaart-gemeenten"') == 1
    assert page.count('aria-label="Kaart van Nederland met 344 gemeenten') == 2
    assert "Gemeentegrenzen" not in page
    assert "gemeentegrenzen: De Landmeter, 2022" in page
    found = pdf.template_input(document, charts)
    assert chart(document).wide in found["charts"]
    assert all("kaart" not in str(one) for one in found["chart_tables"])
    assert pdf.render(document, charts, downloads).startswith(b"%PDF")


REAL = [folder / "shared/geo/gemeenten_2022-01-01.geojson" for folder in ROOT.parents]

if any(path.is_file() for path in REAL):

    @pytest.mark.parametrize("measure", ["aandeel", "aantal"])
    def test_the_real_boundaries(measure: str) -> None:
        """Where the boundaries of 2022 lie beside the checkout: all are drawn, small, without Weesp."""
        path = next(path for path in REAL if path.is_file())
        made = make(path, measure)  # type: ignore[arg-type]
        assert (made.followed, made.split) == (1, 0)
        assert len(made.drawing.wide) < 250_000
        assert len(made.drawing.narrow) < 200_000
        assert 560 < float(ElementTree.fromstring(made.drawing.wide).attrib["height"]) < 610
        assert made == make(path, measure)  # type: ignore[arg-type]


def test_boundaries_that_are_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"grenzen\.geojson is geen GeoJSON met gebieden"):
        publication.make(with_map(write(tmp_path, "[]")))
