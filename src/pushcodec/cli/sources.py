"""The files that are linted: found in folders and by globs, and read within bounds, whatever they turn out to be.

Only regular files are read. A folder is walked in order; symbolic links out of it, and links to folders, are not followed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import IO, Final, TypeAlias

from pushcodec.cli.streams import input_bytes
from pushcodec.jsontext import DEFAULT_LIMITS
from pushcodec.lint.config import matches

STDIN = "-"
SUFFIXES: Final = tuple(f"{kind}{packed}" for kind in (".json", ".ndjson", ".jsonl") for packed in ("", ".gz"))
ALWAYS_EXCLUDED: Final = (".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".nox", ".*_cache")
MOST_UNPACKED = 2**30
"""The most bytes that a packed file may unpack to; one packed to blow up ends there."""

_MAGIC = frozenset("*?[")
_CHUNK = 256 * 1024
_Complain: TypeAlias = Callable[[str, str], None]


class SourceError(Exception):
    """A file can't be read, or not to its end; says why in a few words."""


# Finding


def find_files(names: Sequence[str], exclude: Sequence[str], complain: _Complain) -> Iterator[str]:
    """The files that names stand for, each once: a file, a folder, a glob, or `-`. What can't be found or read is complained of."""
    seen: set[str] = set()
    for name in names:
        for file in _expand(name, (*ALWAYS_EXCLUDED, *exclude), complain):
            real = file if file == STDIN else os.path.realpath(file)
            if real not in seen:
                seen.add(real)
                yield file


def _expand(name: str, exclude: Sequence[str], complain: _Complain) -> Iterator[str]:
    if name == STDIN or not (os.path.isdir(name) or _MAGIC & set(name)) or (os.path.lexists(name) and not os.path.isdir(name)):
        yield name
    elif os.path.isdir(name):
        yield from _walk(name, exclude, complain)
    else:
        from glob import glob  # loaded only where there is one

        found = sorted(glob(name, recursive=True))
        if not found:
            complain(name, "no such file")
        for each in found:
            if not _excluded(each, exclude):
                yield from _walk(each, exclude, complain) if os.path.isdir(each) else [each]


def _walk(folder: str, exclude: Sequence[str], complain: _Complain) -> Iterator[str]:
    """The payload files of a folder and of those in it, in the order of their names, without recursion."""
    root = os.path.realpath(folder)
    pending = [folder]
    while pending:
        path = pending.pop()
        if path is not folder and not os.path.isdir(path):
            yield path
            continue
        try:
            with os.scandir(path) as entries:
                inside = sorted(entry.name for entry in entries if _wanted(entry, root, exclude))
        except OSError as error:
            complain(path, error.strerror or "can't be read")
            continue
        pending.extend(name if path == "." else os.path.join(path, name) for name in reversed(inside))


def _wanted(entry: os.DirEntry[str], root: str, exclude: Sequence[str]) -> bool:
    """Whether an entry of a folder is a folder to go into, or a payload file inside the tree."""
    try:
        inside = os.path.relpath(entry.path, root) if os.path.isabs(entry.path) else entry.path
        if _excluded(inside, exclude):
            return False
        if entry.is_dir(follow_symlinks=False):
            return True
        stays = not entry.is_symlink() or os.path.realpath(entry.path).startswith(root.rstrip(os.sep) + os.sep)
        return entry.name.endswith(SUFFIXES) and stays and entry.is_file()
    except OSError:  # it went away, or links to itself
        return False


def _excluded(path: str, exclude: Sequence[str]) -> bool:
    return any(matches(path.replace(os.sep, "/"), each) for each in exclude)


# Reading


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
