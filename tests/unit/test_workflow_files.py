"""The files of GitHub and GitLab: they parse, run the project's scripts, and let nothing out but the difference."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
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
BIN = Path(sys.executable).parent


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


GITLAB = read(ROOT / ".gitlab-ci.yml")
TABLES = read(GITHUB / "tables.yml")


ELSEWHERE = {"python", "windows"}
"""Other systems and versions, where the host has them: GitHub alone."""


def jobs() -> dict[str, dict[str, Any]]:
    """The jobs of both, by where they are."""
    found = {f"gitlab {name}": GITLAB[name] for name in ("tests", "demonstration", "institute")}
    for path in sorted(GITHUB.glob("*.yml")):
        here = read(path)["jobs"].items()
        found |= {f"github {name}": job for name, job in here if name not in ELSEWHERE}
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
    assert sorted(cached) == ["github demonstration", "github tests", "gitlab demonstration", "gitlab tests"]
    packages = [step for step in read(GITHUB / "tests.yml")["jobs"]["tests"]["steps"] if "cache" in str(step)]
    assert [packages[0]["with"]["path"], *GITLAB["tests"]["cache"]["paths"]] == [".cache", ".cache/"]
    steps = [step for step in TABLES["jobs"]["demonstration"]["steps"] if "cache" in step.get("uses", "")]
    assert [step["with"]["path"].split() for step in steps] == [MADE, MADE]
    assert steps[1]["if"] == "github.event_name == 'push'"
    assert [path.rstrip("/") for path in GITLAB["demonstration"]["cache"]["paths"]] == MADE


def test_real_data_stay_with_the_institute() -> None:
    github, gitlab = TABLES["jobs"]["institute"], GITLAB["institute"]
    assert (github["runs-on"], gitlab["tags"]) == (["self-hosted", "wi2007"], ["wi2007"])
    assert "head.repo.full_name == github.repository" in github["if"]
    assert '$CI_COMMIT_REF_PROTECTED == "true"' in gitlab["rules"][0]["if"]
    assert (github["environment"], gitlab["environment"]["name"]) == ("instituut", "instituut")
    keys = [step["env"]["WI2007_AFRONDSLEUTEL"] for step in github["steps"] if "AFRONDSLEUTEL" in str(step)]
    assert keys == ["${{ secrets.WI2007_AFRONDSLEUTEL }}"]
    assert "AFRONDSLEUTEL" not in str(TABLES["jobs"]["demonstration"])
    assert github["steps"][-1]["if"] == "always()"
    permissions = [read(path)["permissions"] for path in GITHUB.glob("*.yml")]
    assert permissions == [{"contents": "read"}] * 3
    more = [name for name, job in jobs().items() if job.get("permissions", {}).get("pull-requests")]
    assert more == ["github demonstration"]


def test_a_variable_that_is_protected_is_asked_for_where_it_exists() -> None:
    """GitLab gives a pipeline of a merge request no protected variable, so that job must not be in one."""
    (rule,) = GITLAB["institute"]["rules"]
    assert "merge_request_event" not in rule["if"]
    assert any("$CI_COMMIT_REF_PROTECTED" in one["if"] for one in GITLAB["workflow"]["rules"])
    for name in ("tests", "demonstration"):
        assert not any("PROTECTED" in one["if"] for one in GITLAB[name]["rules"])


def uses() -> list[tuple[str, str]]:
    """Each action of another with the workflow that uses it."""
    found = []
    for path in sorted(GITHUB.glob("*.yml")):
        for job in read(path)["jobs"].values():
            found += [(path.name, step["uses"]) for step in job["steps"] if "uses" in step]
    return found


def test_actions_are_pinned_by_digest_where_personal_data_are_near() -> None:
    near = [action for name, action in uses() if name != "elsewhere.yml"]
    assert len(near) > 5
    assert [action for action in near if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action)] == []
    by_name: dict[str, set[str]] = {}
    for _, action in uses():
        name, _, version = action.partition("@")
        by_name.setdefault("/".join(name.split("/")[:2]), set()).add(version)
    assert [name for name, versions in by_name.items() if len(versions) > 1] == []


@pytest.mark.parametrize(
    ("schema", "files", "more"),
    [
        ("vendor.github-workflows", sorted(GITHUB.glob("*.yml")), []),
        ("vendor.gitlab-ci", [ROOT / ".gitlab-ci.yml"], ["--data-transform", "gitlab-ci"]),
    ],
)
def test_the_files_are_what_the_hosts_read(
    schema: str, files: list[Path], more: list[str], tmp_path: Path
) -> None:
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", schema, *more]
    checked = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    wrong = tmp_path / "wrong.yml"
    broken = (
        files[0].read_text(encoding="utf-8").replace("permissions:", "permisions:").replace("stage:", "stag:")
    )
    wrong.write_text(broken, encoding="utf-8")
    assert subprocess.run([*command, wrong], capture_output=True, check=False).returncode == 1


def run_blocks() -> dict[str, str]:
    """Everything that a host runs, as one script of each job."""
    found = {f"gitlab {name}": list(shell(GITLAB[name])) for name in ("tests", "demonstration", "institute")}
    for path in sorted(GITHUB.glob("*.yml")):
        found |= {f"github {name}": list(shell(job)) for name, job in read(path)["jobs"].items()}
    return {name: "\n".join(lines) + "\n" for name, lines in found.items()}


SCRIPTS = {path.relative_to(ROOT).as_posix(): path for path in sorted((ROOT / "scripts").glob("*.sh"))}
LEFT_OUT = "SC1091,SC2034,SC2154,SC2209"
"""Scripts are sourced with `root` and `group`, words like `test`; what they source is checked by itself."""


def remarks(script: str, shell_name: str, *options: str) -> str:
    """What shellcheck has to say."""
    command = [str(BIN / "shellcheck"), f"--shell={shell_name}", "--format=gcc", *options, "-"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", run_blocks())
def test_what_a_host_runs_has_no_remark_of_shellcheck(name: str) -> None:
    assert remarks(run_blocks()[name], "bash") == ""


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_have_no_remark_of_shellcheck(name: str) -> None:
    assert remarks(SCRIPTS[name].read_text(encoding="utf-8"), "sh", f"--exclude={LEFT_OUT}") == ""


def test_the_script_of_the_tests_has_no_remark_and_shellcheck_finds_one() -> None:
    assert remarks((ROOT / ".ci/run").read_text(encoding="utf-8"), "bash") == ""
    assert "SC2086" in remarks("rm $1\n", "sh")


@pytest.mark.parametrize(("version", "status"), [("v18.20.4", 1), ("v20.0.0", 0), ("v100.1.0", 0)])
def test_a_node_that_is_too_old_is_told(tmp_path: Path, version: str, status: int) -> None:
    (tmp_path / "scripts").mkdir()
    (tmp_path / "tests/browser").mkdir(parents=True)
    shutil.copy2(ROOT / "scripts/browser-tools.sh", tmp_path / "scripts")
    for name, body in (("node", f"echo {version}"), ("npm", "exit 0")):
        (tmp_path / name).write_text(f"#!{SHELL}\n{body}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    done = subprocess.run(
        [SHELL, str(tmp_path / "scripts/browser-tools.sh")],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "Node 20" in done.stderr) == (status, bool(status))


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
