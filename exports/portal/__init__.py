"""The portal: a folder for any static web server, with a page for each IRI of the data.

    with write_folder_atomic("site") as folder:
        write_portal(flow("ws"), folder, portal=read_portal("ws/portal.toml"), issued="2025-06-01")

  index.html, search/, browse/CLASS/     home, search, lists of names
  id/KEY/index.html, .ttl, .jsonld       each thing, article, page of a newspaper; also titles, rules, the districts
  dumps/, ontology/, catalogue/          everything in six formats, plain and packed; what the terms mean; DCAT and PROV
  .well-known/void                       VoID
  sitemap.xml, robots.txt, 404.html      for search engines and servers; .htaccess and _redirects say to Apache and to
                                         hosts of static sites how IRIs are answered

`page_of` makes the page of one thing, from what `records.described` made of a node and its edges: here they come from
a flow, sorted outside of memory; `stored.described_in` finds them in a store. In memory are a row for each thing (its
name, class, aliases), the search index, and what sorting holds.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

import kg
from exports.catalogue import Build, Dump, Portal
from exports.ontology_page import write_ontology
from exports.portal import browse, other
from exports.portal.about import (
    Triples,
    build_page,
    catalogue_page,
    day_of_issue,
    front_of,
    measured,
    triples_of,
    write_catalogue,
)
from exports.portal.data import NAME, by_document, syntaxes, write_dumps, write_lines
from exports.portal.frame import Front, Links
from exports.portal.page import page_of, parts_of
from exports.portal.places import THINGS, Places, document_of, folder_of, is_plain
from exports.portal.records import Claim, Known, claim_of, described, edge_rows, known_of, passages_of, rows_of
from exports.portal.search import Entry, index_files
from exports.portal.words import CLASSES
from exports.rdf.delta import Delta, write_delta
from kg.graph import Flow
from kg.io import Sorter

__all__ = ["Front", "Links", "front_of", "page_of", "parts_of", "write_portal"]

EXAMPLES = 12  # things that the first page names
RULE_EXAMPLES = 20
SITEMAP = 50_000  # addresses in one file, as the protocol allows
ASSETS = ("portal.css", "portal.js")
PORTAL = Portal()
_LASTMOD = re.compile(r"<loc>([^<]*)</loc><lastmod>([^<]*)</lastmod>")


def write_portal(
    flow: Flow,
    folder: Path,
    *,
    portal: Portal = PORTAL,
    build: Build | None = None,
    issued: str | None = None,
    before: Path | None = None,
    since: Iterable[bytes] | None = None,
    withhold: bool = False,
    gone: Iterable[str] = (),
) -> None:
    """Write the portal of a graph into the empty `folder`; `portal` is what its keeper decided.

    `build` is what the data were made with, `issued` the day of issue. `before` is where the portal lies that this one
    replaces, if there is one: what did not change keeps its day. `since` are the N-Triples of older data, from which
    `dumps/changes` tells the way to these; of texts that went only the hashes, where they are to be withheld. `gone`
    are keys that were withdrawn: their pages say so. InputError where no portal can have the base that `portal` gives.
    """
    site = _Portal(flow, folder, portal, issued, before or folder)
    site.write(sorted(set(gone)), build or Build(kg.__version__), since, withhold=withhold)


class _Portal:
    """A portal that is being written."""

    def __init__(self, flow: Flow, folder: Path, portal: Portal, issued: str | None, before: Path) -> None:
        self.places = Places(portal.base, cache(lambda name: (folder / name).is_dir()))
        self.flow, self.folder, self.portal, self.base = flow, folder, portal, portal.base
        self.issued = day_of_issue(issued)
        self.front = front_of(portal, self.issued)
        self.before = before
        self.days: dict[str, str] = {}  # of documents that are as they were: the day of the sitemap before
        # where the folder will stand
        self.site = portal.home if portal.home.endswith("/") else self.places.site
        self.known: dict[str, Known] = {}
        self.aliases: dict[str, tuple[str, ...]] = {}
        self.former: dict[str, str] = {}
        self.weights: Counter[str] = Counter()
        self.posts: dict[str, tuple[str, str]] = {}  # of a person: day, body and title
        self.facts = 0
        self.rules: Counter[str] = Counter()
        self.rule_claims: defaultdict[str, list[Claim]] = defaultdict(list)
        self._folders: set[str] = set()

    def write(self, gone: Sequence[str], build: Build, since: Iterable[bytes] | None, *, withhold: bool) -> None:
        self._learn()
        counts = Counter(one.type for one in self.known.values())
        for kind in CLASSES:  # before any page is written, for pages link to what is there
            if counts[kind]:
                (self.folder / "browse" / kind).mkdir(parents=True)
        for name in ("assets", "dumps", "search", "ontology"):
            (self.folder / name).mkdir()
        lines = self.folder / "dumps" / f"{NAME}.nt"
        shared = self._data(lines)
        dumps = measured(write_dumps(self.flow, self.base, lines.parent))
        self._put("dumps/SHA256SUMS", "".join(f"{one.sha256}  {Path(one.path).name}\n" for one in dumps))
        write_ontology(self.folder / "ontology")
        changes = self._changes(since, lines, withhold=withhold)
        catalogued = self.before / "catalogue" / "catalogue.ttl"
        previous = catalogued.read_bytes() if catalogued.is_file() else None
        turtle = write_catalogue(self.folder, self.portal, lines, dumps, build, self.issued, previous)
        with Sorter() as sorter:
            self._sort(sorter, shared)
            self._pages(sorter)
        self._rules()
        self._lists(counts)
        self._index()
        self._others(gone)
        self._front(counts, dumps, changes)
        self._about(triples_of(turtle))
        self._help(gone)

    # ---------------------------------------------------------------------------------------------------- what is there

    def _learn(self) -> None:
        """Keep what pages say of other things."""
        for key, data in self.flow.nodes():
            self.known[key] = known_of(key, data)
            names = tuple(sorted(set(data.get("aliases", ())) - {data.get("name")}))
            if names and data["type"] != "Page":
                self.aliases[key] = names
            for former in data.get("formerKeys", ()):
                self.former[former] = key

    def _data(self, lines: Path) -> set[str]:
        """Write the N-Triples, and the data of each document; return the documents that are no nodes."""
        shared = set()
        own = {document_of(key) for key in self.known}
        days = self._days_before()
        with lines.open("wb") as stream:
            for document, found in by_document(write_lines(self.flow, self.base, stream), self.base):
                for suffix, content in syntaxes(found, self.base).items():
                    self._put(self.places.path(document, f"index.{suffix}"), content)
                    if suffix == "ttl" and document in days and self._was(document, content):
                        self.days[document] = days[document]
                if document not in own:
                    shared.add(document)
        return shared

    def _days_before(self) -> dict[str, str]:
        """Return the days that the sitemap of the portal before gives its documents."""
        found = {}
        start = _loc(f"{self.site}{THINGS}/")
        for file in sorted(self.before.glob("sitemap-*.xml")) if self.issued else ():
            for where, day in _LASTMOD.findall(file.read_text(encoding="utf-8")):
                if where.startswith(start):
                    found[where.removeprefix(start).rstrip("/")] = day
        return found

    def _was(self, document: str, content: bytes) -> bool:
        """Whether the data of a document were the same in the portal before."""
        old = self.before / self.places.path(document, "index.ttl")
        return old.is_file() and old.read_bytes() == content

    def _changes(self, since: Iterable[bytes] | None, lines: Path, *, withhold: bool) -> Delta | None:
        """Write what came and what went since older data."""
        if since is None:
            return None
        folder = self.folder / "dumps" / "changes"
        folder.mkdir()
        with lines.open("rb") as now:
            return write_delta(since, now, folder, base=self.base, withhold=withhold)

    def _sort(self, sorter: Sorter, shared: set[str]) -> None:
        """Give everything to the sorter that pages tell, and count."""
        for node in self.flow.nodes():
            sorter.add(rows_of(*node))
        for edge in self.flow.edges():
            subject, target, key, data = edge
            self.facts += 1
            self.weights[subject] += 1
            self.weights[target] += 1
            row = ""
            for row in edge_rows(edge, self.known):
                sorter.add(row)
            self._hint(subject, target, data)
            title = data.get("title")
            if data["predicate"] == "hasRole" and title and (document := document_of(f"role/{title}")) in shared:
                # only what the page shows is kept of the passages: none
                head = json.loads(row.partition("\x1f")[2][1:])
                sorter.add(f"{document}\x1f1{json.dumps([*head[:-1], []])}")
            for place in passages_of(key, data):
                rule = place[6]
                self.rules[rule] += 1
                if len(self.rule_claims[rule]) < RULE_EXAMPLES:
                    head = json.loads(row.partition("\x1f")[2][1:])
                    self.rule_claims[rule].append(claim_of([*head[:-1], [place]], self.known))

    def _hint(self, subject: str, target: str, data: Mapping[str, Any]) -> None:
        """Keep what tells people of one name apart: the last of their posts."""
        if data["predicate"] == "hasRole" and data["status"] == "happened":
            last = max(data.get("seen", ()), default="")
            if last >= self.posts.get(subject, ("", ""))[0]:
                self.posts[subject] = last, f"{self.known[target].name} {data.get('title', '')}".rstrip()

    def hint(self, one: Known) -> str:
        """Return what stands beside a name in lists."""
        if one.type == "Person":
            return self.posts.get(one.key, ("", ""))[1]
        return "" if one.type == "Page" else " ".join(filter(None, (one.paper, one.when)))

    def _examples(self) -> list[Known]:
        """Return the things that most is said of, in turn of the classes."""
        kinds = [kind for kind in CLASSES if kind not in ("Article", "Page")]
        ranked: dict[str, list[Known]] = {kind: [] for kind in kinds}
        for one in sorted(self.known.values(), key=lambda one: (-self.weights[one.key], one.key)):
            if one.type in ranked and len(ranked[one.type]) < EXAMPLES:
                ranked[one.type].append(one)
        turns = (ranked[kind][turn] for turn in range(EXAMPLES) for kind in kinds if turn < len(ranked[kind]))
        return [one for one, _ in zip(turns, range(EXAMPLES), strict=False)]

    # ------------------------------------------------------------------------------------------------------------ pages

    def _pages(self, sorter: Sorter) -> None:
        for document, rows in groupby(sorter, key=_document):
            path = self.places.path(document)
            links = self.places.links(path)
            if document.startswith("role/"):
                self._title(document, rows, path, links)
                continue
            cut = len(document) + 2
            claims: list[Claim] = []
            data = None
            for row in rows:
                value = json.loads(row[cut:])
                if row[cut - 1] == "0":
                    data = value
                else:
                    claims.append(claim_of(value, self.known))
            assert data is not None  # claim_of has looked for it
            thing = described(data, claims)
            self._put(path, page_of(thing, links, self.front))
            for part in range(1, parts_of(thing) + 1):
                name = self.places.path(document, f"part-{part}.html")
                self._put(name, page_of(thing, links, self.front, part=part))

    def _title(self, document: str, rows: Iterable[str], path: str, links: Links) -> None:
        count = 0
        claims: list[Claim] = []
        for row in rows:
            count += 1
            if len(claims) < other.LISTED:
                claims.append(claim_of(json.loads(row[len(document) + 2 :]), self.known))
        title = unquote(document.removeprefix("role/"))
        self._put(path, other.title_page(title, claims, count, links, self.front))

    def _rules(self) -> None:
        for rule in sorted(filter(None, self.rules)):
            path = self.places.path(document_of(f"rule/{rule}"))
            page = other.rule_page(rule, self.rule_claims[rule], self.rules[rule], self.places.links(path), self.front)
            self._put(path, page)

    def _lists(self, counts: Counter[str]) -> None:
        by_kind: dict[str, list[Known]] = {kind: [] for kind in CLASSES}
        for one in self.known.values():
            by_kind[one.type].append(one)
        for kind, things in by_kind.items():
            if not things:
                continue
            pages = list(browse.list_pages(things))
            names = [file for file, _, _ in pages]
            for file, shown, letters in pages:
                path = f"browse/{kind}/{file}"
                links = self.places.links(path)
                page = browse.list_page(kind, file, names, shown, counts[kind], letters, self.hint, links, self.front)
                self._put(path, page)
        if by_kind["District"]:
            path = self.places.path("districts")
            self._put(path, other.districts_page(by_kind["District"], self.places.links(path), self.front))

    def _index(self) -> None:
        kinds = list(CLASSES)
        entries = (
            Entry(
                self.weights[one.key],
                one.name,
                self.aliases.get(one.key, ()),
                kinds.index(one.type),
                folder_of(document_of(one.key)),
                self.hint(one),
            )
            for one in self.known.values()
            if one.type != "Page"
        )
        for name, content in index_files(entries, [CLASSES[kind] for kind in kinds], THINGS):
            self._put(f"search/{name}", content)

    def _others(self, gone: Sequence[str]) -> None:
        for former, key in sorted(self.former.items()):
            path = self.places.path(document_of(former))
            self._put(path, other.moved_page(former, self.known[key], self.places.links(path), self.front))
        for key in gone:
            path = self.places.path(document_of(key))
            self._put(path, other.gone_page(key, self.places.links(path), self.front))

    def _front(self, counts: Counter[str], dumps: Sequence[Dump], changes: Delta | None) -> None:
        links = self.places.links("index.html")
        self._put("index.html", other.home_page(counts, self.facts, self._examples(), links, self.front, self.base))
        self._put("search/index.html", other.search_page(self.places.links("search/index.html"), self.front, counts))
        self._put(
            "dumps/index.html", other.dumps_page(dumps, changes, self.places.links("dumps/index.html"), self.front)
        )
        for name in ASSETS:
            self._put(f"assets/{name}", files("exports").joinpath("assets", name).read_bytes())

    def _about(self, said: Triples) -> None:
        """Write the pages of the catalogue and of the build."""

        def page_of(up: str) -> Callable[[str], str]:
            # whatever lies below the base has a page
            start = self.base
            return lambda iri: f"{up}{self.places.href(iri.removeprefix(start))}" if iri.startswith(start) else ""

        links = self.places.links("catalogue/index.html")
        page = catalogue_page(self.portal, said, page_of("../"), links, self.front)
        self._put("catalogue/index.html", page)
        path = self.places.path("build")
        page = build_page(f"{self.base}build", said, page_of("../../"), self.places.links(path), self.front)
        self._put(path, page)

    # ------------------------------------------------------------------------------------------ for engines and servers

    def _help(self, gone: Sequence[str]) -> None:
        root = urlsplit(self.site).path or "/"
        self._put("404.html", other.lost_page(self.front, root))
        if gone:
            self._put("410.html", other.lost_page(self.front, root, withdrawn=True))
        self._put("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {_uri(self.site)}sitemap.xml\n")
        self._sitemap()
        self._put(".htaccess", self._apache(root, gone))
        moved = sorted((document_of(old), document_of(new)) for old, new in self.former.items())
        things = f"{root}{THINGS}/"
        self._put("_redirects", "".join(f"{things}{old}/* {things}{new}/ 301\n" for old, new in moved))

    def _sitemap(self) -> None:
        """Write the sitemap: home, then things in the order of keys; days of change only where a day of issue is given.

        What is as it was in the portal before keeps its day.
        """
        site = _loc(self.site)  # what stands behind it is percent-encoded

        def row(document: str) -> str:
            where = f"{THINGS}/{document}/" if document else ""
            day = self.days.get(document, self.front.issued)
            return f"<url><loc>{site}{where}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>\n"

        day = f"<lastmod>{self.front.issued}</lastmod>" if self.front.issued else ""
        things = (document_of(key) for key in sorted(self.known))
        number = 0
        for number, some in enumerate(_batches(["", *things], SITEMAP), 1):
            self._put(f"sitemap-{number}.xml", _xml("urlset", "".join(map(row, some))))
        names = (f"{site}sitemap-{one}.xml" for one in range(1, number + 1))
        rows = "".join(f"<sitemap><loc>{one}</loc>{day}</sitemap>\n" for one in names)
        self._put("sitemap.xml", _xml("sitemapindex", rows))

    def _apache(self, root: str, gone: Sequence[str]) -> str:
        name = THINGS
        lines = [
            "# What IRIs answer, for Apache with mod_rewrite; for other servers see the user guide.",
            "DirectoryIndex index.html",
            "AddDefaultCharset utf-8",
            "AddType text/turtle .ttl",
            "AddType application/ld+json .jsonld",
            "AddType application/n-triples .nt",
            "AddType application/n-quads .nq",
            "AddType application/trig .trig",
            "AddType application/rdf+xml .rdf",
            '<Files "void">',
            "ForceType text/turtle",
            "</Files>",
            f"ErrorDocument 404 {root}404.html",
            *([f"ErrorDocument 410 {root}410.html"] if gone else []),
            "RewriteEngine On",
            f"RewriteBase {root}",
            *(f"RewriteRule ^{name}/{key}(/.*)?$ - [G,L]" for key in gone if is_plain(key)),
            *(
                f"RewriteRule ^{name}/{old}(/.*)?$ {name}/{new}/ [R=301,L]"
                for old, new in sorted(self.former.items())
                if is_plain(old) and is_plain(new)
            ),
            f"RewriteRule ^{name}/.*\\.(html|ttl|jsonld)$ - [L]",
            'RewriteCond %{HTTP_ACCEPT} "text/turtle" [NC]',
            'RewriteCond %{HTTP_ACCEPT} "!text/html" [NC]',
            f"RewriteRule ^{name}/(.+?)/?$ {name}/$1/index.ttl [R=303,L]",
            'RewriteCond %{HTTP_ACCEPT} "application/(ld\\+)?json" [NC]',
            'RewriteCond %{HTTP_ACCEPT} "!text/html" [NC]',
            f"RewriteRule ^{name}/(.+?)/?$ {name}/$1/index.jsonld [R=303,L]",
            f"RewriteRule ^{name}/(.+[^/])$ {name}/$1/ [R=303,L]",
        ]
        return "\n".join(lines) + "\n"

    # ------------------------------------------------------------------------------------------------------------ files

    def _put(self, path: str, content: str | bytes) -> None:
        """Write a file below the folder."""
        parent = path.rpartition("/")[0]
        if parent not in self._folders:
            (self.folder / parent).mkdir(parents=True, exist_ok=True)
            self._folders.add(parent)
        raw = content.encode("utf-8") if isinstance(content, str) else content
        (self.folder / path).write_bytes(raw)


def _document(row: str) -> str:
    return row[: row.index("\x1f")]


def _batches(items: Iterable[str], size: int) -> Iterator[list[str]]:
    held: list[str] = []
    for one in items:
        held.append(one)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held


def _loc(iri: str) -> str:
    """Return an IRI as a sitemap gives it."""
    return escape(_uri(iri))


def _uri(iri: str) -> str:
    """Return the URI of an IRI (RFC 3987, 3.1): the name of its host for the DNS, the rest percent-encoded."""
    parts = urlsplit(iri)
    user, at, host = parts.netloc.rpartition("@")
    name, colon, port = host.partition(":")
    with suppress(UnicodeError):  # what is no name of the DNS is percent-encoded as well
        name = name.encode("idna").decode("ascii")
    return percent(parts._replace(netloc=f"{user}{at}{name}{colon}{port}").geturl(), safe="!#$%&'()*+,/:;=?@[]~")


def _xml(tag: str, rows: str) -> str:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{tag} xmlns="{space}">\n{rows}</{tag}>\n'
