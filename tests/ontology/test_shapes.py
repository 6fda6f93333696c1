"""Every shape passes on good data and finds the violation planted for it, in pyshacl and in Jena alike."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable
from importlib.resources import as_file
from pathlib import Path
from tempfile import TemporaryDirectory

import pyshacl
import pytest
import rdflib
from networkx import MultiDiGraph
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from exports import get_exporter
from ontology import NAMESPACE, ontology, resource
from tests import jena
from tests.exports.graphs import sample
from tests.sample import sample_graph

SHAPE = "https://w3id.org/union-news-kg/shapes#"
EXAMPLE = "https://example.org/planted/"
HELPERS = {"anyEntity"}  # aimed at nothing itself
PREFIXES = f"""
@prefix un: <{NAMESPACE}> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ex: <{EXAMPLE}> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix time: <http://www.w3.org/2006/time#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:tradeunion a un:TradeUnion ; skos:prefLabel "某区总工会"@zh .
ex:enterprise a un:Enterprise ; skos:prefLabel "某某公司"@zh .
ex:city a un:District ; skos:prefLabel "某市"@zh ; skos:inScheme ex:districts .
ex:district a un:District ; skos:prefLabel "某区"@zh ; skos:inScheme ex:districts ; skos:broader ex:city ;
    un:code "119999" ; skos:notation "119999"^^un:GBT2260 ; skos:exactMatch <http://www.wikidata.org/entity/Q0> .
ex:districts a skos:ConceptScheme ; skos:prefLabel "地区"@zh , "districts"@en .
ex:activity a un:Activity ; skos:prefLabel "某某活动"@zh ;
    schema:organizer ex:tradeunion ; schema:participant ex:person ;
    dct:date "2025-03"^^<http://id.loc.gov/datatypes/edtf/EDTF> ; schema:startDate "2025-03"^^xsd:gYearMonth .
ex:vague a un:Activity ; skos:prefLabel "近日的活动"@zh ;
    dct:date "[2025-03-05..2025-03-12]"^^<http://id.loc.gov/datatypes/edtf/EDTF> .
ex:about a un:Activity ; skos:prefLabel "当天前后"@zh ;
    dct:date "2025-03-05~"^^<http://id.loc.gov/datatypes/edtf/EDTF> .
ex:long a un:Activity ; skos:prefLabel "三天的活动"@zh ; schema:startDate "2025-03-05"^^xsd:date ;
    schema:endDate "2025-03-07"^^xsd:date ; dct:date "2025-03-05/2025-03-07"^^<http://id.loc.gov/datatypes/edtf/EDTF> .
ex:person a un:Person ; skos:prefLabel "张三"@zh .
ex:venue a un:Venue ; skos:prefLabel "某某宫"@zh .
ex:product a un:Product ; skos:prefLabel "某某卡"@zh .
ex:organization a un:Organization ; skos:prefLabel "某某中心"@zh .
ex:article a un:Article ; skos:prefLabel "标题"@zh ; un:headline "标题" ; un:onPage ex:page ;
    un:textSha256 "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" ; schema:articleBody "原文" .
ex:page a un:Page ; skos:prefLabel "版面"@zh .
ex:quote a oa:TextQuoteSelector ; oa:exact "原文" .
ex:second a oa:TextQuoteSelector ; oa:exact "文" .
ex:position a oa:TextPositionSelector ; oa:start "0"^^xsd:nonNegativeInteger ; oa:end "2"^^xsd:nonNegativeInteger .
ex:passage a oa:SpecificResource ; oa:hasSource ex:article ; oa:hasSelector ex:quote , ex:position ; un:lines "7" ;
    un:pageRanges "723-737,740-745" .
ex:annotation a oa:Annotation ; oa:hasBody ex:fact ; oa:hasTarget ex:passage ; oa:motivatedBy oa:linking ;
    un:confidence 1.0 ; un:rule ex:plan ; un:why "coreference" .
ex:plan a prov:Plan ; rdfs:label "post-before-name" .
ex:fact a un:Fact ; un:subject ex:person ; un:predicate un:hasRole ; un:object ex:tradeunion ; un:status "happened" ;
    un:confidence 1.0 ; un:sources 1 ; un:evidence ex:annotation ; prov:wasDerivedFrom ex:article .
ex:membership a org:Membership ; org:member ex:person ; org:organization ex:tradeunion ; org:role ex:role ;
    org:memberDuring ex:interval .
ex:role a org:Role , skos:Concept ; skos:prefLabel "主席"@zh .
ex:interval a time:Interval ; time:inside ex:instant , ex:year .
ex:instant a time:Instant ; time:inXSDDate "2025-03-01"^^xsd:date .
ex:month a time:Instant ; time:inXSDgYearMonth "2025-03"^^xsd:gYearMonth .
ex:year a time:Instant ; time:inXSDgYear "2025"^^xsd:gYear .
ex:retired dct:isReplacedBy ex:venue .
"""
NAME = 'skos:prefLabel "某某"@zh'


def _activity(values: str) -> str:
    return f"ex:@ a un:Activity ; {NAME} ; {values} ."


def _article(values: str) -> str:
    return f'ex:@ a un:Article ; {NAME} ; un:headline "标题" ; un:onPage ex:page ; {values} .'


def _page(values: str) -> str:
    return f"ex:@ a un:Page ; {NAME} ; {values} ."


def _without(subject: str, *predicates: str, values: str = "") -> str:
    """Return the good resource ex:`subject` under the planted name, without `predicates` and with other `values`."""
    found = re.search(rf"^ex:{subject} (a .*?) \.$", PREFIXES, re.MULTILINE | re.DOTALL)
    assert found
    kept = [part for part in re.split(r"\s;\s+", found[1]) if part.split()[0] not in predicates]
    return f"ex:@ {' ; '.join([*kept, values] if values else kept)} ."


def _with(subject: str, values: str) -> str:
    return _without(subject, values=values)


def _blank(subject: str) -> str:
    return _without(subject).replace("ex:@ ", "[] ")


# shape -> Turtle that violates it, and nothing else; @ is the name of the shape. Behind a full stop stands what tells
# apart several violations of one shape.
PLANTED: dict[str, str] = {
    "prefLabel": "ex:@ a un:Venue .",
    "altLabel": f'ex:@ a un:Venue ; {NAME} ; skos:altLabel "没有语言" .',
    "altLabel.name": f'ex:@ a un:Venue ; {NAME} ; skos:altLabel "某某馆"@zh , "某某"@zh .',
    **{name: _blank(name.lower()) for name in ontology.classes},
    "code": _without("district", "un:code", values='un:code "东河"'),
    "notation": _without("district", "skos:notation", values='skos:notation "119999"'),
    "notation.second": _with("district", 'skos:notation "110105"^^un:GBT2260'),
    "Coded": _without("district", "skos:notation"),
    "Coded.code": _without("district", "un:code"),
    "inScheme": _without("district", "skos:inScheme"),
    "broader": _with("district", "skos:broader ex:venue"),
    "exactMatch": _with("district", "skos:exactMatch ex:city"),
    "ConceptScheme": _blank("districts"),
    "date": _activity('un:date "近日" , "日前"'),
    "start": _activity('un:start "2025-03-02"^^xsd:date ; un:end "2025-03-01"^^xsd:date'),
    "end": _activity('un:end "2025-03"^^xsd:gYearMonth'),
    "precision": _activity('un:precision "hour"'),
    "vague": _activity('un:vague "是"'),
    "series": _activity("un:series 3"),
    "edition": _activity('un:edition "一" , "二"'),
    "count": _activity("un:count 100"),
    "countMin": _activity("un:countMin 200 ; un:countMax 100"),
    "countMax": _activity("un:countMax -1"),
    "countApproximate": _activity("un:countApproximate 1"),
    "countUnit": _activity('un:countUnit "人"@zh'),
    "edtf": _activity('dct:date "近日"^^<http://id.loc.gov/datatypes/edtf/EDTF>'),
    "startDate": _activity('schema:startDate "2025-03"'),
    "endDate": _activity('schema:endDate "2025"^^xsd:gYear , "2026"^^xsd:gYear'),
    "organizer": _activity("schema:organizer ex:person"),
    "participant": _activity("schema:participant ex:venue"),
    "headline": f"ex:@ a un:Article ; {NAME} ; un:onPage ex:page .",
    "headlineMade": _article('un:headlineMade "no"'),
    "kicker": _article('un:kicker "上" , "下"'),
    "page": _article("un:page ex:page"),
    "number": _article("un:number 0"),
    "paper": _page('un:paper "甲报" , "乙报"'),
    "issueDate": _page('un:issueDate "三月"'),
    "pageNumber": _page("un:pageNumber 1"),
    "articleOnPage": f'ex:@ a un:Article ; {NAME} ; un:headline "标题" .',
    "textSha256": _article('un:textSha256 "ABC"'),
    "articleBody": _article('schema:articleBody "一" , "二"'),
    "sourceText": "ex:passage-2 a oa:SpecificResource ; oa:hasSource ex:@ ; oa:hasSelector ex:quote , ex:position .\n"
    + _without("article", "un:textSha256"),
    "source": _page('un:source "papers/local.md"^^xsd:anyURI'),
    "sha256": _page('un:sha256 "abc"'),
    "Fact": _blank("fact"),
    "Proven": _without("fact", "un:evidence"),
    "subject": _without("fact", "un:subject"),
    "predicate": _without("fact", "un:predicate", values="un:predicate un:organises"),
    "object": _with("fact", "un:object ex:person"),
    "status": _without("fact", "un:status", values='un:status "maybe"'),
    "confidence": _without("fact", "un:confidence", values="un:confidence 1.1"),
    "sources": _without("fact", "un:sources", values="un:sources -1"),
    "evidence": _with("fact", "un:evidence ex:passage"),
    "derivedFrom": _with("fact", "prov:wasDerivedFrom ex:page"),
    "role": _with("fact", "un:role 1"),
    "title": _with("fact", 'un:title "主席" , "副主席"'),
    "seen": _with("fact", 'un:seen "去年"'),
    "quote": _with("fact", "un:quote ex:article"),
    "honour": _with("fact", 'un:honour "甲" , "乙"'),
    "inferred": _with("fact", 'un:inferred "true"'),
    "Annotation": _blank("annotation"),
    "body": _without("annotation", "oa:hasBody"),
    "target": _without("annotation", "oa:hasTarget", values="oa:hasTarget ex:article"),
    "motivation": _without("annotation", "oa:motivatedBy", values="oa:motivatedBy oa:commenting"),
    "rule": _without("annotation", "un:rule", values='un:rule "post-before-name"'),
    "why": _with("annotation", 'un:why "headline"'),
    "Plan": _blank("plan"),
    "planLabel": "ex:@ a prov:Plan .",
    "Passage": _blank("passage"),
    "passageSource": _without("passage", "oa:hasSource", values="oa:hasSource ex:page"),
    "quoteSelector": _with("passage", "oa:hasSelector ex:second"),
    "positionSelector": _without("passage", "oa:hasSelector", values="oa:hasSelector ex:quote"),
    "lines": _with("passage", "un:lines 7"),
    "pageRanges": _without("passage", "un:pageRanges", values='un:pageRanges "723–737"'),
    "TextQuoteSelector": _blank("quote"),
    "exact": _without("quote", "oa:exact", values='oa:exact ""'),
    "TextPositionSelector": _blank("position"),
    "startOffset": _without("position", "oa:start", values='oa:start "3"^^xsd:nonNegativeInteger'),
    "endOffset": _without("position", "oa:end", "oa:start", values="oa:end 9 ; oa:start '0'^^xsd:nonNegativeInteger"),
    "Membership": _blank("membership"),
    "member": _without("membership", "org:member", values="org:member ex:tradeunion"),
    "organization": _without("membership", "org:organization", values="org:organization ex:venue"),
    "postRole": _without("membership", "org:role", values='org:role "主席"'),
    "memberDuring": _without("membership", "org:memberDuring", values="org:memberDuring ex:instant"),
    "Role": _blank("role"),
    "Interval": _blank("interval"),
    "inside": _with("interval", "time:inside ex:month"),
    "Instant": _blank("instant"),
    "Dated": _with("instant", 'time:inXSDgYear "2025"^^xsd:gYear'),
    "Replaced": f"ex:@ a un:Venue ; {NAME} ; dct:isReplacedBy ex:venue .",
    "replacedBy": "ex:@ dct:isReplacedBy ex:nothing .",
}
for _name, _relation in ontology.relations.items():
    # something of no class at one end, and at the other what shall be there
    PLANTED[_name] = f"ex:@ un:{_name} ex:{min(_relation.range).lower()} ."
    _domain = min(_relation.domain).lower()
    PLANTED[f"{_name}-object"] = _without(_domain, f"un:{_name}", values=f"un:{_name} ex:nothing")


def parsed(turtle: bytes | str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=turtle, format="turtle")


def ask_pyshacl(data: bytes) -> set[tuple[str, str]]:
    """Return the focus node and the shape of each violation."""
    _, report, _ = pyshacl.validate(parsed(data), shacl_graph=parsed(resource("shapes.ttl").read_bytes()))
    assert isinstance(report, rdflib.Graph)
    results = report.objects(None, SH.result)  # not those that are a detail of another
    return {_named(report.value(result, SH.focusNode), report.value(result, SH.sourceShape)) for result in results}


def ask_jena(data: bytes) -> set[tuple[str, str]]:
    """Return the focus node and the shape of each violation."""
    with TemporaryDirectory() as folder, as_file(resource("shapes.ttl")) as shapes:
        path = Path(folder) / "data.ttl"
        path.write_bytes(data)
        report = parsed(jena.validate(shapes, path))
    results = report.objects(None, SH.result)  # not those that are a detail of another
    return {_named(report.value(result, SH.focusNode), report.value(result, SH.sourceShape)) for result in results}


def _named(focus: Node | None, shape: Node | None) -> tuple[str, str]:
    name = str(shape).removeprefix(SHAPE)
    return (str(focus).removeprefix(EXAMPLE) if isinstance(focus, rdflib.URIRef) else f"blank {name}", name)


def _shape(name: str) -> str:
    """Return the shape that what is planted under a name violates."""
    return name.partition(".")[0]


VALIDATORS = [pytest.param(ask_pyshacl, id="pyshacl"), pytest.param(ask_jena, id="jena", marks=pytest.mark.jena)]
Validator = Callable[[bytes], set[tuple[str, str]]]
_cache: dict[Validator, set[tuple[str, str]]] = {}


def planted(validator: Validator) -> set[tuple[str, str]]:
    """Return what is found where everything is planted at once: one run a validator instead of a hundred."""
    if validator not in _cache:
        turtle = PREFIXES + "\n".join(text.replace("ex:@", f"ex:planted-{shape}") for shape, text in PLANTED.items())
        _cache[validator] = validator(turtle.encode())
    return _cache[validator]


def test_a_violation_is_planted_for_every_shape() -> None:
    shapes = parsed(resource("shapes.ttl").read_bytes())
    nodes = {*shapes.subjects(RDF.type, SH.NodeShape), *shapes.subjects(RDF.type, SH.PropertyShape)}
    assert {str(node).removeprefix(SHAPE) for node in nodes} == {_shape(name) for name in PLANTED} | HELPERS


@pytest.mark.parametrize("validator", VALIDATORS)
@pytest.mark.parametrize("graph", [sample, sample_graph])
def test_good_data_passes(graph: Callable[[], MultiDiGraph[str]], validator: Validator) -> None:
    stream = io.BytesIO()
    get_exporter("turtle").write(graph(), stream)
    assert validator(stream.getvalue()) == set()


@pytest.mark.parametrize("validator", VALIDATORS)
def test_what_is_planted_upon_passes(validator: Validator) -> None:
    assert validator(PREFIXES.encode()) == set()


@pytest.mark.parametrize("validator", VALIDATORS)
@pytest.mark.parametrize("name", sorted(PLANTED))
def test_planted_violation_is_found(name: str, validator: Validator) -> None:
    focus = f"planted-{name}" if "ex:@" in PLANTED[name] else f"blank {name}"
    assert {found for where, found in planted(validator) if where == focus} == {_shape(name)}


@pytest.mark.jena
def test_both_validators_find_the_same() -> None:
    assert planted(ask_pyshacl) == planted(ask_jena)


def test_messages_stand_in_both_languages() -> None:
    shapes = parsed(resource("shapes.ttl").read_bytes())
    for kind in (SH.NodeShape, SH.PropertyShape):
        for shape in shapes.subjects(RDF.type, kind):
            messages = [text for text in shapes.objects(shape, SH.message) if isinstance(text, rdflib.Literal)]
            assert sorted(str(text.language) for text in messages) == ["en", "zh"], shape


@pytest.mark.parametrize("name", sorted(ontology.relations))
def test_shapes_join_what_the_ontology_joins(name: str) -> None:
    shapes = parsed(resource("shapes.ttl").read_bytes())
    relation = ontology.relations[name]
    for shape, classes in ((name, relation.domain), (f"{name}-object", relation.range)):
        node: Node = rdflib.URIRef(SHAPE + shape)
        node = shapes.value(node, SH.node) or node
        choices: list[Node] = [node]
        for alternatives in shapes.objects(node, SH["or"]):
            choices += Collection(shapes, alternatives)
        named = {
            str(found).removeprefix(NAMESPACE) for choice in choices for found in shapes.objects(choice, SH["class"])
        }
        assert named == classes


def test_file_is_tidy() -> None:
    turtle = resource("shapes.ttl").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", turtle)
    assert not set("\t\r") & set(turtle)
    assert turtle.endswith(".\n")
    assert not re.search(r"[ ]+$", turtle, re.MULTILINE)
