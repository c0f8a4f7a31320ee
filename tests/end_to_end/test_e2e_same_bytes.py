"""The same delivery gives the same bytes, wherever and however it is run; and plain Snakemake gives them too."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from trial import FIRST, Trial, delivery_text

from wi2007.project import ROOT

ELSEWHERE = {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "HOME": "/", "COLUMNS": "40"}


@pytest.mark.slow
def test_other_folder_cores_locale_time_zone_and_hash_seed_give_the_same_bytes(
    empty: Trial, tmp_path: Path
) -> None:
    here = Trial(
        tmp_path / "hier", variables={"LC_ALL": "tr_TR.UTF-8", "TZ": "America/Caracas", "PYTHONHASHSEED": "1"}
    )
    there = Trial(empty.directory, variables=ELSEWHERE)
    for trial, cores in ((here, "1"), (there, "2")):
        trial.deliver(FIRST, delivery_text(seed=5))
        ran = trial.run("--cores", cores)
        assert ran.status == 0, ran.err
    assert here.results() == there.results()


def test_the_time_in_the_manifest_can_be_fixed(made: Trial) -> None:
    (made.report(FIRST) / "manifest.json").unlink()
    ran = Trial(made.directory, variables={"SOURCE_DATE_EPOCH": "1656633600"}).run()
    assert ran.status == 0
    manifest = json.loads((made.report(FIRST) / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["gemaakt_op"] == "2022-07-01T00:00:00+00:00"


@pytest.mark.slow
def test_plain_snakemake_makes_the_same_and_then_finds_nothing_to_do(made: Trial, tmp_path: Path) -> None:
    plain = Trial(tmp_path / "plat")
    for peildatum in ("2022-07-01", "2024-07-01"):
        plain.deliver(peildatum, made.raw(peildatum).read_bytes().decode())
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"), "--cores", "2"]
    for expected in ("steps (100%) done", "Nothing to be done"):
        done = subprocess.run(
            command,
            cwd=plain.directory,
            env=plain.environment(),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert expected in done.stderr
    assert plain.results() == made.results()
    assert plain.run().steps == {}


def test_plain_snakemake_without_a_delivery_names_the_demonstration(empty: Trial) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"), "--cores", "2"],
        cwd=empty.directory,
        env=empty.environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode != 0
    assert "wi2007 demo" in done.stderr
    assert "Traceback" not in done.stderr
