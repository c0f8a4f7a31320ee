"""Allow one run at a time in a working directory, also after a run was killed.

The kernel releases a lock when its holder dies, however it dies, so no lock is ever stale. Steps that outlive their
run (only the run was killed) hold a second, shared lock until they end: the next run waits for them.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from wi2007.errors import EXIT_UNEXPECTED, UserError
from wi2007.project import Run
from wi2007.steps.edge import RUN_VARIABLE, STEPS_LOCK_VARIABLE

STATE = ".snakemake"
PART = ".deel"


class BusyError(Exception):
    """Another run is at work in the same directory."""

    status = EXIT_UNEXPECTED
    message = (
        "In deze map is al een andere run bezig. Wacht tot die klaar is en geef de opdracht dan opnieuw; "
        "er is niets veranderd."
    )


@contextmanager
def only_run(run: Run) -> Iterator[None]:
    """Hold the lock of the directory for this run.

    Raises `BusyError` when another run, or plain Snakemake, is at work in it, and `UserError` when it is no directory
    that can be written to.
    """
    state = run.directory / STATE
    with _holder(state) as holder:
        try:
            fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError from None
        _wait_for_steps(state / "wi2007.steps.lock")
        _clear_dead_run(run, state)
        yield


def _holder(state: Path) -> TextIO:
    try:
        state.mkdir(parents=True, exist_ok=True)
        return (state / "wi2007.lock").open("a", encoding="utf-8")
    except OSError as error:
        raise UserError(
            f"In de map {state.parent} kan niet worden geschreven ({error.strerror}). "
            "Kijk of het een map is en of u er mag schrijven, of geef met --directory een andere map op."
        ) from None


def _wait_for_steps(path: Path) -> None:
    os.environ[STEPS_LOCK_VARIABLE] = str(path)
    os.environ[RUN_VARIABLE] = str(os.getpid())
    with path.open("a") as steps:
        fcntl.flock(steps, fcntl.LOCK_EX)


def _clear_dead_run(run: Run, state: Path) -> None:
    """Remove what a killed run left behind: Snakemake's locks, its copies of reports, half-written files."""
    locks = state / "locks"
    if locks.is_dir() and any(locks.iterdir()):
        if _snakemake_is_running(run):
            raise BusyError
        shutil.rmtree(locks, ignore_errors=True)
    shutil.rmtree(state / "backups", ignore_errors=True)
    for folder in (run.directory / "data" / "processed", run.directory / "reports"):
        for path in folder.rglob(f".*{PART}"):
            path.unlink(missing_ok=True)
    for scratch in (run.directory / "data" / "processed").glob("*/.tijdelijk"):
        shutil.rmtree(scratch, ignore_errors=True)


def _snakemake_is_running(run: Run) -> bool:
    import psutil  # noqa: PLC0415  # only needed after a run was killed

    mine = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    for process in psutil.process_iter(["pid", "cmdline", "cwd"]):
        words = process.info["cmdline"] or []
        here = process.info["cwd"] == str(run.directory)
        if (
            here
            and process.info["pid"] not in mine
            and any(Path(word).name == "snakemake" for word in words[:3])
        ):
            return True
    return False
