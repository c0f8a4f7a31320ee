"""Try a library in C on a file in a separate process: a damaged file may end that process, and not ours."""

from __future__ import annotations

import faulthandler
import os
import resource
import signal
from collections.abc import Callable

_CRASHES = {signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL}


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
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        work()
    finally:
        os._exit(0)
