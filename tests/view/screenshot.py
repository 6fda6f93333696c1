"""Photograph a picture, to look at it or for the documents: `python -m tests.view.screenshot graph.html out.png`."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import live
from tests.view.browser import ARGUMENTS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("picture", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--size", default="1440x900", help="width x height of the window")
    parser.add_argument("--search", help="choose the first entity this name finds")
    parser.add_argument("--fact", help="and its first fact with an entity of this name")
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=live.chromium(), args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        page.goto(options.picture.resolve().as_uri())
        while not page.evaluate("document.body.dataset.ready"):
            time.sleep(0.05)
        if options.search:
            page.locator("#search").fill(options.search)
            page.locator("#search").press("Enter")
        if options.fact:
            page.locator(".fact", has_text=options.fact).first.click()
            page.locator("#search").fill("")
        page.screenshot(path=options.output)
        browser.close()


if __name__ == "__main__":
    main()
