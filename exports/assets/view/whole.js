// The picture of a whole graph: sigma draws nodes and edges; over them labels and what is selected; under them regions.
(() => {
  "use strict";

  const { model, state, byId, nodeOf, regions } = kg;
  const CALM_EDGES = 4000; // with more edges than these they are not drawn while the picture moves
  const CLOSEST = 12; // pixels for a unit of the picture: nearer there is nothing more to be seen
  const FEW = 40; // lines that are drawn strong, each with the name of its relation
  const LEADING = 40; // names that may lie over nodes
  const ROOM = 8500; // square pixels of the screen for each label, so that they lead into the picture and do not cover it

  let sigma = null;
  let labels = null;
  let seen = { nodes: [], regions: [], edges: [], sums: [] };
  let box = { left: -100, right: 100, top: -100, bottom: 100 };

  const stage = () => byId("stage");
  const overlay = () => byId("overlay");

  // ---- looks ---------------------------------------------------------------------------------------------------

  const sizes = {
    facts: (node) => node.radius,
    same: () => 7,
    neighbours: (node) => Math.min(26, 4 + 2 * Math.sqrt(new Set(node.facts.filter((edge) => edge.drawn).flatMap((edge) => [edge.from, edge.to])).size)),
    articles: (node) => Math.min(26, 4 + 2 * Math.sqrt(node.mentioned.length)),
  };
  state.size = "facts";
  state.colour = "class";

  function paintOf(node) {
    const look = kg.classOf.get(node.type);
    if (state.colour === "class") return [look.colour, look.border];
    const region = state.colour === "district" ? regions.districtOf(node) : regions.communityOf(node);
    return [region.tint, kg.isDark() ? "#000000" : "#ffffff"];
  }

  const ink = () => (kg.isDark() ? { edge: "#8b949e", alpha: 0.5, lit: "#e6edf3", paper: "#161b22" } : { edge: "#6e7781", alpha: 0.42, lit: "#24292f", paper: "#ffffff" });

  /** Return a colour mixed into the paper's, `part` of it. */
  function mixed(colour, part) {
    const paper = ink().paper;
    const at = (text, from) => parseInt(text.slice(from, from + 2), 16);
    return `#${[1, 3, 5].map((from) => Math.round(at(paper, from) + (at(colour, from) - at(paper, from)) * part).toString(16).padStart(2, "0")).join("")}`;
  }

  /** Return how wide a line is that stands for `count` relations, in pixels: in proportion, so that weights can be compared. */
  const widthOf = (count, most) => 0.8 + 11 * (count / most);

  // ---- what sigma draws ----------------------------------------------------------------------------------------

  /** Give sigma what is to be seen now: what filters hide and what is folded is not in its graph at all. */
  function populate() {
    seen = regions.contents();
    const graph = new graphology.MultiGraph();
    const { edge: colour, alpha } = ink();
    const sizeOf = sizes[state.size];
    for (const region of seen.regions) {
      const attributes = { x: region.x, y: -region.y, size: Math.max(region.radius, 10), shape: kg.SHAPES.indexOf("disc"), color: mixed(region.tint, 0.55), border: region.tint };
      graph.addNode(region.id, attributes);
    }
    // the important ones last, so that they lie on top
    const order = [...seen.nodes].sort((a, b) => a.degree - b.degree);
    for (const node of order) {
      const [color, border] = paintOf(node);
      graph.addNode(node.id, { x: node.x, y: -node.y, size: sizeOf(node), shape: kg.SHAPES.indexOf(kg.classOf.get(node.type).shape), color, border });
    }
    const crowded = Math.min(1, Math.sqrt(1500 / Math.max(1, seen.edges.length)));
    seen.edges.forEach((edge, at) => {
      const far = regions.communityOf(edge.source) !== regions.communityOf(edge.target);
      graph.addEdgeWithKey(at, edge.from, edge.to, {
        color: colour, size: Math.min(3.5, 0.7 + 0.5 * edge.sources), line: kg.LINES.indexOf(edge.line),
        alpha: alpha * (edge.unsure ? 0.45 : 1) * (far ? Math.min(0.8, crowded) : Math.max(0.6, crowded)),
      });
    });
    const most = Math.max(1, ...seen.sums.map(({ count }) => count));
    seen.sums.forEach(({ a, b, count }, at) => {
      graph.addEdgeWithKey(`sum ${at}`, a, b, { color: colour, size: widthOf(count, most), line: 0, alpha: alpha * 0.7 });
    });
    sigma.setSetting("hideEdgesOnMove", seen.edges.length > CALM_EDGES);
    sigma.setGraph(graph); // which draws it
  }

  function setUp() {
    for (const disc of regions.districts) {
      box.left = Math.min(box.left, disc.x - disc.radius);
      box.right = Math.max(box.right, disc.x + disc.radius);
      box.top = Math.min(box.top, disc.y - disc.radius);
      box.bottom = Math.max(box.bottom, disc.y + disc.radius);
    }
    sigma = new Sigma(new graphology.MultiGraph(), byId("canvas"), {
      defaultNodeType: "shape", defaultEdgeType: "line", nodeProgramClasses: { shape: kg.programs.nodes }, edgeProgramClasses: { line: kg.programs.edges },
      renderLabels: false, renderEdgeLabels: false, enableEdgeEvents: false, defaultDrawNodeHover: () => {}, stagePadding: 36, zIndex: false,
      minCameraRatio: 0.002, maxCameraRatio: 2.5, enableCameraRotation: false, zoomDuration: kg.calm ? 1 : 180, allowInvalidContainer: true,
      doubleClickZoomingDuration: kg.calm ? 1 : 180, inertiaRatio: kg.calm ? 0 : 3, inertiaDuration: kg.calm ? 1 : 200,
    });
    sigma.setCustomBBox({ x: [box.left, box.right], y: [-box.bottom, -box.top] });
    const { width, height } = sigma.getDimensions();
    const far = Math.min(width / (box.right - box.left), height / (box.bottom - box.top)); // pixels for a unit, all in sight
    sigma.setSetting("minCameraRatio", Math.min(0.04, far / CLOSEST));
    sigma.on("afterRender", paintOver);
    listen();
    populate();
  }

  const scale = () => kg.scaleOf(sigma);

  /** Return the way from the picture to the screen: x and y times `by`, then moved. */
  function projection() {
    const zero = sigma.graphToViewport({ x: 0, y: 0 });
    return { by: scale(), x: zero.x, y: zero.y };
  }

  // ---- what lies over and under it -----------------------------------------------------------------------------

  function paintOver() {
    const { width, height } = sigma.getDimensions();
    const ratio = window.devicePixelRatio || 1;
    const canvas = overlay();
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const to = projection();
    byId("discs").setAttribute("transform", `matrix(${to.by} 0 0 ${to.by} ${to.x} ${to.y})`);
    const near = kg.near();
    const spotOf = (node) => ({ x: to.x + node.x * to.by, y: to.y + node.y * to.by, radius: node.tint ? node.radius * to.by : kg.pixels(sizes[state.size](node) * to.by) });
    if (near) paintNear(context, near, spotOf);
    paintHovered(context, spotOf);
    labels = new kg.Labels(context, { width, height });
    paintLabels(context, near, spotOf, to, { width, height });
  }

  function path(context, shape, { x, y, radius }) {
    context.beginPath();
    const outline = kg.OUTLINES[shape];
    if (!outline) context.arc(x, y, radius, 0, 2 * Math.PI);
    else {
      for (const corner of outline.split(" ")) {
        const [left, top] = corner.split(",").map(Number);
        context.lineTo(x + ((left - 8) / 6.5) * radius, y + ((top - 8) / 6.5) * radius);
      }
      context.closePath();
    }
  }

  /** Return where an end of an edge is on the screen: the node, or the folded region that stands for it. */
  function endOf(node, spotOf) {
    const region = regions.foldOf(node);
    return spotOf(region || node);
  }

  function paintEdge(context, edge, spotOf, bold, many = false) {
    const [from, to] = [endOf(edge.source, spotOf), endOf(edge.target, spotOf)];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length < 1) return;
    const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
    const tip = { x: to.x - ux * Math.min(to.radius + 1, length / 2), y: to.y - uy * Math.min(to.radius + 1, length / 2) };
    context.globalAlpha = (edge.unsure ? 0.55 : 1) * (many ? 0.45 : 1);
    context.strokeStyle = context.fillStyle = ink().lit;
    context.lineWidth = bold ? 3 : Math.min(3.5, 0.9 + 0.4 * edge.sources) * (many ? 0.6 : 1);
    context.setLineDash((kg.DASHES[edge.line] || "").split(" ").filter(Boolean).map(Number));
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(tip.x, tip.y);
    context.stroke();
    context.setLineDash([]);
    if (length > 24 && !many) {
      const wide = bold ? 5 : 3.5;
      context.beginPath();
      context.moveTo(tip.x, tip.y);
      context.lineTo(tip.x - ux * 2.4 * wide - uy * wide, tip.y - uy * 2.4 * wide + ux * wide);
      context.lineTo(tip.x - ux * 2.4 * wide + uy * wide, tip.y - uy * 2.4 * wide - ux * wide);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  function paintNode(context, node, spot, ring) {
    const { shape } = kg.classOf.get(node.type);
    const [fill, border] = paintOf(node);
    path(context, shape, spot);
    context.fillStyle = fill;
    context.strokeStyle = ring ? ink().lit : border;
    context.lineWidth = ring ? 3 : 1.2;
    context.fill();
    context.stroke();
  }

  function paintNear(context, near, spotOf) {
    const bold = Boolean(state.selected.edge || state.selected.path);
    for (const id of near.edges) paintEdge(context, kg.edgeOf.get(id), spotOf, bold, near.edges.size > FEW);
    for (const id of near.nodes) {
      const node = nodeOf.get(id);
      if (!node || regions.foldOf(node) || (node.hidden && state.selected.node !== id)) continue;
      const spot = spotOf(node);
      spot.radius = Math.max(spot.radius, 3.5);
      paintNode(context, node, spot, state.selected.node === id);
    }
  }

  /** Whether an id is that of an edge in the picture; a quotation, say, leads to an article, which is not. */
  const isDrawn = (id) => kg.edgeOf.has(id) && kg.edgeOf.get(id).drawn && !kg.edgeOf.get(id).hidden;

  function paintHovered(context, spotOf) {
    const { hovered } = state;
    if (!hovered) return;
    if (nodeOf.has(hovered)) paintNode(context, nodeOf.get(hovered), spotOf(nodeOf.get(hovered)), true);
    else if (isDrawn(hovered)) paintEdge(context, kg.edgeOf.get(hovered), spotOf, true);
  }

  function paintLabels(context, near, spotOf, to, area) {
    const first = [];
    if (state.hovered && nodeOf.has(state.hovered)) first.push(nodeOf.get(state.hovered));
    if (near) first.push(...[...near.nodes].map((id) => nodeOf.get(id)).filter(Boolean).sort((a, b) => b.degree - a.degree));
    if (state.selected && state.selected.node) first.unshift(nodeOf.get(state.selected.node));
    const labelled = new Set();
    // Names keep off what is seen well; those that matter may lie over what matters less, or is pale, rather than not be
    // there.
    const inSight = ({ x, y }) => Math.abs(to.x + x * to.by - area.width / 2) < area.width / 2 && Math.abs(to.y + y * to.by - area.height / 2) < area.height / 2;
    const leading = new Set();
    for (const node of kg.ranked) {
      if (leading.size >= LEADING) break;
      if (!node.hidden && inSight(node)) leading.add(node);
    }
    for (const node of seen.nodes.length > 6000 && to.by < 0.25 ? [] : seen.nodes) {
      const { x, y, radius } = spotOf(node);
      if (radius < 5 || x < 0 || y < 0 || x > area.width || y > area.height) continue;
      labels.block({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius, owner: node.id, rank: near && near.nodes.has(node.id) ? -1 : node.rank });
    }
    for (const node of first) if (!regions.foldOf(node)) putNode(node, spotOf(node), near, labelled, true);
    if (near && near.edges.size <= FEW) for (const id of near.edges) putRelation(kg.edgeOf.get(id), spotOf);
    if (isDrawn(state.hovered)) putRelation(kg.edgeOf.get(state.hovered), spotOf);
    for (const region of regionsByWeight()) putRegion(region, to, area, near);
    for (const sure of [false, true]) for (const node of leading) if (!regions.foldOf(node)) putNode(node, spotOf(node), near, labelled, sure);
    let tries = 0;
    const most = labels.shown.length + (area.width * area.height) / ROOM;
    for (const node of kg.ranked) {
      if (labels.shown.length >= most || tries > 2500) break;
      const [x, y] = [to.x + node.x * to.by, to.y + node.y * to.by];
      if (node.hidden || x < -20 || y < -10 || x > area.width + 20 || y > area.height + 10 || regions.foldOf(node)) continue;
      tries += 1;
      putNode(node, spotOf(node), near, labelled, false);
    }
  }

  function putNode(node, spot, near, labelled, sure) {
    if (labelled.has(node.id) || !node.name) return;
    const chosen = Boolean(state.selected && state.selected.node === node.id) || model.focus.includes(node.id);
    const size = Math.max(11, Math.min(17, 9.5 + spot.radius * 0.32));
    const { x, y } = spot;
    const away = spot.radius + 3;
    const half = size * 0.61;
    const lines = [kg.short(node.name, near && sure ? 24 : 14)];
    const around = [
      { x: x + away, y, align: "left" }, { x, y: y + away + half - 2, align: "center" },
      { x: x - away, y, align: "right" }, { x, y: y - away - half + 2, align: "center" },
    ];
    const over = near && near.nodes.has(node.id) ? 0 : node.rank;
    const found = sure ? [...around, ...around.map((place) => ({ ...place, over }))] : around;
    const inside = x > 0 && x < labels.area.width && y > 0 && y < labels.area.height;
    const box = labels.put(lines, found, { what: { node: node.id }, owner: node.id, size, bold: chosen, inside, colour: near && !near.nodes.has(node.id) ? "pale" : "ink" });
    if (box) labelled.add(node.id);
  }

  function putRelation(edge, spotOf) {
    const [from, to] = [endOf(edge.source, spotOf), endOf(edge.target, spotOf)];
    const said = kg.relationName(edge.relation);
    if (Math.hypot(from.x - to.x, from.y - to.y) - from.radius - to.radius < labels.width([said], 11, false) + 8) return;
    const along = [0.5, 0.4, 0.6, 0.3, 0.7].map((part) => ({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part, align: "center" }));
    labels.put([said], along, { what: { edge: edge.id }, owner: edge.id, size: 11, colour: "soft" });
  }

  /** Return the regions whose names are wanted, the large ones first: of those folded, and of districts that are not. */
  function regionsByWeight() {
    const wanted = new Set(seen.regions);
    for (const district of regions.districts) if (!wanted.has(district) && (district.name || regions.districts.length > 1)) wanted.add(district);
    return [...wanted].sort((a, b) => b.radius - a.radius);
  }

  function putRegion(region, to, area, near) {
    const radius = region.radius * to.by;
    const [x, y] = [to.x + region.x * to.by, to.y + region.y * to.by];
    const folded = state.folded.has(region.id);
    if (radius < 9 || (!folded && radius > Math.max(area.width, area.height) * 0.8) || (region.isDistrict && !folded && !region.nodes.some((node) => !node.hidden))) return;
    const size = Math.max(12, Math.min(region.isDistrict ? 24 : 15, radius / 3.6));
    const half = size * 0.61;
    const said = kg.regions.regionLabel(region);
    const places = folded ? [{ x, y, align: "center" }] : [
      // never below its disc, where it would be taken for the name of the next one
      { x, y: y - radius - half - 1, align: "center" }, { x, y: y - radius * 0.8, align: "center" }, { x, y: y - radius * 0.55, align: "center" },
    ];
    const room = Math.max(3, Math.floor((1.7 * radius) / size)); // characters that fit across its disc
    const named = folded && said.length > room ? [said.slice(0, Math.ceil(said.length / 2)), said.slice(Math.ceil(said.length / 2))] : [said];
    const lines = folded && radius > 26 ? [...named, String(region.size)] : named;
    const look = { what: { region: region.id }, owner: region.id, bold: region.isDistrict, inside: true, upright: true, colour: near ? "pale" : folded ? "ink" : "soft" };
    if (!labels.put(lines, places, { ...look, size }) && folded && radius > 14) labels.put(named, places, { ...look, size: 9.5 });
  }

  // ---- what is meant by a click --------------------------------------------------------------------------------

  const labelAt = ({ x, y }) => (labels ? labels.shown.find((one) => one.left <= x && x <= one.right && one.top <= y && y <= one.bottom) : null);

  /** Return the edge drawn nearest to a place on the screen, null where none is within a few pixels. */
  function edgeAt({ x, y }) {
    const to = projection();
    const [px, py] = [(x - to.x) / to.by, (y - to.y) / to.by];
    let best = (6 / to.by) ** 2;
    let found = null;
    const near = kg.near();
    for (const edge of near ? [...near.edges].map((id) => kg.edgeOf.get(id)) : seen.edges) {
      if (regions.foldOf(edge.source) || regions.foldOf(edge.target)) continue;
      const [ax, ay, bx, by] = [edge.source.x, edge.source.y, edge.target.x, edge.target.y];
      const [dx, dy] = [bx - ax, by - ay];
      const along = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
      const [ex, ey] = [ax + along * dx - px, ay + along * dy - py];
      const away = ex * ex + ey * ey;
      if (away < best) [best, found] = [away, edge];
    }
    return found;
  }

  function choose(node, at) {
    const label = node ? null : labelAt(at);
    if (node) kg.select(nodeOf.has(node) ? { node } : { region: node });
    else if (label) kg.select(label.node ? { node: label.node } : label.edge ? { edge: label.edge } : { region: label.region });
    else {
      const edge = edgeAt(at);
      kg.select(edge ? { edge: edge.id } : null);
    }
  }

  let waiting = false;
  function hover(id) {
    if (state.hovered === id) return;
    state.hovered = id;
    byId("canvas").style.cursor = id ? "pointer" : "";
    redraw();
  }

  /** Paint what lies over the picture anew; sigma has nothing to do for it. */
  function redraw() {
    if (!sigma || waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      paintOver();
    });
  }

  function listen() {
    sigma.on("clickNode", ({ node, event }) => choose(node, event));
    sigma.on("clickStage", ({ event }) => choose(null, event));
    const unfold = (region, event) => {
      if (!region) return;
      event.preventSigmaDefault();
      regions.fold(region, !state.folded.has(region.id));
    };
    sigma.on("doubleClickNode", ({ node, event }) => unfold(regions.named.get(node), event));
    sigma.on("doubleClickStage", ({ event }) => {
      const label = labelAt(event);
      unfold(label && label.region ? regions.named.get(label.region) : null, event);
    });
    let over = null;
    sigma.on("enterNode", ({ node }) => { over = node; hover(nodeOf.has(node) ? node : null); });
    sigma.on("leaveNode", () => { over = null; hover(null); });
    sigma.on("moveBody", ({ event }) => {
      if (over || sigma.getMouseCaptor().isMouseDown) return;
      const label = labelAt(event);
      const edge = label ? null : edgeAt(event);
      hover(label ? label.node || label.edge || null : edge ? edge.id : null);
    });
    new ResizeObserver(() => sigma.scheduleRender()).observe(stage());
  }

  // ---- moving --------------------------------------------------------------------------------------------------

  function move(to, quickly) {
    const camera = sigma.getCamera();
    const state = { ...to, ratio: camera.getBoundedRatio(to.ratio) };
    if (quickly || kg.calm) camera.setState(state);
    else camera.animate(state, { duration: 350 });
  }

  /** Return the place of the camera that has a place of the picture in the middle, at `wanted` pixels a unit. */
  function viewOf({ x, y }, wanted) {
    const framed = sigma.viewportToFramedGraph(sigma.graphToViewport({ x, y: -y }));
    return { x: framed.x, y: framed.y, ratio: sigma.getCamera().ratio * (scale() / wanted) };
  }

  function frame(points, most) {
    const { width, height } = sigma.getDimensions();
    const side = (pick, better, sign) => points.reduce((best, one) => better(best, pick(one) + sign * (one.radius || 0)), sign * -Infinity);
    const [left, right] = [side((one) => one.x, Math.min, -1), side((one) => one.x, Math.max, 1)];
    const [top, bottom] = [side((one) => one.y, Math.min, -1), side((one) => one.y, Math.max, 1)];
    const wanted = Math.min(most, (width - 120) / (right - left || 1), (height - 120) / (bottom - top || 1));
    return viewOf({ x: (left + right) / 2, y: (top + bottom) / 2 }, wanted);
  }

  /** Move to what is selected; where `look` is "near" only if it is not well in sight. */
  function lookAt(look) {
    const { selected } = state;
    const region = selected.region ? regions.named.get(selected.region) : null;
    const ids = selected.node ? [selected.node] : selected.edge ? [kg.edgeOf.get(selected.edge).from, kg.edgeOf.get(selected.edge).to] : [...(kg.near() || { nodes: [] }).nodes];
    const points = region ? [region] : ids.map((id) => nodeOf.get(id)).filter(Boolean).map((node) => regions.foldOf(node) || node);
    if (!points.length) return;
    const { width, height } = sigma.getDimensions();
    const to = projection();
    const well = points.every((one) => {
      const [x, y] = [to.x + one.x * to.by, to.y + one.y * to.by];
      return x > 40 && y > 40 && x < width - 40 && y < height - 60;
    });
    if (look === "near" && well && (region || points.some((one) => one.radius * to.by > 4))) return;
    if (points.length === 1 && !region) move(viewOf(points[0], Math.max(scale(), 11 / points[0].radius)));
    else move(frame(points, Math.max(scale(), 1.4)));
  }

  function showWhole(moving) {
    if (sigma) move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, !moving);
  }

  function selected(look) {
    stage().classList.toggle("dimmed", kg.near() !== null);
    const chosen = state.selected && state.selected.region;
    for (const [kind, of] of [["d", "districts"], ["c", "communities"]]) {
      for (const disc of byId("discs").querySelectorAll(`.${of} circle`)) disc.classList.toggle("chosen", `${kind}${disc.dataset.region}` === chosen);
    }
    if (kg.edgeOf.has(state.hovered)) state.hovered = null; // the fact that keys had come to
    if (state.selected && look) lookAt(look);
    redraw();
  }

  const glStage = {
    scale: () => scale(),
    refresh: () => { populate(); },
    repaint: () => { populate(); },
    selected,
    redraw,
    showWhole,
    zoomBy: (factor) => {
      const camera = sigma.getCamera();
      move({ ...camera.getState(), ratio: camera.ratio / factor });
    },
    pan: (right, down) => {
      const { width, height } = sigma.getDimensions();
      const middle = sigma.viewportToFramedGraph({ x: width / 2 + right, y: height / 2 + down });
      move({ ...sigma.getCamera().getState(), x: middle.x, y: middle.y });
    },
    view: () => sigma.getCamera().getState(),
    setView: (view) => move(view, true),
    drawn: () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }),
    seen: () => seen,
    screen: () => ({ ...projection(), ...sigma.getDimensions() }),
    paint: { paintOf, sizeOf: (node) => sizes[state.size](node), ink, mixed, widthOf },
    labels: () => (labels ? labels.shown.map((one) => ({ ...one })) : []),
    moved: (listener) => sigma.getCamera().on("updated", listener),
  };

  // ---- without WebGL -------------------------------------------------------------------------------------------

  /** The overview alone: discs are clicked, everything else is told in the panel. */
  function flatStage() {
    stage().classList.add("flat");
    const svg = byId("regions");
    svg.addEventListener("click", (event) => {
      const { region } = event.target.dataset;
      kg.select(region === undefined ? null : { region: `d${region}` });
    });
    const whole = svg.getAttribute("viewBox").split(" ").map(Number);
    const show = (factor) => {
      const [left, top, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
      svg.setAttribute("viewBox", [left + (width - width / factor) / 2, top + (height - height / factor) / 2, width / factor, height / factor].join(" "));
    };
    return {
      scale: () => 1,
      refresh: () => {},
      repaint: () => {},
      redraw: () => {},
      selected: () => {
        const node = state.selected && nodeOf.get(state.selected.node);
        const chosen = node ? regions.districtOf(node).id : state.selected && state.selected.region;
        for (const disc of svg.querySelectorAll(".districts circle")) disc.classList.toggle("chosen", `d${disc.dataset.region}` === chosen);
      },
      showWhole: () => svg.setAttribute("viewBox", whole.join(" ")),
      zoomBy: show,
      pan: () => {},
      view: () => ({ x: 0.5, y: 0.5, ratio: 1 }),
      setView: () => {},
      drawn: () => Promise.resolve(),
      seen: () => regions.contents(),
      screen: () => ({ by: 1, x: -whole[0], y: -whole[1], width: whole[2], height: whole[3] }),
      paint: { paintOf, sizeOf: (node) => sizes[state.size](node), ink, mixed, widthOf },
      labels: () => [],
      moved: () => {},
    };
  }

  kg.drawWhole = () => {
    kg.countRegions();
    if (!kg.hasWebGL) {
      kg.stage = flatStage();
      return;
    }
    kg.stage = glStage;
    byId("regions").removeAttribute("viewBox");
    stage().classList.add("drawn");
    if (model.nodes.length > kg.FOLD_ABOVE) for (const { id } of regions.districts) state.folded.add(id);
    setUp();
  };
  kg.FOLD_ABOVE = 20000; // nodes: a picture of more opens with its districts folded
})();
