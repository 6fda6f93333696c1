"""Pairs of entities that may be one: what the grammar leaves open, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Candidate, Entity
from kg.resolve.names import NameKey
from kg.resolve.score import compare
from kg.text import normal

__all__ = ["Known", "candidates"]

LOWEST = 0.4  # below this a pair is not worth anybody's time
BLOCK = 60  # a name shared by more entities than this tells nothing
CALLED_SO = 0.8
NAMESAKES = 15  # people of one name; where there are more, sharing a paper tells nothing
FEW = 3


@dataclass(frozen=True, slots=True)
class Known:
    """An entity, the name it goes by, parsed, and what else tells it from others.

    `called` are forms its articles use for it, folded; `bonds` whatever it shares with others: the organisers of an
    activity, papers and counties of a person. `times` tell the occurrences of an activity apart.
    """

    entity: Entity
    name: NameKey
    called: frozenset[str]
    bonds: frozenset[str]
    times: frozenset[str] = frozenset()


def candidates(known: Iterable[Known]) -> tuple[Candidate, ...]:
    """Return the pairs worth asking about, the likeliest first."""
    by_type: dict[str, list[Known]] = defaultdict(list)
    for one in sorted(known, key=lambda one: one.entity.id):
        if not one.name.part("region").endswith("?"):
            by_type[one.entity.type].append(one)
    found: dict[tuple[str, str], Candidate] = {}
    for kind, group in sorted(by_type.items()):
        pairs = _people(group) if kind == "Person" else _alike(kind, group)
        for candidate in pairs:
            key = (candidate.left, candidate.right)
            if candidate.score >= LOWEST and (key not in found or found[key].score < candidate.score):
                found[key] = candidate
    return tuple(sorted(found.values(), key=lambda one: (-one.score, one.left, one.right)))


def _candidate(one: Known, other: Known, score: float, reasons: Sequence[str]) -> Candidate:
    left, right = sorted((one.entity, other.entity), key=lambda entity: entity.id)
    return Candidate(left.id, right.id, left.type, (left.name, right.name), round(score, 2), tuple(reasons))


def _text(one: Known) -> str:
    """Return the part of a name that tells bodies and activities apart."""
    return one.name.part("host") or one.name.part("stem") or one.name.part("name") or one.name.part("core")


def _alike(kind: str, group: Sequence[Known]) -> Iterator[Candidate]:
    """Pair entities one of whose names can be a short form of the other's."""
    pieces: dict[str, list[int]] = defaultdict(list)
    firsts: dict[str, list[int]] = defaultdict(list)
    names: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(group):
        text = _text(one)
        for piece in {text[at : at + 2] for at in range(len(text) - 1)}:
            pieces[piece].append(index)
        if written := one.name.part("written"):
            firsts[written[0]].append(index)
        names[normal(one.entity.name)].append(index)
    for index, one in enumerate(group):
        text = _text(one)
        near: set[int] = set()
        if len(text) > 1:
            rarest = min((pieces[text[at : at + 2]] for at in range(len(text) - 1)), key=len)
            near.update(rarest if len(rarest) <= BLOCK else ())
        if 2 <= len(text) <= 4 and len(firsts.get(text[0], ())) <= BLOCK:
            near.update(firsts.get(text[0], ()))
        for other in sorted(near - {index}):
            if kind == "Activity" and _other_occurrence(one, group[other]):
                continue
            judgement = compare(kind, one.name, group[other].name)
            if judgement.verdict == "same":  # equal names that each only speak for their own article
                yield _candidate(one, group[other], 0.5, (f"both are called {one.entity.name}",))
            elif judgement.verdict == "unsure":
                yield _candidate(one, group[other], judgement.score, judgement.reasons)
        for form in sorted(one.called):
            for other in names.get(form, ()):
                if other == index or (kind == "Activity" and _other_occurrence(one, group[other])):
                    continue
                if compare(kind, one.name, group[other].name).verdict != "different":
                    why = f"an article calls {one.entity.name} {group[other].entity.name}"
                    yield _candidate(one, group[other], CALLED_SO, (why,))


def _other_occurrence(one: Known, other: Known) -> bool:
    """Whether two activities have no organiser in common, or are known to have been at different times."""
    if not one.bonds & other.bonds:
        return True
    both = [(mine, yours) for mine in one.times for yours in other.times]
    return bool(both) and not any(a.startswith(b) or b.startswith(a) or "#" in a + b for a, b in both)


def _people(group: Sequence[Known]) -> Iterator[Candidate]:
    """Pair people of one name who share a paper or a county, or, where few bear the name, of whom one has no post."""
    names: dict[str, list[Known]] = defaultdict(list)
    for one in group:
        names[normal(one.entity.name)].append(one)
    for same in names.values():
        if len(same) > NAMESAKES:
            continue
        for index, one in enumerate(same):
            for other in same[index + 1 :]:
                shared = sorted(bond for bond in one.bonds & other.bonds if not bond.endswith(("post", "of ")))
                if shared:
                    score = min(0.4 + 0.1 * len(shared), 0.7)
                    yield _candidate(one, other, score, (f"one name, and both: {', '.join(shared)}",))
                elif not (one.bonds and other.bonds) and len(same) <= FEW:
                    yield _candidate(one, other, LOWEST, ("one name, and one of them without a post",))
