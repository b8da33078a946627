"""The one gate from text to values: strict JSON, with limits, and nothing else.

What is refused, and why the standard library alone will not do: `docs/contract.md`, "Texts". Two readers stand behind it.

- `parse` asks CPython's own scanner first and lets it decide only what it can vouch for; a text that it can't is read again by
- `jsonscan`, written without recursion, which finds every fault with its place and still gives the value where there is one.

They agree on every text: a text is accepted exactly when `jsonscan` finds no fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, NoReturn

from pushcodec.arguments import check_text
from pushcodec.errors import Code, DecodeError, Violation, listed
from pushcodec.jsontext.limits import DEFAULT_LIMITS, Limits, check_limits
from pushcodec.jsontext.values import (
    ABSENT,
    SURROGATE,
    WHITE_SPACE,
    Absent,
    Fault,
    JSONValue,
    Maybe,
    Scan,
    Spans,
    pointer,
    read_number,
)
from pushcodec.jsontext.writing import dump


def parse(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> JSONValue:
    """The value of a JSON text, by the text rules of the contract.

    Reads `str` or UTF-8 `bytes`. Integers become `int`, numbers with a fraction or an exponent `float`. Raises DecodeError with
    every fault of the text (`PC1xx`).
    """
    value = _parse_clean(text, limits)
    if value is not ABSENT:  # most often; a Reading to hold it would cost as much as the reading
        return value
    found = scan_text(text, limits)
    if found.faults:
        raise DecodeError(listed(violations(text, found.faults)))
    assert found.value is not ABSENT  # a reading ends early only with a fault
    return found.value


class Reading:
    """A text as the strict reader reads it.

    - `text`: the text, as it was given
    - `value`: its value, of repeated keys the first one; `ABSENT` where a fault ended the reading
    - `faults`: all its faults in the order of the text; empty exactly if it is a text of the contract
    """

    def __init__(self, text: str | bytes, limits: Limits, value: Maybe, faults: tuple[Fault, ...] = ()) -> None:
        self.text = text
        self.limits = limits
        self.value = value
        self.faults = faults

    @cached_property
    def characters(self) -> str:
        """The text as `str`; a byte that is not UTF-8 is half of a surrogate pair (`surrogateescape`)."""
        return self.text if isinstance(self.text, str) else self.text.decode("utf-8", "surrogateescape")

    @cached_property
    def spans(self) -> Spans:
        """Where its values and keys are, in `characters`."""
        from pushcodec.jsontext.scanner import find_spans  # loaded only where a position is needed

        return find_spans(self.characters, max_depth=self.limits.max_depth, max_items=self.limits.max_items)


def read(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Reads a text under the limits; never raises for what the text contains. Raises TypeError for what is no text."""
    value = _parse_clean(text, limits)
    if value is not ABSENT:
        return Reading(text, limits, value)
    return Reading(text, limits, *scan_text(text, limits))


def read_embedded(text: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """As `read`, for a text in a string of another text. Half of a surrogate pair is a fault of that other text only."""
    return read(stand_in(text), limits)


def scan_text(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> Scan:
    """What the scanner sees in a text: every fault, and the value where it has one."""
    size, decoded, faults = _decode_utf8(text)
    if size > limits.max_bytes:
        fault = Fault(Code.TOO_LARGE, (), 0, f"expected at most {limits.max_bytes} bytes", end=0)
        return Scan(ABSENT, (fault,))
    from pushcodec.jsontext.scanner import in_order, scan  # loaded only where a text is in doubt

    found = scan(decoded, max_depth=limits.max_depth, max_items=limits.max_items)
    if faults:  # a text that is not text can't be judged as JSON too: one fault, one violation
        faults += tuple(fault for fault in found.faults if fault.code is not Code.NOT_JSON)
        return Scan(found.value, in_order(faults))
    return found


def violations(text: str | bytes, faults: Iterable[Fault]) -> Iterator[Violation]:
    """The faults of an outermost text as violations, which say the line and column too; not cut."""
    decoded = text if isinstance(text, str) else text.decode("utf-8", "surrogateescape")
    return (Violation(fault.code, pointer(fault.path), located_message(decoded, fault)) for fault in faults)


def stand_in(text: str) -> str:
    """The text with a character of a private plane, one for each, in the place of every lone surrogate.

    For reading on where a lone surrogate is a fault of the text around, and named there already.
    """
    return SURROGATE.sub(lambda match: chr(0x10F000 + ord(match[0]) - 0xD800), text)


def located_message(text: str, fault: Fault) -> str:
    """The fault's message with its place in the text: `"expected ':' after the key (line 1, column 9)"`.

    Lines and columns count from 1, in characters; LF, CRLF and CR end a line.
    """
    end = fault.offset
    line = text.count("\n", 0, end) + text.count("\r", 0, end) - text.count("\r\n", 0, end) + 1
    line_start = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
    return f"{fault.message} (line {line}, column {end - line_start + 1})"


def _decode_utf8(text: str | bytes) -> tuple[int, str, tuple[Fault, ...]]:
    """A text's size in UTF-8 bytes, its characters, and the fault if it is not UTF-8.

    What is not UTF-8 gets a stand-in, so that the reading goes on and finds what else is wrong. A lone surrogate in a `str`
    stays: `scan` names it with its place.
    """
    if isinstance(text, str):
        return len(text.encode("utf-8", "surrogatepass")), text, ()
    try:
        return len(text), text.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        before = text[: error.start].decode("utf-8")
        message = f"expected UTF-8, got another byte at offset {error.start}"
        fault = Fault(Code.INVALID_UTF8, (), len(before), message, end=len(before) + 1)
        return len(text), stand_in(text.decode("utf-8", "surrogateescape")), (fault,)


# The reader that is CPython's own: it accepts most texts at once, and never has the last word on a refusal.


class _NotVouchedForError(ValueError):
    """CPython's scanner met something on which only `scan` may decide."""


def _members_once(members: list[tuple[str, JSONValue]]) -> dict[str, JSONValue]:
    value = dict(members)
    if len(value) != len(members):
        raise _NotVouchedForError
    return value


def _integer_in_range(token: str) -> int | float:
    return int(token) if len(token) < 19 else _number_in_range(token)


def _number_in_range(token: str) -> int | float:
    value, fault = read_number(token)
    if fault is not None:
        raise _NotVouchedForError
    return value


def _no_constant(token: str) -> NoReturn:
    raise _NotVouchedForError


_scan_once: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder(
    object_pairs_hook=_members_once,
    parse_int=_integer_in_range,
    parse_float=_number_in_range,
    parse_constant=_no_constant,
).scan_once  # type: ignore[attr-defined]  # typeshed leaves it out; it is how `decode` reads

_SAFE_DEPTH = 32  # CPython's scanner recurses: this much of the C stack every thread can spare
_ANY_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)  # one without an end too, or this were quadratic
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


def _parse_clean(text: str | bytes, limits: Limits) -> JSONValue | Absent:
    """The value of a text that is beyond doubt, or `ABSENT` for every other."""
    check_text(text)
    check_limits(limits)
    if len(text) > limits.max_bytes:
        return ABSENT
    try:
        if isinstance(text, str):
            if not text.isascii() and len(text.encode()) > limits.max_bytes:
                return ABSENT
        else:
            text = text.decode()
        if not _surely_within(text, limits) and not _surely_within(_ANY_STRING.sub("", text), limits):
            return ABSENT
        text = text.strip(WHITE_SPACE)
        value: JSONValue
        value, end = _scan_once(text, 0)
        if end != len(text):
            return ABSENT
        check_surrogate_escapes(text, value)
    except (ValueError, RecursionError, StopIteration):  # StopIteration: no value begins where one must
        return ABSENT
    return value


def check_surrogate_escapes(text: str, value: JSONValue) -> None:
    """Raises UnicodeEncodeError where a well-formed text spells half of a surrogate pair with an escape."""
    if "\\u" in text and _SURROGATE_ESCAPE.search(text):
        dump(value).encode()


def _surely_within(text: str, limits: Limits) -> bool:
    """No text nests deeper than it has opening brackets, and no container holds more items than commas and one."""
    return text.count("{") + text.count("[") <= min(limits.max_depth, _SAFE_DEPTH) and text.count(",") < limits.max_items
