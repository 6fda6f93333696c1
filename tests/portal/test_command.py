"""`kg export portal`: the folder, what it says of itself, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from tests.portal.sites import Site

SAMPLES = str(Path(__file__).parents[2] / "kg" / "samples")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("portal") / "ws"
    assert run("build", SAMPLES, "-o", str(path)).exit_code == 0
    return path


def test_a_portal_of_a_workspace(workspace: Path, tmp_path: Path) -> None:
    (workspace / "portal.toml").write_text(
        'base = "https://example.org/kg/id/"\n[title]\nzh = "试验"\nen = "Trial"\n', encoding="utf-8"
    )
    target = tmp_path / "site"
    result = run("export", "portal", str(workspace), "-o", str(target), "--issued", "2025-06-01")
    assert (result.exit_code, result.output) == (0, "")
    site = Site(target, "https://example.org/kg/id/")
    assert site.pages["index.html"].text.count("试验") >= 2
    assert [one for one in site.links() if not site.leads(one[1])] == []
    assert all(page.faults == [] for page in site.pages.values())
    assert "https://example.org/kg/sitemap-1.xml" in (target / "sitemap.xml").read_text(encoding="utf-8")
    catalogue = (target / "catalogue" / "catalogue.ttl").read_text(encoding="utf-8")
    assert '"2025-06-01"^^xsd:date' in catalogue
    again = run("export", "portal", str(workspace), "-o", str(target), "--issued", "2025-07-01")
    assert again.exit_code == 0
    # content is the same, and so are its dates
    assert (target / "catalogue" / "catalogue.ttl").read_text(encoding="utf-8") == catalogue
    (workspace / "portal.toml").unlink()


def test_what_is_refused(workspace: Path, tmp_path: Path) -> None:
    said = run("export", "portal", str(workspace))
    assert said.exit_code == 2
    assert "portal is a folder; name one with -o" in said.output
    said = run("export", "turtle", str(workspace), "--issued", "2025-06-01")
    assert said.exit_code == 2
    assert "--issued is for portal" in said.output
    said = run("export", "portal", str(workspace), "-o", str(tmp_path / "x"), "--base", "https://example.org/things/")
    assert said.exit_code == 3
    assert "let it end with /id/" in said.output
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    said = run("export", "portal", str(workspace), "-o", str(tmp_path / "mine"))
    assert said.exit_code == 3
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_full_texts_only_where_asked_for(workspace: Path, tmp_path: Path) -> None:
    for name, options in (("without", ()), ("with", ("--texts",))):
        assert run("export", "portal", str(workspace), "-o", str(tmp_path / name), *options).exit_code == 0
    articles = list((tmp_path / "with" / "id").glob("article-*/index.html"))
    assert all('id="text"' in path.read_text(encoding="utf-8") for path in articles)
    plain = (tmp_path / "without" / "id").glob("article-*/index.html")
    assert not any('id="text"' in path.read_text(encoding="utf-8") for path in plain)
