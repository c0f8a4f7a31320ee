"""The record of a report: what it holds, and what must agree before there is one."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from wi2007 import fingerprint, provenance
from wi2007.dates import moment
from wi2007.provenance import NOTICE, Counts, compose, describe, inside, rows
from wi2007.steps.placing import place

PROCESSING: dict[str, Any] = {
    "peildatum": "2022-07-01",
    "demonstratie": True,
    "levering": {"bestand": "a.csv", "bytes": 3, "sha256": "00"},
    "trechter": [
        {"stap": "gelezen", "omschrijving": "…", "bron": "", "aantal": 12},
        {
            "stap": "uitgesloten",
            "regel": "turkse_nationaliteit",
            "omschrijving": "…",
            "bron": "…",
            "aantal": 2,
        },
        {"stap": "overgebleven", "omschrijving": "…", "bron": "", "aantal": 10},
    ],
}
needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git staat niet op deze machine")
AGREEING = Counts(persons=10, cube=4, counted=10, tables=7)


def test_the_rows_of_every_step_in_order() -> None:
    assert [(step["stap"], step["aantal"]) for step in rows(PROCESSING, AGREEING)] == [
        ("gelezen", 12),
        ("uitgesloten", 2),
        ("overgebleven", 10),
        ("personen.parquet", 10),
        ("kubus.parquet", 4),
        ("tabellen.csv", 7),
    ]


@pytest.mark.parametrize("counts", [Counts(9, 4, 10, 7), Counts(10, 4, 11, 7)])
def test_rows_that_do_not_agree_stop_the_report(counts: Counts) -> None:
    with pytest.raises(ArithmeticError):
        rows(PROCESSING, counts)


@pytest.mark.parametrize("demonstration", [True, False])
def test_the_first_key_says_that_it_is_a_demonstration(demonstration: bool) -> None:
    record = compose({**PROCESSING, "demonstratie": demonstration}, {}, [], {}, {})
    first, value = next(iter(record.items()))
    assert (first, value) == (("let_op", NOTICE) if demonstration else ("peildatum", "2022-07-01"))
    assert record["opdracht"] == "wi2007 run 2022-07-01"
    assert record["levering"] == {"bestand": "a.csv", "bytes": 3, "sha256": "00"}
    assert set(record["code"]) == set(fingerprint.WINGS)  # type: ignore[call-overload]


def test_files_are_described_by_size_and_digest_without_hidden_ones(tmp_path: Path) -> None:
    (tmp_path / "tabellen").mkdir()
    (tmp_path / "tabellen/2.1.csv").write_bytes(b"abc")
    (tmp_path / ".snakemake_timestamp").touch()
    assert describe(inside(tmp_path, "r/")) == {
        "r/tabellen/2.1.csv": {"bytes": 3, "sha256": hashlib.sha256(b"abc").hexdigest()}
    }


def test_placing_replaces_the_report_and_leaves_other_files_alone(tmp_path: Path) -> None:
    made, folder = tmp_path / "made", tmp_path / "reports"
    made.mkdir()
    (made / "nieuw").write_text("nieuw", encoding="utf-8")
    (folder / "tabellen").mkdir(parents=True)
    for name in ("rapport.html", "aantekening.txt", "tabellen/oud.csv"):
        (folder / name).write_text("oud", encoding="utf-8")
    place({"rapport.html": made / "nieuw", "tabellen/2.1.csv": made / "nieuw"}, folder)
    assert {
        p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8")
        for p in folder.rglob("*")
        if p.is_file()
    } == {
        "rapport.html": "nieuw",
        "aantekening.txt": "oud",
        "tabellen/2.1.csv": "nieuw",
    }


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", folder, *identity, *words], check=True, capture_output=True)


@needs_git
def test_the_commit_and_whether_something_changed(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "a").write_text("1", encoding="utf-8")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-q", "-m", "a")
    known = provenance.commit(tmp_path)
    assert len(str(known["commit"])) == 40
    assert known["gewijzigd"] is False
    (tmp_path / "a").write_text("2", encoding="utf-8")
    assert provenance.commit(tmp_path)["gewijzigd"] is True


@needs_git
def test_the_history_of_a_folder_above_is_not_the_projects(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "project").mkdir()
    assert provenance.commit(tmp_path / "project") == {"commit": None, "gewijzigd": None}


def test_without_git_the_commit_is_null(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert provenance.commit(tmp_path) == {"commit": None, "gewijzigd": None}


def test_the_versions_of_python_and_of_every_library_named() -> None:
    known = provenance.versions()
    assert {"python", "pandas", "pyarrow", "snakemake", "typst"} <= set(known)
    assert all(known.values())


def test_the_time_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert moment() == "1970-01-01T00:00:00+00:00"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "gisteren")
    assert moment() > "2020"


def test_a_digest_of_a_wing_takes_in_the_wings_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text("1", encoding="utf-8")
    monkeypatch.setattr(fingerprint, "ROOT", tmp_path)
    monkeypatch.setattr(fingerprint, "_PARTS", {"exact": ("a",), "gate": ("b",), "cbs": (), "public": ("c",)})

    def digests() -> list[str]:
        fingerprint.code.cache_clear()
        fingerprint._digest.cache_clear()
        return [fingerprint.code(wing) for wing in ("exact", "gate", "public")]

    found = [digests()]
    for name in ("c", "b", "a"):
        (tmp_path / name).write_text("2", encoding="utf-8")
        found.append(digests())
    fingerprint.code.cache_clear()
    fingerprint._digest.cache_clear()
    changed = [[now != then for now, then in zip(*two, strict=True)] for two in pairwise(found)]
    assert changed == [[False, False, True], [False, True, True], [True, True, True]]
