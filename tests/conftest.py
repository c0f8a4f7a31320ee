"""For every test: whole runs made once, how much hypothesis tries, and skips that are failures where all has to run."""

from __future__ import annotations

import os
from collections.abc import Generator

import examples  # noqa: F401  # registers the profiles
import pytest
import shared
from hypothesis import settings

settings.load_profile("quick")


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> shared.Made:
    """The demonstration, then its follow-up: never written to."""
    return shared.made_once(
        tmp_path_factory, "demonstratie", shared.make_demonstration, shared.demonstration_trial
    )


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> shared.Made:
    """Two peildata that are no demonstration: never written to."""
    return shared.made_once(tmp_path_factory, "echt", shared.make_real, shared.real_trial)


@pytest.fixture(scope="session")
def exact(tmp_path_factory: pytest.TempPathFactory, real: shared.Made) -> shared.Made:
    """The same with exact counts of the first peildatum: never written to."""
    return shared.made_once(
        tmp_path_factory, "exact", lambda folder: shared.make_exact(real.trial, folder), shared.real_trial
    )


@pytest.fixture(scope="session")
def exact_demonstration(tmp_path_factory: pytest.TempPathFactory, demonstration: shared.Made) -> shared.Made:
    """The demonstration alone with exact counts: never written to."""
    return shared.made_once(
        tmp_path_factory,
        "demonstratie-exact",
        lambda folder: shared.make_exact_demonstration(demonstration.trial, folder),
        shared.demonstration_trial,
    )


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
