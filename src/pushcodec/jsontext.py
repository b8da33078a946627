"""The one gate from text to values: strict JSON, with limits, and nothing else.

What is refused, and why the standard library alone will not do: `docs/contract.md`, "Texts". Two readers stand here.

- `parse` asks CPython's own scanner first and lets it decide only what it can vouch for; a text that it can't is read again by
- `scan`, written without recursion, which finds every fault with its place and still gives the value where there is one.

They agree on every text: a text is accepted exactly when `scan` finds no fault. The client's own reader (`foundation`) is `scan`
as well, with some faults forgiven.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, NoReturn, TypeAlias

from pushcodec.errors import MAX_VIOLATIONS, Code, DecodeError, Violation, listed

JSONValue: TypeAlias = "bool | int | float | str | list[JSONValue] | dict[str, JSONValue] | None"
Path: TypeAlias = "tuple[str | int, ...]"

MIN_INT, MAX_INT = -(2**63), 2**64 - 1
_WHITE_SPACE = " \t\n\r"
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a text may cost at most. A text over a limit is refused, never cut.

    - `max_bytes`: UTF-8 bytes of the outermost text
    - `max_depth`: nesting of each text, outer and embedded; the outermost value is 1; at most 128
    - `max_items`: members of any one object, elements of any one array
    """

    max_bytes: int = 65536
    max_depth: int = 16
    max_items: int = 1000

    def __post_init__(self) -> None:
        for name, most in (("max_bytes", None), ("max_depth", 128), ("max_items", None)):
            value = getattr(self, name)
            if type(value) is not int:
                raise TypeError(f"{name} must be an int, not {type(value).__name__}")
            if value < 1 or (most is not None and value > most):
                raise ValueError(f"{name} must be at least 1" + (f" and at most {most}" if most else ""))


DEFAULT_LIMITS: Final = Limits()


class Missing(Enum):
    """The type of `MISSING`, which no JSON text can give."""

    MISSING = "MISSING"


MISSING: Final = Missing.MISSING


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one text: its code, the path of keys and indices to it, its offset in characters, what was expected."""

    code: Code
    path: Path
    offset: int
    message: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What `scan` saw: every fault in the order of the text, and the value, `MISSING` where the text ends the reading.

    Of duplicate keys the value holds the first.
    """

    value: JSONValue | Missing
    faults: tuple[Fault, ...]


# Pointers


def pointer(path: Iterable[str | int]) -> str:
    """The RFC 6901 pointer of a path: `pointer(("a/b", 0)) == "/a~1b/0"`."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


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
        fault = Fault(Code.TOO_LARGE, (), 0, f"expected at most {limits.max_bytes} bytes")
        return Scan(MISSING, (fault,))
    found = scan(decoded, max_depth=limits.max_depth, max_items=limits.max_items)
    if faults:  # a text that is not text can't be judged as JSON too: one fault, one violation
        faults += tuple(fault for fault in found.faults if fault.code is not Code.NOT_JSON)
        return Scan(found.value, _in_order(faults))
    return found


def violations(text: str | bytes, faults: Iterable[Fault]) -> Iterator[Violation]:
    """The faults of an outermost text as violations, which say the line and column too; not cut."""
    decoded = text if isinstance(text, str) else text.decode("utf-8", "surrogateescape")
    return (Violation(fault.code, pointer(fault.path), located_message(decoded, fault)) for fault in faults)


def has_lone_surrogate(text: str) -> bool:
    """Whether a text in memory holds half of a surrogate pair."""
    return _SURROGATE.search(text) is not None


def stand_in(text: str) -> str:
    """The text with a character of a private plane, one for each, in the place of every lone surrogate.

    For reading on where a lone surrogate is a fault of the text around, and named there already.
    """
    return _SURROGATE.sub(lambda match: chr(0x10F000 + ord(match[0]) - 0xD800), text)


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
        fault = Fault(Code.INVALID_UTF8, (), len(before), f"expected UTF-8, got another byte at offset {error.start}")
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
_ANY_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)  # one without an end too, or this were quadratic
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


def _parse_clean(text: str | bytes, limits: Limits) -> JSONValue | Missing:
    """The value of a text that is beyond doubt, or `MISSING` for every other."""
    if not isinstance(text, str | bytes):
        raise TypeError(f"expected a text as str or bytes, got {type(text).__name__}")
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
        text = text.strip(_WHITE_SPACE)
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


# The reader that explains


_STRING_BODY = r'[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*'
_STRING = re.compile(_STRING_BODY)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SPACE = re.compile(f"[{_WHITE_SPACE}]*")
_NO_NUMBER = re.compile(r"[+\-]?(?:NaN|Infinity)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LITERALS: Final[tuple[tuple[str, bool | None], ...]] = (("true", True), ("false", False), ("null", None))


_NUMBER_MESSAGES: Final = {
    Code.INTEGER_BEYOND_64_BITS: "expected an integer from -2^63 to 2^64-1",
    Code.NUMBER_BEYOND_DOUBLE: "expected a number that a double can hold",
}
_MANTISSA_NOT_ZERO = re.compile(r"-?[0.]*[1-9]")


def read_number(token: str) -> tuple[int | float, Code | None]:
    """The value of a JSON number, and what is wrong with it.

    Without fraction and exponent it is an integer, and one beyond 64 bits is still given, as a double, with its fault; a double
    that overflows, or is not zero and rounds to zero, is a fault.
    """
    fault = None
    if token.removeprefix("-").isdecimal():
        # At most 20 digits fit 64 bits; CPython refuses to convert thousands of them.
        if len(token) < 19 or (len(token) <= 21 and MIN_INT <= int(token) <= MAX_INT):
            return int(token), None
        fault = Code.INTEGER_BEYOND_64_BITS
    value = float(token)
    if math.isinf(value) or (value == 0 and _MANTISSA_NOT_ZERO.match(token)):
        fault = Code.NUMBER_BEYOND_DOUBLE
    return value, fault


# Typeshed leaves it out; it is how CPython's scanner reads a string.
_unescape: Callable[[str, int, bool], tuple[str, int]] = json.decoder.scanstring  # type: ignore[attr-defined]


class _UnreadableError(Exception):
    """The reading can't go on; the fault is recorded."""


def scan(text: str, *, max_depth: int, max_items: int, forgiven: frozenset[Code] = frozenset()) -> Scan:
    """Reads a whole text without recursion: every fault with its place, and the value where the text has one.

    A fault that leaves the meaning clear (a duplicate key, a number out of range, a trailing comma, a lone surrogate, a byte order
    mark, too many items) does not end the reading; any other does. Faults `forgiven` are not listed.
    """
    scanner = _Scanner(text, max_depth, max_items, forgiven)
    value: JSONValue | Missing
    try:
        value = scanner.document()
    except _UnreadableError:
        value = MISSING
    return Scan(value, _in_order(scanner.faults))


def _in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.offset))


class _Scanner:
    """The state of one reading: the place in the text, and the containers that are open there."""

    def __init__(self, text: str, max_depth: int, max_items: int, forgiven: frozenset[Code]) -> None:
        self.text = text
        self.max_depth = max_depth
        self.max_items = max_items
        self.forgiven = forgiven
        self.position = 0
        self.faults: list[Fault] = []
        # Open containers, outermost first, and for each what is being read there: a key, or an index.
        self.open: list[list[JSONValue] | dict[str, JSONValue]] = []
        self.path: list[str | int] = []
        # Where an open object repeats a key: the value read next is dropped, for the first one counts.
        self.repeated: list[bool] = []

    def document(self) -> JSONValue:
        if self.text.startswith(_BYTE_ORDER_MARK):
            self.fault(Code.BYTE_ORDER_MARK, "expected a JSON value, got a byte order mark before it")
            self.position = 1
        self.skip_space()
        value = self.value()
        while self.open:
            value = self.next_value(value)
        self.skip_space()
        if self.position < len(self.text):
            raise self.unreadable("expected the end of the text after the value")
        return value

    # One step

    def value(self) -> JSONValue:
        """Reads a scalar, or opens a container and gives its first value; an empty container is a value by itself."""
        while True:
            character = self.peek()
            if character not in ("{", "["):
                return self.scalar(character)
            if len(self.open) == self.max_depth:
                self.fault(Code.TOO_DEEP, f"expected at most {self.max_depth} levels of nesting")
                raise _UnreadableError
            self.position += 1
            self.skip_space()
            if character == "{":
                if self.take("}"):
                    return {}
                self.enter({}, "")
                self.key()
            else:
                if self.take("]"):
                    return []
                self.enter([], 0)

    def next_value(self, value: JSONValue) -> JSONValue:
        """Stores a finished value in the innermost open container; gives the next value, or the container if it ends here."""
        container = self.open[-1]
        closing = self.store(container, value)
        self.skip_space()
        if self.take(closing):
            return self.leave()
        comma = self.position
        if not self.take(","):
            raise self.unreadable(f"expected ',' or '{closing}'")
        self.skip_space()
        if self.peek() == closing:
            message = f"expected another item between ',' and '{closing}'"
            self.fault(Code.TRAILING_COMMA, message, comma, path=tuple(self.path[:-1]))
            self.position += 1
            return self.leave()
        if isinstance(container, dict):
            self.key()
        return self.value()

    def store(self, container: list[JSONValue] | dict[str, JSONValue], value: JSONValue) -> str:
        """Puts a value at its key or index, and gives the character that would close the container."""
        key = self.path[-1]
        if isinstance(container, dict):
            assert isinstance(key, str)
            if not self.repeated[-1]:
                container[key] = value
            return "}"
        assert isinstance(key, int)
        container.append(value)
        if key == self.max_items:
            self.too_many_items()
        self.path[-1] = key + 1
        return "]"

    def key(self) -> None:
        """Reads a member's key and its colon, up to the value."""
        start = self.position
        if self.peek() != '"':
            raise self.unreadable("expected a key in double quotes")
        container = self.open[-1]
        assert isinstance(container, dict)
        key = self.string()
        self.path[-1] = key
        self.repeated[-1] = key in container
        if self.repeated[-1]:
            self.fault(Code.DUPLICATE_KEY, "expected each key once in an object, got this one again", start)
        elif len(container) == self.max_items:
            self.too_many_items()
        self.check_surrogates(key, start)
        self.skip_space()
        if not self.take(":"):
            raise self.unreadable("expected ':' after the key")
        self.skip_space()

    def enter(self, container: list[JSONValue] | dict[str, JSONValue], first: str | int) -> None:
        self.open.append(container)
        self.path.append(first)
        self.repeated.append(False)

    def leave(self) -> JSONValue:
        self.path.pop()
        self.repeated.pop()
        return self.open.pop()

    # Scalars

    def scalar(self, character: str) -> JSONValue:
        start = self.position
        if character == '"':
            string = self.string()
            self.check_surrogates(string, start)
            return string
        for literal, meaning in _LITERALS:
            if self.text.startswith(literal, start):
                self.position += len(literal)
                return meaning
        number = _NUMBER.match(self.text, start)
        if number:
            value, fault = read_number(number[0])
            if fault is not None:
                self.fault(fault, _NUMBER_MESSAGES[fault])
            self.position = number.end()
            return value
        if _NO_NUMBER.match(self.text, start):
            raise self.unreadable("expected a JSON value; NaN and Infinity are none")
        raise self.unreadable("expected a JSON value")

    def string(self) -> str:
        """Reads a string in double quotes, which is known to begin here."""
        start = self.position
        end = _STRING.match(self.text, start + 1).end()  # type: ignore[union-attr]  # it matches the empty text too
        self.position = end
        if self.take('"'):
            return _unescape(self.text, start + 1, True)[0]
        if self.peek() == "":
            self.position = start
            raise self.unreadable("expected a string with its closing quote")
        if self.peek() == "\\":
            raise self.unreadable(r"expected an escape out of \" \\ \/ \b \f \n \r \t \uXXXX")
        raise self.unreadable("expected control characters in a string to be escaped")

    def check_surrogates(self, string: str, start: int) -> None:
        if has_lone_surrogate(string):
            self.fault(Code.LONE_SURROGATE, "expected surrogates in pairs only, got one alone in the string", start)

    # The text

    def peek(self) -> str:
        """The next character, `""` at the end of the text."""
        return self.text[self.position : self.position + 1]

    def take(self, character: str) -> bool:
        if self.peek() != character:
            return False
        self.position += 1
        return True

    def skip_space(self) -> None:
        self.position = _SPACE.match(self.text, self.position).end()  # type: ignore[union-attr]  # it matches the empty text too

    # Faults

    def fault(self, code: Code, message: str, offset: int | None = None, path: Path | None = None) -> None:
        if code in self.forgiven:
            return
        if len(self.faults) <= MAX_VIOLATIONS:  # one more than is ever listed, to say that there are more
            at = self.position if offset is None else offset
            self.faults.append(Fault(code, tuple(self.path) if path is None else path, at, message))

    def too_many_items(self) -> None:
        self.fault(Code.TOO_MANY_ITEMS, f"expected at most {self.max_items} items in one array or object")

    def unreadable(self, message: str) -> _UnreadableError:
        self.fault(Code.NOT_JSON, message, path=())
        return _UnreadableError()


# Writing


_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def dump(value: object) -> str:
    """The compact JSON text of a value: no white space, non-ASCII raw, keys in the order of the mapping.

    Raises ValueError, TypeError or RecursionError for what JSON can't say: the caller names it.
    """
    return _write(value)


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
    return _NOT_ASCII.sub(lambda match: json.dumps(match[0])[1:-1].replace("\x7f", "\\u007f"), text)
