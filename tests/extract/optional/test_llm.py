"""The proposer `llm`: what a model says is held against the text; an endpoint that misbehaves is told in one line."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError, NotAvailable, ServiceError, WorkspaceError
from kg.extract import Keep, extract
from kg.extract.optional import Panel, Settings, endpoint
from kg.extract.optional.answers import Answers, default_folder
from kg.extract.optional.llm import PART, Llm, parsed
from kg.extract.optional.prompt import asked_classes, asked_relations, system_prompt
from kg.model import Article
from ontology import ontology
from tests.extract.helpers import Found, article
from tests.extract.laws import articles, check
from tests.extract.optional.endpoint import Handler, Model, Reply, answer, content, serve, status

UNION, GIFT = "西城区总工会", "青禾芽"  # a name no rule would ever take for one
SENTENCE = f"{GIFT}与{UNION}同在。"
TEXT = f"近日，{UNION}走访职工。{SENTENCE}"
PRODUCT = {"type": "Product", "name": GIFT}
PROVIDES = {"subject": UNION, "relation": "provides", "object": GIFT, "sentence": SENTENCE, "status": "happened"}
SECRET = "sk-very-secret"
EMPTY = content('{"entities": [], "relations": []}')


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "FIRST_WAIT", 0.01)


def helper(model: Model, folder: Path, **more: Any) -> Llm:
    return Llm(Settings(model.url, "tiny", more.pop("key", ""), str(folder), more.pop("timeout", 5.0)))


def read(folder: Path, *replies: Reply, text: str = TEXT, **more: Any) -> tuple[Found, Llm, Model]:
    """Read a text with a model that gives these replies."""
    with serve(*replies) as model:
        llm = helper(model, folder, **more)
        return Found(extract(article(text), helpers=[llm])), llm, model


# ------------------------------------------------------------------------------------------------------- what is added


def test_without_it_the_rules_miss_the_name() -> None:
    assert Found(extract(article(TEXT))).entities("Product") == set()


def test_names_and_relations_come_in_with_their_sentence(tmp_path: Path) -> None:
    found, llm, model = read(tmp_path, answer([PRODUCT], [PROVIDES]))
    assert found.entities("Product") == {GIFT}
    (statement,) = found.statements("provides")
    assert statement.evidence.rule == "llm"
    assert statement.evidence.quote == SENTENCE
    assert statement.evidence.confidence == 0.5
    assert [m.rule for m in found.entity(GIFT).mentions] == ["llm"]
    check(found.extraction, TEXT + "\n")
    (asked,) = model.asked
    assert (asked["model"], asked["temperature"]) == ("tiny", 0)
    assert asked["response_format"] == {"type": "json_object"}
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert asked["messages"][1]["content"] == TEXT
    assert model.paths == ["/v1/chat/completions"]
    assert llm.said(llm.spent()) == (
        "calls 1, answers from the cache 0, tokens in 700, tokens out 30, "
        "names dropped 0, relations dropped 0, answers without JSON 0"
    )
    assert llm.said(llm.spent()) == ""


def test_what_a_model_claims_can_be_left_out_like_any_weak_claim(tmp_path: Path) -> None:
    with serve(answer([PRODUCT], [PROVIDES])) as model:
        helpers = [helper(model, tmp_path)]
        for bound, kept in ((0.5, 1), (0.51, 0)):
            found = Found(extract(article(TEXT), keep=Keep(min_confidence=bound), helpers=helpers))
            assert len(found.statements("provides")) == kept
            assert found.entities("Product") == {GIFT}


def test_the_prompt_holds_the_ontology() -> None:
    prompt = system_prompt()
    for name in asked_classes():
        assert f"- {name}（{ontology.classes[name].label_zh}）" in prompt
    for name, relation in asked_relations().items():
        assert f"- {name}（{relation.label_zh}）" in prompt
        assert "Article" not in relation.domain | relation.range
    assert {"organizes", "heldAt", "unionOf", "hasRole", "awards"} <= set(asked_relations())


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "Product", "name": "青禾苗"},
        {"type": "Product", "name": ""},
        {"type": "Product", "name": TEXT * 3},
        {"type": "Product"},
        {"type": "Product", "name": ["青禾芽"]},
        {"type": ["Product"], "name": GIFT},
        {"type": "Gift", "name": GIFT},
        {"type": "Article", "name": GIFT},
    ],
    ids=str,
)
def test_a_name_that_is_not_in_the_text_is_dropped(tmp_path: Path, entity: dict[str, Any]) -> None:
    found, llm, _ = read(tmp_path, answer([entity]))
    assert found.extraction == extract(article(TEXT))
    assert llm.spent()["names"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"relation": "gives"},
        {"relation": ["provides"]},
        {"relation": "mentions"},
        {"subject": "东城区总工会"},
        {"subject": None},
        {"subject": GIFT, "object": UNION},
        {"subject": GIFT},
        {"sentence": "西城区总工会送出青禾芽。"},
        {"object": "职工"},
    ],
    ids=str,
)
def test_a_relation_that_nothing_bears_is_dropped(tmp_path: Path, change: dict[str, Any]) -> None:
    found, llm, _ = read(tmp_path, answer([PRODUCT], [{**PROVIDES, **change}]))
    assert found.statements("provides") == []
    assert llm.spent()["relations"] == 1


def test_a_relation_needs_both_ends_in_one_sentence(tmp_path: Path) -> None:
    apart = f"近日，{UNION}走访职工。{GIFT}同在。"
    found, llm, _ = read(tmp_path, answer([PRODUCT], [{**PROVIDES, "sentence": ""}]), text=apart)
    assert found.statements("provides") == []
    assert llm.spent()["relations"] == 1


def test_what_the_rules_found_stays_and_is_not_said_twice(tmp_path: Path) -> None:
    text = f"3月8日，{UNION}举办第三届“匠心杯”职工技能大赛。"
    plain = Found(extract(article(text)))
    (act,) = plain.entities("Activity")
    spans = [
        {"type": "Enterprise", "name": UNION},
        {"type": "Person", "name": "西城区"},
        {"type": "Venue", "name": "总工会举办"},
    ]
    same = {"subject": UNION, "relation": "organizes", "object": act, "status": "happened"}
    found, _, _ = read(tmp_path, answer(spans, [same]), text=text)
    assert found.typed() == plain.typed()
    assert found.extraction.statements == plain.extraction.statements


@pytest.mark.parametrize(
    ("sentence", "said", "status"),
    [
        (SENTENCE, "happened", "happened"),
        (SENTENCE, "planned", "planned"),
        (SENTENCE, "nonsense", "happened"),
        (f"{GIFT}即将与{UNION}同在。", "happened", "planned"),
        (f"{GIFT}没有与{UNION}同在。", None, "denied"),
    ],
)
def test_what_is_announced_did_not_happen(tmp_path: Path, sentence: str, said: str, status: str) -> None:
    relation = {**PROVIDES, "sentence": sentence, "status": said}
    found, _, _ = read(tmp_path, answer([PRODUCT], [relation]), text=f"近日，{UNION}走访职工。{sentence}")
    assert {s.status for s in found.statements("provides") if s.evidence.rule == "llm"} == {status}


def test_a_title_is_taken_where_it_stands_in_the_sentence(tmp_path: Path) -> None:
    sentence = f"青禾芽是{UNION}的看门人。"
    person = {"type": "Person", "name": GIFT}
    for number, (title, kept) in enumerate([("看门人", "看门人"), ("主席", "")]):
        role = {"subject": GIFT, "relation": "hasRole", "object": UNION, "sentence": sentence, "title": title}
        found, _, _ = read(tmp_path / str(number), answer([person], [role]), text=sentence)
        assert found.qualified("hasRole", "title") == {(GIFT, UNION, kept)}


def test_width_of_signs_does_not_matter(tmp_path: Path) -> None:
    found, _, _ = read(tmp_path, answer([{"type": "Product", "name": "芽(A)"}]), text=f"{UNION}的芽（Ａ）用起来很好。")
    assert found.surfaces("芽（A）") == ["芽（Ａ）"]


def test_a_long_article_is_asked_about_in_parts(tmp_path: Path) -> None:
    lines = [f"第{n}段。{UNION}走访职工。" * 30 for n in range(60)]
    with serve(answer([PRODUCT])) as model:
        extract(article(*lines), helpers=[helper(model, tmp_path)])
    parts = [asked["messages"][1]["content"] for asked in model.asked]
    assert "".join(parts) == "\n".join(lines)
    assert max(map(len, parts)) <= PART < len(parts) * PART


WORDS = st.text(min_size=1, max_size=12)


@st.composite
def _read_by_a_fool(draw: st.DrawFn) -> tuple[Article, str, str]:
    """An article, its page, and the answer of a model that gives pieces of the text any type and any relation."""
    source, page = draw(articles())
    pieces = [""]
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(source.text)))
        pieces.append(source.text[start : start + draw(st.integers(1, 14))])
    name = st.one_of(st.sampled_from(pieces), WORDS)
    entity = st.fixed_dictionaries({"type": st.sampled_from(sorted(ontology.classes)), "name": name})
    relation = st.fixed_dictionaries(
        {"subject": name, "relation": st.sampled_from(sorted(ontology.relations)), "object": name},
        optional={"sentence": name, "status": name, "title": name, "honour": name, "role": name},
    )
    told = {"entities": draw(st.lists(entity, max_size=12)), "relations": draw(st.lists(relation, max_size=12))}
    return source, page, json.dumps(told)


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(_read_by_a_fool())
def test_whatever_a_model_says_the_laws_hold(tmp_path: Path, made: tuple[Article, str, str]) -> None:
    source, page, told = made

    class Fool(Llm):
        def _answer(self, text: str) -> str:
            return told

    fool = Fool(Settings("http://127.0.0.1:9", "fool", llm_cache=str(tmp_path)))
    extraction = extract(source, helpers=[fool])
    check(extraction, page)
    assert extract(source, helpers=[fool]) == extraction


# ---------------------------------------------------------------------------------------------- answers, good and bad


@pytest.mark.parametrize(
    "told",
    [
        '{"entities": [], "relations": []}',
        'Sure! Here is the JSON:\n```json\n{"entities": []}\n```\nDone.',
        '<think>{"entities": [1]} {</think>{"entities": []}',
        '{"note": 1} {"triples": []}',
    ],
)
def test_json_is_found_in_what_stands_around_it(told: str) -> None:
    assert parsed(told) is not None


@pytest.mark.parametrize(
    "told", ["", "I cannot help.", "{", "{" * 100_000, '["entities"]', "[" * 100_000 + '{"a": 1}', "null"]
)
def test_no_json_is_no_answer(told: str) -> None:
    assert parsed(told) is None


@pytest.mark.parametrize(
    "told",
    ['{"entities": null}', '{"entities": {"a": 1}, "relations": "none"}', '{"entities": [null, 1, "x", [], {}]}'],
)
def test_json_of_another_shape_adds_nothing(tmp_path: Path, told: str) -> None:
    found, _, _ = read(tmp_path, content(told))
    assert found.extraction == extract(article(TEXT))


@pytest.mark.parametrize("told", ["Sorry.", None])
def test_an_answer_that_is_no_json_is_asked_for_once_more_and_then_told(tmp_path: Path, told: str | None) -> None:
    found, llm, model = read(tmp_path, content(told))
    assert len(model.asked) == 2
    assert [issue.kind for issue in found.extraction.issues if issue.kind.startswith("llm")] == ["llm-answer-unusable"]
    assert llm.said(llm.spent()).endswith(", answers without JSON 1")
    found, llm, model = read(tmp_path, content("Sorry."), answer([PRODUCT]), text=SENTENCE)
    assert found.entities("Product") == {GIFT}


def test_too_many_requests_are_waited_for(tmp_path: Path) -> None:
    found, llm, model = read(
        tmp_path, status(429, Retry_After="0"), status(503), status(500, b"<html>"), answer([PRODUCT])
    )
    assert found.entities("Product") == {GIFT}
    assert llm.spent()["calls"] == len(model.asked) == 4


def test_a_server_may_ask_for_a_longer_wait_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    read(tmp_path, status(429, Retry_After="7"), status(429, Retry_After="9999"), status(429, Retry_After="Fri"), EMPTY)
    assert waits == [7.0, endpoint.LONGEST_WAIT, 0.04]


def test_a_server_without_json_mode_is_asked_plainly(tmp_path: Path) -> None:
    def reply(handler: Handler, body: dict[str, Any]) -> None:
        refused = b'{"error": {"message": "response_format is not supported"}}'
        (status(400, refused) if "response_format" in body else answer([PRODUCT]))(handler, body)

    with serve(reply) as model:
        llm = helper(model, tmp_path)
        for text in (TEXT, SENTENCE):
            assert Found(extract(article(text), helpers=[llm])).entities("Product") == {GIFT}
    assert ["response_format" in asked for asked in model.asked] == [True, False, False]


def hang(handler: Handler, _body: dict[str, Any]) -> None:
    handler.server.ended.wait(20)


def drip(handler: Handler, _body: dict[str, Any]) -> None:
    """Send one byte after the other, each in time, for ever."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.ended.wait(0.05):
        handler.wfile.write(b" ")


def cut(handler: Handler, _body: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices"')


FAILURES: Mapping[str, tuple[Reply, int, str]] = {
    "no key": (
        status(401, b'{"error": {"message": "bad key sk-very-secret"}}'),
        1,
        "HTTP 401 (bad key ***); check KG_LLM_KEY",
    ),
    "no model": (
        status(404, b'{"error": {"message": "no model tiny"}}'),
        1,
        "HTTP 404 (no model tiny); check KG_LLM_URL",
    ),
    "refused": (status(400, b'{"error": "too long"}'), 2, "HTTP 400 (too long)"),
    "moved": (status(307, Location="http://127.0.0.1:9/v1"), 1, "HTTP 307: it has moved"),
    "busy": (status(429, Retry_After="0"), 4, "HTTP 429, 4 times; try again later"),
    "broken": (status(502, b"<html>Bad gateway</html>"), 4, "HTTP 502, 4 times"),
    "hangs": (hang, 2, "no answer in 0.3 seconds, 2 times"),
    "drips": (drip, 2, "no whole answer in 0.3 seconds, 2 times"),
    "cuts": (cut, 4, "not of the shape of OpenAI's, 4 times"),
    "web page": (status(200, b"<html>Welcome</html>"), 4, "not of the shape of OpenAI's, 4 times"),
    "other JSON": (status(200, b'{"choices": []}'), 4, "not of the shape of OpenAI's, 4 times"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_is_told_in_one_line_and_keeps_nothing(tmp_path: Path, name: str) -> None:
    reply, tries, told = FAILURES[name]
    with serve(reply) as model:
        with pytest.raises(ServiceError) as raised:
            extract(article(TEXT), helpers=[helper(model, tmp_path, key=SECRET, timeout=0.3)])
        assert str(raised.value).startswith(f"{model.url}/chat/completions: ")
    assert told in str(raised.value)
    assert SECRET not in str(raised.value)
    assert "\n" not in str(raised.value)
    assert len(model.asked) == tries
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_nobody_there(tmp_path: Path) -> None:
    with serve(EMPTY) as model:
        llm = helper(model, tmp_path)
    with pytest.raises(ServiceError, match="refused"):
        extract(article(TEXT), helpers=[llm])


def test_the_key_is_sent_and_never_shown(tmp_path: Path) -> None:
    _, llm, model = read(tmp_path, EMPTY, key=SECRET)
    assert model.headers[0]["Authorization"] == f"Bearer {SECRET}"
    _, _, model = read(tmp_path / "other", EMPTY)
    assert "Authorization" not in model.headers[0]
    assert SECRET not in repr(Settings(llm_key=SECRET))
    assert all(SECRET not in path.read_text("utf-8") for path in tmp_path.rglob("*.json"))
    assert SECRET not in llm.identity


@pytest.mark.parametrize(
    ("url", "model", "key"),
    [
        ("", "tiny", ""),
        ("http://127.0.0.1/v1", "", ""),
        ("127.0.0.1:8000/v1", "tiny", ""),
        ("ftp://127.0.0.1/v1", "tiny", ""),
        ("http://name:word@127.0.0.1/v1", "tiny", ""),
        ("http://[::1/v1", "tiny", ""),
        ("http://127.0.0.1:port/v1", "tiny", ""),
        ("http://127.0.0.1/v 1", "tiny", ""),
        ("http:///v1", "tiny", ""),
        ("http://127.0.0.1/v1", "tiny", "sk-very-secret\r\nHost: x"),
        ("http://127.0.0.1/v1", "tiny", "密钥sk-very-secret"),
    ],
)
def test_settings_that_cannot_work_are_told_at_once(tmp_path: Path, url: str, model: str, key: str) -> None:
    with pytest.raises(NotAvailable, match="KG_LLM") as raised:
        Llm(Settings(url, model, key, str(tmp_path)))
    assert SECRET not in str(raised.value)
    assert "word" not in str(raised.value)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("/v1", "/v1/chat/completions"),
        ("/v1/", "/v1/chat/completions"),
        ("/x/chat/completions?v=1", "/x/chat/completions?v=1"),
    ],
)
def test_the_address_may_be_that_of_the_service_or_of_its_chat(tmp_path: Path, given: str, path: str) -> None:
    with serve(EMPTY) as model:
        base = model.url.removesuffix("/v1")
        extract(article(TEXT), helpers=[Llm(Settings(base + given, "tiny", "", str(tmp_path), 5.0))])
    assert model.paths == [path]


# --------------------------------------------------------------------------------------------------------------- cache


def test_what_was_answered_once_is_not_asked_again(tmp_path: Path) -> None:
    first, _, _ = read(tmp_path, answer([PRODUCT], [PROVIDES]))
    second, llm, model = read(tmp_path, EMPTY)
    assert second.extraction == first.extraction
    assert model.asked == []
    assert llm.said(llm.spent()).startswith("calls 0, answers from the cache 1, tokens in 0, tokens out 0,")
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".json"]


def test_another_text_or_model_is_asked(tmp_path: Path) -> None:
    read(tmp_path, EMPTY)
    with serve(EMPTY) as model:
        extract(article(TEXT + "完。"), helpers=[helper(model, tmp_path)])
        extract(article(TEXT), helpers=[Llm(Settings(model.url, "large", "", str(tmp_path), 5.0))])
    assert [asked["model"] for asked in model.asked] == ["tiny", "large"]


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"content": 1}', b'{"content": "', b"\xff\xfe\x00", b"{}"])
def test_a_damaged_answer_is_told(tmp_path: Path, raw: bytes) -> None:
    read(tmp_path, EMPTY)
    (path,) = (path for path in tmp_path.rglob("*.json"))
    path.write_bytes(raw)
    with pytest.raises(InputError, match="remove the file"):
        read(tmp_path, EMPTY)


def test_any_words_are_kept_as_they_are(tmp_path: Path) -> None:
    answers = Answers(tmp_path)
    for number, words in enumerate(["", "“好”\n\r\n", "\ud800 half", "😀\x00"]):
        answers.put(f"ab{number}", "tiny", words)
        assert answers.get(f"ab{number}") == words
    assert answers.get("abc") is None


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with serve(EMPTY) as model, pytest.raises(WorkspaceError, match="--llm-cache"):
        helper(model, tmp_path / "file" / "cache")


@pytest.fixture
def clean(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("KG_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.skipif(os.name == "nt", reason="the places of the other systems are other ones")
def test_where_answers_are_kept(clean: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert default_folder().parts[-2:] == ("union-news-kg", "llm")
    clean.setattr("sys.platform", "linux")
    clean.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "union-news-kg" / "llm"
    clean.setenv("KG_CACHE", str(tmp_path / "mine"))
    assert default_folder() == tmp_path / "mine" / "llm"


# --------------------------------------------------------------------------------------------------------------- panel


def test_a_panel_can_be_sent_to_another_process(tmp_path: Path) -> None:
    import pickle

    with serve(EMPTY) as model:
        panel = Panel(["llm"], Settings(model.url, "tiny", SECRET, str(tmp_path), 5.0))
        extract(article(TEXT), helpers=panel.helpers())
        sent = pickle.loads(pickle.dumps(panel))
        assert sent.names == ("llm",)
        assert sent.identities() == panel.identities()
        extract(article(TEXT), helpers=sent.helpers())
        panel.add(panel.collect())
        panel.add(sent.collect())
    (line,) = panel.said()
    assert line.startswith("llm: calls 1, answers from the cache 1, tokens in 700, tokens out 30, ")
