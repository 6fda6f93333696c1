"""A look at the graph that a build leaves, which costs what changed since the look before.

Findings are made again of the things that a change touches, and specimens chosen again among what came and went. Only
what hangs together is counted anew each time, over plain pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from kg.check import Violation
from kg.io import dump, load
from kg.io.tables import Table
from kg.model import Entity, FactRow
from kg.quality.findings import findings, hub_finding, in_order, touched
from kg.quality.kept import Kept
from kg.quality.records import Edge, Finding, FindingRow, Hub, Shapes, SpecimenRow, Survey, VerdictRow
from kg.quality.specimens import Chosen, Row, choose, form_of_entity, form_of_fact, shapes
from kg.quality.whole import components_and_hubs
from kg.resolve import Run, State
from kg.workspace import Workspace

__all__ = ["Memory", "look"]

_Scan = Callable[[Collection[str]], Iterator[Row]]
_HUB = "hub "
_ENTITY, _FACT = "entity ", "fact "


class Memory(State):
    """What resolve and the look at its graph remember from one build to the next."""

    def __init__(self) -> None:
        self.findings = Table(FindingRow, "of")
        self.specimens = Table(SpecimenRow)
        self.verdicts = Table(VerdictRow)
        super().__init__()


def look(memory: Memory, run: Run, before: Workspace | None) -> Survey:
    """Look at the graph that `run` leaves; `before` is the workspace that it went on from, None for none."""
    return _Look(memory, run, before).survey()


class _Look:
    """One look: what changed, and where all else is to be found."""

    def __init__(self, memory: Memory, run: Run, before: Workspace | None) -> None:
        self.memory, self.run, self.before = memory, run, before
        self.net = Kept(run, before)

    def survey(self) -> Survey:
        """Look at everything that may have changed."""
        edges = [edge for own in self.run.changes.facts for edge in self._versions(own)]
        if self.before is None:
            changed = {row.id for row in self.memory.things}
        else:
            changed = touched(self.net, edges, self.run.renamed)
        for entity in changed:
            self._tell(entity, findings(self.net, entity) if self.memory.things.get(entity) is not None else ())
        components, hubs = components_and_hubs(
            self.memory.things.columns_of("id", "type"), self.memory.edges.columns_of("subject", "object")
        )
        self._tell_hubs(hubs, {end for edge in edges for end in (edge.subject, edge.object)})
        told = [load(Finding, row.line) for row in self.memory.findings]
        return Survey(self._shapes(), components, in_order(told))

    def _versions(self, fact: str) -> Iterator[Edge]:
        """Yield the edge of a fact as it was and as it is."""
        for row in (self.run.facts.edges_before.get(fact), self.memory.edges.get(fact)):
            if row is not None:
                yield Edge(*row[:9])

    def _tell(self, of: str, found: Iterable[Finding]) -> None:
        table = self.memory.findings
        for row in table.having("of", of):
            table.drop(row.id)
        for number, one in enumerate(found):
            table.put(FindingRow(f"{of} {number:03}", of, dump(one)))

    def _tell_hubs(self, hubs: Iterable[Hub], ends: Collection[str]) -> None:
        """Tell the hubs in their order; what is behind one is looked up again only where an edge of it changed."""
        before: dict[str, Finding] = {}
        for row in self.memory.findings:
            if row.of.startswith(_HUB):
                found = load(Finding, row.line)
                before[found.entity] = found
                self._tell(row.of, ())
        for number, hub in enumerate(hubs):
            old = before.get(hub.entity)
            values = (str(hub.degree), f"{hub.times:.0f}")
            if old is None or hub.entity in ends or old.values != values or hub.entity in self.run.renamed:
                old = hub_finding(self.net, hub)
            self._tell(f"{_HUB}{number:03}", [old])

    def _shapes(self) -> Shapes:
        """Hold a specimen of every form to the laws of the graph; one that did not change keeps its verdict."""
        table = self.memory.verdicts
        known = {row.hash: tuple(load(Violation, line) for line in row.lines) for row in table}
        entities, facts = self.run.changes.entities, self.run.changes.facts
        chosen = (
            self._choose(_ENTITY, entities, self._rows_of_entities(entities.values()), self._scan_entities),
            self._choose(_FACT, facts, self._rows_of_facts(facts.values()), self._scan_facts),
        )
        found, verdicts = shapes(self.net, *chosen, known)
        for own in known.keys() - verdicts.keys():
            table.drop(own)
        for own in verdicts.keys() - known.keys():
            table.put(VerdictRow(own, tuple(map(dump, verdicts[own]))))
        return found

    def _choose(self, kind: str, changed: Collection[str], new: Iterable[Row], scan: _Scan) -> list[str]:
        """Choose the specimens of all forms, and return their ids, sorted."""
        table = self.memory.specimens
        rows = [row for row in table if row.form.startswith(kind)]
        was: Chosen = {row.form.removeprefix(kind): (row.number, row.own) for row in rows}
        now = choose(was, changed, new, lambda forms: (row for row in scan(forms) if row[0] in forms))
        for form in was.keys() - now.keys():
            table.drop(kind + form)
        for form, (number, own) in now.items():
            if was.get(form) != (number, own):
                table.put(SpecimenRow(kind + form, number, own))
        return sorted(own for _, own in now.values())

    def _rows_of_entities(self, entities: Iterable[Entity | None]) -> Iterator[Row]:
        return ((form_of_entity(one), 0, one.id) for one in entities if one is not None)

    def _rows_of_facts(self, facts: Iterable[FactRow | None]) -> Iterator[Row]:
        for one in facts:
            if one is not None:
                form = form_of_fact(self.net.kind(one.subject), self.net.kind(one.object), one)
                yield form, len(one.statements), one.id

    def _scan_entities(self, forms: Collection[str]) -> Iterator[Row]:
        return self._rows_of_entities(self.net.all_entities({form.split(" ")[0] for form in forms}))

    def _scan_facts(self, forms: Collection[str]) -> Iterator[Row]:
        return self._rows_of_facts(self.net.all_facts({form.split(" ")[1] for form in forms}))
