// name: neighbourhood
// zh: 与某个实体直接相关的一切
// en: All that an entity is directly joined to
// parameter: name Entity | 实体 | the entity
// column: direction | 方向 | → from the entity, ← towards it
// column: relation | 关系 | type of the relation
// column: neighbour | 对方 | the other end
// column: neighbour_type | 对方类别 | class of the other end
// column: detail | 说明 | title, role, honour or words
// column: sources | 报道数 | how many articles say so
// column: facts | 依据 | keys of the facts behind the row
MATCH (n:Entity {key: $name_key})-[r]-(m:Entity)
WHERE r.status = 'happened' AND r.key IS NOT NULL AND NOT type(r) IN ['MENTIONS', 'ON_PAGE']
WITH r, m, CASE WHEN startNode(r).key = $name_key THEN '→' ELSE '←' END AS direction
RETURN direction, type(r) AS relation, m.name AS neighbour,
  [label IN labels(m) WHERE label IN ['Activity', 'Article', 'District', 'Enterprise', 'Organization', 'Page',
    'Person', 'Product', 'TradeUnion', 'Venue']][0] AS neighbour_type,
  coalesce(r.title, r.role, r.honour, r.quote, '') AS detail, r.sources AS sources, [r.key] AS facts
ORDER BY direction DESC, relation, neighbour, detail, r.key
