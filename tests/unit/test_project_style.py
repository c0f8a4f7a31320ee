"""The house rules that tools can check: formatting, linting, types, the workflow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from wi2007.project import ROOT

BIN = Path(sys.executable).parent
COMMANDS = {
    "ruff check": ("ruff", "check", "."),
    "ruff format": ("ruff", "format", "--check", "."),
    "mypy": ("mypy",),
    "snakefmt": ("snakefmt", "--check", "Snakefile", "workflow"),
}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS.keys())
def test_a_tool_has_no_remarks(words: tuple[str, ...]) -> None:
    done = subprocess.run([BIN / words[0], *words[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("delivered", [True, False])
def test_snakemake_has_no_remarks_on_the_workflow(tmp_path: Path, delivered: bool) -> None:
    if delivered:
        delivery = tmp_path / "data/raw/2022-07-01/levering.csv"
        delivery.parent.mkdir(parents=True)
        delivery.touch()
    words = [BIN / "snakemake", "--lint", "--snakefile", ROOT / "Snakefile", "--directory", tmp_path]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
