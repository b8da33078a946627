"""The scanner that explains: it reads a JSON text without recursion, and finds every fault and the span of each value.

The strict reader uses it for every text that CPython's scanner does not accept as certainly valid. Foundation's reader
(`clients/ios/foundation`) is this scanner, tolerating some faults.
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
    Fault,
    JSONValue,
    Maybe,
    Path,
    Span,
    Spans,
    has_lone_surrogate,
    read_number,
)

_BYTE_ORDER_MARK = "\ufeff"
# Possessive quantifiers, because backtracking positions would take memory in proportion to the string. Before Python 3.11.5 a
# possessive group continues where its last attempt stopped inside a repetition or a nested group (python/cpython#106052). So the
# pattern of an escape contains neither: it has a look-ahead, and four classes in a row instead of `{4}`.
_PLAIN = r'[^"\\\x00-\x1f]*+'
_STRING_BODY = rf'{_PLAIN}(?:(?=\\["\\/bfnrt])..{_PLAIN}|\\u{"[0-9a-fA-F]" * 4}{_PLAIN})*+'
_STRING = re.compile(_STRING_BODY)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SPACE = re.compile(f"[{WHITE_SPACE}]*")
_NO_NUMBER = re.compile(r"[+\-]?(?:NaN|Infinity)")
_LITERALS: Final[tuple[tuple[str, bool | None], ...]] = (("true", True), ("false", False), ("null", None))


_NUMBER_MESSAGES: Final = {
    Code.INTEGER_BEYOND_64_BITS: "expected an integer from -2^63 to 2^64-1",
    Code.NUMBER_BEYOND_DOUBLE: "expected a number within the range of a double",
}
# CPython's scanner decodes a string with this function. Typeshed does not have it.
_unescape: Callable[[str, int, bool], tuple[str, int]] = json.decoder.scanstring  # type: ignore[attr-defined]


class _UnreadableError(Exception):
    """The reading cannot continue; the fault is recorded."""


def scan(text: str, *, max_depth: int, max_items: int, tolerated: frozenset[Code] = frozenset()) -> tuple[Maybe, tuple[Fault, ...]]:
    """The value of a text, `ABSENT` if a fault ended the reading, and every fault in the order of the text. Does not recurse.

    A fault that leaves the meaning clear (a repeated key, a number out of range, a trailing comma, a lone surrogate, a byte order
    mark, too many items) does not end the reading; any other does. Of a repeated key the value has the first. Tolerated faults
    are not in the list.
    """
    scanner = _Scanner(text, max_depth, max_items, tolerated)
    value: Maybe
    try:
        value = scanner.document()
    except _UnreadableError:
        value = ABSENT
    return value, in_order(scanner.faults)


def find_spans(text: str, *, max_depth: int, max_items: int) -> Spans:
    """The spans of the values and keys of a text, as far as it can be read.

    `find_spans('{"a":1}', ...).values["a",] == Span(5, 6)`; a string's span includes its quotes.
    """
    spans = Spans({}, {})
    with suppress(_UnreadableError):
        _Scanner(text, max_depth, max_items, frozenset(), spans).document()
    return spans


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults in the order of the text."""
    return tuple(sorted(faults, key=lambda fault: fault.offset))


class _Scanner:
    """The state of one reading: the position in the text, and the containers that are open there."""

    def __init__(self, text: str, max_depth: int, max_items: int, tolerated: frozenset[Code], spans: Spans | None = None) -> None:
        self.text = text
        self.max_depth = max_depth
        self.max_items = max_items
        self.tolerated = tolerated
        self.position = 0
        self.faults: list[Fault] = []
        # The open containers, outermost first, and for each the key or index that is being read.
        self.open: list[list[JSONValue] | dict[str, JSONValue]] = []
        self.path: list[str | int] = []
        # For each open container: whether the key that is being read is a repeated one. Its value is dropped; the first one counts.
        self.repeated: list[bool] = []
        # The starts of the open containers, and the span of the value that was read last.
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

    # Values

    def value(self) -> JSONValue:
        """Reads a scalar or an empty container; of any other container, opens it and reads the first value inside."""
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
        """Stores a finished value in the innermost open container; returns the next value, or the container if it ends here."""
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
        """Stores a value at its key or index; returns the character that closes the container."""
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
        """Reads a member's key and its colon."""
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
        """Records the span of a value that started at `start` and ends at the current position."""
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
        """Reads a string; the next character is its opening quote."""
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
        """Records a fault; without a span, at the next character."""
        if code in self.tolerated:
            return
        if len(self.faults) <= MAX_VIOLATIONS:  # one more than is listed, so that the list says that there are more
            start, end = span or (self.position, min(self.position + 1, len(self.text)))
            self.faults.append(Fault(code, tuple(self.path) if path is None else path, start, message, end))

    def too_many_items(self, span: Span) -> None:
        self.fault(Code.TOO_MANY_ITEMS, f"expected at most {self.max_items} items in one array or object", span)

    def unreadable(self, message: str, span: Span | None = None) -> _UnreadableError:
        self.fault(Code.NOT_JSON, message, span, path=())
        return _UnreadableError()
