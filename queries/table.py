"""What a query answers with, and what a query is asked through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Run", "Table"]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; `truncated` says that a row limit left some out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool = False

    def column(self, name: str) -> list[object]:
        """Return the values of one column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]


class Run(Protocol):
    """Asks a database; `Store.query` of the loaders is one.

    `timeout` is in seconds. `limit` is the most rows to give, None for all. `happened` says that the query itself asks
    about nothing but facts that happened; a store may use that and leave others out of its sight.
    """

    def __call__(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
        happened: bool = False,
    ) -> Table:
        """Run `cypher` and return its rows."""
