"""From what articles say to entities and facts, on articles written by hand."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.io import dump
from kg.model import Entity, Extraction, Fact, Page
from kg.resolve import IdTable, Resolution, resolve
from kg.resolve.entities import page_id
from tests.resolve.by_hand import Writer


def names(resolution: Resolution, kind: str) -> list[str]:
    return sorted(entity.name for entity in resolution.entities if entity.type == kind)


def facts(resolution: Resolution, predicate: str) -> list[tuple[str, str]]:
    name = {entity.id: entity.name for entity in resolution.entities}
    return sorted((name[one.subject], name[one.object]) for one in resolution.facts if one.predicate == predicate)


def one(resolution: Resolution, name: str) -> Entity:
    (found,) = [entity for entity in resolution.entities if name in (entity.name, *entity.aliases)]
    return found


def fact(resolution: Resolution, predicate: str) -> Fact:
    (found,) = [one for one in resolution.facts if one.predicate == predicate]
    return found


def mentions(kind: str, *names_: str, **hints: str) -> list[Extraction]:
    """Make one article for each name, each on a page of its own."""
    found = []
    for number, name in enumerate(names_):
        writer = Writer(f"短讯\n{name}昨日发布消息。", page=f"p{number}")
        writer.entity(kind, name, **hints)
        found.append(writer.done())
    return found


# ---------------------------------------------------------------------------------------------------- who is who


def test_forms_of_one_union_become_one_node_with_its_fullest_name() -> None:
    resolution = resolve(
        mentions("TradeUnion", "北京经济技术开发区总工会", "经开区总工会", "市总工会", district="110115403")
    )
    union = one(resolution, "经开区总工会")
    assert union.name == "北京经济技术开发区总工会"
    assert union.aliases == ("经开区总工会",)
    assert names(resolution, "TradeUnion") == ["北京市总工会", "北京经济技术开发区总工会"]
    assert one(resolution, "市总工会").name == "北京市总工会"


def test_neighbours_never_meet() -> None:
    resolution = resolve(mentions("TradeUnion", "西城区总工会", "北京市东城区总工会", "北京市总工会"))
    assert len(names(resolution, "TradeUnion")) == 3
    assert resolution.candidates == ()


def test_relative_names_without_a_hint_stay_in_their_articles_and_are_told() -> None:
    resolution = resolve(mentions("TradeUnion", "市总工会", "市总工会"))
    assert names(resolution, "TradeUnion") == ["市总工会", "市总工会"]
    assert [(one.name, one.why) for one in resolution.unresolved] == [
        ("市总工会", "市 is relative, and the article does not say whose")
    ] * 2


def test_a_fuller_alias_ties_down_a_relative_name() -> None:
    writer = Writer("短讯\n区总工会来了。西城区总工会说好。")
    writer.entity("TradeUnion", "区总工会", "西城区总工会")
    resolution = resolve([writer.done(), *mentions("TradeUnion", "北京市西城区总工会")])
    assert names(resolution, "TradeUnion") == ["北京市西城区总工会"]
    assert resolution.unresolved == ()


def test_a_short_form_stays_in_its_article_and_becomes_a_candidate() -> None:
    writer = Writer("短讯\n北京亦庄盛元投资开发集团有限公司（以下简称盛元集团）开业。", page="a")
    writer.entity("Enterprise", "北京亦庄盛元投资开发集团有限公司", "盛元集团")
    resolution = resolve([writer.done(), *mentions("Enterprise", "盛元集团")])
    assert len(names(resolution, "Enterprise")) == 2
    (candidate,) = resolution.candidates
    assert set(candidate.names) == {"北京亦庄盛元投资开发集团有限公司", "盛元集团"}
    assert candidate.score == 0.8
    assert "calls" in candidate.reasons[0]


def test_two_registered_names_in_one_article_join_and_the_link_says_why() -> None:
    writer = Writer("短讯\n北京京华机械有限公司，即上海京华机械有限公司北京分公司的前身，开业。", page="a")
    writer.entity("Enterprise", "北京京华机械有限公司", "北京京华重型机械有限公司")
    resolution = resolve([writer.done(), *mentions("Enterprise", "北京京华重型机械有限公司")])
    assert names(resolution, "Enterprise") == ["北京京华重型机械有限公司"]
    (link,) = resolution.links
    assert link.verdict == "same"
    assert "北京京华机械有限公司" in link.reasons[0]


def test_an_alias_that_looks_like_another_body_is_kept_out() -> None:
    writer = Writer("短讯\n北京京华第一机械有限公司和北京京华第二机械有限公司开业。", page="a")
    local = writer.entity("Enterprise", "北京京华第一机械有限公司", "北京京华第二机械有限公司")
    resolution = resolve([writer.done(), *mentions("Enterprise", "北京京华第二机械有限公司")])
    assert len(names(resolution, "Enterprise")) == 2
    assert any("kept out" in reason for reason in resolution.reasons[local])


def test_an_enterprise_is_not_its_union() -> None:
    writer = Writer("短讯\n北京京华机械有限公司工会成立。")
    writer.entity("Enterprise", "北京京华机械有限公司")
    writer.entity("TradeUnion", "北京京华机械有限公司工会")
    resolution = resolve([writer.done()])
    assert names(resolution, "Enterprise") != names(resolution, "TradeUnion")


def test_districts_are_named_as_the_table_says_and_bear_their_code() -> None:
    resolution = resolve(mentions("District", "北京市西城区", "西城区", "大兴区黄村镇", "北京"))
    assert names(resolution, "District") == ["北京市", "西城区", "黄村镇"]  # which the table calls 黄村地区
    assert dict(one(resolution, "北京市西城区").props) == {"code": "110102"}
    assert one(resolution, "北京").name == "北京市"


# ---------------------------------------------------------------------------------------------------- people


def official(name: str, body: str, title: str, page: str, quote: str = "") -> Extraction:
    writer = Writer(f"短讯\n{body}{title}{name}出席。{quote}", page=page, issue_date=f"2025-03-0{page[-1]}")
    person = writer.entity("Person", name)
    writer.say(person, "hasRole", writer.entity("TradeUnion", body), qualifiers={"title": title})
    if quote:
        writer.say(person, "quotedIn", writer.article.key, quote=quote, qualifiers={"quote": quote})
    return writer.done()


def test_people_meet_only_by_name_and_post() -> None:
    resolution = resolve(
        [
            official("王建国", "北京市总工会", "副主席", "p1"),
            official("王建国", "北京市总工会", "主席", "p2"),
            official("王建国", "西城区总工会", "主席", "p3"),
            official("王建国", "月坛街道总工会", "主席", "p4"),
        ]
    )
    assert names(resolution, "Person") == ["王建国"] * 3
    (candidate,) = [one for one in resolution.candidates if one.type == "Person"]
    assert candidate.reasons == ("one name, and both: hold a post in 110102",)


def test_a_person_without_a_post_stays_in_the_article() -> None:
    assert len(names(resolve(mentions("Person", "王伟", "王伟")), "Person")) == 2


def test_two_employees_of_one_name_stay_apart() -> None:
    found = resolve([official("王伟", "北京市总工会", "职工", page) for page in ("p1", "p2")])
    assert len(names(found, "Person")) == 2


def byline(name: str, role: str, page: str, paper: str) -> Extraction:
    writer = Writer(f"短讯{page}\n（{role} {name}）昨日消息。", page=page, paper=paper)
    writer.say(writer.article.key, "reportedBy", writer.entity("Person", name), qualifiers={"role": role})
    return writer.done()


def test_reporters_meet_within_their_paper() -> None:
    resolution = resolve(
        [
            byline("李明", "记者", "p1", "京华工报"),
            byline("李明", "记者", "p2", "京华工报"),
            byline("李明", "记者", "p3", "江城日报"),
            byline("李明", "通讯员", "p4", "京华工报"),
        ]
    )
    assert len(names(resolution, "Person")) == 3


# ---------------------------------------------------------------------------------------------------- activities


def activity(name: str, host: str, page: str, **date: str) -> Extraction:
    writer = Writer(f"短讯\n{host}举办{name}，{date.get('text', '')}。", page=page)
    event = writer.entity("Activity", name)
    writer.say(writer.entity("TradeUnion", host), "organizes", event)
    if text := date.pop("text", ""):
        writer.say(event, "date", text, qualifiers=date)
    return writer.done()


DAY = {"text": "3月8日", "start": "2025-03-08", "end": "2025-03-08", "precision": "day", "vague": "false"}


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        # the same organiser, name and day
        (activity("技能大赛", "西城区总工会", "p1", **DAY), activity("技能大赛", "西城区总工会", "p2", **DAY), True),
        (activity("技能大赛", "西城区总工会", "p1", **DAY), activity("技能大赛", "东城区总工会", "p2", **DAY), False),
        # no day is known
        (activity("技能大赛", "西城区总工会", "p1"), activity("技能大赛", "西城区总工会", "p2"), False),
        # another day
        (
            activity("“匠心杯”大赛", "西城区总工会", "p1", **DAY),
            activity("“匠心杯”大赛", "西城区总工会", "p2", **{**DAY, "start": "2025-04-08", "end": "2025-04-08"}),
            False,
        ),
        # an edition is enough of a time, but many give their contest the same name
        (
            activity("第三届“匠心杯”大赛", "西城区总工会", "p1"),
            activity("第3届“匠心杯”大赛", "西城区总工会", "p2"),
            True,
        ),
        (
            activity("第三届“匠心杯”大赛", "西城区总工会", "p1"),
            activity("第3届“匠心杯”大赛", "北京市总工会", "p2"),
            False,
        ),
        # a region in its name is that of its federation; the same edition on the same day is one, whoever is named
        (
            activity("西城区第三届“匠心杯”大赛", "京华机械有限公司", "p1"),
            activity("第三届“匠心杯”大赛", "西城区总工会", "p2"),
            True,
        ),
        (
            activity("第三届“匠心杯”大赛", "京华机械有限公司", "p1", **DAY),
            activity("第三届“匠心杯”大赛", "西城区总工会", "p2", **DAY),
            True,
        ),
        (
            activity("2024年“匠心杯”大赛", "西城区总工会", "p1"),
            activity("2025年“匠心杯”大赛", "西城区总工会", "p2"),
            False,
        ),
        # 第一期 is counted anew every year
        (activity("第一期培训班", "西城区总工会", "p1"), activity("第一期培训班", "西城区总工会", "p2"), False),
        (
            activity("2025年第一期培训班", "西城区总工会", "p1"),
            activity("2025年度第一期培训班", "西城区总工会", "p2"),
            True,
        ),
        # the year in one name, the day in both
        (
            activity("2025年“匠心杯”大赛", "西城区总工会", "p1", **DAY),
            activity("“匠心杯”大赛", "西城区总工会", "p2", **DAY),
            True,
        ),
    ],
)
def test_activities_are_their_name_organiser_and_time(left: Extraction, right: Extraction, same: bool) -> None:
    assert (len(names(resolve([left, right]), "Activity")) == 1) is same


def test_only_activities_that_may_be_one_are_candidates() -> None:
    other_day = {**DAY, "start": "2025-04-08", "end": "2025-04-08"}
    host, event = "西城区总工会", "“匠心杯”大赛"
    undated = activity(event, host, "p1")
    assert len(resolve([undated, activity(event, host, "p2")]).candidates) == 1
    assert len(resolve([undated, activity(event, host, "p2", **DAY)]).candidates) == 1
    assert resolve([activity(event, host, "p1", **DAY), activity(event, host, "p2", **other_day)]).candidates == ()
    assert resolve([undated, activity(event, "东城区总工会", "p2")]).candidates == ()


def test_an_activity_takes_the_surest_of_what_is_said_of_it() -> None:
    writer = Writer("短讯\n西城区总工会近日举办第三届技能大赛。3月8日，大赛设10个项目，百余名职工参加。")
    event = writer.entity("Activity", "第三届技能大赛")
    writer.say(
        event,
        "date",
        "近日",
        confidence=0.9,
        qualifiers={"start": "2025-03-01", "precision": "interval", "vague": "true"},
    )
    writer.say(event, "date", "3月8日", confidence=0.6, qualifiers={**DAY, "vague": "false"} | {"text": ""})
    writer.say(event, "count", "10个", qualifiers={"min": "10", "max": "10", "unit": "个项目"})
    writer.say(event, "count", "百余名", qualifiers={"min": "100", "approximate": "true", "unit": "名"})
    writer.say(event, "edition", "第三届")
    props = dict(one(resolve([writer.done()]), "第三届技能大赛").props)
    assert props["dateText"] == "3月8日"
    assert (props["start"], props["precision"], props["vague"]) == ("2025-03-08", "day", False)
    assert (props["countText"], props["countMin"], props["countApproximate"]) == ("百余名", 100, True)
    assert "countMax" not in props
    assert props["edition"] == "第三届"


# ---------------------------------------------------------------------------------------------------- facts


def test_a_fact_is_one_however_often_it_is_said() -> None:
    resolution = resolve([official("王建国", "北京市总工会", "主席", page) for page in ("p1", "p2", "p3")])
    said = fact(resolution, "hasRole")
    assert said.sources == 3
    assert len(said.statements) == 3
    assert said.qualifiers == (("title", "主席"),)
    keys = [(one.evidence.article, one.evidence.start, one.id) for one in said.statements]
    assert keys == sorted(keys)


def test_other_titles_and_other_words_are_other_facts() -> None:
    resolution = resolve(
        [
            official("王建国", "北京市总工会", "主席", "p1", "“好。”"),
            official("王建国", "北京市总工会", "书记", "p2", "“很好。”"),
        ]
    )
    assert len([one for one in resolution.facts if one.predicate == "hasRole"]) == 2
    assert len([one for one in resolution.facts if one.predicate == "quotedIn"]) == 2


def test_what_is_planned_is_another_fact_than_what_happened() -> None:
    writer = Writer("短讯\n西城区总工会举办技能大赛。西城区总工会将举办技能大赛。")
    union, event = writer.entity("TradeUnion", "西城区总工会"), writer.entity("Activity", "技能大赛")
    writer.say(union, "organizes", event, quote="西城区总工会举办技能大赛。")
    writer.say(union, "organizes", event, quote="西城区总工会将举办技能大赛。", status="planned")
    found = resolve([writer.done()]).facts
    assert sorted(one.status for one in found if one.predicate == "organizes") == ["happened", "planned"]


def test_the_best_statement_gives_the_confidence() -> None:
    writer = Writer("短讯\n西城区总工会举办技能大赛。西城区总工会的技能大赛好。")
    union, event = writer.entity("TradeUnion", "西城区总工会"), writer.entity("Activity", "技能大赛")
    writer.say(union, "organizes", event, quote="西城区总工会举办技能大赛。", confidence=0.9)
    writer.say(union, "organizes", event, quote="西城区总工会的技能大赛好。", confidence=0.5)
    found = fact(resolve([writer.done()]), "organizes")
    assert (found.confidence, found.sources, len(found.statements)) == (0.9, 1, 2)


def test_every_article_mentions_what_it_speaks_of_and_stands_on_its_page() -> None:
    writer = Writer("短讯\n西城区总工会在行动。", page="版一", paper="京华工报", issue_date="2025-03-08")
    writer.entity("TradeUnion", "西城区总工会")
    page = Page("版一", "版一.md", writer.article.text, "京华工报", "2025-03-08")
    resolution = resolve([writer.done()], pages=[page])
    mention = fact(resolution, "mentions")
    (said,) = mention.statements
    assert said.evidence.quote == "西城区总工会"
    assert said.evidence.lines == (2,)
    assert said.evidence.page_ranges == ((3, 9),)
    assert page.text[3:9] == said.evidence.quote
    on_page = fact(resolution, "onPage")
    assert (on_page.subject, on_page.object) == (writer.article.key, page_id("版一"))
    node = one(resolution, "版一")
    assert dict(node.props)["sha256"]
    assert node.name == "京华工报 2025-03-08"


def test_a_claim_about_itself_or_against_the_ontology_is_dropped_and_told() -> None:
    writer = Writer("短讯\n西城区总工会和北京市西城区总工会。王伟来了。")
    one_, other = writer.entity("TradeUnion", "西城区总工会"), writer.entity("TradeUnion", "北京市西城区总工会")
    person = writer.entity("Person", "王伟")
    writer.say(one_, "subordinateTo", other)
    writer.say(person, "organizes", one_)
    writer.say(person, "hasRole", "nobody")
    resolution = resolve([writer.done()])
    assert len(resolution.dropped) == 3
    assert any("both ends" in one.why for one in resolution.dropped)
    assert any("organizes" in one.why for one in resolution.dropped)
    assert any("nobody" in one.why for one in resolution.dropped)


def test_a_date_is_no_node() -> None:
    writer = Writer("短讯\n3月8日，西城区总工会来了。")
    writer.entity("Date", "3月8日")
    writer.entity("TradeUnion", "西城区总工会")
    assert {entity.type for entity in resolve([writer.done()]).entities} == {"TradeUnion", "Article", "Page"}


# ---------------------------------------------------------------------------------------------------- from names


def test_hierarchy_follows_from_names_and_is_marked() -> None:
    resolution = resolve(
        mentions(
            "TradeUnion", "西城区总工会", "北京市总工会", "月坛街道总工会", "全国总工会", "东城区总工会", district="11"
        )
        + mentions("District", "北京市", "西城区", district="11")
    )
    assert facts(resolution, "subordinateTo") == [
        ("东城区总工会", "北京市总工会"),
        ("北京市总工会", "全国总工会"),
        ("月坛街道总工会", "西城区总工会"),
        ("西城区总工会", "北京市总工会"),
    ]
    assert facts(resolution, "locatedIn") == [("西城区", "北京市")]
    assert facts(resolution, "unionOf") == [("北京市总工会", "北京市"), ("西城区总工会", "西城区")]
    for said in resolution.facts:
        if said.predicate in ("subordinateTo", "locatedIn", "unionOf"):
            assert said.qualifiers == (("inferred", "true"),)
            assert said.confidence == 0.5
            assert said.statements[0].evidence.rule == "names"
            assert said.statements[0].evidence.quote


def test_what_is_stated_is_not_inferred_too() -> None:
    writer = Writer("短讯\n西城区总工会隶属北京市总工会。")
    below, above = writer.entity("TradeUnion", "西城区总工会"), writer.entity("TradeUnion", "北京市总工会")
    writer.say(below, "subordinateTo", above)
    assert fact(resolve([writer.done()]), "subordinateTo").qualifiers == ()


# ---------------------------------------------------------------------------------------------------- laws


POOL: Sequence[Extraction] = [
    *mentions("TradeUnion", "西城区总工会", "北京市西城区总工会", "市总工会", "经开区总工会", district="11"),
    *mentions("Enterprise", "北京京华机械有限公司", "京华机械公司", "盛元集团", "北京盛元投资集团有限公司"),
    *mentions("District", "西城区", "北京"),
    official("王建国", "北京市总工会", "主席", "q1", "“好。”"),
    official("王建国", "北京市总工会", "副主席", "q2"),
    official("王建国", "西城区总工会", "主席", "q3"),
    byline("李明", "记者", "r1", "京华工报"),
    byline("李明", "记者", "r2", "京华工报"),
    activity("技能大赛", "西城区总工会", "s1", **DAY),
    activity("技能大赛", "北京市西城区总工会", "s2", **DAY),
    activity("“匠心杯”大赛", "西城区总工会", "s3"),
]


def text(resolution: Resolution) -> str:
    records = [*resolution.entities, *resolution.facts, *resolution.candidates, *resolution.unresolved]
    return "\n".join([*map(dump, records), resolution.ids.text(), repr(resolution.canonical), repr(resolution.reasons)])


@given(st.lists(st.sampled_from(POOL), unique_by=lambda one: one.article.key), st.randoms(use_true_random=False))
def test_the_order_of_extractions_does_not_matter(chosen: list[Extraction], chance: random.Random) -> None:
    mixed = list(chosen)
    chance.shuffle(mixed)
    assert text(resolve(mixed)) == text(resolve(chosen))


@given(st.lists(st.sampled_from(POOL), unique_by=lambda one: one.article.key))
def test_an_article_given_twice_counts_once(chosen: list[Extraction]) -> None:
    assert text(resolve(chosen + chosen)) == text(resolve(chosen))


@given(st.lists(st.sampled_from(POOL), unique_by=lambda one: one.article.key), st.lists(st.sampled_from(POOL)))
def test_ids_last_when_articles_come_and_go(first: list[Extraction], later: list[Extraction]) -> None:
    before = resolve(first)
    between = resolve(later, ids=before.ids)
    after = resolve(first, ids=between.ids)
    assert after.canonical == before.canonical
    assert resolve(first, ids=before.ids).ids.text() == before.ids.text()


@given(st.lists(st.sampled_from(POOL), unique_by=lambda one: one.article.key))
def test_facts_hold_together(chosen: list[Extraction]) -> None:
    resolution = resolve(chosen)
    ids = {entity.id for entity in resolution.entities}
    assert len(ids) == len(resolution.entities)
    articles = {one.article.key: one.article for one in chosen}
    claims = set()
    for said in resolution.facts:
        assert said.subject in ids
        assert said.object in ids
        claims.add((said.subject, said.predicate, said.object, said.qualifiers, said.status))
        assert said.sources == len({one.evidence.article for one in said.statements}) > 0
        for statement in said.statements:
            evidence = statement.evidence
            assert articles[evidence.article].text[evidence.start : evidence.end] == evidence.quote
    assert len(claims) == len(resolution.facts)
    for entity in resolution.entities:
        assert all(resolution.canonical[local] == entity.id for local in entity.locals)
    assert set(resolution.canonical) == {local.id for one in chosen for local in one.entities}


def test_nothing_gives_nothing() -> None:
    resolution = resolve([])
    assert resolution.entities == ()
    assert resolution.facts == ()
    assert resolution.ids.text() == IdTable().text()


def test_a_union_is_that_of_the_enterprise_its_article_means() -> None:
    writer = Writer("短讯\n北京晨星智造科技有限公司（以下简称晨星公司）开业，晨星公司工会到场。", page="a")
    host = writer.entity("Enterprise", "北京晨星智造科技有限公司", "晨星公司")
    union = writer.entity("TradeUnion", "晨星公司工会")
    writer.say(union, "unionOf", host)
    resolution = resolve([writer.done(), *mentions("TradeUnion", "北京晨星智造科技有限公司工会")])
    assert names(resolution, "TradeUnion") == ["北京晨星智造科技有限公司工会"]
    assert "the union of 北京晨星智造科技有限公司" in resolution.reasons[union][0]


def test_a_union_is_not_taken_for_that_of_another_enterprise() -> None:
    writer = Writer("短讯\n北京晨星智造科技有限公司和远帆物流公司工会。", page="a")
    union = writer.entity("TradeUnion", "远帆物流公司工会")
    writer.say(union, "unionOf", writer.entity("Enterprise", "北京晨星智造科技有限公司"))
    resolution = resolve([writer.done(), *mentions("TradeUnion", "北京晨星智造科技有限公司工会")])
    assert len(names(resolution, "TradeUnion")) == 2


def test_the_longer_form_of_a_name_is_read() -> None:
    writer = Writer("短讯\n丰台区长辛店镇总工会说，长辛店镇总工会来了。", page="a")
    local = writer.entity("TradeUnion", "长辛店镇总工会", "丰台区长辛店镇总工会")
    resolution = resolve([writer.done()])
    (entity,) = [one for one in resolution.entities if one.type == "TradeUnion"]
    assert entity.key == "TradeUnion|110106|长辛店镇|总工会"
    assert "丰台区长辛店镇总工会" in resolution.reasons[local][0]


def test_the_home_of_a_paper_settles_an_ambiguous_street() -> None:
    writer = Writer("短讯\n荣华街道总工会来了，市总工会也来了。", home="北京市")
    writer.entity("TradeUnion", "荣华街道总工会")
    writer.entity("TradeUnion", "市总工会")
    resolution = resolve([writer.done()])
    assert {one.key for one in resolution.entities if one.type == "TradeUnion"} == {
        "TradeUnion|110115012||总工会",
        "TradeUnion|11||总工会",
    }
    assert resolution.unresolved == ()
