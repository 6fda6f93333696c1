"""Annotated articles and predictions, by hand and by chance, and the figures of the other scorer."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.eval.records import (
    GoldArticle,
    GoldEntity,
    GoldTriple,
    PredictedEntity,
    PredictedTriple,
    Prediction,
)
from kg.eval.score import Scored

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold" / "gold.json"
TEXTS = ROOT / "tests" / "gold" / "texts"
SHARED = ROOT.parent / "shared" / "eval"
SCORER = SHARED / "score.py"

Record = dict[str, Any]


def article(*entities: str, triples: Sequence[str] = (), optional: Sequence[str] = ()) -> GoldArticle:
    """Make an article: entities as "Type name alias …" (a ? in front: optional), triples as "s p o", a/b for either."""
    return GoldArticle("a", tuple(map(_entity, entities)), _triples(triples), _triples(optional))


def _entity(text: str) -> GoldEntity:
    kind, name, *aliases = text.removeprefix("?").split()
    return GoldEntity(kind, name, tuple(aliases), optional=text.startswith("?"))


def _triples(texts: Sequence[str]) -> tuple[GoldTriple, ...]:
    made = []
    for text in texts:
        subject, predicate, target, *titles = text.split()
        made.append(GoldTriple(tuple(subject.split("/")), predicate, tuple(target.split("/")), tuple(titles)))
    return tuple(made)


def prediction(*entities: str, triples: Sequence[str] = (), part: str = "a") -> Prediction:
    """Make a prediction: entities as "Type name alias …", triples as "s p o" or "s p o rule confidence"."""
    things = []
    for text in entities:
        kind, name, *aliases = text.split()
        things.append(PredictedEntity(kind, name, tuple(aliases), part))
    read = []
    for text in triples:
        subject, predicate, target, *rest = text.split()
        rules = tuple(rest[0].split("+")) if rest else ()
        sure = float(rest[1]) if len(rest) > 1 else None
        read.append(PredictedTriple(subject, predicate, target, rules=rules, confidence=sure, part=part))
    return Prediction(tuple(things), tuple(read), (part,))


def record(kind: str, name: str, *aliases: str) -> Record:
    """Return a predicted entity as `kg extract` prints it."""
    return {"type": kind, "name": name, "aliases": list(aliases)}


def kinds(scored: Scored) -> list[str]:
    """Return what became of each predicted triple."""
    return [verdict.kind for verdict in scored.triples]


# ------------------------------------------------------------------------------------------------------- by chance

_TYPES = ("TradeUnion", "Enterprise", "District", "Activity", "Person", "Venue", "Product", "Date", "Organization")
_RELATIONS = ("organizes", "heldAt", "participatesIn", "unionOf", "locatedIn", "hasRole", "awards", "quotedIn")


def muddled(gold: Record, seed: int) -> list[Record]:
    """Return predictions that are the annotation with some of everything that may go wrong."""
    chance = random.Random(seed)
    return [_muddled(chance, one) for one in gold["articles"] if chance.random() < 0.95]


def _muddled(chance: random.Random, gold: Record) -> Record:
    called: dict[str, list[str]] = {}
    entities = []
    for one in gold["entities"]:
        if chance.random() < 0.15:
            continue
        names = [one["name"], *one["aliases"]]
        name = _misprint(chance, chance.choice(names))
        kind = "TradeUnion" if one["type"] == "Union" else one["type"]
        kind = chance.choice(_TYPES) if chance.random() < 0.07 else kind
        aliases = chance.sample(names, chance.randint(0, len(names)))
        if chance.random() < 0.05:
            aliases.append(chance.choice(gold["entities"])["name"])
        called[one["name"]] = [name, *aliases]
        entities.append(record(kind, name, *aliases))
        if chance.random() < 0.08:
            entities.append(record(kind, chance.choice(names)))
    entities += [record(chance.choice(_TYPES), f"无名{n}") for n in range(chance.randint(0, 2))]
    chance.shuffle(entities)
    triples = []
    for one in [*gold["triples"], *gold["optional_triples"]]:
        if chance.random() < 0.2:
            continue
        ends = [chance.choice(end) if isinstance(end, list) else end for end in (one[0], one[2])]
        ends = [chance.choice(called.get(end, [end])) for end in ends]
        if chance.random() < 0.08:
            ends[1] = chance.choice(gold["entities"])["name"]
        if chance.random() < 0.05:
            ends.reverse()
        relation = chance.choice(_RELATIONS) if chance.random() < 0.08 else one[1]
        title = one[3] if len(one) > 3 else chance.choice(["", "主席"])
        title = chance.choice(title) if isinstance(title, list) else title
        triples.append([ends[0], relation, _misprint(chance, ends[1]), *([title] if title else [])])
        if chance.random() < 0.1:
            triples.append(triples[-1])
    chance.shuffle(triples)
    return {"id": gold["id"], "entities": entities, "triples": triples}


def _misprint(chance: random.Random, name: str) -> str:
    match chance.randint(0, 19):
        case 0:
            return name[:-1] or name
        case 1:
            return f"“{name}”"
        case 2:
            return f" {name} ".replace("·", "•").replace("—", "－－")
        case 3:
            return f"第一{name}"
        case _:
            return name


# ------------------------------------------------------------------------------------------------ the other scorer


def their_figures(gold: Path, predictions: Path, *options: str) -> Record:
    """Run the scorer that the project is given and return what it prints."""
    done = subprocess.run(
        [sys.executable, str(SCORER), str(gold), str(predictions), "--json", *options],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    found: Record = json.loads(done.stdout)
    return found
