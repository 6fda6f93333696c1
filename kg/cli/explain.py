"""`kg explain`: why a thing, a fact, a pair of names is what it is, or why a fact is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click

from kg.cli.diff import caused
from kg.cli.rows import visible
from kg.diff import Change
from kg.explain import (
    End,
    FactAccount,
    Form,
    Grounds,
    Judged,
    PairAccount,
    Place,
    Step,
    Thing,
    ThingAccount,
    TripleAccount,
    explain_fact,
    explain_pair,
    explain_thing,
    explain_triple,
    is_fact,
)
from kg.io import dump
from kg.workspace import Workspace

__all__ = ["command"]

_SHOWN = 3  # of grounds, sentences and changes, in text; JSON has all


@click.command("explain")
@click.argument("workspace")
@click.argument("words", nargs=-1, required=True, metavar="WHAT [OTHER] | SUBJECT RELATION OBJECT")
@click.option("--since", metavar="OLD", help="An older workspace: also say what changed since, and why.")
@click.option(
    "--format",
    "format_name",
    default="text",
    show_default=True,
    type=click.Choice(("text", "json")),
    help="For people or for programs.",
)
def command(workspace: str, words: tuple[str, ...], since: str | None, format_name: str) -> None:
    """Say why something in WORKSPACE is what it is.

    \b
    kg explain ws 晨星智造公司工会                    a thing: its names, keys, reasons, facts, open questions
    kg explain ws 周晓岚 hasRole 晨星智造公司工会     a fact: its sentences and rules, or why there is none
    kg explain ws fact-0123456789abcdef01234567       the same, by its id
    kg explain ws 公司工会 晨星智造公司工会           a pair: by which steps it is one thing, or why it is not

    A thing is named by name or alias, by class and name (Enterprise:盛元集团), by key or id, also a retired id; a
    relation as in the reference, with qualifiers behind it if need be: "hasRole title=主席". In text, long lists are
    cut; --format json has everything.
    """
    space = Workspace.open(workspace)
    old = Workspace.open(since) if since is not None else None
    account: ThingAccount | TripleAccount | PairAccount
    match words:
        case (own,) if is_fact(own):
            account = explain_fact(space, own, since=old)
        case (name,):
            account = explain_thing(space, name, since=old)
        case (one, other):
            if old is not None:
                raise click.UsageError("--since is for a thing or a fact.")
            account = explain_pair(space, one, other)
        case (subject, relation, target):
            account = explain_triple(space, subject, relation, target, since=old)
        case _:
            raise click.UsageError("Give one thing, two names, or SUBJECT RELATION OBJECT; quote what holds blanks.")
    if format_name == "json":
        click.echo(dump(account))
        return
    for line in _text(account):
        click.echo(visible(line))


def _text(account: ThingAccount | TripleAccount | PairAccount) -> Iterator[str]:
    match account:
        case ThingAccount():
            yield from _of_thing(account)
        case PairAccount():
            yield from _of_pair(account)
        case TripleAccount():
            yield from _of_triple(account)


# --------------------------------------------------------------------------------------------------------------- things


def _of_thing(account: ThingAccount) -> Iterator[str]:
    if account.asked:
        yield f"{account.asked} was replaced by {account.thing.id}"
    yield from _head(account.thing)
    if account.gone:
        yield "  not in this workspace any more"
    yield from (f"  replaces {old}" for old in account.replaces)
    if account.forms:
        yield "names"
    for form in account.forms:
        yield from _form(form)
    yield from _section("judged by people", (_judged(one) for one in account.people))
    if account.facts:
        yield "facts"
    for count in account.facts:
        arrow = "→" if count.direction == "out" else "←"
        status = f", {count.status}" if count.status != "happened" else ""
        yield f"  {arrow} {count.relation}{status}: {count.facts}"
    waiting = (
        f"{one.other.name} [{one.other.key}], {one.score:g}: {'; '.join(one.reasons)}"
        + (f" (unsure, {one.unsure})" if one.unsure else "")
        for one in account.candidates
    )
    yield from _section("may be the same as", waiting)
    open_ = (
        f"{one.name} in {one.article}: {one.why}" + (f"; may be {', '.join(one.candidates)}" if one.candidates else "")
        for one in account.unresolved
    )
    yield from _section("not resolved", _cut(list(open_)))
    yield from _section("since", _cut([_change(one) for one in account.since]))


def _head(thing: Thing) -> Iterator[str]:
    yield f"{thing.name} ({thing.type})"
    yield f"  key {thing.key}"
    yield f"  id {thing.id}"


def _form(form: Form) -> Iterator[str]:
    times = f"{form.times} {'time' if form.times == 1 else 'times'}"
    articles = f"{form.articles} {'article' if form.articles == 1 else 'articles'}"
    yield f"  {_flat(form.name)}: {times} in {articles}, first in {_place(form.first)}"
    yield from _grounds(form.grounds)


def _grounds(grounds: Sequence[Grounds]) -> Iterator[str]:
    for one in grounds[:_SHOWN]:
        where = f" (in {one.articles})" if len(grounds) > 1 else ""
        yield f"    {' = '.join(one.keys)}{where}: {'; '.join(one.reasons)}"
        yield from (f"      {line}" for line in _steps(one.chain))
    if len(grounds) > _SHOWN:
        yield f"    and {len(grounds) - _SHOWN} other kinds of reasons"


def _steps(chain: Iterable[Step]) -> Iterator[str]:
    for step in chain:
        yield f"{step.left} = {step.right}: {'; '.join(step.reasons)}"


def _judged(one: Judged) -> str:
    idle = f"; it changes nothing: {one.idle}" if one.idle else ""
    return f"{one.file}, line {one.line}: {_flat(one.text)} ({one.reason}){idle}"


def _change(one: Change) -> str:
    return f"{one.change} {one.type} {one.name}: {'; '.join(map(caused, one.causes))}"


# ---------------------------------------------------------------------------------------------------------------- facts


def _of_triple(account: TripleAccount) -> Iterator[str]:
    for number, fact in enumerate(account.facts):
        if number:
            yield ""
        yield from _of_fact(fact)
    if not account.facts:
        yield "there is no such fact"
        for one in account.unread:
            yield f"  {_place(one.place)}: {_flat(one.quote)}"
            yield f"    {one.why}"
        if not account.unread and not account.since:
            yield "  no sentence names both"
    yield from _section("since", _cut([_change(one) for one in account.since]))


def _of_fact(fact: FactAccount) -> Iterator[str]:
    qualifiers = "".join(f" {name}={value}" for name, value in fact.qualifiers)
    yield f"{fact.subject.name} {fact.relation}{qualifiers} {fact.object.name}"
    yield f"  id {fact.id}"
    if fact.rejected:
        yield "  not in the graph: a person rejected it"
    if fact.status != "happened":
        yield f"  {fact.status}: not counted as something that happened"
    if fact.inferred:
        yield f"  inferred from names: {fact.subject.key}, {fact.object.key}"
    sources = f"{fact.sources} {'source' if fact.sources == 1 else 'sources'}"
    yield f"  confidence {fact.confidence:g}, {sources}"
    yield from (f"  {_judged(one)}" for one in fact.people)
    for said in fact.said:
        yield f"  {_place(said.place)}: {_flat(said.quote)}"
        why = f", {said.why}" if said.why else ""
        yield f"    rule {said.rule} ({said.measured}), confidence {said.confidence:g}{why}"
        for name, end in (("subject", said.subject), ("object", said.object)):
            yield f"    {name} {_end(end)}"


def _end(end: End) -> str:
    reasons = f": {'; '.join(end.reasons)}" if end.reasons else ""
    return f"{_flat(end.name)} [{' = '.join(end.keys)}]{reasons}"


# ---------------------------------------------------------------------------------------------------------------- pairs


def _of_pair(account: PairAccount) -> Iterator[str]:
    one, other = account.names
    if account.same:
        yield f"{one} and {other} are one: {account.one.name} ({account.one.type}), {account.one.id}"
    else:
        yield f"{one} and {other} are two: {account.one.name} ({account.one.type}), {account.one.id}"
        yield f"  and {account.other.name} ({account.other.type}), {account.other.id}"
    for name, grounds in zip(account.names, account.grounds, strict=True):
        yield name
        yield from _grounds(grounds)
    if account.same:
        yield from _section("joined by", _steps(account.chain))
        if not account.chain:
            yield "they share a key"
        also = [f"{thing.name} ({thing.type}, {thing.key})" for thing in account.also]
        yield from _section("a name that others bear as well", _cut(also))
    else:
        verdict = "leaves it open" if account.verdict == "unsure" else f"says {account.verdict}"
        yield f"the grammar of names {verdict}: {'; '.join(account.reasons)}"
        if account.candidate is not None:
            unsure = f"; unsure, {account.candidate.unsure}" if account.candidate.unsure else ""
            yield f"the pair waits for a decision (kg review), score {account.candidate.score:g}{unsure}"
    yield from _section("judged by people", (_judged(judged) for judged in account.people))
    yield from _section("links that a person's word overrules", _steps(account.overruled))
    for found in account.contradictions:
        yield f"contradiction: {'; '.join(found.different.reasons)}, and yet"
        yield from (f"  {link.left} = {link.right}: {'; '.join(link.reasons)}" for link in found.chain)


# --------------------------------------------------------------------------------------------------------------- pieces


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if not number:
            yield title
        yield f"  {line}"


def _cut(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield f"and {len(lines) - _SHOWN} more"


def _place(place: Place) -> str:
    parts = (place.paper, place.issue_date, place.article, f"line {place.lines}" if place.lines else "")
    return ", ".join(part for part in parts if part)


def _flat(text: str) -> str:
    return " ".join(text.split())
