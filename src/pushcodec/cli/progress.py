"""A progress bar on standard error, on a terminal only, for runs that take longer than a second."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence

from pushcodec.cli.streams import shows_cursor_moves, write_error
from pushcodec.display import columns, shown_name

_PATIENCE, _PAUSE = 1.0, 0.1  # seconds before it is drawn first, and between two drawings
_WIDTH = 30


class Progress:
    """The progress of a run over files, measured in bytes."""

    def __init__(self, files: Sequence[str], *, quiet: bool = False) -> None:
        self._active = not quiet and shows_cursor_moves(sys.stderr)
        self._total = sum(map(_size, files)) if self._active else 0
        self._done = 0
        self._name = ""
        self._next = time.monotonic() + _PATIENCE
        self._drawn = 0  # columns of the line

    def at(self, name: str) -> None:
        """Sets the current file."""
        self._name = name
        self.add(0)

    def add(self, count: int) -> None:
        """Adds to the number of bytes that are read."""
        self._done += count
        if self._active and time.monotonic() >= self._next:
            self._draw()

    def restart(self) -> None:
        """Begins at zero, for a second pass over the files."""
        self._done = 0

    def clear(self) -> None:
        """Removes the bar, so that other text can be written."""
        if self._drawn:
            write_error(f"\r{' ' * self._drawn}\r")
            self._drawn = 0

    def _draw(self) -> None:
        share = min(1.0, self._done / self._total) if self._total else 0.0
        bar = "#" * int(share * _WIDTH)
        name = shown_name(self._name)[-40:]
        line = f"[{bar:<{_WIDTH}}] {share:4.0%} {name}"
        width = columns(line)
        write_error(f"\r{line}{' ' * (self._drawn - width)}")
        self._drawn = max(width, self._drawn)
        self._next = time.monotonic() + _PAUSE


def _size(name: str) -> int:
    """The size of a file in bytes, packed if it is; 0 if it is not known."""
    try:
        return os.stat(name).st_size
    except OSError:
        return 0
