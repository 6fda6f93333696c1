// The slider over the dates of activities: two thumbs on a track, below the months in which something took place.
(() => {
  "use strict";

  const { model, state, byId, say, SVG } = kg;
  const DAY = 86400000;
  let days = null; // the first and the last day, as numbers of days
  let dated = [];

  const number = (iso) => Math.floor(Date.parse(`${iso}T00:00:00Z`) / DAY);
  const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

  /** Return a date of the data as a day: a year or a month alone is its first day, or its last. */
  function whole(date, last) {
    const [year, month, day] = String(date).split("-").map(Number);
    if (!year) return null;
    const found = day ? Date.UTC(year, month - 1, day) : month ? Date.UTC(year, last ? month : month - 1, last ? 0 : 1) : Date.UTC(year, last ? 11 : 0, last ? 31 : 1);
    return Number.isNaN(found) ? null : Math.floor(found / DAY);
  }

  function prepare() {
    for (const node of model.nodes) {
      const [start, end] = kg.dayOf(node);
      const from = start === undefined ? null : whole(start, false);
      const to = end === undefined ? null : whole(end, true);
      if (from !== null && to !== null) dated.push({ node, from, to });
    }
    dated.sort((a, b) => a.from - b.from);
    if (dated.length < 2) return false;
    // A single misread year must not squeeze all others into a corner: the track holds all but the outermost of many.
    const spare = dated.length > 200 ? Math.floor(dated.length / 500) : 0;
    const ends = dated.map(({ to }) => to).sort((a, b) => a - b);
    const [first, last] = [dated[spare].from, ends[ends.length - 1 - spare]];
    if (last > first) days = [first, last];
    return days !== null; // on one day alone there is nothing to choose
  }

  function fillMonths() {
    const [first, last] = days;
    const bins = Math.min(120, Math.max(1, Math.ceil((last - first + 1) / 30)));
    const counts = new Array(bins).fill(0);
    for (const { from } of dated) {
      const at = Math.floor(((from - first) / (last - first + 1)) * bins);
      if (at >= 0 && at < bins) counts[at] += 1;
    }
    const most = Math.max(...counts);
    byId("months").setAttribute("viewBox", `0 0 ${bins} 1`);
    byId("months").replaceChildren(...counts.map((count, at) => {
      const bar = document.createElementNS(SVG, "rect");
      const height = count ? Math.max(0.06, count / most) : 0;
      for (const [name, value] of Object.entries({ x: at + 0.08, y: 1 - height, width: 0.84, height })) bar.setAttribute(name, value);
      return bar;
    }));
  }

  const thumbs = () => [byId("day-from"), byId("day-to")];

  function show() {
    const [from, to] = thumbs().map((thumb) => Number(thumb.value));
    const count = dated.filter((one) => one.to >= from && one.from <= to).length;
    byId("timeline-said").textContent = `${iso(from)} ${say().until} ${iso(to)} · ${say().dated(count)}`;
    thumbs()[0].setAttribute("aria-valuetext", iso(from));
    thumbs()[1].setAttribute("aria-valuetext", iso(to));
    byId("months").querySelectorAll("rect").forEach((bar, at, bars) => {
      const middle = days[0] + ((at + 0.5) / bars.length) * (days[1] - days[0] + 1);
      bar.classList.toggle("out", middle < from - 15 || middle > to + 15);
    });
  }

  function read() {
    const [from, to] = thumbs().map((thumb) => Number(thumb.value));
    const all = from <= days[0] && to >= days[1] && state.undated;
    state.dates = all ? null : [from <= days[0] ? "0000-01-01" : iso(from), to >= days[1] ? "9999-12-31" : iso(to)];
  }

  let timer = 0;
  /** Filter a moment after the last change: at 50,000 nodes not every step of a drag can be drawn. */
  function later() {
    show();
    clearTimeout(timer);
    timer = setTimeout(() => { read(); kg.applyFilters(); }, 120);
  }

  kg.timeline = {
    start() {
      if (!prepare()) return;
      byId("timeline").hidden = false;
      byId("stage").classList.add("timed");
      for (const thumb of thumbs()) Object.assign(thumb, { min: days[0], max: days[1] });
      [byId("day-from").value, byId("day-to").value] = days;
      fillMonths();
      byId("day-from").addEventListener("input", () => {
        byId("day-from").value = Math.min(Number(byId("day-from").value), Number(byId("day-to").value));
        later();
      });
      byId("day-to").addEventListener("input", () => {
        byId("day-to").value = Math.max(Number(byId("day-from").value), Number(byId("day-to").value));
        later();
      });
      byId("undated").addEventListener("change", () => { state.undated = byId("undated").checked; later(); });
    },
    /** Set the thumbs to dates, null for all. */
    set(dates, undated) {
      if (!days) return;
      byId("day-from").value = dates ? Math.max(days[0], number(dates[0]) || days[0]) : days[0];
      byId("day-to").value = dates ? Math.min(days[1], number(dates[1]) || days[1]) : days[1];
      byId("undated").checked = undated;
      state.undated = undated;
      read();
      show();
    },
    fill() {
      if (!days) return;
      byId("timeline-title").textContent = say().timeline;
      byId("undated-said").textContent = say().undated;
      thumbs()[0].setAttribute("aria-label", say().from);
      thumbs()[1].setAttribute("aria-label", say().to);
      byId("first-day").textContent = iso(days[0]);
      byId("last-day").textContent = iso(days[1]);
      show();
    },
  };
})();
