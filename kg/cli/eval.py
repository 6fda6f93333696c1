"""`kg eval`: what was extracted against what people annotated."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.options import SHARE
from kg.cli.rows import format_table
from kg.errors import InputError, KGError
from kg.eval import blame, calibrate, rules
from kg.eval.records import GoldArticle, Prediction, choose, read_gold, read_predictions
from kg.eval.score import Counts, Interval, Score, Scored, compare, score
from kg.eval.texts import read_texts
from kg.extract.confidence import Measure
from kg.io import write_atomic
from queries import Table

__all__ = ["command"]

_RATES = ("precision", "recall", "f1")
Section = tuple[str, Table]


@click.command("eval")
@click.argument("gold")
@click.argument("predictions")
@click.option("--split", default="", metavar="NAME", help="Only the articles of this part of GOLD: tune, held, dev, …")
@click.option("--ids", default="", metavar="ID,ID", help="Only these articles.")
@click.option("--blame", "blamed", is_flag=True, help="Also why triples were lost or wrong: relation by cause.")
@click.option("--ablate", "ablated", is_flag=True, help="Also what each rule brings and spoils, the least sure first.")
@click.option("--reliability", is_flag=True, help="Also whether triples are right as often as they say.")
@click.option("--texts", metavar="DIR", help="Folder of the texts, ID.txt: --blame then sees what cutting did.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Also each thing and triple that was missed, wrong or lost, and why."
)
@click.option(
    "--calibrate",
    "calibrated",
    metavar="FILE",
    help="Also write the table of confidences, from splits calibrate and tune whatever --split says.",
)
@click.option("--min-entities-f1", metavar="X", type=SHARE, help="Fail where F1 is lower.")
@click.option("--min-triples-f1", metavar="X", type=SHARE, help="Fail where F1 is lower.")
@click.option("--min-triples-precision", metavar="X", type=SHARE, help="Fail where it is lower.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("table", "json")),
    default="table",
    show_default=True,
    help="Tables for eyes, or one JSON object.",
)
def command(
    gold: str,
    predictions: str,
    split: str,
    ids: str,
    blamed: bool,
    ablated: bool,
    reliability: bool,
    texts: str | None,
    verbose: bool,
    calibrated: str | None,
    min_entities_f1: float | None,
    min_triples_f1: float | None,
    min_triples_precision: float | None,
    format_name: str,
) -> None:
    """Compare PREDICTIONS, a file that kg extract printed or - for standard input, with the annotated set GOLD.

    Precision, recall and F1 of entities by class and of triples by relation, and of all together with the interval in
    which 95 of 100 sets of such articles would lie. Relaxed lets the name of an activity, venue or product also hold,
    or be held by, the annotated one. Exit code 1 where a --min-… is not reached.

    \b
    kg extract TEXTS | kg eval GOLD - --blame --texts TEXTS
    kg extract --weak-rules --rules TEXTS | kg eval GOLD - --ablate
    """
    every = read_gold(_bytes(gold), source=gold)
    with click.open_file(_there(predictions), "rb") as lines:
        articles, found, strange = read_predictions(lines, every, source=_called(predictions))
    chosen = choose(articles, split=split, ids=[name.strip() for name in ids.split(",") if name.strip()])
    scored = compare(chosen, found)
    strict, relaxed = score(scored), score(compare(chosen, found, relaxed=True), draws=0)
    known = read_texts(texts, chosen) if texts is not None else {}
    lost = [one for each in scored for one in blame.lost(each, known.get(each.article.id))]
    wrong = [one for each in scored for one in blame.spurious(each)]

    sections = [*_scores(strict, relaxed)]
    if blamed:
        sections += [_tally("lost", lost, blame.LOST), _tally("spurious", wrong, blame.SPURIOUS)]
    if ablated:
        sections += _ablation(scored)
    if reliability:
        sections.append(_reliability(scored))
    if verbose:
        sections += _details(scored, lost, wrong)
    missing = [one.id for one in chosen if one.id not in found]
    if format_name == "json":
        head: dict[str, Any] = {"articles": len(chosen), "without_prediction": missing, "unknown": list(strange)}
        head["intervals"] = {"entities": _spans(strict.entity_intervals), "triples": _spans(strict.triple_intervals)}
        head["titles"] = {"right": strict.titles[0], "given": strict.titles[1]}
        click.echo(json.dumps(head | {name: _records(table) for name, table in sections}, ensure_ascii=False, indent=1))
    else:
        _show(gold, split, len(chosen), missing, strange)
        for name, table in sections:
            click.echo(f"\n{name}\n{format_table(table, 'table') if table.rows else 'none'}".rstrip())
            click.echo(_note(name, strict, scored), nl=False)
    if calibrated is not None:
        with write_atomic(calibrated) as stream:
            stream.write(calibrate.table_text(_measured(articles, found, scored)).encode("utf-8"))
    _require(
        ("entities f1", strict.all_entities.f1, min_entities_f1),
        ("triples f1", strict.all_triples.f1, min_triples_f1),
        ("triples precision", strict.all_triples.precision, min_triples_precision),
    )


# ------------------------------------------------------------------------------------------------------------ reading


def _measured(
    articles: Sequence[GoldArticle], found: Mapping[str, Prediction], scored: Sequence[Scored]
) -> list[Measure]:
    """How sure rules are by the articles of split calibrate, and a little by those of tune; by all, without splits."""
    splits = {name for one in articles for name in one.splits}
    if not {"calibrate", "tune"} <= splits:
        return calibrate.measure(scored)
    fresh, practised = (compare(choose(articles, split=name), found) for name in ("calibrate", "tune"))
    return calibrate.measure(fresh, practised)


def _there(path: str) -> str:
    if path != "-" and not Path(path).is_file():
        raise InputError(f"{path}: no such file; give a file, or - for standard input")
    return path


def _called(path: str) -> str:
    return "standard input" if path == "-" else path


def _bytes(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(_there(path)).read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}; check its permissions") from error


def _require(*bounds: tuple[str, float, float | None]) -> None:
    """Raise KGError for the bounds that are not reached."""
    short = [f"{name} {value:.4f} is under {bound:g}" for name, value, bound in bounds if bound and value < bound]
    if short:
        raise KGError(f"{', '.join(short)}; --blame and --verbose say why")


# ------------------------------------------------------------------------------------------------------------- tables


def _scores(strict: Score, relaxed: Score) -> Iterable[Section]:
    for name, of_strict, of_relaxed, all_strict, all_relaxed in (
        ("entities", strict.entities, relaxed.entities, strict.all_entities, relaxed.all_entities),
        ("triples", strict.triples, relaxed.triples, strict.all_triples, relaxed.all_triples),
    ):
        rows = [_score_row(kind, one, of_relaxed.get(kind, Counts())) for kind, one in of_strict.items()]
        rows.append(_score_row("all", all_strict, all_relaxed))
        columns = ("kind", "right", "predicted", "expected", *_RATES, *(f"relaxed {rate}" for rate in _RATES))
        yield name, Table(columns, tuple(rows))


def _score_row(kind: str, strict: Counts, relaxed: Counts) -> tuple[object, ...]:
    rates = [_figure(getattr(one, rate)) for one in (strict, relaxed) for rate in _RATES]
    return (kind, strict.right, strict.predicted, strict.expected, *rates)


def _figure(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _tally(name: str, blames: Iterable[blame.Blame], causes: Sequence[str]) -> Section:
    counts = blame.tally(blames, causes)
    rows = [(kind, *of.values(), sum(of.values())) for kind, of in counts.items()]
    if rows:
        each = [sum(of[cause] for of in counts.values()) for cause in causes]
        rows.append(("all", *each, sum(each)))
    return name, Table(("relation", *causes, "all"), tuple(rows))


def _ablation(scored: Sequence[Scored]) -> Iterable[Section]:
    columns = ("right", "wrong", "neutral", "only", "precision", "smoothed")
    sure = {(one.predicate, one.rule): one for one in calibrate.measure(scored)}
    work = {key: one for key, one in rules.work_of(scored).items() if key in sure}  # the others read what is optional
    rows = [
        (one.rule, one.kind, *_brings(one), "weak" if sure[one.kind, one.rule].weak else "")
        for one in rules.ablate(work, {key: sure[key].confidence for key in work})
    ]
    yield "rules", Table(("rule", "relation", *columns, "note"), tuple(rows))
    named = rules.entity_work(scored)
    if named:
        found = rules.ablate(named, calibrate.smoothed_names(named))
        yield (
            "entity rules",
            Table(("rule", "class", *columns), tuple((one.rule, one.kind, *_brings(one)) for one in found)),
        )


def _brings(one: rules.RuleCounts) -> tuple[object, ...]:
    return one.right, one.wrong, one.neutral, one.only, _figure(one.precision), _figure(one.smoothed)


def _reliability(scored: Sequence[Scored]) -> Section:
    bins, _ = rules.reliability(scored)
    rows = [(one.low, one.high, one.judged, one.right, _figure(one.confidence), _figure(one.precision)) for one in bins]
    return "reliability", Table(("from", "to", "judged", "right", "confidence", "precision"), tuple(rows))


def _details(scored: Sequence[Scored], lost: Iterable[blame.Blame], wrong: Iterable[blame.Blame]) -> Iterable[Section]:
    things: list[tuple[object, ...]] = []
    for one in scored:
        entities = one.article.entities
        things += [(one.article.id, "missed", entities[i].type, entities[i].name) for i in one.missed_entities]
        things += [
            (one.article.id, verdict.kind, verdict.entity.type, verdict.entity.name)
            for verdict in one.entities
            if verdict.kind in ("duplicate", "wrong type", "spurious")
        ]
    yield "entities missed or wrong", Table(("article", "what", "class", "name"), tuple(things))
    columns = ("article", "cause", "end", "triple", "seen")
    yield "triples lost", Table(columns, tuple((b.article, b.cause, b.end, b.triple, b.detail) for b in lost))
    spoilt = tuple((b.article, b.cause, b.end, b.triple, b.detail, ", ".join(b.rules)) for b in wrong)
    yield "triples wrong", Table((*columns, "rules"), spoilt)
    titles = [
        (one.article.id, str(v.triple), v.triple.qualifier) for one in scored for v in one.triples if v.title is False
    ]
    yield "titles wrong", Table(("article", "triple", "title"), tuple(titles))


# ------------------------------------------------------------------------------------------------------------- output


def _show(gold: str, split: str, count: int, missing: Sequence[str], strange: Sequence[str]) -> None:
    part = f", split {split}" if split else ""
    click.echo(f"{count} {'article' if count == 1 else 'articles'} of {gold}{part}")
    if missing:
        click.echo(f"without a prediction, all missed: {', '.join(missing)}")
    if strange:
        click.echo(f"predicted, but not annotated: {', '.join(strange)}")


def _note(name: str, strict: Score, scored: Sequence[Scored]) -> str:
    """Return what stands under a table."""
    match name:
        case "entities":
            return _interval_line(strict.entity_intervals)
        case "triples":
            right, given = strict.titles
            titles = f"titles right, of those given with a right hasRole: {right} of {given}\n" if given else ""
            return _interval_line(strict.triple_intervals) + titles
        case "reliability":
            _, gap = rules.reliability(scored)
            return "" if gap is None else f"confidence and precision are {gap:.3f} apart on average\n"
        case _:
            return ""


def _interval_line(found: Mapping[str, Interval]) -> str:
    spans = ", ".join(f"{rate} {one.low:.3f} to {one.high:.3f}" for rate, one in found.items())
    return f"95 of 100 such sets of articles: {spans}\n"


def _spans(found: Mapping[str, Interval]) -> dict[str, list[float]]:
    return {rate: [round(one.low, 4), round(one.high, 4)] for rate, one in found.items()}


def _records(table: Table) -> list[dict[str, object]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]
