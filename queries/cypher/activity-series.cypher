// name: activity-series
// zh: 届次活动
// en: Activities that come again: series and editions
// column: series | 系列 | the series
// column: edition | 届次 | the edition
// column: activity | 活动 | the activity
// column: first_day | 开始 | its first day
// column: organisers | 举办方 | who held it
// column: facts | 依据 | keys of the facts behind the row
MATCH (x:Entity)-[r:ORGANIZES]->(a:Activity)
WHERE r.status = 'happened' AND a.series IS NOT NULL
WITH x, r, a ORDER BY x.name, x.key
WITH a, collect(DISTINCT x.name) AS organisers, collect(DISTINCT r.key) AS facts
RETURN a.series AS series, coalesce(a.edition, '') AS edition, a.name AS activity, a.start AS first_day, organisers, facts
ORDER BY series, first_day, edition, activity, a.key
