"""A step in this process, for tests that ask what it wrote and said: starting Python costs a second each time."""

from __future__ import annotations

import importlib
import io
import os
import signal
import sys
import threading
import warnings
from collections.abc import Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch


def step(name: str, words: Sequence[str], folder: Path | None = None) -> CompletedProcess[str]:
    """What `python -m wi2007.steps.NAME WORDS…` gives in a folder: its exit status and what it printed."""
    module = importlib.import_module(f"wi2007.steps.{name}")
    out, error, code = io.StringIO(), io.StringIO(), 0
    before = signal.getsignal(signal.SIGTERM), threading.excepthook, sys.unraisablehook
    with (
        warnings.catch_warnings(),
        redirect_stdout(out),
        redirect_stderr(error),
        patch.object(sys, "argv", [name, *words]),
        patch.dict(os.environ),
        chdir(folder or Path.cwd()),
    ):
        try:
            module.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            signal.signal(signal.SIGTERM, before[0])
            threading.excepthook, sys.unraisablehook = before[1:]
    return CompletedProcess([name, *words], code, out.getvalue(), error.getvalue())
