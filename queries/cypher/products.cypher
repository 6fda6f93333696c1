// name: products
// zh: 谁提供什么产品或服务
// en: Who makes or gives which product
// parameter: provider TradeUnion/Enterprise/Organization/Venue = "" | 提供方，空为所有 | the provider; empty for all
// column: provider | 提供方 | who provides it
// column: provider_type | 类别 | its class
// column: product | 产品 | the product
// column: facts | 依据 | keys of the facts behind the row
MATCH (x:Entity)-[r:PROVIDES]->(p:Product)
WHERE r.status = 'happened' AND ($provider_key = '' OR x.key = $provider_key)
RETURN x.name AS provider,
  [label IN labels(x) WHERE label IN ['Activity', 'Article', 'District', 'Enterprise', 'Organization', 'Page',
    'Person', 'Product', 'TradeUnion', 'Venue']][0] AS provider_type,
  p.name AS product, [r.key] AS facts
ORDER BY product, provider, r.key
