"""Persons and the posts they hold, and who is credited with the report."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract import lexicon
from kg.extract.reading import Matcher, Reading, known
from kg.extract.spans import Candidate

__all__ = ["Credit", "Post", "credits", "persons", "posts"]


@dataclass(frozen=True, slots=True)
class Credit:
    """A name of the byline or of a credit line, with its role as printed."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Post:
    """`title` (text[start:end]) held by the person at `person`, in the body at `body` (None: not named beside it)."""

    person: tuple[int, int]
    start: int
    end: int
    title: str
    body: Candidate | None


# ---------------------------------------------------------------------------------------------------------- credits

_ROLE = re.compile(
    r"(?:全媒体|首席|特约|见习|实习|本报|本网|驻[\u4e00-\u9fff]{2,4})*(?:记者|通讯员|撰稿人|实习生)|作者|撰文|采写|摄影报道|文图|图文|文/图|图/文|文/摄影|文/摄|摄影/|文/|图/|/文|/图|/摄影|/摄|摄影|摄|供图|供稿"
)
_PAREN = re.compile(r"[（【\[]([^（）【】\[\]\n。]{2,90})[）】\]]")
_LINE = re.compile(
    r"(?m)^[■□▲△◆●\s]*((?:[\u4e00-\u9fffA-Za-z—\-/（）“”： ]{0,26})?(?:记者|通讯员|作者|撰稿|采写|文|摄影|图)[^。\n]{0,60}|[^。\n]{2,30}(?:摄影报道|摄|供图|报道|文|/图))$"
)
_LEAD = re.compile(
    r"(?m)^(?:[\u4e00-\u9fffA-Za-z0-9—\-·]{0,14}(?:讯|电|消息)) ?(?:全媒体|首席|特约|见习|实习|本报)?(?:记者|通讯员)([^。，\n]{2,50}?)(?:报道|文|摄)?(?=[ 　）。，]|(?=\d+月)|$)"
)
_TAIL = re.compile(r"(?m)[。）” ]([\u4e00-\u9fff]{2,4}(?:[、 ][\u4e00-\u9fff]{2,4}){0,3}) ?(?:摄影报道|摄影|摄|供图)$")
# names alone: behind □, or at the end of the report in brackets, with the writer's employer or without
_SIGNED = re.compile(
    r"(?m)^[□■]\s*([\u4e00-\u9fff]{2,4}(?: [\u4e00-\u9fff]{2,4}){0,3})(?: ?报道)?$|"
    r"$^"
)
# （文：A 图：B 审核：C）; （X总工会 A 供稿）
_LABELLED = re.compile(
    r"(?<=[（ \n/|])(文|图|文字|图片|摄影|撰稿|撰文|作者|采写|摄)：([\u4e00-\u9fff]{2,3})(?=[ ）\n、/|]|$)"
)
_SENT_IN = re.compile(r"[（ ]([\u4e00-\u9fff]{2,3}(?:[ 、][\u4e00-\u9fff]{2,3})*) ?(?:供稿|报道|报送)(?=[ ）\n]|$)")
_SIGNED_END = re.compile(r"（(?:[^（）。，]{2,24} )?([\u4e00-\u9fff]{2,3}(?:[ 、][\u4e00-\u9fff]{2,3}){0,3})）\s*$")
_EDITOR = re.compile(r"编辑|责编|审核|校对|[初复终一二三监]审|编审|编发|制作|排版|来源|监制|时间|日期|阅读|浏览|字号|点击")
_SEPARATOR = re.compile(r"[ 、，；/|·—\-：]+")


def credits(reading: Reading) -> list[Credit]:
    """Find the reporters, correspondents and photographers in lead brackets and credit lines."""
    text = reading.text
    plain: list[Credit] = []
    spans: list[tuple[int, int]] = []
    for match in _PAREN.finditer(text):
        if re.search(r"记者|通讯员|作者|摄|撰稿|实习生|文/|/文|供图", match.group(1)):
            spans.append(match.span(1))
    for match in _LINE.finditer(text):
        if len(match.group(1)) <= 60 and not re.search(r"[，！？]|了|是|在", match.group(1)):
            spans.append(match.span(1))
    for match in _LEAD.finditer(text):
        spans.append((text.index("讯" if "讯" in match.group() else match.group()[-1], match.start()), match.end()))
    for match in _SIGNED.finditer(text):
        for a, b in _people_in(reading, *match.span(1)):
            plain.append(Credit(a, b, "作者"))
    for match in _LABELLED.finditer(text):
        role = "摄" if match.group(1) in ("图", "图片", "摄影", "摄") else "作者"
        plain.append(Credit(match.start(2), match.end(2), role))
    for match in _SENT_IN.finditer(text):
        plain.extend(Credit(a, b, "作者") for a, b in _people_in(reading, *match.span(1)))
    end_signed = _SIGNED_END.search(text)
    if end_signed and not re.search(r"记者|通讯员|摄|供图|供稿|编辑", end_signed.group()):
        for a, b in _people_in(reading, *end_signed.span(1)):
            plain.append(Credit(a, b, "作者"))
    for match in _TAIL.finditer(text):
        spans.append((match.start(1), match.end()))
    spans = [span for span in spans if span[0] >= reading.headline[1] or span[1] <= reading.headline[0]]
    found: dict[tuple[int, int], Credit] = {(c.start, c.end): c for c in plain}
    for start, end in spans:
        for credit in _names(reading, start, end):
            found.setdefault((credit.start, credit.end), credit)
    return [found[key] for key in sorted(found)]


def _names(reading: Reading, start: int, end: int) -> Iterator[Credit]:
    text = reading.text
    roles = list(_ROLE.finditer(text, start, end))
    for i, match in enumerate(roles):
        role = match.group().strip("/")
        if role in (
            "摄",
            "摄影",
            "摄影报道",
            "供图",
            "文",
            "图",
            "文图",
            "图文",
            "文/图",
            "图/文",
            "文/摄",
            "文/摄影",
        ) and not (match.group().endswith("/") or text[match.end() : match.end() + 1] == "/"):
            low = roles[i - 1].end() if i else start
            chunk = (low, match.start())
            ahead = re.compile(r" ?[\u4e00-\u9fff]{2,3}(?=[ ）)]|$)").match(text, match.end())
            if (
                ahead
                and text[match.end() : match.end() + 1] == " "
                and any(True for _ in _people_in(reading, match.end(), ahead.end()))
                and role in ("摄影", "图", "摄")
            ):
                pass  # 摄影 计刚: the name follows
            elif any(True for _ in _people_in(reading, *chunk)):
                if not (i and roles[i - 1].group().endswith(("记者", "通讯员", "作者"))):
                    for a, b in _people_in(reading, *chunk):
                        yield Credit(a, b, "摄" if "摄" in role else role)
                    continue
                continue
        stop = roles[i + 1].start() if i + 1 < len(roles) else end
        if _EDITOR.search(text, match.end(), stop):
            stop = _EDITOR.search(text, match.end(), stop).start()  # type: ignore[union-attr]
        for a, b in _people_in(reading, match.end(), stop):
            yield Credit(a, b, role)


def _people_in(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    text, at = reading.text, start
    spaced = " " in text[start:end].strip()  # names are set apart by blanks here, so that four characters are one name
    while at < end:
        gap = _SEPARATOR.match(text, at, end)
        if gap:
            at = gap.end()
            continue
        stop = next((m.start() for m in [_SEPARATOR.search(text, at, end)] if m), end)
        chunk = text[at:stop]
        if chunk.endswith(("报道", "摄影", "文")) and len(chunk) > 3:
            chunk = re.sub(r"(?:报道|摄影|文)$", "", chunk)
        if chunk in lexicon.words("noname") or chunk.endswith(_OFFICE_END):
            pass
        elif re.fullmatch(r"[\u4e00-\u9fff]{2,4}", chunk) and (
            _surname(chunk) and (len(chunk) < 4 or chunk[:2] in lexicon.surnames())
        ):
            yield at, at + len(chunk)
        elif spaced and re.fullmatch(r"[\u4e00-\u9fff]{3,6}", chunk) and not known(chunk):
            yield at, at + len(chunk)
        elif re.fullmatch(r"[\u4e00-\u9fff]{4,6}", chunk):
            for cut in (3, 2):  # two names without a blank between them
                one, two = chunk[:cut], chunk[cut:]
                if 2 <= len(two) <= 3 and _surname(one) and _surname(two):
                    yield at, at + cut
                    yield at + cut, at + len(chunk)
                    break
        elif re.fullmatch(r"[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,6})+", chunk):
            yield at, at + len(chunk)
        at = stop


_OFFICE_END = ("科", "部", "处", "办", "室", "社", "局", "工会", "公司", "集团", "网", "报", "中心", "学校", "医院")


def _surname(name: str) -> bool:
    table = lexicon.surnames()
    return name[:2] in table and len(name) > 2 or name[:1] in table


# ---------------------------------------------------------------------------------------------------------- persons

_AFTER_TAGS = frozenset("v d p c uj ul u vd ad t f y i".split())
_HAN = "\u3400-\u9fff"
_HAN_ONLY = re.compile(rf"[{_HAN}]+")
_MINORITY = re.compile(rf"[{_HAN}]{{1,7}}(?:·[{_HAN}]{{1,8}}){{1,3}}")
_NOT_IN_NAME = frozenset(
    "的了在说等为向对和与、是都也将从到被把及其这那每各很更最又或者们个名位并还则且但而于以让使给只就才会能可要我你他她它不没有所该此"
)
_FOLLOW_SIGNS = frozenset("，。、；：！？“”‘’（）《》—…/ \n")
_FOLLOW_WORDS = frozenset(
    "等 说 表示 介绍 坦言 告诉 透露 指出 强调 认为 感慨 直言 回忆 谈到 提到 宣布 宣读 主持 致辞 致 讲话 讲解 发言 出席 参加 参与 到场 一行 带领 率 代表 带着 手中 同志 先生 女士 教授 老师 师傅 为 在 向 对 与 和 及 同 作 的 是 从 到 则 还 也 就 都 将 给 以 用 因 把 被 正 已 曾 又 便 今年 当选 荣获 获 接过 走 来 授 颁 揭 签 上台 担任 任 兼 所在 深 先后 分别 共同 亲 随 应邀 受邀 主 感 笑 激动 高兴 开心 热情 拿 站 收到 家 每 一边 不 没 有 成 通过 围绕 结合 点 领 看望 慰问 检查 调研 指导 讲 解 称 补充 总结 陪同 列席 领衔 牵头 创新工作室 劳模".split()
)


def _follows(text: str, at: int) -> bool:
    """Whether what stands at `at` usually stands behind a person's name."""
    if at >= len(text) or text[at] in _FOLLOW_SIGNS:
        return True
    return any(text[at : at + length] in _FOLLOW_WORDS for length in (1, 2, 3, 4, 5, 6))


@cache
def _titles() -> tuple[Matcher, frozenset[str], frozenset[str]]:
    post, weak = lexicon.titles("post"), lexicon.titles("weak")
    return Matcher(post | weak), post, weak


@cache
def _say() -> re.Pattern[str]:
    return re.compile("|".join(sorted(lexicon.verbs("say"), key=lambda w: (-len(w), w))))


def _name_end(reading: Reading, at: int) -> tuple[int, int]:
    """The likeliest end of a personal name that starts at `at`, with a score (0: none)."""
    text = reading.text
    if "·" in text[at : at + 8]:
        minority = _MINORITY.match(text, at)
        if minority:
            return minority.end(), 5
    first = reading.token_at(at)
    if (
        reading.starts[first] == at
        and reading.tags[first] == "nr"
        and first + 1 < len(reading.tags)
        and reading.tags[first + 1] == "nrt"
    ):
        end = reading.starts[first + 1] + len(reading.words[first + 1])
        if 4 <= end - at <= 7 and re.fullmatch(rf"[{_HAN}]+", text[at:end]):
            return end, 5  # 阿依|努尔: a name of another tongue, written without its dot
    table = lexicon.surnames()
    if text[at : at + 1] not in table and text[at : at + 2] not in table:
        return at, 0
    index = reading.token_at(at)
    token, tag = reading.words[index], reading.tags[index]
    aligned = reading.starts[index] == at
    double = text[at : at + 2] in table
    best = (0, 0, at)
    for length in (4, 3, 2) if double else (3, 2):
        name = text[at : at + length]
        if len(name) < length or not _HAN_ONLY.fullmatch(name) or not _NOT_IN_NAME.isdisjoint(name[1:]):
            continue
        score = 0
        boundary = reading.is_boundary(at + length)
        if _follows(text, at + length):
            score += 3
        elif boundary:
            after = min(reading.token_at(at + length), len(reading.tags) - 1)
            lone = (
                len(reading.words[after]) == 1 and not "\u3400" <= text[at + length + 1 : at + length + 2] <= "\u9fff"
            )
            if reading.tags[after] in _AFTER_TAGS and not lone:
                score += 2
            elif lone:
                score -= 2  # 王成|刚，: what is left between the name and the comma belongs to it
        if boundary:
            score += 1
        if length >= 2 and text[at + length - 1 : at + length + 1] and not boundary:
            glued = reading.token_at(at + length)
            word = reading.words[glued]
            if (
                reading.starts[glued] == at + length - 1
                and len(word) == 2
                and reading.tags[glued] == "p"
                and word[1] in "为从在与和向对由被把"
            ):
                score += 2  # 祁生|莲为: the tokenizer glued the preposition to the name
        elif length == 2:
            glued = reading.token_at(at + length)
            word = reading.words[glued]
            if (
                len(word) == 2
                and reading.tags[glued] == "p"
                and word[1] in "为从在与和向对由被把"
                and word not in lexicon.words("stop")
            ):
                score -= 2
        if aligned and len(token) == 1 and tag == "nr" and boundary and reading.token_at(at + length - 1) == index + 1:
            score += 2  # a family name by itself, and one word behind it
        if aligned and token == name:
            unlikely = tag[0] in "nvadlimtz" and not (length == 3 and tag in ("ns", "nz", "nt"))
            score += (3 if length == 3 else 2) if tag.startswith("nr") else -2 if unlikely else 0
        elif aligned and len(token) > length:
            score -= 1
        best = max(best, (score, length, at + length))
    return best[2], best[0]


_AFTER_NAME = frozenset(
    "教授 老师 代表 院士 律师 医生 主任 主席 书记 师傅 研究员 讲师 博士 秘书长 会长 总经理 董事长 经理 校长 院长".split()
)
_HONORIFIC = re.compile(r"同志|先生|女士|一行|博士")
_OPENING = frozenset("x c p r v d uj ul u m".split())


def _name_start(reading: Reading, end: int) -> int:
    """Where a full name that ends at `end` starts; `end` itself where none does."""
    text = reading.text
    index = reading.token_at(end - 1) if end else -1
    if index < 0 or reading.starts[index] + len(reading.words[index]) != end:
        return end
    for length in (3, 2):
        begin = end - length
        if begin < 0 or not re.fullmatch(rf"[{_HAN}]+", text[begin:end]) or not _surname(text[begin:end]):
            continue
        if set(text[begin + 1 : end]) & _NOT_IN_NAME or not reading.is_boundary(begin):
            continue
        tokens = list(range(reading.token_at(begin), index + 1))
        if len(tokens) == 1 and not reading.tags[tokens[0]].startswith("nr"):
            continue
        if len(tokens) > 1 and reading.tags[tokens[0]][0] not in "nzagjvbdx":
            continue
        if len(tokens) > 1 and len(reading.words[tokens[0]]) > 1:
            continue
        return begin
    return end


_ALSO_WORDS = frozenset("向于时常从和将对由因连同")  # family names that are function words far more often
_NEVER_LAST = frozenset(
    "滩感书卡物品会店馆厅室费率性化式类者员们奖厂局校镇站网券包盒票课赛操单表柜屏机车队组班部处科点线村路街区县市"
)
# callings by their last character, units of a firm, and what winners do
_CALLING = re.compile(
    rf"(?<=[{_HAN}])(?:[技茶艺医药护园设厨摄美化验面点]师|技工|[一-龥]工|[驾驶快递调度协管安全质检收银炊事营业保洁售票乘务列车辅导测试检测巡检客服网格派送分拣话务技术]员|工匠|技师|能手|标兵|骨干|传人|遗孀|母亲|父亲|妻子|丈夫|儿子|女儿|队员|车手|冠军|主播)(?=[{_HAN}])"
)
_UNIT = re.compile(
    r"(?:作业区|车间|班组|工段|大队|中队|项目部|分理处|支行|分行|营业部|社区|中学|小学|医院|学院|大学|研究院|研究所|街道|检修班|运维班|[一二三四五六七八九十]班|[一二三四五六七八九十]队|分会|科室|部门|工作室)"
)
_ACTS = re.compile(
    r"[、](?=[\u4e00-\u9fff]{4,})|(?:以[^，。]{2,16})?(?:分别|双双|也|一举|勇|脱颖而出|最终)*(?:获|夺|摘|斩获|分获|荣获|赢|捧|当选|被评|被授|入选|拔得|位列|说|表示|告诉|笑着|激动)"
)


_SAYS_AT = re.compile(r"(?:在[^，。]{1,14}(?:上|中|时))?(?:说|表示|介绍|坦言|告诉)")


def _is_word(reading: Reading, start: int, end: int) -> bool:
    """Whether text[start:end] is one dictionary word that is no name."""
    index = reading.token_at(start)
    if reading.starts[index] != start or reading.words[index] != reading.text[start:end]:
        return False
    return (
        not reading.tags[index].startswith("nr")
        and (end - start == 2 or reading.tags[index][0] in "vadi")
        or reading.words[index] in lexicon.words("noname")
    )


def persons(reading: Reading, names: Sequence[Candidate], credited: Iterable[Credit]) -> list[Candidate]:
    """Find persons: beside a post, before a verb of speaking, in lists with others, and wherever their names recur."""
    text = reading.text
    blocked = sorted((c.start, c.end) for c in names if c.kind == "name" and c.score >= 0.7)
    found: dict[tuple[int, int], str] = {}

    def free(start: int, end: int) -> bool:
        i = bisect_left(blocked, (start, start))
        return all(not (a < end and start < b) for a, b in blocked[max(0, i - 2) : i + 2])

    noname = lexicon.words("noname")
    district_starts = {hit.start for hit in reading.districts}

    def accept(start: int, end: int, rule: str) -> None:
        if end <= start or not free(start, end):
            return
        if text[start + 1 : end] in lexicon.titles("post") or (
            rule not in ("title", "honorific") and start in district_starts
        ):
            return  # 曹主席 is no full name; 安顺 is a city
        sure = rule in ("title", "honorific")
        if sure or not (
            text[start:end] in noname
            or text[end - 1] in _NEVER_LAST
            or (text[start] in _ALSO_WORDS and end - start < 4 and rule != "after-body")
        ):
            found.setdefault((start, end), rule)

    for credit in credited:
        found[credit.start, credit.end] = "byline"
    matcher, post, _ = _titles()
    say = _say()
    for start, end, word in matcher.find(text):
        at = end
        if text[at : at + 1] == " ":
            at += 1
        stop, score = _name_end(reading, at)
        if word in post:
            if score >= 2:
                accept(at, stop, "title")
        elif score >= 4 and (stop - at == 3 or score >= 5):
            accept(at, stop, "calling")
        # the name before its title: 孙云龙教授, 马丹代表
        if word in _AFTER_NAME:
            begin = _name_start(reading, start)
            if begin < start:
                accept(begin, start, "before-title")
    common = lexicon.words("stop") | lexicon.words("noname") | lexicon.verbs("win")
    for match in _CALLING.finditer(text):
        at = match.end()
        stop, score = _name_end(reading, at)
        if score >= 4 and (stop - at == 3 or score >= 5) and (reading.is_boundary(at) or _follows(text, stop)):
            accept(at, stop, "calling")
    for body in names:
        at = body.end
        if body.kind == "name" and body.type != "TradeUnion" and text[at : at + 1] != "的":
            stop, score = _name_end(reading, at)
            if score >= 4 and _ACTS.match(text, stop) and not _is_word(reading, at, stop):
                accept(at, stop, "after-body")
        elif body.kind == "name" and body.type == "TradeUnion":
            stop, score = _name_end(reading, at)
            if score >= 4 and _ACTS.match(text, stop) and not _is_word(reading, at, stop):
                accept(at, stop, "after-body")
            elif score >= 3 and stop - at == 3 and _SAYS_AT.match(text, stop):
                accept(at, stop, "after-body")
    for match in _UNIT.finditer(text):
        stop, score = _name_end(reading, match.end())
        if score >= 4 and _ACTS.match(text, stop) and not _is_word(reading, match.end(), stop):
            accept(match.end(), stop, "after-unit")
    for match in re.finditer("当选|担任|化身|获评|荣获|被授予|被评为", text):
        begin = _name_start(reading, match.start())
        if begin < match.start():
            accept(begin, match.start(), "elected")
    counts: dict[str, int] = {}
    for word, tag in zip(reading.words, reading.tags, strict=True):
        if tag.startswith("nr") and 2 <= len(word) <= 3:
            counts[word] = counts.get(word, 0) + 1
    table = lexicon.surnames()
    for i, (word, tag) in enumerate(zip(reading.words, reading.tags, strict=True)):
        if word[0] not in table and word[:2] not in table:
            continue
        start = reading.starts[i]
        if tag[0] != "n" and len(word) > 1:
            continue
        stop, score = _name_end(reading, start)
        if score < 3 or word in common or not free(start, stop):
            continue
        spoken = say.match(text, stop)
        before = text[start - 1 : start]
        opens = before in "，。；：！？“”‘’（）、\n " or before == ""
        exact = tag.startswith("nr") and (
            stop == start + len(word)
            or (len(word) == 1 and reading.token_at(stop - 1) == i + 1 and reading.is_boundary(stop))
        )
        if text[stop - 1] in _NEVER_LAST:
            continue
        if spoken and (opens or exact) and (stop - start == 3 or exact):
            accept(start, stop, "speaker")
        elif exact and stop - start == 3 and (opens or reading.tags[i - 1] in _OPENING) and score >= 5 and not known(text[start:stop]):
            accept(start, stop, "named")
        elif (
            exact
            and counts.get(word, 0) >= 2
            and score >= 5
            and reading.tags[min(reading.token_at(stop), len(reading.tags) - 1)] in ("v", "d", "p", "uj", "ad", "vd")
        ):
            accept(start, stop, "repeated")
    for match in _HONORIFIC.finditer(text):
        begin = _name_start(reading, match.start())
        if begin < match.start():
            accept(begin, match.start(), "honorific")
    # lists: what is joined to a person by 、 or 和 and looks like a name is one
    todo = sorted(found)
    while todo:
        start, end = todo.pop()
        if found[start, end] == "byline":
            continue
        join = re.compile(r"[、和与]|以及").match(text, end)
        if join:
            stop, score = _name_end(reading, join.end())
            follows = re.compile(r"[、，。；）和与]|等|分|获|在|出席|参加|先后|共同|说|当选|担任|任|夺|摘").match(
                text, stop
            )
            if score >= 4 and follows and (join.end(), stop) not in found and free(join.end(), stop):
                index = reading.token_at(join.end())
                common = reading.words[index] == text[join.end() : stop] and not reading.tags[index].startswith("nr")
                if not common:
                    found[join.end(), stop] = "list"
                    todo.append((join.end(), stop))
    # every other place where a name found once stands again
    seen: dict[str, str] = {}
    for (start, end), _rule in sorted(found.items()):
        seen.setdefault(text[start:end], "again")
    for name in seen:
        at = text.find(name)
        while at >= 0:
            span = (at, at + len(name))
            if span not in found and free(*span) and not any(a < span[1] and at < b for a, b in found):
                found[span] = "again"
            at = text.find(name, at + 1)
    return [
        Candidate(start, end, "Person", f"person-{rule}", 0.88)
        for (start, end), rule in sorted(found.items())
        if not any((a, b) != (start, end) and a <= start and end <= b for a, b in found)
    ]


# ------------------------------------------------------------------------------------------------------------ posts

_MODIFIER = re.compile(
    r"(?:党组成员|党组|党委|党总支|党支部|常务|兼职|挂职|专职|执行|名誉|副|总|代|代理|第一|前|原|一级|二级|三级|四级|高级|首席|女工|项目|部门|车间|女职工|驻村|社区|支部|行政|主要|主持工作的|资深|助理|相关)+$"
)
_HONOURED = re.compile(r"(?<=[、，])(?:全国|全省|全市|省|市|自治区|国家级|省级|市级)[\u4e00-\u9fff]{2,12}$")
_DEPARTMENT = re.compile(r"^[\u4e00-\u9fffA-Za-z0-9（）()]{0,16}$")


def posts(reading: Reading, people: Sequence[Candidate], bodies: Sequence[Candidate]) -> list[Post]:
    """Read the chain of posts to the left of each name: 休宁县政协副主席、总工会主席吴壮志."""
    text = reading.text
    matcher, post_titles, weak_titles = _titles()
    every = post_titles | weak_titles
    title_ends: dict[int, int] = {}
    titles = list(matcher.find(text))
    for start, end, _word in titles:
        title_ends[end] = min(start, title_ends.get(end, start))
    for start, _end, word in titles:  # a longest match may swallow a shorter title that ends elsewhere
        for length in range(2, len(word)):
            if word[:length] in every:
                title_ends.setdefault(start + length, start)
    by_end: dict[int, Candidate] = {}
    for body in bodies:
        kept = by_end.get(body.end)
        if kept is None or (body.end - body.start) > (kept.end - kept.start):
            by_end[body.end] = body
    found: list[Post] = []
    for person in people:
        found.extend(_chain(text, person, title_ends, by_end))
    return found


def _chain(text: str, person: Candidate, title_ends: dict[int, int], by_end: dict[int, Candidate]) -> Iterator[Post]:
    at, pending = person.start, []
    if text[at - 1 : at] == " ":
        at -= 1
    span = (person.start, person.end)
    for _ in range(6):
        begin = title_ends.get(at)
        if begin is None:
            break
        body = None
        for left in range(begin, max(begin - 16, -1), -1):
            if left in by_end and by_end[left].start < left:
                between = text[left:begin]
                if _DEPARTMENT.match(between) and not set(between) & set("的与和及"):
                    body = by_end[left]
                    if body.type == "District" and len(between) > 2 and not between.endswith(("委", "政府", "政协", "人大")):
                        body = None
                break
            if text[left - 1 : left] in "，。；：“”、\n！？":
                break
        if body is not None:
            own = body.end
            if _UNIT.search(text[body.end : begin]):  # 红柳园线路车间|职工: where in the firm is no part of the title
                modifier = _MODIFIER.search(text, max(body.end, begin - 12), begin)
                own = modifier.start() if modifier else begin
            yield Post(span, own, at, text[own:at], body)
            for start, end in pending:
                yield Post(span, start, end, text[start:end], body)
            pending = []
            at = body.start
        else:
            modifier = _MODIFIER.search(text, max(0, begin - 12), begin)
            begin = modifier.start() if modifier else begin
            pending.append((begin, at))
            at = begin
            honour = _HONOURED.search(text, max(0, at - 16), at)
            if honour and honour.start() - 1 in title_ends or (honour and text[honour.start() - 2 : honour.start() - 1] == "）"):
                at = honour.start()  # 区总工会副主席、全国巾帼建功|标兵X
        aside = re.compile(r"（[\u4e00-\u9fff]{1,6}）$").search(text, max(0, at - 9), at - 1)
        if text[at - 1 : at] in ("、", "，") and aside and aside.start() in title_ends:
            at = aside.start()  # 副主席（兼职）、…
            continue
        if text[at - 1 : at] in ("、", "兼", "，", "和", "暨") and (at - 1) in title_ends:
            at -= 1
            continue
        break
    for start, end in pending:
        yield Post(span, start, end, text[start:end], None)
