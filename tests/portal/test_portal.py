"""What must hold of every portal: IRIs lead somewhere, links too, pages are sound, data are the dump."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import DEFAULT_BASE, get_exporter
from exports.catalogue import Portal
from exports.portal import front_of, page_of, parts_of, write_portal
from exports.portal.data import by_document
from exports.portal.places import Places, document_of, folder_of
from exports.portal.stored import described_in
from kg.errors import InputError
from kg.graph import as_flow
from ontology import ontology
from tests.portal.sites import GRAPHS, ISSUED, ROOT, Site, hub_graph, write
from tests.sample import sample_graph

SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SCRIPTS = {"assets/portal.js"}


def own_iris(site: Site) -> set[str]:
    terms = [term for triple in site.triples for term in (triple.subject, triple.object)]
    return {one.value for one in terms if isinstance(one, ox.NamedNode) and one.value.startswith(site.base)}


def unreachable(site: Site) -> set[str]:
    """Documents whose names no folder can bear; a server finds none of them, pages link to where they lie."""
    documents = {iri.removeprefix(site.base).partition("#")[0] for iri in own_iris(site)}
    return {one for one in documents if folder_of(one).startswith("other/")}


def test_every_iri_leads_to_a_page_and_a_place_on_it(site: Site) -> None:
    hidden = unreachable(site)
    lost = [iri for iri in sorted(own_iris(site)) if not site.leads(site.of_iri(iri))]
    assert {iri.removeprefix(site.base).partition("#")[0] for iri in lost} == hidden


def test_only_titles_of_posts_may_lie_elsewhere(site_of: Callable[[str], Site]) -> None:
    assert unreachable(site_of("sample")) == set()
    assert all(one.startswith("role/") for one in unreachable(site_of("awkward")))
    assert len(unreachable(site_of("awkward"))) == 4


def test_every_link_leads_to_a_file_and_a_place_in_it(site: Site) -> None:
    links = list(site.links())
    assert len(links) > 200
    assert [one for one in links if not site.leads(one[1])] == []


def test_nothing_but_data_leads_out(site: Site) -> None:
    for path, page in site.pages.items():
        for attributes, _ in page.scripts:
            assert attributes.get("src", "assets/portal.js").lstrip("./") in SCRIPTS, path
        assert not page.tags & {"img", "iframe", "object", "embed", "svg", "base"}, path


def test_pages_are_well_formed_and_nothing_of_a_name_became_markup(site: Site) -> None:
    for path, page in site.pages.items():
        assert page.faults == [], path
        assert page.handlers == [], path
        assert len(page.scripts) <= 2, path
        if not path.startswith("ontology/"):
            assert "default-src 'none'" in page.policy, path
            assert "unsafe" not in page.policy, path


def test_what_is_said_by_us_is_said_in_both_languages(site: Site) -> None:
    for path, page in site.pages.items():
        if path not in ("404.html", "410.html") and not path.startswith("ontology/"):
            assert page.words["zh"] == page.words["en"] > 0, path


def test_data_of_all_documents_are_the_dump(site: Site) -> None:
    whole = set(site.triples)
    for suffix, syntax in (("ttl", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)):
        found: list[ox.Triple] = []
        for path in sorted((site.folder / "id").rglob(f"index.{suffix}")):
            triples = [quad.triple for quad in ox.parse(path.read_bytes(), format=syntax)]
            documents = {str(triple.subject)[1:-1].partition("#")[0] for triple in triples}
            assert len(documents) == 1, path
            found += triples
        assert len(found) == len(whole)
        assert set(found) == whole


def test_each_page_names_its_data_and_has_it(site: Site) -> None:
    for path in (site.folder / "id").rglob("index.html"):
        page = site.pages[path.relative_to(site.folder).as_posix()]
        if "index.ttl" in {link.rpartition("/")[2] for link in page.links}:
            assert path.with_name("index.ttl").is_file()
            assert path.with_name("index.jsonld").is_file()


def test_dumps_are_what_export_writes_and_packed_as_they_are(site_of: Callable[[str], Site]) -> None:
    folder = site_of("sample").folder / "dumps"
    suffixes = {"ntriples": "nt", "turtle": "ttl", "trig": "trig", "nquads": "nq", "jsonld": "jsonld", "rdfxml": "rdf"}
    lines = (line.split("  ") for line in (folder / "SHA256SUMS").read_text().splitlines())
    sums = {name: digest for digest, name in lines}
    assert len(sums) == 12
    for name, suffix in suffixes.items():
        stream = io.BytesIO()
        get_exporter(name).write(GRAPHS["sample"](), stream)
        raw = (folder / f"union-news.{suffix}").read_bytes()
        packed = (folder / f"union-news.{suffix}.gz").read_bytes()
        assert raw == stream.getvalue() == gzip.decompress(packed)
        assert packed[4:8] == b"\0\0\0\0"  # no time
        for file, content in ((f"union-news.{suffix}", raw), (f"union-news.{suffix}.gz", packed)):
            assert sums[file] == hashlib.sha256(content).hexdigest()


def test_a_store_gives_the_same_page_as_the_workspace(site: Site) -> None:
    store = ox.Store()
    store.bulk_load(path=str(site.folder / "dumps" / "union-news.nq"), format=ox.RdfFormat.N_QUADS)
    places = Places(site.base, lambda name: (site.folder / name).is_dir())
    front = front_of(Portal(), ISSUED)
    found = 0
    for path in sorted((site.folder / "id").iterdir()):
        thing = described_in(store, path.name, base=site.base)
        if thing is not None:
            links = places.links(f"id/{path.name}/index.html")
            assert page_of(thing, links, front) == (path / "index.html").read_text(encoding="utf-8"), path.name
            found += 1
    assert found == len(GRAPHS_NODES[site.folder.parent.name[:-1]])
    assert described_in(store, "entity-nobody", base=site.base) is None


GRAPHS_NODES = {name: tuple(make()) for name, make in GRAPHS.items()}


def test_the_page_of_an_article_has_the_anchors_of_all_it_says(site_of: Callable[[str], Site]) -> None:
    site = site_of("sample")
    page = site.pages["id/a1/index.html"]
    wanted = {
        iri.partition("#")[2] for iri in own_iris(site) if iri.startswith(f"{site.base}a1#") and "graph" not in iri
    }
    assert {one.partition("=")[0] for one in wanted} >= {"char", "quote", "position"}
    assert wanted <= page.ids
    assert "graph" in page.ids


def test_former_keys_lead_on_and_what_is_gone_says_so(site_of: Callable[[str], Site]) -> None:
    site = site_of("sample")
    moved = (site.folder / "id" / "u-yuetan-1" / "index.html").read_text(encoding="utf-8")
    assert 'http-equiv="refresh" content="0; url=../../id/u-yuetan/index.html"' in moved
    assert (site.folder / "id" / "u-yuetan-1" / "index.ttl").is_file()
    apache = (site.folder / ".htaccess").read_text(encoding="utf-8")
    assert "RewriteRule ^id/u-yuetan-1(/.*)?$ id/u-yuetan/ [R=301,L]" in apache
    assert "RewriteRule ^id/entity-gone(/.*)?$ - [G,L]" in apache
    assert "410" in site.pages["id/entity-gone/index.html"].text
    assert "/id/u-yuetan-1/* /union-news-kg/id/u-yuetan/ 301" in (site.folder / "_redirects").read_text()


def test_the_sitemap_names_every_thing_once_with_the_day_that_was_given(site: Site) -> None:
    index = ET.parse(site.folder / "sitemap.xml").getroot()
    root = site.base.removesuffix("id/")
    places: list[str] = []
    for one in index.iter(f"{SITEMAPS}loc"):
        part = ET.parse(site.folder / str(one.text).removeprefix(root)).getroot()
        places += [str(loc.text) for loc in part.iter(f"{SITEMAPS}loc")]
        assert {str(day.text) for day in part.iter(f"{SITEMAPS}lastmod")} == {ISSUED}
    assert len(places) == len(set(places))
    assert all(site.leads(ROOT + place.removeprefix(root)) for place in places)
    assert sum(place.startswith(site.base) for place in places) == len(GRAPHS_NODES[site.folder.parent.name[:-1]])


@pytest.mark.parametrize(
    ("site", "uri"),
    [
        ("https://例子.example/工会&图谱/", "https://xn--fsqu00a.example/%E5%B7%A5%E4%BC%9A&%E5%9B%BE%E8%B0%B1/"),
        ("https://Example.org:8443/a%26b/?x=1&y='/", "https://Example.org:8443/a%26b/?x=1&y='/"),
        ("http://[::1]:8000/é/", "http://[::1]:8000/%C3%A9/"),
        ("https://a..例/", "https://a..%E4%BE%8B/"),
    ],
)
def test_a_sitemap_gives_uris_whatever_the_base_holds(site: str, uri: str, tmp_path: Path) -> None:
    """The protocol wants XML with URIs: hosts as the DNS knows them, the rest percent-encoded, & escaped."""
    first = write(sample_graph(), tmp_path / "first", portal=Portal(base=f"{site}id/"))
    (part,) = (one.text for one in ET.parse(first.folder / "sitemap.xml").getroot().iter(f"{SITEMAPS}loc"))
    assert part == f"{uri}sitemap-1.xml"
    places = [str(one.text) for one in ET.parse(first.folder / "sitemap-1.xml").getroot().iter(f"{SITEMAPS}loc")]
    assert places == [uri, *(f"{uri}id/{document_of(key)}/" for key in sorted(sample_graph()))]
    assert all(place.isascii() for place in places)
    assert f"Sitemap: {uri}sitemap.xml\n" in (first.folder / "robots.txt").read_text(encoding="utf-8")
    # and what did not change keeps its day, under such a base too
    again = tmp_path / "again"
    again.mkdir()
    write_portal(
        as_flow(sample_graph()), again, portal=Portal(base=f"{site}id/"), issued="2026-01-01", before=first.folder
    )
    days = [str(one.text) for one in ET.parse(again / "sitemap-1.xml").getroot().iter(f"{SITEMAPS}lastmod")]
    assert days == ["2026-01-01", *(ISSUED for _ in sample_graph())]


def test_lists_hold_every_thing_once_in_order_of_letters(site_of: Callable[[str], Site]) -> None:
    site = site_of("sample")
    listed: list[str] = []
    for kind in ontology.classes:
        page = site.pages[f"browse/{kind}/index.html"]
        listed += [link.split("/")[3] for link in page.links if link.startswith("../../id/")]
    assert sorted(listed) == sorted(GRAPHS_NODES["sample"])
    district = site.pages["browse/District/index.html"]
    letters = [one for one in ("B", "D", "H", "P", "S", "X", "Y") if one in district.ids]
    assert letters == ["B", "D", "H", "P", "S", "X", "Y"]  # 北东大 和 浦 上 西 月


def test_status_and_inference_are_told(site_of: Callable[[str], Site]) -> None:
    site = site_of("sample")
    text = site.pages["id/u-dongcheng/index.html"].text
    assert "已否认" in text
    assert "据报道" in text
    assert "计划中" in site.pages["id/u-xicheng/index.html"].text
    assert "由名称推断" in site.pages["id/u-xicheng/index.html"].text


def test_engines_are_told_what_happened_only(site_of: Callable[[str], Site]) -> None:
    pages = site_of("sample").pages
    fair = pages["id/fair/index.html"].data
    assert fair["@type"] == "Event"
    assert {one["name"] for one in fair["organizer"]} == {"西城区总工会", "月坛街道总工会"}
    assert fair["startDate"] == "2025-03-08"
    assert "organizer" not in pages["id/cool/index.html"].data
    assert "startDate" not in pages["id/visit/index.html"].data  # 近日 is no date


# ------------------------------------------------------------------------------------------------------------ large


def test_what_has_very_many_facts_stays_bounded_and_loses_none(site_of: Callable[[str], Site]) -> None:
    site = site_of("hub")
    lost = [iri for iri in sorted(own_iris(site)) if not site.leads(site.of_iri(iri))]
    assert lost == []
    assert [one for one in site.links() if not site.leads(one[1])] == []
    folder = site.folder / "id" / "u-dongcheng"
    assert (folder / "index.html").stat().st_size < 250_000
    parts = sorted(folder.glob("part-*.html"))
    assert len(parts) == 4
    whole = [path.read_text(encoding="utf-8") for path in (folder / "index.html", *parts)]
    for number in range(700):
        first, *others = (f'id="org-{number:05}"' in text for text in whole)
        told = f'href="#org-{number:05}"' in whole[0]
        assert first
        assert told + sum(others) == 1  # in full, there or on one of the other parts
    assert all(page.faults == [] for page in site.pages.values())


def test_parts_hold_what_the_first_leaves_out(site_of: Callable[[str], Site]) -> None:
    site = site_of("hub")
    store = ox.Store()
    store.bulk_load(path=str(site.folder / "dumps" / "union-news.nt"), format=ox.RdfFormat.N_TRIPLES)
    thing = described_in(store, "u-dongcheng", base=site.base)
    assert thing is not None
    assert parts_of(thing) == 4
    folder = site.folder / "id" / "u-dongcheng"
    links = Places(site.base, lambda name: (site.folder / name).is_dir()).links("id/u-dongcheng/index.html")
    front = front_of(Portal(), ISSUED)
    for part in range(1, 5):
        assert page_of(thing, links, front, part=part) == (folder / f"part-{part}.html").read_text(encoding="utf-8")


# -------------------------------------------------------------------------------------------------------- documents


keys = st.text(st.sampled_from("ab-.0~"), min_size=1, max_size=4)


@given(st.sets(keys, min_size=1, max_size=12), st.integers(1, 5))
def test_documents_come_whole_even_where_one_begins_like_another(documents: set[str], size: int) -> None:
    subjects = [f"{one}{part}" for one in documents for part in ("", "#a", "#b")]
    lines = sorted(f"<{DEFAULT_BASE}{one}> <p:p> <o:o> .\n".encode() for one in subjects)
    chunks = [b"".join(lines[at : at + size]) for at in range(0, len(lines), size)]
    found = list(by_document(chunks, DEFAULT_BASE))
    assert sorted(name for name, _ in found) == sorted(documents)
    for name, content in found:
        assert content.count(b"\n") == 3
        assert content.splitlines() == sorted(content.splitlines())
        assert all(line.startswith(f"<{DEFAULT_BASE}{name}".encode()) for line in content.splitlines())


@given(st.text(max_size=120))
def test_a_folder_is_found_by_its_iri_or_lies_elsewhere(title: str) -> None:
    folder = folder_of(document_of(f"role/{title}"))
    parts = folder.split("/")
    assert all(part not in ("", ".", "..") and len(part.encode()) <= 255 for part in parts)
    assert not any(char in folder for char in "\0\n\\")


def test_a_base_that_is_no_folder_of_a_site_is_refused(tmp_path: Path) -> None:
    for base in ("https://example.org/things/", "https://example.org/id", "https://example.org/id/#"):
        with pytest.raises(InputError):
            write_portal(as_flow(GRAPHS["sample"]()), tmp_path, portal=Portal(base=base))


SCRIPT = """
import hashlib, sys
from pathlib import Path
from exports.portal import write_portal
from kg.graph import as_flow
from tests.portal.sites import GRAPHS
folder = Path(sys.argv[1])
write_portal(as_flow(GRAPHS["awkward"]()), folder, gone={"x", "y", "z"})
digest = hashlib.sha256()
for path in sorted(folder.rglob("*")):
    digest.update(str(path.relative_to(folder)).encode() + (path.read_bytes() if path.is_file() else b""))
print(digest.hexdigest())
"""


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    found = set()
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(folder)], env=environment, capture_output=True, text=True, check=True
        )
        found.add(run.stdout)
    assert len(found) == 1


def test_an_empty_graph_has_a_portal(tmp_path: Path) -> None:
    graph = GRAPHS["sample"]()
    graph.clear()
    site = write(graph, tmp_path / "site")
    assert [one for one in site.links() if not site.leads(one[1])] == []
    assert all(page.faults == [] for page in site.pages.values())


def test_hubs_are_made_for_these_tests() -> None:
    assert hub_graph(3).number_of_edges() == GRAPHS["sample"]().number_of_edges() + 9
