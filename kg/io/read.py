"""Pages from files, folders and standard input.

Text is what Python's text mode makes of a file: no byte order mark, line ends as "\\n". Nothing else is changed, so
offsets and line numbers are those of the file; front matter stays in the text and belongs to no article.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError
from kg.io.html import html_text
from kg.model import Page

__all__ = ["decode", "front_matter", "read_pages", "read_utf8"]

LARGEST = 16 * 1024 * 1024  # bytes of a page; a newspaper page has some ten thousand
STDIN = "stdin"
TEXT = frozenset({".md", ".markdown", ".txt"})
HTML = frozenset({".html", ".htm", ".xhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
KNOWN = TEXT | HTML | LINES
KEYS = ("issue_date", "paper", "home", "page_no")


@dataclass(frozen=True, slots=True)
class _Defaults:
    """What a page is given that does not say it itself."""

    paper: str
    issue_date: str
    home: str


def read_pages(
    sources: Sequence[str],
    *,
    paper: str = "",
    issue_date: str = "",
    home: str = "",
    stdin: BinaryIO | None = None,
) -> Iterator[Page]:
    """Yield the pages of files, folders (sorted, with what is inside) and `-`, one at a time.

    `paper`, `issue_date` and `home` are for pages that do not say it themselves. Raises InputError.
    """
    defaults = _Defaults(paper, _iso_date(issue_date, "the given day of issue") if issue_date else "", home)
    files = _files(sources)
    ids = _file_ids([path for path in files if path is not None])
    taken: dict[str, str] = {}
    for path in files:
        if path is None:
            pages = _stdin_pages(stdin, defaults)
        elif path.suffix.lower() in LINES:
            pages = _lines_of(path, defaults)
        else:
            pages = iter((_file_page(path, ids[path], defaults),))
        for page in pages:
            if page.id in taken:
                raise InputError(
                    f"{page.source}: page id {page.id!r} was already given to {taken[page.id]}; "
                    "give each page an id of its own"
                )
            taken[page.id] = page.source
            yield page


# -- which files ------------------------------------------------------------------------------------------------------


def _files(sources: Sequence[str]) -> list[Path | None]:
    """Return the files to read in order, each once; None stands for standard input."""
    found: dict[str, Path | None] = {}
    for source in sources:
        if source == "-":
            found["-"] = None
            continue
        path = Path(source)
        if path.is_dir():
            inside = _pages_inside(path)
            if not inside:
                raise InputError(f"{source}: no page in this folder; pages end in {', '.join(sorted(KNOWN))}")
            for file in inside:
                found.setdefault(os.path.realpath(file), file)
        elif not path.exists():
            raise InputError(f"{source}: no such file or folder; check the name")
        else:
            found.setdefault(os.path.realpath(path), path)
    return list(found.values())


def _pages_inside(folder: Path) -> list[Path]:
    inside: list[Path] = []

    def stop(error: OSError) -> None:
        raise InputError(f"cannot read {error.filename}: {error.strerror or error}; check its permissions")

    for place, folders, names in os.walk(folder, onerror=stop):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside += [
            Path(place, name)
            for name in names
            if not name.startswith(".") and Path(name).suffix.lower() in KNOWN and Path(place, name).is_file()
        ]
    return sorted(inside, key=lambda file: file.relative_to(folder).parts)


def _file_ids(files: Sequence[Path]) -> dict[Path, str]:
    """Name each file by its stem; those that collide by the shortest end of their paths that tells them apart."""
    files = [file for file in files if file.suffix.lower() not in LINES]
    full = {file: Path.cwd() / file for file in files}
    twins = Counter(path.with_suffix("") for path in full.values())  # page.md and page.txt side by side
    leaf = {file: file.name if twins[path.with_suffix("")] > 1 else file.stem for file, path in full.items()}
    ids = dict(leaf)
    for depth in range(2, max((len(path.parts) for path in full.values()), default=0) + 1):
        for file in _doubled(ids):
            ids[file] = "/".join((*full[file].parts[-depth:-1], leaf[file])).lstrip("/")
    return ids


def _doubled(ids: Mapping[Path, str]) -> list[Path]:
    counts = Counter(ids.values())
    return [file for file, name in ids.items() if counts[name] > 1]


def read_utf8(path: Path) -> str:
    """Return the text of a file that somebody keeps by hand, without its mark of the order of bytes. Raises InputError
    where it cannot be read or is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}; check its name and permissions") from error
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; save it as UTF-8 text") from None


# -- one page ---------------------------------------------------------------------------------------------------------


def _file_page(path: Path, name: str, defaults: _Defaults) -> Page:
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}; check its permissions") from error
    return _page(raw, name, path.as_posix(), defaults, html=path.suffix.lower() in HTML)


def _page(raw: bytes, name: str, source: str, defaults: _Defaults, *, html: bool) -> Page:
    if len(raw) > LARGEST:
        raise InputError(f"{source}: longer than {LARGEST >> 20} MB, that is no page; give each page a file of its own")
    text = _text_of_html(raw, source) if html else decode(raw, source)
    said = {} if html else front_matter(text, source)[0]
    return Page(
        id=name,
        source=source,
        text=text,
        paper=said.get("paper") or defaults.paper,
        issue_date=said.get("issue_date") or defaults.issue_date,
        page_no=said.get("page_no", ""),
        home=said.get("home") or defaults.home,
    )


def _text_of_html(raw: bytes, source: str) -> str:
    try:
        return html_text(raw, lambda part: decode(part, source))
    except InputError as error:
        raise InputError(str(error) if str(error).startswith(source) else f"{source}: {error}") from None


_FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")
_ENTRY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*)")


def front_matter(text: str, source: str = "") -> tuple[dict[str, str], int]:
    """Return what the head of a page says between two lines of `---`, and the offset behind it (0 without one).

    Known keys are issue_date, paper, home, page_no; others are let be. It counts as front matter only when every line
    of it is empty, a comment or `key: value`: a page may begin with a rule.
    """
    head = _FENCE.match(text)
    if not head:
        return {}, 0
    said: dict[str, str] = {}
    at = head.end()
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        closing = line.rstrip() in ("---", "...")
        at = end + 1
        if closing:
            break
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        entry = _ENTRY.fullmatch(line.rstrip())
        if not entry:
            return {}, 0
        key, value = entry[1].lower().replace("-", "_"), entry[2].strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if key in KEYS and value:
            said[key] = _iso_date(value, f"{source}: {key}" if source else key) if key == "issue_date" else value
    else:
        return {}, 0
    return said, min(at, len(text))


_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def _iso_date(value: str, where: str) -> str:
    """Return a day as ISO 8601, from 2025-03-12, 2025/3/12 or 2025年3月12日."""
    day = _DAY.fullmatch(value.strip())
    try:
        if day:
            return datetime.date(int(day[1]), int(day[2]), int(day[3])).isoformat()
        return datetime.date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        raise InputError(f"{where}: {value!r} is no day; write it as 2025-03-12") from None


# -- JSON Lines -------------------------------------------------------------------------------------------------------


def _lines_of(path: Path, defaults: _Defaults) -> Iterator[Page]:
    try:
        with path.open("rb") as stream:
            yield from _records(stream, path.stem, path.as_posix(), defaults)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}; check its permissions") from error


def _records(stream: BinaryIO, name: str, source: str, defaults: _Defaults) -> Iterator[Page]:
    number = 0
    while line := stream.readline(LARGEST + 1):
        number += 1
        where = f"{source}, line {number}"
        if len(line) > LARGEST:
            raise InputError(f"{where}: longer than {LARGEST >> 20} MB, that is no page; one page is one line")
        text = decode(line, where)
        if text.strip():
            yield _record(text, f"{name}-{number}", where, defaults)


def _record(line: str, name: str, where: str, defaults: _Defaults) -> Page:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f'{where}: not JSON ({error}); one object a line, as {{"id": …, "text": …}}') from None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise InputError(f'{where}: no object with a text; one object a line, as {{"id": …, "text": …}}')
    said: dict[str, str] = {}
    for key in ("id", "source", "headline", *KEYS):
        value = record.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and key in ("id", "page_no"):
            value = str(value)
        if not isinstance(value, str | None):
            raise InputError(f"{where}: {key} is no text; write it in quotation marks")
        said[key] = (value or "").strip()
    text = record["text"]
    for part in (text, *said.values()):
        if _HALF.search(part):
            raise InputError(f"{where}: half a character (a lone surrogate); write the file as UTF-8")
    return Page(
        id=said["id"] or name,
        source=said["source"] or where,
        text=text.replace("\r\n", "\n").replace("\r", "\n"),
        paper=said["paper"] or defaults.paper,
        issue_date=_iso_date(said["issue_date"], f"{where}: issue_date") if said["issue_date"] else defaults.issue_date,
        page_no=said["page_no"],
        home=said["home"] or defaults.home,
        headline=said["headline"] or None,
    )


# -- standard input ---------------------------------------------------------------------------------------------------

_MARKUP = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|\?xml)\b", re.IGNORECASE)


def _stdin_pages(stdin: BinaryIO | None, defaults: _Defaults) -> Iterator[Page]:
    """Read standard input as what it begins like: JSON Lines, HTML, or else text."""
    if stdin is None:
        raise InputError("-: no standard input here; name a file")
    first = stdin.readline(LARGEST + 1)
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and _is_record(first):
        chained = io.BufferedReader(_Chained(first, stdin))
        yield from _records(chained, STDIN, STDIN, defaults)
        return
    raw = first + stdin.read(max(0, LARGEST + 1 - len(first)))
    yield _page(raw, STDIN, STDIN, defaults, html=bool(_MARKUP.match(raw)))


def _is_record(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


class _Chained(io.RawIOBase):
    """Some bytes, then what is left of a stream."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._first = first
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._first[: len(buffer)]
        self._first = self._first[len(part) :]
        part = part or self._rest.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


# -- bytes to text ----------------------------------------------------------------------------------------------------

_CHINESE = re.compile("[\u4e00-\u9fff\u2014-\u2026\u3000-\u301f\uff01-\uff5e]")  # three bytes each in UTF-8
_LONG = re.compile("[\u0800-\U0010ffff]")  # three bytes or more
_HALF = re.compile("[\ud800-\udfff]")  # of a character
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decode(raw: bytes, where: str) -> str:
    """Return the text of `raw`: UTF-8, UTF-16 with a mark, or GB18030 where that is what the bytes are.

    Line ends become "\\n". Raises InputError where the bytes are no text, or text that was damaged.
    """
    encoding = ""
    for mark, name in _BOMS:
        if raw.startswith(mark):
            raw, encoding = raw[len(mark) :], name
            break
    if not encoding and b"\0" in raw:
        raise InputError(f"{where}: a binary file, not text; pages end in {', '.join(sorted(KNOWN))}")
    try:
        text = raw.decode(encoding or "utf-8")
        if not encoding and not text.isascii() and _is_rather_gb18030(raw, text):
            text = raw.decode("gb18030")
    except UnicodeDecodeError as error:
        text = _decode_other(raw, encoding or "utf-8", error.start, where)
    if _CONTROL.search(text):
        raise InputError(f"{where}: a binary file, not text; pages end in {', '.join(sorted(KNOWN))}")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _is_rather_gb18030(raw: bytes, text: str) -> bool:
    """Whether a text that happens to be UTF-8 is Chinese in GB18030: no Chinese is written in two bytes of UTF-8."""
    if _LONG.search(text) or 2 * sum(byte > 0x7F for byte in raw) < len(raw):
        return False
    try:
        return all(char.isascii() or _is_common(char) for char in raw.decode("gb18030"))
    except UnicodeDecodeError:
        return False


def _decode_other(raw: bytes, tried: str, at: int, where: str) -> str:
    """Decode what is no UTF-8 as GB18030, unless it is UTF-8 that was damaged, or no Chinese comes of it."""
    line = raw.count(b"\n", 0, at) + 1
    place = f"{where}: byte {at} (line {line})"
    high = sum(byte > 0x7F for byte in raw)
    chinese = len(_CHINESE.findall(raw.decode("utf-8", errors="ignore")))
    if tried != "utf-8" or 2 * 3 * chinese > high:
        raise InputError(f"{place} is not {tried.upper()}: the text is damaged; get the file again or save it as UTF-8")
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        raise InputError(f"{place} is neither UTF-8 nor GB18030; save the file as UTF-8") from None
    foreign = [char for char in text if not char.isascii()]
    common = sum(_is_common(char) for char in foreign)
    if 10 * common < 9 * len(foreign):
        raise InputError(f"{place} is neither UTF-8 nor Chinese in GB18030; save the file as UTF-8")
    return text


def _is_common(char: str) -> bool:
    """Whether a character is one of GB 2312, as nearly all of a Chinese newspaper are."""
    try:
        return len(char.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return char in "“”‘’…—·〇﹑•"
