"""The parts of JSON texts: values and their types, numbers, paths and pointers, spans and faults."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from enum import Enum
from typing import Final, Literal, NamedTuple, TypeAlias

from pushcodec.errors import Code

JSONValue: TypeAlias = "bool | int | float | str | list[JSONValue] | dict[str, JSONValue] | None"
Path: TypeAlias = "tuple[str | int, ...]"

MIN_INT, MAX_INT = -(2**63), 2**64 - 1
WHITE_SPACE = " \t\n\r"


class Absent(Enum):
    """The type of `ABSENT`."""

    ABSENT = "ABSENT"

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False


ABSENT: Final = Absent.ABSENT
"""No value: of a key that an object does not have, or of a text that cannot be read. It is not JSON's null (None)."""

Maybe: TypeAlias = "JSONValue | Absent"
TypeName: TypeAlias = Literal["nil", "null", "bool", "int", "float", "string", "list", "dict"]


class Fault(NamedTuple):
    """One fault of one text: its code, the path of keys and indices to it, what was expected, and its characters, from `offset` to
    before `end`."""

    code: Code
    path: Path
    offset: int
    message: str
    end: int


class Span(NamedTuple):
    """Characters of a text, from `start` to before `end`."""

    start: int
    end: int


class Position(NamedTuple):
    """A position in a file: `line` and `column` from 1, in code points, `offset` from 0, in bytes."""

    line: int
    column: int
    offset: int


START: Final = Position(1, 1, 0)


class Spans(NamedTuple):
    """The spans of a text's values, and of the keys of its objects' members, by path; of a repeated key the first."""

    values: dict[Path, Span]
    keys: dict[Path, Span]


# Types

_TYPES: Final = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}


def json_type(value: JSONValue) -> str:
    """The JSON name of a value's type: "null", "boolean", "number", "string", "array" or "object"."""
    return "null" if value is None else _TYPES[type(value)]


def type_name(value: Maybe) -> TypeName:
    """The type of a value as the vectors name it. Foundation reads an integer beyond 64 bits as a double, hence "float"."""
    match value:
        case Absent.ABSENT:
            return "nil"
        case None:
            return "null"
        case bool():
            return "bool"
        case int():
            return "int" if MIN_INT <= value <= MAX_INT else "float"
        case float():
            return "float"
        case str():
            return "string"
        case list():
            return "list"
        case dict():
            return "dict"
    raise TypeError(f"expected a JSON value, got {type(value).__name__}")


# Pointers


def pointer(path: Iterable[str | int]) -> str:
    """The RFC 6901 pointer of a path: `pointer(("a/b", 0)) == "/a~1b/0"`."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


# Strings

_SURROGATE = re.compile("[\ud800-\udfff]")


def has_lone_surrogate(text: str) -> bool:
    """Whether a `str` contains a lone surrogate."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def replace_lone_surrogates(text: str) -> str:
    """The text with a character of a private-use plane for each lone surrogate, a different one for each of the 2,048.

    For texts whose lone surrogates are faults of the text around them, which has reported them.
    """
    return _SURROGATE.sub(lambda match: chr(0x10F000 + ord(match[0]) - 0xD800), text)


# Numbers


def read_number(token: str) -> tuple[int | float, Code | None]:
    """The value of a JSON number, and the code of its fault or None.

    A number without a fraction and an exponent is an integer. An integer beyond 64 bits is a fault, and its value a double. A
    number that overflows a double, or is not zero and rounds to zero, is a fault.
    """
    fault = None
    if token.removeprefix("-").isdecimal():
        # At most 20 digits fit 64 bits; CPython refuses to convert thousands of them.
        if len(token) < 19 or (len(token) <= 21 and MIN_INT <= int(token) <= MAX_INT):
            return int(token), None
        fault = Code.INTEGER_BEYOND_64_BITS
    value = float(token)
    if math.isinf(value) or (value == 0 and token.lower().partition("e")[0].strip("-0.")):
        fault = Code.NUMBER_BEYOND_DOUBLE
    return value, fault
