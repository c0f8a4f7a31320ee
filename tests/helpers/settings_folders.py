"""A copy of `config/` and `reference/` that is checked instead of the project's own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest

from wi2007 import reference, study
from wi2007.decisions import listing
from wi2007.project import CONFIG, REFERENCE
from wi2007.run.checking.settings import Folders, mistakes


class Copy:
    """Files to change, and what is then told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def replace(self, name: str, old: str, new: str) -> None:
        """Edit a file the way a person does; the old text must be there."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def told(self) -> list[str]:
        """Everything that is wrong."""
        _forget()
        return mistakes(Folders(self.folder / "config", self.folder / "reference"))


def _forget() -> None:
    """Have the program read again all that it keeps of what it read: whatever is cached in any module of it."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "wi2007":
            for kept in list(vars(module).values()):
                if isinstance(kept, _lru_cache_wrapper):
                    kept.cache_clear()


@contextmanager
def copied(folder: Path) -> Iterator[Copy]:
    """A copy in `folder`; the lists are read from there as long as it lasts."""
    shutil.copytree(CONFIG, folder / "config")
    shutil.copytree(REFERENCE, folder / "reference")

    def read(path: Path, *rest: object) -> object:
        return listing.read(folder / "reference" / path.name, *rest)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reference, "read", read)
        patched.setattr(study, "read", read)
        try:
            yield Copy(folder)
        finally:
            _forget()
