"""The statements of the study in a whole run: in the report, among the files, and told again for another peildatum."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from trial import FIRST, SECOND, Trial, copy_project, replace_in

pytestmark = pytest.mark.slow
VERDICTS = {"bevestigd", "bevestigd met kanttekening", "niet bevestigd"}


def rows(trial: Trial, peildatum: str) -> list[dict[str, str]]:
    path = trial.report(peildatum) / "tabellen" / "uitspraken.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_study_is_held_against_its_own_peildatum_only(made: Trial) -> None:
    first, second = rows(made, FIRST), rows(made, SECOND)
    assert len(first) == len(second) == 37
    assert [row for row in first if row["oordeel"] in VERDICTS]
    assert not [row for row in second if row["oordeel"] in VERDICTS or row["gepubliceerd"]]
    assert not [row for row in first if "1 juli 2024" in row["uitspraak"]]
    assert any("1 juli 2024" in row["uitspraak"] for row in second)


def test_the_report_shows_every_statement(made: Trial) -> None:
    for peildatum, name in ((FIRST, "uitspraken-studie"), (SECOND, "uitspraken-opnieuw")):
        page = (made.report(peildatum) / "rapport.html").read_text(encoding="utf-8")
        table = page[page.index(f'id="{name}"') :]
        table = table[: table.index("</table>")]
        assert len(re.findall(r'<th scope="row"', table)) == 37
        for row in rows(made, peildatum):
            assert (row["studie"] or row["uitspraak"]) in table.replace("&#39;", "'")


def test_the_package_describes_the_file(made: Trial) -> None:
    package = json.loads((made.report(FIRST) / "tabellen/datapackage.json").read_text(encoding="utf-8"))
    (resource,) = [one for one in package["resources"] if one["path"] == "uitspraken.csv"]
    assert [one["name"] for one in resource["schema"]["fields"]] == list(rows(made, FIRST)[0])
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


def test_exact_statements_say_that_they_are_not_for_publication(made: Trial) -> None:
    ran = made.run(FIRST, "--afronding", "uit")
    assert ran.status == 0, ran.err
    (path,) = (made.report(FIRST) / "tabellen").glob("uitspraken*")
    assert path.name == "uitspraken.niet-voor-publicatie.csv"
    with path.open(encoding="utf-8", newline="") as file:
        assert {row["let_op"] for row in csv.DictReader(file)} == {"niet voor publicatie"}
