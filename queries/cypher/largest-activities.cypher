// name: largest-activities
// zh: 人数最多的活动
// en: Activities by how many came
// parameter: least integer = 0 | 至少多少 | how many at least
// column: activity | 活动 | the activity
// column: least_count | 至少 | at least so many
// column: most_count | 至多 | at most so many
// column: said | 原话 | as printed
// column: first_day | 开始 | its first day
// column: facts | 依据 | keys of the facts behind the row
MATCH (a:Activity)-[r:ORGANIZES|PARTICIPATES_IN|HELD_AT|HELD_IN]-(x:Entity)
WHERE r.status = 'happened' AND a.countText IS NOT NULL AND coalesce(a.countMin, a.countMax, 0) >= $least
WITH a, collect(DISTINCT r.key) AS facts
WITH a, facts, coalesce(a.countMin, a.countMax, 0) AS size
RETURN a.name AS activity, a.countMin AS least_count, a.countMax AS most_count, a.countText AS said,
  a.start AS first_day, facts
ORDER BY size DESC, activity, a.key
