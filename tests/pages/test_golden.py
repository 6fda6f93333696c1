"""Pages of our own, each broken in its own way, with what is to come of them.

`KG_UPDATE_GOLDEN=1 python -m pytest tests/pages/test_golden.py` writes what comes of them now: read the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from kg.cli.articles import printed
from kg.io import read_pages
from kg.model import Page
from kg.pages import cut

DATA = Path(__file__).parent / "data"
PAGES = list(read_pages([str(DATA)]))


def made_of(page: Page) -> list[dict[str, Any]]:
    """What is to be looked at: what `kg articles` prints, with the lines that are left."""
    done = cut(page)
    return [printed(article) for article in done.articles] + [{"leftovers": list(done.leftovers)}]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_page(page: Page) -> None:
    file = DATA / f"{page.id}.json"
    if os.environ.get("KG_UPDATE_GOLDEN"):
        lines = [json.dumps(record, ensure_ascii=False) for record in made_of(page)]
        file.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    assert made_of(page) == json.loads(file.read_text(encoding="utf-8"))


def test_there_is_a_dozen() -> None:
    assert len(PAGES) >= 12
    assert {page.id for page in PAGES} == {file.stem for file in DATA.glob("*.json")}
