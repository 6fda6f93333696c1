// name: participants
// zh: 谁举办、谁参加某项活动
// en: Who held an activity and who took part
// parameter: activity Activity | 活动 | the activity
// column: name | 名称 | who
// column: type | 类别 | its class
// column: part | 方式 | ORGANIZES or PARTICIPATES_IN
// column: role | 角色 | 主办, 承办, 协办
// column: facts | 依据 | keys of the facts behind the row
MATCH (x:Entity)-[r:ORGANIZES|PARTICIPATES_IN]->(a:Activity {key: $activity_key})
WHERE r.status = 'happened'
RETURN x.name AS name,
  [label IN labels(x) WHERE label IN ['Activity', 'Article', 'District', 'Enterprise', 'Organization', 'Page',
    'Person', 'Product', 'TradeUnion', 'Venue']][0] AS type,
  type(r) AS part, coalesce(r.role, '') AS role, [r.key] AS facts
ORDER BY part, role, name, r.key
