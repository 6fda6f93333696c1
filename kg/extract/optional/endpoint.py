"""An endpoint that speaks as OpenAI's does, asked with the standard library: bounded in time, size, number of tries."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from kg.errors import NotAvailable, ServiceError

__all__ = ["Answer", "Endpoint"]

TRIES = 4  # for one question; a second silence of the whole timeout is the last
FIRST_WAIT = 1.0  # seconds before the second try, twice as long before each further one
LONGEST_WAIT = 30.0  # also where the server asks for more
LARGEST = 16_000_000  # bytes of one answer
_AGAIN = frozenset({408, 429, 500, 502, 503, 504, 529})


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote, and what it cost."""

    content: str
    tokens_in: int = 0
    tokens_out: int = 0


class _Busy(Exception):
    """A failure that may pass; `wait`: seconds the server asked for."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


class _Silent(_Busy):
    """No answer within the timeout."""


class _Refused(Exception):
    """An answer that says the request is not understood."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A key is not carried to another place, and a question that became a GET is none."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _address(url: str) -> SplitResult | None:
    """Take an address apart; None where it is none that can be asked, or where it holds a password."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:  # a port that is no number, half an address of IPv6
        return None
    return parts if usable and url.isascii() and url.isprintable() and " " not in url else None


class Endpoint:
    """One model at one address. `spent` counts calls that were answered, and tokens."""

    def __init__(self, url: str, model: str, key: str, *, timeout: float) -> None:
        """Hold the address; nothing is sent before `ask`. Raises NotAvailable where it is no address."""
        parts = _address(url)
        if parts is None:
            raise NotAvailable(
                "the proposer llm: KG_LLM_URL (or --llm-url) is no address such as http://localhost:8000/v1"
            )
        if not key.isprintable() or not key.isascii():
            raise NotAvailable("the proposer llm: KG_LLM_KEY holds signs that stand in no key; set it anew")
        path = parts.path.rstrip("/")
        path = path if path.endswith("/chat/completions") else f"{path}/chat/completions"
        self._url = parts._replace(path=path, fragment="").geturl()
        self.shown = parts._replace(path=path, query="", fragment="").geturl()
        self.model = model
        self.spent: Counter[str] = Counter()
        self._key = key.strip()
        self._timeout = timeout
        self._json_mode = True
        self._opener = urllib.request.build_opener(_NoRedirect)

    def ask(self, system: str, user: str) -> Answer:
        """Ask at temperature 0; raises ServiceError where no answer is to be had."""
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        if self._json_mode:
            try:
                return self._ask({"messages": messages, "response_format": {"type": "json_object"}})
            except _Refused:
                self._json_mode = False  # a server without that option: the prompt asks for JSON as well
        try:
            return self._ask({"messages": messages})
        except _Refused as error:
            raise self._failed(str(error)) from None

    def _ask(self, body: dict[str, Any]) -> Answer:
        raw = json.dumps({"model": self.model, "temperature": 0, **body}, ensure_ascii=False).encode("utf-8")
        silences = 0
        for attempt in range(TRIES):
            try:
                return self._answer(self._send(raw))
            except _Busy as error:
                silences += isinstance(error, _Silent)
                if attempt == TRIES - 1 or silences == 2:
                    raise self._failed(f"{error}, {attempt + 1} times; try again later") from None
                wait = FIRST_WAIT * 2**attempt if error.wait is None else error.wait
                time.sleep(min(wait, LONGEST_WAIT))
        raise AssertionError("unreachable")

    def _send(self, raw: bytes) -> bytes:
        request = urllib.request.Request(self._url, data=raw, method="POST")  # noqa: S310 (http or https: looked at above)
        request.add_header("Content-Type", "application/json")
        request.add_header("Accept", "application/json")
        if self._key:
            request.add_unredirected_header("Authorization", f"Bearer {self._key}")
        until = time.monotonic() + self._timeout
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                self.spent["calls"] += 1
                return self._body(response, until)
        except urllib.error.HTTPError as error:
            with error:
                self.spent["calls"] += 1
                raise self._turned_down(error, self._reason(error)) from None
        except TimeoutError:
            raise _Silent(f"no answer in {self._timeout:g} seconds") from None
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise _Silent(f"no answer in {self._timeout:g} seconds") from None
            if isinstance(error.reason, ConnectionResetError):
                raise _Busy("the connection broke") from None
            raise self._failed(getattr(error.reason, "strerror", None) or str(error.reason)) from None
        except (ConnectionError, http.client.HTTPException):
            raise _Busy("the connection broke") from None

    def _body(self, response: http.client.HTTPResponse, until: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        while part := response.read1(65_536):
            parts.append(part)
            size += len(part)
            if size > LARGEST:
                raise self._failed(f"an answer of more than {LARGEST} bytes")
            if time.monotonic() > until:
                raise _Silent(f"no whole answer in {self._timeout:g} seconds")
        return b"".join(parts)

    def _turned_down(self, error: urllib.error.HTTPError, reason: str) -> Exception:
        said = f"HTTP {error.code}{f' ({reason})' if reason else ''}"
        if error.code in _AGAIN:
            after = error.headers.get("Retry-After", "")
            return _Busy(said, float(after) if after.isascii() and after.isdigit() else None)
        if error.code in (400, 415, 422):
            return _Refused(said)
        if error.code in (401, 403):
            return self._failed(f"{said}; check KG_LLM_KEY")
        if 300 <= error.code < 400:
            return self._failed(f"{said}: it has moved; set KG_LLM_URL to where it is now")
        return self._failed(f"{said}; check KG_LLM_URL and KG_LLM_MODEL")

    def _reason(self, error: urllib.error.HTTPError) -> str:
        """What the server says is wrong, short, and without the key."""
        try:
            text = error.read(4_000).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return ""
        try:
            said = json.loads(text)
            said = said.get("error", said) if isinstance(said, dict) else said
            text = str(said.get("message", "")) if isinstance(said, dict) else str(said)
        except (ValueError, RecursionError):
            text = ""  # a page of HTML says nothing in one line
        text = " ".join(text.split())
        return (text.replace(self._key, "***") if self._key else text)[:200]

    def _answer(self, raw: bytes) -> Answer:
        try:
            told = json.loads(raw)
            content = told["choices"][0]["message"].get("content")
            usage = told.get("usage") or {}
            answer = Answer(
                content if isinstance(content, str) else "",
                int(usage.get("prompt_tokens") or 0),
                int(usage.get("completion_tokens") or 0),
            )
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
            raise _Busy("an answer that is not of the shape of OpenAI's") from None
        self.spent["tokens_in"] += answer.tokens_in
        self.spent["tokens_out"] += answer.tokens_out
        return answer

    def _failed(self, why: str) -> ServiceError:
        return ServiceError(f"{self.shown}: {why}")
