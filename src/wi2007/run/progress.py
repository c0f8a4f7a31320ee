"""Snakemake's events as a line per step in Dutch, and what its failed steps had to say.

What does not belong here: driving Snakemake (`workflow`), or the words of a refusal (the steps').
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from snakemake_interface_logger_plugins.common import LogEvent

from wi2007.errors import EXIT_UNEXPECTED
from wi2007.pipeline import STEPS

WIDTH = max(len(step.done) for step in STEPS.values())


@dataclass(frozen=True)
class Failure:
    """A step that ended badly: which, for which peildatum, with which exit status, and its Dutch message."""

    peildatum: str
    step: str
    status: int
    message: str


@dataclass(frozen=True)
class _Job:
    step: str
    peildatum: str
    log: str
    start: float


def line(peildatum: str, text: str, seconds: float) -> str:
    """One line of progress: peildatum, what was done, and its time."""
    time_taken = f"{seconds:.1f}".replace(".", ",")
    return f"{peildatum}  {text:<{WIDTH}}  {time_taken:>6} s"


class Steps(logging.Handler):
    """Hears Snakemake's events: writes a line for each step that is done and remembers what failed."""

    def __init__(self, stream: TextIO, messages: Path, in_main_thread: Callable[[], None]) -> None:
        """`messages` is the folder where steps leave their message; `in_main_thread` is called at every event there."""
        super().__init__()
        self.failures: list[Failure] = []
        self.finished = 0
        self._stream = stream
        self._messages = messages
        self._in_main_thread = in_main_thread
        self._jobs: dict[int, _Job] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Take one event; everything that is no start, end or failure of a step is passed over."""
        if threading.current_thread() is threading.main_thread():
            self._in_main_thread()
        event = getattr(record, "event", None)
        values = record.__dict__
        if event == LogEvent.JOB_INFO:
            self._started(values)
        elif event == LogEvent.JOB_FINISHED:
            self._done(values["job_id"])
        elif event == LogEvent.JOB_ERROR:
            self._failed(values["jobid"])

    def _started(self, values: dict[str, object]) -> None:
        wildcards = values["wildcards"]
        if not isinstance(wildcards, dict) or values["rule_name"] not in STEPS:
            return
        logs = values["log"]
        self._jobs[int(str(values["jobid"]))] = _Job(
            step=str(values["rule_name"]),
            peildatum=str(wildcards.get("peildatum", "")),
            log=str(logs[0]) if isinstance(logs, list) and logs else "",
            start=time.monotonic(),
        )

    def _done(self, number: int) -> None:
        job = self._jobs.pop(number, None)
        if job is None:
            return
        self.finished += 1
        clear = "\r\x1b[K" if self._stream.isatty() else ""
        done = line(job.peildatum, STEPS[job.step].done, time.monotonic() - job.start)
        print(f"{clear}{done}", file=self._stream, flush=True)

    def _failed(self, number: int) -> None:
        job = self._jobs.pop(number, None)
        if job is not None:
            self.failures.append(self._failure(job))

    def notes(self) -> list[str]:
        """What steps that ended well had to say to the user, each once."""
        said = [
            json.loads(path.read_text(encoding="utf-8")) for path in sorted(self._messages.glob("*.json"))
        ]
        return list(dict.fromkeys(one["message"] for one in said if not one["status"]))

    def _failure(self, job: _Job) -> Failure:
        for path in sorted(self._messages.glob("*.json")):
            said = json.loads(path.read_text(encoding="utf-8"))
            if said["status"] and said["step"] == [job.step, job.peildatum]:
                return Failure(job.peildatum, job.step, said["status"], said["message"])
        doing = STEPS[job.step].doing
        message = f"De stap '{doing}' is afgebroken zonder bericht. Wat er bekend is, staat in {job.log}."
        return Failure(job.peildatum, job.step, EXIT_UNEXPECTED, message)
