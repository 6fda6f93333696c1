"""A live test that was skipped unseen is no test: what KG_REQUIRE_LIVE does."""

from __future__ import annotations

from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")
SKIPPED = """
import pytest

@pytest.mark.browser
def test_picture():
    pytest.skip("no screen")

@pytest.mark.browser
@pytest.mark.xfail(reason="known", strict=True)
def test_known():
    raise AssertionError

def test_other():
    pytest.skip("not today")
"""


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    pytester.makeconftest(CONFTEST)
    pytester.makeini("[pytest]\nmarkers =\n    neo4j\n    browser\n    jena\n    robot\n    lac\n")
    for name in ("KG_REQUIRE_LIVE", "NEO4J_URI", "KG_CHROMIUM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("tests.live.missing", lambda mark: None)
    return pytester


def test_a_skip_is_a_skip_where_nothing_is_required(inner: pytest.Pytester) -> None:
    inner.makepyfile(SKIPPED)
    inner.runpytest_inprocess().assert_outcomes(skipped=2, xfailed=1)


def test_a_required_skip_is_a_failure_with_its_reason(inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    inner.makepyfile(SKIPPED)
    monkeypatch.setenv("KG_REQUIRE_LIVE", "neo4j,browser")
    result = inner.runpytest_inprocess()
    result.assert_outcomes(failed=1, skipped=1, xfailed=1)
    result.stdout.fnmatch_lines(["*KG_REQUIRE_LIVE wants browser to run: *no screen*"])


def test_what_is_missing_skips_and_says_how_to_get_it(inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.live.missing", lambda mark: "install it")
    inner.makepyfile("import pytest\n@pytest.mark.jena\ndef test_riot():\n    raise AssertionError\n")
    inner.runpytest_inprocess("-rs").assert_outcomes(skipped=1)
    monkeypatch.setenv("KG_REQUIRE_LIVE", "jena")
    result = inner.runpytest_inprocess()
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*KG_REQUIRE_LIVE wants jena to run: *install it*"])


def test_a_file_that_skips_itself_whole_fails_where_live_is_required(
    inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner.makepyfile("import pytest\npytest.skip('never', allow_module_level=True)\n")
    monkeypatch.setenv("KG_REQUIRE_LIVE", "jena")
    assert inner.runpytest_inprocess().ret != pytest.ExitCode.OK


def test_a_misspelt_mark_is_refused(inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_REQUIRE_LIVE", "neo4j,browsers")
    result = inner.runpytest_inprocess()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*KG_REQUIRE_LIVE: browsers: known are neo4j, browser, jena, robot, lac*"])
