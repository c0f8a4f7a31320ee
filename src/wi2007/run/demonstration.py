"""Write the demonstration delivery into its place: the whole folder or nothing."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from wi2007.project import DEMONSTRATION_PEILDATUM, FOLLOW_UP_PEILDATUM, Run
from wi2007.run.lock import PART, only_run
from wi2007.run.progress import line


def write_only(directory: Path, follow_up: bool = False) -> int:
    """Run the command `wi2007 demo` and return its exit status; with `follow_up` also the follow-up delivery, both or
    neither.

    Raises `UserError` when the folder of a peildatum holds another file.
    """
    run = Run(directory.resolve())
    with only_run(run):
        if follow_up:
            from wi2007.demo import check_free  # noqa: PLC0415  # slow to import

            check_free(run.raw / DEMONSTRATION_PEILDATUM, run.raw / FOLLOW_UP_PEILDATUM)
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
