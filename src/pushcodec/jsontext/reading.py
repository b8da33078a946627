"""The strict reader: from a JSON text to its value, under limits, and every fault with its position.

`docs/contract.md`, "Texts", says what it refuses, and why the standard library does not suffice. It has two parts, which accept
the same texts and make the same values of them:

- CPython's own scanner, which reads most texts and decides only that a text is certainly valid;
- `scanner`, which does not recurse. It reads every other text again, finds all faults, and makes a value if the text has one. A
  text is valid exactly if it has no fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, NoReturn

from pushcodec.arguments import check_text
from pushcodec.errors import Code, DecodeError, Violation, listed
from pushcodec.jsontext.limits import DEFAULT_LIMITS, RECURSION_DEPTH, Limits, check_limits
from pushcodec.jsontext.values import (
    ABSENT,
    WHITE_SPACE,
    Absent,
    Fault,
    JSONValue,
    Maybe,
    Spans,
    has_lone_surrogate,
    pointer,
    read_number,
    replace_lone_surrogates,
)
from pushcodec.jsontext.writing import dump


class Reading:
    """A text as the strict reader reads it.

    - `text`: the text as it was given; but `repaired` if it is an embedded text with lone surrogates, each of which is replaced
    - `value`: its value, of repeated keys the first one; `ABSENT` if a fault ended the reading
    - `faults`: all its faults in the order of the text; empty exactly if the text is valid
    """

    repaired = False

    def __init__(self, text: str | bytes, limits: Limits, value: Maybe, faults: tuple[Fault, ...] = ()) -> None:
        self.text = text
        self.limits = limits
        self.value = value
        self.faults = faults

    @cached_property
    def characters(self) -> str:
        """The text as `str`; a byte that is not UTF-8 is a lone surrogate (`surrogateescape`)."""
        return self.text if isinstance(self.text, str) else self.text.decode("utf-8", "surrogateescape")

    @cached_property
    def spans(self) -> Spans:
        """Where its values and keys are, in `characters`."""
        from pushcodec.jsontext.scanner import find_spans  # loaded only where a position is needed

        # The keys in the paths are those of the value, in which each byte that is not UTF-8 is a character of a private-use plane.
        text = self.characters if isinstance(self.text, str) else replace_lone_surrogates(self.characters)
        return find_spans(text, max_depth=self.limits.max_depth, max_items=self.limits.max_items)

    def message(self, fault: Fault) -> str:
        """A fault's message with its position in the text: `"expected ':' after the key (line 1, column 9)"`.

        Lines and columns count from 1, in characters; LF, CRLF and CR end a line.
        """
        text, end = self.characters, fault.offset
        line = text.count("\n", 0, end) + text.count("\r", 0, end) - text.count("\r\n", 0, end) + 1
        line_start = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
        return f"{fault.message} (line {line}, column {end - line_start + 1})"

    def violations(self) -> Iterator[Violation]:
        """Its faults as violations of an outermost text."""
        return (Violation(fault.code, pointer(fault.path), self.message(fault)) for fault in self.faults)

    def valid_value(self) -> JSONValue:
        """Its value. Raises DecodeError with the faults if there are any."""
        if self.faults:
            raise DecodeError(listed(self.violations()))
        assert self.value is not ABSENT  # only a fault ends a reading early
        return self.value


def read(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Reads a text, `str` or UTF-8 `bytes`, under limits. Raises TypeError for another type, and nothing for the contents."""
    value = certain_value(text, limits)
    return explain(text, limits) if value is ABSENT else Reading(text, limits, value)


def read_embedded(text: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """As `read`, for a text in a string of another text. A lone surrogate in it is a fault of that other text only."""
    if text.isascii() or not has_lone_surrogate(text):
        return read(text, limits)
    reading = read(replace_lone_surrogates(text), limits)
    reading.repaired = True
    return reading


def parse(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> JSONValue:
    """The value of a JSON text by the text rules of the contract.

    Reads `str` or UTF-8 `bytes`. Integers become `int`, numbers with a fraction or an exponent `float`. Raises DecodeError with
    every fault of the text (`PC1xx`).
    """
    value = certain_value(text, limits)
    # For most texts this suffices. A Reading would cost as much as the reading.
    return explain(text, limits).valid_value() if value is ABSENT else value


def explain(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Reads a text with the scanner that finds every fault, and not with CPython's. The result is that of `read`."""
    size, characters, faults = _decode_utf8(text)
    if size > limits.max_bytes:
        fault = Fault(Code.TOO_LARGE, (), 0, f"expected at most {limits.max_bytes} bytes", end=0)
        return Reading(text, limits, ABSENT, (fault,))
    from pushcodec.jsontext.scanner import in_order, scan  # loaded only where a text is in doubt

    value, found = scan(characters, max_depth=limits.max_depth, max_items=limits.max_items)
    if faults:  # a text that is not UTF-8 cannot be judged as JSON too: one fault, one violation
        found = in_order((*faults, *(fault for fault in found if fault.code is not Code.NOT_JSON)))
    return Reading(text, limits, value, found)


def _decode_utf8(text: str | bytes) -> tuple[int, str, tuple[Fault, ...]]:
    """A text's size in UTF-8 bytes, its characters, and the fault if it is not UTF-8.

    Bytes that are not UTF-8 are replaced, so that the reading continues and finds the other faults. A lone surrogate in a `str`
    remains: the scanner reports it with its position.
    """
    if isinstance(text, str):
        return len(text.encode("utf-8", "surrogatepass")), text, ()
    try:
        return len(text), text.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        before = text[: error.start].decode("utf-8")
        message = f"expected UTF-8, got another byte at offset {error.start}"
        fault = Fault(Code.INVALID_UTF8, (), len(before), message, end=len(before) + 1)
        return len(text), replace_lone_surrogates(text.decode("utf-8", "surrogateescape")), (fault,)


# CPython's scanner. It decides that a text is certainly valid, never that it is not.


class _InDoubtError(ValueError):
    """CPython's scanner met something that only `scanner` can decide."""


def _members_once(members: list[tuple[str, JSONValue]]) -> dict[str, JSONValue]:
    value = dict(members)
    if len(value) != len(members):
        raise _InDoubtError
    return value


def _integer_in_range(token: str) -> int | float:
    return int(token) if len(token) < 19 else _number_in_range(token)


def _number_in_range(token: str) -> int | float:
    value, fault = read_number(token)
    if fault is not None:
        raise _InDoubtError
    return value


def _no_constant(token: str) -> NoReturn:
    raise _InDoubtError


# `JSONDecoder.decode` reads with this function. Typeshed does not have it.
_scan_once: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder(
    object_pairs_hook=_members_once,
    parse_int=_integer_in_range,
    parse_float=_number_in_range,
    parse_constant=_no_constant,
).scan_once  # type: ignore[attr-defined]

_ANY_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)  # without its end too, or the time would be quadratic
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


def certain_value(text: str | bytes, limits: Limits) -> JSONValue | Absent:
    """The value of a text that is certainly valid, `ABSENT` for every other text. Checks the types of its arguments."""
    if not isinstance(text, str):
        check_text(text)
    if type(limits) is not Limits:
        check_limits(limits)
    if len(text) > limits.max_bytes:
        return ABSENT
    try:
        if isinstance(text, str):
            if not text.isascii() and len(text.encode()) > limits.max_bytes:
                return ABSENT
        else:
            text = text.decode()
        if not _certainly_within(text, limits) and not _is_within(_ANY_STRING.sub("", text), limits):
            return ABSENT
        text = text.strip(WHITE_SPACE)
        value: JSONValue
        value, end = _scan_once(text, 0)
        if end != len(text):
            return ABSENT
        check_surrogate_escapes(text, value)
    except (ValueError, RecursionError, StopIteration):  # StopIteration: a value is missing
        return ABSENT
    return value


def check_surrogate_escapes(text: str, value: JSONValue) -> None:
    """Raises UnicodeEncodeError if an escape of a well-formed text, whose value is `value`, is a lone surrogate."""
    if "\\u" in text and _SURROGATE_ESCAPE.search(text):
        dump(value).encode()


def _certainly_within(text: str, limits: Limits) -> bool:
    """Whether a text is within the limits by counting: its depth is at most its opening brackets, its items its commas plus one."""
    return text.count("{") + text.count("[") <= _most_depth(limits) and text.count(",") < limits.max_items


def _is_within(bare: str, limits: Limits) -> bool:
    """Whether a text without its strings is within the limits: its depth, and its items, which are at most its commas plus one.

    Each round removes the innermost pairs of brackets, so a text takes as many rounds as it has levels. Brackets of both kinds
    count alike: where they do not fit together, the text is no JSON.
    """
    if bare.count(",") >= limits.max_items:
        return False
    brackets = bare.encode("ascii", "replace").translate(_BRACKETS, _NO_BRACKETS)
    for _ in range(_most_depth(limits)):
        brackets = brackets.replace(b"[]", b"")
    return not brackets


def _most_depth(limits: Limits) -> int:
    return min(limits.max_depth, RECURSION_DEPTH)


_BRACKETS = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
