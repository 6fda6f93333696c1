"""Persons: beside a post, before a verb of speaking, in lists with others, and wherever their names recur."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from kg.extract import lexicon
from kg.extract.credits import has_surname
from kg.extract.organisations import lists_of_firms
from kg.extract.reading import Matcher, Reading, everywhere, known
from kg.extract.spans import Candidate, Credit

__all__ = ["UNIT", "persons", "title_ends_line", "title_matcher"]


_AFTER_TAGS = frozenset("v d p c uj ul u vd ad t f y i".split())
_HAN = "\u3400-\u9fff"
_HAN_ONLY = re.compile(rf"[{_HAN}]+")
_MINORITY = re.compile(rf"[{_HAN}]{{1,7}}(?:·[{_HAN}]{{1,8}}){{1,3}}")
_NOT_IN_NAME = frozenset("的了在说等对与是从到把被及这那每各很更最又或者们个名位并还则且但而于让给就要我你他她它没不")
_FOLLOW_SIGNS = frozenset("，。、；：！？“”‘’（）《》—…/ \n")
_CLOSING = frozenset("，。、；")
_FOLLOW_WORDS = lexicon.by_first(
    "等 说 表示 介绍 坦言 告诉 透露 指出 强调 认为 感慨 直言 回忆 谈到 提到 宣布 宣读 主持 致辞 致 "
    "讲话 讲解 发言 出席 参加 参与 到场 一行 带领 率 代表 带着 手中 同志 先生 女士 教授 老师 师傅 为 "
    "在 向 对 与 和 及 同 作 的 是 从 到 则 还 也 就 都 将 给 以 用 因 把 被 正 已 曾 又 便 今年 当选 "
    "荣获 获 接过 走 来 上台 担任 任 兼 所在 先后 分别 共同 亲 随 应邀 受邀 笑 激动 高兴 开心 热情 拿 "
    "站 收到 一边 不 没 通过 围绕 结合 看望 慰问 检查 调研 指导 补充 总结 陪同 列席 领衔 牵头 "
    "带队 带团 领队 "
    "一起 一道 一同 一并 却 即 随后 首先 接着 如 当 每 请 送 让 曾经 已经 刚 刚刚 再次 多次 常 常年 始终 一直 没有 "
    "来到 前往 走到 说起 听 看 看着 听着 结合 详细 逐一 现场 主动 积极 认真 迅速 立即 立刻 深情 满怀 表态 代读 宣誓 "
    "领誓 登台 领奖 分获 分列 分居 并列 包揽 斩获 喜获 勇夺 摘得 夺得 捧得 摘取 摘下 问鼎 折桂 夺魁 夺冠 晋级 脱颖 "
    "号召 要求 勉励 鼓励 呼吁 倡议 希望 叮嘱 嘱咐 祝愿 提议 建议 动员 部署 传达 通报 汇报 "
    "回顾 解读 阐述 分析 点评 提醒 承诺 期待 感谢 祝贺 肯定 重申 "
    "创新工作室 劳模 握着 领到 领取 绕 站在 坐在 蹲在 走进 拿着 笑着 主讲 讲授 当场 带头 化身".split()
)


_ADVERBS = frozenset("正已曾又还也就都将即却便则")


def _follows(text: str, at: int) -> bool:
    """Whether what stands at `at` usually stands behind a person's name."""
    if at >= len(text) or text[at] in _FOLLOW_SIGNS:
        return True
    if text[at] in _ADVERBS and text[at + 1 : at + 2] in _FOLLOW_SIGNS:
        return False  # 王荣|正，
    return text.startswith(_FOLLOW_WORDS.get(text[at], ()), at)


@cache
def title_matcher() -> tuple[Matcher, frozenset[str], frozenset[str]]:
    """A search for titles, and the two classes of them: posts, and callings that are plain nouns, too."""
    post, weak = lexicon.titles("post"), lexicon.titles("weak")
    return Matcher(post | weak), post, weak


@cache
def _say() -> re.Pattern[str]:
    return re.compile("|".join(sorted(lexicon.verbs("say"), key=lambda w: (-len(w), w))))


def _name_end(reading: Reading, at: int) -> tuple[int, int]:
    """The likeliest end of a personal name that starts at `at`, with a score (0: none); told once for each place."""
    if at not in reading.name_ends:
        reading.name_ends[at] = _likely_end(reading, at)
    return reading.name_ends[at]


def _likely_end(reading: Reading, at: int) -> tuple[int, int]:
    text = reading.text
    if text.find("·", at, at + 8) >= 0:
        minority = _MINORITY.match(text, at)
        if minority:  # its last part ends where a verb starts: 古丽娜尔·艾合买提|表示
            dot = text.rindex("·", at, minority.end())
            verb = _acting().search(text, dot + 2, minority.end() + 1)
            return (verb.start() if verb else minority.end()), 5
    parts = lexicon.foreign_name().match(text, at) if text[at : at + 1] in lexicon.foreign_openings() else None
    if parts and parts.end() - at >= 4:
        return parts.end(), 5
    first = reading.token_at(at)
    own_word = reading.starts[first] == at and parts is not None and at + len(reading.words[first]) == parts.end()
    if parts and (own_word or text[at : at + 1] not in lexicon.surnames()) and _follows(text, parts.end()):
        return parts.end(), 4
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
        if name[1:] in lexicon.verbs("say", "attend"):
            continue  # 职工|方|发言
        score = 0
        boundary = reading.is_boundary(at + length) or _glued(reading, at + length)
        if _follows(text, at + length):
            score += 3
        elif boundary:
            after = min(reading.token_at(at + length), len(reading.tags) - 1)
            lone = (
                len(reading.words[after]) == 1 and not "\u3400" <= text[at + length + 1 : at + length + 2] <= "\u9fff"
            )
            if reading.tags[after] in _AFTER_TAGS and not lone:
                score += 1 if len(reading.words[after]) == 1 and reading.tags[after] in ("d", "v", "a", "ad") else 2
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
        elif aligned and len(token) > length and not boundary:
            score -= 1
        if name[-1] == "和" and reading.words[reading.token_at(at + length - 1)] == "和":
            # 闻人立|和慰问组; but 杨福和|等领导, where 和 joins nothing
            score += 4 if text[at + length : at + length + 1] == "等" else -2
        if length == 3 and name[-1] in _TAKES_UP and (_better(name) or _titled(text, at + 3)):
            score -= 3  # 洪霁|为主席
        if length == 3 and name[-1] == "为" and _DOES_FOR.match(text, at + 3):
            score -= 7  # 李永|为获奖队颁奖
        if text[at + length - 1] == "以" and _BY_SCORE.match(text, at + length):
            score -= 7
        elif text[at + length : at + length + 1] == "以" and not boundary and _BY_SCORE.match(text, at + length + 1):
            score += 2
        if length == 3 and name[-1] == "致" and _ADDRESSES.match(text, at + 3):
            score -= 7
        if text[at + length - 1 : at + length + 1] in _BECOMES or (
            length == 3 and name[-1] == "作" and _GIVES_TALK.match(text, at + 3)
        ):
            score -= 4  # 卢敏|成为, 邹翠|作了
        score += _likely(name)
        best = max(best, (score, length, at + length))
    return best[2], best[0]


_DOUBTFUL = -1  # its characters speak against a name
_DOES_FOR = re.compile(
    r"[^，。；]{2,16}(?:颁奖|颁发|授牌|授旗|揭牌|揭幕|送上|送去|佩戴|致辞|讲解|点赞|服务|授课)"
)  # 李永|为获奖队颁奖
_ADDRESSES = re.compile(r"[\u4e00-\u9fff]{0,3}[辞词]")  # 孙丽|致开幕辞
_TAKES_UP = frozenset("为任获当带说率以")
_BECOMES = frozenset("成为 成了 作为 身为 改为 升为 任职 任教 当上 当选 成长".split())
_GIVES_TALK = re.compile(
    r"了|题为|为|[\u4e00-\u9fff]{0,6}(?:发言|讲话|报告|交流|动员|表态|致辞|介绍|点评|总结|讲座|辅导)"
)
# 宋建|以98分夺冠
_BY_SCORE = re.compile(r"[^，。；]{0,16}?(?:成绩|得分|高分|总分|分数|优势|票|佳绩|[\d.]+(?:分|秒|环|票))")


def _titled(text: str, start: int) -> bool:
    """Whether a post stands at `start`: 洪霁任|主席."""
    _, post, _ = title_matcher()
    return any(text[start : start + size] in post for size in range(2, 6))


def _better(name: str) -> bool:
    """Whether the name without its last character is the likelier one."""
    return lexicon.name_odds(name[:2]) > lexicon.name_odds(name)


_GLUED = frozenset("任 等 说 为 和 与 在 向 带 率 等等 说道".split())


def _glued(reading: Reading, end: int) -> bool:
    """刘长|根等: whether what the tokenizer glued on behind `end` is a word of its own."""
    index = reading.token_at(end)
    if reading.starts[index] >= end:
        return False
    rest = reading.text[end : reading.starts[index] + len(reading.words[index])]
    return rest in _GLUED or (rest == "获" and reading.text[end - 1] not in "荣喜分斩勇再同均")  # 韩立|周获


# what is called after a person, or only looks so: 杨柳青镇, 鲁翔集团
_NAMED_AFTER = re.compile(
    r"(?:路|街|镇|乡|村|区|县|市|桥|山|湖|河|江|岛|湾|屯|社区|大道|广场|公园|集团|公司|化|科技|实业|建设|工程|医院|学校|中学|小学|大学|牌|杯|奖|班组|式|(?:执法|交警|巡警|刑警|特警|消防|公路|养护|勘察|地质)?[中大支分]队|派出所|交警|消防)"
)
# 陈家渡|体育公园
_SITE_OF_NAME = re.compile(
    r"(?:体育|文化|会展|人民|国际|儿童|湿地|森林|购物|活动)?(?:公园|广场|体育[馆场]|中心|大厦|酒店|大酒店|宾馆|剧院|商场|商城|小区|花园|"
    r"博物馆|图书馆|纪念馆|故居|火车站|车站|机场|码头|地铁站|医院|小学|中学)"
)
_BODIES_SHORT = frozenset(("全总", "铁总", "省总", "市总", "区总", "县总"))
_AREAS = ("街道", "镇", "乡", "村", "社区", "工业园", "开发区")
_STEPS = (-4.0, -1.0, 1.5, 4.5, 7.0)


@lru_cache(maxsize=16384)
def _likely(name: str) -> int:
    """What the characters say of a name, from -3 (no name) to 2 (a name that needs nothing else)."""
    odds = max(lexicon.name_odds(name), lexicon.given_odds(name) - _RARE_FAMILY)
    return bisect_left(_STEPS, odds - (len(name) == 2)) - 3  # a name of two is matched by chance more often


_RARE_FAMILY = 1.5  # a family name that is rare, or a common word as well (冶, 公), costs no more than this


def _sure(name: str) -> bool:
    """Whether the characters are those of a name, wherever it stands."""
    return lexicon.name_odds(name) - (len(name) == 2) > _STEPS[3]


_AFTER_NAME = frozenset(
    "教授 老师 代表 院士 律师 医生 主任 主席 书记 师傅 研究员 讲师 博士 秘书长 会长 总经理 董事长 "
    "经理 校长 院长".split()
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
        if begin < 0 or not re.fullmatch(rf"[{_HAN}]+", text[begin:end]) or not has_surname(text[begin:end]):
            continue
        if set(text[begin + 1 : end]) & _NOT_IN_NAME or not reading.is_boundary(begin):
            continue
        tokens = list(range(reading.token_at(begin), index + 1))
        if len(tokens) == 1 and not reading.tags[tokens[0]].startswith("nr"):
            continue
        if len(tokens) > 1 and reading.tags[tokens[0]][0] not in "nzagjvbdx" and text[begin] != "何":
            continue
        if len(tokens) > 1 and len(reading.words[tokens[0]]) > 1:
            continue
        return begin
    return end


_ALSO_WORDS = frozenset("向于时常从和将对由因连同")  # family names that are function words far more often
_NEVER_LAST = frozenset(
    "滩感书卡物品会店馆厅室费率性化式类者员们奖厂局校镇站网券包盒票课赛操单表柜屏机车队组班部处科点线村路街区县市周"
)
# callings by their last character, units of a firm, and what winners do
_CALLING = re.compile(
    rf"(?<=[{_HAN}])(?:[技茶艺医药护园设厨摄美化验面点]师|技工|[一-龥]工|[驾驶快递调度协管安全质检收银炊事营业保洁售票乘务列车辅导测试检测巡检客服网格派送分拣话务技术]员|工匠|技师|能手|标兵|骨干|传人|遗孀|母亲|父亲|妻子|丈夫|儿子|女儿|队员|车手|冠军|主播)(?=[{_HAN}])"
)
UNIT = re.compile(
    r"(?:作业区|机场|车站|变电站|管理站|收费站|派出所|采区|矿区|作业队|检修队|运维队|供电所|车间|班组|工段|大队|中队|项目部|分理处|支行|分行|营业部|社区|中学|小学|医院|学院|大学|研究院|研究所|街道|检修班|运维班|[一二三四五六七八九十]班|[一二三四五六七八九十]队|分会|科室|部门|工作室)"
)
_ACTS = re.compile(
    r"等[^，。]{0,6}?(?:人|名|位)(?:分别)?(?:获|被|当选|受)|[、](?=[\u4e00-\u9fff]{4,})|(?:以[^，。]{2,16})?(?:分别|双双|也|一举|勇|脱颖而出|最终)*(?:获|夺|摘|斩获|分获|荣获|赢|捧|当选|被评|被授|入选|拔得|位列|说|表示|告诉|笑着|激动)"
)
_SAYS_AT = re.compile(r"(?:在[^，。]{1,14}(?:上|中|时))?(?:说|表示|介绍|坦言|告诉)")


_CHOSEN = re.compile(r"选举|推举|推选|聘任|任命|聘请|增补")
_AS_OFFICER = re.compile(r"(?:同志)?(?:为|担任|任)")


@cache
def _acting() -> re.Pattern[str]:
    """Verbs that follow a person's name: of speaking and of taking part."""
    words = sorted(lexicon.verbs("say", "attend"), key=lambda w: (-len(w), w))
    return re.compile("|".join(words) + "|一行|等|主持|率")


_ROLL = re.compile(r"(?m)^([\u4e00-\u9fff](?: ?[\u4e00-\u9fff]){1,2}) (?=[\u4e00-\u9fffA-Za-z\d（]{6,40}$)")


_ROLL_NOTE = re.compile(r"(?m)^([\u4e00-\u9fff]{2,3})（([\u4e00-\u9fffA-Za-z\d，、]{6,40})）$")


def title_ends_line(text: str, start: int) -> bool:
    """Whether the line of folded text that holds offset `start` ends with a title: …公司女工委主任."""
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)]
    _, post, weak = title_matcher()
    return any(line[-size:] in post or line[-size:] in weak for size in range(2, 8))


def _is_unheard(reading: Reading, start: int) -> bool:
    """主席|刀承忠|到会: whether one word of three stands there that no dictionary has: a name."""
    index = reading.token_at(start)
    word = reading.words[index]
    alone = reading.starts[index] == start and len(word) == 3 and _HAN_ONLY.fullmatch(word) is not None
    goes_on = _follows(reading.text, start + 3) or _ACTS.match(reading.text, start + 3) is not None
    return alone and goes_on and not known(word) and _NOT_IN_NAME.isdisjoint(word)


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


def _name_alone(text: str, end: int) -> re.Match[str] | None:
    """The two or three characters in front of `end`, where nothing else stands in front of them and a family does."""
    alone = _ALONE.search(text, max(0, end - 4), end)
    return alone if alone is not None and has_surname(alone.group()) else None


def _is_name(reading: Reading, start: int, end: int) -> bool:
    """Whether the tokenizer takes text[start:end] for one name, and its characters do not speak against it."""
    index = reading.token_at(start)
    alone = reading.starts[index] == start and len(reading.words[index]) == end - start
    return alone and reading.tags[index].startswith("nr") and _likely(reading.text[start:end]) >= 0


@cache
def _no_names() -> frozenset[str]:
    return lexicon.words("noname") | lexicon.verbs("win")


# 何敏，|男，1975年生: the lines of a life; what is said of somebody's age
_LIFE = re.compile(r"[，（](?:[男女]|(?:出)?生于|\d{4}年(?:\d+月)?(?:\d+日)?(?:出生|生))[，。）、]")
# 授予何敏|等15名同志: of people that are counted one is named
_AND_OTHERS = re.compile(
    r"等(?:\d+|[一二三四五六七八九十百]+)(?:余|多)?"
    r"(?:[名位](?:同志|个人|职工|员工|选手|先进|优秀|劳模|工匠|代表|志愿者)|人(?=获|荣|被|分|当选|入选|在|为))"
)
_ALONE = re.compile(rf"(?:(?<![{_HAN}])|(?<=授予|表彰|命名|推荐|选派|职工|选手))[{_HAN}]{{2,3}}$")
_AGED = re.compile(r"(?<!\d)\d{1,3}岁的(?!人|工人|他|她|老)")
_LIST_ITEM = re.compile(rf"、([{_HAN}]{{3}})[、和与]")
_MEASURES = frozenset("张项封包段班席户车顶束幅匹")  # family names that count things as well
_COUNT_BEFORE = re.compile(r"[\d一二三四五六七八九十百千万余多数几]$")
_TROUPE = re.compile(
    r"(?:少[儿年]|儿童|青年|女子|男子|童声)?(?:合唱团|艺术团|交响乐团|乐团|乐队|剧团|文工团|歌舞团|舞团|舞蹈团|剧社|京剧团)"
)
_PLACES_BEHIND = re.compile(r"[两二三四五][地省市县区州]")
_BY_ITSELF = frozenset(("likely", "named", "repeated"))  # rules that need nothing beside the name
_OPENS_LIST = ("", "\n", "，", "。", "、", "；", "：")
# what stands behind a name of a list: （女）, （兼职）, （苗族）
_REMARK = r"（(?:女|男|兼|挂|专|[兼挂专]职|不驻会|[\u4e00-\u9fff]{1,4}族)(?:，[^（）]{1,6})?）"
_REMARK_BEFORE = re.compile(rf"{_REMARK}$")
_JOINED_TO = re.compile(rf"(?:{_REMARK})?(?:[、和与]|以及)")
_IN_LIST = re.compile(rf"[、，。；）和与]|等|分|获|在|出席|参加|先后|共同|说|当选|担任|任|夺|摘|{_REMARK}")


def persons(reading: Reading, names: Sequence[Candidate], credited: Iterable[Credit]) -> list[Candidate]:
    """Find persons: beside a post, before a verb of speaking, in lists with others, and wherever their names recur."""
    text = reading.text
    blocked = sorted((c.start, c.end) for c in names if c.kind == "name" and c.score >= 0.7)
    found: dict[tuple[int, int], str] = {}

    def free(start: int, end: int) -> bool:
        i = bisect_left(blocked, (start, start))
        return all(not (a < end and start < b) for a, b in blocked[max(0, i - 2) : i + 2])

    noname = _no_names()
    areas = {hit.name for hit in reading.districts}
    of_firms = list(lists_of_firms(text))

    def accept(start: int, end: int, rule: str) -> None:
        if end <= start or not free(start, end):
            return
        if rule in _BY_ITSELF and (
            _SITE_OF_NAME.match(text, end)
            or not areas.isdisjoint(text[start:end] + area for area in _AREAS)
            or any(low <= start and end <= high for low, high in of_firms)
        ):
            return  # 金家岭|执法中队, where the article has 金家岭街道; an item of a list of firms
        if text[start] in _MEASURES and _COUNT_BEFORE.search(text, max(0, start - 2), start):
            return  # 300张|康复理疗卡
        if rule in _BY_ITSELF and (place := reading.by_end.get(start)) is not None and not place.short:
            return  # 随州市|龙飞物流: what stands right behind a place is of a firm
        if _PLACES_BEHIND.match(text, end) or (rule != "title" and _TROUPE.match(text, end)):
            return  # 临安|白玉|两地; 周立群|合唱团
        numbered = text[end : end + 1] == "号" and not text.startswith("号召", end)
        if numbered or (rule == "before-title" and text[start:end] in _BODIES_SHORT):
            return  # “雷锋号”机车组; 铁总|主席
        if text[start + 1 : end] in lexicon.titles("post") or (
            rule not in ("title", "honorific") and start in reading.by_start
        ):
            return  # 曹主席 is no full name; 安顺 is a city
        sure = rule in ("title", "honorific")
        if sure or not (
            text[start:end] in noname
            or (text[end - 1] in _NEVER_LAST and not (rule == "calling" and _is_name(reading, start, end)))
            or (
                text[start] in _ALSO_WORDS
                and end - start < 4
                and rule != "after-body"
                and not (rule in ("calling", "roll") and _likely(text[start:end]) >= 0)
            )
        ):
            found.setdefault((start, end), rule)

    for credit in credited:
        found[credit.start, credit.end] = "byline"
    matcher, post, _ = title_matcher()
    say = _say()
    for start, end, word in reading.found(matcher):
        at = end
        if text[at : at + 1] == " ":
            at += 1
        stop, score = _name_end(reading, at)
        if word in post:
            if score >= 2 or (score == 1 and text[stop : stop + 1] in _CLOSING):
                accept(at, stop, "title")
            elif _is_unheard(reading, at):
                accept(at, at + 3, "title")
        elif score >= 3 and (stop - at == 3 or score >= 4) and not _is_word(reading, at, stop):
            accept(at, stop, "calling")
        # the name before its title: 孙云龙教授, 马丹代表
        if word in _AFTER_NAME and text[end : end + 1] not in "队团":
            begin = _name_start(reading, start)
            if begin < start:
                accept(begin, start, "before-title")
    stops = lexicon.words("stop")
    for match in _CALLING.finditer(text):
        at = match.end()
        stop, score = _name_end(reading, at)
        if score >= 4 and (stop - at == 3 or score >= 5) and (reading.is_boundary(at) or _follows(text, stop)):
            accept(at, stop, "calling")
    for body in names:
        at = body.end
        if body.kind == "name" and body.type != "TradeUnion" and text[at : at + 1] != "的":
            stop, score = _name_end(reading, at)
            if score >= 4 and (score >= 6 or _ACTS.match(text, stop)) and not _is_word(reading, at, stop):
                accept(at, stop, "after-body")
            elif _ACTS.match(text, at + 3) and _is_unheard(reading, at):
                accept(at, at + 3, "after-body")
        elif body.kind == "name" and body.type == "TradeUnion":
            stop, score = _name_end(reading, at)
            if score >= 4 and (score >= 6 or _ACTS.match(text, stop)) and not _is_word(reading, at, stop):
                accept(at, stop, "after-body")
            elif score >= 3 and stop - at == 3 and _SAYS_AT.match(text, stop):
                accept(at, stop, "after-body")
    for match in UNIT.finditer(text):
        stop, score = _name_end(reading, match.end())
        if score >= 4 and (score >= 6 or _ACTS.match(text, stop)) and not _is_word(reading, match.end(), stop):
            accept(match.end(), stop, "after-unit")
    for match in re.finditer("当选|担任|化身|获评|荣获|被授予|被评为", text):
        begin = _name_start(reading, match.start())
        if begin < match.start():
            accept(begin, match.start(), "elected")
    tagged = (word for word, tag in zip(reading.words, reading.tags, strict=True) if tag[:2] == "nr")
    counts = Counter(word for word in tagged if 2 <= len(word) <= 3)
    table, openings = lexicon.surnames(), lexicon.surname_openings()
    for i in [i for i, word in enumerate(reading.words) if word[0] in openings]:
        word, tag, start = reading.words[i], reading.tags[i], reading.starts[i]
        if (tag[0] != "n" and len(word) > 1) or (word[0] not in table and word[:2] not in table):
            continue
        stop, score = _name_end(reading, start)
        if score < 3 or word in stops or word in noname or not free(start, stop):
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
        elif (
            exact
            and stop - start == 3
            and (opens or reading.tags[i - 1] in _OPENING)
            and score >= 5
            and _likely(text[start:stop]) > _DOUBTFUL
        ):
            accept(start, stop, "named")
        elif (
            exact
            and counts[word] >= 2
            and score >= 5
            and reading.tags[min(reading.token_at(stop), len(reading.tags) - 1)] in ("v", "d", "p", "uj", "ad", "vd")
        ):
            accept(start, stop, "repeated")
        elif (
            _sure(text[start:stop])
            and (reading.is_boundary(stop) or _glued(reading, stop))
            and not _is_word(reading, start, stop)
            and not _NAMED_AFTER.match(text, stop)
            and text[start:stop] not in noname
        ):
            accept(start, stop, "likely")
    for match in _CHOSEN.finditer(text):
        stop, score = _name_end(reading, match.end())
        if score >= 1 and _AS_OFFICER.match(text, stop) and not _is_word(reading, match.end(), stop):
            accept(match.end(), stop, "elected")
    for match in _ROLL.finditer(text):  # 白 鸽 X公司女工委主任: a line of a roll of honour
        if has_surname(match.group(1)[0]) and title_ends_line(text, match.end()):
            accept(*match.span(1), "title")
    for match in _ROLL_NOTE.finditer(text):  # A（X公司熔炼工）: the same in brackets
        if has_surname(match.group(1)[0]) and title_ends_line(text[: match.end(2)], match.start(2)):
            accept(*match.span(1), "roll")
    for match in _AND_OTHERS.finditer(text):
        alone = _name_alone(text, match.start())
        stop, score = _name_end(reading, alone.start()) if alone is not None else (0, 0)
        if alone is not None and (stop == alone.end() or score < 2):
            accept(*alone.span(), "list")
    for match in _LIFE.finditer(text):
        alone = _name_alone(text, match.start())
        if alone is not None:
            accept(*alone.span(), "title")
    for match in _AGED.finditer(text):
        stop, score = _name_end(reading, match.end())
        if score >= 3 and not _is_word(reading, match.end(), stop):
            accept(match.end(), stop, "calling")
    for match in _HONORIFIC.finditer(text):
        begin = _name_start(reading, match.start())
        if begin < match.start():
            accept(begin, match.start(), "honorific")
    # lists: what is joined to a person by 、 or 和, or behind a remark in brackets, and looks like a name is one
    todo = sorted(found)
    while todo:
        start, end = todo.pop()
        if found[start, end] == "byline":
            continue
        if text[start - 1 : start] in ("、", "和", "与"):
            note = _REMARK_BEFORE.search(text, max(0, start - 8), start - 1)
            end_before = note.start() if note else start - 1
            for size in (3, 2):  # 何建国|、邹敏当选副主席: the one before
                first = end_before - size
                if first < 0 or text[first - 1 : first] not in _OPENS_LIST or (first, end_before) in found:
                    continue
                stop, score = _name_end(reading, first)
                if stop == end_before and score >= 4 and free(first, stop) and not _is_word(reading, first, stop):
                    found[first, stop] = "list"
                    todo.append((first, stop))
                    break
        join = _JOINED_TO.match(text, end)
        if join:
            stop, score = _name_end(reading, join.end())
            follows = _IN_LIST.match(text, stop)
            if score >= 4 and follows and (join.end(), stop) not in found and free(join.end(), stop):
                index = reading.token_at(join.end())
                if (
                    reading.words[index] != text[join.end() : stop]
                    or reading.tags[index].startswith("nr")
                    or (stop - join.end() == 3 and reading.tags[index] in ("ns", "nz", "nt"))  # a place elsewhere
                ):
                    found[join.end(), stop] = "list"
                    todo.append((join.end(), stop))
    # 周军、|稽立民|、柏玉莲: between two persons of a list stands a third, of whatever family
    starts = {start for start, _ in found}
    for _, end in sorted(found):
        item = _LIST_ITEM.match(text, end)
        if item and item.end() in starts and not known(item.group(1)) and free(*item.span(1)):
            found.setdefault(item.span(1), "list")
    # 彭志|坚强调: where a longer name that was found stands as a whole, it is the one
    longer = {text[start:end] for start, end in found}
    for (start, end), rule in sorted(found.items()):
        for size in (1, 2):
            if end + size <= len(text) and text[start : end + size] in longer and (start, end) in found:
                del found[start, end]
                found.setdefault((start, end + size), rule)
    # every other place where a name found once stands again
    seen: dict[str, str] = {}
    for (start, end), _rule in sorted(found.items()):
        seen.setdefault(text[start:end], "again")
    taken = bytearray(len(text))
    for start, end in found:
        taken[start:end] = b"\1" * (end - start)
    for name, places in everywhere(text, seen).items():
        for at in places:
            span = (at, at + len(name))
            if taken.find(1, *span) < 0 and free(*span):
                found[span] = "again"
                taken[at : span[1]] = b"\1" * len(name)
    persons, reach = [], 0  # a name inside a longer one is none
    for (start, end), rule in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        if end > reach:
            persons.append(Candidate(start, end, "Person", f"person-{rule}", 0.88))
            reach = end
    return persons
