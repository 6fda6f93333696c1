"""Each question in SPARQL gives what it gives in Cypher: on three engines, on changed graphs, on real pages."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from exports.rdf import NTriples
from kg.cli import main
from kg.errors import KGError, OntologyError, StoreError, UnknownName
from kg.graph import flow
from loaders import get_loader, open_target
from ontology import ontology
from queries import Table, ask, cite, get_twin, library, twins
from queries.ask import check_values
from queries.names import AmbiguousName
from queries.triples import (
    RunSparql,
    ask_sparql,
    cite_sparql,
    over_store,
    read_json,
    resolve_iri,
    with_lists,
)
from queries.twins import MISSING, PREFIXES, NoTwin, is_iri, literal, parse_twin
from tests.jena import jena
from tests.queries.answers import ANSWERS, Answer, add
from tests.sample import WORKSPACE, sample_graph

FOLDER = Path(__file__).parents[2] / "queries" / "sparql"
PAGES = Path(__file__).parents[2] / "kg" / "samples"
BASE = "https://w3id.org/union-news-kg/id/"
ASKED = [(number, answer) for number, answer in enumerate(ANSWERS) if answer.query in twins()]
IDS = [f"{answer.query}-{number}" for number, answer in ASKED]
ENGINES = ["oxigraph", "rdflib", pytest.param("jena", marks=pytest.mark.jena)]
# What some reader may take for the end of a text, or for another character.
NASTY: tuple[str, ...] = (
    '"',
    "'",
    "\\",
    "\\\\",
    '\\"',
    "\\u0022",
    "\\\\u0022",
    "\\U00000022",
    '"@zh } ?s ?p ?o {',
    "a\n\r\tb",
    "\x00\x7f",
)
NASTY += ("}", "#", "<x>", "𠮷野", "\u202e", "?given_name", "$name", "\ud800")

Answers = Callable[[int], list[tuple[object, ...]]]


def ntriples(graph: Any) -> bytes:
    stream = io.BytesIO()
    NTriples().write(graph, stream)
    return stream.getvalue()


def stored(graph: Any) -> RunSparql:
    store = ox.Store()
    store.bulk_load(ntriples(graph), format=ox.RdfFormat.N_TRIPLES)
    return over_store(store)


@pytest.fixture(scope="module")
def sample() -> RunSparql:
    return stored(sample_graph())


@pytest.fixture(scope="module", params=ENGINES)
def answers(request: pytest.FixtureRequest, sample: RunSparql, tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """Gives the rows of an answer by its number, from an engine."""
    texts = {number: text_of(answer, sample) for number, answer in ASKED}
    match request.param:
        case "oxigraph":
            return lambda number: rows(number, sample(texts[number]))
        case "rdflib":
            graph = rdflib.Graph()
            graph.parse(ntriples(sample_graph()), format="nt")

            def by_rdflib(number: int) -> list[tuple[object, ...]]:
                answer = graph.query(texts[number]).serialize(format="json")
                assert answer is not None
                return rows(number, read_json("rdflib", answer))

            return by_rdflib
    folder = tmp_path_factory.mktemp("jena")
    (folder / "data.nt").write_bytes(ntriples(sample_graph()))
    for number, text in texts.items():
        (folder / f"{number}.rq").write_text(text, encoding="utf-8")
    run = jena(str(Path(__file__).parent / "AskAll.java"), folder / "data.nt", folder)
    assert run.returncode == 0, run.stderr.decode()
    return lambda number: rows(number, read_json("jena", (folder / f"{number}.json").read_bytes()))


def text_of(answer: Answer, run: RunSparql) -> str:
    twin = twins()[answer.query]
    bound = check_values(
        twin.name, twin.parameters, answer.parameters, lambda text, classes: resolve_iri(run, text, classes=classes).key
    )
    return twin.text(bound)


def rows(number: int, table: Table) -> list[tuple[object, ...]]:
    twin = twins()[ANSWERS[number].query]
    assert table.columns == tuple(column.name for column in twin.columns)
    return list(with_lists(table, twin.lists).rows)


@pytest.mark.parametrize(("number", "answer"), ASKED, ids=IDS)
def test_the_answer_is_the_one_written_down(answers: Answers, number: int, answer: Answer) -> None:
    assert answers(number) == list(answer.rows)


@pytest.mark.parametrize(("number", "answer"), ASKED, ids=IDS)
def test_a_planted_change_changes_the_answer(number: int, answer: Answer) -> None:
    graph = sample_graph()
    answer.plant(graph)
    after = [row[:-1] for row in ask_sparql(stored(graph), twins()[answer.query], answer.parameters).rows]
    before = [row[:-1] for row in answer.rows]
    assert [row for row in before if row not in after] == list(answer.lost)
    assert [row for row in after if row not in before] == list(answer.gained)


def test_every_question_has_a_twin_or_a_reason() -> None:
    assert set(twins()) | set(MISSING) == set(library())
    assert not set(twins()) & set(MISSING)
    for name in MISSING:
        with pytest.raises(NoTwin, match=name):
            get_twin(name)
    with pytest.raises(UnknownName, match="did you mean quotes"):
        get_twin("quots")


# ------------------------------------------------------------------------------------------------ other graphs


def chain(graph: Any) -> None:
    """Eight unions, each below the one before, every other step inferred."""
    unions = ["u-shanghai", "u-xicheng", "u-yuetan", "u-daxing", "u-dongcheng", "u-jinghua", "u-yuanfan", "u-beijing"]
    for below, above in zip(unions[1:], unions, strict=False):
        inferred = bool(unions.index(below) % 2)
        add("sub-yuetan", f"chain-{below}", below, above, inferred=inferred)(graph)


def ring(graph: Any) -> None:
    """Unions below one another in a ring, and two ways from one to another."""
    add("sub-yuetan", "ring-1", "u-beijing", "u-yuetan")(graph)
    add("sub-yuetan", "ring-2", "u-yuetan", "u-beijing")(graph)


def twice(graph: Any) -> None:
    """A fact said as what happened, and as planned, and bodies that bear one name."""
    add("sub-xicheng", "planned-1", "u-daxing", "u-beijing", status="planned")(graph)
    add("in-jinghua", "denied-1", "jinghua", "shanghai", status="denied")(graph)
    add("of-daxing", "of-two", "u-daxing", "dongcheng")(graph)
    graph.nodes["dongcheng"]["name"] = "大兴区"
    graph.nodes["u-dongcheng"]["name"] = "大兴区总工会"


@pytest.mark.parametrize("plant", [chain, ring, twice])
def test_other_graphs_give_the_same_in_both_languages(plant: Callable[[Any], None], tmp_path: Path) -> None:
    graph = sample_graph()
    plant(graph)
    with get_loader("embedded")(tmp_path / "graph.kgl") as store:
        store.load(graph, workspace=WORKSPACE)
        assert (
            compare(store.query, stored(graph), [(key, data["type"]) for key, data in graph.nodes(data=True)], 100)
            > 100
        )


def test_districts_in_a_ring_give_the_same_rows_with_all_facts_of_the_ring(tmp_path: Path) -> None:
    graph = sample_graph()
    add("in-yuetan", "ring", "beijing", "yuetan")(graph)
    with get_loader("embedded")(tmp_path / "graph.kgl") as store:
        store.load(graph, workspace=WORKSPACE)
        for name in ("activities-in-district", "unions-in-district"):
            there = ask(store.query, library()[name], {"district": "xicheng"})
            here = ask_sparql(stored(graph), twins()[name], {"district": "xicheng"})
            assert [row[:-1] for row in here.rows] == [row[:-1] for row in there.rows]
            for mine, other in zip(here.column("facts"), there.column("facts"), strict=True):
                assert set(cast(list[str], mine)) >= set(cast(list[str], other))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace made from the sample pages of the package."""
    folder = tmp_path_factory.mktemp("built") / "work"
    result = CliRunner().invoke(main, ["build", str(PAGES), "-o", str(folder), "--workers", "1"])
    assert result.exit_code == 0, result.stderr
    return folder


def test_real_pages_give_the_same_in_both_languages(built: Path) -> None:
    graph = flow(built)
    with open_target(str(built)) as store:
        assert compare(store.query, stored(graph), ((key, data["type"]) for key, data in graph.nodes()), 8) > 100


def compare(cypher: Any, sparql: RunSparql, nodes: Iterable[tuple[str, str]], most: int) -> int:
    """Ask all twins with many values in both languages; return how many answers were compared."""
    keys: dict[str, list[str]] = {}
    for key, kind in nodes:
        keys.setdefault(kind, []).append(key)
    asked = 0
    for name, twin in twins().items():
        for values in cases(twin.parameters, keys, most):
            wanted = ask(cypher, library()[name], values)
            iris = {
                parameter.name: BASE + str(values[parameter.name])
                if parameter.classes and parameter.name in values
                else values.get(parameter.name)
                for parameter in twin.parameters
            }
            assert ask_sparql(sparql, twin, {k: v for k, v in iris.items() if v is not None}) == wanted, (name, values)
            asked += 1
    return asked


def cases(parameters: Any, keys: Mapping[str, list[str]], most: int) -> Iterator[dict[str, object]]:
    needed: dict[str, object] = {}
    for parameter in parameters:
        if parameter.default is None:
            needed[parameter.name] = next(key for kind in sorted(parameter.classes) for key in keys.get(kind, ()))
    yield needed
    for parameter in parameters:
        choices: list[object] = ["2025-03-15", "2025-04-10", "2031-01-01"]
        if parameter.classes:
            found = sorted(key for kind in parameter.classes for key in keys.get(kind, ()))
            choices = [*found[:: max(1, len(found) // most)]]
        elif parameter.kind == "integer":
            choices = [0, 1, 3, 1000]
        elif parameter.kind == "text":
            choices = ["planned", "denied", "Enterprise", "District", '"}']
        for choice in choices:
            yield {**needed, parameter.name: choice}


def test_every_row_can_be_cited_as_in_cypher(tmp_path: Path, sample: RunSparql) -> None:
    with get_loader("embedded")(tmp_path / "graph.kgl") as store:
        store.load(sample_graph(), workspace=WORKSPACE)
        for _, answer in ASKED:
            there = cite(store.query, ask(store.query, library()[answer.query], answer.parameters))
            here = cite_sparql(sample, ask_sparql(sample, twins()[answer.query], answer.parameters))
            assert here == there


# ------------------------------------------------------------------------------------------------ names and values


def test_a_thing_is_named_as_in_cypher(sample: RunSparql) -> None:
    for text in (f"{BASE}u-yuetan", "u-yuetan", "u-yuetan-1", f"{BASE}u-yuetan-2", "月坛街道总工会", "街道总工会 "):
        assert resolve_iri(sample, text).key == f"{BASE}u-yuetan"
    assert resolve_iri(sample, "北京").key == f"{BASE}beijing"
    with pytest.raises(AmbiguousName, match="may be 2 entities: 上海市总工会"):
        resolve_iri(sample, "市总工会")
    with pytest.raises(UnknownName, match=r"no TradeUnion called '市总公会'; did you mean .*北京市总工会"):
        resolve_iri(sample, "市总公会", classes=["TradeUnion"])
    with pytest.raises(UnknownName, match="no District called"):
        resolve_iri(sample, "北京市总工会", classes=["District"])
    for nasty in (*NASTY, "", " "):
        with pytest.raises(UnknownName):
            resolve_iri(sample, nasty)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({}, "wants union"),
        ({"unoin": "x"}, "no parameter of union-hierarchy"),
        ({"union": "x"}, "no TradeUnion called"),
    ],
)
def test_values_that_are_none_are_refused(sample: RunSparql, values: Mapping[str, object], says: str) -> None:
    with pytest.raises(KGError, match=says):
        ask_sparql(sample, twins()["union-hierarchy"], values)


def read_back(text: str) -> str:
    (row,) = ox.Store().query(f"SELECT ?x WHERE {{ VALUES ?x {{ {text} }} }}")  # type: ignore[misc]
    return str(row["x"].value)


@given(st.text())
def test_a_text_stays_a_text(text: str) -> None:
    wanted = re.sub("[\ud800-\udfff]", "\ufffd", text)
    assert read_back(literal(text)) == wanted
    (row,) = rdflib.Graph().query(f"SELECT ?x WHERE {{ VALUES ?x {{ {literal(text)} }} }}")
    assert str(row[0]) == wanted  # type: ignore[index]
    # a reader that resolves escapes of characters before it reads anything sees the same text
    early = re.sub(r"\\u([0-9A-F]{4})", lambda found: chr(int(found[1], 16)), literal(text))
    if not re.search("[\x00-\x1f]", early):
        assert read_back(early) == wanted


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_stays_a_text(text: str) -> None:
    assert read_back(literal(text)) == text.replace("\ud800", "\ufffd")


@pytest.mark.jena
def test_jena_reads_nasty_texts_as_texts(tmp_path: Path) -> None:
    shown = [text for text in NASTY if "\x00" not in text]
    (tmp_path / "data.nt").write_bytes(b"")
    for number, text in enumerate(shown):
        (tmp_path / f"{number}.rq").write_text(f"SELECT ?x {{ VALUES ?x {{ {literal(text)} }} }}", encoding="utf-8")
    run = jena(str(Path(__file__).parent / "AskAll.java"), tmp_path / "data.nt", tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    for number, text in enumerate(shown):
        table = read_json("jena", (tmp_path / f"{number}.json").read_bytes())
        assert table.rows == ((text.replace("\ud800", "\ufffd"),),)


@given(st.sampled_from(sorted(twins())), st.one_of(st.text(), st.sampled_from(NASTY), st.from_regex(r"https?://\S*")))
def test_a_value_never_changes_the_query_around_it(name: str, value: str) -> None:
    twin = twins()[name]
    values: dict[str, str | int] = {one.name: value for one in twin.parameters if one.kind != "integer"}
    text = twin.text(values)
    plain = twin.text(dict.fromkeys(values, "x"))
    changed = [(old, new) for old, new in zip(plain.split("\n"), text.split("\n"), strict=True) if old != new]
    assert all(new.lstrip().startswith("VALUES ?given_") for _, new in changed)
    terms = [match[1] for _, new in changed if (match := re.fullmatch(r"\s*VALUES \?\w+ \{ (.*) \}  # .*", new))]
    assert len(terms) == len(changed)
    for one in terms:
        assert read_back(one) == re.sub("[\ud800-\udfff]", "\ufffd", value)
    assert list(ox.Store().query(text)) is not None  # type: ignore[arg-type]


def test_iris_are_told_from_names() -> None:
    assert is_iri("https://example.org/id/x")
    for text in (
        "x",
        "http://",
        "http://a b",
        "http://a>b",
        "http://a\\u003Eb",
        "urn:x",
        'http://a"',
        "http://a\nb",
        "",
    ):
        assert not is_iri(text)


# ------------------------------------------------------------------------------------------------ the files

WHAT = {
    "text": '# a text; "" for all',
    "date": '# YYYY-MM-DD; "" for any',
    "integer": "# a whole number",
}


@pytest.mark.parametrize("name", sorted(twins()))
def test_a_file_is_tidy_and_complete(name: str) -> None:
    twin = twins()[name]
    text = (FOLDER / f"{name}.rq").read_text(encoding="utf-8")
    assert text == twin.sparql
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert all(line == line.rstrip() and len(line) <= 120 for line in text.splitlines() if not line.startswith("#"))
    declared = dict(re.findall(r"^PREFIX (\w+): <(\S+)>$", text, flags=re.MULTILINE))
    body = text.split("\nSELECT", 1)[1]
    assert list(declared) == sorted(declared)
    assert set(declared) == set(re.findall(r"(?<![\w?])([a-z]+):(?=[A-Za-z)])", re.sub(r"<[^>]*>|#.*", "", body)))
    assert declared.items() <= PREFIXES.items()
    assert "ORDER BY" in body.rsplit("}", 1)[1]
    for parameter in twin.parameters:
        lines = re.findall(rf"VALUES \?given_{parameter.name} {{ (.*) }}  (# .*)", text)
        assert lines
        for value, comment in lines:
            if parameter.classes:
                assert value.endswith('"@zh')
                assert comment.startswith("# a name, an alias, or an IRI: <https://…>")
                assert (value == '""@zh') == (parameter.default == "") == comment.endswith('; "" for all')
            else:
                assert comment == WHAT[parameter.kind]
                assert json.loads(value) == parameter.default
    for written in re.findall(r"un:(\w+)", body):
        known = {*ontology.classes, *(iri.rpartition("#")[2] for iri in terms())}
        assert written in known


def terms() -> set[str]:
    frame = (
        "subject",
        "predicate",
        "object",
        "status",
        "evidence",
        "sources",
        "rule",
        "lines",
        "confidence",
        "inferred",
    )
    return {
        *(one.iri for one in ontology.relations.values()),
        *(one.iri for one in ontology.attributes.values()),
        *(f"#{name}" for name in frame),
    }


@pytest.mark.parametrize("name", sorted(twins()))
def test_a_file_runs_as_it_is(name: str, sample: RunSparql, built: Path) -> None:
    twin = twins()[name]
    table = sample(twin.sparql)
    assert table.columns == tuple(column.name for column in twin.columns)
    assert table.rows


def test_relations_are_called_in_sparql_as_in_neo4j() -> None:
    for known in ontology.relations.values():
        local = known.iri.rpartition("#")[2]
        assert re.sub("([A-Z])", r"_\1", local).upper() == known.neo4j


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("# zh: 谁说了什么\n", "", "must say zh once"),
        ("# zh: 谁说了什么", "# zh: 谁", "other titles than queries/cypher/quotes.cypher"),
        ('Person = ""', "Person", "other parameters than"),
        ("| 原话 |", "| 话 |", "other columns than"),
        ("?given_person { ", "?given_person {", "head and text differ in parameters"),
        ("VALUES ?given_person", "VALUES ?given_p", ": p, person"),
        ("# list: facts", "# list: quote", "`list` must name columns"),
        ("# name: quotes", "# name: quots", "calls itself quots"),
    ],
)
def test_a_file_that_does_not_say_all_is_refused(old: str, new: str, says: str) -> None:
    text = twins()["quotes"].sparql
    assert old in text
    with pytest.raises(OntologyError, match=f"queries/sparql/quotes.rq: .*{re.escape(says)}"):
        parse_twin(text.replace(old, new), "quotes.rq")


# ------------------------------------------------------------------------------------------------ a store


def test_a_store_asks_nobody_else(sample: RunSparql) -> None:
    for text in (
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { SERV\\u0049CE <http://x/> { ?s ?p ?o } }",
    ):
        with pytest.raises(StoreError, match="SERVICE is refused"):
            sample(text)


def test_a_store_stops_counts_and_says_what_is_wrong(sample: RunSparql) -> None:
    with pytest.raises(StoreError, match=r"stopped after 0.2 seconds"):
        sample("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?h != ?b) }", timeout=0.2)
    assert len(sample("SELECT ?s { ?s ?p ?o }", limit=7).rows) == 7
    assert sample("SELECT ?s { ?s ?p ?o }", limit=7).truncated
    assert sample("ASK { ?s ?p ?o }").rows == ((True,),)
    with pytest.raises(StoreError, match="not SPARQL: "):
        sample("SELECT * { ?s ?p }")
    with pytest.raises(KGError, match="only SELECT and ASK"):
        sample("CONSTRUCT WHERE { ?s ?p ?o }")
    with pytest.raises(StoreError, match="INSERT is refused"):
        sample("INSERT DATA { <a:a> <a:a> <a:a> }")


def test_values_are_those_of_python(sample: RunSparql) -> None:
    text = 'SELECT * { VALUES (?a ?b ?c ?d ?e ?f ?g) { (1 1.5 1e3 true "x"@zh UNDEF <http://x/y>) } }'
    table = sample(text)
    told = dict(zip(table.columns, table.rows[0], strict=True))
    assert [told[name] for name in "abcdefg"] == [1, 1.5, 1000.0, True, "x", None, "http://x/y"]
