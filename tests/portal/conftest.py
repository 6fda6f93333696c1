from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.portal.sites import GRAPHS, Site, hub_graph, write


@pytest.fixture(scope="package")
def site_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Site]:
    """Give the portal of a graph by its name, written once."""
    written: dict[str, Site] = {}

    def get(name: str) -> Site:
        if name not in written:
            graph = hub_graph(700) if name == "hub" else GRAPHS[name]()
            written[name] = write(graph, tmp_path_factory.mktemp(name) / "site", gone=["entity-gone"])
        return written[name]

    return get


@pytest.fixture(scope="package", params=GRAPHS)
def site(request: pytest.FixtureRequest, site_of: Callable[[str], Site]) -> Site:
    """Each of the small portals."""
    return site_of(request.param)
