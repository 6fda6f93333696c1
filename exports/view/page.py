"""One HTML file that works offline: what is in it is all there is, and only scripts of ours run.

Text from newspapers reaches a page as data (JSON, put into the document by `textContent`) or through
`kg.io.markup`, which escapes it. The policy of the page is the net below that: it allows the scripts and styles
whose hashes it names, nothing of the network, and no other.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

from kg.errors import KGError
from kg.io.markup import Markup, digest, document, element, json_data, style

__all__ = ["assemble", "asset", "parts_of"]


def assemble(
    body: Iterable[str],
    *,
    title: str,
    styles: Sequence[str],
    scripts: Sequence[str] = (),
    data: Mapping[str, Any] | None = None,
    packed: Mapping[str, Any] | None = None,
    language: str = "zh",
    notices: Sequence[str] = (),
) -> str:
    """Return a page; `styles` and `scripts` are texts of ours, in the order in which they take effect.

    `data` are values by the id under which scripts find them, as JSON; `packed` likewise, but compressed (base64 of
    gzip), for what is large and not needed at once. `notices` are licences that have to travel with the page.
    Raises KGError where the page would hold a script or style that was not given.
    """
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data: blob:; "
        f"style-src {' '.join(map(digest, styles)) or chr(39) + 'none' + chr(39)}; "
        f"script-src {' '.join(map(digest, scripts)) or chr(39) + 'none' + chr(39)}"
    )
    made = document(
        [element("title", title), *map(style, styles)],
        [
            *body,
            *(json_data(value, "application/json", name) for name, value in (data or {}).items()),
            *(_packed(value, name) for name, value in (packed or {}).items()),
            *([_notice("\n\n".join(notices))] if notices else []),
            *(Markup(f"<script>{script}</script>") for script in scripts),
        ],
        policy=policy,
        language=language,
    )
    found = parts_of(made)
    if found.scripts != list(scripts) or found.styles != list(styles) or found.linked:
        raise KGError("the page holds a script or style that is not ours; please report the graph that did this")
    return made


def _packed(value: Any, name: str) -> Markup:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    content = gzip.compress(text.encode("utf-8", "surrogatepass"), compresslevel=6, mtime=0)
    return Markup(f'<script type="text/plain" id="{name}">{base64.b64encode(content).decode("ascii")}</script>')


def _notice(text: str) -> Markup:
    """Return licences as data of the page: inert, and free of all that would end it."""
    return Markup(f'<script type="text/plain" id="licences">{text.replace("<", "(").replace(">", ")")}</script>')


def asset(name: str) -> str:
    """Return a file of `exports/assets/view`."""
    return files("exports").joinpath("assets", "view", name).read_text(encoding="utf-8")


class Parts(HTMLParser):
    """The scripts and styles of a page as a browser sees them; `linked` counts what it would fetch or run beside."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.linked = 0
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and given.get("type") not in ("application/json", "text/plain"):
            self._into = self.scripts
            self.scripts.append("")
        elif tag == "style":
            self._into = self.styles
            self.styles.append("")
        else:
            self._into = None
        self.linked += tag in ("link", "iframe", "object", "embed", "base", "img")
        self.linked += any(name in ("src", "srcdoc") or name.startswith("on") for name in given)
        self.linked += tag != "a" and "href" in given and not str(given["href"]).startswith("#")

    def handle_endtag(self, tag: str) -> None:
        self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data


def parts_of(text: str) -> Parts:
    """Return the scripts and styles of a page."""
    parts = Parts()
    parts.feed(text)
    parts.close()
    return parts
