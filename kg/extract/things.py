"""Products, dates and counts."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from functools import cache

import cn2an

from kg.extract import lexicon
from kg.extract.reading import Matcher, Reading, known
from kg.extract.record import record
from kg.extract.spans import Candidate

__all__ = ["Count", "When", "counts", "dates", "products"]


@cache
def _heads() -> Matcher:
    return Matcher(lexicon.heads("Product"))


@cache
def _made() -> re.Pattern[str]:
    """A verb of making or giving right in front of a quoted name."""
    return re.compile(
        rf"(?:自主|联合)?(?:{lexicon.verb_pattern('make', 'give')}|自行设计)(?:了|出)?"
        rf"(?:的[\u4e00-\u9fff]{{0,4}})?(?:{_WORTH})?(?:{_HOLDING})?(?:{_PORTION})?$"
    )


# 送出|总价值达5万元的|礼包
_WORTH = (
    r"(?:总?(?:价值|金额|面值|市值)|每[份个张]|标准为)[共计达约近超逾]*(?:人民币)?\d[\d.]*[余多]?[万千百]?[余多]?"
    r"元(?:人民币)?(?:左右|不等)?的"
)


# what is in it: 送上|由护膝、背心组成的“护骑包”, 送上装有毛巾的“清凉包”
_HOLDING = (
    r"(?:由[^。；“”]{2,40}(?:组成|构成|制成|做成)的|(?:装有|装着|装满|内装|内含|包含|含有|含|印有)[^。；“”]{2,40}的)"
)


@cache
def _handled() -> re.Pattern[str]:
    """A verb of making, giving, getting or using right in front of a product."""
    verbs = lexicon.verb_pattern("make", "give")
    return re.compile(
        rf"(?:{verbs}|{_GETS}|使用|通过|依托|借助|利用|下载|登录|手持|持有|持|凭|刷)(?:了|的|出|到)?(?:全[市国区省]?首个|首个|首款|一款)?"
        rf"(?:{_WORTH})?(?:{_PORTION})?$"
    )


@cache
def _is_made() -> re.Pattern[str]:
    """Behind the name of goods that it is what somebody makes: X卡|是A总工会与B银行联合发行的."""
    return re.compile(rf"(?:，)?是(?:由)?[^，。；：“”]{{4,36}}(?:{lexicon.verb_pattern('make')})的")


_GOODS_BY = r"(?:公斤|千克|[吨斤袋箱盒瓶桶罐双条件套份册部支把副提捆盆棵台辆只架艘张个本])"  # goods are counted by
_PORTION = (
    r"(?:(?:[一二两三四五六七八九十百千万\d]+|数|多)?(?:余|多)?[份个张套件款批台只本]|"
    rf"[一二两三四五六七八九十百千万\d]+(?:余|多)?{_GOODS_BY})"
)
_MEASURED = re.compile(r"[一二两三四五六七八九十百千万\d](?:余|多)?(?:公斤|千克|[吨斤袋箱盒瓶桶罐双提捆])$")
_GETS = r"领取|办理|领到|收到|接过|接到|拿到|捧着|捧起|获赠|申领|兑换|抽取|报领"
_GETTING = re.compile(rf"(?:{_GETS})(?:了|到)?(?:{_PORTION})?$")
_GAP = re.compile(r"[\u4e00-\u9fffA-Za-z]{0,10}")
_ENDS = re.compile(r"[，。、；！？”]|等|由|正式|\n|$|和“|与“|(?:共计?|总计)?\d+(?:余|多)?万?余?" + _GOODS_BY)
_PRODUCT_TAIL = re.compile(
    r"(?:应用|优秀|创意|设计|案例|作品|征集|推广|使用|评选|开发|体验)*(?:活动|仪式|大赛|发布会|竞赛|比赛|行动|系列|大会)"
)
_SHORT_FOR = re.compile(r"（(?:以下|下)?简称：?“([^“”]{2,16})”）")
_TECHNICAL = re.compile(r"机器人|传感器|装置|[监检]测仪|芯片|无人机|机器狗|机械臂|报警器")
_GOODS = re.compile(r"(?:包|礼|券|卡|箱|袋|盒|险|保)$")
_NO_PRODUCT = re.compile(
    r"杯$|活动|行动|大赛|竞赛|比赛|工程|精神|机制|模式|体系|理念|课程|讲座|品牌|措施|举措|清单|方案|制度|公里|之家|驿站|书屋|中心|"
    r"工作室|标兵|能手|称号|先锋|集体|个人|公约|倡议|意见|办法|故事|文化|制$|法$"
)
# what may be made and is no product, unless its kind is said: “工友小家” is a place, “工友小家”APP is none
_NO_THING = re.compile(
    r"圈$|(?<!云)课堂$|微课$|[站点队榜线屋吧角廊园岛]$|阵地|网络|讲堂|夜校|小组|团队|基金|项目|学院|指数|标准|指南|服务$|窗口|通道|计划书|小家|家园|"
    r"加油|套餐$|承诺|目标|思路|原则|健康$|温暖|清凉$|书香$|祝福|关爱$|幸福$|新.$"
)
# what is called by its kind: of these only a name in front makes a product
_KINDS = frozenset(
    "平台 系统 地图 专栏 热线 保险 手册 软件 装备 丛书 数据库 福袋 礼盒 护照 服务平台 管理系统 礼包 装置 "
    "客户端 大模型 智能体 数字人 无人机 急救包 急救箱 应急包 药箱 医药箱 小药箱 书包 芯片 盲盒 信息平台 "
    "管理平台 数字平台 线上平台 智慧平台 电商平台 云平台 礼袋 礼箱 礼券 优惠券 消费券 会员卡 图书包 防护包 "
    "防疫包 智慧屏 一体机 报警器 机械臂 电子券 意外险 操作系统 控制系统".split()
)
_PACK = re.compile(r"(?:包|礼袋|礼箱|礼盒|福袋|礼卡|礼券)$")
_ONLINE = frozenset("APP App app 小程序 公众号 微信公众号 客户端 平台 服务平台 线上平台 智慧平台 智慧工会平台".split())
_CALLED = re.compile(r"[\u4e00-\u9fffA-Za-z\d+]{2,8}$")
_LISTED = re.compile(r"、“([^“”]{2,12})”([\u4e00-\u9fff]{2,8}?)(?=[、，。；]|等|和“)")


def products(reading: Reading) -> Iterator[Candidate]:
    """Yield named goods, apps, cards, platforms: quoted with a product word, or unquoted behind a verb of making."""
    ends: dict[int, int] = {}
    for start, end, _ in _heads().find(reading.text):
        ends[end] = ends.pop(start, start)  # 智能客服|系统
    found = [*_quoted(reading, ends)]
    last = {c.end for c in found}
    for c in found:
        yield c
        yield from _list_goes_on(reading, c, last)
    for end, start in sorted(ends.items()):
        begin = _unquoted(reading, start, end, last)
        if begin is not None:
            last.add(end)
            yield Candidate(begin, end, "Product", "made", 0.7)


_STAGED = re.compile("送上|带来|献上|送出|表演")


def _quoted(reading: Reading, ends: dict[int, int]) -> Iterator[Candidate]:
    """“小智”服务机器人, “清凉礼包”, and what is quoted alone behind a verb of making or giving."""
    text, starts = reading.text, {start: end for end, start in ends.items()}
    for start, end in reading.quotes:
        inner = text[start:end]
        if len(inner) > 24 or re.search(r"[，。！？；、]", inner) or _NO_PRODUCT.search(inner):
            continue
        if inner in lexicon.words("platform"):
            continue
        kind = _KIND_BEHIND.match(text, end + 1)
        if kind is not None:
            starts.setdefault(*kind.span())
        back = 60 if text[start - 2 : start - 1] == "的" else 20
        made = _made().search(text, max(0, start - back, text.rfind("。", 0, start)), start - 1)
        gap = _GAP.match(text, end + 1)
        limit = gap.end() if gap else end + 1
        head = next(
            (h for h in range(end + 1, limit + 1) if h in starts and not _PRODUCT_TAIL.match(text, starts[h])), None
        )
        if head is not None and text[end + 1] in "和与及" and head > end + 1:
            head = None  # “平安箱”和|体验卡: two
        if head is not None and (head - end - 1 <= 4 or made or _TECHNICAL.search(text[head : starts[head]])):
            short = _SHORT_FOR.match(text, starts[head])
            other = ((start, end), *((short.span(1),) if short else ()))
            yield Candidate(
                start - 1, starts[head], "Product", "quoted", 0.9, core=(start - 1, starts[head]), other=other
            )
        elif end in ends and start <= ends[end] and (start < ends[end] or made):
            yield Candidate(start - 1, end + 1, "Product", "quoted-head", 0.86)
        elif _NO_THING.search(inner):
            continue
        elif text[start - 1 : start] == "《" and made and _STAGED.search(made.group()):
            continue  # 送上《…》: a song
        elif made and _ENDS.match(text, end + 1) and len(inner) >= 2 and _is_thing(text, made.group(), inner, end + 1):
            yield Candidate(start - 1, end + 1, "Product", "quoted-made", 0.72)
        elif made and _GOODS.search(inner) and text[end + 1 : end + 2] in tuple("和与及"):
            yield Candidate(start - 1, end + 1, "Product", "quoted-made", 0.72)  # 送出的“平安箱”和体验卡
        elif made and made.group().endswith("的"):
            wares = _WARES.match(text, end + 1)
            noun = _NOUN.match(text, end + 1) or wares
            if noun and not _NO_PRODUCT.search(noun.group()):
                score = 0.9 if wares else 0.72
                yield Candidate(start - 1, noun.end(), "Product", "quoted-made", score, other=((start, end),))
        elif _GOODS.search(inner) and (
            _HANDED_ON.match(text, end + 1) or _GETTING.search(text, max(0, start - 10), start - 1)
        ):
            yield Candidate(start - 1, end + 1, "Product", "quoted-given", 0.72)


_TAKEN = re.compile(r"(?:把|将)(?:[^，。；“”]{0,24}的|一?[份个]{1,2})?$")  # 将|装有手套的|暖冬礼包送到
_KIND_BEHIND = re.compile(r"[卡券包箱盒](?=[，。、；的是等为将由）]|\d|$)")  # “安心”卡
_HANDED_ON = re.compile(r"(?:逐一|一一|陆续|及时|分别|都)?(?:送|发|交|赠|分|派|递|转交|捐|寄)")
# what is eaten, drunk or worn, whatever is said of it then
_WARES = re.compile(
    r"[\u4e00-\u9fff]{0,5}?(?:曲奇|饼干|月饼|粽子|大米|面粉|挂面|面条|茶叶|[红绿白黑]茶|抹茶|奶茶|白酒|黄酒|啤酒|葡萄酒|果酒|果汁|饮料|酸奶|奶粉|"
    r"牛奶|奶酪|蜂蜜|香油|食用油|菜籽油|茶油|香醋|陈醋|酱油|辣酱|火锅底料|糕点|蛋糕|糖果|果脯|干果|腊肉|香肠|火腿|牛肉|羊肉|海参|紫菜|木耳|香菇|"
    r"工装|工作服|防护服|冲锋衣|安全帽|手套|口罩|洗衣液|沐浴露|牙膏|床垫|家具|自行车|电动车|汽车|客车|卡车|拖拉机|收割机|起重机|盾构机|挖掘机|"
    r"钻机|采煤机|机床|电池|光缆|轮胎|涂料|水泥|钢材)+"
)
_COUNTED = re.compile(r"(?:共计?|总计)?\d")


@cache
def _only_gives() -> tuple[str, ...]:
    return tuple(sorted(lexicon.verbs("give") - lexicon.verbs("make") - _HANDS_OUT))


def _is_thing(text: str, verb: str, inner: str, end: int) -> bool:
    """Whether what is quoted behind a verb is a thing: what is made is, what is given only where words of it say so."""
    given = verb.startswith(_only_gives())
    counted = _COUNTED.match(text, end) or _MEASURED.search(verb)
    return not given or _GOODS.search(inner) is not None or counted is not None


_HANDS_OUT = frozenset("赠送 发放 派发 分发 捐赠 提供 送上 推出".split())
_NOUN = re.compile(r"(?![和与及])[\u4e00-\u9fff]{2,8}(?=[，。、；]|等)")


def _list_goes_on(reading: Reading, product: Candidate, ends: set[int]) -> Iterator[Candidate]:
    """“小智”机器人、“巧手”线夹等: what is quoted next in the list of a product is one as well."""
    text, at = reading.text, product.end
    while (item := _LISTED.match(text, at)) is not None and item.end() not in ends:
        if _NO_PRODUCT.search(item.group(1)) or _NO_PRODUCT.search(item.group(2)):
            return
        ends.add(item.end())
        yield Candidate(at + 1, item.end(), "Product", "quoted", 0.74, other=(item.span(1),))
        at = item.end()


def _unquoted(reading: Reading, start: int, end: int, last: set[int]) -> int | None:
    """Where the name of goods starts whose head word is text[start:end], None where it is none: 发放暖途礼包."""
    text = reading.text
    word = text[start:end]
    if text[end : end + 1] in tuple("”’") or reading.in_quote(start, end):
        return None
    begin = start
    while begin > 0 and start - begin < 14:
        district = reading.by_end.get(begin)
        if district is not None and begin < start:
            begin = district.start
            continue
        index = reading.token_at(begin - 1)
        token, tag = reading.words[index], reading.tags[index]
        made_up = len(token) >= 2 and not known(token)
        plain = tag[0] in "nbjeva" and (tag[0] != "v" or begin == start or tag == "vn" or token in _in_names())
        if token in lexicon.words("stop") or token in _given() or not (made_up or plain):
            break
        begin = reading.starts[index]
    if word in _ONLINE:
        named = _CALLED.search(text, max(0, start - 8), start)
        verb = _handled_from(text, named.start(), start) if named else 0
        begin = verb or begin
    listed = text[begin - 1 : begin] in tuple("、和及与") and begin - 1 in last
    taken = _PACK.search(word) and _HANDED_ON.match(text, end) and _TAKEN.search(text, max(0, begin - 28), begin)
    handled = listed or taken or _handled().search(text, max(0, begin - 24), begin)
    if not handled and not _is_made().match(text, end):
        return None
    if word in _KINDS or word in _ONLINE:
        front = text[begin:start]
        called = _PACK.search(word) is not None or (word not in _CALLED_BY_KIND and _special(front))
        return begin if len(front) >= 2 and called else None
    if start - begin >= 4 or (start > begin and end - begin >= 4) or (_PACK.search(word) and len(word) >= 3):
        return begin
    return None


_CALLED_BY_KIND = frozenset("平台 系统 保险 装备 丛书 数据库 专栏 服务平台 管理系统 信息平台 管理平台 数字平台".split())


def _handled_from(text: str, floor: int, head: int) -> int:
    """Where a verb of making ends between `floor` and the head word, 0 for none: 上线|海工惠|APP."""
    verbs = [m.end() for m in _verbs().finditer(text, max(0, floor - 4), head - 1)]
    return verbs[-1] if verbs and head - verbs[-1] >= 2 else 0


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.verb_pattern('make')})(?:了)?")


@cache
def _in_names() -> frozenset[str]:
    return lexicon.words("name") | lexicon.words("event")


@cache
def _given() -> frozenset[str]:
    return lexicon.verbs("give") | lexicon.verbs("make")


@cache
def _kind_words() -> frozenset[str]:
    return lexicon.words("generic") | lexicon.words("name") | lexicon.words("event") | _PLAIN_FRONTS


def _special(front: str) -> bool:
    """Whether the words in front of a kind of goods are more than words of trades and kinds."""
    words = _kind_words()
    position = 0
    while position < len(front):
        size = next((n for n in (4, 3, 2, 1) if front[position : position + n] in words), 0)
        if not size:
            return True
        position += size
    return False


_PLAIN_FRONTS = frozenset(
    "微信 线上 线下 智慧 手机 移动 便民 信息 管理 数字 专属 实体 电子 纸质 新 一个 定制 官方 防暑 降温 防暑降温 防寒 "
    "保暖 应急 急救 消毒 防疫 防护 常用 家用 便携 便携式 随身 车载 户外".split()
)


# ------------------------------------------------------------------------------------------------------------- dates


@record
class When:
    """A date in the text; `start`, `end` of the interval are ISO dates ("" unknown), both inclusive.

    `precision` is day, month, year or interval; `vague` marks 近日 and the like: an interval before the issue date.
    """

    span: tuple[int, int]
    start: str
    end: str
    precision: str
    vague: bool
    printed: bool  # names a month and a day: shown as an entity of its own


_DATE = re.compile(
    r"(?:(?P<y>(?:19|20)\d{2}|去|今|前|明)年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})(?:日|号)?"
    r"(?:(?:至|到|-|—|～|~|—{2})(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})(?:日|号))?(?<=[日号])"
)
_VAGUE = re.compile(r"近日|日前|近期|连日来|近段时间|前不久|不久前")
_RELATIVE = re.compile(r"(昨|今|前|明)(?:日|天)(?:上午|下午|晚)?")
_STAMP = re.compile(r"(?:来源|时间|发布|编辑|第\d+版|星期[一二三四五六日天]|版）|讯|电|消息)")
_MONTH_SPAN = 14  # days before the issue date that 近日 may mean (survey of the genre)


def dates(reading: Reading) -> list[When]:
    """Find dates and place them against the issue date; a printed stamp of the page is none."""
    text, issue = reading.text, _iso(reading.article.issue_date)
    found: list[When] = []
    for match in _DATE.finditer(text):
        month, day = int(match["m"]), int(match["d"])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            continue
        line_start = text.rfind("\n", 0, match.start()) + 1
        line_end = text.find("\n", match.end())
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        if len(line) < 60 and _STAMP.search(line) and not line.endswith("。"):
            continue
        if re.match(r"讯|电|消息", text[match.end() : match.end() + 2]):
            continue
        ahead = _AHEAD.search(text, max(line_start, match.start() - _LONGEST_AHEAD), match.start()) is not None
        will = not ahead and _WILL.match(text, match.end()) is not None
        year = _year(match["y"], month, day, issue, ahead=ahead, will=will)
        month2 = int(match["m2"]) if match["m2"] else month
        day2 = int(match["d2"]) if match["d2"] else day
        turns = int(month2 < month)  # 12月28日至1月2日: over the turn of the year
        year2 = year if year is None else year + turns
        if turns and year is not None and not match["y"]:
            year2 = _year(None, month2, day2, issue, ahead=ahead, will=will)
            year = year if year2 is None else year2 - 1
        start, end = _day(year, month, day), _day(year2, month2, day2)
        precision = "day" if (month2, day2) == (month, day) else "interval"
        found.append(When(match.span(), start, end, precision, False, True))
    if issue:
        for match in _VAGUE.finditer(text):
            start = (issue - datetime.timedelta(days=_MONTH_SPAN)).isoformat()
            found.append(When(match.span(), start, issue.isoformat(), "interval", True, False))
        for match in _RELATIVE.finditer(text):
            shift = {"昨": -1, "今": 0, "前": -2, "明": 1}[match[1]]
            day_of = (issue + datetime.timedelta(days=shift)).isoformat()
            found.append(When(match.span(), day_of, day_of, "day", False, False))
    else:
        found += [When(match.span(), "", "", "interval", True, False) for match in _VAGUE.finditer(text)]
    return sorted(found, key=lambda when: when.span)


def _iso(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


# 将于|6月18日举行, 将持续到|9月1日: a day that is still to come; not 原定于, 决定
_AHEAD = re.compile(r"(?:将(?:持续|延续)?|(?:(?<![原已决确约法固])定|拟|计划|预计|预定)(?=[于在]))(?:于|在|到|至)?$")
_LONGEST_AHEAD = 4  # characters


# 4月23日，|海淀区总工会将举办…: to come, unless the day can be one just past
_WILL = re.compile(
    r"[^。；！？\n]{0,30}?将(?:正式|如期|隆重|陆续|联合|共同|在[^，。]{1,14})?"
    r"(?:[举承主]办|举行|开展|召开|启动|开[幕赛讲营班]|迎来|亮相|推出|组织)"
)


def _year(
    named: str | None, month: int, day: int, issue: datetime.date | None, *, ahead: bool = False, will: bool = False
) -> int | None:
    if named and named.isdigit():
        return int(named)
    if issue is None:
        return None
    if named:
        return issue.year + {"去": -1, "今": 0, "前": -2, "明": 1}[named]
    # no year: the last such day up to a month after the issue date, since papers announce as well as report
    day = min(day, calendar.monthrange(issue.year, month)[1])
    this = datetime.date(issue.year, month, day)
    if ahead:  # what is announced comes, however far ahead
        return issue.year if this >= issue - datetime.timedelta(days=31) else issue.year + 1
    return issue.year if will or this <= issue + datetime.timedelta(days=31) else issue.year - 1


def _day(year: int | None, month: int, day: int) -> str:
    if year is None:
        return ""
    if not 1 <= month <= 12:
        return ""
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1])).isoformat()


# ------------------------------------------------------------------------------------------------------------ counts


@record
class Count:
    """How many people or bodies; bounds are None where the text gives none."""

    span: tuple[int, int]
    low: int | None
    high: int | None
    approximate: bool
    unit: str


_COUNT = re.compile(
    r"(?P<pre>不少于|不低于|至少|近|约|上|超|超过|逾|达|共|共有|共计)?(?P<n>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千万]{1,8})(?P<scale>万|千|百)?(?P<more>余|多)?(?P<scale2>万)?(?P<unit>名|人次|人|位|家|支|户)"
)
_CN = re.compile(r"^[一二两三四五六七八九十百千万]+$")


def counts(text: str, start: int, end: int) -> Iterator[Count]:
    """Find counts of people and bodies in text[start:end], with their bounds (百余名: at least 100)."""
    for match in _COUNT.finditer(text, start, end):
        raw = match["n"].replace(",", "")
        if _CN.match(raw):
            if raw in ("一", "两", "二", "三", "十") and not match["more"]:
                continue
            raw = raw.replace("两", "二")
            raw = "一" + raw if raw[0] in "百千万" else raw
            try:
                value = float(cn2an.cn2an(raw, "normal"))
            except ValueError:
                continue
        else:
            value = float(raw)
        for scale in (match["scale"], match["scale2"]):
            value *= {"万": 10_000, "千": 1_000, "百": 100}.get(scale or "", 1)
        number = round(value)
        pre, more = match["pre"] or "", match["more"] or ""
        if pre in ("不少于", "不低于", "至少"):
            yield Count(match.span(), number, None, False, match["unit"])
        elif more or pre in ("超", "超过", "逾", "上"):
            yield Count(match.span(), number, None, True, match["unit"])
        elif pre == "近":
            yield Count(match.span(), None, number, True, match["unit"])
        else:
            yield Count(match.span(), number, number, pre == "约", match["unit"])
