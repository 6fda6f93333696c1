"""Clients that others wrote: SPARQLWrapper, rdflib's own, and Jena's remote query."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, N3, POST, POSTDIRECTLY, RDFXML, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from tests.jena import jena
from tests.serve.server import PREFIX, UN, Server

UNIONS = PREFIX + "SELECT ?u ?name { ?u a un:TradeUnion ; rdfs:label ?name } ORDER BY ?name"


def wrapper(server: Server, query: str, wanted: str) -> SPARQLWrapper:
    client = SPARQLWrapper(server.url + "sparql")
    client.setQuery(query)
    client.setReturnFormat(wanted)
    return client


def names(server: Server) -> list[str]:
    return [row["name"] for row in server.rows(UNIONS)]


def test_sparqlwrapper_reads_rows(server: Server) -> None:
    expected = names(server)
    assert len(expected) > 5
    told: Any = wrapper(server, UNIONS, JSON).queryAndConvert()
    assert [row["name"]["value"] for row in told["results"]["bindings"]] == expected
    document: Any = wrapper(server, UNIONS, XML).queryAndConvert()
    assert len(document.getElementsByTagName("result")) == len(expected)
    table: Any = wrapper(server, UNIONS, CSV).queryAndConvert()
    assert len(table.decode().splitlines()) == len(expected) + 1


@pytest.mark.parametrize("how", ["urlencoded", POSTDIRECTLY])
def test_sparqlwrapper_posts(server: Server, how: str) -> None:
    client = wrapper(server, UNIONS, JSON)
    client.setMethod(POST)
    client.setRequestMethod(how)
    told: Any = client.queryAndConvert()
    assert [row["name"]["value"] for row in told["results"]["bindings"]] == names(server)


@pytest.mark.parametrize("wanted", [TURTLE, N3, RDFXML])
def test_sparqlwrapper_reads_graphs(server: Server, wanted: str) -> None:
    query = PREFIX + "CONSTRUCT { ?u rdfs:label ?name } { ?u a un:TradeUnion ; rdfs:label ?name }"
    found: Any = wrapper(server, query, wanted).queryAndConvert()
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
    assert sorted(map(str, graph.objects(None, rdflib.RDFS.label))) == sorted(names(server))


def test_sparqlwrapper_knows_a_bad_query(server: Server) -> None:
    with pytest.raises(QueryBadFormed, match="syntax error: line 1"):
        wrapper(server, "SELECT * { ?s ?p", JSON).query()


def test_rdflib_asks_it_as_a_store(server: Server) -> None:
    graph = rdflib.Graph(SPARQLStore(server.url + "sparql"))
    found = [str(row[1]) for row in graph.query(UNIONS)]  # type: ignore[index]
    assert found == names(server)
    one = next(iter(graph.subjects(rdflib.RDF.type, rdflib.URIRef(UN + "District"))))
    assert graph.value(one, rdflib.RDFS.label)


@pytest.mark.jena
def test_jena_asks_it(server: Server) -> None:
    done = jena("arq.rsparql", f"--service={server.url}sparql", "--results=JSON", UNIONS)
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert [row["name"]["value"] for row in told["results"]["bindings"]] == names(server)


@pytest.mark.jena
def test_jena_reads_graphs_and_is_told_of_bad_queries(server: Server) -> None:
    query = PREFIX + "CONSTRUCT { ?u rdfs:label ?name } { ?u a un:TradeUnion ; rdfs:label ?name }"
    done = jena("arq.rsparql", f"--service={server.url}sparql", "--results=N-TRIPLES", query)
    assert done.returncode == 0, done.stderr.decode()
    assert len(done.stdout.splitlines()) == len(set(server.ask(query, format="nt").text.splitlines()))
    refused = jena("arq.rsparql", f"--service={server.url}sparql", "SELECT * { SERVICE <http://127.0.0.1:9/> {} }")
    assert refused.returncode != 0
    assert b"403" in refused.stderr
