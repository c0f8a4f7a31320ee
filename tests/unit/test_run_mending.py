"""What is made again with the same bytes keeps its time, and a folder that lost a file is made again as a whole."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from wi2007.pipeline import STEPS
from wi2007.project import ROOT, Run
from wi2007.run import workflow
from wi2007.run.mending import kept_times, missing

DAY = "2022-07-01"
LONG_AGO = 10**18


def made(path: Path, text: str = "zelfde") -> Path:
    """A file of long ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    return path


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A work in which every step has made its files and folders."""
    run = Run(tmp_path)
    for step in STEPS.values():
        for name in step.writes:
            place = run.processed(DAY) / name.rstrip("/")
            if not name.endswith("/"):
                made(place)
                continue
            made(place / "onder" / "een.csv")
            made(place / ".snakemake_timestamp")
            for folder in (place / "onder", place):
                os.utime(folder, ns=(LONG_AGO, LONG_AGO))
    return run


def test_nothing_is_missing_of_a_whole_report(run: Run) -> None:
    assert list(missing(run, [DAY])) == []


def test_a_report_that_was_never_whole_is_left_to_an_ordinary_run(run: Run) -> None:
    (run.processed(DAY) / "rapport/herkomst.json").unlink()
    (run.processed(DAY) / "kubus.parquet").unlink()
    assert list(missing(run, [DAY])) == []


def test_each_step_comes_with_all_its_files_and_those_that_are_missing(run: Run) -> None:
    gone = [run.processed(DAY) / name for name in ("publicatie/inhoud.json", "kubus.parquet")]
    for path in gone:
        path.unlink()
    found = list(missing(run, [DAY]))
    assert [one for _, one in found] == [[gone[1]], [gone[0]]]
    assert len(found[0][0]) == len(STEPS["read"].writes)


def test_of_a_folder_that_lost_a_file_the_rest_goes_too(run: Run) -> None:
    folder = run.processed(DAY) / "publicatie/grafieken"
    (folder / "onder" / "een.csv").unlink()
    assert [one for _, one in missing(run, [DAY])] == [[folder]]
    assert not folder.exists()


def test_the_same_bytes_keep_their_time_and_others_get_a_new_one(run: Run) -> None:
    same, other, gone = (run.processed(DAY) / f"{name}.json" for name in ("a", "b", "c"))
    folder = run.processed(DAY) / "publicatie/grafieken"
    for path in (same, other, gone):
        made(path)
    with kept_times([same, other, gone, folder]):
        same.write_text("zelfde", encoding="utf-8")
        other.write_text("anders", encoding="utf-8")
        gone.unlink()
        (folder / "onder" / "een.csv").write_text("zelfde", encoding="utf-8")
        (folder / ".snakemake_timestamp").touch()
    assert same.stat().st_mtime_ns == LONG_AGO
    assert (folder / ".snakemake_timestamp").stat().st_mtime_ns == LONG_AGO
    assert other.stat().st_mtime_ns > LONG_AGO


def test_a_folder_with_another_file_is_newer(run: Run) -> None:
    folder = run.processed(DAY) / "publicatie/grafieken"
    with kept_times([folder]):
        (folder / "onder" / "een.csv").write_text("anders", encoding="utf-8")
        (folder / ".snakemake_timestamp").touch()
    assert (folder / ".snakemake_timestamp").stat().st_mtime_ns > LONG_AGO


def test_what_fails_while_mending_is_left_to_the_passes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused delivery does not hold up the others, and is told once."""
    (run.processed(DAY) / "kubus.parquet").unlink()
    steps: Any = SimpleNamespace(failures=[])

    def failing(*_: object) -> str:
        steps.failures.append("geweigerd")
        return "WorkflowError"

    monkeypatch.setattr(workflow, "_snakemake", failing)
    task = workflow.Task([DAY], frozenset(), 1, verbose=False, rounding="5")
    interrupt: Any = SimpleNamespace(number=0)
    workflow._mend(run, task, steps, interrupt)
    assert steps.failures == []


def test_snakemake_by_hand_compares_as_many_bytes() -> None:
    profile = (ROOT / "workflow/profiles/default/config.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(profile)["max-checksum-file-size"] == workflow.COMPARED_BY_CONTENT
