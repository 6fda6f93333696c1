// name: unions-in-district
// zh: 某地的工会（含所辖地区）
// en: Unions of a district, of the districts inside it and of the bodies there
// parameter: district District | 地区 | the district
// column: trade_union | 工会 | the union
// column: body | 所属 | what it is the union of
// column: body_type | 类别 | class of that
// column: facts | 依据 | keys of the facts behind the row
MATCH (u:TradeUnion)-[r:UNION_OF]->(b:Entity)-[inside:LOCATED_IN*0..7]->(d:District {key: $district_key})
WHERE r.status = 'happened' AND all(i IN inside WHERE i.status = 'happened')
UNWIND [r.key] + [i IN inside | i.key] AS fact
WITH u, b, collect(DISTINCT fact) AS facts
RETURN u.name AS trade_union, b.name AS body,
  [label IN labels(b) WHERE label IN ['Activity', 'Article', 'District', 'Enterprise', 'Organization', 'Page',
    'Person', 'Product', 'TradeUnion', 'Venue']][0] AS body_type, facts
ORDER BY trade_union, body, u.key, b.key
