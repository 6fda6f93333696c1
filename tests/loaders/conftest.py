from __future__ import annotations

from tests.neo4j_server import neo4j_database, neo4j_server

__all__ = ["neo4j_database", "neo4j_server"]
