"""The standard streams: text for readers, machine formats, messages on standard error, bytes from standard input.

A caller of `main` may have set the streams to any object: without a buffer, with any encoding, closed, or None. Output to a stream
that is closed or None is discarded.
"""

from __future__ import annotations

import io
import os
import sys
from typing import IO, BinaryIO, Final, Protocol, TypeVar

from pushcodec.jsontext import ascii_only

_Stream = TypeVar("_Stream")


class OutputError(Exception):
    """An output can't be written; the message names it and the reason. Not an OSError, which handlers of inputs would catch."""

    def __init__(self, name: str, reason: OSError | str) -> None:
        self.reason = reason if isinstance(reason, str) else reason.strerror or "cannot be written"
        super().__init__(f"{name}: {self.reason}")


class ReaderGoneError(OutputError):
    """The reader of standard output has closed it, as `head` does."""


# Standard output


def write_text(text: str) -> None:
    """Writes text to standard output, with escapes for characters that its encoding lacks. Raises OutputError."""
    stream = _usable(sys.stdout)
    if stream is not None and text:  # an empty text in UTF-16 would be written as a byte order mark
        _write(stream, _encodable(text, _encoding(stream)))


def write_machine(text: str) -> None:
    """Writes a machine format to standard output, as UTF-8 in any locale. Raises OutputError."""
    stream = _usable(sys.stdout)
    if stream is None:
        return
    if _is_utf8(stream) or _buffer(stream) is None:
        _write(stream, _encodable(text, "utf-8"))
    else:
        write_bytes(text.encode("utf-8", "backslashreplace"))


def write_json_text(text: str) -> None:
    """Writes JSON text to standard output: as UTF-8, or with JSON escapes on a terminal whose encoding lacks a character."""
    stream = _usable(sys.stdout)
    if is_terminal(stream) and not _is_utf8(stream) and _encodable(text, _encoding(stream)) != text:
        write_text(ascii_only(text))
    elif is_terminal(stream):
        write_text(text)
    else:
        write_machine(text)


def write_bytes(data: bytes) -> None:
    """Writes bytes to standard output, decoded as UTF-8 if that accepts text only. Raises OutputError."""
    stream = _usable(sys.stdout)
    if stream is None:
        return
    buffer = _buffer(stream)
    if buffer is None:
        _write(stream, data.decode("utf-8", "backslashreplace"))
        return
    with _Guard():
        stream.flush()
        write_whole(buffer, data)
        buffer.flush()


class _RawOutput(Protocol):
    """A binary stream that may have no buffer."""

    def write(self, data: memoryview, /) -> int | None:
        """Writes some bytes; returns their number, None if the stream would block."""


def write_whole(raw: _RawOutput, data: bytes) -> None:
    """Writes all of the bytes to a binary stream. One call to a stream without a buffer may write only some of them."""
    left = memoryview(data)
    while left:
        taken = raw.write(left)
        if taken is None:
            raise BlockingIOError(0, "would block")
        left = left[taken:]


def flush_output() -> None:
    """Flushes standard output. Raises OutputError."""
    stream = _usable(sys.stdout)
    if stream is not None and hasattr(stream, "flush"):
        with _Guard():
            stream.flush()


class _Guard:
    """Turns the errors of writing to standard output into OutputError."""

    def __enter__(self) -> None: ...

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, BrokenPipeError):
            raise ReaderGoneError("standard output", "closed by its reader") from None
        if isinstance(error, OSError):
            raise OutputError("standard output", error) from None


def _write(stream: IO[str], text: str) -> None:
    with _Guard():
        stream.write(text)


# Standard error


def write_error(text: str) -> None:
    """Writes text to standard error. If that fails, the text is discarded, since the failure can't be reported anywhere."""
    stream = _usable(sys.stderr)
    if stream is None:
        return
    try:
        stream.write(_encodable(text, _encoding(stream)))
        if hasattr(stream, "flush"):
            stream.flush()
    except OSError:
        return


# Standard input


def input_bytes() -> IO[bytes]:
    """Standard input as a binary stream: empty if it is closed, encoded as UTF-8 if it returns text only."""
    stream = _usable(sys.stdin)
    if stream is None:
        return io.BytesIO()
    return _buffer(stream) or io.BytesIO(stream.read().encode("utf-8", "surrogatepass"))


# Properties of streams


def is_terminal(stream: object) -> bool:
    """Whether the stream is a terminal; False for one that is closed or has no `isatty`."""
    usable = _usable(stream)
    return hasattr(usable, "isatty") and bool(usable.isatty())


def takes_bytes(stream: object) -> bool:
    """Whether binary data may be written to the stream. True for one that is closed, which discards it."""
    usable = _usable(stream)
    return usable is None or (_buffer(usable) is not None and not is_terminal(usable))


def shows_cursor_moves(stream: object) -> bool:
    """Whether the stream is a terminal on which a line can be overwritten."""
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def wants_color(when: str) -> bool:
    """Whether standard output gets colours: `always`, `never`, or `auto`.

    With `auto` a terminal gets them unless it is dumb. `NO_COLOR` turns them off and, if that is empty, `FORCE_COLOR` on.
    """
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or shows_cursor_moves(sys.stdout)


def terminal_width() -> int | None:
    """The width in columns: that of `COLUMNS`, or of the terminal that standard output is; None if it is no terminal."""
    width = os.environ.get("COLUMNS", "")
    if width.isdecimal() and width.isascii() and 0 < len(width) < 6 and int(width):
        return int(width)
    if not is_terminal(sys.stdout):
        return None
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _USUAL_WIDTH
    except (AttributeError, OSError, ValueError):  # `isatty` is true, but there is no descriptor of a terminal
        return _USUAL_WIDTH


_USUAL_WIDTH = 80


def output_encoding() -> str:
    """The encoding of standard output."""
    return _encoding(sys.stdout)


def _usable(stream: _Stream) -> _Stream | None:
    """The stream, or None if it is closed or detached from its buffer."""
    try:
        return None if getattr(stream, "closed", False) else stream
    except ValueError:
        return None


def _buffer(stream: object) -> BinaryIO | None:
    found: BinaryIO | None = getattr(stream, "buffer", None)
    return found


def _encoding(stream: object) -> str:
    found = getattr(stream, "encoding", None)
    return found if isinstance(found, str) else "utf-8"


def _is_utf8(stream: object) -> bool:
    return _encoding(stream).lower() in _UTF8


_UTF8: Final = ("utf-8", "utf8")


def _encodable(text: str, encoding: str) -> str:
    """The text with escapes for the characters that the encoding lacks."""
    return text if text.isascii() else text.encode(encoding, "backslashreplace").decode(encoding)
