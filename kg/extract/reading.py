"""One article made ready for the rules: folded text, tokens, sentences, quotations, district names.

A `Reading` is built once and read by every proposer and every rule; nothing changes it afterwards.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache, lru_cache
from itertools import accumulate
from operator import attrgetter, itemgetter

import rjieba
from ahocorasick_rs import AhoCorasick, MatchKind

from kg.extract import lexicon
from kg.extract.mend import mend
from kg.extract.record import record
from kg.model import Article
from kg.text import Folded, fold, quotations, sentences
from ontology import divisions

__all__ = ["DistrictHit", "Matcher", "Reading", "everywhere", "known", "read"]


class Matcher:
    """Leftmost-longest search for any of many words (Aho-Corasick)."""

    def __init__(self, words: frozenset[str] | set[str]) -> None:
        self.words = sorted(words)
        self._automaton = AhoCorasick(self.words, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, word), in order, not overlapping."""
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            yield start, end, self.words[index]


_FEW = 64  # words for which as many searches take less time than one for all of them


def everywhere(text: str, words: Iterable[str]) -> dict[str, list[int]]:
    """All places where each of the words starts; a long text is read a few times, however many words there are."""
    places: dict[str, list[int]] = {word: [] for word in words}
    if len(places) > _FEW:
        listed = list(places)
        automaton = AhoCorasick(listed)
        for index, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):
            places[listed[index]].append(start)
        return places
    for word, found in places.items():
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    return places


@record
class DistrictHit:
    """A district name in the folded text; `codes` are what it may be, `short` that its class word is missing."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]
    short: bool


@record
class Reading:
    """All offsets are into `text`, the folded form of `article.text`."""

    article: Article
    folded: Folded
    text: str
    sentences: tuple[tuple[int, int], ...]
    quotes: tuple[tuple[int, int], ...]
    districts: tuple[DistrictHit, ...]
    by_start: Mapping[int, DistrictHit]  # the districts by where they start
    by_end: Mapping[int, DistrictHit]
    starts: tuple[int, ...]
    words: tuple[str, ...]
    tags: tuple[str, ...]
    tokens: tuple[int, ...]  # for each character the index of its token
    body: int
    headline: tuple[int, int]
    name_ends: dict[int, tuple[int, int]] = field(default_factory=dict)  # where names may end, as far as asked for
    _found: dict[Matcher, tuple[tuple[int, int, str], ...]] = field(default_factory=dict)

    def found(self, matcher: Matcher) -> Sequence[tuple[int, int, str]]:
        """What the matcher finds in the text; looked for once, whoever asks."""
        if matcher not in self._found:
            self._found[matcher] = tuple(matcher.find(self.text))
        return self._found[matcher]

    def token_at(self, position: int) -> int:
        """Index of the token that holds `position`."""
        return self.tokens[position] if position < len(self.tokens) else len(self.starts) - 1

    def is_boundary(self, position: int) -> bool:
        """Whether a token starts (or the text ends) at `position`."""
        if position >= len(self.text):
            return True
        return self.starts[self.tokens[position]] == position

    def sentence_of(self, position: int) -> tuple[int, int]:
        """The sentence that holds `position` (an empty one there, where none does)."""
        at = bisect_right(self.sentences, position, key=_end_of)
        if at < len(self.sentences) and self.sentences[at][0] <= position:
            return self.sentences[at]
        return position, position

    def in_quote(self, start: int, end: int) -> tuple[int, int] | None:
        """The quotation (inner span) that holds the span whole, if any."""
        at = bisect_right(self.quotes, start, key=_start_of)
        return self.quotes[at - 1] if at and end <= self.quotes[at - 1][1] else None

    def quotes_in(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The quotations that lie in text[start:end], in order."""
        first = bisect_left(self.quotes, start, key=_start_of)
        return self.quotes[first : bisect_right(self.quotes, end, lo=first, key=_end_of)]

    def districts_in(self, start: int, end: int) -> tuple[DistrictHit, ...]:
        """The district names that lie in text[start:end], in order."""
        first = bisect_left(self.districts, start, key=_starts)
        return self.districts[first : bisect_right(self.districts, end, lo=first, key=_ends)]

    def district_at(self, position: int) -> DistrictHit | None:
        """The district name that holds the character at `position`, if any."""
        at = bisect_right(self.districts, position, key=_starts)
        return self.districts[at - 1] if at and position < self.districts[at - 1].end else None


# spans and district names do not overlap, so that their ends are in order as their starts are
_start_of, _end_of = itemgetter(0), itemgetter(1)
_starts, _ends = attrgetter("start"), attrgetter("end")


@lru_cache(maxsize=65536)
def known(word: str) -> bool:
    """Whether the tokenizer has the word in its dictionary; a word it made up is likely a name, whatever its tag."""
    return rjieba.has_word(word)


def read(article: Article) -> Reading:
    """Fold, tokenize and cut `article.text`."""
    folded = mend(fold(article.text))
    text = folded.text
    words, tags = zip(*_and_county(text, rjieba.tag(text)), strict=True) if text else ((), ())
    starts = (0, *accumulate(map(len, words[:-1]))) if words else ()
    tokens = tuple([index for index, word in enumerate(words) for _ in word])
    body = folded.at(article.body_start) if article.body_start < len(article.text) and text else 0
    if article.body_start == 0:
        body = 0
    headline = (0, 0)
    if article.headline and not article.headline_made:
        at = article.text.find(article.headline)
        if at >= 0 and at < max(article.body_start, 1):
            headline = (folded.at(at), folded.at(at + len(article.headline) - 1) + 1)
    districts = tuple(_supported(text, _all_districts(text, words, starts, tags), article.home))
    return Reading(
        article=article,
        folded=folded,
        text=text,
        sentences=tuple(sentences(text)),
        quotes=tuple(q for q in quotations(text)),
        districts=districts,
        by_start={hit.start: hit for hit in districts},
        by_end={hit.end: hit for hit in districts},
        starts=starts,
        words=words,
        tags=tags,
        tokens=tokens,
        body=body,
        headline=headline,
    )


_AND_COUNTY = re.compile(r"(?<=[司会团厂局院校所站园馆心部])和[县硕静政顺龙](?!县)")


def _and_county(text: str, tagged: list[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """A公司|和|县文化馆: behind a body 和县 is no county of that name."""
    spots = {match.start() for match in _AND_COUNTY.finditer(text)}
    return _parted(tagged, spots) if spots else tagged


def _parted(tagged: list[tuple[str, str]], spots: set[int]) -> Iterator[tuple[str, str]]:
    at = 0
    for word, tag in tagged:
        if at in spots and len(word) == 2:
            yield from (("和", "c"), (word[1], "n"))
        else:
            yield word, tag
        at += len(word)


@cache
def _gazetteer() -> tuple[Matcher, dict[str, tuple[tuple[str, ...], bool]]]:
    table: dict[str, tuple[tuple[str, ...], bool]] = {}
    for name, codes in divisions.short_names().items():
        table[name] = (tuple(codes), True)
    for name, codes in divisions.all_names().items():
        # a street-level row without a class word is a farm, a bureau, a plant: no district to a reader
        if name in table and name not in _CLASSLESS and not name.endswith(_CLASS):
            continue
        if name in table and not any(divisions.by_code(code).name == name for code in codes):
            continue  # 景德镇 is short for 景德镇市
        if name.endswith(_CLASS) and (len(name) >= 3 or (len(name) == 2 and name[1] in "县旗")):
            table[name] = (tuple(codes), False)
    return Matcher(set(table)), table


@cache
def _signs() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """A city called by one character where something is held: 在杭举行, 在京正式启动."""
    table = {sign: tuple(d.code for d in divisions.named(city)) for sign, city in lexicon.rows("city-signs")}
    holds = lexicon.verb_pattern("hold")
    return re.compile(rf"(?<=在)[{''.join(table)}](?=(?:{lexicon.manner_pattern()})*(?:{holds}))"), table


_CLASS = ("省", "市", "区", "县", "旗", "州", "盟", "镇", "乡", "街道", "地区", "苏木", "新城")
_CLASSLESS: frozenset[str] = frozenset()
# behind a bare stem these make the name of a road, a station, a school, a firm's quarter …: not the district itself
_NOT_AFTER_STEM = re.compile(
    r"\d|(?:[东西南北中]?[一二三四五六七八九十]?(?:路|街|大街|大道|胡同|桥|站|口|门|巷|里|河|湖|山|寺|庙|塔|村)(?!道))|"
    r"(?:工人|劳动|职工|日|晚|晨|早|商|青年|妇女|法[制治]|经济|农村|农民|都市|科技|教育|消费|电力|交通|工运|政协|老年|画)报|"
    r"[市区县省州]直|[\u4e00-\u9fff]{0,5}(?:制梁场|梁场|拌合站|搅拌站|项目部|工区|标段|代表队)|"
    r"电视台|广播|卫视|新闻网|港(?![澳式])|机场|高铁|火车"
)


_JOINING = ("联合", "合作", "协同", "携手", "会同")
_BODY_END = tuple("会司局委院团部校厂处心所")


def _all_districts(
    text: str, words: tuple[str, ...], starts: tuple[int, ...], tags: tuple[str, ...]
) -> list[DistrictHit]:
    """The districts by name and, where none of these stands, the cities by sign."""
    found = list(_districts(text, words, starts, tags))
    pattern, codes = _signs()
    signs = [DistrictHit(m.start(), m.end(), m.group(), codes[m.group()], True) for m in pattern.finditer(text)]
    if not signs:
        return found
    taken = {position for hit in found for position in range(hit.start, hit.end)}
    return sorted([*found, *(hit for hit in signs if hit.start not in taken)], key=_starts)


def _districts(
    text: str, words: tuple[str, ...], starts: tuple[int, ...], tags: tuple[str, ...]
) -> Iterator[DistrictHit]:
    matcher, table = _gazetteer()
    start_set = set(starts)
    last_end = -1
    found = list(matcher.find(text))
    listed = {start for start, _, name in found if name.endswith(("镇", "乡", "街道"))}
    for start, end, name in found:
        if start < last_end:
            continue
        codes, short = table[name]
        if short and (town := _TOWN.match(text, end)) is not None and end in start_set:
            # 河南|镇: a town of that name, not the province
            yield DistrictHit(start, town.end(), text[start : town.end()], (), False)
            last_end = town.end()
            continue
        if name.startswith(_JOINING) and text[start - 1 : start] in _BODY_END:
            continue  # 工会|联合镇人社所
        on_token = start in start_set
        if len(name) == 2 and not short and start != last_end:
            # 环县, 和县: only as a token of its own or behind the place they lie in
            index = bisect_right(starts, start) - 1
            named = on_token and end in start_set and tags[index] == "ns"
            if not named and not (text.startswith("总工会", end) and text[start - 1 : start] in _IN_FRONT):
                continue
        if not on_token and start != last_end:
            # inside a token: only where the token before it ends with something glued on (由|市, 来自|…)
            index = bisect_right(starts, start) - 1
            if short or text[starts[index] : start] not in _GLUED:
                continue
        if short:
            if end not in start_set and end < len(text):
                continue
            if start != last_end and _within_name(start, words, starts, tags):
                continue
            if _NOT_AFTER_STEM.match(text, end):
                continue
        elif end < len(text) and end not in start_set and len(name) >= 3:
            # 北京市|政路桥: the class word belongs to the next word
            index = bisect_right(starts, end) - 1
            word = text[starts[index] : starts[index + 1] if index + 1 < len(starts) else len(text)]
            if word[1:].startswith("直"):
                continue  # 九江|市直机关
            if starts[index] == end - 1 and starts[index] > start and name[:-1] in table and known(word):
                shorter, _ = table[name[:-1]]
                yield DistrictHit(start, end - 1, name[:-1], shorter, True)
                last_end = end - 1
                continue
        yield DistrictHit(start, end, name, codes, short)
        last_end = end
        if name.endswith(("镇", "乡", "街道")):
            while (other := _NEXT_TOWN.match(text, last_end)) is not None and other.start(1) not in listed:
                # 协合乡、X街道: in a row of towns, one that the table lacks
                yield DistrictHit(*other.span(1), other.group(1), (), False)
                last_end = other.end(1)
        if name.endswith(("区", "县", "市", "旗")):
            street = _STREET.match(text, end)
            if street and not any(text.startswith(word, end) for word in _NO_STREET):
                # a street the table lacks, known by standing between its district and its class word
                yield DistrictHit(end, street.end(), street.group(), (), False)
                last_end = street.end()


_STREET = re.compile(
    r"(?!各|多个|全部|所有|有关|相关|部分|首[个家批]|每个|[一二两三四五六七八九十几\d]+(?:个|余个))(?:(?:(?![区县市旗])[\u4e00-\u9fff]){1,5}?街道|(?:(?![区县市旗])[\u4e00-\u9fff]){2,4}?(?:镇|乡(?!镇)))(?!企业|村|级|情|土|愁|政府机关)"
)


def _within_name(start: int, words: tuple[str, ...], starts: tuple[int, ...], tags: tuple[str, ...]) -> bool:
    """Whether a word that the tokenizer does not know stands in front and a noun or a verb behind: 海川|黄埔|修造."""
    index = bisect_right(starts, start) - 1
    if not 0 < index < len(words) - 1 or starts[index] != start:
        return False
    before, behind = words[index - 1], index + 1
    made_up = len(before) == 2 and not known(before) and "\u3400" <= before[0] <= "\u9fff"
    return (
        made_up and not _LEADS_TO.search(before) and tags[behind] in ("n", "v", "vn", "nz") and len(words[behind]) == 2
    )


_LEADS_TO = re.compile(r"[于在到从自至由和与及的了是为向对赴往去抵经过日月年时天届次]")
_TOWN = re.compile(r"(?:[镇乡](?![村级域容区企亲土情愁政长民间])|街道(?![上办两]))(?=[、，。；的等党总工人政]|$|\n)")
_OF_TOWN = "办事处|人民政府|政府|党委|党工委|工委"  # what of a town may stand in a row in its place
_NEXT_TOWN = re.compile(
    rf"(?:{_OF_TOWN})?(?:、|和|与|及)((?![各多全该本两三等])[\u4e00-\u9fff]{{2,4}}?(?:街道|[镇乡]))(?=[、，。；等]|和|与|及|{_OF_TOWN}|上门|的|开展|举)"
)
_IN_FRONT = frozenset(
    ("", *"与和同向对由在赴、，。；：“”（）—·\n\u3000 市州盟省")
)  # in front of a county of two characters
_GLUED = frozenset(
    "由 在 为 与 和 及 对 向 从 至 到 据 经 被 将 给 是 于 自 赴 往 来自 原 该 进 本 位于 前往 来到 走进 深入".split()
)
_NO_STREET = (
    "的",
    "与",
    "和",
    "及",
    "在",
    "为",
    "对",
    "向",
    "基层",
    "总工会",
    "工会",
    "下属",
    "所属",
    "内",
    "人民",
    "政府",
    "教育",
    "部分",
)

_HEAD_AFTER_STEM = re.compile(
    r"总?工会|经济|经开|开发区|工业园|高新|区委|县委|市委|教育|供电|税务|公安|法院|检察院|城区|籍|境内|全[区县]|各|当地"
)


def _supported(text: str, hits: list[DistrictHit], home: str) -> Iterator[DistrictHit]:
    """Leave out bare stems of counties (新兴, 互助, 东至) unless the article gives a reason to read them as places.

    Reasons: the full name stands elsewhere, a division above it stands anywhere in the article or is the home of the
    paper, or a head that districts have follows.
    """
    full = {code for hit in hits if not hit.short for code in hit.codes}
    wide = {code for hit in hits for code in hit.codes if len(code) <= 4 and hit.codes and len(hit.codes) <= 3}
    if home:
        wide |= {d.code for d in divisions.named(home)}
    for hit in hits:
        if hit.short and all(len(code) >= 6 for code in hit.codes):
            above = {code[:size] for code in hit.codes for size in (2, 4, 6) if size < len(code)}
            if not (full & set(hit.codes) or wide & above or _HEAD_AFTER_STEM.match(text, hit.end)):
                continue
        yield hit
