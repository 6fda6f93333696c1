"""What the reader shows is what the workspace says: laws that hold for every page of the samples, and odd pages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exports.view import reader
from exports.view.page import parts_of
from kg.build import build
from kg.errors import UnknownName
from kg.io import read_pages
from kg.model import Page
from kg.pages import cut, joins
from kg.workspace import WITHDRAWN, PageRecord, Workspace
from tests.view.graphs import HOSTILE

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "kg" / "samples"
TEXTS = ROOT / "tests" / "gold" / "texts"

Model = dict[str, Any]


def made_of(folder: Path, *pages: Page) -> Workspace:
    """Build a workspace of pages."""
    build(pages, folder)
    return Workspace.open(folder)


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return made_of(tmp_path_factory.mktemp("reader") / "ws", *read_pages([str(SAMPLES)]))


@pytest.fixture(scope="module")
def models(space: Workspace) -> dict[str, tuple[PageRecord, Model]]:
    return {row.id: (space.page(row), reader.read_page(space, row.id)) for row in space.rows()}


def each(models: dict[str, tuple[PageRecord, Model]]) -> Iterator[tuple[PageRecord, Model]]:
    assert len(models) == 6
    yield from models.values()


def test_the_page_is_shown_as_it_was_delivered(models: dict[str, tuple[PageRecord, Model]]) -> None:
    for record, model in each(models):
        assert model["text"] == record.page.text
        assert len(model["lines"]) == len(record.page.text.split("\n"))


def test_every_line_is_told_what_it_is(models: dict[str, tuple[PageRecord, Model]]) -> None:
    for record, model in each(models):
        texts = record.page.text.split("\n")
        for number, (line, text) in enumerate(zip(model["lines"], texts, strict=True), 1):
            owners = [i for i, one in enumerate(record.extractions) if number in one.article.lines]
            assert line.get("article") == (owners[0] if owners else None)
            assert line["kind"] in {"article", "blank", "front", "banner", "rule", "meta", "leftover"}
            assert (line["kind"] == "blank") <= (not text.strip())
        loose = [
            line for line, text in zip(model["lines"], texts, strict=True) if text.strip() and "article" not in line
        ]
        assert len(loose) == record.leftovers


def test_articles_are_whole_and_lead_back_to_their_lines(models: dict[str, tuple[PageRecord, Model]]) -> None:
    for record, model in each(models):
        page = record.page.text
        for one, article in zip(record.extractions, model["articles"], strict=True):
            assert article["text"] == one.article.text
            shown = "\n".join(article["text"][part["start"] : part["end"]] for part in article["paragraphs"])
            assert shown == article["text"]
            parts = [part["part"] for part in article["paragraphs"]]
            assert parts.count("headline") == (not article["headlineMade"])
            assert parts == sorted(parts, key=["kicker", "headline", "under", "body"].index)
            for start, end, at, line in article["pieces"]:
                assert article["text"][start:end] == page[at : at + end - start]
                assert page.count("\n", 0, at) + 1 == line
                assert line in article["lines"]


def test_every_mention_is_its_surface(models: dict[str, tuple[PageRecord, Model]]) -> None:
    for record, model in each(models):
        for one, article in zip(record.extractions, model["articles"], strict=True):
            wanted = sorted((m.span.start, m.span.end, m.surface, m.type) for e in one.entities for m in e.mentions)
            assert wanted == sorted(
                (start, end, article["text"][start:end], model["things"][thing]["type"])
                for start, end, thing in article["mentions"]
            )


def test_every_statement_of_the_page_is_there_and_its_quote_in_both_texts(
    models: dict[str, tuple[PageRecord, Model]],
) -> None:
    for record, model in each(models):
        said = {one.id for extraction in record.extractions for one in extraction.statements}
        assert said <= {one["id"] for one in model["statements"]}
        assert {one["id"] for one in model["statements"] if not one["inferred"]} == said
        for one in model["statements"]:
            article = model["articles"][one["article"]]
            assert article["text"][one["start"] : one["end"]] == one["quote"]
            assert "".join(model["text"][a:b] for a, b in one["ranges"]) == one["quote"].replace("\n", "")
            first, last = article["sentences"][one["sentence"]]
            assert first <= one["start"] < last
            assert one["predicate"] in model["words"]


def test_the_ends_of_statements_are_marked(models: dict[str, tuple[PageRecord, Model]]) -> None:
    for _, model in each(models):
        for one in model["statements"]:
            article = model["articles"][one["article"]]
            for end in (one["subject"], one["object"]):
                if "value" in end:
                    if end["span"]:
                        start, stop = end["span"]
                        assert article["text"][start:stop] == end["value"]
                    else:
                        assert end["value"] not in one["quote"]
                elif "thing" in end:
                    spans = [article["mentions"][number] for number in end["mentions"]]
                    inside = [one["start"] <= start and stop <= one["end"] for start, stop, _ in spans]
                    assert all(inside) is not end["far"] or not spans
                    assert {thing for *_, thing in spans} <= {end["thing"]}
                    assert spans or one["inferred"]  # 北京市 need not be printed where 丰台区 is


def test_what_was_not_understood_is_placed(models: dict[str, tuple[PageRecord, Model]]) -> None:
    found = [(model, issue) for _, model in each(models) for issue in model["issues"]]
    assert len(found) == 4
    for model, issue in found:
        start, end = issue["span"]
        assert model["articles"][issue["article"]]["text"][start:end] == issue["words"]
        assert issue["lines"]


def test_joins_and_moves_are_told_in_both_languages(models: dict[str, tuple[PageRecord, Model]]) -> None:
    repairs = [
        repair
        for _, model in each(models)
        for article in model["articles"]
        for repair in article["joins"] + article["moves"]
    ]
    assert len(repairs) > 15
    for repair in repairs:
        assert re.search("[a-z]{2}", repair["reason"])
        assert not re.search("[a-z]{2}", repair["zh"])


def test_every_reason_there_is_has_words_in_chinese() -> None:
    told: set[str] = set()
    for page in read_pages([str(TEXTS)]):
        done = cut(page)
        told |= {join.reason for article in done.articles for join in article.joins}
        told |= {move.reason for article in done.articles for move in article.moves}
    source = Path(joins.__file__).read_text(encoding="utf-8")
    positive = re.findall(r'\((?:[0-9.]+|weight), f?"([^"]* [^"]*)"\)', source)
    assert len(positive) >= 8
    told |= {reason.replace("{name}", "quotation") for reason in positive}
    told |= {one.replace("quotation", name) for one in told for name in ("title", "bracket")}
    told |= set(re.findall(r'"(it stands [^"]+|two columns [^"]+)"', (ROOT / "kg/pages/flow.py").read_text("utf-8")))
    assert {one for one in told if reader.reason_zh(one) == one and "{" not in one} == set()
    assert reader.reason_zh("the word 玉|山 spans the cut") == "“玉|山”一词被断在两行"


def test_a_fact_that_people_rejected_or_withdrew_is_marked(tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    pages = list(read_pages([str(SAMPLES)]))
    space = made_of(folder, *pages)
    name = "jinghua-2025-03-12-03"
    model = reader.read_page(space, name)
    posts = [one for one in model["statements"] if one["predicate"] == "hasRole"]
    assert {one["state"] for one in posts} == {""}
    gone = model["things"][posts[0]["subject"]["thing"]]
    (folder / WITHDRAWN).write_text(f"id\treason\n{gone['id']}\tasked for\n", encoding="utf-8")
    model = reader.read_page(Workspace.open(folder), name)
    assert {one["state"] for one in model["statements"] if one["id"] == posts[0]["id"]} == {"withdrawn"}
    assert next(one for one in model["things"] if one["id"] == gone["id"])["withdrawn"] == "asked for"
    (folder / WITHDRAWN).write_text("id\treason\nnobody\tasked for\n", encoding="utf-8")
    (notice,) = reader.read_page(Workspace.open(folder), name)["notices"]
    assert "line 2: nothing is called nobody" in notice
    (folder / WITHDRAWN).unlink()
    (folder / "corrections.tsv").write_text(f"reject\t{posts[0]['fact']}\t\t\t甲\t错读\n", encoding="utf-8")
    model = reader.read_page(made_of(folder, *pages), name)
    assert {one["id"] for one in model["statements"] if one["state"] == "rejected"} == {posts[0]["id"]}


@pytest.mark.parametrize(
    ("text", "articles", "kinds"),
    [
        ("", 0, []),
        ("\n\n", 0, ["blank", "blank", "blank"]),
        ("# 要闻\n\n---\n", 0, ["banner", "blank", "rule", "blank"]),
    ],
    ids=["empty", "blank", "no article"],
)
def test_a_page_without_an_article(tmp_path: Path, text: str, articles: int, kinds: list[str]) -> None:
    model = reader.read_page(made_of(tmp_path / "ws", Page("p", "p.txt", text)), "p")
    assert len(model["articles"]) == articles
    assert [line["kind"] for line in model["lines"]] == kinds
    assert model["statements"] == model["issues"] == []
    assert reader.page(model).startswith("<!doctype html>")


def test_an_article_with_a_headline_of_its_own(tmp_path: Path) -> None:
    page = Page("p", "p.jsonl", "近日，西城区总工会举办读书会。", headline="西城区总工会办读书会")
    (article,) = reader.read_page(made_of(tmp_path / "ws", page), "p")["articles"]
    assert (article["headline"], article["headlineMade"]) == ("西城区总工会办读书会", False)
    assert [part["part"] for part in article["paragraphs"]] == ["body"]


def test_an_unknown_page_names_near_ones(space: Workspace) -> None:
    with pytest.raises(UnknownName, match="did you mean jinghua-2025-03-12-03"):
        reader.read_page(space, "jinghua-2025-03-12")


def test_no_text_becomes_markup(tmp_path: Path) -> None:
    text = "## 西城区总工会办读书会\n\n" + "\n\n".join(f"近日，西城区总工会举办{one}读书会。" for one in HOSTILE)
    model = reader.read_page(made_of(tmp_path / "ws", Page("p", HOSTILE[1], text, paper=HOSTILE[2])), "p")
    made = reader.page(model)
    parts = parts_of(made)
    assert len(parts.scripts) == 1
    assert len(parts.styles) == 2
    assert not parts.linked
    (data,) = re.findall(r'<script type="application/json" id="graph">(.*?)</script>', made, re.DOTALL)
    assert json.loads(data) == model


def test_the_same_page_gives_the_same_bytes_under_any_hash_seed(space: Workspace) -> None:
    script = (
        "import sys; from exports.view import reader; from kg.workspace import Workspace; "
        "sys.stdout.buffer.write(reader.page(reader.read_page(Workspace.open(sys.argv[1]), sys.argv[2])).encode())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", script, str(space.path), "jinghua-2025-04-23-03"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1
