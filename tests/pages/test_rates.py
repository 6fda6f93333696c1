"""The aims: what share of broken pages comes back (`python -m tests.pages.rates` prints the same)."""

from __future__ import annotations

import pytest

from tests.pages import rates

FOUND = {rate.name.strip(): rate for rate in rates.measure(rates.clean_articles(rates.OWN), rounds=12)}


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("adjacent cuts rejoined", 0.95),
        ("moved tails brought home", 0.85),
        ("articles on broken pages with exactly their lines in order", 0.85),
        ("two columns alternating: halves rejoined", 0.75),
    ],
)
def test_comes_back(name: str, least: float) -> None:
    print(FOUND[name])
    assert FOUND[name].of >= 80
    assert FOUND[name].share >= least


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("false joins at the paragraph ends of uncut pages", 0.01),
        ("uncut pages with a move", 0.02),
        ("false joins among those on broken pages", 0.03),
        ("pages with an article whose tail is missing: a wrong move", 0.12),
    ],
)
def test_is_left_alone(name: str, most: float) -> None:
    print(FOUND[name])
    assert FOUND[name].of >= 80
    assert FOUND[name].share <= most


def test_the_module_prints_them(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "measure", lambda *_, **__: list(FOUND.values()))
    rates.main([str(rates.OWN[1])])
    out = capsys.readouterr().out
    assert out.count("adjacent cuts rejoined") == 2
    assert "aim ≥ 95 %" in out
