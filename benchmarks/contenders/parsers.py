"""Parsers only: they check nothing, and the text inside stays a text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import orjson

from contenders import Ready


def loads_each(texts: Sequence[bytes]) -> list[Any]:
    """The baseline of every ratio."""
    loads = orjson.loads
    return [loads(text) for text in texts]


def orjson_loads() -> Ready:
    """The baseline as a contender."""
    return Ready(loads_each, wrapped=loads_each)


def json_loads() -> Ready:
    """The standard library."""

    def loop(texts: Sequence[bytes]) -> list[Any]:
        loads = json.loads
        return [loads(text) for text in texts]

    return Ready(loop, wrapped=loop)
