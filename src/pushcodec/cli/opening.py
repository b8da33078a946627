"""Opening what is named, in one way for all commands, and reading its documents within bounds.

A name is a file, a pipe such as `/dev/fd/63` or a FIFO, or `-` for standard input. One whose name ends in `.gz` is unpacked
while it is read; so is standard input and a pipe that begins as a gzip file does. A name in `.ndjson` or `.jsonl` says that there
is a document on each line; of standard input and of a pipe whose name does not say, the beginning does. Every source is opened
once and read once.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from typing import IO, Any, NamedTuple

from pushcodec.cli.streams import input_bytes
from pushcodec.cli.walking import STDIN
from pushcodec.jsontext.values import Position
from pushcodec.ndjson import CHUNK, SPACE, holds_lines, lines_within, stream

MOST_UNPACKED = 2**30
"""The most bytes that a packed file may unpack to."""

_DOCUMENT = (".json", ".json.gz")
_GZIP_MAGIC = b"\x1f\x8b"


class SourceError(Exception):
    """A file can't be read, or not to its end; says why in a few words."""


class Document(NamedTuple):
    """A document of a file: its bytes, the number of its line and the offset of its first byte. `line` is None for a whole file."""

    name: str
    data: bytes
    line: int | None = None
    offset: int = 0

    @property
    def start(self) -> Position:
        """Where it begins in its file."""
        return Position(self.line or 1, 1, self.offset)


class Opened:
    """A source that is open for reading. A context manager, which closes it.

    `name` is what it was named, `title` what it is called in messages.
    """

    def __init__(self, name: str, title: str, raw: IO[bytes], *, is_stream: bool) -> None:
        self.name = name
        self.title = title
        self.raw = raw
        """The file itself, for readers that seek."""
        self.is_stream = is_stream
        """Whether it is standard input or a pipe, which can't be read again or from another place."""
        source: Any = raw
        if is_stream and not hasattr(raw, "peek"):
            source = stream(iter(lambda: raw.read(CHUNK), b""))
        self.is_packed: bool = title.lower().endswith(".gz") or (is_stream and _peek(source).startswith(_GZIP_MAGIC))
        self._spoilt: tuple[type[Exception], ...] = ()
        if self.is_packed:
            source, self._spoilt = _unpacked(source)
        self._read_source: Callable[[int], bytes] = getattr(source, "read1", source.read)
        self._ahead = b""
        self._lines: bool | None = None

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None:
        if self.name != STDIN:
            self.raw.close()

    @property
    def has_lines(self) -> bool:
        """Whether there is a document on each line: by the name or, of a stream whose name does not say, by how it begins. Raises
        SourceError."""
        if self._lines is None:
            is_document = not self.is_stream or self.title.lower().endswith(_DOCUMENT)
            self._lines = holds_lines(self.title) or (not is_document and self._begins_with_lines())
        return self._lines

    @property
    def is_log(self) -> bool:
        """Whether there is a document on each line of a file that is expected to have them: a `.json` file may be one document."""
        return holds_lines(self.title) or not self.title.lower().endswith(_DOCUMENT) or self._begins_with_lines()

    def _begins_with_lines(self) -> bool:
        while len(self._ahead) < CHUNK and (piece := self._read(CHUNK)):
            self._ahead += piece
            if b"\n" in piece and _are_lines(self._ahead):
                return True
        return _are_lines(self._ahead)

    def read1(self, size: int) -> bytes:
        """At most so many bytes, empty at the end. Raises SourceError."""
        if not self._ahead:
            return self._read(size)
        found, self._ahead = self._ahead[:size], self._ahead[size:]
        return found

    def _read(self, size: int) -> bytes:
        try:
            return self._read_source(size)
        except self._spoilt:
            raise SourceError("not a whole gzip file") from None
        except OSError as error:
            raise SourceError(error.strerror or "can't be read") from None
        except ValueError:
            raise SourceError("closed") from None

    def read(self, size: int) -> bytes:
        """The first so many bytes, or all if there are fewer. Raises SourceError."""
        pieces: list[bytes] = []
        while size and (piece := self.read1(min(size, CHUNK))):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def chunks(self, count: Callable[[int], object] = lambda _: None) -> Iterator[bytes]:
        """All of it in chunks, in constant memory; `count` is called with the size of each. Raises SourceError, also for a packed
        file that unpacks to more than `MOST_UNPACKED` bytes."""
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
        """The documents in it. Of one longer than `most` bytes the first `most + 1` are read. Raises SourceError.

        `has_lines` says whether there is a document on each line, None to find out.
        """
        if self.has_lines if has_lines is None else has_lines:
            for number, offset, text in lines_within(self.chunks(count), most):
                yield Document(f"{self.title}:{number}", text, number, offset)
        else:
            data = self.read(most + 1)
            count(len(data))
            yield Document(self.title, data)


def open_source(name: str, stdin_filename: str | None = None) -> Opened:
    """What is named, open for reading; `stdin_filename` is the name of what comes on standard input. Raises SourceError."""
    if name == STDIN:
        return Opened(name, stdin_filename or STDIN, input_bytes(), is_stream=True)
    try:
        kind = os.stat(name).st_mode
        # Without O_NONBLOCK a device may wait forever; a FIFO waits for its writer, who is on the way.
        waits = 0 if stat.S_ISFIFO(kind) else getattr(os, "O_NONBLOCK", 0)
        opened = os.open(name, os.O_RDONLY | waits | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0))
    except OSError as error:
        raise SourceError(error.strerror or "can't be read") from None
    except ValueError:  # a NUL in the name
        raise SourceError("no such file") from None
    reason = _why_not(opened)
    if reason:
        os.close(opened)
        raise SourceError(reason)
    is_stream = not stat.S_ISREG(os.fstat(opened).st_mode) or name.startswith("/dev/")
    return Opened(name, name, os.fdopen(opened, "rb"), is_stream=is_stream)


def _why_not(opened: int) -> str | None:
    """Why an open file is not read: it is a folder, or a device without end."""
    kind = os.fstat(opened).st_mode
    if stat.S_ISDIR(kind):
        return "a folder, where a file is expected"
    if stat.S_ISREG(kind) or stat.S_ISFIFO(kind) or os.isatty(opened):
        return None
    is_null = stat.S_ISCHR(kind) and os.fstat(opened).st_rdev == os.stat(os.devnull).st_rdev
    return None if is_null else "not a regular file"


def _peek(raw: Any) -> bytes:
    """The first bytes of a stream, which stay in it."""
    try:
        found: bytes = raw.peek(len(_GZIP_MAGIC))
    except OSError:  # raised again where it is read
        return b""
    return found


def _unpacked(raw: IO[bytes]) -> tuple[Any, tuple[type[Exception], ...]]:
    """What is packed in a file, as a file, and the errors that it raises if the file is spoilt."""
    import gzip  # loaded only where a file is packed
    import zlib

    return gzip.GzipFile(fileobj=raw), (EOFError, zlib.error, gzip.BadGzipFile)


_OBJECT_AFTER_OBJECT = re.compile(rb"^[ \t]*\{[^\n]*\}[ \t\r]*\n[ \t\r\n]*\{", re.MULTILINE)


def _are_lines(begun: bytes) -> bool:
    """Whether a text that begins so can only be one JSON text a line.

    No JSON text has a line that begins with `{` and ends with `}` before one that begins with `{`, or more after a line that is a
    whole JSON text.
    """
    if _OBJECT_AFTER_OBJECT.search(begun):
        return True
    first, line_feed, rest = begun.lstrip(SPACE).partition(b"\n")
    if not (line_feed and rest.strip(SPACE)):
        return False
    from pushcodec import jsontext

    return jsontext.read(first).value is not jsontext.ABSENT
