"""How Objective-C's Foundation reads a JSON text and coerces a JSON value.

Every Objective-C client shares this module; the client of this package is in `routing`. Steps and tables are those of
`docs/contract.md`, "Foundation". Values are those of a JSON parser: None, bool, int, float, str, list, dict; an absent key is
`ABSENT`, Objective-C's nil. Source: GNUstep and Apple Foundation `NSJSONSerialization`, `NSNumber`, `NSString`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any, NoReturn

from pushcodec import jsontext
from pushcodec.clients.integers import saturate, wrap_signed
from pushcodec.errors import Code
from pushcodec.jsontext.limits import RECURSION_DEPTH
from pushcodec.jsontext.values import MAX_INT, MIN_INT, Absent, JSONValue, Maybe, read_number

MAX_DEPTH = 512
"""The deepest nesting that NSJSONSerialization reads; the outermost value is 1."""

# Coercions

_DIGITS = re.compile(r"[ \t\r\n\v\f]*([+-]?[0-9]+)")


def int_value(value: Maybe) -> int | None:
    """`[value intValue]`: a signed 32-bit integer; None where the value has no such selector and the call raises."""
    return _number(value, 32)


def integer_value(value: Maybe) -> int | None:
    """`[value integerValue]`: a signed 64-bit integer; None where the value has no such selector and the call raises."""
    return _number(value, 64)


def _number(value: Maybe, bits: int) -> int | None:
    match value:
        case Absent.ABSENT:
            return 0  # a message to nil returns 0
        case bool() | int():
            if MIN_INT <= value <= MAX_INT:
                return wrap_signed(value, bits)
            return saturate(value, bits)  # read as a double, and a double saturates
        case float():
            return _truncated(value, bits)
        case str():
            digits = _DIGITS.match(value)
            return saturate(_decimal(digits[1]), bits) if digits else 0
    return None


def _truncated(value: float, bits: int) -> int:
    if math.isnan(value):
        return 0
    if math.isinf(value):
        return saturate(MAX_INT if value > 0 else -MAX_INT, bits)
    return saturate(int(value), bits)


def _decimal(digits: str) -> int:
    """The value of a run of digits; of more than 30 digits one that saturates alike, because CPython does not convert thousands."""
    sign, digits = (-1, digits[1:]) if digits[0] == "-" else (1, digits.removeprefix("+"))
    significant = digits.lstrip("0")
    return sign * int(significant[:30] or "0")


# Reading: NSJSONSerialization

# The faults that the client's reader tolerates. Of a repeated key it takes the first; an integer beyond 64 bits is a double.
_TOLERATED = frozenset({Code.TRAILING_COMMA, Code.DUPLICATE_KEY, Code.INTEGER_BEYOND_64_BITS})
_TRAILING_COMMA = re.compile(r",[ \t\n\r]*[\]}]")


class _NotJSONError(ValueError):
    """The client's reader refuses the text."""


def read_object(text: str) -> dict[str, JSONValue] | None:
    """The JSON object that the client's reader makes of a text, None if it makes none. Never raises, recurses at most 32 deep."""
    # No text nests deeper than it has opening brackets.
    if text.count("{") + text.count("[") <= RECURSION_DEPTH:
        try:
            value: JSONValue = read_shallow(text)
            text.encode()  # fails for a lone surrogate
            jsontext.check_surrogate_escapes(text, value)
            return value if isinstance(value, dict) else None
        except RecursionError:
            pass  # the caller's own stack is deep: the slow reader needs less of it
        except _RepeatedKeyError:
            pass
        except ValueError:
            if not _TRAILING_COMMA.search(text):
                return None
    return _read_tolerantly(text)


def _read_tolerantly(text: str) -> dict[str, JSONValue] | None:
    from pushcodec.jsontext.scanner import scan  # loaded only where CPython's scanner can't decide

    value, faults = scan(text, max_depth=MAX_DEPTH, max_items=len(text) + 1, tolerated=_TOLERATED)
    return value if isinstance(value, dict) and not faults else None


class _RepeatedKeyError(ValueError):
    """The text repeats a key: only the slow reader sees the second value."""


def _members(members: list[tuple[str, JSONValue]]) -> dict[str, JSONValue]:
    value = dict(members)
    if len(value) != len(members):
        raise _RepeatedKeyError
    return value


def _number_read(token: str) -> int | float:
    value, fault = read_number(token)
    if fault is None or fault in _TOLERATED:
        return value
    raise _NotJSONError


def _no_constant(token: str) -> NoReturn:
    raise _NotJSONError


read_shallow: Callable[[str], Any] = json.JSONDecoder(
    object_pairs_hook=_members,
    parse_int=_number_read,
    parse_float=_number_read,
    parse_constant=_no_constant,
).decode
"""CPython's scanner with the client's numbers: it recurses, accepts lone surrogates, and refuses repeated keys (ValueError)."""


# Writing: NSJSONSerialization


def write_json(value: JSONValue) -> str:
    """The compact JSON text of a value, an integral double of 64 bits as an integer (`1.0` as `1`). Never recurses."""
    if isinstance(value, str | int | None) or (isinstance(value, dict) and all(type(each) is int for each in value.values())):
        return jsontext.dump(value)  # most often the data of a call: an object of integers
    return jsontext.dump_deep(value, _written)


def _written(value: bool | int | float | str | None) -> str:
    if isinstance(value, float) and value.is_integer() and MIN_INT <= value <= MAX_INT:
        return str(int(value))
    return jsontext.dump(value)
