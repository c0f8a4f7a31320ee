"""The whole program with a boundary file in the configuration: the map is made, and made anew for another file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from map_sample import TABLE, collection, write
from trial import FIRST, Trial, copy_project, delivery_text, only

from wi2007.publication.map.classes import municipalities

NAMES = {"kaart-gemeenten_breed.svg", "kaart-gemeenten_smal.svg"}
AFTER = {"content", "html", "pdf", "workbooks", "place"}


def with_table(project: Path) -> None:
    """Give the project a table of municipalities by route of the test's own."""
    path = project / "config" / "tables.yaml"
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    raw["tables"].append(TABLE)
    path.write_text(yaml.safe_dump(raw, sort_keys=False, allow_unicode=True), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.long
def test_a_map_from_the_configuration(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    with_table(project)
    trial = Trial(tmp_path / "werk", project)
    trial.deliver(FIRST, delivery_text(rows=300))
    first = trial.run()
    assert first.status == 0, first.err
    charts = trial.processed(FIRST) / "publicatie" / "grafieken"
    report = trial.report(FIRST) / "rapport.html"
    assert not NAMES & {path.name for path in charts.iterdir()}
    assert "kaart-gemeenten" not in report.read_text(encoding="utf-8")

    write(project / "config", collection(list(municipalities(date(2022, 7, 1)))))
    configuration = project / "config" / "config.yaml"
    without = configuration.read_text(encoding="utf-8")
    asked = "\nkaart: {bestand: config/grenzen.geojson, bronvermelding: \"© 'Landmeter' & zoon, {2022}\"}\n"
    configuration.write_text(without + asked, encoding="utf-8")
    second = trial.run()
    assert (second.status, second.steps) == (0, only(FIRST, AFTER)), second.err
    assert {path.name for path in charts.iterdir()} >= NAMES
    page = report.read_text(encoding="utf-8")
    assert "gemeentegrenzen: © &#39;Landmeter&#39; &amp; zoon, {2022}" in page
    document = json.loads((trial.processed(FIRST) / "publicatie" / "inhoud.json").read_text(encoding="utf-8"))
    ids = [part["id"] for chapter in document["sections"] for part in chapter["sections"]]
    assert ids.count("kaart") == 1
    assert trial.run().steps == {}

    # The same names in other places: only the content of the boundary file has changed.
    turned = collection(list(reversed(municipalities(date(2022, 7, 1)))))
    path = write(project / "config", turned)
    drawn = (charts / "kaart-gemeenten_breed.svg").read_bytes()
    third = trial.run()
    assert third.steps == only(FIRST, AFTER)
    assert (charts / "kaart-gemeenten_breed.svg").read_bytes() != drawn

    path.write_text("[]", encoding="utf-8")
    refused = trial.run()
    assert refused.status == 2
    assert "config/grenzen.geojson is geen GeoJSON met gebieden" in refused.err
    assert "nog het vorige rapport" in refused.err
    path.unlink()
    missing = trial.run()
    assert missing.status == 2
    assert "noemt 'kaart' het bestand config/grenzen.geojson, maar dat is er niet" in missing.err
    assert "Traceback" not in missing.err + refused.err
