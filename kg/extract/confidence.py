"""How sure a rule is: how often it was right on the annotated articles, read from `confidence.tsv` once.

The table is made by `make calibrate` (`kg.eval.calibrate` says how it is smoothed), a row for each relation and rule.
A rule that is not in it yet is as sure as its relation, and where that is not in it either, as all rules together.
What an optional proposer claims is never as sure as the rules: it has a figure of its own, until it is measured.
A rule that was judged often enough and was wrong too often is weak: what it reads is left out unless asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import OntologyError

__all__ = [
    "ANY",
    "COLUMNS",
    "ENOUGH",
    "FROM_OUTSIDE",
    "PRACTICE",
    "STRONG",
    "WEAK",
    "Keep",
    "Measure",
    "confidence_of",
    "is_weak",
    "parse",
    "table",
]

ANY = "*"  # in place of a rule: all of the relation; in place of the relation as well: all there is
WEAK = 0.8  # a rule less sure than this does not fire by default
ENOUGH = 5  # judged triples it takes to call a rule weak
# optional proposers: what a model says is held against the text and the ontology, but not measured; of what the
# tagger added to the articles that no rule was made on, three in four were right
FROM_OUTSIDE = {"llm": 0.5, "lac": 0.75}
COLUMNS = ("predicate", "rule", "right", "wrong", "practised_right", "practised_wrong", "confidence")
PRACTICE = 0.25  # what a triple counts that comes from an article which rules were made on


@dataclass(frozen=True, slots=True)
class Measure:
    """One row: how many triples that a rule read were right and wrong on articles that nobody looked at, how many on
    those that rules were made on (practised), and how sure that makes it."""

    predicate: str
    rule: str
    right: int
    wrong: int
    practised_right: int
    practised_wrong: int
    confidence: float

    @property
    def weak(self) -> bool:
        """Whether the rule was judged often enough to be called wrong too often."""
        judged = self.right + self.wrong + PRACTICE * (self.practised_right + self.practised_wrong)
        return self.rule != ANY and judged >= ENOUGH and self.confidence < WEAK


@dataclass(frozen=True, slots=True)
class Keep:
    """Which statements extraction keeps: those of weak rules as well, none less sure than a bound."""

    weak_rules: bool = False
    min_confidence: float = 0.0

    def allows(self, predicate: str, rule: str) -> bool:
        """Whether to keep what this rule says of this relation."""
        return (self.weak_rules or not is_weak(predicate, rule)) and confidence_of(
            predicate, rule
        ) >= self.min_confidence


STRONG = Keep()  # everything but what weak rules say


def parse(text: str) -> Mapping[tuple[str, str], Measure]:
    """Read the rows of a table, by relation and rule. Raises OntologyError where one is none."""
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    if not rows or tuple(rows[0]) != COLUMNS:
        raise OntologyError(f"kg/extract/confidence.tsv: columns must be {', '.join(COLUMNS)}; run make calibrate")
    found = {}
    for row in rows[1:]:
        try:
            predicate, rule, *counts, sure = row
            right, wrong, practised_right, practised_wrong = map(int, counts)
            one = Measure(predicate, rule, right, wrong, practised_right, practised_wrong, float(sure))
        except ValueError:
            raise OntologyError(f"kg/extract/confidence.tsv: no row: {' '.join(row)}; run make calibrate") from None
        found[predicate, rule] = one
    if (ANY, ANY) not in found or not all(0.0 < one.confidence <= 1.0 for one in found.values()):
        raise OntologyError("kg/extract/confidence.tsv: no row of all rules, or no probability; run make calibrate")
    return found


@cache
def table() -> Mapping[tuple[str, str], Measure]:
    """The table that comes with the program."""
    return parse((files("kg") / "extract" / "confidence.tsv").read_text(encoding="utf-8"))


@cache
def confidence_of(predicate: str, rule: str) -> float:
    """How sure the rule is of this relation; one that was never judged is as sure as its relation."""
    known = table()
    if rule in FROM_OUTSIDE and (predicate, rule) not in known:
        return FROM_OUTSIDE[rule]
    for key in ((predicate, rule), (predicate, ANY)):
        if key in known:
            return known[key].confidence
    return known[ANY, ANY].confidence


@cache
def is_weak(predicate: str, rule: str) -> bool:
    """Whether the rule was wrong too often to fire by default."""
    one = table().get((predicate, rule))
    return one is not None and one.weak
