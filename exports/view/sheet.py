"""A picture that is made: the page as text, for a file or a notebook."""

from __future__ import annotations

import html
import os
from dataclasses import dataclass

from kg.io import write_atomic

__all__ = ["Sheet"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One HTML page that works offline.

    `kind` is "focused" (a part of the graph, drawn by pyvis), "whole" (by sigma) or "reader" (a page of a paper).
    `summary` says what is on it, `nodes` how many are drawn, `left_out` how many are not. In a notebook it shows
    itself.
    """

    html: str
    kind: str
    summary: str
    nodes: int = 0
    left_out: int = 0
    height: int = 640

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page to a file, whole or not at all."""
        with write_atomic(path) as stream:
            stream.write(self.html.encode("utf-8"))

    def _repr_html_(self) -> str:
        """Return the page as Jupyter shows it: in a frame of its own, which may do nothing but run and save.

        Not a character of the page may change on the way, as cleaning it would: its policy names scripts by hash.
        """
        return (
            f'<iframe srcdoc="{html.escape(self.html)}" '
            'sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox allow-modals" '
            f'width="100%" height="{self.height}" frameborder="0"></iframe>'
        )
