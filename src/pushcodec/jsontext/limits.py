"""The limits of a text."""

from __future__ import annotations

from typing import Final, NamedTuple, Self

from pushcodec.arguments import check_type

MOST_DEPTH: Final = 128
"""The highest `max_depth` that limits allow."""

RECURSION_DEPTH: Final = 32
"""The nesting that a recursive reader may follow: it fits the C stack of every thread."""


class _Limits(NamedTuple):
    max_bytes: int
    max_depth: int
    max_items: int


class Limits(_Limits):
    """The limits of a text. The strict reader refuses a text over a limit and never cuts it.

    - `max_bytes`: UTF-8 bytes of the outermost text
    - `max_depth`: nesting of each text, outer and embedded; the outermost value is 1; at most 128
    - `max_items`: members of any one object, elements of any one array
    """

    __slots__ = ()

    def __new__(cls, max_bytes: int = 65536, max_depth: int = 16, max_items: int = 1000) -> Self:
        _check_limit("max_bytes", max_bytes)
        _check_limit("max_depth", max_depth, most=MOST_DEPTH)
        _check_limit("max_items", max_items)
        return super().__new__(cls, max_bytes, max_depth, max_items)


def _check_limit(name: str, value: int, most: int | None = None) -> None:
    if type(value) is not int:
        raise TypeError(f"{name} must be an int, not {type(value).__name__}")
    if value < 1 or (most is not None and value > most):
        raise ValueError(f"{name} must be at least 1" + (f" and at most {most}" if most else ""))


DEFAULT_LIMITS: Final = Limits()


def check_limits(limits: object) -> None:
    """Raises TypeError unless the argument is a `Limits`; a plain tuple is none."""
    check_type("limits", limits, Limits, "a Limits")
