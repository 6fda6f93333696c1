"""Bounds: read from a small file, unknown names refused with a hint, and broken ones told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError, KGError, UnknownName
from kg.quality import SHARES, Bounds, read_bounds

REPORT: dict[str, Any] = {
    "counts": {"articles": 12, "facts": 40},
    "entities": {"TradeUnion": 3},
    "facts": {"organizes": 5},
    "shares": dict.fromkeys(SHARES, 0.2),
}


def bounds(tmp_path: Path, text: str) -> Bounds:
    (tmp_path / "checks.toml").write_text(text, encoding="utf-8")
    return read_bounds(tmp_path / "checks.toml")


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("", []),
        ("[minimum]\narticles = 12\n[maximum]\nunresolved = 0.2\n", []),
        ("[minimum]\narticles = 13\n", ["12 articles, at least 13"]),
        ("[minimum.classes]\nTradeUnion = 3\nPerson = 1\n", ["0 Person, at least 1"]),
        ("[minimum.relations]\norganizes = 6\nmentions = 0\n", ["5 organizes, at least 6"]),
        ("[maximum]\nissues = 0\n", ["issues 0.2 of articles, at most 0"]),
        (
            "[maximum]\nunresolved = 0.1\n[minimum]\nfacts = 41\n",
            ["40 facts, at least 41", "unresolved 0.2 of names of bodies and districts, at most 0.1"],
        ),
    ],
)
def test_what_is_broken_is_told(tmp_path: Path, text: str, broken: list[str]) -> None:
    assert [str(one) for one in bounds(tmp_path, text).broken(REPORT)] == broken


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("[minimun]\n", UnknownName, "no section in .*did you mean minimum"),
        ("[minimum]\narticels = 1\n", UnknownName, "no count in .*did you mean articles"),
        ("[minimum]\nTradeUnion = 1\n", UnknownName, "no count in "),
        ("[minimum.classes]\nUnion = 1\n", UnknownName, "no class in .*TradeUnion"),
        ("[minimum.relations]\norganises = 1\n", UnknownName, "no relation in .*organizes"),
        ("[maximum]\nunresolvd = 0.1\n", UnknownName, "no share in .*unresolved"),
        ("[minimum]\narticles = -1\n", InputError, "articles = -1 is no least number"),
        ("[minimum]\narticles = 1.5\n", InputError, "no least number"),
        ("[minimum]\narticles = true\n", InputError, "no least number"),
        ('[maximum]\nissues = "few"\n', InputError, "no greatest share"),
        ("[maximum]\nissues = nan\n", InputError, "no greatest share"),
        ("[maximum]\nissues = false\n", InputError, "no greatest share"),
        ("minimum = 3\n", InputError, "minimum is no section"),
        ("[minimum]\nclasses = 3\n", InputError, r"minimum\.classes is no section"),
        ("[minimum\n", InputError, "not TOML"),
    ],
)
def test_what_is_no_bound_is_refused(tmp_path: Path, text: str, error: type[KGError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        bounds(tmp_path, text)
    assert "checks.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        read_bounds(tmp_path / "nowhere")
    (tmp_path / "checks.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        read_bounds(tmp_path / "checks.toml")


def test_the_marks_of_windows_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / "checks.toml").write_bytes(b"\xef\xbb\xbf[minimum]\r\narticles = 13\r\n")
    assert len(read_bounds(tmp_path / "checks.toml").broken(REPORT)) == 1
