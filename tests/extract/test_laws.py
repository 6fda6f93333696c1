"""Whatever the text: nothing crashes, every span cites the text as printed, every claim is one the ontology allows."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.model import Article
from kg.text import normal
from tests.extract.helpers import article, found, page_text
from tests.extract.laws import articles, check, lines
from tests.extract.variants import VARIANTS

PARAGRAPH = (
    "本报讯（记者 郑晓岚）3月8日，由石景山区总工会主办、北京首信机电有限公司承办的"
    "第三届“匠心杯”职工技能大赛在石景山区文化中心举行，来自32家企业的百余名职工参加。“比赛让我学到了很多。”北京首信机电有限公司职工马小军说。"
    "石景山区总工会主席陈立新出席并致辞，古城街道总工会向选手发放“清凉礼包”。"
)


def _repeated(size: int) -> Article:
    return article(*[PARAGRAPH] * (size // len(PARAGRAPH) + 1), headline="石景山职工同台竞技", issue_date="2025-03-12")


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(articles())
def test_extraction_keeps_its_laws(made: tuple[Article, str]) -> None:
    source, page = made
    extraction = extract(source)
    check(extraction, page)
    assert extract(source) == extraction


_any_line = st.text(max_size=60).map(lambda text: text.replace("\n", " ").replace("\r", " "))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(_any_line, lines()), max_size=4), _any_line)
def test_no_text_breaks_it(paragraphs: list[str], headline: str) -> None:
    source = article(*paragraphs, headline=headline)
    extraction = extract(source)
    check(extraction, page_text(*paragraphs, headline=headline))
    assert extract(source) == extraction


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(lines(), st.sampled_from(sorted(VARIANTS)))
def test_no_variant_of_a_text_breaks_it(text: str, variant: str) -> None:
    changed = VARIANTS[variant](text).replace("\n", "")
    check(extract(article(changed)), page_text(changed))


@pytest.mark.parametrize(
    "size",
    [20_000, 80_000],
)
def test_a_long_article_is_read(size: int) -> None:
    source = _repeated(size)
    assert len(source.text) >= size
    extraction = extract(source)
    told = {s.evidence.start for s in extraction.statements if s.predicate == "organizes"}
    assert len(told) == size // len(PARAGRAPH) + 1


def test_an_empty_article_says_nothing() -> None:
    for text in ("", " ", "\n\u3000\n"):
        extraction = extract(article(*text.split("\n")))
        assert (extraction.entities, extraction.statements) == ((), ())


def test_ids_belong_to_one_article() -> None:
    one, two = found(PARAGRAPH, headline="甲"), found(PARAGRAPH, headline="乙")
    assert not {e.id for e in one.extraction.entities} & {e.id for e in two.extraction.entities}
    assert not {s.id for s in one.extraction.statements} & {s.id for s in two.extraction.statements}
    assert one.typed() == two.typed()
    assert one.triples() == two.triples()


def test_a_sentence_that_the_page_broke_is_cited_in_two_ranges() -> None:
    at = PARAGRAPH.index("承办")
    broken = (PARAGRAPH[:at], PARAGRAPH[at:])
    whole, cut = found(PARAGRAPH), found(broken)
    assert whole.triples() == cut.triples()
    cited = {len(s.evidence.page_ranges) for s in cut.statements("organizes")}
    assert cited == {2}
    check(cut.extraction, page_text(broken))


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        ("，", ","),
        ("（", "("),
        ("）", ")"),
        ("“", "「"),
        ("3月8日", "３月８日"),
        ("32家", "３２家"),
    ],
)
def test_the_width_of_signs_does_not_matter(printed: str, other: str) -> None:
    pairs = {"（": ("）", ")"), "“": ("”", "」"), "）": ("（", "(")}
    changed = PARAGRAPH.replace(printed, other)
    if printed in pairs:
        changed = changed.replace(*pairs[printed])
    assert changed != PARAGRAPH
    one, two = found(PARAGRAPH), found(changed)
    assert {(t, normal(n)) for t, n in one.typed()} == {(t, normal(n)) for t, n in two.typed()}
    assert len(one.triples()) == len(two.triples())
