"""Ctrl-C and the like: stop the steps that are running, then the run itself.

What does not belong here: clearing away what a stopped run leaves (the next run does, see `lock`).
"""

from __future__ import annotations

import signal
import time
from contextlib import suppress
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE_SECONDS = 5.0


class Interrupt:
    """Catches the signals that ask a run to stop; `number` is the first that came."""

    def __init__(self) -> None:
        """Nothing is caught until `install`."""
        self.number: int | None = None

    def install(self) -> None:
        """Catch the signals in this process; again where Snakemake has put its own handler in the place."""
        for number in SIGNALS:
            if signal.getsignal(number) not in (self._stop, signal.SIG_IGN):
                signal.signal(number, self._stop)

    @property
    def status(self) -> int:
        """The exit status that a shell gives to a process stopped by this signal."""
        return 128 + (self.number or signal.SIGINT)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        first = self.number is None
        self.number = self.number or number
        if first:
            stop_children()
        raise KeyboardInterrupt


def stop_children() -> None:
    """Ask every process that this one started to end, wait for it, and end those that take too long.

    Waiting only looks: to collect a process is for the one who started it, who has to hear its exit status.
    """
    import psutil  # noqa: PLC0415  # only needed when stopped

    def works(child: psutil.Process) -> bool:
        with suppress(psutil.NoSuchProcess):
            return child.is_running() and child.status() != psutil.STATUS_ZOMBIE
        return False

    left = psutil.Process().children(recursive=True)
    for number, seconds in ((signal.SIGTERM, GRACE_SECONDS), (signal.SIGKILL, 1.0)):
        for child in left:
            with suppress(psutil.NoSuchProcess):
                child.send_signal(number)
        end = time.monotonic() + seconds
        while left and time.monotonic() < end:
            time.sleep(0.02)
            left = [child for child in left if works(child)]
