// name: timeline
// zh: 某个实体的活动，按时间
// en: Activities of an entity in the order of time
// parameter: name TradeUnion/Enterprise/Organization/Person/Venue/District | 实体 | the entity
// column: first_day | 开始 | first day
// column: last_day | 结束 | last day
// column: vague | 日期模糊 | whether the date is vague
// column: activity | 活动 | the activity
// column: part | 方式 | ORGANIZES, PARTICIPATES_IN, HELD_AT or HELD_IN
// column: role | 角色 | 主办, 承办, 协办
// column: facts | 依据 | keys of the facts behind the row
MATCH (n:Entity {key: $name_key})-[r:ORGANIZES|PARTICIPATES_IN|HELD_AT|HELD_IN]-(a:Activity)
WHERE r.status = 'happened'
RETURN a.start AS first_day, a.`end` AS last_day, coalesce(a.vague, false) AS vague, a.name AS activity,
  type(r) AS part, coalesce(r.role, '') AS role, [r.key] AS facts
ORDER BY first_day, last_day, activity, part, role, r.key
