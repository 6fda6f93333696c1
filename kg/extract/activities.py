"""Activities: a quoted theme with an event word, or a noun phrase that ends in one, where a verb says it is held."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from kg.extract import lexicon
from kg.extract.reading import Matcher, Reading, known
from kg.extract.record import record
from kg.extract.spans import Candidate

__all__ = ["HOLIDAY", "Naming", "anaphors", "naming", "propose", "short_forms", "weak"]

_HAN = "\u3400-\u9fff"
_NUM = "一二三四五六七八九十百零〇\\d"
# what an event's name may begin with before its theme or its nouns
_EDITION = (
    rf"(?:(?:\d{{4}}|[一二〇零○]{{4}})(?:[-—至]\d{{4}})?年(?:度)?|首届|第?[{_NUM}]+届第?[{_NUM}]+次|(?:第[{_NUM}]+|本|新一|[一二三四五六七八九十])届|第[{_NUM}]+(?:次|期|批|场|季|轮|站)|[{_NUM}]+(?:周年|月(?![{_NUM}]))|全年|上半年|下半年|"
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


@record
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
_WEAK_ENDINGS = ("活动", "工作", "行动", "培训", "演练", "讲座", "宣讲", "课", "服务")


def weak(head: str) -> bool:
    """Whether the event word tells so little that a name needs more than plain nouns before it."""
    return head in WEAK or head.endswith(_WEAK_ENDINGS)


_CEREMONY = re.compile(
    r"(?:启动|揭牌|签约|开班|颁奖|授牌|入会|宣誓|拜师|开幕|闭幕|揭幕|交接|发车|首发|出征|授旗)(?:仪式|式|会|大会)$|(?:开|闭)幕式$|开班式$|启动会$|成立大会$|发布会$|决赛$|总决赛$|预赛$|初赛$|半决赛$"
)


@cache
def _organise() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{lexicon.verb_pattern('organize')})(?:了|过|起)?(?:的)?(?:一场|一次|一期|首场|首期|首次|多场|多次|以)?"
        r"(?:(?<=[场次期])(?:[\u4e00-\u9fff]{2}|[\u4e00-\u9fff]{4})的)?$"  # 一场别开生面的
    )


@cache
def _held() -> re.Pattern[str]:
    return re.compile(
        r"(?:于[^，。]{0,14})?(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日)?(?:上午|下午|晚间|晚上|晚|早上|早晨)?(?:近日|日前|当日|昨日|今日|今天|昨天)?(?:在[^，。！？；]{1,40}?)?"
        r"(?:以[^，。！？；]{1,24}?(?:形式|方式|相结合)，?(?:在[^，。！？；]{1,40}?)?)?"
        r"(?:也|还|又|再次|由此|正式|顺利|隆重|圆满|成功|火热|热烈|热闹|精彩|激情|欢乐|准时|如期|盛大|同步|同时|同期|相继|接连|陆续)*(?:"
        + lexicon.verb_pattern("hold")
        + ")"
    )


_ABBREVIATED = (("职代会", "职工代表大会"), ("会代会", "会员代表大会"), ("工代会", "工会代表大会"))


HOLIDAY = re.compile(
    r"三八|五一|五四|六一|七一|八一|十一|双十一|双11|618|一二·九|[三五六七八九]·[一八]|八一五|两节|双节|七夕|国庆|元旦|春节|元宵|端午|中秋|重阳|清明|两会|"
    r"(?:国庆|春节|中秋|元宵|端午|重阳|母亲|父亲|护士|教师|儿童|青年|妇女|劳动|建军|国际劳动|国际劳动妇女)节"
)

# 七届六次全委（扩大）会议 and 第七届委员会第六次全体（扩大）会议 are one
_SESSION = re.compile(
    rf"第?([{_NUM}]+)届(?:[\u4e00-\u9fff]{{0,6}}委员会)?第?([{_NUM}]+)次(?:全体委员|全体|全委|委员会?|全会)(?:（扩大）|扩大)?(?:会议|会)?"
)


@lru_cache(maxsize=4096)
def naming(text: str) -> Naming:
    """Take an activity's name apart."""
    theme = ""
    quoted = re.search(r"“([^“”]{2,40})”|‘([^‘’“”]{2,40})’|《([^《》]{2,40})》", text)
    if quoted:
        theme = quoted.group(quoted.lastindex or 0)
    plain = re.sub(r"[“”‘’《》—\- ·]", "", text)
    for short, full in _ABBREVIATED:
        plain = plain.replace(short, full)
    plain = _SESSION.sub(r"\1届\2次全委会", plain)
    edition = "".join(re.findall(_EDITION, plain))
    core = re.sub(_EDITION, "", plain)
    words = lexicon.heads("Activity")
    head = next((plain[-n:] for n in range(min(10, len(plain)), 1, -1) if plain[-n:] in words), "")
    return Naming(theme, edition, head, core, bool(_CEREMONY.search(plain)))


def propose(reading: Reading, blocked: list[tuple[int, int]]) -> Iterator[Candidate]:
    """Yield activities by name. `blocked`: spans of organisations, that an activity's name does not run across."""
    text = reading.text
    blocked_ends = {end: start for start, end in blocked}
    chains = _chains(text)
    done: set[int] = set()
    ends = [end for _, end in chains]
    for number, quote in enumerate(reading.quotes):
        if text[quote[0] - 1 : quote[0]] == "《":
            continue
        candidate = _numbered(text, _quoted(reading, quote, chains, blocked_ends))
        if candidate is not None:
            done.add(candidate.end)
            done.update(ends[bisect_right(ends, candidate.start) : bisect_right(ends, candidate.end)])
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
            numbered = _numbered(text, candidate)
            if numbered is not None:
                yield numbered


_NUMBER_BEHIND = re.compile(
    rf"（(?:第?[{_NUM}]+[期批季次届场站]|[{_NUM}]+|[\u4e00-\u9fff]{{0,6}}(?:赛|站|片区|赛区|赛点|季|组|专场|分会场|篇))）"
)


def _numbered(text: str, candidate: Candidate | None) -> Candidate | None:
    """The candidate with what number of its series it is: …培训班（第三期）."""
    number = _NUMBER_BEHIND.match(text, candidate.end) if candidate is not None else None
    return replace(candidate, end=number.end()) if candidate is not None and number is not None else candidate


_BETWEEN_HEADS = frozenset(("", "系列", "表彰", "及颁奖", "及", "专场", "主题", "暨", "暨表彰", "现场", "成果", "经验"))
_LONGEST_GAP = 16
_MEETING_OF = re.compile(rf"第?[{_NUM}]+次(?:全体)?(?:会员|代表|委员)?会议")
_INTO = re.compile(r"(?:走?进|下|到)[\u4e00-\u9fff]{2,3}")  # 义诊|进园区|活动
_OF_SERIES = re.compile(r"之[“\u4e00-\u9fff”]{1,14}")  # “X”系列活动|之职工|拔河比赛
_IN_TRADE = re.compile(r"（[^（）]{1,10}）")  # 技能竞赛|（测量工）|决赛
_LINKS = (_INTO, _OF_SERIES, _IN_TRADE)
# 第八届职工代表大会|、第九次会员|代表大会: two congresses that meet as one
_CONGRESS = r"(?:(?:职工|会员|工会)*代表大会|大会|[职会工]代会|会代会)(?:第[一二三四五六七八九十]+次(?:全体)?会议)?"
_AND_CONGRESS = re.compile(
    rf"(?:职工|会员|工会)*{_CONGRESS}[、和及与](?:第?[{_NUM}]+[届次])+(?:工会|会员|职工|女职工)*{_CONGRESS}"
)
# 职工运动会|男子篮球|比赛, 技能竞赛|钳工和焊工|大赛: a contest within another, named in one
_EVENT_OF = re.compile(r"(?:会|赛|节|武|周|月)$")
_CONTEST_OF = re.compile(r"(?:[总半]?决赛|[初复预]赛|比赛|竞赛|大赛|对抗赛|选拔赛|团体赛|赛)$")
_PART_OF = re.compile(
    r"(?:(?:(?:全[国省市区县]|[省市区县]级|[\u4e00-\u9fff]{1,3}赛区|[男女]子|混合|团体|个人|[男女]双|职工|员工|青年|女职工|老年|[甲乙]组|专项|专业|分项|"
    r"篮球|乒乓球|羽毛球|排球|气排球|足球|网球|台球|门球|拔河|跳绳|田径|游泳|象棋|围棋|棋类|球类|健步走|广播体操|广播操|健身操|啦啦操|太极拳?|歌咏|合唱|演讲|朗诵|书法|摄影|书画)+"
    r"|[\u4e00-\u9fffA-Za-z]{1,8}?(?:工(?!会)|员(?!工)|师|手|操作|维修|装调|项目|赛项|工种|技术|技能|应用))(?:[和与及、]|以及)?)+"
)
_ALSO = "暨"
# what an event does that is named by a verb before 暨: 成立暨第一届会员代表大会
_DONE_ALSO = re.compile(
    r"(?:成立|揭牌|挂牌|启动|总结|表彰|颁奖|授牌|签约|命名|发布|首发|开幕|闭幕|开班|结业|开工|开业|奠基|换届|庆祝|纪念|动员|誓师|入会|拜师|"
    r"交流|座谈|培训|推进|部署|报告|宣讲|慰问|捐赠|联谊|展演|展示|评审|答辩|揭幕|上线|出征|发放|发卡|赠送|捐赠|颁发|授旗|年会|总结大?会|职代会|工代会)$"
)
_OCCASION_ALSO = re.compile(
    r"(?:庆祝|纪念|喜迎|迎接|迎|庆|贺)(?:[^，。；：！？]{2,24}?(?:周年|节|日|”)|(?:新春|新年|元旦|春节|国庆|五一|三八|七一|端午|中秋|元宵|重阳))$"
)
_LONGEST_PART = 40  # characters of a name behind 暨 before its event word


_LONGER_HEAD = re.compile(r"会议|展(?:[演览销评播映]|示(?=活动|会|周|大赛))")  # 作品展|演
_TELLS = re.compile(r"(?:评选|推选|评比|选拔)[出了为]|.展示(?!活动|会|周|大赛)")  # verbs: 评选|出12个作品


def _chains(text: str) -> list[tuple[int, int]]:
    """Event words, those that follow each other as one (技能竞赛|启动仪式, 评比|活动), as are those 暨 joins."""
    chains: list[tuple[int, int]] = []
    for start, end, _ in _heads().find(text):
        longer = _LONGER_HEAD.match(text, end - 1)
        end = longer.end() if longer is not None else end
        if _TELLS.match(text, end - 2):
            continue
        meeting = _MEETING_OF.match(text, end)  # …代表大会|第四次会议
        end = meeting.end() if meeting is not None else end
        gap = text[chains[-1][1] : start] if chains and start - chains[-1][1] <= _LONGEST_GAP else None
        if gap is not None and (
            gap in _BETWEEN_HEADS
            or any(link.fullmatch(gap) for link in _LINKS)
            or _AND_CONGRESS.fullmatch(text, chains[-1][0], end)
            or (
                _EVENT_OF.search(text[start - len(gap) - 1 : start - len(gap)])
                and _CONTEST_OF.search(text, start, end)
                and _PART_OF.fullmatch(gap)
            )
        ):
            chains[-1] = (chains[-1][0], end)
        else:
            chains.append((start, end))
    if _ALSO not in text:
        return chains
    joined: list[tuple[int, int]] = []
    for start, end in chains:
        also = text.rfind(_ALSO, max(0, start - _LONGEST_PART), start)
        if also >= 0 and (not joined or joined[-1][1] <= also) and _one_part(text[also + 1 : start]):
            if joined and (joined[-1][1] == also or _NUMBER_BEHIND.fullmatch(text, joined[-1][1], also)):
                joined[-1] = (joined[-1][0], end)
                continue
            done = _DONE_ALSO.search(text, max(0, also - 4), also)
            done = done or _OCCASION_ALSO.search(text, max(0, also - _LONGEST_PART), also)
            if done is not None:
                near = bool(joined) and 0 <= done.start() - joined[-1][1] <= 4
                if near and _one_part(text[joined[-1][1] : done.start()]):  # “X”竞赛|总结表彰|暨经验交流会
                    joined[-1] = (joined[-1][0], end)
                else:
                    joined.append((done.start(), end))
                continue
        joined.append((start, end))
    return joined


_NO_PART = re.compile(r"[，。；：！？\n的了在是]|举办|举行|召开|开展|启动(?!仪式|大?会)|参加|出席")


def _one_part(between: str) -> bool:
    """Whether the words between 暨 and an event word are of the name it joins."""
    return between.count("“") <= between.count("”") and _NO_PART.search(between) is None


def _is_theme(text: str, start: int, end: int) -> bool:
    inner = text[start:end]
    return 2 <= end - start <= 40 and not re.search(r"[。！？；]", inner) and not (inner.endswith(("，", "、")))


def _quoted(
    reading: Reading, quote: tuple[int, int], chains: list[tuple[int, int]], blocked_ends: dict[int, int]
) -> Candidate | None:
    text = reading.text
    if not _is_theme(text, *quote):
        return None
    inner = text[quote[0] : quote[1]]
    staged = 3 <= len(inner) <= 6 and _heads_end(inner) and _held().match(text, quote[1] + 1) is not None
    staged = staged and text[quote[0] - 2] not in _SIGNS and _NO_EVENT.search(inner) is None
    if inner in lexicon.heads("Activity") or staged:  # 第三届班组长“大比武”, 集体协商“要约行动”在县广场启动
        if text[quote[0] - 2 : quote[0] - 1] == "称":
            return None
        start = _nouns_left(reading, quote[0] - 1, max(text.rfind("\n", 0, quote[0]) + 1, quote[0] - 40), blocked_ends)
        start = _prefix(reading, start, blocked_ends)
        if quote[0] - 1 - start >= 2:
            return Candidate(start, quote[1] + 1, "Activity", "quoted-head", 0.78)
        return _bare_theme(reading, quote, quote[1] + 1, blocked_ends) if quote[1] - quote[0] >= 5 else None
    after = quote[1] + 1
    theme_of = re.compile(r"为(?:活动|大赛|比赛)?主题的?，?").match(text, after)
    if theme_of is None and _CALLED.search(text, max(0, quote[0] - 8), quote[0] - 1):
        theme_of = re.compile("的").match(text, after)  # 名为“X”的女职工沙龙
    inside = bisect_left(chains, (quote[0],)) - 1
    if inside >= 0 and chains[inside][1] > quote[0]:
        return None  # X竞赛暨“Y”选拔赛 is read as one
    gap_start = theme_of.end() if theme_of else after
    tail = None
    behind = bisect_left(chains, (gap_start,))
    if behind < len(chains) and chains[behind][0] - gap_start <= 24:
        if _plain(text[gap_start : chains[behind][0]]):
            tail = chains[behind]
    if tail is not None and _MORE_THAN_EVENT.match(text, tail[1]):
        return None  # “匠心”文化宣讲|人才工作室
    if tail is None and text.startswith("——", after):
        for start, end in chains[bisect_left(chains, (after + 3,)) : bisect_left(chains, (after + 31,))]:
            if _plain(text[after + 2 : start]):
                tail = (start, end)
                break
    if (
        tail is not None
        and _DONE_TO.fullmatch(text, after, tail[1])
        and _TO_WHOM.search(text, max(0, quote[0] - 24), quote[0] - 1)
    ):
        return None
    if tail is None:
        deed = _deeds().match(text, after) if _IS_THEME.fullmatch(text, *quote) else None
        if deed is not None and (deed.group().startswith("系列") or _staged_here(reading, quote[0] - 1, deed.end())):
            tail = deed.span()
    if tail is None:
        return _bare_theme(reading, quote, after, blocked_ends)
    begin = quote[0] - 1
    if theme_of:
        begin = gap_start
        while text[begin : begin + 1] in ("的", "，"):
            begin += 1
        if text[begin - 1] == "，" and not (_EDITION_AT.match(text, begin) or begin in reading.by_start):
            return None  # 以“X”为主题，…: what follows need not be what has the theme
    begin = _prefix(reading, begin, blocked_ends)
    other = ((quote[0], quote[1]),) if theme_of else ()
    return Candidate(
        begin, tail[1], "Activity", "theme", 0.92, core=(quote[0] - 1, tail[1]) if not theme_of else None, other=other
    )


_SIGNS = "，。；：！？、\n的了在"
# what a word of the class ends with that no list holds: 展销周, 穿针引线赛, 青年营
_EVENT_ENDING = "(?:赛|展|节|营|集|秀|跑|夜|之旅|周|月|班(?!组)|课|派对|(?<![工员协合社理商学机])会)"
_IS_THEME = re.compile(r".{3,}(?<![式型化制性级])")  # “订单式”普法 is no event


@cache
def _deeds() -> re.Pattern[str]:
    """What names an event only behind its theme: “雪中送炭”走访, “X”女职工健步行."""
    deeds = lexicon.one_of(lexicon.words("deed"))
    return re.compile(
        rf"(?:系列|主题|专题|专项|[\u4e00-\u9fff]{{0,8}}?(?:职工|青年|员工|员|女工|公益|现场|线上))?(?:{deeds})(?:系列)?(?![\u4e00-\u9fff]{{0,3}}(?:工作室|人才|站|队|点|员|室|中心|平台|品牌|体系|机制|模式|工作|项目|基地|卡))"
        rf"|(?:(?!在)[\u4e00-\u9fff]){{0,12}}?{_EVENT_ENDING}(?=[，。；、！：在于]|正式|火热|热闹|近日|日前|顺利|圆满|成功|如期|精彩|启动|启幕|举[行办]|开[幕赛班营讲课市]|召开|落幕|收官|上演|闭幕|走进)"
    )


def _staged_here(reading: Reading, start: int, end: int) -> bool:
    """Whether a verb right before or right behind says that it is held."""
    text = reading.text
    floor = max(reading.sentence_of(start)[0], start - 24)
    begin = start
    edition = _EDITIONS.search(text, floor, start)
    if edition:
        begin = edition.start()
    verb = _organise().search(text, floor, begin)
    return verb is not None or _held().match(text, end) is not None


_MORE_THAN_EVENT = re.compile(r"(?:人才|名师|特色)?(?:工作室|工作站|服务队|志愿队|小分队|平台|阵地|品牌|基地)")
# 为9家“X工作室”授牌
_DONE_TO = re.compile(r"授牌|揭牌|挂牌|颁奖|授旗|命名|表彰|慰问|走访|培训|体检|义诊|宣讲")
_TO_WHOM = re.compile(r"(?:为|向|给|对|被)[^，。；：“”]{0,20}$")
_CALLED = re.compile(r"(?:名为|题为|主题为|主题是|取名|取名为|叫作|叫做)$")


def _plain(between: str) -> bool:
    """Whether the words between a theme and its event word are of the name."""
    return (
        re.fullmatch(rf"[{_HAN}A-Za-z\d.（）()、“”‘’·—\- ]{{0,24}}", between) is not None
        and not re.search(
            r"^[和与及、）]|[的了在是每]|等(?!级)|登[上陆]|亮相|现身|惊艳|以及|[共分]?[设含]有|共设|包括|包含|分为|涵盖|通过|围绕|为了|进行|并|还|，|[举开承主协操]?办[好起了过]?|搞[好起]|[到往赴](?!岗|户|家)|举行|召开|开展|组织|参加|出席|到场|观看|观摩|启动|推出|走进|来到|表示|上线.",
            between,
        )
        and between.count("“") == between.count("”")
        and not re.search(
            "、[^“]*“|(?:代表|人员|职工|员工|会员|选手|获得者|负责人|志愿者|家属|劳模|干部|群众)、", between
        )
    )


_EVENT_ENDED = re.compile(rf"[\u4e00-\u9fff]{{4}}{_EVENT_ENDING}$")
_NO_EVENT = re.compile(  # what is given such a name and goes on
    r"平台|APP|小程序|驿站|课程|服务$|模式|品牌|机制|体系|系统|精神|理念|标准|清单|[一-龥]卡$|书屋|之家$|中心$|[课学讲]堂$|夜校$"
)
# 在线路车间里开办“板凳课堂”: held there, not a brand
_LESSON_NUMBER = re.compile(
    rf"(?:[举开承主]办|举行|开展|组织|推出|启动)(?:了|的)?((?:\d{{4}}年)?第[{_NUM}]+[期讲季场次课]|首[期讲场])$"
)
_LESSON = re.compile(r"(?:[课学讲]堂|夜校)$")
_GIVEN_THERE = re.compile(r"在[^，。；：！？]{2,30}(?:开办|举办|开展|开讲|办起|开起|上演)(?:了|起)?$")
_NUMBER_NEXT = re.compile(rf"第[{_NUM}]+[期讲季场站届次课]")


def _bare_theme(reading: Reading, quote: tuple[int, int], after: int, blocked_ends: dict[int, int]) -> Candidate | None:
    """A quoted name alone behind a verb of organising: 开展“送清凉”，…"""
    text = reading.text
    before = text[max(0, quote[0] - 1 - 14) : quote[0] - 1]
    inner = text[quote[0] : quote[1]]
    if _NO_EVENT.search(inner) and not _NUMBER_NEXT.match(text, after):
        numbered = _LESSON_NUMBER.search(before)
        if _LESSON.search(inner) and numbered is not None:
            begin = quote[0] - 1 - len(numbered.group(1))
            return Candidate(begin, after, "Activity", "theme-bare", 0.72)
        if _LESSON.search(inner) and _GIVEN_THERE.search(
            text, max(text.rfind("，", 0, quote[0]), quote[0] - 40) + 1, quote[0] - 1
        ):
            return Candidate(quote[0] - 1, after, "Activity", "theme-bare", 0.72)
        if _LESSON.search(inner) and _on_a_day(reading, quote[0]) and _staged_here(reading, quote[0] - 1, after):
            return Candidate(_prefix(reading, quote[0] - 1, blocked_ends), after, "Activity", "theme-bare", 0.72)
        return None
    if len(inner) >= 5 and (_heads_end(inner) or _EVENT_ENDED.search(inner)):
        number = _NUMBER_NEXT.match(text, after)
        end = number.end() if number is not None else after
        told = len(inner) >= 8 and (_EDITION_AT.search(inner) or "·" in inner or "——" in inner)
        if told or _staged_here(reading, quote[0] - 1, end):
            return Candidate(_prefix(reading, quote[0] - 1, blocked_ends), end, "Activity", "quoted-name", 0.78)
    if re.search(
        r"(?:举办|开展|启动|组织开展|组织|举行|主办|承办|召开|参加)(?:了|的)?(?:首届|第[^，。]{1,4}届|\d{4}年(?:度)?|首场|首期|多场|系列)?$",
        before,
    ):
        if len(inner) >= 3 and re.match(r"[，。、；”]|系列|等|期间|以来|现场|暨|，", text[after : after + 2]):
            return Candidate(_prefix(reading, quote[0] - 1, blocked_ends), after, "Activity", "theme-bare", 0.72)
    if len(inner) >= 4 and _BROUGHT.search(before) and _held().match(text, after):
        return Candidate(_prefix(reading, quote[0] - 1, blocked_ends), after, "Activity", "theme-bare", 0.72)
    return None


_BROUGHT = re.compile(r"(?:举办|开展|主办|承办|组织|发起|推出|策划|联办)(?:了|的)?$")


_NUMBERED_AT = re.compile(rf"首届|第[{_NUM}]+届|\d{{4}}年(?:度)?")
_SO_MANY_YEARS = re.compile(rf"[{_NUM}]+周年")
_CELEBRATED = re.compile(r"(?:庆祝|纪念|喜迎|迎接|献礼)[^，。；：！？“”]{2,20}$")
_FEAST = re.compile(
    r"(?:[举开承主]办|举行|开展|组织|推出|启动|[，。、\n])(?:了|的)?((?:国际)?(?:护士|教师|记者|环卫工人|建军|妇女|劳动|青年|母亲|父亲|重阳|端午|中秋|元宵|国庆|春|元旦|七夕|医师|司机|工匠|职工)节|元旦|新春|新年)$"
)
_CUP = re.compile(r"“[^“”]{1,12}杯”")


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
        if text[begin] == "“" and begin not in blocked_ends:
            left = _nouns_left(reading, begin, floor, blocked_ends)
            numbered = _NUMBERED_AT.match(text, left) or (
                left in reading.by_start and _NUMBERED_AT.match(text, reading.by_start[left].end)
            )
            # 第七届职工|“X”趣味运动会, 第七届全国职工技能大赛|“X杯”钳工决赛
            if left < begin and (numbered or (_CUP.match(text, begin) and _EDITION_AT.search(text, left, begin))):
                begin, moved = left, True
                continue
        if begin in by_end and _EDITION_AT.match(text, begin):
            begin, moved = by_end[begin].start, True
            while begin in by_end and begin > floor:  # 深圳市|龙华区|第五届…
                begin = by_end[begin].start
            continue
        feast = _FEAST.search(text, floor, begin) if text[begin] == "“" else None
        if feast:  # 举办|护士节“X杯”跳绳赛
            begin, moved = feast.start(1), True
            continue
        dated = _EDITIONS.search(text, floor, by_end[begin].start) if begin in by_end else None
        if dated and dated.end() == by_end[begin].start and text[begin] == "“":  # 2024年|济南市|“安康杯”…
            begin, moved = dated.start(), True
            continue
        years = _SO_MANY_YEARS.match(text, begin)
        celebrated = _CELEBRATED.search(text, floor, begin) if years else None
        if celebrated:  # 庆祝中华人民共和国成立|75周年…
            begin, moved = celebrated.start(), True
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


@cache
def _acting() -> frozenset[str]:
    """Verbs that govern an event, and are no part of its name."""
    return frozenset().union(*(lexicon.verbs(kind) for kind in ("organize", "hold", "give", "visit", "attend")))


# the verbs of _acting that do stand in names: 看望|慰问活动, 启动|仪式, 观摩|会
_IN_NAME = (
    (lexicon.verbs("attend"), re.compile(r"(?:交流|学习|研讨)?(?:活动|会(?!议)|课)")),
    (lexicon.verbs("give"), re.compile(r"活动|仪式|大会|行动")),
    (lexicon.verbs("organize"), re.compile(r"仪式|式|大?会(?!议)|部署会|活动")),
    (lexicon.verbs("visit"), re.compile(r"(?:(?!活动|行动)[\u4e00-\u9fff]{2}){0,2}(?:活动|行动|交流会|学习会|研讨会)")),
)
_HOLDING = re.compile(
    r".*(?:[举开承协主联合筹操新]?办[好起了过成完]?|[搞做][好起了过]?|打[响造]|[拉掀][开起]|迎来|[设具没含]有|[组织发]起)"
)
_NUMBERED = re.compile(rf"(?:第[{_NUM}]+|首|本|[{_NUM}]+)[届次期]|\d{{4}}年")
_OF_FOUNDING = re.compile(r"成立|揭牌|挂牌|换届")
_CELEBRATES = re.compile(r"(?:庆祝|纪念|喜迎|迎接?|庆)[^，。；]{2,24}暨")
_OPENING = {"”": ("“", 24), "）": ("（", 10), "》": ("《", 16)}  # and how far before at most
_BOARD = re.compile(rf"第?[{_NUM}]+届[\u4e00-\u9fff]{{0,6}}委员会$")
_ALL_UNIONS = re.compile(r".*(?:[省市区县]|全国)工会")


def _nouns_left(reading: Reading, begin: int, floor: int, blocked_ends: dict[int, int]) -> int:
    """Walk left over the nouns, districts, editions and quotations of a name."""
    position = begin
    while position > floor:
        start = _step_left(reading, begin, position, floor, blocked_ends)
        if start is None or start < floor:
            break
        position = start
    return position


def _step_left(reading: Reading, begin: int, position: int, floor: int, blocked_ends: dict[int, int]) -> int | None:
    """Where what ends at `position` starts, if it is of the name that goes on there; None where it is not."""
    text = reading.text
    before = text[position - 1]
    if position in blocked_ends:
        start = blocked_ends[position]
        if text[position] == "杯" or (position == begin and _OF_FOUNDING.match(text, position)):
            return start
        board = _BOARD.search(text, floor, position)
        if board is not None:
            return board.start()
        if _organise().search(text, max(floor - 8, 0), start) and not _EDITION_AT.match(text, position):
            return start  # 召开|四家航空公司|工会联席会
        of_name = (position == begin and not _CELEBRATES.match(text, begin)) or _OF_UNION.match(text, position)
        if not of_name and not _ALL_UNIONS.fullmatch(text, start, position):
            return None
    edition = _EDITIONS.search(text, floor, position)
    if edition and edition.end() == position:
        return edition.start()
    hit = reading.by_end.get(position)
    if hit is not None:
        return hit.start
    if before in _OPENING:
        sign, longest = _OPENING[before]
        opening = text.rfind(sign, floor, position)
        if before == "）" and _BYLINE.match(text, opening + 1):
            return None  # 本报讯（记者 甲）|2014年技能竞赛
        return opening if opening >= 0 and position - opening <= longest else None
    if before in "、和与及":
        item = _item_left(text, begin, position)
        if item is not None or before == "、":
            return item if item is not None else _letter_left(reading, position)
    if before in "日号" and text[position - 2].isdigit():
        return None  # 自10月11日|大赛开幕
    if before == "·" or (before.isascii() and before.isalnum()):
        return position - 1
    if not "\u3400" <= before <= "\u9fff":
        return None
    return _word_left(reading, begin, position, floor, blocked_ends)


_BYLINE = re.compile(r"(?:[\u4e00-\u9fff]{0,4}记者|通讯员|作者|实习生|文|图|摄影?)[ /：]?")
_TRADE = re.compile(r"[\u4e00-\u9fff]{1,8}[员工师]")  # 快递员、|网约配送员职业技能竞赛
_KIND_OF = re.compile(r"[\u4e00-\u9fff]{0,5}(?:赛|展|讲座|培训|课)")  # 歌咏和|舞蹈比赛


_WHOLE_EVENT = re.compile(r"(?:比赛|竞赛|大赛|联赛|[^赛]赛|晚会|汇演|联欢会|运动会|[^开]展|展览|论坛|文化节|艺术节)$")


def _item_left(text: str, begin: int, position: int) -> int | None:
    """跳绳、|踢毽比赛, 技能和|安全竞赛: the item before the sign of a list, where both are kinds of events."""
    events = lexicon.words("event")
    end = position - 1
    if _WHOLE_EVENT.search(text, max(0, end - 4), end):
        return None  # 演讲比赛、|文艺晚会: two events
    if text[end] != "、" and position == begin and not _KIND_OF.match(text, position):
        return None  # 反诈宣传和|义诊: two events
    if not (any(text[position : position + n] in events for n in (2, 3, 4, 5)) or _TRADE.match(text, position, begin)):
        return None
    return next((end - n for n in (5, 4, 3, 2) if text[end - n : end] in events), None)


def _letter_left(reading: Reading, position: int) -> int | None:
    """电、钳、|焊项目: single characters in a row."""
    text = reading.text
    if not re.search(r"[\u4e00-\u9fff]、$", text[position - 2 : position]):
        return None
    front = text[position - 3 : position - 2]
    return position - 2 if front == "、" or (reading.is_boundary(position - 2) and front == "赛") else None


_REPORTING = frozenset("总结 回顾 传达 贯彻 筹备 部署 推进 交流 学习 报告".split())
_WITHIN = frozenset("基层 全市 全区 全县 全省 全国 首届 服务 联合 学习 体验 宣传 传承 弘扬".split())


def _word_left(reading: Reading, begin: int, position: int, floor: int, blocked_ends: dict[int, int]) -> int | None:
    """The word that ends at `position`, if names of events hold such."""
    text = reading.text
    events, acting = lexicon.words("event"), _acting()
    index = reading.token_at(position - 1)
    start = max(reading.starts[index], floor)
    tag = reading.tags[index]
    if text[start] == "年" and position - start > 1 and text[start - 1].isdigit():
        start, tag = start + 1, "nz"  # 2014|年静|湖区: the tokenizer joins it to what follows
    token = text[start:position]
    long = next((n for n in (6, 5, 4, 3) if text[position - n : position] in events), 0)
    if long > len(token) and position - long >= floor and text[position - long : position] not in acting:
        return position - long
    if token in acting:
        allowed = any(token in verbs and goes_on.match(text, position) for verbs, goes_on in _IN_NAME)
        return start if allowed else None
    if _HOLDING.fullmatch(token):
        return None
    verbal = len(token) >= 2 and (tag[0] == "v" or token in _REPORTING)
    if verbal and (
        _NUMBERED.search(text, position, begin) or position in reading.by_start or position in blocked_ends.values()
    ):
        return None  # 总结|全国第三届…: what follows is a name already
    if token in events or (token in _WITHIN and position != begin):
        return start
    if token in lexicon.words("stop") or tag in _STOP_TAGS:
        return None
    if token in lexicon.words("name") or tag[0] in "njbgiszml" or tag in ("vn", "an", "eng", "x", "q", "f"):
        return start
    if position == begin and tag[0] in "av" and len(token) >= 2:
        return start
    # 驮铃快|运货车: a word that the tokenizer made up is of a name
    return start if tag[0] == "a" and len(token) >= 2 and not known(token) else None


_LEADING = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+个|暨|及|和|与|、|的|了|地|次|场|届|期|余|多|名|位|家|等|个|项|该|此|各|本|一场|一次|首场|精彩|丰富|多彩|隆重|圆满|成功|顺利|正式|大型|一年一度|今年|去年|当天|期间|现场|以来|近期|近日|日前|昨日|今日|全体|广大|辖区|企业家|"
    r"区内|市内|为|是|由|将|被|把|让|部门|单位|会员们|职工们|参赛|参加|相关|有关|优秀|先进|系列|主题|系列主题)"
)


# what is said of events in general, or wished for: not one that is reported
_IDLE = re.compile(
    r"(?:旨在|通过|要求|号召|倡议|希望|鼓励|引导|支持|坚持|定期|经常|常态化|不定期|积极|广泛|大力|各级[^，。]{0,8}|各地|每年|历年|近年来|多年来|一直|"
    r"可以|能够|用于|还将|还要|陆续|计划|拟|应当|要|自主|依托|借助|利用|自发|自愿)[^，。；：！？]{0,16}$"
)
_OF_STATE = re.compile(r"人民代表大会|政治协商会议|中国共产党|全国代表大会|中央委员会|[一二三四五六七八九]中全会")
_STAGED = re.compile(r"(?:举办|主办|承办|举行)(?:了|的)?$")


# what people do at it is said: an event of its own, for all that it is called 活动
_SETTLED = re.compile(
    r"(?:健步走|健步行|健走|徒步|毅行|登山|登高|骑行|长跑|植树|采摘|游园|灯谜|粽子|饺子|元宵|月饼|春联|献血|联谊|交友|相亲|朗诵|诵读|征文|演讲|"
    r"拓展|观影|插花|花艺|烘焙|茶艺|书法|绘画|摄影|钓鱼|垂钓|亲子|研学|疗休养|义诊|义剪|招聘|演练|拔河|竞走|广播操|健身操|手工|剪纸|读书分享|知识竞答|有奖竞猜|普法|法律咨询|"
    r"送(?:温暖|清凉|凉爽|关爱|祝福|健康|平安|安全|春联|福字?|文化|书|法律?|教|政策|岗位)(?:[进上到下][\u4e00-\u9fff]{1,3})?)"
    r"(?:走访|慰问|宣传|宣讲|服务|志愿服务)*活动$"
)
_DAY = re.compile(r"\d日|近日|日前|[昨今当]日|[昨今当]天|上午|下午|晚上?|夜间|周[一二三四五六日末]|节前|前夕|期间")
# 3月5日的|焊工比赛中
_OF_DAY = re.compile(r"(?:\d[日号]|当[天日]|[今昨]天)(?:上午|下午|晚上?)?(?:举行|举办|进行|开展)?的$")
_ATTENDS = re.compile(r"(?:参加|参观|观摩|观看|出席)(?:了|过)?$")


def _on_a_day(reading: Reading, start: int) -> bool:
    """Whether the sentence tells on which day it was: what is told so is one event, not a habit."""
    return _DAY.search(reading.text, *reading.sentence_of(start)) is not None


# 学习贯彻党的二十大精神|宣讲会: the name of what is studied goes on over what names do not hold elsewhere
_STUDIES = re.compile(
    r"(?:深入|全面|认真|专题)*(?:学习|宣传|贯彻|落实|传达|宣讲|践行)+[^，。；：！？\n]{2,40}精神"
    r"(?:专题|集中|主题|系列|全员|骨干|示范|网络|线上|[全省市区县]级?|职工|干部|工会干部|读书|理论|学习|轮训|宣讲|研讨|交流|培训|暨)*$"
)


_AT_PLACE = re.compile(r"(?:在|到|走进|来到|前往|赴|深入)([^，。；：！？“”]{3,30})$")
_ANY_PLACE = re.compile(
    r"基层|一线|企业|各[级地类个家区县镇乡街社单部大]|全[省市区县]|现场|辖区|当地|线上|期间|过程|基础|范围|部分|多[个家处]|[一二两三四五六七八九十\d]+[个家处]|"
    r"家[中里]?$|家庭|实践|^[^省市区县镇乡]{0,4}(?:学校|养老院|敬老院|福利院|医院|工地|车间|班组|社区|村|岗位|单位|园区|企业|工厂|站点)$|(?:职工|群众|居民|员工|会员)(?:身边|中间|中)"
)


def _at_a_place(reading: Reading, verb: int) -> bool:
    """走进荷塘镇工业园|开展普法宣传活动: whether it is told at which one place it was."""
    there = _AT_PLACE.search(reading.text, max(reading.sentence_of(verb)[0], verb - 34), verb)
    return there is not None and _ANY_PLACE.search(there.group(1)) is None


def _attends(text: str, floor: int, start: int) -> bool:
    """参加了|油田公司环湖健步走: somebody goes there, and it is told as done."""
    verb = _ATTENDS.search(text, floor, start)
    return verb is not None and not _IDLE.search(text, floor, verb.start())


# a meeting is called by what it is about, verbs and all: 召开|推进企业民主管理|工作现场会
_CONVENED = re.compile(r"召开(?:了)?([\u4e00-\u9fff]{2,16})$")
_NO_TOPIC = re.compile(
    r"[的了在是等个各于将以]|(?<!工)会(?!员|计|议)|会议|专[门题]|并|还|本|该|一[次场期]|首次|[研部][究署]|选举|审议|听取|通报|传达|省|市|区|县|镇"
)


def _phrase(reading: Reading, head_start: int, end: int, blocked_ends: dict[int, int]) -> Iterator[Candidate]:
    text = reading.text
    quote = reading.in_quote(head_start, end)
    if quote is not None and (text[quote[0] - 1] == "《" or (quote[1] == end and quote[1] - quote[0] <= 40)):
        return  # in the title of a document, or read with its quotation
    follow = text[end : end + 6]
    if re.match(
        r"室|馆|厅|场(?!在|举)|台|品|费|金|卡|券|者|员|队|组(?!织)|化|中心|基地|平台|现场会|办公室|委|章程|方案|通知|规则|计划书|经费|奖|团|示范|基地|品牌|工作站|服务站|项目(?!组)|季|周(?!年)|日(?!前)|组委会|评审|领导小组|工作室|成果|用品|器材|资料|需求|对象|精神|部署|要求|决议|公报|代表[，。；、]",
        follow,
    ) and not follow.startswith(("项目在", "奖项", "季军")):
        return
    floor = max(text.rfind("\n", 0, head_start) + 1, head_start - 40)
    sentence = reading.sentence_of(head_start)
    floor = max(floor, sentence[0] if sentence[0] < head_start else floor)
    start = _nouns_left(reading, head_start, floor, blocked_ends)
    start = _from_edition(reading, start, floor, head_start)
    start = _prefix(reading, start, blocked_ends)
    studies = _STUDIES.search(text, floor, head_start) if text.find("精神", floor, head_start) >= 0 else None
    start = studies.start() if studies is not None else start
    lead = _LEADING.match(text[start:head_start])
    while lead and start + lead.end() <= head_start and reading.is_boundary(start) is not False:
        if not reading.is_boundary(start + lead.end()):
            break
        start += lead.end()
        lead = _LEADING.match(text[start:head_start])
    meets = text[end - 1] == "会" or "会暨" in text[head_start:end]
    convened = _CONVENED.search(text, floor, start) if meets else None
    if convened and start > convened.start(1) and _NO_TOPIC.search(convened.group(1)) is None:
        start = convened.start(1)
    name = text[start:end]
    before = text[start:head_start]
    parts = naming(name)
    verb = _organise().search(text, floor, start)
    governed = verb is not None and verb.end() == start
    number = _NUMBER_BEHIND.match(text, end)
    held = _held().match(text, number.end() if number else end)
    if not held and _OF_STATE.search(name):
        return
    in_headline = start >= reading.headline[0] and end <= reading.headline[1]
    edition = bool(parts.edition)
    place = start in reading.by_start
    plain = weak(text[head_start:end])
    told = plain and _SETTLED.search(text, floor, end) is not None and _on_a_day(reading, start)
    bare = re.sub(_EDITION, "", before)
    if (plain or text.startswith("等", end)) and governed and verb is not None and not held and not edition:
        if _IDLE.search(text, floor, verb.start()):
            return
    if not plain and text[end : end + 1] in ("上", "中") and name.endswith("入会仪式") and len(name) >= 6:
        yield Candidate(start, end, "Activity", "placed", 0.7)
        return
    if text[end : end + 1] in ("中", "上") and len(name) >= 5 and _OF_DAY.search(text, floor, start):
        yield Candidate(start, end, "Activity", "placed", 0.7)
        return
    sure = edition and not plain and end - head_start >= 4 and len(name) >= 8
    staged = _STAGED.search(text, floor, start)
    settled = told or (not plain and len(name) >= (5 if governed else 6) and _on_a_day(reading, start))
    sure = sure or (governed and settled)
    attended = not governed and not held and not plain and len(name) >= 6 and "、" not in before
    attended = attended and _attends(text, floor, start)
    sure = sure or bool(staged and (not plain or end - head_start >= 6) and end - head_start >= 4 and len(name) >= 6)
    sure = sure or (governed and _ALSO in text[head_start:end])
    sure = sure or bool(
        governed
        and plain
        and verb
        and len(name) >= 6
        and _at_a_place(reading, verb.start())
        and _on_a_day(reading, start)
    )
    sure = sure or (in_headline and governed and end - head_start >= 4) or bool(_CELEBRATES.match(text, head_start))
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
        or attended
        or (edition and (not plain or place))
        or (in_headline and (edition or place) and text[end : end + 1] in "\n，。：；！？”（ ")
    ):
        score = 0.8 if governed or held else 0.7 if not attended else 0.65
        rule = "held" if held else "governed" if governed else "attended" if attended else "edition"
        yield Candidate(start, end, "Activity", rule, score)
    elif place and not plain and len(name) >= 8:
        yield Candidate(start, end, "Activity", "placed", 0.6)


_EDITION_FAR = re.compile(rf"(?:首届|第[{_NUM}]+[届期次])([{_HAN}]{{2,16}})$")


def _from_edition(reading: Reading, start: int, floor: int, head: int) -> int:
    """首届|江淮矿山钻探|职工技能竞赛: where an edition stands further left, and only words that do not act between."""
    far = _EDITION_FAR.search(reading.text, floor, start) if start < head else None
    if far is None:
        return start
    first, last = reading.token_at(far.start(1)), reading.token_at(start - 1)
    acting = _acting()
    for i in range(first, last + 1):
        if reading.words[i] in acting or reading.tags[i] in _STOP_TAGS or reading.words[i] in _REPORTING:
            return start
    return far.start()


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


@cache
def _anaphor() -> re.Pattern[str]:
    heads = lexicon.one_of(lexicon.heads("Activity"))
    return re.compile(
        rf"(?:此次|本次|这次|该次|该|本届|这届|此届|该届|这场|该场|这项|该项|此项|这一|本场|本期|此期|这期|该期|本轮|本季|此)[\u4e00-\u9fff]{{0,6}}?(?:{heads})"
        r"|(?:活动|大赛|比赛|竞赛|培训班|仪式|启动仪式|开幕式|会议|大会|开班式|座谈会|赛事|讲座|现场活动|论坛|招聘会|推介会|运动会)"
        r"(?=现场|中|上|当天|由|以|旨在|共|吸引|采取|邀请|设|分为|结束|期间|开始|围绕|为期|通过|过程|得到|不仅|还|，)"
    )


def anaphors(reading: Reading) -> Iterator[Candidate]:
    """Yield 此次活动, 本届大赛, 活动现场: they stand for an activity named elsewhere."""
    for match in _anaphor().finditer(reading.text):
        yield Candidate(match.start(), match.end(), "Activity", "anaphor", 0.3, "anaphor")
