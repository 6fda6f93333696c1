// The data of the page as objects: nodes, edges, articles, and which of them the filters let through.
// `#graph` holds it as JSON; on the page of a whole graph what is said of things lies compressed in `#told`.
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const model = JSON.parse(byId("graph").textContent);
  const nodeOf = new Map(model.nodes.map((node, index) => [node.id, Object.assign(node, { index, facts: [], hidden: false })]));
  const edgeOf = new Map();
  const drawn = []; // edges between nodes of the picture; others are told in panels only

  /** An edge whose qualifiers and evidence are looked up when asked for. */
  class Told {
    constructor([id, from, to, relation, line, confidence, sources], at, isDrawn) {
      this.id = id;
      this.from = from;
      this.to = to;
      this.relation = relation;
      this.line = line;
      this.confidence = confidence;
      this.sources = sources;
      this.at = at;
      this.drawn = isDrawn;
    }

    get status() { return told.strings[told.edges[this.at][0]]; }
    get values() { return told.edges[this.at][1]; }
    get evidence() {
      return told.edges[this.at][2].map(([article, page, lines, quote, rule, confidence, why, marks]) => {
        const [a, p, l, q, r, w] = [article, page, lines, quote, rule, why].map((at) => told.strings[at]);
        return { article: a, page: p, lines: l, quote: q, rule: r, confidence, why: w, marks: marks || null };
      });
    }
  }
  let told = null;

  function take(edge) {
    edge.source = nodeOf.get(edge.from) || null;
    edge.target = nodeOf.get(edge.to) || null;
    edge.hidden = false;
    edge.unsure = edge.confidence < kg.UNSURE;
    edgeOf.set(edge.id, edge);
    if (edge.source) edge.source.facts.push(edge);
    if (edge.target && edge.target !== edge.source) edge.target.facts.push(edge);
    if (edge.drawn) drawn.push(edge);
  }

  function takeRows() {
    model.edges.rows.forEach(([id, from, to, relation, line, confidence, sources], at) => {
      const ends = [model.nodes[from].id, model.nodes[to].id];
      take(new Told([id, ...ends, model.relations[relation].name, model.lines[line], confidence, sources], at, true));
    });
    delete model.edges; // there are objects for them now
  }

  async function unpack(text) {
    const packed = atob(text);
    const bytes = new Uint8Array(packed.length);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = packed.charCodeAt(at); // Uint8Array.from takes twenty times as long
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }

  /** Resolves when all is there. */
  async function load() {
    if (Array.isArray(model.edges)) model.edges.forEach(take);
    else {
      takeRows();
      told = await unpack(byId("told").textContent);
      byId("told").remove();
      model.articles = told.articles;
      model.pinyin = told.pinyin;
      const count = drawn.length;
      told.others.forEach(([id, from, to, relation, line, confidence, sources], at) => {
        const said = [from, to, relation, line].map((one) => told.strings[one]);
        take(new Told([id, ...said, confidence, sources], count + at, false));
      });
      model.nodes.forEach((node, at) => {
        const [aliases, values, mentioned, href] = told.nodes[at];
        Object.assign(node, { aliases, values, href, mentioned: mentioned.map((one) => told.strings[one]) });
      });
    }
    kg.ranked = [...model.nodes].sort((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1));
    kg.ranked.forEach((node, rank) => { node.rank = rank; });
  }

  const state = {
    language: "zh",
    selected: null, // {node: id}, {edge: id}, {region: name} or {path: [edge…]}; `quiet` where the rest is not to fade
    hovered: null,
    hiddenClasses: new Set(),
    hiddenRelations: new Set(),
    minConfidence: 0,
    minSources: 0,
    dates: null, // [first day, last day] as ISO dates, null for all
    undated: true,
  };

  const dayOf = (node) => (node.type === "Activity" && node.values ? [node.values.start || node.values.end, node.values.end || node.values.start] : [undefined, undefined]);

  function outOfTime(node) {
    if (!state.dates || node.type !== "Activity") return false;
    const [start, end] = dayOf(node);
    if (!start) return !state.undated;
    // of a date without a day, or month, all of its days count
    const last = `${end}${{ 4: "-12-31", 7: "-31" }[String(end).length] || ""}`;
    return last < state.dates[0] || start > state.dates[1];
  }

  /** Set `hidden` on every node and edge after a change of filters. */
  function refilter() {
    const strict = state.minConfidence > 0 || state.minSources > 0 || state.dates !== null;
    for (const node of model.nodes) node.hidden = state.hiddenClasses.has(node.type) || outOfTime(node);
    for (const edge of edgeOf.values()) {
      edge.hidden = state.hiddenRelations.has(edge.relation) || Boolean(edge.source && edge.source.hidden) || Boolean(edge.target && edge.target.hidden)
        || edge.confidence < state.minConfidence || edge.sources < state.minSources;
    }
    if (!strict) return;
    // What these filters leave without any relation is not what was asked for.
    for (const node of model.nodes) {
      if (!node.hidden && node.degree > 0 && !node.facts.some((edge) => edge.drawn && !edge.hidden)) node.hidden = true;
    }
  }

  Object.assign(kg, { UNSURE: 0.6, byId, model, nodeOf, edgeOf, drawn, state, load, refilter, dayOf, say: () => kg.words[state.language] });
  kg.fold = (value) => value.normalize("NFKC").toLowerCase();
})();
