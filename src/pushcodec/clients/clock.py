"""The clock of a tap."""

from __future__ import annotations


def check_now(now: int) -> None:
    """Raises TypeError if the clock is not an int, ValueError if it is negative."""
    if type(now) is not int:
        raise TypeError(f"now must be an int of unix seconds, not {type(now).__name__}")
    if now < 0:
        raise ValueError("now must not be negative")
