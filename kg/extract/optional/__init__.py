"""Optional proposers: helpers that know what the rules do not. None takes part unless it is named.

A helper has the interface of a built-in proposer (`propose`: a Draft to candidates) and that of a rule (`claims`: a
Scene to claims). What it gives is only added to what the rules found, never put in its place (`fit`). To add one,
write a class and name it in OPTIONAL; it is imported when it is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType
from typing import Protocol

from kg.errors import UnknownName
from kg.extract.reading import Reading
from kg.extract.relations.claim import Claim
from kg.extract.scene import Scene
from kg.extract.spans import Candidate, Draft
from kg.model import Issue

__all__ = ["OPTIONAL", "Helper", "Panel", "Settings"]

OPTIONAL: Mapping[str, str] = MappingProxyType(
    {"lac": "kg.extract.optional.lac:Lac", "llm": "kg.extract.optional.llm:Llm"}
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What helpers are told from outside; each reads what is its own."""

    llm_url: str = ""
    llm_model: str = ""
    llm_key: str = field(default="", repr=False)
    llm_cache: str = ""
    llm_timeout: float = 120.0


class Helper(Protocol):
    """An optional proposer, made once in each process that extracts."""

    @property
    def identity(self) -> str:
        """What its answers depend on beside the text: a version, a model."""

    def propose(self, draft: Draft) -> Iterable[Candidate]:
        """Give spans; those that overlap what the rules found are left out afterwards."""

    def claims(self, scene: Scene) -> Iterable[Claim]:
        """Give claims about the things of the article; those that the rules made already are left out afterwards."""

    def issues(self, reading: Reading) -> Iterable[Issue]:
        """Say what of its own answer could not be used."""

    def spent(self) -> Counter[str]:
        """Count what was done since this was last asked."""

    def said(self, spent: Counter[str]) -> str:
        """Put such counts into one line for the user, "" where there is nothing to say."""


class Panel:
    """The helpers of one run. It may be sent to another process, and makes its helpers there anew; `spent` adds up what
    they did, by the name of each."""

    def __init__(self, names: Iterable[str] = (), settings: Settings | None = None) -> None:
        """Choose helpers by name; raises UnknownName for one that is not in OPTIONAL."""
        chosen = set(names)
        for name in sorted(chosen):
            if name not in OPTIONAL:
                raise UnknownName("proposer", name, OPTIONAL)
        self.names = tuple(name for name in OPTIONAL if name in chosen)
        self.settings = settings or Settings()
        self.spent: dict[str, Counter[str]] = {name: Counter() for name in self.names}
        self._made: dict[str, Helper] | None = None

    def __getstate__(self) -> dict[str, object]:
        return {**vars(self), "spent": {name: Counter() for name in self.names}, "_made": None}

    def helpers(self) -> tuple[Helper, ...]:
        """The helpers in the order of OPTIONAL; raises NotAvailable where one is not installed or not set up."""
        return tuple(self._helpers().values())

    def identities(self) -> dict[str, str]:
        """What the answers of each helper depend on, by its name: a part of what a build is made from."""
        return {name: helper.identity for name, helper in self._helpers().items()}

    def collect(self) -> dict[str, Counter[str]]:
        """Take what the helpers of this process did since last asked."""
        return {name: helper.spent() for name, helper in self._helpers().items()}

    def add(self, spent: Mapping[str, Counter[str]]) -> None:
        """Add what was done, here or in another process."""
        for name, counts in spent.items():
            self.spent[name].update(counts)

    def said(self) -> list[str]:
        """Say in one line for each helper what it did."""
        told = ((name, helper.said(self.spent[name])) for name, helper in (self._made or {}).items())
        return [f"{name}: {text}" for name, text in told if text]

    def _helpers(self) -> dict[str, Helper]:
        if self._made is None:
            self._made = {name: _make(name)(self.settings) for name in self.names}
        return self._made


def _make(name: str) -> Callable[[Settings], Helper]:
    module, _, attribute = OPTIONAL[name].partition(":")
    make: Callable[[Settings], Helper] = getattr(import_module(module), attribute)
    return make
