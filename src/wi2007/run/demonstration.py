"""Put the demonstration delivery in its place: the whole folder or nothing.

What does not belong here: what stands in the delivery (see `wi2007.demo`).
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from typing import TextIO

from wi2007.project import DEMONSTRATION_PEILDATUM, Run
from wi2007.run.lock import PART, only_run
from wi2007.run.progress import line


def write_only(directory: Path) -> int:
    """The command `wi2007 demo`; raises `UserError` when the folder of its peildatum holds another file."""
    run = Run(directory.resolve())
    with only_run(run):
        write(run, sys.stderr)
    return 0


def write(run: Run, stream: TextIO) -> None:
    """Write `data/raw/2022-07-01/` and say so; raises `UserError` when a real delivery may be there."""
    from wi2007.demo import write_delivery  # noqa: PLC0415  # slow to import

    folder = run.raw / DEMONSTRATION_PEILDATUM
    start = time.monotonic()
    if folder.is_dir() and any(folder.iterdir()):
        write_delivery(folder)
    else:
        part = folder.with_name(f".{folder.name}{PART}")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        write_delivery(part)
        part.replace(folder)
    told = line(DEMONSTRATION_PEILDATUM, "demonstratielevering geschreven", time.monotonic() - start)
    print(told, file=stream, flush=True)
