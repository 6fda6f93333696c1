// The picture of a part of the graph, which pyvis has drawn: `network`, `nodes` and `edges` are its own.
(() => {
  "use strict";

  const { model, drawn, nodeOf, edgeOf, state, byId } = kg;
  const motion = kg.calm ? false : { duration: 350, easingFunction: "easeInOutQuad" };
  let leading = new Set();
  let labels = null;

  const container = () => byId("mynetwork");
  const lineColour = () => (kg.isDark() ? "#6e7781" : "#9aa4ae");

  /** Return a colour mixed with much of the paper's: what is faint stays opaque, so that no line shines through. */
  function faint(colour) {
    const paper = kg.isDark() ? 22 : 255;
    const mixed = [1, 3, 5].map((at) => Math.round(paper + (parseInt(colour.slice(at, at + 2), 16) - paper) * 0.2));
    return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  }

  function refresh() {
    nodes.update(model.nodes.map(({ id, hidden }) => ({ id, hidden })));
    edges.update(drawn.map(({ id, hidden }) => ({ id, hidden })));
  }

  function emphasize() {
    const near = kg.near();
    nodes.update(model.nodes.map((node) => {
      const { colour, border } = kg.classOf.get(node.type);
      const lit = !near || near.nodes.has(node.id);
      const paint = { background: lit ? colour : faint(colour), border: lit ? border : faint(border) };
      return { id: node.id, color: { ...paint, highlight: paint, hover: paint } };
    }));
    edges.update(drawn.map((edge) => {
      const lit = near && near.edges.has(edge.id);
      const plain = edge.unsure ? faint(lineColour()) : lineColour();
      return { id: edge.id, color: { color: !near ? plain : lit ? (kg.isDark() ? "#d0d7de" : "#424a53") : faint(lineColour()) } };
    }));
  }

  // ---- labels --------------------------------------------------------------------------------------------------

  function drawLabels(context) {
    const scale = network.getScale();
    const ratio = context.getTransform().a / scale;
    const size = Math.min(16, Math.max(11, 13 * scale));
    const { clientWidth: width, clientHeight: height } = container();
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    labels = new kg.Labels(context, { width, height });
    const near = kg.near();
    const spots = new Map();
    for (const node of model.nodes) {
      if (node.hidden) continue;
      const at = network.canvasToDOM({ x: node.x, y: node.y });
      const radius = node.radius * scale + 1;
      spots.set(node.id, { x: at.x, y: at.y, radius });
      labels.block({ left: at.x - radius, right: at.x + radius, top: at.y - radius, bottom: at.y + radius, owner: node.id, rank: leading.has(node.id) ? 0 : 1 });
    }
    const first = (node) => (node.id === state.hovered ? 0 : near && near.nodes.has(node.id) ? 1 : 2);
    const order = near || state.hovered ? [...kg.ranked].sort((a, b) => first(a) - first(b)) : kg.ranked;
    for (const node of order) {
      const spot = spots.get(node.id);
      if (!spot || !node.label.length || spot.x < -60 || spot.y < -40 || spot.x > width + 60 || spot.y > height + 40) continue;
      const bold = model.focus.includes(node.id) || Boolean(state.selected && state.selected.node === node.id);
      labels.put(node.label, places(node, spot, size), {
        what: { node: node.id }, owner: node.id, size, bold,
        inside: spot.x > 0 && spot.x < width, colour: near && first(node) === 2 ? "pale" : "ink",
      });
    }
    const eager = near || { edges: new Set() };
    for (const edge of [...drawn].sort((a, b) => eager.edges.has(b.id) - eager.edges.has(a.id))) {
      const lit = eager.edges.has(edge.id) || edge.id === state.hovered;
      if (!edge.hidden && (lit || (scale > 0.62 && !near))) putRelation(edge, spots, size - 2, lit);
    }
    context.restore();
  }

  function places(node, { x, y, radius }, size) {
    const half = node.label.length * size * 0.61;
    const found = [
      { x, y: y + radius + 1 + half, align: "center" }, { x, y: y - radius - 1 - half, align: "center" },
      { x: x + radius + 3, y, align: "left" }, { x: x - radius - 3, y, align: "right" },
    ];
    // A name that matters may lie over nodes that matter less, rather than not be there.
    return leading.has(node.id) ? [...found, ...found.map((place) => ({ ...place, over: 0 }))] : found;
  }

  function putRelation(edge, spots, size, lit) {
    const [from, to] = [spots.get(edge.from), spots.get(edge.to)];
    if (!from || !to) return;
    const said = kg.relationName(edge.relation);
    const length = Math.hypot(from.x - to.x, from.y - to.y) - from.radius - to.radius;
    if (length < labels.width([said], size, false) + 6) return;
    const line = network.body.edges[edge.id];
    const along = [0.5, 0.4, 0.6, 0.32, 0.68].map((part) => ({ ...network.canvasToDOM(line.edgeType.getPoint(part)), align: "center" }));
    labels.put([said], along, { what: { edge: edge.id }, owner: edge.id, size, colour: lit ? "ink" : "soft" });
  }

  // ---- moving --------------------------------------------------------------------------------------------------

  /** Move so that nodes are in the middle, or no farther than needed where `how` is "near" and they are in sight. */
  function lookAt(ids, how) {
    const { clientWidth: width, clientHeight: height } = container();
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

  function showWhole(moving = false) {
    if (!model.nodes.length) return;
    const { clientWidth: width, clientHeight: height } = container();
    const side = (pick, better, sign) => model.nodes.reduce((best, node) => better(best, pick(node) + sign * node.radius), sign * -Infinity);
    const [left, right] = [side((node) => node.x, Math.min, -1), side((node) => node.x, Math.max, 1)];
    const [top, bottom] = [side((node) => node.y, Math.min, -1), side((node) => node.y, Math.max, 1)];
    const scale = Math.min(1.25, (width - 110) / (right - left || 1), (height - 90) / (bottom - top || 1));
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 14 / scale }, scale, animation: moving ? motion : false });
  }

  function selected(look) {
    const what = state.selected;
    network.unselectAll();
    if (what && what.node) {
      network.selectNodes([what.node], false);
      if (look) lookAt([what.node], look);
    } else if (what && edgeOf.get(what.edge).drawn) {
      const edge = edgeOf.get(what.edge);
      network.selectEdges([edge.id]);
      if (look) lookAt([edge.from, edge.to], look);
    }
    emphasize();
  }

  function listen() {
    network.on("click", ({ nodes: [node], edges: [edge], pointer }) => {
      const at = pointer.DOM;
      const named = labels && labels.shown.find((box) => box.left <= at.x && at.x <= box.right && box.top <= at.y && at.y <= box.bottom);
      if (node) kg.select({ node });
      else if (named) kg.select(named.node ? { node: named.node } : { edge: named.edge });
      else kg.select(edge ? { edge } : null);
    });
    const hover = (id) => {
      state.hovered = id;
      container().style.cursor = id ? "pointer" : "";
      network.redraw();
    };
    network.on("hoverNode", ({ node }) => hover(node));
    network.on("hoverEdge", ({ edge }) => hover(edge));
    network.on("blurNode", () => hover(null));
    network.on("blurEdge", () => hover(null));
    network.on("afterDrawing", drawLabels);
  }

  kg.start(() => {
    leading = new Set(kg.ranked.slice(0, 30).map((node) => node.id));
    kg.stage = {
      refresh,
      selected,
      showWhole,
      repaint: emphasize,
      redraw: () => network.redraw(),
      zoomBy: (factor) => network.moveTo({ scale: network.getScale() * factor, animation: motion }),
      drawn: () => new Promise((done) => {
        network.once("afterDrawing", done);
        network.redraw();
      }),
    };
    emphasize();
    listen();
    showWhole();
  });
  window.picture = Object.freeze({ labels: () => labels.shown.map((box) => ({ ...box })) });
})();
