"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from pushcodec.cli.sources import SourceError


def write_atomically(name: str, data: bytes | Iterable[bytes]) -> None:
    """Writes a file as `open_atomically` does."""
    with open_atomically(name) as file:
        file.writelines([data] if isinstance(data, bytes) else data)


@contextmanager
def open_atomically(name: str) -> Iterator[IO[bytes]]:
    """A file to write, beside its place, that is moved there at the end: a killed run leaves the old file or the new one.

    A symbolic link stays one, the permissions stay what they were. Raises SourceError when the file can't be written.
    """
    target = os.path.realpath(name)
    try:
        opened, beside = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".pushcodec-")
        try:
            with os.fdopen(opened, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.chmod(beside, _mode_of(target))
            os.replace(beside, target)
        except BaseException:
            os.unlink(beside)
            raise
    except OSError as error:
        raise SourceError(f"{name}: {error.strerror}") from None


def _mode_of(target: str) -> int:
    """The permissions of a file, or those that a new one gets."""
    try:
        return os.stat(target).st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
