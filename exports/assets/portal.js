// What the pages of the portal do with a script: remember the language, copy an IRI, search. They can be read without.
// What comes from newspapers is put into the page as text only.
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);

  // ------------------------------------------------------------------------------------------------------- language

  const remembered = () => {
    try {
      return localStorage.getItem("language");
    } catch {
      return null; // a browser may keep nothing
    }
  };
  const chosen = remembered() || (/^zh\b/i.test(navigator.language || "zh") ? "zh" : "en");
  for (const language of ["zh", "en"]) {
    const button = byId(language);
    if (!button) continue;
    button.checked = language === chosen;
    button.addEventListener("change", () => {
      try {
        localStorage.setItem("language", language);
      } catch { /* it holds for this page then */ }
    });
  }

  // ----------------------------------------------------------------------------------------------------------- copy

  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.classList.add("done");
      button.append(" ✓");
      button.disabled = true;
    });
  }

  // The words behind a fact that was linked to lie open.
  const open = () => {
    let name = location.hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch {
      // not escaped as UTF-8: then it is looked for as it stands
    }
    const target = name && document.getElementById(name);
    const words = target && (target.closest("details") || target.querySelector("details"));
    if (words) words.open = true;
  };
  addEventListener("hashchange", open);
  open();

  // --------------------------------------------------------------------------------------------------------- search

  const finder = document.querySelector(".finder");
  if (!finder) return;
  const root = finder.dataset.root;
  const field = byId("find"), list = byId("results"), found = byId("found");
  const FIRST = "\u0002", LAST = "\u0003";
  const LONG = 80; // characters of a name that can be searched
  const SHOWN = 60, LOOKED = 400; // names that are shown, names that are looked at

  // Files of the index are scripts that hand over what they hold: a page opened from a disk may load nothing else.
  const waiting = new Map();
  const handOver = (name, value) => waiting.get(name).done(value);
  window.portalIndex = {
    head: (value) => handOver("index", value),
    pairs: (number, value) => handOver(`pairs-${number}`, value),
    names: (number, value) => handOver(`names-${number}`, value),
  };
  const load = (name) => {
    if (!waiting.has(name)) {
      const entry = {};
      entry.value = new Promise((done, failed) => {
        entry.done = done;
        const script = document.createElement("script");
        script.src = `${root}search/${name}.js`;
        script.onerror = () => { waiting.delete(name); failed(new Error(name)); };
        document.head.append(script);
      });
      waiting.set(name, entry);
    }
    return waiting.get(name).value;
  };

  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\u0085\u001c-\u001f]+/gu, "");
  const pairsOf = (letters) => letters.slice(1).map((letter, at) => letters[at] + letter);

  async function numbersOf(pair, head) {
    const [first, second] = [...pair].map((letter) => letter.codePointAt(0));
    const bucket = await load(`pairs-${(first * 31 + second) % head.buckets}`);
    const steps = Object.hasOwn(bucket, pair) ? bucket[pair] : [];
    let number = 0;
    return steps.map((step) => (number += step));
  }

  // Names that hold all pairs; a pair that leads to too many says nothing where another says more.
  async function candidates(pairs, head) {
    const lists = await Promise.all([...new Set(pairs)].map((pair) => numbersOf(pair, head)));
    const telling = lists.filter((numbers) => numbers.length <= head.most);
    const used = (telling.length ? telling : lists).sort((a, b) => a.length - b.length);
    if (!used.length) return [];
    const others = used.slice(1).map((numbers) => new Set(numbers));
    return used[0].filter((number) => others.every((set) => set.has(number)));
  }

  async function search(text) {
    const head = await load("index");
    const letters = [...fold(text)].slice(0, LONG);
    if (!letters.length) return { head, rows: [] };
    const inside = pairsOf(letters);
    const asked = [
      candidates([FIRST + letters[0], ...inside, letters.at(-1) + LAST], head), // the whole name
      candidates([FIRST + letters[0], ...inside], head), // its beginning
      inside.length ? candidates(inside, head) : [], // some part of it
    ];
    const numbers = [...new Set((await Promise.all(asked)).flat())].slice(0, LOOKED);
    const wanted = letters.join("");
    const blocks = new Map();
    await Promise.all([...new Set(numbers.map((number) => Math.floor(number / head.block)))].slice(0, 24).map(
      async (block) => blocks.set(block, await load(`names-${block}`))));
    const rows = [];
    for (const number of numbers) {
      const row = blocks.get(Math.floor(number / head.block))?.[number % head.block];
      if (!row) continue;
      const names = [row[0], ...row[1]].map(fold);
      const at = names.findIndex((name) => name.includes(wanted));
      if (at < 0) continue;
      const rank = names.includes(wanted) ? 0 : names.some((name) => name.startsWith(wanted)) ? 1 : 2;
      rows.push({ rank, number, row });
    }
    rows.sort((a, b) => a.rank - b.rank || a.number - b.number);
    return { head, rows, wanted };
  }

  const both = (zh, en) => ["zh", "en"].map((language) => {
    const part = document.createElement("span");
    part.lang = language;
    part.textContent = language === "zh" ? zh : en;
    return part;
  });
  const small = (...content) => {
    const part = document.createElement("small");
    part.append(...content);
    return part;
  };

  function show({ head, rows, wanted }) {
    list.replaceChildren(...rows.slice(0, SHOWN).map(({ row: [name, aliases, kind, folder, hint] }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${root}${head.things}/${folder.split("/").map(encodeURIComponent).join("/")}/index.html`;
      const shown = document.createElement("bdi");
      shown.textContent = name;
      link.append(shown);
      item.append(link, small(...both(...head.classes[kind])));
      const alias = fold(name).includes(wanted) ? "" : aliases.find((one) => fold(one).includes(wanted)) || "";
      if (alias) {
        const also = document.createElement("bdi");
        also.textContent = alias;
        item.append(small(...both("又称 ", "also "), also));
      }
      if (hint) item.append(small(hint));
      return item;
    }));
    const count = Math.min(rows.length, SHOWN);
    const more = rows.length > SHOWN;
    found.replaceChildren(...(wanted === undefined ? [] : count
      ? both(more ? `前 ${count} 个` : `找到 ${count} 个`, more ? `the first ${count}` : `${count} found`)
      : both("没有找到", "nothing found")));
  }

  let turn = 0;
  async function run() {
    const mine = ++turn;
    const text = field.value.trim();
    try {
      const result = await search(text);
      if (mine === turn) {
        show(result);
        finder.dataset.ready = text;
      }
    } catch {
      if (mine === turn) found.replaceChildren(...both("索引读不出来", "the index cannot be read"));
    }
  }
  let soon;
  field.addEventListener("input", () => { clearTimeout(soon); soon = setTimeout(run, 120); });
  finder.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(soon);
    run();
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) { field.value = asked; run(); }
})();
