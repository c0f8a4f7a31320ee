"""The map in the report: in its chapter, with its source and table; without a map nothing is said about it."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from content_sample import inputs, processing, section, sentences
from map_sample import collection, feature, make, specification, square, write

from wi2007.project import CONFIG, ROOT
from wi2007.publication import html, pdf, structure
from wi2007.publication.content.report import report
from wi2007.publication.document import Chart, Document, from_json, to_json
from wi2007.publication.map.settings import MapDrawing
from wi2007.publication.soundness import check
from wi2007.tables.tidy import to_csv


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


def test_the_step_tells_it_and_ends_as_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(to_csv(inputs().records), encoding="utf-8")
    (tmp_path / "r.csv").write_text("tabel\n", encoding="utf-8")
    (tmp_path / "s.csv").write_text("id\n", encoding="utf-8")
    (tmp_path / "v.json").write_text(processing({("M",): 276}), encoding="utf-8")
    raw = yaml.safe_load((CONFIG / "tables.yaml").read_text(encoding="utf-8"))
    raw["tables"].append(specification().tables[0].model_dump(exclude_none=True))
    (tmp_path / "tables.yaml").write_text(yaml.safe_dump(raw), encoding="utf-8")
    words = [
        *(
            "--public-reproduction",
            "r.csv",
            "--public-statements",
            "s.csv",
            "--public-tables",
            "t.csv",
            "--public-processing",
            "v.json",
            "--tables",
            "tables.yaml",
        ),
        *("--texts", str(CONFIG / "report"), "--document", "i.json", "--charts", "g", "--downloads", "d"),
        *(f"--map-boundaries={write(tmp_path, '[]')}", "--map-code=statcode"),
        *("--map-attribution=Kadaster", "--map-measure=aantal"),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "wi2007.steps.content", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert re.search(r"grenzen\.geojson is geen GeoJSON met gebieden", done.stderr)
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "i.json").exists()
