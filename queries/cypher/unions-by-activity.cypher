// name: unions-by-activity
// zh: 工会按举办活动的多少排列
// en: Unions by the number of activities they held
// parameter: since date = "" | 不早于此日 | not before this day
// parameter: until date = "" | 不晚于此日 | not after this day
// column: trade_union | 工会 | the union
// column: activities | 活动数 | how many activities
// column: first_day | 最早一次 | first day of the first
// column: last_day | 最近一次 | last day of the last
// column: facts | 依据 | keys of the facts behind the row
MATCH (u:TradeUnion)-[r:ORGANIZES]->(a:Activity)
WHERE r.status = 'happened' AND ($since = '' OR a.`end` >= $since) AND ($until = '' OR a.start <= $until)
WITH u, count(DISTINCT a) AS activities, min(a.start) AS first_day, max(a.`end`) AS last_day,
  collect(DISTINCT r.key) AS facts
RETURN u.name AS trade_union, activities, first_day, last_day, facts
ORDER BY activities DESC, trade_union, u.key
