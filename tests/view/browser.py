"""Pages in a real Chromium, used as a person would; what they ask for and what they complain of is kept."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from itertools import combinations, count
from pathlib import Path
from typing import Any, TypeAlias

from playwright.sync_api import Browser, Dialog, Locator, Page, Route

ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
WIDE = (1400, 900)
PHONE = (390, 844)

# What Chromium notes when a processor does the work of a card and sigma asks which node is under the mouse.
NOTE = re.compile(
    r"\[\.WebGL-0x[0-9a-f]+\]GL Driver Message \(OpenGL, Performance, GL_CLOSE_PATH_NV, High\): "
    r"GPU stall due to ReadPixels(?: \(this message will no longer repeat\))?"
)
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
LOOK = """async ([source, spots]) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const { width, height } = image;
  const context = Object.assign(document.createElement("canvas"), { width, height })
    .getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  const colours = spots.map(([x, y]) => [...context.getImageData(x, y, 1, 1).data].slice(0, 3));
  return { width, height, colours };
}"""
TWICE = 0.35  # seconds after which a click is no double click

Spot: TypeAlias = tuple[float, float]
Label: TypeAlias = dict[str, Any]


@dataclass
class View:
    """An open page, what it asked for, and what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def detail(self) -> Locator:
        return self.page.locator("#detail")

    def labels(self) -> list[Label]:
        return list(self.page.evaluate("picture.labels()"))

    def find(self, words: str) -> None:
        """Type into the search field, and choose the first that is found."""
        self.page.locator("#search").fill(words)
        self.page.locator("#search").press("Enter")
        self.page.evaluate(FRAMES)

    def ready(self) -> None:
        """Wait until the page is ready; not by wait_for_function, which its policy forbids."""
        for _ in range(600):
            if self.page.evaluate("document.body?.dataset.ready"):
                return
            time.sleep(0.03)
        raise AssertionError(f"the page did not get ready: {self.errors}")

    def frame(self) -> None:
        """Wait until what was asked for is painted."""
        self.page.evaluate(FRAMES)


class Focused(View):
    """The page of a part of a graph."""

    def spot(self, node: str) -> Spot:
        """Return where a node is on the screen."""
        return self._on_screen(self.page.evaluate("id => network.canvasToDOM(network.getPositions([id])[id])", node))

    def middle(self, edge: str) -> Spot:
        """Return where a line is on the screen, about halfway."""
        at = self.page.evaluate("id => network.canvasToDOM(network.body.edges[id].edgeType.getPoint(0.5))", edge)
        return self._on_screen(at)

    def _on_screen(self, at: dict[str, float]) -> Spot:
        box = self.page.locator("#mynetwork").bounding_box()
        assert box is not None
        return box["x"] + at["x"], box["y"] + at["y"]

    def hidden(self, kind: str) -> set[str]:
        return set(self.page.evaluate("kind => window[kind].get().filter(i => i.hidden).map(i => i.id)", kind))

    def zoom(self, scale: float) -> None:
        self.page.evaluate("scale => network.moveTo({scale})", scale)
        self.frame()

    def still(self) -> None:
        """Wait until nothing moves any more."""
        before: Any = None
        for _ in range(50):
            now = self.page.evaluate("[network.getScale(), network.getViewPosition()]")
            if now == before:
                return
            before = now
            time.sleep(0.1)


class Whole(View):
    """The page of a whole graph."""

    _clicked = 0.0

    def box(self) -> dict[str, float]:
        """Return where the picture is on the screen: x, y, width, height."""
        box = self.page.locator("#stage").bounding_box()
        assert box is not None
        return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}

    def spot(self, key: str) -> Spot:
        """Return where a node, or the region that stands for it, is on the screen."""
        self.frame()
        at, box = self.page.evaluate("id => picture.spot(id)", key), self.box()
        return box["x"] + at["x"], box["y"] + at["y"]

    def between(self, one: str, other: str, part: float = 0.5) -> Spot:
        """Return a place on the line from one node to another."""
        (ax, ay), (bx, by) = self.spot(one), self.spot(other)
        return ax + (bx - ax) * part, ay + (by - ay) * part

    def click(self, spot: Spot, *, times: int = 1) -> None:
        """Click once, late enough not to be the second half of a double click, or twice."""
        time.sleep(max(0.0, self._clicked + TWICE - time.monotonic()))
        self.page.mouse.move(*spot)
        for _ in range(times):
            self.page.mouse.click(*spot)
        self._clicked = time.monotonic()
        self.frame()

    def seen(self, kind: str) -> set[str]:
        """Return the keys of the "nodes", "edges" or "regions" that are seen."""
        return set(self.page.evaluate("kind => picture.seen()[kind]", kind))

    def sums(self) -> int:
        """Return how many lines stand for what joins folded regions."""
        return int(self.page.evaluate("picture.seen().sums"))

    def scale(self) -> float:
        """Return how many pixels a unit of the picture is."""
        self.frame()
        return float(self.page.evaluate("picture.screen().by"))

    def pixel(self, spot: Spot) -> tuple[int, int, int]:
        """Return the colour of the screen at a place."""
        shot = self.page.screenshot(clip={"x": round(spot[0]), "y": round(spot[1]), "width": 1, "height": 1})
        red, green, blue = self.look(shot, [(0, 0)])["colours"][0]
        return red, green, blue

    def look(self, png: bytes, spots: Sequence[Spot]) -> dict[str, Any]:
        """Return width and height of a picture, and its colours at some places, as the browser decodes it."""
        source = f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"
        return dict(self.page.evaluate(LOOK, [source, [[round(x), round(y)] for x, y in spots]]))

    def fragment(self) -> str:
        """Return the fragment of the address once it says what the page shows now."""
        time.sleep(0.35)  # it is written a moment after the last change
        return str(self.page.evaluate("location.hash"))

    def tools(self) -> None:
        """Open the drawer of tools."""
        if not self.page.locator("#tool-rows").is_visible():
            self.page.locator("#tools-title").click()


class Pages:
    """Opens pages; whatever they ask for beside their own file is refused and counted, and must be nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.opened: list[View] = []
        self._numbers = count()

    def open(
        self,
        browser: Browser,
        html: str,
        kind: Callable[[Page], Any],
        *,
        size: tuple[int, int] = WIDE,
        fragment: str = "",
        ready: bool = True,
        **context: Any,
    ) -> Any:
        """Open a page in a context of its own and wait until it says that it is ready."""
        path = self.folder / f"picture-{next(self._numbers)}.html"
        path.write_text(html, encoding="utf-8", newline="")
        options = {"viewport": {"width": size[0], "height": size[1]}, "reduced_motion": "reduce", **context}
        page = browser.new_page(**options)
        found: View = kind(page)
        self.opened.append(found)
        self.watch(found, {path.as_uri()})
        page.goto(path.as_uri() + fragment)
        if ready:
            found.ready()
        return found

    def watch(self, found: View, allowed: Collection[str]) -> None:
        """Keep what a page asks for and complains of."""

        def refuse(route: Route) -> None:
            if route.request.url in allowed:
                route.continue_()
            else:
                found.requests.append(route.request.url)
                route.abort()

        def said(kind: str, text: str) -> None:
            if kind in ("error", "warning") and not NOTE.fullmatch(text):
                found.errors.append(text)

        def asked(dialog: Dialog) -> None:
            found.errors.append(f"a dialog: {dialog.message}")
            dialog.dismiss()

        found.page.route("**/*", refuse)
        found.page.on("pageerror", lambda error: found.errors.append(str(error)))
        found.page.on("console", lambda one: said(one.type, one.text))
        found.page.on("dialog", asked)

    def close(self) -> None:
        """Close all pages; none may have asked for anything, complained, or run what it was only to show."""
        for found in self.opened:
            hacked = found.page.evaluate("window.hacked")
            found.page.context.close()
            assert found.requests == [], found.requests
            assert found.errors == [], found.errors
            assert hacked is None


def overlapping(labels: list[Label]) -> list[tuple[str, str]]:
    """Return the labels that cover each other."""
    return [
        (a["text"], b["text"])
        for a, b in combinations(labels, 2)
        if a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
    ]
