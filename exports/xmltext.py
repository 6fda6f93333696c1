"""What text has to suffer before it can stand in XML 1.0."""

from __future__ import annotations

import re
from typing import BinaryIO

__all__ = ["EscapingStream", "xml_text"]

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Put U+FFFD for each character that no XML document may hold, not even escaped."""
    return _NOT_XML.sub("\ufffd", text)


class EscapingStream:
    """A stream that escapes carriage returns, which a writer leaves bare and a parser turns into line feeds."""

    def __init__(self, stream: BinaryIO) -> None:
        """Write to `stream`."""
        self._stream = stream

    def write(self, data: bytes) -> int:
        """Write `data`, which is XML in UTF-8."""
        self._stream.write(bytes(data).replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        """Flush the stream below."""
        self._stream.flush()
