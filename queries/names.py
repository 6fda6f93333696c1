"""From what a user calls a thing to its key: by name, by alias, by part of a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from kg.errors import KGError, UnknownName
from kg.text import fold
from ontology import ontology
from queries.table import Run

__all__ = ["HOW", "AmbiguousName", "Hit", "Search", "find", "resolve", "resolve_with"]

KEY, FORMER, NAME, ALIAS, START, PART = range(6)
HOW = ("key", "former key", "name", "alias", "start", "part")
_SHOWN = 8  # candidates in a message

# A key counts before a former one, that before a name, that before an alias, that before the start of a name, that
# before any part of it.
_FIND = """\
MATCH (n:Entity)
WITH n, coalesce(n.aliases, []) AS aliases, [label IN labels(n) WHERE label IN $classes] AS classes
WHERE size(classes) > 0
WITH n, aliases, classes[0] AS class,
  CASE
    WHEN n.key IN $exact THEN 0
    WHEN any(key IN coalesce(n.formerKeys, []) WHERE key IN $exact) THEN 1
    WHEN n.name IN $exact THEN 2
    WHEN any(alias IN aliases WHERE alias IN $exact) THEN 3
    WHEN any(text IN $texts WHERE toLower(n.name) STARTS WITH text) THEN 4
    WHEN any(text IN $texts WHERE toLower(n.name) CONTAINS text
      OR any(alias IN aliases WHERE toLower(alias) CONTAINS text)) THEN 5
    ELSE 6
  END AS rank
WHERE rank < 6
RETURN n.key AS key, class, n.name AS name, aliases, rank
ORDER BY rank, size(n.name), n.name, n.key
"""


# Looks for entities of some classes: spellings that must be met, texts that a name may hold, most hits to give.
Search = Callable[[list[str], list[str], Iterable[str], int | None], "list[Hit]"]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that was found, and by what of it: key, former key, name, alias, start or part of a name."""

    key: str
    type: str
    name: str
    aliases: tuple[str, ...]
    how: str


class AmbiguousName(UnknownName):
    """A name that several entities bear."""

    def __init__(self, name: str, candidates: Collection[Hit]) -> None:
        shown = [f"{hit.name} ({hit.type}, {hit.key})" for hit in candidates][:_SHOWN]
        more = f" and {len(candidates) - _SHOWN} more" if len(candidates) > _SHOWN else ""
        KGError.__init__(
            self,
            f"{name!r} may be {len(candidates)} entities: {', '.join(shown)}{more}; give the full name or the key",
        )
        self.kind, self.name, self.candidates = "entity", name, tuple(candidates)


def find(
    run: Run, text: str, *, classes: Iterable[str] = (), limit: int | None = None, timeout: float | None = None
) -> list[Hit]:
    """Return the entities that `text` names, the best first; `classes` narrows them, none stand for all."""
    exact = _spellings(text)
    if not exact:
        return []
    return _hits(run, exact, [spelling.lower() for spelling in exact], classes, limit, timeout)


def resolve(run: Run, text: str, *, classes: Iterable[str] = (), timeout: float | None = None) -> Hit:
    """Return the one entity `text` names: by its key or a former one, else its name, else an alias.

    A name that nobody bears raises UnknownName with near names, one that several bear AmbiguousName.
    """

    def search(exact: list[str], texts: list[str], classes: Iterable[str], limit: int | None) -> list[Hit]:
        return _hits(run, exact, texts, classes, limit, timeout)

    return resolve_with(search, text, classes)


def resolve_with(search: Search, text: str, classes: Iterable[str] = ()) -> Hit:
    """Return what `resolve` does, of what `search` finds."""
    wanted = sorted(classes) or sorted(ontology.classes)
    exact = _spellings(text)
    found = search(exact, [spelling.lower() for spelling in exact], wanted, 1000) if exact else []
    hits = [hit for hit in found if HOW.index(hit.how) <= ALIAS]
    best = [hit for hit in hits if hit.how == hits[0].how]
    if len(best) == 1:
        return best[0]
    if best:
        raise AmbiguousName(text, best)
    kind = " or ".join(wanted) if len(wanted) < len(ontology.classes) else "entity"
    raise UnknownName(kind, text, _near(search, text, wanted))


def _near(search: Search, text: str, classes: Iterable[str]) -> list[str]:
    """Return names that share two characters with `text`, the closest in length first; few, since they are shown."""
    folded = _spellings(text)
    pairs = sorted({spelling[at : at + 2].lower() for spelling in folded for at in range(len(spelling) - 1)})
    if not pairs:
        return []
    hits = search(folded, pairs, classes, 2000)
    names = sorted({hit.name for hit in hits}, key=lambda name: (-_shared(name, pairs), len(name), name))
    return names[:_SHOWN]


def _shared(name: str, pairs: Iterable[str]) -> int:
    return sum(pair in name.lower() for pair in pairs)


def _hits(
    run: Run,
    exact: list[str],
    texts: list[str],
    classes: Iterable[str],
    limit: int | None,
    timeout: float | None,
) -> list[Hit]:
    parameters = {"exact": exact, "texts": texts, "classes": sorted(classes) or sorted(ontology.classes)}
    table = run(_FIND, parameters, limit=limit, timeout=timeout)
    return [
        Hit(str(key), str(cls), str(name), tuple(map(str, aliases)), HOW[int(rank)])
        for key, cls, name, aliases, rank in table.rows
        if isinstance(aliases, list) and isinstance(rank, int)
    ]


def _spellings(text: str) -> list[str]:
    """Return `text` as it is and in the forms a name may be written in."""
    plain = text.strip()
    forms = {plain, unicodedata.normalize("NFC", plain), unicodedata.normalize("NFKC", plain), fold(plain).text}
    return sorted(form for form in forms if form)
