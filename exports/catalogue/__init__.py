"""The catalogue: what a portal tells other portals of its data, by DCAT-AP 3.0.1, VoID and PROV-O.

    portal = portal_of("ws", base)                                 # or Portal(): everything has a default
    with open("dumps/union-news.nt", "rb") as lines:
        summary = summarise(lines, base=portal.base)               # one pass; or over lines_of(triples)
    dumps = [measure(path, f"dumps/{path.name}") for path in paths]  # size and checksum of each file of the portal
    build = build_of(Workspace.open("ws"))
    graph = catalogue(portal, summary, dumps, ontology.version, build, issued=day, previous=bytes_or_none)
    to_bytes(graph, "turtle"), to_bytes(graph, "jsonld"), to_bytes(graph, "rdfxml")
    to_bytes(void_description(portal, summary, dumps), "turtle")   # .well-known/void

`portal_of`, `Portal`         what the keeper decides, in the portal.toml of a workspace
`summarise`, `Summary`        what there is in the data, from sorted N-Triples
`measure`, `Dump`             a file of the portal
`build_of`, `Build`           what the data were made with
`day_of_issue`                the day from --issued or SOURCE_DATE_EPOCH, None where neither is given
`catalogue`                   the rdflib graph; `issued` is that day, `previous` the Turtle of the catalogue before
`void_description`            the rdflib graph of its VoID alone
`to_bytes`                    a graph in a syntax, sorted: the same graph gives the same bytes

The catalogue is the document SITE + "catalogue" (`catalogue_iri`), everything in it a fragment of that, but for rules
(BASE + "rule/NAME") and the build (BASE + "build"), which have pages. There are no blank nodes.

Dates: the dataset was issued on the day it first had one, and modified on the day of the last catalogue whose content
(the checksum of its N-Triples) was another. So it is with each file, by its own checksum, and with the catalogue, by
all that it says but dates: made again from the same things on a later day it is the same, byte for byte.
"""

from exports.catalogue.graph import (
    Build,
    Dump,
    build_of,
    catalogue,
    catalogue_iri,
    day_of_issue,
    measure,
    to_bytes,
    void_description,
)
from exports.catalogue.keeper import Contact, Keywords, Portal, Publisher, Text, portal_of, read_portal
from exports.catalogue.summary import Summary, lines_of, summarise

__all__ = [
    "Build",
    "Contact",
    "Dump",
    "Keywords",
    "Portal",
    "Publisher",
    "Summary",
    "Text",
    "build_of",
    "catalogue",
    "catalogue_iri",
    "day_of_issue",
    "lines_of",
    "measure",
    "portal_of",
    "read_portal",
    "summarise",
    "to_bytes",
    "void_description",
]
