"""Sources of documents: opening what is named, in one way for all commands, and reading its documents within bounds.

A name is a file, a pipe such as `/dev/fd/63` or a FIFO, or `-` for standard input. A source whose name ends in `.gz` is unpacked
while it is read; so is standard input and a pipe that begins as a gzip file does. A name in `.ndjson` or `.jsonl` says that there
is a document on each line; for standard input and for a pipe whose name does not say, the beginning decides. Every source is opened
once and read once.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar

from pushcodec.cli.inputs.walk import STDIN
from pushcodec.cli.status import ReportProblem
from pushcodec.cli.streams import input_bytes
from pushcodec.jsontext.values import Position
from pushcodec.ndjson import CHUNK, SPACE, has_lines, lines_within, stream

if TYPE_CHECKING:
    from gzip import GzipFile

MOST_UNPACKED = 2**30
"""The most bytes that a packed file may unpack to."""

_T = TypeVar("_T")

_DOCUMENT = (".json", ".json.gz")
_GZIP_MAGIC = b"\x1f\x8b"


class SourceError(Exception):
    """A source can't be read, or not to its end; the message is the reason in a few words."""


class Document(NamedTuple):
    """A document of a source: its bytes, the number of its line, None for a whole file, and the offset of its first byte."""

    name: str
    data: bytes
    line: int | None = None
    offset: int = 0

    @property
    def start(self) -> Position:
        """The position in the source at which it begins."""
        return Position(self.line or 1, 1, self.offset)


class Source:
    """A source that is open for reading. As a context manager it closes itself.

    - `name`: the name on the command line; `title`: the name in messages
    - `raw`: the file itself, for readers that seek
    - `is_stream`: standard input or a pipe, which can't be read again or from another position
    - `is_packed`: a gzip file
    """

    def __init__(self, name: str, title: str, raw: IO[bytes], *, is_stream: bool) -> None:
        self.name = name
        self.title = title
        self.raw = raw
        self.is_stream = is_stream
        packed = stream(iter(lambda: raw.read(CHUNK), b"")) if is_stream and not hasattr(raw, "peek") else raw
        self.is_packed = title.lower().endswith(".gz") or (is_stream and _peek(packed).startswith(_GZIP_MAGIC))
        reader: IO[bytes] | GzipFile = packed
        self._unpack_errors: tuple[type[Exception], ...] = ()
        if self.is_packed:
            reader, self._unpack_errors = _unpacked(packed)
        self._read_some: Callable[[int], bytes] = getattr(reader, "read1", reader.read)
        self._ahead = b""
        self._lines: bool | None = None

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        if self.name != STDIN:
            self.raw.close()

    @property
    def has_lines(self) -> bool:
        """Whether there is a document on each line. The name says so or, for a stream whose name does not say, the beginning.

        Raises SourceError.
        """
        if self._lines is None:
            is_document = not self.is_stream or self.title.lower().endswith(_DOCUMENT)
            self._lines = has_lines(self.title) or (not is_document and self._begins_with_lines())
        return self._lines

    @property
    def is_log(self) -> bool:
        """Whether there is a document on each line of a source that is expected to be a log. A `.json` file may be one document.
        Raises SourceError."""
        return has_lines(self.title) or not self.title.lower().endswith(_DOCUMENT) or self._begins_with_lines()

    def _begins_with_lines(self) -> bool:
        while len(self._ahead) < CHUNK and (piece := self._read(CHUNK)):
            self._ahead += piece
            if b"\n" in piece and _are_lines(self._ahead):
                return True
        return _are_lines(self._ahead)

    def read1(self, size: int) -> bytes:
        """At most `size` bytes, empty at the end. Raises SourceError."""
        if not self._ahead:
            return self._read(size)
        found, self._ahead = self._ahead[:size], self._ahead[size:]
        return found

    def _read(self, size: int) -> bytes:
        try:
            return self._read_some(size)
        except self._unpack_errors:
            raise SourceError("not a whole gzip file") from None
        except OSError as error:
            raise SourceError(error.strerror or "can't be read") from None
        except ValueError:
            raise SourceError("closed") from None

    def read(self, size: int) -> bytes:
        """The first `size` bytes, or all if there are fewer. Raises SourceError."""
        pieces: list[bytes] = []
        while size and (piece := self.read1(min(size, CHUNK))):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def chunks(self, count: Callable[[int], object] = lambda _: None) -> Iterator[bytes]:
        """All bytes in chunks, in constant memory. `count` gets the size of each chunk.

        Raises SourceError, also for a packed file that unpacks to more than `MOST_UNPACKED` bytes.
        """
        total = 0
        while chunk := self.read1(CHUNK):
            total += len(chunk)
            if self.is_packed and total > MOST_UNPACKED:
                raise SourceError(f"unpacks to more than {MOST_UNPACKED} bytes")
            count(len(chunk))
            yield chunk

    def documents(
        self, most: int, count: Callable[[int], object] = lambda _: None, *, has_lines: bool | None = None
    ) -> Iterator[Document]:
        """The documents. Of one longer than `most` bytes the first `most + 1` are read. Raises SourceError.

        `has_lines` says whether there is a document on each line, None to find out.
        """
        if self.has_lines if has_lines is None else has_lines:
            for number, offset, text in lines_within(self.chunks(count), most):
                yield Document(f"{self.title}:{number}", text, number, offset)
        else:
            data = self.read(most + 1)
            count(len(data))
            yield Document(self.title, data)


# Opening and reading


_FOR_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0)
_WITHOUT_WAIT = getattr(os, "O_NONBLOCK", 0)


def open_source(name: str, stdin_filename: str | None = None) -> Source:
    """The source that a name stands for; `stdin_filename` is the title of standard input. Raises SourceError."""
    if name == STDIN:
        return Source(name, stdin_filename or STDIN, input_bytes(), is_stream=True)
    try:
        # Without O_NONBLOCK the opening of a device may wait forever. A FIFO needs the wait: its writer opens it later.
        waits = 0 if stat.S_ISFIFO(os.stat(name).st_mode) else _WITHOUT_WAIT
        opened = os.open(name, _FOR_READING | waits)
    except OSError as error:
        raise SourceError(error.strerror or "can't be read") from None
    except ValueError:  # a NUL in the name
        raise SourceError("no such file") from None
    reason = _why_refused(opened)
    if reason:
        os.close(opened)
        raise SourceError(reason)
    is_stream = not stat.S_ISREG(os.fstat(opened).st_mode) or name.startswith("/dev/")
    return Source(name, name, os.fdopen(opened, "rb"), is_stream=is_stream)


def documents_of(
    name: str,
    most: int,
    report_problem: ReportProblem,
    stdin_filename: str | None = None,
    count: Callable[[int], object] = lambda _: None,
    *,
    has_lines: bool | None = None,
) -> Iterator[Document]:
    """The documents of the source that a name stands for, as `Source.documents` yields them, until it can't be read any more.

    `report_problem` is called with the reason.
    """
    try:
        source = open_source(name, stdin_filename)
    except SourceError as error:
        report_problem(stdin_filename or name if name == STDIN else name, str(error))
        return
    with source:
        yield from until_unreadable(source.documents(most, count, has_lines=has_lines), partial(report_problem, source.title))


def until_unreadable(found: Iterator[_T], report: Callable[[str], object]) -> Iterator[_T]:
    """The items of an iterator until it raises SourceError; then `report` is called with the reason.

    The handler is around `next` only, so that it does not catch an error of the code that works on an item.
    """
    while True:
        try:
            item = next(found)
        except StopIteration:
            return
        except SourceError as error:
            report(str(error))
            return
        yield item


def read_file(name: str, most: int) -> bytes:
    """All bytes of the source that a name stands for. Raises SourceError, also if there are more than `most`."""
    with open_source(name) as source:
        data = source.read(most + 1)
    if len(data) > most:
        raise SourceError(f"more than {most} bytes")
    return data


def read_regular(name: str, most: int) -> bytes:
    """The first `most + 1` bytes of a regular file, or all if there are fewer. A small one is opened and read with one call each.

    For the files of a walk, most of which are small and contain no payload. Raises SourceError, also for a file of another type.
    """
    try:
        opened = os.open(name, _FOR_READING | _WITHOUT_WAIT)
    except OSError as error:
        raise SourceError(error.strerror or "can't be read") from None
    except ValueError:  # a NUL in the name
        raise SourceError("no such file") from None
    try:
        found = os.fstat(opened)
        if not stat.S_ISREG(found.st_mode):
            raise SourceError("not a regular file")
        data = os.read(opened, min(found.st_size, most) + 1)
        # The size may be unknown, as that of a file in /proc, or another one by now.
        while len(data) != found.st_size and len(data) <= most and (piece := os.read(opened, most + 1 - len(data))):
            data += piece
    except OSError as error:
        raise SourceError(error.strerror or "can't be read") from None
    finally:
        os.close(opened)
    return data


def _why_refused(opened: int) -> str | None:
    """Why an open file is not read, None for one that is: folders and devices without an end are not."""
    mode = os.fstat(opened).st_mode
    if stat.S_ISDIR(mode):
        return "a folder, where a file is expected"
    if stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or os.isatty(opened):
        return None
    is_null = stat.S_ISCHR(mode) and os.fstat(opened).st_rdev == os.stat(os.devnull).st_rdev
    return None if is_null else "not a regular file"


def _peek(reader: IO[bytes]) -> bytes:
    """The first bytes of a stream, without taking them from it."""
    try:
        found: bytes = reader.peek(len(_GZIP_MAGIC))  # type: ignore[attr-defined]
    except OSError:  # raised again by the next read
        return b""
    return found


def _unpacked(packed: IO[bytes]) -> tuple[GzipFile, tuple[type[Exception], ...]]:
    """The unpacked content of a gzip file, as a file, and the errors that reading it raises if the packed file is damaged."""
    import gzip  # loaded only where a file is packed
    import zlib

    return gzip.GzipFile(fileobj=packed), (EOFError, zlib.error, gzip.BadGzipFile)


_OBJECT_AFTER_OBJECT = re.compile(rb"^[ \t]*\{[^\n]*\}[ \t\r]*\n[ \t\r\n]*\{", re.MULTILINE)


def _are_lines(begun: bytes) -> bool:
    """Whether a text that begins with these bytes can only be one JSON text a line.

    In no JSON text a line that begins with `{` and ends with `}` comes before one that begins with `{`, or any text after a line
    that is a whole JSON text.
    """
    if _OBJECT_AFTER_OBJECT.search(begun):
        return True
    first, line_feed, rest = begun.lstrip(SPACE).partition(b"\n")
    if not (line_feed and rest.strip(SPACE)):
        return False
    from pushcodec import jsontext

    return jsontext.read(first).value is not jsontext.ABSENT
