"""`llm`: names and relations that a language model reads, held against the text word for word and the ontology.

What the model writes is never believed: a name that does not stand in the text is dropped, so is a relation whose ends
the article does not have, that the ontology forbids, or that no sentence holds both ends of.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from kg.errors import NotAvailable, OntologyError
from kg.extract.optional import Settings
from kg.extract.optional.answers import Answers, default_folder
from kg.extract.optional.endpoint import Endpoint
from kg.extract.optional.fit import SCORE, occurrences
from kg.extract.optional.prompt import ROLES, asked_classes, asked_relations, system_prompt
from kg.extract.reading import Reading
from kg.extract.relations.claim import Claim, Qualifiers, status_of
from kg.extract.scene import Node, Scene
from kg.extract.spans import Candidate, Draft
from kg.ids import digest
from kg.model import STATUSES, Issue, Status
from kg.text import fold, normal
from ontology import ontology

__all__ = ["Llm", "parsed"]

RULE = "llm"
PART = 6_000  # characters of an article that are asked about at once: far within every context window
_LONGEST_NAME = 60
_COUNTED = {
    "calls": "calls",
    "cached": "answers from the cache",
    "tokens_in": "tokens in",
    "tokens_out": "tokens out",
    "names": "names dropped",
    "relations": "relations dropped",
    "unusable": "answers without JSON",
}
_HEAD = re.compile(r"(?:工会联合会|联合工会|工会委员会|总工会|分工会|工会服务站|工会|分会)$")
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the model says of one article: objects as it wrote them, and how many of its answers were no JSON."""

    reading: Reading
    entities: tuple[Mapping[str, Any], ...]
    relations: tuple[Mapping[str, Any], ...]
    unusable: int


class Llm:
    """Names and relations that a language model finds (an endpoint that speaks as OpenAI's does)."""

    def __init__(self, settings: Settings) -> None:
        """Look at the settings; nothing is sent yet. Raises NotAvailable where they do not name an endpoint."""
        if not settings.llm_url or not settings.llm_model:
            raise NotAvailable(
                "the proposer llm needs an endpoint; set KG_LLM_URL and KG_LLM_MODEL, or give --llm-url and --llm-model"
            )
        self._endpoint = Endpoint(settings.llm_url, settings.llm_model, settings.llm_key, timeout=settings.llm_timeout)
        self._answers = Answers(Path(settings.llm_cache) if settings.llm_cache else default_folder())
        self._spent: Counter[str] = Counter()
        self._last: _Said | None = None
        self.identity = f"{settings.llm_model}, prompt {digest(system_prompt())}"

    def propose(self, draft: Draft) -> Iterator[Candidate]:
        """Yield every place at which a name that the model gives stands word for word."""
        reading = draft.reading
        for one in self._said(reading).entities:
            kind, name = str(one.get("type")), _words(one.get("name"))
            spans = list(occurrences(reading, name)) if kind in asked_classes() and len(name) <= _LONGEST_NAME else []
            if not spans:
                self._spent["names"] += 1
            for start, end in spans:
                head = _HEAD.search(name) if kind == "TradeUnion" else None
                host = (start, start + head.start()) if head and head.start() else None
                yield Candidate(start, end, kind, RULE, SCORE, host=host)

    def claims(self, scene: Scene) -> Iterator[Claim]:
        """Yield the relations between things of the article that the ontology allows, each with its sentence."""
        relations = self._said(scene.reading).relations
        things = _Things(scene) if relations else None
        for one in relations:
            claim = _claim(things, one) if things is not None else None
            if claim is None:
                self._spent["relations"] += 1
            else:
                yield claim

    def issues(self, reading: Reading) -> Iterator[Issue]:
        """Say where an answer was no JSON."""
        if self._said(reading).unusable:
            article = reading.article
            yield Issue(f"{article.id}:0", "llm-answer-unusable", article.headline or article.text[:30])

    def spent(self) -> Counter[str]:
        """Count calls, answers from the cache, tokens, and what was dropped, since this was last asked."""
        done, self._spent = self._spent + self._endpoint.spent, Counter()
        self._endpoint.spent = Counter()
        return done

    def said(self, spent: Counter[str]) -> str:
        """Say what was asked, and what of the answers was dropped."""
        return ", ".join(f"{words} {spent[name]}" for name, words in _COUNTED.items()) if spent else ""

    def _said(self, reading: Reading) -> _Said:
        if self._last is None or self._last.reading is not reading:
            entities: list[Mapping[str, Any]] = []
            relations: list[Mapping[str, Any]] = []
            unusable = 0
            for text in _parts(reading.text):
                told = parsed(self._answer(text))
                unusable += told is None
                entities += _objects(told, "entities")
                relations += _objects(told, "relations", "triples")
            self._spent["unusable"] += unusable
            self._last = _Said(reading, tuple(entities), tuple(relations), unusable)
        return self._last

    def _answer(self, text: str) -> str:
        """Return what the model says of a text: as kept, else as asked now, a second time where it was no JSON."""
        model, prompt = self._endpoint.model, system_prompt()
        key = digest(model, prompt, text)
        content = self._answers.get(key)
        if content is not None:
            self._spent["cached"] += 1
            return content
        content = self._endpoint.ask(prompt, text).content
        if parsed(content) is None:
            content = self._endpoint.ask(prompt, text).content
        self._answers.put(key, model, content)
        return content


# --------------------------------------------------------------------------------------------------- what was answered


def parsed(content: str) -> Mapping[str, Any] | None:
    """Return the JSON object in an answer, also one in a fence or behind other words; None where there is none."""
    text = _THOUGHT.sub("", content)
    decoder = json.JSONDecoder()
    at = text.find("{")
    for _ in range(20):
        if at < 0:
            return None
        try:
            found, _end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            pass
        else:
            if isinstance(found, dict) and found.keys() & {"entities", "relations", "triples"}:
                return cast(Mapping[str, Any], found)
        at = text.find("{", at + 1)
    return None


def _objects(told: Mapping[str, Any] | None, *keys: str) -> list[Mapping[str, Any]]:
    values = [told[key] for key in keys if key in told] if told is not None else []
    return [one for value in values if isinstance(value, list) for one in value if isinstance(one, dict)]


def _words(value: object) -> str:
    """A piece of text as the model wrote it, in the form in which the text is searched."""
    return fold(value.strip()).text if isinstance(value, str) else ""


def _parts(text: str) -> Iterator[str]:
    """Cut a long article between paragraphs (a paragraph that is too long by itself: where it gets so)."""
    part = ""
    for line in text.splitlines(keepends=True):
        if part and len(part) + len(line) > PART:
            yield part
            part = ""
        part += line
        while len(part) > PART:
            yield part[:PART]
            part = part[PART:]
    if part.strip():
        yield part


# --------------------------------------------------------------------------------------------------------- relations


class _Things:
    """The things of an article by name, and where each is spoken of."""

    def __init__(self, scene: Scene) -> None:
        self.reading = scene.reading
        self._named: dict[str, list[Node]] = {}
        self._spoken: dict[int, dict[tuple[int, int], int]] = {}  # node: sentence: the first place in it
        for node in scene.nodes:
            for name in sorted(node.names | {node.name}):
                self._named.setdefault(normal(name), []).append(node)
        for o in scene.occurrences:
            sentence = scene.reading.sentence_of(o.start)
            if o.end <= sentence[1]:
                self._spoken.setdefault(id(o.node), {}).setdefault(sentence, o.start)

    def named(self, name: str) -> Sequence[Node]:
        """The things that bear the name."""
        return self._named.get(normal(name), ())

    def spoken(self, node: Node) -> Mapping[tuple[int, int], int]:
        """The sentences that speak of it, by name or by reference back, with the first place in each."""
        return self._spoken.get(id(node), {})


def _claim(things: _Things, one: Mapping[str, Any]) -> Claim | None:
    """Return the claim, None where the article, the ontology or the text does not bear it."""
    predicate = one.get("relation", one.get("predicate"))
    if not isinstance(predicate, str) or predicate not in asked_relations():
        return None
    ends = _ends(things, predicate, _words(one.get("subject")), _words(one.get("object")))
    sentence = _sentence(things, *ends, _words(one.get("sentence"))) if ends is not None else None
    if ends is None or sentence is None:
        return None
    status = _status(things, *ends, sentence, one.get("status"))
    qualifiers = _qualifiers(things.reading.text[sentence[0] : sentence[1]], predicate, one)
    return Claim(ends[0], predicate, ends[1], *sentence, RULE, status, qualifiers)


def _ends(things: _Things, predicate: str, subject: str, target: str) -> tuple[Node, Node] | None:
    """The first two things of these names that the ontology lets the relation join."""
    for left in things.named(subject):
        for right in things.named(target):
            try:
                ontology.check_triple(left.type, predicate, right.type)
            except OntologyError:
                continue
            if left is not right:
                return left, right
    return None


def _sentence(things: _Things, left: Node, right: Node, quoted: str) -> tuple[int, int] | None:
    """The sentence that speaks of both: the one the model quotes, else the first. A quote that is none: no sentence."""
    spans = list(occurrences(things.reading, quoted.rstrip("。！？；")))
    if quoted and not spans:
        return None
    both = sorted(things.spoken(left).keys() & things.spoken(right).keys())
    cited = [(start, end) for start, end in both if any(a < end and start < b for a, b in spans)]
    return next(iter((*cited, *both)), None)


def _status(things: _Things, left: Node, right: Node, sentence: tuple[int, int], said: object) -> Status:
    """What the model says, unless it takes for done what the words around the two ends announce or deny."""
    if said in STATUSES and said != "happened":
        return cast(Status, said)
    text = things.reading.text
    first, last = sorted((things.spoken(left)[sentence], things.spoken(right)[sentence]))
    clause = max(text.rfind(sign, sentence[0], first) for sign in "，；：") + 1
    return status_of(text, max(clause, sentence[0]), last)


def _qualifiers(sentence: str, predicate: str, one: Mapping[str, Any]) -> Qualifiers:
    """The title or honour, where it stands in the sentence; the role in organising."""
    found: list[tuple[str, str]] = []
    for name in asked_relations()[predicate].qualifiers:
        value = _words(one.get(name))
        if name == "role":
            found.append((name, value if value in ROLES else ROLES[0]))
        elif name in ("title", "honour") and value and value in sentence:
            found.append((name, value))
    return tuple(found)
