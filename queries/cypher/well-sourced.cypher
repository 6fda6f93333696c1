// name: well-sourced
// zh: 多篇报道印证的事实
// en: Facts that several articles report
// parameter: least integer = 2 | 至少几篇 | how many articles at least
// column: subject | 主语 | subject
// column: relation | 关系 | type of the relation
// column: object | 宾语 | object
// column: sources | 报道数 | how many articles, reprints not counted
// column: facts | 依据 | keys of the facts behind the row
MATCH (x:Entity)-[r]->(y:Entity)
WHERE r.key IS NOT NULL AND r.status = 'happened' AND r.sources >= $least AND NOT type(r) IN ['MENTIONS', 'ON_PAGE']
RETURN x.name AS subject, type(r) AS relation, y.name AS object, r.sources AS sources, [r.key] AS facts
ORDER BY sources DESC, relation, subject, object, r.key
