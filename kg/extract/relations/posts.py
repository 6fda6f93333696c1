"""The posts that people hold, are said to hold, or are elected to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from kg.extract import lexicon
from kg.extract.lexicon import one_of
from kg.extract.relations.claim import COREFERENCE, Claim
from kg.extract.scene import Node, Occurrence, Scene, most_named
from kg.extract.spans import Spans

__all__ = ["described", "elected", "roles"]

_RANKED = re.compile(r"(?:调研员|巡视员|主任科员|副主席|主席|党组成员|经审委主任|女工委主任|部长|副部长|委员)$")
_HOLDERS = ("TradeUnion", "Enterprise", "Organization", "Venue", "District")


def roles(scene: Scene) -> Iterator[Claim]:
    """Yield the posts that stand in front of names: A总工会副主席X."""
    text = scene.reading.text
    last: dict[int, Node] = {}  # end of a person -> the union his or her post is in
    for person, post, named in sorted(scene.posts, key=lambda item: item[1].person):
        body = named
        if body is None and text[post.start - 1 : post.start] in "、和" and _RANKED.search(post.title):
            body = last.get(post.start - 1)  # A总工会副主席X、二级调研员Y
        if body is None or body.type not in _HOLDERS:
            continue
        if body.type in ("TradeUnion", "Enterprise"):
            last[post.person[1]] = body
        start, end = scene.reading.sentence_of(post.person[0])
        stop, title = max(end, post.person[1]), (("title", post.title),)
        yield Claim(person, "hasRole", body, start, stop, "post-before-name", qualifiers=title)


_IS = re.compile(r"(?:，)?(?:现)?(?:是|系|为|任|担任)(?:了)?")


@cache
def _said_title() -> re.Pattern[str]:
    titles = one_of(lexicon.titles("post") | lexicon.titles("weak"))
    return re.compile(rf"(?:的)?([\u4e00-\u9fff]{{0,6}}?(?:{titles}))(?=[，。、；]|兼)")


def described(scene: Scene) -> Iterator[Claim]:
    """罗某，是X公司的钳工: the post said of a person."""
    text = scene.reading.text
    bodies = Spans((o.start, o.end, o) for o in scene.occurrences if o.node.type in ("TradeUnion", "Enterprise"))
    for o in scene.occurrences:
        link = _IS.match(text, o.end) if o.node.type == "Person" and o.named else None
        if link is None:
            continue
        for body in bodies.starting(link.end(), link.end() + 1):
            if body.named:
                found = _said_title().match(text, body.end)
                if found:
                    start, end = scene.reading.sentence_of(o.start)
                    title = (("title", found.group(1)),)
                    yield Claim(o.node, "hasRole", body.node, start, end, "post-said", qualifiers=title)


# ----------------------------------------------------------------------------------------------------------- elections

_ELECTED = re.compile(r"(?:当选|被选举|被推选|被推举|被聘)(?:为|了)?")
_ELECTS = re.compile(r"(?:推举|推选|选举|聘任|任命|选举产生|聘请)")
_AS = re.compile(r"(?:同志)?(?:为|担任|任)")
_NEXT = re.compile(r"[、和与及]?(?:分别)?")
_LONGEST_NEXT = 3
_NO_TITLE = re.compile(r"^(?:委员会|工会|联合会|集团工会|公司工会|大会|第[一二三四五六七八九十\d]+届)+")
_FOUNDED = re.compile(r"[^，。]{0,14}(?:成立|代表大会|揭牌|换届|第[一二三四五六七八九十\d]+届)")


@cache
def _elected_title() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A title behind 当选: first with the body's committee in front, then behind any few words."""
    titles = one_of(lexicon.titles("post"))
    committee = r"(?:党组|党委|第[一二三四五六七八九十\d]+届)?(?:[\u4e00-\u9fff]{0,10}?委员会)?"
    return re.compile(rf"{committee}(?:{titles})"), re.compile(rf"[\u4e00-\u9fff]{{0,14}}?(?:{titles})")


def elected(scene: Scene) -> Iterator[Claim]:
    """A当选主席，B、C当选副主席: posts in the body that elects; 推举A为秘书长."""
    text = scene.reading.text
    exact, loose = _elected_title()
    unions = [o for o in scene.occurrences if o.node.type == "TradeUnion"]
    elections = list(_elections(scene))
    founded = [u for u in unions if u.named and _FOUNDED.match(text[u.end : u.end + 18])] if elections else []
    for group, at, verb in elections:
        union = next(scene.of_type["TradeUnion"].starting(at, at + 4), None)
        position = union.end if union is not None else at
        found = exact.match(text, position) or loose.match(text, position)
        if found is None or "，" in found.group():
            continue
        body = union.node if union is not None else _electing(scene, unions, founded, verb, group)
        if body is None:
            continue
        start, end = scene.reading.sentence_of(verb)
        title = (("title", _NO_TITLE.sub("", found.group())),)
        for person in group:
            yield Claim(person.node, "hasRole", body, start, end, "elected", qualifiers=title, why=COREFERENCE)


def _elections(scene: Scene) -> Iterator[tuple[list[Occurrence], int, int]]:
    """Who is elected, where the title is to stand, and where the verb starts."""
    text = scene.reading.text
    people = [o for o in scene.occurrences if o.node.type == "Person"]
    for match in _ELECTED.finditer(text):
        group: list[Occurrence] = []
        at = match.start()
        for index in range(bisect_left(people, at, key=lambda p: p.start) - 1, -1, -1):
            p = people[index]
            if p.end < at - _LONGEST_NEXT:
                break
            if p.end <= at and _NEXT.fullmatch(text, p.end, at):
                group.append(p)
                at = p.start
            elif group and p.end <= at:
                break
        if group:
            yield group, match.end(), match.start()
    for match in _ELECTS.finditer(text):
        person = next(scene.of_type["Person"].starting(match.end(), match.end() + 25), None)
        if person is not None and "，" not in text[match.end() : person.start]:
            as_of = _AS.match(text, person.end)
            if as_of:
                yield [person], as_of.end(), match.start()


def _electing(
    scene: Scene, unions: list[Occurrence], founded: list[Occurrence], verb: int, group: list[Occurrence]
) -> Node | None:
    """The union whose congress elects: one that is founded or holds a congress here, else the one named most."""
    own = {id(body) for person in group for body in scene.bodies_of.get(person.node, ())}
    others = [u for u in founded if id(u.node) not in own] or founded
    if not others:
        others = [u for u in unions if u.end <= verb and id(u.node) not in own]
    return most_named(others).node if others else None
