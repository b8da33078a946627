"""Exit status of every command, and complaints on standard error."""

from __future__ import annotations

from pushcodec.cli.streams import write_error

GOOD, BAD, COULD_NOT_RUN = 0, 1, 2


def complain(text: str) -> None:
    """One line on standard error."""
    write_error(f"pushcodec: {text}\n")
