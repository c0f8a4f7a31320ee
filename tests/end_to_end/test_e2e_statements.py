"""The statements of the study in a whole run: in the report, among the files, and told again for another peildatum."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from shared import Made
from trial import FIRST, Trial, copy_project, replace_in

from wi2007.project import FOLLOW_UP_PEILDATUM

pytestmark = pytest.mark.slow
VERDICTS = {"bevestigd", "bevestigd met kanttekening", "niet bevestigd"}


def rows(trial: Trial, peildatum: str) -> list[dict[str, str]]:
    path = trial.report(peildatum) / "tabellen" / "uitspraken.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_study_is_held_against_its_own_peildatum_only(demonstration: Made) -> None:
    first, second = rows(demonstration.trial, FIRST), rows(demonstration.trial, FOLLOW_UP_PEILDATUM)
    assert (len(first), len(second)) == (37, 24)
    assert [row for row in first if row["oordeel"] in VERDICTS]
    assert not [row for row in second if row["oordeel"] in VERDICTS or row["gepubliceerd"]]
    assert not [row for row in first if "1 oktober 2023" in row["uitspraak"]]
    assert any("1 oktober 2023" in row["uitspraak"] for row in second)


def test_the_report_shows_every_statement(demonstration: Made) -> None:
    for peildatum, name in ((FIRST, "uitspraken-studie"), (FOLLOW_UP_PEILDATUM, "uitspraken-opnieuw")):
        page = (demonstration.trial.report(peildatum) / "rapport.html").read_text(encoding="utf-8")
        table = page[page.index(f'id="{name}"') :]
        table = table[: table.index("</table>")]
        told = rows(demonstration.trial, peildatum)
        assert len(re.findall(r'<th scope="row"', table)) == len(told)
        for row in told:
            assert (row["studie"] or row["uitspraak"]) in table.replace("&#39;", "'")


def test_the_package_describes_the_file(demonstration: Made) -> None:
    package = json.loads(
        (demonstration.trial.report(FIRST) / "tabellen/datapackage.json").read_text(encoding="utf-8")
    )
    (resource,) = [one for one in package["resources"] if one["path"] == "uitspraken.csv"]
    assert [one["name"] for one in resource["schema"]["fields"]] == list(rows(demonstration.trial, FIRST)[0])
    assert resource["schema"]["primaryKey"] == ["id"]


def test_a_damaged_configuration_is_refused_and_leaves_the_report(made: Trial, tmp_path: Path) -> None:
    copy = Trial(made.directory, copy_project(tmp_path / "kopie"))
    before = made.results()
    replace_in(
        copy.project / "config/uitspraken.yaml", "land_van_herkomst: China", "land_van_herkomst: Cathay"
    )
    ran = copy.run(FIRST)
    assert ran.status == 2
    assert "config/uitspraken.yaml" in ran.err
    assert "'Cathay' is geen naam van land_van_herkomst" in ran.err
    assert {name: value for name, value in made.results().items() if name.startswith("reports/")} == {
        name: value for name, value in before.items() if name.startswith("reports/")
    }
