"""Privacy when a reading ends before its time: stopped, killed, crashed, a disk that is full, and `wi2007 inspect`.

The process reads a large packed delivery with secrets in every column and is ended when its unpacked text lies in the
folder for temporary files, which nobody else may read and which the next reading clears.
"""

from __future__ import annotations

import gzip
import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from engine_deliveries import PEILDATUM
from faults_secrets import kept, leaks, told
from steps import read_delivery
from test_privacy import DELIVERIES, TEXT
from trial import LONG, as_from_a_terminal

from wi2007 import cli
from wi2007.errors import UserError
from wi2007.project import ROOT

LINES = TEXT.splitlines()
LARGE = gzip.compress(("\n".join([LINES[0], *LINES[1:] * 6000]) + "\n").encode(), 1)
TEMPORARY = ".tijdelijk"


def _start(folder: Path) -> subprocess.Popen[bytes]:
    """The step on the large delivery, as the run starts it."""
    raw, made = folder / "data/raw" / PEILDATUM, folder / "data/processed" / PEILDATUM
    for place in (raw, made, folder / "tmp", folder / "reports"):
        place.mkdir(parents=True)
    (raw / "levering.csv.gz").write_bytes(LARGE)
    return subprocess.Popen(
        as_from_a_terminal([sys.executable, "-X", "faulthandler", "-m", "wi2007.steps", "read", PEILDATUM]),
        cwd=folder,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "TMPDIR": str(folder / "tmp")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _unpacked(folder: Path, process: subprocess.Popen[bytes]) -> Path:
    """Wait until there is something in the temporary folder."""
    place = folder / "data/processed" / PEILDATUM / TEMPORARY
    end = time.monotonic() + LONG
    while time.monotonic() < end and process.poll() is None:
        if place.is_dir() and any(path.stat().st_size for path in place.iterdir()):
            return place
        time.sleep(0.002)
    raise AssertionError(process.communicate())


ENDS = {
    "stopped": signal.SIGTERM,
    "Ctrl-C": signal.SIGINT,
    "killed": signal.SIGKILL,
    "crashed": signal.SIGSEGV,
}


@pytest.mark.parametrize("end", ENDS)
def test_a_reading_that_ends_tells_nothing_and_leaves_nothing_open(end: str, tmp_path: Path) -> None:
    process = _start(tmp_path)
    place = _unpacked(tmp_path, process)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()}
    assert (stat.S_IMODE(place.stat().st_mode), modes) == (0o700, {0o600})
    assert resource.prlimit(process.pid, resource.RLIMIT_CORE)[0] == 0
    process.send_signal(ENDS[end])
    out, err = process.communicate(timeout=LONG)
    assert process.returncode != 0
    assert told(out + err) == set()
    assert leaks(tmp_path) == {}
    assert not list((tmp_path / "tmp").iterdir())
    assert place.exists() == (end in ("killed", "crashed"))
    if end == "crashed":
        assert b"Fatal Python error" in err
    _read_again(tmp_path)
    assert not place.exists()
    assert leaks(tmp_path) == {}


def _read_again(folder: Path) -> None:
    """A next reading, of a small delivery that is refused."""
    delivery = folder / "data/raw" / PEILDATUM / "levering.csv.gz"
    delivery.write_bytes(gzip.compress(TEXT.encode()))
    made = folder / "data/processed" / PEILDATUM
    with pytest.raises(UserError) as refused:
        read_delivery(delivery, made, report=folder / "reports")
    assert told(str(refused.value).encode()) == set()


def test_a_disk_that_is_full_is_told_without_a_value(tmp_path: Path) -> None:
    process = _start(tmp_path)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    out, err = process.communicate(timeout=LONG)
    assert process.returncode == 1
    assert "OSError: File too large" in err.decode()
    assert "Traceback" not in err.decode()
    assert told(out + err) == set()
    assert leaks(tmp_path) == {}
    assert not list((tmp_path / "data/processed" / PEILDATUM).iterdir())


def test_something_in_the_place_of_the_temporary_folder_is_told(tmp_path: Path) -> None:
    made = tmp_path / "data/processed" / PEILDATUM
    made.mkdir(parents=True)
    (made / TEMPORARY).write_text("in de weg", encoding="utf-8")
    delivery = tmp_path / "levering.csv"
    delivery.write_text(TEXT, encoding="utf-8")
    with pytest.raises(FileExistsError):
        read_delivery(delivery, made)


@pytest.mark.parametrize("delivery", DELIVERIES)
def test_inspect_tells_no_secret(
    delivery: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither on the screen nor in its proposal, and it changes nothing in the folder."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    folder = tmp_path / "data/raw" / PEILDATUM
    folder.mkdir(parents=True)
    for name, content in DELIVERIES[delivery].items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    file = next(path for path in before if path.name != "levering.yaml")
    with kept(temporary, tmp_path / "even"):
        cli.main(["inspect", str(file), "--output", str(tmp_path / "voorstel.yaml")])
    said = capfd.readouterr()
    assert told((said.out + said.err).encode()) == set()
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert leaks(tmp_path) == {}
