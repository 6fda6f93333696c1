// name: reporters
// zh: 谁写了多少报道
// en: Who reported how much
// parameter: since date = "" | 不早于此日出版 | not issued before this day
// parameter: until date = "" | 不晚于此日出版 | not issued after this day
// column: person | 人物 | who
// column: role | 身份 | as what: 记者, 通讯员, 摄
// column: articles | 报道数 | how many articles
// column: headlines | 标题 | which
// column: facts | 依据 | keys of the facts behind the row
MATCH (d:Article)-[r:REPORTED_BY]->(p:Person)
WHERE r.status = 'happened' AND ($since = '' OR d.issueDate >= $since) AND ($until = '' OR d.issueDate <= $until)
WITH d, r, p ORDER BY d.issueDate, d.headline, d.key
WITH p, coalesce(r.role, '') AS role, count(DISTINCT d) AS articles, collect(DISTINCT d.headline) AS headlines,
  collect(DISTINCT r.key) AS facts
RETURN p.name AS person, role, articles, headlines, facts
ORDER BY articles DESC, person, role, p.key
