"""Places: from characters of a text to lines, columns and bytes of its file, and from a text in a string to the text around it.

All texts are looked at by code point. A byte that is not UTF-8 counts as one.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable

from pushcodec.jsontext.values import START, Position, Span

_LINE_END = re.compile(r"\r\n|\r|\n")


class SourceText:
    """A text of a file: its characters, and where in the file each of them stands.

    Reads `str` or UTF-8 `bytes`. `start` is where the text begins in its file; with `one_line` it is a line of NDJSON, where no
    character ends a line. Otherwise LF, CRLF and CR do.
    """

    def __init__(self, data: str | bytes, *, start: Position = START, one_line: bool = False) -> None:
        # A lone surrogate in memory would be three bytes of a file, a byte that is not UTF-8 is one.
        self._errors = "surrogatepass" if isinstance(data, str) else "surrogateescape"
        self.text = data if isinstance(data, str) else data.decode("utf-8", self._errors)
        self._start = start
        self._ascii = self.text.isascii()
        self._line_starts = [0] if one_line else [0, *(end.end() for end in _LINE_END.finditer(self.text))]

    def position(self, at: int) -> Position:
        """The place of the character at an index, or of the end of the text."""
        line = bisect_right(self._line_starts, at) - 1
        column = at - self._line_starts[line] + (self._start.column if line == 0 else 1)
        return Position(self._start.line + line, column, self._start.offset + self.size(0, at))

    def size(self, start: int, end: int) -> int:
        """How many bytes the characters from `start` to before `end` take."""
        return end - start if self._ascii else len(self.text[start:end].encode("utf-8", self._errors))


# Typeshed leaves it out; it is how CPython's scanner reads a string.
_unescape: Callable[[str, int, bool], tuple[str, int]] = json.decoder.scanstring  # type: ignore[attr-defined]
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)


class EmbeddedText:
    """The text that a string of another text holds, and where each of its characters is spelt there.

    `token` is the span of the string, quotes and all, in the text `around`. An escape, also a surrogate pair of two, spells one
    character; its place is the backslash.
    """

    def __init__(self, around: str, token: Span) -> None:
        self.text = _unescape(around, token.start + 1, True)[0]
        # After each escape: the index in the text, and the index in the text around; before the first one too.
        self._inner, self._outer = [0], [token.start + 1]
        for escape in _ESCAPE.finditer(around, token.start + 1, token.end - 1):
            self._inner.append(self._inner[-1] + escape.start() - self._outer[-1] + 1)
            self._outer.append(escape.end())

    def outer(self, at: int) -> int:
        """The index in the text around of the character at an index, or of the closing quote for the end of the text."""
        last = bisect_right(self._inner, at) - 1
        return self._outer[last] + at - self._inner[last]
