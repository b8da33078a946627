"""The standard streams: text for people, machine formats, messages on standard error, bytes from standard input.

A caller of `main` may have set the streams to any object: without a buffer, in any encoding, closed, or None. Output to a stream
that is closed or None is discarded.
"""

from __future__ import annotations

import io
import os
import sys
from typing import IO, Any, Final

from pushcodec.jsontext import ascii_only


class OutputError(Exception):
    """An output can't be written; says which and why. No OSError, so that no handler of an input's errors takes it for one."""

    def __init__(self, name: str, reason: OSError | str) -> None:
        self.reason = reason if isinstance(reason, str) else reason.strerror or "cannot be written"
        super().__init__(f"{name}: {self.reason}")


class ReaderGoneError(OutputError):
    """Whoever read standard output has closed it, as `head` does."""


# Standard output


def write_text(text: str) -> None:
    """Writes text for people to standard output; what its encoding lacks is written as an escape. Raises OutputError."""
    stream = _usable(sys.stdout)
    if stream is not None and text:  # UTF-16 has a mark even before nothing
        _write(stream, _encodable(text, _encoding(stream)))


def write_machine(text: str) -> None:
    """Writes a machine format to standard output, as UTF-8 whatever the locale says. Raises OutputError."""
    stream = _usable(sys.stdout)
    if stream is None:
        return
    if _is_utf8(stream) or _buffer(stream) is None:
        _write(stream, _encodable(text, "utf-8"))
    else:
        write_bytes(text.encode("utf-8", "backslashreplace"))


def write_json_text(text: str) -> None:
    """Writes JSON text that people read too: as UTF-8, but on a terminal that can't show all of it with JSON's own escapes."""
    stream = _usable(sys.stdout)
    if is_terminal(stream) and not _is_utf8(stream) and _encodable(text, _encoding(stream)) != text:
        write_text(ascii_only(text))
    elif is_terminal(stream):
        write_text(text)
    else:
        write_machine(text)


def write_bytes(data: bytes) -> None:
    """Writes bytes to standard output, decoded as UTF-8 where that takes text only. Raises OutputError."""
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


def write_whole(raw: Any, data: bytes) -> None:
    """Writes all of the bytes to a binary stream; one without a buffer may take some of them at a time."""
    left = memoryview(data)
    while left:
        taken = raw.write(left)
        if taken is None:
            raise BlockingIOError(0, "would block")
        left = left[taken:]


def flush_output() -> None:
    """Writes what standard output still buffers. Raises OutputError."""
    stream = _usable(sys.stdout)
    if hasattr(stream, "flush"):
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
    """Writes text to standard error. There is no place to report that this failed, so then it is discarded."""
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
    """Standard input as a binary stream: empty where it is closed, encoded as UTF-8 where it has text only."""
    stream = _usable(sys.stdin)
    if stream is None:
        return io.BytesIO()
    return _buffer(stream) or io.BytesIO(stream.read().encode("utf-8", "surrogatepass"))


# What a stream can do


def is_terminal(stream: object) -> bool:
    """Whether the stream is a terminal; False for one that is closed or doesn't say."""
    usable = _usable(stream)
    return hasattr(usable, "isatty") and bool(usable.isatty())


def takes_bytes(stream: object) -> bool:
    """Whether bytes that are no text may be written to the stream. One that is closed discards them."""
    usable = _usable(stream)
    return usable is None or (_buffer(usable) is not None and not is_terminal(usable))


def shows_cursor_moves(stream: object) -> bool:
    """Whether the stream is a terminal on which a line can be written again."""
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def wants_color(when: str) -> bool:
    """Whether standard output gets colours: `always`, `never`, or `auto`.

    With `auto` it is a terminal other than a dumb one. `NO_COLOR` and, after it, `FORCE_COLOR` say otherwise, if not empty.
    """
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or shows_cursor_moves(sys.stdout)


def terminal_width() -> int | None:
    """The columns of the terminal that standard output is, or those that `COLUMNS` says; None for no terminal."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and said.isascii() and 0 < len(said) < 6 and int(said):
        return int(said)
    if not is_terminal(sys.stdout):
        return None
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _USUAL_WIDTH
    except (AttributeError, OSError, ValueError):  # it says that it is a terminal, and has no descriptor of one
        return _USUAL_WIDTH


_USUAL_WIDTH = 80


def output_encoding() -> str:
    """The encoding of standard output."""
    return _encoding(sys.stdout)


def _usable(stream: Any) -> Any:
    """The stream, or None for one that is closed, or detached from its buffer."""
    try:
        return None if getattr(stream, "closed", False) else stream
    except ValueError:
        return None


def _buffer(stream: IO[str]) -> Any:
    return getattr(stream, "buffer", None)


def _encoding(stream: object) -> str:
    found = getattr(stream, "encoding", None)
    return found if isinstance(found, str) else "utf-8"


def _is_utf8(stream: object) -> bool:
    return _encoding(stream).lower() in _UTF8


_UTF8: Final = ("utf-8", "utf8")


def _encodable(text: str, encoding: str) -> str:
    """The text with escapes in place of what the encoding lacks."""
    return text if text.isascii() else text.encode(encoding, "backslashreplace").decode(encoding)
