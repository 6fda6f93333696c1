"""Rules for all tests: live marks, golden files, and hypothesis with the same examples on every run."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import live

# No deadline, since machines are shared; the same examples each time, so that a red run can be run again.
# HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("fixed", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew; look at the diff")


def pytest_configure(config: pytest.Config) -> None:
    unknown = live.required().difference(live.MARKS)
    if unknown:
        raise pytest.UsageError(f"KG_REQUIRE_LIVE: {', '.join(sorted(unknown))}: known are {', '.join(live.MARKS)}")


def _marks(item: pytest.Item) -> list[str]:
    return [mark for mark in live.MARKS if item.get_closest_marker(mark)]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in _marks(item):
        lack = live.missing(mark)
        if lack:
            pytest.skip(f"{mark}: {lack}")


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    return str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    must_run = live.required().intersection(_marks(item))
    if must_run and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"KG_REQUIRE_LIVE wants {', '.join(sorted(must_run))} to run: {_reason(report)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if live.required() and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"KG_REQUIRE_LIVE is set, and this file skipped itself whole: {_reason(report)}"
    return report


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare bytes with the file of this name in tests/golden; `--update-golden` writes it anew."""
    folder = Path(__file__).parent / "golden"

    def compare(name: str, found: bytes) -> None:
        path = folder / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(found)
        assert path.is_file(), f"no tests/golden/{name}; write it with --update-golden"
        assert found == path.read_bytes()

    return compare
