"""Does the text of one line go on in another? Evidence from the two edges, never from the words of one page.

Each sign adds to or takes from a score; the strongest one is the reason that is reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import rjieba

from kg.pages.classes import follows, word_classes
from kg.pages.lines import balance

__all__ = ["ADJACENT", "Edge", "Edges", "Evidence"]

ADJACENT = 4.0  # what it is worth that one line stands directly behind the other
FITS = 1.2  # what it is worth that the classes of two words go together
FRESH = -3.0  # that the second line begins as paragraphs do
_WINDOW = 12

_BREAK = re.compile(r"[，。、；：！？!?,;:…—“”‘’《》（）()\s\u3000\"]")
_POINT = re.compile(r"[，。、；！？,;…]|[!?](?!$)")
_CANNOT_START = "，。、；：！？!?,;:”’》）)】」』…%％·"
_PARTICLES = frozenset("的了着们吗吧呢")
_SUFFIXES = frozenset("性化者度们式率感界型")
_WANTS_MORE = frozenset(
    "的和与及在为对将把被向从由以于是了着过并而或等让使给到用按经据其该此这那一两"
    "不更最很也都还又再就才要会能可各每第至且因但如若虽即则所地得副总新老小大"
)
_FRESH = re.compile(
    r"[“\"](?!.{0,8}[”\"])|[■□●◆▲]|(?:近日|日前|昨日|昨天|今天|当天|当日|近期|近年来|今年以来|去年以来|据悉|据了解|据介绍|据统计|"
    r"记者了解到|记者获悉|记者从|此外|同时|另外|随后|目前|下一步|未来|接下来|活动现场|活动中|活动当天|现场|会上|会议|此次|本次|"
    r"该|在.{2,16}[，,]|为.{2,20}[，,]|作为|通过|走进|其中|截至|针对|围绕|一直以来|长期以来|多年来|与此同时|"
    r"\d{1,2}月\d{1,2}日|\d{4}年|[一二三四五六七八九十]{1,3}[、，]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[、.．](?!\d))"
)
_LEADING = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|近日|日前|昨日|昨天|今天(?:上午|下午)?|近期|连日来")
_MEASURE = re.compile(
    r"[\d.,%％个名人位次家年月日项条种台套件元万亿余多岁场届期号米公千吨平小时分秒天周层楼室班组所支份张本册册部类处座间户对双—–\-：:至到点度]"
)
_LABEL = re.compile(r"[\u3400-\u9fff]{2,6}[：:][^，。；！？,;]{1,20}$")
_LIST_ITEM = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|[①-⑳●■◆▲·\-]|第[一二三四五六七八九十][，、是])"
)


_SIGNED = re.compile(r"[。！？!?”][（(][^（）()。，]{2,24}[）)]$")  # the names of the writers behind the last sentence
# 甲　A公司班长; A公司班长　甲: a line of a roll
_ROLL_LINE = re.compile(
    r"(?!本报|本网|新华|记者|通讯员|图为|近日|日前|讯 )[\u3400-\u9fff·]{2,6}(?: {1,4}|\u3000+)"
    r"[\u3400-\u9fff（）()、]{6,40}"
    r"|[\u3400-\u9fff（）()、]{8,40}(?: {1,4}|\u3000+)(?!记者|通讯员)[\u3400-\u9fff]{2,4}"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well one line goes on in another, and the best reason for it."""

    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Edge:
    """What the two ends of a line show."""

    text: str
    open: bool  # the line breaks off
    prose: bool  # it is long enough, or has the punctuation, of a sentence
    odd: bool  # the line cannot be the beginning of a sentence
    fresh: bool  # it begins as paragraphs do
    leading: bool  # it begins as articles do
    item: bool  # it begins as the item of a list
    opened: tuple[int, int, int, int]  # pairs it leaves open, or closes without having opened them
    straight: bool  # an odd number of "


class Edges:
    """The edges of the lines of one page, with what the page itself says about words."""

    def __init__(self, texts: Sequence[str], indents: Sequence[bool]) -> None:
        self._page = "\n".join(texts)
        self._known: dict[tuple[str, str], Evidence] = {}
        self._recurs: dict[str, bool] = {}
        self._edges: dict[tuple[str, bool], Edge] = {}
        self.indented = 2 * sum(indents) > len(indents)
        self._indents = dict(zip(texts, indents, strict=True)) if self.indented else {}

    def edge(self, text: str, *, closed: bool) -> Edge:
        """Look at the ends of one line, or of what several are when put together."""
        known = self._edges.get((text, closed))
        if known is None:
            known = self._edges[text, closed] = self._look(text, closed=closed)
        return known

    def _look(self, text: str, *, closed: bool) -> Edge:
        opened = balance(text)
        straight = text.count('"') % 2 == 1
        ends_open = not closed or (opened[0] > 0 and text[-1] not in "。！？")
        label = bool(_LABEL.match(text))
        if (text[-1] in "：:" or label or _ROLL_LINE.fullmatch(text) or _SIGNED.search(text)) and opened[0] <= 0:
            ends_open = False
        elif text[0] == "|" or text[-1] == "|":  # a row of a table
            ends_open = False
        elif text.endswith("…") and not text.endswith("……"):
            ends_open = True
        first = rjieba.cut(text[:6])[0]
        odd = (
            text[0] in _CANNOT_START
            or (len(first) == 1 and (first in _SUFFIXES or first in _PARTICLES))
            or _closes_first(text)
            or (text[1:2] in ("、", "，") and text[0] not in "一二三四五六七八九十0123456789今现")
        )
        return Edge(
            text,
            open=ends_open,
            prose=not label and (bool(_POINT.search(text)) or (len(text) >= 25 and text[-1] not in "”》）)")),
            odd=odd,
            fresh=not odd and (bool(_FRESH.match(text)) or self._indents.get(text, False)),
            leading=not odd and bool(_LEADING.match(text)),
            item=bool(_LIST_ITEM.match(text)),
            opened=opened,
            straight=straight,
        )

    def evidence(self, left: Edge, right: Edge) -> Evidence:
        """Weigh whether `left` goes on in `right`, wherever the two stand."""
        key = (left.text, right.text)
        if key not in self._known:
            self._known[key] = self._weigh(left, right)
        return self._known[key]

    def _weigh(self, left: Edge, right: Edge) -> Evidence:
        signs: list[tuple[float, str]] = [*_pairs(left, right)]
        a, b = left.text, right.text
        last, first = a[-1], b[0]
        if last == first == "…":
            signs.append((8.0, "a mark is cut in two"))
        elif first in _CANNOT_START:
            if last in "，、；：,;:" or (not left.open and first in "，。、；：！？,;:"):
                signs.append((-8.0, "two marks meet"))
            elif first not in "”’》）)":
                signs.append((4.0, "it begins with the mark that is missing"))
        if right.fresh:
            signs.append((FRESH, "it begins as paragraphs do"))
        if right.item and (last in "；;：:" or not _POINT.search(a)):
            signs.append((-6.0, "an item of a list"))
        elif last == "、":
            listed = re.search(r"[、和等及与]", b[:16])
            signs.append((1.5, "a list goes on") if listed else (-0.5, "no list goes on"))
        if last.isdigit() and not right.odd:
            signs.append((3.0, "a number goes on") if _MEASURE.match(first) else (-3.0, "no number goes on"))
        if last.isascii() and last.isalpha() and first.isascii() and first.isalpha():
            signs.append((2.0, "a word goes on"))
        if self.indented and not self._indents.get(b, False):
            signs.append((2.0, "it is not indented as paragraphs are"))
        signs += self._words(a, b)
        if right.odd and left.open and first not in _CANNOT_START:
            signs.append((2.0, "it cannot begin a sentence"))
        best = max(signs, default=(0.0, "a sentence breaks off"))
        reason = best[1] if best[0] >= 1.5 else "a sentence breaks off"
        return Evidence(sum(sign[0] for sign in signs), reason)

    def _words(self, a: str, b: str) -> list[tuple[float, str]]:
        """Does a word span the cut?"""
        signs = [
            (FITS * follows(word_classes(a[-_WINDOW:])[-1][1], word_classes(b[:_WINDOW])[0][1]), "its words follow")
        ]
        tail, head = _BREAK.split(a[-_WINDOW:])[-1], _BREAK.split(b[:_WINDOW])[0]
        if not tail or not head:
            return signs
        at, cut = 0, len(tail)
        for word, tag in rjieba.tag(tail + head):
            end = at + len(word)
            if at < cut < end and not word.isascii():
                signs[0] = self._spanning(word, tag, tail, head, cut - at)
                break
            at = end
        recurring = self._recurring(tail, head)
        if recurring >= 3:
            words = tail[-min(2, len(tail)) :] + "|" + head[:2]
            signs.append((min(2.0 * (recurring - 2), 6.0), f"{words} stands elsewhere on the page"))
        if head[0] in _PARTICLES and rjieba.cut(head)[0] == head[0]:
            signs.append((1.0, "it cannot begin a sentence"))
        return signs

    def _recurring(self, tail: str, head: str) -> int:
        """Return how many characters across the cut stand elsewhere on the page as they would stand here."""
        best = 0
        shapes = [(2, 1), (1, 2)]
        while shapes:
            left, right = shapes.pop()
            if left > min(4, len(tail)) or right > min(4, len(head)) or not self._stands(tail[-left:] + head[:right]):
                continue
            best = max(best, left + right)
            shapes += [(left + 1, right), (left, right + 1)] if best < 8 else []
        return best

    def _stands(self, piece: str) -> bool:
        if piece not in self._recurs:
            self._recurs[piece] = piece in self._page
        return self._recurs[piece]

    @staticmethod
    def _spanning(word: str, tag: str, tail: str, head: str, cut: int) -> tuple[float, str]:
        """Weigh a word across the cut: more where its halves are no words by themselves."""
        reason = f"the word {word[:cut]}|{word[cut:]} spans the cut"
        known = len(rjieba.cut(word, hmm=False)) == 1
        halves = (rjieba.cut(tail)[-1], rjieba.cut(head)[0])
        broken = sum(len(half) == 1 and half not in _WANTS_MORE for half in halves)
        if not known:
            score = 2.5 if tag.startswith("nr") else 1.0
        elif len(word) >= 3:
            score = 5.0
        else:
            score = 2.0 + broken
        return score, reason


def _closes_first(text: str) -> bool:
    """Whether a quotation, a title or a bracket is closed before any is opened."""
    for opening, closing in ("“”", "《》", "（）", "()", "‘’"):
        at = text.find(closing)
        if at >= 0 and not 0 <= text.find(opening) < at:
            if closing in ")）" and re.match(r"[（(]?[\d一二三四五六七八九十a-zA-Z]{1,2}[)）]", text):
                continue
            return True
    return False


def _pairs(left: Edge, right: Edge) -> list[tuple[float, str]]:
    """Do the quotation marks, titles and brackets that one leaves open close in the other?"""
    signs: list[tuple[float, str]] = []
    for i, (weight, name) in enumerate(((6.0, "quotation"), (5.0, "quotation"), (5.0, "title"), (4.0, "bracket"))):
        opens, closes = left.opened[i] > 0, _first_mark(right.text, i) < 0
        if opens and closes:
            signs.append((weight, f"a {name} is closed"))
        elif opens and _first_mark(right.text, i) > 0:
            signs.append((-3.0, f"a {name} would stay open"))
        elif closes:
            signs.append((-7.0, f"a {name} is closed that was not opened"))
    if left.straight and right.straight:
        signs.append((4.0, "a quotation is closed"))
    elif left.straight != right.straight:
        signs.append((-1.0, "a quotation stays open"))
    return signs


def _first_mark(text: str, kind: int) -> int:
    """Return 1 when the first mark of a kind opens, -1 when it closes, 0 when there is none."""
    opening, closing = ("“”", "‘’", "《》", "（）")[kind]
    first, last = text.find(opening), text.find(closing)
    if last >= 0 and (first < 0 or last < first):
        if kind == 3 and last <= 3:
            return 0
        return -1
    return 1 if first >= 0 else 0
