"""Activities: a quoted theme with an event word, or a noun phrase that ends in one, where a verb says it is held."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.extract import lexicon
from kg.extract.reading import Matcher, Reading
from kg.extract.spans import Candidate

__all__ = ["WEAK", "Naming", "anaphors", "naming", "propose", "short_forms"]

_HAN = "\u3400-\u9fff"
_NUM = "一二三四五六七八九十百零〇\\d"
# what an event's name may begin with before its theme or its nouns
_EDITION = (
    rf"(?:(?:\d{{4}}|[一二〇零○]{{4}})(?:[-—至]\d{{4}})?年(?:度)?|首届|(?:第[{_NUM}]+|本|新一|[一二三四五六七八九十])届|第[{_NUM}]+(?:次|期|批|场|季|轮|站)|[{_NUM}]+(?:周年|月)|全年|上半年|下半年|"
    rf"(?:春|夏|秋|冬)季|（[上下]半年）)"
)
_EDITIONS = re.compile(rf"(?:{_EDITION}[、的]?)+$")
_EDITION_AT = re.compile(_EDITION)
# between the quotation and the event word: plain nouns, no function word
_GENERIC_BEFORE = re.compile(
    r"^(?:各类|各种|各项|各式|多种|多项|多样|多场|多次|一系列|系列|主题|专题|此次|本次|这次|该|该项|这项|此项|此类|这样的|类似的|相关|有关|丰富多彩的?|形式多样的?|形式|文体|文化|文娱|工会|职工|娱乐|"
    r"体育|健身|户外|日常|各|大型|小型|特色|品牌|线上|线下|现场|每次|每场|[一二两三四五六七八九十\d]+(?:余|多)?(?:场次|场|次|项|个|期)|首场|首次|群众性|公益|志愿服务|志愿|服务|宣传|教育|慰问|培训|技能|业务|岗位|主体|集体|有益|经常性|"
    r"游戏|互动|竞技|比赛|竞赛|参观|学习|交流|座谈|演出|表演|实践|推广|推介|评比|评选|表彰|活动|业余|文艺|关爱|帮扶|救助|普惠|优惠|创建|争创|创新|劳动|技术|"
    r"专项|重大|重要|年度|全市|全区|全国|全省|全县|全体|整个|上述|以上|以下|其他|其它|同类|传统|精彩|节日|节庆|趣味|团建|联谊|交友|健康|安全|生产|生产经营|工作|会议|大型公益|大会|基层|企业|单位|街道|社区|公司|民主管理|理论|政治|思想|"
    r"初|复|决|半决|分|主|开|总|小|团体|个人|男子|女子|男女|双人|单人|混合|友谊|热身|常规|预|正|本届|历届|往届|每届)*$"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """The parts of an activity's name: its quoted theme, its edition words, its event word, its nouns without these."""

    theme: str
    edition: str
    head: str
    core: str
    ceremony: bool


@cache
def _heads() -> Matcher:
    return Matcher(lexicon.heads("Activity"))


WEAK = frozenset(
    "活动 比赛 竞赛 培训 行动 计划 工程 演出 评选 评比 宣讲 展演 展览 巡演 赛事 推选 展销 专场 市集 "
    "集市 团建活动 服务活动 沙龙 讲座 仪式 决赛 预赛 初赛 汇演 会演 义诊 文体活动 宣传活动 慰问活动 "
    "公益活动 讲堂 接待日 论坛 联赛 比武 授牌 委员会会议 工作会议 全体会议 晚会 座谈会 培训会 交流会 "
    "推进会 现场会 志愿服务活动".split()
)
_CEREMONY = re.compile(
    r"(?:启动|揭牌|签约|开班|颁奖|授牌|入会|宣誓|拜师|开幕|闭幕|揭幕|交接|发车|首发|出征|授旗)(?:仪式|式|会|大会)$|(?:开|闭)幕式$|开班式$|启动会$|成立大会$|发布会$|决赛$|总决赛$|预赛$|初赛$|半决赛$"
)


@cache
def _organise() -> re.Pattern[str]:
    words = sorted(lexicon.verbs("organize"), key=lambda w: (-len(w), w))
    return re.compile(
        r"(?:" + "|".join(words) + r")(?:了|过|起)?(?:的)?(?:一场|一次|一期|首场|首期|首次|多场|多次|以)?$"
    )


@cache
def _held() -> re.Pattern[str]:
    words = sorted(lexicon.verbs("hold"), key=lambda w: (-len(w), w))
    return re.compile(
        r"(?:于[^，。]{0,14})?(?:近日|日前|当日|昨日|今日|今天|昨天)?(?:在[^，。！？；]{1,40}?)?(?:正式|顺利|隆重|圆满|成功|火热|热烈|准时|如期|盛大|同步|同时)*(?:"
        + "|".join(words)
        + ")"
    )


_ABBREVIATED = (("职代会", "职工代表大会"), ("会代会", "会员代表大会"), ("工代会", "工会代表大会"))


@lru_cache(maxsize=4096)
def naming(text: str) -> Naming:
    """Take an activity's name apart."""
    theme = ""
    quoted = re.search(r"[“‘《]([^“”]{2,40}?)[”’》]", text)
    if quoted:
        theme = quoted.group(1)
    plain = re.sub(r"[“”‘’《》—\- ·]", "", text)
    for short, full in _ABBREVIATED:
        plain = plain.replace(short, full)
    edition = "".join(re.findall(_EDITION, plain))
    core = re.sub(_EDITION, "", plain)
    words = lexicon.heads("Activity")
    head = next((plain[-n:] for n in range(min(10, len(plain)), 1, -1) if plain[-n:] in words), "")
    return Naming(theme, edition, head, core, bool(_CEREMONY.search(plain)))


def propose(reading: Reading, blocked: list[tuple[int, int]]) -> Iterator[Candidate]:
    """Yield activities by name. `blocked`: spans of organisations, that an activity's name does not run across."""
    text = reading.text
    hits = list(_heads().find(text))
    blocked_ends = {end: start for start, end in blocked}
    # chains of event words are one: 技能竞赛|启动仪式, 评比|活动
    chains: list[tuple[int, int]] = []
    for start, end, _ in hits:
        if chains and start == chains[-1][1]:
            chains[-1] = (chains[-1][0], end)
        elif (
            chains
            and start - chains[-1][1] <= 2
            and text[chains[-1][1] : start] in ("暨", "系列", "表彰", "及颁奖", "专场", "主题", "暨表彰")
        ):
            chains[-1] = (chains[-1][0], end)
        else:
            chains.append((start, end))
    done: set[int] = set()
    for number, quote in enumerate(reading.quotes):
        if text[quote[0] - 1 : quote[0]] == "《":
            continue
        candidate = _quoted(reading, quote, chains, blocked_ends)
        if candidate is not None:
            done.add(candidate.end)
            yield candidate
            # “A”和“B”活动: the event word serves both
            before = reading.quotes[number - 1] if number else quote
            joined = text[before[1] : quote[0]] in ("”和“", "”、“", "”与“", "”“", "”及“")
            if joined and candidate.start == quote[0] - 1 and _is_theme(text, *before):
                yield Candidate(before[0] - 1, before[1] + 1, "Activity", "theme-list", 0.75)
    for start, end in chains:
        if end in done:
            continue
        for candidate in _phrase(reading, start, end, blocked_ends):
            yield candidate


def _is_theme(text: str, start: int, end: int) -> bool:
    inner = text[start:end]
    return 2 <= end - start <= 40 and not re.search(r"[。！？；]", inner) and not (inner.endswith(("，", "、")))


def _quoted(
    reading: Reading, quote: tuple[int, int], chains: list[tuple[int, int]], blocked_ends: dict[int, int]
) -> Candidate | None:
    text = reading.text
    if not _is_theme(text, *quote):
        return None
    if text[quote[0] : quote[1]] in lexicon.heads("Activity"):  # 第三届班组长“大比武”
        start = _nouns_left(reading, quote[0] - 1, max(text.rfind("\n", 0, quote[0]) + 1, quote[0] - 40), blocked_ends)
        start = _prefix(reading, start, blocked_ends)
        if quote[0] - 1 - start >= 2:
            return Candidate(start, quote[1] + 1, "Activity", "quoted-head", 0.78)
        return None
    after = quote[1] + 1
    theme_of = re.compile(r"为(?:活动|大赛|比赛)?主题的?，?").match(text, after)
    if theme_of is None and _CALLED.search(text, max(0, quote[0] - 8), quote[0] - 1):
        theme_of = re.compile("的").match(text, after)  # 名为“X”的女职工沙龙
    gap_start = theme_of.end() if theme_of else after
    tail = None
    behind = bisect_left(chains, (gap_start,))
    if behind < len(chains) and chains[behind][0] - gap_start <= 24:
        if _plain(text[gap_start : chains[behind][0]]):
            tail = chains[behind]
    if tail is None and text.startswith("——", after):
        for start, end in chains[bisect_left(chains, (after + 3,)) : bisect_left(chains, (after + 31,))]:
            if _plain(text[after + 2 : start]):
                tail = (start, end)
                break
    if tail is None:
        return _bare_theme(reading, quote, after)
    begin = quote[0] - 1
    if theme_of:
        begin = gap_start
        while text[begin : begin + 1] in ("的", "，"):
            begin += 1
    begin = _prefix(reading, begin, blocked_ends)
    other = ((quote[0], quote[1]),) if theme_of else ()
    return Candidate(
        begin, tail[1], "Activity", "theme", 0.92, core=(quote[0] - 1, tail[1]) if not theme_of else None, other=other
    )


_CALLED = re.compile(r"(?:名为|题为|主题为|主题是|取名|以)$")


def _plain(between: str) -> bool:
    """Whether the words between a theme and its event word are of the name."""
    return (
        re.fullmatch(rf"[{_HAN}A-Za-z\d.（）()、“”‘’·—\- ]{{0,24}}", between) is not None
        and not re.search(
            r"[的了在是]|等(?!级)|以及|通过|围绕|为了|进行|并|还|，|举办|开展|组织|参加|启动|推出|走进|来到|表示|上线.",
            between,
        )
        and between.count("“") == between.count("”")
    )


def _bare_theme(reading: Reading, quote: tuple[int, int], after: int) -> Candidate | None:
    """A quoted name alone behind a verb of organising: 开展“送清凉”，…"""
    text = reading.text
    before = text[max(0, quote[0] - 1 - 14) : quote[0] - 1]
    inner = text[quote[0] : quote[1]]
    if re.search(
        r"平台|APP|小程序|驿站|课程|服务$|模式|品牌|机制|体系|系统|精神|理念|标准|清单|[一-龥]卡$|书屋|之家$|中心$",
        inner,
    ):
        return None
    if re.search(
        r"(?:举办|开展|启动|组织开展|组织|举行|主办|承办|召开|参加)(?:了|的)?(?:首届|第[^，。]{1,4}届|\d{4}年(?:度)?|首场|首期|多场|系列)?$",
        before,
    ):
        if len(inner) >= 3 and re.match(r"[，。、；”]|系列|等|期间|以来|现场|暨|，", text[after : after + 2]):
            return Candidate(quote[0] - 1, after, "Activity", "theme-bare", 0.72)
    return None


def _prefix(reading: Reading, begin: int, blocked_ends: dict[int, int]) -> int:
    """Extend a name to the left over its edition, its place and a second theme joined by a dash."""
    text = reading.text
    by_end = reading.by_end
    floor = max(text.rfind("\n", 0, begin) + 1, begin - 40)
    moved = True
    while moved and begin > floor:
        moved = False
        edition = _EDITIONS.search(text, floor, begin)
        if edition and edition.end() == begin:
            begin, moved = edition.start(), True
            continue
        if text[begin - 2 : begin] == "——" or text[begin - 1 : begin] == "·":
            dash = begin - (2 if text[begin - 2 : begin] == "——" else 1)
            if text[dash - 1 : dash] == "”":
                opening = text.rfind("“", floor, dash)
                if opening >= 0:
                    begin, moved = opening, True
                    continue
            left = _nouns_left(reading, dash, floor, blocked_ends)
            if dash - left >= 4 and _heads_end(text[left:dash]):
                begin, moved = left, True
                continue
        if begin in by_end and _EDITION_AT.match(text, begin):
            begin, moved = by_end[begin].start, True
            continue
        occasion = _OCCASION.search(text, floor, begin)
        if occasion and occasion.end() == begin:
            begin, moved = occasion.start(), True
            if begin in by_end:
                begin = by_end[begin].start
    return begin


_OF_UNION = re.compile(r"主席|干部|财务|经审|工作|会员|劳模|业务|宣教|女职工|职工")
_OCCASION = re.compile(r"(?:庆祝|纪念|喜迎|迎接|迎|庆)$")


def _heads_end(text: str) -> bool:
    words = lexicon.heads("Activity")
    return any(text[-n:] in words for n in range(2, min(10, len(text)) + 1))


_STOP_TAGS = frozenset("p c uj ul uv ug ud uz r d y e o vd ad".split())


def _nouns_left(reading: Reading, begin: int, floor: int, blocked_ends: dict[int, int]) -> int:
    """Walk left over the nouns, districts, editions and quotations of a name."""
    text = reading.text
    by_end = reading.by_end
    names, stops = lexicon.words("name"), lexicon.words("stop")
    organise = lexicon.verbs("organize", "give", "visit", "attend")
    position = begin
    while position > floor:
        before = text[position - 1]
        if (
            position in blocked_ends
            and position != begin
            and text[position] != "杯"
            and not _OF_UNION.match(text, position)
        ):
            break
        if position in blocked_ends and text[position : position + 1] == "杯":
            position = blocked_ends[position]
            continue
        edition = _EDITIONS.search(text, floor, position)
        if edition and edition.end() == position:
            position = edition.start()
            continue
        hit = by_end.get(position)
        if hit is not None:
            position = hit.start
            continue
        if before == "”":
            opening = text.rfind("“", floor, position)
            if opening >= 0 and position - opening <= 24:
                position = opening
                continue
            break
        if before == "）":
            opening = text.rfind("（", floor, position)
            if opening >= 0 and position - opening <= 10:
                position = opening
                continue
            break
        if before == "、":
            # 电、钳、焊项目: single characters in a row
            if re.search(r"[\u4e00-\u9fff]、$", text[position - 2 : position]) and (
                text[position - 3 : position - 2] == "、"
                or reading.is_boundary(position - 2) is not False
                and text[position - 3 : position - 2] in ("、", "赛")
            ):
                position -= 2
                continue
            break
        if before == "·" or (before.isascii() and before.isalnum()):
            position -= 1
            continue
        if not "\u3400" <= before <= "\u9fff":
            break
        word = next((n for n in (4, 3) if text[position - n : position] in lexicon.words("event")), 0)
        if word and position - word >= floor:
            position -= word
            continue
        index = reading.token_at(position - 1)
        start = max(reading.starts[index], floor)
        token, tag = text[start:position], reading.tags[index]
        if token in lexicon.words("event") and token not in ("组织", "开展", "启动", "参观", "慰问", "参加"):
            position = start
            continue
        if token in ("启动", "慰问", "参观") and position == begin:
            position = start
            continue
        if (
            token
            in (
                "基层",
                "全市",
                "全区",
                "全县",
                "全省",
                "全国",
                "首届",
                "服务",
                "联合",
                "学习",
                "体验",
                "宣传",
                "传承",
                "弘扬",
            )
            and position != begin
        ):
            position = start
            continue
        if token == "暨" and _heads_end(text[floor : position - 1]):
            position = start
            continue
        if token in stops or token in organise or tag in _STOP_TAGS:
            break
        if token in names or tag[0] in "njbgiszml" or tag in ("vn", "an", "eng", "x", "q", "f"):
            if tag == "t":
                break
            position = start
            continue
        if tag == "v" and len(token) >= 2 and start > floor and position != begin:
            break
        if tag[0] in "av" and position == begin and len(token) >= 2:
            position = start
            continue
        break
    return position


_LEADING = re.compile(
    r"^(?:的|了|地|次|场|届|期|余|多|名|位|家|等|个|项|该|此|各|本|一场|一次|首场|精彩|丰富|多彩|隆重|圆满|成功|顺利|正式|大型|一年一度|今年|去年|当天|期间|现场|以来|近期|近日|日前|昨日|今日|全体|广大|辖区|企业家|"
    r"区内|市内|部门|单位|会员们|职工们|参赛|参加|相关|有关|优秀|先进|系列|主题|系列主题)"
)


_STAGED = re.compile(r"(?:举办|主办|承办|举行)(?:了|的)?$")


def _phrase(reading: Reading, head_start: int, end: int, blocked_ends: dict[int, int]) -> Iterator[Candidate]:
    text = reading.text
    if reading.in_quote(head_start, end) is not None:
        quote = reading.in_quote(head_start, end)
        assert quote is not None
        if quote[1] - quote[0] > 40 or quote[1] != end:
            pass
        else:
            return
    follow = text[end : end + 6]
    if re.match(
        r"室|馆|厅|场(?!在|举)|台|品|费|金|卡|券|者|员|队|组(?!织)|化|中心|基地|平台|现场会|办公室|委|章程|方案|通知|规则|计划书|经费|奖|团|项目(?!组)|季|周(?!年)|日(?!前)|组委会|评审|领导小组|工作室|成果|用品|器材|资料|需求|对象",
        follow,
    ) and not follow.startswith(("项目在", "奖项", "季军")):
        return
    floor = max(text.rfind("\n", 0, head_start) + 1, head_start - 40)
    sentence = reading.sentence_of(head_start)
    floor = max(floor, sentence[0] if sentence[0] < head_start else floor)
    start = _nouns_left(reading, head_start, floor, blocked_ends)
    start = _prefix(reading, start, blocked_ends)
    lead = _LEADING.match(text[start:head_start])
    while lead and start + lead.end() <= head_start and reading.is_boundary(start) is not False:
        if not reading.is_boundary(start + lead.end()):
            break
        start += lead.end()
        lead = _LEADING.match(text[start:head_start])
    name = text[start:end]
    before = text[start:head_start]
    parts = naming(name)
    verb = _organise().search(text, floor, start)
    governed = verb is not None and verb.end() == start
    held = _held().match(text, end)
    in_headline = start >= reading.headline[0] and end <= reading.headline[1]
    edition = bool(parts.edition)
    place = start in reading.by_start
    weak = text[head_start:end] in WEAK
    bare = re.sub(_EDITION, "", before)
    sure = edition and not weak and end - head_start >= 4 and len(name) >= 8
    staged = _STAGED.search(text, floor, start)
    sure = sure or bool(staged and not weak and end - head_start >= 4 and len(name) >= 6)
    if (
        not sure
        and _GENERIC_BEFORE.match(bare)
        and not (edition and (governed or held or place))
        and not (place and (governed or held))
    ):
        if len(name) <= 6 or _GENERIC_BEFORE.match(re.sub(r"^[“”]", "", bare)):
            return
    if len(re.sub(_EDITION, "", name)) < 4:
        return
    if (
        governed
        or held
        or (edition and (not weak or place))
        or (in_headline and (edition or place) and text[end : end + 1] in "\n，。：；！？”（ ")
    ):
        score = 0.8 if governed or held else 0.7
        yield Candidate(start, end, "Activity", "held" if held else "governed" if governed else "edition", score)
    elif place and not weak and len(name) >= 8:
        yield Candidate(start, end, "Activity", "placed", 0.6)


_SHORT_FORMS = (
    ("展", "展览"),
    ("赛", "比赛"),
    ("赛", "大赛"),
    ("赛", "竞赛"),
    ("赛", "赛事"),
    ("会", "大会"),
    ("会", "会议"),
    ("班", "培训班"),
    ("班", "培训"),
    ("集", "集市"),
    ("展", "展会"),
    ("比武", "比赛"),
)


def short_forms(name: str) -> set[str]:
    """The words that can stand for an activity of this name: its own last two characters, and the noun of its kind."""
    plain = name.rstrip("”")
    return {plain[-2:]} | {noun for ending, noun in _SHORT_FORMS if plain.endswith(ending)}


_ANAPHOR = re.compile(
    r"(?:此次|本次|这次|该|本届|这场|该项|此项|这一|本场|此)(?:[\u4e00-\u9fff]{0,6}?)(?:活动|大赛|比赛|竞赛|比武|培训班|培训|仪式|运动会|论坛|会议|大会|评选|展览|讲座|行动|赛事|演出|招聘会|推介会|座谈会|启动仪式)"
    r"|(?:活动|大赛|比赛|竞赛|培训班|仪式|启动仪式|开幕式|会议|大会|开班式|座谈会|赛事|讲座|现场活动|论坛|招聘会|推介会|运动会)(?=现场|中|上|当天|由|以|旨在|共|吸引|采取|邀请|设|分为|结束|期间|开始|围绕|为期|通过|过程|得到|不仅|还|，)"
)


def anaphors(reading: Reading) -> Iterator[Candidate]:
    """Yield 此次活动, 本届大赛, 活动现场: they stand for an activity named elsewhere."""
    for match in _ANAPHOR.finditer(reading.text):
        yield Candidate(match.start(), match.end(), "Activity", "anaphor", 0.3, "anaphor")
