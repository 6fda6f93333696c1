"""The readable text of a web page, as Markdown lines: headings behind `#`, paragraphs parted by blank lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.errors import InputError

__all__ = ["html_text"]

_DROPPED = """script style noscript template nav header footer aside form button select option textarea input label
iframe object embed svg canvas video audio map head img picture source"""
_BLOCKS = """address article blockquote body center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr
html li main ol p pre section summary table tbody td tfoot th thead tr ul"""
DROPPED = frozenset(_DROPPED.split())
BLOCKS = frozenset(_BLOCKS.split())
HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
LONG = 25  # characters from which a block is prose rather than a label or a menu
SHARE = 0.8  # of the prose that the part we keep has to hold

_META_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""<\?xml[^>]+encoding\s*=\s*["']([A-Za-z0-9_-]+)""", re.IGNORECASE)
_BLANK = re.compile(r"[\s\u3000\xa0\u200b]+")
_CJK = "[\u2014-\u2026\u3000-\u9fff\uff01-\uff5e]"
_WRAPPED = re.compile(rf"(?<={_CJK})[ \t]*\n\s*(?={_CJK})")  # a line of the source that ends is no blank in Chinese
_BOILERPLATE = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|breadcrumb|crumbs?|sidebar|footer|copyright|share|related|recommend|comments?|toolbar|"
    r"pagination|pager|topbar|advert(?:isement)?)(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Block:
    """A run of text that a browser would set apart; `path` numbers its ancestors from the root."""

    depth: int  # of a heading, else 0
    text: str
    linked: int  # characters of it inside links
    path: tuple[int, ...]

    @property
    def prose(self) -> bool:
        return len(self.text) >= LONG and 3 * self.linked < len(self.text)


def html_text(raw: bytes, decode: Callable[[bytes], str]) -> str:
    """Return the headings and paragraphs of the part of a web page that holds its prose."""
    tree = LexborHTMLParser(_markup(raw, decode))
    if tree.body is None:
        return ""
    walk = _Walk()
    try:
        walk.visit(tree.body, ())
    except RecursionError:
        raise InputError("nested too deeply for a page; save its text instead") from None
    return "\n\n".join(
        f"{'#' * block.depth} {block.text}" if block.depth else block.text for block in _main(walk.blocks)
    )


def _markup(raw: bytes, decode: Callable[[bytes], str]) -> str:
    """Decode by what the page says of itself where that is true, else by what the bytes look like."""
    said = _META_CHARSET.search(raw[:4096]) or _XML_CHARSET.search(raw[:256])
    if said and said[1].lower() in (b"gb2312", b"gbk", b"gb18030", b"big5", b"big5-hkscs"):
        name = said[1].decode("ascii").lower()
        try:
            return raw.decode("gb18030" if name.startswith("gb") else name)
        except UnicodeDecodeError:
            pass  # the page is wrong about itself
    return decode(raw)


class _Walk:
    """Collects the blocks below an element in document order."""

    def __init__(self) -> None:
        self.blocks: list[_Block] = []
        self._parts: list[str] = []
        self._linked = 0

    def visit(self, element: LexborNode, path: tuple[int, ...], *, depth: int = 0, link: bool = False) -> None:
        number = 0
        for node in element.iter(include_text=True):
            tag = node.tag or ""
            if tag == "-text":
                text = node.text_content or ""
                self._parts.append(text)
                if link:
                    self._linked += len(_BLANK.sub("", text))
            elif tag == "br":
                self._flush(path, depth)
            elif tag.startswith(("-", "!", "_")) or tag in DROPPED or _hidden(node):
                continue
            elif tag in BLOCKS:
                number += 1
                inner = HEADINGS.get(tag, depth)
                self._flush(path, depth)
                self.visit(node, (*path, number), depth=inner, link=link)
                self._flush((*path, number), inner)
            else:
                self.visit(node, path, depth=depth, link=link or tag == "a")
        if not path:
            self._flush(path, depth)

    def _flush(self, path: tuple[int, ...], depth: int) -> None:
        text = _BLANK.sub(" ", _WRAPPED.sub("", "".join(self._parts))).strip()
        if text:
            self.blocks.append(_Block(depth, text, self._linked, path))
        self._parts.clear()
        self._linked = 0


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    role = attributes.get("role") or ""
    return (
        "hidden" in attributes
        or "display:none" in style
        or role in ("navigation", "banner", "contentinfo", "search")
        or (len(names) > 1 and bool(_BOILERPLATE.search(names)))
    )


def _main(blocks: list[_Block]) -> list[_Block]:
    """Return the blocks of the deepest element that holds nearly all prose, and the heading above it."""
    prose = [block for block in blocks if block.prose and not block.depth]
    if not prose:
        return [block for block in blocks if 2 * block.linked < len(block.text)]
    total = sum(len(block.text) for block in prose)
    root: tuple[int, ...] = ()
    while True:
        weight: dict[tuple[int, ...], int] = {}
        for block in prose:
            if len(block.path) > len(root) + 1 and block.path[: len(root)] == root:  # never down into one paragraph
                child = block.path[: len(root) + 1]
                weight[child] = weight.get(child, 0) + len(block.text)
        best = max(weight, key=lambda path: weight[path], default=None)
        if best is None or weight[best] < SHARE * total:
            break
        root = best
    inside = [i for i, block in enumerate(blocks) if block.path[: len(root)] == root]
    first, last = inside[0], inside[-1]
    kept = [block for block in blocks[first : last + 1] if 2 * block.linked < len(block.text)]
    start = next((i for i, block in enumerate(kept) if block.prose), len(kept))
    if not any(block.depth for block in kept[:start]):  # the headline stands above, outside of that element
        above = [block for block in blocks[:first] if block.depth and 2 * block.linked < len(block.text)]
        if above:
            highest = min(block.depth for block in above)
            kept.insert(0, [block for block in above if block.depth == highest][-1])
    return kept
