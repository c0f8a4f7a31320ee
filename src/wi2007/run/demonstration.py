"""Put the demonstration delivery in its place: the whole folder or nothing.

What does not belong here: what stands in the delivery (see `wi2007.demo`).
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from typing import TextIO

from wi2007.errors import UserError
from wi2007.project import DEMONSTRATION_PEILDATUM, Run
from wi2007.run.lock import PART, only_run
from wi2007.run.progress import line


def write_only(directory: Path) -> int:
    """The command `wi2007 demo`; raises `UserError` when the folder of its peildatum holds something."""
    run = Run(directory.resolve())
    with only_run(run):
        write(run, sys.stderr)
    return 0


def write(run: Run, stream: TextIO) -> None:
    """Write `data/raw/2022-07-01/` and say so; raises `UserError` when something is already there."""
    from wi2007.demo import write_delivery  # noqa: PLC0415  # slow to import

    folder = run.raw / DEMONSTRATION_PEILDATUM
    if folder.is_dir() and any(folder.iterdir()):
        raise UserError(
            f"In data/raw/{DEMONSTRATION_PEILDATUM}/ staat al een levering; de demonstratie schrijft daar niet "
            "overheen. Haal die map weg, of geef met --directory een andere map op."
        )
    start = time.monotonic()
    part = folder.with_name(f".{folder.name}{PART}")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    write_delivery(part)
    part.replace(folder)
    text = "demonstratielevering geschreven"
    print(line(DEMONSTRATION_PEILDATUM, text, time.monotonic() - start), file=stream, flush=True)
