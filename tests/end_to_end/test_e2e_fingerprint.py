"""Every step is run under watch: what it imports and opens of the project is what its fingerprint covers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.util import source_from_cache
from pathlib import Path

import pytest
from trial import SECOND, Trial

from wi2007 import fingerprint
from wi2007.pipeline import STEPS
from wi2007.project import ROOT

# Does a step and writes the project's files that it imported or opened.
WATCH = """
import json, runpy, sys
from pathlib import Path
out, *words = sys.argv[1:]
opened = set()
def hear(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        opened.add(arguments[0] if isinstance(arguments[0], str) else arguments[0].decode())
sys.addaudithook(hear)
sys.argv = ["wi2007.steps", *words]
try:
    runpy.run_module("wi2007.steps", run_name="__main__", alter_sys=True)
finally:
    imported = {getattr(m, "__file__", None) or "" for m in list(sys.modules.values())}
    seen = opened | imported
    Path(out).write_text(json.dumps(sorted(str(Path(name).resolve()) for name in seen if name)))
"""
CONFIGURATION = {"config/config.yaml"}
"""What of it concerns a step is tracked by value (`wi2007.run.wiring`)."""
PROJECT_FOLDERS = ("src", "schemas", "config", "reference")


def source(path: Path) -> Path:
    """The module that a compiled file was made from; any other file as it is."""
    return Path(source_from_cache(str(path))) if path.parent.name == "__pycache__" else path


def commands(trial: Trial) -> dict[str, list[str]]:
    """The command of every step for one peildatum, as Snakemake would give it."""
    snakemake = [sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"), "--cores", "1"]
    done = subprocess.run(
        [*snakemake, "--dry-run", "--forceall", "--printshellcmds"],
        cwd=trial.directory,
        env={**trial.environment(), "WI2007_PEILDATA": SECOND},
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.findall(rf"-m wi2007\.steps (\w+) {SECOND}(.*) 2> ", done.stdout + done.stderr)
    return {name: [name, SECOND, *words.split()] for name, words in found}


@pytest.mark.slow
def test_the_fingerprint_covers_what_each_step_uses(made: Trial, tmp_path: Path) -> None:
    found = commands(made)
    assert set(found) == set(STEPS)
    missing: dict[str, list[str]] = {}
    for step, words in found.items():
        report = tmp_path / f"{step}.json"
        subprocess.run(
            [sys.executable, "-P", "-c", WATCH, str(report), *words],
            cwd=made.directory,
            env=made.environment(),
            check=True,
        )
        used = {source(Path(name)) for name in json.loads(report.read_text(encoding="utf-8"))}
        inside = {
            path.relative_to(ROOT).as_posix()
            for path in used
            if path.is_relative_to(ROOT)
            and path.relative_to(ROOT).parts[0] in PROJECT_FOLDERS
            and path.is_file()
        }
        assert f"src/wi2007/steps/{step}.py" in inside
        covered = set(fingerprint.files(fingerprint.parts(STEPS[step].wing))) | CONFIGURATION
        if left := sorted(inside - covered):
            missing[step] = left
    assert missing == {}, json.dumps(missing, indent=1)


@pytest.mark.parametrize(
    "name", sorted({name for wing in fingerprint.WINGS for name in fingerprint.parts(wing)})
)
def test_nothing_is_listed_that_does_not_exist(name: str) -> None:
    assert fingerprint.files([name])
