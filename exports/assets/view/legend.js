// The legend: what colours, shapes and dashes mean, with switches for classes and relations.
(() => {
  "use strict";

  const { model, drawn, state, byId, make, symbol, drawing, DASHES, say } = kg;
  const counts = (items) => items.reduce((found, name) => found.set(name, (found.get(name) || 0) + 1), new Map());

  function fillSummary() {
    const nodes = model.nodes.filter((node) => !node.hidden).length;
    byId("summary").textContent = say().summary(nodes, drawn.filter((edge) => !edge.hidden).length);
  }

  function fillLegend() {
    const ofClass = counts(model.nodes.map((node) => node.type));
    const ofRelation = counts(drawn.map((edge) => edge.relation));
    const box = (set, name, ...rest) => make("li", {}, make("label", {},
      make("input", {
        type: "checkbox", checked: !set.has(name), value: name,
        change: (event) => { set[event.target.checked ? "delete" : "add"](name); kg.applyFilters(); },
      }), ...rest));
    const small = (count) => make("small", {}, String(count));
    byId("classes").replaceChildren(...model.classes.map((cls) =>
      box(state.hiddenClasses, cls.name, symbol(cls.name), cls[state.language], small(ofClass.get(cls.name)))));
    const relations = model.relations.filter(({ name }) => ofRelation.has(name));
    byId("relations").replaceChildren(...relations.map((relation) =>
      box(state.hiddenRelations, relation.name, relation[state.language], small(ofRelation.get(relation.name)))));
    byId("more").hidden = relations.length < 2;
    const ofLine = counts(drawn.map((edge) => edge.line));
    const lines = ["happened", "planned", "reported", "denied", "inferred"].filter((line) => ofLine.has(line));
    const sample = (name, look) => make("li", {}, drawing(30, 8, ["line", { x1: 0, y1: 4, x2: 30, y2: 4, class: "sample", ...look }]), say()[name]);
    byId("lines").replaceChildren(
      ...(lines.length > 1 || lines[0] !== "happened" ? lines : []).map((line) => sample(line, { "stroke-dasharray": DASHES[line] || "none" })),
      ...(drawn.some((edge) => edge.unsure) ? [sample("unsure", { "stroke-opacity": 0.4 })] : []));
    byId("legend-title").textContent = say().legend;
    byId("relations-title").textContent = say().relations;
  }

  Object.assign(kg, { fillSummary, fillLegend });
})();
