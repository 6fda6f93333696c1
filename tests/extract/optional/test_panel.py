"""Optional proposers by name, and what of their answers is added to what the rules found."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.errors import UnknownName
from kg.extract import extract
from kg.extract.optional import OPTIONAL, Helper, Panel, Settings
from kg.extract.reading import Reading
from kg.extract.relations.claim import Claim
from kg.extract.scene import Scene
from kg.extract.spans import Candidate, Draft
from kg.model import Issue
from tests.extract.helpers import Found, article

ROOT = Path(__file__).resolve().parents[3]


class Pointer:
    """A helper that points at given words."""

    identity = "pointer 1"

    def __init__(self, *names: tuple[str, str]) -> None:
        self.names = names

    def propose(self, draft: Draft) -> Iterable[Candidate]:
        for kind, name in self.names:
            at = draft.reading.text.index(name)
            yield Candidate(at, at + len(name), kind, "pointer", 0.3)

    def claims(self, _scene: Scene) -> Iterable[Claim]:
        return ()

    def issues(self, reading: Reading) -> Iterable[Issue]:
        yield Issue(f"{reading.article.id}:0", "pointed", "")

    def spent(self) -> Counter[str]:
        return Counter()

    def said(self, _spent: Counter[str]) -> str:
        return ""


def typed(text: str, *helpers: Helper) -> set[tuple[str, str]]:
    return Found(extract(article(text), helpers=helpers)).typed()


def test_a_name_that_there_is_not() -> None:
    with pytest.raises(UnknownName, match="no proposer called 'lax'; did you mean lac"):
        Panel(["lac", "lax"])


def test_names_are_taken_once_and_in_one_order() -> None:
    assert Panel(["llm", "lac", "llm"]).names == ("lac", "llm")
    assert Panel().helpers() == ()
    assert Panel().identities() == {}
    assert Panel().said() == []


def test_nothing_of_a_helper_is_imported_before_it_is_asked_for() -> None:
    code = (
        "import sys, kg.cli.build, kg.cli.extract; print([m for m in sys.modules if 'onnx' in m or 'optional.l' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_name_has_a_class_with_a_docstring() -> None:
    from importlib import import_module

    for target in OPTIONAL.values():
        module, _, attribute = target.partition(":")
        assert getattr(import_module(module), attribute).__doc__


TEXT = "3月8日，西城区总工会举办第三届“匠心杯”职工技能大赛，西城区总工会主席王建国出席。青禾芽在场。"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("Person", "王建"),
        ("Person", "国出席"),
        ("Enterprise", "西城区总工会"),
        ("Person", "西城"),
        ("District", "西城区"),
        ("Venue", "城区总工"),
        ("Activity", "职工技能大赛"),
        ("Activity", "举办第三届"),
    ],
)
def test_what_overlaps_the_rules_is_left_out(kind: str, name: str) -> None:
    assert typed(TEXT, Pointer((kind, name))) == typed(TEXT)


@pytest.mark.parametrize("kind", ["Person", "Venue", "Product", "Enterprise", "Organization", "Activity"])
def test_what_stands_free_is_added(kind: str) -> None:
    assert typed(TEXT, Pointer((kind, "青禾芽"))) == typed(TEXT) | {(kind, "青禾芽")}


def test_the_first_helper_has_it() -> None:
    one, two = Pointer(("Person", "青禾芽")), Pointer(("Product", "禾芽"))
    assert typed(TEXT, one, two) == typed(TEXT) | {("Person", "青禾芽")}
    assert typed(TEXT, two, one) == typed(TEXT) | {("Product", "禾芽")}


def test_a_person_from_a_helper_is_read_like_any_other() -> None:
    text = "西城区总工会主席哒嘟咪出席。"
    assert Found(extract(article(text))).entities("Person") == set()
    found = Found(extract(article(text), helpers=[Pointer(("Person", "哒嘟咪"))]))
    assert found.qualified("hasRole", "title") == {("哒嘟咪", "西城区总工会", "主席")}


def test_what_a_helper_could_not_use_is_told() -> None:
    assert [issue.kind for issue in extract(article(TEXT), helpers=[Pointer()]).issues][-1] == "pointed"


def test_settings_are_what_the_options_say() -> None:
    assert Settings().llm_timeout > 0
