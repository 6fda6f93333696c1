"""The pages that are not of one thing: home, search, titles, rules, districts, former keys, what is gone, no page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from exports.catalogue import Dump
from exports.portal.browse import sort_key
from exports.portal.frame import Front, Links, both, link, name_of, shell
from exports.portal.records import Claim, Known
from exports.portal.words import CLASSES, Words, class_words
from exports.rdf.delta import Delta
from exports.rdf.terms import iri_key
from kg.io.markup import Markup, digest, document, element, joined, style

__all__ = [
    "LISTED",
    "districts_page",
    "gone_page",
    "home_page",
    "lost_page",
    "moved_page",
    "rule_page",
    "search_page",
    "title_page",
]

LISTED = 1000  # rows of a list that has no pages
FORMATS = {
    "ntriples": "N-Triples",
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "nquads": "N-Quads",
    "trig": "TriG",
    "rdfxml": "RDF/XML",
}
WHOLE = Words(
    "六种格式，内容相同；TriG 和 N-Quads 另为每篇文章设一个命名图，存放该文所述。",
    "The same in six formats; TriG and N-Quads also have a named graph for each article, with what it says.",
)
HOME = Words("首页", "Home")
GONE = Words(
    "这里曾有的内容已撤回，不会再有（410 Gone）。",
    "What was here has been withdrawn and will not come back (410 Gone).",
)
NO_SCRIPT = Words(
    "查找需要 JavaScript；不用它时，可按类别浏览。", "Search needs JavaScript; without it, browse by class."
)


def home_page(
    counts: Mapping[str, int], facts: int, examples: Sequence[Known], links: Links, front: Front, base: str
) -> str:
    """Return the first page of the portal: `counts` are things by class, `examples` some that much is said of."""
    total = sum(count for name, count in counts.items() if name not in ("Article", "Page"))
    classes = [
        element("li", link(links.site(f"browse/{name}"), element("b", f"{counts[name]:,}"), both(words)))
        for name, words in CLASSES.items()
        if counts.get(name)
    ]
    content = [
        element("h1", both(front.title)),
        element("p", both(front.description), cls="lead"),
        find_form(links),
        element(
            "p", both(Words(f"{total:,} 个实体，{facts:,} 条事实", f"{total:,} things, {facts:,} facts")), cls="soft"
        ),
        element("ul", *classes, cls="classes"),
    ]
    if examples:
        items = [
            element(
                "li",
                element("a", name_of(one.name), href=links.page(one.key)),
                element("small", both(class_words(one.type))),
            )
            for one in examples
        ]
        content.append(_section(Words("从这里看起", "Start here"), element("ul", *items, cls="names")))
    content += [
        _section(Words("数据", "Data"), *_data(links, front, base)),
        _section(Words("如何引用", "How to cite"), *_cite(links.iri(examples[0].key) if examples else base, front)),
    ]
    return shell(
        front.title.zh,
        content,
        links,
        front,
        home=True,
        head=[element("meta", name="description", content=front.description.zh)],
    )


def find_form(links: Links) -> Markup:
    """Return the search field with the list it fills; without a script it leads to the lists of names."""
    search = links.site("search")
    return element(
        "div",
        element(
            "form",
            element("input", type="search", name="q", id="find", autocomplete="off", spellcheck="false",
                aria_label="查找 · Search", placeholder="名称或别名 · name or alias"),
            element("button", both(Words("查找", "Search"))),
            action=search, method="get", role="search", cls="find",
        ),
        element("p", role="status", id="found", cls="soft"),
        element("ol", id="results"),
        element("noscript", element("p", both(NO_SCRIPT), cls="soft")),
        cls="finder", data_root=links.site("").removesuffix("index.html"),
    )  # fmt: skip


def _section(title: Words, *content: str) -> Markup:
    return element("section", element("h2", both(title)), *content)


def _data(links: Links, front: Front, base: str) -> Iterator[str]:
    said = Words(
        "每个实体的 IRI 都通向它的网页；页上有同样内容的 Turtle 和 JSON-LD。",
        "The IRI of each thing leads to its page, which has the same as Turtle and JSON-LD.",
    )
    yield element("p", both(said), " ", element("code", f"{base}…"))
    names = (
        ("dumps", Words("全部数据（六种 RDF 格式）", "All data, in six formats of RDF")),
        ("ontology", Words("本体：类与关系", "The ontology: classes and relations")),
        ("catalogue", Words("数据目录（DCAT-AP、VoID）", "The catalogue (DCAT-AP, VoID)")),
    )
    if front.sparql:
        yield element("p", "SPARQL ", element("a", front.sparql, href=front.sparql))
    yield element(
        "ul", *(element("li", link(href, both(words))) for name, words in names if (href := links.site(name)))
    )


def _cite(iri: str, front: Front) -> Iterator[str]:
    day = f"，{front.issued}" if front.issued else ""
    who = f"{front.publisher}：" if front.publisher else ""
    yield element("p", both(Words(
        "引用一条事实，用它自己的链接（每条事实后的 #），并注明所据文章的报纸、日期和版面。",
        "To cite a fact, use its own link (the # behind it), with paper, day and page of the article it was read in.",
    )))  # fmt: skip
    yield element("blockquote", name_of(f"{who}{front.title.zh}{day}。{iri}"), cls="cite")
    if front.licence:
        yield element(
            "p",
            both(Words("数据许可：", "Licence of the data: ")),
            element("a", front.licence, href=front.licence, rel="license"),
        )
    if front.rights.zh:
        yield element("p", both(front.rights), cls="soft")


def search_page(links: Links, front: Front, kinds: Iterable[str]) -> str:
    """Return the page that searches; without a script it shows the lists by class."""
    items = [
        element("li", link(links.site(f"browse/{kind}"), both(CLASSES[kind]))) for kind in CLASSES if kind in set(kinds)
    ]
    words = Words("查找", "Search")
    content = [
        element("h1", both(words)),
        find_form(links),
        _section(Words("按类别浏览", "Browse by class"), element("ul", *items, cls="kinds")),
    ]
    return shell("查找", content, links, front, crumbs=[(both(HOME), links.site("")), (both(words), "")])


def dumps_page(dumps: Sequence[Dump], changes: Delta | None, links: Links, front: Front) -> str:
    """Return the list of dumps, a format a row, and what changed since older data where that is told."""
    rows = []
    for plain in dumps:
        if plain.gzip:
            continue
        files = [one for one in dumps if one.format == plain.format]
        cells = [_file(one) for one in sorted(files, key=lambda one: one.gzip)]
        rows.append(element("tr", element("td", FORMATS.get(plain.format, plain.format)), *cells))
    words = Words("全部数据", "All data")
    heads = (Words("格式", "Format"), Words("文件", "File"), Words("压缩", "Packed"))
    head = element("thead", element("tr", *(element("th", both(one), scope="col") for one in heads)))
    sums = both(Words("校验和：", "Checksums: "))
    content = [
        element("h1", both(words)),
        element("p", both(WHOLE)),
        element("div", element("table", head, element("tbody", *rows)), cls="wide"),
        element("p", sums, element("a", "SHA256SUMS", href="SHA256SUMS")),
        *(_changes(changes) if changes else ()),
    ]
    return shell("全部数据", content, links, front, crumbs=[(both(HOME), links.site("")), (both(words), "")])


def _changes(changes: Delta) -> Iterator[Markup]:
    yield element("h2", both(Words("此前版本以来的变化", "Changes since an earlier version")))
    rows = (
        ("added.nt", Words("新增三元组", "triples added"), changes.added.triples),
        ("removed.nt", Words("删除三元组", "triples removed"), changes.removed.triples),
    )
    for name, words, count in rows:
        yield element("p", element("a", name, href=f"changes/{name}"), f" {count:,} ", both(words))
    yield element("p", element("a", "delta.json", href="changes/delta.json"))


def _file(dump: Dump) -> Markup:
    name = dump.path.rpartition("/")[2]
    return element("td", element("a", name, href=name), " ", element("small", _size(dump.size)))


def _size(count: int) -> str:
    size = float(count)
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


def _shared(
    kind: Words, title: str, document_iri: str, content: Iterable[str], links: Links, front: Front, key: str
) -> str:
    files = (("ttl", "Turtle", "text/turtle"), ("jsonld", "JSON-LD", "application/ld+json"))
    inside = [
        element("p", both(kind), cls="kind"),
        element("h1", name_of(title)),
        element(
            "p",
            element("span", "IRI", cls="label"),
            element("code", document_iri, id="iri"),
            element(
                "button", both(Words("复制", "Copy")), type="button", cls="copy", data_copy=document_iri, hidden=""
            ),
            element(
                "span", *(element("a", name, href=links.data(key, suffix)) for suffix, name, _ in files), cls="data"
            ),
            cls="iri",
        ),
        *content,
    ]
    head = [
        element("link", rel="canonical", href=document_iri),
        *(element("link", rel="alternate", type=media, href=links.data(key, suffix)) for suffix, _, media in files),
    ]
    return shell(
        title,
        inside,
        links,
        front,
        head=head,
        crumbs=[(both(HOME), links.site("")), (both(kind), ""), (name_of(title), "")],
    )


def title_page(title: str, claims: Sequence[Claim], count: int, links: Links, front: Front) -> str:
    """Return the page of a title of posts: who has it, and where."""
    rows = [
        element(
            "li",
            element("a", name_of(one.subject.name), href=f"{links.page(one.subject.key)}#{iri_key(one.id)}"),
            " ",
            element("a", name_of(one.object.name), href=links.page(one.object.key), cls="soft"),
            element("small", "、".join((one.seen[0], one.seen[-1]) if one.seen[1:] else one.seen)) if one.seen else "",
        )
        for one in claims
    ]
    content = [
        _section(Words(f"任此职者（{count:,}）", f"Who holds it ({count:,})"), element("ul", *rows, cls="names wide")),
        *_left(count, len(rows)),
    ]
    key = f"role/{title}"
    return _shared(Words("职务", "Title of a post"), title, links.iri(key), content, links, front, key)


def rule_page(name: str, claims: Sequence[Claim], count: int, links: Links, front: Front) -> str:
    """Return the page of a rule that reads statements: how many, and some of them."""
    rows = []
    for one in claims:
        passage = one.passages[0]
        where = f"{links.page(passage.article.key)}#char={passage.start},{passage.end}"
        ends = [element("a", name_of(end.name), href=links.page(end.key)) for end in (one.subject, one.object)]
        rows.append(
            element(
                "figure",
                element("blockquote", name_of(passage.quote)),
                element(
                    "figcaption", joined(ends, " → "), " ", element("a", name_of(passage.article.name), href=where)
                ),
            )
        )
    content = [
        element("p", both(Words(f"这条规则读出了 {count:,} 条陈述。", f"This rule read {count:,} statements."))),
        _section(Words("例", "Examples"), *rows),
    ]
    key = f"rule/{name}"
    return _shared(Words("抽取规则", "Rule of extraction"), name, links.iri(key), content, links, front, key)


def districts_page(districts: Sequence[Known], links: Links, front: Front) -> str:
    """Return the page of the scheme of districts."""
    ordered = sorted(districts, key=lambda one: (sort_key(one.name), one.key))
    items = [element("li", element("a", name_of(one.name), href=links.page(one.key))) for one in ordered[:LISTED]]
    content = [element("ul", *items, cls="names"), *_left(len(ordered), len(items))]
    content.append(element("p", link(links.site("browse/District"), both(Words("按字母浏览", "Browse by letter")))))
    return _shared(
        Words("概念体系", "Concept scheme"), "地区", links.iri("districts"), content, links, front, "districts"
    )


def _left(count: int, shown: int) -> Iterator[Markup]:
    if count > shown:
        left = f"{count - shown:,}"
        yield element("p", both(Words(f"另有 {left} 条，见数据文件。", f"{left} more in the data files.")), cls="soft")


def moved_page(key: str, to: Known, links: Links, front: Front) -> str:
    """Return the page of a key that is used no more: it leads to where its thing is now."""
    href = links.page(to.key)
    content = [
        element("h1", both(Words("已迁移", "Moved"))),
        element(
            "p",
            both(Words("此标识现在指 ", "This key now means ")),
            element("a", name_of(to.name), href=href),
            both(Words("。", ".")),
        ),
        element("p", element("code", links.iri(key)), " → ", element("code", links.iri(to.key))),
    ]
    head = [
        element("meta", http_equiv="refresh", content=f"0; url={href}"),
        element("link", rel="canonical", href=links.iri(to.key)),
        element("meta", name="robots", content="noindex"),
    ]
    return shell("已迁移", content, links, front, head=head)


def gone_page(key: str, links: Links, front: Front) -> str:
    """Return the page of what was withdrawn; a server should answer 410 with it."""
    content = [
        element("h1", both(Words("已撤回", "Withdrawn"))),
        element("p", both(GONE)),
        element("p", element("code", links.iri(key))),
    ]
    return shell("已撤回", content, links, front, head=[element("meta", name="robots", content="noindex")])


LOST = """
body { margin: 18vh auto; max-width: 32rem; padding: 0 1.2rem; color: #1f2328; background: #fff;
  font: 17px/1.7 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
h1 { font-size: 1.5rem; } a { color: #9a3412; }
@media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117; } a { color: #ff9a6b; } }
"""


def lost_page(front: Front, root: str, *, withdrawn: bool = False) -> str:
    """Return the page for what is not there, or not any more; it may be shown at any depth, so it brings its style and
    knows `root`."""
    title, said, en = (
        ("已撤回", GONE.zh, GONE.en)
        if withdrawn
        else ("没有这一页", "链接可能已失效，或输入有误。", "There is no such page. The link may be old, or mistyped.")
    )
    body = (
        element("h1", title),
        element("p", said),
        element("p", en, lang="en"),
        element("p", element("a", f"{front.title.zh} · {front.title.en}", href=root)),
    )
    head = (
        element("title", f"{title} · {front.title.zh}"),
        element("meta", name="robots", content="noindex"),
        style(LOST),
    )
    policy = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {digest(LOST)}"
    return document(head, body, policy=policy)
