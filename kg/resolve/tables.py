"""Text files in the analyst's keeping: what they decided, a line each, with who and why.

    judgements.tsv     verdict  one      other               who  why
    corrections.tsv    action   subject  relation   object   who  why

Cells are parted by tabs; who and why may be missing. Empty lines, lines that begin with # and a first line with the
names of the columns are passed over. A thing is named by its name, by class and name (Enterprise:盛元集团), by its key
or its id.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from kg.errors import InputError
from kg.resolve.linker import Verdict
from ontology import ontology

__all__ = [
    "CORRECTIONS",
    "JUDGEMENTS",
    "Action",
    "Correction",
    "Outcome",
    "Ruling",
    "Wording",
    "parse_corrections",
    "parse_rulings",
    "rows",
    "wording",
]

Action = Literal["reject", "retype", "add"]
JUDGEMENTS = ("verdict", "one", "other", "who", "why")
CORRECTIONS = ("action", "subject", "relation", "object", "who", "why")

_ID = re.compile(r"(?:entity|article)-[0-9a-f]{24}")
_FACT = re.compile(r"fact-[0-9a-f]{24}")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line of judgements.tsv: two things are the same, different, or it cannot be said. `line` counts from 1."""

    line: int
    verdict: Verdict
    one: str
    other: str
    who: str = ""
    why: str = ""

    @property
    def reason(self) -> str:
        """Who judged so, and why, for people to read."""
        return _said("judged", self.who, self.why)

    def text(self) -> str:
        """Return the line as it is written."""
        return "\t".join((self.verdict, self.one, self.other, self.who, self.why)).rstrip("\t")


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of corrections.tsv. reject: a fact, by its id as `subject` or by its ends; retype: `subject` is of class
    `object`; add: a fact. `relation` may have qualifiers behind it: hasRole title=主席. `line` counts from 1."""

    line: int
    action: Action
    subject: str
    relation: str = ""
    object: str = ""
    who: str = ""
    why: str = ""
    qualifiers: tuple[tuple[str, str], ...] = ()

    @property
    def reason(self) -> str:
        """Who corrected so, and why, for people to read."""
        return _said({"reject": "rejected", "retype": "retyped", "add": "added"}[self.action], self.who, self.why)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line: `touched` what it speaks of (keys, ids of facts, local ids), `idle` why it did nothing."""

    file: str
    line: int
    text: str
    reason: str
    touched: tuple[str, ...] = ()
    idle: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """How a line names a thing: by its id, its key, or its name; `type` is "" where no class is told."""

    text: str
    how: Literal["id", "key", "name"]
    type: str = ""


def wording(text: str) -> Wording:
    """Say how `text` names a thing."""
    if _ID.fullmatch(text):
        return Wording(text, "id")
    for mark in "|:":
        kind, found, rest = text.partition(mark)
        if found and kind in ontology.classes:
            return Wording(text, "key", kind) if mark == "|" else Wording(rest, "name", kind)
    return Wording(text, "name")


def parse_rulings(text: str, *, source: str = "judgements.tsv") -> tuple[Ruling, ...]:
    """Read the lines of a file of judgements. Raises InputError for one that is none, with its number."""
    found = []
    for number, cells in rows(text, JUDGEMENTS):
        verdict, one, other, who, why = (*cells, *[""] * (len(JUDGEMENTS) - len(cells)))[: len(JUDGEMENTS)]
        if len(cells) > len(JUDGEMENTS) or verdict not in get_args(Verdict) or not one or not other:
            raise InputError(
                f"{source}, line {number}: not same, different or unsure, two names or keys, who, why, parted by tabs"
            )
        if one == other:
            raise InputError(f"{source}, line {number}: {one} twice; name two things")
        found.append(Ruling(number, cast(Verdict, verdict), one, other, who, why))
    return tuple(found)


def parse_corrections(text: str, *, source: str = "corrections.tsv") -> tuple[Correction, ...]:
    """Read the lines of a file of corrections. Raises InputError for one that is none, with its number."""
    found = []
    for number, cells in rows(text, CORRECTIONS):
        action, subject, relation, target, who, why = (*cells, *[""] * (len(CORRECTIONS) - len(cells)))[
            : len(CORRECTIONS)
        ]
        where = f"{source}, line {number}"
        if len(cells) > len(CORRECTIONS) or action not in get_args(Action) or not subject:
            raise InputError(f"{where}: not reject, retype or add, subject, relation, object, who, why, parted by tabs")
        relation, qualifiers = _relation(relation, where)
        if action == "retype":
            if target not in ontology.classes:
                raise InputError(f"{where}: retype needs a class as object, one of {', '.join(ontology.classes)}")
        elif action == "add" or not _FACT.fullmatch(subject):
            if relation not in ontology.relations:
                raise InputError(f"{where}: no relation {relation!r}; one of {', '.join(ontology.relations)}")
            if not target:
                raise InputError(f"{where}: {action} needs subject, relation and object, or reject the id of a fact")
        found.append(Correction(number, cast(Action, action), subject, relation, target, who, why, qualifiers))
    return tuple(found)


def _relation(cell: str, where: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    try:
        name, *pairs = shlex.split(cell) or [""]  # hasRole "title=高级 顾问"
    except ValueError as error:
        raise InputError(f"{where}: {cell!r} is no relation ({error})") from None
    found = []
    known = ontology.relations[name].qualifiers if name in ontology.relations else ()
    for pair in pairs:
        qualifier, mark, value = pair.partition("=")
        if not mark or not value or qualifier not in known:
            raise InputError(f"{where}: {pair!r} is no qualifier of {name}; it has {', '.join(known) or 'none'}")
        found.append((qualifier, value))
    return name, tuple(sorted(found))


def rows(text: str, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each line that says something, and its cells."""
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if any(cells) and not line.startswith("#") and tuple(cells) != tuple(columns[: len(cells)]):
            yield number, cells


def _said(what: str, who: str, why: str) -> str:
    return what + (f" by {who}" if who else "") + (f": {why}" if why else "")
