"""Positions: from characters of a text to lines, columns and bytes of its file, and from an embedded text to the text around it.

A character is a code point. A byte that is not UTF-8 counts as one character.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable

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
