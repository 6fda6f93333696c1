// Labels, which never cover each other: drawn at a steady size on the screen, the most important first, each only
// where it covers nothing. Both kinds of page place theirs with this.
(() => {
  "use strict";

  const FONT = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Hiragino Sans GB", system-ui, sans-serif';
  const [WIDE, HIGH] = [96, 48]; // of the cells in which covered room is looked up

  class Labels {
    /** `area` is the part of the screen that labels may use: width and height in CSS pixels. */
    constructor(context, area) {
      this.context = context;
      this.area = area;
      this.cells = new Map();
      this.shown = [];
      const style = getComputedStyle(document.documentElement);
      this.colours = Object.fromEntries(["ink", "soft", "pale", "paper"].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
      context.textBaseline = "middle";
      context.lineJoin = "round";
    }

    * keys(box) {
      const bottom = Math.floor(box.bottom / HIGH);
      for (let x = Math.floor(box.left / WIDE); x <= Math.floor(box.right / WIDE); x += 1) {
        for (let y = Math.floor(box.top / HIGH); y <= bottom; y += 1) yield x * 4096 + y;
      }
    }

    /** Keep labels off a box; one with a `rank` may be covered by the name of what ranks before it (`over`: its own rank). */
    block(box) {
      for (const key of this.keys(box)) {
        const cell = this.cells.get(key);
        if (cell) cell.push(box);
        else this.cells.set(key, [box]);
      }
    }

    /** Whether a box covers nothing but what belongs to `owner`. */
    free(box, owner, over) {
      for (const key of this.keys(box)) {
        for (const other of this.cells.get(key) || []) {
          if (other.owner !== owner && !(other.rank > over) && box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) {
            return false;
          }
        }
      }
      return true;
    }

    width(lines, size, bold) {
      this.context.font = `${bold ? "bold " : ""}${size}px ${FONT}`;
      return Math.max(...lines.map((line) => this.context.measureText(line).width));
    }

    /**
     * Put `lines` at the first of `places` ({x, y, align}: the middle of the left, right or whole text) that is free,
     * and say where; `what` tells in `shown` what the label is of. Returns null where there is no room.
     */
    put(lines, places, { what, owner, size, bold = false, colour = "ink", halo = true, inside = false, upright = false }) {
      const width = this.width(lines, size, bold);
      const height = lines.length * size * 1.22;
      for (const { x, y, align, over } of places) {
        const left = { left: x, center: x - width / 2, right: x - width }[align];
        const box = { left: left - 2, right: left + width + 2, top: y - height / 2, bottom: y + height / 2, owner: `label of ${owner}` };
        if (inside && (box.left < 1 || box.right > this.area.width - 1 || box.top < 0 || box.bottom > this.area.height)) continue;
        if (upright && (box.top < 1 || box.bottom > this.area.height - 1)) continue;
        if (box.right < 0 || box.left > this.area.width || box.bottom < 0 || box.top > this.area.height) continue;
        if (!this.free(box, owner, over)) continue;
        this.block(box);
        this.write(lines, x, box.top, { size, bold, align, colour: this.colours[colour] || colour, halo });
        this.shown.push({ ...what, text: lines.join(""), lines, left: box.left, right: box.right, top: box.top, bottom: box.bottom, size, bold });
        return box;
      }
      return null;
    }

    write(lines, x, top, { size, bold, align, colour, halo }) {
      const { context } = this;
      context.font = `${bold ? "bold " : ""}${size}px ${FONT}`;
      context.textAlign = align;
      if (halo) {
        context.strokeStyle = this.colours.paper;
        context.lineWidth = 3.5;
        lines.forEach((line, row) => context.strokeText(line, x, top + (row + 0.5) * size * 1.22));
      }
      context.fillStyle = colour;
      lines.forEach((line, row) => context.fillText(line, x, top + (row + 0.5) * size * 1.22));
    }
  }

  Object.assign(kg, { Labels, FONT });
})();
