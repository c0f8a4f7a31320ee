"""Catalogue of faults, 7: names of files, what lies beside the delivery, a delivery that changes while it is read."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from faults_forms import workbook
from faults_people import GOOD
from faults_trial import Attempt, Place, attempt

from wi2007.steps import read
from wi2007.validation.judge import Judge

CSV = GOOD.bytes()
ENDINGS = ".csv, .txt, .tsv"
Files = Mapping[str, bytes | str | Place]


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


REFUSED: dict[str, tuple[Files, str]] = {
    "a line end in the name": ({"leve\nring.csv": CSV}, "niet te zien"),
    "a sign for a terminal in the name": ({"\x1b[31mrood.csv": CSV}, "niet te zien"),
    "a sign that turns the name around": ({"\u202elevering.csv": CSV}, "niet te zien"),
    "bytes in the name that are no UTF-8": ({os.fsdecode(b"lev\xff.csv"): CSV}, "geen UTF-8"),
    "no ending": ({"levering": CSV}, ENDINGS),
    "a point at the end": ({"levering.csv.": CSV}, ENDINGS),
    "a download that is not ready": ({"levering.csv.part": CSV}, "levering.csv.part"),
    "a copy beside it": ({"levering.csv": CSV, "levering (1).csv": CSV}, "2 bestanden"),
    "sums in a text beside it": ({"levering.csv": CSV, "sha256.txt": "0 levering.csv"}, "2 bestanden"),
    "the same in two kinds": ({"levering.csv": CSV, "levering.xlsx": workbook(GOOD)}, "2 bestanden"),
    "a file that stays in the cloud": ({"levering.xlsx": b""}, "bestand_leeg"),
    "one that stays in the cloud, beside it": ({"levering.xlsx": b"", "levering.csv": CSV}, "2 bestanden"),
    "one that stays in the cloud of a Mac": ({".levering.csv.icloud": b"bplist00"}, ENDINGS),
    "a socket": ({"levering.csv": _socket}, ENDINGS),
    "a device": ({"levering.csv": _device}, ENDINGS),
    "R": ({"levering.rds": CSV}, "levering.rds"),
}  # fmt: skip


@pytest.mark.parametrize("fault", REFUSED)
def test_what_is_no_delivery_by_its_name_is_told(fault: str, tmp_path: Path) -> None:
    files, told = REFUSED[fault]
    result = attempt(tmp_path, files)
    assert result.message is not None
    assert told in result.message
    assert all(line.isprintable() for line in result.message.splitlines())
    assert result.nothing_lost()


TAKEN: dict[str, Files] = {
    "a text under the name of another kind": {"levering.dta": CSV},
    "a workbook with macros": {"levering.xlsm": workbook(GOOD)},
    "spaces": {"de  levering van  juli.csv": CSV},
    "letters of other languages": {"lévering ŭ 文.csv": CSV},
    "braces, as Snakemake fills them in": {"{peildatum}.csv": CSV},
    "signs of a shell": {"le'v\"e`r$(id);&|<>.csv": CSV},
    "a hyphen in front": {"-rf.csv": CSV},
    "a percent sign": {"100%s%20.csv": CSV},
    "a very long name": {"x" * 240 + ".csv": CSV},
    "capitals": {"LEVERING.CSV": CSV},
    "an ending behind an ending": {"levering.csv.txt": CSV},
    "what Excel leaves while it is open": {"levering.csv": CSV, "~$levering.xlsx": b"x"},
    "what LibreOffice leaves while it is open": {"levering.csv": CSV, ".~lock.levering.csv#": b"x"},
    "what a Mac leaves": {"levering.csv": CSV, "._levering.csv": b"\0\5\x16\7", ".DS_Store": b"x"},
    "what Windows leaves": {"levering.csv": CSV, "desktop.ini": b"x", "Thumbs.db": b"x"},
    "an older one set aside": {"levering.csv": CSV, "levering.csv.bak": CSV},
    "another being loaded": {"levering.csv": CSV, "nieuw.csv.crdownload": b"x"},
    "a folder beside it": {"levering.csv": CSV, "oud": Path.mkdir},
    "a pipe beside it": {"levering.csv": CSV, "pijp.csv": os.mkfifo},
}  # fmt: skip


@pytest.mark.parametrize("variant", TAKEN)
def test_a_name_or_neighbour_that_does_no_harm_is_taken(variant: str, tmp_path: Path) -> None:
    result = attempt(tmp_path, TAKEN[variant])
    assert result.message is None
    assert result.told() == result.told("waarschuwing") == set()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_file_that_only_another_may_read_is_told(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)

        def closed(path: Path) -> None:
            path.write_bytes(b"")
            path.chmod(0)

        os.seteuid(65534)
        try:
            result = attempt(Path(folder), {"levering.csv": closed})
        finally:
            os.seteuid(0)
        assert result.message is not None
        assert "levering.csv kan niet worden geopend" in result.message


def _while_reading(monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None], path: Path) -> None:
    """Do something to the file when its first rows are judged."""
    real = Judge.batch

    def batch(self: Judge, rows: Any) -> Any:
        if path.exists():
            change(path)
        return real(self, rows)

    monkeypatch.setattr(Judge, "batch", batch)


def _append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"half a row;M")


def _cut(path: Path) -> None:
    os.truncate(path, len(CSV) // 2)


def _another(path: Path) -> None:
    new = path.with_suffix(".nieuw")
    new.write_bytes(CSV)
    new.replace(path)


def _overwritten(path: Path) -> None:
    path.write_bytes(CSV.replace(b";M;", b";Q;"))


CHANGES = {
    "longer": _append,
    "shorter": _cut,
    "another": _another,
    "gone": Path.unlink,
    "edited": _overwritten,
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("good", [True, False])
def test_a_delivery_that_changes_while_it_is_read_is_told(
    change: str, good: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "werk/data/raw/2022-07-01/levering.csv"
    _while_reading(monkeypatch, CHANGES[change], path)
    result = attempt(tmp_path, {"levering.csv": CSV if good else CSV.replace(b";M;", b";X1;")})
    assert result.message is not None
    assert "is veranderd terwijl" in result.message
    _nothing_made(result)


def test_a_defect_in_a_delivery_that_did_not_change_stays_a_defect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(read, "processing", fail)
    with pytest.raises(ZeroDivisionError):
        attempt(tmp_path, {"levering.csv": CSV})


def _nothing_made(result: Attempt) -> None:
    assert not list(result.reports.glob("validatie.*"))
    assert not list(result.directory.rglob("*.deel"))
    assert not list(result.directory.rglob(".tijdelijk"))
    kept = {name: content for name, content in result.before.items() if not name.startswith("data/raw/")}
    assert all((result.directory / name).read_bytes() == content for name, content in kept.items() if content)
