"""Who wrote it: leads (本报讯（记者 …）), credit lines, trailing credits, and the names in them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache

from kg.model import Byline
from ontology import resource

__all__ = ["bylines", "is_credit", "is_lead", "is_meta", "opening_end", "printed_date", "trailing_credit"]

_HAN = "\u3400-\u9fff"
_MARK = r"(?:[-–]\s)?[■□●○◆◇▲△★☆▶►◎※*·\s\u3000]*"
_OWN = r"本\s?(?:报|网|刊|台|社|站|端)"
_MEDIA = rf"(?:{_OWN}|[{_HAN}A-Za-z]{{1,9}}?(?:报|网|社|刊|台|在线|客户端|频道))"
_DAY = r"(?:\d{2,4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?"

# -- leads ------------------------------------------------------------------------------------------------------------

_LEAD = re.compile(
    rf"{_MARK}[【\[（(]?(?:{_OWN}(?:[{_HAN}]{{0,6}}?{_DAY})?(?:综合|专|快|特)?\s?(?:讯|电|消息)|"
    rf"讯(?=\s*[（(](?:记者|通讯员|特约))|(?:{_MEDIA}[—－·\-]{{0,2}}){{1,2}}"
    rf"(?:(?:记者)?[{_HAN}]{{0,6}}?\d{{1,2}}月\d{{1,2}}日(?:综合|专|快|特)?(?:讯|电|消息)|[{_HAN}]{{0,4}}?(?:讯|电)))[】\]）)]?(?=[\s\u3000（(：:“\"‘，,*]|记者|通讯员|近日|日前|\d|$)"
)
_LEAD_BRACKET = re.compile(rf"{_MARK}[（(]\s*[^（）()]{{0,14}}?(?:记者|通讯员)[^（）()。]{{1,60}}[）)](?=.{{8}})")


_SIMPLE = str.maketrans("報訊記電網員攝圖編輯審總責來時間發佈", "报讯记电网员摄图编辑审总责来时间发布")


def simple(text: str) -> str:
    """Return `text` with the words of credits in simplified characters, one for one."""
    return text.translate(_SIMPLE) if not text.isascii() else text


def is_lead(text: str) -> bool:
    """Whether a line opens an article by itself: 本报讯, 新华社北京3月8日电, （记者 …）近日."""
    text = simple(text)
    return bool((_LEAD.match(text) and len(text) > 8) or _LEAD_BRACKET.match(text))


# -- lines that are about the article, not of it ----------------------------------------------------------------------

_STAMP = r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?"
_META = re.compile(
    rf"""{_MARK}(?:
      (?:信息|稿件|文章|新闻)?(?:来源|来自|出处|转自)\s*[:：].*
    | (?:发布|发稿|更新|编辑|创建|刊发|录入)?(?:时间|日期|于)\s*[:：]\s*{_STAMP}.*
    | (?:发布单位|发布机构|索引号|浏览次数|浏览量|阅读量|阅读|点击数|点击|访问量|字号|字体|分享到?)\s*[:：（(【].*
    | [【\[]?(?:字体|打印|关闭窗口|收藏|返回顶部).*
    | {_STAMP}(?:\s*(?:星期|周).)?(?:\s*\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?(?:\s+\S{{0,24}}){{0,3}}
    | 《?[{_HAN}]{{2,10}}》?[\s（(,，]*{_STAMP}[\s\S]{{0,24}}
    | (?:第?\s*[A-Z]?\d{{1,3}}\s*版|[A-Z]\d{{1,2}})(?:[\s:：·|｜]*[{_HAN}]{{0,8}})
    | 星期[一二三四五六日天].{{0,20}}
    )""",
    re.VERBOSE,
)
_PRINTED = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")


def is_meta(text: str) -> bool:
    """Whether a line is nothing but source, date, page or counters."""
    text = simple(text)
    return len(text) <= 90 and not text.endswith(("。", "！", "”")) and bool(_META.fullmatch(text))


def printed_date(text: str) -> str:
    """Return the first full date of a line as ISO 8601, "" where there is none."""
    day = _PRINTED.search(text)
    if not day or not (1 <= int(day[2]) <= 12 and 1 <= int(day[3]) <= 31):
        return ""
    return f"{int(day[1]):04}-{int(day[2]):02}-{int(day[3]):02}"


# -- names and what they did ------------------------------------------------------------------------------------------

_KIND = r"(?:首席|特约|特派|特邀|见习|实习|全媒体|全媒|融媒体|融媒|新媒体|驻地|本报|本网|本刊|本台|摄影|文字|主任|高级)"
_WRITERS = "记者|通讯员|评论员|撰稿人|撰稿|撰文|作者|采写|供稿|报道员|整理"
_MAKERS = "摄影报道|图文报道|文字|图片|文图|图文|摄影|摄像|拍摄|摄|供图|制图|绘图|漫画|插画|报道|文|图"
_EDITORS = (
    "责任编辑|责编|编辑|编发|编校|校对|审核|审校|审签|终审|复审|初审|签发|监制|制作|美编|版式|"
    "值班主任|值班主编|值班编委|值班编辑"
)
_ROLE = re.compile(
    rf"(?P<media>(?:{_MEDIA}[—－·\-/]{{0,2}}){{0,3}}?)(?P<role>{_KIND}*(?:{_WRITERS}|{_EDITORS}|{_MAKERS}))(?P<rest>.*)"
)
_SAID = frozenset([*_WRITERS.split("|"), *_MAKERS.split("|"), *_EDITORS.split("|")]) - {"作者"}
_STRONG = frozenset(_WRITERS.split("|"))
_TOKEN = re.compile(r"[/／:：]|[^\s\u3000/／:：、，,；;|｜&＆()（）\[\]【】]+")
_EMPLOYER = re.compile(
    rf"[{_HAN}（）()A-Za-z0-9]*(?:会|公司|局|院|所|中心|厂|站|部|处|办|委|街道|镇|乡|集团|队|大学|学校|中学|小学|医院|报|网|社|台|宣传)$"
)
_NOT_NAME = re.compile("[的是在了把被]")
_NAME = re.compile(rf"[{_HAN}]{{2,4}}|[{_HAN}]{{1,8}}[·•][{_HAN}·•]{{1,10}}")


@cache
def _surnames() -> frozenset[str]:
    with resource("lexicon/surnames.tsv").open(encoding="utf-8") as stream:
        return frozenset(row[0] for row in list(csv.reader(stream, delimiter="\t"))[1:] if row)


def _has_surname(name: str) -> bool:
    known = _surnames()
    return name[:2] in known or (name[:1] in known and len(name) <= 3) or "·" in name or "•" in name


def _split_names(run: str) -> list[str]:
    """Names printed without a space between them; [] where it is no name at all."""
    if _NAME.fullmatch(run) and (len(run) <= 3 or "·" in run or "•" in run or run[:2] in _surnames()):
        return [run]
    known = _surnames()
    if re.fullmatch(rf"[{_HAN}]{{4,9}}", run):
        for size in (3, 2):
            rest = run[size:]
            if run[0] in known and rest[0] in known and len(rest) >= 2 and (more := _split_names(rest)):
                return [run[:size], *more]
    return []


def _glued_names(run: str) -> list[str]:
    """Names glued to the word before them, as 记者张三; [] where it is no name."""
    for names in (_split_names(run), _split_names(run[:-1]) if run[-1:] in "摄文图" else []):
        if names and all(map(_has_surname, names)):
            return names
    return []


def _tokens(text: str) -> list[str]:
    """Split a credit into words; a name printed 王　伟 becomes one word again."""
    found: list[str] = []
    for word in _TOKEN.findall(text):
        single = len(word) == 1 and word not in "/／:：摄文图"
        if single and found and len(found[-1]) == 1 and found[-1] in _surnames():
            found[-1] += word
        else:
            found.append(word)
    return found


def parse_credit(text: str, *, bare: bool = False) -> tuple[list[Byline], bool]:
    """Return who is named in `text`, and whether all of it is understood as a credit.

    `bare` admits names without a word for what they did, as at the end of an article.
    """
    tokens = _tokens(text)
    found: list[Byline] = []
    waiting: list[str] = []  # names before the word for what they did
    role = ""
    whole = bool(tokens)
    named = False  # whether anything says what they did
    for i, word in enumerate(tokens):
        if word in "/／:：":
            continue
        suffix = i > 0 and tokens[i - 1] in "/／"
        match = _ROLE.fullmatch(word)
        rest = match["rest"] if match else ""
        if match and (not rest or _glued_names(rest)):
            named = True
            given = match["role"].removeprefix("本报").removeprefix("本网").removeprefix("本刊").removeprefix("本台")
            follows = bool(rest) or any(later not in "/／:：" for later in tokens[i + 1 :])
            if suffix and not rest and found and _is_name_before(tokens, i) and not _prefix_slash(tokens, i):
                _rename(found, waiting, given)  # 韩露/文 白帆/摄
                continue
            if waiting and not rest and given not in _STRONG and not (i + 1 < len(tokens) and tokens[i + 1] in ":："):
                found += [Byline(name, given) for name in waiting]  # 李四 摄
                waiting = []
                continue
            reported = role and given in ("摄影报道", "图文报道", "报道", "文图", "图文")  # 记者 X 摄影报道
            if not rest and (reported or (not follows and found)):
                continue
            found += [Byline(name, "作者") for name in waiting]
            waiting = []
            role = given
            found += [Byline(name, role) for name in _glued_names(rest)]
            continue
        glued = re.fullmatch(rf"([{_HAN}]{{2,9}}?)(摄影报道|图文报道|文报道|摄影|摄|供图|报道|文|图)", word)
        if glued and (names := _split_names(glued[1])) and all(map(_has_surname, names)):
            named = True
            found += [Byline(name, glued[2] if glued[2] != "报道" or not role else role) for name in names]
            continue
        if not role and len(word) > 2 and _EMPLOYER.fullmatch(word):
            continue
        names = _split_names(word)
        if names and (role in _STRONG or role or all(map(_has_surname, names))) and not _NOT_NAME.search(word):
            if role:
                found += [Byline(name, role) for name in names]
            else:
                waiting += names
            continue
        if (
            _EMPLOYER.fullmatch(word.removesuffix("供图").removesuffix("提供"))
            or re.fullmatch(_MEDIA, word)
            or word in ("等", "综合")
        ):
            continue
        whole = False
    if waiting:
        found += [Byline(name, "作者") for name in waiting]
        whole = whole and (named or bare)
    return found, whole and bool(found) and (named or bare)


def _prefix_slash(tokens: list[str], i: int) -> bool:
    """Whether the role at `i` opens `role/NAME`, as 摄影/周世杰."""
    return i + 1 < len(tokens) and tokens[i + 1] in "/／"


def _is_name_before(tokens: list[str], i: int) -> bool:
    return i >= 2 and bool(_split_names(tokens[i - 2]))


def _rename(found: list[Byline], waiting: list[str], given: str) -> None:
    """Say what the last name did, unless a stronger word (记者) has been said of it."""
    if waiting:
        found += [Byline(name, given) for name in waiting]
        waiting.clear()
    elif given not in ("文", "文字", "图文", "文图"):
        found[-1] = Byline(found[-1].name, given)


_BRACKETS = re.compile(rf"^{_MARK}[（(\[【]?|[）)\]】]?\s*$")


def is_credit(text: str) -> bool:
    """Whether a line is nothing but a credit: ■文/本报记者 郭强 摄影/周世杰, [编辑:沙佳仪], 作者：赵思远."""
    text = simple(text)
    if len(text) > 90 or "。" in text or text.endswith(("！", "？", "”")):
        return False
    found, whole = parse_credit(_BRACKETS.sub("", text), bare=bool(re.fullmatch(r"[（(【\[].+[）)】\]]\s*", text)))
    return whole and all(_has_surname(credit.name) or credit.role in _SAID for credit in found)


_TRAILING = re.compile(r"[（(【\[]([^（）()【】\[\]。]{2,60})[）)】\]]\s*$")
_CAPTION = re.compile(
    rf"(?:^|[。！？\s\u3000])((?:{_MEDIA}\s*)?(?:记者\s*)?[{_HAN}]{{2,4}}\s*[/／]?\s*(?:摄影|摄|供图))[。\s]*$"
)


def trailing_credit(text: str) -> list[Byline]:
    """Return who is credited at the end of a paragraph: （记者 X 通讯员 Y）, （X 摄）, （张三）."""
    text = simple(text[-70:])
    match = _TRAILING.search(text[-70:])
    if match:
        before = text[-70:][: match.start()].rstrip()
        found, whole = parse_credit(match[1], bare=before.endswith(("。", "！", "？", "”")))
        return found if whole and all(_has_surname(credit.name) for credit in found) else []
    caption = _CAPTION.search(text[-40:])
    if caption:
        found, whole = parse_credit(caption[1])
        return found if whole and all(_has_surname(credit.name) for credit in found) else []
    return []


_HEAD_BRACKET = re.compile(r"\s*[（(]([^（）()]{2,80})[）)]")
_HEAD_REPORT = re.compile(rf"\s*({_KIND}*(?:记者|通讯员).{{1,50}}?)报道(?=[\s：:，,]|$)")
_HEAD_PLAIN = re.compile(
    rf"\s*((?:{_KIND}*(?:记者|通讯员)[\s\u3000]*[{_HAN}]{{2,4}}?[\s\u3000、]*)+)(?=[：:，,]|(?<=[\s\u3000]))"
)


def _plain_credit(text: str, at: int) -> tuple[list[Byline], int]:
    """Return who is credited without a bracket behind 本报讯, and where that ends."""
    report = _HEAD_REPORT.match(text, at)
    if report:
        found, whole = parse_credit(report[1])
        if whole:
            return found, report.end()
    plain = _HEAD_PLAIN.match(text, at)
    if plain:
        found, whole = parse_credit(plain[1])
        if whole:
            return found, plain.end()
    return [], at


def lead_credit(text: str) -> list[Byline]:
    """Return who is credited at the beginning of a lead."""
    text = simple(text)
    lead = _LEAD.match(text)
    mark = _BRACKETS_OPEN.match(text)
    at = lead.end() if lead else mark.end() if mark else 0
    bracket = _HEAD_BRACKET.match(text, at)
    if bracket:
        found, whole = parse_credit(bracket[1], bare=True)
        return found if whole or re.search("记者|通讯员", bracket[1]) else []
    return _plain_credit(text, at)[0] if lead else []


_BRACKETS_OPEN = re.compile(_MARK)


def opening_end(text: str) -> int:
    """Return where the news begins: behind 本报讯, the bracket with the names, a mark."""
    text = simple(text)
    lead = _LEAD.match(text)
    mark = _BRACKETS_OPEN.match(text)
    at = lead.end() if lead else mark.end() if mark else 0
    bracket = _HEAD_BRACKET.match(text, at)
    if bracket and (lead or parse_credit(bracket[1])[1]):
        at = bracket.end()
    elif lead:
        at = _plain_credit(text, at)[1]
    while at < len(text) and (text[at].isspace() or text[at] in "：:"):
        at += 1
    return at


def bylines(head: Iterator[str], body: Iterator[str]) -> tuple[Byline, ...]:
    """Return who made an article: from the credit lines of its head, then from lead and ends of its paragraphs."""
    found: dict[Byline, None] = {}
    for text in head:
        found.update(dict.fromkeys(parse_credit(_BRACKETS.sub("", simple(text)))[0]))
    for text in body:
        if is_credit(text):
            found.update(dict.fromkeys(parse_credit(_BRACKETS.sub("", simple(text)), bare=True)[0]))
            continue
        if is_lead(text):
            found.update(dict.fromkeys(lead_credit(text)))
        found.update(dict.fromkeys(trailing_credit(text)))
    return tuple(found)
