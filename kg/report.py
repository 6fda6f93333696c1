"""What a build reports: what was counted, what was not understood, what was left open, what looks wrong.

Counts are kept from build to build, and only what came and went is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, NamedTuple

from kg.io import load
from kg.io.tables import Table
from kg.model import Candidate, Entity, Extraction, FactRow
from kg.quality import SHARES, SHOWN, Memory, Survey
from kg.resolve import Run
from kg.workspace import PageRecord, Workspace

__all__ = ["Ledger"]

NAMED = frozenset({"District", "Enterprise", "Organization", "Product", "TradeUnion", "Venue"})  # by names alone


class Total(NamedTuple):
    """How often something was counted: a name of the report, or a class, relation, status or rule."""

    name: str
    number: int


class IssueRow(NamedTuple):
    """Something that was not understood, in its place on a page."""

    id: str
    kind: str
    place: str
    words: str


class Ledger(Memory):
    """What is remembered from build to build, the counts of the report among it."""

    def __init__(self) -> None:
        self.totals = Table(Total)
        self.issues = Table(IssueRow)
        super().__init__()

    def add(self, came: Iterable[PageRecord], gone: Iterable[PageRecord], run: Run, before: Workspace | None) -> None:
        """Count what came with pages and what went with them; `before` is what `run` changed, None for nothing."""
        for records, sign in ((gone, -1), (came, 1)):
            for record in records:
                self._count(Counter({"pages": 1, "leftover_lines": record.leftovers}), sign)
                for number, extraction in enumerate(record.extractions):
                    self._count(_contents(extraction), sign)
                    for at, issue in enumerate(extraction.issues):
                        row = IssueRow(f"{record.page.id} {number} {at}", issue.kind, issue.where, issue.words)
                        if sign > 0:
                            self.issues.put(row)
                        else:
                            self.issues.drop(row.id)
        if before is not None:
            self._count(_classes(before.some("entities.jsonl", Entity, run.changes.entities)), -1)
            self._count(_relations(before.some("facts.jsonl", FactRow, run.changes.facts)), -1)
        self._count(_classes(one for one in run.changes.entities.values() if one is not None), 1)
        self._count(_relations(one for one in run.changes.facts.values() if one is not None), 1)

    def _count(self, counts: Counter[str], sign: int) -> None:
        for name, number in counts.items():
            old = self.totals.get(name)
            total = (old.number if old is not None else 0) + sign * number
            if total:
                self.totals.put(Total(name, total))
            else:
                self.totals.drop(name)

    def _of(self, kind: str) -> dict[str, int]:
        """Return the totals of one kind by name, sorted."""
        start = f"{kind} "
        return {row.name.removeprefix(start): row.number for row in self.totals if row.name.startswith(start)}

    def report(self, run: Run, seen: Survey) -> dict[str, Any]:
        """Return the report of a build."""
        totals = {row.name: row.number for row in self.totals}
        classes, relations = self._of("class"), self._of("relation")
        shown: dict[str, str] = {}
        for key, name in sorted(self.articles.columns_of("key", "shown")):
            shown.setdefault(key, name)
        issues = sorted({row[1:] for row in self.issues})
        unresolved, dropped, candidates = list(self.unresolved), list(self.dropped), run.candidates
        contradictions, overruled = run.clusters.linker.contradictions(), run.clusters.linker.overruled()
        outcomes = run.outcomes()
        again = sum(len(one.others) for one in run.facts.reprints)
        counts = {
            "pages": totals.get("pages", 0),
            "leftover_lines": totals.get("leftover_lines", 0),
            "articles": totals.get("articles", 0),
            "stories": len(shown) - again,
            "mentions": totals.get("mentions", 0),
            "local_entities": totals.get("local_entities", 0),
            "statements": totals.get("statements", 0),
            "entities": sum(classes.values()),
            "facts": sum(relations.values()),
            "issues": len(issues),
            "unresolved": len(unresolved),
            "candidates": len(candidates),
            "contradictions": len(contradictions),
            "overruled": len(overruled),
            "rejected": len(list(run.rejected())),
            "idle_decisions": sum(bool(one.idle) for one in outcomes),
            "dropped": len(dropped),
            "reprints": again,
            "suspicious": len(seen.suspicious),
            "violations": len(seen.shapes.violations),
        }
        wholes = {
            "names of bodies and districts": totals.get("named", 0),
            "entities": seen.components.things,
            "statements": counts["statements"],
            "entities and facts that were checked": seen.shapes.entities + seen.shapes.facts,
            "articles": counts["articles"],
        }
        parts = {**counts, "alone": seen.components.alone}
        return {
            "counts": counts,
            "entities": classes,
            "facts": relations,
            "shares": {name: round(parts[name] / max(1, wholes[of]), 6) for name, of in SHARES.items()},
            "statuses": self._of("status"),
            "rules": self._of("rule"),
            "issues": [{"kind": kind, "where": where, "words": words} for kind, where, words in issues],
            "unresolved": [
                {
                    "article": shown[row.article],
                    "entity": row.entity,
                    "local": row.local,
                    "type": row.type,
                    "name": row.name,
                    "why": row.why,
                    "candidates": row.candidates,
                }
                for row in unresolved
            ],
            "candidates": [asdict(load(Candidate, line)) for line in candidates[:SHOWN]],
            "contradictions": [asdict(one) for one in contradictions],
            "overruled": [asdict(one) for one in overruled],
            "decisions": [asdict(one) for one in outcomes],
            "dropped": [{"statement": row.id, "why": row.why} for row in dropped],
            "reprints": [
                {
                    "first": shown[one.first],
                    "others": [
                        {"article": shown[key], "alike": alike}
                        for key, alike in zip(one.others, one.alike, strict=True)
                    ],
                }
                for one in run.facts.reprints
            ],
            "suspicious": [asdict(one) for one in seen.suspicious],
            "components": asdict(seen.components),
            "shapes": asdict(seen.shapes),
        }


def _contents(extraction: Extraction) -> Counter[str]:
    """Count what an article says."""
    counts = Counter(f"rule {said.evidence.rule}" for said in extraction.statements)
    counts["articles"] = 1
    counts["mentions"] = sum(len(local.mentions) for local in extraction.entities)
    counts["local_entities"] = len(extraction.entities)
    counts["named"] = sum(local.type in NAMED for local in extraction.entities)
    counts["statements"] = len(extraction.statements)
    return counts


def _classes(entities: Iterable[Entity]) -> Counter[str]:
    return Counter(f"class {entity.type}" for entity in entities)


def _relations(facts: Iterable[FactRow]) -> Counter[str]:
    return Counter(label for fact in facts for label in (f"relation {fact.predicate}", f"status {fact.status}"))
