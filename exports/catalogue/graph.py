"""The catalogue as a graph: DCAT-AP 3.0.1, VoID and PROV-O over what was decided, counted and measured.

Things of other lists (themes, languages, media types, licences) are given their class and label here as well: the
shapes of DCAT-AP ask for both, and nothing is fetched to find them.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import quote as percent

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SDO, SKOS, VOID, XSD
from rdflib.term import Node

from exports.catalogue.keeper import Portal, Text
from exports.catalogue.summary import Summary
from exports.catalogue.terms import (
    AVAILABILITIES,
    DCATAP,
    FORMATS,
    FREQUENCIES,
    GZIP,
    LANGUAGES,
    LICENCE_TYPES,
    LICENCES,
    PLACES,
    PREFIXES,
    PUBLISHERS,
    SPDX,
    TARGETS,
    THEMES,
    VCARD,
    Codes,
)
from exports.xmltext import EscapingStream, xml_text
from kg.errors import InputError, UnknownName
from kg.workspace import Workspace
from ontology import NAMESPACE

__all__ = ["Build", "Dump", "catalogue", "catalogue_iri", "day_of_issue", "measure", "to_bytes", "void_description"]

APACHE = "https://www.apache.org/licenses/LICENSE-2.0"  # of the code and the ontology
ONTOLOGY = URIRef(NAMESPACE.removesuffix("#"))
GBT2260 = URIRef(NAMESPACE + "GBT2260")
SHAPES = URIRef("https://w3id.org/union-news-kg/shapes")
PROTOCOL = URIRef("https://www.w3.org/TR/sparql11-protocol/")
PROFILE = URIRef("https://semiceu.github.io/DCAT-AP/releases/3.0.1/")
VERSION = URIRef(str(DCAT) + "version")  # of DCAT 3, which rdflib has not yet
SOFTWARE = "union-news-kg"
_DATES = (DCTERMS.issued, DCTERMS.modified)
_SUFFIXES = {"ttl": "turtle", "nt": "ntriples", "trig": "trig", "nq": "nquads", "jsonld": "jsonld", "rdf": "rdfxml"}
_SYNTAXES: Mapping[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True)
class Dump:
    """A file of the portal: its path below the site, the exporter that wrote it, size and SHA-256 as it lies there."""

    path: str
    format: str
    size: int
    sha256: str
    gzip: bool = False


@dataclass(frozen=True, slots=True)
class Build:
    """What the data were made with: the version of this software, from how many pages, with which optional helpers."""

    version: str
    pages: int = 0
    helpers: tuple[str, ...] = ()


def build_of(space: Workspace) -> Build:
    """Return what a workspace was made with."""
    head = space.head
    return Build(str(head.get("version", "")), len(space.rows()), tuple(map(str, head.get("proposers", ()))))


def measure(file: Path, path: str) -> Dump:
    """Return the dump that lies in `file` and is offered at `path` below the site; its name says what it holds.

    Raises UnknownName where the end of the name is that of no format.
    """
    stem = path.removesuffix(".gz")
    suffix = stem.rpartition(".")[2]
    if suffix not in _SUFFIXES:
        raise UnknownName(f"format for {path}, known by the end of its name,", suffix, _SUFFIXES)
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Dump(path, _SUFFIXES[suffix], file.stat().st_size, digest, path != stem)


def day_of_issue(issued: str | None, epoch: str | None = None) -> str | None:
    """Return the day that `--issued` gives, else the one of SOURCE_DATE_EPOCH, else None.

    Raises InputError where what is given is no day.
    """
    try:
        if issued:
            return datetime.date.fromisoformat(issued).isoformat()
        if epoch:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        if issued:
            raise InputError(f"{issued!r} is no day of issue; write it as 2025-03-01") from None
        raise InputError(f"SOURCE_DATE_EPOCH is {epoch!r}; it is to be a number of seconds since 1970") from None
    return None


def catalogue_iri(portal: Portal) -> str:
    """Return the IRI of the catalogue, of which all that has no other IRI is a fragment."""
    return portal.site + "catalogue"


def catalogue(
    portal: Portal,
    summary: Summary,
    dumps: Sequence[Dump],
    ontology_version: str,
    build: Build,
    *,
    issued: str | None = None,
    previous: bytes | None = None,
) -> Graph:
    """Return the catalogue; `issued` is a day, `previous` the Turtle of the catalogue that this one replaces.

    Raises InputError where `issued` is no day, or `previous` cannot be read; UnknownName for a dump of no known format.
    """
    today = day_of_issue(issued)
    before = _Before(previous)
    draft = _Draft(portal, summary)
    draft.catalogue()
    draft.dataset(dumps, ontology_version, build)
    draft.void(dumps)
    content = draft.part("checksum")
    draft.date(draft.dataset_iri, before, today, {content: summary.sha256})
    for dump in dumps:
        one = draft.distribution(dump)
        draft.date(one, before, today, {draft.part(f"checksum-{_file(dump)}"): dump.sha256})
    draft.date(draft.iri, before, today, {}, same=before.says(draft.graph))
    return draft.graph


def void_description(portal: Portal, summary: Summary, dumps: Sequence[Dump]) -> Graph:
    """Return the VoID of the dataset alone, as a document that speaks of it: for `.well-known/void`."""
    draft = _Draft(portal, summary)
    document = URIRef(portal.site + ".well-known/void")
    draft.put(
        document,
        (RDF.type, VOID.DatasetDescription),
        *_both(DCTERMS.title, Text(f"VoID：{portal.title.zh}", f"VoID: {portal.title.en}")),
        (FOAF.primaryTopic, draft.dataset_iri),
        (RDFS.seeAlso, draft.iri),
    )
    draft.put(
        draft.dataset_iri,
        *_both(DCTERMS.title, portal.title),
        *_both(DCTERMS.description, portal.description),
        (DCAT.landingPage, draft.page()),
    )
    draft.void(dumps)
    return draft.graph


def to_bytes(graph: Graph, syntax: str = "turtle") -> bytes:
    """Return a graph without blank nodes as Turtle, N-Triples, JSON-LD or RDF/XML, sorted: own things first."""
    if syntax not in _SYNTAXES:
        raise UnknownName("syntax of a catalogue", syntax, _SYNTAXES)
    own = min(str(one) for kind in (DCAT.Catalog, VOID.DatasetDescription) for one in graph.subjects(RDF.type, kind))
    site = own.removesuffix("catalogue").removesuffix(".well-known/void")
    buffer = io.BytesIO()
    is_xml, is_turtle = syntax == "rdfxml", syntax == "turtle"
    ox.serialize(
        sorted(_triples(graph, xml=is_xml), key=lambda triple: _place(triple, own, site)),
        cast(BinaryIO, EscapingStream(buffer)) if is_xml else buffer,
        format=_SYNTAXES[syntax],
        prefixes={**PREFIXES, **({"": f"{site}catalogue#"} if is_turtle else {})},
    )
    return buffer.getvalue()


# ---------------------------------------------------------------- bytes


def _triples(graph: Graph, *, xml: bool = False) -> Iterable[ox.Triple]:
    for subject, verb, value in graph:
        yield ox.Triple(ox.NamedNode(str(subject)), ox.NamedNode(str(verb)), _term(value, xml))


def _term(value: Node, xml: bool) -> ox.NamedNode | ox.Literal:
    if not isinstance(value, Literal):
        return ox.NamedNode(str(value))
    text = xml_text(str(value)) if xml else str(value)
    if value.language:
        return ox.Literal(text, language=value.language)
    return ox.Literal(text, datatype=ox.NamedNode(str(value.datatype))) if value.datatype else ox.Literal(text)


def _place(triple: ox.Triple, own: str, site: str) -> tuple[bool, bool, str, bool, str]:
    """Where a triple stands: the document's own things before those of others, what a thing is before what is said."""
    line = str(triple)
    subject = line[1 : line.index(">")]
    rest = line[len(subject) + 3 :]
    return subject != own, not subject.startswith(site), subject, not rest.startswith(f"<{RDF.type}>"), rest


class _Before:
    """What the catalogue before said: dates, checksums, and all else."""

    def __init__(self, turtle: bytes | None) -> None:
        self._said: set[str] = set()
        self._values: dict[tuple[str, str], str] = {}
        try:
            for triple in ox.parse(turtle or b"", format=ox.RdfFormat.TURTLE):
                if triple.predicate.value in map(str, (*_DATES, SPDX.checksumValue)):
                    self._values[str(triple.subject)[1:-1], triple.predicate.value] = triple.object.value
                if triple.predicate.value not in map(str, _DATES):
                    self._said.add(str(triple))
        except (SyntaxError, ValueError, AttributeError) as error:
            raise InputError(
                f"the catalogue before is no Turtle ({error}); leave it out, and all dates start anew"
            ) from None

    def value(self, subject: URIRef, verb: URIRef) -> str | None:
        """Return a date or checksum."""
        return self._values.get((str(subject), str(verb)))

    def says(self, graph: Graph) -> bool:
        """Whether it said the same as `graph`, dates aside."""
        dates = set(map(str, _DATES))
        return {str(triple) for triple in _triples(graph) if triple.predicate.value not in dates} == self._said


# ---------------------------------------------------------------- the graph

Pair = tuple[URIRef, Node]


class _Draft:
    """A catalogue in the making."""

    def __init__(self, portal: Portal, summary: Summary) -> None:
        if portal.base != summary.base:
            raise InputError(
                f"the data were counted below {summary.base}, the portal is at {portal.base}; use one base"
            )
        self.portal, self.summary = portal, summary
        self.graph = Graph(bind_namespaces="none")
        self.iri = URIRef(catalogue_iri(portal))
        self.dataset_iri = self.part("dataset")
        self.publisher = URIRef(portal.publisher.iri or self.part("publisher"))

    def part(self, name: str) -> URIRef:
        """Return the IRI of a part of the catalogue."""
        return URIRef(f"{self.iri}#{percent(unicodedata.normalize('NFC', name), safe=':')}")

    def put(self, subject: URIRef, *pairs: Pair) -> URIRef:
        """Say something of a subject, which is returned."""
        for verb, value in pairs:
            self.graph.add((subject, verb, value))
        return subject

    def code(self, codes: Codes, code: str, *kinds: URIRef) -> URIRef:
        """Describe an entry of a list of others."""
        labels, start = codes
        pairs = [(RDF.type, kind) for kind in kinds]
        return self.put(URIRef(start + code), *pairs, *_both(SKOS.prefLabel, Text(*labels[code])))

    def date(
        self,
        subject: URIRef,
        before: _Before,
        today: str | None,
        checksums: Mapping[URIRef, str],
        *,
        same: bool | None = None,
    ) -> None:
        """Say when a thing was issued and modified: the dates of before stay while its checksums do."""
        if same is None:
            same = all(before.value(node, SPDX.checksumValue) == value for node, value in checksums.items())
        issued = before.value(subject, DCTERMS.issued) or today
        modified = (before.value(subject, DCTERMS.modified) if same else None) or today
        if issued and modified:
            modified = max(issued, modified)
        for verb, day in ((DCTERMS.issued, issued), (DCTERMS.modified, modified)):
            if day:
                self.put(subject, (verb, _date(day)))

    # ------------------------------------------------------------ DCAT

    def catalogue(self) -> None:
        """Describe the catalogue itself, and what all parts of it refer to."""
        portal = self.portal
        scheme = URIRef(THEMES[1].rstrip("/"))
        self.put(scheme, (RDF.type, SKOS.ConceptScheme), *_both(DCTERMS.title, Text("数据主题", "Data theme")))
        self.put(
            self.iri,
            (RDF.type, DCAT.Catalog),
            *_both(DCTERMS.title, Text(f"目录：{portal.title.zh}", f"Catalogue: {portal.title.en}")),
            *_both(DCTERMS.description, portal.description),
            (DCTERMS.publisher, self._publisher()),
            (DCTERMS.license, self.licence(portal.licence)),
            (DCTERMS.rights, self._rights()),
            *((DCTERMS.language, self.code(LANGUAGES, code, DCTERMS.LinguisticSystem)) for code in LANGUAGES[0]),
            *((DCTERMS.spatial, place) for place in self._places()),
            (DCTERMS.conformsTo, self._standard(PROFILE, Text("DCAT-AP 3.0.1", "DCAT-AP 3.0.1"))),
            (DCAT.themeTaxonomy, scheme),
            (FOAF.homepage, self.page()),  # and of nothing else: what two things have as homepage makes them one
            (DCAT.dataset, self.dataset_iri),
        )
        if portal.sparql:
            self.put(self.iri, (DCAT.service, self._service()))

    def dataset(self, dumps: Sequence[Dump], ontology_version: str, build: Build) -> None:
        """Describe the dataset, how it was made, and the ways to it."""
        portal, summary = self.portal, self.summary
        self.put(
            self.dataset_iri,
            (RDF.type, DCAT.Dataset),
            (RDF.type, PROV.Entity),
            *self._described(),
            *_both(DCTERMS.title, portal.title),
            (DCTERMS.identifier, Literal(str(self.dataset_iri))),
            (DCTERMS.license, self.licence(portal.licence)),
            (DCTERMS.accrualPeriodicity, self.code(FREQUENCIES, portal.frequency, DCTERMS.Frequency)),
            *((DCTERMS.language, language) for language in self._languages()),
            *((DCTERMS.spatial, place) for place in (*self._places(), *self._districts())),
            *((DCTERMS.conformsTo, one) for one in self._standards(ontology_version)),
            (VERSION, Literal(summary.sha256[:12])),
            (SPDX.checksum, self._checksum("checksum", summary.sha256)),
            (PROV.wasGeneratedBy, self._build(build)),
            *((DCAT.distribution, self.distribution(dump)) for dump in dumps),
        )
        if summary.first:
            period = self.put(
                self.part("period"),
                (RDF.type, DCTERMS.PeriodOfTime),
                (DCAT.startDate, _date(summary.first)),
                (DCAT.endDate, _date(summary.last)),
            )
            self.put(self.dataset_iri, (DCTERMS.temporal, period))
        if portal.sparql:
            self.put(self.dataset_iri, (DCAT.distribution, self._query_distribution()))

    def distribution(self, dump: Dump) -> URIRef:
        """Describe a file."""
        label, media, kind, _ = _format(dump)
        packed = Text("（gzip 压缩）", " (gzip)") if dump.gzip else Text("", "")
        more = Text("全部数据", "All data")
        if dump.format in ("trig", "nquads"):
            more = Text("全部数据，另为每篇文章设一个命名图", "All data, and one named graph for each article")
        url = URIRef(self.portal.site + percent(dump.path, safe="/"))
        one = self.put(
            self.part(f"dump-{_file(dump)}"),
            *self._offered(),
            *_both(DCTERMS.title, Text(label + packed.zh, label + packed.en)),
            *_both(
                DCTERMS.description, Text(f"{more.zh}，{label} 格式{packed.zh}。", f"{more.en}, as {label}{packed.en}.")
            ),
            (DCAT.accessURL, url),
            (DCAT.downloadURL, url),
            (DCAT.mediaType, self.put(URIRef(media), (RDF.type, DCTERMS.MediaType))),
            (DCTERMS.format, self.put(URIRef(kind), (RDF.type, DCTERMS.MediaTypeOrExtent))),
            (DCAT.byteSize, Literal(str(dump.size), datatype=XSD.nonNegativeInteger)),
            (SPDX.checksum, self._checksum(f"checksum-{_file(dump)}", dump.sha256)),
            (DCTERMS.conformsTo, ONTOLOGY),
            (DCTERMS.conformsTo, SHAPES),
        )
        if dump.gzip:
            self.put(one, (DCAT.compressFormat, self.put(URIRef(GZIP), (RDF.type, DCTERMS.MediaType))))
        return one

    def _offered(self) -> Iterable[Pair]:
        """What is said of every way to the data."""
        return [
            (RDF.type, DCAT.Distribution),
            (DCTERMS.license, self.licence(self.portal.licence)),
            (DCTERMS.rights, self._rights()),
            (DCATAP.availability, self.code(AVAILABILITIES, self.portal.availability, SKOS.Concept)),
            *((DCTERMS.language, language) for language in self._languages()),
        ]

    def _described(self) -> Iterable[Pair]:
        """What is said of the dataset and of the service that answers from it alike."""
        portal = self.portal
        contact = self.put(
            self.part("contact"),
            (RDF.type, VCARD.Kind),
            (VCARD.fn, Literal(portal.contact.name or portal.publisher.name)),
            (VCARD.hasEmail, URIRef("mailto:" + percent(portal.contact.email, safe="@")))
            if portal.contact.email
            else (VCARD.hasURL, URIRef(portal.home)),
        )
        taxonomy = URIRef(THEMES[1].rstrip("/"))
        themes = [self.code(THEMES, code, SKOS.Concept) for code in portal.themes]
        for theme in themes:
            self.put(theme, (SKOS.inScheme, taxonomy))
        return [
            *_both(DCTERMS.description, portal.description),
            (DCTERMS.publisher, self._publisher()),
            (DCAT.contactPoint, contact),
            (DCAT.landingPage, self.page()),
            *((DCAT.theme, theme) for theme in themes),
            *((DCAT.keyword, Literal(word, lang="zh")) for word in portal.keywords.zh),
            *((DCAT.keyword, Literal(word, lang="en")) for word in portal.keywords.en),
        ]

    def _service(self) -> URIRef:
        portal = self.portal
        return self.put(
            self.part("sparql"),
            (RDF.type, DCAT.DataService),
            *self._described(),
            *_both(DCTERMS.title, Text(f"SPARQL 查询：{portal.title.zh}", f"SPARQL endpoint: {portal.title.en}")),
            (DCTERMS.license, self.licence(portal.licence)),
            (DCAT.endpointURL, URIRef(portal.sparql)),
            (DCAT.endpointDescription, URIRef(portal.sparql)),  # it describes itself to whoever asks it nothing
            (DCTERMS.conformsTo, self._standard(PROTOCOL, Text("SPARQL 1.1 协议", "SPARQL 1.1 Protocol"))),
            (DCAT.servesDataset, self.dataset_iri),
        )

    def _query_distribution(self) -> URIRef:
        kind = URIRef("http://publications.europa.eu/resource/authority/file-type/SPARQLQ")
        return self.put(
            self.part("dump-sparql"),
            *self._offered(),
            *_both(DCTERMS.title, Text("SPARQL 查询", "SPARQL endpoint")),
            *_both(DCTERMS.description, Text("用 SPARQL 1.1 查询全部数据。", "All data, asked by SPARQL 1.1.")),
            (DCAT.accessURL, URIRef(self.portal.sparql)),
            (DCAT.accessService, self.part("sparql")),
            (DCTERMS.format, self.put(kind, (RDF.type, DCTERMS.MediaTypeOrExtent))),
        )

    def licence(self, iri: str) -> URIRef:
        """Describe a licence."""
        title, kind = LICENCES.get(iri, (iri, "UnknownIPR"))
        return self.put(
            URIRef(iri),
            (RDF.type, DCTERMS.LicenseDocument),
            (DCTERMS.title, Literal(title, lang="en") if title != iri else Literal(iri)),
            (DCTERMS.type, self.code(LICENCE_TYPES, kind, SKOS.Concept)),
        )

    def _publisher(self) -> URIRef:
        who = self.portal.publisher
        self.put(self.publisher, (RDF.type, FOAF.Agent), (FOAF.name, Literal(who.name)))
        if who.type:
            self.put(self.publisher, (DCTERMS.type, self.code(PUBLISHERS, who.type, SKOS.Concept)))
        return self.publisher

    def _rights(self) -> URIRef:
        return self.put(
            self.part("rights"), (RDF.type, DCTERMS.RightsStatement), *_both(RDFS.label, self.portal.rights)
        )

    def page(self) -> URIRef:
        """Describe the page that people start from."""
        return self.put(URIRef(self.portal.home), (RDF.type, FOAF.Document))

    def _languages(self) -> list[URIRef]:
        """Return the languages that the literals of the data are in."""
        found = {tag.partition("-")[0] for tag in self.summary.languages}
        codes = [code for tag, code in (("en", "ENG"), ("zh", "ZHO")) if tag in found] or ["ZHO"]
        return [self.code(LANGUAGES, code, DCTERMS.LinguisticSystem) for code in codes]

    def _places(self) -> list[URIRef]:
        places = [self.put(URIRef(iri), (RDF.type, DCTERMS.Location)) for iri in self.portal.spatial]
        for code in PLACES[0]:
            if URIRef(PLACES[1] + code) in places:
                self.code(PLACES, code)
        return places

    def _districts(self) -> list[URIRef]:
        return [
            self.put(
                URIRef(iri),
                (RDF.type, DCTERMS.Location),
                (SKOS.prefLabel, Literal(name or code, lang="zh")),
                (SKOS.notation, Literal(code, datatype=GBT2260)),
            )
            for iri, name, code in self.summary.districts
        ]

    def _standard(self, iri: URIRef, title: Text) -> URIRef:
        return self.put(iri, (RDF.type, DCTERMS.Standard), *_both(DCTERMS.title, title))

    def _standards(self, version: str) -> list[URIRef]:
        """Return ontology and shapes, which have a licence of their own: that of the code."""
        both = [
            self._standard(ONTOLOGY, Text("工会新闻本体", "Ontology of trade-union news")),
            self._standard(SHAPES, Text("工会新闻数据的形状约束", "Shapes for trade-union news")),
        ]
        for one in both:
            self.put(one, (DCTERMS.license, self.licence(APACHE)))
        self.put(ONTOLOGY, (VERSION, Literal(version)))
        return both

    def _checksum(self, name: str, sha256: str) -> URIRef:
        algorithm = self.put(SPDX.checksumAlgorithm_sha256, (RDF.type, SPDX.ChecksumAlgorithm))
        return self.put(
            self.part(name),
            (RDF.type, SPDX.Checksum),
            (SPDX.algorithm, algorithm),
            (SPDX.checksumValue, Literal(sha256, datatype=XSD.hexBinary)),
        )

    # ------------------------------------------------------------ PROV

    def _build(self, build: Build) -> URIRef:
        """Describe how the data were made: by which software, by which rules, from how many pages."""
        base = self.portal.base
        software = self.put(
            self.part("software"),
            (RDF.type, PROV.SoftwareAgent),
            (FOAF.name, Literal(SOFTWARE)),
            (SDO.softwareVersion, Literal(build.version)),
            (DCTERMS.license, self.licence(APACHE)),
        )
        helpers = [
            self.put(self.part(f"software-{name}"), (RDF.type, PROV.SoftwareAgent), (FOAF.name, Literal(name)))
            for name in build.helpers
        ]
        plans = [
            self.put(URIRef(f"{base}rule/{_key(name)}"), (RDF.type, PROV.Plan), (RDFS.label, Literal(name)))
            for name in self.summary.rules
        ]
        association = self.put(
            self.part("association"),
            (RDF.type, PROV.Association),
            (PROV.agent, software),
            *((PROV.hadPlan, plan) for plan in plans),
        )
        # pages of newspapers are no data, whatever VoID could count of them
        number = self.put(
            self.part("pages-extent"),
            (RDF.type, DCTERMS.SizeOrDuration),
            (RDF.value, Literal(build.pages)),
            *_both(RDFS.label, Text(f"{build.pages} 个版面", f"{build.pages} page{'' if build.pages == 1 else 's'}")),
        )
        pages = self.put(
            self.part("pages"),
            (RDF.type, PROV.Collection),
            *_both(DCTERMS.title, Text("所据报纸版面", "The pages of newspapers that were read")),
            (DCTERMS.extent, number),
        )
        return self.put(
            URIRef(base + "build"),
            (RDF.type, PROV.Activity),
            *_both(RDFS.label, Text("由版面得出数据", "How the data were made from the pages")),
            (PROV.used, pages),
            (PROV.wasAssociatedWith, software),
            *((PROV.wasAssociatedWith, one) for one in helpers),
            (PROV.qualifiedAssociation, association),
        )

    # ------------------------------------------------------------ VoID

    def void(self, dumps: Sequence[Dump]) -> None:
        """Describe the dataset by what was counted."""
        portal, summary, me = self.portal, self.summary, self.dataset_iri
        examples = [(kind, iri) for kind, iri in summary.examples if kind.startswith(NAMESPACE)] or summary.examples
        self.put(
            me,
            (RDF.type, VOID.Dataset),
            (DCTERMS.license, self.licence(portal.licence)),
            (VOID.uriSpace, Literal(portal.base)),
            (VOID.uriRegexPattern, Literal(f"^{_escaped(portal.base)}[^#]+$")),
            (VOID.triples, Literal(summary.triples)),
            (VOID.entities, Literal(summary.entities)),
            (VOID.documents, Literal(summary.documents)),
            (VOID.distinctSubjects, Literal(summary.subjects)),
            (VOID.distinctObjects, Literal(summary.objects)),
            (VOID.classes, Literal(len(summary.classes))),
            (VOID.properties, Literal(len(summary.properties))),
            *((VOID.vocabulary, URIRef(iri)) for iri in summary.vocabularies),
            *((VOID.exampleResource, URIRef(iri)) for _, iri in examples),
            *((VOID.dataDump, URIRef(portal.site + percent(dump.path, safe="/"))) for dump in dumps),
            *((VOID.feature, URIRef(_format(dump)[3])) for dump in dumps),
            *((VOID.subset, one) for one in self._subsets()),
            *((VOID.classPartition, one) for one in self._class_partitions()),
            *((VOID.propertyPartition, one) for one in self._property_partitions()),
        )
        if portal.sparql:
            self.put(me, (VOID.sparqlEndpoint, URIRef(portal.sparql)))

    def _subsets(self) -> Iterable[URIRef]:
        summary = self.summary
        for name, title, triples in (
            ("things", Text("实体、文章和版面", "Entities, articles and pages"), summary.triples - summary.fragments),
            ("parts", Text("事实、职务及其证据", "Facts, posts and their evidence"), summary.fragments),
        ):
            if triples:
                yield self.put(
                    self.part(name),
                    (RDF.type, VOID.Dataset),
                    *_both(DCTERMS.title, title),
                    (VOID.triples, Literal(triples)),
                )
        for verb, space, triples in summary.links:
            page, title_of_target = TARGETS.get(space, ("", space))
            target = self.put(
                self.part(f"target-{space}"),
                (RDF.type, VOID.Dataset),
                (DCTERMS.title, Literal(title_of_target)),
                (VOID.uriSpace, Literal(space)),
            )
            if page:
                self.put(target, (FOAF.homepage, URIRef(page)))
            yield self.put(
                self.part(f"links-{_short(verb)}-{space}"),
                (RDF.type, VOID.Linkset),
                (VOID.subjectsTarget, self.dataset_iri),
                (VOID.objectsTarget, target),
                (VOID.linkPredicate, URIRef(verb)),
                (VOID.triples, Literal(triples)),
            )

    def _class_partitions(self) -> Iterable[URIRef]:
        for iri, count in self.summary.classes:
            yield self.put(
                self.part(f"class-{_short(iri)}"),
                (RDF.type, VOID.Dataset),
                (VOID["class"], URIRef(iri)),
                (VOID.entities, Literal(count)),
            )

    def _property_partitions(self) -> Iterable[URIRef]:
        for iri, triples, subjects in self.summary.properties:
            yield self.put(
                self.part(f"property-{_short(iri)}"),
                (RDF.type, VOID.Dataset),
                (VOID.property, URIRef(iri)),
                (VOID.triples, Literal(triples)),
                (VOID.distinctSubjects, Literal(subjects)),
            )


def _both(verb: URIRef, text: Text) -> list[Pair]:
    return [(verb, Literal(text.zh, lang="zh")), (verb, Literal(text.en, lang="en"))]


def _format(dump: Dump) -> tuple[str, str, str, str]:
    if dump.format not in FORMATS:
        raise UnknownName(f"format of {dump.path}", dump.format, FORMATS)
    return FORMATS[dump.format]


def _file(dump: Dump) -> str:
    return dump.path.rpartition("/")[2]


def _date(text: str) -> Literal:
    """Return a day, a month or a year as it is given; rdflib would make a day of a month."""
    kind = {10: XSD.date, 7: XSD.gYearMonth, 4: XSD.gYear}[len(text)]
    return Literal(text, datatype=kind, normalize=False)


def _key(name: str) -> str:
    return percent(unicodedata.normalize("NFC", name), safe="")


def _short(iri: str) -> str:
    """Return an IRI with the prefix we know for it, the whole of it where we know none."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and re.fullmatch(r"\w+", iri[len(start) :]):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def _escaped(text: str) -> str:
    return re.sub(r"([.+*?^$()\[\]{}|\\])", r"\\\1", text)
