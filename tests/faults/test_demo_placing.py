"""The demonstration delivery is written whole or not at all, and never over a file that is not one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wi2007 import demo
from wi2007.demo import cbs, compose
from wi2007.demo.follow_up import compose as later
from wi2007.errors import UserError
from wi2007.project import DEMONSTRATION_PEILDATUM, FOLLOW_UP_PEILDATUM
from wi2007.run.demonstration import command as write_demo

OURS = b"persoonsnummer;geslacht\r\nDEMO00000001;M\r\n"
NAME = "duo_demonstratie.csv"
BOOK = "cbs_maatwerk_reconstructie.xlsx"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose, "delivery", lambda chosen: OURS)
    monkeypatch.setattr(later, "delivery", lambda first, choices: OURS + b"DEMO00000003;V\r\n")


def test_it_is_written_into_a_new_folder(tmp_path: Path) -> None:
    target = demo.write_delivery(tmp_path / "raw" / "2022-07-01")
    assert target.read_bytes() == OURS
    assert sorted(path.name for path in target.parent.glob("*")) == [BOOK, NAME]


def test_the_same_again_leaves_the_file_alone(tmp_path: Path) -> None:
    target = demo.write_delivery(tmp_path)
    before = target.stat()
    demo.write_delivery(tmp_path)
    assert (target.stat().st_ino, target.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_an_older_demonstration_delivery_is_replaced(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(OURS + b"DEMO00000002;V\r\n")
    assert demo.write_delivery(tmp_path).read_bytes() == OURS


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("duo_juli.csv", b"persoonsnummer\r\n1\r\n"),
        ("levering.txt", OURS),
        ("DUO.CSV", b""),
        ("duo.xlsx", b"PK"),
        ("levering.yaml", b""),
        (NAME, b"persoonsnummer;geslacht\r\n00000001;M\r\n"),
        (NAME, OURS + b"00000002;V\r\n"),
        (NAME, OURS.replace(b"\r\n", b"\n")),
        (NAME, b"persoonsnummer\r\n"),
        (NAME, b""),
        (BOOK, b"PK"),
        (BOOK, b""),
        ("cbs_maatwerk.xlsx", b"PK"),
    ],
)
def test_any_other_file_is_left_alone(tmp_path: Path, name: str, content: bytes) -> None:
    real = tmp_path / name
    real.write_bytes(content)
    with pytest.raises(UserError, match="geen demonstratielevering"):
        demo.write_delivery(tmp_path)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(name, content)]


def test_a_folder_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(UserError):
        demo.write_delivery(tmp_path)


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = OURS + b"DEMO00000002;V\r\n"
    (tmp_path / NAME).write_bytes(earlier)

    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:5])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        compose.place(tmp_path / NAME, OURS)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    assert (tmp_path / NAME).read_bytes() == earlier


def _files(directory: Path) -> list[str]:
    return sorted(p.relative_to(directory / "data/raw").as_posix() for p in directory.glob("data/raw/*/*"))


FIRST = [f"{DEMONSTRATION_PEILDATUM}/{name}" for name in ("cbs_maatwerk_reconstructie.xlsx", NAME)]
BOTH = [*FIRST, f"{FOLLOW_UP_PEILDATUM}/duo_demonstratie_vervolg.csv"]


def test_the_follow_up_comes_beside_the_first(tmp_path: Path) -> None:
    write_demo(tmp_path)
    assert _files(tmp_path) == FIRST
    for _ in range(2):
        write_demo(tmp_path, follow_up=True)
        assert _files(tmp_path) == BOTH


def test_the_follow_up_writes_the_first_one_too(tmp_path: Path) -> None:
    write_demo(tmp_path, follow_up=True)
    assert _files(tmp_path) == BOTH


@pytest.mark.parametrize("peildatum", [DEMONSTRATION_PEILDATUM, FOLLOW_UP_PEILDATUM])
def test_a_real_delivery_at_either_peildatum_stops_both(tmp_path: Path, peildatum: str) -> None:
    folder = tmp_path / "data/raw" / peildatum
    folder.mkdir(parents=True)
    (folder / "levering.csv").write_text("echt", encoding="utf-8")
    with pytest.raises(UserError, match=peildatum):
        write_demo(tmp_path, follow_up=True)
    assert _files(tmp_path) == [f"{peildatum}/levering.csv"]


def test_a_delivery_at_another_peildatum_does_not_matter(tmp_path: Path) -> None:
    folder = tmp_path / "data/raw/2024-07-01"
    folder.mkdir(parents=True)
    (folder / "levering.csv").write_text("echt", encoding="utf-8")
    write_demo(tmp_path, follow_up=True)
    assert _files(tmp_path) == [*BOTH, "2024-07-01/levering.csv"]


def test_an_earlier_edition_of_our_workbook_is_replaced_and_one_that_somebody_saved_is_not(
    tmp_path: Path,
) -> None:
    chosen = cbs.load()
    changed = chosen.model_copy(update={"voorblad": ["Anders"]})
    (tmp_path / BOOK).write_bytes(cbs.workbook(changed))
    demo.write_delivery(tmp_path)
    assert (tmp_path / BOOK).read_bytes() == cbs.workbook(chosen)
    (tmp_path / BOOK).write_bytes(cbs.workbook(chosen.model_copy(update={"dag": date(2023, 1, 1)})))
    before = (tmp_path / BOOK).read_bytes()
    with pytest.raises(UserError):
        demo.write_delivery(tmp_path)
    assert (tmp_path / BOOK).read_bytes() == before
