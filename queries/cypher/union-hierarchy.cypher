// name: union-hierarchy
// zh: 某工会的下级工会
// en: The unions below a union
// parameter: union TradeUnion | 工会 | the union
// column: trade_union | 工会 | the union below
// column: above | 直接上级 | the union right above it
// column: level | 层级 | how far below
// column: inferred | 据名称推断 | whether a step was read from names only, not stated
// column: facts | 依据 | keys of the facts behind the row
MATCH p = (top:TradeUnion {key: $union_key})<-[steps:SUBORDINATE_TO*1..6]-(u:TradeUnion)
WHERE all(s IN steps WHERE s.status = 'happened') AND u.key <> top.key
WITH u, nodes(p)[size(steps) - 1] AS above, size(steps) AS level,
  any(s IN steps WHERE coalesce(s.inferred, false)) AS inferred, [s IN steps | s.key] AS facts
RETURN u.name AS trade_union, above.name AS above, level, inferred, facts
ORDER BY level, trade_union, above, u.key, facts
