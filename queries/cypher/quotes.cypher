// name: quotes
// zh: 谁说了什么
// en: Who said what
// parameter: person Person = "" | 人物，空为所有人 | the person; empty for all
// column: person | 人物 | who
// column: quote | 原话 | the words
// column: headline | 报道 | headline of the article
// column: paper | 报纸 | the paper
// column: issue_date | 日期 | day of issue
// column: facts | 依据 | keys of the facts behind the row
MATCH (p:Person)-[r:QUOTED_IN]->(d:Article)
WHERE r.status = 'happened' AND ($person_key = '' OR p.key = $person_key)
RETURN p.name AS person, r.quote AS quote, d.headline AS headline, d.paper AS paper, d.issueDate AS issue_date,
  [r.key] AS facts
ORDER BY person, issue_date, headline, quote, r.key
