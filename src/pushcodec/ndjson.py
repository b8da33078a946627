"""NDJSON line by line, in constant memory, from bytes, a binary file or chunks of bytes.

An empty line contains JSON white space only. It is not yielded, but it counts: line numbers are those of an editor. Runs of empty
lines are skipped in one step, so that millions of them cost no more than other bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from operator import itemgetter
from typing import IO, Any, Final, NamedTuple, TypeAlias, cast

Source: TypeAlias = bytes | IO[bytes] | Iterable[bytes]

CHUNK: Final = 256 * 1024
"""The number of bytes that are read at once."""

SPACE: Final = b" \t\r\n"
"""The white space of JSON."""


_SUFFIXES = (".ndjson", ".jsonl")


def has_lines(filename: str) -> bool:
    """Whether the name of a file says that it contains a document on each line."""
    return filename.lower().removesuffix(".gz").endswith(_SUFFIXES)


class Part(Enum):
    """The kind of a piece: a line, the beginning of a line over the limit, the rest of such a line, or empty lines."""

    LINE = "line"
    CUT = "cut"
    REST = "rest"
    EMPTY = "empty"


class Piece(NamedTuple):
    """Consecutive bytes of a source, with the number and the offset of the line that they begin in or continue.

    A line includes its line feed, if it has one.
    """

    number: int
    offset: int
    data: bytes
    part: Part


class Line(NamedTuple):
    """A line without its line feed, its number from 1, and the offset of its first byte."""

    number: int
    offset: int
    text: bytes


def check_source(source: Source) -> None:
    """Raises TypeError for a value that is not a source, such as a text or a text file, which also yield lines."""
    is_source = hasattr(source, "readline") or hasattr(source, "__iter__")
    if not is_source or isinstance(source, str | bytearray | memoryview | io.TextIOBase):
        raise TypeError(f"source must be bytes, a binary file or chunks of bytes, not {type(source).__name__}")


def stream(source: Source) -> IO[bytes]:
    """The source as a binary file, read in chunks. Raises TypeError for a value that is not a source."""
    check_source(source)
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if isinstance(source, io.RawIOBase):
        return io.BufferedReader(source, CHUNK)
    if hasattr(source, "readline"):
        return cast("IO[bytes]", source)
    return io.BufferedReader(_Chunks(iter(source)), CHUNK)


def blocks(source: Source) -> Iterator[bytes]:
    """A source in blocks of whole lines, as they arrive: about `CHUNK` bytes each, or one longer line."""
    open_stream = stream(source)
    read = _reader(open_stream)
    while block := read(CHUNK):
        if type(block) is not bytes:
            _check_chunk(block, bytes)
        yield block if block.endswith(b"\n") else block + open_stream.readline()


def filled_lines(block: bytes) -> list[bytes]:
    """The lines of a block of whole lines that are not empty, each with its line feed."""
    return [line for line in io.BytesIO(_EMPTY_LINES.sub(b"\n", block)) if line.strip(SPACE)]


def are_objects(lines: list[bytes]) -> bool:
    """Whether each of these lines begins and ends as a JSON object does; all but the last end with a line feed.

    msgspec reads values, not lines: a value may take several lines, and a line may contain several values or none. If this is true,
    no value continues on the next line, because in JSON no opening brace follows a closing one and no string contains a line feed.
    So if there are as many values as lines, there is one on each line.
    """
    last = lines[-1].removesuffix(b"\n")
    return set(map(_first, lines)) == _OPENING and set(map(_before_last, lines[:-1])) <= _CLOSING and last.endswith(b"}")


def lines_within(source: Source, most: int) -> Iterator[Line]:
    """The lines of a source that are not empty. Of one longer than `most` bytes the first `most + 1` are yielded, so that it is
    refused. Raises TypeError for a value that is not a source."""
    return _lines_of(pieces(source, most))


def _lines_of(found: Iterable[Piece]) -> Iterator[Line]:
    blank: Line | None = None  # a line over the limit that is empty so far
    for number, offset, data, part in found:
        if part is _LINE:
            yield Line(number, offset, data.removesuffix(b"\n"))
        elif part is Part.CUT:
            begun = Line(number, offset, data)
            blank = None if data.strip(SPACE) else begun
            if not blank:
                yield begun
        elif part is Part.REST and blank and data.strip(SPACE):
            yield blank
            blank = None


def pieces(source: Source, most: int) -> Iterator[Piece]:
    """The source in pieces; concatenated they equal it. They are lines of at most `most` bytes, parts of longer lines, and runs of
    empty lines.

    No piece is much longer than `most` or a chunk. The first `most + 1` bytes of a longer line are one piece. Raises TypeError for
    a value that is not a source.
    """
    return _pieces(_reader(stream(source)), most)


def _pieces(read: Callable[[int], bytes], most: int) -> Iterator[Piece]:
    number, offset = 1, 0  # of the next line, or of the line in `begun`
    begun = bytearray()  # the part of an unfinished line that is not yielded yet
    length = 0  # of the part that is yielded because the line is over the limit
    while chunk := read(CHUNK):
        _check_chunk(chunk, bytes)
        end = 0
        if begun or length:
            end = chunk.find(b"\n") + 1 or len(chunk)
            begun += chunk[:end]
            is_finished = chunk.endswith(b"\n", end - 1, end)
            if not is_finished and not length and len(begun) <= most:
                continue
            yield from _parts(bytes(begun), number, offset, most, cut=length > 0)
            length += len(begun)
            begun.clear()
            if not is_finished:
                continue
            number, offset, length = number + 1, offset + length, 0
        whole = chunk[end : chunk.rfind(b"\n", end) + 1]
        if whole:
            yield from _whole_lines(whole, number, offset, most)
            number += whole.count(b"\n")
            offset += len(whole)
        begun += chunk[end + len(whole) :]
    if begun:
        yield from _parts(bytes(begun), number, offset, most, cut=length > 0)


def _whole_lines(block: bytes, number: int, offset: int, most: int) -> Iterator[Piece]:
    """The pieces of a block of whole lines."""
    *paragraphs, last = _EMPTY_LINES.split(block)
    for paragraph, empty in zip(paragraphs[::2], paragraphs[1::2], strict=True):
        for line in io.BytesIO(paragraph + b"\n"):
            yield from _parts(line, number, offset, most)
            number += 1
            offset += len(line)
        yield Piece(number, offset, empty, Part.EMPTY)
        number += empty.count(b"\n")
        offset += len(empty)
    for line in io.BytesIO(last):
        if len(line) <= most and line.strip(SPACE):  # most lines
            yield Piece(number, offset, line, _LINE)
        else:
            yield from _parts(line, number, offset, most)
        number += 1
        offset += len(line)


def _parts(line: bytes, number: int, offset: int, most: int, *, cut: bool = False) -> Iterator[Piece]:
    """The pieces of one line, or with `cut` of the rest of a line over the limit."""
    if cut:
        yield Piece(number, offset, line, Part.REST)
    elif len(line.removesuffix(b"\n")) > most:
        yield Piece(number, offset, line[: most + 1], Part.CUT)
        if rest := line[most + 1 :]:
            yield Piece(number, offset, rest, Part.REST)
    else:
        yield Piece(number, offset, line, _LINE if line.strip(SPACE) else Part.EMPTY)


def _reader(source: IO[bytes]) -> Callable[[int], bytes]:
    """The method of a stream that reads at most so many bytes: those that are there, without waiting for more."""
    read: Callable[[int], bytes] = getattr(source, "read1", source.readline)
    return read


def _check_chunk(chunk: object, kinds: type | tuple[type, ...]) -> None:
    if not isinstance(chunk, kinds):
        raise TypeError(f"chunks must be bytes, not {type(chunk).__name__}")


class _Chunks(io.RawIOBase):
    """Chunks of bytes as a binary file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # `io` passes a memoryview
        while not self._rest:
            chunk = next(self._chunks, _END)
            if chunk is _END:
                return 0
            _check_chunk(chunk, (bytes, bytearray, memoryview))
            self._rest = memoryview(chunk)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


_END: Any = object()  # not a chunk of any source
_LINE = Part.LINE  # saves the lookup of an enum's member for every line
_EMPTY_LINES = re.compile(rb"\n([ \t\r\n]*\n)")  # after the end of a line
_first, _before_last = itemgetter(0), itemgetter(-2)
_OPENING, _CLOSING = set(b"{"), set(b"}")
