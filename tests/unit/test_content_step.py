"""The step writes the document, charts, downloads and the comparison, and nothing else stays behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from change_sample import changes, csv_text, told
from content_sample import PROTECTED, inputs, processing, specification, texts
from trial import digests

from schemas.cbs import CBS
from schemas.change import CHANGE
from schemas.imprint import EditionText
from schemas.statement_tables import OUTCOMES, REPRODUCTION
from schemas.tempo_tables import TEMPO
from schemas.tidy import TIDY
from wi2007 import study
from wi2007.population.exclusion import read_sensitivity
from wi2007.project import EXACT, ROOT
from wi2007.publication import structure
from wi2007.publication.content.inputs import without_unknown
from wi2007.publication.document import Document, from_json
from wi2007.publication.imprint import Imprint
from wi2007.statements.variants import TOO_FEW, about, to_json
from wi2007.steps import content
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text
from wi2007.tables.tidy import reproduction

NOT_COMPARED = told(vergeleken=False, waarom_niet="geen_eerdere_levering")


def run(
    folder: Path,
    peildatum: str,
    environment: dict[str, str] | None = None,
    change: tuple[str, str] = (CHANGE.to_csv(()), NOT_COMPARED),
    rounding: dict[str, object] | None = None,
) -> Case:
    made = inputs()
    case = Case(peildatum, folder)
    of_study = reproduction(made.records, study.figures()) if peildatum == "2022-07-01" else []
    account = {**json.loads(processing({("M",): 276})), "peildatum": peildatum, "afronding": rounding}
    texts = {
        "tabellen.csv": TIDY.to_csv(made.records),
        "verandering.csv": change[0],
        "verandering.json": change[1],
        "verwerking.json": json.dumps(account),
        "reproductie.csv": REPRODUCTION.to_csv(of_study),
        "cbs.csv": CBS.to_csv(()),
        "cbs.json": "null\n",
        "tempo.csv": TEMPO.to_csv((), EXACT),
        "gevoeligheid.csv": OUTCOMES.to_csv((), EXACT),
        "gevoeligheid.json": to_json(about(read_sensitivity(), None, TOO_FEW)),
    }
    for name, text in texts.items():
        write_text(case.made(f"publicatie/{name}"), text)
    write_text(case.made("rapport/downloads/tabellen/tabel_9.9.csv"), "oud")
    if environment is None:
        content.make(case)
        return case
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    subprocess.run(
        [sys.executable, "-m", "wi2007.steps", "content", peildatum],
        check=True,
        env={**os.environ, **paths, **environment},
        cwd=folder,
    )
    return case


def tables(case: Case) -> Path:
    return case.made("rapport/downloads/tabellen")


def written(case: Case) -> Document:
    return from_json(case.text("publicatie/inhoud.json"))


def charts_of(case: Case) -> set[str]:
    return {path.name for path in case.made("publicatie/grafieken").iterdir()}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return run(tmp_path_factory.mktemp("stap"), "2022-07-01")


def test_the_files(out: Case) -> None:
    assert sorted(path.name for path in tables(out).iterdir()) == [
        "LEESMIJ.niet-voor-publicatie.txt",
        *sorted(f"tabel_{table.number}.niet-voor-publicatie.csv" for table in specification().tables),
        "uitspraken.niet-voor-publicatie.csv",
    ]
    assert len(out.text("rapport/downloads/reproductie.csv").splitlines()) == 244


def test_downloads_hold_the_cells_of_their_table(out: Case) -> None:
    made = inputs()
    found = {
        records[0].tabel: records for path in tables(out).glob("tabel_*.csv") if (records := TIDY.read(path))
    }
    assert [row for number in made.tables for row in found.pop(number)] == list(made.records)
    _, _, untold = without_unknown(made.records, made.specification)
    assert untold == {"P.1": ["beleid_samen"], "P.2": ["jaren_plichtig"]}
    assert not found


def test_beside_the_tables_stands_first_of_all_what_they_may_be_used_for(out: Case) -> None:
    document = written(out)
    lines = (tables(out) / "LEESMIJ.niet-voor-publicatie.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == document.notice
    assert {document.title, document.source} <= set(lines)


def test_a_release_for_which_nothing_is_set_is_told_where_others_are_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int]] = []
    monkeypatch.setattr(content, "tell", lambda message, status: told.append((message, status)))
    edition = EditionText(peildatum=date(2024, 7, 1), uitgave=1)
    set_for_one = Imprint(texts().imprint.text.model_copy(update={"uitgaven": [edition]}))
    monkeypatch.setattr("wi2007.publication.imprint.load", lambda _: set_for_one)
    run(tmp_path / "een", "2024-07-01", rounding={**PROTECTED, "uitgave": 1})
    assert told == []
    run(tmp_path / "twee", "2024-07-01", rounding={**PROTECTED, "uitgave": 2})
    ((message, status),) = told
    assert "noemt bij 1 juli 2024 alleen uitgave 1, maar dit is uitgave 2" in message
    assert status == 0


def test_every_chart_and_download_of_the_document_is_there(out: Case) -> None:
    document = written(out)
    charts = list(structure.charts(document))
    named = {name for chart in charts for name in (chart.wide, chart.narrow)}
    assert named == charts_of(out)
    assert len(charts) >= 5
    assert set(structure.download_files(document)) == {path.name for path in tables(out).glob("*.csv")}


def test_what_changed_is_drawn_and_can_be_taken_along(tmp_path: Path) -> None:
    made = run(tmp_path, "2024-07-01", change=(csv_text(), told(basis=None)))
    document = written(made)
    names = charts_of(made)
    assert {"grafiek-v-1-delen_breed.svg", "grafiek-v-1-delen_smal.svg"} <= names
    name = "verandering.niet-voor-publicatie.csv"
    lines = (tables(made) / name).read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith(",let_op")
    assert all(line.endswith(",niet voor publicatie") for line in lines[1:])
    without = "\n".join(line.rpartition(",")[0] for line in lines)
    assert tuple(CHANGE.from_csv(without)) == changes().rows
    assert name in structure.download_files(document)
    assert name not in structure.inner_files(document)


def test_another_peildatum_has_no_comparison_and_surroundings_do_not_matter(tmp_path: Path) -> None:
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
    first = run(tmp_path / "een", "2024-07-01", {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1", "LC_ALL": "C"})
    second = run(tmp_path / "twee", "2024-07-01", {"TZ": "UTC", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"})
    assert not first.made("rapport/downloads/reproductie.csv").exists()
    assert digests(first.made("")) == digests(second.made(""))
