// name: activities-by-month
// zh: 各月的活动
// en: Activities by month
// parameter: since date = "" | 不早于此日 | not before this day
// parameter: until date = "" | 不晚于此日 | not after this day
// column: month | 月份 | the month; empty where the date does not fix one
// column: activities | 活动数 | how many activities
// column: names | 活动 | which
// column: facts | 依据 | keys of the facts behind the row
MATCH (a:Activity)-[r:ORGANIZES|PARTICIPATES_IN|HELD_AT|HELD_IN]-(x:Entity)
WHERE r.status = 'happened' AND ($since = '' OR a.`end` >= $since) AND ($until = '' OR a.start <= $until)
WITH a, collect(DISTINCT r.key) AS keys
WITH a, keys, CASE WHEN left(a.start, 7) = left(a.`end`, 7) THEN left(a.start, 7) ELSE '' END AS month
ORDER BY a.start, a.name, a.key
UNWIND keys AS fact
WITH month, count(DISTINCT a) AS activities, collect(DISTINCT a.name) AS names, collect(DISTINCT fact) AS facts
RETURN month, activities, names, facts
ORDER BY month
