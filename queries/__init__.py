"""Questions to the graph of union-news-kg: ready ones, names as users give them, evidence, what is refused."""

from __future__ import annotations

from queries.ask import CITATION, ParameterError, ask, bind, cite, without_facts
from queries.library import FACTS, Column, Parameter, Query, get_query, library
from queries.names import AmbiguousName, Hit, find, resolve
from queries.table import Run, Table
from queries.twins import Twin, get_twin, twins

__all__ = [
    "CITATION",
    "FACTS",
    "AmbiguousName",
    "Column",
    "Hit",
    "Parameter",
    "ParameterError",
    "Query",
    "Run",
    "Table",
    "Twin",
    "ask",
    "bind",
    "cite",
    "find",
    "get_query",
    "get_twin",
    "library",
    "resolve",
    "twins",
    "without_facts",
]
