// name: shortest-path
// zh: 两个实体之间最短的联系
// en: The shortest connections between two entities
// facts: happened
// parameter: from Entity | 起点 | where it starts
// parameter: to Entity | 终点 | where it ends
// column: hops | 步数 | how many relations
// column: path | 经过 | the entities on the way
// column: relations | 关系 | the types of the relations
// column: facts | 依据 | keys of the facts behind the row
MATCH (x:Entity {key: $from_key}), (y:Entity {key: $to_key})
WHERE x.key <> y.key
MATCH p = allShortestPaths((x)-[:ORGANIZES|PARTICIPATES_IN|HELD_AT|HELD_IN|UNION_OF|SUBORDINATE_TO|LOCATED_IN|HAS_ROLE|PROVIDES|AWARDS|SUPPORTS*..8]-(y))
WHERE all(r IN relationships(p) WHERE r.status = 'happened')
WITH length(p) AS hops, [n IN nodes(p) | n.name] AS path, [r IN relationships(p) | type(r)] AS relations,
  [r IN relationships(p) | r.key] AS facts
RETURN hops, path, relations, facts
ORDER BY path, relations, facts
LIMIT 20
