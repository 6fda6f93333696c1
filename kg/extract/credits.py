"""Who is credited with the report: reporters, correspondents, photographers, and names alone at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract import digest, lexicon
from kg.extract.reading import Reading, known
from kg.extract.spans import Credit

__all__ = ["credits", "has_surname"]


_ROLE = re.compile(
    r"(?:全媒体|首席|特约|见习|实习|本报|本网|驻[\u4e00-\u9fff]{2,4})*(?:记者|通讯员|报道员|信息员|撰稿人|实习生)|作者|撰文|采写|摄影报道|文图|图文|文/图|图/文|文/摄影|文/摄|摄影/|文/|图/|/文|/图|/摄影|/摄|摄影|摄|供图|供稿"
)
_PAREN = re.compile(r"[（【\[]([^（）【】\[\]\n。]{2,90})[）】\]]")
_LINE = re.compile(
    r"(?m)^[■□◎○●◇◆★☆▲△\s]*((?:[\u4e00-\u9fffA-Za-z—\-/（）“”：· ]{0,26})?(?:记者|通讯员|作者|撰稿|采写|文|"
    r"摄影|图)[^。\n]{0,60}|[^。\n]{2,30}(?:摄影报道|摄|供图|报道|文|/图))$"
)
_LEAD = re.compile(
    r"(?m)^(?:[\u4e00-\u9fffA-Za-z0-9—\-·]{0,14}(?:讯|电|消息)) ?(?:全媒体|首席|特约|见习|实习|"
    r"本报)?(?:记者|通讯员)([^。，\n]{2,50}?)(?:报道|文|摄)?(?=[ 　）。，]|(?=\d+月)|$)"
)
# 通讯员A 9月29日，…: in front of the first sentence, without a sign of the paper
_OPENS = re.compile(
    r"(?m)^((?:本报|本网)?(?:记者|通讯员) ?[\u4e00-\u9fff]{2,4}(?:[ 、](?:通讯员 ?)?[\u4e00-\u9fff]{2,4}){0,3})"
    r"(?: *(?=\d{1,4}[年月]|近日|日前)| +(?=[\u4e00-\u9fff“]))"
)
_TAIL = re.compile(r"(?m)[。）” ]([\u4e00-\u9fff]{2,4}(?:[、 ][\u4e00-\u9fff]{2,4}){0,3}) ?(?:摄影报道|摄影|摄|供图)$")
# …合影。本报记者 A 本报通讯员 B 摄: behind the last sentence of a line
_TAIL_ROLES = re.compile(
    r"(?m)(?<=[。！？”]) ?((?:本报|本网)?(?:全媒体|首席|特约|见习)?(?:记者|通讯员)[ /：][^。，\n]{2,50})$"
)
# names alone: behind □, or at the end of the report in brackets, with the writer's employer or without
_SIGNED = re.compile(r"(?m)^[□■◎○●◇◆★☆▲△]\s*([\u4e00-\u9fff]{2,4}(?: [\u4e00-\u9fff]{2,4}){0,3})(?: ?报道)?$")
# （A）3月6日，…: a name in brackets opens the report
_OPENED = re.compile(
    r"(?m)(?:^|讯|电|消息)（([\u4e00-\u9fff]{2,5}(?:[ 、][\u4e00-\u9fff]{2,5}){0,3})）(?=[\u4e00-\u9fff\d])"
)
# 党群工作部 A: the writer and the office he or she writes from, alone on the last line
_FROM_OFFICE = re.compile(
    r"\n(?:（)?(?:(?:供稿|稿件来源|来稿|撰稿)(?:单位)?：? ?)?[\u4e00-\u9fff（）]{2,20}"
    r"(?:部|处|科|室|工会|公司|集团|中心|学校|学院|医院|局|办|站|段|矿|厂) "
    r"([\u4e00-\u9fff]{2,3}(?:[ 、][\u4e00-\u9fff]{2,3}){0,3})(?:）)?\s*$"
)
# （文：A 图：B 审核：C）; （X总工会 A 供稿）
_LABELLED = re.compile(
    r"(?<=[（ \n/|\d])(文|图|文字|图片|图文|摄影|拍摄|撰稿|撰文|作者|采写|摄|供稿|投稿|来稿|报送|供图|拟稿人?|记者|"
    r"通讯员)[：|]"
    r"([\u4e00-\u9fff]{2,3}(?:[，、][\u4e00-\u9fff]{2,3})*)(?=[ ）\n、/|]|$)"
)
# 作者：A/文 B/图
_SLASHED = re.compile(r"(?<=[（ \n：\d])([\u4e00-\u9fff]{2,3})/(文|图|摄|摄影|图文|文图)(?=[ ）\n]|$)")
_PART = re.compile(r"[^，、]+")
_SENT_IN = re.compile(r"[（ ]([\u4e00-\u9fff]{2,3}(?:[ 、][\u4e00-\u9fff]{2,3})*) ?(?:供稿|报道|报送)(?=[ ）\n]|$)")
# 通讯员A、B 报道：…: in front of the text
_REPORTS = re.compile(r"(?m)^[^。\n（）“”]{0,30}?((?:本报|本网)?(?:记者|通讯员)[^。，\n：]{2,40}?报道)：")
# A at the very end, behind the last sentence; [A]; （A 本报记者 B）; 图片由A提供
# （A）at the end of an item of a digest
_ITEM_END = re.compile(r"(?m)(?<=[。！？”])（([\u4e00-\u9fff]{2,4}(?:[ 、][\u4e00-\u9fff]{2,4}){0,3})）$")
_LAST_WORD = re.compile(r"(?<=[。！？”])\n?[\[【]?([\u4e00-\u9fff]{2,3}(?:[ 、][\u4e00-\u9fff]{2,3}){0,2})[\]】]?\s*$")
_BESIDE = re.compile(r"（([\u4e00-\u9fff]{2,3}(?:[ 、][\u4e00-\u9fff]{2,3})*) (?=本报(?:记者|通讯员))")
_GIVEN = re.compile(r"(?:图片|照片|图)由([\u4e00-\u9fff]{2,3})(?:提供|摄)")
_SOURCE = re.compile(
    r"\n(?:信息来源|稿件来源|来源)：[\u4e00-\u9fff]{2,20} ([\u4e00-\u9fff]{2,3}(?:[ 、][\u4e00-\u9fff]{2,3})*)\s*$"
)
_SIGNED_END = re.compile(
    r"（(?:[^（）。，]{2,24} )??([\u4e00-\u9fff]{2,3}(?:(?:[ 、]| ?/ ?)[\u4e00-\u9fff]{2,3}){0,3}|"
    r"[\u4e00-\u9fff] [\u4e00-\u9fff](?: ?[/、] ?[\u4e00-\u9fff](?: ?[\u4e00-\u9fff]){1,2})*)）\s*$"
)
_OWN_ROLES = ("记者", "通讯员", "供图", "供稿")
_NO_NAMES = ("本报", "本网", "记者", "通讯", "见习", "特约", "实习", "全媒", "首席", "作者", "文")
_EDITOR = re.compile(
    r"编辑|责编|审核|校对|[初复终一二三监]审|编审|编发|制作|排版|来源|监制|时间|日期|阅读|浏览|字号|点击"
)
_SEPARATOR = re.compile(r"[ 、，；/|—\-：]+")


# 桂楚平 罗依依: a line of names between the headline and the text; 作者：A来源：…
_NAMES_ALONE = re.compile(r"(?m)^([\u4e00-\u9fff]{2,3}(?: [\u4e00-\u9fff]{2,3}){0,3})$")
_AUTHOR = re.compile(r"(?:作者|撰稿人?|文)：([\u4e00-\u9fff]{2,3})(?=来源|时间|日期|编辑|发布|审核|摄影)")
_LIKELY = 3.0
_TOP_LINES = 160  # characters at the top of an article in which the writer is named
# 蓝岸网 逄志国 通讯员 …: who writes for the paper needs no 记者
_PAPER = re.compile(r"[网报台社体端] ([\u4e00-\u9fff]{2,3}(?:[ 、][\u4e00-\u9fff]{2,3})*) $")
_CREDITS = re.compile(r"记者|通讯员|作者|摄|撰稿|实习生|文/|/文|供图")
_TELLS = re.compile(r"[，！？]|了|是|在")


def credits(reading: Reading) -> list[Credit]:
    """Find the reporters, correspondents and photographers in lead brackets and credit lines."""
    text = reading.text
    plain: list[Credit] = []
    spans = [m.span(1) for m in _PAREN.finditer(text) if _CREDITS.search(m.group(1))]
    spans += [m.span(1) for m in _LINE.finditer(text) if len(m.group(1)) <= 60 and not _TELLS.search(m.group(1))]
    spans += [
        (text.index("讯" if "讯" in m.group() else m.group()[-1], m.start()), m.end()) for m in _LEAD.finditer(text)
    ]
    spans += [(m.start(1), m.end()) for m in _TAIL.finditer(text)]
    spans += [m.span(1) for pattern in (_REPORTS, _OPENS, _TAIL_ROLES) for m in pattern.finditer(text)]
    for pattern in (_OPENED, _FROM_OFFICE):
        for match in pattern.finditer(text):
            if _CREDITS.search(match.group(1)):
                continue
            plain += [Credit(a, b, "作者") for a, b in _people_in(reading, *match.span(1))]
    for match in _ITEM_END.finditer(text):
        names = re.split("[ 、]", match.group(1))
        if all(_odds(name) >= _LIKELY or lexicon.foreign_name().fullmatch(name) for name in names):
            plain += [Credit(a, b, "作者") for a, b in _people_in(reading, *match.span(1))]
    for match in _LAST_WORD.finditer(text):
        names = re.split("[ 、]", match.group(1))
        if all(lexicon.name_odds(name) >= _LIKELY + 1 for name in names):
            plain += [Credit(a, b, "作者") for a, b in _people_in(reading, *match.span(1))]
    for pattern, role in ((_BESIDE, "作者"), (_SOURCE, "作者"), (_GIVEN, "供图")):
        for match in pattern.finditer(text):
            plain += [Credit(a, b, role) for a, b in _people_in(reading, *match.span(1))]
    for match in _AUTHOR.finditer(text):
        plain += [Credit(a, b, "作者") for a, b in _people_in(reading, *match.span(1))]
    for match in _NAMES_ALONE.finditer(text, reading.headline[1]):
        names = match.group(1).split(" ")
        if match.start() <= _TOP_LINES and all(lexicon.name_odds(name) >= _LIKELY for name in names):
            plain += [Credit(a, b, "作者") for a, b in _people_in(reading, *match.span(1))]
    for match in _SIGNED.finditer(text):
        if match.group(1).startswith(_NO_NAMES):
            continue
        plain += [Credit(a, b, "作者") for a, b in _people_in(reading, *match.span(1))]
    for match in _LABELLED.finditer(text):
        label = match.group(1)
        role = "摄" if label in ("图", "图片", "摄影", "摄", "拍摄") else label if label in _OWN_ROLES else "作者"
        plain += [Credit(part.start(), part.end(), role) for part in _PART.finditer(text, *match.span(2))]
    for match in _SLASHED.finditer(text):
        role = "作者" if "文" in match.group(2) else "摄"
        plain += [Credit(a, b, role) for a, b in _people_in(reading, *match.span(1))]
    for match in _SENT_IN.finditer(text):
        plain.extend(Credit(a, b, "作者") for a, b in _people_in(reading, *match.span(1)))
    end_signed = _SIGNED_END.search(text)
    if end_signed and not re.search(r"记者|通讯员|摄|供图|供稿|编辑", end_signed.group()):
        plain += [Credit(a, b, "作者") for a, b in _people_in(reading, *end_signed.span(1))]
    plain += _bylines(reading)
    for low, high in digest.signatures(text, reading.body):
        plain += [Credit(a, b, "作者") for a, b in _people_in(reading, low, high)]
    spans = [span for span in spans if span[0] >= reading.headline[1] or span[1] <= reading.headline[0]]
    found: dict[tuple[int, int], Credit] = {(c.start, c.end): c for c in plain}
    for start, end in spans:
        for credit in _names(reading, start, end):
            found.setdefault((credit.start, credit.end), credit)
    return [found[key] for key in sorted(found)]


_NEAR = 160  # characters at the top or the end of an article in which a byline stands


def _bylines(reading: Reading) -> Iterator[Credit]:
    """The names that cutting the page found to be of the byline, where they stand."""
    text = reading.text
    for byline in reading.article.byline:
        if _EDITOR.search(byline.role) or not byline.role or not _personal(byline.name):
            continue
        for at in (text.find(byline.name, 0, reading.body + _NEAR), text.rfind(byline.name, max(0, len(text) - _NEAR))):
            if at >= 0 and _IN_CREDIT.search(text, max(0, at - 24), at):
                yield Credit(at, at + len(byline.name), byline.role)
                break


def _odds(name: str) -> float:
    """How likely a name is, whatever family it is of: one in brackets at an end is rarely anything else."""
    return max(lexicon.name_odds(name), lexicon.given_odds(name) - 1 if has_surname(name) else -9.0)


def _personal(name: str) -> bool:
    """Whether a byline's name is one by its characters."""
    likely = lexicon.name_odds(name.replace(" ", "")) >= 0 or lexicon.foreign_name().fullmatch(name) is not None
    return likely and name not in lexicon.words("noname")


_IN_CREDIT = re.compile(r"(?:[（(【\[■□◎○●：/|\n]|记者|通讯员|作者|文|摄|图)[\u4e00-\u9fff 、/·]*$")


def _names(reading: Reading, start: int, end: int) -> Iterator[Credit]:
    text = reading.text
    roles = list(_ROLE.finditer(text, start, end))
    paper = _PAPER.search(text, start, roles[0].start()) if roles else None
    if paper is not None and roles[0].group() == "通讯员":
        for a, b in _people_in(reading, *paper.span(1)):
            yield Credit(a, b, "记者")
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
        editor = _EDITOR.search(text, match.end(), stop)
        stop = editor.start() if editor else stop
        for a, b in _people_in(reading, match.end(), stop):
            yield Credit(a, b, role)


_APART = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff] [\u4e00-\u9fff](?![\u4e00-\u9fff])")


def _people_in(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    text, at = reading.text, start
    for apart in _APART.finditer(text, start, end):  # 米 乐: two characters set as wide as three
        if has_surname(apart.group()[0]):
            yield apart.span()
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
        elif lexicon.foreign_name().fullmatch(chunk):
            yield at, at + len(chunk)
        elif re.fullmatch(r"[\u4e00-\u9fff]{2,4}", chunk) and (
            has_surname(chunk) and (len(chunk) < 4 or chunk[:2] in lexicon.surnames())
        ):
            yield at, at + len(chunk)
        elif re.fullmatch(r"[\u4e00-\u9fff]{2,3}", chunk) and not known(chunk):
            yield at, at + len(chunk)  # a family name the table lacks
        elif spaced and re.fullmatch(r"[\u4e00-\u9fff]{3,6}", chunk) and not known(chunk):
            yield at, at + len(chunk)
        elif re.fullmatch(r"[\u4e00-\u9fff]{4,6}", chunk):
            for cut in (3, 2):  # two names without a blank between them
                one, two = chunk[:cut], chunk[cut:]
                if 2 <= len(two) <= 3 and has_surname(one) and has_surname(two):
                    yield at, at + cut
                    yield at + cut, at + len(chunk)
                    break
        elif re.fullmatch(r"[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,6})+", chunk):
            yield at, at + len(chunk)
        at = stop


_OFFICE_END = ("科", "部", "处", "办", "室", "社", "局", "工会", "公司", "集团", "网", "报", "中心", "学校", "医院")


def has_surname(name: str) -> bool:
    """Whether the name starts with a family name and goes on behind it, if that has two characters."""
    table = lexicon.surnames()
    return name[:2] in table and len(name) > 2 or name[:1] in table
