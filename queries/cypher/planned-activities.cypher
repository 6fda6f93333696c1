// name: planned-activities
// zh: 将要举办的活动
// en: Activities that were announced
// parameter: organiser TradeUnion/Enterprise/Organization = "" | 举办方，空为所有 | the organiser; empty for all
// column: organiser | 举办方 | who will hold it
// column: activity | 活动 | the activity
// column: first_day | 开始 | its first day
// column: last_day | 结束 | its last day
// column: facts | 依据 | keys of the facts behind the row
MATCH (x:Entity)-[r:ORGANIZES]->(a:Activity)
WHERE r.status = 'planned' AND ($organiser_key = '' OR x.key = $organiser_key)
RETURN x.name AS organiser, a.name AS activity, a.start AS first_day, a.`end` AS last_day, [r.key] AS facts
ORDER BY first_day, activity, organiser, r.key
