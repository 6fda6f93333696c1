"""Where things lie: the folder of each document below the portal, and the links between them.

A document is what stands behind the base in its IRI: `entity-x`, `role/%E4%B8%BB%E5%B8%AD`. A server finds its folder
by undoing the percent-encoding. What no folder can be called like lies under a hash, where pages link to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote as percent
from urllib.parse import unquote

from exports import DEFAULT_BASE
from exports.portal.frame import Links
from exports.rdf.terms import check_base, iri_key
from kg.errors import InputError
from kg.ids import make_id

__all__ = ["THINGS", "Places", "document_of", "folder_of", "is_plain", "site_of"]

THINGS = "id"  # the last folder of a base
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._~-]*")
_BARRED = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|\ud800-\udfff]')
LONGEST = 200  # bytes of a name of a folder; most file systems take 255
SHARED = ("role/", "rule/")  # keys that are two segments


def site_of(base: str) -> str:
    """Return the site below which things lie in the folder THINGS; InputError where the base ends in another."""
    check_base(base)
    if not re.match(r"https?://[^/]", base):
        raise InputError(f"{base!r} cannot be the base of a portal: let it start with https:// or http:// and a host")
    if not base.endswith(f"/{THINGS}/"):
        raise InputError(f"{base!r} cannot be the base of a portal: let it end with /{THINGS}/, as {DEFAULT_BASE} does")
    return base.removesuffix(f"{THINGS}/")


def document_of(key: str) -> str:
    """Return what stands behind the base in the IRI of a key; keys of titles and rules hold one slash."""
    for prefix in SHARED:
        if key.startswith(prefix):
            return prefix + iri_key(key.removeprefix(prefix))
    return iri_key(key)


def is_plain(document: str) -> bool:
    """Whether no rule of a server has to escape anything of it."""
    return bool(_PLAIN.fullmatch(document))


def folder_of(document: str) -> str:
    """Return the folder of a document below that of all things."""
    if _PLAIN.fullmatch(document) and len(document) <= LONGEST:
        return document
    path = unquote(document)
    parts = path.split("/")
    if all(part and part.strip(". ") == part and len(part.encode("utf-8", "replace")) <= LONGEST for part in parts):
        if not _BARRED.search(path) and "index.html" not in parts:
            return path
    return f"other/{make_id('document', document)}"


class Places:
    """Makes the links of pages: `there` says whether a page of the site by this name is there."""

    def __init__(self, base: str, there: Callable[[str], bool]) -> None:
        """Raise InputError where no portal can have this base."""
        self.base = base
        self.site = site_of(base)
        self._there = there
        self._links: dict[int, Links] = {}

    def path(self, document: str, name: str = "index.html") -> str:
        """Return the path of a file of a document below the site."""
        return f"{THINGS}/{folder_of(document)}/{name}"

    def href(self, document: str) -> str:
        """Return the way from the site to the page of a document."""
        folder = folder_of(document)
        return f"{THINGS}/{folder if _PLAIN.fullmatch(folder) else percent(folder)}/index.html"

    def links(self, path: str) -> Links:
        """Return the links of the file at `path` below the site."""
        depth = path.count("/")
        if depth not in self._links:
            self._links[depth] = self._made("../" * depth)
        return self._links[depth]

    def _made(self, up: str) -> Links:
        things = f"{up}{THINGS}/"

        def file(key: str, name: str) -> str:
            folder = folder_of(document_of(key))
            return f"{things}{folder if _PLAIN.fullmatch(folder) else percent(folder)}/{name}"

        def site(name: str) -> str:
            return f"{up}{name}/index.html" if name and self._there(name) else "" if name else f"{up}index.html"

        return Links(
            iri=lambda key: self.base + document_of(key),
            page=lambda key: file(key, "index.html"),
            part=lambda key, part: file(key, f"part-{part}.html"),
            data=lambda key, suffix: file(key, f"index.{suffix}"),
            asset=lambda name: f"{up}assets/{name}",
            site=site,
        )
