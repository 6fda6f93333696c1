"""The words of the portal in Chinese and English, beside those that the ontology has for classes and properties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ontology import ontology

__all__ = ["CLASSES", "CODES", "HEADINGS", "STATUS", "Words", "class_words", "code_words", "heading", "property_words"]


class Words(NamedTuple):
    """The same in two languages."""

    zh: str
    en: str


# In the order in which classes are listed.
CLASSES: Mapping[str, Words] = {
    "TradeUnion": Words("工会", "Trade unions"),
    "Activity": Words("活动", "Activities"),
    "Enterprise": Words("企业", "Enterprises"),
    "Organization": Words("机构", "Organizations"),
    "Person": Words("人物", "People"),
    "Venue": Words("场所", "Venues"),
    "District": Words("地区", "Districts"),
    "Product": Words("产品", "Products"),
    "Article": Words("文章", "Articles"),
    "Page": Words("版面", "Pages of newspapers"),
}

# (relation, whether the thing of the page is its subject) -> what is listed below, in the order of a page
HEADINGS: Mapping[tuple[str, bool], Words] = {
    ("hasRole", True): Words("任职", "Posts"),
    ("unionOf", True): Words("所属单位或地区", "Union of"),
    ("unionOf", False): Words("本单位或地区的工会", "Unions here"),
    ("subordinateTo", True): Words("上级工会", "Subordinate to"),
    ("organizes", True): Words("举办的活动", "Organized"),
    ("organizes", False): Words("举办方", "Organized by"),
    ("heldAt", True): Words("举办场所", "Held at"),
    ("heldIn", True): Words("举办地区", "Held in"),
    ("participatesIn", True): Words("参加的活动", "Took part in"),
    ("participatesIn", False): Words("参加者", "Participants"),
    ("heldAt", False): Words("在此举办的活动", "Activities held here"),
    ("heldIn", False): Words("在本地区举办的活动", "Activities in this district"),
    ("locatedIn", True): Words("所在地区", "Located in"),
    ("hasRole", False): Words("任职者", "Post holders"),
    ("subordinateTo", False): Words("下级工会", "Subordinate unions"),
    ("provides", True): Words("提供", "Provides"),
    ("provides", False): Words("提供方", "Provided by"),
    ("awards", True): Words("表彰", "Gave awards to"),
    ("awards", False): Words("所获表彰", "Awards received"),
    ("supports", True): Words("帮扶", "Supports"),
    ("supports", False): Words("帮扶方", "Supported by"),
    ("locatedIn", False): Words("辖内", "In this district"),
    ("quotedIn", True): Words("见报的话", "Quoted in"),
    ("quotedIn", False): Words("引述的人物", "People quoted"),
    ("reportedBy", True): Words("报道者", "Reported by"),
    ("reportedBy", False): Words("报道的文章", "Reported"),
    ("onPage", True): Words("所在版面", "Printed on"),
    ("onPage", False): Words("本版文章", "Articles on this page"),
    ("mentions", True): Words("提及", "Mentions"),
    ("mentions", False): Words("见于文章", "Mentioned in"),
}

STATUS: Mapping[str, Words] = {
    "planned": Words("计划中", "planned"),
    "denied": Words("已否认", "denied"),
    "reported": Words("据报道", "reportedly"),
    "inferred": Words("由名称推断", "inferred from names"),
}

# what stands in qualifiers and reasons as a code
CODES: Mapping[str, Words] = {
    "host": Words("主办", "host"),
    "co-host": Words("协办", "co-host"),
    "undertaker": Words("承办", "undertaker"),
    "added by hand": Words("人工补充", "added by hand"),
    "coreference": Words("指代", "by coreference"),
    "byline": Words("署名", "byline"),
    "headline": Words("标题", "headline"),
    "inferred from the name": Words("由名称推断", "inferred from the name"),
    "true": Words("是", "yes"),
    "false": Words("否", "no"),
}


def heading(relation: str, forward: bool) -> Words:
    """Return what stands above the things that `relation` leads to, or that lead here."""
    known = HEADINGS.get((relation, forward))
    if known is not None:
        return known
    said = ontology.relations[relation]
    return Words(said.label_zh, said.label_en) if forward else Words(f"{said.label_zh} ←", f"{said.label_en} ←")


def class_words(name: str) -> Words:
    """Return the name of one thing of a class."""
    said = ontology.classes[name]
    return Words(said.label_zh, said.label_en)


def property_words(attribute: str) -> Words:
    """Return the name of a property, by what it is called on nodes and edges."""
    said = ontology.attributes[attribute]
    return Words(said.label_zh, said.label_en)


def code_words(text: str) -> Words | None:
    """Return what a code means; None where the text is none."""
    return CODES.get(text)
