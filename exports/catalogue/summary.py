"""What a catalogue needs to know of the data, found in one pass over its triples in sorted order.

    with open("union-news.nt", "rb") as lines:
        summary = summarise(lines, base=base)

Held in memory are a row for each class, property and rule, and the hashes of some 200,000 objects: distinct objects
are counted by their 64-bit hashes, which go to a temporary file in runs that are sorted, and are united at the end by
ranges of hashes, so that no more than a 256th of them is in memory at a time. Two objects of one hash would count as
one: less likely than one in 100,000 where there are ten million objects.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Self
from urllib.parse import unquote

import pyoxigraph as ox

from exports import DEFAULT_BASE
from kg.errors import InputError
from ontology import NAMESPACE

__all__ = ["Summary", "lines_of", "summarise"]

_BATCH = 4096  # lines that are hashed in one go
_HELD = 200_000  # hashes of objects that are held before they are written
_RANGES = 256
_PLACES = 64  # districts that are named at most

_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_LABEL = b"<http://www.w3.org/2000/01/rdf-schema#label>"
_NOTATION = b"<http://www.w3.org/2004/02/skos/core#notation>"
_BROADER = b"<http://www.w3.org/2004/02/skos/core#broader>"
_LOCATED, _ISSUED, _RULE, _DISTRICT = (
    f"<{NAMESPACE}{name}>".encode() for name in ("locatedIn", "issueDate", "rule", "District")
)
# what makes a triple a link into another dataset, where its object is not one of ours
_LINKS = frozenset(
    f"<{iri}>".encode()
    for iri in (
        "http://www.w3.org/2002/07/owl#sameAs",
        *(
            f"http://www.w3.org/2004/02/skos/core#{kind}Match"
            for kind in ("broad", "close", "exact", "narrow", "related")
        ),
        "https://schema.org/sameAs",
    )
)
_DAY = re.compile(rb'"(\d{4}(?:-\d\d(?:-\d\d)?)?)"')


@dataclass(frozen=True, slots=True)
class Summary:
    """What there is in a graph; all rows are sorted.

    `sha256` is over the lines of N-Triples: the same exactly where the content is. `entities` have an IRI of their own
    below the base, without fragment, and a class; `documents` are the IRIs without fragment that anything is said of,
    or of a part of. `fragments` counts the triples about parts of documents. `first` and `last` are issue dates of
    articles and pages as they are given: a day, a month or a year; "" where there are none. `districts` are those that
    lie in no other and have a code, empty where they are more than one could name. `languages` are tags of literals.
    """

    base: str
    sha256: str
    triples: int
    subjects: int
    objects: int
    entities: int
    documents: int
    fragments: int
    classes: tuple[tuple[str, int], ...]  # IRI, entities and parts of that class
    properties: tuple[tuple[str, int, int], ...]  # IRI, triples, distinct subjects
    examples: tuple[tuple[str, str], ...]  # IRI of a class, IRI of its first entity
    first: str
    last: str
    districts: tuple[tuple[str, str, str], ...]  # IRI, name, code
    rules: tuple[str, ...]  # names
    languages: tuple[str, ...]
    links: tuple[tuple[str, str, int], ...]  # IRI of a property, what the IRIs of the other dataset start with, triples

    @property
    def vocabularies(self) -> tuple[str, ...]:
        """The namespaces that its classes and properties are of."""
        terms = (*(iri for iri, _ in self.classes), *(iri for iri, _, _ in self.properties))
        return tuple(sorted({_namespace(iri) for iri in terms}))

    def count(self, name: str) -> int:
        """Return how many there are of a class of our ontology."""
        return dict(self.classes).get(NAMESPACE + name, 0)


def lines_of(triples: Iterable[ox.Triple]) -> Iterator[bytes]:
    """Return triples as the lines of N-Triples."""
    return (f"{triple} .\n".encode() for triple in triples)


def summarise(lines: Iterable[bytes], *, base: str = DEFAULT_BASE) -> Summary:
    """Return what there is in a graph, given as the lines of N-Triples, sorted by their bytes, each once.

    Raises InputError where a line is none, or the lines are not sorted.
    """
    with _Distinct() as objects:
        return _Pass(base, objects).over(lines)


class _Pass:
    """One pass: counters, and what is known of the subject that is being read."""

    def __init__(self, base: str, objects: _Distinct) -> None:
        self.base, self.objects = base, objects
        self.start = b"<" + base.encode()
        self.digest = hashlib.sha256()
        self.triples = self.subjects = self.entities = self.documents = self.fragments = 0
        self.classes: dict[bytes, int] = {}
        self.properties: dict[bytes, int] = {}
        self.described: dict[bytes, int] = {}  # property -> distinct subjects
        self.examples: dict[bytes, bytes] = {}
        self.tails: set[bytes] = set()  # what stands behind the text of a literal
        self.first = self.last = ""
        self.districts: list[tuple[str, str, str]] = []
        self.rules: set[bytes] = set()
        self.links: dict[tuple[str, str], int] = {}
        self.open: list[bytes] = []  # documents whose parts may still come, each the start of the next one's IRI
        self.subject = b""
        self.kinds: list[bytes] = []
        self.label = self.code = b""
        self.inside = False
        self.readers: dict[bytes, Callable[[bytes, bytes], None]] = {
            _TYPE: self._type,
            _LABEL: self._name,
            _NOTATION: self._name,
            _BROADER: self._within,
            _LOCATED: self._within,
            _ISSUED: self._date,
            _RULE: self._rule,
            **dict.fromkeys(_LINKS, self._link),
        }

    def over(self, lines: Iterable[bytes]) -> Summary:
        """Read all lines."""
        source = iter(lines)
        seen, properties, described, tails = self.objects.held, self.properties, self.described, self.tails
        subject = predicate = b""
        reader: Callable[[bytes, bytes], None] | None = None
        before = 0  # triples before this subject
        triples = 0
        while batch := list(islice(source, _BATCH)):
            if not batch[-1].endswith(b" .\n"):
                raise InputError(
                    f"{_shown(batch[-1])} is no line of N-Triples that ends with a full stop and a line end"
                )
            self.digest.update(b"".join(batch))
            for line in batch:
                try:
                    new, verb, value = line.split(b" ", 2)
                except ValueError:
                    raise InputError(f"{_shown(line)} is no line of N-Triples") from None
                if new != subject:
                    if new < subject:
                        raise InputError(f"{_shown(line)} is not in order; sort the lines by their bytes")
                    self._close(triples - before)
                    self._begin(new)
                    subject, predicate, before = new, b"", triples
                triples += 1
                if verb != predicate:
                    predicate, reader = verb, self.readers.get(verb)
                    described[verb] = described.get(verb, 0) + 1
                properties[verb] = properties.get(verb, 0) + 1
                seen.add(hash(value))
                if value[0] == 34:  # a quotation mark: a literal
                    tails.add(value[value.rfind(b'"') + 1 :])
                if reader is not None:
                    reader(verb, value)
            if len(seen) > _HELD:
                self.objects.spill()
        self._close(triples - before)
        self.triples = triples
        return self._summary()

    def _begin(self, subject: bytes) -> None:
        self.subject, self.kinds, self.label, self.code, self.inside = subject, [], b"", b"", False
        self.subjects += 1
        if not subject.startswith(self.start):
            return
        document = subject[1:-1].partition(b"#")[0]
        # `<a#x>` sorts before `<a-1>`, and that before `<a>`: a document is still open while others start as it does
        while self.open and not document.startswith(self.open[-1]):
            self.open.pop()
        if not self.open or self.open[-1] != document:
            self.open.append(document)
            self.documents += 1

    def _close(self, triples: int) -> None:
        """Count the subject that was read, in so many triples."""
        subject = self.subject
        if b"#" in subject:
            self.fragments += triples
        elif self.kinds and subject.startswith(self.start):
            self.entities += 1
            for kind in self.kinds:
                self.examples.setdefault(kind, subject)
        if self.code and not self.inside and _DISTRICT in self.kinds and len(self.districts) <= _PLACES:
            self.districts.append((_iri(subject), _text(self.label), _text(self.code)))

    def _type(self, _: bytes, value: bytes) -> None:
        kind = value[:-3]
        self.kinds.append(kind)
        self.classes[kind] = self.classes.get(kind, 0) + 1

    def _name(self, verb: bytes, value: bytes) -> None:
        if verb == _NOTATION:
            self.code = value
        elif not self.label or value.endswith(b"@zh .\n"):
            self.label = value

    def _within(self, _: bytes, __: bytes) -> None:
        self.inside = True

    def _date(self, _: bytes, value: bytes) -> None:
        found = _DAY.match(value)
        if found is None:
            return
        date = found[1].decode()
        if not self.first or _earliest(date) < _earliest(self.first):
            self.first = date
        if not self.last or _latest(date) > _latest(self.last):
            self.last = date

    def _rule(self, _: bytes, value: bytes) -> None:
        self.rules.add(value)

    def _link(self, verb: bytes, value: bytes) -> None:
        if value.startswith(b"<") and not value.startswith(self.start):
            way = _iri(verb), _namespace(_iri(value[:-3]))
            self.links[way] = self.links.get(way, 0) + 1

    def _summary(self) -> Summary:
        tags = {tail[1:].split(b" ")[0].decode() for tail in self.tails if tail.startswith(b"@")}
        rule = self.base + "rule/"
        names = {unquote(_iri(v[:-3]).removeprefix(rule)) if v.startswith(b"<") else _text(v) for v in self.rules}
        return Summary(
            base=self.base,
            sha256=self.digest.hexdigest(),
            triples=self.triples,
            subjects=self.subjects,
            objects=self.objects.count(),
            entities=self.entities,
            documents=self.documents,
            fragments=self.fragments,
            classes=tuple(sorted((_iri(kind), count) for kind, count in self.classes.items())),
            properties=tuple(sorted((_iri(verb), n, self.described[verb]) for verb, n in self.properties.items())),
            examples=tuple(sorted((_iri(kind), _iri(subject)) for kind, subject in self.examples.items())),
            first=self.first,
            last=self.last,
            districts=tuple(sorted(self.districts)) if len(self.districts) <= _PLACES else (),
            rules=tuple(sorted(names)),
            languages=tuple(sorted(tags)),
            links=tuple(sorted((verb, space, count) for (verb, space), count in self.links.items())),
        )


class _Distinct:
    """Counts distinct values by hashes that the caller puts into `held`, and may `spill` when these are many."""

    def __init__(self) -> None:
        self.held: set[int] = set()
        self._runs: list[tuple[int, list[int]]] = []  # where a run stands in the file, where each range starts in it
        self._file: BinaryIO | None = None
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def spill(self) -> None:
        """Write what is held as a run, and hold nothing."""
        if self._file is None:
            self._file = self._stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
        run = array("q", sorted(self.held))
        bounds = [bisect_left(run, -(2**63) + index * (2**64 // _RANGES)) for index in range(_RANGES)]
        self._runs.append((self._file.tell(), [*bounds, len(run)]))
        run.tofile(self._file)
        self.held.clear()

    def count(self) -> int:
        """Return how many distinct values there were."""
        if self._file is None:
            return len(self.held)
        self.spill()
        total = 0
        for index in range(_RANGES):
            found: set[int] = set()
            for place, bounds in self._runs:
                part = array("q")
                self._file.seek(place + bounds[index] * part.itemsize)
                part.fromfile(self._file, bounds[index + 1] - bounds[index])
                found.update(part)
            total += len(found)
        return total


def _iri(term: bytes) -> str:
    return term[1:-1].decode()


def _text(literal: bytes) -> str:
    """Return the text of a literal as it stands in a line of N-Triples, "" where there is none."""
    if not literal:
        return ""
    triple = next(iter(ox.parse(b"<s:> <p:> " + literal, format=ox.RdfFormat.N_TRIPLES)))
    return triple.object.value if isinstance(triple.object, ox.Literal) else ""


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _earliest(date: str) -> tuple[str, int]:
    return date + "-01-01"[len(date) - 4 :], -len(date)


def _latest(date: str) -> tuple[str, int]:
    return date + "-12-31"[len(date) - 4 :], len(date)


def _shown(line: bytes) -> str:
    return repr(line[:80].decode("utf-8", "replace"))
