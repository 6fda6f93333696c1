"""The order in which a page is read: broken sentences are put together, tails that stand elsewhere brought home.

Adjacent lines first. Then each section is parted into its own article and the tail of the next one's, all sections at
once. What is then still open, and what begins in the middle, is assigned to each other. The signs are always the same:
the edges (kg.pages.joins), where the two stand, and the names that a tail shares with an article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.model import Join, Move
from kg.pages.joins import ADJACENT, Edge, Edges, Evidence
from kg.pages.sections import Block, Section

__all__ = ["Order", "as_it_stands", "put_in_order"]

# Scores are summed; they were set by what comes back of articles cut at random (tests/pages/rates.py).
SHORT_JOIN = 2.0  # what a line has to show that is too short to be known for a sentence
CLOSED_JOIN = 4.0  # what is needed behind a full stop: a quotation that closes
SURE = 10.0  # from this on an adjacent join is not questioned
MOVE = 3.0  # what a move has to be worth
SHORT_MOVE = 5.0  # and behind a line too short to be known for a sentence
ABOVE = 3.5  # columns leave a tail above the headline of its article
BESIDE = 3.5  # columns alternate: a tail stands below the first half of another article's sentence
WITHIN = 1.0  # it stands further down in the same article
FAR = -2.5  # it stands anywhere else
STANDS = 2.5  # a paragraph behind a full stop has a place where it is
FRESH_STANDS = 2.5  # the more so when it begins as paragraphs do
SKIPPED = -1.0  # the less so when only it stands between the halves
KIN_WEIGHT = 0.7  # one run of characters that only one article shares with a paragraph
KIN = 2.5  # the most that one paragraph adds
KIN_ALL = 8.0  # the most that all of a tail add
# What keeps the work within bounds on texts that are no newspaper pages.
MOST_PLACES = 16
MOST_PAIRED = 60
WINDOW = 16  # sections
LONGEST_PARAGRAPH = 12  # lines


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Where the sections so far are cut: the last of them at `at`, the others as `before` says."""

    score: float
    at: int
    before: _Cuts | None


@dataclass(slots=True)
class Order:
    """The blocks of a section in reading order; `joined` maps a block to the one whose paragraph it goes on."""

    blocks: list[Block]
    joined: dict[int, Block] = field(default_factory=dict)
    joins: list[Join] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)


def _prose(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.prose]


@dataclass(frozen=True, slots=True)
class _Link:
    left: Block
    right: Block
    evidence: Evidence
    score: float


def as_it_stands(found: Sequence[Section]) -> list[Order]:
    """Take the page as it is."""
    return [Order(list(section.body)) for section in found]


def put_in_order(found: Sequence[Section], edges: Edges) -> list[Order]:
    """Return the reading order of each section; one whose text all belongs elsewhere comes back without blocks."""
    return _Flow(found, edges).orders()


class _Flow:
    def __init__(self, found: Sequence[Section], edges: Edges) -> None:
        self.sections = found
        self.edges = edges
        self.home = {block.order: number for number, section in enumerate(found) for block in section.body}
        self.blocks = {block.order: block for section in found for block in section.body}
        self.edge: dict[int, Edge] = {
            order: edges.edge(block.line.text, closed=block.line.closed)
            for order, block in self.blocks.items()
            if block.prose
        }
        self.sequence = [list(section.body) for section in found]
        self.links: dict[int, _Link] = {}  # by the order of the block that goes on
        self.moves: list[tuple[list[Block], str]] = []  # what was moved, and why; the later the truer
        self.kin = _NOBODY
        self.broken = any(
            edge.open and edge.prose and len(edge.text) >= 25 and not self.blocks[order].line.closed
            for order, edge in self.edge.items()
        )

    def orders(self) -> list[Order]:
        self._adjacent()
        self._above()
        self._elsewhere()
        done = []
        for sequence in self.sequence:
            order = Order(self._behind_paragraphs(sequence))
            for before, block in pairwise(order.blocks):
                link = self.links.get(block.order)
                if link and link.left is before:
                    order.joined[block.order] = link.left
                    order.joins.append(Join(link.left.line.number, block.line.number, link.evidence.reason))
            order.moves = self._moves(order.blocks)
            done.append(order)
        return done

    def _moves(self, blocks: Sequence[Block]) -> list[Move]:
        """Return the runs of an article that were moved, as they stand in the end."""
        why: dict[int, tuple[int, str]] = {}
        for number, (run, reason) in enumerate(self.moves):
            why.update((block.order, (number, reason)) for block in run)
        found: list[Move] = []
        last = -1
        for before, block in pairwise(blocks):
            number, reason = why.get(block.order, (-1, ""))
            if number >= 0 and number == last:
                found[-1] = replace(found[-1], lines=(*found[-1].lines, block.line.number))
            elif number >= 0:
                found.append(Move((block.line.number,), before.line.number, reason))
            last = number
        return found

    # -- adjacent ------------------------------------------------------------------------------------------------------

    def _adjacent(self) -> None:
        for section in self.sections:
            prose = [block for block in section.body if block.prose]
            for at, left in enumerate(prose[:-1]):
                if not self._edge_so_far(left).open:
                    continue
                link = self._adjacent_link(left, prose[at + 1])
                if prose[at + 1].caption and at + 2 < len(prose):
                    beyond = self._adjacent_link(left, prose[at + 2])
                    link = beyond if beyond and (not link or beyond.score >= link.score) else link
                if link:
                    self.links[link.right.order] = link

    def _adjacent_link(self, left: Block, right: Block) -> _Link | None:
        edge = self._edge_so_far(left)
        if right.starts or right.order in self.links:
            return None
        found = self._evidence(left, right)
        if left.line.closed:
            needed = CLOSED_JOIN
        elif edge.prose and not left.title:
            needed = -ADJACENT
        else:
            needed = -0.1 if self.broken and not left.title else SHORT_JOIN
        if right.caption:
            needed = max(needed, 1.0)
        return _Link(left, right, found, found.score + ADJACENT) if found.score > needed else None

    # -- elsewhere -----------------------------------------------------------------------------------------------------

    def _above(self) -> None:
        """Bring home the tails that columns leave above the headline of their article.

        Each section is cut in two: its own article, and the tail of the next one's. All cuts are chosen together, so
        that what is read in the end has the greatest sum of what speaks for it.
        """
        if not any(self._is_open(prose[-1]) for prose in map(_prose, self.sequence) if prose) and not any(
            self._is_open(left) and not self._linked(left, right)
            for prose in map(_prose, self.sequence)
            for left, right in pairwise(prose)
        ):
            return
        self.kin = _Kin(self.sections, self.sequence)
        best: dict[int, _Cuts] = {}
        for number in range(len(self.sequence)):
            best = self._cuts(number, best)
        last: _Cuts | None = max(best.values(), key=lambda cuts: cuts.score)
        cuts: list[int] = []
        while last is not None:
            cuts.insert(0, last.at)
            last = last.before
        prose = [_prose(sequence) for sequence in self.sequence]
        for number, at in reversed(list(enumerate(cuts[:-1]))):
            if at < len(prose[number]):
                self._take(number, prose[number + 1][cuts[number + 1] - 1], prose[number][at])

    def _take(self, number: int, left: Block, right: Block) -> None:
        """Move what begins with `right` behind `left`, the end of the article below it."""
        source, target = self.sequence[number], self.sequence[number + 1]
        run = source[source.index(right) :]
        del source[source.index(right) :]
        at = target.index(left) + 1
        target[at:at] = run
        self.home.update((block.order, number + 1) for block in run)
        found = self._evidence(left, right)
        self.links[right.order] = _Link(left, right, found, found.score + ADJACENT)
        self.moves.append((run, found.reason))

    def _cuts(self, number: int, before: dict[int, _Cuts]) -> dict[int, _Cuts]:
        """Return for each place to cut section `number` the best sum so far, with the cuts that lead to it."""
        prose = _prose(self.sequence[number])
        flow = [self._flow(left, right) for left, right in pairwise(prose)]
        found: dict[int, _Cuts] = {}
        for at in [len(prose)] if number == len(self.sequence) - 1 else self._places(prose, flow):
            inside = sum(flow) - (flow[at - 1] if 0 < at < len(prose) else 0.0)
            for cut in before.values() or [None]:
                joint = self._joint(number, prose[:at], cut.at if cut else -1)
                if joint is None:
                    continue
                score = (cut.score if cut else 0.0) + inside + joint
                if at not in found or score > found[at].score:
                    found[at] = _Cuts(score, at, cut)
        return found

    def _places(self, prose: Sequence[Block], flow: Sequence[float]) -> list[int]:
        """Return where a section may be cut: not before what an article begins with, and where least is lost."""
        first = max((at + 1 for at, block in enumerate(prose) if block.starts), default=0)
        places = list(range(first, len(prose)))
        if len(places) > MOST_PLACES:
            places = sorted(sorted(places, key=lambda at: flow[at - 1] if at else 0.0)[:MOST_PLACES])
        return [*places, len(prose)]

    def _flow(self, left: Block, right: Block) -> float:
        """Return what speaks for reading two blocks of a section one behind the other."""
        link = self.links.get(right.order)
        if link is not None and link.left is left:
            return link.score
        if right.starts or self._is_open(left):
            return 0.0
        edge = self.edge[right.order]
        return -2.0 if edge.odd else STANDS + FRESH_STANDS if edge.fresh else STANDS

    def _joint(self, number: int, own: Sequence[Block], cut: int) -> float | None:
        """Return what speaks for letting the tail of section `number - 1` from `cut` on follow `own`; None against."""
        tail = _prose(self.sequence[number - 1])[cut:] if number and cut >= 0 else []
        if not tail:
            return 0.0
        if not own or not self._is_open(own[-1]):
            return None
        edge = self.edge[own[-1].order]
        found = self._evidence(own[-1], tail[0])
        worth = ABOVE if edge.prose and not own[-1].title else ABOVE - SHORT_MOVE + MOVE
        return found.score + worth + self.kin.prefers_all(tail, number, number - 1)

    def _evidence(self, left: Block, right: Block) -> Evidence:
        """Weigh the two with what is already known to stand before the one and behind the other in its paragraph."""
        if left.order in self._goes_on(right):
            return self.edges.evidence(self.edge[left.order], self.edge[right.order])
        return self.edges.evidence(self._edge_so_far(left), self._edge_from(right))

    def _edge_so_far(self, block: Block) -> Edge:
        link = self.links.get(block.order)
        if link is None:
            return self.edge[block.order]
        text = block.line.text
        for _ in range(LONGEST_PARAGRAPH):
            text = link.left.line.text + text
            link = self.links.get(link.left.order)
            if link is None:
                break
        return self.edges.edge(text, closed=block.line.closed)

    def _edge_from(self, block: Block) -> Edge:
        orders = self._goes_on(block)
        if len(orders) == 1:
            return self.edge[block.order]
        text = "".join(self.blocks[order].line.text for order in orders)
        return self.edges.edge(text, closed=self.blocks[orders[-1]].line.closed)

    def _goes_on(self, block: Block) -> list[int]:
        """Return the orders of the blocks of the paragraph from `block` on."""
        found = [block.order]
        sequence = self.sequence[self.home[block.order]]
        at = sequence.index(block)
        for later in sequence[at + 1 :]:
            link = self.links.get(later.order)
            if link is None or link.left.order != found[-1]:
                if later.prose and not later.caption:
                    break
                continue
            found.append(later.order)
            if len(found) == LONGEST_PARAGRAPH:
                break
        return found

    def _is_open(self, block: Block) -> bool:
        return self.edge[block.order].open and not block.line.closed

    def _elsewhere(self) -> None:
        for start in range(0, len(self.sequence), WINDOW):
            self._pair({*range(start, start + WINDOW)})
        self._columns()

    def _pair(self, window: set[int]) -> None:
        """Assign what still breaks off and what begins in the middle to each other, in some sections of the page."""
        followed = {link.left.order for link in self.links.values()}
        blocks = [
            block for number in sorted(window & set(self.home.values())) for block in _prose(self.sequence[number])
        ]
        dangling = [block for block in blocks if block.order not in followed and self._is_open(block)]
        if not any(self.edge[block.order].prose and not block.title for block in dangling):
            return
        here = {block.order for block in blocks}
        weak = [link for order, link in self.links.items() if order in here and link.evidence.score < SURE]
        weak = sorted(weak, key=lambda link: link.evidence.score)[:MOST_PAIRED]
        lefts = [*dangling[:MOST_PAIRED], *(link.left for link in weak)]
        questioned = {link.right.order for link in weak}
        rights = [
            block
            for block in blocks
            if not block.starts and (block.order not in self.links or block.order in questioned)
        ][: 2 * MOST_PAIRED]
        self.kin = _Kin(self.sections, self.sequence)
        table = [[self._score(left, right) for right in rights] for left in lefts]
        chosen = [
            (lefts[row], rights[column])
            for row, column in _assign(table)
            if table[row][column] >= self._worth(lefts[row], dangling)
        ]
        for link in weak:
            if (link.left, link.right) not in chosen:
                taken = any(left is link.left or right is link.right for left, right in chosen)
                if taken or link.score <= 0:
                    del self.links[link.right.order]
        moved = [(left, right) for left, right in chosen if not self._linked(left, right)]
        for left, right in sorted(moved, key=lambda pair: pair[0].order):
            self._move(left, right, {block.order for _, block in moved})

    def _worth(self, left: Block, dangling: Sequence[Block]) -> float:
        """Return what it has to be worth to let something stand behind `left` that does not stand there."""
        if left not in dangling:
            return 0.0
        return MOVE if self.edge[left.order].prose and not left.title else SHORT_MOVE

    def _linked(self, left: Block, right: Block) -> bool:
        link = self.links.get(right.order)
        return link is not None and link.left is left

    def _score(self, left: Block, right: Block) -> float:
        if left is right or self._leads_to(right, left):
            return -99.0
        link = self.links.get(right.order)
        if link is not None and link.left is left:
            return link.score
        found = self._evidence(left, right)
        score = found.score + self._place(left, right)
        before = self._before(right)
        if before is not None and not self.edge[right.order].odd and not self.edge[before.order].open:
            # nothing is wrong with it where it stands
            skipped = self.home[left.order] == self.home[right.order] and self._before(before) is left
            score -= SKIPPED if skipped else STANDS
        target, home = self.home[left.order], self.home[right.order]
        if target != home:
            score += self.kin.prefers_all(self._run(right, target), target, home)
        return score

    def _leads_to(self, first: Block, last: Block) -> bool:
        """Whether the paragraph that goes on from `first` is the one that ends with `last`."""
        seen = [last]
        while (link := self.links.get(seen[-1].order)) and link.left not in seen:
            seen.append(link.left)
        return first in seen[1:]

    def _place(self, left: Block, right: Block) -> float:
        target, home = self.home[left.order], self.home[right.order]
        if target == home:
            return WITHIN if right.order > left.order else -6.0
        prose = _prose(self.sequence[target])
        score = 1.0 if prose[-1] is left else -2.0
        if self.sections[home].top or target == home + 1:
            return score + ABOVE
        if home == target + 1:
            second = _prose(self.sequence[home])[1:2]
            return score + (BESIDE if second == [right] else 0.5)
        return score + FAR

    def _before(self, block: Block) -> Block | None:
        prose = _prose(self.sequence[self.home[block.order]])
        at = prose.index(block)
        return prose[at - 1] if at else None

    def _run(self, block: Block, target: int) -> list[Block]:
        """Return what would move with `block`: all up to the headline of its article, else it alone."""
        home = self.home[block.order]
        body = self.sequence[home]
        return body[body.index(block) :] if self.sections[home].top or target == home + 1 else [block]

    # -- moving --------------------------------------------------------------------------------------------------------

    def _move(self, left: Block, right: Block, claimed: set[int]) -> None:
        found = self._evidence(left, right)
        self.links[right.order] = _Link(left, right, found, found.score)
        source = next(sequence for sequence in self.sequence if right in sequence)
        target = next(sequence for sequence in self.sequence if left in sequence)
        if source is target:
            self._move_within(source, left, right)
            return
        run = self._extent(source, right, target, claimed)
        for block in run:
            source.remove(block)
        at = target.index(left) + 1
        target[at:at] = run
        self.moves.append((run, found.reason))

    def _extent(self, source: list[Block], right: Block, target: list[Block], claimed: set[int]) -> list[Block]:
        """Return what moves with a tail: all up to the next headline, unless it belongs to where it stands."""
        number = self.home[right.order]
        goal = self.sequence.index(target)
        whole = self.sections[number].top or goal == number + 1
        run = [right]
        for block in source[source.index(right) + 1 :]:
            if block.order in claimed:
                break
            link = self.links.get(block.order)
            if link is not None and link.left in run:
                run.append(block)
                continue
            if link is not None:
                break
            if not whole and self.kin.prefers(block, goal, number) <= -1.0:
                break
            run.append(block)
        return run

    def _move_within(self, sequence: list[Block], left: Block, right: Block) -> None:
        """Bring what stands between the two halves of a sentence behind the paragraph, or to the article it is from."""
        start, end = sequence.index(left) + 1, sequence.index(right)
        if end < start:  # the tail stands above
            sequence.remove(right)
            sequence.insert(sequence.index(left) + 1, right)
            self.moves.append(([right], self.links[right.order].evidence.reason))
            return
        between = sequence[start:end]
        number = self.home[left.order]
        taken = [
            run[-1]
            for run, _ in self.moves
            if self.home[run[0].order] == number and run[0].order < right.order and run[-1] not in sequence
        ]
        del sequence[start:end]
        if between and taken and all(block.prose for block in between):
            other = next(s for s in self.sequence if taken[-1] in s)
            if other is not sequence:
                other.extend(between)
                self.moves.append((between, "it stands between the halves of another article's sentence"))
                return
        at = sequence.index(right) + 1
        while at < len(sequence) and (link := self.links.get(sequence[at].order)) and link.left is sequence[at - 1]:
            at += 1
        sequence[at:at] = between
        if between:
            self.moves.append((between, "it stands between the halves of a sentence"))

    def _columns(self) -> None:
        """Where two columns alternate, let their further paragraphs go to the article that has their names."""
        for run, _ in list(self.moves):
            home = self.home[run[0].order]
            goal = next(number for number, sequence in enumerate(self.sequence) if run[0] in sequence)
            if goal != home - 1 or run[-1] is not self.sequence[goal][-1]:
                continue
            self.kin = _Kin(self.sections, self.sequence)
            for block in list(self.sequence[home]):
                if block.order < run[0].order or not block.prose or block.starts or block.order in self.links:
                    continue
                if any(link.left is block for link in self.links.values()) or self.edge[block.order].open:
                    continue
                if self.kin.prefers(block, goal, home) >= 0.7:
                    self.sequence[home].remove(block)
                    self.sequence[goal].append(block)
                    self.moves.append(([block], "two columns alternate, and it shares names with this one"))

    def _behind_paragraphs(self, sequence: list[Block]) -> list[Block]:
        """Let captions and credits that stand inside a broken sentence follow its paragraph."""
        done: list[Block] = []
        held: list[Block] = []
        goes_on = {link.left.order for link in self.links.values()}
        for block in sequence:
            aside = not block.prose or (block.caption and block.order not in self.links)
            if aside and done and (held or self._inside_sentence(done[-1], goes_on, sequence)):
                held.append(block)
                continue
            link = self.links.get(block.order)
            if held and link is None:
                self._put(done, held)
            done.append(block)
            if held and block.order not in goes_on:
                self._put(done, held)
        self._put(done, held)
        return done

    def _inside_sentence(self, block: Block, goes_on: set[int], sequence: list[Block]) -> bool:
        return block.order in goes_on and any(
            (link := self.links.get(other.order)) is not None and link.left is block for other in sequence
        )

    def _put(self, done: list[Block], held: list[Block]) -> None:
        if held:
            self.moves.append((list(held), "it stands between the halves of a sentence"))
            done += held
            held.clear()


class _Kin:
    """Which article a text belongs to by the names in it: runs of three characters that only one article has.

    Some are shared by chance, the more the longer an article is; the rest of the page tells how many that are.
    """

    def __init__(self, found: Sequence[Section], bodies: Sequence[Sequence[Block]]) -> None:
        grams = [[(block.order, _grams(block.line.text)) for block in body] for body in bodies]
        self._counts: list[Counter[str]] = []
        for section, body in zip(found, grams, strict=True):
            count: Counter[str] = Counter()
            for line in (*section.kicker, *([section.headline] if section.headline else [])):
                count.update(_grams(line.text))
            for _, own in body:
                count.update(own)
            self._counts.append(count)
        self._sizes = [len(count) for count in self._counts]
        self._size = sum(self._sizes)
        first: dict[str, int] = {}
        second: dict[str, int] = {}
        many: set[str] = set()
        for number, count in enumerate(self._counts):
            for gram in count:
                if gram not in first:
                    first[gram] = number
                elif gram not in second:
                    second[gram] = number
                else:
                    many.add(gram)
        self._own = {order: len(own) for body in grams for order, own in body}
        # of each block: the runs that can tell, with the other section that has them, -1 for none
        self._telling: dict[int, list[tuple[str, int]]] = {}
        for number, body in enumerate(grams):
            count = self._counts[number]
            for order, own in body:
                self._telling[order] = [
                    (gram, -1 if gram not in second else first[gram] + second[gram] - number)
                    for gram in own
                    if gram not in many and (gram in second or count[gram] > 1)
                ]
        self._known: dict[tuple[int, ...], list[tuple[Counter[int], int]]] = {}

    def prefers(self, block: Block, target: int, home: int) -> float:
        """Return how much more a block of section `home` speaks of section `target` than of what is there beside it."""
        return self.prefers_all([block], target, home)

    def prefers_all(self, blocks: Sequence[Block], target: int, home: int) -> float:
        """Add up what blocks that move together prefer, where each of them is weighed against those that stay."""
        key = tuple(block.order for block in blocks)
        if key not in self._known:
            gone = Counter(gram for order in key for gram, _ in self._telling[order])
            size = sum(self._own[order] for order in key)
            self._known[key] = [(self._shared(self._telling[order], gone, home), size) for order in key]
        each = [
            KIN_WEIGHT * (self._kinship(shared, target, home, size) - self._kinship(shared, home, home, size))
            for shared, size in self._known[key]
        ]
        return max(-KIN_ALL, min(KIN_ALL, sum(max(-KIN, min(KIN, one)) for one in each)))

    def _shared(self, own: Sequence[tuple[str, int]], gone: Counter[str], home: int) -> Counter[int]:
        """Return how many runs each section alone shares with a block."""
        here = self._counts[home]
        shared: Counter[int] = Counter()
        for gram, other in own:
            stays = here[gram] > gone[gram]
            if other < 0 and stays:
                shared[home] += 1
            elif other >= 0 and not stays:
                shared[other] += 1
        return shared

    def _kinship(self, shared: Counter[int], number: int, home: int, gone: int) -> float:
        """Return how many runs section `number` alone shares with a block, beyond those shared by chance."""
        rest = max(0, self._sizes[home] - gone)
        size = rest if number == home else self._sizes[number]
        every = self._size - self._sizes[home] + rest + 200
        chance = size * (shared.total() + 0.5 - shared[number]) / (every - size)
        return shared[number] - min(chance, shared[number] + 2.0)


_NOBODY = _Kin((), ())
_RUN = re.compile(r"[\u3400-\u9fffA-Za-z0-9]{3,}")


def _grams(text: str) -> set[str]:
    return {run[i : i + 3] for run in _RUN.findall(text) for i in range(len(run) - 2)}


def _assign(table: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pair rows with columns so that the sum of the scores is greatest; a pair below zero is no pair.

    The Hungarian method with potentials; ties go to the earlier row and column.
    """
    rows, columns = len(table), len(table[0]) if table else 0
    if not rows or not columns:
        return []
    size = columns + rows  # each row may also stay alone, at no gain
    cost = [[-max(score, -50.0) for score in row] + [0.0] * rows for row in table]
    infinite = float("inf")
    up, down = [0.0] * (rows + 1), [0.0] * (size + 1)
    match, way = [0] * (size + 1), [0] * (size + 1)
    for row in range(1, rows + 1):
        match[0] = row
        column = 0
        least, used = [infinite] * (size + 1), [False] * (size + 1)
        while True:
            used[column] = True
            current, delta, following = match[column], infinite, 0
            for j in range(1, size + 1):
                if used[j]:
                    continue
                reduced = cost[current - 1][j - 1] - up[current] - down[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(size + 1):
                if used[j]:
                    up[match[j]] += delta
                    down[j] -= delta
                else:
                    least[j] -= delta
            column = following
            if match[column] == 0:
                break
        while column:
            match[column] = match[way[column]]
            column = way[column]
    return sorted((match[j] - 1, j - 1) for j in range(1, columns + 1) if match[j] and table[match[j] - 1][j - 1] > 0)
