// name: people-in-several-bodies
// zh: 在多个单位任职的人
// en: People with roles in several bodies
// parameter: least integer = 2 | 至少几个单位 | in how many bodies at least
// column: person | 人物 | who
// column: bodies | 单位数 | how many bodies
// column: names | 单位 | which
// column: facts | 依据 | keys of the facts behind the row
MATCH (p:Person)-[r:HAS_ROLE]->(b:Entity)
WHERE r.status = 'happened'
WITH p, b, r ORDER BY b.name, b.key
WITH p, count(DISTINCT b) AS bodies, collect(DISTINCT b.name) AS names, collect(DISTINCT r.key) AS facts
WHERE bodies >= $least
RETURN p.name AS person, bodies, names, facts
ORDER BY bodies DESC, person, p.key
