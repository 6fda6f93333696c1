"""What is made and handed out, and who helps whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from kg.extract.lexicon import verb_pattern
from kg.extract.relations.claim import (
    Claim,
    Sentence,
    group_ending,
    patterns,
    status_of,
    subjects,
    union_of_officer,
)
from kg.extract.scene import Node, Occurrence
from kg.extract.spans import BODIES

__all__ = ["paired", "provides", "supports"]

_TO_PRODUCT = re.compile(
    r"(?:了|的|出)?(?:(?:由[^。；“”]{2,40}(?:组成|构成|制成|做成)的)|(?:装有|装着|装满|内装|内含|包含|含有|含|印有)[^。；“”]{2,40}的)?(?:[^，。；“”]{0,14})?"
)
_OWN_MADE = re.compile(r"(?:自主|自行|独立|自己)$")
_MADE_BY_OTHERS = re.compile(r"(?:了)?(?:一[款个套批])?由[^，。；“”]{2,40}的[\u4e00-\u9fff]{0,4}")
_IS_WHAT = re.compile(r"，?(?:就|正)?是(?:由)?")
_ON_BEHALF = re.compile(r"代表(?:了)?$")
_TAKES = re.compile(r"(?:将|把)[^，。；]{0,40}$")
_HANDS = re.compile(r"(?:等[^，。]{0,8})?(?:送到|送给|送至|送进|发放|交到|分发|赠送|赠予|发给|递到|递给|送往|捐给)")
_BY = re.compile(r"(?:，|是|系|为)?(?:均|都|全部|统一)?由")
_FROM = re.compile(r"(?:，)?(?:就|正|均|都)?(?:出自|产自|源自)")
_IN_CHARGE = re.compile(r"(?:负责|承担)[^，。]{0,6}(?:开发|研发|建设|运维|运营|技术)")
_COMMISSIONED = re.compile(r"[^，。]{0,4}(?:研发|开发|建设|设计)")
_NEXT = re.compile(r"(?:、|和|与|及|以及)")


@cache
def _of_maker() -> re.Pattern[str]:
    """What may stand between a body and its product: 的, 自主研发的, 等单位捐赠的, 备下的一份入会."""
    verbs = verb_pattern("make", "give")
    return re.compile(
        rf"的?|(?:(?:等|及)[^，。]{{0,10}})?(?:自主|联合|共同|精心|专门|特意|倾情|免费|今年|去年|近年|近期|最新|全新|升级|创新|首次|特别|量身|统一|新近?|为[^，。“]{{1,10}})*(?:{verbs})(?:了|出)?的"
        r"(?:[一二两\d]+[份个张套件款])?[\u4e00-\u9fff]{0,4}"
    )


@cache
def _made_by() -> re.Pattern[str]:
    """What stands behind the last of those by whom a product is made or given."""
    return re.compile(
        rf"(?:等[^，。]{{0,8}})?(?:自主|联合|共同|独立|倾力|统一|免费|出资|负责|牵头|携手|[^，。]{{0,6}})"
        rf"(?:{verb_pattern('make', 'give')}|承建|出品|编制|送到|送给|赠予)|委托"
    )


def provides(sentence: Sentence) -> Iterator[Claim]:
    """Yield who makes, gives or hands out each product of the sentence."""
    last: tuple[int, list[Claim]] = (-1, [])  # the product before: where it ends, and what was read of it
    for product in sentence.found:
        if product.node.type != "Product":
            continue
        claims = list(_given(sentence, product))
        if not claims and last[0] >= 0 and _NEXT.fullmatch(sentence.text, last[0], product.start):
            claims = [replace(claim, object=product.node) for claim in last[1]]  # A送出X和Y
        last = product.end, claims
        yield from claims


def _given(sentence: Sentence, product: Occurrence) -> Iterator[Claim]:
    text = sentence.text
    left = text[sentence.start : product.start]
    verbs = [m for m in patterns()["give"].finditer(left) if _TO_PRODUCT.fullmatch(left, m.end())]
    acts = False
    begun = [m for m in patterns()["give"].finditer(left) if _MADE_BY_OTHERS.fullmatch(left, m.end())]
    if begun:  # A推出由B开发的X: both
        at = sentence.start + begun[0].start()
        for o in subjects(sentence, at):
            if o.node.type in ("TradeUnion", "Enterprise"):
                yield sentence.claim(o.node, "provides", product.node, "provide", status_of(text, o.end, at))
    own = verbs and (verbs[-1].group().startswith("自") or _OWN_MADE.search(left, 0, verbs[-1].start()))
    if own and left[verbs[-1].end() : verbs[-1].end() + 1] == "的":  # A展示了自主研发的X
        for o in subjects(sentence, sentence.start + verbs[-1].start()):
            if o.node.type in ("TradeUnion", "Enterprise"):
                acts = True
                yield sentence.claim(o.node, "provides", product.node, "provide-own")
    if acts:
        return
    if verbs and left[verbs[-1].end() : verbs[-1].end() + 1] != "的":  # A领到B送出的X: A is not who gives
        at = sentence.start + verbs[-1].start()
        for o in _givers(sentence, at):
            if o.node.type in BODIES and o.node is not product.node:
                acts = True
                yield sentence.claim(o.node, "provides", product.node, "provide", status_of(text, o.end, at))
        envoy = next((o for o in sentence.bodies if not acts and _sent_by(sentence, o, at)), None)
        if envoy is not None:
            yield sentence.claim(envoy.node, "provides", product.node, "provide-envoy", status_of(text, envoy.end, at))
            return
    if acts:
        return
    for o in sentence.bodies:
        owned = o.end <= product.start and _of_maker().fullmatch(text, o.end, product.start)
        if owned and o.node.type in ("TradeUnion", "Enterprise"):
            for member in group_ending(sentence, o.end, sentence.start) or [o]:
                yield sentence.claim(member.node, "provides", product.node, "provide-of")
    yield from _handed(sentence, product)
    yield from _by_makers(sentence, product)


_WITH = re.compile(r"(?:联合|会同|携手|联手|牵手)(?:了)?$")


def _givers(sentence: Sentence, verb: int) -> list[Occurrence]:
    """The subjects of the verb, and who is with them: A整合资源，联合B推出X."""
    group = subjects(sentence, verb)
    joined = _WITH.search(sentence.text, sentence.start, group[0].start) if group else None
    return [*subjects(sentence, joined.start()), *group] if joined else group


def _sent_by(sentence: Sentence, o: Occurrence, verb: int) -> bool:
    """Whether somebody gives on behalf of the body: 甲代表|A总工会|向…赠送."""
    if o.node.type not in ("TradeUnion", "Enterprise") or o.end > verb:
        return False
    behalf = _ON_BEHALF.search(sentence.text, max(sentence.start, o.start - 4), o.start)
    return behalf is not None and re.fullmatch(r"(?:[向为给][^，。；]{0,30})?", sentence.text[o.end : verb]) is not None


def _handed(sentence: Sentence, product: Occurrence) -> Iterator[Claim]:
    """A将“X”送到…: the subject hands it out, or the union whose officer does."""
    text = sentence.text
    takes = _TAKES.search(text, sentence.start, product.start)
    if takes is None or not _HANDS.match(text[product.end : product.end + 14]):
        return
    group = subjects(sentence, takes.start())
    status = status_of(text, sentence.start, takes.start())
    for o in group:
        yield sentence.claim(o.node, "provides", product.node, "provide-handed", status)
    if not group:
        officer = next((p for p in reversed(sentence.people) if p.end <= takes.start()), None)
        body = union_of_officer(sentence, officer)
        if body is not None:
            yield sentence.claim(body, "provides", product.node, "provide-officer")


def _by_makers(sentence: Sentence, product: Occurrence) -> Iterator[Claim]:
    """X由A、B联合研发, X出自A, …C负责技术开发."""
    text = sentence.text
    source = _FROM.match(text, product.end)
    if source is not None:
        maker = next((o for o in sentence.bodies if o.start == source.end()), None)
        if maker is not None:
            yield sentence.claim(maker.node, "provides", product.node, "provide-from")
        return
    by = _BY.match(text, product.end) or _IS_WHAT.match(text, product.end)
    if by is None:
        return
    if by.group().endswith("是"):
        yield from _is_made(sentence, product, by.end())
        return
    for o in sentence.bodies:
        if o.start < by.end():
            continue
        group = group_ending(sentence, o.end, by.end())
        if group and group[0].start <= by.end() + 2 and _made_by().match(text, o.end):
            for member in group:
                yield sentence.claim(member.node, "provides", product.node, "provide-by")
    for o in sentence.bodies:
        commissioned = text[o.start - 2 : o.start] == "委托" and _COMMISSIONED.match(text, o.end)
        if commissioned and o.start > by.end():
            yield sentence.claim(o.node, "provides", product.node, "provide-by")
        if o.start > by.end() + 2 and _IN_CHARGE.match(text[o.end : o.end + 14]):
            yield sentence.claim(o.node, "provides", product.node, "provide-by")


@cache
def _which_makes() -> re.Pattern[str]:
    return re.compile(
        rf"(?:共同|联合|联手)?(?:[面针]向[^，。；]{{2,12}}|为[^，。；]{{2,12}}|[^，。；]{{0,6}})"
        rf"(?:{verb_pattern('make', 'give')})(?:了|出)?的"
    )


def _is_made(sentence: Sentence, product: Occurrence, at: int) -> Iterator[Claim]:
    """X是A与B面向会员发行的联名卡."""
    for o in sentence.bodies:
        group = group_ending(sentence, o.end, at) if o.start >= at else []
        if group and group[0].start == at and _which_makes().match(sentence.text, o.end):
            for member in group:
                yield sentence.claim(member.node, "provides", product.node, "provide-is")


# ---------------------------------------------------------------------------------------------------------------- help

_HELP = re.compile(
    r"对口帮扶|对口支援|对口协作|结对帮扶|结对共建|定点帮扶|东西部协作|东西部扶贫协作|扶贫协作|消费帮扶|帮扶协作|"
    r"对口|扶贫|帮扶|支援|援建|结对|援助|协作"
)
_HELP_OF_PLACES = re.compile(r"对口|扶贫|协作|结对|支援|定点帮扶|援建|援助")
_HELP_BEHIND = re.compile(r"(?:、[\u4e00-\u9fff]{2,6}){0,3}(?:等地|等)?的?(?:扶贫|帮扶|脱贫)")
_HELP_BEFORE = re.compile(
    r"(?:对口帮扶|对口支援|对口协作|结对帮扶|定点帮扶|帮扶|支援|援助|援建|结对|协作)"
    r"(?:了|的|区域|地区|县|对象|单位)*(?:[\u4e00-\u9fff]{2,10}(?:自治区|省|市|区|县|旗)、?)*$"
)
_HELP_TO = re.compile(r"(?:为|向|采购(?:了)?|与)(?:[\u4e00-\u9fff]{2,8}[区县市、])*$")
_PAIRED = re.compile(
    r"结(?:成|为|下)?(?:了)?对子|结对|结为|(?:协作|帮扶|共建|合作)(?:框架)?协议|建立(?:了)?[^，。]{0,6}(?:对口|援助|帮扶|协作|结对)[^，。]{0,4}关系"
)
_GAVE = re.compile(
    r"(?:捐赠|捐助|捐献|捐出|捐|赠送|提供|拨付|下拨|援助|支援|资助|划拨)(?:了)?[^，。]{0,12}(?:资金|物资|款|元|设备|农资)"
)


_HELPS = re.compile(
    r"(?:积极|持续|主动|已|长期)*(?:向|为)?(?:对口帮扶|对口支援|对口协作|结对帮扶|定点帮扶|结对共建|支援|援助|援建)(?:了|的)?(?:[^，。]{0,6}?(?:自治区|省|市|州))?"
)


# between two unions: 拨出专款20万元，帮助, 筹资10万元支援
_PAYS_FOR = re.compile(
    r"(?:专门|特别|特意|已|又|还|共|先后|累计|连续[^，。；]{1,6}|\d{4}年|从[^，。；]{2,12}中)*"
    r"(?:拨出|拨付|划拨|下拨|拨|筹集|筹措|筹|出|投入|安排|捐出|捐)(?:了)?[^，。；]{0,16}(?:款|资金?|万?元)[^，。；]{0,8}，?(?:专门|全部)?(?:用于|用来)?"
    r"(?:帮助|帮扶|支援|支持|援助|援建|扶持|资助)"
)
_HELPS_OTHERS = re.compile(r"(?:对口帮扶|对口支援|对口协作|结对帮扶|定点帮扶|对口合作)的")


def paired(sentence: Sentence) -> Iterator[Claim]:
    """A总工会与B总工会结成对子; A总工会向B总工会捐赠帮扶资金: one union helps the other."""
    text = sentence.text
    unions = [o for o in sentence.bodies if o.node.type == "TradeUnion" and o.named]
    pairing = _PAIRED.search(text, sentence.start, sentence.end) if len(unions) > 1 else None
    for one, two in pairwise(unions):
        if one.node is two.node:
            continue
        gap = text[one.end : two.start]
        if pairing and pairing.start() >= two.end and re.fullmatch(r"(?:自[^，。]{2,10})?(?:与|和|同)", gap):
            status = status_of(text, sentence.start, pairing.start())
            yield sentence.claim(one.node, "supports", two.node, "support-paired", status)
        elif _HELPS.fullmatch(gap) or _PAYS_FOR.fullmatch(gap):
            yield sentence.claim(one.node, "supports", two.node, "support-helps", status_of(text, one.end, two.start))
        elif gap == "向" and _GAVE.match(text, two.end):
            yield sentence.claim(one.node, "supports", two.node, "support-gave")


def _list_start(text: str, places: list[Occurrence], place: Occurrence) -> int:
    """Where the list of places starts that holds the place: 对口支援的|新疆库车市、西藏比如县."""
    at = place.start
    for p in reversed(places):
        if p.end <= at and text[p.end : at] in ("", "、", "和", "与", "及"):
            at = p.start
    return at


def supports(sentence: Sentence) -> Iterator[Claim]:
    """Yield the districts that a union, or a district, is said to help."""
    text = sentence.text
    if not _HELP_OF_PLACES.search(text, sentence.start, sentence.end):
        return
    places = [
        o
        for o in sentence.found
        if o.node.type == "District"
        and not any(b.start <= o.start and o.end <= b.end for b in (*sentence.bodies, *sentence.acts))
    ]
    helping = next((p for p in places if _HELPS_OTHERS.match(text, p.end)), None)
    subject: Node | None = next((o.node for o in sentence.bodies if o.node.type == "TradeUnion"), None)
    if helping is not None:
        subject = helping.node  # 帮助|东莞|对口支援的X
        places = [p for p in places if p.node is not subject and p.start > helping.end]
    elif subject is None:
        helper = next((p for p in places if _HELP.match(text, p.end)), None)
        if helper is not None:
            subject = helper.node
            places = [p for p in places if p.node is not subject and p.start > helper.end]
    for p in places:
        if subject is None or p.node in (subject, subject.host) or any(q.start == p.end for q in places):
            continue  # its own place; the place in front of a place: 内蒙古自治区|苏尼特右旗
        before = text[max(sentence.start, _list_start(text, places, p) - 24) : _list_start(text, places, p)]
        if _HELP_BEHIND.match(text[p.end : p.end + 14]) or _HELP_BEFORE.search(before) or _HELP_TO.search(before):
            yield sentence.claim(subject, "supports", p.node, "support")
