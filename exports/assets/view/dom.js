// Building blocks of the interface. What comes from newspapers is put in as text only: never as markup.
(() => {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const { model, nodeOf } = kg;
  const classOf = new Map(model.classes.map((cls) => [cls.name, cls]));
  const relationOf = new Map(model.relations.map((relation) => [relation.name, relation]));
  const DASHES = { planned: "7 5", reported: "2 4", denied: "10 3 2 3", inferred: "1 4" };

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (typeof value === "boolean") element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  const text = (value) => make("bdi", {}, String(value));

  function drawing(width, height, ...children) {
    const svg = document.createElementNS(SVG, "svg");
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" })) {
      svg.setAttribute(name, value);
    }
    for (const [tag, attributes] of children) {
      const child = document.createElementNS(SVG, tag);
      for (const [name, value] of Object.entries(attributes)) child.setAttribute(name, value);
      svg.append(child);
    }
    return svg;
  }

  const OUTLINES = {
    square: "3,3 13,3 13,13 3,13",
    diamond: "8,1 15,8 8,15 1,8",
    triangle: "8,2 15,14 1,14",
    triangleDown: "8,14 15,2 1,2",
    hexagon: "4.5,2 11.5,2 15,8 11.5,14 4.5,14 1,8",
    star: "8,0.5 10.2,5.6 15.7,6.1 11.5,9.7 12.8,15.2 8,12.2 3.2,15.2 4.5,9.7 0.3,6.1 5.8,5.6",
  };

  function symbol(type) {
    const { shape, colour, border } = classOf.get(type) || { shape: "dot", colour: "#ffffff", border: "#777777" };
    const paint = { fill: colour, stroke: border, "stroke-width": 1.5, "stroke-linejoin": "round" };
    const outline = OUTLINES[shape];
    return drawing(16, 16, outline ? ["polygon", { points: outline, ...paint }] : ["circle", { cx: 8, cy: 8, r: 6, ...paint }]);
  }

  const nameOf = (id) => {
    if (nodeOf.has(id)) return nodeOf.get(id).name;
    const article = model.articles[id];
    return article ? `《${article.headline || article.name}》` : id;
  };
  const typeOf = (id) => (nodeOf.has(id) ? nodeOf.get(id).type : "Article");
  const label = (described, name) => (described ? described[kg.state.language] : name);
  const className = (type) => label(classOf.get(type), type);
  const relationName = (name) => label(relationOf.get(name), name);

  const entity = (id, note) => make("button", { type: "button", class: "item", "data-node": id, click: () => (nodeOf.has(id) ? kg.select({ node: id }, "near") : null) },
    symbol(typeOf(id)), text(nameOf(id)), note ? make("small", {}, note) : null);

  /** Return one line of text fit for a label: no controls, not longer than `most` characters. */
  function short(name, most) {
    const plain = [...name.replace(/[\p{C}\s]+/gu, " ").trim()];
    return plain.length > most ? `${plain.slice(0, most - 1).join("")}…` : plain.join("");
  }

  Object.assign(kg, { SVG, DASHES, OUTLINES, classOf, relationOf, make, text, drawing, symbol, nameOf, typeOf, label, className, relationName, entity, short });
})();
