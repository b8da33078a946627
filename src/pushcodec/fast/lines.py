"""NDJSON line by line, in constant memory: bytes, a binary file or any chunks of bytes as one stream."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import IO, NamedTuple, TypeAlias, cast

Source: TypeAlias = bytes | IO[bytes] | Iterable[bytes]

CHUNK = 256 * 1024


class Line(NamedTuple):
    """A line without its line feed, and the offset of its first byte."""

    offset: int
    text: bytes


def stream(source: Source) -> IO[bytes]:
    """The source as a stream of lines, read in chunks."""
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if isinstance(source, io.RawIOBase):
        return io.BufferedReader(source, CHUNK)
    if hasattr(source, "readline"):
        return cast("IO[bytes]", source)
    return io.BufferedReader(_Chunks(iter(source)), CHUNK)


def blocks(source: Source) -> Iterator[bytes]:
    """A source in blocks of whole lines, as they come in: about `CHUNK` bytes each, or a line where that is longer."""
    open_stream = stream(source)
    read: Callable[[int], bytes] = getattr(open_stream, "read1", open_stream.readline)
    while block := read(CHUNK):
        yield block if block.endswith(b"\n") else block + open_stream.readline()


def are_objects(lines: list[bytes]) -> bool:
    """Whether each of these lines begins and ends as a JSON object does; all but the last end with a line feed.

    msgspec reads values, not lines: one may take several lines, there may be two on a line, and none. Where this holds, none goes
    on in the next line, since after a closing brace no opening one follows and no string holds a line feed; so as many values as
    lines are one on each.
    """
    last = lines[-1].removesuffix(b"\n")
    return set(map(_first, lines)) == _OPENING and set(map(_before_last, lines[:-1])) <= _CLOSING and last.endswith(b"}")


_first, _before_last = itemgetter(0), itemgetter(-2)
_OPENING, _CLOSING = set(b"{"), set(b"}")


def lines_within(source: Source, most: int) -> Iterator[Line]:
    """The lines of a source. Of one longer than `most` bytes only the first are kept: enough to see that it is too long."""
    open_stream = stream(source)
    offset = 0
    while text := open_stream.readline(most + 2):
        length = len(text)
        while not text.endswith(b"\n") and length > most and (left_out := open_stream.readline(CHUNK)):
            length += len(left_out)
            if left_out.endswith(b"\n"):
                break
        yield Line(offset, text.removesuffix(b"\n"))
        offset += length


class _Chunks(io.RawIOBase):
    """Chunks of bytes as a file that is read once."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io hands over a memoryview
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
