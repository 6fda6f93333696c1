"""A workspace out of our own RDF: entities, facts and statements as they were exported, without pages.

Any syntax becomes lines of N-Quads, of which those of the merged graph are kept and sorted outside of memory, so that
all that is said of one document, a thing or an article, stands together:

  a thing    its class and properties; the facts whose subject it is
  an article its passages, with selectors, and its annotations, which become statements

Facts and statements then meet by sorting again. Statements have entities as ends, not what one article speaks of.
What is left out of the RDF is not there afterwards: pages and their texts, the decisions of resolve, what was rejected.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast
from urllib.parse import unquote

import pyoxigraph as ox

import kg
from exports.rdf.terms import date, term
from kg.errors import InputError, OntologyError, WorkspaceError
from kg.io import Sorter, dump, load
from kg.model import STATUSES, Article, Entity, Evidence, Extraction, FactRow, Page, Statement, Value
from kg.quality import SHARES, report_page
from kg.quality.records import Components, Shapes
from kg.resolve import IdTable
from kg.workspace import NAME, RESTORED, Draft, PageRecord, draft
from ontology import NAMESPACE, PropertyDef, ontology

__all__ = ["Restored", "restore"]

_SEP = "\x1f"  # parts the columns of lines that are sorted; no term, and no JSON, holds one
_GZIP = b"\x1f\x8b"
_MADE_BY = "kg export"
_LONGEST = 1_000_000  # lines of a page that one passage may stand on
_KEPT = frozenset({"name", "aliases", "nameKey", "text"})  # properties that are no props of an entity

# what the report of a build counts and lists; of most there is nothing here
_COUNTED = (
    "pages",
    "leftover_lines",
    "articles",
    "stories",
    "mentions",
    "local_entities",
    "statements",
    "entities",
    "facts",
    "issues",
    "unresolved",
    "candidates",
    "contradictions",
    "overruled",
    "rejected",
    "idle_decisions",
    "dropped",
    "reprints",
    "suspicious",
    "violations",
)
_LISTED = (
    "issues",
    "unresolved",
    "candidates",
    "contradictions",
    "overruled",
    "decisions",
    "dropped",
    "reprints",
    "suspicious",
)

# what is read, by the name it has here; properties of things and facts have their names in the graph
_STRUCTURE = {
    term(name): name
    for name in (
        "rdf:type",
        "dcterms:isReplacedBy",
        "un:subject",
        "un:predicate",
        "un:object",
        "un:evidence",
        "un:rule",
        "oa:hasBody",
        "oa:hasTarget",
        "oa:hasSource",
        "oa:hasSelector",
        "oa:exact",
        "oa:start",
        "oa:end",
    )
}
_FACT = term("un:Fact")

Values = dict[str, list[str]]  # what is said of a subject: name -> terms as they stand in N-Triples


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and what the IRIs in the file start with."""

    base: str
    counts: Mapping[str, int]


def restore(
    source: str | os.PathLike[str],
    workspace: str | os.PathLike[str],
    *,
    progress: Callable[[str, int, int], None] | None = None,
) -> Restored:
    """Make `workspace` hold what a file of our own RDF says: TriG, N-Quads, N-Triples, Turtle, JSON-LD or RDF/XML, as
    its name tells, packed by gzip (.gz) or not. The same graph, in whatever order, gives the same workspace.

    Raises InputError where the file cannot be read, or is not the RDF of a whole export; WorkspaceError where there are
    pages already. A restored workspace is replaced.
    """
    tell = progress or (lambda *_: None)
    path = Path(source)
    syntax, packed = _syntax(path)
    with draft(workspace) as work, ExitStack() as stack:
        if work.now is not None and RESTORED not in work.now.head:
            raise WorkspaceError(f"{workspace}: a workspace made from pages; give a new folder to restore into")
        if work.now is None and (work.folder / "ids.tsv").exists():
            raise WorkspaceError(f"{workspace}: an ids.tsv is in it, which would be lost; give a new folder")
        said, things, facts, pages = (stack.enter_context(Sorter()) for _ in range(4))
        tell("reading", 0, 0)
        _read(path, syntax, packed, said)
        work.begin()
        reader = _Reader(str(path), things, facts)
        tell("sorting", 0, 0)
        reader.read(said)
        if not reader.base:
            raise InputError(f"{path}: nothing in it is of a class of {NAMESPACE}; give RDF that {_MADE_BY} wrote")
        writer = _Writer(work, reader, pages)
        tell("writing", 0, 0)
        counts = writer.write()
        return Restored(reader.base, counts)


# -------------------------------------------------------------------------------------------------------------- reading


def _syntax(path: Path) -> tuple[ox.RdfFormat, bool]:
    """Return the syntax a file is in, by its name, and whether it is packed."""
    packed = path.suffix == ".gz"
    ending = (path.with_suffix("") if packed else path).suffix.removeprefix(".")
    if ending not in _ENDINGS:
        raise InputError(f"{path}: its name does not tell its syntax; it ends with .{', .'.join(_ENDINGS)}, or .gz too")
    return _ENDINGS[ending], packed


_ENDINGS = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


def _read(path: Path, syntax: ox.RdfFormat, packed: bool, said: Sorter) -> None:
    """Sort what the merged graph says by documents."""
    try:
        with path.open("rb") as raw:
            stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
            # the lines are made without Python; lenient, since each IRI that matters is looked at here
            quads = ox.parse(stream, format=syntax, lenient=True)
            sink = _Sink(said)
            ox.serialize(quads, cast(BinaryIO, sink), format=ox.RdfFormat.N_QUADS)
            sink.flush()
    except SyntaxError as error:
        raise InputError(f"{path}: no {syntax.name}: {error}") from None
    except MemoryError as error:  # of the reader, which holds a term in a buffer
        raise InputError(f"{path}: a term in it is too long to be read ({error})") from None
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
    except ValueError as error:
        raise InputError(f"{path}: no {syntax.name}: {error}") from None


def _names() -> dict[str, str]:
    """Return the predicates that are read, as they stand in N-Triples, with their names here."""
    written = {f"<{prop.written[0]}>": prop.attribute for prop in ontology.properties.values()}
    return {**written, **_STRUCTURE}


class _Sink(io.RawIOBase):
    """Takes N-Quads in pieces, and gives a sorter those lines of the default graph that are of use:
    document, part of it, predicate, object."""

    def __init__(self, sorter: Sorter) -> None:
        self._sorter, self._rest = sorter, b""
        self._names = _names()

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        piece = self._rest + bytes(data)
        cut = piece.rfind(b"\n") + 1
        self._rest = piece[cut:]
        names, add = self._names, self._sorter.add
        for line in piece[:cut].decode("utf-8").split("\n"):
            parts = line.split(" ", 2)
            if len(parts) < 3 or (name := names.get(parts[1])) is None:
                continue
            subject, _, rest = parts
            end = rest.rfind('"') + 1  # behind a literal only its language or datatype
            end = rest.find(" ", end)
            if rest[end:] == " ." and subject[0] == "<":  # else it is in the graph of an article
                document, _, part = subject[1:-1].partition("#")
                add(f"{document}{_SEP}{part}{_SEP}{name}{_SEP}{rest[:end]}")
        return len(data)

    def flush(self) -> None:
        if self._rest:
            rest, self._rest = self._rest, b""
            self.write(rest + b"\n")


_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def _text(literal: str) -> str:
    """Return the text of a literal."""
    text = literal[1 : literal.rindex('"')]
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(found: re.Match[str]) -> str:
    short, long, plain = found.groups()
    return chr(int(short or long, 16)) if short or long else _PLAIN.get(plain, plain)


_UNSAFE = re.compile(r'[\x00-\x1f"\\]')


class _Printed(NamedTuple):
    """Where an article stands."""

    page: str
    number: int
    issue_date: str


class _Reader:
    """Reads what is said of each document, and gives sorters things (and the ids they had), facts and statements."""

    def __init__(self, source: str, things: Sorter, facts: Sorter) -> None:
        self.source, self.things, self.facts = source, things, facts
        self.base = ""
        self.articles: dict[str, _Printed] = {}
        self._classes = {f"<{definition.iri}>": name for name, definition in ontology.classes.items()}
        self._relations = {f"<{relation.iri}>": name for name, relation in ontology.relations.items()}

    def read(self, said: Iterable[str]) -> None:
        """Read lines that are sorted by document and part."""
        for document, lines in groupby(said, key=lambda line: line[: line.index(_SEP)]):
            self._document(document, (line[len(document) + 1 :] for line in lines))

    def _document(self, document: str, lines: Iterable[str]) -> None:
        parts: dict[str, Values] = {}  # annotations, passages and selectors
        for part, found in groupby(lines, key=lambda line: line[: line.index(_SEP)]):
            values: Values = {}
            for line in found:
                name, value = line[len(part) + 1 :].split(_SEP, 1)
                values.setdefault(name, []).append(value)
            if not part:
                self._thing(document, values)
            elif _FACT in values.get("rdf:type", ()):
                self._fact(f"{document}#{part}", values)
            elif "oa:hasBody" in values or "oa:hasSource" in values or "oa:exact" in values or "oa:start" in values:
                parts[f"<{document}#{part}>"] = values
        for iri, values in parts.items():
            if "oa:hasBody" in values:
                self._statement(iri, values, parts)

    # ---------------------------------------------------------------------------------------- things

    def _thing(self, document: str, values: Values) -> None:
        for new in values.get("dcterms:isReplacedBy", ()):
            key = self._key(document, new)
            self.things.add(f"{key}{_SEP}1{_SEP}{self._key(document, f'<{document}>')}")
        types = values.get("rdf:type", ())
        kinds = [self._classes[iri] for iri in types if iri in self._classes]
        if not kinds:
            if unknown := [iri for iri in types if iri.startswith(f"<{NAMESPACE}")]:
                raise self.no(document, f"is of the class {unknown[0]}, which is not in the ontology")
            return
        if len(kinds) > 1:
            raise self.no(document, f"is of {len(kinds)} classes, {', '.join(sorted(kinds))}")
        (kind,) = kinds
        base, _, _ = document.rpartition("/")
        if not self.base:
            self.base = f"{base}/"
        elif self.base != f"{base}/":
            raise self.no(document, f"does not start with {self.base} as others do; an export has one base")
        key = self._key(document, f"<{document}>")
        texts: dict[str, Value] = {}
        for name, terms in values.items():
            prop = ontology.attributes.get(name)
            if prop is not None and kind in prop.domain:
                texts[name] = self._property(document, prop, terms)
        props = tuple(sorted((name, value) for name, value in texts.items() if name not in _KEPT))
        aliases = cast(tuple[str, ...], texts.get("aliases", ()))
        name = str(texts.get("name", ""))
        entity = Entity(key, str(texts.get("nameKey", "")), kind, name, aliases, props, ())
        self.things.add(f"{key}{_SEP}0{_SEP}{dump([entity, str(texts.get('text', ''))])}")
        if kind == "Article":
            number = texts.get("number", 0)
            self.articles[key] = _Printed(
                str(texts.get("page", "")), number if isinstance(number, int) else 0, str(texts.get("issueDate", ""))
            )

    def _property(self, subject: str, prop: PropertyDef, terms: list[str]) -> Value:
        """Return the value of a property, as the graph has it."""
        if prop.many:
            return tuple(sorted(_text(one) for one in terms if one[0] == '"'))
        text = self._literal(subject, prop.attribute, terms)
        match prop.datatype.rpartition("#")[2]:
            case "boolean":
                return text == "true"
            case "integer":
                return self._number(subject, prop.attribute, text)
            case "date":
                try:
                    date(subject, prop.attribute, text)
                except OntologyError as error:
                    raise InputError(f"{self.source}: {error}") from None
        return text

    # ---------------------------------------------------------------------------------------- facts

    def _fact(self, iri: str, values: Values) -> None:
        key = self._part(iri)
        ends = [self._key(iri, self._one(iri, name, values)) for name in ("un:subject", "un:object")]
        predicate = self._relations.get(self._one(iri, "un:predicate", values), "")
        if not predicate:
            raise self.no(iri, "has no un:predicate that is a relation of the ontology")
        status = self._literal(iri, "status", values.get("status", []))
        if status not in STATUSES:
            raise self.no(iri, f"has no un:status of {', '.join(STATUSES)}")
        qualifiers = []
        for name in ontology.relations[predicate].qualifiers:
            prop = ontology.properties[name]
            if not prop.many and prop.attribute in values:
                qualifiers.append((name, self._literal(iri, prop.attribute, values[prop.attribute])))
        confidence = self._decimal(iri, values)
        sources = self._number(iri, "sources", self._literal(iri, "sources", values.get("sources", [])))
        evidence = sorted(self._part(one[1:-1]) for one in values.get("un:evidence", ()))
        seen = sorted(map(_text, values.get("seen", ())))
        row = (ends[0], predicate, ends[1], sorted(qualifiers), status, confidence, sources, evidence, seen)
        self.facts.add(f"{key}{_SEP}0{_SEP}{dump(row)}")

    def _statement(self, iri: str, values: Values, parts: Mapping[str, Values]) -> None:
        """Read an annotation: where it stands, and which fact it is evidence of."""
        subject = iri[1:-1]
        fact = self._part(self._one(subject, "oa:hasBody", values)[1:-1])
        passage = self._one(subject, "oa:hasTarget", values)
        if passage not in parts:
            raise self.no(subject, f"has the target {passage}, of which nothing is said")
        where = parts[passage]
        article = self._key(subject, self._one(passage, "oa:hasSource", where))
        spots = [parts[one] for one in where.get("oa:hasSelector", ()) if one in parts]
        quotes = [one["oa:exact"] for one in spots if "oa:exact" in one]
        places = [one for one in spots if "oa:start" in one]
        if len(places) != 1 or len(quotes) > 1:
            raise self.no(passage[1:-1], "has not one selector of a position, and at most one of a quote")
        start, end = (
            self._number(passage, name, self._literal(passage, name, places[0].get(name, [])))
            for name in ("oa:start", "oa:end")
        )
        if not 0 <= start < end:
            raise self.no(passage[1:-1], f"goes from {start} to {end}")
        quote = self._literal(passage, "oa:exact", quotes[0]) if quotes else ""
        lines = self._spans(passage, "lines", where)
        rule = values.get("un:rule", [])
        evidence = Evidence(
            article,
            start,
            end,
            quote,
            tuple(self._spans(passage, "pageRanges", where)),
            tuple(line for first, last in lines for line in range(first, last + 1)),
            unquote(self._one(subject, "un:rule", values)[1:-1].rpartition("/")[2]) if rule else "",
            self._decimal(subject, values),
            self._literal(subject, "why", values["why"]) if "why" in values else "",
        )
        own = self._part(subject)
        self.facts.add(f"{fact}{_SEP}1{_SEP}{article}{_SEP}{start:012d}{_SEP}{own}{_SEP}{dump(evidence)}")

    def _spans(self, iri: str, name: str, values: Values) -> list[tuple[int, int]]:
        """Return spans as they are written, 7-9,12; what is one number goes from it to itself."""
        text = self._literal(iri, name, values[name]) if name in values else ""
        spans = []
        for part in text.split(",") if text else ():
            first, _, last = part.partition("-")
            one = self._number(iri, name, first)
            other = self._number(iri, name, last) if last else one
            if other - one > _LONGEST:
                raise self.no(iri, f"has {name} from {one} to {other}")
            spans.append((one, other))
        return spans

    # ---------------------------------------------------------------------------------------- terms

    def no(self, iri: str, why: str) -> InputError:
        """Return the error that something is not as an export has it."""
        return InputError(f"{self.source}: {iri} {why}; give the whole of what {_MADE_BY} wrote")

    def _key(self, iri: str, term_: str) -> str:
        """Return the key of a thing, given its IRI in brackets."""
        if term_[0] != "<" or "#" in term_:
            raise self.no(iri, f"leads to {term_}, which is no thing")
        return self._safe(iri, term_[1:-1].rpartition("/")[2])

    def _part(self, iri: str) -> str:
        """Return the id of a part of a document."""
        return self._safe(iri, iri.partition("#")[2])

    def _safe(self, iri: str, text: str) -> str:
        """Return an id as it was before it was percent-encoded; it must need no escape in JSON, or lines of it would
        not be found."""
        try:
            key = unquote(text, errors="strict") if "%" in text else text
        except UnicodeDecodeError:
            key = ""
        if not key or _UNSAFE.search(key):
            raise self.no(iri, f"has no id: {text!r} is none")
        return key

    def _one(self, iri: str, name: str, values: Values) -> str:
        """Return the one IRI that something leads to."""
        found = values.get(name, [])
        if len(found) != 1 or found[0][0] != "<":
            raise self.no(iri.strip("<>"), f"has not one {name}, but {len(found)}")
        return found[0]

    def _literal(self, iri: str, name: str, terms: list[str]) -> str:
        if len(terms) != 1 or terms[0][0] != '"':
            raise self.no(iri.strip("<>"), f"has not one {name}, but {len(terms)}")
        return _text(terms[0])

    def _number(self, iri: str, name: str, text: str) -> int:
        if not re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
            raise self.no(iri.strip("<>"), f"has {name} {text!r}, which is no number")
        return int(text)

    def _decimal(self, iri: str, values: Values) -> float:
        text = self._literal(iri, "confidence", values.get("confidence", []))
        if not re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII) or float(text) > 1:
            raise self.no(iri.strip("<>"), f"has confidence {text!r}, which is no number from 0 to 1")
        return float(text)


# -------------------------------------------------------------------------------------------------------------- writing


class _Writer:
    """Writes the files of a workspace from what was read."""

    def __init__(self, work: Draft, reader: _Reader, pages: Sorter) -> None:
        self._work, self._reader, self._pages = work, reader, pages
        self._ids = IdTable()
        self._counts: Counter[str] = Counter()

    def write(self) -> dict[str, int]:
        """Write all files and put them in the place of the workspace; return what was counted."""
        work = self._work
        with work.open("entities.jsonl") as stream:
            stream.writelines(dump(one).encode() + b"\n" for one in self._entities())
        with work.open("facts.jsonl") as stream:
            stream.writelines(dump(one).encode() + b"\n" for one in self._facts())
        for name in ("rejected.jsonl", "decisions.jsonl", "links.jsonl", "candidates.jsonl"):
            work.write(name, ())
        made_from = hashlib.sha256()
        for record in self._records():
            raw = b"".join(record.lines())
            made_from.update(raw)
            work.write_page(record, hashlib.sha256(raw).hexdigest())
        ids = self._ids.text().encode()
        report = _report(self._counts)
        for name, content in (
            ("ids.tsv", ids),
            ("report.json", (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode()),
            ("report.html", report_page(report).encode()),
        ):
            with work.open(name) as stream:
                stream.write(content)
        counts: dict[str, int] = report["counts"]
        work.commit(
            {
                "name": NAME,
                "version": kg.__version__,
                "made_from": made_from.hexdigest(),
                RESTORED: {"base": self._reader.base},
                "ids": hashlib.sha256(ids).hexdigest(),
                "counts": counts,
            }
        )
        return counts

    def _entities(self) -> Iterator[Entity]:
        """Yield the entities in the order of ids; take note of ids, of pages and of articles."""
        for key, rows in groupby(self._reader.things, key=_first):
            first, *others = rows
            if first.split(_SEP, 2)[1] != "0":
                raise self._reader.no(self._reader.base + key, "takes the place of another, but nothing is said of it")
            record, text = json.loads(first.split(_SEP, 2)[2])
            entity = load(Entity, record)
            former = sorted({row.split(_SEP, 2)[2] for row in others})
            if former or entity.type not in ("Article", "Page"):
                self._ids.ids[entity.key if entity.key and entity.key not in self._ids.ids else key] = key
            for old in former:
                self._ids.ids[old] = old
                self._ids.replaced[old] = key
            props = dict(entity.props)
            if entity.type == "Page":
                page = _page(entity, props)
                self._pages.add(f"{dump(page.id)}{_SEP}{_SEP}0{_SEP}{dump(page)}")
            elif entity.type == "Article":
                article = _article(entity, props, text)
                self._put(key, "0", article)
            self._counts[f"class {entity.type}"] += 1
            yield entity

    def _put(self, article: str, rank: str, record: object) -> None:
        """Give the sorter of pages a record of an article."""
        printed = self._reader.articles[article]
        self._pages.add(
            f"{dump(printed.page)}{_SEP}{max(0, printed.number):09d}{article}{_SEP}{rank}{_SEP}{dump(record)}"
        )

    def _facts(self) -> Iterator[FactRow]:
        """Yield the facts in the order of ids, and give the statements of each to the pages they stand on."""
        reader = self._reader
        for key, rows in groupby(reader.facts, key=_first):
            head, *others = rows
            first = head.split(_SEP, 2)
            if first[1] != "0":
                raise reader.no(key, "has evidence, but nothing is said of it")
            subject, predicate, target, qualifiers, status, confidence, sources, evidence, seen = json.loads(first[2])
            found: list[tuple[str, Evidence]] = []
            for row in others:
                cells = row.split(_SEP, 5)
                if cells[1] == "0":
                    raise reader.no(key, "is said twice")
                found.append((cells[4], load(Evidence, cells[5])))
            if sorted(own for own, _ in found) != evidence:
                missing = sorted(set(evidence).symmetric_difference(own for own, _ in found))
                raise reader.no(key, f"has other evidence than annotations: {', '.join(missing[:3]) or 'one twice'}")
            said = tuple((str(name), str(value)) for name, value in qualifiers)
            days = self._days([one.article for _, one in found], seen)
            for (own, one), day in zip(found, days, strict=True):
                if one.article not in reader.articles:
                    raise reader.no(own, f"stands in {one.article}, of which nothing is said")
                seen_then = tuple(sorted((*said, ("seen", day)))) if day else said
                statement = Statement(own, subject, predicate, target, seen_then, status, one)
                self._put(one.article, f"1{one.start:012d}{own}", statement)
                self._counts["statements"] += 1
                self._counts[f"rule {one.rule}"] += 1
            self._counts[f"relation {predicate}"] += 1
            self._counts[f"status {status}"] += 1
            own_ids = tuple(own for own, _ in found)
            yield FactRow(key, subject, predicate, target, said, status, confidence, sources, own_ids)

    def _days(self, articles: list[str], seen: list[str]) -> list[str]:
        """Return for each statement the day on which it says that a post was held, "" where that is the day of issue.

        Which of them names a day of its own is not published, only all the days together; so what is not the day of
        issue of any goes to those that would else add a day.
        """
        issued = [printed.issue_date if (printed := self._reader.articles.get(one)) else "" for one in articles]
        if not seen:
            return [""] * len(articles)
        left = sorted(set(seen).difference(issued))
        days = [""] * len(articles)
        taken: set[str] = set()
        spare: list[int] = []  # those whose day another has already
        for at, day in enumerate(issued):
            if day and day not in seen:
                days[at] = left.pop(0) if left else seen[0]
            elif day in taken or not day:
                spare.append(at)
            taken.add(day)
        for at, day in zip(spare, left, strict=False):
            days[at] = day
        return days

    def _records(self) -> Iterator[PageRecord]:
        """Yield the pages with their articles and statements."""
        for name, rows in groupby(self._pages, key=_first):
            page: Page | None = None
            extractions: list[Extraction] = []
            for at, found in groupby((row.split(_SEP, 3) for row in rows), key=lambda cells: cells[1]):
                records = [cells[3] for cells in found]
                if not at:
                    page = load(Page, records[0])
                    continue
                article = load(Article, records[0])
                statements = tuple(load(Statement, record) for record in records[1:])
                extractions.append(Extraction(article, (), statements))
            if page is None:
                first = extractions[0].article
                page = Page(json.loads(name), "", "", first.paper, first.issue_date, first.page_no)
            self._counts.update(pages=1, articles=len(extractions))
            yield PageRecord(page, 0, tuple(extractions))


def _first(line: str) -> str:
    """Return the first column of a line."""
    return line[: line.index(_SEP)]


def _page(entity: Entity, props: Mapping[str, Value]) -> Page:
    """Return the page that a node stands for, without its text."""
    name = entity.key.removeprefix("Page|") if entity.key.startswith("Page|") else entity.name
    paper, issued, number = (str(props.get(one, "")) for one in ("paper", "issueDate", "pageNumber"))
    return Page(name, str(props.get("source", "")), "", paper, issued, number)


def _article(entity: Entity, props: Mapping[str, Value], text: str) -> Article:
    """Return the article that a node stands for, with the text it was published with, if any."""
    page, kicker, headline, paper, issued, number = (
        str(props.get(one, "")) for one in ("page", "kicker", "headline", "paper", "issueDate", "pageNumber")
    )
    shown = f"{page}#{props['number']}" if "number" in props else entity.id
    made = props.get("headlineMade") is True
    return Article(
        shown,
        entity.id,
        page,
        kicker,
        headline,
        made,
        (),
        text,
        0,
        (),
        (),
        paper=paper,
        issue_date=issued,
        page_no=number,
    )


def _report(found: Counter[str]) -> dict[str, Any]:
    """Return the report of a workspace of which only this was counted: nothing is left open, for nothing was read."""
    kinds = {
        kind: {name.partition(" ")[2]: found[name] for name in sorted(found) if name.startswith(f"{kind} ")}
        for kind in ("class", "relation", "status", "rule")
    }
    entities = sum(kinds["class"].values())
    counts = {
        **dict.fromkeys(_COUNTED, 0),
        **{name: found[name] for name in ("pages", "articles", "statements")},
        "stories": found["articles"],
        "entities": entities,
        "facts": sum(kinds["relation"].values()),
    }
    things = entities - kinds["class"].get("Article", 0) - kinds["class"].get("Page", 0)
    return {
        "counts": counts,
        "entities": kinds["class"],
        "facts": kinds["relation"],
        "shares": dict.fromkeys(SHARES, 0.0),
        "statuses": kinds["status"],
        "rules": kinds["rule"],
        **{name: [] for name in _LISTED},
        "components": asdict(Components(things, 0, 0, 0)),
        "shapes": asdict(Shapes(0, 0, ())),
    }
