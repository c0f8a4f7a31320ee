"""Snakemake's events as lines, and what a failed step is told with."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from snakemake_interface_logger_plugins.common import LogEvent

from wi2007.run.workflow import Steps, line


@pytest.fixture
def steps(tmp_path: Path) -> Steps:
    return Steps(io.StringIO(), tmp_path, lambda: None)


def hear(steps: Steps, event: LogEvent, **values: Any) -> None:
    record = logging.makeLogRecord({"event": event, "levelno": logging.INFO, "msg": "", **values})
    steps.emit(record)


def start(steps: Steps, number: int = 1, step: str = "html", peildatum: str = "2022-07-01") -> None:
    hear(
        steps,
        LogEvent.JOB_INFO,
        jobid=number,
        rule_name=step,
        wildcards={"peildatum": peildatum},
        log=[f"logs/{peildatum}/{step}.txt"],
    )


def test_a_line_has_the_peildatum_what_was_done_and_its_time() -> None:
    assert line("2022-07-01", "tabellen gemaakt", 1.26).split() == [
        "2022-07-01",
        "tabellen",
        "gemaakt",
        "1,3",
        "s",
    ]


def test_a_step_is_told_when_it_is_done(steps: Steps) -> None:
    start(steps)
    hear(steps, LogEvent.JOB_FINISHED, job_id=1)
    told = steps._stream.getvalue()  # type: ignore[attr-defined]
    assert told.startswith("2022-07-01  rapport.html opgemaakt")
    assert steps.finished == 1


def test_the_rule_that_gathers_everything_is_not_told(steps: Steps) -> None:
    hear(steps, LogEvent.JOB_INFO, jobid=0, rule_name="all", wildcards=None, log=[])
    hear(steps, LogEvent.JOB_FINISHED, job_id=0)
    assert steps.finished == 0


def test_a_failure_has_the_message_of_its_own_step_and_peildatum(steps: Steps, tmp_path: Path) -> None:
    for number, peildatum in enumerate(("2022-07-01", "2024-07-01")):
        said = {
            "step": ["html", peildatum],
            "status": 2,
            "message": peildatum,
        }
        (tmp_path / f"{number}.json").write_text(json.dumps(said), encoding="utf-8")
    start(steps, peildatum="2024-07-01")
    hear(steps, LogEvent.JOB_ERROR, jobid=1)
    (failure,) = steps.failures
    assert (failure.peildatum, failure.step, failure.status, failure.message) == (
        "2024-07-01",
        "html",
        2,
        "2024-07-01",
    )


def test_a_step_that_died_without_a_word_is_told_with_its_log(steps: Steps) -> None:
    start(steps)
    hear(steps, LogEvent.JOB_ERROR, jobid=1)
    (failure,) = steps.failures
    assert failure.status == 1
    assert "logs/2022-07-01/html.txt" in failure.message
