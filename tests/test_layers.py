"""What an import costs: the linter keeps the layers, these tests keep the starts light."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {
    *("IPython", "click", "kglite", "neo4j", "networkx", "playwright", "pyoxigraph", "pyshacl", "pyvis", "rdflib"),
    *("starlette", "uvicorn"),
}


def loaded_by(statement: str) -> set[str]:
    """Return the names in sys.modules after this statement in a fresh interpreter."""
    code = f"import json, sys\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_importing_kg_imports_no_sibling_and_no_library() -> None:
    loaded = loaded_by("import kg")
    assert not loaded & (HEAVY | {"ontology", "loaders", "queries", "exports", "kg.model"})


@pytest.mark.parametrize("statement", ["import kg.cli", "import loaders", "import queries", "import exports"])
def test_registries_import_none_of_what_they_name(statement: str) -> None:
    assert not loaded_by(statement) & (HEAVY - {"click", "networkx"})


@pytest.mark.parametrize("module", ["kg.model", "kg.io", "kg.text", "kg.pages", "kg.extract", "kg.resolve", "ontology"])
def test_below_the_graph_there_is_no_graph_library(module: str) -> None:
    assert not loaded_by(f"import {module}") & (HEAVY - {"pyoxigraph"})
