// name: co-organisers
// zh: 谁与谁合办活动
// en: Who organises activities together
// parameter: name TradeUnion/Enterprise/Organization = "" | 其中一方，空为所有 | one of the two; empty for all
// column: one | 一方 | the one
// column: other | 另一方 | the other
// column: activities | 合办活动数 | how many activities
// column: names | 活动 | which
// column: facts | 依据 | keys of the facts behind the row
MATCH (x:Entity)-[r:ORGANIZES]->(a:Activity)<-[s:ORGANIZES]-(y:Entity)
WHERE r.status = 'happened' AND s.status = 'happened' AND x.key <> y.key
  AND ($name_key = x.key OR ($name_key = '' AND (x.name < y.name OR (x.name = y.name AND x.key < y.key))))
WITH x, y, a, collect(DISTINCT r.key) + collect(DISTINCT s.key) AS keys
ORDER BY a.name, a.key
UNWIND keys AS fact
WITH x, y, collect(DISTINCT a.name) AS names, count(DISTINCT a) AS activities, collect(DISTINCT fact) AS facts
RETURN x.name AS one, y.name AS other, activities, names, facts
ORDER BY activities DESC, one, other, x.key, y.key
