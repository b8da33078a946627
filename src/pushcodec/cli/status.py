"""Exit status of every command, and complaints on standard error."""

from __future__ import annotations

import os

from pushcodec.cli.streams import write_error

GOOD, BAD, COULD_NOT_RUN = 0, 1, 2


def complain(text: str) -> None:
    """One line on standard error."""
    write_error(f"pushcodec: {text}\n")


def internal_error(error: Exception) -> str:
    """What to report of an error that pushcodec did not foresee: its type and where it was raised, and no content of a payload."""
    traceback = error.__traceback__
    place = ""
    while traceback is not None:
        place = f" at {os.path.basename(traceback.tb_frame.f_code.co_filename)}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return f"internal error, {type(error).__name__}{place}; please report it"
