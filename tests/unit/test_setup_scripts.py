"""The set-up scripts on machines that lack something: one sentence in Dutch, and nothing half done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wi2007.project import ROOT

SCRIPTS = sorted((ROOT / "scripts").glob("*.sh"))
SHELL = shutil.which("dash") or "/bin/sh"
TOOLS = ("dirname", "cksum", "cat", "mkdir", "rm", "mv", "cp", "ls", "env", "sleep")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a path with a space, without an environment."""
    root = tmp_path / "een map" / "wi2007"
    shutil.copytree(ROOT / "scripts", root / "scripts")
    for name in ("pyproject.toml", "uv.lock", "Makefile"):
        shutil.copy2(ROOT / name, root / name)
    return root


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A path with the plainest tools of a system and no python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    return folder


def command(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!{SHELL}\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def run(
    checkout: Path, tools: Path, *words: str, script: str = "report.sh"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SHELL, str(checkout / "scripts" / script), *words],
        env={"PATH": str(tools), "HOME": str(checkout)},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_plain_shell_understands_every_script(script: Path) -> None:
    done = subprocess.run([SHELL, "-n", str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_python_one_sentence_says_what_to_install(checkout: Path, tools: Path) -> None:
    done = run(checkout, tools)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "ontbreekt python3" in done.stderr
    assert not (checkout / ".venv").exists()


def test_a_python_that_is_too_old_is_named(checkout: Path, tools: Path) -> None:
    command(tools, "python3", "exit 1")
    done = run(checkout, tools)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "te oud" in done.stderr


def test_a_newer_python_under_another_name_is_found(checkout: Path, tools: Path) -> None:
    command(tools, "python3", "exit 1")
    command(tools, "python3.13", 'case "$1" in -c) exit 0 ;; *) exit 1 ;; esac')
    assert "heeft geen pip" in run(checkout, tools).stderr


def test_without_pip_one_sentence_says_what_to_install(checkout: Path, tools: Path) -> None:
    command(tools, "python3", 'case "$1" in -c) exit 0 ;; *) exit 1 ;; esac')
    done = run(checkout, tools)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "heeft geen pip" in done.stderr
    assert not (checkout / ".tools/pip").exists()


def test_without_the_package_index_the_message_says_so(checkout: Path, tools: Path) -> None:
    command(tools, "python3", 'case "$*" in *install*) exit 1 ;; *) exit 0 ;; esac')
    done = run(checkout, tools)
    assert done.returncode == 1
    assert "kon niet van PyPI worden gehaald" in done.stderr.splitlines()[-1]


def stand_in_uv(tools: Path, log: Path, status: int = 0) -> None:
    """An uv that makes an environment with a `wi2007` that shows its arguments."""
    command(
        tools,
        "uv",
        f'''[ "$1" = --version ] && echo "uv 0.13.9" && exit 0
printf '%s\\n' "$*" "downloads=$UV_PYTHON_DOWNLOADS" >> "{log}"
mkdir -p "$UV_PROJECT_ENVIRONMENT/bin"
printf '#!{SHELL}\\necho "$0 $*"\\n' > "$UV_PROJECT_ENVIRONMENT/bin/wi2007"
cp "$UV_PROJECT_ENVIRONMENT/bin/wi2007" "$UV_PROJECT_ENVIRONMENT/bin/python"
{shutil.which("chmod")} +x "$UV_PROJECT_ENVIRONMENT/bin/"*
exit {status}''',
    )


def test_a_machine_that_is_set_up_starts_at_once_until_the_lock_changes(
    checkout: Path, tools: Path, tmp_path: Path
) -> None:
    log = tmp_path / "uv.log"
    command(tools, "python3", "exit 0")
    stand_in_uv(tools, log)
    for _ in range(2):
        done = run(checkout, tools, "2024-07-01")
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == f"{checkout}/.venv/bin/wi2007 run 2024-07-01"
    called = log.read_text(encoding="utf-8").splitlines()
    assert len(called) == 2
    assert "sync" in called[0]
    assert "--frozen" in called[0]
    assert called[1] == "downloads=never"
    with (checkout / "uv.lock").open("a", encoding="utf-8") as lock:
        lock.write("\n")
    run(checkout, tools)
    assert len(log.read_text(encoding="utf-8").splitlines()) == 4


def test_the_tests_need_more_than_the_report_does(checkout: Path, tools: Path, tmp_path: Path) -> None:
    log = tmp_path / "uv.log"
    command(tools, "python3", "exit 0")
    stand_in_uv(tools, log)
    run(checkout, tools)
    run(checkout, tools, script="test.sh")
    run(checkout, tools)
    first, _, second, _ = log.read_text(encoding="utf-8").splitlines()
    assert "--no-dev" in first
    assert "--no-dev" not in second


def test_a_set_up_that_was_broken_off_is_done_again(checkout: Path, tools: Path, tmp_path: Path) -> None:
    log = tmp_path / "uv.log"
    command(tools, "python3", "exit 0")
    stand_in_uv(tools, log, status=1)
    assert run(checkout, tools).returncode == 1
    stand_in_uv(tools, log)
    assert run(checkout, tools).returncode == 0
    (checkout / ".venv/bin/wi2007").unlink()
    assert run(checkout, tools).returncode == 0


def test_a_checkout_that_was_moved_is_set_up_again(checkout: Path, tools: Path, tmp_path: Path) -> None:
    log = tmp_path / "uv.log"
    command(tools, "python3", "exit 0")
    stand_in_uv(tools, log)
    run(checkout, tools)
    moved = checkout.rename(tmp_path / "elders")
    assert run(moved, tools).stdout.startswith(f"{moved}/.venv/bin/wi2007")


@pytest.mark.skipif(not shutil.which("make"), reason="make staat niet op deze machine")
def test_make_gives_the_peildatum_to_the_script(checkout: Path, tools: Path, tmp_path: Path) -> None:
    command(tools, "python3", "exit 0")
    command(tools, "sh", f'exec {SHELL} "$@"')
    stand_in_uv(tools, tmp_path / "uv.log")
    make = shutil.which("make")
    assert make
    done = subprocess.run(
        [make, "--no-print-directory", "-C", str(checkout), "report", "PEILDATUM=2024-07-01"],
        env={"PATH": os.pathsep.join([str(tools), "/bin"]), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip().endswith("wi2007 run 2024-07-01"), done.stderr


@pytest.mark.slow
@pytest.mark.long
def test_this_machine_can_set_itself_up_from_nothing(checkout: Path) -> None:
    for name in ("src", "schemas"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "LICENSE"):
        shutil.copy2(ROOT / name, checkout / name)
    python = Path(sys.base_prefix) / "bin"
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME")
    }
    done = subprocess.run(
        [SHELL, str(checkout / "scripts/report.sh"), "--version"],
        env={**kept, "PATH": os.pathsep.join([str(python), "/usr/bin", "/bin"])},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert "Deze opdracht klopt niet" in done.stderr, done.stderr
    assert (checkout / ".venv/bin/wi2007").is_file()
