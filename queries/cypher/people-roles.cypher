// name: people-roles
// zh: 谁在哪里任什么职
// en: Who holds which office where
// parameter: person Person = "" | 人物，空为所有人 | the person; empty for all
// parameter: body TradeUnion/Enterprise/Organization/Venue/District = "" | 单位，空为所有单位 | the body; empty for all
// column: person | 人物 | the person
// column: title | 职务 | the office
// column: body | 单位 | where
// column: body_type | 单位类别 | class of the body
// column: seen | 见报日期 | days of issue on which it was in print
// column: sources | 报道数 | how many articles say so
// column: facts | 依据 | keys of the facts behind the row
MATCH (p:Person)-[r:HAS_ROLE]->(b:Entity)
WHERE r.status = 'happened' AND ($person_key = '' OR p.key = $person_key) AND ($body_key = '' OR b.key = $body_key)
RETURN p.name AS person, r.title AS title, b.name AS body,
  [label IN labels(b) WHERE label IN ['Activity', 'Article', 'District', 'Enterprise', 'Organization', 'Page',
    'Person', 'Product', 'TradeUnion', 'Venue']][0] AS body_type,
  coalesce(r.seen, []) AS seen, r.sources AS sources, [r.key] AS facts
ORDER BY person, title, body, r.key
