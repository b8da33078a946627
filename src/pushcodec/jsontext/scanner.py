"""The reader that explains: a whole JSON text without recursion, every fault with its place, and where each value stands.

`jsontext.parse` asks it about every text that CPython's scanner can't vouch for; the client's own reader (`foundation`) is this one
with some faults forgiven.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final

from pushcodec.errors import MAX_VIOLATIONS, Code
from pushcodec.jsontext.values import (
    ABSENT,
    WHITE_SPACE,
    Absent,
    Fault,
    JSONValue,
    Path,
    Scan,
    Span,
    Spans,
    has_lone_surrogate,
    read_number,
)

_BYTE_ORDER_MARK = "\ufeff"
# Possessive: the places to go back to would cost memory with the length of the string, and are never gone back to. Before Python
# 3.11.5 a possessive group goes on where its last attempt stopped inside a repetition or a nested group (python/cpython#106052).
# So an escape is recognised without any: by a look-ahead, and by four classes in a row instead of `{4}`.
_PLAIN = r'[^"\\\x00-\x1f]*+'
_STRING_BODY = rf'{_PLAIN}(?:(?=\\["\\/bfnrt])..{_PLAIN}|\\u{"[0-9a-fA-F]" * 4}{_PLAIN})*+'
_STRING = re.compile(_STRING_BODY)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SPACE = re.compile(f"[{WHITE_SPACE}]*")
_NO_NUMBER = re.compile(r"[+\-]?(?:NaN|Infinity)")
_LITERALS: Final[tuple[tuple[str, bool | None], ...]] = (("true", True), ("false", False), ("null", None))


_NUMBER_MESSAGES: Final = {
    Code.INTEGER_BEYOND_64_BITS: "expected an integer from -2^63 to 2^64-1",
    Code.NUMBER_BEYOND_DOUBLE: "expected a number that a double can hold",
}
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
    value: JSONValue | Absent
    try:
        value = scanner.document()
    except _UnreadableError:
        value = ABSENT
    return Scan(value, in_order(scanner.faults))


def find_spans(text: str, *, max_depth: int, max_items: int) -> Spans:
    """Where the values and keys of a text stand, as far as it can be read.

    `find_spans('{"a":1}', ...).values["a",] == Span(5, 6)`; a string's span has its quotes.
    """
    spans = Spans({}, {})
    with suppress(_UnreadableError):
        _Scanner(text, max_depth, max_items, frozenset(), spans).document()
    return spans


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.offset))


class _Scanner:
    """The state of one reading: the place in the text, and the containers that are open there."""

    def __init__(self, text: str, max_depth: int, max_items: int, forgiven: frozenset[Code], spans: Spans | None = None) -> None:
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
        # Where the open containers start, and the value that was read last.
        self.starts: list[int] = []
        self.last_value = Span(0, 0)
        self.spans = spans

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
            start = self.position
            character = self.peek()
            if character not in ("{", "["):
                scalar = self.scalar(character)
                self.ended(start)
                return scalar
            if len(self.open) == self.max_depth:
                self.fault(Code.TOO_DEEP, f"expected at most {self.max_depth} levels of nesting")
                raise _UnreadableError
            self.position += 1
            self.skip_space()
            if character == "{":
                if self.take("}"):
                    self.ended(start)
                    return {}
                self.enter({}, "", start)
                self.key()
            else:
                if self.take("]"):
                    self.ended(start)
                    return []
                self.enter([], 0, start)

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
            self.fault(Code.TRAILING_COMMA, message, Span(comma, comma + 1), path=tuple(self.path[:-1]))
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
            self.too_many_items(self.last_value)
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
        span = Span(start, self.position)
        self.path[-1] = key
        self.repeated[-1] = key in container
        if self.repeated[-1]:
            self.fault(Code.DUPLICATE_KEY, "expected each key once in an object, got this one again", span)
        elif len(container) == self.max_items:
            self.too_many_items(span)
        self.check_surrogates(key, span)
        if self.spans is not None and not any(self.repeated):
            self.spans.keys[tuple(self.path)] = span
        self.skip_space()
        if not self.take(":"):
            raise self.unreadable("expected ':' after the key")
        self.skip_space()

    def enter(self, container: list[JSONValue] | dict[str, JSONValue], first: str | int, start: int) -> None:
        self.starts.append(start)
        self.open.append(container)
        self.path.append(first)
        self.repeated.append(False)

    def leave(self) -> JSONValue:
        self.path.pop()
        self.repeated.pop()
        self.ended(self.starts.pop())
        return self.open.pop()

    def ended(self, start: int) -> None:
        """A value that began at `start` was read up to here."""
        self.last_value = Span(start, self.position)
        if self.spans is not None and not any(self.repeated):
            self.spans.values[tuple(self.path)] = self.last_value

    # Scalars

    def scalar(self, character: str) -> JSONValue:
        start = self.position
        if character == '"':
            string = self.string()
            self.check_surrogates(string, Span(start, self.position))
            return string
        for literal, meaning in _LITERALS:
            if self.text.startswith(literal, start):
                self.position += len(literal)
                return meaning
        number = _NUMBER.match(self.text, start)
        if number:
            value, fault = read_number(number[0])
            if fault is not None:
                self.fault(fault, _NUMBER_MESSAGES[fault], Span(*number.span()))
            self.position = number.end()
            return value
        no_number = _NO_NUMBER.match(self.text, start)
        if no_number:
            raise self.unreadable("expected a JSON value; NaN and Infinity are none", Span(*no_number.span()))
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

    def check_surrogates(self, string: str, span: Span) -> None:
        if has_lone_surrogate(string):
            self.fault(Code.LONE_SURROGATE, "expected surrogates in pairs only, got one alone in the string", span)

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

    def fault(self, code: Code, message: str, span: Span | None = None, path: Path | None = None) -> None:
        """Records a fault; without a span it is the next character's."""
        if code in self.forgiven:
            return
        if len(self.faults) <= MAX_VIOLATIONS:  # one more than is ever listed, to say that there are more
            start, end = span or (self.position, min(self.position + 1, len(self.text)))
            self.faults.append(Fault(code, tuple(self.path) if path is None else path, start, message, end))

    def too_many_items(self, span: Span) -> None:
        self.fault(Code.TOO_MANY_ITEMS, f"expected at most {self.max_items} items in one array or object", span)

    def unreadable(self, message: str, span: Span | None = None) -> _UnreadableError:
        self.fault(Code.NOT_JSON, message, span, path=())
        return _UnreadableError()
