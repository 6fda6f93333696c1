// The tools below the legend: what is folded, size and colour, filters, saving; the link that keeps a view; keys.
(() => {
  "use strict";

  const { state, byId, make, say, nodeOf, regions } = kg;

  // ---- the rows of tools ---------------------------------------------------------------------------------------

  const row = (words, ...parts) => make("div", { class: "tool" }, make("span", {}, words), make("span", { class: "parts" }, ...parts));

  function choice(id, words, options, chosen, change) {
    const select = make("select", { id, "aria-label": words, change: (event) => change(event.target.value) },
      ...options.map(([value, said]) => make("option", { value }, said)));
    select.value = chosen;
    return row(words, select);
  }

  function slider(id, words, look, value, show, change) {
    const told = make("output", {}, show(value));
    const input = make("input", { type: "range", id, "aria-label": words, ...look });
    input.value = value;
    input.addEventListener("input", () => { told.textContent = show(Number(input.value)); });
    input.addEventListener("change", () => change(Number(input.value)));
    return row(words, input, told);
  }

  const mostSources = () => kg.drawn.reduce((best, edge) => Math.max(best, edge.sources), 1);

  kg.fillTools = () => {
    byId("tools-title").textContent = say().tools;
    byId("open-help").title = say().help;
    byId("open-help").setAttribute("aria-label", say().help);
    const most = mostSources();
    const held = document.activeElement && document.activeElement.closest("#tool-rows") ? document.activeElement.id : "";
    const button = (id, words, click) => make("button", { type: "button", id, click }, words);
    const levels = [["all", say().allUnfolded], ["communities", say().communitiesFolded], ["districts", say().districtsFolded]];
    byId("tool-rows").replaceChildren(...[
      kg.hasWebGL ? choice("level", say().level, levels, regions.level(), regions.setLevel) : null,
      choice("size", say().size, [["facts", say().byFacts], ["neighbours", say().byNeighbours], ["articles", say().byArticles], ["same", say().bySame]], state.size,
        (value) => { state.size = value; kg.stage.refresh(); remember(); }),
      choice("colour", say().colour, [["class", say().byClass], ["district", say().byDistrict], ["community", say().byCommunity]], state.colour,
        (value) => { state.colour = value; kg.stage.refresh(); remember(); }),
      slider("confidence", say().minConfidence, { min: 0, max: 1, step: 0.05 }, state.minConfidence, (value) => value.toFixed(2),
        (value) => { state.minConfidence = value; kg.applyFilters(); }),
      most > 1 ? slider("sources", say().minSources, { min: 1, max: Math.min(most, 20), step: 1 }, Math.max(1, state.minSources), String,
        (value) => { state.minSources = value > 1 ? value : 0; kg.applyFilters(); }) : null,
      row(say().save, button("save-png", "PNG", kg.save.png), button("save-svg", "SVG", kg.save.svg), button("save-csv", "CSV", kg.save.csv)),
      row("", button("copy-link", say().link, copyLink), button("reset", say().reset, () => { kg.resetFilters(); kg.fillLegend(); kg.fillTools(); kg.applyFilters(); })),
      row("", button("licences-button", say().licences, () => open(say().licences, make("pre", {}, byId("licences").textContent)))),
    ].filter(Boolean));
    if (held && byId(held)) byId(held).focus(); // whoever works with keys goes on where they were
    standing();
    kg.timeline.fill();
  };

  /** Take every filter back. */
  kg.resetFilters = () => {
    state.hiddenClasses.clear();
    state.hiddenRelations.clear();
    Object.assign(state, { minConfidence: 0, minSources: 0, dates: null, undated: true });
    kg.timeline.set(null, true);
    kg.refilter();
  };

  function open(title, ...inside) {
    byId("help").setAttribute("aria-label", title);
    byId("help").replaceChildren(make("h2", {}, title), ...inside, make("form", { method: "dialog" }, make("button", {}, say().close)));
    byId("help").showModal();
  }

  const showKeys = () => open(say().help, make("dl", {}, ...say().keys.flatMap(([key, does]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, does)])));

  function tell(words) {
    byId("said").textContent = words;
    byId("said").hidden = false;
    setTimeout(standing, 2500);
  }

  /** Show what is to be said all the time: without WebGL, why there is an overview only. */
  function standing() {
    byId("said").textContent = kg.hasWebGL ? "" : say().noWebGL;
    byId("said").hidden = kg.hasWebGL;
  }

  async function copyLink() {
    remember(true);
    try {
      await navigator.clipboard.writeText(window.location.href);
      tell(say().copied);
    } catch {
      tell(say().copyFailed);
    }
  }

  // ---- the link ------------------------------------------------------------------------------------------------

  const round = (value) => String(Math.round(value * 10000) / 10000);

  /** Return the view and what is selected and filtered as the fragment of an address; what is as at first is left out. */
  function fragment() {
    const view = kg.stage.view();
    const { selected } = state;
    const parts = new URLSearchParams();
    const set = (name, value) => { if (value) parts.set(name, value); };
    if (selected && selected.path) set("path", `${selected.from}~${selected.to}`);
    else if (selected) set(selected.node ? "node" : selected.edge ? "edge" : "region", selected.node || selected.edge || selected.region);
    if (view.x !== 0.5 || view.y !== 0.5 || view.ratio !== 1) set("at", [view.x, view.y, view.ratio].map(round).join("~"));
    set("without", [...state.hiddenClasses].join("~"));
    set("unrelated", [...state.hiddenRelations].join("~"));
    set("sure", state.minConfidence ? String(state.minConfidence) : "");
    set("sources", state.minSources ? String(state.minSources) : "");
    set("days", state.dates ? state.dates.join("~") : "");
    set("dated", state.undated ? "" : "only");
    set("folded", kg.hasWebGL && regions.level() !== first ? regions.level() || [...state.folded].join("~") : "");
    set("size", state.size === "facts" ? "" : state.size);
    set("colour", state.colour === "class" ? "" : state.colour);
    set("language", state.language === "zh" ? "" : state.language);
    set("theme", document.documentElement.dataset.theme || "");
    return parts.toString();
  }

  let first = "all"; // what is folded when the page opens
  let timer = 0;
  let written = "";

  /** Keep the view in the address, a moment after the last change. */
  function remember(now = false) {
    clearTimeout(timer);
    const write = () => {
      written = fragment();
      try {
        window.history.replaceState(null, "", written ? `#${written}` : window.location.pathname + window.location.search);
      } catch { /* a page inside another one may not have an address of its own */ }
    };
    if (now) write();
    else timer = setTimeout(write, 250);
  }
  kg.remember = () => remember();

  /** Do as the fragment of the address says; what it names and is not here is passed over. */
  kg.recall = () => {
    first = regions.level();
    const parts = new URLSearchParams(window.location.hash.slice(1));
    const several = (name) => (parts.get(name) || "").split("~").filter(Boolean);
    const among = (name, known, otherwise) => (known.includes(parts.get(name)) ? parts.get(name) : otherwise);
    state.language = among("language", ["zh", "en"], state.language);
    state.size = among("size", ["facts", "neighbours", "articles", "same"], "facts");
    state.colour = among("colour", ["class", "district", "community"], "class");
    for (const name of several("without")) if (kg.classOf.has(name)) state.hiddenClasses.add(name);
    for (const name of several("unrelated")) if (kg.relationOf.has(name)) state.hiddenRelations.add(name);
    state.minConfidence = Math.min(1, Math.max(0, Number(parts.get("sure")) || 0));
    state.minSources = Math.min(mostSources(), Math.max(0, Math.round(Number(parts.get("sources")) || 0)));
    const days = several("days");
    const areDays = days.length === 2 && days.every((day) => /^\d{4}-\d\d-\d\d$/.test(day)) && days[0] <= days[1];
    if (areDays || parts.get("dated") === "only") kg.timeline.set(areDays ? days : null, parts.get("dated") !== "only");
    if (kg.hasWebGL && parts.has("folded")) {
      state.folded.clear();
      const wanted = parts.get("folded");
      const all = new Map(Object.entries({ districts: regions.districts, communities: regions.communities, all: [] })).get(wanted);
      for (const id of all ? all.map((region) => region.id) : several("folded")) if (regions.named.has(id)) state.folded.add(id);
    }
    if (["dark", "light"].includes(parts.get("theme"))) document.documentElement.dataset.theme = parts.get("theme");
    if ([...parts.keys()].length) {
      kg.refilter();
      kg.stage.refresh();
      kg.fillWords();
    }
    const [node, edge, region] = ["node", "edge", "region"].map((name) => parts.get(name));
    const ends = several("path");
    if (nodeOf.has(node)) kg.select({ node }, "middle");
    else if (kg.edgeOf.has(edge)) kg.select({ edge }, "middle");
    else if (regions.named.has(region)) kg.select({ region }, "middle");
    else if (ends.length === 2 && ends.every((end) => nodeOf.has(end))) {
      [state.start] = ends;
      kg.pick(nodeOf.get(ends[1]));
    } else if (kg.model.focus.length === 1 && nodeOf.has(kg.model.focus[0])) kg.select({ node: kg.model.focus[0], quiet: true });
    const at = several("at").map(Number);
    if (at.length === 3 && at.every((one) => Math.abs(one) < 10) && at[2] > 0) kg.stage.setView({ x: at[0], y: at[1], ratio: at[2], angle: 0 });
    kg.stage.moved(() => remember());
  };

  // ---- keys ----------------------------------------------------------------------------------------------------

  let fact = -1; // which fact of the selected node the keys [ and ] are at
  let of = null;

  function walk(node, step) {
    const rows = [...document.querySelectorAll("#detail .fact")];
    if (!rows.length) return;
    fact = of === node ? (fact + step + rows.length) % rows.length : step > 0 ? 0 : rows.length - 1;
    of = node;
    rows[fact].focus();
    state.hovered = rows[fact].dataset.edge;
    kg.stage.redraw();
  }

  kg.onKey = (event) => {
    const selected = state.selected || {};
    const node = nodeOf.get(selected.node);
    const region = regions.named.get(selected.region);
    const step = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] }[event.key];
    const onPanel = event.target.closest("#panel");
    if (step && !onPanel) kg.stage.pan(...step);
    else if ((event.key === "[" || event.key === "]") && node) walk(node, event.key === "]" ? 1 : -1);
    else if (event.key === "Enter" && node && of === node && fact >= 0 && event.target.classList.contains("fact")) {
      const edge = kg.edgeOf.get(event.target.dataset.edge);
      const other = edge.source === node ? edge.target : edge.source;
      kg.select(other ? { node: other.id } : { edge: edge.id }, "near");
    } else if (event.key === "p" && node) kg.pick(node);
    else if (event.key === "f" && (region || node)) {
      const one = region || regions.foldOf(node) || regions.communityOf(node);
      regions.fold(one, !state.folded.has(one.id));
    } else if (event.key === "?") showKeys();
    else return false;
    return true;
  };

  kg.listenToTools = () => {
    byId("open-help").hidden = false; // the page of a part has few keys and no list of them
    byId("open-help").addEventListener("click", showKeys);
    window.addEventListener("hashchange", () => { if (window.location.hash.slice(1) !== written) window.location.reload(); });
  };
})();
