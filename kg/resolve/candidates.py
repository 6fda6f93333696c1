"""Pairs of entities that may be one: what the grammar leaves open, for a person to decide.

Two entities are looked at where one has a sign that the other looks for: two characters in a row that both names have,
the first character of the name that a short form was made of, the name that an article calls the other by, the whole
name of a person. A sign that too many have tells nothing. So whether two are a candidate depends on the two, and on how
many have the signs of the two; and after a change (`again`) only those are looked at that changed themselves, or have
or look for a sign that too many have now, or no more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import add
from typing import NamedTuple

from kg.model import Candidate
from kg.resolve.joining import within
from kg.resolve.names import NameKey
from kg.resolve.score import compare, likeness, telling
from kg.text import normal

__all__ = ["Change", "Known", "Outline", "again", "candidates", "outline"]

LOWEST = 0.4  # below this a pair is not worth anybody's time
BLOCK = 60  # a sign that more entities have tells nothing
CALLED_SO = 0.8
NAMESAKES = 15  # people of one name; where there are more, sharing a paper tells nothing
FEW = 3
BRAND = 2  # characters of a name that is a brand and nothing else
_NAME = "name "  # in front of a sign that is a whole name

Load = Callable[[Collection[str]], Mapping[str, "Known"]]
_Ground = tuple[float, tuple[str, ...]]  # score and reasons


@dataclass(frozen=True, slots=True)
class Known:
    """An entity, its name as it is shown, the key of the name it goes by, and what else tells it from others.

    `called` are forms its articles use for it, folded; `bonds` whatever it shares with others: the organisers of an
    activity, papers and counties of a person. `times` tell the occurrences of an activity apart. All three are sorted.
    """

    id: str
    type: str
    name: str
    key: NameKey
    called: tuple[str, ...]
    bonds: tuple[str, ...]
    times: tuple[str, ...] = ()


class Outline(NamedTuple):
    """What the signs of an entity are made from, so small that a look over all of them takes no time.

    `text` is the part of its name that tells it from others, `written` that part as it is printed, `name` the whole
    name and `called` the forms that its articles use for it, a line each, all folded. Without `name` it has no signs.
    """

    id: str
    type: str
    text: str
    written: str
    name: str
    called: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the candidates: of those from before, all with an end among `touched` go; then `found` come, the
    likeliest first."""

    touched: frozenset[str]
    found: tuple[Candidate, ...]


def outline(known: Known) -> Outline:
    """Return the outline of an entity; it has no signs where nobody knows whose 市总工会 it is."""
    if known.key.part("region").endswith("?"):
        return Outline(known.id, known.type, "", "", "", "")
    name = normal(known.name)
    if known.type == "Person":
        return Outline(known.id, known.type, "", "", name, name)
    text, written = telling(known.type, known.key), known.key.part("written")
    return Outline(known.id, known.type, text, written, name, "\n".join(known.called))


def candidates(known: Iterable[Known]) -> tuple[Candidate, ...]:
    """Return the pairs worth asking about, the likeliest first."""
    all_ = {one.id: one for one in known}
    return again(map(outline, all_.values()), {}, all_.keys(), lambda _: all_).found


def again(outlines: Iterable[Outline], before: Mapping[str, Outline], changed: Collection[str], load: Load) -> Change:
    """Find the candidates anew after a change, and only those that it can have touched.

    `outlines` are those of all entities as they are now. `changed` are the ids of entities that came, went, or of which
    anything differs, and `before` holds the outlines that those which were there had. `load` returns the entities of
    some ids, as they are now.
    """
    groups: dict[str, list[Outline]] = defaultdict(list)
    for one in outlines:
        groups[one.type].append(one)
    touched, pairs = set(changed), list[_Pair]()
    former = [before[one] for one in changed if one in before]
    for kind, group in sorted(groups.items()):
        look = _Look(kind, group, [one for one in former if one.type == kind], touched)
        touched |= look.touched
        pairs += look.pairs()
    known = load({end for pair in pairs for end in (pair.left, pair.right)})
    judged = (_candidate(known[pair.left], known[pair.right], pair.namesakes) for pair in pairs)
    found = sorted((one for one in judged if one is not None), key=lambda one: (-one.score, one.left, one.right))
    return Change(frozenset(touched), tuple(found))


# ------------------------------------------------------------------------------------------------------------- signs


class _Pair(NamedTuple):
    """Ids of two that are to be judged, and how many bear the name of one of them."""

    left: str
    right: str
    namesakes: int


def _has(one: Outline) -> list[str]:
    """Return the signs that an entity has."""
    return [*map(add, one.text, one.text[1:]), one.written[:1], _NAME + one.name] if one.name else []


def _seeks(one: Outline) -> list[str]:
    """Return the signs that an entity looks for in others."""
    first = one.text[:1] if 2 <= len(one.text) <= 4 else ""
    called = [_NAME + form for form in one.called.split("\n")] if one.called else ()
    return [*map(add, one.text, one.text[1:]), first, *called] if one.name else []


class _Look:
    """A look over the entities of one class after a change: who was touched by it, and who has or seeks their signs.

    Touched are those that changed, and others that are a pair by a sign whose number of bearers crossed its bound.
    """

    def __init__(
        self, kind: str, group: Sequence[Outline], former: Iterable[Outline], changed: Collection[str]
    ) -> None:
        self.kind, self.group = kind, group
        self.bounds = (NAMESAKES, FEW) if kind == "Person" else (BLOCK,)
        self.touched = {one.id for one in group if one.id in changed}
        had = Counter(sign for one in former for sign in {*_has(one)})
        self._find(former)
        crossed = list(self._crossed(had))
        if not self.touched.issuperset(crossed):
            self.touched.update(crossed)
            self._find()

    def _find(self, former: Iterable[Outline] = ()) -> None:
        """Find who has and who seeks the signs of those that were touched, and of their `former` selves."""
        ours = (*former, *(one for one in self.group if one.id in self.touched))
        signs = {sign for one in ours for sign in (*_has(one), *_seeks(one)) if sign}
        self.having: dict[str, list[int]] = defaultdict(list)
        self.seeking: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.group if signs else ()):
            for sign in signs.intersection(_has(one)):
                self.having[sign].append(at)
            for sign in signs.intersection(_seeks(one)):
                self.seeking[sign].append(at)

    def _crossed(self, had: Mapping[str, int]) -> Iterator[str]:
        """Yield the ids of others that are a pair by a sign which too many have now, or no more; `had` says how many of
        those that changed had each sign before."""
        for sign in {*had, *self.having}:
            others, seekers = (
                [self.group[at] for at in found.get(sign, ()) if self.group[at].id not in self.touched]
                for found in (self.having, self.seeking)
            )
            before, now = len(others) + had.get(sign, 0), len(self.having.get(sign, ()))
            if any((before <= bound) != (now <= bound) for bound in self.bounds):
                for one in others:
                    for other in seekers:
                        if one is not other and _may_be(self.kind, one, other):
                            yield from (one.id, other.id)

    def pairs(self) -> Iterator[_Pair]:
        """Yield the pairs to judge, each once: one of the two was touched, and has a sign of the other."""
        for at, one in enumerate(self.group):
            if one.id not in self.touched:
                continue
            namesakes = len(self.having[_NAME + one.name])
            for other in map(self.group.__getitem__, self._near(one) - {at}):
                if (one.id < other.id or other.id not in self.touched) and _may_be(self.kind, one, other):
                    yield _Pair(min(one.id, other.id), max(one.id, other.id), namesakes)

    def _near(self, one: Outline) -> set[int]:
        """Return where those stand that share a sign with one, in either direction."""
        near: set[int] = set()
        most = max(self.bounds)
        for sign in {*_seeks(one)}:
            if len(found := self.having.get(sign, ())) <= most:
                near.update(found)
        for sign in {*_has(one)}:
            if len(self.having.get(sign, ())) <= most:
                near.update(self.seeking.get(sign, ()))
        return near


def _may_be(kind: str, one: Outline, other: Outline) -> bool:
    """Whether a comparison can end otherwise than in different; quick, and it may say so in vain."""
    if kind in ("District", "Person") or not (one.text or other.text):
        return True
    return bool(likeness(one.text, other.text) or likeness(one.written, other.written))


# ---------------------------------------------------------------------------------------------------------- judgement


def _candidate(one: Known, other: Known, namesakes: int) -> Candidate | None:
    """Return the candidate that two are, on the best ground there is, if any."""
    grounds = _of_people(one, other, namesakes) if one.type == "Person" else _of_names(one, other)
    score, reasons = max(grounds, key=lambda ground: ground[0], default=(0.0, ()))
    if score < LOWEST:
        return None
    return Candidate(one.id, other.id, one.type, (one.name, other.name), round(score, 2), reasons)


def _of_names(one: Known, other: Known) -> Iterator[_Ground]:
    """Yield why two may be one by their names: one can be short for the other, or an article uses it so."""
    if _elsewhere(one, other) or (one.type == "Activity" and _other_occurrence(one, other)):
        return
    judgement = compare(one.type, one.key, other.key)
    if judgement.verdict == "different":
        return
    if judgement.verdict == "same":  # equal names that each only speak for their own article
        yield 0.5, (f"both are called {one.name}",)
    else:
        yield judgement.score, judgement.reasons
    for caller, named in ((one, other), (other, one)):
        if normal(named.name) in caller.called:
            yield CALLED_SO, (f"an article calls {caller.name} {named.name}",)


def _elsewhere(one: Known, other: Known) -> bool:
    """Whether two names share no more than a brand, and belong to places that lie apart: every city has a 鑫源."""
    short, long = sorted((telling(one.type, one.key), telling(other.type, other.key)), key=len)
    places = (one.key.part("region").lstrip("~"), other.key.part("region").lstrip("~"))
    return len(short) <= BRAND and short in long and not within(*places)


def _other_occurrence(one: Known, other: Known) -> bool:
    """Whether two activities have no organiser in common, or are known to have been at different times."""
    if not {*one.bonds} & {*other.bonds}:
        return True
    both = [(mine, yours) for mine in one.times for yours in other.times]
    return bool(both) and not any(a.startswith(b) or b.startswith(a) or "#" in a + b for a, b in both)


def _of_people(one: Known, other: Known, namesakes: int) -> Iterator[_Ground]:
    """Yield why two people of one name may be one: they share a paper or a county, or, where few bear the name, one of
    them has no post."""
    shared = sorted(bond for bond in {*one.bonds} & {*other.bonds} if not bond.endswith(("post", "of ")))
    if shared:
        yield min(0.4 + 0.1 * len(shared), 0.7), (f"one name, and both: {', '.join(shared)}",)
    elif not (one.bonds and other.bonds) and namesakes <= FEW:
        yield LOWEST, ("one name, and one of them without a post",)
