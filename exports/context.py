"""The JSON-LD context of the data, made from the ontology: short names in JSON that mean its terms.

Names of the ontology stand without a prefix (`organizes`, `TradeUnion`), those of other vocabularies with one
(`org:member`), since `start` and `role` mean one thing here and another there. Numbers with a fraction are written as
strings: JSON-LD would turn them into floating point.
"""

from __future__ import annotations

import json
from typing import Any

from exports.document import Document
from exports.rdf.terms import EDTF, PREFIXES

__all__ = ["context", "context_bytes"]

# datatypes of what others' properties have in our data, where it is always the same; ours say theirs themselves
_TYPED = {
    "dcterms:date": EDTF,
    "oa:end": "xsd:nonNegativeInteger",
    "oa:start": "xsd:nonNegativeInteger",
    "skos:notation": "un:GBT2260",
    "time:inXSDDate": "xsd:date",
    "time:inXSDgYear": "xsd:gYear",
    "time:inXSDgYearMonth": "xsd:gYearMonth",
}
_NAMES = {"rdfs:label", "skos:altLabel", "skos:prefLabel"}  # by language: {"zh": "北京市总工会"}
_BARE = {"rdf:langString", "xsd:string"}  # nothing to say about these


def context(document: Document | None = None) -> dict[str, Any]:
    """Return the context, as it stands under `@context`."""
    document = document or Document()
    prefixes = dict(sorted(PREFIXES.items()))
    short = {start: name for name, start in prefixes.items()}
    terms: dict[str, Any] = {}
    for subject in document.subjects:
        types = document.values(subject, "rdf:type")
        prefix, _, local = subject.partition(":")
        if document.prefixes.get(prefix) not in short:
            continue  # of a vocabulary that data does not use
        name = f"{short[document.prefixes[prefix]]}:{local}"
        own = prefix == "un"
        key = local if own else name
        if "owl:Class" in types and own:
            terms[key] = name
        elif "owl:ObjectProperty" in types:
            terms[key] = {"@id": name, "@type": "@vocab" if name == "un:predicate" else "@id"}
        elif name in _NAMES:
            terms[key] = {"@id": name, "@container": "@language"}
        elif "owl:DatatypeProperty" in types or (own and document.value(name, "un:writtenAs")):
            terms[key] = _literal(document, name, own)
    terms["rdfs:label"] = {"@id": "rdfs:label", "@container": "@language"}
    return {"@version": 1.1, "id": "@id", "type": "@type", **prefixes, **dict(sorted(terms.items()))}


def _literal(document: Document, name: str, own: bool) -> Any:
    if not own:
        return {"@id": name, "@type": _TYPED[name]} if name in _TYPED else name
    written = document.values(name, "un:writtenAs")
    if written:  # a name: what is written in its place
        return {"@id": written[-1], "@container": "@language"}
    datatype = document.value(name, "schema:rangeIncludes")
    return name if datatype in _BARE else {"@id": name, "@type": datatype}


def context_bytes(document: Document | None = None) -> bytes:
    """Return the context as a file."""
    text = json.dumps({"@context": context(document)}, ensure_ascii=False, indent=2)
    return (text + "\n").encode("utf-8")
