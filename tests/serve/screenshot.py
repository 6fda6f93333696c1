"""Photograph the query page for the documents: `python -m tests.serve.screenshot WORKSPACE out.png`."""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests import live
from tests.serve.server import served
from tests.view.browser import ARGUMENTS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--path", default="?lang=zh", help="what to open, behind the address of the server")
    parser.add_argument("--example", type=int, default=3, help="which example to run, from 1; 0 for none")
    parser.add_argument("--size", default="1280x960", help="width x height of the window")
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    with served(options.workspace) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=live.chromium(), args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        page.goto(server.url + options.path)
        if options.example:
            page.locator(".example").nth(options.example - 1).click()
            expect(page.locator(".yasr_results td").first).to_be_visible()
            page.mouse.move(width - 1, height - 1)
            page.wait_for_timeout(500)
        page.screenshot(path=options.output)
        browser.close()


if __name__ == "__main__":
    main()
