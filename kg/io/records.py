"""The records of kg.model as JSON, and back: one object a line, keys in the order of the fields, nothing escaped."""

from __future__ import annotations

import dataclasses
import json
import mmap
import types
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from kg.errors import InputError

__all__ = ["Lines", "dump", "load", "mentions", "read_records", "write_records"]

Record = TypeVar("Record")
Convert = Callable[[Any], Any]

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def dump(record: object) -> str:
    """Return a record of kg.model as one line of JSON, without the line end."""
    return _ENCODER.encode(_plain(record))


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is str or kind is int or kind is float or kind is bool or value is None:
        return value
    if kind is tuple or kind is list:
        return [_plain(item) for item in value]
    names = _fields(kind)
    if names is not None:
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    raise TypeError(f"no JSON for {kind.__name__}")


def _fields(kind: type) -> tuple[str, ...] | None:
    if kind not in _FIELDS:
        names = tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else None
        _FIELDS[kind] = names
    return _FIELDS[kind]


_FIELDS: dict[type, tuple[str, ...] | None] = {}


def load(cls: type[Record], obj: object) -> Record:
    """Make a `cls` from what `dump` wrote: the line, or the object parsed from it."""
    if isinstance(obj, str | bytes):
        try:
            obj = json.loads(obj)
        except ValueError as error:
            raise InputError(f"no {cls.__name__}: not JSON ({error}); it is made by kg, make it again") from None
    try:
        return cast(Record, _converter(cls)(obj))
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"no {cls.__name__}: {error}; it is made by kg, make it again") from None


def _converter(kind: Any) -> Convert:
    """Return what turns plain JSON into `kind`, or raises TypeError or ValueError."""
    if kind not in _CONVERTERS:
        _CONVERTERS[kind] = _make_converter(kind)
    return _CONVERTERS[kind]


_CONVERTERS: dict[Any, Convert] = {}


def _make_converter(kind: Any) -> Convert:
    origin = get_origin(kind)
    arguments = get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _record_converter(cast(type, kind))
    if origin is tuple and len(arguments) == 2 and arguments[1] is ...:
        item = _converter(arguments[0])
        return lambda value: tuple([item(part) for part in _list(value)])
    if origin is tuple:
        return _pair_converter(tuple(_converter(argument) for argument in arguments))
    if origin is Union or origin is types.UnionType:
        return _union_converter(tuple(arguments))
    if origin is Literal:
        return _literal_converter(arguments)
    if kind in (str, int, float, bool):
        return _scalar_converter(kind)
    raise TypeError(f"no reader for {kind}")


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"a list expected, not {value!r:.60}")
    return value


def _record_converter(kind: type) -> Convert:
    hints = get_type_hints(kind)
    fields = {field.name: _converter(hints[field.name]) for field in dataclasses.fields(kind)}
    needed = [
        field.name
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]

    def convert(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise TypeError(f"an object expected, not {value!r:.60}")
        missing = [name for name in needed if name not in value]
        unknown = [str(name) for name in value if name not in fields]
        if missing or unknown:
            raise ValueError(f"missing: {', '.join(missing) or 'nothing'}, unknown: {', '.join(unknown) or 'nothing'}")
        return kind(**{name: fields[name](item) for name, item in value.items()})

    return convert


def _pair_converter(parts: tuple[Convert, ...]) -> Convert:
    def convert(value: Any) -> Any:
        if len(_list(value)) != len(parts):
            raise ValueError(f"{len(parts)} values expected, not {value!r:.60}")
        return tuple([part(item) for part, item in zip(parts, value, strict=True)])

    return convert


def _union_converter(kinds: tuple[Any, ...]) -> Convert:
    plain = tuple(kind for kind in kinds if isinstance(kind, type) and kind in (str, int, float, bool, type(None)))
    others = tuple(_converter(kind) for kind in kinds if kind not in plain)

    def convert(value: Any) -> Any:
        if type(value) in plain:
            return value
        for other in others:
            try:
                return other(value)
            except (TypeError, ValueError):
                continue
        raise TypeError(f"unexpected {value!r:.60}")

    return convert


def _literal_converter(allowed: tuple[Any, ...]) -> Convert:
    def convert(value: Any) -> Any:
        if value not in allowed:
            raise ValueError(f"{value!r:.60} is none of {', '.join(map(str, allowed))}")
        return value

    return convert


def _scalar_converter(kind: type) -> Convert:
    def convert(value: Any) -> Any:
        if type(value) is kind:
            return value
        if kind is float and type(value) is int:
            return float(value)
        raise TypeError(f"{kind.__name__} expected, not {value!r:.60}")

    return convert


def mentions(texts: Collection[str]) -> Callable[[bytes], bool]:
    """Return a quick test whether a line of JSON Lines may hold one of these texts; of none, or of too many to look for
    one by one, every line may."""
    if not 0 < len(texts) <= _FEW:
        return lambda _: True
    wanted = [json.dumps(text, ensure_ascii=False)[1:-1].encode("utf-8") for text in texts]
    return lambda line: any(text in line for text in wanted)


_FEW = 64


def read_records(path: Path, cls: type[Record], *, about: Collection[str] = ()) -> Iterator[Record]:
    """Yield the records of a JSON Lines file made by `write_records`; `about` leaves out, unread, what holds none of
    these texts, as far as that is quick to see."""
    may_be = mentions(about)
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if not may_be(line):
                    continue
                try:
                    yield load(cls, line)
                except InputError as error:
                    raise InputError(f"{path}, line {number}: {error}") from None
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error


def write_records(stream: BinaryIO, records: Iterable[object]) -> int:
    """Write the records as JSON Lines and return how many."""
    count = 0
    for record in records:
        stream.write(dump(record).encode("utf-8"))
        stream.write(b"\n")
        count += 1
    return count


_PIECE = 1 << 20  # bytes that are copied at once


class Lines:
    """The lines of a JSON Lines file whose first value is an id, sorted by it: found by halving, so that what is asked
    for costs no more in a large file than in a small one. Ids must need no escape in JSON."""

    def __init__(self, path: Path | None) -> None:
        """Open a file; None stands for an empty one. Raises InputError."""
        self.path = path
        self._raw: mmap.mmap | bytes = b""
        try:
            if path is not None and path.stat().st_size:
                with path.open("rb") as stream:
                    self._raw = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as error:
            raise InputError(f"cannot read {path}: {error.strerror or error}") from error

    def pick(self, ids: Iterable[str]) -> Iterator[bytes]:
        """Yield the lines of these ids, as far as they are there, in the order of ids."""
        at = 0
        for name in sorted(ids):
            at, end = self._find(name.encode("utf-8"), at)
            if end > at:
                yield bytes(self._raw[at:end])

    def changed(self, changes: Mapping[str, object | None]) -> Iterator[bytes]:
        """Yield the content of the file with records changed: put in by id, or left out (None)."""
        at = 0
        for name in sorted(changes):
            start, end = self._find(name.encode("utf-8"), at)
            yield from self._pieces(at, start)
            if (record := changes[name]) is not None:
                yield dump(record).encode("utf-8") + b"\n"
            at = end
        yield from self._pieces(at, len(self._raw))

    def _pieces(self, start: int, end: int) -> Iterator[bytes]:
        for at in range(start, end, _PIECE):
            yield self._raw[at : min(end, at + _PIECE)]

    def _find(self, name: bytes, low: int) -> tuple[int, int]:
        """Return where the line of an id starts and ends, from `low` on; where it would stand, if it is not there."""
        raw = self._raw
        high = len(raw)
        while low < high:
            start = raw.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = raw.find(b"\n", start) + 1
            first = raw.find(b'":"', start) + 3
            found = raw[first : raw.find(b'"', first)]
            if found == name:
                return start, end
            if found < name:
                low = end
            else:
                high = start
        return low, low

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._raw, mmap.mmap):
            self._raw.close()
