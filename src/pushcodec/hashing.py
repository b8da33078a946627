"""Hashes of results that contain JSON values, which Python cannot hash."""

from __future__ import annotations

from collections.abc import Iterable


def hash_of(kind: type, values: Iterable[object]) -> int:
    """The hash of a frozen result: of its type and its values, some of which are JSON values. Equal results have equal hashes.

    Of an array or object it uses the keys, the scalars, and the type and length of each container inside: it never recurses.
    """
    return hash((kind, *map(_hashable, values)))


def _hashable(value: object) -> object:
    match value:
        case list():
            return tuple(map(_scalar_or_size, value))
        case dict():
            return frozenset((key, _scalar_or_size(member)) for key, member in value.items())
    return value


def _scalar_or_size(value: object) -> object:
    return (type(value), len(value)) if isinstance(value, list | dict) else value
