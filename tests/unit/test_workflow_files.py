"""The files of GitHub and GitLab: they parse, run the project's scripts, and let nothing out but the difference."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from wi2007.project import ROOT

GITHUB = ROOT / ".github/workflows"
MADE = [".snakemake", "data/processed", "data/uitgaven", "data/volgsleutel", "reports"]
OUT = ("verschil/*.md", "verschil/verschil.md")
SHELL = shutil.which("dash") or "/bin/sh"


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


GITLAB = read(ROOT / ".gitlab-ci.yml")
TABLES = read(GITHUB / "tables.yml")


def jobs() -> dict[str, dict[str, Any]]:
    """The jobs of both, by where they are."""
    found = {f"gitlab {name}": GITLAB[name] for name in ("tests", "demonstration", "institute")}
    for path in sorted(GITHUB.glob("*.yml")):
        found |= {f"github {name}": job for name, job in read(path)["jobs"].items()}
    return found


def shell(job: dict[str, Any]) -> Iterator[str]:
    """Everything that a job runs."""
    yield from job.get("script", [])
    yield from job.get("after_script", [])
    yield from (step["run"] for step in job.get("steps", []) if "run" in step)


def attached(job: dict[str, Any]) -> list[str]:
    """The paths that leave a job for readers."""
    steps = [
        step["with"]["path"] for step in job.get("steps", []) if "upload-artifact" in step.get("uses", "")
    ]
    return [*job.get("artifacts", {}).get("paths", []), *(line for path in steps for line in path.split())]


def test_both_have_the_same_jobs() -> None:
    names = [name.split() for name in jobs()]
    assert {name for host, name in names if host == "github"} == {
        name for host, name in names if host == "gitlab"
    }
    assert {name for _, name in names} == {"tests", "demonstration", "institute"}


@pytest.mark.parametrize("name", jobs())
def test_a_job_runs_what_parses_and_is_there(name: str) -> None:
    lines = list(shell(jobs()[name]))
    assert lines
    for line in lines:
        checked = subprocess.run([SHELL, "-n"], input=line, text=True, capture_output=True, check=False)
        assert checked.returncode == 0, checked.stderr
        for word in line.split():
            if word.endswith(".sh") or word == ".ci/run":
                assert (ROOT / word).is_file()
    wanted = "bash .ci/run" if name.endswith("tests") else "sh scripts/difference.sh verschil"
    assert any(wanted in line for line in lines)


@pytest.mark.parametrize("name", jobs())
def test_only_the_difference_is_attached(name: str) -> None:
    assert [path for path in attached(jobs()[name]) if path not in OUT] == []
    assert bool(attached(jobs()[name])) == (not name.endswith("tests"))


def test_only_what_is_made_of_demonstration_data_is_cached() -> None:
    cached = [
        name for name, job in jobs().items() if job.get("cache") or "actions/cache" in str(job.get("steps"))
    ]
    assert cached == ["gitlab demonstration", "github demonstration"]
    steps = [step for step in TABLES["jobs"]["demonstration"]["steps"] if "cache" in step.get("uses", "")]
    assert [step["with"]["path"].split() for step in steps] == [MADE, MADE]
    assert steps[1]["if"] == "github.event_name == 'push'"
    assert [path.rstrip("/") for path in GITLAB["demonstration"]["cache"]["paths"]] == MADE


def test_real_data_stay_with_the_institute() -> None:
    github, gitlab = TABLES["jobs"]["institute"], GITLAB["institute"]
    assert (github["runs-on"], gitlab["tags"]) == (["self-hosted", "wi2007"], ["wi2007"])
    assert "head.repo.full_name == github.repository" in github["if"]
    assert "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID" in gitlab["rules"][0]["if"]
    keys = [step["env"]["WI2007_AFRONDSLEUTEL"] for step in github["steps"] if "AFRONDSLEUTEL" in str(step)]
    assert keys == ["${{ secrets.WI2007_AFRONDSLEUTEL }}"]
    assert "AFRONDSLEUTEL" not in str(TABLES["jobs"]["demonstration"])
    assert github["steps"][-1]["if"] == "always()"
    permissions = [read(path)["permissions"] for path in GITHUB.glob("*.yml")]
    assert permissions == [{"contents": "read"}] * 2


def test_every_source_of_the_tables_makes_them_again() -> None:
    events = TABLES[True]  # YAML 1.1 reads the key `on` as a truth
    assert events["pull_request"]["paths"] == events["push"]["paths"]
    gitlab = [rule["changes"] for rule in GITLAB["demonstration"]["rules"]]
    assert gitlab[0] == gitlab[1] == GITLAB["institute"]["rules"][0]["changes"]
    sources = [
        "Snakefile",
        "config/tables.yaml",
        "data/raw/2022-07-01/levering.csv",
        "reference/landen.csv",
        "requirements.lock",
        "schemas/tidy.py",
        "scripts/report.sh",
        "src/wi2007/tables/build.py",
        "uv.lock",
        "workflow/rules/tables.smk",
    ]
    anywhere = [pattern.replace("/**/*", "/**") for pattern in gitlab[0]]  # of GitLab no folder is one, too
    for patterns in (events["push"]["paths"], anywhere):
        assert [name for name in sources if not any(fnmatch(name, pattern) for pattern in patterns)] == []
        assert not any(fnmatch("docs/ci.md", pattern) for pattern in patterns)
