// Districts, the communities in them, and what is folded: a folded region stands as one disc for all that is in it.
(() => {
  "use strict";

  const { model, drawn, state, byId, make, say, entity, short } = kg;
  const { districts, communities } = model;
  // Okabe and Ito again, in the order in which neighbours differ most; as regions they are washed out.
  const TINTS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#b8a800", "#7a7a7a"];

  const HEAVIEST = 4; // lines of a folded region that are drawn; where everything is joined, all of them say nothing

  const named = new Map(); // name of a region ("d3", "c12") -> what it is
  districts.forEach((district, at) => named.set(`d${at}`, Object.assign(district, { id: `d${at}`, inner: [], nodes: [], tint: TINTS[district.tint], isDistrict: true })));
  communities.forEach((community, at) => {
    const region = Object.assign(community, { id: `c${at}`, nodes: [], tint: TINTS[community.tint], isDistrict: false });
    named.set(region.id, region);
    districts[community.district].inner.push(region);
  });
  state.folded = new Set();

  const districtOf = (node) => districts[communities[node.community].district];
  const communityOf = (node) => communities[node.community];

  kg.countRegions = () => {
    for (const node of kg.ranked) {
      communityOf(node).nodes.push(node);
      districtOf(node).nodes.push(node);
    }
  };

  /** Return the folded region that stands for a node, null where it stands for itself. */
  function foldOf(node) {
    if (state.folded.size === 0) return null;
    const [district, community] = [districtOf(node), communityOf(node)];
    return state.folded.has(district.id) ? district : state.folded.has(community.id) ? community : null;
  }

  const regionName = (region) => (region.isDistrict ? region.name || say().noDistrict : say().community(region.name));

  /** Fold everything to "districts" or "communities", or unfold to "all". */
  function setLevel(level) {
    state.folded.clear();
    for (const region of level === "districts" ? districts : level === "communities" ? communities : []) state.folded.add(region.id);
    changed();
  }

  function level() {
    if (state.folded.size === 0) return "all";
    if (districts.every(({ id }) => state.folded.has(id))) return "districts";
    return communities.every(({ id }) => state.folded.has(id)) && state.folded.size === communities.length ? "communities" : "";
  }

  function fold(region, folded) {
    if (folded) {
      for (const inner of region.inner || []) state.folded.delete(inner.id);
      state.folded.add(region.id);
    } else if (region.isDistrict) state.folded.delete(region.id);
    else {
      const district = districts[region.district];
      if (state.folded.delete(district.id)) for (const inner of district.inner) state.folded.add(inner.id);
      state.folded.delete(region.id);
    }
    changed();
  }

  function changed() {
    kg.stage.refresh();
    if (kg.fillTools) kg.fillTools();
    kg.fillPanel();
    if (kg.remember) kg.remember();
  }

  /** Unfold what stands for a node, so that it can be seen. */
  kg.unfoldAround = (node) => {
    if (!kg.hasWebGL) return;
    for (let region = foldOf(node); region; region = foldOf(node)) fold(region, false);
  };

  /** Return what is seen: nodes that stand for themselves, folded regions, and edges with what joins regions in sums. */
  function contents() {
    const nodes = [];
    const regions = new Set();
    for (const node of model.nodes) {
      if (node.hidden) continue;
      const region = foldOf(node);
      if (region) regions.add(region);
      else nodes.push(node);
    }
    const edges = [];
    const sums = new Map();
    for (const edge of drawn) {
      if (edge.hidden) continue;
      const [from, to] = [foldOf(edge.source), foldOf(edge.target)];
      if (!from && !to) edges.push(edge);
      else if (from !== to) {
        const [a, b] = [from ? from.id : edge.from, to ? to.id : edge.to].sort();
        const key = `${a}|${b}`;
        const sum = sums.get(key);
        if (sum) sum.count += 1;
        else sums.set(key, { a, b, count: 1 });
      }
    }
    return { nodes, regions: [...regions], edges, sums: backbone([...sums.values()]) };
  }

  /** Return the sums that are drawn: of lines between regions those that are among the heaviest of either end. */
  function backbone(sums) {
    const rank = new Map();
    return sums.sort((a, b) => b.count - a.count || (a.a + a.b < b.a + b.b ? -1 : 1)).filter(({ a, b }) => {
      if (!named.has(a) || !named.has(b)) return true;
      const [first, second] = [(rank.get(a) || 0) + 1, (rank.get(b) || 0) + 1];
      rank.set(a, first);
      rank.set(b, second);
      return Math.min(first, second) <= HEAVIEST;
    });
  }

  /** Return how many relations lead from a region to others, the most first. */
  function neighbours(region) {
    const ofRegion = region.isDistrict ? districtOf : communityOf;
    const counts = new Map();
    for (const edge of drawn) {
      if (edge.hidden) continue;
      const [from, to] = [ofRegion(edge.source), ofRegion(edge.target)];
      const other = from === region ? to : to === region ? from : null;
      if (other && other !== region) counts.set(other, (counts.get(other) || 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 8);
  }

  const regionButton = (region, note) => make("button", { type: "button", class: "item", "data-region": region.id, click: () => kg.select({ region: region.id }, "near") },
    kg.drawing(16, 16, ["circle", { cx: 8, cy: 8, r: 7, fill: region.tint, "fill-opacity": 0.5, stroke: region.tint }]),
    make("bdi", {}, regionName(region)), make("small", {}, note));

  function regionPanel(region) {
    const folded = state.folded.has(region.id);
    const near = neighbours(region);
    return [
      kg.heading(say().regions),
      make("h2", {}, make("bdi", {}, regionName(region))),
      make("p", { class: "soft" }, say().members(region.nodes.length)),
      kg.hasWebGL ? make("p", { class: "buttons" }, make("button", { type: "button", id: "fold", click: () => fold(region, !folded) }, folded ? say().unfold : say().fold)) : null,
      region.isDistrict ? null : regionButton(districts[region.district], String(districts[region.district].size)),
      ...kg.list(region.nodes, (node) => entity(node.id, String(node.degree))),
      near.length ? make("h3", {}, say().regionLinks(near.reduce((sum, [, count]) => sum + count, 0))) : null,
      ...near.map(([other, count]) => regionButton(other, String(count))),
    ];
  }

  kg.homeParts = () => {
    const shown = [...districts].sort((a, b) => b.size - a.size);
    return shown.length > 1 || (shown[0] && shown[0].name) ? [make("h3", {}, say().regions), ...kg.list(shown, (region) => regionButton(region, String(region.size)))] : [];
  };

  const regionLabel = (region) => short(regionName(region), 14);

  Object.assign(kg, { regions: { named, districts, communities, districtOf, communityOf, foldOf, setLevel, level, fold, contents, regionPanel, regionButton, regionLabel } });
})();
