// name: awards
// zh: 谁授予谁什么荣誉
// en: Who gave which honour to whom
// parameter: name TradeUnion/Enterprise/Organization/Activity/Person = "" | 其中一方，空为所有 | one of the two; empty for all
// column: giver | 授予方 | who gave it
// column: honour | 荣誉 | the honour
// column: receiver | 获得者 | who got it
// column: facts | 依据 | keys of the facts behind the row
MATCH (x:Entity)-[r:AWARDS]->(y:Entity)
WHERE r.status = 'happened' AND ($name_key = '' OR x.key = $name_key OR y.key = $name_key)
RETURN x.name AS giver, r.honour AS honour, y.name AS receiver, [r.key] AS facts
ORDER BY receiver, honour, giver, r.key
