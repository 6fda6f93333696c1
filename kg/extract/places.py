"""Venues: named places where something happens, is visited, or that stand in a list of sights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kg.extract import lexicon
from kg.extract.organisations import left_edge
from kg.extract.reading import Matcher, Reading, known
from kg.extract.spans import Candidate
from ontology import divisions

__all__ = ["LIST_IN", "SCENE_BEHIND", "SETTING", "cut", "hold_pattern", "propose"]


@cache
def hold_pattern() -> re.Pattern[str]:
    """What follows a place where something is held: 举行, 正式开班, 联手举办 …"""
    verbs = lexicon.verb_pattern("hold", "organize")
    return re.compile(rf"(?:[里内中]|门?前(?!往))?，?(?:{lexicon.manner_pattern()}|举行的)*(?:{verbs})")


@cache
def _matcher() -> Matcher:
    return Matcher(lexicon.heads("Venue"))


_FRAME = re.compile(
    r"((?:在[^，。；“”]{2,30}(?:的|——|入驻企业|入驻单位|所属企业|会员企业|会员单位|成员单位|下属企业|辖区企业|承建的?)|在|于|(?:又|先后|分别|依次|首先|陆续)到|到|来到|走进|前往|赴|参观(?:了)?|走访(?:了)?|探访(?:了)?|造访|抵达|深入|奔赴|走入|踏入|踏进|位于|地点设在|设在|去往|赶到|直奔|进入|停靠|驶入|驶抵|停进|开进|驶进|请进了?|住进了?|搬进了?|走入|回到|齐聚|相聚|欢聚|汇聚|至|从|由)(?:位于)?)(?:[该本其]|自己的)?$"
)
_CAME_TO = re.compile(r"(?<![达得感受做遇直收接看听想谈提找等碰讲])(到)$")  # 到P开展: only where something is held
_GENERIC = frozenset(
    "活动 施工 比赛 现场 主 分 会议 公司 企业 学校 医院 生产 建设 建筑 办公 培训 训练 各 各个 多个 "
    "重点 项目 一线 服务 社区 街道 园 科技 产业 工业 文化 体育 创业 物流 商业 工作 劳模 职工 党建 "
    "红色 爱国主义教育 教育 实践 实训 "
    "农贸 各大 大型 工程 工会 线上 线下 直播 新型 综合 村 镇 区 市 县 本 该 我 露天 户外 室内 附近 "
    "周边 当地 全国 国内 职业技能 技能 人才 消费 农产品 文旅 旅游 休闲 城市 国家 国际 基层 爱心 暖心 "
    "户外劳动者 智慧 标准化 创新 联合 市民 人民 古 老 新 小 大 车站 收费 加油 服务区 养护 施工作业 "
    "高温 火热 生产作业 工厂 厂区 车间 操作 行政 政务".split()
)
_OWN = frozenset("省市区县镇乡村校院厂矿局站段行队")  # 矿俱乐部, 县体育馆: of the body or the place spoken of
_LOOSE = frozenset("于 至 从 由 位于".split())
_NEVER = frozenset("活动 施工 比赛 现场 主 分 各 各个 本 该 我 线上 线下".split())
# a part of the place, that may stand behind its name: 一号展厅, 三楼会议室, 东广场, 北门
_STOREY = (
    r"(?:(?:[A-Za-z]?\d+|[一二三四五六七八九十]+)号?(?:楼|层|号楼|栋|座)|负一[楼层]|地下一层|[东南西北]区|"
    r"[一二三四五六七八九十\d]+期)"
)
_ROOM = re.compile(
    rf"(?:{_STOREY}|改扩建|扩建|新建|改建|迁建|改造)+(?:工程)?项目(?:部|现场|工地)?|"
    rf"{_STOREY}(?:[\u4e00-\u9fff]{{2,4}}?(?:厅|室|吧))|"
    rf"{_STOREY}?(?:(?:[A-Za-z]?\d+|[一二三四五六七八九十]+)号?(?:馆|厅|室|展厅|门|会议室)|[东南西北](?:馆|厅|门|广场|操场)|"
    rf"(?:大厅|大堂|会议室|多功能厅|报告厅|演播大厅|门前广场|广场)|"
    rf"(?:{_STOREY})?“[^“”，。]{{2,10}}(?:厅|室|堂|馆|吧|坊|屋|角|空间|书吧|讲堂|课堂|家园|之家|小家|驿家|驿站)”|"
    r"(?:国内|国际)?(?:[\u4e00-\u9fff]{1,2})?(?:安检通道|候机厅|候机大厅|出发厅|出发大厅|到达厅|到达大厅|候车厅|售票厅|登机口|出站口|进站口)|"
    rf"井下(?:\d+米)?(?:中段|采场|巷道|工作面|水平)?|{_STOREY})"
)
_STOREYS = re.compile(_STOREY)


def propose(reading: Reading, bodies: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield venues. `bodies`: organisations already found; a venue does not end with one of them."""
    text = reading.text
    ends = {body.end: body.start for body in bodies if body.kind == "name"}
    visits = -1  # end of the last place of a list of visits
    owners = {body.start: body.end for body in bodies if body.type == "TradeUnion"}
    for front, start, head, end, alias in _spans(reading, ends, owners):
        left = text[start:head]
        holds = hold_pattern().match(text, end) is not None
        frame = _FRAME.search(text, max(0, front - 34), front)
        frame = frame or (_CAME_TO.search(text, max(0, front - 2), front) if holds else None)
        named = _named(reading, start, head)
        bare = left in _GENERIC and not (holds and frame and left not in _NEVER)
        lone = len(left) < 2 and not (left in _OWN and frame and frame.group(1) not in _LOOSE)
        of_union = front < start == head
        if of_union or (not left and frame and frame.group(1) == "在" and holds):
            lone = False  # 在工人文化宫举行: of the place the report is from
        kind = text[head:end]
        named = named or kind.endswith("”")
        says_a_kind = not named and not of_union and _says_a_kind(left)
        there = holds and frame is not None and not kind.endswith(("现场", "工地"))
        plain = (says_a_kind and kind in _PLAIN_KINDS and not there) or (
            kind in _OCCASIONS and not reading.districts_in(start, head)
        )
        if bare or lone or plain or _COUNTED.match(left):
            continue
        if kind in _PLAIN_KINDS and ends.get(head) == start and text.endswith(_FIRM_ENDS, start, head):
            continue  # X有限公司|车间: the firm is where it is
        if kind == "市场" and _front(reading, head) == start:
            continue  # 宁波市场: where goods are sold
        rule, score = "", 0.0
        if frame:
            if not holds and _YET_TO_GO.search(text, max(0, frame.start() - 8), frame.start()):
                continue
            rule, score = _in_frame(text, frame, end, holds, not says_a_kind, named), 0.84 if holds else 0.74
        elif text[start - 1] in "、和及与" and (
            (visits >= 0 and "。" not in text[visits:start]) or _VISIT_LIST.search(text, max(0, start - 90), start)
        ):
            rule, score = "visited", 0.7
        elif holds and text[start - 1] in "、和及与" and LIST_IN.search(text, max(0, start - 60), start):
            rule, score = "held", 0.74
        elif text[start - 1] in "、和及与" or text[end : end + 1] == "、" or (alias and _LIST_ON.match(text, alias[1])):
            rule, score = "list", 0.6
        elif _HERE.search(text, end, reading.sentence_of(end)[1]):
            rule, score = "here", 0.72
        elif named and _OPENED.match(text, end):
            rule, score = "opened", 0.7
        elif named and kind.endswith(_STUDIO) and reading.tags[reading.token_at(start)] == "nr" and len(left) <= 8:
            rule, score = "studio", 0.93
        elif (
            (named or (len(left) >= 2 and not says_a_kind and kind != "项目"))
            and SCENE_BEHIND.match(text, end)
            and text[start - 1] in "，。\n　 ”的"
        ):
            rule, score = "scene", 0.7
        if rule == "visited":
            visits = end
        if rule:
            own, other = _of_firm(reading, start, head, end, ends)
            if text[end - 1] == "”":
                other = (*other, (text.rfind("“", start, end), end))  # X大厦二楼“Y讲堂”
            names = (*((alias,) if alias else ()), *(((front, end),) if of_union else ()), *other)
            yield Candidate(start, end, "Venue", rule, score, core=own or cut(reading, start, end), other=names)
    yield from _quoted(reading)
    yield from _open(reading)
    yield from _sites(reading)
    yield from _stops(reading)


def _spans(
    reading: Reading, ends: dict[int, int], owners: dict[int, int]
) -> Iterator[tuple[int, int, int, int, tuple[int, int] | None]]:
    """Yield where a place is spoken of from (its union may stand in front), where its name starts, where its head word
    does, where it ends, and a name in brackets."""
    text = reading.text
    hits: list[tuple[int, int, int]] = []  # where the first head of a row starts, the last one, where that ends
    for start, end, _ in _matcher().find(text):
        if hits and (start == hits[-1][2] or _STOREYS.fullmatch(text, hits[-1][2], start)):
            hits[-1] = (hits[-1][0], start, end)
        else:
            hits.append((start, start, end))
    for head, last, end in hits:
        if reading.district_at(end - 1) is not None or _WORKS.match(text, end):
            continue
        number = _NUMBERED_SITE.search(text, max(0, head - 5), head)
        front = number.start() if number else head
        start, _, _ = left_edge(reading, front, "Venue", reading.by_end, ends)
        start = head if start == front else start
        if text[start] in "在到于" and not known(reading.words[reading.token_at(start)]):
            start += 1  # 在鑫|通达物流园: glued to a name that the tokenizer does not know
        goes = _GOES_IN.search(text, start, head)
        start = goes.end() if goes else _behind_frame(reading, start, ends)
        front = start
        start = _own_name(reading, start, head, owners)
        if start == head:
            opening = text.rfind("“", max(0, start - 20), start) if text[start - 1] == "”" else -1
            if front < start:
                pass  # of a union
            elif opening < 0 and last > head:
                head = last  # 项目|生活区: the first says what the second is of
            elif opening < 0 and not _STANDS_ALONE.match(text, head, end):
                continue
            if opening >= 0:
                front = start = opening
        room = _ROOM.match(text, end)
        end = room.end() if room else end
        close = text.find("）", end, end + 14) if text[end : end + 1] == "（" else -1
        yield front, start, head, end, (end + 1, close) if close > 0 else None


_NUMBERED_SITE = re.compile(r"(?:[A-Za-z]?\d+|[一二三四五六七八九十]+)号$")  # 季梁小区|3号|工地
_WORKS = re.compile(r"前(?:工程|\d+标)")  # 高铁站|前12标: works before the rails come
_UNION_HOUSE = re.compile(r"(?:户外劳动者|职工|工会|爱心|暖心|会员|新就业形态劳动者|货车司机|司机|快递小哥|劳模)")
_STANDS_ALONE = re.compile(r"(?!.*(?:现场|农贸|会场)).{2,}(?:场|楼|厦|宫|堂|馆|中心)$")
_SET_OUT = re.compile(r"(?:在|来到|走进|前往|赴|参观了?|走访了?|抵达|深入|奔赴|走入|设在|位于|停靠|串联|途经)$")
# taken for a part of the name where the tokenizer takes it for one (职工们齐聚|妫水广场)
_GOES_IN = re.compile(r"(?:齐聚|相聚|欢聚|汇聚|来到|走进|走入|前往|抵达|奔赴)(?=[\u4e00-\u9fff]{1,10}$)")
_FUNCTION = frozenset("p c uj ul uv ud ug uz d x y e o".split())


def _behind_frame(reading: Reading, start: int, ends: Mapping[int, int]) -> int:
    """Where the name starts if a frame stands a few words to the left, and only what names may hold between: places are
    called after quarters and short words that end other names (在江湾里|公园)."""
    text, at = reading.text, start
    stops = lexicon.words("stop")
    for _ in range(5):
        if _SET_OUT.search(text, max(0, at - 3), at):
            return start if text[at] in "组团时过后" else at
        if at in ends and at < start:
            at = ends[at]  # X煤矿|综采二队会议室
            continue
        index = reading.token_at(at - 1)
        token, tag = reading.words[index], reading.tags[index]
        its = tag == "r" and len(token) == 2 and token[0] in "该本我" and token[1] in _OWN
        if tag in _FUNCTION or (token in stops and tag != "f") or token in _visits() or (tag == "r" and not its):
            return start
        if (
            tag == "v"
            and token not in _PLACE_END
            and not _SET_OUT.search(text, max(0, reading.starts[index] - 3), reading.starts[index])
        ):
            return start
        if not "\u3400" <= token[0] <= "\u9fff":
            return start
        at = reading.starts[index]
    return start


@cache
def _visits() -> frozenset[str]:
    return lexicon.verbs("visit") | lexicon.verbs("hold") | lexicon.verbs("organize") | lexicon.verbs("give")


def _own_name(reading: Reading, start: int, head: int, owners: dict[int, int]) -> int:
    """Where the place's own name starts, behind the union that runs it: X区总工会|Y镇户外劳动者驿站."""
    end = owners.get(start, start)
    if start < end == head and _UNION_HOUSE.match(reading.text, head):
        return end  # X街道总工会|户外劳动者驿站
    own = start < end < head and (reading.by_start.get(end) or _named(reading, end, head))
    if _STOREYS.match(reading.text, end):
        return start  # 市总工会三楼会议室
    return end if own else start


def _of_firm(
    reading: Reading, start: int, head: int, end: int, ends: Mapping[int, int]
) -> tuple[tuple[int, int] | None, tuple[tuple[int, int], ...]]:
    """The place's own name and the one with its firm (X集团|Y煤矿|综采二队会议室), if it has one of its own."""
    last = next((at for at in range(head - 1, start, -1) if at in ends), -1)
    left = reading.text[last:head] if last > 0 else ""
    if len(left) < 2 or _says_a_kind(left):
        return None, ()
    return (last, end), ((ends[last], end),) if ends[last] > start else ()


def _in_frame(text: str, frame: re.Match[str], end: int, holds: bool, special: bool, named: bool) -> str:
    """Which rule finds the place behind 在, 来到, 设在: how sure it is that something takes place there."""
    if holds or frame.group(1).endswith("设在"):
        return "held"
    if frame.group(1) not in _WHERE:
        return "visited" if special else "frame"
    return "scene" if named and SETTING.match(text, end) else "frame"


_WHERE = frozenset("在 于 到 至 从 由 位于".split())
_COUNTED = re.compile(r"[\d一二三四五六七八九十]+(?:个|家|处|座)")
_YET_TO_GO = re.compile(r"(?:将|拟|计划)[^，。]{0,6}$")
_LIST_ON = re.compile(r"）[、等]")
LIST_IN = re.compile(r"(?:在|到|来到)[^，。；！？“]{2,50}[、和及与]$")
_OPENED = re.compile(
    r"(?:在[^，。；“”]{2,24}?)?(?:正式|顺利|隆重|近日|日前|今日|当天|当日|对外)*"
    r"(?:揭牌|挂牌|启用|投用|落成|建成|开放|亮相|投入使用|投入运营|启动运营|开门迎客)|(?:就)?(?:位于|坐落[于在])"
)
_HERE = re.compile(r"在(?:这里|此)")
# behind a place at the head of a clause: what is seen there
SCENE_BEHIND = re.compile(
    r"(?:里|内|上|前|中)(?![的心央部])|[，]?(?:人头攒动|人山人海|人潮涌动|人来人往|人声鼎沸|热闹非凡|热火朝天|热气腾腾|彩旗|红旗|旌旗|锣鼓|"
    r"鼓乐|歌声|掌声|欢声|笑声|笑语|书声|墨香|书香|花团锦簇|张灯结彩|灯火|座无虚席|喜气洋洋|气氛|阳光明媚|春意|暖意)"
)
# kinds of places that are called by what is done there rather than by a name
_PLAIN_KINDS = frozenset(
    "施工现场 项目现场 项目施工现场 建设现场 工地 建设工地 建筑工地 施工工地 食堂 车间 生产车间 厂房 厂区 小区 餐厅 "
    "大厅 教室 宿舍 宿舍楼 公寓 办公区 生活区 集市 市场 商场 酒店 施工点 作业点 作业区 停车场".split()
)
_FIRM_ENDS = ("公司", "集团", "厂")
# called after the person whose work is taught there
_STUDIO = "工作室"
_OCCASIONS = frozenset("赛场 考场 考点 赛区 舞台 大舞台".split())  # where it is held, whatever place that is


@cache
def _kind_words() -> frozenset[str]:
    return _GENERIC | lexicon.words("generic") | lexicon.words("name")


def _says_a_kind(text: str) -> bool:
    """Whether the text is made of words that name kinds only: 重点工程, 企业生产."""
    words = _kind_words()
    position = 0
    while position < len(text):
        size = next((n for n in (5, 4, 3, 2, 1) if text[position : position + n] in words), 0)
        if not size:
            return False
        position += size
    return True


_VISIT_LIST = re.compile(r"(?:走进|来到|前往|深入|走访|参观|考察|视察|调研|赴)(?:了)?(?:[^。，；！？]*[、和及与])?$")
SETTING = re.compile(r"(?:里|内|中)?，|的[\u4e00-\u9fff]{1,6}(?:里|内)?，")


@cache
def _quoted_heads() -> frozenset[str]:
    """Heads of venues, and of offices that people go to."""
    return lexicon.heads("Venue") | {word for word in lexicon.heads("Organization") if word.endswith("中心")}


_TURNED_INTO = re.compile(
    r"(?:(?:改|改造|改建|扩建|升级|打造|建设)成(?:了|为)?|建(?:成|起)(?:了)?|办起(?:了)?|新建(?:了)?|设立(?:了)?|启用(?:了)?|"
    r"(?:打造|建设|建)(?:了|出)?(?=[一\d占面]))"
    r"(?:一[个处座间])?(?:(?:占地|面积)?(?:约|近|达)?\d+(?:余|多)?(?:平方米|平米|㎡)的)?$"
)
_SUCH_A = re.compile(r"(?:共享|智慧|爱心|暖心|城市|流动|24小时|示范|特色|主题|综合|综合性|一站式|职工|工会|党建)*")
_SUCH = re.compile(r"(?:新(?:落成|建成|建|启用|打造|投用)|刚刚?(?:落成|建成|启用)|崭新|温馨|宽敞明亮)的$")
_NOT_A_PLACE = re.compile(r"品牌|模式|机制|工程|项目|\d+[家个处座]|等")


def _quoted(reading: Reading) -> Iterator[Candidate]:
    """A quoted name that ends in a venue's word, where somebody goes or is, or that something is turned into:
    深入水南镇“红色骑手之家”, 改成了“候鸟”工会驿站."""
    text, words = reading.text, _quoted_heads()
    for start, end in reading.quotes:
        if text[start - 1] != "“" or end - start > 16:
            continue
        close = end + 1
        if not any(text[end - n : end] in words for n in range(2, end - start)):
            behind = _SUCH_A.match(text, end + 1)
            at = behind.end() if behind else end + 1
            close = next((at + n for n in range(8, 1, -1) if text[at : at + n] in words), 0)
            if not close:
                continue
        before = _front(reading, start - 1)
        such = _SUCH.search(text, max(0, before - 14), before)
        before = such.start() if such else before
        visited = _VISIT_LIST.search(text, max(0, before - 60), before) or _FRAME.search(
            text, max(0, before - 3), before
        )
        made = _TURNED_INTO.search(text, max(0, before - 10), before) and not _NOT_A_PLACE.match(text, close)
        opened = _OPENED.match(text, close)
        if made or visited or opened:
            rule = "visited" if visited else "made" if made else "opened"
            score = 0.93 if close == end + 1 or made else 0.8
            yield Candidate(start - 1, close, "Venue", rule, score, other=((start, end),))


_IN = re.compile(r"在(?=[\u4e00-\u9fffA-Za-z0-9“])")
# what the name of a place ends in, where no head word of the lexicon does
_PLACE_END = frozenset(
    "园馆港站岛湖厅楼院场寺塔山河江海桥路街巷村庄坝校店城台厂室区所湾洲滩沟坡岭峰洞泉谷门亭阁宫殿庙祠府坊苑轩居墅舍堂弄廊林"
)
_PLACE_ENDS = (
    "中心",
    "基地",
    "公园",
    "广场",
    "大街",
    "大道",
    "总部",
    "剧院",
    "水域",
    "驻地",
    "家园",
    "小镇",
    "老城",
    "新城",
)
_WORKS_END = ("项目", "工程", "标段")  # 荆南国际机场二期扩建项目: a place only under a name
_NO_PLACE = re.compile(
    r"[的了]|活动|期间|过程|基础|指导|领导|支持|推动|方面|情况|背景|形势|[下中时后前上里内]$|会上|网上|线上|工会$|公司|广大|"
    r"职工$|全[市区县省国]|各地|本次|此次|这里|此$|当地|现场|一起|通过|组织|每|年|月|[日周夜晚]$|第.届|阶段|层面|领域|行业|"
    r"系统|范围|全程|座谈|论坛|大会|仪式|交流|有关|部门|我[市区县省]|一线|前沿|岗位|战线|平台|社会|市场$|社区$|村$|直播间$|家门口|各[市区县省镇乡站]"
)


def _open(reading: Reading) -> Iterator[Candidate]:
    """在P举行, P a noun phrase without a known head: 在滴水湖举行, 在良渚古城遗址南城墙鸣枪开跑."""
    text, hold = reading.text, hold_pattern()
    for place in _IN.finditer(text):
        start = place.end()
        if not reading.is_boundary(start) and known(reading.words[reading.token_at(place.start())]):
            continue
        while (district := reading.by_start.get(start)) is not None:
            start = district.end
        end = _phrase_end(reading, start, hold)
        if end - start < 2:
            continue
        words = text[start:end]
        named = _named(reading, start, end)
        place_like = words[-1] in _PLACE_END or words.endswith(_PLACE_ENDS) or (named and words.endswith(_WORKS_END))
        if _NO_PLACE.search(words) or not (place_like and (named or len(words) >= 4)):
            continue
        if words in _GENERIC or words in lexicon.words("generic"):
            continue
        front = reading.by_end.get(start)
        whole = start if front is None else _front(reading, start)
        yield Candidate(whole, end, "Venue", "open", 0.66, core=(start, end) if whole != start else None)


# 赛场分别设在A、B: what is listed behind is where it is held, whatever it is called
_SITES = re.compile(
    r"(?:赛场|赛区|赛点|会场|考场|考点|活动点|现场|终点|起点|起终点|地点)(?:分别|分|均|都)?(?:设|选|定|安排|放)(?:立|置)?(?:在|于)(?:了)?"
)
_SITE = re.compile(
    r"([\u4e00-\u9fffA-Za-z\d·]{2,24}?)(?:、|和|与|以及|及|(?=[，。；]|两[地处]|[三四五六]地|等地?[，。；]))"
)


def _sites(reading: Reading) -> Iterator[Candidate]:
    """地点分别设在A集团、B水厂: a plant or a yard without a known head word, in a list of sites."""
    text = reading.text
    for setting in _SITES.finditer(text):
        at = setting.end()
        while (site := _SITE.match(text, at)) is not None:
            words, start, at = site.group(1), at, site.end()
            if words[-1] not in _PLACE_END or _NO_PLACE.search(words) or words in _GENERIC:
                continue
            if _named(reading, start, site.end(1)) or (len(words) >= 4 and not _says_a_kind(words)):
                yield Candidate(start, site.end(1), "Venue", "site", 0.72, core=cut(reading, start, site.end(1)))


# 给A车间、B折返段等7个岗点: the last word says that places are listed
_STOPS = re.compile(
    r"等(?:[\d一二两三四五六七八九十]+(?:余|多)?)(?:个|处|座|家)"
    r"(?:岗点|站点|点位|网点|地点|慰问点|作业点|施工点|作业现场|施工现场|站区|工区|景点|景区|场馆|班站|场站|站场)"
)
_STOP = re.compile(
    r"(?:(?<=、)|(?<=[到赴给往进向在和]))((?:(?![给为向到在往赴和])[\u4e00-\u9fffA-Za-z\d]){3,14})(?:、|和)?$"
)
_STOP_END = frozenset("段所站点场库部房区园馆塔队岛港湾桥")


def _stops(reading: Reading) -> Iterator[Candidate]:
    """A备所、B折返段等7个岗点: of what is listed as a place, whatever has a name."""
    text = reading.text
    for listed in _STOPS.finditer(text):
        at = listed.start()
        while (stop := _STOP.search(text, max(0, at - 17), at)) is not None:
            start, end = stop.span(1)
            at = start
            if text[end - 1] in _STOP_END and reading.is_boundary(start) and _starts_named(reading, start):
                yield Candidate(start, end, "Venue", "stop", 0.66, core=cut(reading, start, end))


def _starts_named(reading: Reading, start: int) -> bool:
    """Whether a place's name, or a word that the tokenizer does not know, stands at `start`."""
    word, tag = reading.words[reading.token_at(start)], reading.tags[reading.token_at(start)]
    made_up = len(word) >= 2 and not known(word)
    return made_up or start in reading.by_start or tag in ("ns", "nz", "nrt") or word in divisions.short_names()


def _front(reading: Reading, start: int) -> int:
    """Where the chain of districts starts that ends at `start`."""
    while (district := reading.by_end.get(start)) is not None:
        start = district.start
    return start


def _phrase_end(reading: Reading, start: int, hold: re.Pattern[str]) -> int:
    """Where the nouns from `start` on end, if a verb of holding follows them; `start` if none does."""
    text = reading.text
    index = reading.token_at(start)
    for i in range(index, min(index + 9, len(reading.words))):
        at = reading.starts[i]
        if at > start and hold.match(text, at):
            return at
        if reading.tags[i] in _NOT_IN_PLACE or not "\u3400" <= text[at] <= "\u9fff":
            return start
    return start


_NOT_IN_PLACE = frozenset("p c uj ul uv ud ug uz d r x y e o".split())


def _named(reading: Reading, start: int, head: int) -> bool:
    """Whether a place's name holds something proper, not only what kind of place it is."""
    if reading.districts_in(start, head):
        return True
    for i in range(reading.token_at(start), reading.token_at(head - 1) + 1):
        word, tag = reading.words[i], reading.tags[i]
        if tag in ("ns", "nr", "nz", "nt", "nrt", "eng") or (len(word) >= 2 and not known(word)):
            return True
    return False


_OF_FIRM = re.compile(r"(?:[\u4e00-\u9fff]{1,12}?)?(?:集团公司|总公司|分公司|公司|集团)(?![一二三四五六七八九十总])")
_UNIONS_OWN = re.compile(r"总工会|工会(?=机关|办公|会议|大[楼厦]|[\d一二三四五六七八九十]+楼)")
# in front of a building with a name of its own: 集团杭州总部|顺源大厦
_SEAT = re.compile(
    r"[\u4e00-\u9fff]{0,14}总部(?=[\u4e00-\u9fff]{2,}(?:大厦|大楼|中心|广场|产业园|科技园|园区|基地|酒店|体育馆))(?!园区|基地|大厦|大楼)"
)


def cut(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """The venue's own name without the chain of districts before it, where there is one."""
    seat = _SEAT.match(reading.text, start, end)
    if seat is not None and end - seat.end() >= 4:
        return seat.end(), end
    own = _OF_FIRM.match(reading.text, start, end)
    if own is not None and end - own.end() >= 4 and _named(reading, own.end(), end - 2):
        return own.end(), end
    position, by_start = start, reading.by_start
    while position in by_start and by_start[position].end < end - 2 and not by_start[position].short:
        position = by_start[position].end
    if position == start or end - position < 2 or _UNIONS_OWN.match(reading.text, position):
        return None  # 滨江区总工会会议室
    return position, end
