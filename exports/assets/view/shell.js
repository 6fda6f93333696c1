// What holds the page together: selection, language, dark mode, keys; `kg.stage` is whoever draws.
(() => {
  "use strict";

  const { model, drawn, state, byId, say } = kg;

  /** Select a node, an edge or nothing; `look` says whether to move: "middle" of the picture, "near" only if need be. */
  kg.select = (what, look = "") => {
    state.selected = what;
    kg.stage.selected(look);
    kg.fillPanel();
    fillJump();
    if (kg.remember) kg.remember();
  };

  /** Where the panel stands below the picture, on a telephone, name what is selected and lead there. */
  function fillJump() {
    const title = byId("detail").querySelector("h2") || byId("detail").querySelector(".kind");
    byId("jump").hidden = !state.selected || !title;
    if (title) byId("jump").replaceChildren(kg.make("bdi", {}, kg.short(title.textContent, 20)), " ↓");
  }

  kg.applyFilters = () => {
    kg.refilter();
    kg.stage.refresh();
    kg.fillSummary();
    if (!state.selected) kg.fillPanel();
    if (kg.remember) kg.remember();
  };

  /** Return the nodes and edges that belong to what is selected, null where nothing is. */
  kg.near = () => {
    const { selected } = state;
    if (!selected || selected.quiet || selected.region) return null;
    const edges = selected.path ? selected.path : selected.edge ? [kg.edgeOf.get(selected.edge)] : kg.nodeOf.get(selected.node).facts;
    const seen = edges.filter((edge) => edge.drawn && (!edge.hidden || selected.edge));
    // a fact that is told in the panel only still has an end in the picture
    const told = selected.edge && !seen.length ? edges : [];
    const ends = [...seen, ...told].flatMap((edge) => [edge.from, edge.to]).filter((id) => kg.nodeOf.has(id));
    return {
      nodes: new Set([...(selected.node ? [selected.node] : []), ...ends]),
      edges: new Set(seen.map((edge) => edge.id)),
    };
  };

  kg.calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // ---- dark and light ------------------------------------------------------------------------------------------

  const asked = window.matchMedia("(prefers-color-scheme: dark)");
  kg.isDark = () => (document.documentElement.dataset.theme || (asked.matches ? "dark" : "light")) === "dark";

  kg.setTheme = (theme) => {
    document.documentElement.dataset.theme = theme;
    byId("theme").textContent = kg.isDark() ? say().light : say().dark;
    kg.stage.repaint();
  };

  // ---- words ---------------------------------------------------------------------------------------------------

  kg.fillWords = () => {
    document.documentElement.lang = state.language === "zh" ? "zh-Hans" : "en";
    byId("title").textContent = model.title || say().title;
    byId("search").placeholder = say().search;
    byId("search").setAttribute("aria-label", say().search);
    byId("language").textContent = say().other;
    byId("theme").textContent = kg.isDark() ? say().light : say().dark;
    byId("theme").title = say().theme;
    byId("empty").textContent = say().empty;
    byId("empty").hidden = model.nodes.length > 0;
    byId("notice").textContent = say().leftOut(model.leftOut, model.nodes.length);
    byId("notice").hidden = model.leftOut === 0;
    byId("stage").setAttribute("aria-label", `${say().title}：${say().summary(model.nodes.length, drawn.length)}`);
    for (const id of ["closer", "farther", "whole"]) {
      byId(id).title = say()[id];
      byId(id).setAttribute("aria-label", say()[id]);
    }
    kg.fillSummary();
    kg.fillLegend();
    kg.fillPanel();
    if (kg.fillTools) kg.fillTools();
  };

  function listen() {
    byId("closer").addEventListener("click", () => kg.stage.zoomBy(1.4));
    byId("farther").addEventListener("click", () => kg.stage.zoomBy(1 / 1.4));
    byId("whole").addEventListener("click", () => kg.stage.showWhole(!kg.calm));
    byId("jump").addEventListener("click", () => byId("detail").scrollIntoView({ behavior: kg.calm ? "auto" : "smooth" }));
    byId("language").addEventListener("click", () => {
      state.language = state.language === "zh" ? "en" : "zh";
      kg.fillWords();
      kg.stage.redraw();
      if (kg.remember) kg.remember();
    });
    byId("theme").addEventListener("click", () => {
      kg.setTheme(kg.isDark() ? "light" : "dark");
      if (kg.remember) kg.remember();
    });
    asked.addEventListener("change", () => kg.stage.repaint());
    document.addEventListener("keydown", (event) => {
      if (event.target.closest("input:not([type=checkbox]), select, textarea, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") kg.select(null);
      else if (event.key === "/") byId("search").focus();
      else if (event.key === "+" || event.key === "=") kg.stage.zoomBy(1.4);
      else if (event.key === "-") kg.stage.zoomBy(1 / 1.4);
      else if (event.key === "0") kg.stage.showWhole(!kg.calm);
      else if (!(kg.onKey && kg.onKey(event))) return;
      event.preventDefault();
    });
    kg.listenToSearch();
  }

  /** Make the page usable; `draw` sets `kg.stage`. */
  kg.start = async (draw) => {
    await kg.load();
    kg.refilter();
    if (window.innerWidth <= 760) byId("legend").open = false;
    draw();
    kg.fillWords();
    listen();
    if (kg.recall) kg.recall();
    else if (model.focus.length === 1) kg.select({ node: model.focus[0], quiet: true });
    await kg.stage.drawn();
    document.body.dataset.ready = "true";
  };
})();
