"""The command line itself: help, version, mistakes, and errors nobody foresaw."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from wi2007 import __version__, cli

MARK = "GEHEIM" + "7731"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wi2007.cli", *words], capture_output=True, text=True, check=False
    )


def test_the_installed_command_gives_its_version() -> None:
    command = Path(sys.executable).with_name("wi2007")
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"wi2007 {__version__}\n"


@pytest.mark.parametrize("words", [("--help",), ("run", "--help"), ("demo", "-h")])
def test_help_is_dutch_and_names_every_option(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.returncode == 0
    for word in ("run", "demo", "--directory", "--cores", "--verbose", "--version", "--vervolg", "Gebruik"):
        assert word in done.stdout
    assert "usage" not in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "noem een opdracht"),
        (("maak",), "onbekende opdracht: 'maak'"),
        (("run", "--dir", "x"), "onbekend: --dir"),
        (("run", "--directory"), "achter --directory ontbreekt een waarde"),
        (("demo", "2022-07-01"), "onbekend: 2022-07-01"),
        (("run", "--vervolg"), "onbekend: --vervolg"),
    ],
)
def test_a_mistake_is_told_in_dutch_with_the_usage(words: tuple[str, ...], told: str) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Gebruik: wi2007 run" in done.stderr


def test_reading_the_command_line_imports_nothing_heavy() -> None:
    program = (
        "import sys; from wi2007 import cli; cli.main(['run', '--onbekend']);"
        "print(sorted({'pandas', 'numpy', 'snakemake', 'pydantic', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("verbose", [False, True])
def test_an_unforeseen_error_is_told_without_its_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verbose: bool
) -> None:
    def fail() -> None:
        raise KeyError(MARK)

    monkeypatch.setattr(cli, "parser", fail)
    assert cli.main(["run", "--verbose"] if verbose else ["run"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("Onverwachte fout (KeyError) in cli.py:")
    assert MARK not in told
    assert ("raise KeyError" in told) == verbose


def test_a_directory_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "bestand").touch()
    done = run("run", "--directory", str(tmp_path / "bestand"))
    assert done.returncode == 2
    assert "kan niet worden geschreven" in done.stderr
