"""Bodies whose names differ in what a name may leave out: the region at home, the legal form, words of a short form.

The key of a name says what the name says. Two keys can be one thing for all that: 长青医疗器械有限公司 in a paper of
Shenzhen is 深圳长青医疗器械有限公司, and so is 长青医疗公司, if there is no other of that brand there for whose name it
can be short. That depends on who else there is, so it is decided here, over all keys, and never where there are two to
choose from. What is joined is judged, with its reason, and a person may judge otherwise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kg.resolve.linker import Judgement
from kg.resolve.names import NATION, NameKey, around, city, distinctive

__all__ = ["JOINED", "Body", "body_of", "joins", "within"]

_STEM = {"Enterprise": "stem", "TradeUnion": "host", "Organization": "name", "Venue": "name"}
JOINED = frozenset(_STEM)  # classes that are joined so
_LEGAL = frozenset({"公司", "集团", "股份", "集团股份"})
_KNOWN = 2  # distinctive characters without which a stem tells nothing
_BRAND = 2  # characters that a short form keeps at its beginning
_NUMBER = re.compile(r"\d+")
_PART = re.compile(r"(?:集团|股份|公司|总行|银行|大学|医院|院|局|厂|所).")  # what goes on behind the name of a whole


class Body(NamedTuple):
    """A key and the parts of its name; `region` is that of the name, or (`implied`) of the place it is told in.

    The last three columns say with which others a body is compared, each by one rule; "" where by none.
    """

    key: str
    region: str
    implied: int
    stem: str
    form: str
    complete: int
    by_region: str
    by_form: str
    by_brand: str


def body_of(key: str, name: NameKey) -> Body | None:
    """Return what tells a body from others of its class; None where its name tells too little to compare it."""
    kind = key.partition("|")[0]
    stem = name.part(_STEM.get(kind, ""))
    if kind not in _STEM or name.scope != "everywhere" or distinctive(stem) < _KNOWN:
        return None
    whole, form = name.part("region"), name.part("form")
    region, legal = whole.lstrip("~"), form in _LEGAL
    somewhere = region and region != NATION and len(stem) >= _BRAND
    return Body(
        key,
        region,
        whole[:1] in ("", "~"),
        stem,
        form,
        name.part("complete") == "yes",
        f"{kind}|{stem}|{form}",
        f"{kind}|{region}|{stem}" if legal and len(stem) > _BRAND else "",
        f"{kind}|{city(region)}|{stem[:_BRAND]}|{'' if legal else form}" if somewhere else "",
    )


def joins(column: str, bodies: Iterable[Body]) -> Iterator[Judgement]:
    """Yield what joins the keys of bodies that have one value in `column`, by its rule; no order matters."""
    yield from _RULES[column](sorted(bodies))


def within(inner: str, outer: str) -> bool:
    """Whether a region is another, lies in it, or is not known at all."""
    return not inner or not outer or inner == outer or outer in around(inner) or inner in around(outer)


def _same_but_for_region(same: list[Body]) -> Iterator[Judgement]:
    """A name without a region is the only one of that name whose region fits the place it is told in."""
    said = [body for body in same if not body.implied]
    for body in same:
        if body.implied:
            fitting = [other for other in said if within(body.region, other.region)]
            if len(fitting) == 1 and (body.region or len(said) == 1):
                yield _joined(body, fitting[0], f"the only {body.stem} in {_called(fitting[0].region)}")


def _called(region: str) -> str:
    return "the nation" if region == NATION else f"region {region}"


def _same_but_for_form(same: list[Body]) -> Iterator[Judgement]:
    """康源股份 and 康源集团 in one region are one, unless two of that name are registered there."""
    registered = {body.form for body in same if body.complete}
    if len({body.form for body in same}) > 1 and len(registered) < 2:
        first = next((body for body in same if body.complete), same[0])
        for body in same:
            if body.form != first.form:
                yield _joined(first, body, f"one {body.stem} in {_called(body.region)}, however it is registered")


def _short_forms(bodies: list[Body]) -> Iterator[Judgement]:
    """长青医疗公司 is the one body of that city whose name can be shortened to it, and begins with the same brand."""
    stems: dict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        stems[body.stem].append(body)
    full = [stem for stem in sorted(stems) if not any(_shortens(stem, other) for other in stems)]
    for stem in sorted(stems.keys() - set(full)):
        fitting = [other for other in full if _shortens(stem, other)]
        for body in stems[stem] if len(fitting) == 1 and len(stem) > _BRAND else ():
            if body.complete:  # 北京京城机械有限公司 is a name in full
                continue
            whole = next((one for one in stems[fitting[0]] if _keeps_form(body.form, one.form)), None)
            if whole is not None:
                reason = f"{stem} can be short for no other than {fitting[0]} in {_called(city(body.region))}"
                yield _joined(body, whole, reason)


_RULES: dict[str, Callable[[list[Body]], Iterator[Judgement]]] = {
    "by_region": _same_but_for_region,
    "by_form": _same_but_for_form,
    "by_brand": _short_forms,
}


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


def _joined(one: Body, other: Body, reason: str) -> Judgement:
    return Judgement.of(one.key, other.key, "same", 0.9, reason)
