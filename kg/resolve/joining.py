"""Bodies whose names differ in what a name may leave out: the region at home, the legal form, words of a short form.

The key of a name says what the name says. Two keys can be one thing for all that: 长青医疗器械有限公司 in a paper of
Shenzhen is 深圳长青医疗器械有限公司, and so is 长青医疗公司, if there is no other of that brand there for whose name it
can be short. That depends on who else there is, so it is decided here, over all keys, and never where there are two to
choose from. What is joined is judged, with its reason, and a person may judge otherwise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.resolve.linker import Judgement
from kg.resolve.names import NATION, NameKey, around, city, distinctive

__all__ = ["joins", "within"]

_STEM = {"Enterprise": "stem", "TradeUnion": "host", "Organization": "name", "Venue": "name"}
_LEGAL = frozenset({"公司", "集团", "股份", "集团股份"})
_KNOWN = 2  # distinctive characters without which a stem tells nothing
_BRAND = 2  # characters that a short form keeps at its beginning
_NUMBER = re.compile(r"\d+")
_PART = re.compile(r"(?:集团|股份|公司|总行|银行|大学|医院|院|局|厂|所).")  # what goes on behind the name of a whole


@dataclass(frozen=True, slots=True)
class _Body:
    """A key and the parts of its name; `region` is that of the name, or (`implied`) of the place it is told in."""

    key: str
    region: str
    implied: bool
    stem: str
    form: str
    complete: bool


def joins(names: Mapping[str, NameKey]) -> Iterator[Judgement]:
    """Yield what joins keys of bodies, given the parsed name of each key. Depends on no order."""
    by_class: dict[str, list[_Body]] = defaultdict(list)
    for key in sorted(names):
        kind, name = key.partition("|")[0], names[key]
        stem = name.part(_STEM.get(kind, ""))
        if kind in _STEM and name.scope == "everywhere" and distinctive(stem) >= _KNOWN:
            region = name.part("region")
            body = _Body(
                key,
                region.lstrip("~"),
                region[:1] in ("", "~"),
                stem,
                name.part("form"),
                name.part("complete") == "yes",
            )
            by_class[kind].append(body)
    for _, bodies in sorted(by_class.items()):
        yield from _same_but_for_region(bodies)
        yield from _same_but_for_form(bodies)
        yield from _short_forms(bodies)


def within(inner: str, outer: str) -> bool:
    """Whether a region is another, lies in it, or is not known at all."""
    return not inner or not outer or inner == outer or outer in around(inner) or inner in around(outer)


def _same_but_for_region(bodies: Iterable[_Body]) -> Iterator[Judgement]:
    """A name without a region is the only one of that name whose region fits the place it is told in."""
    alike: dict[tuple[str, str], list[_Body]] = defaultdict(list)
    for body in bodies:
        alike[body.stem, body.form].append(body)
    for _, same in sorted(alike.items()):
        said = [body for body in same if not body.implied]
        for body in same:
            if body.implied:
                fitting = [other for other in said if within(body.region, other.region)]
                if len(fitting) == 1 and (body.region or len(said) == 1):
                    yield _joined(body, fitting[0], f"the only {body.stem} in {_called(fitting[0].region)}")


def _called(region: str) -> str:
    return "the nation" if region == NATION else f"region {region}"


def _same_but_for_form(bodies: Iterable[_Body]) -> Iterator[Judgement]:
    """康源股份 and 康源集团 in one region are one, unless two of that name are registered there."""
    alike: dict[tuple[str, str], list[_Body]] = defaultdict(list)
    for body in bodies:
        if body.form in _LEGAL and len(body.stem) > _BRAND:
            alike[body.region, body.stem].append(body)
    for _, same in sorted(alike.items()):
        registered = sorted({body.form for body in same if body.complete})
        if len({body.form for body in same}) > 1 and len(registered) < 2:
            first = next((body for body in same if body.complete), same[0])
            for body in same:
                if body.form != first.form:
                    yield _joined(first, body, f"one {body.stem} in {_called(body.region)}, however it is registered")


def _short_forms(bodies: Iterable[_Body]) -> Iterator[Judgement]:
    """长青医疗公司 is the one body of that city whose name can be shortened to it, and begins with the same brand."""
    alike: dict[tuple[str, str, str], dict[str, list[_Body]]] = defaultdict(lambda: defaultdict(list))
    for body in bodies:
        if body.region and body.region != NATION and len(body.stem) >= _BRAND:
            form = "" if body.form in _LEGAL else body.form
            alike[city(body.region), body.stem[:_BRAND], form][body.stem].append(body)
    for (where, _, _), stems in sorted(alike.items()):
        full = [stem for stem in sorted(stems) if not any(_shortens(stem, other) for other in stems)]
        for stem in sorted(stems.keys() - set(full)):
            fitting = [other for other in full if _shortens(stem, other)]
            for body in stems[stem] if len(fitting) == 1 and len(stem) > _BRAND else ():
                if body.complete:  # 北京京城机械有限公司 is a name in full
                    continue
                whole = next((one for one in stems[fitting[0]] if _keeps_form(body.form, one.form)), None)
                if whole is not None:
                    reason = f"{stem} can be short for no other than {fitting[0]} in {_called(where)}"
                    yield _joined(body, whole, reason)


def _keeps_form(short: str, long: str) -> bool:
    """Whether what a short form says of the legal form is true: X公司 may be an X集团, X集团 is no X有限公司."""
    return all(word in long for word in ("集团", "股份") if word in short)


def _shortens(short: str, long: str) -> bool:
    """Whether a stem can be a short form of a longer one of the same brand: characters left out, none but those; no
    number more or less, and not the whole of which the other is a part."""
    if len(short) >= len(long) or _NUMBER.findall(short) != _NUMBER.findall(long):
        return False
    rest = iter(long)
    return all(char in rest for char in short) and not _PART.match(long[len(short) :] if long.startswith(short) else "")


def _joined(one: _Body, other: _Body, reason: str) -> Judgement:
    return Judgement.of(one.key, other.key, "same", 0.9, reason)
