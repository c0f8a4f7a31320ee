"""What every step shares: whole files or none, and messages without a person's data."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wi2007.errors import EXIT_REFUSED, EXIT_UNEXPECTED, UserError

MESSAGES_VARIABLE = "WI2007_MESSAGES"


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


def run_step(step: Callable[[], None]) -> None:
    """Run a step and end the process with the exit status of the contract.

    A `UserError` is told in full. Of any other error only its kind and the places in the code are told: its message
    could quote a value from a person's row.
    """
    try:
        step()
    except UserError as error:
        tell(str(error))
        sys.exit(EXIT_REFUSED)
    except Exception as error:
        places = [
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        tell(f"Onverwachte fout ({type(error).__name__}) in {' > '.join(places[-6:])}.")
        sys.exit(EXIT_UNEXPECTED)


def tell(message: str) -> None:
    """Say something to the user: on standard error, or to the command that runs the steps and shows it once."""
    folder = os.environ.get(MESSAGES_VARIABLE)
    if folder:
        Path(folder, f"{os.getpid()}.txt").write_text(message, encoding="utf-8")
    else:
        print(message, file=sys.stderr)
