"""What the vocabularies that we write in say of their terms, as far as it can make a difference to a reasoner.

Written down from their documents (FOAF 0.99, DCMI terms with the ranges of 2012, which were stricter, W3C ORG, PROV-O,
OWL-Time, SKOS, Web Annotation, DCAT 3, VoID): what is functional, the other way round or below another property,
domains and ranges, classes below others, and classes that share no member. A line of SAID says this of a term:

    foaf:homepage IFP < foaf:page > foaf:Document       inverse functional, below another one, with this range
"""

from __future__ import annotations

import rdflib
from rdflib import namespace
from rdflib.namespace import OWL, RDF, RDFS, Namespace
from rdflib.term import URIRef

__all__ = ["axioms"]

SPACES = {
    **{name.lower(): getattr(namespace, name) for name in "DCAT FOAF ORG OWL PROV RDF RDFS SDO SKOS TIME VOID".split()},
    "dct": namespace.DCTERMS,
    "oa": Namespace("http://www.w3.org/ns/oa#"),
}
# < below, = the same as, ~ the other way round, ! shares no member with, : has the domain, > has the range; see KINDS
SAID = """
foaf:homepage IFP < foaf:page < foaf:isPrimaryTopicOf > foaf:Document
foaf:isPrimaryTopicOf IFP < foaf:page ~ foaf:primaryTopic > foaf:Document
foaf:primaryTopic FP : foaf:Document
foaf:page ~ foaf:topic > foaf:Document
foaf:topic : foaf:Document
foaf:name < rdfs:label
foaf:Person < foaf:Agent = sdo:Person ! foaf:Organization ! foaf:Project
foaf:Organization < foaf:Agent ! foaf:Person ! foaf:Document
foaf:Document = sdo:CreativeWork ! foaf:Organization ! foaf:Project
foaf:Agent = dct:Agent

dct:LicenseDocument < dct:RightsStatement
dct:MediaType < dct:MediaTypeOrExtent
dct:SizeOrDuration < dct:MediaTypeOrExtent
dct:Location < dct:LocationPeriodOrJurisdiction
dct:PeriodOfTime < dct:LocationPeriodOrJurisdiction
dct:accrualPeriodicity > dct:Frequency
dct:conformsTo > dct:Standard
dct:extent < dct:format > dct:SizeOrDuration
dct:format > dct:MediaTypeOrExtent
dct:isReplacedBy ~ dct:replaces
dct:language > dct:LinguisticSystem
dct:license < dct:rights > dct:LicenseDocument
dct:publisher > dct:Agent
dct:rights > dct:RightsStatement
dct:spatial > dct:Location
dct:temporal > dct:PeriodOfTime

org:Organization < foaf:Agent = foaf:Organization ! org:Membership ! org:Role ! org:Site ! org:ChangeEvent
org:FormalOrganization < org:Organization < foaf:Organization
org:Membership ! org:Role ! org:Site ! org:ChangeEvent
org:Role < skos:Concept ! org:Site ! org:ChangeEvent
org:member FP : org:Membership > foaf:Agent ~ org:hasMembership
org:organization FP : org:Membership > org:Organization
org:role > org:Role
org:memberDuring : org:Membership
org:hasSubOrganization : org:Organization > org:Organization ~ org:subOrganizationOf
org:subOrganizationOf < org:transitiveSubOrganizationOf
org:transitiveSubOrganizationOf TP

prov:Activity ! prov:Entity ! prov:InstantaneousEvent
prov:Entity ! prov:InstantaneousEvent
prov:Agent ! prov:InstantaneousEvent
prov:Association < prov:AgentInfluence
prov:Collection < prov:Entity
prov:Plan < prov:Entity
prov:SoftwareAgent < prov:Agent
prov:ActivityInfluence ! prov:EntityInfluence
prov:agent : prov:AgentInfluence > prov:Agent
prov:hadPlan : prov:Association > prov:Plan
prov:qualifiedAssociation : prov:Activity > prov:Association
prov:used : prov:Activity > prov:Entity
prov:wasAssociatedWith : prov:Activity > prov:Agent
prov:wasAttributedTo : prov:Entity > prov:Agent
prov:wasDerivedFrom : prov:Entity > prov:Entity
prov:wasGeneratedBy : prov:Entity > prov:Activity

time:Instant < time:TemporalEntity ! time:ProperInterval
time:Interval < time:TemporalEntity
time:ProperInterval < time:Interval
time:inside : time:Interval > time:Instant
time:hasBeginning : time:TemporalEntity > time:Instant
time:hasEnd : time:TemporalEntity > time:Instant
time:inXSDDate : time:Instant
time:inXSDgYearMonth : time:Instant
time:inXSDgYear : time:Instant

skos:Concept ! skos:ConceptScheme ! skos:Collection
skos:inScheme > skos:ConceptScheme
skos:semanticRelation : skos:Concept > skos:Concept
skos:broader < skos:broaderTransitive
skos:broaderTransitive TP < skos:semanticRelation
skos:mappingRelation < skos:semanticRelation
skos:closeMatch SP < skos:mappingRelation
skos:exactMatch SP TP < skos:closeMatch
skos:broadMatch < skos:mappingRelation < skos:broader

oa:SpecificResource < oa:ResourceSelection
oa:TextPositionSelector < oa:Selector
oa:TextQuoteSelector < oa:Selector
oa:hasBody : oa:Annotation
oa:hasTarget : oa:Annotation
oa:hasSource : oa:ResourceSelection
oa:hasSelector : oa:ResourceSelection > oa:Selector
oa:motivatedBy : oa:Annotation > oa:Motivation

dcat:Catalog < dcat:Dataset
dcat:Dataset < dcat:Resource
dcat:DataService < dcat:Resource
dcat:accessService : dcat:Distribution > dcat:DataService
dcat:accessURL : dcat:Distribution
dcat:compressFormat < dct:format : dcat:Distribution > dct:MediaType
dcat:dataset < dct:hasPart : dcat:Catalog > dcat:Dataset
dcat:distribution : dcat:Dataset > dcat:Distribution
dcat:downloadURL : dcat:Distribution
dcat:endpointDescription : dcat:DataService
dcat:endpointURL : dcat:DataService
dcat:landingPage < foaf:page > foaf:Document
dcat:mediaType < dct:format : dcat:Distribution > dct:MediaType
dcat:servesDataset : dcat:DataService > dcat:Dataset
dcat:service < dct:hasPart : dcat:Catalog > dcat:DataService
dcat:theme < dct:subject > skos:Concept
dcat:themeTaxonomy : dcat:Catalog

void:DatasetDescription < foaf:Document
void:Linkset < void:Dataset
void:class : void:Dataset
void:classPartition < void:subset : void:Dataset > void:Dataset
void:exampleResource : void:Dataset
void:feature : void:Dataset > void:TechnicalFeature
void:propertyPartition < void:subset : void:Dataset > void:Dataset
void:sparqlEndpoint : void:Dataset
void:subjectsTarget FP < void:target : void:Linkset > void:Dataset
void:objectsTarget FP < void:target : void:Linkset > void:Dataset
void:subset : void:Dataset > void:Dataset
void:entities : void:Dataset
void:triples : void:Dataset
"""
SIGNS = {":": RDFS.domain, ">": RDFS.range, "~": OWL.inverseOf}
KINDS = {
    "FP": OWL.FunctionalProperty,
    "IFP": OWL.InverseFunctionalProperty,
    "SP": OWL.SymmetricProperty,
    "TP": OWL.TransitiveProperty,
}
OF_CLASSES = {"<": RDFS.subClassOf, "=": OWL.equivalentClass, "!": OWL.disjointWith}
OF_PROPERTIES = {"<": RDFS.subPropertyOf}


def axioms() -> rdflib.Graph:
    """Return SAID as a graph."""
    graph = rdflib.Graph()
    for line in filter(None, SAID.splitlines()):
        term, *words = line.split()
        subject = _term(term)
        signs = {**SIGNS, **(OF_CLASSES if term.partition(":")[2][0].isupper() else OF_PROPERTIES)}
        rest = iter(words)
        for word in rest:
            if word in KINDS:
                graph.add((subject, RDF.type, KINDS[word]))
            else:
                graph.add((subject, signs[word], _term(next(rest))))
    return graph


def _term(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(str(SPACES[prefix]) + local)
