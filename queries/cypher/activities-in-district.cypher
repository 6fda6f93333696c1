// name: activities-in-district
// zh: 某地的活动（含所辖地区）
// en: Activities in a district and in the districts inside it
// parameter: district District | 地区 | the district
// parameter: since date = "" | 不早于此日 | not before this day
// parameter: until date = "" | 不晚于此日 | not after this day
// column: activity | 活动 | the activity
// column: first_day | 开始 | its first day
// column: last_day | 结束 | its last day
// column: place | 地点 | where it was held: a district, a venue, an enterprise
// column: facts | 依据 | keys of the facts behind the row
MATCH (a:Activity)-[r:HELD_IN|HELD_AT]->(place:Entity)-[inside:LOCATED_IN*0..7]->(d:District {key: $district_key})
WHERE r.status = 'happened' AND all(i IN inside WHERE i.status = 'happened') AND ($since = '' OR a.`end` >= $since) AND ($until = '' OR a.start <= $until)
UNWIND [r.key] + [i IN inside | i.key] AS fact
WITH a, place, collect(DISTINCT fact) AS facts
RETURN a.name AS activity, a.start AS first_day, a.`end` AS last_day, place.name AS place, facts
ORDER BY first_day, activity, place, a.key
