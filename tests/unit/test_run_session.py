"""What the command says at the end of a run, and its exit status."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wi2007.project import Run
from wi2007.run.choice import closed_folders
from wi2007.run.session import conclude
from wi2007.run.workflow import Failure, Outcome

DAY = "2022-07-01"
BROKEN = Failure(DAY, "html", 1, "Onverwachte fout (PermissionError) in edge.py:1.")
REFUSED = Failure("2024-07-01", "read", 2, "De levering is geweigerd.")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    run = Run(tmp_path)
    run.processed(DAY).mkdir(parents=True)
    run.report(DAY).mkdir(parents=True)
    (run.report(DAY) / "rapport.html").touch()
    return run


def close(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    """Make these folders read-only, for root too."""
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) not in folders)


def test_an_open_folder_is_not_told(run: Run) -> None:
    assert closed_folders(run, [DAY]) == []


@pytest.mark.parametrize("name", ["reports", f"reports/{DAY}", "data/processed", f"data/processed/{DAY}"])
def test_a_closed_folder_is_told_instead_of_a_defect(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    close(monkeypatch, run.directory / name)
    assert conclude(run, [DAY], [], Outcome(0, (BROKEN,), "")) == 2
    told = capsys.readouterr()
    assert f"In de map {name} kan niet worden geschreven." in told.err
    assert "Onverwachte fout" not in told.err
    assert "staat nog het vorige rapport" in told.err
    assert told.out == ""


def test_a_folder_that_cannot_be_made_is_told_by_the_one_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    close(monkeypatch, tmp_path)
    assert conclude(Run(tmp_path), [DAY], [], Outcome(0, (), "PermissionError: reports")) == 2
    assert capsys.readouterr().err.count(f"In de map {tmp_path} kan niet worden geschreven.") == 1


def test_a_refused_delivery_stays_refused_beside_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    close(monkeypatch, run.report(DAY))
    assert conclude(run, [DAY, "2024-07-01"], [], Outcome(0, (BROKEN, REFUSED), "")) == 2
    told = capsys.readouterr().err
    assert "kan niet worden geschreven" in told
    assert REFUSED.message in told


def test_a_defect_in_open_folders_stays_a_defect(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert conclude(run, [DAY], [], Outcome(0, (BROKEN,), "")) == 1
    assert "Onverwachte fout" in capsys.readouterr().err


def test_a_closed_folder_is_no_matter_when_nothing_failed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    close(monkeypatch, run.report(DAY))
    assert conclude(run, [DAY], [], Outcome(0, (), "")) == 0
