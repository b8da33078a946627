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

    Raises ValueError, TypeError or RecursionError for what JSON can't say: the caller names it.
    """
    return _write(value)


def dump_built(value: object) -> str:
    """As `dump`, for a value that a program built, which can nest to any depth or contain itself.

    Raises ValueError if it nests deeper than any limits allow: Python's encoder recurses, and a small stack would overflow.
    """
    level: list[Any] = [value] if isinstance(value, _CONTAINERS) else []
    for _ in range(MOST_DEPTH + 1):
        if not level:
            return dump(value)
        inner = [item for each in level for item in (each.values() if isinstance(each, dict) else each)]
        level = [item for item in inner if isinstance(item, _CONTAINERS)]
        if len(level) > 1:
            level = list({id(item): item for item in level}.values())  # each once, or paths that meet would multiply
    raise ValueError(f"expected at most {MOST_DEPTH} levels")


_CONTAINERS = (dict, list, tuple)


class _Spelt(str):
    """A piece of JSON text, among values yet to be spelt."""

    __slots__ = ()


def dump_deep(value: JSONValue, spell: Callable[[bool | int | float | str | None], str] = dump) -> str:
    """As `dump`, for values of any depth: it never recurses. `spell` writes the scalars."""
    pieces: list[str] = []
    pending: list[JSONValue | _Spelt] = [value]  # what is still to be written, last first
    while pending:
        match pending.pop():
            case _Spelt() as text:
                pieces.append(text)
            case dict() as members:
                pending.extend(reversed(_object_parts(members)))
            case list() as elements:
                pending.extend(reversed(_array_parts(elements)))
            case scalar:
                pieces.append(spell(scalar))
    return "".join(pieces)


def _object_parts(members: dict[str, JSONValue]) -> list[JSONValue | _Spelt]:
    parts: list[JSONValue | _Spelt] = []
    for key, value in members.items():
        parts += (_Spelt(("," if parts else "{") + dump(key) + ":"), value)
    return [*parts, _Spelt("}" if parts else "{}")]


def _array_parts(elements: list[JSONValue]) -> list[JSONValue | _Spelt]:
    parts: list[JSONValue | _Spelt] = []
    for value in elements:
        parts += (_Spelt("," if parts else "["), value)
    return [*parts, _Spelt("]" if parts else "[]")]


_NOT_ASCII = re.compile(r"[^\x20-\x7e\n]")


def ascii_only(text: str) -> str:
    """The same JSON text with everything but printable ASCII and line feeds as `\\uXXXX`: it can harm no terminal."""
    return _NOT_ASCII.sub(lambda match: json.dumps(match[0])[1:-1], text)
