"""For every test: where nothing may be skipped (WI2007_REQUIRE_ALL, in continuous integration), a skip is a failure."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest


def _must_run(report: pytest.TestReport | pytest.CollectReport) -> None:
    if os.environ.get("WI2007_REQUIRE_ALL") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but here every test has to run: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one, with the reason, where every test has to run."""
    report = yield
    _must_run(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that skips itself."""
    report = yield
    _must_run(report)
    return report
