"""The command `wi2007 demo`: write the demonstration deliveries, and take them away with all that was made of them.

What does not belong here: what is in them (`wi2007.demo`), and when a run writes one (`choice.wants_demonstration`).
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from wi2007.project import (
    DEMONSTRATION_PEILDATUM,
    FOLLOW_UP_PEILDATUM,
    INTERNAL_FILES,
    MARKS,
    Run,
    marked,
)
from wi2007.provenance import NOTICE
from wi2007.run.process import PART, only_run
from wi2007.run.workflow import line

_PEILDATA = (DEMONSTRATION_PEILDATUM, FOLLOW_UP_PEILDATUM)
_DAMAGE = (OSError, ValueError, KeyError, TypeError, AttributeError)


def command(directory: Path, follow_up: bool = False, gone: bool = False) -> int:
    """Write the demonstration, with `follow_up` both or neither, or take it away (`gone`); return the exit status.

    Raises `UserError` when the folder of a peildatum holds another file.
    """
    run = Run(directory.resolve())
    with only_run(run):
        if gone:
            _tell_removed(remove(run))
            return 0
        if follow_up:
            from wi2007.demo import check_free  # noqa: PLC0415  # slow to import

            check_free(*(run.raw / peildatum for peildatum in _PEILDATA))
        write(run, sys.stderr)
        if follow_up:
            write_follow_up(run, sys.stderr)
    return 0


def write(run: Run, stream: TextIO) -> None:
    """Write `data/raw/2022-07-01/` and say so; raises `UserError` when a real delivery may be there."""
    from wi2007.demo import write_delivery  # noqa: PLC0415  # slow to import

    _write(run.raw / DEMONSTRATION_PEILDATUM, write_delivery, "demonstratielevering", stream)


def write_follow_up(run: Run, stream: TextIO) -> None:
    """Write `data/raw/2023-10-01/` and say so; raises `UserError` when a real delivery may be there."""
    from wi2007.demo import write_follow_up as follow_up  # noqa: PLC0415  # slow to import

    _write(run.raw / FOLLOW_UP_PEILDATUM, follow_up, "vervolglevering van de demonstratie", stream)


def _write(folder: Path, delivery: Callable[[Path], Path], name: str, stream: TextIO) -> None:
    start = time.monotonic()
    if folder.is_dir() and any(folder.iterdir()):
        delivery(folder)
    else:
        part = folder.with_name(f".{folder.name}{PART}")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        delivery(part)
        part.replace(folder)
    print(line(folder.name, f"{name} geschreven", time.monotonic() - start), file=stream, flush=True)


def remove(run: Run) -> list[Path]:
    """Remove the demonstration deliveries, what was made of them and their reports; return the folders that held them.

    Whatever else lies in those folders stays, and so does all of other deliveries of the same peildatum.
    """
    from wi2007.demo import ours  # noqa: PLC0415  # slow to import

    touched = []
    for peildatum in _PEILDATA:
        folder = run.raw / peildatum
        delivery = ours(folder)
        alone = bool(delivery) and not _others(folder, delivery)
        for made in (run, replace(run, draft=True)):
            if _is_of_demonstration(made, peildatum, alone=alone):
                touched += list(_remove(made.report(peildatum), _placed(made.report(peildatum))))
                touched += [path for path in [made.processed(peildatum)] if path.is_dir()]
                shutil.rmtree(made.processed(peildatum), ignore_errors=True)
        touched += list(_remove(folder, delivery))
    return touched


def _is_of_demonstration(run: Run, peildatum: str, *, alone: bool) -> bool:
    """Whether all that was made for a peildatum was made of a demonstration.

    Where nothing says so, as after a refusal, it is when there is no other delivery: `alone`.
    """
    with suppress(*_DAMAGE):
        told = json.loads((run.processed(peildatum) / "verwerking.json").read_text(encoding="utf-8"))
        return bool(told["demonstratie"])
    for mark in MARKS:
        with suppress(*_DAMAGE):
            placed = run.report(peildatum) / marked("manifest.json", mark)
            return NOTICE in json.loads(placed.read_text(encoding="utf-8")).get("let_op", "")
    return alone


def _placed(report: Path) -> list[Path]:
    """The files of a report: those that its manifest names, the manifest, and the internal ones."""
    files = [report / name for name in INTERNAL_FILES]
    for mark in MARKS:
        manifest = report / marked("manifest.json", mark)
        with suppress(*_DAMAGE):
            named = json.loads(manifest.read_text(encoding="utf-8"))["rapport"]
            files += [manifest, *(report / name for name in named)]
    return [path for path in files if path.is_file() and path.resolve().is_relative_to(report.resolve())]


def _others(folder: Path, known: list[Path]) -> list[Path]:
    return [path for path in folder.iterdir() if path not in known and not path.name.startswith(".")]


def _remove(folder: Path, files: list[Path]) -> Iterator[Path]:
    """Remove files, and the folders that are empty then; yield the folder when there was anything to remove."""
    for path in files:
        path.unlink(missing_ok=True)
    for inner in sorted({path.parent for path in files}, reverse=True):
        with suppress(OSError):  # something else lies in it
            inner.rmdir()
    with suppress(OSError):
        folder.rmdir()
    if files:
        yield folder


def _tell_removed(folders: list[Path]) -> None:
    if not folders:
        print("Er is geen demonstratie om weg te halen.")
        return
    print("De demonstratie is weggehaald uit:")
    for folder in folders:
        left = " (andere bestanden in deze map zijn gebleven)" if folder.is_dir() else ""
        print(f"  {folder.parent.parent.name}/{folder.parent.name}/{folder.name}/{left}")
