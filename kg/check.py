"""Does a graph hold what the ontology promises? First its own laws, then the shapes that anyone can run on its RDF.

`violations` looks at the graph itself: known classes, relations and attributes, domains and ranges, evidence that
points somewhere. `shape_violations` writes the RDF and runs `ontology/shapes.ttl` over it with pyshacl.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from exports import DEFAULT_BASE, get_exporter
from exports.frame import EDGE_FRAME, EVIDENCE, FORMER, NODE_FRAME
from kg.errors import OntologyError
from kg.model import STATUSES
from ontology import ontology, resource

if TYPE_CHECKING:
    from networkx import MultiDiGraph

__all__ = ["Violation", "check_graph", "check_graphs", "shape_violations", "violations"]

WITHOUT_EVIDENCE = frozenset({"onPage"})  # how a page was cut is no claim that words could prove


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What is wrong with which node, edge or resource; `law` names the shape, or the law of the graph."""

    where: str
    law: str
    message: str
    value: str = ""


def check_graph(graph: MultiDiGraph[str], *, shapes: bool = True, base: str = DEFAULT_BASE) -> list[Violation]:
    """Return all that is wrong, sorted; the shapes only for a graph that keeps its own laws, since RDF needs them."""
    found = sorted(violations(graph))
    return found if found or not shapes else sorted(shape_violations(graph, base=base))


def check_graphs(graphs: Sequence[MultiDiGraph[str]]) -> list[list[Violation]]:
    """Return of each graph what `check_graph` would, for the price of one run: SHACL mostly costs being started."""
    found = [sorted(violations(graph)) for graph in graphs]
    # under a base of its own no graph can hold what another one lacks
    bases = {f"{DEFAULT_BASE}{number}/": number for number, broken in enumerate(found) if not broken}
    lines = b"".join(_ntriples(graphs[number], base) for base, number in bases.items())
    for one in _shape_violations(lines) if lines else ():
        base = one.where[: one.where.index("/", len(DEFAULT_BASE)) + 1]
        where, value = (
            DEFAULT_BASE + text.removeprefix(base) if text.startswith(base) else text for text in (one.where, one.value)
        )
        found[bases[base]].append(replace(one, where=where, value=value))
    return [sorted(broken) for broken in found]


def violations(graph: MultiDiGraph[str]) -> Iterator[Violation]:
    """Return what contradicts the ontology or the form of the graph."""
    leads: dict[str, str] = {}
    for key, data in graph.nodes(data=True):
        yield from _node(key, data)
        for retired in data.get(FORMER, ()):
            if retired in graph:
                yield Violation(key, "former key", "has a former key that is the key of a node", retired)
            elif leads.setdefault(retired, key) != key:
                yield Violation(key, "former key", f"has a former key that {leads[retired]} has too", retired)
    for subject, target, key, data in graph.edges(keys=True, data=True):
        yield from _edge(graph, subject, target, key, data)


def _node(key: str, data: Mapping[str, Any]) -> Iterator[Violation]:
    kind = data.get("type")
    if kind not in ontology.classes:
        yield Violation(key, "class", "is of no class of the ontology", str(kind))
        return
    if data.get("key") != key:
        yield Violation(key, "key", "is kept under another key than its own", str(data.get("key")))
    if not data.get("name"):
        yield Violation(key, "name", "has no name")
    for name in sorted(data.keys() - NODE_FRAME):
        prop = ontology.attributes.get(name)
        if prop is None or kind not in prop.domain:
            yield Violation(key, "attribute", f"has an attribute that the ontology does not give {kind}", name)


def _edge(
    graph: MultiDiGraph[str], subject: str, target: str, key: str, data: Mapping[str, Any]
) -> Iterator[Violation]:
    predicate = data.get("predicate", "")
    if predicate not in ontology.relations:
        yield Violation(key, "relation", "is of no relation of the ontology", str(predicate))
        return
    if data.get("key", key) != key:
        yield Violation(key, "key", "is kept under another key than its own", str(data["key"]))
    if data.get("type") != ontology.relations[predicate].neo4j:
        yield Violation(key, "type", f"is not of the type of {predicate}", str(data.get("type")))
    if data.get("status") not in STATUSES:
        yield Violation(key, "status", f"is none of {', '.join(STATUSES)}", str(data.get("status")))
    try:
        ontology.check_triple(graph.nodes[subject].get("type", ""), predicate, graph.nodes[target].get("type", ""))
        ontology.check_qualifiers(predicate, {name: data[name] for name in sorted(data.keys() - EDGE_FRAME)})
    except OntologyError as error:
        yield Violation(key, "triple", str(error))
    yield from _evidence(graph, key, data)


def _evidence(graph: MultiDiGraph[str], key: str, data: Mapping[str, Any]) -> Iterator[Violation]:
    articles = data.get("articles", ())
    if not articles and data["predicate"] not in WITHOUT_EVIDENCE:
        yield Violation(key, "evidence", "has no evidence")
    for name in EVIDENCE:
        if len(data.get(name, ())) != len(articles):
            yield Violation(key, "evidence", f"has {len(articles)} articles, but another number of {name}")
            return
    for article, start, end in zip(articles, data.get("starts", ()), data.get("ends", ()), strict=True):
        if article not in graph or graph.nodes[article].get("type") != "Article":
            yield Violation(key, "evidence", "stands in an article that is not in the graph", str(article))
        if not 0 <= start < end:
            yield Violation(key, "evidence", "covers no text", f"{start}:{end}")


def shape_violations(graph: MultiDiGraph[str], *, base: str = DEFAULT_BASE) -> Iterator[Violation]:
    """Return what SHACL finds in the RDF of `graph`."""
    return _shape_violations(_ntriples(graph, base))


def _ntriples(graph: MultiDiGraph[str], base: str) -> bytes:
    buffer = io.BytesIO()
    get_exporter("ntriples").write(graph, buffer, base=base)
    return buffer.getvalue()


def _shape_violations(lines: bytes) -> Iterator[Violation]:
    """Return what SHACL finds in N-Triples."""
    import pyshacl
    import rdflib
    from rdflib.namespace import SH

    data = rdflib.Graph().parse(data=lines, format="nt")
    shapes = rdflib.Graph().parse(data=resource("shapes.ttl").read_bytes(), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    for result in report.objects(None, SH.result):
        shape = str(report.value(result, SH.sourceShape))
        messages = {getattr(text, "language", None): str(text) for text in report.objects(result, SH.resultMessage)}
        yield Violation(
            where=str(report.value(result, SH.focusNode)),
            law=shape.rpartition("#")[2],
            message=messages.get("en") or " / ".join(sorted(messages.values())),
            value=str(report.value(result, SH.value, default="")),
        )
