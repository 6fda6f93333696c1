// name: supports
// zh: 谁帮扶谁
// en: Who supports whom
// parameter: name District/TradeUnion/Enterprise = "" | 其中一方，空为所有 | one of the two; empty for all
// column: giver | 帮扶方 | who supports
// column: receiver | 受援方 | who is supported
// column: sources | 报道数 | how many articles say so
// column: facts | 依据 | keys of the facts behind the row
MATCH (x:Entity)-[r:SUPPORTS]->(y:Entity)
WHERE r.status = 'happened' AND ($name_key = '' OR x.key = $name_key OR y.key = $name_key)
RETURN x.name AS giver, y.name AS receiver, r.sources AS sources, [r.key] AS facts
ORDER BY sources DESC, giver, receiver, r.key
