"""The page of the ontology says what the Turtle says, every term has its place, and the files beside it agree."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic
from selectolax.lexbor import LexborHTMLParser

from exports.document import IRI, Document
from exports.ontology_page import FILES, ontology_page, write_ontology
from ontology import NAMESPACE, ontology, resource
from tests import jena
from tests.cli.run import kg, one_line

SYNTAXES = {"union-news.ttl": "turtle", "union-news.rdf": "xml", "union-news.jsonld": "json-ld", "union-news.nt": "nt"}
HOSTILE = "</style></script><script>alert(1)</script><img src=x onerror='alert(2)'> \"'`&amp;"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ontology")
    write_ontology(made)
    return made


@pytest.fixture(scope="module")
def page(folder: Path) -> LexborHTMLParser:
    return LexborHTMLParser((folder / "index.html").read_bytes())


def own_terms() -> list[str]:
    return [name.removeprefix("un:") for name in Document().subjects if name.startswith("un:")]


def test_following_the_iri_of_a_term_leads_to_its_place(page: LexborHTMLParser) -> None:
    ids = Counter(node.attributes["id"] for node in page.css("[id]"))
    assert set(ids.values()) == {1}
    terms = [str(node.attributes["id"]) for node in page.css("section.term")]
    assert sorted(terms) == sorted(own_terms())


@pytest.mark.parametrize("name", own_terms())
def test_a_term_is_shown_with_label_and_definition_in_both_languages(name: str, page: LexborHTMLParser) -> None:
    graph = rdflib.Graph().parse(data=resource("union-news.ttl").read_bytes(), format="turtle")
    (section,) = page.css(f"section#{name}")
    term = rdflib.URIRef(NAMESPACE + name)
    for predicate in (rdflib.RDFS.label, rdflib.SKOS.definition):
        for text in graph.objects(term, predicate):
            assert isinstance(text, rdflib.Literal)
            assert str(text) in [node.text() for node in section.css(f"[lang={text.language}]")]
    assert str(term) in section.text()


@pytest.mark.parametrize("name", sorted(ontology.relations))
def test_a_relation_shows_its_ends_its_inverse_and_its_type_in_neo4j(name: str, page: LexborHTMLParser) -> None:
    relation = ontology.relations[name]
    (section,) = page.css(f"section#{name}")
    links = {str(node.attributes["href"]) for node in section.css("dd a")}
    ends = relation.domain | relation.range if name != "mentions" else {"Article", "Entity"}
    assert {f"#{end}" for end in ends} | {f"#{relation.inverse}"} | {f"#{one}" for one in relation.qualifiers} <= links
    assert set(relation.mapped) <= links
    assert relation.neo4j in section.text()


@pytest.mark.parametrize("name", own_terms())
def test_what_the_turtle_leads_to_from_a_term_is_a_link_on_the_page(name: str, page: LexborHTMLParser) -> None:
    graph = rdflib.Graph().parse(data=resource("union-news.ttl").read_bytes(), format="turtle")
    (section,) = page.css(f"section#{name}")
    links = {str(node.attributes["href"]) for node in section.css("dd a")}
    for predicate, value in graph.predicate_objects(rdflib.URIRef(NAMESPACE + name)):
        if isinstance(value, rdflib.URIRef) and predicate not in (rdflib.RDF.type, rdflib.RDFS.domain):
            assert str(value).replace(NAMESPACE, "#") in links, predicate


def test_every_link_leads_somewhere(folder: Path, page: LexborHTMLParser) -> None:
    ids = {node.attributes["id"] for node in page.css("[id]")}
    for node in page.css("[href]"):
        target = str(node.attributes["href"])
        if target.startswith("#"):
            assert target.removeprefix("#") in ids
        elif not re.match(r"https?://|data:", target):
            assert (folder / target).is_file(), target
    assert {str(node.attributes["href"]) for node in page.css("header dd a")} >= set(FILES)


def test_the_version_iri_leads_to_the_page_as_well(folder: Path) -> None:
    version = LexborHTMLParser((folder / ontology.version / "index.html").read_bytes())
    for node in version.css("header dd a[type]"):
        assert (folder / ontology.version / str(node.attributes["href"])).resolve().is_file()


def test_headings_go_down_one_step_at_a_time(page: LexborHTMLParser) -> None:
    levels = [int(str(node.tag)[1]) for node in page.css("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_nothing_runs_and_nothing_is_asked_of_the_network(page: LexborHTMLParser) -> None:
    assert page.css("script, iframe, img, object, embed, form, base") == []
    assert not [node for node in page.css("*") if any(name.startswith("on") for name in node.attributes)]
    assert [node.attributes["href"] for node in page.css("link[rel=icon], link[rel=stylesheet]")] == ["data:,"]
    (policy,) = page.css("meta[http-equiv=Content-Security-Policy]")
    assert str(policy.attributes["content"]).startswith("default-src 'none'; style-src 'sha256-")
    assert "@import" not in page.css("style")[0].text()
    assert "url(" not in page.css("style")[0].text()


def test_text_is_never_markup() -> None:
    text = HOSTILE.replace('"', '\\"')
    turtle = resource("union-news.ttl").read_text(encoding="utf-8")
    hostile = turtle.replace('"organizes"@en', f'"{text}"@en').replace('"Trade-union news"@en', f'"{text}"@en')
    assert hostile.count(text) == 2
    page = LexborHTMLParser(ontology_page(Document(hostile.encode())))
    assert page.css("script, img") == []
    assert [node.text() for node in page.css("#organizes h3 .en")] == [HOSTILE]
    assert page.css("title")[0].text().endswith(f"{HOSTILE}: ontology")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_contrast(scheme: str) -> None:
    """WCAG 2.1 AA wants 4.5 for text."""
    style = files("exports").joinpath("assets", "ontology.css").read_text(encoding="utf-8")
    blocks = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    colours = blocks[0] if scheme == "light" else blocks[1]
    for ink in ("ink", "soft", "accent", "link"):
        for paper in ("paper", "wash"):
            light, dark = sorted((luminance(colours[ink]), luminance(colours[paper])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, paper)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", SYNTAXES)
def test_every_syntax_holds_the_same_graph(name: str, folder: Path) -> None:
    wanted = rdflib.Graph().parse(data=resource("union-news.ttl").read_bytes(), format="turtle")
    assert isomorphic(rdflib.Graph().parse(folder / name, format=SYNTAXES[name]), wanted)


@pytest.mark.jena
@pytest.mark.parametrize("name", SYNTAXES)
def test_jena_reads_every_syntax_without_a_warning(name: str, folder: Path) -> None:
    syntaxes = {"xml": "rdfxml", "nt": "ntriples", "json-ld": "jsonld"}
    syntax = SYNTAXES[name]
    assert len(jena.riot(folder / name, syntaxes.get(syntax, syntax))) == len(
        rdflib.Graph().parse(data=resource("union-news.ttl").read_bytes(), format="turtle")
    )


def test_shapes_are_those_of_the_package(folder: Path) -> None:
    assert (folder / "shapes.ttl").read_bytes() == resource("shapes.ttl").read_bytes()


def test_the_command_writes_the_same_folder_every_time(folder: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        done = kg("ontology", "-o", str(tmp_path / "site"), PYTHONHASHSEED=seed)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        found = {path.relative_to(tmp_path / "site"): path.read_bytes() for path in found_in(tmp_path / "site")}
        assert found.pop(Path(".kg-export")) == b""
        assert found == {path.relative_to(folder): path.read_bytes() for path in found_in(folder)}
    assert {str(path) for path in found} == {*FILES, "index.html", f"{ontology.version}/index.html"}


def found_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = kg("ontology", "-o", str(tmp_path))
    assert "no export made it" in one_line(done, 3)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_iri_of_the_page_is_that_of_the_ontology(page: LexborHTMLParser) -> None:
    assert [node.attributes["href"] for node in page.css("link[rel=canonical]")] == [IRI]
