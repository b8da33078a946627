"""Writing JSON text: compact, non-ASCII raw."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from pushcodec.jsontext.limits import MOST_DEPTH
from pushcodec.jsontext.values import JSONValue

_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def dump(value: object) -> str:
    """The compact JSON text of a value: no white space, non-ASCII raw, keys in the order of the mapping.

    Raises ValueError, TypeError or RecursionError for a value that JSON cannot represent; the caller reports it.
    """
    return _write(value)


def dump_built(value: object) -> str:
    """As `dump`, for a value that a program built, which can have any depth or contain itself.

    Raises ValueError if it is deeper than any limits allow: Python's encoder recurses, and would overflow a small stack.
    """
    level: list[Any] = [value] if isinstance(value, _CONTAINERS) else []
    for _ in range(MOST_DEPTH + 1):
        if not level:
            return dump(value)
        inner = [item for each in level for item in (each.values() if isinstance(each, dict) else each)]
        level = [item for item in inner if isinstance(item, _CONTAINERS)]
        if len(level) > 1:
            level = list({id(item): item for item in level}.values())  # each once: the number of paths can be exponential
    raise ValueError(f"expected at most {MOST_DEPTH} levels")


_CONTAINERS = (dict, list, tuple)


class _Written(str):
    """A piece of JSON text among values that are not written yet."""

    __slots__ = ()


def dump_deep(value: JSONValue, write_scalar: Callable[[bool | int | float | str | None], str] = dump) -> str:
    """As `dump`, for values of any depth: it never recurses. `write_scalar` returns the text of a scalar."""
    pieces: list[str] = []
    pending: list[JSONValue | _Written] = [value]  # still to be written, last first
    while pending:
        match pending.pop():
            case _Written() as text:
                pieces.append(text)
            case dict() as members:
                pending.extend(reversed(_object_parts(members)))
            case list() as elements:
                pending.extend(reversed(_array_parts(elements)))
            case scalar:
                pieces.append(write_scalar(scalar))
    return "".join(pieces)


def _object_parts(members: dict[str, JSONValue]) -> list[JSONValue | _Written]:
    parts: list[JSONValue | _Written] = []
    for key, value in members.items():
        parts += (_Written(("," if parts else "{") + dump(key) + ":"), value)
    return [*parts, _Written("}" if parts else "{}")]


def _array_parts(elements: list[JSONValue]) -> list[JSONValue | _Written]:
    parts: list[JSONValue | _Written] = []
    for value in elements:
        parts += (_Written("," if parts else "["), value)
    return [*parts, _Written("]" if parts else "[]")]


_NOT_ASCII = re.compile(r"[^\x20-\x7e\n]")


def ascii_only(text: str) -> str:
    """The same JSON text with every character but printable ASCII and line feeds as `\\uXXXX`: a terminal can show it safely."""
    return _NOT_ASCII.sub(lambda match: json.dumps(match[0])[1:-1], text)
