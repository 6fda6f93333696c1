"""Jobs: pages with a picture, written and opened in a real Chromium, and what pyvis makes of the same graph by itself.

The browser reaches no network, and what a page asks of it is counted. A page that is not usable within the time it is
given ends the job with the figures so far: that it took longer is one of them.
"""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests import live
from tests.bench.measure import measured, programs_cpu

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page, ViewportSize

__all__ = ["opened", "plain", "written"]

WIDE: ViewportSize = {"width": 1400, "height": 900}
STEPS = 4  # of zooming in, and as many out again
WORDS = ("总", "总工", "总工会", "j", "jw", "jwz")  # typed one after the other: characters, then initials

# Tells when a page is usable. Our pages say so. pyvis draws a first time, and covers it with a bar until nodes rest.
LISTEN = """
(() => {
  const say = (what) => console.log(`bench ${what} ${performance.now()}`);
  new MutationObserver((all, observer) => {
    if (!document.body || !document.body.dataset.ready) return;
    observer.disconnect();
    say("usable");
  }).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });
  let network;
  Object.defineProperty(window, "network", {
    configurable: true,
    get: () => network,
    set(made) {
      network = made;
      if (!made || document.querySelector("#stage")) return;
      const still = !made.physics.physicsEnabled;
      made.once("afterDrawing", () => say(still ? "usable" : "drawn"));
      if (!still) made.once("stabilizationIterationsDone", () => say("usable"));
    },
  });
})();
"""
FRAME = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# How each kind of page is zoomed by a factor, and what of it takes turns of the wheel.
ZOOM = {
    "whole": "kg.stage.setView({ ...kg.stage.view(), ratio: kg.stage.view().ratio / factor })",
    "focused": "network.moveTo({ scale: network.getScale() * factor })",
    "plain": "network.moveTo({ scale: network.getScale() * factor })",
}
WHEEL = {"whole": "#canvas .sigma-mouse", "focused": "#mynetwork canvas", "plain": "#mynetwork canvas"}
# Levels at which labels are looked at: `look(level)` brings one of the best connected nodes to the middle.
LEVELS: Mapping[str, tuple[float, ...]] = {
    "whole": (1, 0.4, 0.15, 0.06, 0.02),
    "focused": (0.15, 0.4, 0.8, 1.5, 3),
    "plain": (0.15, 0.4, 0.8, 1.5, 3),
}
LOOK = {
    "whole": """async (ratio) => {
      const wait = (ms) => new Promise((done) => setTimeout(done, ms));
      kg.stage.setView({ x: 0.5, y: 0.5, ratio, angle: 0 });
      await FRAME;
      const at = picture.spot(kg.ranked[Math.min(40, kg.ranked.length - 1)].id);
      const { width, height } = kg.stage.screen();
      if (ratio < 1) kg.stage.pan(at.x - width / 2, at.y - height / 2);
      await wait(500);
      await FRAME;
    }""",
    "focused": """async (scale) => {
      const id = model => model.nodes.reduce((best, node) => (node.degree > best.degree ? node : best)).id;
      network.moveTo({ position: network.getPosition(id(kg.model)), scale });
      await FRAME;
    }""",
    "plain": """async (scale) => {
      const joined = (id) => network.getConnectedEdges(id).length;
      const best = network.body.nodeIndices.reduce((one, id) => (joined(id) > joined(one) ? id : one));
      network.moveTo({ position: network.getPosition(best), scale });
      await FRAME;
    }""",
}
LABELS = {
    "whole": "() => picture.labels()",
    "focused": "() => picture.labels()",
    "plain": """() => {
      const [scale, box] = [network.getScale(), document.querySelector("#mynetwork canvas").getBoundingClientRect()];
      const drawn = ({ x, y, options, labelModule }) => {
        const at = network.canvasToDOM({ x, y });
        const read = options.label && labelModule.fontOptions.size * scale >= 5; // it draws no smaller ones
        return read && at.x > 0 && at.y > 0 && at.x < box.width && at.y < box.height;
      };
      return Object.values(network.body.nodes).filter(drawn).map((node) => {
        const { left, top, width, height } = node.labelModule.getSize();
        const at = network.canvasToDOM({ x: left, y: top });
        return { left: at.x, top: at.y, right: at.x + width * scale, bottom: at.y + height * scale };
      });
    }""",
}
TIMED = """async () => {
  const start = performance.now();
  ACTION;
  await FRAME;
  return performance.now() - start;
}"""
TURNS = """async (selector) => {
  const stage = document.querySelector(selector);
  const box = stage.getBoundingClientRect();
  const [clientX, clientY] = [box.left + box.width / 2, box.top + box.height / 2];
  const frames = [];
  const begun = performance.now();
  let last = await new Promise(requestAnimationFrame);
  for (let turn = 0; turn < 4 || (turn < 40 && performance.now() - begun < 6000); turn += 1) {
    const deltaY = turn % 10 < 5 ? -100 : 100;
    stage.dispatchEvent(new WheelEvent("wheel", { deltaY, clientX, clientY, bubbles: true, cancelable: true }));
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - last);
    last = now;
  }
  return frames;
}"""


# -------------------------------------------------------------------------------------------------------------- writing


def written(size: int, path: str) -> dict[str, Any]:
    """Write the page of a made-up city: of a part as far as pyvis serves, of a whole graph beyond."""
    from exports.view import focused, whole
    from exports.view.select import everything
    from kg.pictures import FOCUSED
    from tests.view.worlds import world

    graph = world(size)
    maker = focused if size <= FOCUSED else whole
    selection = everything(graph)
    with measured() as layout:
        picture = maker.model(graph, selection)
    with measured() as write:
        made = maker.page(picture)
    Path(path).write_text(made, encoding="utf-8")
    return {
        "kind": "focused" if maker is focused else "whole",
        "layout": layout,
        "write": write,
        "nodes": len(picture["nodes"]),
        "edges": sum(edge["drawn"] for edge in picture["edges"]),
        "bytes": Path(path).stat().st_size,
    }


def plain(size: int, path: str, physics: bool) -> dict[str, Any]:
    """Write the same graph as one does with pyvis alone: nodes and edges as they come, and its page."""
    from pyvis.network import Network

    from exports.view.select import everything
    from tests.view.worlds import world

    graph = world(size)
    selection = everything(graph)
    with measured() as write:
        network = Network(height="750px", width="100%", directed=True, cdn_resources="in_line")
        for node in sorted(selection.nodes):
            data = graph.nodes[node]
            network.add_node(node, label=data["name"], title=data["type"])
        for u, v, data in graph.edges(data=True):
            if data["key"] in selection.edges:
                network.add_edge(u, v, title="\n".join([data["predicate"], *data["quotes"]]))
        if not physics:
            network.toggle_physics(False)
        made = network.generate_html(notebook=False)
    Path(path).write_text(made, encoding="utf-8")
    return {"write": write, "bytes": Path(path).stat().st_size}


# -------------------------------------------------------------------------------------------------------------- opening


def opened(path: str, kind: str, opens: int, limit: float) -> dict[str, Any]:
    """Open a page several times, and use it the last time; `kind` is whole, focused or plain, `limit` in seconds."""
    if lack := live.missing("browser"):
        return {"skipped": lack}
    answer: dict[str, Any] = {"opens": [], "requests": 0, "errors": []}
    with _browser() as browser:
        for number in range(opens):
            with _page(browser, answer) as page:
                took = _open(page, path, limit)
                answer["opens"].append(took)
                if "usable" not in took:
                    browser.close()  # before the page, whose process is busy
                    break
                if number == opens - 1:
                    _use(page, kind, answer)
    for name in ("drawn", "usable", "cpu"):
        values = [took[name] for took in answer["opens"] if name in took]
        answer[name] = statistics.median(values) if values else None
    return answer


@contextlib.contextmanager
def _browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    from tests.view.browser import ARGUMENTS

    unreachable = ("--host-resolver-rules=MAP * ~NOTFOUND", "--no-proxy-server")
    with sync_playwright() as playwright:
        arguments = [*ARGUMENTS, *unreachable]
        browser = playwright.chromium.launch(executable_path=live.chromium(), headless=True, args=arguments)
        yield browser
        browser.close()


@contextlib.contextmanager
def _page(browser: Browser, answer: dict[str, Any]) -> Iterator[Page]:
    """Give an empty page; what it asks for beside files is counted, and what it complains of is kept."""
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.add_init_script(LISTEN)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
    page.on("pageerror", lambda error: answer["errors"].append(str(error)))
    yield page
    answer["requests"] = max(answer["requests"], len(asked))
    if browser.is_connected():
        context.close()


def _open(page: Page, path: str, limit: float) -> dict[str, float]:
    """Open a file; return after how many ms it had drawn and was usable, and what CPU time that took."""
    from playwright.sync_api import ConsoleMessage, Error

    told: dict[str, float] = {}

    def listen(message: ConsoleMessage) -> None:
        words = message.text.split()
        if words[:1] == ["bench"]:
            told.setdefault(words[1], float(words[2]))

    page.on("console", listen)
    cpu, begun = programs_cpu("chrom"), time.monotonic()
    with contextlib.suppress(Error):
        page.goto(Path(path).as_uri(), wait_until="commit", timeout=1000 * limit)
    while "usable" not in told and time.monotonic() < begun + limit:
        with contextlib.suppress(Error):  # that there was no message within this time
            page.wait_for_event("console", timeout=1000 * min(1.0, limit))
    told["cpu"] = programs_cpu("chrom") - cpu
    return told


def _use(page: Page, kind: str, answer: dict[str, Any]) -> None:
    """Zoom, search and filter; where pages are ours labels are looked at, and what is folded is unfolded."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    answer["heap"] = _heap(session)
    answer["uses"] = {"": _moved(page, kind)}
    if kind == "plain":
        answer["uses"][""]["labels"] = _labels(page, kind)
        return
    answer["search"] = _times(page, *(f'{_TYPE}("{word}")' for word in WORDS))
    page.evaluate('() => { document.getElementById("search").value = ""; document.getElementById("search").blur(); }')
    answer["uses"][""] |= {**_filtered(page), "labels": _labels(page, kind)}
    if kind == "whole" and page.evaluate("() => kg.regions.level()") == "districts":
        (unfolding,) = _times(page, 'kg.regions.setLevel("all")')
        page.evaluate("() => kg.stage.setView({ x: 0.5, y: 0.5, ratio: 1, angle: 0 })")
        answer["uses"]["unfolded"] = {
            "unfolding": unfolding,
            **_moved(page, kind),
            **_filtered(page),
            "labels": _labels(page, kind),
            "heap": _heap(session),
        }


_TYPE = """((word) => {
  const field = document.getElementById("search");
  field.value = word;
  field.dispatchEvent(new Event("input", { bubbles: true }));
})"""


def _heap(session: CDPSession) -> float:
    """Return the bytes of JavaScript objects that are in use."""
    session.send("HeapProfiler.collectGarbage")
    return next(
        float(one["value"])
        for one in session.send("Performance.getMetrics")["metrics"]
        if one["name"] == "JSHeapUsedSize"
    )


def _times(page: Page, *actions: str) -> list[float]:
    """Do one thing after the other; return of each the ms until the frame that shows it was there."""
    return [float(page.evaluate(TIMED.replace("ACTION", action).replace("FRAME", FRAME))) for action in actions]


def _moved(page: Page, kind: str) -> dict[str, Any]:
    """Zoom step by step, then with the wheel."""
    cpu = programs_cpu("chrom")
    factors = [1.4] * STEPS + [1 / 1.4] * STEPS
    steps = _times(page, *(ZOOM[kind].replace("factor", str(factor)) for factor in factors))
    cpu = (programs_cpu("chrom") - cpu) / len(steps)
    frames = page.evaluate(TURNS, WHEEL[kind])
    time.sleep(0.5)  # until it has come to rest
    return {"steps": steps, "step": statistics.median(steps), "cpu": cpu, "frame": statistics.median(frames)}


def _filtered(page: Page) -> dict[str, float]:
    """Hide the persons, and show them again."""
    click = 'document.querySelector("#classes input[value=Person]").click()'
    hidden, shown = _times(page, click, click)
    return {"hide": hidden, "show": shown}


def _labels(page: Page, kind: str) -> list[dict[str, Any]]:
    """Return of each level of zoom how many labels are shown, and how many pairs of them overlap."""
    found = []
    for level in LEVELS[kind]:
        page.evaluate(LOOK[kind].replace("FRAME", FRAME), level)
        labels = sorted(page.evaluate(LABELS[kind]), key=lambda label: float(label["left"]))
        overlapping = sum(
            one["top"] < other["bottom"] and other["top"] < one["bottom"] for one, other in _beside(labels)
        )
        found.append({"level": level, "shown": len(labels), "overlapping": overlapping})
    return found


def _beside(labels: Sequence[dict[str, float]]) -> Iterator[tuple[dict[str, float], dict[str, float]]]:
    """Yield the pairs of labels, given from the left, that have some part of the width in common."""
    for at, one in enumerate(labels):
        for other in labels[at + 1 :]:
            if other["left"] >= one["right"]:
                break
            yield one, other
