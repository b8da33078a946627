"""Changes to the process that the console program makes and that `main`, which is also called as a function, must not make."""

from __future__ import annotations

import os
import sys

_STANDARD = 3
"""Descriptors 0, 1 and 2 are the standard streams."""


def occupy_closed_descriptors() -> None:
    """Opens the null device for each standard stream that is closed.

    Otherwise the next file that is opened would get its number, and text that a library writes to standard error would go into it.
    """
    for descriptor in range(_STANDARD):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number, which is this one


def end_by_signal(name: str) -> int:
    """Ends the process by a signal. Returns an exit status if the signal is blocked, or unknown as SIGPIPE on Windows."""
    import signal

    number: int | None = getattr(signal, name, None)
    if number is None:
        return 2
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    return 128 + number


def discard_unwritten() -> None:
    """Discards buffered output that can't be written. Python would try again at exit and change the exit status."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):  # ValueError: closed
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
