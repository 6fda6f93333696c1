"""SVG to PNG by resvg, with the fonts of the machine; says so where they lack what is written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.errors import KGError, NotAvailable

__all__ = ["lacking", "render"]

HELP = "install one, such as Noto Sans CJK (Debian: fonts-noto-cjk), or choose SVG"
PROBE = "工会"  # a font that has these is one for Chinese
NO_CHARACTER = "\U0010fffd"  # for private use: no font has it, so it is drawn as what a font lacks
_SIZE = re.compile(r"<svg [^>]*?\bwidth=\"(\d+)\" height=\"([\d.]+)\"")
PIXELS = 80_000_000  # of a picture at most; each takes four bytes
_ENTITY = re.compile(r"&[^;]*;")
_TAG = re.compile(r"<title>.*?</title>|<[^>]*>", re.DOTALL)


def render(svg: str, *, width: int | None = None, scale: float = 2.0) -> bytes:
    """Return a drawing of ours as PNG, `scale` pixels for one of the SVG, or `width` pixels wide.

    Raises NotAvailable where no font here has Chinese characters, KGError where the picture gets too large.
    """
    if any(ord(char) >= 0x2E80 for char in _written(svg)) and lacking(PROBE):
        raise NotAvailable(f"no font here has Chinese characters; {HELP}")
    found = _SIZE.search(svg)
    assert found is not None
    own, tall = int(found[1]), float(found[2])
    across = width or max(1, round(own * scale))
    if across * across * tall / own > PIXELS:  # resvg would take the memory, and the process down where there is none
        most = int((PIXELS * own / tall) ** 0.5)
        raise KGError(f"a picture {across} pixels wide is too large; choose at most {most}")
    return _svg_to_bytes(svg, width=across)


def lacking(text: Iterable[str]) -> list[str]:
    """Return the characters of a text, or of an SVG of ours, that no font here has."""
    missing = {_probe(NO_CHARACTER), _probe("")}
    characters = sorted(set(_written(text) if isinstance(text, str) else text))
    return [char for char in characters if not char.isspace() and ord(char) > 0x7E and _probe(char) in missing]


def _written(svg: str) -> str:
    """Return what is written in an SVG, to be seen."""
    return _ENTITY.sub("", _TAG.sub("", svg))


def _probe(char: str) -> bytes:
    from exports.view.charts.looks import FONTS
    from kg.io.markup import element

    text = element("text", char, x="2", y="20", font_size="18", font_family=FONTS)
    return _svg_to_bytes(element("svg", text, xmlns="http://www.w3.org/2000/svg", width="40", height="28"))


def _svg_to_bytes(svg: str, *, width: int | None = None) -> bytes:
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, languages=["zh-CN", "en"]))
