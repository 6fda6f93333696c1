"""Sentences that seem to say more than was read."""

from __future__ import annotations

from hypothesis import given

from kg.extract import Miss, extract, misses
from kg.extract.misses import SPEAKS_OF, Thing
from kg.model import Article
from ontology import ontology
from tests.extract import helpers, laws


def only(text: str) -> Miss:
    """Return the one miss of an article of this text."""
    (one,) = misses(helpers.article(text))
    return one


SUPPORT = "会上，津南区总工会和延庆区总工会的同志谈到了帮扶。"


def test_a_sentence_with_a_trigger_and_two_things_and_nothing_read() -> None:
    one = only(SUPPORT)
    assert (one.trigger, one.relation, one.silent) == ("帮扶", "supports", True)
    assert one.subject == Thing("TradeUnion", "津南区总工会")
    assert one.object == Thing("TradeUnion", "延庆区总工会")
    assert one.things == (one.subject, one.object)
    assert one.quote == SUPPORT
    # 2 for the fit, 1 for silence, a half for two things, and 和的同志谈到了 lies between
    assert one.score == round(3.5 + 10 / 17, 3)


def test_what_was_read_is_no_miss() -> None:
    assert misses(helpers.article("3月8日，西城区总工会举办“匠心杯”职工技能大赛。")) == []


def test_one_thing_no_trigger_or_no_relation_between_is_no_miss() -> None:
    assert misses(helpers.article("津南区总工会的同志谈到了帮扶。")) == []
    assert misses(helpers.article("津南区总工会与延庆区总工会相距甚远。")) == []
    assert misses(helpers.article("")) == []


def test_a_headline_is_not_looked_at() -> None:
    assert misses(helpers.article("大家都说好。", headline="津南区总工会和延庆区总工会谈帮扶")) == []


def test_a_silent_miss_is_an_issue_of_the_extraction() -> None:
    done = extract(helpers.article(SUPPORT))
    assert [(one.kind, one.words) for one in done.issues] == [("trigger-without-statement", SUPPORT)]


def test_triggers_speak_of_relations_that_there_are() -> None:
    spoken = {name for relations in SPEAKS_OF.values() for name in relations}
    assert spoken <= set(ontology.relations)


@given(laws.articles())
def test_laws_of_misses(given: tuple[Article, str]) -> None:
    source, page = given
    found = misses(source)
    assert found == misses(source)
    assert [one.start for one in found] == sorted(one.start for one in found)
    names = {(e.type, n) for e in extract(source).entities for n in (e.name, *e.aliases)}
    for one in found:
        assert one.quote == source.text[one.start : one.end]
        assert "".join(page[a:b] for a, b in one.page_ranges) == one.quote.replace("\n", "")
        ontology.check_triple(one.subject.type, one.relation, one.object.type)
        assert one.subject != one.object
        assert {one.subject, one.object} <= set(one.things)
        assert 1.0 < one.score <= 5.0
        assert all((thing.type, thing.name) in names or thing.type in ("Venue", "Activity") for thing in one.things)
    assert [one.words for one in extract(source).issues] == [one.quote for one in found if one.silent]
