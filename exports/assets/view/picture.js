// The page around the picture: legend, search, facts and quotes, and the labels, which never cover each other.
// What comes from newspapers is put into the page as text only: `textContent`, `append`, canvas; never as markup.
(() => {
  "use strict";

  const WORDS = {
    zh: {
      title: "工会新闻知识图谱", search: "查找名称或别名…", none: "没有找到", other: "English",
      summary: (nodes, edges) => `${nodes} 个实体，${edges} 条关系`,
      leftOut: (count, drawn) => `图中只画出联系最多的 ${drawn} 个实体，另有 ${count} 个没有画出。用 kg view --around 名称 查看局部。`,
      legend: "图例（点选可隐藏）", relations: "按关系筛选", empty: "这里没有可画的内容。",
      planned: "计划中", denied: "已否认", reported: "据报道", happened: "已发生", inferred: "由名称推断",
      hint: "点击图形看它的事实，点击连线看原文依据。滚轮缩放，拖动平移。", best: "联系最多",
      aliases: "别名", facts: "事实", inArticles: "见于文章", noFacts: "图中没有它的关系。",
      confidence: "置信度", sources: (count) => `${count} 篇独立报道`, quotes: "原文依据", rule: "规则", headline: "自拟标题",
      page: "版面", line: (lines) => `第 ${lines} 行`, issue: "出版日期", number: (n) => `第 ${n} 版`, noEvidence: "没有记录依据。",
      time: "时间", count: "人数", until: "至", about: "大约", origin: "来源",
      roles: { host: "主办", "co-host": "协办", undertaker: "承办" }, whys: { coreference: "指代", byline: "署名", headline: "标题", "inferred from the name": "由名称推断" },
      yes: "是", no: "否", back: "返回", closer: "放大", farther: "缩小", whole: "看全图",
    },
    en: {
      title: "Trade-union news graph", search: "Find a name or alias…", none: "Nothing found", other: "中文",
      summary: (nodes, edges) => `${nodes} entities, ${edges} relations`,
      leftOut: (count, drawn) => `Only the ${drawn} best connected entities are drawn; ${count} are left out. Use kg view --around NAME for a part.`,
      legend: "Legend (untick to hide)", relations: "Filter by relation", empty: "There is nothing to draw here.",
      planned: "planned", denied: "denied", reported: "reported", happened: "happened", inferred: "read from names",
      hint: "Click a shape for its facts, a line for the sentence behind it. Scroll to zoom, drag to move.", best: "Best connected",
      aliases: "Also called", facts: "Facts", inArticles: "In articles", noFacts: "It has no relation in this picture.",
      confidence: "Confidence", sources: (count) => `${count} independent ${count === 1 ? "article" : "articles"}`,
      quotes: "The words behind it", rule: "Rule", headline: "headline made by us",
      page: "Page", line: (lines) => `line ${lines}`, issue: "Issue of", number: (n) => `page no. ${n}`, noEvidence: "No evidence recorded.",
      time: "When", count: "People", until: "to", about: "about", origin: "Said by",
      roles: { 主办: "host", 协办: "co-host", 承办: "undertaker", 记者: "reporter", 通讯员: "correspondent", 摄: "photographer" }, whys: {},
      yes: "yes", no: "no", back: "Back", closer: "Closer", farther: "Farther", whole: "Whole picture",
    },
  };
  const DASHES = { planned: "7 5", reported: "2 4", denied: "10 3 2 3", inferred: "1 4" };
  const FONT = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Hiragino Sans GB", system-ui, sans-serif';
  const SVG = "http://www.w3.org/2000/svg";

  const byId = (id) => document.getElementById(id);
  const model = JSON.parse(byId("graph").textContent);
  const nodeOf = new Map(model.nodes.map((node) => [node.id, node]));
  const edgeOf = new Map(model.edges.map((edge) => [edge.id, edge]));
  const classOf = new Map(model.classes.map((cls) => [cls.name, cls]));
  const relationOf = new Map(model.relations.map((relation) => [relation.name, relation]));
  const drawnEdges = model.edges.filter((edge) => edge.drawn);
  const factsOf = new Map(model.nodes.map((node) => [node.id, []]));
  for (const edge of model.edges) {
    for (const end of new Set([edge.from, edge.to])) {
      if (factsOf.has(end)) factsOf.get(end).push(edge);
    }
  }
  const ranked = [...model.nodes].sort((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1));

  const leading = new Set(ranked.slice(0, 30).map((node) => node.id));

  let language = "zh";
  let selected = null; // {node: id} or {edge: id}; `quiet` where the rest of the picture is not to fade
  let hovered = null;
  const hiddenClasses = new Set();
  const hiddenRelations = new Set();
  const words = () => WORDS[language];

  // ---- building blocks -----------------------------------------------------------------------------------------

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (typeof value === "boolean") element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  const text = (value) => make("bdi", {}, String(value));

  function drawing(width, height, ...children) {
    const svg = document.createElementNS(SVG, "svg");
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" })) {
      svg.setAttribute(name, value);
    }
    for (const [tag, attributes] of children) {
      const child = document.createElementNS(SVG, tag);
      for (const [name, value] of Object.entries(attributes)) child.setAttribute(name, value);
      svg.append(child);
    }
    return svg;
  }

  const OUTLINES = {
    square: "3,3 13,3 13,13 3,13",
    diamond: "8,1 15,8 8,15 1,8",
    triangle: "8,2 15,14 1,14",
    triangleDown: "8,14 15,2 1,2",
    hexagon: "4.5,2 11.5,2 15,8 11.5,14 4.5,14 1,8",
    star: "8,0.5 10.2,5.6 15.7,6.1 11.5,9.7 12.8,15.2 8,12.2 3.2,15.2 4.5,9.7 0.3,6.1 5.8,5.6",
  };

  function symbol(type) {
    const { shape, colour, border } = classOf.get(type) || { shape: "dot", colour: "#ffffff", border: "#777777" };
    const paint = { fill: colour, stroke: border, "stroke-width": 1.5, "stroke-linejoin": "round" };
    const outline = OUTLINES[shape];
    return drawing(16, 16, outline ? ["polygon", { points: outline, ...paint }] : ["circle", { cx: 8, cy: 8, r: 6, ...paint }]);
  }

  const nameOf = (id) => {
    if (nodeOf.has(id)) return nodeOf.get(id).name;
    const article = model.articles[id];
    return article ? `《${article.headline || article.name}》` : id;
  };
  const typeOf = (id) => (nodeOf.has(id) ? nodeOf.get(id).type : "Article");
  const label = (described, name) => (described ? described[language] : name);
  const className = (type) => label(classOf.get(type), type);
  const relationName = (name) => label(relationOf.get(name), name);

  // ---- what is hidden ------------------------------------------------------------------------------------------

  const nodeHidden = (id) => nodeOf.has(id) && hiddenClasses.has(nodeOf.get(id).type);
  const edgeHidden = (edge) => hiddenRelations.has(edge.relation) || nodeHidden(edge.from) || nodeHidden(edge.to);

  function applyFilters() {
    nodes.update(model.nodes.map((node) => ({ id: node.id, hidden: nodeHidden(node.id) })));
    edges.update(drawnEdges.map((edge) => ({ id: edge.id, hidden: edgeHidden(edge) })));
    fillSummary();
  }

  /** Return a colour mixed with much white: what is faint stays opaque, so that no line shines through. */
  const faint = (colour) => `#${[1, 3, 5].map((at) => Math.round(255 - (255 - parseInt(colour.slice(at, at + 2), 16)) * 0.2).toString(16).padStart(2, "0")).join("")}`;

  function emphasize() {
    const near = nearSelection();
    nodes.update(model.nodes.map((node) => {
      const { colour, border } = classOf.get(node.type);
      const lit = !near || near.nodes.has(node.id);
      const paint = { background: lit ? colour : faint(colour), border: lit ? border : faint(border) };
      return { id: node.id, color: { ...paint, highlight: paint, hover: paint } };
    }));
    edges.update(drawnEdges.map((edge) => {
      const lit = near && near.edges.has(edge.id);
      return { id: edge.id, color: { color: !near ? "#9aa4ae" : lit ? "#424a53" : faint("#9aa4ae") } };
    }));
  }

  /** Return the nodes and edges that belong to what is selected, null where nothing is. */
  function nearSelection() {
    if (!selected || selected.quiet) return null;
    if (selected.edge) {
      const edge = edgeOf.get(selected.edge);
      return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
    }
    const facts = factsOf.get(selected.node).filter((edge) => edge.drawn);
    return {
      nodes: new Set([selected.node, ...facts.flatMap((edge) => [edge.from, edge.to])]),
      edges: new Set(facts.map((edge) => edge.id)),
    };
  }

  // ---- labels --------------------------------------------------------------------------------------------------
  // Drawn by us at a steady size on the screen, the most important first, each only where it covers nothing.

  let shownLabels = [];

  class Taken {
    constructor() { this.cells = new Map(); }
    *keys(box) {
      for (let x = Math.floor(box.left / 80); x <= Math.floor(box.right / 80); x += 1) {
        for (let y = Math.floor(box.top / 40); y <= Math.floor(box.bottom / 40); y += 1) yield `${x} ${y}`;
      }
    }
    add(box) {
      for (const key of this.keys(box)) {
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push(box);
      }
    }
    /** Whether a box covers nothing; what is `small` may be covered where `bold` says so. */
    free(box, owner, bold = false) {
      for (const key of this.keys(box)) {
        for (const other of this.cells.get(key) || []) {
          if (other.owner !== owner && !(bold && other.small) && box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) {
            return false;
          }
        }
      }
      return true;
    }
  }

  function drawLabels(context) {
    const scale = network.getScale();
    const ratio = context.getTransform().a / scale;
    const size = Math.min(16, Math.max(11, 13 * scale));
    const { clientWidth: width, clientHeight: height } = byId("mynetwork");
    const near = nearSelection();
    const taken = new Taken();
    const spots = new Map();
    for (const node of model.nodes) {
      if (nodeHidden(node.id)) continue;
      const at = network.canvasToDOM({ x: node.x, y: node.y });
      const radius = node.radius * scale + 1;
      spots.set(node.id, { x: at.x, y: at.y, radius });
      taken.add({ left: at.x - radius, right: at.x + radius, top: at.y - radius, bottom: at.y + radius, owner: node.id, small: !leading.has(node.id) });
    }
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textBaseline = "middle";
    context.lineJoin = "round";
    shownLabels = [];
    const first = (node) => (node.id === hovered ? 0 : near && near.nodes.has(node.id) ? 1 : 2);
    const order = near || hovered ? [...ranked].sort((a, b) => first(a) - first(b)) : ranked;
    for (const node of order) {
      const spot = spots.get(node.id);
      if (!spot || spot.x < -60 || spot.y < -40 || spot.x > width + 60 || spot.y > height + 40) continue;
      const bold = model.focus.includes(node.id) || (selected && selected.node === node.id);
      const inside = spot.x > 0 && spot.x < width ? { left: 2, right: width - 2 } : { left: -Infinity, right: Infinity };
      placeLabel(context, taken, node, spot, { size, bold, inside, pale: near && first(node) === 2 });
    }
    const eager = near || { edges: new Set() };
    for (const edge of [...drawnEdges].sort((a, b) => eager.edges.has(b.id) - eager.edges.has(a.id))) {
      const lit = eager.edges.has(edge.id) || edge.id === hovered;
      if (!edgeHidden(edge) && (lit || (scale > 0.62 && !near))) placeRelation(context, taken, edge, spots, { size: size - 2, lit });
    }
    context.restore();
  }

  function write(context, lines, x, y, { size, bold, colour, align }) {
    context.font = `${bold ? "bold " : ""}${size}px ${FONT}`;
    context.textAlign = align;
    context.strokeStyle = "rgba(255, 255, 255, 0.92)";
    context.lineWidth = 3.5;
    lines.forEach((line, row) => context.strokeText(line, x, y + (row + 0.5) * size * 1.22));
    context.fillStyle = colour;
    lines.forEach((line, row) => context.fillText(line, x, y + (row + 0.5) * size * 1.22));
  }

  function placeLabel(context, taken, node, spot, { size, bold, inside, pale }) {
    if (!node.label.length) return;
    context.font = `${bold ? "bold " : ""}${size}px ${FONT}`;
    const width = Math.max(...node.label.map((line) => context.measureText(line).width));
    const height = node.label.length * size * 1.22;
    const { x, y, radius } = spot;
    const places = [
      { left: x - width / 2, top: y + radius + 1, align: "center" },
      { left: x - width / 2, top: y - radius - height - 1, align: "center" },
      { left: x + radius + 3, top: y - height / 2, align: "left" },
      { left: x - radius - width - 3, top: y - height / 2, align: "right" },
    ];
    // A name that matters may lie over nodes that matter less, rather than not be there.
    const tries = leading.has(node.id) ? [...places, ...places.map((place) => ({ ...place, over: true }))] : places;
    for (const { left, top, align, over } of tries) {
      const box = { left: left - 2, top, right: left + width + 2, bottom: top + height, owner: `label ${node.id}` };
      if (box.left < inside.left || box.right > inside.right || !taken.free(box, node.id, over)) continue;
      taken.add(box);
      const anchor = { left, center: left + width / 2, right: left + width }[align];
      write(context, node.label, anchor, top, { size, bold, align, colour: pale ? "#a8b0b8" : "#1f2328" });
      shownLabels.push({ node: node.id, text: node.label.join(""), ...box });
      return;
    }
  }

  function placeRelation(context, taken, edge, spots, { size, lit }) {
    const [from, to] = [spots.get(edge.from), spots.get(edge.to)];
    if (!from || !to) return;
    const said = relationName(edge.relation);
    context.font = `${size}px ${FONT}`;
    const width = context.measureText(said).width;
    const length = Math.hypot(from.x - to.x, from.y - to.y) - from.radius - to.radius;
    if (length < width + 6) return;
    const drawn = network.body.edges[edge.id];
    const height = size * 1.2;
    for (const along of [0.5, 0.4, 0.6, 0.32, 0.68]) {
      const at = network.canvasToDOM(drawn.edgeType.getPoint(along));
      const box = { left: at.x - width / 2, right: at.x + width / 2, top: at.y - height / 2, bottom: at.y + height / 2, owner: edge.id };
      if (!taken.free(box, edge.id)) continue;
      taken.add(box);
      write(context, [said], at.x, box.top, { size, bold: false, align: "center", colour: lit ? "#1f2328" : "#6e7781" });
      shownLabels.push({ edge: edge.id, text: said, ...box });
      return;
    }
  }

  // ---- the panel -----------------------------------------------------------------------------------------------

  function fillSummary() {
    const seen = model.nodes.filter((node) => !nodeHidden(node.id)).length;
    const lines = drawnEdges.filter((edge) => !edgeHidden(edge)).length;
    byId("summary").textContent = words().summary(seen, lines);
  }

  function fillLegend() {
    const count = (type) => model.nodes.filter((node) => node.type === type).length;
    const box = (set, name, ...rest) => make("li", {}, make("label", {},
      make("input", {
        type: "checkbox", checked: !set.has(name), value: name,
        change: (event) => { set[event.target.checked ? "delete" : "add"](name); applyFilters(); },
      }), ...rest));
    byId("classes").replaceChildren(...model.classes.map((cls) =>
      box(hiddenClasses, cls.name, symbol(cls.name), cls[language], make("small", {}, String(count(cls.name))))));
    const relations = model.relations.filter(({ name }) => drawnEdges.some((edge) => edge.relation === name));
    byId("relations").replaceChildren(...relations.map((relation) => box(hiddenRelations, relation.name, relation[language],
      make("small", {}, String(drawnEdges.filter((edge) => edge.relation === relation.name).length)))));
    byId("more").hidden = relations.length < 2;
    const statuses = ["happened", "planned", "reported", "denied", "inferred"].filter((line) => drawnEdges.some((edge) => edge.line === line));
    byId("lines").replaceChildren(...(statuses.length > 1 || statuses[0] !== "happened" ? statuses : []).map((status) => make("li", {},
      drawing(30, 8, ["line", { x1: 0, y1: 4, x2: 30, y2: 4, stroke: "#57606a", "stroke-width": 2, "stroke-dasharray": DASHES[status] || "none" }]),
      words()[status])));
    byId("legend-title").textContent = words().legend;
    byId("relations-title").textContent = words().relations;
  }

  const entity = (id, note) => make("button", { type: "button", class: "item", click: () => (nodeOf.has(id) ? select({ node: id }, "near") : null) },
    symbol(typeOf(id)), text(nameOf(id)), note ? make("small", {}, note) : null);

  const badge = (edge) => (edge.line === "happened" ? null : make("span", { class: "badge" }, words()[edge.line] || edge.line));

  function heading(...children) {
    return make("div", { class: "top" }, make("span", { class: "kind" }, ...children),
      make("button", { type: "button", class: "back", title: words().back, "aria-label": words().back, click: () => select(null) }, "×"));
  }

  function shown(value) {
    if (Array.isArray(value)) return value.join("；");
    if (typeof value === "boolean") return value ? words().yes : words().no;
    return String(value);
  }

  const table = (rows) => (rows.length ? make("dl", {}, ...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, text(value))])) : null);

  /** Return what is told of a node or an edge; the parts of a date and of a count stand in one line each. */
  function valueRows(values) {
    const { dateText, start, end, precision, vague, countText, countMin, countMax, countApproximate, inferred, ...rest } = values;
    const rows = [];
    const days = start && end && start !== end ? `${start} ${words().until} ${end}` : start || end;
    const time = [vague && days ? `${words().about} ${days}` : days, dateText ? `“${dateText}”` : null];
    const bounds = countMin !== undefined && countMin === countMax ? `${countMin}`
      : [countMin === undefined ? null : `≥ ${countMin}`, countMax === undefined ? null : `≤ ${countMax}`].filter(Boolean).join("，");
    const count = [countApproximate && bounds ? `${words().about} ${bounds}` : bounds, countText ? `“${countText}”` : null];
    for (const [name, parts] of [[words().time, time], [words().count, count]]) {
      if (parts.some(Boolean)) rows.push([name, parts.filter(Boolean).join(" ")]);
    }
    return [...rows, ...Object.entries(rest).map(([name, value]) => [label(model.attributes[name], name), shown(words().roles[value] || value)])];
  }

  function articleLine(id) {
    const article = model.articles[id];
    if (!article) return make("p", {}, text(id));
    const made = article.headlineMade ? `（${words().headline}）` : "";
    const where = [article.paper, article.issueDate, article.pageNumber ? words().number(article.pageNumber) : ""].filter(Boolean);
    return make("p", {}, make("b", {}, text(article.headline || article.name)), made, make("br"), text(where.join(" · ")));
  }

  function homePanel() {
    const best = ranked.filter((node) => node.degree > 0).slice(0, 12);
    return [
      make("p", { class: "soft" }, words().hint),
      best.length ? make("h3", {}, words().best) : null,
      ...best.map((node) => entity(node.id, String(node.degree))),
    ];
  }

  function nodePanel(node) {
    const facts = factsOf.get(node.id);
    const groups = new Map();
    for (const edge of facts) {
      const name = `${edge.from === node.id ? "" : "← "}${relationName(edge.relation)}`;
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(edge);
    }
    const rows = valueRows(node.values);
    if (node.aliases.length) rows.unshift([words().aliases, node.aliases.join("、")]);
    return [
      heading(symbol(node.type), className(node.type)),
      make("h2", {}, text(node.name)),
      table(rows),
      facts.length ? null : make("p", { class: "soft" }, words().noFacts),
      ...[...groups].sort((a, b) => b[1].length - a[1].length).flatMap(([name, found]) => [
        make("h3", {}, name),
        ...found.map((edge) => {
          const other = edge.from === node.id ? edge.to : edge.from;
          const note = edge.values.title || edge.values.honour || words().roles[edge.values.role] || edge.values.role || "";
          return make("button", { type: "button", class: "item fact", "data-edge": edge.id, click: () => select({ edge: edge.id }, "near") },
            symbol(typeOf(other)), text(nameOf(other)), badge(edge), note ? make("small", {}, text(note)) : null);
        }),
      ]),
      node.mentioned.length ? make("h3", {}, words().inArticles) : null,
      ...node.mentioned.map((id) => make("div", { class: "evidence" }, articleLine(id))),
    ];
  }

  /** Return the quote with the names of both ends marked. */
  function marked(quote, names) {
    const found = [...names].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
    const pieces = [];
    let plain = "";
    for (let at = 0; at < quote.length;) {
      const name = found.find((candidate) => quote.startsWith(candidate, at));
      if (name) {
        pieces.push(plain, make("mark", {}, name));
        plain = "";
        at += name.length;
      } else {
        plain += quote[at];
        at += 1;
      }
    }
    return [...pieces, plain];
  }

  function edgePanel(edge) {
    const names = new Set([edge.from, edge.to].flatMap((id) => (nodeOf.has(id) ? [nodeOf.get(id).name, ...nodeOf.get(id).aliases] : [])));
    const rows = valueRows(edge.values);
    rows.push([words().confidence, edge.confidence.toFixed(2)], [words().origin, words().sources(edge.sources)]);
    return [
      heading(relationName(edge.relation), badge(edge)),
      make("div", { class: "claim" }, entity(edge.from), make("span", { class: "arrow" }, `↓ ${relationName(edge.relation)}`), entity(edge.to)),
      table(rows),
      make("h3", {}, words().quotes),
      edge.evidence.length ? null : make("p", { class: "soft" }, words().noEvidence),
      ...edge.evidence.map((item) => make("div", { class: "evidence" },
        make("blockquote", {}, make("bdi", {}, ...marked(item.quote, names))),
        articleLine(item.article),
        make("p", {}, `${words().page} `, text(item.page), item.lines ? ` · ${words().line(item.lines)}` : ""),
        make("p", {}, `${words().rule} `, text(item.rule), ` · ${words().confidence} ${item.confidence.toFixed(2)}`,
          item.why ? text(`（${words().whys[item.why] || item.why}）`) : null))),
    ];
  }

  function fillDetail() {
    const built = !selected ? homePanel() : selected.node ? nodePanel(nodeOf.get(selected.node)) : edgePanel(edgeOf.get(selected.edge));
    byId("detail").replaceChildren(...built.filter(Boolean));
    byId("panel").scrollTop = 0;
  }

  // ---- selecting and looking -----------------------------------------------------------------------------------

  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const motion = calm ? false : { duration: 350, easingFunction: "easeInOutQuad" };

  function select(what, look = "") {
    selected = what;
    network.unselectAll();
    if (what && what.node) {
      network.selectNodes([what.node], false);
      if (look) lookAt([what.node], look);
    } else if (what) {
      const edge = edgeOf.get(what.edge);
      if (edge.drawn) {
        network.selectEdges([edge.id]);
        if (look) lookAt([edge.from, edge.to], look);
      }
    }
    fillDetail();
    emphasize();
  }

  /** Move so that nodes are in the middle, or no farther than needed where `how` is "near" and they are in sight. */
  function lookAt(ids, how) {
    const { clientWidth: width, clientHeight: height } = byId("mynetwork");
    const seen = ids.every((id) => {
      const { x, y } = network.canvasToDOM(nodeOf.get(id));
      return x > 40 && y > 40 && x < width - 40 && y < height - 60;
    });
    if (how === "near" && seen && network.getScale() > 0.5) return;
    const found = ids.map((id) => nodeOf.get(id));
    const position = { x: 0, y: 0 };
    for (const node of found) {
      position.x += node.x / found.length;
      position.y += node.y / found.length;
    }
    network.moveTo({ position, scale: Math.max(network.getScale(), 0.8), animation: motion });
  }

  function showWhole(animation = false) {
    if (!model.nodes.length) return;
    const { clientWidth: width, clientHeight: height } = byId("mynetwork");
    const side = (pick, better, sign) => model.nodes.reduce((best, node) => better(best, pick(node) + sign * node.radius), sign * -Infinity);
    const [left, right] = [side((node) => node.x, Math.min, -1), side((node) => node.x, Math.max, 1)];
    const [top, bottom] = [side((node) => node.y, Math.min, -1), side((node) => node.y, Math.max, 1)];
    const scale = Math.min(1.25, (width - 110) / (right - left || 1), (height - 90) / (bottom - top || 1));
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 14 / scale }, scale, animation });
  }

  function zoomBy(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: motion });
  }

  // ---- search --------------------------------------------------------------------------------------------------

  const fold = (value) => value.normalize("NFKC").toLowerCase();
  const index = model.nodes.map((node) => ({ node, names: [node.name, ...node.aliases].map((name) => [name, fold(name)]) }));
  let hits = [];
  let active = 0;

  function find(query) {
    const wanted = fold(query.trim());
    if (!wanted) return [];
    const rank = (name) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3);
    return index
      .map(({ node, names }) => {
        const best = names.reduce((kept, [name, folded]) => (rank(folded) < kept.rank ? { rank: rank(folded), name } : kept), { rank: 3, name: "" });
        return { node, ...best };
      })
      .filter((hit) => hit.rank < 3)
      .sort((a, b) => a.rank - b.rank || b.node.degree - a.node.degree || (a.node.id < b.node.id ? -1 : 1))
      .slice(0, 30);
  }

  function fillResults() {
    const open = byId("search").value.trim() !== "";
    const items = hits.map((hit, at) => make("li", {
      role: "option", id: `result-${at}`, "aria-selected": String(at === active),
      mousedown: (event) => { event.preventDefault(); choose(at); },
    }, symbol(hit.node.type), text(hit.node.name), make("small", {}, hit.name === hit.node.name ? className(hit.node.type) : text(hit.name))));
    byId("results").replaceChildren(...(items.length ? items : [make("li", { class: "none" }, words().none)]));
    byId("results").hidden = !open;
    byId("search").setAttribute("aria-expanded", String(open));
    if (items.length) byId("search").setAttribute("aria-activedescendant", `result-${active}`);
    else byId("search").removeAttribute("aria-activedescendant");
  }

  function choose(at) {
    if (!hits[at]) return;
    const { node } = hits[at];
    byId("search").value = node.name;
    byId("results").hidden = true;
    byId("search").setAttribute("aria-expanded", "false");
    if (hiddenClasses.delete(node.type)) {
      fillLegend();
      applyFilters();
    }
    select({ node: node.id }, "middle");
  }

  function listenToSearch() {
    byId("search").addEventListener("input", (event) => {
      hits = find(event.target.value);
      active = 0;
      fillResults();
    });
    byId("search").addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && hits.length) {
        active = (active + step + hits.length) % hits.length;
        fillResults();
        byId(`result-${active}`).scrollIntoView({ block: "nearest" });
      } else if (event.key === "Enter") choose(active);
      else if (event.key === "Escape") byId("results").hidden = true;
      else return;
      event.preventDefault();
    });
    byId("search").addEventListener("blur", () => { byId("results").hidden = true; });
  }

  // ---- everything together -------------------------------------------------------------------------------------

  function fillWords() {
    document.documentElement.lang = language;
    byId("title").textContent = model.title || words().title;
    byId("search").placeholder = words().search;
    byId("search").setAttribute("aria-label", words().search);
    byId("language").textContent = words().other;
    byId("empty").textContent = words().empty;
    byId("empty").hidden = model.nodes.length > 0;
    byId("notice").textContent = words().leftOut(model.leftOut, model.nodes.length);
    byId("notice").hidden = model.leftOut === 0;
    byId("mynetwork").setAttribute("aria-label", `${words().title}：${words().summary(model.nodes.length, drawnEdges.length)}`);
    for (const id of ["closer", "farther", "whole"]) {
      byId(id).title = words()[id];
      byId(id).setAttribute("aria-label", words()[id]);
    }
    fillSummary();
    fillLegend();
    fillDetail();
  }

  function listen() {
    network.on("click", ({ nodes: [node], edges: [edge], pointer }) => {
      const at = pointer.DOM;
      const named = shownLabels.find((box) => box.left <= at.x && at.x <= box.right && box.top <= at.y && at.y <= box.bottom);
      if (node) select({ node });
      else if (named) select(named.node ? { node: named.node } : { edge: named.edge });
      else select(edge ? { edge } : null);
    });
    const hover = (id) => {
      hovered = id;
      byId("mynetwork").style.cursor = id ? "pointer" : "";
      network.redraw();
    };
    network.on("hoverNode", ({ node }) => hover(node));
    network.on("hoverEdge", ({ edge }) => hover(edge));
    network.on("blurNode", () => hover(null));
    network.on("blurEdge", () => hover(null));
    network.on("afterDrawing", drawLabels);
    byId("closer").addEventListener("click", () => zoomBy(1.4));
    byId("farther").addEventListener("click", () => zoomBy(1 / 1.4));
    byId("whole").addEventListener("click", () => showWhole(motion));
    byId("language").addEventListener("click", () => {
      language = language === "zh" ? "en" : "zh";
      fillWords();
      network.redraw();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && selected && event.target !== byId("search")) select(null);
    });
    listenToSearch();
  }

  if (window.innerWidth <= 760) byId("legend").open = false;
  fillWords();
  listen();
  showWhole();
  if (model.focus.length === 1) select({ node: model.focus[0], quiet: true });
  window.picture = Object.freeze({ labels: () => shownLabels.map((box) => ({ ...box })) });
  network.once("afterDrawing", () => { document.body.dataset.ready = "true"; });
  network.redraw();
})();
