"""A workspace on the network, for reading: SPARQL, and a page or data behind every IRI.

store      the workspace as a pyoxigraph store on disk, made once and kept
gone       what was withdrawn since
worker     a process that answers one query after another; pool: several of them, with limits
results    rows and graphs in the formats there are; accept: content negotiation
describe   what the store says of one document
things     the page of a thing, as the portal has it; pages: that of any other document, rows, the query page
about      the server and the data in a few triples
reply      what every answer has; log: a line for each
app        the routes; run: the server
vendor     fetches the query editor again, which others wrote
"""
