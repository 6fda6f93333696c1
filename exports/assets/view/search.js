// The search field: by name, alias, a part of either, or pinyin, in full or by initials (jwzgh finds 建外总工会).
(() => {
  "use strict";

  const { model, state, byId, make, text, symbol, className, fold, say } = kg;
  const SHOWN = 30;
  let index = null; // made when somebody searches: names with their folded form
  let readings = null; // character -> its readings
  let hits = [];
  let active = 0;

  /** Return text as it is compared: blanks do not count, nor do width and case. */
  const plain = (value) => fold(value).replace(/\s+/g, "");

  function prepare() {
    readings = new Map(Object.entries(model.pinyin).map(([char, read]) => [char, read.split(" ")]));
    index = model.nodes.map((node) => ({ node, names: [node.name, ...node.aliases].map((name) => [name, plain(name)]) }));
  }

  /** Whether `letters` are the readings of `chars` from `at` on: each character by its first letters, or in full. */
  function reads(chars, at, letters, failed) {
    if (letters === "") return true;
    if (at >= chars.length) return false;
    const tried = at * 64 + letters.length; // fewer than 64 letters: see find
    if (failed.has(tried)) return false;
    const found = readsFrom(chars, at, letters, failed);
    if (!found) failed.add(tried); // many ways lead here; each is a dead end as well
    return found;
  }

  function readsFrom(chars, at, letters, failed) {
    if (chars[at] === letters[0] && reads(chars, at + 1, letters.slice(1), failed)) return true; // typed as it is written
    return (readings.get(chars[at]) || []).some((reading) => {
      let common = 0;
      while (common < reading.length && reading[common] === letters[common]) common += 1;
      if (common === letters.length) return true; // typed so far: the beginning of this reading
      for (const taken of common === reading.length ? [common, 1] : [1]) { // all of a reading, or its initial
        if (taken <= common && reads(chars, at + 1, letters.slice(taken), failed)) return true;
      }
      // zh, ch and sh count as one initial as well
      return common >= 2 && "zcs".includes(reading[0]) && reading[1] === "h" && reads(chars, at + 1, letters.slice(2), failed);
    });
  }

  /** Return how well a name answers: 0 best, Infinity not at all. */
  function rank(folded, wanted, letters) {
    if (folded === wanted) return 0;
    if (folded.startsWith(wanted)) return 1;
    if (folded.includes(wanted)) return 2;
    if (!letters) return Infinity;
    const failed = new Set();
    for (let at = 0; at < Math.min(folded.length, 60); at += 1) {
      if (reads(folded, at, wanted, failed)) return at === 0 ? 3 : 4;
    }
    return Infinity;
  }

  function find(query) {
    const wanted = plain(query);
    if (!wanted) return [];
    if (!index) prepare();
    const letters = /[a-z]/.test(wanted) && wanted.length < 40;
    const found = [];
    for (const { node, names } of index) {
      let best = Infinity;
      let by = "";
      for (const [name, folded] of names) {
        const how = rank(folded, wanted, letters);
        if (how < best) [best, by] = [how, name];
      }
      if (best < Infinity) found.push({ node, by, best });
    }
    // Of equal answers the shorter name is nearer to what was typed; then what is better connected.
    return found.sort((a, b) => a.best - b.best || b.node.degree - a.node.degree || a.by.length - b.by.length || (a.node.id < b.node.id ? -1 : 1)).slice(0, SHOWN);
  }

  function fillResults() {
    const open = byId("search").value.trim() !== "";
    const items = hits.map((hit, at) => make("li", {
      role: "option", id: `result-${at}`, "aria-selected": String(at === active),
      mousedown: (event) => { event.preventDefault(); choose(at); },
    }, symbol(hit.node.type), text(hit.node.name), make("small", {}, hit.by === hit.node.name ? className(hit.node.type) : text(hit.by))));
    byId("results").replaceChildren(...(items.length ? items : [make("li", { class: "none" }, say().none)]));
    byId("results").hidden = !open;
    byId("search").setAttribute("aria-expanded", String(open));
    if (items.length) byId("search").setAttribute("aria-activedescendant", `result-${active}`);
    else byId("search").removeAttribute("aria-activedescendant");
  }

  function close() {
    byId("results").hidden = true;
    byId("search").setAttribute("aria-expanded", "false");
    byId("search").removeAttribute("aria-activedescendant");
  }

  function choose(at) {
    if (!hits[at]) return;
    const { node } = hits[at];
    byId("search").value = node.name;
    close();
    kg.reveal(node);
    kg.select({ node: node.id }, "middle");
  }

  /** See to it that a node is drawn: what hid it is taken back. */
  kg.reveal = (node) => {
    if (node.hidden) {
      state.hiddenClasses.delete(node.type);
      kg.refilter();
      if (node.hidden && kg.resetFilters) kg.resetFilters();
      kg.fillLegend();
      if (kg.fillTools) kg.fillTools();
      kg.applyFilters();
    }
    if (kg.unfoldAround) kg.unfoldAround(node);
  };

  kg.listenToSearch = () => {
    const field = byId("search");
    field.addEventListener("input", () => {
      hits = find(field.value);
      active = 0;
      fillResults();
    });
    field.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.isComposing || event.keyCode === 229) return; // an input method is at work: its keys are its own
      if (step && hits.length) {
        active = (active + step + hits.length) % hits.length;
        fillResults();
        byId(`result-${active}`).scrollIntoView({ block: "nearest" });
      } else if (event.key === "Enter") choose(active);
      else if (event.key === "Escape") {
        close();
        field.blur();
      } else return;
      event.preventDefault();
    });
    field.addEventListener("blur", close);
    field.addEventListener("focus", () => { if (field.value && hits.length && document.activeElement === field) field.select(); });
  };
})();
