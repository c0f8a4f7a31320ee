"""The container recipe: done step by step in a folder, as no container can be built where the tests run."""

from __future__ import annotations

import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from trial import FIRST, Trial, delivery_text

from wi2007.project import ROOT

RECIPE = ROOT / "Containerfile"
IGNORED = ROOT / ".dockerignore"


def instructions() -> Iterator[tuple[str, str]]:
    """Every instruction with its words, joined to one line."""
    lines = [line for line in RECIPE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line.strip():
            name, _, words = line.partition(" ")
            yield name, words.strip()


def given(name: str) -> list[str]:
    return [words for one, words in instructions() if one == name]


def copied() -> list[str]:
    return [source for words in given("COPY") for source in words.split()[:-1]]


def test_nobody_is_root_and_data_are_a_volume() -> None:
    names = [name for name, _ in instructions()]
    assert given("USER") == ["1000"]
    assert any(words.startswith("useradd --uid 1000 ") for words in given("RUN"))
    assert not {"RUN", "COPY", "ADD"} & set(names[names.index("USER") :])
    assert json.loads(given("VOLUME")[0]) == ["/werk"]
    assert json.loads(given("CMD")[0]) == ["run", "--directory", "/werk"]
    (base,) = given("FROM")
    assert base.startswith("docker.io/library/python:3.")


def test_the_recipe_has_no_remark_of_hadolint() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    if not hadolint.exists() and (sys.platform, platform.machine()) != ("linux", "x86_64"):
        pytest.xfail("hadolint is there for Linux on x86_64 only")
    done = subprocess.run([hadolint, "--no-color", RECIPE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    worse = RECIPE.read_text(encoding="utf-8").replace("USER 1000", "USER root")
    found = subprocess.run([hadolint, "-"], input=worse, capture_output=True, text=True, check=False)
    assert "DL3002" in found.stdout


def test_the_builder_gets_what_is_copied_and_nothing_else() -> None:
    lines = IGNORED.read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert sorted(line[1:] for line in rules if line.startswith("!")) == sorted(copied())
    assert all((ROOT / name).exists() for name in copied())
    assert not [name for name in copied() if name.startswith(("data", "reports", "."))]


@pytest.mark.slow
@pytest.mark.long
def test_the_steps_of_the_recipe_make_a_program_that_makes_a_report(tmp_path: Path) -> None:
    """All but the base image and the user; the program has to be in a folder of its own."""
    place = tmp_path / "opt"
    place.mkdir()
    python = Path(sys.base_prefix) / "bin"
    bare = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "HTTP"))}
    environment = {**bare, "PATH": f"{python}:/usr/bin:/bin", "HOME": str(tmp_path)}
    for name, words in instructions():
        if name == "COPY":
            *sources, target = words.split()
            for source in sources:
                if (ROOT / source).is_dir():
                    ignored = shutil.ignore_patterns("__pycache__")
                    shutil.copytree(ROOT / source, place / target, ignore=ignored, dirs_exist_ok=True)
                else:
                    (place / target).mkdir(parents=True, exist_ok=True)
                    shutil.copy2(ROOT / source, place / target)
        elif name == "RUN" and not words.startswith("useradd"):
            done = subprocess.run(
                ["sh", "-c", words], cwd=place, env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr[-2000:]
    work = Trial(tmp_path / "werk")
    work.deliver(FIRST, delivery_text())
    (command,) = json.loads(given("ENTRYPOINT")[0])
    words = [str(place / Path(command).relative_to("/opt/wi2007")), *json.loads(given("CMD")[0])]
    words = [str(work.directory) if word == "/werk" else word for word in words]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, f"{shlex.join(words)}\n{done.stderr[-2000:]}"
    assert (work.report(FIRST) / "rapport.pdf").is_file()
