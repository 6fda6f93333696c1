// The shortest path between two nodes, over what the filters let through.
(() => {
  "use strict";

  const { state, byId, make, say, nodeOf, entity, relationName, badge } = kg;
  state.start = null; // where a path begins
  state.avoid = true; // paths through a district say little: everything lies in one

  /** Return the edges of a shortest path, null where there is none. Of equals, that over the better supported edges. */
  function shortest(from, to, avoid) {
    const before = new Map([[from, null]]);
    let ring = [from];
    while (ring.length && !before.has(to)) {
      const next = [];
      for (const node of ring) {
        if (avoid && node !== from && node.type === "District") continue;
        const edges = node.facts.filter((edge) => edge.drawn && !edge.hidden).sort((a, b) => b.sources - a.sources || b.confidence - a.confidence || (a.id < b.id ? -1 : 1));
        for (const edge of edges) {
          const other = edge.source === node ? edge.target : edge.source;
          if (before.has(other)) continue;
          before.set(other, { edge, node });
          next.push(other);
        }
      }
      ring = next;
    }
    if (!before.has(to)) return null;
    const path = [];
    for (let step = before.get(to); step; step = before.get(step.node)) path.unshift(step.edge);
    return path;
  }

  function find(to) {
    const from = nodeOf.get(state.start);
    const path = (state.avoid && shortest(from, to, true)) || shortest(from, to, false);
    kg.select({ path: path || [], from: from.id, to: to.id }, path && path.length ? "near" : "");
  }

  /** Press of the key p: where the path begins, then where it ends. */
  kg.pick = (node) => {
    if (state.start && state.start !== node.id) find(node);
    else {
      state.start = node.id;
      kg.fillPanel();
    }
  };

  kg.nodeParts = (node) => {
    const button = (id, words, click) => make("button", { type: "button", id, click }, words);
    const district = kg.regions ? kg.regions.districtOf(node) : null;
    return [
      district && district.name && district.key !== node.id ? kg.regions.regionButton(district, say().region) : null,
      make("p", { class: "buttons" },
        button("path-from", say().pathFrom, () => { state.start = node.id; kg.fillPanel(); }),
        state.start && state.start !== node.id ? button("path-to", say().pathTo, () => find(node)) : null),
      state.start ? make("p", { class: "soft" }, say().pathPick(kg.nameOf(state.start)), " ",
        make("button", { type: "button", class: "more inline", click: () => { state.start = null; kg.fillPanel(); } }, say().clearPath)) : null,
    ].filter(Boolean);
  };

  function pathPanel({ path, from, to }) {
    const steps = [];
    let at = from;
    for (const edge of path) {
      const next = edge.from === at ? edge.to : edge.from;
      steps.push(make("button", { type: "button", class: "item hop", "data-edge": edge.id, click: () => kg.select({ edge: edge.id }, "near") },
        make("span", { class: "arrow" }, edge.from === at ? "↓" : "↑"), relationName(edge.relation), badge(edge)));
      steps.push(entity(next));
      at = next;
    }
    const again = (event) => {
      state.avoid = event.target.checked;
      state.start = from;
      find(nodeOf.get(to));
    };
    return [
      kg.heading(say().path),
      make("p", { class: "soft" }, path.length ? say().hops(path.length) : say().noPath),
      make("div", { class: "claim", id: "path" }, entity(from), ...(path.length ? steps : [entity(to)])),
      make("p", {}, make("label", {}, make("input", { type: "checkbox", id: "avoid", checked: state.avoid, change: again }), ` ${say().avoidDistricts}`)),
      make("p", { class: "buttons" }, make("button", { type: "button", click: () => { state.start = null; kg.select(null); } }, say().clearPath)),
    ];
  }

  kg.otherPanel = (selected) => (selected.region ? kg.regions.regionPanel(kg.regions.named.get(selected.region)) : pathPanel(selected));
})();
