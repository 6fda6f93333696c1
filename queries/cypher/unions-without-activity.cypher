// name: unions-without-activity
// zh: 没有活动报道的工会
// en: Unions that no activity is known of
// parameter: body_type text = "" | 所属单位类别，如 Enterprise，空为所有 | class of what it is the union of, such as Enterprise; empty for all
// column: trade_union | 工会 | the union
// column: body | 所属单位 | what it is the union of
// column: body_type | 单位类别 | class of that
// column: articles | 报道数 | how many articles mention it
// column: facts | 依据 | keys of the facts behind the row
MATCH (u:TradeUnion)
WHERE NOT EXISTS {
  MATCH (u)-[r:ORGANIZES|PARTICIPATES_IN]->(:Activity) WHERE r.status = 'happened'
}
OPTIONAL MATCH (u)-[o:UNION_OF]->(b:Entity) WHERE o.status = 'happened'
WITH u, b, collect(DISTINCT o.key) AS keys
OPTIONAL MATCH (d:Article)-[m:MENTIONS]->(u)
WITH u, b, keys, count(DISTINCT d) AS articles, collect(DISTINCT m.key) AS mentions
WITH u, b, articles, keys + mentions AS facts, CASE WHEN b IS NULL THEN '' ELSE
  [label IN labels(b) WHERE label IN ['Activity', 'Article', 'District', 'Enterprise', 'Organization', 'Page',
    'Person', 'Product', 'TradeUnion', 'Venue']][0] END AS body_type
WHERE $body_type = '' OR body_type = $body_type
RETURN u.name AS trade_union, coalesce(b.name, '') AS body, body_type, articles, facts
ORDER BY trade_union, body, u.key, b.key
