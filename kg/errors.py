"""Everything that can go wrong, with the exit code the command line ends with.

KGError                 1  base, raised itself only for a failed check
  UnknownName           2  no such exporter, loader, query, entity (as click's usage errors)
  NotAvailable          2  what was asked for is not installed, or not set up
  InputError            3  what was read is not what was promised
  OntologyError         4  the ontology contradicts itself
  StoreError            5  a database refused
  ServiceError          5  a service of others refused
  WorkspaceError        6  in use, of another version, not writable

A message is one line: what, where, and what to do next.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class KGError(Exception):
    """Base of all errors the project raises on purpose; `exit_code` is what the process ends with."""

    exit_code = 1


class UnknownName(KGError):
    """A name that is in no registry; the message lists near or all known names."""

    exit_code = 2

    def __init__(self, kind: str, name: str, known: Iterable[str] = ()) -> None:
        choices = sorted(known)
        near = difflib.get_close_matches(name, choices, n=3, cutoff=0.5)
        hint = f"; did you mean {', '.join(near)}?" if near else f"; known: {', '.join(choices)}" if choices else ""
        super().__init__(f"no {kind} called {name!r}{hint}")
        self.kind, self.name = kind, name


class NotAvailable(KGError):
    """Something optional that is not installed, or not set up."""

    exit_code = 2


class InputError(KGError):
    """An input that cannot be read as what it should be."""

    exit_code = 3


class OntologyError(KGError):
    """The ontology or a lexicon contradicts itself, or a record contradicts the ontology."""

    exit_code = 4


class StoreError(KGError):
    """A database that is unreachable, refuses, or stops a query."""

    exit_code = 5


class ServiceError(KGError):
    """A language model's endpoint that is unreachable, refuses, or does not answer in time."""

    exit_code = 5


class WorkspaceError(KGError):
    """A workspace that is in use, of another version, or not writable."""

    exit_code = 6
