// name: venues
// zh: 活动场地
// en: Where activities are held
// parameter: district District = "" | 地区，空为所有 | the district; empty for all
// column: place | 场地 | the venue or enterprise
// column: place_type | 类别 | its class
// column: activities | 活动数 | how many activities
// column: names | 活动 | which
// column: facts | 依据 | keys of the facts behind the row
MATCH (a:Activity)-[r:HELD_AT]->(v:Entity)
WHERE r.status = 'happened' AND ($district_key = '' OR EXISTS {
  MATCH (v)-[inside:LOCATED_IN*1..7]->(d:District {key: $district_key}) WHERE all(i IN inside WHERE i.status = 'happened')
})
WITH a, v, r ORDER BY a.start, a.name, a.key
WITH v, count(DISTINCT a) AS activities, collect(DISTINCT a.name) AS names, collect(DISTINCT r.key) AS facts
RETURN v.name AS place,
  [label IN labels(v) WHERE label IN ['Activity', 'Article', 'District', 'Enterprise', 'Organization', 'Page',
    'Person', 'Product', 'TradeUnion', 'Venue']][0] AS place_type,
  activities, names, facts
ORDER BY activities DESC, place, v.key
