"""Handle Ctrl-C and similar signals: stop the running steps, then the run itself.

The next run removes what a stopped run leaves (`lock`).
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from contextlib import suppress
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE_SECONDS = 5.0
_LATER = 0.02
"""Seconds after which a signal is sent again that came while a line was being logged."""
_LOGGING = logging.Handler.handle.__code__.co_filename
"""The file of the standard library in which a handler's lock is held."""


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
