"""`make bench`: how fast the project extracts, loads, exports and draws, beside other tools. No test: nothing fails for
being slow, but a measurement that gives no figure, or two writers that differ, make the exit code 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.measure import ROOT, Failed, Skipped, in_process
from tests.bench.rdf import RDFLIB, SUFFIX
from tests.bench.table import Row, lines, machine, used

SPECIMEN = ROOT.parent / "shared" / "seed"
SAMPLES = ROOT / "kg" / "samples"
GOLD = ROOT / "tests" / "gold" / "texts"
SECONDS = 3.0  # of asking, for each kind of question and number of clients
VIEW_SIZES = (1_000, 10_000, 50_000)  # nodes of the whole graphs that are laid out
SYNTAXES = {
    "ntriples": "N-Triples",
    "turtle": "Turtle",
    "nquads": "N-Quads",
    "trig": "TriG",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF/XML",
}


@dataclass(slots=True)
class Bench:
    """One run: what was asked for, and the rows so far."""

    options: argparse.Namespace
    folder: Path
    rows: list[Row] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def run(self, job: str, **given: Any) -> dict[str, Any] | None:
        """Run a job; None where it gave no figure, and why is kept."""
        say(f"{job} {' '.join(str(value) for value in given.values() if isinstance(value, int | str))}")
        try:
            return in_process(job, **given)
        except Skipped as reason:
            self.left_out.append(f"{job}: skipped: {reason}")
        except Failed as reason:
            self.failed.append(str(reason))
        return None

    def best(self, jobs: Mapping[str, str], **given: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        """Run jobs in turn, several rounds of them, and yield of each the run that took least CPU time."""
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in jobs}
        for _ in range(self.options.rounds):
            for name, job in jobs.items():
                answer = self.run(job, **given)
                if answer is not None:
                    found[name].append(answer)
        for name, answers in found.items():
            if answers:
                least = min(answers, key=lambda answer: float(answer["use"]["cpu"]))
                yield name, {**least, "all": [answer["use"]["cpu"] for answer in answers]}


def say(text: str) -> None:
    """Tell on standard error what goes on."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


# ------------------------------------------------------------------------------------------------------------ parts


def text(bench: Bench) -> None:
    """Cutting and extraction of one page many times over, and of many texts once each, beside rjieba."""
    named = bench.options.pages
    specimen = named or ([str(path) for path in sorted(SPECIMEN.glob("*.txt"))] if SPECIMEN.is_dir() else [])
    sources = specimen or [str(SAMPLES)]
    what = "the pages named" if named else "the specimen page" if specimen else "the sample pages"
    several(bench, f"{what} repeated to {bench.options.bytes:,} bytes, each copy a page", sources, bench.options.bytes)
    own = [str(folder) for folder in (SAMPLES, GOLD) if folder.is_dir()]
    several(bench, "the project's own texts, each once", own, 0)


def several(bench: Bench, group: str, sources: Sequence[str], size: int) -> None:
    """Measure cutting, extraction and tagging of the same pages."""
    jobs = {"cut": "text:cut_pages", "extract": "text:extract_articles", "tag": "text:tag_articles"}
    names = {"cut": "kg.pages.cut", "extract": "kg.extract.extract", "tag": "rjieba.tag"}
    group = f"text: {group}"
    took: dict[str, Row] = {}
    for name, answer in bench.best(jobs, sources=sources, size=size, warm=[str(SAMPLES)]):
        more = {key: value for key, value in answer.items() if key not in ("use", "amount")}
        took_first = f"{answer['start']['cpu']:.2f}"
        took[name] = Row(
            group,
            names[name],
            amount=answer["amount"],
            unit="characters",
            beside=names["tag"],
            note={
                "cut": f"of pages: {answer['pages']}, {answer['different']} different, {answer['bytes']:,} bytes",
                "extract": f"of articles: {answer['different']} different; tables read in {took_first} s",
                "tag": "of the same articles",
            }[name],
            more=more,
            **used(answer["use"]),
        )
        bench.rows.append(took[name])
    if {"cut", "extract"} <= took.keys():
        cpu = sum(took[name].cpu or 0.0 for name in ("cut", "extract"))
        note = "of pages: characters by the CPU seconds of both"
        amount = took["cut"].amount
        bench.rows.append(
            Row(group, "cut and extract", cpu=cpu, amount=amount, unit="characters", beside=names["tag"], note=note)
        )


def stores(bench: Bench) -> None:
    """Load a made-up graph into each store, and load it again."""
    size = bench.options.size
    group = f"load: a made-up graph of {size:,} nodes and {3 * size:,} edges"
    first = bench.run("stores:embedded", size=size, folder=str(bench.folder), changes=True)
    if first:
        note = f"file of {first['file'] / 2**20:.1f} MiB"
        bench.rows.append(
            Row(group, "embedded, first", amount=first["amount"], unit="rows", note=note, **used(first["use"]))
        )
        again = bench.run("stores:embedded", size=size, folder=str(bench.folder), changes=False)
        if again:
            bench.rows.append(
                Row(
                    group,
                    "embedded, again",
                    amount=again["amount"],
                    unit="rows",
                    note="changes nothing",
                    **used(again["use"]),
                )
            )
    answer = bench.run("stores:neo4j", size=size)
    if answer is None:
        return
    if answer["ready"]["server"] is not None:
        cpu, wall = answer["ready"]["server"], answer["ready"]["wall"]
        bench.rows.append(Row(group, "Neo4j, start", cpu=cpu, wall=wall, note="until it answers"))
    for part, name, note in (
        ("constraints", "Neo4j, constraints", "load of an empty graph"),
        ("first", "Neo4j, first", "server just started"),
        ("second", "Neo4j, again", "changes nothing"),
    ):
        use, there = dict(answer[part]["use"]), answer[part]["server"]
        if there is not None:
            note += f"; CPU: {use['cpu']:.2f} here, {there:.2f} in the server"
            use["cpu"] += there
        amount = 0 if part == "constraints" else answer["amount"]
        bench.rows.append(Row(group, name, amount=amount, unit="rows", note=note, more={"server": there}, **used(use)))


def rdf(bench: Bench) -> None:
    """Write a workspace as RDF, end to end from its files, a smaller one beside rdflib; compare what was written."""
    large, small = bench.options.statements, min(bench.options.statements, bench.options.rdflib_statements)
    for statements in dict.fromkeys((large, small)):
        folder = str(bench.folder / f"space-{statements}")
        made = bench.run("rdf:space", folder=folder, statements=statements)
        if made is None:
            continue
        group = f"RDF: a made-up workspace of {made['statements']:,} statements"
        written: dict[str, str] = {}
        for syntax, label in SYNTAXES.items() if statements == large else list(SYNTAXES.items())[:2]:
            path = str(bench.folder / f"ours-{statements}{SUFFIX[syntax]}")
            answer = bench.run("rdf:ours", folder=folder, syntax=syntax, path=path)
            if answer:
                if statements == small:
                    written[syntax] = path
                else:  # gigabytes, at a million statements
                    Path(path).unlink()
                note = f"; {answer['amount'] / made['statements']:.1f} to a statement"
                bench.rows.append(rdf_row(group, f"{label}, kg export", f"{label}, rdflib", answer, note))
        if statements == small and {"ntriples", "turtle"} <= written.keys():
            beside_rdflib(bench, group, {name: written[name] for name in RDFLIB})


def beside_rdflib(bench: Bench, group: str, written: Mapping[str, str]) -> None:
    """Have rdflib write what we wrote, and see to it that all files hold the same triples."""
    files = list(written.values())
    for syntax in written:
        label = SYNTAXES[syntax]
        path = str(bench.folder / f"rdflib{SUFFIX[syntax]}")
        source, turtle = written["ntriples"], written["turtle"]
        answer = bench.run("rdf:rdflibs", source=source, turtle=turtle, syntax=syntax, path=path)
        if answer:
            files.append(path)
            name = f"{label}, rdflib"
            note = f"; and {answer['load']['cpu']:.2f} CPU s before, to read them into memory"
            bench.rows.append(rdf_row(group, name, name, answer, note))
    compare(bench, group, files)


def rdf_row(group: str, name: str, beside: str, answer: Mapping[str, Any], note: str = "") -> Row:
    """Make the row of one file that was written."""
    note = f"{answer['file'] / 2**20:.1f} MiB{note}"
    more = {"load": answer["load"]} if "load" in answer else {}
    amount = answer["amount"]
    return Row(group, name, amount=amount, unit="triples", beside=beside, note=note, more=more, **used(answer["use"]))


def compare(bench: Bench, group: str, files: Sequence[str]) -> None:
    """See to it that all files hold the same triples."""
    answer = bench.run("rdf:same", paths=list(files))
    if answer is None:
        return
    counts = ", ".join(f"{count:,}" for count in answer["counts"])
    if answer["same"]:
        bench.rows.append(Row(group, f"the {len(files)} files hold the same triples", note=counts))
    else:
        bench.failed.append(
            f"rdf: the files differ: {', '.join(Path(path).name for path in files)} hold {counts} triples"
        )


def picture(bench: Bench) -> None:
    """Lay out and write pictures, and find the places of whole graphs."""
    for size in (0, bench.options.picture_size):
        answer = bench.run("picture:drawn", size=size)
        if answer is None:
            continue
        group = f"picture: {'the sample graph' if not size else f'the made-up graph of {size:,} nodes'}"
        note = f"{answer['nodes']:,} nodes and {answer['edges']:,} edges drawn"
        bench.rows.append(Row(group, "layout", note=note, **used(answer["layout"])))
        note = f"HTML of {answer['bytes'] / 2**20:.1f} MiB"
        bench.rows.append(Row(group, "page", note=note, **used(answer["write"])))

    for size in bench.options.view_size or VIEW_SIZES:
        answer = bench.run("picture:laid_out", size=size)
        if answer is None:
            continue
        group = f"whole graph: a made-up city of {answer['nodes']:,} nodes and {answer['edges']:,} edges"
        note = f"{answer['districts']} districts, {answer['communities']} communities"
        bench.rows.append(Row(group, "districts of nodes", **used(answer["regions"])))
        bench.rows.append(
            Row(group, "layout", amount=answer["nodes"], unit="nodes", note=note, **used(answer["layout"]))
        )


def serve(bench: Bench) -> None:
    """Ask a server over HTTP by 1, 8 and 32 clients; on a tenth of the graph, rdflib in memory beside it."""
    large, small = bench.options.size, max(100, bench.options.size // 10)
    for size in dict.fromkeys((large, small)):
        folder = bench.folder / f"serve-{size}"
        folder.mkdir()
        clients = [1, 8, 32] if size == large else [1]
        answer = bench.run("serve:asked", size=size, folder=str(folder), clients=clients, seconds=SECONDS)
        if answer is None:
            continue
        group = f"serve: {answer['triples']:,} triples, two workers; CPU: server and workers"
        for row in answer["rows"]:
            name = f"{row['shape']}, {row['clients']} client{'s' if row['clients'] > 1 else ''}"
            beside = f"{row['shape']}, rdflib" if size == small else ""
            note = f"{asked_in(row)}; median {1000 * row['median']:.1f} ms, 99 of 100 within {1000 * row['p99']:.1f} ms"
            bench.rows.append(serve_row(group, name, beside, row, note))
        if size == small and (theirs := bench.run("serve:rdflibs", size=size, folder=str(folder), seconds=SECONDS)):
            for row in theirs["rows"]:
                name = f"{row['shape']}, rdflib"
                bench.rows.append(serve_row(group, name, name, row, f"{asked_in(row)}; in memory, without HTTP"))


def asked_in(row: Mapping[str, Any]) -> str:
    """Return how many questions a second were answered, and what one took."""
    each = 1000 * row["cpu"] / row["requests"]
    return f"{row['requests'] / row['wall']:,.1f} a second, {each:.2f} CPU ms each"


def serve_row(group: str, name: str, beside: str, row: Mapping[str, Any], note: str) -> Row:
    """Make the row of one kind of question."""
    return Row(
        group,
        name,
        cpu=row["cpu"],
        wall=row["wall"],
        amount=row["requests"],
        unit="questions",
        beside=beside,
        note=note,
    )


PARTS: Mapping[str, Callable[[Bench], None]] = {
    "text": text,
    "stores": stores,
    "rdf": rdf,
    "picture": picture,
    "serve": serve,
}


# ------------------------------------------------------------------------------------------------------------- main


def profile(options: argparse.Namespace) -> None:
    """Print in which functions cutting and extraction spend their time."""
    sources = options.pages or [str(SPECIMEN if SPECIMEN.is_dir() else SAMPLES)]
    for what in ("cut", "extract"):
        answer = in_process("text:profile", what=what, sources=sources, size=options.bytes, top=15)
        print(f"\n{what}: {answer['total']:.2f} s under the profiler; own time, own time with the built-ins it calls")
        for row in answer["functions"]:
            share = 100 * row["with"] / answer["total"]
            print(f"{row['own']:8.2f}{row['with']:8.2f}{share:6.1f} %{row['calls']:>12,}  {row['where']}")


def main() -> int:
    """Measure, print the table, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=[*PARTS], help="measure this part; may be given again")
    parser.add_argument("--size", type=int, default=10_000, help="nodes of the made-up graph [10000]")
    parser.add_argument("--statements", type=int, default=40_000, help="statements that are written as RDF [40000]")
    parser.add_argument(
        "--rdflib-statements", type=int, default=4_000, help="statements where rdflib is measured too [4000]"
    )
    parser.add_argument("--picture-size", type=int, default=1_000, help="nodes of the larger picture [1000]")
    parser.add_argument(
        "--view-size",
        type=int,
        action="append",
        help="nodes of a whole graph that is laid out; may be given again [1000, 10000, 50000]",
    )
    parser.add_argument("--bytes", type=int, default=1_000_000, help="how much text is repeated to [1000000]")
    parser.add_argument("--pages", action="append", metavar="PATH", help="pages in place of the specimen")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of the text part; the best counts [3]")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--profile", action="store_true", help="rather print where cutting and extraction spend time")
    options = parser.parse_args()
    if (
        min(options.size, options.rdflib_statements, options.picture_size) < 100
        or options.rounds < 1
        or options.bytes < 1
    ):
        parser.error("graphs have at least 100 nodes, and there is at least one round and one byte")
    if options.profile:
        profile(options)
        return 0
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        bench = Bench(options, Path(folder))
        for name in options.only or PARTS:
            PARTS[name](bench)
    about = machine()
    print("\n" + ", ".join(f"{name} {value}" for name, value in about.items()))
    print("CPU seconds are those of the process and the programs it ran; a rate is per CPU second.\n")
    print("\n".join(lines(bench.rows)))
    for text_ in (*bench.left_out, *(f"failed: {reason}" for reason in bench.failed)):
        print(f"\n{text_}")
    if options.json:
        asked = {key: str(value) if isinstance(value, Path) else value for key, value in vars(options).items()}
        report = {
            "machine": about,
            "options": asked,
            "rows": [row.as_json() for row in bench.rows],
            "skipped": bench.left_out,
            "failed": bench.failed,
        }
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 1 if bench.failed else 0


if __name__ == "__main__":
    sys.exit(main())
