"""What the console program does to its own process, and `main` as a function must not do."""

from __future__ import annotations

import os
import sys

_STANDARD = 3
"""Descriptors 0, 1 and 2 are the standard streams."""


def occupy_closed_descriptors() -> None:
    """Opens the null device in place of standard streams that are closed.

    Otherwise the next file that is opened would get their number, and what a library writes to standard error would go into it.
    """
    for descriptor in range(_STANDARD):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free


def end_by_signal(name: str) -> int:
    """Ends the process by a signal; returns an exit status where that signal is blocked, or unknown as SIGPIPE is on Windows."""
    import signal

    number: int | None = getattr(signal, name, None)
    if number is None:
        return 2
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    return 128 + number


def discard_unwritten() -> None:
    """Discards what could not be written, as on a full disk: Python would try again at exit, and change the exit status."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):  # ValueError: closed
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
