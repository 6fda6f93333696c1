"""What people judged and corrected: applied whatever the order, told, and undone by taking the line away."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Extraction
from kg.resolve import Outcome, Resolution, parse_corrections, parse_rulings, resolve
from tests.resolve.by_hand import Writer
from tests.resolve.test_resolve import POOL, facts, mentions, names, official, one, text


def judged(extractions: Sequence[Extraction], *lines: str) -> Resolution:
    return resolve(extractions, rulings=parse_rulings("\n".join(lines)))


def corrected(extractions: Sequence[Extraction], *lines: str) -> Resolution:
    return resolve(extractions, corrections=parse_corrections("\n".join(lines)))


def outcome(resolution: Resolution) -> Outcome:
    (found,) = resolution.outcomes
    return found


SHORT = mentions("Enterprise", "盛元集团", "北京亦庄盛元投资开发集团有限公司", "盛元集团公司")


# ---------------------------------------------------------------------------------------------------- judgements


def test_a_short_form_joins_what_a_person_says_it_is() -> None:
    assert len(names(resolve(SHORT), "Enterprise")) > 1
    resolution = judged(SHORT, "same\t盛元集团\t北京亦庄盛元投资开发集团有限公司\t李编辑\t见公司网站")
    firm = one(resolution, "盛元集团")
    assert firm.name == "北京亦庄盛元投资开发集团有限公司"
    found = outcome(resolution)
    assert not found.idle
    assert found.reason == "judged by 李编辑: 见公司网站"
    assert any(found.reason in link.reasons and link.by_hand for link in resolution.links)


def test_a_name_that_says_too_little_is_meant_in_every_article() -> None:
    again = [*mentions("TradeUnion", "市总工会"), *mentions("TradeUnion", "市总工会", "北京市总工会")[1:]]
    third = Writer("短讯\n市总工会昨日又发布消息。", page="p9")
    third.entity("TradeUnion", "市总工会")
    resolution = judged([*again, third.done()], "same\t市总工会\t北京市总工会")
    assert names(resolution, "TradeUnion") == ["北京市总工会"]
    assert len(one(resolution, "市总工会").locals) == 3


def test_a_key_names_one_article_only() -> None:
    pool = mentions("TradeUnion", "市总工会", "北京市总工会")
    other = Writer("短讯\n市总工会昨日又发布消息。", page="p9")
    other.entity("TradeUnion", "市总工会")
    before = resolve([*pool, other.done()])
    key = next(entity.key for entity in before.entities if entity.locals and f"@{pool[0].article.key}" in entity.key)
    resolution = judged([*pool, other.done()], f"same\t{key}\tTradeUnion:北京市总工会")
    assert sorted(len(e.locals) for e in resolution.entities if e.type == "TradeUnion") == [1, 2]


def test_an_id_stands_for_its_thing_also_when_it_is_retired() -> None:
    before = resolve(SHORT)
    left, right = (one(before, name).id for name in ("盛元集团", "北京亦庄盛元投资开发集团有限公司"))
    joined = resolve(SHORT, ids=before.ids, rulings=parse_rulings(f"same\t{left}\t{right}"))
    assert one(joined, "盛元集团") == one(joined, "北京亦庄盛元投资开发集团有限公司")
    again = resolve(SHORT, ids=joined.ids, rulings=parse_rulings(f"same\t{left}\t{right}"))
    assert again.canonical == joined.canonical


def test_names_of_one_key_are_parted_when_a_person_says_they_differ() -> None:
    pool = mentions("TradeUnion", "西城区总工会", "北京市西城区总工会")
    assert len(names(resolve(pool), "TradeUnion")) == 1
    resolution = judged(pool, "different\t西城区总工会\t北京市西城区总工会\t李编辑")
    assert len(names(resolution, "TradeUnion")) == 2
    short = resolution.canonical[pool[0].entities[0].id]
    assert short != resolution.canonical[pool[1].entities[0].id]
    assert "judged by 李编辑" in resolution.reasons[pool[0].entities[0].id]


def registered() -> list[Extraction]:
    writer = Writer("短讯\n北京京城机械有限公司（原北京京城重型机械有限公司）投产。", page="r")
    writer.entity("Enterprise", "北京京城机械有限公司", "北京京城重型机械有限公司")
    return [writer.done(), *mentions("Enterprise", "北京京城重型机械有限公司")]


def test_what_rules_joined_is_parted_and_the_rule_is_told_to_be_overruled() -> None:
    pool = registered()
    keys = resolve(pool).keys[pool[0].entities[0].id]
    assert len(keys) == 2
    assert len(names(resolve(pool), "Enterprise")) == 1
    resolution = judged(pool, f"different\t{keys[0]}\t{keys[1]}")
    assert len(names(resolution, "Enterprise")) == 2
    (overruled,) = resolution.overruled
    assert {overruled.left, overruled.right} == set(keys)
    assert resolution.contradictions == ()


def test_a_key_that_its_only_bearer_loses_is_nobodys() -> None:
    pool = registered()[:1]
    keys = resolve(pool).keys[pool[0].entities[0].id]
    for verdict in ("different", "unsure"):
        resolution = judged(pool, f"{verdict}\t{keys[0]}\t{keys[1]}")
        assert len(names(resolution, "Enterprise")) == 1


def test_a_person_who_says_both_is_told_with_the_chain() -> None:
    pool = mentions("Enterprise", "盛元集团", "盛元投资集团有限公司", "盛元置业有限公司")
    resolution = judged(
        pool,
        "same\t盛元集团\t盛元投资集团有限公司\t甲",
        "same\t盛元集团\t盛元置业有限公司\t乙",
        "different\t盛元投资集团有限公司\t盛元置业有限公司\t丙",
    )
    (found,) = resolution.contradictions
    assert found.different.reasons == ("judged by 丙",)
    assert sorted(step.reasons[0] for step in found.chain) == ["judged by 乙", "judged by 甲"]
    assert len(names(resolution, "Enterprise")) == 1


@pytest.mark.parametrize(
    ("line", "idle"),
    [
        ("same\t无名工会\t北京市总工会", "nothing is called 无名工会"),
        (
            "same\t北京市总工会\t北京京华机械有限公司",
            "classes differ: 北京市总工会 is TradeUnion, 北京京华机械有限公司",
        ),
        ("same\t王建国\tPerson|王建国|nobody", "nothing is called Person|王建国|nobody"),
        ("same\t王建国\tPerson:李明", "王建国 is a person, whom the name alone never tells: write Person|王建国|"),
        ("different\tTradeUnion|110102||总工会\t西城区总工会", "both are TradeUnion|110102||总工会"),
    ],
)
def test_a_line_that_can_mean_nothing_is_told(line: str, idle: str) -> None:
    found = outcome(judged(POOL, line))
    assert idle in found.idle
    assert found.line == 1


def test_a_name_of_two_things_is_not_guessed() -> None:
    pool = [
        *mentions("TradeUnion", "鼓楼区总工会", district="320106"),
        *mentions("TradeUnion", "短讯社工会", "鼓楼区总工会", district="350102")[1:],
        *mentions("TradeUnion", "区总工会", "鼓楼总工会", "江苏省总工会")[2:],
    ]
    resolution = judged(pool, "same\t鼓楼区总工会\t江苏省总工会")
    assert "may be several: write TradeUnion|320106||总工会 or TradeUnion|350102||总工会" in outcome(resolution).idle


def test_candidates_that_a_person_looked_at_wait_no_more() -> None:
    pool = mentions("Enterprise", "盛元集团", "北京亦庄盛元投资开发集团有限公司")
    (waiting,) = resolve(pool).candidates
    assert waiting.unsure == ""
    assert judged(pool, "different\t盛元集团\t北京亦庄盛元投资开发集团有限公司").candidates == ()
    (asked,) = judged(pool, "unsure\t盛元集团\t北京亦庄盛元投资开发集团有限公司\t甲\t查不到").candidates
    assert asked.unsure == "judged by 甲: 查不到"


LINES = st.lists(
    st.tuples(
        st.sampled_from(["same", "different", "unsure"]),
        *[
            st.sampled_from(
                [
                    "西城区总工会",
                    "北京市西城区总工会",
                    "市总工会",
                    "北京市总工会",
                    "经开区总工会",
                    "盛元集团",
                    "京华机械公司",
                    "北京京华机械有限公司",
                    "北京盛元投资集团有限公司",
                    "Person:王建国",
                ]
            )
        ]
        * 2,
    ).filter(lambda row: row[1] != row[2]),
    max_size=6,
    unique=True,
).map(lambda rows: ["\t".join(row) for row in rows])
CHOSEN = st.lists(st.sampled_from(POOL), unique_by=lambda one: one.article.key)


@given(CHOSEN, LINES, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(chosen: list[Extraction], lines: list[str], chance: random.Random) -> None:
    mixed = list(lines)
    chance.shuffle(mixed)
    assert text(judged(chosen, *lines)) == text(judged(chosen, *mixed))


@given(CHOSEN, LINES)
def test_taking_a_line_back_restores_the_ids(chosen: list[Extraction], lines: list[str]) -> None:
    before = resolve(chosen)
    between = resolve(chosen, ids=before.ids, rulings=parse_rulings("\n".join(lines)))
    after = resolve(chosen, ids=between.ids)
    assert after.canonical == before.canonical
    assert [fact.id for fact in after.facts] == [fact.id for fact in before.facts]


@given(CHOSEN, LINES)
def test_what_is_judged_holds_or_is_told(chosen: list[Extraction], lines: list[str]) -> None:
    resolution = judged(chosen, *lines)
    against = {reason for one in resolution.contradictions for reason in one.different.reasons}
    keys = {key: resolution.ids.id_of(key) for found in resolution.keys.values() for key in found}
    assert [found.line for found in resolution.outcomes] == list(range(1, len(lines) + 1))
    for found, line in zip(resolution.outcomes, lines, strict=True):
        if found.idle:
            continue
        touched = {keys[key] for key in found.touched if key in keys}
        if line.startswith("same"):
            assert len(touched) == 1
        elif line.startswith("different") and not against:
            assert len(touched) > 1


# ---------------------------------------------------------------------------------------------------- corrections


def union_of_bank() -> list[Extraction]:
    writer = Writer("短讯\n京华银行工会主席王建国走进盛元鹏程书院。", page="c")
    union, bank = writer.entity("TradeUnion", "京华银行工会"), writer.entity("Enterprise", "京华银行")
    person, place = writer.entity("Person", "王建国"), writer.entity("Organization", "盛元鹏程书院")
    writer.say(union, "unionOf", bank)
    writer.say(person, "hasRole", union, qualifiers={"title": "主席"})
    writer.say(person, "hasRole", place, qualifiers={"title": "主席"})
    return [writer.done()]


def test_a_rejected_fact_is_out_and_kept_for_the_record() -> None:
    before = resolve(union_of_bank())
    resolution = corrected(union_of_bank(), "reject\t王建国\thasRole\t盛元鹏程书院\t李编辑\t只是到访")
    assert facts(resolution, "hasRole") == [("王建国", "京华银行工会")]
    (gone,) = resolution.rejected
    assert outcome(resolution).touched == (gone.id,)
    assert outcome(resolution).reason == "rejected by 李编辑: 只是到访"
    by_id = corrected(union_of_bank(), f"reject\t{gone.id}")
    assert by_id.facts == resolution.facts
    assert resolve(union_of_bank(), ids=resolution.ids).facts == before.facts


def test_an_added_fact_has_a_sentence_that_names_both_ends() -> None:
    resolution = corrected(union_of_bank(), "add\t京华银行\thasRole\t盛元鹏程书院", "add\t盛元鹏程书院\tlocatedIn\t无")
    assert [found.idle.split(":")[0].split(",")[0] for found in resolution.outcomes][1] == "nothing is called 无"
    assert resolution.outcomes[0].idle  # the ontology has no posts of firms
    resolution = corrected(union_of_bank(), "add\t王建国\thasRole title=校外辅导员\t盛元鹏程书院\t李编辑\t见聘书")
    new = next(fact for fact in resolution.facts if ("title", "校外辅导员") in fact.qualifiers)
    (said,) = new.statements
    assert said.evidence.quote == "京华银行工会主席王建国走进盛元鹏程书院。"
    assert (said.evidence.rule, said.evidence.why) == ("correction", "added by 李编辑: 见聘书")
    assert outcome(resolution).touched == (new.id,)


def test_a_class_is_corrected_before_anything_is_resolved() -> None:
    pool = [*union_of_bank(), *mentions("Venue", "盛元鹏程书院")]
    resolution = corrected(pool, "retype\tOrganization:盛元鹏程书院\t\tVenue")
    (place,) = [entity for entity in resolution.entities if entity.name == "盛元鹏程书院"]
    assert place.type == "Venue"
    assert len(place.locals) == 2
    by_key = corrected(pool, f"retype\t{one(resolve(pool[:1]), '盛元鹏程书院').key}\t\tVenue")
    assert [(e.id, e.type, e.locals) for e in by_key.entities] == [
        (e.id, e.type, e.locals) for e in resolution.entities
    ]


@pytest.mark.parametrize(
    ("line", "idle"),
    [
        ("reject\t王建国\tawards\t盛元鹏程书院", "no such fact"),
        ("reject\tfact-000000000000000000000000", "there is no fact fact-000000000000000000000000"),
        ("retype\t盛元鹏程书院\t\tOrganization", "nothing of another class is called 盛元鹏程书院"),
        ("add\t京华银行工会\tunionOf\t京华银行", "said without it as well"),
        ("add\t京华银行\tunionOf\t京华银行工会", "京华银行"),
    ],
)
def test_a_correction_that_touches_nothing_is_told(line: str, idle: str) -> None:
    found = outcome(corrected(union_of_bank(), line))
    assert found.touched == ()
    if idle != "京华银行":
        assert found.idle == idle
    assert found.idle


def test_of_several_facts_none_is_guessed() -> None:
    pool = [official("王建国", "北京市总工会", "主席", "q1"), official("王建国", "西城区总工会", "主席", "q3")]
    chairs = [fact.id for fact in resolve(pool).facts if fact.predicate == "hasRole"]
    assert len(chairs) == 2
    resolution = corrected(pool, "reject\t王建国\thasRole\t北京市总工会")
    assert [fact.id for fact in resolution.rejected] == [chairs[0]] or [fact.id for fact in resolution.rejected] == [
        chairs[1]
    ]


# ---------------------------------------------------------------------------------------------------- the files


def test_comments_blank_lines_and_a_head_are_passed_over() -> None:
    lines = parse_rulings("verdict\tone\tother\twho\twhy\n# seen in May\n\nsame\t甲\t乙\n")
    assert [(line.line, line.one, line.who) for line in lines] == [(4, "甲", "")]
    assert parse_corrections("\ufeffaction\tsubject\trelation\tobject\twho\twhy\n") == ()


@pytest.mark.parametrize(
    "line", ["equal\t甲\t乙", "same\t甲", "same\t甲\t甲", "same\t甲\t乙\t丙\t丁\t戊", "same 甲 乙"]
)
def test_a_line_of_judgements_that_is_none(line: str) -> None:
    with pytest.raises(InputError, match="line 2"):
        parse_rulings(f"# head\n{line}\n")


@pytest.mark.parametrize(
    "line",
    ["drop\t甲", "reject\t甲", "reject\t甲\torganizes", "add\t甲\tlikes\t乙", "add\t甲\thasRole post=主席\t乙",
     "retype\t甲\t\tUnion", "reject\t甲\torganizes\t乙\t丙\t丁\t戊"],
)  # fmt: skip
def test_a_line_of_corrections_that_is_none(line: str) -> None:
    with pytest.raises(InputError, match=r"corrections\.tsv, line 1: "):
        parse_corrections(line)
