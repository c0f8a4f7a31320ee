"""Touch a file: its SHA-256, private temporary copies, a stream read ahead, a library in C tried in a separate process.

A damaged file may end that process, and not ours.
"""

from __future__ import annotations

import faulthandler
import hashlib
import os
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

from wi2007.system import leave_no_memory, signals

T = TypeVar("T")

_CRASHES = set(signals("SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL"))


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a new file that only its owner may read; its folder is made when it is missing. Writes are not buffered."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb", buffering=0) as file:
        yield file


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


def crashes(work: Callable[[], object]) -> bool:
    """Return whether this work ends the process that does it.

    Errors that Python sees are no crash; nothing of the work is kept.
    """
    child = os.fork()
    if child == 0:
        _in_child(work)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) in _CRASHES


def _in_child(work: Callable[[], object]) -> None:
    try:
        faulthandler.disable()
        leave_no_memory()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        work()
    finally:
        os._exit(0)
