"""Allow one run at a time in a working directory, also after a run was killed, and stop its steps with it.

The kernel releases a lock when its holder dies, however it dies, so no lock is ever stale. Steps that outlive their
run (only the run was killed) hold a second, shared lock until they end: the next run waits for them. At Ctrl-C and
similar signals the running steps are stopped, then the run; the next run removes what it leaves.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TextIO

from wi2007 import system
from wi2007.errors import EXIT_UNEXPECTED, UserError
from wi2007.project import Run
from wi2007.steps.edge import RUN_VARIABLE, STEPS_LOCK_VARIABLE

STATE = ".snakemake"
LOCK = "wi2007.lock"
PART = ".deel"
SIGNALS = system.signals("SIGINT", "SIGTERM", "SIGHUP")
GRACE_SECONDS = 5.0
_LATER = 0.02
"""Seconds after which a signal is sent again that came while a line was being logged."""
_LOGGING = logging.Handler.handle.__code__.co_filename
"""The file of the standard library in which a handler's lock is held."""


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
            system.lock(holder, wait=False)
        except BlockingIOError:
            raise BusyError from None
        _wait_for_steps(state / "wi2007.steps.lock")
        _clear_dead_run(run, state)
        yield


def _holder(state: Path) -> TextIO:
    try:
        state.mkdir(parents=True, exist_ok=True)
        return (state / LOCK).open("a", encoding="utf-8")
    except OSError as error:
        raise UserError(
            f"In de map {state.parent} kan niet worden geschreven ({error.strerror}). "
            "Kijk of het een map is en of u er mag schrijven, of geef met --directory een andere map op."
        ) from None


def _wait_for_steps(path: Path) -> None:
    os.environ[STEPS_LOCK_VARIABLE] = str(path)
    os.environ[RUN_VARIABLE] = str(os.getpid())
    with path.open("a") as steps:
        system.lock(steps)


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


class Interrupt:
    """Catches the signals that ask a run to stop; `number` is the first signal."""

    def __init__(self) -> None:
        """Prepare; no signal is caught until `install`."""
        self.number: int | None = None

    def install(self) -> None:
        """Catch the signals in this process; call it again where Snakemake has installed its own handler."""
        for number in SIGNALS:
            if signal.getsignal(number) not in (self._stop, signal.SIG_IGN):
                signal.signal(number, self._stop)

    @property
    def status(self) -> int:
        """The exit status that a shell gives to a process stopped by this signal."""
        return 128 + (self.number or signal.SIGINT)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if _logs(frame):
            threading.Timer(_LATER, os.kill, (os.getpid(), number)).start()
            return
        first = self.number is None
        self.number = self.number or number
        if first:
            stop_children()
        raise KeyboardInterrupt


def _logs(frame: FrameType | None) -> bool:
    """Return whether a line is being logged: an exception there can leave a lock held that threads
    of steps wait for.
    """
    while frame is not None and frame.f_code.co_filename != _LOGGING:
        frame = frame.f_back
    return frame is not None


def stop_children() -> None:
    """Ask every process that this one started to end, wait for it, and end those that take too long.

    It looks for children again while it waits, since a step may begin in another thread just then, and remembers
    those it saw, since the child of an ended child is no longer found. Only the parent of a process can collect it.
    """
    import psutil  # noqa: PLC0415  # only needed when stopped

    def works(child: psutil.Process) -> bool:
        with suppress(psutil.NoSuchProcess):
            return child.is_running() and child.status() != psutil.STATUS_ZOMBIE
        return False

    seen: set[psutil.Process] = set()
    for number, seconds in ((signal.SIGTERM, GRACE_SECONDS), (signal.SIGKILL, 1.0)):
        signalled: set[psutil.Process] = set()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            seen.update(psutil.Process().children(recursive=True))
            left = {child for child in seen if works(child)}
            for child in left - signalled:
                with suppress(psutil.NoSuchProcess):
                    child.send_signal(number)
            if not left:
                return
            signalled |= left
            time.sleep(0.02)
