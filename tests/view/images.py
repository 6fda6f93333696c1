"""PNG files as browsers write them, read without a library for pictures."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Image:
    """Width, height, and rows of pixels of `depth` bytes each."""

    width: int
    height: int
    depth: int
    rows: tuple[bytes, ...]

    def at(self, x: int, y: int) -> tuple[int, int, int]:
        red, green, blue = self.rows[y][x * self.depth : x * self.depth + 3]
        return red, green, blue

    def colours(self) -> int:
        """Return how many different colours there are."""
        step = self.depth
        return len({row[at : at + 3] for row in self.rows for at in range(0, len(row), step)})


def pixels(content: bytes) -> Image:
    """Return the pixels of a PNG of eight bits a channel that is not interlaced; raises ValueError for all else."""
    if not content.startswith(SIGNATURE):
        raise ValueError("no PNG")
    at, packed, head = len(SIGNATURE), b"", b""
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        if zlib.crc32(kind + data) != struct.unpack(">I", content[at + 8 + length : at + 12 + length])[0]:
            raise ValueError(f"the part {kind!r} is damaged")
        head = data if kind == b"IHDR" else head
        packed += data if kind == b"IDAT" else b""
        at += 12 + length
    width, height, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", head)
    if bits != 8 or colour not in (2, 6) or interlaced:
        raise ValueError("not eight bits of red, green and blue")
    depth = 3 if colour == 2 else 4
    return Image(width, height, depth, tuple(_rows(zlib.decompress(packed), width * depth, height, depth)))


def _rows(raw: bytes, length: int, height: int, depth: int) -> list[bytes]:
    rows: list[bytes] = []
    before = bytearray(length)
    for number in range(height):
        start = number * (length + 1)
        how, row = raw[start], bytearray(raw[start + 1 : start + 1 + length])
        for at in range(length) if how else ():
            left = row[at - depth] if at >= depth else 0
            above, corner = before[at], before[at - depth] if at >= depth else 0
            row[at] = (row[at] + (0, left, above, (left + above) // 2, _nearest(left, above, corner))[how]) & 255
        rows.append(bytes(row))
        before = row
    return rows


def _nearest(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda one: abs(guess - one))
