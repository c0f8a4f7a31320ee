import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wi2007.errors import UserError
from wi2007.project import ROOT
from wi2007.steps import edge


def test_a_failed_write_leaves_the_earlier_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "rapport.html"
    path.write_text("eerder")
    with pytest.raises(RuntimeError), edge.whole(path) as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert [p.name for p in tmp_path.iterdir()] == ["rapport.html"]
    assert path.read_text() == "eerder"


def test_a_text_is_written_with_the_same_bytes_everywhere(tmp_path: Path) -> None:
    edge.write_text(tmp_path / "nieuw" / "tabel.csv", "é\n")
    assert (tmp_path / "nieuw" / "tabel.csv").read_bytes() == b"\xc3\xa9\n"


def test_an_unexpected_error_does_not_quote_its_message(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise ValueError("GEHEIM-123")

    with pytest.raises(SystemExit) as stop:
        edge.run_step(fail)
    told = capsys.readouterr().err
    assert stop.value.code == 1
    assert "GEHEIM" not in told
    assert "ValueError" in told


def test_an_error_of_the_system_says_what_the_system_said(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise OSError(errno.ENOSPC, "GEHEIM-456", "GEHEIM-123")

    with pytest.raises(SystemExit):
        edge.run_step(fail)
    told = capsys.readouterr().err
    assert os.strerror(errno.ENOSPC) in told
    assert "GEHEIM" not in told


def test_a_refusal_is_told_in_full_and_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse() -> None:
        raise UserError("Kolom geslacht ontbreekt.")

    with pytest.raises(SystemExit) as stop:
        edge.run_step(refuse)
    assert stop.value.code == 2
    assert capsys.readouterr().err == "Kolom geslacht ontbreekt.\n"


def test_a_message_goes_to_the_command_that_runs_the_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(edge.MESSAGES_VARIABLE, str(tmp_path))
    monkeypatch.setattr(
        "sys.argv", ["/project/steps/__main__.py", "read", "2022-07-01", "--earlier", "2021-07-01"]
    )
    edge.tell("Bericht.", 2)
    assert [json.loads(p.read_text()) for p in tmp_path.iterdir()] == [
        {"step": ["read", "2022-07-01"], "status": 2, "message": "Bericht."}
    ]
    assert capsys.readouterr().err == "Bericht.\n"


def test_a_library_that_writes_past_python_reaches_nobody() -> None:
    code = (
        "import os, sys, warnings\nfrom wi2007.errors import UserError\nfrom wi2007.steps.edge import run_step\n"
        "def step():\n    os.write(2, b'GEHEIM-1')\n    warnings.warn('GEHEIM-2')\n"
        "    raise UserError('Dit is één melding.')\n"
        "run_step(step)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert "Dit is één melding." in done.stderr
    assert "Waarschuwing (UserWarning)" in done.stderr
    assert "GEHEIM" not in done.stderr + done.stdout
