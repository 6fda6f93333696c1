// name: enterprises-reached
// zh: 工会联系到的企业
// en: Enterprises a union reaches: by unions below it, and by activities
// parameter: union TradeUnion | 工会 | the union
// column: enterprise | 企业 | the enterprise
// column: way | 途径 | union: its union is this one or below it; activity: it took part, helped or was host
// column: through | 经由 | the union or the activity
// column: facts | 依据 | keys of the facts behind the row
CALL {
  MATCH (u:TradeUnion {key: $union_key})<-[below:SUBORDINATE_TO*0..5]-(own:TradeUnion)-[r:UNION_OF]->(e:Enterprise)
  WHERE r.status = 'happened' AND all(b IN below WHERE b.status = 'happened')
  UNWIND [r.key] + [b IN below | b.key] AS fact
  RETURN e, 'union' AS way, own AS middle, fact
  UNION
  MATCH (u:TradeUnion {key: $union_key})-[r:ORGANIZES]->(a:Activity)-[s:ORGANIZES|PARTICIPATES_IN|HELD_AT]-(e:Enterprise)
  WHERE r.status = 'happened' AND s.status = 'happened'
  UNWIND [r.key, s.key] AS fact
  RETURN e, 'activity' AS way, a AS middle, fact
}
WITH e, way, middle, collect(DISTINCT fact) AS facts
RETURN e.name AS enterprise, way, middle.name AS through, facts
ORDER BY enterprise, way, through, e.key, middle.key
