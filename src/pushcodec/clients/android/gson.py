"""How Gson reads a JSON text into bound fields: what the Android client shares with every Java program that uses it.

Gson reads leniently: single quotes, bare names and values, `=` for `:`, `;` for `,`, comments, holes in arrays. The tables are
those of `docs/contract.md`, "Gson". The reader keeps its own stack, so nothing here recurses with the text; whatever the text,
a value comes out or a GsonError. Source: Gson 2.8 `JsonReader`, `TypeAdapters`, `ReflectiveTypeAdapterFactory`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

Bound: TypeAlias = dict[str, Any]
"""An object as Gson binds it: the value of each field."""


class GsonError(ValueError):
    """Gson throws: the text is not what the fields need, or not even lenient JSON."""


class EndOfTextError(GsonError):
    """The text ended where a token was expected; where that is the first, Gson reads null."""


class Token(NamedTuple):
    """A token and its text: `{`, `}`, `[`, `]`, `name`, `string` (quoted), `bare` (unquoted, numbers too), `boolean` or `null`."""

    kind: str
    text: str = ""


# What a character may be inside a bare token; the reader stops before any other.
_BARE = re.compile(r"[^/\\;#={}\[\]:, \t\f\r\n]+")
_SPACE = re.compile(r"[ \t\r\n]*")
_PASSED = " \t\r\n/#"  # what white space and comments begin with
_END_OF_LINE = re.compile(r"[\r\n]|\Z")
_UP_TO_QUOTE = {quote: re.compile(rf"[^\\{quote}]*") for quote in "\"'"}
_ESCAPED: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", "\n": "\n", "'": "'", '"': '"', "\\": "\\", "/": "/"}
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PREFIX = ")]}'\n"

# Where the reader is: what it has entered, and whether anything came before.
_EMPTY_DOCUMENT, _DOCUMENT, _EMPTY_ARRAY, _ARRAY, _EMPTY_OBJECT, _OBJECT, _AFTER_NAME = range(7)


class Reader:
    """Gson's lenient pull reader: `peek` tells the next token, `take` gives it. Raises GsonError."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 1 if text.startswith("\ufeff") else 0
        self._scopes = [_EMPTY_DOCUMENT]
        self._peeked: Token | None = None

    def peek(self) -> Token:
        """The next token, which stays."""
        if self._peeked is None:
            self._peeked = self._next()
        return self._peeked

    def take(self) -> Token:
        """The next token; what it opens is entered, what it closes is left."""
        token = self.peek()
        self._peeked = None
        if token.kind == "{":
            self._scopes.append(_EMPTY_OBJECT)
        elif token.kind == "[":
            self._scopes.append(_EMPTY_ARRAY)
        elif token.kind in ("}", "]"):
            self._scopes.pop()
        return token

    def expect(self, kind: str) -> None:
        """Takes the next token, which must be of a kind."""
        if self.peek().kind != kind:
            raise GsonError
        self.take()

    def skip(self) -> None:
        """Takes a whole value, without recursion; each of its tokens must be one."""
        depth = 0
        while True:
            kind = self.take().kind
            depth += (kind in ("{", "[")) - (kind in ("}", "]"))
            if depth == 0:
                return

    def is_used_up(self) -> bool:
        """Whether nothing but white space is left: after the value, Gson is no longer lenient."""
        return _SPACE.fullmatch(self._text, self._at) is not None

    # Tokens

    def _next(self) -> Token:
        scope = self._scopes[-1]
        if scope in (_EMPTY_OBJECT, _OBJECT):
            return self._next_name(scope)
        if scope == _AFTER_NAME:
            self._scopes[-1] = _OBJECT
            self._pass_colon()
        elif scope == _EMPTY_DOCUMENT:
            self._scopes[-1] = _DOCUMENT
            self._pass_prefix()
        elif scope == _ARRAY and self._pass_comma("]"):
            return Token("]")
        elif scope == _EMPTY_ARRAY:
            self._scopes[-1] = _ARRAY
        return self._next_value(scope)

    def _next_name(self, scope: int) -> Token:
        if scope == _OBJECT and self._pass_comma("}"):
            return Token("}")
        found = self._character()
        if found == "}" and scope == _EMPTY_OBJECT:
            return Token("}")
        self._scopes[-1] = _AFTER_NAME
        if found in _UP_TO_QUOTE:
            return Token("name", self._quoted(found))
        return Token("name", self._bare())

    def _next_value(self, scope: int) -> Token:
        found = self._character()
        if found == "]" and scope == _EMPTY_ARRAY:
            return Token("]")
        if found in "];,":
            if scope not in (_EMPTY_ARRAY, _ARRAY):
                raise GsonError
            self._at -= 1
            return Token("null")  # a hole in an array
        if found in _UP_TO_QUOTE:
            return Token("string", self._quoted(found))
        if found in "[{":
            return Token(found)
        return _literal(self._bare())

    def _pass_comma(self, end: str) -> bool:
        """Passes a comma, or the end that stands in its place: then true."""
        found = self._character()
        if found not in (end, ",", ";"):
            raise GsonError
        return found == end

    def _pass_colon(self) -> None:
        found = self._character()
        if found not in ":=":
            raise GsonError
        if found == "=" and self._text.startswith(">", self._at):
            self._at += 1

    def _pass_prefix(self) -> None:
        """Passes the line that keeps a script from running."""
        self._character()
        self._at -= 1
        if self._text.startswith(_PREFIX, self._at):
            self._at += len(_PREFIX)

    def _character(self) -> str:
        """Passes white space and comments, and the character after them."""
        text, at = self._text, self._at
        if text[at : at + 1] not in _PASSED:
            self._at = at + 1
            return text[at]
        while True:
            at = _SPACE.match(text, self._at).end()  # type: ignore[union-attr]  # it matches nothing, too
            if at == len(text):
                raise EndOfTextError
            if text.startswith("/*", at):
                end = text.find("*/", at + 2)
                if end == -1:
                    raise GsonError
                self._at = end + 2
            elif text[at] == "#" or text.startswith("//", at):
                self._at = _END_OF_LINE.search(text, at).end()  # type: ignore[union-attr]  # the end of the text is one
            else:
                self._at = at + 1
                return text[at]

    def _bare(self) -> str:
        """A bare token, which begins with the character just passed."""
        found = _BARE.match(self._text, self._at - 1)
        if found is None:
            raise GsonError
        self._at = found.end()
        return found[0]

    def _quoted(self, quote: str) -> str:
        """What stands up to the closing quote, escapes undone."""
        text, pieces = self._text, []
        while True:
            run = _UP_TO_QUOTE[quote].match(text, self._at)
            assert run is not None  # it matches nothing, too
            pieces.append(run[0])
            self._at = run.end() + 1
            if run.end() == len(text):
                raise GsonError
            if text[run.end()] == quote:
                return _paired("".join(pieces))
            pieces.append(self._escape())

    def _escape(self) -> str:
        kind = self._text[self._at : self._at + 1]
        self._at += 1
        if kind == "u":
            digits = _HEX.match(self._text, self._at)
            if digits is None:
                raise GsonError
            self._at += 4
            return chr(int(digits[0], 16))
        if kind not in _ESCAPED:
            raise GsonError
        return _ESCAPED[kind]


def _paired(text: str) -> str:
    """The text with surrogate pairs, which Java's strings are made of, as the characters that they are."""
    if _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _literal(text: str) -> Token:
    """A bare token: a keyword in any case, or what may be a number or a string."""
    word = text[:6].lower()  # one character more than a keyword has
    if word in ("true", "false"):
        return Token("boolean", word)
    return Token("null") if word == "null" else Token("bare", text)


# Numbers

_INTEGER = re.compile(r"([+-]?)(\d++)")
# Possessive quantifiers: with backtracking, a long run of digits would take quadratic time.
_DOUBLE = re.compile(r"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?")
_HEX_DOUBLE = re.compile(r"[+-]?0[xX](?:[0-9a-fA-F]++(?:\.[0-9a-fA-F]*+)?|\.[0-9a-fA-F]++)[pP][+-]?[0-9]++")
_CONTROL = "".join(map(chr, range(0x21)))  # what Java trims
_FINITE = 1e300  # far out of range, and an integer
_MOST_DIGITS = 19  # of an integer of 64 bits, without leading zeros


def number(text: str, bits: int) -> int:
    """What a token is as an int or a long field: a plain integer, or else a Java double that is whole and in range."""
    integer = _integer(text, bits)
    if integer is not None:
        return integer
    double = _double(text)
    value = _saturated(double, bits)
    if float(value) != double:
        raise GsonError
    return value


def _integer(text: str, bits: int) -> int | None:
    """`Integer.parseInt` or `Long.parseLong`, by the number of bits; None for every text that they refuse.

    Only the significant digits are converted: CPython's `int` refuses a text of thousands of digits, leading zeros included.
    """
    found = _INTEGER.fullmatch(text)
    if found is None or max(text) > "\uffff":  # Java looks at halves of surrogate pairs, which are no digits
        return None
    sign, digits = found.groups()
    if not digits.isascii():
        digits = "".join(str(int(digit)) for digit in digits)
    significant = digits.lstrip("0")
    if len(significant) > _MOST_DIGITS:
        return None
    value = int(f"{sign}{significant or 0}")
    limit = 1 << bits - 1
    return value if -limit <= value < limit else None


def _double(text: str) -> float:
    """`Double.parseDouble`; NaN for every text that it refuses, and no whole number either."""
    text = text.strip(_CONTROL)
    bare = text[:-1] if text[-1:] in ("f", "F", "d", "D") else text
    if _DOUBLE.fullmatch(bare):
        return float(bare)
    # A hexadecimal digit may look like a suffix, but the exponent after it is decimal.
    if _HEX_DOUBLE.fullmatch(bare):
        try:
            return float.fromhex(bare)
        except OverflowError:
            return math.inf
    return math.nan


def _saturated(double: float, bits: int) -> int:
    """The double as Java casts it; of NaN, which is equal to nothing, any number."""
    limit = 1 << bits - 1
    return max(-limit, min(limit - 1, int(max(-_FINITE, min(_FINITE, double)))))


# Fields: each reader gets the field's current value and gives the new one.

FieldReader: TypeAlias = Callable[[Reader, Any], Any]


def read_int(reader: Reader, current: int) -> int:
    """An `int` field; null keeps the current value."""
    return _read_number(reader, current, 32)


def read_long(reader: Reader, current: int) -> int:
    """A `long` field; null keeps the current value."""
    return _read_number(reader, current, 64)


def _read_number(reader: Reader, current: int, bits: int) -> int:
    kind, text = reader.peek()
    if kind not in ("null", "bare", "string"):
        raise GsonError
    reader.take()
    return current if kind == "null" else number(text, bits)


def read_string(reader: Reader, _: str | None) -> str | None:
    """A `String` field; numbers and booleans are taken as they are spelt."""
    kind, text = reader.peek()
    if kind not in ("null", "bare", "string", "boolean"):
        raise GsonError
    reader.take()
    return None if kind == "null" else text


def read_strings(reader: Reader, _: Any) -> list[str | None] | None:
    """A `List<String>` field; nulls and holes are elements."""
    return _read_array(reader, lambda: read_string(reader, None))


def read_bytes(reader: Reader, _: Any) -> list[int] | None:
    """A `byte[]` field: integers, the low eight bits of each; null is none of them."""
    return _read_array(reader, lambda: _read_byte(reader))


def _read_byte(reader: Reader) -> int:
    if reader.peek().kind == "null":
        raise GsonError
    return (read_int(reader, 0) + 128) % 256 - 128


def _read_array(reader: Reader, read: Callable[[], Any]) -> list[Any] | None:
    if reader.peek().kind == "null":
        reader.take()
        return None
    reader.expect("[")
    elements = []
    while reader.peek().kind != "]":
        elements.append(read())
    reader.take()
    return elements


class Field(NamedTuple):
    """A field of a class: what it holds before anything is read, and how it is read."""

    default: Any
    read: FieldReader


def object_of(fields: Mapping[str, Field]) -> FieldReader:
    """A reader of objects of a class: of names that stand twice the last counts, unknown names are skipped."""

    def read(reader: Reader, _: Any) -> Bound | None:
        if reader.peek().kind == "null":
            reader.take()
            return None
        reader.expect("{")
        bound: Bound = {name: field.default for name, field in fields.items()}
        while reader.peek().kind != "}":
            name = reader.take().text
            if name in fields:
                bound[name] = fields[name].read(reader, bound[name])
            else:
                reader.skip()
        reader.take()
        return bound

    return read


def read_document(text: str, read: FieldReader) -> Any:
    """`Gson.fromJson`: the value of a text, None for null and for a text without any value. Raises GsonError.

    After null nothing more is looked at, after any other value only white space may come.
    """
    reader = Reader(text)
    try:
        reader.peek()
    except EndOfTextError:
        return None
    value = read(reader, None)
    if value is not None and not reader.is_used_up():
        raise GsonError
    return value
