"""Drive Snakemake inside this process, and turn its events into a line per step in Dutch.

Its import is most of the cost of a run with nothing to do.
What does not belong here: choosing peildata, the words of a refusal (the steps'), or anything about a step.
"""

from __future__ import annotations

import json
import logging
import os
import pkgutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TextIO

from snakemake_interface_logger_plugins.common import LogEvent

from wi2007.errors import EXIT_UNEXPECTED
from wi2007.mapping.levering import delivery_of, find_layout
from wi2007.pipeline import STEPS
from wi2007.project import ROOT, Run
from wi2007.run.choice import CHOSEN, LEFT_OUT, held_up, left_out, previous
from wi2007.run.mending import kept_times, missing
from wi2007.run.process import STATE, Interrupt
from wi2007.settings import read
from wi2007.steps.edge import MESSAGES_VARIABLE

WIDTH = max(len(step.done) for step in STEPS.values())
TERMINAL_VARIABLE = "WI2007_PROGRESS"
COMPARED_BY_CONTENT = 10**8
"""Of a newer file of at most so many bytes Snakemake sees that nothing in it changed; that takes 0.1 second."""


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


@dataclass(frozen=True)
class Outcome:
    """How a run of Snakemake went: how many steps it ran, which failed, and its own error where no step failed.

    `earlier` failed for a peildatum that was not asked for, but with which one that was would have been compared.
    `notes` are words to the user from steps that went well.
    """

    finished: int
    failures: tuple[Failure, ...]
    error: str
    earlier: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()


@contextmanager
def quiet(log: Path) -> Iterator[TextIO]:
    """Send everything that this process and its children print to `log`; gives a stream to the user's own screen."""
    sys.stdout.flush()
    sys.stderr.flush()
    out, error = os.dup(1), os.dup(2)
    with log.open("w", encoding="utf-8") as file, os.fdopen(os.dup(error), "w", encoding="utf-8") as screen:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            yield screen
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os.dup2(out, 1)
            os.dup2(error, 2)
            os.close(out)
            os.close(error)


@contextmanager
def _loud() -> Iterator[TextIO]:
    yield sys.stderr


@dataclass(frozen=True)
class Task:
    """What to make: these peildata, `forced` files even where they look up to date, on so many cores.

    `rounding` is 5, 10 or uit, whatever the configuration says. The run says whether they are drafts.
    """

    peildata: Sequence[str]
    forced: frozenset[str]
    cores: int
    verbose: bool
    rounding: str


def _others_plug_in() -> bool:
    """Tell whether plugins of others stand beside Snakemake, which imports them all: one for a cluster needs pandas."""
    names = [one.name for one in pkgutil.iter_modules() if one.name.startswith("snakemake_")]
    return any("_plugin_" in name for name in names)


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Let these libraries pass for absent, where they are not imported yet.

    Snakemake imports pandas and numpy, where it finds them, only to see that no parameter is a data frame or an array.
    Ours are text, and the two imports would take a third of the time of a run with nothing to do.
    """
    blocked = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(blocked))  # type: ignore[arg-type]  # None is how an import is blocked
    try:
        yield
    finally:
        for name in blocked:
            del sys.modules[name]


def _keep_cache_somewhere(run: Run) -> None:
    """Let Snakemake keep its cache in the working directory where the user's home cannot be written or is missing."""
    try:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        Path(home, "snakemake").mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        os.environ["XDG_CACHE_HOME"] = str(run.directory / STATE / "cache")


def execute(run: Run, task: Task, interrupt: Interrupt) -> Outcome:
    """Make what is missing or out of date; a peildatum that fails does not hold up the others.

    Those that would have been compared with a delivery that was refused are made in another pass, without it.
    """
    terminal = os.ttyname(2) if os.isatty(2) and os.access(os.ttyname(2), os.W_OK) else ""
    log = run.directory / STATE / "wi2007.log"
    with tempfile.TemporaryDirectory(prefix="wi2007-") as messages:
        os.environ[MESSAGES_VARIABLE] = messages
        _keep_cache_somewhere(run)
        if terminal:
            os.environ[TERMINAL_VARIABLE] = terminal
        absent = () if _others_plug_in() else ("pandas", "numpy")
        with _loud() if task.verbose else quiet(log) as screen, without(*absent):
            steps = Steps(screen, Path(messages), interrupt.install)
            _mend(run, task, steps, interrupt)
            error = "" if interrupt.number else _passes(run, task, steps, interrupt)
        notes = tuple(steps.notes())
    failures, earlier = (
        tuple(failure for failure in steps.failures if (failure.peildatum in task.peildata) == asked)
        for asked in (True, False)
    )
    return Outcome(steps.finished, failures, error, earlier, notes)


def _mend(run: Run, task: Task, steps: Steps, interrupt: Interrupt) -> None:
    """Make what is missing beside a whole report, step by step; the passes tell what fails here."""
    os.environ[CHOSEN] = " ".join(task.peildata)
    for made, gone in missing(run, task.peildata):
        with kept_times(made):
            targets = frozenset(path.relative_to(run.directory).as_posix() for path in gone)
            error = _snakemake(run, task, steps, targets)
        if error and not interrupt.number:
            steps.failures.clear()
        if error or interrupt.number:
            return


def _passes(run: Run, task: Task, steps: Steps, interrupt: Interrupt) -> str:
    """Run Snakemake, and again for what a refused delivery held up, as often as need be; gives the last error."""
    by_hand = os.environ.get(LEFT_OUT)
    without_these = set(left_out())
    try:
        while True:
            os.environ[CHOSEN] = " ".join(task.peildata)
            os.environ[LEFT_OUT] = " ".join(sorted(without_these))
            error = _snakemake(run, task, steps)
            before = partial(_previous, run, frozenset(without_these))
            refused = {failure.peildatum for failure in steps.failures if failure.step == "read"}
            waiting = held_up(task.peildata, refused, before)
            if not waiting or interrupt.number:
                return error
            without_these |= refused
            folders = [run.folder_name(peildatum) for peildatum in waiting]
            forced = frozenset(path for path in task.forced if path.split("/")[2] in folders)
            task = replace(task, peildata=waiting, forced=forced)
    finally:
        del os.environ[LEFT_OUT]
        if by_hand is not None:
            os.environ[LEFT_OUT] = by_hand


def number_or_word(text: str) -> int | str:
    """A setting as YAML would have read it."""
    return int(text) if text.isdigit() else text


def _previous(run: Run, without_these: Collection[str], peildatum: str) -> str | None:
    """The peildatum that this one was compared with."""
    layout = read().layout

    def delivery(name: str) -> Path:
        return delivery_of(run, name, find_layout(run.raw / name, name, layout(name)))

    return previous(run, peildatum, delivery, without_these)


def _snakemake(run: Run, task: Task, steps: Steps, targets: Collection[str] = ()) -> str:
    from snakemake import api  # noqa: PLC0415  # slow to import, and prints to the redirected streams
    from snakemake.logging import logger  # noqa: PLC0415
    from snakemake.scheduling.greedy import SchedulerSettings as GreedySettings  # noqa: PLC0415
    from snakemake.settings import types  # noqa: PLC0415

    output = types.OutputSettings(
        verbose=task.verbose, printshellcmds=task.verbose, enable_file_logging=False, nocolor=True
    )
    with api.SnakemakeApi(output) as snakemake:
        logger.addHandler(steps)
        try:
            workflow = snakemake.workflow(
                resource_settings=types.ResourceSettings(cores=task.cores),
                config_settings=types.ConfigSettings(
                    config={
                        "afronding": number_or_word(task.rounding),
                        **({"proef": True} if run.draft else {}),
                    }
                ),
                snakefile=ROOT / "Snakefile",
                workdir=run.directory,
            )
            settings = types.DAGSettings(
                targets=frozenset(targets),
                force_incomplete=True,
                forcerun=task.forced if not targets else frozenset(),
                max_checksum_file_size=COMPARED_BY_CONTENT,
            )
            workflow.dag(settings).execute_workflow(
                execution_settings=types.ExecutionSettings(keep_going=True),
                scheduling_settings=types.SchedulingSettings(scheduler="greedy"),
                scheduler_settings=GreedySettings(),
            )
        except Exception as error:
            snakemake.print_exception(error)
            return f"{type(error).__name__}: {error}"
    return ""
