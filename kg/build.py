"""Run it all: pages in, a workspace out."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

import kg
from kg.errors import InputError, KGError
from kg.extract import STRONG, Keep
from kg.extract.optional import Panel
from kg.io import dump, read_utf8
from kg.model import Extraction, Page
from kg.quality import SHARES, SHOWN, Bounds, Survey, read_bounds, report_page, survey
from kg.read import Reading, read_articles
from kg.resolve import IdTable, Resolution, parse_corrections, parse_rulings, resolve
from kg.workspace import CHECKS, NAME, Decision, Draft, FactRow, KeyLink, PageRecord, PageRow, Workspace, draft

__all__ = ["BuildReport", "Decided", "Progress", "build", "rules_hash"]

Line = TypeVar("Line")
NAMED = frozenset({"District", "Enterprise", "Organization", "Product", "TradeUnion", "Venue"})  # by names alone
Progress = Callable[[str, int, int], None]  # which stage, how many are done, of how many (0: not known)


@dataclass(frozen=True, slots=True)
class Decided:
    """Files of what people decided, and of what they ask of a build; None: those of the workspace, if it has any."""

    judgements: str | os.PathLike[str] | None = None
    corrections: str | os.PathLike[str] | None = None
    checks: str | os.PathLike[str] | None = None


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; `changed` is False where the workspace already held just this."""

    changed: bool
    report: Mapping[str, Any]


def build(
    pages: Iterable[Page],
    workspace: str | os.PathLike[str],
    *,
    add: bool = False,
    repair: bool = True,
    workers: int | None = None,
    keep: Keep = STRONG,
    panel: Panel | None = None,
    decided: Decided | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Make `workspace` hold exactly `pages`, or with `add` also those it holds already (a page of the same id is
    replaced). What people decided is read from judgements.tsv, corrections.tsv and checks.toml of the workspace, unless
    `decided` names other files. Only pages that are new, or were read by other rules, are read; all of it is resolved
    anew. Facts less sure than `keep` allows are left out; entities and statements do not depend on that bound, so that
    ids do not. A build that fails leaves it as it was; where nothing changed, nothing is written.
    The optional proposers of `panel` are a part of what it is made from.

    A build that does not keep the bounds of checks.toml raises KGError, and leaves its report in report-refused.html
    and .json. Bounds are no part of what a workspace is made from; one that would not change is held to them as well.
    """
    tell = progress or (lambda *_: None)
    panel = panel or Panel()
    panel.helpers()  # what is not there is told before a page is read
    given: dict[str, Page] = {}
    for page in pages:
        given[page.id] = page
        tell("reading", len(given), 0)
    with draft(workspace) as work:
        if add and work.now is not None:
            held = {page.id: page for page in work.now.pages()}
            given = held | _settled(held, given.values())
        ordered = [given[name] for name in sorted(given)]
        made = decided or Decided()
        hold = partial(_hold, work, _bounds(work, made.checks))
        rulings = _decided(work, made.judgements, "judgements.tsv", parse_rulings)
        corrections = _decided(work, made.corrections, "corrections.tsv", parse_corrections)
        reading = f"{extraction_hash()} repair={repair} weak={keep.weak_rules} with={json.dumps(panel.identities())}"
        pages_from = {page.id: _sha256(reading.encode() + _line(page)) for page in ordered}
        by_people = _sha256(repr((rulings, corrections)).encode())
        whole = (rules_hash(), str(keep.min_confidence), by_people, *pages_from.values())
        made_from = _sha256("\n".join(whole).encode())
        if work.now is not None and _is_current(work.now, made_from):
            kept = work.now.report()
            hold(kept)
            work.accept()
            return BuildReport(False, kept)
        read = partial(
            read_articles, repair=repair, workers=workers, keep=replace(keep, min_confidence=0.0), panel=panel
        )
        join = partial(resolve, ids=_id_table(work), pages=ordered, rulings=rulings, corrections=corrections)
        work.begin()
        leftovers, extractions = _extractions(work, ordered, pages_from, read, tell)
        tell("resolving", 0, 0)
        resolution = join(extractions)
        sure = tuple(fact for fact in resolution.facts if fact.confidence >= keep.min_confidence)
        resolution = replace(resolution, facts=sure)
        tell("checking", 0, 0)
        said = (one for extraction in extractions for one in extraction.statements)
        seen = survey(resolution, said, (one.article for one in extractions))
        report = _report(ordered, leftovers, extractions, resolution, seen)
        hold(report)
        _write(work, extractions, resolution, report)
        work.commit(
            {
                "name": NAME,
                "version": kg.__version__,
                "made_from": made_from,
                "rules": rules_hash(),
                "options": {
                    "repair": repair,
                    "weak_rules": keep.weak_rules,
                    "min_confidence": keep.min_confidence,
                },
                "proposers": panel.identities(),
                "ids": _sha256(resolution.ids.text().encode("utf-8")),
                "counts": report["counts"],
            }
        )
        return BuildReport(True, report)


def _settled(held: Mapping[str, Page], given: Iterable[Page]) -> dict[str, Page]:
    """Return the pages that are added under ids that are theirs beside those the workspace holds.

    A page that is held from the same file keeps its id, whatever else was named in this call. One that would take the
    place of a page from another file is called by more of its path, as it would be had both been given together.
    """
    files = {Path(page.source).absolute(): page.id for page in held.values() if _is_of_file(page)}
    settled: dict[str, Page] = {}
    for page in given:
        name, file = page.id, Path(page.source).absolute()
        there = held.get(name)
        if _is_of_file(page) and file in files:
            name = files[file]
        elif there is not None and _is_of_file(page) and _is_of_file(there) and there.text != page.text:
            parts = file.with_suffix("").parts
            for depth in range(name.count("/") + 2, len(parts) + 1):
                name = "/".join(parts[-depth:])
                if name not in held and name not in settled:
                    break
        settled[name] = replace(page, id=name)
    return settled


def _is_of_file(page: Page) -> bool:
    """Whether the id of a page comes from the name of its file."""
    return f"/{Path(page.source).with_suffix('').as_posix()}".endswith(f"/{page.id}")


def _extractions(
    work: Draft,
    pages: Sequence[Page],
    made_from: Mapping[str, str],
    read: Callable[[Iterable[Page]], Iterator[Reading]],
    tell: Progress,
) -> tuple[int, list[Extraction]]:
    """Read the pages that changed, and take of the others what was read before; return how many lines of all of them
    belong to no article, and what the articles say, page by page."""
    now = work.now
    held: dict[str, PageRow] = {}
    if now is not None:
        held = {row.id: row for row in now.rows() if made_from.get(row.id) == row.made_from and now.holds(row)}
    todo = [page for page in pages if page.id not in held]
    fresh = iter(read(todo))
    leftovers, extractions, done = 0, list[Extraction](), 0
    for page in pages:
        if now is not None and page.id in held:
            record = now.page(held[page.id])
            work.keep(held[page.id])
        else:
            reading = next(fresh)
            record = PageRecord(page, len(reading.cut.leftovers), reading.extractions)
            work.write_page(record, made_from[page.id])
            done += 1
            tell("extracting", done, len(todo))
        leftovers += record.leftovers
        extractions += record.extractions
    return leftovers, extractions


def _write(work: Draft, extractions: Sequence[Extraction], resolution: Resolution, report: Mapping[str, Any]) -> None:
    """Write what the statements come to."""
    extracted = {one.id for extraction in extractions for one in extraction.statements}
    work.write("entities.jsonl", resolution.entities)
    for name, facts in (("facts.jsonl", resolution.facts), ("rejected.jsonl", resolution.rejected)):
        work.write(name, (FactRow.of(fact, extracted.__contains__) for fact in facts))
    work.write(
        "decisions.jsonl",
        (
            Decision(local, resolution.canonical[local], keys, resolution.reasons[local])
            for local, keys in resolution.keys.items()
        ),
    )
    both = {tuple(sorted((keys[0], key))) for keys in resolution.keys.values() for key in keys[1:]}
    told = {*resolution.overruled}
    work.write(
        "links.jsonl",
        (
            KeyLink(one.left, one.right, one.reasons)
            for one in resolution.links
            if one.verdict == "same" and not one.by_hand and one not in told and (one.left, one.right) not in both
        ),
    )
    work.write("candidates.jsonl", resolution.candidates)
    with work.open("ids.tsv") as stream:
        stream.write(resolution.ids.text().encode("utf-8"))
    with work.open("report.json") as stream:
        stream.write(_report_text(report))
    with work.open("report.html") as stream:
        stream.write(report_page(report).encode("utf-8"))


def _bounds(work: Draft, named: str | os.PathLike[str] | None) -> Bounds:
    """Read the bounds: of the file that was named, else of that of the workspace, if it has any."""
    path = Path(named) if named is not None else work.folder / CHECKS
    return read_bounds(path) if named is not None or path.exists() else Bounds()


def _hold(work: Draft, bounds: Bounds, report: Mapping[str, Any]) -> None:
    """Raise KGError where the report does not keep the bounds, and leave it where the analyst finds it."""
    broken = bounds.broken(report)
    if not broken:
        return
    refused = {"broken": [asdict(one) for one in broken], **report}
    page = work.refuse(_report_text(refused), report_page(report, broken=broken).encode("utf-8"))
    raise KGError(
        f"{work.folder} stays as it was, for this build breaks {bounds.source}: {'; '.join(map(str, broken))}; "
        f"see {page}, then mend the input or the bounds"
    )


def _report_text(report: Mapping[str, Any]) -> bytes:
    return (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _line(record: object) -> bytes:
    return dump(record).encode("utf-8") + b"\n"


def _id_table(work: Draft) -> IdTable:
    path = work.folder / "ids.tsv"
    if not path.exists():
        return IdTable()
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; restore it from a copy, or remove it") from None
    return IdTable.parse(text, source=str(path))


def _decided(
    work: Draft, named: str | os.PathLike[str] | None, name: str, parse: Callable[..., tuple[Line, ...]]
) -> tuple[Line, ...]:
    """Read a file of what people decided: the one that was named, else that of the workspace, if it has any."""
    path = Path(named) if named is not None else work.folder / name
    if named is None and not path.exists():
        return ()
    return parse(read_utf8(path), source=str(path))


def _is_current(now: Workspace, made_from: str) -> bool:
    same = now.head.get("made_from") == made_from and now.is_whole()
    return same and now.head.get("ids") == _sha256(now.ids().encode("utf-8"))


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


@cache
def rules_hash() -> str:
    """Hash the program and its tables: whatever may make the same pages come out otherwise."""
    return _hash_of("kg", "ontology")


@cache
def extraction_hash() -> str:
    """Hash what cuts and extracts: whatever may make the same page say something else."""
    names = ("model.py", "text.py", "ids.py", "read.py", "resolve/cite.py", "pages", "extract")
    return _hash_of(*(f"kg/{name}" for name in names), "ontology")


def _hash_of(*names: str) -> str:
    home = Path(kg.__file__).resolve().parent.parent
    hasher = hashlib.sha256(kg.__version__.encode())
    for path in sorted(path for name in names for path in (home / name, *(home / name).rglob("*"))):
        if path.is_file() and path.suffix in _RULES and "samples" not in path.parts:
            name = path.relative_to(home).as_posix()
            hasher.update(f"{name} {_sha256(path.read_bytes())}\n".encode())
    return hasher.hexdigest()


_RULES = frozenset({".py", ".tsv", ".txt", ".gz", ".ttl"})


def _report(
    pages: Sequence[Page], leftovers: int, extractions: Sequence[Extraction], resolution: Resolution, seen: Survey
) -> dict[str, Any]:
    """Say what was counted, what was not understood, what was left open, and what looks wrong."""
    shown = {one.article.key: one.article.id for one in extractions}
    issues = sorted(
        {(issue.kind, issue.where, issue.words) for extraction in extractions for issue in extraction.issues}
    )
    relations = Counter(fact.predicate for fact in resolution.facts)
    again = sum(len(one.others) for one in resolution.reprints)
    counts = {
        "pages": len(pages),
        "leftover_lines": leftovers,
        "articles": len(extractions),
        "stories": len(shown) - again,
        "mentions": sum(len(local.mentions) for one in extractions for local in one.entities),
        "local_entities": sum(len(one.entities) for one in extractions),
        "statements": sum(len(one.statements) for one in extractions),
        "entities": len(resolution.entities),
        "facts": len(resolution.facts),
        "issues": len(issues),
        "unresolved": len(resolution.unresolved),
        "candidates": len(resolution.candidates),
        "contradictions": len(resolution.contradictions),
        "overruled": len(resolution.overruled),
        "rejected": len(resolution.rejected),
        "idle_decisions": sum(bool(one.idle) for one in resolution.outcomes),
        "dropped": len(resolution.dropped),
        "reprints": again,
        "suspicious": len(seen.suspicious),
        "violations": len(seen.shapes.violations),
    }
    wholes = {
        "names of bodies and districts": sum(local.type in NAMED for one in extractions for local in one.entities),
        "entities": seen.components.things,
        "statements": counts["statements"],
        "entities and facts that were checked": seen.shapes.entities + seen.shapes.facts,
        "articles": counts["articles"],
    }
    parts = {**counts, "alone": seen.components.alone}
    return {
        "counts": counts,
        "entities": dict(sorted(Counter(entity.type for entity in resolution.entities).items())),
        "facts": dict(sorted(relations.items())),
        "shares": {name: round(parts[name] / max(1, wholes[of]), 6) for name, of in SHARES.items()},
        "statuses": dict(sorted(Counter(fact.status for fact in resolution.facts).items())),
        "rules": dict(sorted(Counter(said.evidence.rule for one in extractions for said in one.statements).items())),
        "issues": [{"kind": kind, "where": where, "words": words} for kind, where, words in issues],
        "unresolved": [
            {"article": shown[one.article], **{k: v for k, v in asdict(one).items() if k != "article"}}
            for one in resolution.unresolved
        ],
        "candidates": [asdict(one) for one in resolution.candidates[:SHOWN]],
        "contradictions": [asdict(one) for one in resolution.contradictions],
        "overruled": [asdict(one) for one in resolution.overruled],
        "decisions": [asdict(one) for one in resolution.outcomes],
        "dropped": [asdict(one) for one in resolution.dropped],
        "reprints": [
            {
                "first": shown[one.first],
                "others": [
                    {"article": shown[key], "alike": alike} for key, alike in zip(one.others, one.alike, strict=True)
                ],
            }
            for one in resolution.reprints
        ],
        "suspicious": [asdict(one) for one in seen.suspicious],
        "components": asdict(seen.components),
        "shapes": asdict(seen.shapes),
    }
