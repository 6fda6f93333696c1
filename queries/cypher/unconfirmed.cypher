// name: unconfirmed
// zh: 未证实的说法：计划、否认、传闻
// en: What did not happen as far as is known: planned, denied, merely reported
// parameter: status text = "" | planned、denied 或 reported，空为所有 | planned, denied or reported; empty for all
// column: subject | 主语 | subject
// column: relation | 关系 | type of the relation
// column: object | 宾语 | object
// column: status | 状态 | planned, denied or reported
// column: facts | 依据 | keys of the facts behind the row
MATCH (x:Entity)-[r]->(y:Entity)
WHERE r.key IS NOT NULL AND r.status IN ['planned', 'denied', 'reported'] AND ($status = '' OR r.status = $status)
RETURN x.name AS subject, type(r) AS relation, y.name AS object, r.status AS status, [r.key] AS facts
ORDER BY status, subject, relation, object, r.key
