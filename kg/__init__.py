"""union-news-kg: a knowledge graph of Chinese trade-union news, every fact with its sentence."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

__version__ = "0.1.0"

SIBLINGS = ("ontology", "loaders", "queries", "exports")


def _where(name: str) -> Path | None:
    """Return the file or folder that `import name` would take, without importing it."""
    try:
        spec = find_spec(name)
    except ValueError:  # already imported by hand, without a spec
        return None
    if spec is None:
        return None
    if spec.origin is not None:
        return Path(spec.origin)
    return next((Path(folder) for folder in spec.submodule_search_locations or ()), None)


def _check_siblings() -> None:
    """Raise ImportError where a sibling package is missing, or where another `queries` would be imported.

    The siblings have plain names: a user's own module may shadow them, another distribution may overwrite them. Say so
    here, at the first import, rather than fail later with an attribute error deep inside. The `__init__.py` of each
    names this project, which is how it is known.
    """
    home = Path(__file__).resolve().parent.parent
    for name in SIBLINGS:
        if not (home / name / "__init__.py").is_file():
            raise ImportError(f"union-news-kg: its package {name!r} does not lie beside 'kg'; reinstall union-news-kg")
        found = _where(name)
        if found is None or home / name not in (found.resolve(), *found.resolve().parents):
            raise ImportError(
                f"union-news-kg: its package {name!r} is shadowed by {found or 'a module already imported'}; "
                "rename or uninstall that one, or start Python from another folder"
            )
        if b"union-news-kg" not in (home / name / "__init__.py").read_bytes():
            raise ImportError(
                f"union-news-kg: its package {name!r} was overwritten by another distribution that brings one of the "
                "same name; uninstall that one, then reinstall union-news-kg"
            )


_check_siblings()
