"""Names of unions, enterprises and other bodies: a head word on the right, then a walk to the left.

The grammar follows the survey of what works on this genre: district names and quoted text are atoms, a name goes on to
the left over names, nouns and a class of business verbs, and ends at punctuation, function words and other verbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from kg.extract import lexicon
from kg.extract.reading import DistrictHit, Matcher, Reading, known
from kg.extract.spans import Candidate

__all__ = ["RELATIVE", "ZONE_WORDS", "agreed", "communities", "left_edge", "propose", "zones"]

ZONE_WORDS = "开发区|经开区|高新区|新区|特区|园区|示范区|管理区|度假区|保税区|合作区|试验区|风景区"
# what stands before 总工会 or 工会 in a name that lacks its place
RELATIVE = re.compile(
    rf"(?:全?市|全?区|全?县|全?省|自治区|州|盟|旗|镇|乡|街道|{ZONE_WORDS}|公司|集团|总公司|分公司|集团公司|"
    r"全国|我司|我公司|我集团|我院|我校|我厂|我矿|我局|院|厂|总厂|矿|段|局|行|总行|站|队|校|学校|医院|社区|村|机关|学区|该[院厂矿段局行校站队]|该学区|该中心|该支行|该分公司|该项目部|该单位|该公司|该集团|该企业|该校|该院)$"
)
_ZONE = re.compile(
    r"(?:(?:经济技术|高新技术产业|高新技术|经济|高新|保税|旅游|循环经济|现代农业|临港|临空|空港|综合|自由贸易|自贸|化工|物流|食品|科技)?"
    r"(?:开发区|产业集聚区|产业区|试验区|示范区|保税区|度假区|合作区|集中区|新区|片区)|工业园区|工业园|产业园区|高新区|经开区)$"
)
_FUNCTION = frozenset("的了在和与为对向被把将从这那是有以让就都也还由每各其我你他她它们等及并而或但")
_ZONE_END = re.compile(r"(?:工业园区?|产业园区?|科技园区?|开发区|高新区|经开区|园区|新区|创业园|物流园)$")
_UNION_TAIL = re.compile(
    r"(?:[〔［]|社会工作者|社工|场|网(?![络格点约])|会员|组织(?!部|开展|举办|召开|实施|职工|会员|干部|女职工|员工|劳模|辖区|企业|全|各|部分|了|\d|[一二三四五六七八九十百])|联席会|座谈会|工作者|工作|系统|阵地|干部|经费(?!审查委员会)|力量|事业|界|服务卡|合作(?![举开主承组推共成建签打])|志愿|牌|领域|APP|法(?![律治援规务])|章程|知识|政策|文化|业务|改革|建设|理论|信息|资产|年鉴|统计|财务|资金|户外|爱心|智慧|驿站|之家|积极分子|小家|品牌|旗|史|学|主席接待|卡|12351|机器人|新闻|之声|杂志|网站|平台|服务平台|小程序|公众号|会员证|小镇|公园|广场|书屋|大讲堂|微|直播)"
)
# what is named behind a union where its own department is: 市总工会经费审查委员会主任X, 县总工会财务资产部部长Y
_ITS_DEPARTMENT = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:部|处|科|室|委员会)(?:副部长|副处长|副科长|副主任|部长|处长|科长|主任|委员)"
)
_OTHER_NAME = re.compile(
    r"[〔［\[【]|干部学院|干部学校|干校|职工大学|文工团|服务卡|卡|牌|法(?![律治援院规人])|章程|年鉴|APP|12351|机器人|平台|小程序|公众号|会员证|新闻|之声|杂志|网站|网(?!络|格)|微信|官网|官微|驿站|之家|工会"
)
_PLURAL_BEFORE = re.compile(
    r"(?:各|各级|各地|各类|多家|[一二两三四五六七八九十百\d]+(?:余|多)?家|[一二两三四五六七八九十百\d]+个|部分|所有|全体|等)$"
)
_BARE_FIRMS = ("公司", "集团", "集团公司", "总公司", "分公司")
_COMMON_PLANTS = frozenset(
    "工厂 厂 建厂 老厂 新厂 全厂 分厂 本厂 我厂 各厂 厂矿 煤矿 矿 全矿 各矿 工矿 本所 全所 各所 派出所 场所".split()
)
_CONGRESS_OF = re.compile(r"第?[一二三四五六七八九十]+(?:大|次)")
_COMMITTEES = ("经费审查委员会", "女职工委员会")
_EACH_IN = re.compile(r"[市县区镇乡街道直]各")  # 县直各部门工会
_EACH_OF = re.compile(r"各(?:[\u4e00-\u9fff]{1,5}[、和及])+$")  # 各镇街、|园区工会
# 广州市11区总工会, 各县区工会: several unions, none by its name
_COUNTED = re.compile(
    r"(?:[两二三四五]级|(?:各|多个|[\d一二两三四五六七八九十]+(?:余|多)?个)(?:(?:乡镇|镇街|街镇|街道|县区|区县|市县|开发区|园区|社区|[省市区县镇乡村])[、和及与]?)+|"
    r"(?:\d+|[一二两三四五六七八九十]+)(?:余|多)?(?:个|家)?(?:区县|县区|市县|县市区?|镇街|街镇|乡镇|街道|[省市区县镇乡])|"
    r"省（区）、市|省、市|区县|县区|县市区|镇街|街镇|乡镇|市州|州市|地市|市县|盟市|旗县|省市|两地|三地|四地|多地|两省|三省|双方|"
    r"(?:年度|届|[一二三四五\d]+星级?|先进|优秀|模范|示范|标杆|达标|合格|规范化?|非公|新建|已建|未建|独立|基层|星级|各级|上下级|兄弟|友邻))级?$"
)
_ALIAS = re.compile(r"（(?:以下|下)?(?:统称|简称|称)(?:为)?：?[“‘]?([^“”‘’（）]{2,20})[”’]?）$")
_WRITERS = re.compile(r"(?:本报|本网|特约|见习|实习|首席|全媒体)*(?:记者|通讯员|作者|文|图|摄)")  # no part of a name
_SHORT_PAREN = re.compile(r"（[\u4e00-\u9fffA-Za-z]{1,8}）$")
_CLASS_IN_BRACKETS = re.compile(
    r"[镇乡县区市级各街]（(?:街道|街办|镇街|乡镇|园区|开发区|管委会|办事处|系统|农场|[农林]场|社区|[市县区镇乡街州盟旗村、])+）$"
)
_GO = frozenset(
    "n nz nt ns nr nrt nrfg ng eng j b m vn an l i nz zg k h g tg x q s".split()
)  # tags a name may go on over; what must not is named in the lexicon's `stop`
_CLOSED = frozenset("p c uj ul uv ug ud uz ud r d y e o t f rr rz vd ad vq".split())
_LEGAL = ("有限公司", "有限责任公司", "股份公司", "分公司")
_NUMBERED = re.compile(r"(?<![\dA-Za-z])(?:\d{2,4}所|\d{3,4}厂)")
_BUREAU = re.compile(
    r"(?:中(?:铁|建|交|冶|铁建|电建)?|中国(?:铁建|电建|能建|中铁|水电)|水电)"
    r"(?:[一二三四五六七八九十]{1,3}(?:航|航务|公路|隧)?|港|水|电|隧|航)局(?:集团)?|"
    r"(?<![\u4e00-\u9fff])[一二三四]航(?:务)?局|中(?:铁|铁建|建|交)(?:大桥|隧道|电气化|港航|港湾|城建|(?:北京|天津|上海|广州|武汉|西安|成都|南方|北方|西南|西北)(?:工程|建设|电气化)?)局(?:集团)?|"
    r"中(?:铁|铁建|建|交|冶)(?:设计|工业|装备|建工|物贸|置业|资源|高新|路建|疏浚|钢构|装饰|安装|科工)"
    r"(?=工会|党委|团委|代表队|员工|职工|选手|第?[一二三四五六七八九十]+(?:公司|分公司)|[^，。；、]{2,8}(?:创新)?工作室)|"
    r"中(?:铁|交|冶|建)[一二三四五六七八九十]{1,3}(?:公|航)?院|中国[\u4e00-\u9fff]{2,6}集团"
)
# 矿党委副书记, 厂工会主席: the plant that the article is about
_UNIT_ALONE = re.compile(
    r"我司(?!机)|(?<![\u4e00-\u9fff])[矿厂段](?=党委|党总支|党支部|党政|团委|纪委|领导|安全|行政|副[矿厂段]长|主要|班子)"
)
# behind a district: 宁波市总同…; what goes on as a word of its own (市总医院, 全省总产值) is none
_TOTAL = re.compile(r"总(?![工会部体计书经理人面产值量额分价站局队医行署共务监线里长投督编装结司设决负台承裁])")
_SHORT_UNION = re.compile(
    r"(?<![\u4e00-\u9fff])[省市区县]总(?=[“、，的与和对举开组印发牵联为将主副党领机相有])|(?<=[是由在向经获])[省市区县]总(?=[“、，的举开组主副党领机])"
)
_NATIONAL_SHORT = re.compile(
    r"(?<![安健保完成齐])全总(?=[党副主书领机的与和及、，在对向举召组开印下发等为授启选代常推评])"
)
_TO_UNION = frozenset("由在向获经对是与和及被受，。、")
_MINE = re.compile(r"(?<=[\u4e00-\u9fff]{2})矿(?![产石山区业泉物工井用难车灯长上下务])")
_DIGIT_COMPANY = re.compile(r"[一二三四五六七八九十]公司$")


@cache
def _heads() -> tuple[Matcher, dict[str, str]]:
    table: dict[str, str] = {}
    for kind in ("Organization", "Enterprise", "TradeUnion"):
        for word in lexicon.heads(kind):
            table[word] = kind
    return Matcher(set(table)), table


@cache
def _classes() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    return lexicon.words("name"), lexicon.words("stop"), lexicon.words("generic"), _verb_stops()


@cache
def _verb_stops() -> frozenset[str]:
    kinds = ("organize", "hold", "attend", "visit", "say", "award", "win", "give", "found", "guide", "support", "make")
    return frozenset().union(*(lexicon.verbs(kind) for kind in kinds)) - lexicon.words("name")


def propose(reading: Reading) -> Iterator[Candidate]:
    """Yield organisations: names, relative names and anaphors."""
    matcher, table = _heads()
    text = reading.text
    by_end = reading.by_end
    found = [(start, end, table[word], word) for start, end, word in matcher.find(text)]
    found = [
        (start + 1, end, kind, word)  # 荷塘镇|党委, where 镇党委 is a head as well
        if kind == "Organization" and len(word) > 2 and (own := by_end.get(start + 1)) and own.start < start
        else (start, end, kind, word)
        for start, end, kind, word in found
    ]
    found += [(number.end() - 1, number.end(), "Enterprise", "所") for number in _NUMBERED.finditer(text)]
    found += [(mine.start(), mine.end(), "Enterprise", mine.group()) for mine in _MINE.finditer(text)]
    for short in _SHORT_UNION.finditer(text):
        yield Candidate(
            short.start(),
            short.end(),
            "TradeUnion",
            "relative",
            0.7,
            "relative",
            host=(short.start(), short.start() + 1),
        )
    for union in _NATIONAL_SHORT.finditer(text):
        front = text[max(0, union.start() - 2) : union.start()]
        if front[:1] in lexicon.surnames() and front[1:] not in _TO_UNION:
            continue  # 王金全|总主持
        yield Candidate(union.start(), union.end(), "TradeUnion", "short", 0.9)
    for unit in _UNIT_ALONE.finditer(text):
        yield Candidate(unit.start(), unit.end(), "Enterprise", "unit", 0.4, "anaphor")
    for hit in reading.districts:
        if not hit.short and hit.name[-1] in "省市区县州盟旗" and _TOTAL.match(text, hit.end):
            start, outer = hit.start, reading.by_end.get(hit.start)
            while outer is not None and not outer.short and outer.name[-1] in "省市区县州盟旗":
                start, outer = outer.start, reading.by_end.get(outer.start)  # 天津市|南开区总
            yield Candidate(start, hit.end + 1, "TradeUnion", "short", 0.9, host=(start, hit.end))
    for bureau in _BUREAU.finditer(text):
        follow = text[bureau.end() : bureau.end() + 4]
        if not follow.startswith(("有限", "集团", "股份", "公司")):
            yield Candidate(bureau.start(), bureau.end(), "Enterprise", "brand", 0.75)
    for start, end, word in _brands().find(text):
        numbered = _NUMBERED_UNIT.match(text, end)  # 中建|八一
        if numbered:
            end = numbered.end()
        if reading.is_boundary(start) and (reading.is_boundary(end) or len(word) > 2):
            yield Candidate(start, end, "Enterprise", "brand", 0.5)
    yield from _listed(reading, by_end)
    yield from _by_trade(reading)
    parts = {end: start for start, end, kind, word in found if kind != "TradeUnion" and len(word) >= 2}
    parts |= {bureau.end(): bureau.start() for bureau in _BUREAU.finditer(text)}
    parts |= {end: start for start, end, word in _brands().find(text) if len(word) > 2}
    for start, end, kind, word in sorted(found):
        levels = _of_levels(text, start, end) if word == "总工会" else None
        if levels is not None:
            for low, high in levels:
                yield Candidate(low, high, kind, "relative", 0.8, "relative", host=(low, low + 1))
            continue
        candidate = _name(reading, start, end, kind, word, by_end, parts)
        if candidate is not None:
            yield candidate


_LEVELS = re.compile(r"(?:(?<=由)|(?<![\u4e00-\u9fff]))(?:[省市区县][、和]?)+[市区县镇乡]$")
_LONGEST_LEVELS = 8  # characters: 省、市、县、乡 and what stands in front
_ACT_TOGETHER = re.compile(r"(?:联合|共同|携手|联手)*(?:主办|承办|举办|举行|开展|组织|召开)")


def _of_levels(text: str, head: int, end: int) -> list[tuple[int, int]] | None:
    """由省、市总工会主办: the unions that act there, all but the last without their head."""
    levels = _LEVELS.search(text, max(0, head - _LONGEST_LEVELS), head)
    if levels is None or not _ACT_TOGETHER.match(text, end):
        return None
    places = [at for at in range(levels.start(), head) if text[at] not in "、和"]
    return [(at, at + 1) for at in places[:-1]] + [(places[-1], end)]


_FIRM_LIST = re.compile(
    r"((?:[\u4e00-\u9fffA-Za-z\d（）·]{2,16}[、和与及])+[\u4e00-\u9fffA-Za-z\d（）·]{2,14})"
    r"等(?:\d+|[一二三四五六七八九十]+)?(?:余|多)?(?:家|厂)?(?:知名|爱心|重点|入驻|本地|会员|成员|辖区|规上|骨干)*(?:企业|公司|商家|商户)"
)
_AND_SUCH_FIRMS = re.compile(r"等[\u4e00-\u9fff\d]{0,40}(?:企业|公司|商家|商户)")  # what its matches hold
_LIST_OPENS = re.compile(
    r".*(?:来自|邀请了?|组织|包括|带领|走进|走访|来到|前往|深入|奔赴|赶赴|考察|调研|参观|慰问|看望|联合|由|与|和|在|向|为|有|到|赴|对|给)"
)
_FUNCTION_SIGN = re.compile(r"[的了在是将被把从到这那等]|职工|代表|负责人|主席|工会|举办|开展")


# 甲、乙等公司|领导: a list of people
_THEIR_PEOPLE = tuple("领导 职工 员工 高管 负责人 代表 干部 班子".split())


def _said_to_be_firms(text: str) -> Iterator[re.Match[str]]:
    return _FIRM_LIST.finditer(text) if _AND_SUCH_FIRMS.search(text) else iter(())


def lists_of_firms(text: str) -> Iterator[tuple[int, int]]:
    """Yield where lists stand that are said to be of firms: 甲、乙和丙等公司."""
    return (m.span(1) for m in _said_to_be_firms(text) if not text.startswith(_THEIR_PEOPLE, m.end()))


def _listed(reading: Reading, by_end: Mapping[int, DistrictHit]) -> Iterator[Candidate]:
    """华冠食品、江淮轻材等14家企业: what such a list holds are firms, whatever they are called."""
    text = reading.text
    for match in _said_to_be_firms(text):
        start = match.start(1)
        for number, item in enumerate(re.split("[、和与及]", match.group(1))):
            end = start + len(item)
            opens = _LIST_OPENS.match(item) if number == 0 else None
            begin = start + (opens.end() if opens else 0)
            name = text[begin:end]
            front = reading.by_start.get(begin)
            if front is not None and not front.short and front.end < end - 1:
                begin = front.end
            start = end + 1
            if not 3 <= len(name) <= 12 or _FUNCTION_SIGN.search(name) or not reading.is_boundary(begin):
                continue
            if _proper(reading, begin, end, "Enterprise", "") or any(at in by_end for at in range(begin, end)):
                yield Candidate(begin, end, "Enterprise", "listed", 0.6)


@cache
def _trades() -> Matcher:
    return Matcher(lexicon.words("trade") | lexicon.words("state"))


# what stands behind the short name of a firm, and what stands in front of one
_OF_FIRM = re.compile(
    r"工会(?!会员|组织|工作|干部)|党委|党支部|党总支|团委|(?:一线|退休|女|青年)?(?:职工|员工|工人)|代表队|队(?![伍员])|"
    r"[\u4e00-\u9fff\d]{0,4}(?:车间|分厂|项目部|班组|作业区|机电队)|等\d*(?:余|多)?(?:家|厂|个厂)"
)
_IN_FRONT = re.compile(r"(?:^|[、，。：；（“\n]|来自|以及|和|与|及|由|为|向|到|在|是)$")


def _sure_name(name: str) -> bool:
    return name[:1] in lexicon.surnames() and lexicon.name_odds(name) - (len(name) == 2) > 4.5


def _by_trade(reading: Reading) -> Iterator[Candidate]:
    """恒洋水洗员工X, 华冠食品包装车间: a name of its own and a trade, where people or units of it follow."""
    text = reading.text
    titles = lexicon.titles("post") | lexicon.titles("weak")
    for head, end, _ in _trades().find(text):
        if not reading.is_boundary(head):
            continue
        own = (
            _OF_FIRM.match(text, end)
            or any(text[end : end + size] in titles for size in range(2, 7))
            or any(_sure_name(text[end : end + size]) for size in (2, 3))  # 渥泰环保|徐志强
        )
        if not own or head == 0:
            continue
        index = reading.token_at(head - 1)
        start, name, tag = reading.starts[index], reading.words[index], reading.tags[index]
        if index and len(name) == 1 and len(reading.words[index - 1]) <= 2 and reading.tags[index - 1][0] in "njvga":
            start, name, tag = reading.starts[index - 1], reading.words[index - 1] + name, "x"  # 恒|洋|水洗
        proper = len(name) >= 2 and (not known(name) or tag in ("nz", "nr", "nrt", "ns") or name in lexicon.brands())
        place = reading.by_end.get(head)
        if place is not None:  # 上海|电信队; but 北京市教育工会, the trade of a place
            if place.short and text[head:end] in lexicon.words("state") and not text.startswith("工会", end):
                yield Candidate(place.start, end, "Enterprise", "trade", 0.62)
            continue
        if text[head:end] not in lexicon.words("trade"):
            continue
        front = reading.by_end.get(start)
        if front is not None and front.short:
            start = front.start  # 舟山|海川|船务
        if (
            proper
            and 2 <= len(name) <= 4
            and name not in _classes()[1]
            and _IN_FRONT.search(text, max(0, start - 2), start)
        ):
            yield Candidate(start, end, "Enterprise", "trade", 0.62)


def agreed(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """The same names, some with more on their left: as far as a longer form of the article goes on before them, or
    where what ends alike is each time preceded by one word that nothing speaks against (鼎盛|国际大厦工会, twice)."""
    by_tail: dict[tuple[str, str], list[int]] = {}
    for number, c in enumerate(found):
        if c.type in ("TradeUnion", "Enterprise") and c.kind == "name" and c.rule == "head" and c.end - c.start >= 4:
            by_tail.setdefault((c.type, reading.text[c.end - 4 : c.end]), []).append(number)
    for numbers in by_tail.values():
        if 1 < len(numbers) <= _MANY:
            for number, size in _longer(reading, [(n, found[n]) for n in numbers]):
                found[number] = _moved(found[number], size)
    return found


_MANY = 60  # names that end alike; an article with more of them is a list, and no one name


def _longer(reading: Reading, group: list[tuple[int, Candidate]]) -> Iterator[tuple[int, int]]:
    """By how many characters names that end alike go on to the left."""
    text = reading.text
    names = {text[c.start : c.end] for _, c in group}
    longer: dict[str, list[str]] = {}  # of each name those that end with it
    for other in names:
        for at in range(1, len(other)):
            if other[at:] in names:
                longer.setdefault(other[at:], []).append(other)
    before: dict[str, list[tuple[int, str]]] = {}
    for number, c in group:
        name, best = text[c.start : c.end], 0
        for other in longer.get(name, ()):
            more, size = len(other) - len(name), 0
            while size < more and size < c.start and text[c.start - 1 - size] == other[more - 1 - size]:
                size += 1
            best = max(best, size)
        if best and reading.is_boundary(c.start - best):
            yield number, best
        elif c.start and not best:
            index = reading.token_at(c.start - 1)
            word = reading.words[index]
            if reading.starts[index] + len(word) == c.start and _could_be_name(word, reading.tags[index]):
                before.setdefault(name, []).append((number, word))
    for ones in before.values():
        if len(ones) > 1 and len({word for _, word in ones}) == 1:
            for number, word in ones:
                yield number, len(word)


def _could_be_name(word: str, tag: str) -> bool:
    """Whether a word may be the first one of a body's name though the walk to the left ended behind it."""
    if len(word) < 2 or tag in _CLOSED or tag[0] in "xmtqu" or not all("\u3400" <= sign <= "\u9fff" for sign in word):
        return False
    return word not in _no_first_words() and _TRIM.match(word) is None


@cache
def _no_first_words() -> frozenset[str]:
    return _classes()[1] | _verb_stops() | lexicon.titles("post") | lexicon.titles("weak")


def _moved(c: Candidate, size: int) -> Candidate:
    """The candidate with `size` more characters on its left."""
    host = (c.host[0] - size if c.host[0] == c.start else c.host[0], c.host[1]) if c.host else None
    core = (c.core[0] - size if c.core[0] == c.start else c.core[0], c.core[1]) if c.core else None
    return replace(c, start=c.start - size, host=host, core=core)


_NUMBERED_UNIT = re.compile(
    r"[一二三四五六七八九十]{1,2}局?[一二三四五六七八九十]?(?=[\u4e00-\u9fff]{2}|[，。、])(?![年月日次届期个名位家等])"
)


@cache
def _brands() -> Matcher:
    return Matcher(lexicon.brands())


def _name(
    reading: Reading,
    head: int,
    end: int,
    kind: str,
    word: str,
    by_end: Mapping[int, DistrictHit],
    parts: dict[int, int],
) -> Candidate | None:
    text, front = reading.text, by_end.get(head)
    as_noun = False
    whole = kind == "TradeUnion" and word.endswith("总工会") and front is not None and not front.short
    if whole and not _OTHER_NAME.match(text, end):
        pass  # 浪卡子县总工会|干部: the union is meant, whatever is said of it
    elif (
        kind == "TradeUnion"
        and _UNION_TAIL.match(text, end)
        and not text.startswith("工作委员会", end)
        and not _ITS_DEPARTMENT.match(text, end)
    ):
        as_noun = text.startswith("组织", end)  # 儋州市中医院工会组织: only where it is a name
        if not text.startswith(("工作人员", "志愿服务队"), end) and not as_noun:
            return None
    if kind == "TradeUnion" and _VIRTUAL.search(text, max(0, head - 4), head):
        return None
    if kind == "TradeUnion" and word == "工会" and _adjectival(reading, head, end, by_end):
        return None
    if (
        kind == "Organization"
        and word in ("委员会", "联合会", "支队", "大队", "大学", "中学", "人大", "政府")
        and text[end : end + 1] in "生代"
    ):
        return None
    if (
        kind == "Organization"
        and word.endswith(("党委", "党组", "党支部", "党总支"))
        and re.match(r"副?书记|委员|成员", text[end : end + 3])
    ):
        if re.search(
            r"(?:公司|集团|厂|矿|段|局|行|院|校|站|队|中心|项目部?|总行|工会)$", text[max(0, head - 4) : head]
        ):
            return None  # 集团党委书记: a post in the firm
    if kind == "Organization" and text.startswith(("基地", "分院", "附属"), end):
        return None
    if len(word) == 1 and kind == "Enterprise":
        if word == "厂" and text.startswith(_OF_PLANTS, end):
            return None
        index = reading.token_at(head)
        token = reading.words[index]
        if reading.starts[index] < head and (token in _classes()[1] or token in _heads()[1] or token in _COMMON_PLANTS):
            return None  # 进厂: a verb, no plant; 工厂: any plant
    if kind == "TradeUnion" and text.startswith("中国", head - 2) and _CONGRESS_OF.match(text, end):
        return None  # 中国工会十八大: in the name of the congress
    if kind == "Organization" and text.startswith("党和", head - 2):
        return None  # 党和政府: no one government
    if kind == "Organization" and len(word) == 2 and not reading.is_boundary(end):
        return None  # 机器|人大|会
    start, others, anchored = left_edge(reading, head, kind, by_end, parts)
    if kind == "Enterprise" and word.endswith(_LEGAL):
        start = _to_its_place(reading, start, by_end)
    left = text[start:head]
    if kind == "TradeUnion" and left[:1] in ("该", "本", "这", "那") and len(left) > 1:
        return Candidate(start, end, kind, "anaphor", 0.6, "anaphor")
    if kind == "Enterprise" and _UNIT_OF_OURS.match(left):
        return None  # 本厂|二号厂
    if kind == "TradeUnion" and len(left) == 1 and not RELATIVE.fullmatch(left):
        return None  # 通|化工会
    if kind == "Organization" and ("工会" in left or text.endswith(_COMMITTEES, start, end)):
        return None  # a department of a union is no body of its own
    if _PLURAL_BEFORE.search(text[max(0, start - 8) : start]) and not anchored:
        return None
    if kind == "TradeUnion" and _EACH_IN.search(left):
        return Candidate(start, end, kind, "generic", 0.35, "generic")
    if kind == "TradeUnion" and head not in by_end and _COUNTED.search(text, max(0, head - 10), head):
        return Candidate(start, end, kind, "generic", 0.35, "generic")
    if not left:
        if kind == "Organization" and word == "联合会":
            this = text[max(0, head - 1) : head] in ("该", "本")
            return Candidate(head - this, end, "TradeUnion", "bare", 0.3, "relative")
        if text[max(0, head - 1) : head] in ("该", "本", "我"):
            return Candidate(head - 1, end, kind, "anaphor", 0.6, "anaphor")
        if word in ("总工会", "工会", "工会联合会", "联合工会", "工会委员会") or (
            kind == "Enterprise" and word in _BARE_FIRMS
        ):
            return Candidate(head, end, kind, "bare", 0.3, "relative" if kind == "TradeUnion" else "anaphor")
        return None
    if word in ("分工会", "分会") and len(left) >= 2 and (left == "机关" or not RELATIVE.fullmatch(left)):
        return Candidate(start, end, kind, "head", 0.9, host=(start, head))
    if kind == "Enterprise" and word in _SECTORS and _SECTOR_ON.match(text, end):
        return None
    if kind == "Enterprise" and text[start:end] in _heads()[1] and _as_unit(text, start, end):
        return Candidate(start, end, kind, "unit", 0.7)
    if kind == "Enterprise" and (left in ("全", "全体", "我") or text[start:end] in _heads()[1]):
        return Candidate(start, end, kind, "relative", 0.4, "anaphor")
    if as_noun and (
        not left
        or RELATIVE.fullmatch(left)
        or _ALL.match(left)
        or not (anchored or _proper(reading, start, head, kind, word))
    ):
        return None
    if left.startswith("公") and text[start - 1 : start] == "非":
        return Candidate(start - 1, end, kind, "generic", 0.35, "generic")  # 是非|公企业工会: any of them
    if _BARE_COMMUNITY.fullmatch(left) and (named := _community(reading, start)) is not None:
        start, left, anchored = named, text[named:head], True
    if not anchored:
        if kind == "Enterprise" and _municipal(text[start:end]):
            return Candidate(start, end, kind, "municipal", 0.62)
        relative = RELATIVE.fullmatch(left)
        if relative:
            if kind == "TradeUnion":
                if _EACH_OF.search(text, max(0, start - 9), start):
                    return Candidate(start, end, kind, "generic", 0.35, "generic")
                if left == "全国" and word != "总工会":
                    return Candidate(start, end, kind, "generic", 0.35, "generic")  # 全国工会: all of them
                if left == "全国":
                    return Candidate(start, end, kind, "head", 0.9)
                return Candidate(start, end, kind, "relative", 0.8, "relative", host=(start, head))
            return Candidate(start, end, kind, "relative", 0.4, "relative")
        if kind == "Organization" and left[0] in "市区县省镇乡" and len(left) <= 3:
            return Candidate(start, end, kind, "relative", 0.5, "relative")
        branch = word == "分公司" and len(left) >= 2  # 路桥分公司: whose, the article tells
        area = word == "总工会" and len(left) >= 4 and left.endswith(_AREAS) and not _all_generic(left[:-1])
        if not branch and not area and not _proper(reading, start, head, kind, word):
            return Candidate(start, end, kind, "generic", 0.35, "generic")
    if kind == "TradeUnion" and word in ("工会", "分会", "工会小组"):
        inner = max((hit.end for hit in reading.districts_in(start, head)), default=start)
        if re.fullmatch(
            r"(?:辖区|所属|直属|各|全[市区县省]|我[市区县省])*(?:基层|企业|非公企业|各街道|社区|村级|职工|镇街|乡镇|单位|小微企业|民营企业|国有企业|基层企业|企事业单位|各级|下级|上级|快递企业|外资企业)",
            text[inner:head],
        ):
            return Candidate(start, end, kind, "generic", 0.35, "generic")
    host: tuple[int, int] | None = (start, head) if kind == "TradeUnion" else None
    if kind == "TradeUnion" and re.fullmatch(r"(?:中国|中华)[\u4e00-\u9fff]{2,10}", left):
        host = (start, head) if left.endswith(("集团", "公司")) else None  # 中国一冶集团工会, but 中国教科文卫体工会
    core = _core(reading, start, head, end, kind, by_end)
    score = {"TradeUnion": 0.95, "Enterprise": 0.9, "Organization": 0.85}[kind]
    return Candidate(start, end, kind, "head", score, core=core, host=host, other=tuple(others))


_BRAND = re.compile(r"[\u3400-\u9fff]{1,4}")
_NO_BRAND = re.compile(
    r"[的了在和与及由为对向是将被把从到等有给让并]|[\u4e00-\u9fff]*(?:工会|街道|社区|办事处|管委会|政府)"
)


def _to_its_place(reading: Reading, start: int, by_end: Mapping[int, DistrictHit]) -> int:
    """漳州市|有福来|工艺品有限公司: a registered name starts with its place, whatever words its brand is made of."""
    if start in reading.by_start or start in by_end:
        return start
    text, stops = reading.text, _verb_stops()
    bracket = _PLACE_IN_BRACKETS.search(text, max(0, start - 16), start)
    if bracket is not None:
        return bracket.start(1)
    for size in range(1, 5):
        hit = by_end.get(start - size)
        if hit is None:
            continue
        brand = text[start - size : start]
        first, last = reading.token_at(start - size), reading.token_at(start - 1)
        words = reading.words[first : last + 1]
        plain = _BRAND.fullmatch(brand) and _NO_BRAND.match(brand) is None
        known_verb = any(len(w) > 1 and (w in stops or w in _classes()[1]) for w in words)
        numeral = any(tag == "m" for tag in reading.tags[first : last + 1])  # 襄阳|九合|装备有限公司
        if plain and not known_verb and (numeral or any(len(w) == 1 or not known(w) for w in words)):
            return hit.start
        return start
    return start


_OF_PLANTS = tuple("务 区 房 商 家 规 址".split())  # 厂务公开, 厂区
# 在|三机（襄阳）|搬运机械有限公司
_PLACE_IN_BRACKETS = re.compile(
    r"(?:[^\u3400-\u9fff]|(?<![\u3400-\u9fff])|[在由到和与及向为是于])([\u3400-\u9fff]{2,4}（[\u3400-\u9fff]{2,4}）)[\u3400-\u9fff]{0,4}$"
)
_UNIT_OF_OURS = re.compile(r"[我本该](?:司|公司|集团|企业|厂|矿)")


_AREAS = ("区", "街道", "镇", "乡", "县", "市")


def _municipal(name: str) -> bool:
    """区保安公司, 市公交公司: the one firm of its trade in the town that the report is from."""
    trade = name[1:].removesuffix("公司")
    return (
        name[0] in "市区县"
        and len(trade) < len(name) - 1
        and (trade in lexicon.words("utility") or trade in lexicon.words("trade"))
    )


_BARE_COMMUNITY = re.compile(r"[\u4e00-\u9fff]?社区")
_ITEM_OF_LIST = re.compile(r"[、，：；（]([\u4e00-\u9fff]{2,4})$")


def _community(reading: Reading, start: int) -> int | None:
    """Where the name of a community in a list starts that the tokenizer cuts in pieces: 、天平|架|社区."""
    item = _ITEM_OF_LIST.search(reading.text, max(0, start - 5), start)
    if item is None:
        return None
    tokens = range(reading.token_at(item.start(1)), reading.token_at(start - 1) + 1)
    known_ones = [i for i in tokens if len(reading.words[i]) > 1]
    if any(reading.words[i] in _classes()[1] or reading.tags[i][0] not in "nxmt" for i in known_ones):
        return None
    named = bool(known_ones) and not set(item.group(1)) & _NEVER_FIRST and item.group(1)[-1] not in "个家余多等"
    return item.start(1) if named else None


# names of trades that firms are called by (黔岭航空, 锡都铜业), and what makes them the trade itself
_SECTORS = frozenset(
    "航空 钢铁 重工 制药 特钢 煤电 热电 农信 农担 药业 矿业 煤业 酒业 乳业 铝业 锂业 铜业 锌业 钛业 纸业 实业 船业 "
    "钢业 股份".split()
)
_SECTOR_ON = re.compile(
    r"公司|集团|工业|产业|行业|企业|系统|领域|市场|股份|有限|职业|工人|合作|联盟|协会|"
    r"[学院港局部服产运制材航科城园节展品员]"
)
_UNIT_ACTS = re.compile(r"工会(?!会员|组织|工作|干部)|代表队|队(?!伍|员)|选手|(?:分别|分)?(?:荣|喜)?获")
_NO_UNIT = re.compile(
    r"(?:公司|集团|银行|事务所|合作社|超市|商场|商城|百货|旅行社|加油站|便利店|药店|药房|酒楼|美容院|农场|林场|牧场|渔场)$"
)


def _as_unit(text: str, start: int, end: int) -> bool:
    """炼钢厂、焦化厂分获前两名: whether a unit called by its kind alone is one of a list, or acts."""
    if (
        end - start < 3
        or _NO_UNIT.search(text, start, end)
        or text[start - 1 : start] in ("该", "本", "我", "各", "多")
    ):
        return False
    listed = text[start - 1 : start] in ("、", "和") and text[end : end + 1] in ("、", "和", "分", "等", "队", "获")
    return listed or _UNIT_ACTS.match(text, end) is not None


_ALL = re.compile(r"全|各|所属|基层|辖区|属地|本级|[省市区县]级|[\u4e00-\u9fff]{2,3}[省市区县]$")
_VIRTUAL = re.compile(
    r"(?:网上|线上|云上|掌上|指尖|智慧|数字化?|信息化|互联网\+|\+|[强智深细优])$"
)  # 互联网+工会, 智慧|化工会
_UNIT_SIGNS = frozenset("所室队部科班组区厂矿")
_NEVER_FIRST = frozenset(
    "的了在和与是为由对向从到把被将及等也都就又还已曾并或即如且而但让使给同经据因以于其该本此每各某我你他她它们个名位家次场届期年月日"
    "受获赴来去走请邀访赠送领带率随陪往自按依沿正再才刚仅只均皆约近逾超驻评颁奖见看问说"
)


def _made_of_two(reading: Reading, position: int, floor: int, by_end: Mapping[int, DistrictHit]) -> int:
    """天|路|货运公司, 亦|城|园|管理公司: lone characters in a row are a word that the tokenizer does not know."""
    for _ in range(2):
        first, before = reading.token_at(position), reading.token_at(position - 1)
        if first == before or reading.starts[first] != position or len(reading.words[first]) > 1:
            return position
        lone = len(reading.words[before]) == 1 and reading.words[before] not in _NEVER_FIRST
        if not lone or position in by_end or not "\u3400" <= reading.text[position - 1] <= "\u9fff":
            return position
        if reading.text[position] in _NEVER_FIRST:
            return position
        if reading.words[before] in lexicon.words("stop") and not (
            before and (reading.words[before - 1] in lexicon.brands() or reading.tags[before - 1] in ("ns", "nz", "nt"))
        ):
            return position  # but 华电|能|投集团
        position -= 1
        if position in by_end and by_end[position].start >= floor:
            return by_end[position].start
        if position <= floor:
            return position
    return position


_OFFICE_OF_UNION = re.compile(
    r"第[一二三四五六七八九十\d]+|女职|经审|经费|财务|委员会|主席|副主席|常务|党组|负责人|代表|联合|和|与|法律|职工|全委"
)


def _adjectival(reading: Reading, head: int, end: int, by_end: Mapping[int, DistrictHit]) -> bool:
    """贵州省工会|劳动保护干部: behind a district 工会 alone is no body's name where a noun goes on behind it."""
    hit = by_end.get(head)
    if hit is None or hit.short or hit.name[-1] not in "省市区县州" or end >= len(reading.text):
        return False
    index = reading.token_at(end)
    noun = reading.starts[index] == end and reading.tags[index] in ("n", "vn", "b", "l", "nz")
    return noun and not _OFFICE_OF_UNION.match(reading.text, end)


_SIGNS_IN_FRONT = ("", "\n", "，", "。", "、", "；", "：", "“", "（", "）")
_SYSTEM_TRADE = re.compile(r"集成|工程|技术|科技|软件|设备|控制|服务|设计|开发|运维|装备|研究|制造|安全")


def left_edge(
    reading: Reading, head: int, kind: str, by_end: Mapping[int, DistrictHit], parts: dict[int, int]
) -> tuple[int, list[tuple[int, int]], bool]:
    """Walk left from `head`; return (start, spans of aliases passed, whether something proper was passed)."""
    text, names, stops = reading.text, _classes()[0], _classes()[1]
    verb_stops = _classes()[3]
    position, others, anchored, proper = head, [], False, False
    floor = max(text.rfind("\n", 0, head) + 1, head - 48)
    branch = text.startswith(("分工会", "分会"), head)
    posts, brandlike = lexicon.titles("post"), lexicon.words("brandlike")
    whole = _WHOLE_OF.search(text, floor, head) if text.startswith("分公司", head) else None
    if whole is not None and not {reading.words[reading.token_at(whole.start(1))]} & (stops | verb_stops):
        position, anchored = whole.start(1), True  # X集团|第一装配分公司: what it does is of its name, verb or not
    while position > floor:
        before = text[position - 1]
        if before == "）":
            alias = _ALIAS.search(text, floor, position)
            short = _SHORT_PAREN.search(text, floor, position)
            if alias:
                others.append(alias.span(1))
                position = alias.start()
                continue
            if short and position == head and kind == "TradeUnion" and _CLASS_IN_BRACKETS.search(text, floor, head):
                break  # 各镇（街道）工会: a class of unions
            if short and position != head or (short and kind != "Organization"):
                assert short is not None
                inner = text[short.start() + 1 : position - 1]
                if len(inner) <= 6 and not _WRITERS.match(inner):
                    position = short.start()
                    continue
            break
        if kind == "Venue" and (site := _HOUSE_NUMBER.search(text, max(floor, position - 12), position)) is not None:
            position = site.start()  # 新华里|18号楼外B1|下沉广场
            continue
        part = parts.get(position)
        if part is not None and part >= floor and position != head + 1:
            position = part
            continue
        hit = by_end.get(position)
        if hit is not None and hit.start >= floor:
            position, anchored = hit.start, True
            continue
        if before.isdigit() and RELATIVE.fullmatch(text, position, head):
            break  # 9:42校工会: the number is not of the name
        if before in "·-&+" or (before.isascii() and before.isalnum()):
            if before in "-·&+" and not text[position - 2 : position - 1].isalnum():
                break
            if before == "-" and text.endswith("工会", floor, position - 1):
                break  # A总工会-B总工会座谈会: two
            position -= 1
            if before.isdigit() and text[position - 1 : position] == "第":
                position -= 1  # 第1车务分公司
            continue
        if not "\u3400" <= before <= "\u9fff":
            break
        if (
            before in "和与及到赴在往向为给对来"
            and position < head
            and _behind_officer(text, floor, position - 1, posts)
        ):
            break  # 副主席史淑平和|市总工会
        index = reading.token_at(position - 1)
        start = max(reading.starts[index], floor)
        token, tag = text[start:position], reading.tags[index]
        if tag[0] in "nvxg" and kind == "TradeUnion":
            long = next((n for n in (6, 5, 4, 3) if text[position - n : position] in names), 0)
            if len(token) < long <= position - floor:
                position -= long  # 网约|送|餐员: a calling that the tokenizer cuts in pieces
                continue
        if token in posts or token == "兼":
            break  # 人大主席兼|镇工会: no title stands inside a name
        if (
            token == "系统"
            and kind == "Enterprise"
            and head - position >= 4
            and not _SYSTEM_TRADE.match(text, position)
        ):
            break  # 煤炭系统|昊华能源公司
        if token[0] == "总" and start in by_end and _TOTAL.match(text, start):
            break  # 宁波市总|同贵阳市总工会
        if token in ("与", "和", "及") and text.startswith(("分工会", "分会", "党支部"), head):
            joined = _joined_part(reading, start, floor)
            if joined is not None:
                position = joined
                break
        if token == "组织" and text.endswith("社会组织", floor, position):
            position -= 4
            continue
        if position in reading.by_start and token in ("进", "往", "到", "在", "由", "赴", "于"):
            break  # 住进|亚山镇中心小学
        if kind == "Venue" and len(token) >= 3 and token[0] in "在到于" and not known(token):
            position, proper = start + 1, True  # 在鑫灵|分公司坑口: glued to a name
            break
        if kind == "Venue" and _NUMBER.fullmatch(token):
            position = start  # 五号|山谷民宿
            continue
        if token == "前" and _SECTION.match(text, position):
            position = start - (text[start - 1] == "站")  # 高铁|站前|12标项目部
            continue
        if token == "由" or (
            token in ("联合", "协同", "服务", "合作", "携手")
            and (_ends_body(text, start, parts) or position in reading.by_start)
        ):
            break  # A工会联合B: two bodies
        if len(token) > 1 and token[0] == "由" and not known(token):
            position -= len(token) - 1  # 竞赛|由海川|重工主办
            break
        if (
            len(token) > 1
            and token[0] in "由在为与和及对向从至到据经被将使让给同跟请于兼"
            and token not in names
            and tag not in ("ns", "nr", "nz")
        ):
            rest = token[1:]
            if token[0] == "由" and tag != "nr":
                position -= len(rest)
                break
            if RELATIVE.fullmatch(rest):
                position -= len(rest)
                break
        ends = (reading.by_end.get(end) for end in range(start + 1, position))
        inner_hit = next((hit for hit in ends if hit is not None and hit.start <= start), None)
        if inner_hit is not None:  # a district name ends inside the token: what is behind it belongs to the name
            position = inner_hit.end
            continue
        if len(token) >= 2 and token[0] == "由" and not known(token):
            position = start + 1  # 竞赛|由海川|重工工会主办
            break
        if len(token) >= 2 and "由" in token[1:] and not known(token):
            position = start + token.rindex("由") + 1
            break
        if (
            kind == "TradeUnion"
            and position == head
            and token[-1] in "省市区县"
            and len(token) >= 2
            and not known(token)
            and text.startswith(("总工会", "工会"), head)
            and not (tag == "ns" and len(token) >= 3 and text[start - 1 : start] in _SIGNS_IN_FRONT)  # 柳北市, unlisted
        ):
            position -= 1  # 领学|省总工会: the tokenizer glued the class word to what stands before
            break
        if len(token) >= 2 and token == reading.words[index] and not known(token) and not set(token) & _FUNCTION:
            position, anchored = start, anchored or kind in ("Enterprise", "TradeUnion")
            proper = True
            continue
        part_of_word = position < reading.starts[index] + len(reading.words[index])
        if part_of_word and tag in ("nt", "ns", "n", "nz") and known(reading.words[index]) and len(token) == 1:
            position = start  # 中|医院: the head is the end of a longer word
            continue
        if (
            len(token) == 1
            and kind in ("Enterprise", "TradeUnion")
            and index
            and len(reading.words[index - 1]) == 1
            and reading.tags[index - 1] in ("ns", "nr", "nz", "j")
            and reading.words[index - 1] not in _NEVER_FIRST
            and start - 1 >= floor
            and start not in by_end
        ):
            position, anchored, proper = start - 1, True, True  # 锡|都|铜业
            continue
        if branch and tag == "c" and token in _UNIT_SIGNS and index and reading.tags[index - 1] == "m":
            position = start - len(reading.words[index - 1])  # 二|所|分工会
            break
        if branch and tag[0] in "vna" and len(token) == 2 and token not in stops and token not in verb_stops:
            position = start  # 感染|病分工会
            continue
        if kind == "TradeUnion" and token == "办" and position == head and reading.tags[index - 1] in ("j", "n", "nt"):
            position = start  # 县人大办工会
            continue
        if len(token) == 1 and tag[0] in "va" and kind == "Enterprise" and position != head and index:
            if reading.tags[index - 1] in ("nz", "nr", "nrt") and token not in _NEVER_FIRST and start > floor:
                position = start  # 恒立|达|物流
                continue
        if token in _JOINING and kind == "TradeUnion" and RELATIVE.fullmatch(text, position, head):
            break  # 继续联合|市总工会
        if token in stops:
            # 家政服务有限公司, 社会组织联合会: a verb that names a trade where a noun stands before it
            trade = token in names and (position != head or kind == "Enterprise")
            if not trade or index == 0 or reading.tags[index - 1][0] not in "njvbzsa":
                break
            position = start
            continue
        if kind in ("Enterprise", "Venue") and _ZONE_END.search(token) and head - position >= 4:
            break
        if token in names:
            position, proper = start, proper or token in brandlike
            continue
        if token in verb_stops or tag in _CLOSED:
            if tag in ("d", "ad", "f", "c") and len(token) == 1 and start in by_end and kind != "Organization":
                position = start
                continue
            break
        if tag in _GO or tag[0] == "n":
            if (
                tag == "m"
                and re.fullmatch(
                    r"[一二两三四五六七八九十百千]+|\d+|第[一二三四五六七八九十\d]+|[甲乙丙丁]|[一二三四五六七八九十]+号",
                    token,
                )
                is None
            ):
                if not re.fullmatch(
                    r"[\u4e00-\u9fff]*[一二三四五六七八九十]|[一二三四五六七八九十]+[队所室部科班组区厂矿局处院段冶建航]",
                    token,
                ) and not (kind in ("Enterprise", "TradeUnion") and _NAMED_BY_NUMBER.fullmatch(token)):
                    break
            if tag == "q" and len(token) == 1 and start not in by_end:
                if kind == "TradeUnion" and position == head and RELATIVE.fullmatch(token):
                    position = start  # 段工会
                break
            position = start
            continue
        # verbs, adjectives and the rest: only where a district or a proper atom stands a little further left
        if _anchor_near(reading, start, floor, by_end):
            position = start
            continue
        if len(token) == 1 or tag[0] == "a" or (tag == "v" and kind == "Enterprise"):
            follow = reading.tags[index + 1] if index + 1 < len(reading.tags) else ""
            if tag[0] == "a" and start > floor and follow[:1] == "n" and token not in stops and len(token) <= 2:
                position = start
                continue
        break
    if kind == "Enterprise" and floor < position < head and reading.is_boundary(position - 1) is not False:
        lone = reading.token_at(position - 1)
        plain = len(reading.words[lone]) == 1 and head - position >= 2 and reading.words[lone] not in stops
        if plain and reading.tags[lone][0] in "vagjnzb":
            if not "\u3400" <= text[position - 2 : position - 1] <= "\u9fff" and not reading.district_at(position):
                position -= 1
    if kind in ("Enterprise", "TradeUnion", "Venue") and floor < position < head - 1:
        position = _made_of_two(reading, position, floor, by_end)
    if (
        position < head
        and position > floor
        and text[position - 1] in "市区县省镇乡州"
        and reading.is_boundary(position - 1)
    ):
        if reading.district_at(position - 1) is None:
            position -= 1  # 区|住建委: the place is left out, its class word is not
    # what fell on the left edge but belongs to no name
    position = _trim(reading, position, head, by_end)
    return position, others, proper or (anchored and any(at in reading.by_start for at in range(position, head)))


_HOUSE_NUMBER = re.compile(
    r"(?:[A-Za-z]?\d+[A-Za-z]?(?:号楼|号院|号|座|栋|幢|层|楼|单元)(?:[外内前旁]|[东南西北]侧)?)+$"
)
_WHOLE_OF = re.compile(
    r"(?:公司|集团)((?:第?[一二三四五六七八九十\d]+)?[\u4e00-\u9fff]{2,4}?(?:第?[一二三四五六七八九十\d]+)?)$"
)


def _behind_officer(text: str, floor: int, at: int, posts: frozenset[str]) -> bool:
    """Whether a name ends at `at` whose post stands in front of it."""
    return any(
        text[at - size] in lexicon.surnames()
        and any(text[at - size - long : at - size] in posts for long in range(2, min(6, at - size - floor) + 1))
        for size in (2, 3)
        if at - size > floor
    )


_JOINING = frozenset("联合 合作 协同 携手 会同 联手 协调 配合".split())
# 三泰, 百联: a number in front of what is counted by no such word is a name
_NAMED_BY_NUMBER = re.compile(
    r"[三四五六七八九百千万亿双](?![家个名位次场期届年月日天人种项些余多条件张份台辆套支只座栋层户处所类级点倍元米吨成强姓分面行者会大])[\u4e00-\u9fff]"
)
_NUMBER = re.compile(r"[一二三四五六七八九十]+号")
_SECTION = re.compile(r"\d+标")
_PART_OF_NAME = re.compile(r"(?:^|[、，。；：和\n])([\u4e00-\u9fff]{2,8})$")


def _joined_part(reading: Reading, end: int, floor: int) -> int | None:
    """Where 消化 of 消化与肝病科分会 starts: plain nouns between a sign and `end`, none of them the head of a body."""
    match = _PART_OF_NAME.search(reading.text, floor, end)
    if match is None or match.group(1).endswith(("工会", "分会", "公司", "集团", "部", "中心", "机关", "支部")):
        return None
    if match.group(1).endswith("科") and reading.text[end] != "与":
        return None  # 骨科和眼科分会: two
    first, last = reading.token_at(match.start(1)), reading.token_at(end - 1)
    if reading.starts[first] != match.start(1):
        return None
    plain = all(reading.tags[i][0] in "njbzsaxgvf" for i in range(first, last + 1))
    return match.start(1) if plain else None


def _ends_body(text: str, position: int, parts: dict[int, int]) -> bool:
    """Whether a body's name ends at `position`."""
    return (
        text.endswith(("工会", "联合会", "公司", "集团", "分会"), max(0, position - 4), position) or position in parts
    )


def _anchor_near(reading: Reading, position: int, floor: int, by_end: Mapping[int, DistrictHit]) -> bool:
    """Whether a district name ends at most three plain tokens to the left of `position`."""
    for _ in range(3):
        if position in by_end:
            return True
        if position <= floor:
            return False
        index = reading.token_at(position - 1)
        token, tag = reading.words[index], reading.tags[index]
        if tag in _CLOSED or tag == "x" or token in _classes()[1] or token in _verb_stops():
            return False
        if len(token) >= 2 and (tag in ("ns", "nt", "nz", "nrt") or token in lexicon.brands()):
            return True  # 琼州|轮渡集团
        position = reading.starts[index]
    return position in by_end


_TRIM = re.compile(
    r"(?:(?:爱心|热心|知名|龙头|重点|成员|会员|参建|共建|入驻|加盟|签约|定点|明星|骨干|驻区|辖区|属地|当地|本地)*(?:商家|商户|店铺|商铺|门店|企业|厂家|厂商|机构)(?=[\u4e00-\u9fff]{2})|(?:总承包|总包|分包|承包|施工|建设|承办|协办|主办|参建|用人|合作|帮扶|受援|援建)(?:方|单位|企业)|该|各|多家|全市|全区|全县|全省|全国各地|首个|首家|辖区内?|区域内?|区内|园区内|企业家?(?=[\u4e00-\u9fff]{4})|作为|希望|\d+(?:余|多)?家|[一二三四五六七八九十两百]+(?:余|多)?家|"
    r"(?:该|本)[院校厂矿段局行]|(?:新一|上一|本|历)届|(?:男子|女子|男女|混合|青年|中年|老年|甲|乙|男|女)组|一行|职工(?=[\u4e00-\u9fff]{0,2}(?:市|区|县|街道))|记者|日前|近日|来自|其中|以及|由|在|与|和|对|向|从|据|经|被|将|为|至|到|及|是|经|让|给)"
)


def _trim(reading: Reading, start: int, head: int, by_end: Mapping[int, DistrictHit]) -> int:
    text = reading.text
    while start < head and start not in reading.by_start:
        match = _TRIM.match(text, start, head)
        if match is None or match.end() > head or match.group() == "企业" and match.end() == head:
            break
        if len(match.group()) == 1 and not reading.is_boundary(match.end()):
            break
        start = match.end()
    if text[start : start + 1] in "记访" and text[start - 1 : start] in "—-" and start + 1 in reading.by_start:
        start += 1  # ——记太平街道总工会副主席X
    if text[start : start + 1] == "（":  # what is in brackets names nothing without a name in front
        start = max(start, text.find("）", start, head) + 1)
    while start < head and text[start] in "·-&+）":
        start += 1
    return start


_PREMISES = re.compile(r"(?:大厦|广场|大楼|商城|市场|商圈|科技园|产业园|园区|小区|写字楼|社区|楼宇|街区)$")
_OFFICE_END = re.compile(
    r"(?:[局委办院校厅处]|[一二三四五六七八九十]中|附中|小学|中学|幼儿园|职专|职高|技校|电视台|管理站|服务站|收费站|车站)$"
)
_PART = re.compile(r"(?:总厂|分厂|厂|[一二三四五六]部|分公司|公司|矿|院|所)$")


def _all_generic(text: str) -> bool:
    """Whether the text is made of words that name kinds only."""
    generic = _classes()[2]
    position = 0
    while position < len(text):
        size = next((n for n in (5, 4, 3, 2, 1) if text[position : position + n] in generic), 0)
        if not size:
            return False
        position += size
    return True


def _proper(reading: Reading, start: int, head: int, kind: str, word: str) -> bool:
    """Whether something in text[start:head] is more than common nouns of the trade."""
    text, generic, names = reading.text, _classes()[2], _classes()[0]
    left = text[start:head]
    if (left + word).removesuffix("公司").removesuffix("集团") in lexicon.brands():
        return True  # 国家能源|集团
    if left in generic:
        return False
    if left.startswith(("中国", "中华", "全国")):
        return len(left) > 2 or word not in ("工会", "公司", "集团", "银行") or word == "银行"
    if word.endswith(_LEGAL) and len(left) >= 4:
        return True
    if kind == "Organization":
        return len(left) >= 2
    if kind == "TradeUnion":
        if _PREMISES.search(left) and len(left) >= 4:
            return True
        if _OFFICE_END.search(left) and len(left) >= 3 and left[:-1] not in generic:
            return True  # 县人大办工会, 县财政局工会
        part = _PART.search(left)
        if part and len(left) >= 3 and left[: part.start()] and not _all_generic(left[: part.start()]):
            return True
    index = reading.token_at(start)
    common = 0
    while index < len(reading.words) and reading.starts[index] < head:
        token_start = max(reading.starts[index], start)
        token = text[token_start : min(head, token_start + len(reading.words[index]))]
        tag = reading.tags[index]
        index += 1
        if token in generic or (token in names and not (tag == "ns" and len(token) >= 2)):
            common += 1
            continue
        if len(token) >= 2 and (not known(token) or token in lexicon.brands()):
            return True
        if tag in ("nr", "nz", "nt", "ns", "nrt", "nrfg", "eng", "j", "x", "zg", "g", "ng", "b") or (
            tag == "m" and token not in "一二两三"
        ):
            return True
        if len(token) == 1 or tag[0] in "av":
            return True
        if re.search(r"[\dA-Za-z]", token):
            return True
    if kind == "Enterprise":
        # 绿野芳田公司: several common words that no trade word explains still make a brand
        return False
    return (
        bool(_DIGIT_COMPANY.search(left))
        or text[start:head].endswith(("公司", "集团", "厂", "学院", "医院", "大学", "社区", "村", "街道", "镇", "乡"))
        and len(left) >= 4
    )


_COUNTY = ("省", "市", "区", "县", "旗", "州")
_REGISTERED = ("有限公司", "有限责任公司", "股份公司", "厂", "合作联社", "家庭农场")
_GONE_TO = re.compile(r"(?:走进|来到|前往|深入|赴|走访|慰问|考察|参观)(?:了)?(?:[^。，；！？]*[、和及与])?$")
# heads of names as they are registered


def _core(
    reading: Reading, start: int, head: int, end: int, kind: str, by_end: Mapping[int, DistrictHit]
) -> tuple[int, int] | None:
    """The span without the chain of full district names in front (通州区张家湾镇|X公司), None without a chain."""
    if kind == "Organization":
        return None
    position = start
    chain: list[DistrictHit] = []
    while position in reading.by_start and reading.by_start[position].end <= head:
        chain.append(reading.by_start[position])
        position = chain[-1].end
    if kind == "TradeUnion":
        if not chain:
            return None
        cut = position if position < head else chain[-1].start
        if cut == start:
            return None
        # the nearest district stays with the union's name: 房山区|拱辰街道绿地楼宇工会服务站
        cut = chain[-1].start if len(chain) > 1 else start
        return None if cut == start else (cut, end)
    registered = chain and chain[-1].name.endswith(_COUNTY) and reading.text[head:end].endswith(_REGISTERED)
    if registered and not _GONE_TO.search(reading.text, max(0, start - 48), start):
        chain.pop()  # 青田县鹤城自来水有限公司: the county is of the name, unless it tells where somebody goes
    full = 0
    for hit in chain:
        if hit.short:
            break
        full = hit.end
    if full and full < head and _rest_proper(reading, full, head):
        return full, end
    return None


def _rest_proper(reading: Reading, start: int, head: int) -> bool:
    rest = reading.text[start:head]
    return len(rest) >= 2 and rest not in _classes()[2]


def zones(reading: Reading) -> Iterator[Candidate]:
    """Yield development zones and parks by pattern, where the table of divisions does not know them."""
    text = reading.text
    by_end = reading.by_end
    for match in (*_ZONE_ANY.finditer(text), *_PARK.finditer(text)):
        if match.end() in by_end and by_end[match.end()].start < match.start():
            continue
        start, _, anchored = left_edge(reading, match.start(), "Organization", by_end, {})
        inner = max(
            (h.end for h in reading.districts_in(start, match.start()) if not h.short),
            default=start,
        )
        if match.start() - inner >= 2:
            start = inner  # 红寺堡区|弘德工业园: the district in front is not part of the name
        left = text[start : match.start()]
        if _RANK.fullmatch(left):
            continue
        if not left or not (anchored or _proper(reading, start, match.start(), "Enterprise", "")):
            continue
        yield Candidate(start, match.end(), "District", "zone", 0.7)


# parks, that are places elsewhere, where they act or are what bodies are called after
_PARK = re.compile(
    r"(?:产业园|科技园|医药园|软件园|创业园|化工园|商务区|港区)(?=牵头|管委会|党工委|总工会|主办|承办|联合举办|携手|企业家?协会)"
)
_ZONE_ANY = re.compile(_ZONE.pattern[:-1])
_RANK = re.compile(r"(?:首[个家批]|唯一|新增|全国|全省|全市)*(?:国家级?|[省市州县]级)")

_COMMUNITY = re.compile(r"([\u4e00-\u9fff]{1,5}?)(?:社区|村)(?=[，、。的里]|举|召|开|启|联|正|顺|隆|进行|$)")
_GOES = re.compile(r"(?:在|来到|走进|深入|前往|赴|走入|进)$")
_NO_COMMUNITY = re.compile(
    r"各|该|本|全|个|农$|乡$|示范|街道|行政|自然|中心|试点|重点|基层|老旧|贫困|脱贫|帮扶|美丽|文明|先进|进$|度假|新农|驻|我|小区|居民|社区|办"
)


def communities(reading: Reading) -> Iterator[Candidate]:
    """Yield communities and villages by name, behind their district or where somebody goes: 走进红星社区."""
    text = reading.text
    for match in _COMMUNITY.finditer(text):
        start, end = match.span(1)[0], match.end()
        front = max((hit.end for hit in reading.districts_in(start - 8, end) if start <= hit.end < end - 2), default=-1)
        gone = _GOES.search(text, max(0, start - 2), start)
        while front < 0 and gone is None and start < match.end(1) - 1:
            start += 1
            gone = _GOES.search(text, max(0, start - 2), start)
        start = front if front > 0 else start
        if (front < 0 and gone is None) or end - start < 3 or _NO_COMMUNITY.search(text[start : match.end(1)]):
            continue
        if end - start <= 7:
            yield Candidate(start, end, "District", "community", 0.72)
