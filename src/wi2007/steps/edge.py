"""What every step shares: whole files or none, and messages without a person's data."""

from __future__ import annotations

import faulthandler
import json
import os
import shutil
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wi2007 import system
from wi2007.errors import EXIT_UNEXPECTED, UserError

MESSAGES_VARIABLE = "WI2007_MESSAGES"
STEPS_LOCK_VARIABLE = "WI2007_STEPS_LOCK"
RUN_VARIABLE = "WI2007_RUN"
EXIT_STOPPED = 130


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` to write to; put it in place when the block ends well.

    A reader sees the old file or the new one, never a part. The temporary file is removed on failure.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.deel")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with LF line ends, whole or not at all."""
    with whole(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def write_folder(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Make the folder hold these files and no others, each whole; text as `write_text` does."""
    folder.mkdir(parents=True, exist_ok=True)
    for found in folder.iterdir():
        if found.name not in files:
            shutil.rmtree(found) if found.is_dir() else found.unlink()
    for name, content in files.items():
        if isinstance(content, str):
            write_text(folder / name, content)
            continue
        with whole(folder / name) as temporary:
            temporary.write_bytes(content)


def run_step(step: Callable[[], None]) -> None:
    """Run a step and end the process with the exit status of the contract.

    A `UserError` is told in full. Of any other error only its kind and the places in the code are told: its message
    could quote a value from a person's row. A step that is stopped clears away the file it was writing.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(EXIT_STOPPED))
    hush()
    try:
        system.leave_no_memory()
        with _known_to_the_next_run():
            step()
    except UserError as error:
        tell(str(error), error.status)
        sys.exit(error.status)
    except KeyboardInterrupt:
        sys.exit(EXIT_STOPPED)
    except Exception as error:
        places = [
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        kind = _kind(error)
        tell(f"Onverwachte fout ({kind}) in {' > '.join(places[-6:])}.", EXIT_UNEXPECTED)
        sys.exit(EXIT_UNEXPECTED)


def hush() -> None:
    """Let warnings, and errors of threads and of objects being cleared away, tell their kind only.

    Python prints them by itself, with their message: pandas' and Arrow's quote the values they are about. Libraries in
    other languages do so past Python, and reach nobody.
    """
    _keep_standard_error()

    def show(*about: Any, **_: Any) -> None:
        _, category, filename, line = about[:4]
        print(f"Waarschuwing ({category.__name__}) in {Path(filename).name}:{line}.", file=sys.stderr)

    def fail(failure: Any) -> None:
        print(f"Onverwachte fout ({failure.exc_type.__name__}) naast de stap.", file=sys.stderr)

    warnings.showwarning = show
    threading.excepthook = sys.unraisablehook = fail


def _keep_standard_error() -> None:
    """From here on only Python writes to standard error."""
    if sys.stderr is not sys.__stderr__ or sys.stderr is None:
        return  # somebody reads along in this process
    own = os.dup(sys.stderr.fileno())
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
    sys.stderr = os.fdopen(own, "w", buffering=1, encoding=sys.stderr.encoding, errors="replace")
    if faulthandler.is_enabled():  # places in the code, without values
        faulthandler.enable(sys.stderr)


def _kind(error: Exception) -> str:
    """The kind of an error; of the system's errors also what its number means (a full disk), never its own text."""
    if isinstance(error, OSError) and error.errno:
        return f"{type(error).__name__}: {os.strerror(error.errno)}"
    return type(error).__name__


@contextmanager
def _known_to_the_next_run() -> Iterator[None]:
    """Hold a shared lock while the step works, so that a next run waits for a step whose own run was killed."""
    path = os.environ.get(STEPS_LOCK_VARIABLE)
    if not path:
        yield
        return
    with Path(path).open("a") as lock:
        system.lock(lock, shared=True)
        try:
            os.kill(int(os.environ[RUN_VARIABLE]), 0)
        except ProcessLookupError:
            sys.exit(EXIT_STOPPED)
        yield


def tell(message: str, status: int) -> None:
    """Say why a step ends: on standard error, and to the command that runs the steps and words it for people.

    With status 0 it is a word to the user from a step that goes on.
    """
    print(message, file=sys.stderr)
    folder = os.environ.get(MESSAGES_VARIABLE)
    if folder:
        record = {"step": sys.argv[1:3], "status": status, "message": message}
        write_text(Path(folder, f"{os.getpid()}-{status}.json"), json.dumps(record, ensure_ascii=False))
