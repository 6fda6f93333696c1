// name: articles-about
// zh: 提到某个实体的报道
// en: Articles that mention an entity
// parameter: name Entity | 实体 | the entity
// column: headline | 标题 | headline
// column: paper | 报纸 | the paper
// column: issue_date | 日期 | day of issue
// column: page_number | 版次 | page of the paper
// column: page | 页面 | the page as it was delivered
// column: sentences | 句数 | how many sentences mention it
// column: facts | 依据 | keys of the facts behind the row
MATCH (d:Article)-[r:MENTIONS]->(n:Entity {key: $name_key})
RETURN d.headline AS headline, d.paper AS paper, d.issueDate AS issue_date, d.pageNumber AS page_number, d.page AS page,
  size(coalesce(r.quotes, [])) AS sentences, [r.key] AS facts
ORDER BY issue_date, paper, page, headline, r.key
