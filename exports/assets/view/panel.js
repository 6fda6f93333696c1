// The panel beside the picture: what is known of a node, the sentences behind an edge, and where to begin.
(() => {
  "use strict";

  const { model, nodeOf, edgeOf, state, byId, make, text, symbol, nameOf, typeOf, label, className, relationName, entity, say } = kg;
  const ROWS = 40; // of a list that are shown before somebody asks for more

  /** Return a word of a table in the language of the page, if it is there. */
  const said = (table, word) => (Object.hasOwn(say()[table], word) ? say()[table][word] : "");

  const badge = (edge) => (edge.line === "happened" ? null : make("span", { class: "badge" }, say()[edge.line] || edge.line));

  function heading(...children) {
    return make("div", { class: "top" }, make("span", { class: "kind" }, ...children),
      make("button", { type: "button", class: "back", title: say().back, "aria-label": say().back, click: () => kg.select(null) }, "×"));
  }

  /** Return the first rows of a list and a button for more; `row` makes an element of an item. */
  function list(items, row, from = 0) {
    const shown = items.slice(from, from + ROWS).map(row);
    const rest = items.length - from - ROWS;
    if (rest <= 0) return shown;
    const more = make("button", { type: "button", class: "more", click: () => more.replaceWith(...list(items, row, from + ROWS)) }, say().more(rest));
    return [...shown, more];
  }

  function shown(value) {
    if (Array.isArray(value)) return value.join("；");
    if (typeof value === "boolean") return value ? say().yes : say().no;
    return String(value);
  }

  const table = (rows) => (rows.length ? make("dl", {}, ...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, text(value))])) : null);

  /** Return what is told of a node or an edge; the parts of a date and of a count stand in one line each. */
  function valueRows(values) {
    const { dateText, start, end, precision, vague, countText, countMin, countMax, countApproximate, inferred, ...rest } = values;
    const rows = [];
    const days = start && end && start !== end ? `${start} ${say().until} ${end}` : start || end;
    const time = [vague && days ? `${say().about} ${days}` : days, dateText ? `“${dateText}”` : null];
    const bounds = countMin !== undefined && countMin === countMax ? `${countMin}`
      : [countMin === undefined ? null : `≥ ${countMin}`, countMax === undefined ? null : `≤ ${countMax}`].filter(Boolean).join("，");
    const count = [countApproximate && bounds ? `${say().about} ${bounds}` : bounds, countText ? `“${countText}”` : null];
    for (const [name, parts] of [[say().time, time], [say().count, count]]) {
      if (parts.some(Boolean)) rows.push([name, parts.filter(Boolean).join(" ")]);
    }
    return [...rows, ...Object.entries(rest).map(([name, value]) => [label(model.attributes[name], name), shown(said("roles", value) || value)])];
  }

  const noteOf = (edge) => edge.values.title || edge.values.honour || said("roles", edge.values.role) || edge.values.role || "";

  const portalLink = (href, ...inside) => make("a", { class: "portal", href, target: "_blank", rel: "noopener noreferrer" }, ...inside);

  function articleLine(id) {
    const article = model.articles[id];
    if (!article) return make("p", {}, text(id));
    const made = article.headlineMade ? `（${say().headline}）` : "";
    const where = [article.paper, article.issueDate, article.pageNumber ? say().number(article.pageNumber) : ""].filter(Boolean);
    const headline = make("b", {}, text(article.headline || article.name));
    return make("p", {}, article.href ? portalLink(article.href, headline) : headline, made, make("br"), text(where.join(" · ")));
  }

  function homePanel() {
    const best = kg.ranked.filter((node) => node.degree > 0 && !node.hidden).slice(0, 12);
    return [
      make("p", { class: "soft" }, say().hint),
      ...(kg.homeParts ? kg.homeParts() : []),
      best.length ? make("h3", {}, say().best) : null,
      ...best.map((node) => entity(node.id, String(node.degree))),
    ];
  }

  function factRow(edge, id) {
    const other = edge.from === id ? edge.to : edge.from;
    const note = noteOf(edge);
    return make("button", { type: "button", class: `item fact${edge.hidden ? " out" : ""}`, "data-edge": edge.id, click: () => kg.select({ edge: edge.id }, "near") },
      symbol(typeOf(other)), text(nameOf(other)), badge(edge), note ? make("small", {}, text(note)) : null);
  }

  function nodePanel(node) {
    const groups = new Map();
    for (const edge of node.facts) {
      const name = `${edge.from === node.id ? "" : "← "}${relationName(edge.relation)}`;
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(edge);
    }
    const rows = valueRows(node.values);
    if (node.aliases.length) rows.unshift([say().aliases, node.aliases.join("、")]);
    return [
      heading(symbol(node.type), className(node.type)),
      make("h2", {}, text(node.name)),
      node.href ? make("p", {}, portalLink(node.href, say().portal)) : null,
      ...(kg.nodeParts ? kg.nodeParts(node) : []),
      table(rows),
      node.facts.length ? null : make("p", { class: "soft" }, say().noFacts),
      ...[...groups].sort((a, b) => b[1].length - a[1].length).flatMap(([name, found]) => [
        make("h3", {}, name, found.length > 3 ? make("small", {}, ` ${found.length}`) : null),
        ...list(found, (edge) => factRow(edge, node.id)),
      ]),
      node.mentioned.length ? make("h3", {}, say().inArticles) : null,
      ...list(node.mentioned, (id) => make("div", { class: "evidence" }, articleLine(id))),
    ];
  }

  /** Return the words that qualify an edge, as its sentence may hold them. */
  const qualifiersOf = ({ values }) => [values.title, values.honour, values.dateText, values.countText].filter((word) => typeof word === "string");

  /** Return how the ends of an edge may be written in its sentence. */
  const namesOf = (edge) => [edge.source, edge.target].flatMap((node) => (node ? [node.name, ...node.aliases] : []));

  /** Return a quote with the words marked that name both ends, where the page's record says so or by name, and qualify. */
  function marked({ quote, marks }, edge) {
    const chars = [...quote]; // code points, as offsets count them
    const lit = new Array(chars.length).fill(false);
    for (const [start, end] of marks || []) lit.fill(true, start, end);
    const words = [...qualifiersOf(edge), ...(marks ? [] : namesOf(edge))].filter((word) => word.length > 1);
    for (const word of new Set(words)) {
      const length = [...word].length;
      for (let at = quote.indexOf(word); at >= 0; at = quote.indexOf(word, at + word.length)) {
        const start = [...quote.slice(0, at)].length;
        lit.fill(true, start, start + length);
      }
    }
    const pieces = [];
    for (let at = 0; at < chars.length;) {
      let end = at;
      while (end < chars.length && lit[end] === lit[at]) end += 1;
      const piece = chars.slice(at, end).join("");
      pieces.push(lit[at] ? make("mark", {}, piece) : piece);
      at = end;
    }
    return pieces;
  }

  function edgePanel(edge) {
    const rows = valueRows(edge.values);
    rows.push([say().confidence, edge.confidence.toFixed(2)], [say().origin, say().sources(edge.sources)]);
    return [
      heading(relationName(edge.relation), badge(edge)),
      make("div", { class: "claim" }, entity(edge.from), make("span", { class: "arrow" }, `↓ ${relationName(edge.relation)}`), entity(edge.to)),
      table(rows),
      make("h3", {}, say().quotes),
      edge.evidence.length ? null : make("p", { class: "soft" }, say().noEvidence),
      ...list(edge.evidence, (item) => make("div", { class: "evidence" },
        make("blockquote", {}, make("bdi", {}, ...marked(item, edge))),
        articleLine(item.article),
        make("p", {}, `${say().page} `, text(item.page), item.lines ? ` · ${say().line(item.lines)}` : ""),
        make("p", {}, `${say().rule} `, text(item.rule), ` · ${say().confidence} ${item.confidence.toFixed(2)}`,
          item.why ? text(`（${said("whys", item.why) || item.why}）`) : null))),
    ];
  }

  function contents() {
    const { selected } = state;
    if (!selected) return homePanel();
    if (selected.node) return nodePanel(nodeOf.get(selected.node));
    if (selected.edge) return edgePanel(edgeOf.get(selected.edge));
    return kg.otherPanel(selected);
  }

  function fillPanel() {
    const held = byId("detail").contains(document.activeElement);
    byId("detail").replaceChildren(...contents().filter(Boolean));
    if (held) byId("detail").focus({ preventScroll: true }); // what was pressed is gone: keys go on from here
    byId("detail").classList.toggle("open", state.selected !== null);
  }

  Object.assign(kg, { fillPanel, heading, badge, list, noteOf });
})();
