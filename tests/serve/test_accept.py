"""Content negotiation, as a table."""

from __future__ import annotations

import pytest

from kg.serve.accept import GRAPHS, HTML, ROWS, choose, named

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (XML, XML),
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        (f"{JSON};q=0.1, {XML};q=0.2", XML),
        (f"{JSON}, {XML}", JSON),
        (f"{XML}, {JSON}", JSON),
        (f"{JSON};q=0, */*;q=0.1", XML),
        (f"*/*, {JSON};q=0.5", XML),
        ("text/csv;q=0.9, */*;q=0.9", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv ; charset=utf-8 ; q=0.3, image/png", "text/csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("nonsense", None),
    ],
)
def test_rows(accept: str, media: str | None) -> None:
    found = choose(accept, (*ROWS, HTML))
    assert (found[1] if found else None) == media


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "text/turtle"),
        ("text/*", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples;q=0.5, application/rdf+xml;q=0.7", "application/rdf+xml"),
        ("application/trig, text/turtle;q=0.9", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        ("text/html", None),
    ],
)
def test_graphs(accept: str, media: str | None) -> None:
    found = choose(accept, GRAPHS)
    assert (found[1] if found else None) == media


@pytest.mark.parametrize("one", [*ROWS, *GRAPHS], ids=lambda one: one.name)
def test_a_format_is_known_by_its_names(one: object) -> None:
    offered = ROWS if one in ROWS else GRAPHS
    for name in (one.name, one.name.upper(), *one.also, one.media[0]):  # type: ignore[attr-defined]
        assert named(name, offered) is one
    assert named("docx", offered) is None
