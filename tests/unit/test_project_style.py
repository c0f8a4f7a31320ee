"""What Snakemake itself has to say of the workflow; formatter, linters and types are in `make check`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from wi2007.project import ROOT

BIN = Path(sys.executable).parent


@pytest.mark.parametrize("delivered", [True, False])
def test_snakemake_has_no_remarks_on_the_workflow(tmp_path: Path, delivered: bool) -> None:
    if delivered:
        delivery = tmp_path / "data/raw/2022-07-01/levering.csv"
        delivery.parent.mkdir(parents=True)
        delivery.touch()
    words = [BIN / "snakemake", "--lint", "--snakefile", ROOT / "Snakefile", "--directory", tmp_path]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
