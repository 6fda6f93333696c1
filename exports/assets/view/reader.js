// The evidence reader: a page as it was delivered, the articles read from it, and what they say, each leading to the others.
// What comes from newspapers is put into the page as text only: `textContent`, `append`, attributes that nothing runs.
// Offsets in the data count code points; a text is split into those once, and only pieces of it are put together again.
(() => {
  "use strict";

  const WORDS = {
    zh: {
      other: "English", dark: "深色", light: "浅色", search: "在本版中查找", searchHint: "在本版中查找（按 / ）", hits: (at, all) => (all ? `${at} / ${all}` : "没有找到"),
      before: "上一处", after: "下一处", raw: (n) => `版面原文 · ${n} 行`, read: (n) => `整理后的文章 · ${n} 篇`,
      facts: (n, all, doubts) => `陈述 · ${n === all ? n : `${n} / ${all}`}${doubts ? ` · ${doubts} 处未读懂` : ""}`,
      tabRaw: "版面原文", tabRead: "整理后的文章", joins: "合并", moves: "移读", keys: "j k 上下 · / 查找 · Esc",
      legend: "图例与筛选", signs: "显示类别字", least: "置信度不低于", foldAll: "全部收起", unfoldAll: "全部展开", fold: "收起", unfold: "展开",
      beforeItem: "上一条", afterItem: "下一条", foldFacts: "收起或展开陈述", made: "自拟标题", number: (n) => `第 ${n} 版`,
      line: (n) => `第 ${n} 行`, lines: (text) => `第 ${text} 行`, noArticles: "这一版没有读出文章。", emptyPage: "这一版没有文字。", noFacts: "没有读出陈述。", noneLeft: "没有达到这一置信度的陈述。",
      joined: (a, b) => `第 ${a} 行与第 ${b} 行合为一段`, moved: (rows, after) => `第 ${rows} 行移到第 ${after} 行之后读`,
      banner: "栏目或横幅", rule: "分隔线", meta: "来源或署名", leftover: "未归入文章", front: "文件头",
      alias: "又称", unresolved: "没有归并为实体", as: "文中作", kind: "类别",
      planned: "计划中", denied: "已否认", reported: "据报道", inferred: "由名称推断", happened: "已发生",
      rejected: "人工否决", withdrawn: "已撤回", dropped: "未成为事实", alone: "未成为事实",
      status: "状态", rule_: "规则", confidence: "置信度", why: "缘由", where: "原文", sources: "来源", sourcesOf: (n) => `${n} 篇独立报道`, fact: "事实", whole: "统一名称",
      article: "本文", until: "至", yes: "是", no: "否", doubt: "未读懂", doubts: { "trigger-without-statement": "有提示词，但没有读出陈述", "llm-answer-unusable": "模型的回答不可用" },
      whys: { coreference: "指代", byline: "署名", headline: "标题", "inferred from the name": "由名称推断" }, roles: { host: "主办", "co-host": "协办", undertaker: "承办" },
      odd: "不可见字符",
    },
    en: {
      other: "中文", dark: "Dark", light: "Light", search: "Find on this page", searchHint: "Find on this page (press / )", hits: (at, all) => (all ? `${at} / ${all}` : "none"),
      before: "Previous", after: "Next", raw: (n) => `The page as delivered · ${n} ${n === 1 ? "line" : "lines"}`, read: (n) => `Articles as read · ${n}`,
      facts: (n, all, doubts) => `Statements · ${n === all ? n : `${n} / ${all}`}${doubts ? ` · ${doubts} not understood` : ""}`,
      tabRaw: "As delivered", tabRead: "Articles as read", joins: "joined", moves: "read elsewhere", keys: "j k step · / find · Esc",
      legend: "Legend and filters", signs: "class signs", least: "confidence at least", foldAll: "Fold all", unfoldAll: "Unfold all", fold: "Fold", unfold: "Unfold",
      beforeItem: "Previous statement", afterItem: "Next statement", foldFacts: "Fold or unfold statements", made: "headline made by us", number: (n) => `page no. ${n}`,
      line: (n) => `line ${n}`, lines: (text) => `line ${text}`, noArticles: "No article was read from this page.", emptyPage: "There is no text on this page.", noFacts: "No statement was read.", noneLeft: "No statement is as sure as that.",
      joined: (a, b) => `Lines ${a} and ${b} are one paragraph`, moved: (rows, after) => `Line ${rows} is read behind line ${after}`,
      banner: "banner", rule: "rule", meta: "source or credit", leftover: "in no article", front: "head of the file",
      alias: "also", unresolved: "not resolved to an entity", as: "here as", kind: "class",
      planned: "planned", denied: "denied", reported: "reportedly", inferred: "inferred from names", happened: "happened",
      rejected: "rejected by hand", withdrawn: "withdrawn", dropped: "made no fact", alone: "made no fact",
      status: "Status", rule_: "Rule", confidence: "Confidence", why: "Why", where: "Printed", sources: "Sources", sourcesOf: (n) => `${n} independent ${n === 1 ? "article" : "articles"}`, fact: "Fact", whole: "Canonical",
      article: "this article", until: "to", yes: "yes", no: "no", doubt: "not understood", doubts: { "trigger-without-statement": "a word promised a statement, none was read", "llm-answer-unusable": "the answer of the model was of no use" },
      whys: { coreference: "coreference" }, roles: { 主办: "host", 协办: "co-host", 承办: "undertaker", 记者: "reporter", 通讯员: "correspondent", 摄: "photographer" },
      odd: "invisible character",
    },
  };
  const UNSURE = 0.7; // below, a statement is shown faint
  const MANY = 6; // aliases told at most
  const PAUSE = 90; // milliseconds a pointer rests before it counts
  const SVG = "http://www.w3.org/2000/svg";
  const ODD = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/;

  const byId = (id) => document.getElementById(id);
  const model = JSON.parse(byId("graph").textContent);
  const classOf = new Map(model.classes.map((cls) => [cls.name, cls]));
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let language = "zh";
  const words = () => WORDS[language];
  const said = (labels, fallback) => (labels ? labels[language] : fallback);

  // ---- building blocks -----------------------------------------------------------------------------------------

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    set(element, attributes);
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  function set(element, attributes) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== null && value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : value);
    }
    return element;
  }

  const draw = (tag, attributes, ...children) => {
    const element = set(document.createElementNS(SVG, tag), attributes);
    element.append(...children);
    return element;
  };

  const bdi = (text) => make("bdi", {}, text);

  const few = (names) => (names.length > MANY ? [...names.slice(0, MANY), "…"] : names).join(language === "zh" ? "、" : ", ");

  /** Return numbers as 7-9,12. */
  function runs(numbers) {
    const found = [];
    for (const number of numbers) {
      const last = found[found.length - 1];
      if (last && number === last[1] + 1) last[1] = number;
      else found.push([number, number]);
    }
    return found.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`)).join(", ");
  }

  // ---- text in leaves ------------------------------------------------------------------------------------------
  // A leaf is the smallest piece of text that is marked as one: it ends where a mention, a quote or a line does.

  const pageChars = Array.from(model.text);
  const articles = model.articles.map((article) => ({ ...article, chars: Array.from(article.text), leaves: [], marks: article.mentions.map(() => []) }));
  const rawLeaves = [];
  const rows = []; // by line number, from 1
  const lineLeaves = new Map(); // line -> leaves of articles

  /** Return where a span of an article stands in the page. */
  function toPage(article, start, end) {
    const found = [];
    for (const [from, to, at] of article.pieces) {
      const [low, high] = [Math.max(start, from), Math.min(end, to)];
      if (low < high) found.push([at + low - from, at + high - from]);
    }
    return found;
  }

  /** Return the leaves of a sorted list that a span touches. */
  function within(leaves, start, end) {
    let low = 0;
    let high = leaves.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (leaves[middle].end <= start) low = middle + 1;
      else high = middle;
    }
    const found = [];
    while (low < leaves.length && leaves[low].start < end) found.push(leaves[low++]);
    return found;
  }

  /** Put a piece of text into `parent` as leaves, inside the elements of `spans` ([start, end, make]) that hold it. Spans
   * may lie in each other or overlap; one that overlaps is taken up again behind the other's end. */
  function fill(parent, chars, start, end, cuts, spans, leaves) {
    const points = new Set([start, end]);
    for (const cut of cuts) if (start < cut && cut < end) points.add(cut);
    for (let at = start; at < end; at += 1) {
      if (ODD.test(chars[at])) points.add(at).add(at + 1);
    }
    const sorted = [...points].sort((a, b) => a - b);
    let open = [];
    let first = 0;
    for (let i = 0; i + 1 < sorted.length; i += 1) {
      const [from, to] = [sorted[i], sorted[i + 1]];
      while (first < spans.length && spans[first].end <= from && spans[first].closed) first += 1;
      const holding = [];
      for (let j = first; j < spans.length && spans[j].start <= from; j += 1) if (spans[j].end >= to) holding.push(spans[j]);
      let same = 0;
      while (same < open.length && same < holding.length && open[same].span === holding[same]) same += 1;
      open = open.slice(0, same);
      for (const span of holding.slice(same)) {
        const element = span.make();
        (open.length ? open[open.length - 1].element : parent).append(element);
        open.push({ span, element });
      }
      const text = chars.slice(from, to).join("");
      const odd = to === from + 1 && ODD.test(text);
      const element = make("span", { class: odd ? "t odd" : "t", "data-code": odd ? `U+${text.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` : null }, text);
      (open.length ? open[open.length - 1].element : parent).append(element);
      leaves.push({ start: from, end: to, element });
    }
  }

  /** Return the bounds of all that is marked in an article, and in the page. */
  function bounds() {
    const inArticles = articles.map((article) => new Set([...article.pieces.flatMap(([start, end]) => [start, end]), ...article.sentences.flat()]));
    const inPage = new Set();
    const both = (number, start, end) => {
      inArticles[number].add(start).add(end);
      for (const range of toPage(articles[number], start, end)) range.forEach((at) => inPage.add(at));
    };
    articles.forEach((article, number) => {
      for (const [start, end] of article.pieces) both(number, start, end);
      for (const [start, end] of article.mentions) both(number, start, end);
    });
    for (const one of model.statements) {
      both(one.article, one.start, one.end);
      for (const range of one.ranges) range.forEach((at) => inPage.add(at));
      if (one.object.span) both(one.article, ...one.object.span);
    }
    for (const one of model.issues) if (one.span) both(one.article, ...one.span);
    return { inArticles, inPage: [...inPage].sort((a, b) => a - b) };
  }

  /** Return a way to make the elements of each mention of an article; the outer ones have their line lower. */
  function mentionSpans(article, number) {
    const level = article.mentions.map(() => 0);
    for (let i = article.mentions.length - 1; i >= 0; i -= 1) {
      for (let j = i + 1; j < article.mentions.length && article.mentions[j][0] < article.mentions[i][1]; j += 1) level[i] = Math.max(level[i], level[j] + 1);
    }
    return article.mentions.map(([start, end, thing], i) => ({
      start, end, closed: true,
      make: () => {
        const type = model.things[thing].type;
        const element = make("span", {
          class: `m up${Math.min(2, level[i])}${article.marks[i].length ? " cont" : ""}`, "data-class": type, "data-mention": `${number}:${i}`,
          "data-sign": classOf.get(type).sign,
        });
        article.marks[i].push(element);
        return element;
      },
    }));
  }

  // ---- left: the page as delivered -----------------------------------------------------------------------------

  function buildRaw(cuts) {
    let at = 0;
    let next = 0;
    let owner = null;
    const list = model.lines.length ? model.text.split("\n") : [];
    list.forEach((text, index) => {
      const line = model.lines[index];
      const length = Array.from(text).length;
      const body = make("span", { class: "raw" });
      while (next < cuts.length && cuts[next] <= at) next += 1;
      let last = next;
      while (last < cuts.length && cuts[last] < at + length) last += 1;
      fill(body, pageChars, at, at + length, cuts.slice(next, last), [], rawLeaves);
      next = last;
      const loose = !["article", "blank", "front"].includes(line.kind);
      const starts = line.kind === "article" && owner !== null && owner !== line.article;
      if (line.kind === "article") owner = line.article;
      const number = make("button", { type: "button", class: "no", tabindex: "-1", click: () => follow(index + 1) }, String(index + 1));
      const row = make("li", { class: `row is-${line.kind}${loose ? " loose" : ""}${starts ? " starts" : ""}${line.kind === "front" && (index === 0) ? " named" : ""}`, "data-line": String(index + 1) }, number, body);
      rows[index + 1] = { element: row, body, kind: line.kind, article: line.article, start: at, end: at + length };
      byId("lines").append(row);
      at += length + 1;
    });
  }

  // ---- right: the articles -------------------------------------------------------------------------------------

  const links = []; // which part of an article stands on which line

  function buildArticles(cuts) {
    articles.forEach((article, number) => {
      const moved = new Map(article.moves.flatMap((move, i) => move.lines.map((line) => [line, i])));
      const spans = mentionSpans(article, number);
      const inside = make("div", { class: "inside" });
      const title = make("span", {}, article.id);
      const fold = make("button", { type: "button", class: "fold", "aria-expanded": "true", click: () => setFolded(number, !article.folded) });
      article.element = make("article", { class: "article", "data-article": String(number) }, make("div", { class: "top" }, fold, title), inside);
      if (article.withdrawn) inside.append(make("p", { class: "byline withdrawn" }, make("span", { "data-word": "withdrawn" }), "：", bdi(article.withdrawn)));
      let named = article.paragraphs.some((one) => one.part === "headline");
      let credited = false;
      const ahead = (part) => {
        if (!named && part === "body") {
          named = true;
          const note = article.headlineMade ? make("span", { class: "made", "data-word": "made" }) : null;
          inside.append(make("div", { class: "part headline given" }, make("span", { class: "text" }, bdi(article.headline), note)));
        }
        if (!credited && part === "body") {
          credited = true;
          if (article.byline.length) inside.append(make("p", { class: "byline" }, ...article.byline.flatMap((one, i) => [i ? " · " : "", bdi(`${one.role} ${one.name}`)])));
        }
      };
      for (const paragraph of article.paragraphs) {
        ahead(paragraph.part);
        const text = make("span", { class: "text" });
        const pieces = article.pieces.filter(([start, end]) => start < paragraph.end && end > paragraph.start);
        const onLines = [];
        for (const [start, end, , line] of pieces) {
          const last = onLines[onLines.length - 1];
          if (last && last.line === line) last.end = end;
          else onLines.push({ line, start, end });
        }
        const holding = spans.filter((span) => span.start < paragraph.end && span.end > paragraph.start);
        onLines.forEach((part, i) => {
          const move = moved.get(part.line);
          if (i) {
            const join = article.joins.findIndex((one) => one.second === part.line);
            text.append(make("button", {
              type: "button", class: `seam${move === undefined ? "" : " move"}`, "data-no": String(part.line), tabindex: "-1",
              "data-join": join >= 0 ? `${number}:${join}` : null,
            }));
          }
          const from = article.leaves.length;
          fill(text, article.chars, part.start, part.end, cuts[number], holding, article.leaves);
          const leaves = article.leaves.slice(from);
          leaves.forEach((leaf) => { leaf.line = part.line; leaf.article = number; });
          if (!lineLeaves.has(part.line)) lineLeaves.set(part.line, []);
          lineLeaves.get(part.line).push(...leaves);
          if (leaves.length) links.push({ line: part.line, article: number, first: leaves[0].element, last: leaves[leaves.length - 1].element, moved: move !== undefined });
        });
        const lines = onLines.map((part) => part.line);
        const ref = make("button", { type: "button", class: "ref", tabindex: "-1", click: () => lines.length && follow(lines[0], true) }, runs(lines));
        inside.append(make("div", { class: `part ${paragraph.part}${lines.some((line) => moved.has(line)) ? " moved" : ""}` }, ref, text));
      }
      ahead("body");
      if (article.joins.length || article.moves.length) {
        inside.append(make("div", { class: "apparatus" }, ...["joins", "moves"].flatMap((kind) => article[kind].map((_, i) => repairButton(kind, number, i)))));
      }
      byId("articles").append(article.element);
    });
  }

  function repairButton(kind, number, i) {
    return make("button", {
      type: "button", class: kind === "moves" ? "move" : "join", [kind === "moves" ? "data-move" : "data-join"]: `${number}:${i}`,
      click: () => { const line = kind === "moves" ? articles[number].moves[i].lines[0] : articles[number].joins[i].first; follow(line, true); },
    });
  }

  function setFolded(number, folded) {
    articles[number].folded = folded;
    articles[number].element.classList.toggle("folded", folded);
    fillFolds();
    measure();
  }

  // ---- joins and moves, drawn beside the lines -----------------------------------------------------------------

  const repairs = articles.flatMap((article, number) => [
    ...article.joins.map((one, i) => ({ kind: "join", name: `${number}:${i}`, lines: [one.first, one.second], one, ends: [one.first, one.second] })),
    ...article.moves.map((one, i) => ({ kind: "move", name: `${number}:${i}`, lines: one.lines, one, ends: [one.after, ...one.lines] })),
  ]).filter((repair) => repair.ends.every((line) => line >= 1 && line <= model.lines.length));

  const repairTitle = (repair) => (repair.kind === "join" ? words().joined(repair.one.first, repair.one.second) : words().moved(runs(repair.one.lines), repair.one.after));
  const repairReason = (one) => (language === "zh" ? one.zh : one.reason);

  function drawArcs() {
    const arcs = byId("arcs");
    const had = document.activeElement && document.activeElement.closest && document.activeElement.closest(".arc");
    const focused = had ? had.dataset.repair : null;
    const width = arcs.clientWidth || 50;
    const step = width > 40 ? 8 : 6;
    const most = Math.max(1, Math.floor((width - 8) / step));
    arcs.setAttribute("height", String(byId("lines").offsetHeight + 12));
    const base = byId("lines").offsetTop;
    const top = (line) => base + rows[line].element.offsetTop - byId("lines").offsetTop;
    const span = (line) => ({ top: top(line), bottom: top(line) + rows[line].element.offsetHeight });
    const lanes = [];
    const sorted = repairs.map((repair) => ({ repair, low: Math.min(...repair.ends), high: Math.max(...repair.ends) }))
      .sort((a, b) => a.high - a.low - (b.high - b.low) || a.low - b.low || (a.repair.kind < b.repair.kind ? -1 : 1));
    const made = [];
    for (const { repair, low, high } of sorted) {
      let lane = lanes.findIndex((taken) => taken.every(([a, b]) => high < a || b < low));
      if (lane < 0) lane = lanes.push([]) - 1;
      lanes[lane].push([low, high]);
      const x = width - 3 - (lane % most) * step - step / 2 - 2;
      const edge = width + 3;
      const radius = Math.min(5, step);
      let path;
      const extra = [];
      if (repair.kind === "join") {
        const [a, b] = [span(repair.one.first), span(repair.one.second)];
        const down = a.top <= b.top;
        const y1 = down ? a.bottom - 7 : a.top + 9;
        const y2 = down ? b.top + 9 : b.bottom - 7;
        const turn = down ? radius : -radius;
        path = `M${edge} ${y1}H${x + radius}Q${x} ${y1} ${x} ${y1 + turn}V${y2 - turn}Q${x} ${y2} ${x + radius} ${y2}H${edge}`;
      } else {
        const from = repair.one.lines.map(span);
        const [first, last] = [Math.min(...from.map((one) => one.top)), Math.max(...from.map((one) => one.bottom))];
        const target = span(repair.one.after).bottom - 2;
        const middle = (first + last) / 2;
        const up = target < middle;
        const turn = up ? -radius : radius;
        path = `M${edge} ${first + 4}V${last - 4}M${edge} ${middle}H${x + radius}Q${x} ${middle} ${x} ${middle + turn}V${target - turn}Q${x} ${target} ${x + radius} ${target}H${edge - 5}`;
        extra.push(draw("path", { class: "tip", d: `M${edge - 6} ${target - 4}L${edge + 1} ${target}L${edge - 6} ${target + 4}Z` }));
      }
      made.push(draw("g", {
        class: `arc ${repair.kind}`, tabindex: "0", role: "img", "data-repair": `${repair.kind} ${repair.name}`, [`data-${repair.kind}`]: repair.name,
        "aria-label": `${repairTitle(repair)}：${repairReason(repair.one)}`,
      }, draw("path", { d: path }), ...extra, draw("path", { class: "hit", d: path })));
    }
    made.sort((a, b) => repairs.findIndex((one) => `${one.kind} ${one.name}` === a.dataset.repair) - repairs.findIndex((one) => `${one.kind} ${one.name}` === b.dataset.repair));
    arcs.replaceChildren(...made);
    if (focused) made.find((one) => one.dataset.repair === focused)?.focus();
  }

  // ---- bands from lines to paragraphs --------------------------------------------------------------------------

  let measured = [];
  const litLines = new Set();

  /** Take down where lines and paragraphs are in their columns; scrolling moves them all alike. */
  function measure() {
    drawArcs();
    const [raw, read] = [byId("raw"), byId("read")];
    const [rawTop, readTop] = [raw.getBoundingClientRect().top - raw.scrollTop, read.getBoundingClientRect().top - read.scrollTop];
    measured = links.map((link) => {
      const row = rows[link.line].element.getBoundingClientRect();
      const folded = articles[link.article].folded;
      const head = folded ? articles[link.article].element.getBoundingClientRect() : null;
      const top = folded ? head.top : link.first.getBoundingClientRect().top;
      const bottom = folded ? head.top + 20 : link.last.getBoundingClientRect().bottom;
      return { link, left: [row.top - rawTop, row.bottom - rawTop], right: [top - readTop, bottom - readTop] };
    });
    anchors = risingAnchors();
    drawRibbons();
  }

  function drawRibbons() {
    const ribbons = byId("ribbons");
    const width = ribbons.clientWidth;
    const height = ribbons.clientHeight;
    if (!width) return;
    const [down, across] = [byId("raw").scrollTop, byId("read").scrollTop];
    const made = [];
    for (const { link, left, right } of measured) {
      const [a, b, c, d] = [left[0] - down + 1, left[1] - down - 1, right[0] - across + 2, right[1] - across - 2];
      if (Math.max(b, d) < 0 || Math.min(a, c) > height) continue;
      if ((b < 0 && c > height) || (d < 0 && a > height)) continue;
      const h = width / 2;
      made.push(draw("path", {
        class: `band${link.moved ? " moved" : ""}${litLines.has(link.line) ? " lit" : ""}`,
        d: `M0 ${a}C${h} ${a} ${h} ${c} ${width} ${c}V${d}C${h} ${d} ${h} ${b} 0 ${b}Z`,
        fill: `var(${litLines.has(link.line) ? "--ribbon-lit" : link.moved ? "--ribbon-move" : "--ribbon"})`,
        stroke: `var(${litLines.has(link.line) || link.moved ? "--move" : "--ribbon-line"})`, "stroke-width": "0.7", "data-line": String(link.line),
        ...(link.moved ? { "stroke-dasharray": "4 3" } : {}),
      }));
    }
    made.sort((x, y) => x.classList.contains("lit") - y.classList.contains("lit"));
    ribbons.replaceChildren(...made);
  }

  // ---- the two columns scroll together -------------------------------------------------------------------------

  let anchors = [];
  let driver = null; // the column that a person scrolls; the other follows

  /** Return pairs of heights that grow in both columns: lines that are read where they stand. */
  function risingAnchors() {
    const tails = []; // of the longest rising row of each length: its last item
    const before = [];
    const pairs = measured.filter(({ link }) => !link.moved).map(({ left, right }) => [left[0], right[0]]).sort((a, b) => a[1] - b[1] || a[0] - b[0]);
    pairs.forEach(([y], i) => {
      let at = tails.findIndex((j) => pairs[j][0] >= y);
      if (at < 0) at = tails.length;
      before[i] = at ? tails[at - 1] : -1;
      tails[at] = i;
    });
    const found = [];
    for (let i = tails.length ? tails[tails.length - 1] : -1; i >= 0; i = before[i]) found.unshift(pairs[i]);
    return found;
  }

  function along(y, from, to) {
    let [low, high] = [[0, 0], null];
    for (const pair of anchors) {
      if (pair[from] <= y) low = pair;
      else { high = pair; break; }
    }
    if (!high) return low[to] + (y - low[from]);
    return low[to] + ((y - low[from]) / (high[from] - low[from] || 1)) * (high[to] - low[to]);
  }

  function listenToScrolling() {
    let due = false;
    const columns = [byId("raw"), byId("read")];
    columns.forEach((column, side) => {
      const take = () => { driver = column; };
      for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) column.addEventListener(name, take, { passive: true });
      column.addEventListener("scroll", () => {
        hideTip();
        const narrow = !byId("ribbons").clientWidth;
        if (driver === column && anchors.length && !narrow) {
          const third = column.clientHeight / 3;
          const goal = along(column.scrollTop + third, side, 1 - side) - third;
          columns[1 - side].scrollTop = column.scrollTop <= 0 ? 0 : goal;
        }
        if (due) return;
        due = true;
        requestAnimationFrame(() => { due = false; drawRibbons(); });
      }, { passive: true });
    });
    document.addEventListener("pointerdown", (event) => { if (!columns.some((column) => column.contains(event.target))) driver = null; });
  }

  /** Scroll a column so that an element is in sight, no farther than needed; `force` brings it to the upper third. */
  function bring(column, element, force = false) {
    if (!element) return;
    const [box, seen] = [element.getBoundingClientRect(), column.getBoundingClientRect()];
    const head = column.querySelector(".head") && getComputedStyle(column.querySelector(".head")).position === "sticky" ? 40 : 4;
    if (!force && box.top >= seen.top + head + 4 && Math.min(box.bottom, box.top + seen.height / 2) <= seen.bottom - 12) return;
    driver = null;
    column.scrollTo({ top: column.scrollTop + box.top - seen.top - Math.max(head + 8, seen.height / 3 - box.height / 2), behavior: calm ? "auto" : "smooth" });
  }

  /** Show the counterpart of a line: its place in the articles, or the line itself where `back`. */
  function follow(line, back = false) {
    const leaves = lineLeaves.get(line) || [];
    if (leaves.length && articles[leaves[0].article].folded) setFolded(leaves[0].article, false);
    if (leaves.length) bring(byId("read"), leaves[0].element);
    bring(byId("raw"), rows[line].element);
    if (!back && leaves.length) showTab("read");
    else if (back) showTab("raw");
    pinnedLines = [line];
    relight();
  }

  // ---- what is lit ---------------------------------------------------------------------------------------------

  let marked = []; // [element, classes]
  let hovered = null; // an item under the pointer or in focus
  let current = null; // the item that was chosen
  let pinnedLines = [];
  let overLines = [];
  let overRepair = null;
  let lit = [];

  function mark(leaves, ...classes) {
    for (const { element } of leaves) {
      element.classList.add(...classes);
      marked.push([element, classes]);
    }
  }

  function unmark() {
    for (const [element, classes] of marked) element.classList.remove(...classes);
    marked = [];
  }

  function relight() {
    for (const element of lit) element.classList.remove("lit", "on");
    lit = [];
    litLines.clear();
    const add = (element, name = "lit") => { element.classList.add(name); lit.push(element); };
    for (const line of overLines.length ? overLines : pinnedLines) {
      if (!rows[line]) continue;
      litLines.add(line);
      add(rows[line].element);
      for (const { element } of lineLeaves.get(line) || []) add(element);
    }
    if (overRepair) for (const element of document.querySelectorAll(`[data-${overRepair.kind}="${overRepair.name}"]`)) add(element, "on");
    drawRibbons();
  }

  /** Return the places of the ends of an item in its article: [start, end, far]. */
  function endSpans(item) {
    if (item.doubt) return [];
    return [item.one.subject, item.one.object].flatMap((end) => {
      if (end.span) return [[...end.span, false]];
      return (end.mentions || []).map((i) => [...articles[item.article].mentions[i].slice(0, 2), end.far]);
    });
  }

  function show(item, scroll) {
    unmark();
    for (const group of document.querySelectorAll(".group.on")) group.classList.remove("on");
    if (!item) return;
    const article = articles[item.article];
    const quote = item.span ? within(article.leaves, ...item.span) : [];
    mark(quote, item.doubt ? "doubt" : "quote");
    const raw = item.ranges.flatMap(([start, end]) => within(rawLeaves, start, end));
    mark(raw, item.doubt ? "doubt" : "quote");
    for (const [start, end, far] of endSpans(item)) {
      const classes = far ? ["end", "far"] : ["end"];
      mark(within(article.leaves, start, end), ...classes);
      for (const range of toPage(article, start, end)) mark(within(rawLeaves, ...range), ...classes);
    }
    item.group.classList.add("on");
    if (!scroll) return;
    if (article.folded) setFolded(item.article, false);
    const [start] = endSpans(item).filter(([, , far]) => !far)[0] || item.span || [0];
    const at = quote.find((leaf) => leaf.end > start) || quote[0];
    bring(byId("read"), at ? at.element : article.element);
    bring(byId("raw"), raw.length ? raw[0].element : rows[article.lines[0]]?.element);
  }

  // ---- statements ----------------------------------------------------------------------------------------------

  const items = []; // statements and issues in the order of the list
  let shown = []; // those that are not hidden

  function order() {
    model.statements.forEach((one) => items.push({
      one, article: one.article, sentence: one.sentence, span: [one.start, one.end], ranges: one.ranges, at: one.start, doubt: false,
    }));
    for (const one of model.issues) {
      const sentences = articles[one.article].sentences;
      const sentence = one.span ? Math.max(0, sentences.filter(([start]) => start <= one.span[0]).length - 1) : 0;
      items.push({ one, article: one.article, sentence, span: one.span, ranges: one.ranges, at: one.span ? one.span[0] : 0, doubt: true });
    }
    items.forEach((item, i) => { item.index = i; });
    items.sort((a, b) => a.article - b.article || a.sentence - b.sentence || a.doubt - b.doubt || a.index - b.index);
  }

  /** Put a sign before what was not understood, on both sides. */
  function signDoubts() {
    for (const { doubt, span, ranges, article } of items) {
      if (!doubt || !span) continue;
      within(articles[article].leaves, ...span).slice(0, 1).forEach(({ element }) => element.classList.add("unread"));
      if (ranges.length) within(rawLeaves, ...ranges[0]).slice(0, 1).forEach(({ element }) => element.classList.add("unread"));
    }
  }

  function buildList() {
    const list = byId("list");
    articles.forEach((article, number) => {
      const own = items.filter((item) => item.article === number);
      list.append(make("h3", {}, make("button", { type: "button", tabindex: "-1", click: () => toArticle(number) }, bdi(article.headline || article.id))));
      article.groups = new Map();
      if (!own.length && items.length) list.append(make("p", { class: "notes", "data-word": "noFacts" }));
      for (const item of own) {
        if (!article.groups.has(item.sentence)) {
          const [start, end] = article.sentences[item.sentence] || [0, 0];
          const lead = make("p", { class: "q" }, bdi(article.chars.slice(start, end).join("")));
          const group = make("div", { class: "group", "data-sentence": `${number}:${item.sentence}` }, lead, make("ul", {}));
          article.groups.set(item.sentence, { element: group, items: [], span: [start, end] });
          list.append(group);
        }
        const group = article.groups.get(item.sentence);
        group.items.push(item);
        item.group = group.element;
        item.button = make("button", { type: "button", tabindex: "-1", "aria-expanded": "false", click: () => { choose(item, true); item.element.scrollIntoView({ block: "nearest" }); }, focus: () => choose(item, true) });
        item.element = make("li", { class: "item", "data-item": item.doubt ? `issue-${item.index}` : item.one.id }, item.button);
        item.element.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") rest(() => { hovered = item; show(item, true); }); });
        item.element.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") rest(() => { hovered = null; show(current, false); }); });
        group.element.lastChild.append(item.element);
      }
    });
    if (items.length) items[0].button.tabIndex = 0;
  }

  function toArticle(number) {
    const article = articles[number];
    if (article.folded) setFolded(number, false);
    bring(byId("read"), article.element, true);
    if (rows[article.lines[0]]) bring(byId("raw"), rows[article.lines[0]].element, true);
    showTab("read");
  }

  function nameOf(end) {
    if (end.value !== undefined) return end.value;
    if (end.article !== undefined) return words().article;
    return end.thing >= 0 ? model.things[end.thing].name : end.name;
  }

  function endElement(end) {
    if (end.thing === undefined || end.thing < 0) return bdi(end.value !== undefined ? `“${end.value}”` : nameOf(end));
    const { type } = model.things[end.thing];
    return make("span", { class: "m", "data-class": type, "data-sign": (classOf.get(type) || {}).sign }, bdi(nameOf(end)));
  }

  const value = (text) => (text === "true" ? words().yes : text === "false" ? words().no : words().roles[text] || text);
  const TOLD = new Set(["role", "title", "honour", "quote", "start", "end", "min", "max", "unit", "seen"]);

  function chips(one) {
    const all = Object.fromEntries(one.qualifiers);
    const found = ["role", "title", "honour"].filter((name) => all[name]).map((name) => value(all[name]));
    if (all.quote) found.push(`“${all.quote}”`);
    if (all.start) found.push(all.end && all.end !== all.start ? `${all.start} ${words().until} ${all.end}` : all.start);
    if (all.min || all.max) found.push(`${[all.min && `≥ ${all.min}`, all.max && `≤ ${all.max}`].filter(Boolean).join(" ")}${all.unit || ""}`);
    return found;
  }

  function fillItem(item) {
    const { one, button, element } = item;
    if (item.doubt) {
      element.className = `item issue${item === current ? " on" : ""}`;
      button.replaceChildren(make("span", { class: "claim" }, `? ${words().doubts[one.kind] || one.kind}`), make("span", { class: "conf" }, ""), make("span", { class: "notes" }, make("span", {}, words().doubt), one.lines.length ? make("span", {}, words().lines(runs(one.lines))) : null));
    } else {
      const gone = ["rejected", "withdrawn", "dropped", "alone"].includes(one.state);
      const status = one.inferred ? "inferred" : one.status;
      element.className = `item ${status}${one.confidence < UNSURE ? " unsure" : ""}${gone ? " gone" : ""}${item === current ? " on" : ""}`;
      const badge = (word) => make("span", { class: "badge" }, words()[word]);
      button.replaceChildren(
        make("span", { class: "claim" }, endElement(one.subject), make("span", { class: "rel" }, `— ${said(model.words[one.predicate], one.predicate)} →`), endElement(one.object)),
        make("span", { class: "conf" }, one.confidence.toFixed(2)),
        make("span", { class: "notes" },
          status !== "happened" ? badge(status) : null, gone ? badge(one.state) : null,
          ...chips(one).map((chip) => make("span", { class: "chip" }, bdi(chip)))));
    }
    button.setAttribute("aria-expanded", String(item === current));
    element.querySelector(".more")?.remove();
    if (item === current && !item.doubt) element.append(make("div", { class: "more" }, details(one)));
  }

  function details(one) {
    const rows_ = [[words().where, words().lines(runs([...one.lines]))]];
    const pairs = one.qualifiers.filter(([name]) => !TOLD.has(name)).map(([name, text]) => [said(model.words[name], name), value(text)]);
    for (const end of [one.subject, one.object]) {
      if (end.thing >= 0 && model.things[end.thing].aliases.length) rows_.push([nameOf(end), `${words().alias} ${few(model.things[end.thing].aliases)}`]);
      if (end.thing >= 0 && !model.things[end.thing].resolved && model.things[end.thing].type !== "Date") rows_.push([nameOf(end), words().unresolved]);
    }
    rows_.push(...pairs, [words().status, one.inferred ? words().inferred : words()[one.status]], [words().rule_, one.rule], [words().confidence, one.confidence.toFixed(3)]);
    if (one.why) rows_.push([words().why, words().whys[one.why] || one.why]);
    if (one.state) rows_.push([words()[one.state], one.dropped || ""]);
    if (one.sources) rows_.push([words().sources, words().sourcesOf(one.sources)]);
    const shownRows = rows_.map(([name, text]) => [make("dt", {}, bdi(name)), make("dd", {}, bdi(text))]);
    if (one.fact) shownRows.push([make("dt", {}, words().fact), make("dd", {}, make("code", {}, one.fact))]);
    return make("dl", {}, ...shownRows.flat());
  }

  function choose(item, scroll) {
    if (item === current) {
      if (scroll && hovered !== item) show(item, true);
      return;
    }
    const last = current;
    current = item;
    pinnedLines = [];
    if (last) {
      last.button.tabIndex = -1;
      fillItem(last);
    }
    if (item) {
      items.forEach((one) => { one.button.tabIndex = one === item ? 0 : -1; });
      fillItem(item);
    } else if (last) last.button.tabIndex = 0;
    relight();
    show(item, scroll);
  }

  function step(by) {
    if (!shown.length) return;
    const at = shown.indexOf(current);
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, at + by))];
    choose(next, true);
    next.button.focus({ preventScroll: true });
    bring(byId("list"), next.element);
  }

  function fillList() {
    const least = Number(byId("least").value);
    shown = [];
    for (const item of items) {
      fillItem(item);
      item.element.hidden = !item.doubt && item.one.confidence < least;
      if (!item.element.hidden) shown.push(item);
    }
    for (const article of articles) for (const group of article.groups.values()) group.element.hidden = group.items.every((item) => item.element.hidden);
    if (current && current.element.hidden) choose(null, false);
    const doubts = items.filter((item) => item.doubt).length;
    byId("facts-title").textContent = words().facts(shown.length - doubts, items.length - doubts, doubts);
    byId("least-shown").textContent = least.toFixed(2);
  }

  // ---- pointer over the text -----------------------------------------------------------------------------------

  let resting = 0;
  const rest = (act) => { clearTimeout(resting); resting = setTimeout(act, PAUSE); };

  let same = [];
  let near = [];

  function leafAt(element, leaves) {
    return leaves.find((leaf) => leaf.element === element) || null;
  }

  /** Light what stands where the pointer is: the line, the thing that is named, the statements of the sentence. */
  function over(target) {
    for (const element of same) element.classList.remove("same");
    for (const element of near) element.classList.remove("near");
    [same, near, overLines, overRepair] = [[], [], [], null];
    const element = target instanceof Element ? target : null;
    const repair = element && element.closest("[data-join], [data-move]");
    const mention = element && element.closest("[data-mention]");
    const row = element && element.closest("[data-line]");
    const leaf = element && element.closest("#articles .t");
    if (repair) {
      const kind = repair.dataset.join ? "join" : "move";
      overRepair = repairs.find((one) => one.kind === kind && one.name === repair.dataset[kind]) || null;
      if (overRepair) {
        overLines = overRepair.lines;
        tip(repair, make("b", {}, repairTitle(overRepair)), make("p", {}, repairReason(overRepair.one)));
      }
    } else if (mention) {
      const [number, i] = mention.dataset.mention.split(":").map(Number);
      const [start, end, thing] = articles[number].mentions[i];
      mentionTip(mention, model.things[thing], articles[number].chars.slice(start, end).join(""));
      articles.forEach((article) => article.mentions.forEach((one, j) => { if (one[2] === thing) same.push(...article.marks[j]); }));
      same.forEach((one) => one.classList.add("same"));
    } else hideTip();
    if (leaf && leaf.parentNode) {
      const article = articles[Number(leaf.closest("[data-article]").dataset.article)];
      const found = leafAt(leaf, article.leaves);
      overLines = found ? [found.line] : [];
      const group = found && groupAt(article, found.start);
      if (group) {
        near = group.items.map((item) => item.element);
        near.forEach((one) => one.classList.add("near"));
        bring(byId("list"), group.element);
      }
    } else if (row && !repair) overLines = [Number(row.dataset.line)];
    relight();
  }

  function groupAt(article, at) {
    for (const group of article.groups.values()) if (group.span[0] <= at && at < group.span[1] && !group.element.hidden) return group;
    return null;
  }

  function mentionTip(anchor, thing, surface) {
    const cls = classOf.get(thing.type);
    tip(anchor, make("b", {}, bdi(thing.name)), make("p", {}, said(cls, thing.type), surface !== thing.name ? ` · ${words().as} ` : "", surface !== thing.name ? bdi(surface) : ""),
      thing.aliases.length ? make("p", {}, `${words().alias} `, bdi(few(thing.aliases))) : null,
      thing.resolved || thing.type === "Date" ? null : make("p", {}, words().unresolved),
      thing.withdrawn ? make("p", { class: "withdrawn" }, `${words().withdrawn}：`, bdi(thing.withdrawn)) : null);
  }

  function tip(anchor, ...content) {
    const box = byId("tip");
    box.replaceChildren(...content.filter(Boolean));
    box.hidden = false;
    const rects = anchor.getClientRects();
    const at = rects[0] || anchor.getBoundingClientRect();
    const [width, height] = [box.offsetWidth, box.offsetHeight];
    const bottom = anchor.classList.contains("arc") ? Math.min(at.bottom, Math.max(at.top + 30, window.innerHeight / 2)) : at.bottom;
    const below = bottom + 10 + height < window.innerHeight;
    box.style.left = `${Math.max(8, Math.min(window.innerWidth - width - 8, anchor.classList.contains("arc") ? at.right + 8 : at.left))}px`;
    box.style.top = `${Math.max(8, below ? bottom + 8 : at.top - height - 8)}px`;
  }

  function hideTip() { byId("tip").hidden = true; }

  function listenToText() {
    const places = [byId("raw"), byId("read")];
    for (const place of places) {
      place.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse") rest(() => over(event.target)); });
      place.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") rest(() => over(null)); });
      place.addEventListener("focusin", (event) => { if (event.target.closest("[data-join], [data-move]")) over(event.target); });
      place.addEventListener("focusout", () => rest(() => over(null)));
      place.addEventListener("click", (event) => {
        over(event.target);
        const leaf = event.target.closest(".t");
        if (!leaf || (window.getSelection() && String(window.getSelection()))) return;
        const row = leaf.closest("[data-line]");
        if (row) {
          const found = leafAt(leaf, rawLeaves);
          const counterpart = (lineLeaves.get(Number(row.dataset.line)) || [])[0];
          if (found && counterpart) followText(Number(row.dataset.line), found.start);
        } else {
          const article = articles[Number(leaf.closest("[data-article]").dataset.article)];
          const found = leafAt(leaf, article.leaves);
          if (found) bring(byId("raw"), rows[found.line].element);
          const group = found && groupAt(article, found.start);
          if (group && !event.target.closest("[data-mention]")) {
            const first = group.items.find((item) => !item.element.hidden);
            choose(first, false);
            bring(byId("list"), first.element);
          }
        }
      });
    }
  }

  /** Show where a character of the page is in its article. */
  function followText(line, at) {
    const leaves = lineLeaves.get(line);
    const article = articles[leaves[0].article];
    if (article.folded) setFolded(leaves[0].article, false);
    const piece = article.pieces.find(([start, end, from]) => from <= at && at < from + end - start);
    const found = piece ? within(article.leaves, piece[0] + at - piece[2], piece[0] + at - piece[2] + 1)[0] : leaves[0];
    bring(byId("read"), (found || leaves[0]).element);
  }

  // ---- search --------------------------------------------------------------------------------------------------

  let hits = [];
  let hitAt = 0;

  /** Return a text folded for comparing, and where each of its characters comes from. */
  function folded(chars) {
    let text = "";
    const from = [];
    chars.forEach((char, i) => {
      const plain = char.normalize("NFKC").toLowerCase();
      text += plain;
      for (let j = 0; j < plain.length; j += 1) from.push(i);
    });
    return { text, from };
  }

  const foldedPage = folded(pageChars);
  const foldedArticles = articles.map((article) => folded(article.chars));

  function places({ text, from }, wanted) {
    const found = [];
    for (let at = text.indexOf(wanted); at >= 0 && found.length < 2000; at = text.indexOf(wanted, at + wanted.length)) found.push([from[at], from[at + wanted.length - 1] + 1]);
    return found;
  }

  function find(query) {
    const wanted = folded(Array.from(query.trim())).text;
    if (!wanted) return [];
    const found = foldedArticles.flatMap((text, number) => places(text, wanted).map((span) => ({ article: number, span, ranges: toPage(articles[number], ...span) })));
    const known = new Set(found.map((hit) => (hit.ranges[0] || [])[0]));
    for (const span of places(foldedPage, wanted)) if (!known.has(span[0])) found.push({ article: -1, span: null, ranges: [span] });
    return found.sort((a, b) => ((a.ranges[0] || [0])[0]) - ((b.ranges[0] || [0])[0]));
  }

  function textRanges(leaves, start, end) {
    return within(leaves, start, end).map((leaf) => {
      const node = leaf.element.firstChild;
      const chars = Array.from(node.data);
      const units = (count) => chars.slice(0, Math.max(0, count)).join("").length;
      const range = document.createRange();
      range.setStart(node, units(start - leaf.start));
      range.setEnd(node, units(Math.min(end, leaf.end) - leaf.start));
      return range;
    });
  }

  const hitRanges = (hit) => [...(hit.span ? textRanges(articles[hit.article].leaves, ...hit.span) : []), ...hit.ranges.flatMap((span) => textRanges(rawLeaves, ...span))];

  function showHits(scroll) {
    byId("hits").textContent = byId("search").value.trim() ? words().hits(hits.length ? hitAt + 1 : 0, hits.length) : "";
    for (const element of document.querySelectorAll(".t.found")) element.classList.remove("found");
    if (window.CSS && CSS.highlights) {
      CSS.highlights.set("found", new Highlight(...hits.flatMap(hitRanges)));
      const now = new Highlight(...(hits.length ? hitRanges(hits[hitAt]) : []));
      now.priority = 1;
      CSS.highlights.set("found-now", now);
    } else if (hits.length) {
      for (const range of hitRanges(hits[hitAt])) range.startContainer.parentNode.classList.add("found");
    }
    if (!scroll || !hits.length) return;
    const hit = hits[hitAt];
    if (hit.span) {
      if (articles[hit.article].folded) setFolded(hit.article, false);
      const [leaf] = within(articles[hit.article].leaves, ...hit.span);
      if (leaf) bring(byId("read"), leaf.element);
    }
    showTab(hit.span ? "read" : "raw");
    const [leaf] = hit.ranges.length ? within(rawLeaves, ...hit.ranges[0]) : [];
    if (leaf) bring(byId("raw"), leaf.element);
  }

  function nextHit(by) {
    if (!hits.length) return;
    hitAt = (hitAt + by + hits.length) % hits.length;
    showHits(true);
  }

  function search() {
    hits = find(byId("search").value);
    hitAt = 0;
    showHits(true);
  }

  // ---- words, switches, keys -----------------------------------------------------------------------------------

  function showTab(name) {
    byId("raw").parentNode.dataset.tab = name;
    for (const one of ["raw", "read"]) byId(`tab-${one}`).setAttribute("aria-selected", String(one === name));
  }

  function fillFolds() {
    for (const article of articles) {
      const fold = article.element.querySelector(".fold");
      fold.textContent = article.folded ? "▸" : "▾";
      fold.setAttribute("aria-label", article.folded ? words().unfold : words().fold);
      fold.setAttribute("aria-expanded", String(!article.folded));
    }
    const all = articles.length > 0 && articles.every((article) => article.folded);
    byId("fold-all").textContent = all ? words().unfoldAll : words().foldAll;
    byId("fold-all").hidden = articles.length < 2;
  }

  function fillLegend() {
    byId("legend-title").textContent = words().legend;
    const off = new Set([...byId("classes").querySelectorAll("input:not(:checked)")].map((input) => input.value));
    byId("classes").replaceChildren(...model.classes.map((cls) => {
      const box = make("input", { type: "checkbox", value: cls.name, change: (event) => switchClass(cls.name, event.target.checked) });
      box.checked = !off.has(cls.name);
      return make("label", {}, box, make("span", { class: "m", "data-class": cls.name, "data-sign": cls.sign }, cls[language]));
    }));
    byId("signs-label").lastElementChild.textContent = words().signs;
    byId("least-label").firstElementChild.textContent = words().least;
  }

  function switchClass(name, on) {
    for (const article of articles) {
      article.mentions.forEach(([, , thing], i) => {
        if (model.things[thing].type === name) article.marks[i].forEach((element) => element.classList.toggle("off", !on));
      });
    }
  }

  function fillWords() {
    document.documentElement.lang = language === "zh" ? "zh" : "en";
    byId("title").textContent = model.id;
    byId("where").textContent = [model.paper, model.issueDate, model.pageNumber ? words().number(model.pageNumber) : "", model.source].filter(Boolean).join(" · ");
    byId("search").placeholder = words().searchHint;
    byId("search").setAttribute("aria-label", words().search);
    byId("language").textContent = words().other;
    byId("raw-title").textContent = words().raw(model.lines.length);
    byId("read-title").textContent = words().read(articles.length);
    byId("tab-raw").textContent = words().tabRaw;
    byId("tab-read").textContent = `${words().tabRead} · ${articles.length}`;
    byId("keys").textContent = words().keys;
    for (const [id, word] of [["hit-before", "before"], ["hit-after", "after"], ["before", "beforeItem"], ["after", "afterItem"], ["fold-facts", "foldFacts"]]) {
      byId(id).setAttribute("aria-label", words()[word]);
      byId(id).title = words()[word];
    }
    const sample = (kind, dash) => make("span", {}, set(draw("svg", { width: "20", height: "12", "aria-hidden": "true" },
      draw("path", { d: "M1 6H19", fill: "none", stroke: `var(${kind === "moves" ? "--move" : "--accent"})`, "stroke-width": "1.8", ...(dash ? { "stroke-dasharray": "5 3" } : {}) })), {}), words()[kind]);
    byId("raw-key").replaceChildren(...(repairs.some((one) => one.kind === "join") ? [sample("joins", false)] : []), ...(repairs.some((one) => one.kind === "move") ? [sample("moves", true)] : []));
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = words()[element.dataset.word];
    for (const row of rows) if (row && words()[row.kind] && row.kind !== "article") row.body.dataset.note = words()[row.kind];
    for (const button of document.querySelectorAll(".apparatus button")) {
      const kind = button.dataset.join ? "join" : "move";
      const [number, i] = button.dataset[kind].split(":").map(Number);
      const one = articles[number][`${kind}s`][i];
      button.replaceChildren(make("b", {}, kind === "join" ? `${one.first}⌇${one.second}` : `${runs(one.lines)}↷${one.after}`),
        make("span", {}, `${repairTitle({ kind, one })}：`, bdi(repairReason(one))));
    }
    for (const seam of document.querySelectorAll(".seam")) seam.setAttribute("aria-label", words().line(seam.dataset.no));
    for (const old of document.querySelectorAll(".none")) old.remove();
    if (!articles.length) byId("articles").append(make("p", { class: "none" }, words().noArticles));
    if (!items.length) byId("list").append(make("p", { class: "none" }, words().noFacts));
    if (!model.lines.length) byId("lines").append(make("li", { class: "none" }, words().emptyPage));
    byId("notice").textContent = model.notices.join(" ");
    byId("notice").hidden = !model.notices.length;
    fillTheme();
    fillLegend();
    fillFolds();
    fillList();
    showHits(false);
  }

  function fillTheme() {
    const dark = document.documentElement.dataset.theme === "dark";
    byId("theme").textContent = dark ? words().light : words().dark;
  }

  function setTheme(dark) {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    fillTheme();
    drawRibbons();
  }

  function escape() {
    if (!byId("tip").hidden) hideTip();
    if (document.activeElement === byId("search") || byId("search").value) {
      byId("search").value = "";
      search();
      byId("search").blur();
    } else {
      choose(null, false);
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    }
    pinnedLines = [];
    over(null);
  }

  function listen() {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", (event) => setTheme(event.matches));
    byId("theme").addEventListener("click", () => setTheme(document.documentElement.dataset.theme !== "dark"));
    byId("language").addEventListener("click", () => {
      language = language === "zh" ? "en" : "zh";
      fillWords();
      measure();
    });
    byId("search").addEventListener("input", search);
    byId("search").addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        nextHit(event.shiftKey ? -1 : 1);
      }
    });
    byId("hit-before").addEventListener("click", () => nextHit(-1));
    byId("hit-after").addEventListener("click", () => nextHit(1));
    byId("before").addEventListener("click", () => step(-1));
    byId("after").addEventListener("click", () => step(1));
    byId("signs").addEventListener("change", (event) => {
      document.body.classList.toggle("signs", event.target.checked);
      measure();
    });
    byId("least").addEventListener("input", fillList);
    byId("legend").addEventListener("toggle", measure);
    byId("fold-all").addEventListener("click", () => {
      const all = articles.every((article) => article.folded);
      articles.forEach((article) => { article.folded = !all; article.element.classList.toggle("folded", !all); });
      fillFolds();
      measure();
    });
    byId("fold-facts").addEventListener("click", (event) => {
      const folded_ = event.currentTarget.closest("main").classList.toggle("wide-text");
      event.currentTarget.textContent = folded_ ? "▴" : "▾";
      event.currentTarget.setAttribute("aria-expanded", String(!folded_));
      measure();
    });
    for (const name of ["raw", "read"]) byId(`tab-${name}`).addEventListener("click", () => showTab(name));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return escape();
      if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element) || event.target.closest("input, summary")) return undefined;
      const scrolling = event.target.closest("#raw, #read"); // arrows scroll the text there
      const by = { j: 1, k: -1, ...(scrolling ? {} : { ArrowDown: 1, ArrowUp: -1 }) }[event.key];
      if (by) step(by);
      else if (event.key === "/") byId("search").focus();
      else return undefined;
      event.preventDefault();
      return undefined;
    });
    new ResizeObserver(() => measure()).observe(byId("sheet"));
    new ResizeObserver(() => measure()).observe(byId("articles"));
    new ResizeObserver(() => drawRibbons()).observe(byId("ribbons"));
    let before = null;
    window.addEventListener("beforeprint", () => { before = document.documentElement.dataset.theme; setTheme(false); });
    window.addEventListener("afterprint", () => setTheme(before === "dark"));
    listenToScrolling();
    listenToText();
  }

  // ---- everything together -------------------------------------------------------------------------------------

  document.documentElement.dataset.theme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const { inArticles, inPage } = bounds();
  buildRaw(inPage);
  buildArticles(inArticles.map((points) => [...points].sort((a, b) => a - b)));
  order();
  signDoubts();
  buildList();
  showTab(articles.length ? "read" : "raw");
  if (window.innerWidth > 700) byId("legend").open = true;
  fillWords();
  listen();
  measure();
  document.body.dataset.ready = "true";
})();
