"""The routes: SPARQL, the documents behind IRIs, the ontology, what there is, and the page to ask on."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from urllib.parse import parse_qsl, unquote, urlsplit

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import kg
from exports.rdf import PREFIXES
from kg.errors import KGError
from kg.serve import pages
from kg.serve.about import About, service_description, turtle_prefixes
from kg.serve.accept import GRAPHS, HTML, ROWS, Format, choose, named
from kg.serve.describe import Described, describe, document, is_there, key_of, replaced_by
from kg.serve.gone import Gone
from kg.serve.pool import Answer, Busy, Died, Limits, Pool, TooLong, WrongQuery
from kg.serve.reply import error, in_header, reply
from kg.serve.results import write_graph
from kg.serve.store import made_of
from kg.serve.things import NoPart, thing_page
from kg.workspace import Workspace
from ontology import resource
from queries.sparql_guard import Refused, look

__all__ = ["Site", "make_app"]

LONGEST_QUERY = 2**18  # bytes
LONGEST_PAGE = 2_000  # statements of a kind; data has more
LEFT = 499  # what servers note where a client went before there was an answer
TRUNCATED = "Kg-Truncated"  # how many rows or triples there are, where there would be more
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?")
_PART = re.compile("[0-9]{1,6}")
_NO_PART = "the page has no such part"
_RETRY = {"Retry-After": "5"}
_WRONG = {"syntax": 400, "evaluation": 400, "form": 406, "memory": 503, "store": 500}


@dataclass(frozen=True, slots=True)
class Site:
    """What a server serves: a store with the workspace it was made from, and how it does so.

    `url` is where others see the server, "" for whatever a request says; `origins` are those of pages that may read
    it from elsewhere, "*" for all. `local` where it listens to this machine only, at `host`: then other names of hosts
    are refused, for a page of others that gives itself the address of this machine must not read here.
    """

    space: Workspace
    base: str
    store: ox.Store
    about: About
    pool: Pool
    limits: Limits
    gone: Gone
    url: str = ""
    origins: frozenset[str] = frozenset()
    local: bool = True
    host: str = "127.0.0.1"
    failed: list[KGError] = field(default_factory=list)  # why it did not start

    def address(self, request: Request) -> str:
        """Return where this server is, with a slash at the end."""
        return self.url or f"{request.url.scheme}://{request.headers['host']}/"


Handler = Callable[[Site, Request], Awaitable[Response]]


def make_app(site: Site) -> ASGIApp:
    """Return the application that serves a site."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        try:
            await site.pool.start()
        except KGError as failure:
            site.failed.append(failure)
            raise
        try:
            yield
        finally:
            await site.pool.close()

    routes = [
        Route(path, partial(handler, site), methods=methods)
        for path, handler, methods in (
            ("/", ask_page, ["GET"]),
            ("/sparql", sparql, ["GET", "POST"]),
            ("/id/{key:path}", thing, ["GET"]),
            ("/data/{key:path}", data, ["GET"]),
            ("/page/{key:path}", page, ["GET"]),
            ("/ontology", the_ontology, ["GET"]),
            ("/ontology.{extension}", the_ontology, ["GET"]),
            ("/ontology/{name}", ontology_file, ["GET"]),
            ("/catalogue", the_catalogue, ["GET"]),
            ("/catalogue.{extension}", the_catalogue, ["GET"]),
            ("/.well-known/void", void, ["GET"]),
            ("/assets/{name}", asset, ["GET"]),
            ("/health", health, ["GET"]),
        )
    ]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={HTTPException: _refuse})
    return _Door(app, site)


async def _refuse(_request: Request, failure: Exception) -> Response:
    assert isinstance(failure, HTTPException)
    message = {
        404: "there is nothing at this address",
        405: "this method is not for this address; the header Allow says which are",
    }.get(failure.status_code, failure.detail)
    return error(failure.status_code, message, failure.headers)


class _Door:
    """What stands before all routes: host names, and pages from elsewhere."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app, self.site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if not self._is_ours(request.headers.get("host", "")):
            response = error(421, "this server is not the one of that name; start it with --url, or ask for 127.0.0.1")
            await response(scope, receive, send)
            return
        origin = request.headers.get("origin", "")
        more = self._cors(origin)
        if request.method == "OPTIONS":
            allowed = "GET, HEAD, OPTIONS" + (", POST" if scope["path"] == "/sparql" else "")
            headers = {"Allow": allowed, **more}
            if more and "access-control-request-method" in request.headers:
                headers |= {
                    "Access-Control-Allow-Methods": allowed,
                    "Access-Control-Allow-Headers": request.headers.get("access-control-request-headers", "*"),
                    "Access-Control-Max-Age": "86400",
                }
            await Response(status_code=204, headers=headers)(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start" and self.site.origins:
                kept = [(name, value) for name, value in message["headers"] if name.lower() != b"vary"]
                vary = [value.decode() for name, value in message["headers"] if name.lower() == b"vary"]
                kept.append((b"vary", ", ".join((*vary, "Origin")).encode()))
                kept += [(name.lower().encode(), value.encode()) for name, value in more.items()]
                message = {**message, "headers": kept}
            await send(message)

        await self.app(scope, receive, with_headers)

    def _is_ours(self, host: str) -> bool:
        match = _HOST.fullmatch(host)
        if not match:
            return False
        own = f"[{self.site.host}]" if ":" in self.site.host else self.site.host
        names = LOOPBACK | {own} | ({urlsplit(in_header(self.site.url)).hostname or ""} if self.site.url else set())
        return not self.site.local or match[1].casefold() in names

    def _cors(self, origin: str) -> dict[str, str]:
        origins = self.site.origins
        if not origin or not ("*" in origins or origin in origins):
            return {}
        return {
            "Access-Control-Allow-Origin": "*" if "*" in origins else origin,
            "Access-Control-Expose-Headers": f"ETag, Link, Location, Retry-After, {TRUNCATED}",
        }


# -------------------------------------------------------------------------------------------------------------- SPARQL


async def sparql(site: Site, request: Request) -> Response:
    """Answer a query, by the protocol of SPARQL 1.1; without one, say what the endpoint is."""
    given = await _parameters(request)
    if isinstance(given, Response):
        return given
    if any(name == "update" for name, _ in given):
        return error(403, "updates are refused: this server only answers questions, nothing can be changed here")
    queries = [value for name, value in given if name == "query"]
    if not given and request.method in ("GET", "HEAD"):
        return await _endpoint(site, request)
    if len(queries) != 1:
        told = "there is no query" if not queries else "there is more than one query"
        return error(400, f"{told}; give one, as the parameter `query` or as the body of type application/sparql-query")
    graphs = _graphs(given)
    if isinstance(graphs, Response):
        return graphs
    try:
        form = (await run_in_threadpool(look, queries[0])).form
    except Refused as refused:
        return error(403, str(refused))
    rows, triples = form in ("SELECT", "ASK", ""), form in ("CONSTRUCT", "DESCRIBE", "")
    offered = (*(ROWS if rows else ()), *(GRAPHS if triples else ()), HTML)
    chosen = _format(request, given, offered)
    if isinstance(chosen, Response):
        return chosen
    one, media = chosen
    asked: dict[str, object] = {
        "query": queries[0],
        "base": site.base,
        "default": graphs[0],
        "named": graphs[1],
        "rows": ("json" if one is HTML else one.name if one in ROWS else "json" if not form else ""),
        "graphs": ("ttl" if one is HTML or one not in GRAPHS else one.name) if triples else "",
        "max_rows": site.limits.max_rows,
        "max_bytes": site.limits.max_bytes,
    }
    answer = await _run(site, request, asked, form)
    if isinstance(answer, Response):
        return answer
    body, policy = answer.body, None
    if one is HTML:
        language, policy = _language(request), pages.POLICY
        if rows:
            body = await run_in_threadpool(pages.rows_page, body, site.base, language, truncated=answer.truncated)
        else:
            body = await run_in_threadpool(pages.text_page, body, language)
    more = {TRUNCATED: str(answer.count)} if answer.truncated else {}
    vary = "Accept, Accept-Language" if one is HTML else "Accept"
    return await reply(request, body, media, vary=vary, headers=more, **({"policy": policy} if policy else {}))


async def _parameters(request: Request) -> Sequence[tuple[str, str]] | Response:
    """Return what a request gives, from its address or its body, or why it cannot be read."""
    given = request.query_params.multi_items()
    if request.method != "POST":
        return given
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    body = await _body(request)
    if body is None:
        return error(413, f"a query may have {LONGEST_QUERY} bytes")
    if kind == "application/sparql-update":
        return [("update", "")]
    if kind not in ("application/sparql-query", "application/x-www-form-urlencoded"):
        told = "a query comes as application/sparql-query or application/x-www-form-urlencoded"
        return error(415, told, {"Accept-Post": "application/sparql-query, application/x-www-form-urlencoded"})
    try:
        text = body.decode("utf-8")
        if kind == "application/sparql-query":
            return [*given, ("query", text)]
        return [*given, *parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)]
    except ValueError:  # also what is no UTF-8
        return error(400, "the body cannot be read; it has to be UTF-8")


async def _body(request: Request) -> bytes | None:
    """Return the body; None where it is too long."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LONGEST_QUERY:
            return None
        parts.append(part)
    return b"".join(parts)


def _graphs(given: Sequence[tuple[str, str]]) -> tuple[list[str] | None, list[str] | None] | Response:
    """Return the graphs a request chooses, those of either kind; None where it chooses none of that kind."""
    found = []
    for kind in ("default-graph-uri", "named-graph-uri"):
        iris = [value for name, value in given if name == kind]
        for iri in iris:
            try:
                ox.NamedNode(iri)
            except ValueError:
                return error(400, f"{kind}: {iri[:200]!r} is no IRI")
        found.append(iris or None)
    return found[0], found[1]


def _format(
    request: Request, given: Sequence[tuple[str, str]], offered: Sequence[Format]
) -> tuple[Format, str] | Response:
    """Return the format of the answer and its media type: by the parameter `format`, else by Accept."""
    names = ", ".join(one.name for one in offered)
    wanted = next((value for name, value in given if name in ("format", "output") and value), "")
    if wanted:
        one = named(wanted, offered)
        return (one, one.media[0]) if one else error(406, f"no format {wanted[:80]!r} for this query; known: {names}")
    chosen = choose(request.headers.get("accept", ""), offered)
    return chosen or error(406, f"nothing that the header Accept names can be given for this query; known: {names}")


async def _run(site: Site, request: Request, asked: dict[str, object], form: str) -> Answer | Response:
    """Have a query answered, and end it where the client has left."""
    work = asyncio.ensure_future(site.pool.ask(asked))
    left = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((work, left), return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work
            return error(LEFT, "the client has left")
        return work.result()
    except WrongQuery as wrong:
        if wrong.kind == "syntax" and not form:
            return error(400, f"syntax error: a query asks by SELECT, ASK, CONSTRUCT or DESCRIBE ({wrong})")
        if wrong.kind == "syntax":
            return error(400, f"syntax error: {wrong}")
        return error(_WRONG[wrong.kind], f"the query cannot be answered: {wrong}")
    except TooLong:
        return error(503, f"the query was stopped after {site.limits.timeout:g} seconds; ask for less, or with LIMIT")
    except Busy:
        return error(503, "too many queries at once; try again in some seconds", _RETRY)
    except Died as died:
        return error(400 if "nested" in str(died) else 503, f"the query was stopped: {died}")
    finally:
        left.cancel()
        work.cancel()


async def _left(request: Request) -> None:
    """Return when the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _endpoint(site: Site, request: Request) -> Response:
    """Say what the endpoint is: to programs in RDF, to people by the page to ask on."""
    chosen = choose(request.headers.get("accept", ""), (*GRAPHS, HTML))
    if chosen is None:
        return error(406, f"known: {', '.join(one.name for one in GRAPHS)}, html")
    if chosen[0] is HTML:
        return _redirect(303, "/", vary="Accept")
    said = service_description(site.address(request), site.about.summary.triples)
    return await _triples(request, said, *chosen)


async def _triples(request: Request, said: Sequence[ox.Triple], one: Format, media: str) -> Response:
    body = write_graph(said, one, turtle_prefixes())
    return await reply(request, body, media, vary="Accept")


def _redirect(status: int, where: str, *, vary: str = "") -> Response:
    headers = {"Location": in_header(where), **({"Vary": vary} if vary else {})}
    return error(status, f"see {where}", {**headers, "Cache-Control": "no-cache"})


# ----------------------------------------------------------------------------------------------------------- documents


async def thing(site: Site, request: Request) -> Response:
    """Lead from the address of a thing, which is no document, to the page or the data about it."""
    iri = document(site.base, _rest(request, "/id/"))
    refused = await run_in_threadpool(_not_here, site, request, iri, "/id/", "")
    if refused:
        return refused
    chosen = choose(request.headers.get("accept", ""), (HTML, *GRAPHS))
    if chosen is None:
        return error(406, f"known: html, {', '.join(one.name for one in GRAPHS)}", {"Vary": "Accept"})
    key = key_of(site.base, iri)
    where = f"/page/{key}" if chosen[0] is HTML else f"/data/{key}.{chosen[0].name}"
    return _redirect(303, where, vary="Accept")


async def data(site: Site, request: Request) -> Response:
    """Give what is said of a document in the format of its extension; without one, by the header Accept."""
    path = _rest(request, "/data/")
    stem, _, extension = path.rpartition(".")
    one = next((known for known in GRAPHS if known.name == extension and stem), None)
    iri = document(site.base, stem if one else path)
    refused = await run_in_threadpool(_not_here, site, request, iri, "/data/", f".{extension}" if one else "")
    if refused:
        return refused
    chosen = (one, one.media[0]) if one else choose(request.headers.get("accept", ""), GRAPHS)
    if chosen is None:
        return error(406, f"known: {', '.join(known.name for known in GRAPHS)}", {"Vary": "Accept"})
    found = await run_in_threadpool(_described, site, request, iri, site.limits.max_rows)
    quads = found.quads(named=chosen[0].named)
    prefixes = {**PREFIXES, "id": site.base}
    body = await run_in_threadpool(write_graph, quads, chosen[0], prefixes)
    headers = {
        "Link": f'<{in_header(iri)}>; rel="describes"',
        **({TRUNCATED: str(len(quads))} if found.truncated else {}),
    }
    return await reply(request, body, chosen[1], vary="" if one else "Accept", headers=headers)


async def page(site: Site, request: Request) -> Response:
    """Give the page of a document."""
    iri = document(site.base, _rest(request, "/page/"))
    refused = await run_in_threadpool(_not_here, site, request, iri, "/page/", "")
    if refused:
        return refused
    language = _language(request)
    part = request.query_params.get("part", "") or "0"
    if not _PART.fullmatch(part):
        return error(404, _NO_PART)

    def made() -> tuple[bytes, str] | None:
        try:
            whole = thing_page(site.store, iri, base=site.base, portal=site.about.portal, part=int(part))
        except NoPart:
            return None
        if whole is not None:
            return whole.encode("utf-8", "replace"), "zh, en"
        found = _described(site, request, iri, min(LONGEST_PAGE, site.limits.max_rows))
        return pages.page_of(site.store, found, site.base, language), language

    found = await run_in_threadpool(made)
    if found is None:
        return error(404, _NO_PART)
    body, languages = found
    links = ", ".join(
        f'</data/{key_of(site.base, iri)}.{one.name}>; rel="alternate"; type="{one.media[0]}"' for one in GRAPHS
    )
    headers = {"Link": f'<{in_header(iri)}>; rel="describes", {links}', "Content-Language": languages}
    return await reply(request, body, HTML.media[0], vary="Accept-Language", headers=headers, policy=pages.POLICY)


def _rest(request: Request, start: str) -> str:
    """Return the path behind `start` as the client escaped it; folders of a portal end with a slash, keys do not."""
    return (
        bytes(request.scope["raw_path"]).partition(b"?")[0].decode("ascii", "replace").removeprefix(start).rstrip("/")
    )


def _not_here(site: Site, request: Request, iri: str, start: str, end: str) -> Response | None:
    """Return why there is no such document, or where it went; None where it is there."""
    if site.gone.has(unquote(iri.removeprefix(site.base))):
        # not why: the reason is a note of the keeper, and may hold the name
        return error(410, "this was withdrawn by the keeper of the data")
    try:
        new = replaced_by(site.store, iri)
        if new is not None and (key := key_of(site.base, new)) is not None:
            return _redirect(301, f"{start}{key}{end}")
        if is_there(site.store, iri) or _in_catalogue(site, request, iri):
            return None
    except ValueError:  # no IRI
        pass
    return error(404, "nothing is known under this name")


def _described(site: Site, request: Request, iri: str, limit: int) -> Described:
    """Return what is said of a document: by the data, and, of a rule or the build, by the catalogue."""
    found = describe(site.store, iri, limit=limit)
    if not _in_catalogue(site, request, iri):
        return found
    more = describe(site.about.store(site.address(request)), iri, limit=limit)
    return replace(found, own=tuple(dict.fromkeys((*found.own, *more.own))))


def _in_catalogue(site: Site, request: Request, iri: str) -> bool:
    key = iri.removeprefix(site.base)
    return (key == "build" or key.startswith("rule/")) and is_there(site.about.store(site.address(request)), iri)


def _language(request: Request) -> str:
    """Return the language of a page: as the address says, else as the browser likes it."""
    wanted = request.query_params.get("lang", "")
    if wanted in pages.LANGUAGES:
        return wanted
    ranked = []
    for place, part in enumerate(request.headers.get("accept-language", "").split(",")):
        name, _, quality = part.strip().partition(";q=")
        tongue = name.strip().casefold().partition("-")[0]
        with contextlib.suppress(ValueError):
            if tongue in pages.LANGUAGES:
                ranked.append((-float(quality or 1), place, tongue))
    return min(ranked)[2] if ranked else pages.LANGUAGES[0]


# --------------------------------------------------------------------------------------------------------------- others


async def ask_page(site: Site, request: Request) -> Response:
    """Give the page to ask on."""
    language = _language(request)
    body = pages.query_page(
        site.base,
        language,
        seconds=site.limits.timeout,
        max_rows=site.limits.max_rows,
        example=request.query_params.get("example", ""),
    )
    headers = {"Content-Language": language}
    return await reply(request, body, HTML.media[0], vary="Accept-Language", headers=headers, policy=pages.POLICY)


async def the_ontology(_site: Site, request: Request) -> Response:
    """Give the ontology: a page to people, and each format of graphs."""
    wanted = request.path_params.get("extension", "") or request.query_params.get("format", "")
    offered = (*(one for one in GRAPHS if not one.named), HTML)
    if not wanted and (chosen := choose(request.headers.get("accept", ""), offered)) and chosen[0] is HTML:
        body = await run_in_threadpool(_ontology_page)
        return await reply(request, body, HTML.media[0], vary="Accept", policy=_ONTOLOGY_POLICY)
    return await _document(request, wanted, _ontology)


async def ontology_file(_site: Site, request: Request) -> Response:
    """Give one of the files that lie beside the page of the ontology."""
    name = str(request.path_params["name"])
    stem, _, extension = name.rpartition(".")
    one = next((known for known in GRAPHS if known.name == extension and not known.named), None)
    if name == "shapes.ttl":
        return await reply(request, resource(name).read_bytes(), "text/turtle")
    if name == "context.jsonld":
        return await reply(request, await run_in_threadpool(_context), "application/ld+json")
    if one is None or stem != "union-news":
        return error(404, "there is nothing at this address")
    return await reply(request, await run_in_threadpool(_ontology, one), one.media[0])


# what its own page asks for in a meta element is stricter, and holds as well
_ONTOLOGY_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


@cache
def _ontology(one: Format) -> bytes:
    from exports.document import Document

    return Document().serialize(one.name)


@cache
def _ontology_page() -> bytes:
    from exports.ontology_page import ontology_page

    return ontology_page(folder="/ontology/").encode("utf-8")


@cache
def _context() -> bytes:
    from exports.context import context_bytes

    return context_bytes()


async def void(site: Site, request: Request) -> Response:
    """Say how much there is of what."""
    return await _document(request, "", partial(site.about.void, site.address(request)))


async def the_catalogue(site: Site, request: Request) -> Response:
    """Give the catalogue in the format asked for."""
    wanted = request.path_params.get("extension", "") or request.query_params.get("format", "")
    return await _document(request, wanted, partial(site.about.catalogue, site.address(request)))


async def _document(request: Request, wanted: str, write: Callable[[Format], bytes]) -> Response:
    """Give a document that is one graph: in the format of that name, or as the header Accept asks."""
    offered = [one for one in GRAPHS if not one.named]
    if wanted:
        one = named(wanted, offered)
        chosen = (one, one.media[0]) if one else None
    else:
        chosen = choose(request.headers.get("accept", ""), offered)
    if chosen is None:
        return error(406, f"known: {', '.join(one.name for one in offered)}", {"Vary": "Accept"})
    body = await run_in_threadpool(write, chosen[0])
    return await reply(request, body, chosen[1], vary="" if wanted else "Accept")


_ASSETS: Mapping[str, str] = {
    "portal.css": "text/css",
    "portal.js": "text/javascript",
    "serve.css": "text/css",
    "serve.js": "text/javascript",
    "yasgui.min.css": "text/css",
    "yasgui.min.js": "text/javascript",
    "yasgui.LICENSE": "text/plain",
}


async def asset(_site: Site, request: Request) -> Response:
    """Give a file of the pages."""
    name = str(request.path_params["name"])
    if name not in _ASSETS:
        return error(404, "there is nothing at this address")
    return await reply(request, pages.asset(name), _ASSETS[name])


async def health(site: Site, _request: Request) -> Response:
    """Say that the server lives, what its workers do, and whether the workspace has changed since."""
    told = {
        "status": "ok",
        "version": kg.__version__,
        "triples": site.about.summary.triples,
        "current": await run_in_threadpool(_current, site),
        "workers": {"all": site.limits.workers, "idle": site.pool.idle, "waiting": site.pool.waiting},
        "stopped": site.pool.stopped,
    }
    body = json.dumps(told).encode() + b"\n"
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


def _current(site: Site) -> bool:
    """Say whether a server that starts now would serve the same."""
    try:
        now = Workspace.open(site.space.path)
    except (KGError, OSError):
        return False
    chosen = site.gone.look()
    served = made_of(site.space, site.base, site.gone.start)
    return chosen is not None and made_of(now, site.base, chosen) == served
