"""Positions: from characters of a text to lines, columns and bytes of its file, and from an embedded text to the text around it.

A character is a code point. A byte that is not UTF-8 counts as one character.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Protocol

from pushcodec.jsontext.values import START, Position, Span

_LINE_END = re.compile(r"\r\n|\r|\n")


class SourceText:
    """A text of a file: its characters, and the position of each of them in the file.

    Reads `str` or UTF-8 `bytes`. `start` is the position of the text in its file. With `one_line` the text is a line of NDJSON, in
    which no character ends a line. Otherwise LF, CRLF and CR do.
    """

    def __init__(self, data: str | bytes, *, start: Position = START, one_line: bool = False) -> None:
        # In a `str` a lone surrogate is a character of three bytes. In bytes it represents one byte that is not UTF-8.
        self._errors = "surrogatepass" if isinstance(data, str) else "surrogateescape"
        self.text = data if isinstance(data, str) else data.decode("utf-8", self._errors)
        self._start = start
        self._ascii = self.text.isascii()
        self._line_starts = [0] if one_line else [0, *(end.end() for end in _LINE_END.finditer(self.text))]

    def position(self, at: int) -> Position:
        """The position of the character at an index, or of the end of the text."""
        line = bisect_right(self._line_starts, at) - 1
        column = at - self._line_starts[line] + (self._start.column if line == 0 else 1)
        return Position(self._start.line + line, column, self._start.offset + self.size(0, at))

    def size(self, start: int, end: int) -> int:
        """The number of bytes of the characters from `start` to before `end`."""
        return end - start if self._ascii else len(self.text[start:end].encode("utf-8", self._errors))


# CPython's scanner decodes a string with this function. Typeshed does not have it.
_unescape: Callable[[str, int, bool], tuple[str, int]] = json.decoder.scanstring  # type: ignore[attr-defined]
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)


class Embedded(Protocol):
    """A text that another text contains in some form: its characters, and where they are in the text around."""

    @property
    def text(self) -> str:
        """The characters."""

    def span(self, span: Span) -> Span:
        """The characters of the text around that some of this text are written with."""

    def replaced(self, span: Span, characters: str) -> str | None:
        """What replaces some of this text, as it is written in the text around; None if it cannot be written by itself."""


class EmbeddedText:
    """The text in a string of another text, and the position of each of its characters there.

    `token` is the span of the string, with its quotes, in the text `around`. An escape, or a pair of escapes for a surrogate pair,
    is one character; its position is that of the first backslash.
    """

    def __init__(self, around: str, token: Span) -> None:
        self.text = _unescape(around, token.start + 1, True)[0]
        # At the start, and after each escape: the index in the text, and the index in the text around it.
        self._inner, self._outer = [0], [token.start + 1]
        for escape in _ESCAPE.finditer(around, token.start + 1, token.end - 1):
            self._inner.append(self._inner[-1] + escape.start() - self._outer[-1] + 1)
            self._outer.append(escape.end())

    def outer(self, at: int) -> int:
        """The index in the text around of the character at an index; of the closing quote for the end of the text."""
        last = bisect_right(self._inner, at) - 1
        return self._outer[last] + at - self._inner[last]

    def span(self, span: Span) -> Span:
        """The characters of the text around that some of this text are written with."""
        return Span(self.outer(span.start), self.outer(span.end))

    def replaced(self, _: Span, characters: str) -> str:
        """Characters as they are written in a string, without its quotes."""
        return json.dumps(characters, ensure_ascii=False)[1:-1]


class EmbeddedBytes:
    """The text whose UTF-8 bytes are the numbers in an array of another text, from -128 to 127.

    `tokens` are the spans of the numbers in the text around, `array` is that of the array.
    """

    def __init__(self, data: bytes, tokens: Sequence[Span], array: Span) -> None:
        self.text = data.decode("utf-8", "replace")
        self._starts = byte_starts(data, self.text)
        self._tokens = tokens
        self._array = array

    def span(self, span: Span) -> Span:
        """The numbers of some characters, with what is between them; the end of the array for the end of the text."""
        first, end = self._starts[span.start], self._starts[span.end]
        if first == end:
            at = self._tokens[first].start if first < len(self._tokens) else self._array.end - 1
            return Span(at, at)
        return Span(self._tokens[first].start, self._tokens[end - 1].end)

    def replaced(self, span: Span, characters: str) -> str | None:
        """Characters as numbers with commas between them; None if a comma beside them would have to change too."""
        if not characters or span.start == span.end:
            return None
        numbers = (byte - 256 if byte > 127 else byte for byte in characters.encode("utf-8", "replace"))
        return ",".join(map(str, numbers))


class EmbeddedLink:
    """The text in a percent-encoded parameter of a link, which is a string of another text.

    `link` is the text of the link, `parameter` the span of the parameter in it.
    """

    def __init__(self, link: EmbeddedText, parameter: Span) -> None:
        encoded = link.text[parameter.start : parameter.end]
        pieces: list[str] = []
        # Of each character and of the end: the index in the link.
        self._starts: list[int] = []
        for piece in re.finditer(r"((?:%[0-9a-fA-F]{2})+)|[^%]+|%", encoded):
            at = parameter.start + piece.start()
            if piece[1]:
                data = bytes.fromhex(piece[1].replace("%", ""))
                pieces.append(data.decode("utf-8", "replace"))
                self._starts += (at + 3 * start for start in byte_starts(data, pieces[-1])[:-1])
            else:
                pieces.append(piece[0])
                self._starts += range(at, at + len(piece[0]))
        self._starts.append(parameter.end)
        self.text = "".join(pieces)
        self._link = link

    def span(self, span: Span) -> Span:
        """The characters of the text around, `%7B` for one, that some of this text are written with."""
        return self._link.span(Span(self._starts[span.start], self._starts[span.end]))

    def replaced(self, _: Span, characters: str) -> str:
        """Characters with percent-encoding, which needs no escape in a string."""
        data = characters.encode("utf-8", "replace")
        return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in data)


_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
"""The bytes that need no percent-encoding (RFC 3986)."""


def byte_starts(data: bytes, text: str) -> list[int]:
    """The index of the first byte of each character, and of the end. `text` has U+FFFD for bytes that are not UTF-8."""
    starts = [0]
    for character in text:
        at = starts[-1]
        width = len(character.encode())
        if character == "\ufffd" and data[at : at + width] != _REPLACEMENT:
            width = _width_of_fault(data[at : at + 4])
        starts.append(at + width)
    return starts


_REPLACEMENT = "\ufffd".encode()


def _width_of_fault(data: bytes) -> int:
    """The number of bytes, at the beginning of some that are not UTF-8, that one U+FFFD replaces."""
    widths = range(1, min(3, len(data)) + 1)
    return max(width for width in widths if len(data[:width].decode("utf-8", "replace")) == 1)
