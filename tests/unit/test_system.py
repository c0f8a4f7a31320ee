"""Systems without what Linux and macOS have: every module is imported, and every way in tells what does work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wi2007 import system
from wi2007.project import ROOT

ABSENT = """
import os, signal, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog"):
    sys.modules[name] = None
for name in ("fork", "getuid", "geteuid", "killpg", "setsid", "mkfifo", "ttyname"):
    delattr(os, name)
for name in ("SIGHUP", "SIGKILL", "SIGBUS", "SIGUSR1", "SIGALRM", "alarm"):
    delattr(signal, name)
"""
"""Windows, as far as a program can tell when it is imported."""


def without(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a program where these are absent, and nothing is left in the environment by runs in this process."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("WI2007_")}
    return subprocess.run(
        [sys.executable, "-P", "-c", ABSENT + program, *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=bare,
    )


def test_every_module_is_imported_without_them() -> None:
    names = [
        path.relative_to(ROOT / "src").with_suffix("").as_posix().replace("/", ".")
        for path in sorted((ROOT / "src/wi2007").rglob("*.py"))
        if path.stem != "__main__"
    ]
    assert len(names) > 200
    done = without("import importlib\nfor name in sys.argv[1:]:\n    importlib.import_module(name)\n", *names)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize(
    "program",
    [
        "from wi2007 import cli; sys.exit(cli.main(['uitgaven']))",
        "from wi2007.steps.edge import run_step; run_step(lambda: print('gewerkt'))",
        "from wi2007.run import wiring; wiring.check({})",
    ],
    ids=["command", "step", "snakemake"],
)
def test_every_way_in_says_what_does_work(program: str) -> None:
    done = without(program)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Gebruik onder Windows WSL2" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_lock_is_for_one_unless_it_is_shared(tmp_path: Path) -> None:
    path = tmp_path / "slot"
    with path.open("a") as one, path.open("a") as other, path.open("a") as third:
        system.lock(one, shared=True)
        system.lock(other, shared=True, wait=False)
        with pytest.raises(BlockingIOError):
            system.lock(third, wait=False)
    with path.open("a") as again:
        system.lock(again, wait=False)


def test_only_the_signals_that_there_are() -> None:
    assert [one.name for one in system.signals("SIGINT", "SIGNIETS", "SIGTERM")] == ["SIGINT", "SIGTERM"]
