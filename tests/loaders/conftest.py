from __future__ import annotations

from collections.abc import Iterator

import neo4j
import pytest

from tests.neo4j_server import Server, neo4j_database, neo4j_server

__all__ = ["neo4j_database", "neo4j_server"]


@pytest.fixture
def others(neo4j_database: Server) -> Iterator[neo4j.Session]:
    """Somebody else, who writes into the same database."""
    with neo4j_database.driver() as driver, driver.session(database=neo4j_database.database) as session:
        yield session
