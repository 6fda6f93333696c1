"""What the graph says, as RDF: a node or an edge goes in, what is said of which subjects comes out.

What is said of one subject is a `Description`: the subject, and the rest of each triple, all as they stand in
N-Triples. A subject may be described several times; whoever writes them puts them together.

Every IRI is a document, base and key, or a part of one, so that each leads somewhere:

  …/id/entity-x, …/id/article-x, …/id/page-x
  …/id/entity-x#fact-y                    a fact about it; #fact-y-post the post it tells of (org:Membership)
  …/id/article-x#s-z                      a statement of the article: evidence of a fact (oa:Annotation)
  …/id/article-x#char=12,48               the passage it stands in (RFC 5147: code points, half-open)
  …/id/role/主席, …/id/rule/union-name    titles of posts, and rules that read (prov:Plan), percent-encoded

Terms of other vocabularies that the ontology puts above our own are written beside them: nobody needs a reasoner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from exports.frame import EDGE_FRAME, FORMER, NODE_FRAME
from exports.rdf.terms import EDTF, Terms, date, decimal, edtf, iri_key, term
from kg.errors import InputError, OntologyError
from kg.ids import make_id
from ontology import PropertyDef, RelationDef, ontology
from ontology.identifiers import exact_matches

__all__ = ["APART", "SEP", "Describer", "Description", "Place", "places_of"]

APART = frozenset({"subordinateTo"})  # a hierarchy inferred from names never mixes with the one that is stated
BODIES = frozenset({"TradeUnion", "Enterprise", "Organization"})  # what org:organization may lead to
SEP = "\x1f"  # between the pairs of a description; no term holds a control character

Description = tuple[str, str]  # subject, and pairs of predicate and object with SEP between them
Value = str | int | float | bool

A = term("rdf:type")
FACT = f"{A} {term('un:Fact')}"
SUBJECT, PREDICATE, OBJECT = term("un:subject"), term("un:predicate"), term("un:object")
STATUS, CONFIDENCE, SOURCES = term("un:status"), term("un:confidence"), term("un:sources")
EVIDENCE, DERIVED = term("un:evidence"), term("prov:wasDerivedFrom")
ANNOTATION = f"{A} {term('oa:Annotation')}{SEP}{term('oa:motivatedBy')} {term('oa:linking')}"
BODY, TARGET = term("oa:hasBody"), term("oa:hasTarget")
RULE, WHY = term("un:rule"), term("un:why")
PASSAGE, SOURCE, SELECTOR = f"{A} {term('oa:SpecificResource')}", term("oa:hasSource"), term("oa:hasSelector")
LINES, RANGES = term("un:lines"), term("un:pageRanges")
QUOTE = f"{A} {term('oa:TextQuoteSelector')}{SEP}{term('oa:exact')}"
POSITION, START, END = f"{A} {term('oa:TextPositionSelector')}", term("oa:start"), term("oa:end")
OFFSET = f'"^^{term("xsd:nonNegativeInteger")}'
INTEGER, BOOLEAN, URI = (f"^^{term(f'xsd:{name}')}" for name in ("integer", "boolean", "anyURI"))
REPLACED_BY = term("dcterms:isReplacedBy")
WHEN = term("dcterms:date")
PUBLIC_START, PUBLIC_END = term("schema:startDate"), term("schema:endDate")
IN_SCHEME, BROADER, EXACT_MATCH = term("skos:inScheme"), term("skos:broader"), term("skos:exactMatch")
NOTATION, GBT2260 = term("skos:notation"), f"^^{term('un:GBT2260')}"
MEMBERSHIP = f"{A} {term('org:Membership')}"
MEMBER, ORGANIZATION = term("org:member"), term("org:organization")
ROLE, DURING = term("org:role"), term("org:memberDuring")
INTERVAL, INSTANT = f"{A} {term('time:Interval')}", f"{A} {term('time:Instant')}"
INSIDE = term("time:inside")
INSTANTS = {10: term("time:inXSDDate"), 7: term("time:inXSDgYearMonth"), 4: term("time:inXSDgYear")}
LABELS = (term("rdfs:label"), term("skos:prefLabel"))
ALT_LABEL = term("skos:altLabel")
DISTRICTS = SEP.join(
    (
        f"{A} {term('skos:ConceptScheme')}",
        *(f"{label} {text}" for label in LABELS for text in ('"地区"@zh', '"districts"@en')),
    )
)


class Place(NamedTuple):
    """Where a statement stands, as the parallel lists of an edge tell."""

    statement: str
    article: str
    start: int
    end: int
    rule: str
    quote: str
    lines: str
    ranges: str
    why: str
    confidence: float


class Describer:
    """Describes the nodes of a graph, then its edges: what an edge says also hangs on the classes of its ends."""

    def __init__(self, terms: Terms) -> None:
        """Make terms with `terms`."""
        self.terms = terms
        self._districts: set[str] = set()
        self._bodiless: set[str] = set()  # what somebody can have a post in, and cannot be a member of
        self._bodiless_kinds = ontology.relations["hasRole"].range - BODIES
        self._shared: set[str] = set()  # keys of rules and roles that were described
        self._scheme = terms.iri("districts")

    # ------------------------------------------------------------------------------------------------ nodes

    def node(self, key: str, data: Mapping[str, Any]) -> Iterator[Description]:
        """Describe a node and the keys it had before; OntologyError where the ontology does not know what it bears."""
        kind = str(data.get("type"))
        if kind not in ontology.classes:
            raise OntologyError(f"{key}: no class {kind!r} in the ontology; see ontology/union-news.ttl")
        pairs = list(_types(kind))
        for name, value in data.items():
            if name not in NODE_FRAME and name != FORMER:
                pairs += self._properties(key, kind, name, value)
        name_again = f"{ALT_LABEL} {self.terms.name(str(data.get('name', '')))}"  # SKOS S13: no alias is the name
        pairs = [pair for pair in pairs if pair != name_again]
        iri = self.terms.iri(key)
        if kind == "District":
            if not self._districts:
                yield self._scheme, DISTRICTS
            self._districts.add(key)
            pairs.append(f"{IN_SCHEME} {self._scheme}")
            code = str(data.get("code", ""))
            if code:
                pairs.append(f"{NOTATION} {self.terms.text(code)}{GBT2260}")
            elsewhere = exact_matches().get(code)
            if elsewhere:
                pairs.append(f"{EXACT_MATCH} <{elsewhere}>")
        if kind in self._bodiless_kinds:
            self._bodiless.add(key)
        if "start" in data:
            pairs += self._when(key, data)
        yield iri, SEP.join(pairs)
        for former in data.get(FORMER, ()):
            yield self.terms.iri(former), f"{REPLACED_BY} {iri}"

    def _when(self, key: str, data: Mapping[str, Any]) -> Iterator[str]:
        """Say when an activity took place, and where that is not vague also as calendars want it."""
        start = str(data["start"])
        end = str(data.get("end", start))
        precision, vague = str(data.get("precision", "")), bool(data.get("vague"))
        for name, value in (("start", start), ("end", end)):
            date(key, name, value)
        yield f'{WHEN} "{edtf(start, end, precision, vague)}"^^<{EDTF}>'
        if vague:
            return
        length = {"year": 4, "month": 7}.get(precision, 10)
        first, last = start[:length], end[:length]
        yield f"{PUBLIC_START} {date(key, 'start', first)}"
        if first != last:
            yield f"{PUBLIC_END} {date(key, 'end', last)}"

    def _properties(self, key: str, kind: str, name: str, value: Any) -> Iterator[str]:
        """Give the values of the attribute `name` under every property it is written as."""
        prop = ontology.attributes.get(name)
        if prop is None or kind not in prop.domain:
            raise OntologyError(f"{key}: the ontology gives {kind} no attribute {name!r}; see ontology/union-news.ttl")
        values = value if isinstance(value, list | tuple) else (value,)
        if not prop.many and len(values) > 1:
            raise OntologyError(f"{key}: {name} has one value only, not {value!r}")
        for single in values:
            literal = self._literal(key, prop, single)
            if literal:
                for iri in prop.written:
                    yield f"<{iri}> {literal}"

    def _literal(self, key: str, prop: PropertyDef, value: Value) -> str:
        """Return `value` in the datatype of `prop`; "" where there is nothing to publish."""
        if value == "":
            return ""
        text = str(value)
        match prop.datatype.rpartition("#")[2]:
            case "langString":
                return self.terms.name(text)
            case "string":
                return self.terms.text(text)
            case "date":
                return date(key, prop.attribute, text)
            case "boolean" if text.lower() in ("true", "false"):
                return f'"{text.lower()}"{BOOLEAN}'
            case "integer" if re.fullmatch(r"-?\d+", text, re.ASCII):
                return f'"{text}"{INTEGER}'
            case "anyURI":  # a path on someone's disk is nobody's business
                return self.terms.text(text) + URI if re.match(r"https?://", text) else ""
        raise OntologyError(f"{key}: {prop.attribute} cannot be {value!r}; it is of type {prop.datatype}")

    # ------------------------------------------------------------------------------------------------ edges

    def edge(self, subject: str, target: str, key: str, data: Mapping[str, Any]) -> Iterator[Description]:
        """Describe a fact: itself, the plain triple where it is one, the post it tells of, and its evidence."""
        places = places_of(key, data)
        yield from self._fact(subject, target, key, data, places)
        for place in places:
            yield from self._evidence(subject, key, place)
        for name in dict.fromkeys(place.rule for place in places if place.rule):
            yield from self._rule(name)

    def by_article(
        self, subject: str, target: str, key: str, data: Mapping[str, Any]
    ) -> Iterator[tuple[str, Description]]:
        """Describe what each article of a fact says, as descriptions in the graph of the article."""
        places = places_of(key, data)
        for article in dict.fromkeys(place.article for place in places):
            graph = f"{self.terms.open(article)}#graph>"
            own = [place for place in places if place.article == article]
            for description in self._fact(subject, target, key, data, own, merged=False):
                yield graph, description
            for place in own:
                for description in self._evidence(subject, key, place):
                    yield graph, description

    def _fact(
        self,
        subject: str,
        target: str,
        key: str,
        data: Mapping[str, Any],
        places: Sequence[Place],
        *,
        merged: bool = True,
    ) -> Iterator[Description]:
        """Describe the fact and the plain triple; not `merged` leaves out what is about all its articles together."""
        relation = _relation(key, data)
        this, that = self.terms.iri(subject), self.terms.iri(target)
        fact = f"{this[:-1]}#{iri_key(key)}"
        pairs = [
            FACT,
            f"{SUBJECT} {this}",
            f"{PREDICATE} <{relation.iri}>",
            f"{OBJECT} {that}",
            f'{STATUS} "{data["status"]}"',
        ]
        qualifiers = {name: value for name, value in data.items() if name not in EDGE_FRAME}
        ontology.check_qualifiers(relation.name, qualifiers)
        for name, value in qualifiers.items():
            if merged or name != "seen":
                pairs += self._properties(key, "Fact", name, value)
        if merged:
            pairs.append(f"{CONFIDENCE} {_decimal(key, data['confidence'])}")
            pairs.append(f'{SOURCES} "{int(data["sources"])}"{INTEGER}')
        for place in places:
            article = self.terms.open(place.article)
            pairs.append(f"{DERIVED} {article}>")
            pairs.append(f"{EVIDENCE} {article}#{iri_key(place.statement)}>")
        yield f"{fact}>", SEP.join(pairs)
        if _is_direct(data):
            yield this, SEP.join(f"<{iri}> {that}" for iri in (relation.iri, *relation.mapped))
            if relation.inverse_mapped:
                yield that, SEP.join(f"<{iri}> {this}" for iri in relation.inverse_mapped)
            if relation.name == "locatedIn" and subject in self._districts and target in self._districts:
                yield this, f"{BROADER} {that}"
            if merged and relation.name == "hasRole" and target not in self._bodiless:
                yield from self._post(fact, this, that, key, qualifiers)

    def _post(
        self, fact: str, person: str, body: str, key: str, qualifiers: Mapping[str, Any]
    ) -> Iterator[Description]:
        """Describe the post that a fact tells of.

        Nobody has read when it began or ended: the first and the last day on which it was in print lie within its time.
        """
        post = f"{fact}-post"
        pairs = [MEMBERSHIP, f"{MEMBER} {person}", f"{ORGANIZATION} {body}", f"{DERIVED} {fact}>"]
        title = str(qualifiers.get("title", ""))
        if title:
            role = f"<{self.terms.base}role/{iri_key(title)}>"
            pairs.append(f"{ROLE} {role}")
            if role not in self._shared:
                self._shared.add(role)
                types = (f"{A} {term('org:Role')}", f"{A} {term('skos:Concept')}")
                yield role, SEP.join((*types, *(f"{label} {self.terms.name(title)}" for label in LABELS)))
        seen = sorted(qualifiers.get("seen", ()))
        if seen:
            pairs.append(f"{DURING} {post}-time>")
            days = {f"{post}-first>": seen[0]}
            if seen[-1] != seen[0]:
                days[f"{post}-last>"] = seen[-1]
            yield f"{post}-time>", SEP.join((INTERVAL, *(f"{INSIDE} {instant}" for instant in days)))
            for instant, day in days.items():
                yield instant, f"{INSTANT}{SEP}{INSTANTS[len(day)]} {date(key, 'seen', day)}"
        yield f"{post}>", SEP.join(pairs)

    def _evidence(self, subject: str, key: str, place: Place) -> Iterator[Description]:
        """Describe the annotation of one statement, the passage it stands in, and where that is."""
        article = self.terms.open(place.article)
        span = f"={place.start},{place.end}>"
        passage = f"{article}#char{span}"
        quote, position = f"{article}#quote{span}", f"{article}#position{span}"
        fact = f"{self.terms.open(subject)}#{iri_key(key)}>"
        pairs = f"{ANNOTATION}{SEP}{BODY} {fact}{SEP}{TARGET} {passage}"
        pairs += f"{SEP}{CONFIDENCE} {_decimal(key, place.confidence)}"
        if place.rule:
            pairs += f"{SEP}{RULE} <{self.terms.base}rule/{iri_key(place.rule)}>"
        if place.why:
            pairs += f"{SEP}{WHY} {self.terms.text(place.why)}"
        yield f"{article}#{iri_key(place.statement)}>", pairs
        pairs = f"{PASSAGE}{SEP}{SOURCE} {article}>{SEP}{SELECTOR} {position}"
        if place.quote:  # what names somebody who is not published has none
            pairs += f"{SEP}{SELECTOR} {quote}"
        if place.lines:
            pairs += f"{SEP}{LINES} {self.terms.text(place.lines)}"
        if place.ranges:
            pairs += f"{SEP}{RANGES} {self.terms.text(place.ranges)}"
        yield passage, pairs
        if place.quote:
            yield quote, f"{QUOTE} {self.terms.text(place.quote)}"
        yield position, f'{POSITION}{SEP}{START} "{place.start}{OFFSET}{SEP}{END} "{place.end}{OFFSET}'

    def _rule(self, name: str) -> Iterator[Description]:
        rule = f"<{self.terms.base}rule/{iri_key(name)}>"
        if rule not in self._shared:
            self._shared.add(rule)
            yield rule, f"{A} {term('prov:Plan')}{SEP}{LABELS[0]} {self.terms.text(name)}"


def places_of(key: str, data: Mapping[str, Any]) -> list[Place]:
    """Return where the statements of a fact stand."""
    lists = [data.get(name, ()) for name in ("articles", "starts", "ends", "rules", "quotes", "lines")]
    count = len(lists[0])
    ranges, whys = data.get("ranges") or ("",) * count, data.get("whys") or ("",) * count
    given = data.get("statements")
    ids = given or [make_id("statement", key, *map(str, place)) for place in zip(*lists[:4], strict=False)]
    try:
        places = [Place(*place) for place in zip(ids, *lists, ranges, whys, data.get("confidences", ()), strict=True)]
    except ValueError as error:
        raise InputError(f"{key}: its lists of evidence differ in length; build the workspace again") from error
    if given:
        return places
    # a graph from elsewhere knows no ids: what one rule reads out of one passage is one statement
    best: dict[str, Place] = {}
    for place in places:
        best[place.statement] = max(best.get(place.statement, place), place, key=lambda one: one.confidence)
    return list(best.values())


def _types(kind: str) -> Iterator[str]:
    definition = ontology.classes[kind]
    for iri in (definition.iri, *definition.mapped):
        yield f"{A} <{iri}>"


def _relation(key: str, data: Mapping[str, Any]) -> RelationDef:
    name = data["predicate"]
    if name not in ontology.relations:
        raise OntologyError(f"{key}: no relation {name!r} in the ontology; see ontology/union-news.ttl")
    return ontology.relations[name]


def _is_direct(data: Mapping[str, Any]) -> bool:
    """Whether the fact is also a plain triple: it happened, and is not of what is kept apart where it is inferred."""
    inferred = str(data.get("inferred", "false")).lower() == "true"
    return data["status"] == "happened" and not (inferred and data["predicate"] in APART)


def _decimal(key: str, value: float) -> str:
    found = decimal(value)
    if not found:
        raise OntologyError(f"{key}: confidence cannot be {value!r}; it is a number from 0 to 1")
    return found
