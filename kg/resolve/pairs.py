"""Pairs of things that may be one: those that a run touches are looked for again, all others are what they were."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import cast

from kg.io import dump
from kg.resolve.candidates import Known, Outline, again, outline
from kg.resolve.names import NameKey, Scope
from kg.resolve.state import CandidateRow, KnownRow, LocalRow, State, Thing
from kg.text import normal

__all__ = ["Pairs"]


class Pairs:
    """The pairs of a run: `fresh` are the local entities that it keyed, `parsed` gives the name of one."""

    def __init__(self, state: State, fresh: Collection[str], parsed: Callable[[LocalRow], NameKey]) -> None:
        self._state, self._fresh, self._parsed = state, fresh, parsed

    def look(self, made: Iterable[str], moved: Iterable[str]) -> None:
        """Look for pairs among the things that changed in any way that matters for it: those that were `made` again,
        and those that a local entity which `moved` to another thing organises."""
        state, was, changed = self._state, dict[str, Outline](), set[str]()
        others = (local for key in moved for local in self._organised(key))
        for own in {*made, *(row.entity for row in others)}:
            old, thing = state.known.get(own), state.things.get(own)
            new = self._known(thing, old) if thing is not None else None
            if old == new:
                continue
            changed.add(own)
            if old is not None:
                was[own] = _outline(old)
            if new is not None:
                state.known.put(new)
            else:
                state.known.drop(own)
        if not changed:
            return
        columns = ("id", "type", "text", "written", "folded", "calls")
        outlines = (Outline(*row) for row in state.known.columns_of(*columns))
        change = again(outlines, was, changed, self._load_known)
        for own in change.touched:
            for row in (*state.candidates.having("left", own), *state.candidates.having("right", own)):
                state.candidates.drop(row.id)
        for one in change.found:
            pair = f"{one.left} {one.right}"
            state.candidates.put(CandidateRow(pair, one.left, one.right, one.score, dump(one)))

    def _organised(self, organiser: str) -> Iterator[LocalRow]:
        """Yield the activities that a local entity organises."""
        row = self._state.locals.get(organiser)
        if row is not None:
            yield from (one for one in self._state.locals.having("article", row.article) if organiser in one.organisers)

    def _load_known(self, ids: Collection[str]) -> dict[str, Known]:
        rows = (self._state.known.get(own) for own in ids)
        return {row.id: _known_of(row) for row in rows if row is not None}

    def _known(self, thing: Thing, old: KnownRow | None) -> KnownRow:
        """Return what candidates are looked for by; the name that was parsed before need not be parsed again."""
        rows = self._state.locals.having("entity", thing.id)
        first = rows[0]
        if old is not None and old.speaker == first.id and first.id not in self._fresh:
            name = _name_of(old)
        else:
            name = self._parsed(first)
        bonds = {bond for row in rows for bond in row.bonds}
        organisers = (self._state.locals.get(local) for row in rows for local in row.organisers)
        bonds.update(row.entity for row in organisers if row is not None)
        called = {normal(alias) for row in rows for alias in row.aliases}
        times: set[str] = set()
        if thing.type == "Activity":
            times = {key.split("|")[2] for row in rows for key in row.keys if "@" not in key}
        shared = (tuple(sorted(called)), tuple(sorted(bonds)), tuple(sorted(times)))
        signs = outline(Known(thing.id, thing.type, thing.name, name, *shared))
        return KnownRow(
            thing.id,
            thing.type,
            thing.name,
            first.id,
            name.key,
            name.parts,
            name.reasons,
            name.scope,
            name.candidates,
            name.official,
            *shared,
            *signs[2:],
        )


def _outline(row: KnownRow) -> Outline:
    return Outline(row.id, row.type, row.text, row.written, row.folded, row.calls)


def _name_of(row: KnownRow) -> NameKey:
    scope = cast(Scope, row.scope)
    return NameKey(row.key, row.parts, row.reasons, scope, row.codes, row.official)


def _known_of(row: KnownRow) -> Known:
    return Known(row.id, row.type, row.name, _name_of(row), row.called, row.bonds, row.times)
