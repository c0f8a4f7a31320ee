"""The profile for Slurm on a real slurmd: the same bytes as without, and a job that fails leaves earlier reports."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from shared import Made
from slurm import on_a_cluster, plugin
from trial import LONG, SECOND, Trial, delivery_text, digests

from wi2007.project import ROOT

pytestmark = [pytest.mark.long, pytest.mark.slow]
QUICKLY = (
    *("--slurm-no-account", "--slurm-status-command", "squeue"),
    *("--slurm-init-seconds-before-status-checks", "1", "--seconds-between-status-checks", "1"),
)
"""There is no accounting here, and nobody else to be spared."""


def submitted(trial: Trial, cluster: list[str], plugins: Path) -> subprocess.CompletedProcess[str]:
    """Snakemake by the profile, with the environment of a user who has the plugin."""
    snakemake = [ROOT / ".venv" / "bin" / "snakemake", "--snakefile", ROOT / "Snakefile"]
    profile = ["--profile", ROOT / "workflow" / "profiles" / "slurm", "--directory", trial.directory]
    paths = os.pathsep.join([trial.environment()["PYTHONPATH"], str(plugins)])
    return subprocess.run(
        [*cluster, *snakemake, *profile, *QUICKLY],
        cwd=trial.directory,
        env={**trial.environment(), "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )


def readers_files(trial: Trial) -> dict[str, str]:
    """The reports of both peildata, but for what is internal."""
    found = digests(trial.directory / "reports")
    return {name: digest for name, digest in found.items() if "/intern/" not in name}


def test_a_cluster_gives_the_same_bytes_and_a_job_that_fails_leaves_earlier_reports(
    real: Made, tmp_path: Path
) -> None:
    cluster, plugins = on_a_cluster(tmp_path / "slurm"), plugin(tmp_path)
    trial = Trial(tmp_path / "werk")
    shutil.copytree(real.trial.directory / "data" / "raw", trial.directory / "data" / "raw")
    shutil.copy2(real.trial.directory / "data" / "afrondsleutel", trial.directory / "data")
    done = submitted(trial, cluster, plugins)
    assert done.returncode == 0, done.stderr[-3000:]
    jobs = [line for line in done.stderr.splitlines() if "has been submitted with SLURM jobid" in line]
    assert len(jobs) == 2
    assert trial.results() == real.trial.results()

    reports = readers_files(trial)
    mark = "ZOMAAR"
    trial.redeliver(SECOND, delivery_text(400, prefix="P").replace(";OUDKOMER", f";{mark}"))
    refused = submitted(trial, cluster, plugins)
    assert refused.returncode != 0
    assert readers_files(trial) == reports
    reasons = trial.report(SECOND) / "intern" / "validatie.html"
    assert "codelijst" in reasons.read_text(encoding="utf-8")
    assert mark not in refused.stderr + refused.stdout + reasons.read_text(encoding="utf-8")
