"""A workspace on the network, for reading: SPARQL, and a page or data behind every IRI.

store      the workspace as a pyoxigraph store on disk, made once and kept
query      what a SPARQL query from outside may not do, told from its words
worker     a process that answers one query after another; pool: several of them, with limits
accept     content negotiation, and the formats there are
describe   what the store says of one document
pages      HTML: a document, rows, the query page
about      the server and the data in a few triples
app        the routes; run: the server
"""
