"""The marks by which the workflow sees what changed: stable with their key, and worth nothing without it."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from wi2007.run import tracking
from wi2007.run.tracking import FILE, mark

VALUES = ["code", "levering 12"]


@pytest.fixture(autouse=True)
def another_process() -> Iterator[None]:
    """Keys are read once in a process."""
    tracking._key.cache_clear()
    yield
    tracking._key.cache_clear()


def test_the_same_content_has_the_same_mark_in_the_next_run(tmp_path: Path) -> None:
    first = mark(tmp_path, VALUES)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    tracking._key.cache_clear()
    assert mark(tmp_path, VALUES) == first
    assert mark(tmp_path, ["code", "levering 13"]) != first
    assert mark(tmp_path, ["codelevering 12", ""]) != first


def test_without_the_key_a_guess_cannot_be_tried(tmp_path: Path) -> None:
    one, other = (mark(tmp_path / name, VALUES) for name in ("een", "twee"))
    plain = hashlib.sha256("\0".join(VALUES).encode()).hexdigest()
    assert len({one, other, plain}) == 3
    assert len(one) == len(plain)


@pytest.mark.parametrize("content", ["", "kort\n"])
def test_a_key_that_was_cut_off_is_replaced(tmp_path: Path, content: str) -> None:
    path = tmp_path / FILE
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    mark(tmp_path, VALUES)
    assert len(path.read_text(encoding="utf-8").strip()) == 64


def test_where_no_key_can_be_kept_there_is_one_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("geen map", encoding="utf-8")
    first = mark(tmp_path, VALUES)
    assert mark(tmp_path, VALUES) == first
    tracking._key.cache_clear()
    assert mark(tmp_path, VALUES) != first
