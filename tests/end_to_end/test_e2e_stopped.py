"""Stopped, killed and started twice: the next run just works, and the end result is the same bytes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress

import psutil
import pytest
from trial import FIRST, LONG, SECOND, Trial, delivery_text

from wi2007.run.process import LOCK, STATE

KILL, TERM = signal.SIGKILL, signal.SIGTERM


def stop_after(trial: Trial, running: subprocess.Popen[str], lines: int, number: int, group: bool) -> None:
    """Send a signal once so many steps are done, while others are at work; with no lines, once the run has begun."""
    assert running.stderr is not None
    for _ in range(lines):
        running.stderr.readline()
    while lines == 0 and not (trial.directory / STATE / LOCK).exists():
        assert running.poll() is None
        time.sleep(0.05)
    if group:
        os.killpg(running.pid, number)
    else:
        running.send_signal(number)


def at_work(group: int) -> list[int]:
    """The processes of a group that still do something: a zombie only waits to be collected."""
    found = []
    for process in psutil.process_iter(["pid", "status"]):
        with suppress(ProcessLookupError):
            if os.getpgid(process.pid) == group and process.info["status"] != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
    return found


def start_over(trial: Trial) -> dict[str, str]:
    """Remove everything that was made; gives what there was of the first peildatum."""
    before = {name: value for name, value in trial.results().items() if FIRST in name}
    for name in ("data/processed", "reports", ".snakemake"):
        shutil.rmtree(trial.directory / name)
    return before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lines", "number", "group"),
    [
        pytest.param(0, KILL, True, marks=pytest.mark.long),
        pytest.param(1, KILL, True, marks=pytest.mark.long),
        (3, KILL, True),
        pytest.param(5, KILL, True, marks=pytest.mark.long),
        pytest.param(6, KILL, True, marks=pytest.mark.long),
        pytest.param(0, KILL, False, marks=pytest.mark.long),
        pytest.param(3, KILL, False, marks=pytest.mark.long),
        pytest.param(5, KILL, False, marks=pytest.mark.long),
        pytest.param(2, TERM, False, marks=pytest.mark.long),
        pytest.param(6, TERM, False, marks=pytest.mark.long),
    ],
)
def test_a_killed_run_is_taken_up_again(made: Trial, lines: int, number: int, group: bool) -> None:
    before = start_over(made)
    running = made.start(FIRST)
    stop_after(made, running, lines, number, group)
    running.communicate(timeout=LONG)
    ran = made.run(FIRST)
    assert ran.status == 0, ran.err
    assert made.results() == before
    assert [p.name for p in made.directory.rglob("*.deel")] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines", [pytest.param(0, marks=pytest.mark.long), 1, pytest.param(4, marks=pytest.mark.long)]
)
def test_ctrl_c_stops_every_process_with_one_line(made: Trial, lines: int) -> None:
    start_over(made)
    running = made.start(FIRST)
    stop_after(made, running, lines, signal.SIGINT, group=False)
    _, told = running.communicate(timeout=LONG)
    assert running.returncode == 130
    assert told.splitlines()[-1].startswith("Gestopt.")
    assert "Traceback" not in told
    assert at_work(running.pid) == []


@pytest.mark.slow
@pytest.mark.long
def test_a_killed_rerun_keeps_the_earlier_report_until_the_new_one_is_whole(made: Trial) -> None:
    report = made.report(FIRST) / "rapport.html"
    before = report.read_bytes()
    made.redeliver(FIRST, delivery_text(seed=9, prefix="P"))
    running = made.start(FIRST)
    stop_after(made, running, 4, signal.SIGKILL, group=True)
    running.communicate(timeout=LONG)
    assert report.read_bytes() == before
    assert made.run(FIRST).status == 0
    assert report.read_bytes() != before


@pytest.mark.slow
def test_a_second_run_in_the_same_directory_steps_aside(made: Trial) -> None:
    before = start_over(made)
    running = made.start(FIRST)
    assert running.stderr is not None
    running.stderr.readline()
    second = made.run()
    assert second.status == 1
    assert "al een andere run bezig" in second.err
    assert running.wait(timeout=LONG) == 0
    assert made.results() == before


def test_a_lock_that_a_killed_snakemake_left_does_not_hold_up_a_run(made: Trial) -> None:
    (made.report(SECOND) / "rapport.pdf").unlink()
    locks = made.directory / ".snakemake/locks"
    locks.mkdir(exist_ok=True)
    (locks / "0.output.lock").write_text(f"reports/{SECOND}/rapport.pdf\n", encoding="utf-8")
    assert made.run().status == 0


def test_half_written_files_of_a_killed_run_are_cleared_away(made: Trial) -> None:
    left = made.processed(FIRST) / ".personen.parquet.123.deel"
    left.write_text("half", encoding="utf-8")
    assert made.run().status == 0
    assert not left.exists()
