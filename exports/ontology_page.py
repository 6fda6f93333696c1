"""The ontology as a publication: a page that people read, made from the Turtle, and the files that machines read.

Following the IRI of a term, `…/ontology#organizes`, leads to the place of that name on the page. The page needs no
script and asks nothing of the network; Chinese and English stand together, or one alone where a reader chooses so.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from exports.context import context_bytes
from exports.document import IRI, Document
from ontology import resource

__all__ = ["FILES", "ontology_page", "write_ontology"]

# name of a file beside the page -> (its media type, what it is)
FILES = {
    "union-news.ttl": ("text/turtle", "Turtle"),
    "union-news.rdf": ("application/rdf+xml", "RDF/XML"),
    "union-news.jsonld": ("application/ld+json", "JSON-LD"),
    "union-news.nt": ("application/n-triples", "N-Triples"),
    "shapes.ttl": ("text/turtle", "SHACL shapes"),
    "context.jsonld": ("application/ld+json", "JSON-LD @context"),
}
SCHEMA = "https://schema.org/"
ENTITY = "un:Entity"
EVIDENCE = ("oa:Annotation", "oa:SpecificResource")


class Both(NamedTuple):
    """One text in two languages."""

    zh: str
    en: str


class Group(NamedTuple):
    """A section of the page: its anchor, title, what to say first, and its terms."""

    anchor: str
    title: Both
    lead: Both
    terms: tuple[str, ...]


# predicate of the Turtle -> what its row is called; the rows stand in this order
ROWS: dict[str, Both] = {
    "rdfs:subClassOf": Both("上位类", "subclass of"),
    "rdfs:subPropertyOf": Both("上位属性", "subproperty of"),
    "schema:domainIncludes": Both("用于", "of"),
    "schema:rangeIncludes": Both("取值", "value"),
    "owl:inverseOf": Both("逆关系", "inverse"),
    "un:qualifier": Both("限定属性", "qualifiers"),
    "owl:disjointWith": Both("互斥", "disjoint with"),
    "rdfs:seeAlso": Both("另见", "see also"),
    "un:writtenAs": Both("在 RDF 中写作", "written in RDF as"),
}
# what the ends of a property are called where its values are things
ENDS = {"schema:domainIncludes": Both("起点", "from"), "schema:rangeIncludes": Both("终点", "to")}
USED = {
    "leaves": Both("由此出发", "relations from"),
    "arrives": Both("到此为止", "relations to"),
    "bears": Both("属性", "properties"),
    "qualifies": Both("限定的关系", "qualifies"),
}
OVERVIEW = Both("总览", "Overview")
OTHERS = Both("其他词汇表", "Other vocabularies")
OTHERS_LEAD = Both("数据与本体中使用的外部词项。", "Words of others that the data and the ontology use.")
PREFIXES = Both("前缀", "Prefixes")
MADE = Both("本页由 union-news.ttl 生成。", "This page was made from union-news.ttl.")
SINGLE = Both("恰有一个值：函数性属性", "one value only: a functional property")


def ontology_page(document: Document | None = None, *, folder: str = "") -> str:
    """Return the page; `folder` stands before the names of FILES where they do not lie beside it (`../`)."""
    return _Page(document or Document(), folder).html()


def write_ontology(folder: Path) -> None:
    """Write the page and FILES into `folder`, and under its version once more what its version IRI leads to."""
    document = Document()
    written = {f"union-news.{name}": document.serialize(name) for name in ("ttl", "rdf", "jsonld", "nt")}
    written["shapes.ttl"] = resource("shapes.ttl").read_bytes()
    written["context.jsonld"] = context_bytes(document)
    version = document.value(IRI, "owl:versionInfo")
    for place, back in ((folder, ""), (folder / version, "../")):
        place.mkdir(parents=True, exist_ok=True)
        (place / "index.html").write_text(ontology_page(document, folder=back), encoding="utf-8", newline="\n")
    for name in FILES:
        (folder / name).write_bytes(written[name])


def _e(text: str) -> str:
    """Escape text for HTML, also between quotes: the one place where that is done."""
    return html.escape(text, quote=True)


def _both(text: Both, tag: str = "span") -> str:
    return "".join(
        f'<{tag} class="{language}" lang="{language}">{_e(said)}</{tag}>{"" if tag == "p" else " "}'
        for language, said in zip(("zh", "en"), text, strict=True)
        if said
    ).rstrip()


def _section(anchor: str, title: Both) -> str:
    """Return the start of a section with its heading."""
    return f'<section aria-labelledby="{anchor}">\n<h2 id="{anchor}">{_both(title)}</h2>\n'


class _Page:
    def __init__(self, document: Document, folder: str) -> None:
        self.document, self.folder = document, folder
        self.inverse = {straight: names[0] for straight, names in document.inverses("owl:inverseOf").items()}
        self.domains = document.inverses("schema:domainIncludes")
        self.ranges = document.inverses("schema:rangeIncludes")
        self.qualified = document.inverses("un:qualifier")
        apart = document.inverses("owl:disjointWith")  # said once in the Turtle, true both ways
        self.disjoint = {
            one: [
                other
                for other in document.subjects
                if other in document.values(one, "owl:disjointWith") or other in apart.get(one, ())
            ]
            for one in document.subjects
        }
        self.groups = self._groups()

    # ------------------------------------------------------------------------------------------------ what is there

    def _groups(self) -> list[Group]:
        said = self.document.value
        own = [one for one in self.document.subjects if one.startswith("un:")]
        classes = [one for one in own if "owl:Class" in self.document.values(one, "rdf:type")]
        relations = [one for one in own if said(one, "un:neo4jType")]
        inverses = [one for one in own if said(one, "owl:inverseOf")]
        qualifiers = [one for one in own if one in self.qualified]
        evidence = [
            one for one in own if any(kind in self.document.values(one, "schema:domainIncludes") for kind in EVIDENCE)
        ]
        facts = [
            one
            for one in own
            if "un:Fact" in self.document.values(one, "schema:domainIncludes") or said(one, "rdfs:domain") == "un:Fact"
        ]
        facts = [one for one in facts if one not in qualifiers and one not in evidence]
        described = [one for one in own if said(one, "schema:rangeIncludes")]
        datatypes = [one for one in own if "rdfs:Datatype" in self.document.values(one, "rdf:type")]
        special = {*classes, *relations, *inverses, *qualifiers, *evidence, *facts, *datatypes}
        entities = [one for one in described if one not in special]
        rest = [one for one in own if one not in special and one not in entities]
        return [
            Group(
                "classes",
                Both("类", "Classes"),
                Both("图中节点的类；在 Neo4j 中是标签。", "What a node of the graph may be; in Neo4j, its label."),
                tuple(classes),
            ),
            Group(
                "relations",
                Both("关系", "Relations"),
                Both(
                    "起点与终点所列各类为“其中之一”，而非同时成立，故不写作 rdfs:domain。",
                    "What is named as from and to are alternatives; as several rdfs:domain they would be intersected.",
                ),
                tuple(relations),
            ),
            Group(
                "inverses",
                Both("逆关系", "Inverse relations"),
                Both(
                    "数据只按一个方向写出；逆关系供推理与查询使用。",
                    "Data is written one way only; these are for reasoners and for queries.",
                ),
                tuple(inverses),
            ),
            Group(
                "properties",
                Both("实体的属性", "Properties of entities"),
                Both("节点所带的文字、数字与日期。", "The texts, numbers and dates a node bears."),
                tuple(entities),
            ),
            Group(
                "facts",
                Both("事实", "Facts"),
                Both(
                    "每条事实有自己的 IRI，说明主语、谓语、宾语、状态与证据。",
                    "Each fact has an IRI of its own, which says subject, predicate, object, status and evidence.",
                ),
                tuple(facts),
            ),
            Group(
                "qualifiers",
                Both("事实的限定属性", "Qualifiers of facts"),
                Both("某些关系的事实所带的补充说明。", "What facts of some relations say besides."),
                tuple(qualifiers),
            ),
            Group(
                "evidence",
                Both("证据", "Evidence"),
                Both(
                    "证据是 Web Annotation 标注：从事实指向文章中的段落。",
                    "Evidence is a Web Annotation that leads from a fact to a passage of an article.",
                ),
                tuple(evidence),
            ),
            Group(
                "datatypes",
                Both("数据类型", "Datatypes"),
                Both("说明一个代码属于哪一体系。", "They say to which scheme a code belongs."),
                tuple(datatypes),
            ),
            Group(
                "own",
                Both("本体的自述", "How the ontology describes itself"),
                Both(
                    "标注本体中各项的属性，不出现在数据中。", "Annotations of the terms here; they are not in the data."
                ),
                tuple(rest),
            ),
        ]

    # ------------------------------------------------------------------------------------------------ pieces

    def _label(self, name: str) -> Both:
        return Both(*(self.document.text(name, "rdfs:label", language) for language in ("zh", "en")))

    def _link(self, name: str) -> str:
        """Return a term as a link: to its place here, or into its own vocabulary."""
        if name.startswith("un:"):
            label = self._label(name)
            chinese = f' <span class="zh" lang="zh">{_e(label.zh)}</span>' if label.zh else ""
            return f'<a href="#{_e(name.removeprefix("un:"))}"><code>{_e(name)}</code>{chinese}</a>'
        return f'<a href="{_e(self.document.full(name))}"><code>{_e(name)}</code></a>'

    def _links(self, names: Iterable[str]) -> str:
        return "<ul>" + "".join(f"<li>{self._link(name)}</li>" for name in names) + "</ul>"

    def _row(self, name: Both, value: str) -> str:
        return f"<dt>{_both(name)}</dt><dd>{value}</dd>\n"

    # ------------------------------------------------------------------------------------------------ parts

    def _term(self, name: str) -> str:
        anchor = _e(name.removeprefix("un:"))
        definition = Both(*(self.document.text(name, "skos:definition", language) for language in ("zh", "en")))
        return (
            f'<section class="term" id="{anchor}" aria-labelledby="{anchor}-name">\n'
            f'<h3 id="{anchor}-name"><a href="#{anchor}"><code>{_e(name)}</code></a>{_both(self._label(name))}</h3>\n'
            f"{_both(definition, 'p')}\n<dl>\n{''.join(self._rows(name))}</dl>\n</section>\n"
        )

    def _rows(self, name: str) -> Iterator[str]:
        document = self.document
        yield self._row(Both("IRI", ""), f"<code>{_e(document.full(name))}</code>")
        for predicate, title in ROWS.items():
            values: Sequence[str] = document.values(name, predicate)
            if predicate == "owl:disjointWith":
                values = self.disjoint.get(name, ())
            elif predicate == "owl:inverseOf" and name in self.inverse:
                values = (self.inverse[name],)
            elif predicate == "schema:domainIncludes" and not values:
                values = self._swapped(name, "schema:rangeIncludes") or document.values(name, "rdfs:domain")
            elif predicate == "schema:rangeIncludes" and not values:
                values = self._swapped(name, "schema:domainIncludes") or document.values(name, "rdfs:range")
            if values:
                things = "owl:ObjectProperty" in document.values(name, "rdf:type")
                yield self._row(ENDS.get(predicate, title) if things else title, self._links(values))
        neo4j = document.value(name, "un:neo4jType")
        if neo4j:
            yield self._row(Both("Neo4j 关系类型", "type in Neo4j"), f"<code>{_e(neo4j)}</code>")
        attribute = document.value(name, "un:attribute")
        if attribute:
            yield self._row(Both("图中属性名", "name in the graph"), f"<code>{_e(attribute)}</code>")
        if document.value(name, "un:many") == "true":
            yield self._row(Both("数目", "how many"), _both(Both("可有多值", "several values")))
        if "owl:FunctionalProperty" in document.values(name, "rdf:type"):
            yield self._row(Both("数目", "how many"), _both(SINGLE))
        yield from self._used(name)

    def _swapped(self, name: str, predicate: str) -> tuple[str, ...]:
        """Return what an inverse has at one end: what its relation has at the other."""
        return self.document.values(self.document.value(name, "owl:inverseOf"), predicate)

    def _used(self, name: str) -> Iterator[str]:
        """Return rows of what a class may have, and of the relations that a property qualifies."""
        relation: Callable[[str], bool] = lambda one: bool(self.document.value(one, "un:neo4jType"))  # noqa: E731
        domains, ranges = self.domains.get(name, ()), self.ranges.get(name, ())
        found = {
            "leaves": [one for one in domains if relation(one)],
            "arrives": [one for one in ranges if relation(one)],
            "bears": [one for one in domains if not relation(one)],
            "qualifies": list(self.qualified.get(name, ())),
        }
        for kind, names in found.items():
            if names:
                yield self._row(USED[kind], self._links(names))

    def _table(self, head: Sequence[Both], rows: Iterable[Sequence[str]]) -> str:
        titles = "".join(f'<th scope="col">{_both(title)}</th>' for title in head)
        body = "".join(
            f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>\n'
            for first, *rest in rows
        )
        table = f"<table>\n<thead><tr>{titles}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"
        return f'<div class="wide" tabindex="0">{table}</div>\n'

    def _overview(self) -> str:
        relations = next(group for group in self.groups if group.anchor == "relations").terms
        values = self.document.values
        return self._table(
            (Both("关系", "relation"), Both("起点", "from"), Both("终点", "to")),
            (
                (
                    self._link(one),
                    self._links(values(one, "schema:domainIncludes")),
                    self._links(values(one, "schema:rangeIncludes")),
                )
                for one in relations
            ),
        )

    def _others(self) -> str:
        """Return the words of other vocabularies that are used, by vocabulary."""
        rows = []
        for prefix, start in self.document.prefixes.items():
            names = sorted(one for one in self.document.subjects if one.startswith(f"{prefix}:") and prefix != "un")
            if names:
                rows.append(
                    (f'<code>{_e(prefix)}:</code><br><a href="{_e(start)}">{_e(start)}</a>', self._links(names))
                )
        return self._table((Both("词汇表", "vocabulary"), Both("所用词项", "terms that are used")), rows)

    def _prefixes(self) -> str:
        rows = (
            (f"<code>{_e(name)}:</code>", f"<code>{_e(start)}</code>") for name, start in self.document.prefixes.items()
        )
        return self._table((Both("前缀", "prefix"), Both("命名空间", "namespace")), rows)

    def _facts_about_it(self) -> str:
        value = self.document.value
        publisher, licence = value(IRI, "dct:publisher"), value(IRI, "dct:license")
        version, iri = value(IRI, "owl:versionInfo"), value(IRI, "owl:versionIRI")
        before = value(IRI, "owl:priorVersion")
        files = "".join(
            f'<li><a href="{_e(self.folder + name)}" type="{_e(media)}">{_e(title)}</a></li>'
            for name, (media, title) in FILES.items()
        )
        return "".join(
            (
                "<dl>\n",
                self._row(Both("IRI", ""), f"<code>{_e(IRI)}</code>"),
                self._row(Both("版本", "version"), f"{_e(version)} · <code>{_e(iri)}</code>"),
                self._row(Both("前一版本", "prior version"), f"<code>{_e(before)}</code>"),
                self._row(
                    Both("前缀", "prefix"),
                    f"<code>{_e(value(IRI, 'vann:preferredNamespacePrefix'))}: "
                    f"&lt;{_e(value(IRI, 'vann:preferredNamespaceUri'))}&gt;</code>",
                ),
                self._row(Both("发布者", "publisher"), _e(value(publisher, "foaf:name"))),
                self._row(Both("许可", "licence"), f'<a rel="license" href="{_e(licence)}">{_e(licence)}</a>'),
                self._row(Both("下载", "downloads"), f"<ul>{files}</ul>"),
                "</dl>\n",
            )
        )

    def _contents(self) -> str:
        parts = [f'<li><a href="#overview">{_both(OVERVIEW)}</a></li>\n']
        for group in self.groups:
            terms = "".join(
                f'<li><a href="#{_e(one.removeprefix("un:"))}"><code>{_e(one.removeprefix("un:"))}</code></a></li>'
                for one in group.terms
            )
            parts.append(f'<li><a href="#{group.anchor}-list">{_both(group.title)}</a>\n<ul>{terms}</ul></li>\n')
        parts.append(f'<li><a href="#others">{_both(OTHERS)}</a></li>\n')
        parts.append(f'<li><a href="#prefixes">{_both(PREFIXES)}</a></li>\n')
        return (
            f'<nav aria-labelledby="contents">\n<h2 id="contents">{_both(Both("目录", "Contents"))}</h2>\n'
            f"<ul>\n{''.join(parts)}</ul>\n</nav>\n"
        )

    def html(self) -> str:
        title = Both(*(self.document.text(IRI, "dct:title", language) for language in ("zh", "en")))
        about = Both(*(self.document.text(IRI, "dct:description", language) for language in ("zh", "en")))
        style = files("exports").joinpath("assets", "ontology.css").read_text(encoding="utf-8")
        digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
        alternates = "".join(
            f'<link rel="alternate" type="{_e(media)}" href="{_e(self.folder + name)}">\n'
            for name, (media, _) in FILES.items()
            if name.startswith("union-news.")
        )
        sections = "".join(
            f"{_section(f'{group.anchor}-list', group.title)}{_both(group.lead, 'p')}\n"
            f"{''.join(map(self._term, group.terms))}</section>\n"
            for group in self.groups
        )
        return (
            '<!doctype html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_e(policy)}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n'
            f"<title>{_e(title.zh)}本体 · {_e(title.en)}: ontology</title>\n"
            f'<meta name="description" content="{_e(about.zh)} {_e(about.en)}">\n'
            f'<link rel="icon" href="data:,">\n<link rel="canonical" href="{_e(IRI)}">\n{alternates}'
            f"<style>{style}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#main">{_both(Both("跳到正文", "Skip to the terms"))}</a>\n'
            f"{_LANGUAGES}<header>\n<h1>{_both(Both(f'{title.zh}本体', f'{title.en}: ontology'))}</h1>\n"
            f"{_both(about, 'p')}\n{self._facts_about_it()}</header>\n"
            f'<div class="frame">\n{self._contents()}<main id="main">\n'
            f"{_section('overview', OVERVIEW)}{self._overview()}</section>\n{sections}"
            f"{_section('others', OTHERS)}{_both(OTHERS_LEAD, 'p')}\n{self._others()}</section>\n"
            f"{_section('prefixes', PREFIXES)}{self._prefixes()}</section>\n</main>\n</div>\n"
            f"<footer>{_both(MADE)}</footer>\n"
            "</body>\n</html>\n"
        )


_LANGUAGES = (
    '<fieldset class="languages"><legend>语言 Language</legend>\n'
    '<label><input type="radio" name="language" id="both" checked>中文 + English</label>\n'
    '<label><input type="radio" name="language" id="only-zh"><span lang="zh">中文</span></label>\n'
    '<label><input type="radio" name="language" id="only-en"><span lang="en">English</span></label>\n'
    "</fieldset>\n"
)
