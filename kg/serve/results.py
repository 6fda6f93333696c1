"""Rows of a SELECT, and the answer to an ASK, in the four formats of SPARQL.

pyoxigraph writes these itself, but all rows or none: here one writes until a number of rows or of bytes is reached.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from exports.xmltext import EscapingStream, xml_text
from kg.serve.accept import Format

__all__ = ["Written", "write_boolean", "write_graph", "write_rows"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


@dataclass(frozen=True, slots=True)
class Written:
    """A body, how many rows or triples it holds, and whether there were more."""

    body: bytes
    count: int
    truncated: bool


def write_boolean(value: bool, name: str) -> Written:
    """Write the answer to an ASK in the format called `name`."""
    word = "true" if value else "false"
    match name:
        case "json":
            text = f'{{"head":{{}},"boolean":{word}}}'
        case "xml":
            text = f"{XML_HEAD}<head></head><boolean>{word}</boolean></sparql>\n"
        case _:
            text = word + "\n"
    return Written(text.encode("utf-8"), 1, False)


def write_graph(statements: Iterable[ox.Triple] | Iterable[ox.Quad], one: Format, prefixes: Mapping[str, str]) -> bytes:
    """Write a graph in a format of graphs."""
    assert one.rdf is not None
    stream = io.BytesIO()
    if one.rdf != ox.RdfFormat.RDF_XML:
        ox.serialize(statements, stream, format=one.rdf, prefixes=dict(prefixes))
    else:
        output = cast(BinaryIO, EscapingStream(cast(BinaryIO, stream)))
        ox.serialize(map(_clean, statements), output, format=one.rdf, prefixes=dict(prefixes))
    return stream.getvalue()


def _clean(said: ox.Triple | ox.Quad) -> ox.Triple:
    """Return a statement with nothing in its literal that no XML may hold."""
    value = said.object
    if isinstance(value, ox.Literal) and (text := xml_text(value.value)) != value.value:
        value = (
            ox.Literal(text, language=value.language) if value.language else ox.Literal(text, datatype=value.datatype)
        )
    return ox.Triple(said.subject, said.predicate, value)


def write_rows(
    variables: Sequence[str],
    rows: Iterable[Sequence[Term | None]],
    name: str,
    *,
    max_rows: int,
    max_bytes: int,
) -> Written:
    """Write rows in the format called `name`, as many as both bounds allow, each whole."""
    head, write, between, foot, cut = _WRITERS[name](variables)
    parts = [head]
    size, count, truncated = len(head.encode("utf-8")), 0, False
    for row in rows:
        text = (between if count else "") + write(row)
        size += len(text.encode("utf-8"))
        if count >= max_rows or size > max_bytes:
            truncated = True
            break
        parts.append(text)
        count += 1
    parts.append(cut if truncated else foot)
    return Written("".join(parts).encode("utf-8", "surrogatepass"), count, truncated)


# What a writer is made of: what stands before the rows, how a row is written, what stands between two, what stands
# behind the last one, and that where there were more rows.
_Writer = tuple[str, Callable[[Sequence[Term | None]], str], str, str, str]


def _json(variables: Sequence[str]) -> _Writer:
    names = [json.dumps(name, ensure_ascii=False) for name in variables]

    def row(values: Sequence[Term | None]) -> str:
        told = (f"{name}:{_json_term(value)}" for name, value in zip(names, values, strict=True) if value is not None)
        return "{" + ",".join(told) + "}"

    head = f'{{"head":{{"vars":[{",".join(names)}]}},"results":{{"bindings":[\n'
    # nothing here says that there were more: readers refuse what the format does not know, and a header tells
    return head, row, ",\n", "\n]}}\n", "\n]}}\n"


def _json_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f'{{"type":"uri","value":{_text(term.value)}}}'
    if isinstance(term, ox.BlankNode):
        return f'{{"type":"bnode","value":{_text(term.value)}}}'
    if isinstance(term, ox.Triple):
        parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
        inner = ",".join(f'"{name}":{_json_term(part)}' for name, part in parts)
        return f'{{"type":"triple","value":{{{inner}}}}}'
    if term.language:
        return f'{{"type":"literal","xml:lang":{_text(term.language)},"value":{_text(term.value)}}}'
    if term.datatype.value == XSD_STRING:
        return f'{{"type":"literal","value":{_text(term.value)}}}'
    return f'{{"type":"literal","datatype":{_text(term.datatype.value)},"value":{_text(term.value)}}}'


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _xml(variables: Sequence[str]) -> _Writer:
    names = [quoteattr(name) for name in variables]

    def row(values: Sequence[Term | None]) -> str:
        told = (
            f"<binding name={name}>{_xml_term(value)}</binding>"
            for name, value in zip(names, values, strict=True)
            if value is not None
        )
        return "<result>" + "".join(told) + "</result>"

    head = f"{XML_HEAD}<head>{''.join(f'<variable name={name}/>' for name in names)}</head><results>\n"
    foot = "\n</results></sparql>\n"
    return head, row, "\n", foot, "\n</results><!-- there are more rows --></sparql>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
        return "<triple>" + "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts) + "</triple>"
    # a carriage return would be read as a line feed
    text = escape(xml_text(term.value), {"\r": "&#xD;"})
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    if term.datatype.value == XSD_STRING:
        return f"<literal>{text}</literal>"
    return f"<literal datatype={quoteattr(term.datatype.value)}>{text}</literal>"


def _csv(variables: Sequence[str]) -> _Writer:
    def cell(term: Term | None) -> str:
        if term is None:
            return ""
        if isinstance(term, ox.BlankNode | ox.Triple):
            text = str(term)
        else:
            text = term.value
        return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in '",\r\n') else text

    return ",".join(variables) + "\r\n", lambda row: ",".join(map(cell, row)) + "\r\n", "", "", ""


def _tsv(variables: Sequence[str]) -> _Writer:
    def cell(term: Term | None) -> str:
        if term is None:
            return ""
        return str(term).replace("\t", "\\t")

    head = "\t".join(f"?{name}" for name in variables) + "\n"
    return head, lambda row: "\t".join(map(cell, row)) + "\n", "", "", ""


_WRITERS: Mapping[str, Callable[[Sequence[str]], _Writer]] = {"json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv}
