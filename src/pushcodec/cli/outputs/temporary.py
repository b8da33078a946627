"""Temporary files beside the outputs that they replace: removed when the run fails or a signal ends it.

Only SIGKILL or a crash of the machine leaves one. The next run that writes in the folder reports it.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from types import FrameType
from typing import IO, Any, Final

from pushcodec.cli.streams import OutputError

fcntl: Final[Any] = import_module("fcntl") if find_spec("fcntl") else None  # Windows has no such locks

PREFIX: Final = ".pushcodec-"

_ENDING = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGXCPU", "SIGBREAK")
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def temporary_beside(name: str, mode: int) -> Iterator[tuple[IO[bytes], str]]:
    """A new file in the folder of the file `name`, open for writing, and its own name. It is removed at the end unless moved.

    It has the permissions `mode` without those of the umask. Raises OutputError if it can't be created.
    """
    beside = os.path.join(os.path.dirname(os.path.realpath(name)), f"{PREFIX}{os.urandom(8).hex()}")
    with _removed_on_signals(beside):
        try:
            file = _create(name, beside, mode)
            try:
                yield file, beside
            finally:
                with suppress(OSError):  # the disk is full, which writing has reported already
                    file.close()
        finally:
            with suppress(OSError):
                os.unlink(beside)


def _create(name: str, beside: str, mode: int) -> IO[bytes]:
    try:
        file = os.fdopen(os.open(beside, _FLAGS, mode), "wb")
    except OSError as error:
        raise OutputError(name, error) from None
    if fcntl is not None:  # the lock shows other runs that the file is being written
        with suppress(OSError):  # some network file systems have no locks
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return file


def leftovers(target: str) -> list[str]:
    """The temporary files in the folder of `target` that no run is writing."""
    folder = os.path.dirname(os.path.realpath(target))
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.path for entry in entries if entry.name.startswith(PREFIX) and entry.is_file())
    except (OSError, ValueError):
        return []
    return [name for name in names if not _is_being_written(name)]


@contextmanager
def _removed_on_signals(name: str) -> Iterator[None]:
    """Removes the file when a signal ends the process. A signal that has a handler keeps it; if the handler raises,
    `temporary_beside` removes the file. Only the main thread can set handlers."""

    def remove(number: int, _: FrameType | None) -> None:
        with suppress(OSError):
            os.unlink(name)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    is_main = threading.current_thread() is threading.main_thread()
    numbers = [getattr(signal, each) for each in _ENDING if is_main and hasattr(signal, each)]
    replaced = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in replaced:
        signal.signal(number, remove)
    try:
        yield
    finally:
        for number in replaced:
            signal.signal(number, signal.SIG_DFL)


def _is_being_written(name: str) -> bool:
    """Whether another run holds the lock of the file. False where there are no locks."""
    if fcntl is None:
        return False
    try:
        with open(name, "rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # moved meanwhile, or owned by another user
        return not os.path.exists(name)
    return False
