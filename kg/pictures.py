"""Pictures of a workspace, as `kg view` and a notebook want them: named by what one knows, not by keys.

>>> from kg.pictures import picture, reader
>>> picture("workspace")                                        # the whole graph
>>> picture("workspace", around="建外总工会", depth=2)
>>> picture("workspace", query="co-organisers").save("co-organisers.html")
>>> reader("workspace", "jinghua-2025-03-12-03")                # a page beside what was read from it

In Jupyter the last value of a cell shows itself; there is no server, and nothing is fetched.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from exports.catalogue import portal_of
from exports.view.marks import marks_of
from exports.view.select import Selection, everything, of_facts
from exports.view.select import around as around_nodes
from exports.view.sheet import Sheet
from kg.errors import InputError
from kg.graph import as_graph, flow
from kg.selection import read_selection, select
from kg.workspace import PORTAL, WITHDRAWN, Workspace
from loaders import open_target
from queries import FACTS, ask, get_query, resolve

if TYPE_CHECKING:
    from exports.view.marks import Marks
    from exports.view.model import Href
    from exports.view.select import Graph
    from kg.selection import Persons

__all__ = ["FOCUSED", "LIMIT", "picture", "reader", "sheet"]

FOCUSED = 500  # nodes that a page of pyvis can show; of more the page of a whole graph is made
LIMIT = 50_000  # nodes drawn at most
READ = {"articles": "articles", "statements": "statements", "issues": "not understood"}  # what a reader counts
SECONDS = 30.0  # for the answer to a question


def picture(
    workspace: str | os.PathLike[str],
    *,
    around: str | None = None,
    depth: int = 1,
    query: str | None = None,
    parameters: Mapping[str, object] | None = None,
    articles: bool = False,
    limit: int = LIMIT,
    portal: str = "",
    persons: Persons | None = None,
    height: int = 640,
) -> Sheet:
    """Draw a workspace, or what lies `depth` facts `around` a name, or the facts behind the answer to a `query`.

    Of more than `limit` entities the best connected are drawn. `portal` is where names lead: the base of the IRIs of
    a portal, or a folder that holds one; by default what portal.toml says. With `persons` the picture is one to hand
    on: it leaves out people as an export does, and what withdraw.tsv names. `height` is that of the frame in a
    notebook, in pixels.

    Raises UnknownName and AmbiguousName for names, InputError and WorkspaceError for what cannot be read.
    """
    whole = flow(workspace)
    graph = as_graph(whole if persons is None else select(whole, read_selection(workspace, persons=persons)))
    if around is not None:
        title, chosen = _around(graph, workspace, around, depth, articles=articles, limit=limit)
    elif query is not None:
        title, chosen = _behind(graph, workspace, query, parameters or {}, limit=limit)
        if persons is not None:
            title = get_query(query).title_zh  # what was asked may be the name of somebody who is left out
    else:
        title, chosen = "", everything(graph, articles=articles, limit=limit)
    href = _href(workspace, portal)
    part = around is not None or query is not None
    # what is left out is masked in quotes, where the places of words are then no longer those of the page
    marks = marks_of(Workspace.open(workspace), graph, chosen) if persons is None else None
    return sheet(graph, chosen, title=title, href=href, marks=marks, part=part, height=height)


def reader(workspace: str | os.PathLike[str], page: str, *, height: int = 800) -> Sheet:
    """Show a page as it was delivered beside what was read from it; `page` is its id, the name of its file.

    Raises UnknownName where there is no such page, WorkspaceError where the workspace was made without any.
    """
    from exports.view import reader as pages

    model = pages.read_page(Workspace.open(workspace), page)
    counts = [(len(model[name]), said) for name, said in READ.items()]
    summary = ", ".join(f"{count} {said}" for count, said in counts)
    return Sheet(pages.page(model), "reader", summary, height=height)


def sheet(
    graph: Graph,
    chosen: Selection,
    *,
    title: str = "",
    href: Href | None = None,
    marks: Marks | None = None,
    part: bool = False,
    height: int = 640,
) -> Sheet:
    """Draw a selection of a graph; a `part` of it by pyvis, unless it is too large for that."""
    if part and len(chosen.nodes) <= FOCUSED:
        from exports.view import focused

        html = focused.page(focused.model(graph, chosen, title=title, href=href, marks=marks))
    else:
        from exports.view import whole

        part = False
        html = whole.page(whole.model(graph, chosen, title=title, href=href, marks=marks))
    kind = "focused" if part else "whole"
    summary = f"{len(chosen.nodes)} entities and {len(chosen.edges)} relations drawn"
    return Sheet(html, kind, summary, len(chosen.nodes), chosen.left_out, height)


def _around(
    graph: Graph, workspace: str | os.PathLike[str], name: str, depth: int, *, articles: bool, limit: int
) -> tuple[str, Selection]:
    with open_target(str(workspace)) as store:
        hit = resolve(store.query, name)
    if hit.key not in graph:
        raise InputError(
            f"{name!r} is left out of this picture, by its persons or by {WITHDRAWN}; nothing is around it"
        )
    return hit.name, around_nodes(graph, [hit.key], depth, articles=articles, limit=limit)


def _behind(
    graph: Graph, workspace: str | os.PathLike[str], name: str, values: Mapping[str, object], *, limit: int
) -> tuple[str, Selection]:
    question = get_query(name)
    with open_target(str(workspace)) as store:
        answer = ask(store.query, question, dict(values), timeout=SECONDS)
    keys = {str(key) for row in answer.column(FACTS) if isinstance(row, tuple | list) for key in row}
    asked = "，".join(f"{key}={value}" for key, value in sorted(values.items()))
    return f"{question.title_zh}（{asked}）" if asked else question.title_zh, of_facts(graph, keys, limit=limit)


def _href(workspace: str | os.PathLike[str], portal: str) -> Href | None:
    """Return what leads to the portal that is named, or that the keeper of the workspace has."""
    from exports.view.links import portal_href

    if not portal and (Workspace.open(workspace).path / PORTAL).exists():
        portal = portal_of(workspace).base
    return portal_href(portal) if portal else None
