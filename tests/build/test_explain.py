"""Why a thing, a fact, a pair is what it is: every reason leads back to a sentence, a key, or a line of a person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.build import build
from kg.errors import UnknownName
from kg.explain import explain_fact, explain_pair, explain_thing, explain_triple
from kg.extract import Keep
from kg.extract.confidence import table
from kg.model import Page
from kg.workspace import Workspace
from queries import AmbiguousName
from tests.build.pages import pages
from tests.build.test_decisions import PAGES, SAME

FIRM, SHORT = "北京亦庄盛元投资开发集团有限公司", "盛元集团"
TEXT = "# 版\n\n## 讲座\n\n3月5日，西城区总工会在盛元书院举办“书香润心”读书分享会，东城区总工会主席王建国参加。\n"
TALK = Page("c", "c.md", TEXT, "京华工报", "2025-03-06", "3", "北京市")


def made(
    folder: Path, *given: Page, judgements: str = "", corrections: str = "", keep: Keep | None = None
) -> Workspace:
    folder.mkdir(exist_ok=True)
    (folder / "judgements.tsv").write_text(judgements, encoding="utf-8")
    (folder / "corrections.tsv").write_text(corrections, encoding="utf-8")
    build(given, folder, workers=1, keep=keep or Keep())
    return Workspace.open(folder)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return made(tmp_path_factory.mktemp("many"), *pages(6))


def test_every_thing_can_be_explained_and_its_figures_are_those_of_the_records(many: Workspace) -> None:
    entities = [entity for entity in many.entities() if entity.locals]
    decisions = {one.local: one for one in many.decisions()}
    surfaces: dict[str, list[str]] = {}
    for local in many.locals():
        if local.id in decisions:
            surfaces.setdefault(decisions[local.id].entity, []).extend(one.surface for one in local.mentions)
    rows = list(many.fact_rows())
    for entity in entities[::5]:
        account = explain_thing(many, entity.id)
        assert (account.thing.name, account.thing.key) == (entity.name, entity.key)
        assert {form.name: form.times for form in account.forms} == {
            name: surfaces[entity.id].count(name) for name in surfaces[entity.id]
        }
        assert sum(one.facts for one in account.facts) == sum(
            (row.subject == entity.id) + (row.object == entity.id) for row in rows
        )
        for form in account.forms:
            for grounds in form.grounds:
                assert grounds.reasons
                assert entity.key in grounds.keys or grounds.chain


def test_every_fact_can_be_explained_and_every_quote_stands_on_its_lines(many: Workspace) -> None:
    texts = {page.id: page.text.split("\n") for page in many.pages()}
    facts = list(many.facts())
    for fact in facts[::17]:
        account = explain_fact(many, fact.id)
        (one,) = account.facts
        assert (one.relation, one.confidence, one.sources) == (fact.predicate, fact.confidence, fact.sources)
        assert [said.quote for said in one.said] == [said.evidence.quote for said in fact.statements]
        for said in one.said:
            first = int(said.place.lines.split("-")[0].split(",")[0])
            assert said.quote.split("\n")[0][:8] in texts[said.place.page][first - 1].replace("**", "")
            assert said.measured
            measure = table().get((fact.predicate, said.rule))
            if measure is not None:
                assert f"right in {measure.right} of {measure.right + measure.wrong} triples" in said.measured
        relation = " ".join((one.relation, *(f"{name}={value}" for name, value in one.qualifiers)))
        found = explain_triple(many, one.subject.id, relation, one.object.id).facts
        assert fact.id in {other.id for other in found}


def test_reading_about_something_gives_all_that_concerns_it(many: Workspace) -> None:
    entity = max((one for one in many.entities() if one.type == "TradeUnion"), key=lambda one: len(one.locals))
    own, locals_ = entity.id, set(entity.locals)
    for read, about, concerns in (
        (many.entities, [own], lambda one: one.id == own),
        (many.decisions, [own], lambda one: one.entity == own),
        (many.fact_rows, [own], lambda one: own in (one.subject, one.object)),
        (many.locals, locals_, lambda one: one.id in locals_),
        (many.statements, locals_, lambda one: bool(locals_ & {one.subject, one.object})),
    ):
        records = [one for one in read() if concerns(one)]
        quick = list(read(about=about))
        assert records
        assert [one for one in quick if concerns(one)] == records
        assert len(quick) < len(list(read()))


def test_a_text_is_found_as_json_writes_it(tmp_path: Path) -> None:
    pages_ = [replace(TALK, id=name) for name in ('a "b"', "c\\d", "e")]
    space = made(tmp_path / "ws", *pages_)
    for page in pages_:
        assert page.id in {one.id for one in space.pages(about=[page.id])}
    assert [one.id for one in space.pages(about=['"'])] == ['a "b"']


def test_a_name_that_was_joined_by_hand_says_by_whom(tmp_path: Path) -> None:
    space = made(tmp_path / "ws", *PAGES)
    old = next(entity for entity in space.entities() if entity.name == SHORT)
    apart = explain_pair(space, SHORT, FIRM)
    assert (apart.same, apart.verdict) == (False, "unsure")
    assert apart.candidate is not None
    assert apart.candidate.reasons == apart.reasons
    assert apart.candidate.other.name == FIRM
    (waiting,) = explain_thing(space, SHORT).candidates
    assert waiting == apart.candidate

    space = made(tmp_path / "ws", *PAGES, judgements=SAME)
    pair = explain_pair(space, SHORT, FIRM)
    assert pair.same
    assert [step.reasons for step in pair.chain] == [("judged by 李编辑: 见公司网站",)]
    assert [line.line for line in pair.people] == [1]
    account = explain_thing(space, old.id)
    assert (account.asked == old.id) == (account.thing.id != old.id)
    assert set(account.replaces) | {account.thing.id} >= {old.id}
    (short,) = (form for form in account.forms if form.name == SHORT)
    (long,) = (form for form in account.forms if form.name == FIRM)
    assert [bool(form.grounds[0].chain) for form in (short, long)].count(True) == 1
    assert [line.text for line in account.people] == [SAME.rstrip("\n")]


def test_a_pair_kept_apart_says_so_and_names_what_was_overruled(tmp_path: Path) -> None:
    space = made(tmp_path / "ws", *PAGES, judgements=SAME.replace("same", "different"))
    pair = explain_pair(space, SHORT, FIRM)
    assert not pair.same
    assert pair.candidate is None
    assert [line.reason for line in pair.people] == ["judged by 李编辑: 见公司网站"]


def test_a_link_that_a_person_overrules_is_told(tmp_path: Path) -> None:
    posts = "3月5日，西城区总工会主席王建国到会。东城区总工会主席王建国讲话。\n"
    both = replace(TALK, id="d", text=f"# 版\n\n## 会议\n\n{posts}")
    keys = [f"Person|王建国|TradeUnion|{code}||总工会" for code in ("110102", "110101")]
    other = replace(TALK, id="e", text=TALK.text.replace("东城区", "西城区"))
    joined = explain_pair(made(tmp_path / "a", TALK, both, other), *keys)
    assert joined.same
    line = "different\t" + "\t".join(keys) + "\t李编辑\t两个人\n"
    pair = explain_pair(made(tmp_path / "b", TALK, both, other, judgements=line), *keys)
    assert not pair.same
    assert [{step.left, step.right} for step in pair.overruled] == [set(keys)]
    assert [judged.reason for judged in pair.people] == ["judged by 李编辑: 两个人"]


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [("西城区总工会", "东城区总工会", "regions differ"), ("盛元书院", "西城区总工会", "classes differ")],
)
def test_names_that_are_two_say_why(tmp_path: Path, one: str, other: str, words: str) -> None:
    pair = explain_pair(made(tmp_path / "ws", TALK), one, other)
    assert (pair.same, pair.verdict) == (False, "different")
    assert words in pair.reasons[0]


def test_a_name_that_speaks_for_its_own_article_says_so(tmp_path: Path) -> None:
    text = "# 版\n\n## 讲座\n\n3月5日，市总工会举办“书香润心”读书分享会。\n"
    space = made(tmp_path / "ws", Page("a", "a.md", text), Page("b", "b.md", text.replace("5日", "8日")))
    one, other = (entity for entity in space.entities() if entity.type == "TradeUnion")
    pair = explain_pair(space, one.id, other.id)
    assert not pair.same
    for grounds in pair.grounds:
        assert "市 is relative, and the article does not say whose" in grounds[0].reasons
        assert grounds[0].reasons[-1] == "so it stays inside its article"
    assert pair.verdict == "unsure"
    assert pair.candidate is None
    assert pair.reasons[-1] == "which here speaks for its own article only"
    (unresolved,) = explain_thing(space, one.key).unresolved
    assert unresolved.name == "市总工会"


def test_a_short_name_of_several_is_found_by_the_other_name(tmp_path: Path) -> None:
    space = made(tmp_path / "ws", *PAGES, judgements=SAME)
    people = [entity for entity in space.entities() if entity.type == "Person"]
    assert explain_pair(space, people[0].name, people[0].key).same


def test_why_a_fact_is_not_there(tmp_path: Path) -> None:
    said = ("王建国", "hasRole title=主席", "东城区总工会")
    space = made(tmp_path / "a", TALK)
    (fact,) = explain_triple(space, *said).facts
    assert not fact.rejected
    assert fact.said[0].subject.reasons

    (gone,) = explain_triple(
        made(tmp_path / "b", TALK, corrections=f"reject\t{fact.id}\t\t\t李编辑\t错读\n"), *said
    ).facts
    assert gone.rejected
    assert [line.reason for line in gone.people] == ["rejected by 李编辑: 错读"]
    assert explain_fact(Workspace.open(tmp_path / "b"), fact.id).facts == (gone,)

    bound = made(tmp_path / "c", TALK, keep=Keep(min_confidence=0.98))
    account = explain_triple(bound, *said)
    assert account.facts == ()
    (unread,) = account.unread
    assert "below the bound of the build, 0.98" in unread.why
    assert unread.quote == fact.said[0].quote

    (unread,) = explain_triple(space, "西城区总工会", "supports", "东城区总工会").unread
    assert unread.why == "no rule read it there"
    assert "西城区总工会" in unread.quote
    assert "东城区总工会" in unread.quote


def test_a_fact_the_ontology_refuses_is_told_with_its_statement(tmp_path: Path) -> None:
    space = made(tmp_path / "ws", TALK, corrections="retype\t西城区总工会\t\tProduct\t李编辑\n")
    account = explain_triple(space, "西城区总工会", "organizes", "书香润心")
    assert account.facts == ()
    assert {one.quote for one in account.unread} == {TEXT.splitlines()[-1]}
    assert all("organizes" in one.why for one in account.unread)


def test_what_a_person_added_says_who_and_why(tmp_path: Path) -> None:
    space = made(tmp_path / "ws", *PAGES, corrections=f"add\t{SHORT}\tsupports\t{FIRM}\t李编辑\t见公司网站\n")
    (fact,) = explain_triple(space, SHORT, "SUPPORTS", FIRM).facts
    assert [line.reason for line in fact.people] == ["added by 李编辑: 见公司网站"]
    assert fact.said[0].measured == "a person added it"


def test_what_is_inferred_says_from_what(many: Workspace) -> None:
    row = next(row for row in many.fact_rows() if row.qualifiers == (("inferred", "true"),))
    (fact,) = explain_fact(many, row.id).facts
    assert fact.inferred
    assert fact.said[0].measured == "inferred from names, never measured"


def test_what_went_since_an_older_workspace(tmp_path: Path) -> None:
    old, new = made(tmp_path / "a", *PAGES, TALK), made(tmp_path / "b", *PAGES)
    said = ("王建国", "hasRole", "东城区总工会")
    account = explain_triple(new, *said, since=old)
    assert account.facts == ()
    (change,) = account.since
    assert change.change == "removed"
    assert [(cause.kind, cause.what) for cause in change.causes] == [("page removed", "c")]
    assert explain_fact(new, change.id, since=old).since == (change,)
    thing = explain_thing(new, "东城区总工会", since=old)
    assert thing.gone
    assert change in thing.since
    with pytest.raises(UnknownName):
        explain_fact(new, change.id)


def test_names_that_tell_nothing_end_with_what_there_is(tmp_path: Path) -> None:
    other = replace(TALK, id="d", text=TALK.text.replace("东城区", "海淀区"))
    space = made(tmp_path / "ws", TALK, other)
    with pytest.raises(AmbiguousName, match="may be 2 entities"):
        explain_thing(space, "王建国")
    (fact,) = explain_triple(space, "王建国", "hasRole", "海淀区总工会").facts
    assert fact.object.name == "海淀区总工会"
    with pytest.raises(UnknownName, match=r"did you mean .*西城区总工会"):
        explain_thing(space, "西城总工会")
    with pytest.raises(UnknownName, match="relation"):
        explain_triple(space, "王建国", "is", "海淀区总工会")
