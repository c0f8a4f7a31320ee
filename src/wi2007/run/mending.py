"""Make again what somebody deleted between delivery and report, first and one step at a time.

Snakemake does all that follows from a step that runs. So a step whose files are missing runs by itself; what it makes
with the same bytes as before keeps its time, and of what follows only that is made again whose files have other bytes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wi2007 import fingerprint
from wi2007.pipeline import STEPS
from wi2007.project import Run

_STAMP = ".snakemake_timestamp"
"""Snakemake takes the time of this file for that of the folder in which it lies."""
_LAST = next(step for step in STEPS.values() if step.is_last)


def missing(run: Run, peildata: Sequence[str]) -> Iterator[tuple[list[Path], list[Path]]]:
    """Yield for each step what it makes and what of that is missing, for the peildata that had a whole report.

    In the order of the steps: when the second is looked at, the first has been made again. Of a folder from which
    something was deleted the rest is deleted too: Snakemake only sees whether it is there.
    """
    complete = [peildatum for peildatum in peildata if all(one.exists() for one in _made(run, peildatum))]
    for name, step in STEPS.items():
        if step.is_last:
            continue
        made = [path for peildatum in complete for path in _made(run, peildatum, name)]
        for path in made:
            if path.is_dir() and _is_changed(path):
                shutil.rmtree(path)
        gone = [path for path in made if not path.exists()]
        if gone:
            yield made, gone


@contextmanager
def kept_times(made: Sequence[Path]) -> Iterator[None]:
    """Give files and folders that come back with the same bytes the time that they had before."""
    before = {path: _Seen.of(path) for path in made if path.exists()}
    yield
    for path, seen in before.items():
        if path.exists() and _Seen.of(path).digest == seen.digest:
            for one in (_timed(path), *(_folders(path) if path.is_dir() else ())):
                os.utime(one, ns=(seen.time, seen.time))


@dataclass(frozen=True)
class _Seen:
    """The bytes of a file or of all files in a folder, and when it was made."""

    digest: str
    time: int

    @classmethod
    def of(cls, path: Path) -> _Seen:
        time = _timed(path).stat().st_mtime_ns
        if not path.is_dir():
            return cls(fingerprint.digest(path), time)
        inside = sorted(one for one in path.rglob("*") if one.is_file() and one.name != _STAMP)
        total = [(one.relative_to(path).as_posix(), fingerprint.digest(one)) for one in inside]
        return cls(hashlib.sha256(repr(total).encode()).hexdigest(), time)


def _timed(path: Path) -> Path:
    stamp = path / _STAMP
    return stamp if stamp.exists() else path


def _is_changed(folder: Path) -> bool:
    """Whether a file has come or gone since the folder was made: then the folder in which it lay is newer."""
    made = _timed(folder).stat().st_mtime_ns
    return any(one.stat().st_mtime_ns > made for one in _folders(folder))


def _folders(folder: Path) -> list[Path]:
    return [folder, *(one for one in folder.rglob("*") if one.is_dir())]


def _made(run: Run, peildatum: str, step: str = _LAST.name) -> list[Path]:
    return [run.processed(peildatum) / name.rstrip("/") for name in STEPS[step].writes]
