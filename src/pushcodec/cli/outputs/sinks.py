"""Where outputs are written: a regular file is replaced as a whole or not at all; devices, pipes and descriptors get each piece."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from pushcodec.cli.outputs.temporary import temporary_beside
from pushcodec.cli.streams import OutputError, write_bytes, write_whole

STDOUT: Final = "-"

_STANDARD = {"stdin": 0, "stdout": 1, "stderr": 2}
_DESCRIPTOR = re.compile(r"[0-9]{1,9}")
_MOST_LINKS = 40  # the limit of the Linux kernel


class Sink:
    """A binary file for writing, with the methods that the writers of outputs use. They raise OutputError."""

    closed = False

    def __init__(self, name: str, write: Callable[[bytes], object]) -> None:
        self._name = name
        self._write = write
        self._position = 0

    def write(self, data: bytes | memoryview) -> int:
        """Writes all of the data; returns its length in bytes."""
        data = bytes(data)
        try:
            self._write(data)
        except OSError as error:
            raise OutputError(self._name, error) from None
        self._position += len(data)
        return len(data)

    def tell(self) -> int:
        """The number of bytes written so far."""
        return self._position

    def flush(self) -> None:
        """Does nothing: `open_output` flushes at the end."""


def write_output(name: str, data: bytes | Iterable[bytes]) -> None:
    """Writes bytes, or pieces of bytes, to the output that a name stands for, as `open_output` does."""
    with open_output(name) as sink:
        for piece in [data] if isinstance(data, bytes) else data:
            sink.write(piece)


@contextmanager
def open_output(name: str) -> Iterator[Sink]:
    """The output that a name stands for, open for writing: a file, a device, a pipe, or `-` for standard output.

    A regular file is written to a temporary file beside it, which replaces it at the end, so that a killed run leaves the old file
    or the new one. Symbolic links, permissions and owner are kept. Raises OutputError.
    """
    descriptor = descriptor_of(name)
    if descriptor == 1:
        yield Sink(name, write_bytes)
    elif descriptor is not None or _is_special(name):
        with _through(name, descriptor) as sink:
            yield sink
    else:
        with _replaced(name) as sink:
            yield sink


def descriptor_of(name: str) -> int | None:
    """The open descriptor that a name stands for, such as `-`, `/dev/stdout` or `/proc/self/fd/3`, or a link to one, or None."""
    if name == STDOUT:
        return 1
    path = os.path.abspath(name)
    for _ in range(_MOST_LINKS):
        folder, last = os.path.realpath(os.path.dirname(path)), os.path.basename(path)
        if folder == "/dev" and last in _STANDARD:
            return _STANDARD[last]
        if folder in ("/dev/fd", f"/proc/{os.getpid()}/fd") and _DESCRIPTOR.fullmatch(last):
            return int(last)
        if not os.path.islink(path):
            break
        path = os.path.join(folder, os.readlink(path))
    return None


def _is_special(name: str) -> bool:
    """Whether a name stands for a device or a pipe. Raises OutputError for a folder and for a block device."""
    try:
        mode = os.stat(name).st_mode
    except OSError:  # it does not exist, or writing reports the reason
        return False
    if stat.S_ISDIR(mode):
        raise OutputError(name, "a folder, where a file is expected")
    if stat.S_ISBLK(mode):
        raise OutputError(name, "a disk, which is not overwritten")
    return not stat.S_ISREG(mode)


@contextmanager
def _through(name: str, descriptor: int | None) -> Iterator[Sink]:
    try:
        opened = os.open(name, os.O_WRONLY) if descriptor is None else os.dup(descriptor)
    except OSError as error:
        raise OutputError(name, error) from None
    with os.fdopen(opened, "wb", buffering=0) as file:
        yield Sink(name, lambda data: write_whole(file, data))


@contextmanager
def _replaced(name: str) -> Iterator[Sink]:
    target = os.path.realpath(name)
    exists = os.path.exists(target)
    if exists and not os.access(target, os.W_OK):
        raise OutputError(name, "is write-protected")
    with temporary_beside(name, 0o600 if exists else 0o666) as (file, beside):
        yield Sink(name, file.write)
        try:
            file.flush()
            os.fsync(file.fileno())
            file.close()  # Windows does not move open files
            if exists:
                _copy_owner_and_mode(target, beside)
            os.replace(beside, target)
        except OSError as error:
            raise OutputError(name, error) from None


def _copy_owner_and_mode(target: str, beside: str) -> None:
    """Gives a temporary file the owner and the permissions of the file that it replaces."""
    old = os.stat(target)
    with suppress(OSError, AttributeError):  # only root may change owners; Windows has none
        os.chown(beside, old.st_uid, old.st_gid)
    os.chmod(beside, old.st_mode & 0o7777)
