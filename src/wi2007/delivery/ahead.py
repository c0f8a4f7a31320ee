"""Read ahead: a thread makes the next item of a stream while the caller works on the present one."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")


def read_ahead(items: Iterator[T]) -> Iterator[T]:
    """Yield the items of a stream, each made by a thread while the caller works on the one before; the thread starts
    at once.
    """
    ready: queue.Queue[T | BaseException | None] = queue.Queue(maxsize=1)
    stopped = threading.Event()

    def offer(item: T | BaseException | None) -> None:
        while not stopped.is_set():
            try:
                return ready.put(item, timeout=0.1)
            except queue.Full:
                continue

    def work() -> None:
        try:
            for item in items:
                offer(item)
                if stopped.is_set():
                    return
            offer(None)
        except BaseException as error:
            offer(error)

    thread = threading.Thread(target=work, name="lezer", daemon=True)
    thread.start()
    return _take(ready, stopped, thread)


def _take(
    ready: queue.Queue[T | BaseException | None], stopped: threading.Event, thread: threading.Thread
) -> Iterator[T]:
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stopped.set()
        thread.join()
