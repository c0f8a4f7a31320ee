"""The command line itself: help, version, mistakes, and errors nobody foresaw."""

from __future__ import annotations

import importlib
import inspect
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


HELP = {
    (): ("run", "inspect", "demo", "diff", "--version", "--directory", "--vervolg", "--regels"),
    ("run",): ("--directory", "--afronding", "--proef", "--cores", "--verbose", "demonstratielevering"),
    ("inspect",): ("--output", "--peildatum", "levering.yaml", "cbs.yaml"),
    ("demo",): ("--vervolg", "--weg", "--directory", "2023-10-01"),
    ("uitgaven",): ("--vastleggen", "--directory", "hertrekking"),
    ("diff",): ("--markdown", "--output", "--alles", "--regels", "3 als er iets veranderde"),
}
ENGLISH = ("Usage", "Options", "Commands", "Show this message", "Error")


@pytest.mark.parametrize("option", ["--help", "-h"])
@pytest.mark.parametrize("words", HELP)
def test_each_command_explains_itself_in_dutch(
    words: tuple[str, ...], option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*words, option]) == 0
    told = capsys.readouterr().out
    assert told.startswith(" ".join(["Gebruik: wi2007", *(words or ["run"])]))
    for word in (*HELP[words], "Opties:", "Voorbeelden:", "Eindigt met 0", "deze uitleg"):
        assert word in told
    assert not [word for word in ENGLISH if word in told]
    assert max(map(len, told.splitlines())) <= 120


EXAMPLES = [example for each in (cli.wi2007, *cli.wi2007.commands.values()) for example in each.examples]
BEHIND = {
    "run": ("wi2007.run.session", "make_reports"),
    "demo": ("wi2007.run.demonstration", "command"),
    "diff": ("wi2007.run.difference", "tell_difference"),
    "uitgaven": ("wi2007.run.releases", "command"),
    "inspect": ("wi2007.inspection.command", "inspect"),
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_in_the_help_is_understood(
    example: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program, command, *words = example.split()
    assert program == "wi2007"
    module, function = (importlib.import_module(BEHIND[command][0]), BEHIND[command][1])
    parameters = inspect.signature(getattr(module, function))
    asked: list[inspect.BoundArguments] = []
    monkeypatch.setattr(module, function, lambda *a, **k: asked.append(parameters.bind(*a, **k)) or 0)
    monkeypatch.chdir(tmp_path)
    for word in words:
        if word.endswith(".csv"):
            (tmp_path / word).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / word).touch()
    assert cli.main([command, *words]) == 0
    assert len(asked) == ("--help" not in words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "noem een opdracht"),
        (("maak",), "onbekende opdracht: 'maak'"),
        (("run", "--dir", "x"), "onbekend: --dir"),
        (("run", "--config", "onzin=1"), "onbekend: --config; wat u instelt staat in config/config.yaml"),
        (
            ("run", "--configfile", "x.yaml"),
            "onbekend: --configfile; wat u instelt staat in config/config.yaml",
        ),
        (("run", "--directory"), "achter --directory ontbreekt een waarde"),
        (("demo", "2022-07-01"), "onbekend: 2022-07-01"),
        (("run", "--vervolg"), "onbekend: --vervolg"),
        (("run", "--verbose=ja"), "achter --verbose hoort geen waarde"),
        (("run", "--directory", "--verbose"), "achter --directory ontbreekt een waarde"),
        (("run", "--afronding", "7"), "achter --afronding hoort 5, 10 of uit"),
        (("run", "--cores", "0"), "--cores moet een geheel getal vanaf 1 zijn"),
        (("inspect",), "noem het bestand waarin gekeken moet worden"),
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
    def fail(*_: object) -> None:
        raise KeyError(MARK)

    monkeypatch.setattr(cli.wi2007, "make_context", fail)
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
