"""What must hold of every extraction, and texts to try it on."""

from __future__ import annotations

import itertools

from hypothesis import strategies as st

from kg.model import STATUSES, Article, Extraction
from kg.text import normal
from ontology import ontology
from tests.extract.helpers import article, page_text

__all__ = ["PROPERTIES", "articles", "check", "lines"]

# what the literal-property statements of an activity carry; their object is text, not a thing
PROPERTIES = {
    "date": frozenset({"start", "end", "precision", "vague"}),
    "count": frozenset({"min", "max", "approximate", "unit"}),
    "series": frozenset[str](),
    "edition": frozenset[str](),
}
PRECISIONS = {"day", "month", "year", "interval"}


def check(extraction: Extraction, page: str) -> None:
    """Assert all laws of one extraction; `page` is the text of the page its article was cut from."""
    source = extraction.article
    types = _entities(extraction)
    assert len({s.id for s in extraction.statements}) == len(extraction.statements)
    assert not {s.id for s in extraction.statements} & set(types)
    for statement in extraction.statements:
        evidence = statement.evidence
        assert statement.status in STATUSES
        assert evidence.article == source.key
        assert 0 <= evidence.start < evidence.end <= len(source.text)
        assert evidence.quote == source.text[evidence.start : evidence.end]
        assert evidence.rule
        assert 0.0 < evidence.confidence <= 1.0
        _page_ranges(source, page, evidence.start, evidence.end, evidence.page_ranges)
        qualifiers = dict(statement.qualifiers)
        assert statement.qualifiers == tuple(sorted(qualifiers.items()))
        assert all(qualifiers.values()), "a qualifier that says nothing"
        subject = types.get(statement.subject, "Article" if statement.subject == source.key else "")
        assert subject, "the subject is neither a thing of the article nor the article"
        if statement.predicate in PROPERTIES:
            assert subject == "Activity"
            assert statement.object.strip()
            assert set(qualifiers) <= PROPERTIES[statement.predicate]
            _values(statement.predicate, qualifiers)
            continue
        target = types.get(statement.object, "Article" if statement.object == source.key else "")
        assert target, "the object is neither a thing of the article nor the article"
        assert statement.subject != statement.object
        ontology.check_triple(subject, statement.predicate, target)
        ontology.check_qualifiers(statement.predicate, qualifiers)


def _entities(extraction: Extraction) -> dict[str, str]:
    source = extraction.article
    types: dict[str, str] = {}
    for entity in extraction.entities:
        assert entity.type == "Date" or entity.type in ontology.classes
        assert entity.article == source.key
        assert entity.name.strip()
        assert entity.aliases == tuple(sorted(set(entity.aliases)))
        assert entity.name not in entity.aliases
        assert entity.hints == tuple(sorted(entity.hints))
        assert entity.mentions, f"{entity.name} stands nowhere"
        spans = [mention.span for mention in entity.mentions]
        assert spans == sorted(set(spans))
        for mention in entity.mentions:
            assert mention.type == entity.type
            assert mention.span.article == source.key
            assert 0 <= mention.span.start < mention.span.end <= len(source.text)
            assert mention.surface == source.text[mention.span.start : mention.span.end]
            assert mention.normal == normal(mention.surface)
            assert mention.rule
        assert entity.id not in types, "two things with one id"
        types[entity.id] = entity.type
    return types


def _page_ranges(source: Article, page: str, start: int, end: int, ranges: tuple[tuple[int, int], ...]) -> None:
    covered = [
        (piece.page_start + offset - piece.start)
        for piece in source.pieces
        for offset in range(max(start, piece.start), min(end, piece.end))
    ]
    assert [at for low, high in ranges for at in range(low, high)] == covered
    assert all(low < high for low, high in ranges)
    assert "".join(page[low:high] for low, high in ranges) == source.text[start:end].replace("\n", "")


def _values(predicate: str, qualifiers: dict[str, str]) -> None:
    if predicate == "date":
        assert qualifiers["precision"] in PRECISIONS
        assert qualifiers["vague"] in {"true", "false"}
        if "start" in qualifiers and "end" in qualifiers:
            assert qualifiers["start"] <= qualifiers["end"]
    if predicate == "count":
        assert qualifiers["approximate"] in {"true", "false"}
        low, high = qualifiers.get("min"), qualifiers.get("max")
        assert low is not None or high is not None
        if low is not None and high is not None:
            assert int(low) <= int(high)


# ------------------------------------------------------------------------------------------------------------- texts

_DISTRICTS = ("延庆区", "北京市西城区", "石家庄市", "通州区张家湾镇", "经开区", "开发区", "新疆维吾尔自治区", "朝阳")
_UNIONS = (
    "{d}总工会",
    "{d}教育工会",
    "{f}工会",
    "{d}快递行业工会联合会",
    "市总工会",
    "公司工会",
    "街道总工会",
    "{d}（以下简称{d}）总工会",
)
_FIRMS = (
    "北京和顺食品有限公司",
    "云帆科技公司",
    "东风快递（北京）有限公司昌平分公司",
    "中建二局",
    "该公司",
    "绿禾集团",
)
_PEOPLE = ("林海峰", "欧阳文静", "古丽娜尔·艾合买提", "马小军", "钱伟", "曹阳")
_ACTIVITIES = (
    "第三届“匠心杯”职工技能大赛",
    "“送清凉”慰问活动",
    "2025年职工羽毛球赛",
    "以“巾帼风采”为主题的展演活动",
    "此次活动",
    "启动仪式",
    "“书香”“阅读”分享会",
)
_PLACES = ("中关村职工之家", "张家湾镇文化广场", "亦庄体育馆（二层）", "“暖心”驿站")
_GOODS = ("“清凉礼包”", "“工会e家”小程序", "“安小康”智能巡检机器人")
_TIMES = ("近日，", "3月8日，", "2024年2月29日至3月2日，", "昨天，", "12月31日", "13月45日", "2月30日，", "")
_FRAMES = (
    "{t}{u}举办{a}。",
    "{t}由{u}主办、{f}承办、{u}协办的{a}在{v}举行，来自{f}的{n}余名职工参加。",
    "{t}{a}在{d}{v}启动，{u}主席{p}出席并致辞。",
    "“{a}很好。”{f}职工{p}说，“{g}也好。”",
    "{u}授予{p}“工匠”称号，{p}、{p}获得一等奖。",
    "{u}向{f}职工发放{g}。",
    "经{u}批准，{u}成立，选举{p}为主席。",
    "{d}对口帮扶{d}，{u}将举办{a}。",
    "{u}未举办{a}。",
    "{f}位于{d}，{f}研发的{g}亮相。",
    "本报讯（记者 {p} 通讯员 {p}）{t}{u}开展{a}。",
    "（{p} 摄）",
    "{a}",
)  # fmt: skip


@st.composite
def _sentence(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(_FRAMES))
    kinds = {"{t}": _TIMES, "{u}": _UNIONS, "{a}": _ACTIVITIES, "{f}": _FIRMS, "{d}": _DISTRICTS, "{p}": _PEOPLE}
    kinds |= {"{v}": _PLACES, "{g}": _GOODS, "{n}": ("百", "1,200", "近10万", "３５", "两千三百")}
    for mark in ("{t}", "{u}", "{a}", "{f}", "{d}", "{p}", "{v}", "{g}", "{n}"):
        while mark in text:
            text = text.replace(mark, draw(st.sampled_from(kinds[mark])), 1)
            if mark != "{d}":
                while "{d}" in text and mark == "{u}":
                    text = text.replace("{d}", draw(st.sampled_from(_DISTRICTS)), 1)
    return text


_ALPHABET = (
    "北京市西城区总工会经开有限公司街道主办举行第一届职工技能大赛活动在的由和与说王李明阳光·"
    "，。：；！？、（）“”‘’《》—…,.:;!?()\"'[]【】「」『』〈〉"
    " \u3000\t\u00a0\u200b０１２３0123456789ＡＢＣabc％%月日年近余名"
    "*#_`>|■□▲/\\<>&😀👷\u200d🏽𠮷é\u0301"
)
_noise = st.text(alphabet=_ALPHABET, max_size=60)


@st.composite
def _mutated(draw: st.DrawFn) -> str:
    """A sentence of the genre in which a few places were cut out, doubled, swapped or filled with noise."""
    text = draw(_sentence())
    for _ in range(draw(st.integers(0, 4))):
        a = draw(st.integers(0, len(text)))
        b = min(len(text), a + draw(st.integers(0, 6)))
        how = draw(st.sampled_from(("cut", "double", "swap", "noise")))
        middle = {"cut": "", "double": text[a:b] * 2, "swap": text[a:b][::-1]}.get(how)
        text = text[:a] + (draw(st.text(alphabet=_ALPHABET, max_size=3)) if middle is None else middle) + text[b:]
    return text


@st.composite
def lines(draw: st.DrawFn) -> str:
    """One paragraph: sentences of the genre, whole and broken, and noise."""
    parts = draw(st.lists(st.one_of(_sentence(), _mutated(), _noise), min_size=1, max_size=4))
    return "".join(parts).replace("\n", "").replace("\r", "")


@st.composite
def articles(draw: st.DrawFn) -> tuple[Article, str]:
    """An article whose paragraphs the page broke here and there, and the text of that page."""
    broken = []
    for text in draw(st.lists(lines(), max_size=4)):
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=2)))
        ends = [0, *cuts, len(text)]
        broken.append(tuple(text[a:b] for a, b in itertools.pairwise(ends)))
    headline = draw(st.one_of(st.just(""), _sentence(), lines()))
    kicker = draw(st.one_of(st.just(""), _noise)).strip()
    source = article(
        *broken,
        headline=headline,
        kicker=kicker,
        issue_date=draw(st.sampled_from(("", "2025-03-12", "2024-02-29", "2025-01-01"))),
        home=draw(st.sampled_from(("", "北京市", "石家庄市"))),
    )
    return source, page_text(*broken, headline=headline, kicker=kicker)
