"""What only some systems have (Linux, macOS), in one place: locks that the kernel releases, and no memory dumps.

Every module can be imported anywhere; whoever cannot work here is told so by `check`, not by an ImportError.
What does not belong here: what is locked, and for whom.
"""

from __future__ import annotations

import signal
from types import ModuleType
from typing import Final, TextIO

from wi2007.errors import UserError

_fcntl: ModuleType | None
_resource: ModuleType | None
try:
    import fcntl
    import resource
except ImportError:
    _fcntl = _resource = None
else:
    _fcntl, _resource = fcntl, resource

_ELSEWHERE: Final = (
    "wi2007 werkt op Linux en macOS. Gebruik onder Windows WSL2: geef in PowerShell 'wsl --install' en werk "
    "daarna in Ubuntu."
)


def signals(*names: str) -> tuple[signal.Signals, ...]:
    """Give the signals of these names that this system has."""
    return tuple(getattr(signal, name) for name in names if hasattr(signal, name))


def check() -> None:
    """Raise `UserError` where locks or processes cannot be what runs rest on."""
    if _fcntl is None or _resource is None:
        raise UserError(_ELSEWHERE)


def lock(file: TextIO, shared: bool = False, wait: bool = True) -> None:
    """Hold a lock on a file until it is closed, or its process ends in whatever way.

    Raises `BlockingIOError` where it may not wait and another holds it, and `UserError` as `check` does.
    """
    check()
    assert _fcntl is not None
    kind = _fcntl.LOCK_SH if shared else _fcntl.LOCK_EX
    _fcntl.flock(file, kind if wait else kind | _fcntl.LOCK_NB)


def leave_no_memory() -> None:
    """Let the system keep nothing of this process should it crash: that would hold everything that was in memory.

    Raises `UserError` as `check` does.
    """
    check()
    assert _resource is not None
    _resource.setrlimit(_resource.RLIMIT_CORE, (0, _resource.getrlimit(_resource.RLIMIT_CORE)[1]))
