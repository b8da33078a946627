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
from typing import Any, Final, NamedTuple, NoReturn, Self

from pushcodec.errors import Code, DecodeError, Violation, listed
from pushcodec.jsonvalues import MAX_INT as MAX_INT
from pushcodec.jsonvalues import MIN_INT as MIN_INT
from pushcodec.jsonvalues import MISSING as MISSING
from pushcodec.jsonvalues import SURROGATE, WHITE_SPACE, Missing, check_text, check_type, read_number
from pushcodec.jsonvalues import Fault as Fault
from pushcodec.jsonvalues import JSONValue as JSONValue
from pushcodec.jsonvalues import Scan as Scan
from pushcodec.jsonvalues import pointer as pointer

MOST_DEPTH: Final = 128
"""The most levels that any limits allow."""


class _Limits(NamedTuple):
    max_bytes: int
    max_depth: int
    max_items: int


class Limits(_Limits):
    """What a text may cost at most. A text over a limit is refused, never cut.

    - `max_bytes`: UTF-8 bytes of the outermost text
    - `max_depth`: nesting of each text, outer and embedded; the outermost value is 1; at most 128
    - `max_items`: members of any one object, elements of any one array
    """

    __slots__ = ()

    def __new__(cls, max_bytes: int = 65536, max_depth: int = 16, max_items: int = 1000) -> Self:
        _check_limit("max_bytes", max_bytes)
        _check_limit("max_depth", max_depth, most=MOST_DEPTH)
        _check_limit("max_items", max_items)
        return super().__new__(cls, max_bytes, max_depth, max_items)


def _check_limit(name: str, value: int, most: int | None = None) -> None:
    if type(value) is not int:
        raise TypeError(f"{name} must be an int, not {type(value).__name__}")
    if value < 1 or (most is not None and value > most):
        raise ValueError(f"{name} must be at least 1" + (f" and at most {most}" if most else ""))


DEFAULT_LIMITS: Final = Limits()


def check_limits(limits: object) -> None:
    """Raises TypeError for what is no `Limits`, such as a plain tuple."""
    check_type("limits", limits, Limits, "a Limits")


# Reading


def parse(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> JSONValue:
    """The value of a JSON text, by the text rules of the contract.

    Reads `str` or UTF-8 `bytes`. Integers become `int`, numbers with a fraction or an exponent `float`. Raises DecodeError with
    every fault of the text (`PC1xx`).
    """
    value = _parse_clean(text, limits)
    if value is not MISSING:  # most often; a Scan to hold it would cost as much as the reading
        return value
    found = scan_text(text, limits)
    if found.faults:
        raise DecodeError(listed(violations(text, found.faults)))
    assert found.value is not MISSING  # a reading ends early only with a fault
    return found.value


def read(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> Scan:
    """What `scan_text` sees, at once where the text is beyond doubt."""
    value = _parse_clean(text, limits)
    return scan_text(text, limits) if value is MISSING else Scan(value, ())


def scan_text(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> Scan:
    """Every fault of a text under the limits, and its value where it has one. Never raises for what the text holds."""
    size, decoded, faults = _decode_utf8(text)
    if size > limits.max_bytes:
        fault = Fault(Code.TOO_LARGE, (), 0, f"expected at most {limits.max_bytes} bytes", end=0)
        return Scan(MISSING, (fault,))
    from pushcodec.jsonscan import in_order, scan  # loaded only where a text is in doubt

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


def _parse_clean(text: str | bytes, limits: Limits) -> JSONValue | Missing:
    """The value of a text that is beyond doubt, or `MISSING` for every other."""
    check_text(text)
    check_limits(limits)
    if len(text) > limits.max_bytes:
        return MISSING
    try:
        if isinstance(text, str):
            if not text.isascii() and len(text.encode()) > limits.max_bytes:
                return MISSING
        else:
            text = text.decode()
        if not _surely_within(text, limits) and not _surely_within(_ANY_STRING.sub("", text), limits):
            return MISSING
        text = text.strip(WHITE_SPACE)
        value: JSONValue
        value, end = _scan_once(text, 0)
        if end != len(text):
            return MISSING
        check_surrogate_escapes(text, value)
    except (ValueError, RecursionError, StopIteration):  # StopIteration: no value begins where one must
        return MISSING
    return value


def check_surrogate_escapes(text: str, value: JSONValue) -> None:
    """Raises UnicodeEncodeError where a well-formed text spells half of a surrogate pair with an escape."""
    if "\\u" in text and _SURROGATE_ESCAPE.search(text):
        dump(value).encode()


def _surely_within(text: str, limits: Limits) -> bool:
    """No text nests deeper than it has opening brackets, and no container holds more items than commas and one."""
    return text.count("{") + text.count("[") <= min(limits.max_depth, _SAFE_DEPTH) and text.count(",") < limits.max_items


# Writing


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
