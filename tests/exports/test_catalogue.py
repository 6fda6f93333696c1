"""The catalogue: it counts what there is, passes the shapes of others, and its dates keep their law."""

from __future__ import annotations

import datetime
import functools
import hashlib
import io
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDFS, SDO, SH, SKOS, TIME, VOID, XSD
from rdflib.term import Node

from exports import DEFAULT_BASE, get_exporter
from exports.catalogue import (
    Build,
    Contact,
    Dump,
    Portal,
    Publisher,
    Summary,
    Text,
    catalogue,
    catalogue_iri,
    day_of_issue,
    keeper,
    lines_of,
    measure,
    read_portal,
    summarise,
    summary,
    to_bytes,
    void_description,
)
from exports.catalogue.terms import DCATAP, FORMATS, SPDX, VCARD
from exports.rdf import triples
from kg.errors import InputError, KGError, UnknownName
from kg.workspace import PORTAL, draft
from ontology import NAMESPACE, ontology
from tests.exports.graphs import sample
from tests.jena import riot, validate
from tests.sample import sample_graph

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "dcat-ap"
needs_shapes = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"no {SHARED}: the shapes are shared beside the repository"
)
CODE = f"{NAMESPACE}GBT2260"
GRAPHS = {"awkward": sample, "sample": sample_graph}
DUMPS = (
    Dump("dumps/union-news.nt.gz", "ntriples", 4711, "a1" * 32, True),
    Dump("dumps/union-news.ttl", "turtle", 12345, "b2" * 32),
    Dump("dumps/union-news.trig", "trig", 67890, "c3" * 32),
)
BUILD = Build("0.1.0", pages=3, helpers=("lac",))
PLAIN = Portal()
FULL = """
base = "https://example.org/工会/id/"
landing_page = "https://example.org/工会/"
sparql = "https://example.org/sparql"
licence = "https://opendatacommons.org/licenses/by/1-0/"
frequency = "http://publications.europa.eu/resource/authority/frequency/WEEKLY"
availability = "STABLE"
themes = ["SOCI", "http://publications.europa.eu/resource/authority/data-theme/EDUC", "SOCI"]
spatial = ["https://example.org/place"]

[title]
zh = "京华工会图谱"
en = "Unions of Jinghua"

[description]
zh = "说明“一”"
en = 'What it is, "quoted" \\ <b>'

[rights]
zh = "权利"
en = "Rights"

[publisher]
name = "京华工会"
iri = "https://example.org/#us"
type = "NonProfitOrganisation"

[contact]
name = "编辑部"
email = "kg+data@example.org"

[keywords]
zh = ["工会"]
en = []
"""


@functools.cache
def lines(name: str = "sample", base: str = DEFAULT_BASE) -> bytes:
    stream = io.BytesIO()
    get_exporter("ntriples").write(GRAPHS[name](), stream, base=base)
    return stream.getvalue()


@functools.cache
def counted(name: str = "sample", base: str = DEFAULT_BASE) -> Summary:
    return summarise(io.BytesIO(lines(name, base)), base=base)


@functools.cache
def read(name: str = "sample") -> Graph:
    return Graph().parse(data=lines(name), format="nt")


def portal(folder: Path, text: str = FULL) -> Portal:
    (folder / PORTAL).write_text(text, encoding="utf-8")
    return read_portal(folder / PORTAL)


def made(
    keeps: Portal = PLAIN, issued: str | None = "2025-06-01", previous: bytes | None = None, **changed: Any
) -> Graph:
    found = replace(counted(base=keeps.base), **changed)
    return catalogue(keeps, found, DUMPS, ontology.version, BUILD, issued=issued, previous=previous)


def triple_lines(*triples_: str, base: str = DEFAULT_BASE) -> list[bytes]:
    """Return lines of N-Triples, sorted; `<x>` without a scheme is below the base."""
    full = (re.sub(r"<(?![a-z]+:)", f"<{base}", line) for line in triples_)
    return sorted(f"{line} .\n".encode() for line in full)


# ---------------------------------------------------------------- what there is


@pytest.mark.parametrize("name", GRAPHS)
def test_counts_are_those_of_rdflib(name: str) -> None:
    graph, found = read(name), counted(name)
    assert found.triples == len(graph)
    assert found.subjects == len(set(graph.subjects()))
    assert found.objects == len(set(graph.objects()))
    assert dict(found.classes) == {str(c): len(set(graph.subjects(RDF.type, c))) for c in graph.objects(None, RDF.type)}
    assert {verb: (n, s) for verb, n, s in found.properties} == {
        str(p): (len(list(graph.subject_objects(p))), len(set(graph.subjects(p)))) for p in graph.predicates()
    }
    ours = {str(s) for s in graph.subjects() if str(s).startswith(DEFAULT_BASE)}
    assert found.documents == len({iri.partition("#")[0] for iri in ours})
    assert found.entities == len({iri for iri in ours if "#" not in iri and (URIRef(iri), RDF.type, None) in graph})
    assert found.fragments == sum("#" in str(s) for s in graph.subjects())
    assert set(found.languages) == {o.language for o in graph.objects() if isinstance(o, rdflib.Literal)} - {None}
    assert found.sha256 == hashlib.sha256(lines(name)).hexdigest()


@pytest.mark.parametrize("name", GRAPHS)
def test_what_else_is_told_is_in_the_data(name: str) -> None:
    graph, found = read(name), counted(name)
    dates = sorted(str(date) for date in graph.objects(None, URIRef(NAMESPACE + "issueDate")))
    assert found.first == dates[0]
    assert found.last.startswith(dates[-1][:7])
    assert all((URIRef(iri), RDF.type, URIRef(kind)) in graph for kind, iri in found.examples)
    rules = {str(rule).removeprefix(DEFAULT_BASE + "rule/") for rule in graph.objects(None, URIRef(NAMESPACE + "rule"))}
    assert {rdflib.URIRef(rule) for rule in found.rules} == {rdflib.URIRef(rule) for rule in rules}
    terms = {str(p) for p in graph.predicates()} | {str(c) for c in graph.objects(None, RDF.type)}
    assert all(any(term.startswith(space) for space in found.vocabularies) for term in terms)
    assert all(space[-1] in "#/" and any(term.startswith(space) for term in terms) for space in found.vocabularies)


def test_triples_and_lines_are_counted_alike() -> None:
    assert summarise(lines_of(triples(sample_graph()))) == counted()


def test_an_empty_graph_has_a_catalogue_too() -> None:
    found = summarise([])
    assert (found.triples, found.objects, found.first, found.classes) == (0, 0, "", ())
    graph = catalogue(Portal(), found, (), ontology.version, BUILD)
    assert (None, DCTERMS.temporal, None) not in graph


KEYS = st.text("ab-1.", min_size=1, max_size=4)


@given(st.sets(st.tuples(KEYS, st.sampled_from(["", "#x", "#y-1"])), max_size=30))
def test_documents_are_counted_once_however_their_parts_sort(things: set[tuple[str, str]]) -> None:
    found = summarise(triple_lines(*(f"<{key}{part}> <x:p> <{key}>" for key, part in things)))
    assert found.documents == len({key for key, _ in things})
    assert found.subjects == len(things)


@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(0, 9), max_size=60), st.integers(1, 20))
def test_distinct_values_are_counted_through_runs(values: list[int], held: int) -> None:
    with summary._Distinct() as distinct:
        for value in values:
            distinct.held.add(value)
            if len(distinct.held) >= held:
                distinct.spill()
        assert distinct.count() == len(set(values))


def test_objects_are_counted_through_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "_HELD", 10)
    monkeypatch.setattr(summary, "_BATCH", 7)
    assert summarise(io.BytesIO(lines())) == counted()


DATES = st.dates().map(str).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))


@given(st.lists(DATES, min_size=1, max_size=8))
def test_the_period_reaches_from_the_first_to_the_last_date(dates: list[str]) -> None:
    found = summarise(triple_lines(*(f'<a{i}> <{NAMESPACE}issueDate> "{date}"' for i, date in enumerate(dates))))
    assert found.first in dates
    assert found.last in dates
    for date in dates:
        assert (found.first + "-01-01"[len(found.first) - 4 :]) <= (date + "-01-01"[len(date) - 4 :])
        assert (found.last + "-12-31"[len(found.last) - 4 :]) >= (date + "-12-31"[len(date) - 4 :])


def test_links_to_other_datasets_are_counted_by_dataset() -> None:
    assert counted().links == ()
    match, same = SKOS.exactMatch, OWL.sameAs
    found = summarise(
        triple_lines(
            f"<a> <{match}> <http://www.wikidata.org/entity/Q1>",
            f"<b> <{match}> <http://www.wikidata.org/entity/Q2>",
            f"<b> <{same}> <https://example.org/x#b>",
            f"<c> <{match}> <b>",
            f'<d> <{same}> "no link"',
        )
    )
    assert found.links == (
        (str(same), "https://example.org/x#", 1),
        (str(match), "http://www.wikidata.org/entity/", 2),
    )
    graph = void_description(Portal(), found, ())
    assert {str(graph.value(one, VOID.linkPredicate)) for one in graph.subjects(RDF.type, VOID.Linkset)} == {
        str(match),
        str(same),
    }
    assert "Wikidata" in {str(title) for title in graph.objects(None, DCTERMS.title)}


def test_a_code_is_one_of_its_scheme_as_in_the_data() -> None:
    codes = set(made().subject_objects(SKOS.notation))
    assert {str(code) for _, code in codes} == {code for _, _, code in counted().districts}
    assert codes <= set(read().subject_objects(SKOS.notation))


def test_only_districts_that_lie_in_no_other_are_named() -> None:
    assert [(name, code) for _, name, code in counted().districts] == [
        ("北京市", "110000"),
        ("和田市", "653201"),
        ("上海市", "310000"),
    ]
    many = (
        line
        for i in range(100)
        for line in (f"<d{i}> <{RDF.type}> <{NAMESPACE}District>", f'<d{i}> <{SKOS.notation}> "{i}"^^<{CODE}>')
    )
    assert summarise(triple_lines(*many)).districts == ()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ([b"<b> <p> <o> .\n", b"<a> <p> <o> .\n"], "not in order"),
        ([b"<a>\n", b"<a> <p> <o> .\n"], "no line of N-Triples"),
        ([b"<a> <p> <o> ."], "ends with a full stop and a line end"),
    ],
)
def test_what_is_not_sorted_ntriples_is_refused(wrong: list[bytes], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        summarise(wrong)
    assert "\n" not in str(caught.value)


# ---------------------------------------------------------------- what the keeper decides


def test_without_a_word_everything_has_a_default(tmp_path: Path) -> None:
    assert portal(tmp_path, "") == Portal()
    assert Portal().licence == "https://creativecommons.org/licenses/by/4.0/"
    assert Portal().home == Portal().site == "https://w3id.org/union-news-kg/"


def test_the_example_in_the_module_is_read(tmp_path: Path) -> None:
    text = (keeper.__doc__ or "").partition("\n\n")[2]
    assert portal(tmp_path, text).themes == ("SOCI", "GOVE")


def test_the_example_in_the_guide_is_read(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```toml\n(base.*?)```", guide, flags=re.DOTALL)
    assert portal(tmp_path, text).contact.email == "kg@example.org"


def test_every_key_is_read(tmp_path: Path) -> None:
    found = portal(tmp_path)
    assert all(getattr(found, field.name) != getattr(Portal(), field.name) for field in fields(Portal))
    assert found.site == "https://example.org/工会/"
    assert (found.frequency, found.themes) == ("WEEKLY", ("SOCI", "EDUC"))
    assert found.publisher == Publisher("京华工会", "https://example.org/#us", "NonProfitOrganisation")
    assert found.contact == Contact("编辑部", "kg+data@example.org")


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("licens = 'https://x.org/'", UnknownName, "no key in .*'licens'; did you mean licence"),
        ("[title]\nzh = 'x'\nfr = 'y'", UnknownName, r"no key in \[title\] of .*'fr'"),
        ("[publisher]\nname = 'x'\nmail = 'y'", UnknownName, r"no key in \[publisher\]"),
        ("themes = ['WORK']", UnknownName, "no theme for themes in .*'WORK'"),
        ("frequency = 'OFTEN'", UnknownName, "no frequency for frequency in .*'OFTEN'"),
        ("availability = 'x'", UnknownName, "no availability for availability in"),
        ("[publisher]\nname = 'x'\ntype = 'Firm'", UnknownName, r"no type of publisher for publisher\.type in"),
        ("title = 'x'", InputError, r"title = 'x' is no section; write \[title\]"),
        ("[title]\nzh = 'x'", InputError, r"\[title\] has no en"),
        ("[publisher]\niri = 'https://x.org/'", InputError, r"\[publisher\] has no name"),
        ("[title]\nzh = 'x'\nen = 3", InputError, r"title\.en = 3 is wrong; write a text"),
        ("[title]\nzh = ' '\nen = 'y'", InputError, r"title\.zh = ' ' is wrong"),
        ('[title]\nzh = "\\u0001"\nen = "y"', InputError, r"title\.zh = .* without control characters"),
        ("base = 'https://x.org/id'", InputError, "base = 'https://x.org/id' is wrong; write an IRI that ends with /"),
        ("base = 'https://x.org/#/'", InputError, "has no #"),
        ("licence = 'CC BY'", InputError, "licence = 'CC BY' is wrong; write an IRI that starts with https"),
        ("sparql = '/sparql'", InputError, "sparql = '/sparql' is wrong"),
        ("landing_page = 'https://x.org/<a>'", InputError, "landing_page = .* is wrong"),
        ("spatial = 'https://x.org/'", InputError, "spatial = .* is wrong; write a list"),
        ("themes = []", InputError, r"themes = \[\] is wrong"),
        ("[keywords]\nzh = 'x'", InputError, r"keywords\.zh = 'x' is wrong; write a list of words"),
        ("[contact]\nemail = 'x at y'", InputError, r"contact\.email = 'x at y' is wrong"),
        ("[title", InputError, "not TOML"),
    ],
)
def test_what_is_not_understood_is_told_in_one_line(
    text: str, error: type[KGError], words: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=words) as caught:
        portal(tmp_path, text)
    assert PORTAL in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("key", [field.name for field in fields(Portal)])
@pytest.mark.parametrize("value", ["1", "true", "2025-01-01", "[1]", "{ a = 1 }", "''"])
def test_a_value_of_another_kind_is_refused_under_its_name(key: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(KGError, match=f"{key}") as caught:
        portal(tmp_path, f"{key} = {value}")
    assert PORTAL in str(caught.value)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        read_portal(tmp_path / "nowhere")
    (tmp_path / PORTAL).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        read_portal(tmp_path / PORTAL)


def test_the_file_may_lie_in_a_folder_before_the_first_build(tmp_path: Path) -> None:
    (tmp_path / PORTAL).write_text(FULL, encoding="utf-8")
    with draft(tmp_path):
        pass
    assert (tmp_path / PORTAL).read_text(encoding="utf-8") == FULL


# ---------------------------------------------------------------- what the shapes of others say

# Warnings that stay. Places have no geometry here. Who publishes is not known where nobody said so, nor when.
GEOMETRY = {(DCTERMS.Location, DCAT.bbox), (DCTERMS.Location, DCAT.centroid)}
UNSAID = {(FOAF.Agent, DCTERMS.type)}
UNDATED = {(DCAT.Catalog, DCTERMS.issued), (DCAT.Catalog, DCTERMS.modified)}
PUBLISHED = ("shapes.ttl", "range.ttl", "shapes_recommended.ttl", "dcat-ap-SHACL.ttl")
Result = tuple[Node | None, Node | None, Node | None]  # severity, where, path


@functools.cache
def shapes(name: str) -> Graph:
    """Return published shapes, without property shapes that are named but not said: both validators refuse these."""
    graph = Graph().parse(SHARED / name)
    for shape, rule in list(graph.subject_objects(SH.property)):
        if (rule, SH.path, None) not in graph:
            assert (rule, None, None) not in graph
            graph.remove((shape, SH.property, rule))
    return graph


def by_pyshacl(name: str, data: Graph, _: Path) -> set[Result]:
    return _results(pyshacl.validate(data, shacl_graph=shapes(name))[1])


def by_jena(name: str, data: Graph, folder: Path) -> set[Result]:
    (folder / "data.nt").write_bytes(to_bytes(data, "ntriples"))
    shapes(name).serialize(folder / name, format="turtle", encoding="utf-8")
    return _results(Graph().parse(data=validate(folder / name, folder / "data.nt"), format="turtle"))


def _results(report: Graph) -> set[Result]:
    return {
        (
            report.value(one, SH.resultSeverity),
            report.value(one, SH.focusNode),
            report.value(one, SH.resultPath),
        )
        for one in report.objects(None, SH.result)
    }


VALIDATORS = [
    pytest.param(by_pyshacl, id="pyshacl"),
    pytest.param(by_jena, id="jena", marks=pytest.mark.jena),
]


@needs_shapes
@pytest.mark.parametrize("validator", VALIDATORS)
@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("keeps", ["default", "full", "undated"])
def test_dcat_ap_has_nothing_against_it(validator: object, name: str, keeps: str, tmp_path: Path) -> None:
    assert callable(validator)
    graph = made(portal(tmp_path) if keeps == "full" else Portal(), None if keeps == "undated" else "2025-06-01")
    found = validator(name, graph, tmp_path)
    if name != "shapes_recommended.ttl":
        assert found == set()
        return
    assert {severity for severity, _, _ in found} <= {SH.Warning}
    kinds = {
        (kind, path) for _, where, path in found for kind in graph.objects(where, RDF.type) if kind != DCAT.Dataset
    }
    assert (
        kinds
        == {
            "default": GEOMETRY | UNSAID,
            "full": GEOMETRY,
            "undated": GEOMETRY | UNSAID | UNDATED,
        }[keeps]
    )


def mandatory() -> Iterator[tuple[Node, Node]]:
    """Yield each class with a property that the shapes demand of it."""
    graph = shapes("shapes.ttl")
    for shape, kind in graph.subject_objects(SH.targetClass):
        for rule in graph.objects(shape, SH.property):
            if graph.value(rule, SH.minCount) and graph.value(rule, SH.severity) == SH.Violation:
                path = graph.value(rule, SH.path)
                assert isinstance(path, URIRef)
                yield kind, path


@needs_shapes
@pytest.mark.parametrize("validator", VALIDATORS)
def test_each_mandatory_property_that_is_missing_is_found(validator: object, tmp_path: Path) -> None:
    assert callable(validator)
    graph = made(portal(tmp_path))
    faults = {(where, path) for kind, path in mandatory() for where in graph.subjects(RDF.type, kind)}
    kinds = {kind for kind, path in mandatory() for _ in graph.subjects(RDF.type, kind)}
    assert {DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, DCAT.DataService, FOAF.Agent, SPDX.Checksum} <= kinds
    for where, path in faults:
        assert (where, path, None) in graph, (where, path)  # it is said before it is taken out
        graph.remove((where, path, None))
    for name in ("shapes.ttl", "dcat-ap-SHACL.ttl"):
        found = validator(name, graph, tmp_path)
        assert {(where, path) for severity, where, path in found if severity == SH.Violation} >= faults


@needs_shapes
@pytest.mark.parametrize("validator", VALIDATORS)
def test_each_thing_without_its_class_is_found(validator: object, tmp_path: Path) -> None:
    assert callable(validator)
    graph = made(portal(tmp_path))
    ranges = shapes("range.ttl")
    looked_at = set(ranges.objects(None, SH.targetClass))
    faults = {
        (where, path)
        for shape, kind in ranges.subject_objects(SH.targetClass)
        for rule in ranges.objects(shape, SH.property)
        for path in ranges.objects(rule, SH.path)
        for where in graph.subjects(RDF.type, kind)
        if isinstance(path, URIRef)
        and (wanted := ranges.value(rule, SH["class"])) not in looked_at
        and any((value, RDF.type, wanted) in graph for value in graph.objects(where, path))
    }
    assert len({path for _, path in faults}) > 10
    for subject, kind in list(graph.subject_objects(RDF.type)):
        if kind not in looked_at:
            graph.remove((subject, RDF.type, kind))
    found = validator("range.ttl", graph, tmp_path)
    assert {(where, path) for _, where, path in found} >= faults


# ---------------------------------------------------------------- what it says


def dataset(keeps: Portal = PLAIN) -> URIRef:
    return URIRef(catalogue_iri(keeps) + "#dataset")


@pytest.mark.parametrize("document", ["catalogue", "void"])
def test_void_says_what_rdflib_counts(document: str) -> None:
    graph = made() if document == "catalogue" else void_description(Portal(), counted(), DUMPS)
    data, me = read(), dataset()

    def number(subject: Node, verb: URIRef) -> int:
        value = graph.value(subject, verb)
        assert isinstance(value, rdflib.Literal)
        return int(value)

    assert number(me, VOID.triples) == len(data)
    assert number(me, VOID.distinctSubjects) == len(set(data.subjects()))
    assert number(me, VOID.distinctObjects) == len(set(data.objects()))
    assert number(me, VOID.properties) == len(set(data.predicates()))
    assert number(me, VOID.classes) == len(set(data.objects(None, RDF.type)))
    start, form = str(graph.value(me, VOID.uriSpace)), re.compile(str(graph.value(me, VOID.uriRegexPattern)))
    entities = {str(s) for s in data.subjects(RDF.type) if form.match(str(s))}
    assert number(me, VOID.entities) == len(entities)
    assert all(iri.startswith(start) for iri in entities)
    parts = {
        graph.value(one, VOID["class"]): number(one, VOID.entities) for one in graph.objects(me, VOID.classPartition)
    }
    assert parts == {kind: len(set(data.subjects(RDF.type, kind))) for kind in data.objects(None, RDF.type)}
    by_property = {
        graph.value(one, VOID.property): (number(one, VOID.triples), number(one, VOID.distinctSubjects))
        for one in graph.objects(me, VOID.propertyPartition)
    }
    assert by_property == {
        verb: (len(list(data.subject_objects(verb))), len(set(data.subjects(verb)))) for verb in data.predicates()
    }
    subsets = list(graph.objects(me, VOID.subset))
    assert sum(number(one, VOID.triples) for one in subsets) == len(data)
    assert all((example, RDF.type, None) in data for example in graph.objects(me, VOID.exampleResource))
    assert {str(url) for url in graph.objects(me, VOID.dataDump)} == {Portal().site + dump.path for dump in DUMPS}


def test_a_void_document_speaks_of_the_dataset_of_the_catalogue() -> None:
    graph = void_description(Portal(), counted(), DUMPS)
    (document,) = graph.subjects(RDF.type, VOID.DatasetDescription)
    assert str(document) == "https://w3id.org/union-news-kg/.well-known/void"
    assert set(graph.objects(document, FOAF.primaryTopic)) == {dataset()}
    said = {triple for triple in graph if str(triple[1]).startswith(str(VOID))}
    assert said <= set(made())


def test_each_file_is_a_distribution() -> None:
    graph = made()
    one = URIRef(catalogue_iri(Portal()) + "#dump-union-news.nt.gz")
    assert one in set(graph.objects(dataset(), DCAT.distribution))
    said = {str(verb): str(value) for verb, value in graph.predicate_objects(one)}
    assert said[str(DCAT.downloadURL)] == "https://w3id.org/union-news-kg/dumps/union-news.nt.gz"
    assert said[str(DCAT.mediaType)] == "https://www.iana.org/assignments/media-types/application/n-triples"
    assert said[str(DCAT.compressFormat)] == "https://www.iana.org/assignments/media-types/application/gzip"
    assert said[str(DCAT.byteSize)] == "4711"
    checksum = graph.value(one, SPDX.checksum)
    assert str(graph.value(checksum, SPDX.checksumValue)) == "a1" * 32
    assert graph.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
    plain = URIRef(catalogue_iri(Portal()) + "#dump-union-news.ttl")
    assert (plain, DCAT.compressFormat, None) not in graph


def test_data_and_code_have_licences_of_their_own() -> None:
    graph = made()
    apache = URIRef("https://www.apache.org/licenses/LICENSE-2.0")
    assert set(graph.objects(dataset(), DCTERMS.license)) == {URIRef(Portal().licence)}
    for standard in graph.objects(dataset(), DCTERMS.conformsTo):
        assert set(graph.objects(standard, DCTERMS.license)) == {apache}
    (software,) = graph.subjects(SDO.softwareVersion)
    assert set(graph.objects(software, DCTERMS.license)) == {apache}


def test_a_licence_we_cannot_name_is_of_no_known_type(tmp_path: Path) -> None:
    iri = "https://example.org/licence"
    graph = made(portal(tmp_path, f"licence = '{iri}'"))
    assert str(graph.value(URIRef(iri), DCTERMS.type)).endswith("/UnknownIPR")


def test_the_service_is_there_where_there_is_one(tmp_path: Path) -> None:
    assert (None, RDF.type, DCAT.DataService) not in made()
    full = portal(tmp_path)
    graph = made(full)
    (service,) = graph.subjects(RDF.type, DCAT.DataService)
    assert graph.value(service, DCAT.endpointURL) == URIRef(full.sparql)
    # SPARQL 1.1 Service Description: an endpoint that is asked nothing answers with its own description
    assert set(graph.objects(service, DCAT.endpointDescription)) == {URIRef(full.sparql)}
    assert graph.value(service, DCAT.servesDataset) == dataset(full)
    assert graph.value(dataset(full), VOID.sparqlEndpoint) == URIRef(full.sparql)
    assert {title.language for title in graph.objects(service, DCTERMS.title) if isinstance(title, rdflib.Literal)} == {
        "zh",
        "en",
    }


def test_titles_stand_once_in_each_language(tmp_path: Path) -> None:
    graph = made(portal(tmp_path))
    for kind in (DCAT.Catalog, DCAT.Dataset, DCAT.DataService, DCAT.Distribution):
        for one in graph.subjects(RDF.type, kind):
            for verb in (DCTERMS.title, DCTERMS.description):
                tags = [text.language for text in graph.objects(one, verb) if isinstance(text, rdflib.Literal)]
                assert sorted(map(str, tags)) == ["en", "zh"], (one, verb)


def test_the_languages_of_the_data_are_those_of_its_literals() -> None:
    def of(*tags: str) -> set[str]:
        return {str(o).rpartition("/")[2] for o in made(languages=tags).objects(dataset(), DCTERMS.language)}

    assert of("zh") == {"ZHO"}
    assert of("en", "zh-Hans") == {"ENG", "ZHO"}
    assert of() == {"ZHO"}


def test_the_build_tells_software_rules_and_pages() -> None:
    graph = made(rules=("union.named", "规则 1/2"))
    (activity,) = graph.objects(dataset(), PROV.wasGeneratedBy)
    assert str(activity) == DEFAULT_BASE + "build"
    names = {str(graph.value(who, FOAF.name)) for who in graph.objects(activity, PROV.wasAssociatedWith)}
    assert names == {"union-news-kg", "lac"}
    (association,) = graph.objects(activity, PROV.qualifiedAssociation)
    plans = {str(plan): str(graph.value(plan, RDFS.label)) for plan in graph.objects(association, PROV.hadPlan)}
    assert plans == {
        DEFAULT_BASE + "rule/union.named": "union.named",
        DEFAULT_BASE + "rule/%E8%A7%84%E5%88%99%201%2F2": "规则 1/2",
    }
    (pages,) = graph.objects(activity, PROV.used)
    assert set(graph.objects(pages, RDF.type)) == {PROV.Collection}
    assert not [verb for verb in graph.predicates(pages) if str(verb).startswith(str(VOID))]
    (extent,) = graph.objects(pages, DCTERMS.extent)
    assert isinstance(extent, URIRef)
    assert graph.value(extent, RDF.value) == rdflib.Literal(3)
    assert {label.n3() for label in graph.objects(extent, RDFS.label)} == {'"3 个版面"@zh', '"3 pages"@en'}


def test_rules_have_the_iris_they_have_in_the_data() -> None:
    used = {o for o in read().objects(None, URIRef(NAMESPACE + "rule")) if isinstance(o, URIRef)}
    assert used <= set(made().subjects(RDF.type, PROV.Plan))


def test_the_period_is_that_of_the_issues() -> None:
    def period(**changed: Any) -> tuple[str, ...]:
        graph = made(**changed)
        one = graph.value(dataset(), DCTERMS.temporal)
        return tuple(graph.value(one, verb).n3() for verb in (DCAT.startDate, DCAT.endDate))  # type: ignore[union-attr]

    assert period() == (f'"2025-03-12"^^<{XSD.date}>', f'"2025-05-21"^^<{XSD.date}>')
    assert period(first="2024", last="2025-03") == (f'"2024"^^<{XSD.gYear}>', f'"2025-03"^^<{XSD.gYearMonth}>')


# what we use of vocabularies that rdflib does not ship closed, from their documents
KNOWN = {
    str(SPDX): {"Checksum", "ChecksumAlgorithm", "algorithm", "checksum", "checksumAlgorithm_sha256", "checksumValue"},
    str(VCARD): {"Kind", "fn", "hasEmail", "hasURL"},
    str(DCATAP): {"availability"},
    str(DCAT): {"version"},  # of DCAT 3
}


@pytest.mark.parametrize("keeps", ["default", "full"])
def test_every_term_is_one_that_its_vocabulary_has(keeps: str, tmp_path: Path) -> None:
    full = portal(tmp_path) if keeps == "full" else Portal()
    graphs = made(full), void_description(full, counted(base=full.base), DUMPS)
    closed = (DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, TIME, VOID)
    for graph in graphs:
        for term in {*graph.predicates(), *graph.objects(None, RDF.type)}:
            assert isinstance(term, URIRef)
            space = next((space for space in map(str, (*closed, *KNOWN)) if term.startswith(space)), "")
            known = term.removeprefix(space) in KNOWN.get(space, ())
            assert known or any(term in vocabulary for vocabulary in closed if str(vocabulary) == space), term


def test_there_are_no_blank_nodes(tmp_path: Path) -> None:
    for keeps in (Portal(), portal(tmp_path)):
        for graph in (made(keeps), void_description(keeps, counted(base=keeps.base), DUMPS)):
            assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)


def test_what_is_not_known_elsewhere_is_a_part_of_the_catalogue(tmp_path: Path) -> None:
    full = portal(tmp_path)
    here = (catalogue_iri(full), full.base, full.home, full.publisher.iri, NAMESPACE[:-1])
    for subject in made(full).subjects():
        iri = str(subject)
        assert iri.startswith(
            (*here, "http://publications.europa.eu/", "http://purl.org/adms/", "https://")
        ) or iri == str(SPDX.checksumAlgorithm_sha256)
        assert re.fullmatch(r"[^\s<>\"{}|\\^`]+", iri)


def test_data_of_another_base_are_refused() -> None:
    with pytest.raises(InputError, match=r"counted below .* the portal is at https://example\.org/id/"):
        catalogue(replace(PLAIN, base="https://example.org/id/"), counted(), DUMPS, ontology.version, BUILD)


# ---------------------------------------------------------------- bytes

READERS = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}


@pytest.mark.parametrize("syntax", READERS)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_every_syntax_holds_the_same_graph(syntax: str, tmp_path: Path) -> None:
    graph = made(portal(tmp_path))
    assert set(Graph().parse(data=to_bytes(graph, syntax), format=READERS[syntax])) == set(
        Graph().parse(data=graph.serialize(format="nt"), format="nt")
    )


@pytest.mark.jena
@pytest.mark.parametrize("syntax", READERS)
def test_jena_reads_it_without_a_warning(syntax: str, tmp_path: Path) -> None:
    graph = made(portal(tmp_path))
    path = tmp_path / "data"
    path.write_bytes(to_bytes(graph, syntax))
    assert len(riot(path, syntax)) == len(graph)


def test_the_catalogue_stands_first() -> None:
    text = to_bytes(made()).decode()
    first = next(line for line in text.splitlines() if not line.startswith("@prefix"))
    assert first == f"<{catalogue_iri(Portal())}> a dcat:Catalog ;"


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    code = textwrap.dedent("""
        import sys
        from tests.exports.test_catalogue import Portal, counted, made, void_description, to_bytes, DUMPS
        for syntax in ("turtle", "jsonld", "rdfxml"):
            sys.stdout.buffer.write(to_bytes(made(), syntax))
        sys.stdout.buffer.write(to_bytes(void_description(Portal(), counted(), DUMPS)))
    """)
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert b"dcat:Catalog" in runs[0]


def test_an_unknown_syntax_or_format_is_refused() -> None:
    with pytest.raises(UnknownName, match="'xml'"):
        to_bytes(made(), "xml")
    with pytest.raises(UnknownName, match=r"format of dumps/x\.csv"):
        catalogue(Portal(), counted(), [Dump("dumps/x.csv", "csv", 1, "0")], ontology.version, BUILD)


@pytest.mark.parametrize("name", ["union-news.nt", "union-news.nt.gz", "union-news.jsonld", "union-news.rdf.gz"])
def test_a_file_is_measured(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"some bytes")
    found = measure(tmp_path / name, f"dumps/{name}")
    assert (found.size, found.sha256) == (10, hashlib.sha256(b"some bytes").hexdigest())
    assert found.gzip == name.endswith(".gz")
    assert found.format in FORMATS


def test_a_file_of_no_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"")
    with pytest.raises(UnknownName, match=r"dumps/x\.csv.*'csv'"):
        measure(tmp_path / "x.csv", "dumps/x.csv")


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("issued", "epoch", "day"),
    [
        (None, None, None),
        ("", "", None),
        ("2025-03-01", None, "2025-03-01"),
        ("2025-03-01", "0", "2025-03-01"),
        (None, "0", "1970-01-01"),
        (None, "1740787200", "2025-03-01"),
    ],
)
def test_the_day_of_issue_is_given(issued: str | None, epoch: str | None, day: str | None) -> None:
    assert day_of_issue(issued, epoch) == day


@pytest.mark.parametrize(("issued", "epoch"), [("1. März", None), ("2025-02-30", "0"), (None, "now"), (None, "9" * 30)])
def test_what_is_no_day_is_refused(issued: str | None, epoch: str | None) -> None:
    with pytest.raises(InputError, match=r"no day of issue|SOURCE_DATE_EPOCH"):
        day_of_issue(issued, epoch)


def dates(graph: Graph, part: str) -> tuple[str | None, str | None]:
    one = URIRef(catalogue_iri(Portal()) + part)
    return tuple(None if (d := graph.value(one, v)) is None else str(d) for v in (DCTERMS.issued, DCTERMS.modified))  # type: ignore[return-value]


def test_without_a_day_there_is_no_date() -> None:
    assert (None, DCTERMS.issued, None) not in made(issued=None)
    assert (None, DCTERMS.modified, None) not in made(issued=None)


def test_a_catalogue_made_again_later_is_the_same() -> None:
    first = to_bytes(made())
    assert to_bytes(made(issued="2026-01-01", previous=first)) == first
    assert to_bytes(made(issued=None, previous=first)) == first


def test_only_what_changed_is_modified() -> None:
    first = to_bytes(made())
    ttl = "#dump-union-news.ttl"
    # the title changes: the catalogue says something else, the data do not
    graph = catalogue(
        Portal(title=Text("新名", "New name")),
        counted(),
        DUMPS,
        ontology.version,
        BUILD,
        issued="2026-01-01",
        previous=first,
    )
    assert dates(graph, "") == ("2025-06-01", "2026-01-01")
    assert dates(graph, "#dataset") == dates(graph, ttl) == ("2025-06-01", "2025-06-01")
    # one file is written otherwise
    other = [replace(dump, sha256="d4" * 32) if dump.format == "turtle" else dump for dump in DUMPS]
    graph = catalogue(Portal(), counted(), other, ontology.version, BUILD, issued="2026-01-01", previous=first)
    assert dates(graph, ttl) == dates(graph, "") == ("2025-06-01", "2026-01-01")
    assert dates(graph, "#dataset") == dates(graph, "#dump-union-news.trig") == ("2025-06-01", "2025-06-01")
    # the content is another, and nobody says when
    graph = made(issued=None, previous=first, sha256="e5" * 32)
    assert dates(graph, "#dataset") == dates(graph, "") == ("2025-06-01", None)


DAYS = st.none() | st.dates(min_value=datetime.date(2000, 1, 1)).map(str)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("abc"), DAYS), min_size=1, max_size=5))
def test_modified_is_the_day_of_the_last_other_content(steps: list[tuple[str, str | None]]) -> None:
    small = summarise(triple_lines(f"<a> <{RDF.type}> <{NAMESPACE}Person>"))
    previous: bytes | None = None
    issued = modified = content = None
    for new, day in steps:
        graph = catalogue(Portal(), replace(small, sha256=new * 64), (), "1", BUILD, issued=day, previous=previous)
        issued = issued or day
        modified = (modified if new == content else None) or day
        if issued and modified:
            modified = max(issued, modified)  # whoever goes back in time
        content = new
        assert dates(graph, "#dataset") == (issued, modified)
        again = to_bytes(graph)
        if modified:
            later = catalogue(
                Portal(), replace(small, sha256=new * 64), (), "1", BUILD, issued="9999-12-31", previous=again
            )
            assert dates(later, "#dataset") == (issued, modified)
        previous = again


def test_a_catalogue_before_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="no Turtle") as caught:
        made(previous=b"<a> <b>")
    assert "\n" not in str(caught.value)


def test_a_catalogue_of_another_place_gives_no_dates(tmp_path: Path) -> None:
    graph = made(issued="2026-01-01", previous=to_bytes(made(portal(tmp_path))))
    assert dates(graph, "#dataset") == ("2026-01-01", "2026-01-01")
