"""Facts in the making: those that a run touches are made again, all others are what they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from kg.io import dump, load
from kg.model import Extraction, FactRow, Statement
from kg.resolve.articles import Articles, Source
from kg.resolve.bodies import Reader
from kg.resolve.corrections import Corrected
from kg.resolve.entities import page_id
from kg.resolve.facts import (
    ABOUT_ARTICLES,
    INFERRED,
    INFERRED_CONFIDENCE,
    Claim,
    claim_of,
    fact_id,
    in_print,
    inferences,
    mention_fact,
    mention_statements,
    page_fact,
    page_statement,
)
from kg.resolve.facts import infer as infer_from
from kg.resolve.records import Reprint
from kg.resolve.reprints import Sketch, sketch, stories
from kg.resolve.reprints import again as find_reprints
from kg.resolve.state import (
    Added,
    DroppedRow,
    EdgeRow,
    Inferred,
    LocalRow,
    Rejected,
    ReprintRow,
    SketchRow,
    State,
    StatementRow,
)
from ontology import ontology

__all__ = ["Facts"]

Said = tuple[StatementRow, Statement | None]  # a statement, and itself where resolve made it


class Facts:
    """The facts of a run: `changes` are those that it makes again, by id, None for those that are no more;
    `edges_before` are their edges as they were. Facts less sure than `bound` are none."""

    def __init__(self, state: State, articles: Articles, source: Source, bound: float) -> None:
        self._state, self.articles, self._source, self.bound = state, articles, source, bound
        self.changes: dict[str, FactRow | None] = {}
        self.edges_before: dict[str, EdgeRow] = {}
        self.reprints: tuple[Reprint, ...] = ()
        self.stories: dict[str, str] = {}

    def make(self, lost: Iterable[LocalRow], regrouped: Collection[str]) -> None:
        """Make the facts again that rest on statements which came, went, or speak of other entities now: `lost` are
        local entities as they were, `regrouped` articles that say what they said, of other entities."""
        table = self._state.statements
        touched: set[str] = set()  # facts that lost a statement
        for article in chain(self.articles.gone, regrouped):
            for said in table.having("article", article):
                touched.add(said.fact)
                table.drop(said.id)
            for dropped in self._state.dropped.having("article", article):
                self._state.dropped.drop(dropped.id)
        for row in lost:
            if row.mentioned:
                self.changes[mention_fact(row.article, row.entity)] = None
        for extraction in self.articles.gone.values():
            self.changes[page_fact(extraction.article)] = None
        claims: dict[Claim, list[Said]] = defaultdict(list)
        for article in chain(self.articles.came, sorted(regrouped)):
            self._claim(self.articles.reader(article), claims)
        touched |= self._tell_stories()
        for claim, ones in claims.items():
            own = ones[0][0].fact
            touched.discard(own)
            rows = [*table.having("fact", own), *(row for row, _ in ones)]
            self._make_fact(claim, rows, tuple(one for _, one in ones if one is not None))
        known = {own: self.changes[own] for own in touched if own in self.changes}
        known |= self._source.facts(touched - known.keys())
        for own, was in sorted(known.items()):
            if was is not None:
                claim = Claim(was.subject, was.predicate, was.object, was.qualifiers, was.status)
                self._make_fact(claim, table.having("fact", own), ())
        for new, made in chain.from_iterable(claims.values()):
            if made is None:
                table.put(new)

    def _claim(self, reader: Reader, claims: dict[Claim, list[Said]]) -> None:
        """Note what the statements of an article claim; what no fact is made of is told."""
        article = reader.extraction.article
        page = page_id(article.page)
        ends: dict[str, tuple[str, str] | None] = {article.key: (article.key, "Article"), page: (page, "Page")}
        for local in reader.locals:
            if (of := self._state.locals.get(local)) is not None:
                ends[local] = (of.entity, of.type)
        said = [one for one in reader.extraction.statements if one.predicate in ontology.relations]
        shown = [local for local in reader.extraction.entities if local.id in reader.locals]
        made = (*mention_statements(article, shown, self.articles.lines), page_statement(article, self.articles.lines))
        for number, one in enumerate((*said, *made)):
            claim = claim_of(one, ends.get)
            if isinstance(claim, str):
                self._state.dropped.put(DroppedRow(one.id, article.key, claim))
            else:
                where = one.evidence
                row = StatementRow(
                    one.id, article.key, fact_id(claim), where.start, where.confidence, in_print(one, article)
                )
                claims[claim].append((row, one if number >= len(said) else None))

    def _make_fact(self, claim: Claim, rows: Sequence[StatementRow], made: tuple[Statement, ...]) -> None:
        """Make the fact that rests on these statements, or none where there are none, or none that is sure enough."""
        ordered = sorted(rows, key=lambda row: (row.article, row.start, row.id))
        own = fact_id(claim)
        confidence = max((row.confidence for row in ordered), default=-1.0)
        if not ordered or confidence < self.bound:
            self._take_out(own)
            return
        stories = {self._story(row.article) for row in ordered}
        ids = tuple(row.id for row in ordered)
        by_id = {one.id: one for one in made}
        fact = FactRow(own, *claim, confidence, len(stories), ids, tuple(by_id[name] for name in ids if name in by_id))
        self._put_fact(fact, sorted(row.seen for row in ordered if row.seen))

    def _put_fact(self, fact: FactRow, days: Sequence[str]) -> None:
        self._note_edge(fact.id)
        self.changes[fact.id] = fact
        if fact.predicate not in ABOUT_ARTICLES:
            self._state.edges.put(
                EdgeRow(
                    fact.id,
                    fact.subject,
                    fact.predicate,
                    fact.object,
                    fact.status,
                    fact.sources,
                    dict(fact.qualifiers).get("title", "") if fact.predicate == "hasRole" else "",
                    days[0] if days else "",
                    days[-1] if days else "",
                    f"{fact.predicate} {fact.subject}",
                )
            )

    def _note_edge(self, fact: str) -> None:
        """Note the edge of a fact as it was before the run."""
        if fact not in self.changes and (edge := self._state.edges.get(fact)) is not None:
            self.edges_before[fact] = edge

    def _take_out(self, fact: str) -> None:
        self._note_edge(fact)
        self.changes[fact] = None
        self._state.edges.drop(fact)

    def _story(self, article: str) -> str:
        """Return the article that stands for the story an article prints."""
        return self.stories.get(article, article)

    def _tell_stories(self) -> set[str]:
        """Find what is printed again; return the facts whose number of sources may change with it."""
        state = self._state
        was = {row.article: Sketch(*row) for row in state.sketches}
        now = {key: one for key, one in was.items() if key not in self.articles.gone}
        for key in self.articles.gone:
            state.sketches.drop(key)
        for extraction in self.articles.came.values():
            if found := sketch(extraction):
                now[found.key] = found
                state.sketches.put(SketchRow(found.key, found.size, found.issue_date, found.id, found.shingles))
        before = [Reprint(*row) for row in state.reprints]

        def load(keys: Collection[str]) -> dict[str, Extraction]:
            return {key: self.articles.extraction(key) for key in keys}

        self.reprints = find_reprints(before, was, now, self.articles.gone.keys() | self.articles.came.keys(), load)
        for one in before:
            state.reprints.drop(one.first)
        for one in self.reprints:
            state.reprints.put(ReprintRow(one.first, one.fullest, one.others, one.alike))
        told, self.stories = stories(before), stories(self.reprints)
        changed = [key for key in told.keys() | self.stories.keys() if told.get(key) != self.stories.get(key)]
        return {row.fact for key in changed for row in state.statements.having("article", key)}

    def infer(self) -> None:
        """Say what follows from names alone, where no article says it."""
        table = self._state.inferred
        touched = {row.subject for row in self.edges_before.values()}
        touched.update(row.subject for row in self.changes.values() if row is not None)
        stale = {row.id for row in table}
        for one, predicate, target in inferences(self._state.coded):
            claim = Claim(one.id, predicate, target, INFERRED, "happened")
            row = Inferred(fact_id(claim), one.id, predicate, target, one.article, one.local)
            known = table.get(row.id)
            same = known == row and row.article not in self.articles.came
            if not one.article or (not (same and one.id not in touched) and self._is_stated(claim)):
                continue
            stale.discard(row.id)
            if not same:
                table.put(row)
                self._put_inferred(claim, row)
        for own in stale:
            table.drop(own)
            self._take_out(own)

    def _is_stated(self, claim: Claim) -> bool:
        rows = self._state.edges.having("said", f"{claim.predicate} {claim.subject}")
        return any(
            row.object == claim.object and row.status == "happened" and self._state.inferred.get(row.id) is None
            for row in rows
        )

    def _put_inferred(self, claim: Claim, row: Inferred) -> None:
        if self.bound > INFERRED_CONFIDENCE:
            return
        reader = self.articles.reader(row.article)
        article = reader.extraction.article
        said = infer_from(claim, article, reader.locals[row.local], self.articles.lines)
        self._put_fact(FactRow(row.id, *claim, INFERRED_CONFIDENCE, 1, (said.id,), (said,)), ())

    def restore(self) -> None:
        """Take back what people corrected the last time."""
        for one in self._state.rejected:
            self._state.rejected.drop(one.id)
            fact = load(FactRow, one.row)
            self._put_fact(fact, sorted(row.seen for row in self._state.statements.having("fact", fact.id) if row.seen))
        for added in self._state.added:
            self._state.added.drop(added.id)
            self._take_out(added.id)

    def correct(self, corrected: Corrected) -> None:
        """Take out and put in the facts that people rejected and added."""
        for fact in corrected.rejected:
            self._take_out(fact.id)
            self._state.rejected.put(Rejected(fact.id, dump(fact)))
        for fact in corrected.added:
            days = {in_print(one, self.articles.extraction(one.evidence.article).article) for one in fact.made} - {""}
            self._put_fact(fact, sorted(days))
            self._state.added.put(Added(fact.id))

    def fact(self, own: str) -> FactRow | None:
        """Return a fact by id, as it is by now."""
        if own in self.changes:
            return self.changes[own]
        return self._source.facts([own]).get(own)
