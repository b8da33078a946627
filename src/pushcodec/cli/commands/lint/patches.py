"""Unified diffs as bytes, in the form that `git apply` and `patch -p1` read. No function here reads or writes a file of the user.

Lines end at a line feed and nowhere else; a carriage return, U+2028 or an invalid byte is part of its line and is written as it is.
Source: POSIX `diff -u`; git, Documentation/diff-format.txt, for the quoting of names.
"""

from __future__ import annotations

import io
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import Final, NamedTuple

CONTEXT: Final = 3
"""The most unchanged lines before and after a change."""

_IN_MEMORY = 1024 * 1024  # bytes of a hunk; a larger one is kept in a temporary file, because its header comes first
_CHUNK = 256 * 1024
_NO_LINE_FEED = b"\n\\ No newline at end of file\n"


class Piece(NamedTuple):
    """Consecutive bytes of a file, before and after the change.

    A changed piece begins and ends with a line. An unchanged piece may also be a part of a line, so a line of any length takes
    little memory.
    """

    before: bytes
    after: bytes


class _Text(NamedTuple):
    """A line with its sign in the diff; if `continues`, the next part of an unchanged line.

    If `lines` is more than 1, these are unchanged lines too far from any change to be shown, and `text` is empty.
    """

    sign: bytes
    text: bytes
    continues: bool = False
    lines: int = 1


def unified_diff(name: str, pieces: Iterable[Piece]) -> Iterator[bytes]:
    """The patch for one file in chunks, none if no piece changes. `name` is the path in the header, after `a/` and `b/`."""
    header = b"--- %b\n+++ %b\n" % (_quoted(f"a/{name}"), _quoted(f"b/{name}"))
    leading: deque[bytes] = deque(maxlen=CONTEXT)
    old = new = 1
    hunk: _Hunk | None = None
    try:
        for sign, text, continues, lines in _texts(pieces):
            if hunk and sign == b" " and not continues and hunk.trailing == CONTEXT:
                yield from hunk.written()
                hunk = None
            if hunk is None and sign != b" ":
                yield header
                header = b""
                hunk = _Hunk(old, new, leading)
                leading.clear()
            if hunk:
                hunk.add(sign, text, continues=continues)
            elif continues or lines > 1:
                leading.clear()  # no context is kept of a line in parts, or of many lines
            else:
                leading.append(text)
            if not continues:
                old += lines * (sign != b"+")
                new += lines * (sign != b"-")
        if hunk:
            yield from hunk.written()
            hunk = None
    finally:
        if hunk:
            hunk.close()


class _Hunk:
    """Changed lines and the unchanged ones around them. `trailing` is the number of unchanged lines after the last change."""

    def __init__(self, old: int, new: int, leading: Sequence[bytes]) -> None:
        self._old, self._new = old - len(leading), new - len(leading)
        self._counts = {b" ": 0, b"-": 0, b"+": 0}
        self._body = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # `written` or `close` closes it
        self._has_line_feed = True
        self.trailing = 0
        for line in leading:
            self.add(b" ", line)

    def add(self, sign: bytes, text: bytes, *, continues: bool = False) -> None:
        """Appends a line, or the next part of the last one."""
        if not continues:
            self._end_line()
            self._body.write(sign)
            self._counts[sign] += 1
            self.trailing = self.trailing + 1 if sign == b" " else 0
        self._body.write(text)
        self._has_line_feed = text.endswith(b"\n")

    def written(self) -> Iterator[bytes]:
        """The hunk with its header, in chunks. No line can be added after this."""
        self._end_line()
        with self._body as body:
            body.seek(0)
            old = _range(self._old, self._counts[b" "] + self._counts[b"-"])
            new = _range(self._new, self._counts[b" "] + self._counts[b"+"])
            yield f"@@ -{old} +{new} @@\n".encode()
            while chunk := body.read(_CHUNK):
                yield chunk

    def close(self) -> None:
        """Discards the hunk."""
        self._body.close()

    def _end_line(self) -> None:
        if not self._has_line_feed:
            self._body.write(_NO_LINE_FEED)
            self._has_line_feed = True


def _range(start: int, count: int) -> str:
    """The lines of a hunk; a range without lines names the line before it."""
    return f"{start if count else start - 1},{count}"


def _texts(pieces: Iterable[Piece]) -> Iterator[_Text]:
    in_line = False
    for before, after in pieces:
        if before == after:
            start, end = _far_lines(before)
            for text in io.BytesIO(before[:start]):
                yield _Text(b" ", text, in_line)
                in_line = not text.endswith(b"\n")
            if start < end:
                yield _Text(b" ", b"", lines=before.count(b"\n", start, end))
            yield from (_Text(b" ", text) for text in io.BytesIO(before[end:]))
            in_line = not before.endswith(b"\n") if before else in_line
        else:
            yield from _changed(list(io.BytesIO(before)), list(io.BytesIO(after)))


def _far_lines(text: bytes) -> tuple[int, int]:
    """The start and end of the lines that are not context of a change before or after the text; both its end if there are none."""
    start = 0
    for _ in range(CONTEXT + 1):  # one more, because it ends the hunk before it
        start = text.find(b"\n", start) + 1
        if not start:
            return len(text), len(text)
    end = text.rfind(b"\n") + 1
    for _ in range(CONTEXT):
        end = text.rfind(b"\n", 0, end - 1) + 1
    return (start, end) if text.count(b"\n", start, end) > 1 else (len(text), len(text))


def _changed(before: list[bytes], after: list[bytes]) -> Iterator[_Text]:
    """The lines of a changed piece. A fix edits lines in place or joins some, so no search for moved lines is needed."""
    if len(before) == len(after):
        for old, new in zip(before, after, strict=True):
            yield from [_Text(b" ", old)] if old == new else [_Text(b"-", old), _Text(b"+", new)]
        return
    start = _equal(before, after)
    end = _equal(before[start:][::-1], after[start:][::-1])
    yield from (_Text(b" ", line) for line in before[:start])
    yield from (_Text(b"-", line) for line in before[start : len(before) - end])
    yield from (_Text(b"+", line) for line in after[start : len(after) - end])
    yield from (_Text(b" ", line) for line in before[len(before) - end :])


def _equal(before: list[bytes], after: list[bytes]) -> int:
    """How many lines at the beginning are equal."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((number for number, (old, new) in pairs if old != new), min(len(before), len(after)))


# Names


def path_in_patch(name: str) -> str:
    """The path of a file for the header: relative to the current folder, or from the root for a file outside of it.

    Tools accept neither `..` nor an absolute path, but `patch -p1 -d /` accepts a path from the root. They do not write through a
    symbolic link either, so the path is that of the file itself.
    """
    path = os.path.realpath(name)
    inside = os.path.relpath(path, os.path.realpath(os.curdir))
    if inside == os.pardir or inside.startswith(os.pardir + os.sep):
        inside = os.path.splitdrive(path)[1].lstrip(os.sep)
    return inside.replace(os.sep, "/")


_ESCAPES: Final = {7: b"\\a", 8: b"\\b", 9: b"\\t", 10: b"\\n", 11: b"\\v", 12: b"\\f", 13: b"\\r", 34: b'\\"', 92: b"\\\\"}


def _quoted(name: str) -> bytes:
    """A name as git writes it: quoted as in C if needed; a tab ends an unquoted name that contains white space."""
    raw = os.fsencode(name)  # the bytes in the file system, in any encoding
    if name.isprintable() and not {'"', "\\"} & set(name):
        return raw + (b"\t" if " " in name else b"")
    return b'"%b"' % b"".join(_ESCAPES.get(byte) or (b"%c" % byte if 32 <= byte < 127 else b"\\%03o" % byte) for byte in raw)
