// name: districts-by-activity
// zh: 各地的活动数（含所辖地区）
// en: Districts by the number of activities in them and in the districts inside
// parameter: since date = "" | 不早于此日 | not before this day
// parameter: until date = "" | 不晚于此日 | not after this day
// column: district | 地区 | the district
// column: activities | 活动数 | how many activities
// column: facts | 依据 | keys of the facts behind the row
MATCH (a:Activity)-[r:HELD_IN|HELD_AT]->(place:Entity)-[inside:LOCATED_IN*0..7]->(d:District)
WHERE r.status = 'happened' AND all(i IN inside WHERE i.status = 'happened') AND ($since = '' OR a.`end` >= $since) AND ($until = '' OR a.start <= $until)
UNWIND [r.key] + [i IN inside | i.key] AS fact
WITH d, count(DISTINCT a) AS activities, collect(DISTINCT fact) AS facts
RETURN d.name AS district, activities, facts
ORDER BY activities DESC, district, d.key
