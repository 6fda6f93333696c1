"""Rows, written by us and read by pyoxigraph: every kind of term comes back as it was."""

from __future__ import annotations

import csv
import io

import pyoxigraph as ox
import pytest

from kg.serve.results import write_boolean, write_rows

READERS = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}
TERMS: list[ox.NamedNode | ox.BlankNode | ox.Literal | None] = [
    ox.NamedNode("https://example.org/%E4%B8%AD?a=1&b=<2>".replace("<2>", "2")),
    ox.BlankNode("b1"),
    ox.Literal("工会"),
    ox.Literal("工会", language="zh"),
    ox.Literal("3", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    ox.Literal("2025-03", datatype=ox.NamedNode("http://id.loc.gov/datatypes/edtf")),
    ox.Literal('a "quote", a <tag> & a\ttab'),
    ox.Literal("two\nlines\r\nand \\ back"),
    ox.Literal(""),
    None,
]


@pytest.mark.parametrize("name", READERS)
def test_terms_come_back(name: str) -> None:
    rows = [[term, ox.Literal("beside")] for term in TERMS]
    written = write_rows(["x", "y"], rows, name, max_rows=100, max_bytes=10_000)
    assert (written.count, written.truncated) == (len(TERMS), False)
    read = ox.parse_query_results(written.body, format=READERS[name])
    assert isinstance(read, ox.QuerySolutions)
    assert [variable.value for variable in read.variables] == ["x", "y"]
    assert [[row["x"], row["y"]] for row in read] == rows


def test_csv_holds_the_values() -> None:
    rows = [[term] for term in TERMS if term is not None and not isinstance(term, ox.BlankNode)]
    written = write_rows(["x"], rows, "csv", max_rows=100, max_bytes=10_000)
    head, *read = csv.reader(io.StringIO(written.body.decode(), newline=""))
    assert head == ["x"]
    assert [row[0] if row else "" for row in read] == [term.value for row in rows for term in row]


@pytest.mark.parametrize("name", [*READERS, "csv"])
@pytest.mark.parametrize(("max_rows", "max_bytes"), [(2, 10_000), (100, 330)])
def test_a_bound_cuts_between_rows_and_says_so(name: str, max_rows: int, max_bytes: int) -> None:
    rows = [[ox.Literal(f"{number:030}")] for number in range(50)]
    written = write_rows(["x"], rows, name, max_rows=max_rows, max_bytes=max_bytes)
    assert written.truncated
    assert 0 < written.count < 50
    assert len(written.body) < max_bytes + 60
    if name in READERS:
        read = ox.parse_query_results(written.body, format=READERS[name])
        assert isinstance(read, ox.QuerySolutions)
        assert len(list(read)) == written.count
    exact = write_rows(["x"], rows[:2], name, max_rows=2, max_bytes=10_000)
    assert (exact.count, exact.truncated) == (2, False)


@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize("name", ["json", "xml"])
def test_an_answer_to_ask_comes_back(name: str, value: bool) -> None:
    read = ox.parse_query_results(write_boolean(value, name).body, format=READERS[name])
    assert bool(read) is value
