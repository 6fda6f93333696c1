"""The report of a build as one web page: no script, nothing from elsewhere, and no text of a page that becomes markup.

All text passes `_element`, which escapes it; what comes out of that is `Markup` and is not escaped again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from kg.io.markup import Markup, digest, document, element, style
from kg.quality.bounds import SHARES, Broken
from ontology import ontology

__all__ = ["report_page"]

Report = Mapping[str, Any]

SHOWN = 200  # rows of a list; the rest stands in report.json
ELSEWHERE = {"candidates": "candidates.jsonl"}  # lists whose rest is not in report.json either, but there

STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --soft: #57606a; --line: #d8dee4; --paper: #fff; --wash: #f6f8fa;
  --accent: #b3370a; --good: #1a7f37; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9aa4ae; --line: #30363d; --paper: #0d1117;
  --wash: #161b22; --accent: #ff9a6b; --good: #56d364; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem 1.2rem 4rem; color: var(--ink); background: var(--paper);
  font: 15px/1.6 "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif;
  overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; border-top: 3px solid var(--accent); padding-top: .6rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .5rem; border-bottom: 1px solid var(--line); }
small, .soft { color: var(--soft); font-weight: normal; }
.good { color: var(--good); } .bad { color: var(--accent); font-weight: 600; }
.figures { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; list-style: none; }
.figures li { background: var(--wash); border: 1px solid var(--line); border-radius: 6px; padding: .3rem .8rem; }
.figures b { display: block; font-size: 1.2rem; }
.side { display: flex; flex-wrap: wrap; gap: 0 2.5rem; align-items: flex-start; }
table { border-collapse: collapse; margin: .4rem 0; }
th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: normal; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
details { margin: .4rem 0; } summary { cursor: pointer; }
blockquote { margin: .2rem 0 .6rem; padding: .2rem .8rem; border-left: 3px solid var(--line); background: var(--wash); }
"""

FIGURES = {
    "pages": "版面",
    "articles": "文章",
    "stories": "报道（转载合计为一）",
    "statements": "陈述",
    "entities": "实体",
    "facts": "事实",
    "suspicious": "可疑之处",
    "unresolved": "未定名称",
    "candidates": "待定配对",
    "contradictions": "互相矛盾的判断",
    "reprints": "转载的文章",
    "dropped": "舍弃的陈述",
    "rejected": "人工否决的事实",
    "idle_decisions": "不起作用的决定",
    "issues": "未读懂的句子",
}
SHARE_NAMES = {
    "unresolved": ("未定名称", "机构和地区名称"),
    "candidates": ("待定配对", "实体"),
    "contradictions": ("互相矛盾的判断", "实体"),
    "suspicious": ("可疑之处", "实体"),
    "alone": ("没有任何关系的实体", "实体"),
    "dropped": ("舍弃的陈述", "陈述"),
    "violations": ("违反形状约束", "受检的实体和事实"),
    "reprints": ("转载的文章", "文章"),
    "issues": ("未读懂的句子", "文章"),
}
FINDINGS: Mapping[str, tuple[str, str, Callable[[Sequence[str]], str]]] = {  # kind -> title, what it means, one finding
    "union-of-two": (
        "一个工会，两家企业",
        "工会通常只属一家企业；可能是两个工会被合为一个，可能两家企业本是一家，也可能句子读错（联合工会不在此列）。",
        lambda values: f"是 {len(values)} 家企业的工会：{'、'.join(values)}",
    ),
    "posts-at-once": (
        "一人同时任两个单位的同类正职",
        "可能是同名的两个人被合为一个，也可能确实兼任；见报日期相隔不超过 31 天算同时。",
        lambda values: f"同时任：{'、'.join(values)}",
    ),
    "two-parents": (
        "一个地区，两个上级",
        "两个上级互不包含。",
        lambda values: f"同时位于：{'、'.join(values)}",
    ),
    "two-dates": (
        "一项活动，两个日期",
        "可能是两次活动被合为一次，或日期读错。",
        lambda values: f"日期：{'、'.join(values)}",
    ),
    "hub": (
        "关系特别多的实体",
        "关系数远多于同类其他实体：可能名副其实，也可能是许多同名事物被合为一个。",
        lambda values: f"与 {values[0]} 个实体有关系，约为同类平均的 {values[1]} 倍",
    ),
}


def report_page(report: Report, *, broken: Sequence[Broken] = ()) -> str:
    """Return the page for the report of a build; `broken` are the bounds for which it was turned down."""
    title = "构建质量报告"
    policy = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {digest(STYLE)}"
    head = (
        element("title", title),
        style(STYLE),
    )
    body = (
        element("h1", title, " ", element("small", "Quality report of a build · union-news-kg")),
        *_bounds(broken),
        element("ul", *_figures(report["counts"]), cls="figures"),
        *_counted(report),
        *_shapes(report["shapes"]),
        *_findings(report["suspicious"]),
        *_components(report["components"]),
        *_open_ends(report),
    )
    return document(head, body, policy=policy)


# ------------------------------------------------------------------------------------------------------------ sections


def _bounds(broken: Sequence[Broken]) -> Iterator[Markup]:
    if broken:
        yield element("p", "这次构建没有达到所要求的界限，工作区保持原样：", cls="bad")
        yield element("ul", *(element("li", _bound(one)) for one in broken))


def _bound(one: Broken) -> str:
    if one.of:
        name, whole = SHARE_NAMES[one.name]
        return f"{name}为{whole}的 {one.found:.4g}，上限 {one.bound:g}（{one}）"
    return f"{_label(one.name)}：{one.found:g}，下限 {one.bound:g}（{one}）"


def _figures(counts: Mapping[str, int]) -> Iterator[Markup]:
    for name, shown in FIGURES.items():
        yield element("li", element("b", f"{counts[name]:,}"), shown)


def _counted(report: Report) -> Iterator[Markup]:
    yield _heading("数量", "Counts")
    yield element(
        "div",
        _table(("类", "", "#数量"), ((_label(name), name, _number(n)) for name, n in report["entities"].items())),
        _table(("关系", "", "#数量"), ((_label(name), name, _number(n)) for name, n in report["facts"].items())),
        _table(
            ("比率", "", "#值"),
            (
                (f"{SHARE_NAMES[name][0]} / {SHARE_NAMES[name][1]}", name, _number(report["shares"][name]))
                for name in SHARES
            ),
        ),
        cls="side",
    )


def _shapes(shapes: Report) -> Iterator[Markup]:
    yield _heading("形状约束", "Laws of the graph and SHACL")
    if not shapes["violations"]:
        facts = f"{shapes['entities']} 个实体和 {shapes['facts']} 个事实"
        yield element("p", f"{facts}（每种形式各取一例）符合本体和 SHACL 形状，没有违例。", cls="good")
        yield element("p", "要检查全部数据，用 kg check。", cls="soft")
        return
    yield element("p", f"{len(shapes['violations'])} 处违例：", cls="bad")
    rows = ((one["where"], one["law"], one["message"], one["value"]) for one in shapes["violations"])
    yield from _list(("位置", "约束", "说明", "值"), rows, len(shapes["violations"]))


def _findings(found: Sequence[Report]) -> Iterator[Markup]:
    yield _heading("可疑之处", "Suspicious")
    if not found:
        yield element("p", "没有发现。", cls="good")
    for kind, (title, meaning, say) in FINDINGS.items():
        mine = [one for one in found if one["kind"] == kind]
        if not mine:
            continue
        shown = (
            element(
                "details",
                element(
                    "summary",
                    element("b", one["name"]),
                    f" {say(one['values'])} ",
                    element("small", f"{_label(one['type'])} {one['entity']}"),
                ),
                *_evidence(one["evidence"]),
            )
            for one in mine[:SHOWN]
        )
        yield element("h3", f"{title}（{len(mine)}）")
        yield element("p", meaning, cls="soft")
        yield element("div", *shown, *_rest(len(mine)))


def _evidence(quotes: Iterable[Report]) -> Iterator[Markup]:
    for one in quotes:
        where = f"版面 {one['page']}，第 {one['lines']} 行（{one['article']}）；{one['fact']}"
        yield element("blockquote", one["quote"], element("br"), element("small", where))


def _components(components: Mapping[str, int]) -> Iterator[Markup]:
    yield _heading("连通", "Components")
    things = components["things"]
    share = components["largest"] / things if things else 0.0
    yield element(
        "p",
        f"{things:,} 个实体（不计文章和版面）中，{components['alone']:,} 个没有任何关系；"
        f"其余组成 {components['number']:,} 个连通分量，最大的有 {components['largest']:,} 个实体，占 {share:.1%}。",
    )


def _open_ends(report: Report) -> Iterator[Markup]:
    lists: tuple[tuple[str, str, str, tuple[str, ...], Callable[[Report], tuple[str, ...]]], ...] = (
        ("reprints", "转载", "Reprints", ("首见", "转载（相同部分）"), _reprint),
        ("candidates", "待定配对", "Candidates", ("类", "名称", "名称", "#分数", "理由"), _candidate),
        ("unresolved", "未定名称", "Unresolved names", ("类", "名称", "文章", "理由"), _unresolved),
        ("contradictions", "互相矛盾的判断", "Contradictions", ("判为不同", "却由此相连"), _contradiction),
        ("idle", "不起作用的决定", "Decisions that change nothing", ("文件", "#行", "原因"), _idle),
        ("dropped", "舍弃的陈述", "Dropped statements", ("陈述", "理由"), itemgetter("statement", "why")),
        ("issues", "未读懂的句子", "Not understood", ("类型", "文章", "文字"), itemgetter("kind", "where", "words")),
    )
    idle = {"idle": [one for one in report["decisions"] if one["idle"]]}
    for name, title, english, head, row in lists:
        found = {**report, **idle}[name]
        if found:
            total = report["counts"][name] if name in ELSEWHERE else len(found)
            yield _heading(f"{title}（{total:,}）", english)
            table = _list(head, (row(one) for one in found[:SHOWN]), total, ELSEWHERE.get(name, "report.json"))
            yield element("details", element("summary", "列出"), *table)


def _reprint(one: Report) -> tuple[str, ...]:
    return one["first"], "、".join(f"{other['article']}（{other['alike']:.0%}）" for other in one["others"])


def _candidate(one: Report) -> tuple[str, ...]:
    return (_label(one["type"]), *one["names"], _number(one["score"]), "; ".join(one["reasons"]))


def _unresolved(one: Report) -> tuple[str, ...]:
    return _label(one["type"]), one["name"], one["article"], one["why"]


def _contradiction(one: Report) -> tuple[str, ...]:
    different = f"{one['different']['left']} ≠ {one['different']['right']}"
    return different, "; ".join(f"{step['left']} = {step['right']}" for step in one["chain"])


def _idle(one: Report) -> tuple[str, ...]:
    return one["file"], _number(one["line"]), one["idle"]


# -------------------------------------------------------------------------------------------------------------- markup


def _heading(title: str, english: str) -> Markup:
    return element("h2", title, " ", element("small", english))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """Return a table; a column whose head starts with # holds numbers."""
    looks = ["number" if name.startswith("#") else "" for name in head]

    def line(tag: str, cells: Sequence[str]) -> Markup:
        return element("tr", *(element(tag, cell, cls=look) for cell, look in zip(cells, looks, strict=True)))

    body = element("tbody", *(line("td", row) for row in rows))
    return element("table", element("thead", line("th", [name.removeprefix("#") for name in head])), body)


def _list(
    head: Sequence[str], rows: Iterable[Sequence[str]], number: int, file: str = "report.json"
) -> Iterator[Markup]:
    yield _table(head, [row for row, _ in zip(rows, range(SHOWN), strict=False)])
    yield from _rest(number, file)


def _rest(number: int, file: str = "report.json") -> Iterator[Markup]:
    if number > SHOWN:
        yield element("p", f"……另有 {number - SHOWN:,} 条，见 {file}。", cls="soft")


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"


def _label(name: str) -> str:
    """Return the Chinese label of a class or relation, or of a count."""
    known = ontology.classes.get(name) or ontology.relations.get(name)
    return known.label_zh if known is not None else FIGURES.get(name, name)
