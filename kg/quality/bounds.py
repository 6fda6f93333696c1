"""What an analyst asks of a build: least numbers and greatest shares, in a small file of their keeping.

[minimum]             # numbers of the report: pages, articles, statements, entities, facts, ...
articles = 1000

[minimum.classes]     # entities of a class
TradeUnion = 300

[minimum.relations]   # facts of a relation
organizes = 500

[maximum]             # shares of the report
unresolved = 0.15
"""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError, UnknownName
from ontology import ontology

__all__ = ["COUNTS", "SHARES", "Bounds", "Broken", "read_bounds"]

COUNTS = (
    "pages",
    "articles",
    "stories",
    "mentions",
    "local_entities",
    "statements",
    "entities",
    "facts",
)
SHARES: Mapping[str, str] = {  # name -> of what it is a share
    "unresolved": "names of bodies and districts",
    "candidates": "entities",
    "contradictions": "entities",
    "suspicious": "entities",
    "alone": "entities",
    "dropped": "statements",
    "violations": "entities and facts that were checked",
    "reprints": "articles",
    "issues": "articles",
}


@dataclass(frozen=True, slots=True)
class Broken:
    """A bound that a build does not keep: what was asked for, and what there is."""

    name: str
    found: float
    bound: float
    of: str = ""  # of what `found` is a share, "" where it is a number

    def __str__(self) -> str:
        if self.of:
            return f"{self.name} {self.found:g} of {self.of}, at most {self.bound:g}"
        return f"{self.found:g} {self.name}, at least {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Least numbers by name, of counts, classes and relations, and greatest shares."""

    source: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    classes: tuple[tuple[str, int], ...] = ()
    relations: tuple[tuple[str, int], ...] = ()
    shares: tuple[tuple[str, float], ...] = ()

    def broken(self, report: Mapping[str, Any]) -> list[Broken]:
        """Return the bounds that the report of a build does not keep, in the order of the file's sections."""
        return [
            *_fewer(self.counts, report["counts"]),
            *_fewer(self.classes, report["entities"]),
            *_fewer(self.relations, report["facts"]),
            *(
                Broken(name, report["shares"][name], bound, SHARES[name])
                for name, bound in self.shares
                if report["shares"][name] > bound
            ),
        ]


def _fewer(asked: tuple[tuple[str, int], ...], found: Mapping[str, int]) -> Iterator[Broken]:
    return (Broken(name, found.get(name, 0), least) for name, least in asked if found.get(name, 0) < least)


def read_bounds(path: str | os.PathLike[str]) -> Bounds:
    """Read a file of bounds.

    Raises InputError where it cannot be read, is no TOML, or a value is no bound, and UnknownName for a section, count,
    class, relation or share that there is not.
    """
    try:
        raw = tomllib.loads(Path(path).read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}; name a file of bounds") from error
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: not TOML: {error}; the guide shows what a file of bounds looks like") from None
    _known(path, "section", raw, ("minimum", "maximum"))
    minimum, maximum = (_table(path, name, raw.get(name, {})) for name in ("minimum", "maximum"))
    inner = {name: _table(path, f"minimum.{name}", minimum.pop(name, {})) for name in ("classes", "relations")}
    _known(path, "count", minimum, (*COUNTS, *inner))
    _known(path, "class", inner["classes"], ontology.classes)
    _known(path, "relation", inner["relations"], ontology.relations)
    _known(path, "share", maximum, SHARES)
    return Bounds(
        str(path),
        _numbers(path, "minimum", minimum),
        _numbers(path, "minimum.classes", inner["classes"]),
        _numbers(path, "minimum.relations", inner["relations"]),
        _shares(path, maximum),
    )


def _table(path: object, name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{path}: {name} is no section; write [{name}] and one bound a line below it")
    return dict(value)


def _known(path: object, kind: str, given: Mapping[str, object], known: Mapping[str, object] | tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise UnknownName(f"{kind} in {path}", name, known)


def _numbers(path: object, section: str, given: Mapping[str, object]) -> tuple[tuple[str, int], ...]:
    found = []
    for name, value in given.items():
        if type(value) is not int or value < 0:
            raise InputError(f"{path}: [{section}] {name} = {value!r} is no least number; write a whole one, 0 or more")
        found.append((name, value))
    return tuple(found)


def _shares(path: object, given: Mapping[str, object]) -> tuple[tuple[str, float], ...]:
    found = []
    for name, value in given.items():
        share = math.nan if isinstance(value, bool) or not isinstance(value, int | float) else float(value)
        if not math.isfinite(share) or share < 0:
            raise InputError(
                f"{path}: [maximum] {name} = {value!r} is no greatest share; write a number, 0.2 for a fifth"
            )
        found.append((name, share))
    return tuple(found)
