"""The exit status of every command, and messages on standard error."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeAlias

from pushcodec.cli.streams import write_error
from pushcodec.display import shown, shown_name

GOOD, BAD, COULD_NOT_RUN = 0, 1, 2

ReportProblem: TypeAlias = Callable[[str, str], None]
"""Reports that the command can't work on a file or a document: its name, and the reason."""


def write_message(text: str) -> None:
    """Writes one line to standard error."""
    write_error(f"pushcodec: {text}\n")


def report_problem(name: str, reason: str) -> None:
    """Writes one line about a file or a document to standard error."""
    write_message(f"{shown_name(name)}: {shown(reason)}")


def internal_error(error: Exception) -> str:
    """The message for an error in pushcodec itself: its type and where it was raised, without any value of a payload."""
    traceback = error.__traceback__
    place = ""
    while traceback is not None:
        place = f" at {os.path.basename(traceback.tb_frame.f_code.co_filename)}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return f"internal error, {type(error).__name__}{place}; please report it"
