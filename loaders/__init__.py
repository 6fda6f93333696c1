"""Databases the graph of union-news-kg goes into and answers from, by name."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from kg.errors import InputError, UnknownName
from kg.workspace import DATABASE, Workspace, still
from loaders.store import BATCH, EdgeRow, LoadReport, NodeRow, Progress, Store

__all__ = [
    "BATCH",
    "LOADERS",
    "SCHEMES",
    "EdgeRow",
    "LoadReport",
    "NodeRow",
    "Progress",
    "Store",
    "check_address",
    "get_loader",
    "is_address",
    "open_target",
]

LOADERS = {"neo4j": "loaders.neo4j:Neo4jStore", "embedded": "loaders.embedded:EmbeddedStore"}
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def get_loader(name: str) -> Callable[..., Store]:
    """Import the store called `name` and return what opens it; nothing else is imported.

    `embedded` is opened with the path of a file, `neo4j` with an address, a user, a password and a database.
    """
    if name not in LOADERS:
        raise UnknownName("loader", name, LOADERS)
    module, _, attribute = LOADERS[name].partition(":")
    return cast(Callable[..., Store], getattr(import_module(module), attribute))


def is_address(target: str) -> bool:
    """Say whether `target` is the address of a server rather than a folder."""
    return "://" in target


def check_address(target: str) -> None:
    """Raise InputError where `target` is given and is not the address of a Neo4j."""
    if target and target.partition("://")[0].lower() not in SCHEMES:
        raise InputError(f"{target}: not an address of a Neo4j; it begins with bolt:// or neo4j://")


def open_target(target: str, *, username: str = "", password: str = "", database: str = "") -> Store:
    """Open what a user names: the address of a Neo4j, or the folder of a workspace."""
    if is_address(target):
        check_address(target)
        return get_loader("neo4j")(target, username=username, password=password, database=database)
    return _embedded(Workspace.open(target))


def _embedded(space: Workspace) -> Store:
    """Open the database inside a workspace; where the last build left none, it is made first, and kept where one may
    write."""
    path = space.file(DATABASE)
    if path.is_file():
        return get_loader("embedded")(path)
    from kg.graph import read_graph

    graph = read_graph(space.path)
    with still(space) as same:
        store = get_loader("embedded")(path if same else None)
        store.load(graph, workspace=space.name)
    return store
