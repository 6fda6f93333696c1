"""Identifiers of others are facts that were checked: code and name are those of the table of divisions."""

from __future__ import annotations

import gzip
import io
import re

import rdflib

from exports import DEFAULT_BASE, get_exporter
from ontology.divisions import LEXICON
from ontology.identifiers import TABLE, exact_matches
from tests.exports.graphs import sample

ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]


def test_code_and_name_are_those_of_the_division() -> None:
    table = gzip.decompress((LEXICON / "divisions.tsv.gz").read_bytes()).decode("utf-8")
    names = {code: name for code, name, *_ in (line.split("\t") for line in table.splitlines())}
    assert [row for row in ROWS if names.get(row[0]) != row[1]] == []


def test_rows_are_sorted_and_no_code_and_no_item_stands_twice() -> None:
    codes = [row[0] for row in ROWS]
    assert codes == sorted(set(codes))
    assert len({iri for _, _, iri in ROWS}) == len(ROWS)
    assert all(re.fullmatch(r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*", iri) for _, _, iri in ROWS)


def test_all_provinces_and_their_well_known_items() -> None:
    assert len([row for row in ROWS if len(row[0]) == 2]) == 31
    known = {"11": "Q956", "31": "Q8686", "4401": "Q16572", "4403": "Q15174"}
    assert {code: exact_matches()[code].rpartition("/")[2] for code in known} == known


def test_the_source_is_named_beside_them() -> None:
    readme = (LEXICON / "identifiers.README.md").read_text(encoding="utf-8")
    assert "CC0" in readme
    assert f"{len([row for row in ROWS if len(row[0]) == 4])} of 333 cities" in readme


def test_a_district_says_what_it_is_elsewhere() -> None:
    graph = sample()
    graph.add_node("gz", key="gz", type="District", name="广州市", aliases=[], nameKey="gz", workspace="w", code="4401")
    graph.add_node("no", key="no", type="District", name="某市", aliases=[], nameKey="no", workspace="w", code="9999")
    stream = io.BytesIO()
    get_exporter("ntriples").write(graph, stream)
    data = rdflib.Graph().parse(data=stream.getvalue(), format="nt")
    assert list(data.objects(rdflib.URIRef(DEFAULT_BASE + "gz"), rdflib.SKOS.exactMatch)) == [
        rdflib.URIRef(exact_matches()["4401"])
    ]
    assert (rdflib.URIRef(DEFAULT_BASE + "no"), rdflib.SKOS.exactMatch, None) not in data
