"""How Gson reads a JSON text into typed fields, in the Android client and in every Java program that uses it.

Gson is lenient: it accepts single quotes, bare names and values, `=` for `:`, `;` for `,`, comments, holes in arrays. The tables
are those of `docs/contract.md`, "Gson". The reader keeps its own stack and does not recurse with the text. Any text gives a value
or a GsonError. Source: Gson 2.8 `JsonReader`, `TypeAdapters`, `ReflectiveTypeAdapterFactory`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from pushcodec.clients.android.java_numbers import whole_number

Bound: TypeAlias = dict[str, Any]
"""An object as Gson binds it: the value of each field."""


class GsonError(ValueError):
    """Gson throws: a value does not fit its field, or the text is not lenient JSON.

    `path` has the names of the fields that Gson was reading then, the outermost first.
    """

    path: tuple[str, ...] = ()


class EndOfTextError(GsonError):
    """The text ends where a token is expected. Where that is the first token, Gson reads null."""


class Token(NamedTuple):
    """A token and its text: `{`, `}`, `[`, `]`, `name`, `string` (quoted), `bare` (unquoted, numbers too), `boolean` or `null`."""

    kind: str
    text: str = ""


# The characters of a bare token; the reader stops before any other.
_BARE = re.compile(r"[^/\\;#={}\[\]:, \t\f\r\n]+")
_SPACE = re.compile(r"[ \t\r\n]*")
_PASSED = " \t\r\n/#"  # the first characters of white space and comments
_END_OF_LINE = re.compile(r"[\r\n]|\Z")
_UP_TO_QUOTE = {quote: re.compile(rf"[^\\{quote}]*") for quote in "\"'"}
_ESCAPED: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", "\n": "\n", "'": "'", '"': '"', "\\": "\\", "/": "/"}
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PREFIX = ")]}'\n"

# The state of the reader: what it has entered, and whether anything came before.
_EMPTY_DOCUMENT, _DOCUMENT, _EMPTY_ARRAY, _ARRAY, _EMPTY_OBJECT, _OBJECT, _AFTER_NAME = range(7)


class Reader:
    """Gson's lenient pull reader: `peek` returns the next token, `take` consumes it. Raises GsonError."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 1 if text.startswith("\ufeff") else 0
        self._scopes = [_EMPTY_DOCUMENT]
        self._peeked: Token | None = None

    def peek(self) -> Token:
        """The next token, without consuming it."""
        if self._peeked is None:
            self._peeked = self._next()
        return self._peeked

    def take(self) -> Token:
        """Consumes the next token; enters the object or array that it opens, leaves the one that it closes."""
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
        """Consumes the next token. Raises GsonError if it is of another kind."""
        if self.peek().kind != kind:
            raise GsonError
        self.take()

    def skip(self) -> None:
        """Consumes a value with all that is in it, without recursion. Raises GsonError for what is not a token."""
        depth = 0
        while True:
            kind = self.take().kind
            depth += (kind in ("{", "[")) - (kind in ("}", "]"))
            if depth == 0:
                return

    def is_used_up(self) -> bool:
        """Whether only white space is left: after the value, Gson is no longer lenient."""
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
        """Consumes a comma, or the end of the object or array, and returns whether it was the end."""
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
        """Consumes the prefix that keeps a browser from running the text as a script."""
        self._character()
        self._at -= 1
        if self._text.startswith(_PREFIX, self._at):
            self._at += len(_PREFIX)

    def _character(self) -> str:
        """Consumes white space and comments, and the character after them, which it returns."""
        text, at = self._text, self._at
        if text[at : at + 1] not in _PASSED:
            self._at = at + 1
            return text[at]
        while True:
            at = _SPACE.match(text, self._at).end()  # type: ignore[union-attr]  # it also matches an empty string
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
        """The bare token that begins with the character consumed last."""
        found = _BARE.match(self._text, self._at - 1)
        if found is None:
            raise GsonError
        self._at = found.end()
        return found[0]

    def _quoted(self, quote: str) -> str:
        """The characters up to the closing quote, without escapes."""
        text, pieces = self._text, []
        while True:
            run = _UP_TO_QUOTE[quote].match(text, self._at)
            assert run is not None  # it also matches an empty string
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
    """The text with each pair of surrogates, of which Java's strings consist, as one character."""
    if _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _literal(text: str) -> Token:
    """A bare token as a token: a keyword in any case, or `bare` for a number or a string."""
    word = text[:6].lower()  # one character more than a keyword has
    if word in ("true", "false"):
        return Token("boolean", word)
    return Token("null") if word == "null" else Token("bare", text)


# Fields: each reader gets the current value of the field and returns the new one.

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
    if kind == "null":
        return current
    number = whole_number(text, bits)
    if number is None:
        raise GsonError
    return number


def read_string(reader: Reader, _: str | None) -> str | None:
    """A `String` field; numbers and booleans as they are written."""
    kind, text = reader.peek()
    if kind not in ("null", "bare", "string", "boolean"):
        raise GsonError
    reader.take()
    return None if kind == "null" else text


def read_strings(reader: Reader, _: Any) -> list[str | None] | None:
    """A `List<String>` field; nulls and holes are elements."""
    return _read_array(reader, lambda: read_string(reader, None))


def read_bytes(reader: Reader, _: Any) -> list[int] | None:
    """A `byte[]` field: integers, of each the low eight bits. Raises GsonError for a null in it."""
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
    """A field of a class: its value before anything is read, and its reader."""

    default: Any
    read: FieldReader


def object_of(fields: Mapping[str, Field]) -> FieldReader:
    """A reader of objects of a class: of a repeated name the last one counts, unknown names are skipped."""

    def read(reader: Reader, _: Any) -> Bound | None:
        if reader.peek().kind == "null":
            reader.take()
            return None
        reader.expect("{")
        bound: Bound = {name: field.default for name, field in fields.items()}
        while reader.peek().kind != "}":
            name = reader.take().text
            if name in fields:
                try:
                    bound[name] = fields[name].read(reader, bound[name])
                except GsonError as error:
                    error.path = (name, *error.path)
                    raise
            else:
                reader.skip()
        reader.take()
        return bound

    return read


def read_document(text: str, read: FieldReader) -> Any:
    """`Gson.fromJson`: the value of a text, None for null and for a text without any value. Raises GsonError.

    After null the rest of the text does not matter; after any other value only white space may follow.
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
