"""What a measuring process runs: `python -m tests.bench.job module:function '{"json": "arguments"}'`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from importlib import import_module
from typing import Any

from tests.bench.measure import Use


def main() -> None:
    """Run the function and print what it returns as one line of JSON, the last one."""
    module, _, function = sys.argv[1].partition(":")
    given: Mapping[str, Any] = json.loads(sys.argv[2])
    answer = getattr(import_module(f"tests.bench.{module}"), function)(**given)
    print(json.dumps(answer, ensure_ascii=False, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, Use):
        return asdict(value)
    raise TypeError(f"no JSON for {value!r}")


if __name__ == "__main__":
    main()
