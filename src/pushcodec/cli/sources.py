"""The files that are linted, read within bounds, whatever they turn out to be. Only regular files are read."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import IO

from pushcodec.cli.streams import input_bytes
from pushcodec.cli.walking import STDIN as STDIN
from pushcodec.jsontext import DEFAULT_LIMITS

MOST_UNPACKED = 2**30
"""The most bytes that a packed file may unpack to; one packed to blow up ends there."""

_CHUNK = 256 * 1024


class SourceError(Exception):
    """A file can't be read, or not to its end; says why in a few words."""


@contextmanager
def open_file(name: str) -> Iterator[IO[bytes]]:
    """A regular file, unpacked if its name ends in `.gz`, or standard input. Raises SourceError, now or while it is read."""
    try:
        with _open_raw(name) as raw:
            if not name.endswith(".gz"):
                yield raw
                return
            with _unpacked(raw) as unpacked:
                yield unpacked
    except BrokenPipeError:
        raise
    except OSError as error:
        raise SourceError(error.strerror or "can't be read") from None
    except ValueError:  # a NUL in the name
        raise SourceError("no such file") from None


@contextmanager
def _unpacked(raw: IO[bytes]) -> Iterator[IO[bytes]]:
    import gzip  # loaded only where a file is packed
    import zlib

    try:
        with gzip.GzipFile(fileobj=raw) as unpacked:
            yield unpacked  # type: ignore[misc]  # a binary file in all but its declared type
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise SourceError("not a whole gzip file") from None


def _open_raw(name: str) -> AbstractContextManager[IO[bytes]]:
    if name == STDIN:
        return nullcontext(input_bytes())
    # Without O_NONBLOCK a FIFO would wait for someone to write.
    opened = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0))
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise SourceError("not a regular file")
    return os.fdopen(opened, "rb")


def chunks(name: str, source: IO[bytes], told: Callable[[int], object]) -> Iterator[bytes]:
    """A file in chunks, in constant memory; `told` hears how long each is. Raises SourceError for a packed one that blows up."""
    total = 0
    while chunk := source.read1(_CHUNK):  # type: ignore[attr-defined]  # every binary file that is opened here has it
        total += len(chunk)
        if name.endswith(".gz") and total > MOST_UNPACKED:
            raise SourceError(f"unpacks to more than {MOST_UNPACKED} bytes")
        told(len(chunk))
        yield chunk


def read_document(source: IO[bytes]) -> bytes:
    """A document as far as the limits go: of one that is too large enough is read to see that."""
    pieces: list[bytes] = []
    left = DEFAULT_LIMITS.max_bytes + 1
    while left and (piece := source.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
