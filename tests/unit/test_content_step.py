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
from content_sample import inputs, processing, results, specification

from schemas.cbs import CBS
from schemas.change import CHANGE
from schemas.statement_tables import REPRODUCTION, STATEMENTS
from schemas.tidy import TIDY
from wi2007 import study
from wi2007.project import CONFIG
from wi2007.publication import structure
from wi2007.publication.document import from_json
from wi2007.tables.reproduction import reproduction

NOT_COMPARED = told(vergeleken=False, waarom_niet="geen_eerdere_levering")


def run(
    folder: Path,
    peildatum: str,
    environment: dict[str, str] | None = None,
    change: tuple[str, str] = (CHANGE.to_csv(()), NOT_COMPARED),
) -> Path:
    made = inputs()
    source = folder / "publicatie"
    source.mkdir(parents=True)
    (source / "tabellen.csv").write_text(TIDY.to_csv(made.records), encoding="utf-8")
    of_change = zip(("verandering.csv", "verandering.json"), change, strict=True)
    for name, text in of_change:
        (source / name).write_text(text, encoding="utf-8")
    account = json.loads(processing({("M",): 276}))
    (source / "verwerking.json").write_text(json.dumps({**account, "peildatum": peildatum}), encoding="utf-8")
    of_study = reproduction(made.records, study.figures()) if peildatum == "2022-07-01" else []
    (source / "reproductie.csv").write_text(REPRODUCTION.to_csv(of_study), encoding="utf-8")
    (source / "cbs.csv").write_text(CBS.to_csv([]), encoding="utf-8")
    (source / "cbs.json").write_text("null\n", encoding="utf-8")
    found = results(made.records, date.fromisoformat(peildatum))
    (source / "uitspraken.csv").write_text(STATEMENTS.to_csv(found), encoding="utf-8")
    out = folder / "uit"
    (out / "tabellen").mkdir(parents=True)
    (out / "tabellen" / "tabel_9.9.csv").write_text("oud", encoding="utf-8")
    words = [
        *("--public-tables", source / "tabellen.csv", "--public-processing", source / "verwerking.json"),
        *("--tables", CONFIG / "tables.yaml", "--texts", CONFIG / "report"),
        *("--document", out / "inhoud.json", "--charts", out / "grafieken", "--downloads", out / "tabellen"),
        *("--public-reproduction", source / "reproductie.csv"),
        *("--public-cbs", source / "cbs.csv", "--public-cbs-source", source / "cbs.json"),
        *("--public-change", source / "verandering.csv"),
        *("--public-change-source", source / "verandering.json"),
        *("--public-statements", source / "uitspraken.csv"),
        *("--reproduction", out / "reproductie.csv"),
    ]
    subprocess.run(
        [sys.executable, "-m", "wi2007.steps.content", *words],
        check=True,
        env={**os.environ, **(environment or {})},
        cwd=folder,
    )
    return out


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(tmp_path_factory.mktemp("stap"), "2022-07-01")


def test_the_files(out: Path) -> None:
    assert sorted(path.name for path in out.iterdir()) == [
        "grafieken",
        "inhoud.json",
        "reproductie.csv",
        "tabellen",
    ]
    assert sorted(path.name for path in (out / "tabellen").iterdir()) == [
        "LEESMIJ.niet-voor-publicatie.txt",
        *sorted(f"tabel_{table.number}.niet-voor-publicatie.csv" for table in specification().tables),
        "uitspraken.niet-voor-publicatie.csv",
    ]
    assert len((out / "reproductie.csv").read_text(encoding="utf-8").splitlines()) == 244


def test_downloads_hold_the_cells_of_their_table(out: Path) -> None:
    records = [row for path in sorted((out / "tabellen").glob("tabel_*.csv")) for row in TIDY.read(path)]
    assert records == list(inputs().records)


def test_beside_the_tables_stands_first_of_all_what_they_may_be_used_for(out: Path) -> None:
    document = from_json((out / "inhoud.json").read_text(encoding="utf-8"))
    lines = (out / "tabellen" / "LEESMIJ.niet-voor-publicatie.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == document.notice
    assert {document.title, document.source} <= set(lines)


def test_every_chart_and_download_of_the_document_is_there(out: Path) -> None:
    document = from_json((out / "inhoud.json").read_text(encoding="utf-8"))
    charts = list(structure.charts(document))
    named = {name for chart in charts for name in (chart.wide, chart.narrow)}
    assert named == {path.name for path in (out / "grafieken").iterdir()}
    assert len(charts) >= 5
    assert set(structure.download_files(document)) == {path.name for path in (out / "tabellen").glob("*.csv")}


def test_what_changed_is_drawn_and_can_be_taken_along(tmp_path: Path) -> None:
    made = run(tmp_path, "2024-07-01", change=(csv_text(), told(basis=None)))
    document = from_json((made / "inhoud.json").read_text(encoding="utf-8"))
    names = {path.name for path in (made / "grafieken").iterdir()}
    assert {"grafiek-v-1-delen_breed.svg", "grafiek-v-1-delen_smal.svg"} <= names
    name = "verandering.niet-voor-publicatie.csv"
    lines = (made / "tabellen" / name).read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith(",let_op")
    assert all(line.endswith(",niet voor publicatie") for line in lines[1:])
    without = "\n".join(line.rpartition(",")[0] for line in lines)
    assert tuple(CHANGE.from_csv(without)) == changes().rows
    assert name in structure.download_files(document)
    assert name not in structure.inner_files(document)


def test_another_peildatum_has_no_comparison_and_surroundings_do_not_matter(tmp_path: Path) -> None:
    first = run(tmp_path / "een", "2024-07-01", {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1", "LC_ALL": "C"})
    second = run(tmp_path / "twee", "2024-07-01", {"TZ": "UTC", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"})
    assert not (first / "reproductie.csv").exists()
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in files)
