// What is seen, as a file: SVG (written here), PNG (that SVG, painted by the browser), CSV; and on paper.
(() => {
  "use strict";

  const { model, state, byId, say, regions } = kg;
  const MARGIN = 8;

  /** Return text as it may stand in XML: escaped, and without what XML must not hold. */
  const xml = (text) => String(text).replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  const n = (value) => String(Math.round(value * 10) / 10);

  function shape(name, x, y, radius, look) {
    const outline = kg.OUTLINES[name];
    if (!outline) return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" ${look}/>`;
    const points = outline.split(" ").map((corner) => {
      const [left, top] = corner.split(",").map(Number);
      return `${n(x + ((left - 8) / 6.5) * radius)},${n(y + ((top - 8) / 6.5) * radius)}`;
    });
    return `<polygon points="${points.join(" ")}" ${look}/>`;
  }

  /** Return the picture as it is seen as SVG. */
  function svg() {
    const { by, x, y, width, height } = kg.stage.screen();
    const { paintOf, sizeOf, ink, mixed, widthOf } = kg.stage.paint;
    const seen = kg.stage.seen();
    const near = kg.near();
    const colours = ink();
    const at = (one) => [x + one.x * by, y + one.y * by];
    const inside = ([px, py], room) => px > -room && py > -room && px < width + room && py < height + room;
    const parts = [`<rect width="${n(width)}" height="${n(height)}" fill="${colours.paper}"/>`];
    for (const district of regions.districts) {
      const [px, py] = at(district);
      if (!state.folded.has(district.id) && inside([px, py], district.radius * by)) {
        parts.push(`<circle cx="${n(px)}" cy="${n(py)}" r="${n(district.radius * by)}" fill="${mixed(district.tint, 0.07)}" stroke="${mixed(district.tint, 0.4)}"/>`);
      }
    }
    const line = (from, to, look) => {
      const [[ax, ay], [bx, by2]] = [at(from), at(to)];
      if (Math.max(ax, bx) < 0 || Math.min(ax, bx) > width || Math.max(ay, by2) < 0 || Math.min(ay, by2) > height) return;
      parts.push(`<line x1="${n(ax)}" y1="${n(ay)}" x2="${n(bx)}" y2="${n(by2)}" ${look}/>`);
    };
    for (const edge of seen.edges) {
      const lit = near && near.edges.has(edge.id);
      const dash = kg.DASHES[edge.line] ? ` stroke-dasharray="${kg.DASHES[edge.line]}"` : "";
      const opacity = n((near ? (lit ? 10 : 1) : edge.unsure ? 2 : 4.5)) / 10;
      line(edge.source, edge.target, `stroke="${lit ? colours.lit : colours.edge}" stroke-opacity="${opacity}" stroke-width="${n(Math.min(3.5, 0.7 + 0.5 * edge.sources))}"${dash}`);
    }
    const most = Math.max(1, ...seen.sums.map(({ count }) => count));
    const one = (id) => regions.named.get(id) || kg.nodeOf.get(id);
    for (const { a, b, count } of seen.sums) line(one(a), one(b), `stroke="${colours.edge}" stroke-opacity="0.35" stroke-width="${n(widthOf(count, most))}"`);
    for (const region of seen.regions) {
      const [px, py] = at(region);
      if (inside([px, py], region.radius * by)) parts.push(shape("dot", px, py, region.radius * by, `fill="${mixed(region.tint, 0.55)}" stroke="${region.tint}"`));
    }
    for (const node of [...seen.nodes].sort((a, b) => a.degree - b.degree)) {
      const spot = at(node);
      if (!inside(spot, 40)) continue;
      const [fill, border] = paintOf(node);
      const pale = near && !near.nodes.has(node.id) ? ' opacity="0.2"' : "";
      parts.push(shape(kg.classOf.get(node.type).shape, ...spot, kg.pixels(sizeOf(node) * by), `fill="${fill}" stroke="${border}"${pale}`));
    }
    const style = getComputedStyle(document.documentElement);
    // attributes, since the policy of this page would refuse a style sheet where the drawing is printed
    parts.push('<g paint-order="stroke" stroke-width="3" stroke-linejoin="round">');
    for (const label of kg.stage.labels()) {
      const look = `font-size="${n(label.size)}"${label.bold ? ' font-weight="bold"' : ""} fill="${style.getPropertyValue("--ink").trim()}"`;
      label.lines.forEach((words, row) => {
        const down = label.top + (row + 0.5) * ((label.bottom - label.top) / label.lines.length) + label.size * 0.36;
        parts.push(`<text x="${n((label.left + label.right) / 2)}" y="${n(down)}" ${look} stroke="${colours.paper}">${xml(words)}</text>`);
      });
    }
    parts.push("</g>");
    const font = xml(kg.FONT);
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" font-family="${font}" text-anchor="middle">`
      + `<title>${xml(model.title || say().title)}</title>${parts.join("")}</svg>`;
  }

  function download(content, type, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(content, { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function png() {
    const { width, height } = kg.stage.screen();
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([svg()], { type: "image/svg+xml" }));
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * 2, height * 2];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    const blob = await new Promise((done) => { canvas.toBlob(done, "image/png"); });
    download([blob], "image/png", "union-news.png");
  }

  /** Return a cell of a table; what a spreadsheet would take for a formula is marked as text. */
  function cell(value) {
    const text = /^[=+\-@\t\r]/.test(String(value)) ? `'${value}` : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }

  /** Return the facts that are seen, a row for each sentence behind them. */
  function csv() {
    const { by, x, y, width, height } = kg.stage.screen();
    const onScreen = (node) => {
      const one = regions.foldOf(node) || node;
      const [px, py] = [x + one.x * by, y + one.y * by];
      return px >= -MARGIN && py >= -MARGIN && px <= width + MARGIN && py <= height + MARGIN;
    };
    const near = kg.near();
    const edges = kg.drawn.filter((edge) => (near ? near.edges.has(edge.id) : !edge.hidden && onScreen(edge.source) && onScreen(edge.target)));
    const rows = edges.flatMap((edge) => {
      const more = Object.entries(edge.values).map(([name, value]) => `${name}=${value}`).join("; ");
      const fact = [kg.nameOf(edge.from), kg.className(edge.source.type), kg.relationName(edge.relation), kg.nameOf(edge.to), kg.className(edge.target.type),
        edge.line === "inferred" ? say().inferred : say()[edge.status] || edge.status, edge.confidence, edge.sources, more];
      const said = edge.evidence.map((item) => {
        const article = model.articles[item.article] || {};
        return [...fact, article.paper || "", article.issueDate || "", item.page, item.lines, article.headline || "", item.quote];
      });
      return said.length ? said : [[...fact, "", "", "", "", "", ""]];
    });
    return [say().csv, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
  }

  kg.save = {
    svg: () => download([svg()], "image/svg+xml", "union-news.svg"),
    png,
    csv: () => download(["\ufeff", csv(), "\r\n"], "text/csv", "union-news.csv"),
  };

  // What WebGL has drawn does not reach paper; the SVG does.
  let theme = "";
  window.addEventListener("beforeprint", () => {
    if (!kg.hasWebGL) return;
    theme = document.documentElement.dataset.theme || "";
    document.documentElement.dataset.theme = "light"; // paper is white
    const parsed = new DOMParser().parseFromString(svg(), "image/svg+xml");
    byId("print").replaceChildren(document.importNode(parsed.documentElement, true));
  });
  window.addEventListener("afterprint", () => {
    byId("print").replaceChildren();
    if (!kg.hasWebGL) return;
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  });
})();
