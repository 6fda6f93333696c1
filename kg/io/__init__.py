"""Bytes in, bytes out: pages from files, records as JSON Lines, files written whole or not at all."""

from __future__ import annotations

from kg.io.atomic import write_atomic
from kg.io.read import decode, front_matter, read_pages, read_utf8
from kg.io.records import Lines, dump, load, mentions, read_records, write_records
from kg.io.sorting import Sorter

__all__ = [
    "Lines",
    "Sorter",
    "decode",
    "dump",
    "front_matter",
    "load",
    "mentions",
    "read_pages",
    "read_records",
    "read_utf8",
    "write_atomic",
    "write_records",
]
