// name: evidence
// zh: 两个实体之间有什么说法，出自哪里
// en: What is said between two entities, and where
// parameter: one Entity | 一方 | the one
// parameter: other Entity | 另一方 | the other
// column: subject | 主语 | subject
// column: relation | 关系 | type of the relation
// column: object | 宾语 | object
// column: status | 状态 | happened, planned, denied or reported
// column: paper | 报纸 | the paper
// column: issue_date | 日期 | day of issue
// column: page_number | 版次 | page of the paper
// column: page | 页面 | the page as it was delivered
// column: line | 行 | line of that page
// column: quote | 原文 | the words
// column: rule | 规则 | the rule that read it
// column: confidence | 可信度 | how sure the rule is
// column: facts | 依据 | keys of the facts behind the row
MATCH (x:Entity {key: $one_key})-[r]-(y:Entity {key: $other_key})
WHERE r.key IS NOT NULL AND r.quotes IS NOT NULL AND size(r.quotes) > 0
UNWIND range(0, size(r.quotes) - 1) AS i
OPTIONAL MATCH (d:Article {key: r.articles[i]})
RETURN startNode(r).name AS subject, type(r) AS relation, endNode(r).name AS object, r.status AS status,
  d.paper AS paper, d.issueDate AS issue_date, d.pageNumber AS page_number, d.page AS page, r.lines[i] AS line,
  r.quotes[i] AS quote, r.rules[i] AS rule, r.confidences[i] AS confidence, [r.key] AS facts
ORDER BY relation, subject, status, issue_date, page, line, quote, r.key
