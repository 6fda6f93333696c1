"""Lists of all things of a class, in the order of their names, a letter of pinyin at a time.

The order is that of GB 2312: its first level, the 3,755 most frequent characters, lies by pinyin; the rest follows by
radical and stroke. No table of readings is needed for that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from exports.portal.frame import Front, Links, both, name_of, shell
from exports.portal.records import Known
from exports.portal.words import CLASSES, Words
from kg.io.markup import Markup, element

__all__ = ["EACH", "initial", "list_page", "list_pages", "sort_key"]

EACH = 500  # names on one page

_LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
_FIRST = tuple(one.encode("gb2312") for one in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝")
_LAST = bytes((0xD7, 0xF9))  # the last of the first level
_OPENING = "“‘《「『（(【〈\"' "


def sort_key(name: str) -> tuple[str, bytes, str]:
    """Return what names are sorted by: the letter, those without one last, then GB 2312; opening marks do not count."""
    letter = initial(name)
    return "~" if letter == "#" else letter, _bare(name).encode("gb18030", "replace"), name


def _bare(name: str) -> str:
    return name.lstrip(_OPENING) or name


def initial(name: str) -> str:
    """Return the letter a name is found under, # where it has none."""
    first = _bare(name)[:1] or " "
    if first.isascii():
        return first.upper() if first.isalpha() else "#"
    code = first.encode("gb18030", "replace")
    if len(code) != 2 or not _FIRST[0] <= code <= _LAST:
        return "#"
    return _LETTERS[bisect_right(_FIRST, code) - 1]


def list_pages(things: Sequence[Known]) -> Iterator[tuple[str, Sequence[Known], dict[str, str]]]:
    """Yield the pages of a class: file, what it lists, and in which file each letter begins."""
    ordered = sorted(things, key=lambda one: (sort_key(one.name), one.key))
    files = {at: _file(at // EACH) for at in range(0, max(len(ordered), 1), EACH)}
    letters: dict[str, str] = {}
    for at, one in enumerate(ordered):
        letters.setdefault(initial(one.name), _file(at // EACH))
    for at, file in files.items():
        yield file, ordered[at : at + EACH], letters


def _file(number: int) -> str:
    return f"{number + 1}.html" if number else "index.html"


def list_page(
    kind: str,
    file: str,
    files: Sequence[str],
    things: Sequence[Known],
    total: int,
    letters: dict[str, str],
    hint: Callable[[Known], str],
    links: Links,
    front: Front,
) -> str:
    """Return one page of the list of a class; `hint` gives what stands beside a name."""
    words = CLASSES.get(kind, Words(kind, kind))
    crumbs = [(both(Words("首页", "Home")), links.site("")), (both(words), "")]
    content = [
        element("h1", both(words), " ", element("small", f"{total:,}")),
        _letters(letters, file),
        *(
            _section(letter, list(group), links, hint)
            for letter, group in groupby(things, key=lambda one: initial(one.name))
        ),
    ]
    if len(files) > 1:
        at = files.index(file)
        near = sorted({0, *range(max(0, at - 3), min(len(files), at + 4)), len(files) - 1})
        turns = [
            element("b", str(one + 1), aria_current="page")
            if one == at
            else element("a", str(one + 1), href=files[one])
            for one in near
        ]
        content.append(element("nav", *turns, cls="parts", aria_label="各页 · Pages"))
    return shell(words.zh, content, links, front, crumbs=crumbs)


def _letters(letters: dict[str, str], file: str) -> Markup:
    items = [
        element("a", letter, href=f"{'' if where == file else where}#{_anchor(letter)}")
        for letter, where in letters.items()
    ]
    return element("nav", *items, cls="letters", aria_label="拼音首字母 · Initials")


def _anchor(letter: str) -> str:
    return "other" if letter == "#" else letter


def _section(letter: str, things: Sequence[Known], links: Links, hint: Callable[[Known], str]) -> Markup:
    items = []
    for one in things:
        beside = hint(one)
        named = element("a", name_of(one.name), href=links.page(one.key))
        items.append(element("li", named, element("small", name_of(beside)) if beside else ""))
    return element(
        "section", element("h2", letter), element("ul", *items, cls="names"), id=_anchor(letter), cls="letter"
    )
