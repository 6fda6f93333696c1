"""JSON that uses the context means what the Turtle means, and the data can be written with it and read back."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import rdflib
from rdflib.compare import isomorphic

from exports import get_exporter
from exports.context import context, context_bytes
from exports.rdf.terms import EDTF, PREFIXES
from ontology import NAMESPACE, ontology
from tests.exports.graphs import sample
from tests.sample import sample_graph

BASE = "https://example.org/id/"
WRITTEN: list[dict[str, Any]] = [
    {
        "id": BASE + "union",
        "type": "TradeUnion",
        "name": {"zh": "江州市总工会"},
        "alias": {"zh": ["市总工会", "市总"]},
        "rdfs:label": {"zh": "江州市总工会"},
        "organizes": BASE + "contest",
    },
    {
        "id": BASE + "contest",
        "type": ["Activity", "schema:Event"],
        "start": "2025-03-05",
        "vague": False,
        "countMin": 100,
        "count": "百余人",
        "dcterms:date": "2025-03-05",
        "schema:organizer": BASE + "union",
    },
    {
        "id": BASE + "union#fact-1",
        "type": "Fact",
        "subject": BASE + "union",
        "predicate": "organizes",
        "object": BASE + "contest",
        "confidence": "0.95",
        "role": "主办",
        "evidence": BASE + "article#s-1",
    },
    {"id": BASE + "fact-post", "type": "org:Membership", "org:role": BASE + "role/x", "title": "主席"},
    {"id": BASE + "article#position=1,2", "oa:start": "1", "oa:end": "2"},
    {"id": BASE + "article#s-1", "rule": BASE + "rule/by", "why": "byline"},
]
MEANT = f"""
@prefix : <{BASE}> . @prefix un: <{NAMESPACE}> .
@prefix rdfs: <{PREFIXES["rdfs"]}> . @prefix skos: <{PREFIXES["skos"]}> . @prefix xsd: <{PREFIXES["xsd"]}> .
@prefix schema: <{PREFIXES["schema"]}> . @prefix org: <{PREFIXES["org"]}> . @prefix oa: <{PREFIXES["oa"]}> .
@prefix dcterms: <{PREFIXES["dcterms"]}> .
:union a un:TradeUnion ; skos:prefLabel "江州市总工会"@zh ; rdfs:label "江州市总工会"@zh ;
    skos:altLabel "市总工会"@zh , "市总"@zh ; un:organizes :contest .
:contest a un:Activity , schema:Event ; un:start "2025-03-05"^^xsd:date ; un:vague false ; un:countMin 100 ;
    un:count "百余人" ; dcterms:date "2025-03-05"^^<{EDTF}> ; schema:organizer :union .
<{BASE}union#fact-1> a un:Fact ; un:subject :union ; un:predicate un:organizes ; un:object :contest ;
    un:confidence "0.95"^^xsd:decimal ; un:role "主办" ; un:evidence <{BASE}article#s-1> .
:fact-post a org:Membership ; org:role <{BASE}role/x> ; un:title "主席" .
<{BASE}article#position=1,2> oa:start "1"^^xsd:nonNegativeInteger ; oa:end "2"^^xsd:nonNegativeInteger .
<{BASE}article#s-1> un:rule <{BASE}rule/by> ; un:why "byline" .
"""


def test_json_means_what_turtle_means() -> None:
    text = json.dumps({"@context": context(), "@graph": WRITTEN}, ensure_ascii=False)
    read = rdflib.Graph().parse(data=text, format="json-ld")
    assert isomorphic(read, rdflib.Graph().parse(data=MEANT, format="turtle"))


@pytest.mark.parametrize("make", [sample, sample_graph])
def test_data_survives_being_written_with_it(make: Any) -> None:
    stream = io.BytesIO()
    get_exporter("ntriples").write(make(), stream)
    graph = rdflib.Graph().parse(data=stream.getvalue(), format="nt")
    text = graph.serialize(format="json-ld", context=context(), auto_compact=False)
    assert '"organizes"' in text
    again = rdflib.Graph().parse(data=text, format="json-ld")
    assert isomorphic(again, graph)


def test_every_class_relation_and_property_has_a_name() -> None:
    terms = context()
    names = {*ontology.classes, *ontology.relations, *ontology.properties} - {"many"}
    assert sorted(names - terms.keys()) == []
    assert {terms[name]["@id"] for name in ontology.relations} == {f"un:{name}" for name in ontology.relations}


def test_the_file_is_the_same_every_time_and_in_order() -> None:
    assert context_bytes() == context_bytes()
    assert json.loads(context_bytes()) == {"@context": context()}
