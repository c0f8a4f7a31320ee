"""The same delivery gives the same bytes, wherever, however and in whatever order it is run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shared import Made
from trial import FIRST, LONG, SECOND, Trial

from wi2007.project import ROOT

ELSEWHERE = {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "HOME": "/", "COLUMNS": "40"}
TURKISH = {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/Caracas", "PYTHONHASHSEED": "1"}


def snakemake(trial: Trial, cores: int) -> subprocess.CompletedProcess[str]:
    """Plain Snakemake, as somebody would use it who knows it."""
    words = [sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"), "--cores", str(cores)]
    return subprocess.run(
        words,
        cwd=trial.directory,
        env=trial.environment(),
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )


@pytest.mark.slow
def test_another_folder_order_core_locale_time_zone_hash_seed_and_program_give_the_same_bytes(
    real: Made, tmp_path: Path
) -> None:
    """Here the later peildatum comes first, on one core; then plain Snakemake makes the other, under other settings."""
    made = real.trial
    there = Trial(tmp_path / "los", variables=ELSEWHERE)
    shutil.copytree(made.directory / "data" / "raw", there.directory / "data" / "raw")
    shutil.copy(made.directory / "data" / "afrondsleutel", there.directory / "data" / "afrondsleutel")
    late = there.run(SECOND, "--cores", "1")
    assert late.status == 0, late.err
    assert not (there.report(FIRST) / "rapport.html").exists()
    turkish = Trial(there.directory, variables=TURKISH)
    done = snakemake(turkish, 2)
    assert done.returncode == 0, done.stderr
    assert "steps (100%) done" in done.stderr
    assert there.results() == made.results()
    again = snakemake(turkish, 2)
    assert (again.returncode, "Nothing to be done" in again.stderr) == (0, True)
    assert turkish.run().steps == {}


def test_the_time_in_the_manifest_can_be_fixed(made: Trial) -> None:
    (made.report(FIRST) / "manifest.json").unlink()
    ran = Trial(made.directory, variables={"SOURCE_DATE_EPOCH": "1656633600"}).run()
    assert ran.status == 0
    manifest = json.loads((made.report(FIRST) / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["gemaakt_op"] == "2022-07-01T00:00:00+00:00"


def test_plain_snakemake_without_a_delivery_names_the_demonstration(empty: Trial) -> None:
    done = snakemake(empty, 2)
    assert done.returncode != 0
    assert "wi2007 demo" in done.stderr
    assert "Traceback" not in done.stderr
