"""Exit status of every command, and complaints on standard error."""

from __future__ import annotations

import sys

GOOD, BAD, COULD_NOT_RUN = 0, 1, 2


def complain(text: str) -> None:
    """One line on standard error."""
    sys.stderr.write(f"pushcodec: {text}\n")
