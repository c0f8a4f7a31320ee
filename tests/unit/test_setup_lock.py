"""One lock for everybody: pyproject, uv.lock, requirements.lock and environment.yml say the same."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from wi2007.project import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
LINES = [
    line
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def name(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", Requirement(requirement).name).lower()


def of_group(group: str) -> list[str]:
    """The requirements of a group of developers, with those of the groups that it includes."""
    found = []
    for entry in PROJECT["dependency-groups"][group]:
        found += of_group(entry["include-group"]) if isinstance(entry, dict) else [entry]
    return found


def specifier(entry: dict[str, str]) -> SpecifierSet:
    return SpecifierSet(entry.get("specifier", ""))


def locked() -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for package in LOCK["package"]:
        found.setdefault(package["name"], []).append(package)
    return found


def test_every_requirement_of_the_project_is_in_the_lock_as_it_stands() -> None:
    (project,) = locked()["wi2007"]
    metadata = project["metadata"]
    assert isinstance(metadata, dict)
    wanted = {(name(text), Requirement(text).specifier) for text in PROJECT["project"]["dependencies"]}
    assert {(entry["name"], specifier(entry)) for entry in metadata["requires-dist"]} == wanted
    for group, entries in metadata["requires-dev"].items():
        asked = {(name(text), Requirement(text).specifier) for text in of_group(group)}
        assert {(entry["name"], specifier(entry)) for entry in entries} == asked, group
    assert LOCK["requires-python"] == PROJECT["project"]["requires-python"]


def test_every_locked_file_has_a_hash_and_comes_from_the_package_index() -> None:
    for package in LOCK["package"]:
        if package["name"] == "wi2007":
            continue
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        assert files, package["name"]
        assert all(file["hash"].startswith("sha256:") for file in files), package["name"]
        assert set(package["source"]) == {"registry"}, package["name"]


def test_the_exported_lock_has_what_the_project_needs_and_nothing_else() -> None:
    versions = locked()
    queue, reached = [name(text) for text in PROJECT["project"]["dependencies"]], set[str]()
    while queue:
        current = queue.pop()
        if current in reached:
            continue
        reached.add(current)
        for package in versions[current]:
            needed = [*package.get("dependencies", [])]
            for extras in package.get("optional-dependencies", {}).values():
                needed += [entry for entry in extras if entry["name"] in {name(line) for line in LINES}]
            queue += [entry["name"] for entry in needed]
    assert {name(line) for line in LINES} == reached


def test_the_exported_lock_has_the_versions_of_the_lock() -> None:
    versions = locked()
    for line in LINES:
        pinned = re.match(r"[^ ;=]+==(\S+)", line)
        assert pinned, line
        assert pinned[1] in {package["version"] for package in versions[name(line)]}, line


def test_the_exported_lock_is_what_uv_exports() -> None:
    uv = next(
        (p for p in (str(ROOT / ".tools/uv/bin/uv"), shutil.which("uv")) if p and Path(p).exists()), None
    )
    if uv is None:
        pytest.skip("uv staat niet op deze machine; de andere tests houden de bestanden tegen elkaar")
    options = ["--frozen", "--no-hashes", "--no-emit-project", "--no-annotate", "--no-header"]
    for lock, more in (("requirements.lock", ["--no-dev"]), ("requirements-test.lock", [])):
        done = subprocess.run(
            [uv, "export", "--project", str(ROOT), "--quiet", *options, *more],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == (ROOT / lock).read_text(encoding="utf-8"), lock


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_pip_gets_a_locked_hash_for_every_library(lock: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "hashes.py"), lock],
        capture_output=True,
        text=True,
        check=True,
    )
    known = {file["hash"] for package in LOCK["package"] for file in package.get("wheels", [])}
    known |= {package["sdist"]["hash"] for package in LOCK["package"] if "sdist" in package}
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    made = done.stdout.splitlines()
    assert len(made) == len(lines)
    for line, one in zip(lines, made, strict=True):
        requirement, *hashes = one.split(" --hash=")
        assert requirement == line
        assert hashes
        assert set(hashes) <= known


def test_the_lock_of_the_tests_has_all_of_the_other_and_what_developers_need() -> None:
    pinned = [line.split(";")[0] for line in LINES]
    lines = [line.split(";")[0] for line in (ROOT / "requirements-test.lock").read_text("utf-8").splitlines()]
    names = {name(line) for line in lines}
    assert {line.strip() for line in pinned} <= {line.strip() for line in lines}
    assert {name(text) for text in of_group("dev")} <= names


def test_conda_gets_the_exported_lock_on_one_minor_version_of_python() -> None:
    python, pip, section = ENVIRONMENT["dependencies"]
    assert pip == "pip"
    assert section == {"pip": ["-r requirements.lock", "-e ."]}
    assert re.fullmatch(r"python=3\.\d+", python)
    version = python.removeprefix("python=")
    assert Requirement(f"python{PROJECT['project']['requires-python']}").specifier.contains(f"{version}.0")


def test_conda_gets_one_version_of_every_library() -> None:
    version = ENVIRONMENT["dependencies"][0].removeprefix("python=")
    surroundings = {"python_version": version, "python_full_version": f"{version}.0"}
    chosen = [
        name(line)
        for line in LINES
        if ";" not in line or Marker(line.split(";", 1)[1]).evaluate(surroundings)
    ]
    assert len(chosen) == len(set(chosen))


@pytest.mark.slow
@pytest.mark.long
def test_the_pip_step_of_conda_works_in_an_empty_environment(tmp_path: Path) -> None:
    """conda writes the pip section to a file beside environment.yml and gives that to pip, there."""
    project = tmp_path / "project"
    project.mkdir()
    for item in ("src", "schemas"):
        shutil.copytree(ROOT / item, project / item, ignore=shutil.ignore_patterns("__pycache__"))
    for item in ("pyproject.toml", "README.md", "LICENSE", "requirements.lock"):
        shutil.copy2(ROOT / item, project / item)
    section = project / "condaenv.pip.requirements.txt"
    section.write_text("\n".join(ENVIRONMENT["dependencies"][-1]["pip"]) + "\n", encoding="utf-8")
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(tmp_path / "venv")], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("deze python kan geen virtuele omgeving met pip maken (ensurepip ontbreekt)")
    python = tmp_path / "venv/bin/python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "-U", "-r", section.name],
        cwd=project,
        check=True,
        timeout=900,
    )
    done = subprocess.run(
        [tmp_path / "venv/bin/wi2007", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("wi2007 ")
    subprocess.run([python, "-c", "import pandera.pandas, pyarrow, matplotlib, typst, snakemake"], check=True)
