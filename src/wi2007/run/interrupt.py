"""Ctrl-C and the like: stop the steps that are running, then the run itself.

What does not belong here: clearing away what a stopped run leaves (the next run does, see `lock`).
"""

from __future__ import annotations

import signal
import threading
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
    """Ask every process that this one started to end, and end those that have not within a few seconds."""
    import psutil  # noqa: PLC0415  # only needed when stopped

    children = psutil.Process().children(recursive=True)

    def tell(number: int) -> None:
        for child in children:
            with suppress(psutil.NoSuchProcess):
                child.send_signal(number)

    tell(signal.SIGTERM)
    timer = threading.Timer(GRACE_SECONDS, tell, [signal.SIGKILL])
    timer.daemon = True
    timer.start()
