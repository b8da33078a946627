"""The clock of a tap."""

from __future__ import annotations


def check_now(now: int) -> None:
    """Raises TypeError or ValueError when the clock is not a non-negative int: the caller's error."""
    if type(now) is not int:
        raise TypeError(f"now must be an int of unix seconds, not {type(now).__name__}")
    if now < 0:
        raise ValueError("now must not be negative")
