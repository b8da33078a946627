"""The base of outcomes, which say what a client does with a payload, and the outcome that all clients share.

An outcome is a frozen `msgspec.Struct`. It has `.outcome`, its name in the vectors, and `.to_dict()`, its form there. A value that
a client stores without a check of its type is any JSON value, or `ABSENT` where the key was absent. Each outcome hashes, also one
that stores an array or an object.
"""

from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import astuple

from pushcodec.hashing import hash_of
from pushcodec.jsontext.values import ABSENT, Maybe, type_name


def stored(value: Maybe) -> dict[str, Any]:
    """A value that the client stored, in the vectors' form: `{"type": "string", "value": "2019"}`, without value for nil.

    An integer beyond 64 bits becomes the double as which the client reads it.
    """
    kind = type_name(value)
    if value is ABSENT:
        return {"type": kind}
    if kind == "float" and isinstance(value, int):
        return {"type": kind, "value": as_double(value)}
    return {"type": kind, "value": value}


def as_double(value: int) -> float:
    """The nearest double, infinite beyond the range of doubles."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


class Outcome(Struct, frozen=True, gc=False):
    """What a client does: a name, and details in the form of the vectors."""

    outcome: ClassVar[str]

    def __hash__(self) -> int:
        return hash_of(type(self), astuple(self))

    def to_dict(self) -> dict[str, Any]:
        """`{"outcome": …, "detail": {…}}` in the vectors' form."""
        return {"outcome": self.outcome, "detail": self._detail()}

    def _detail(self) -> dict[str, Any]:
        return {"reason": None}


class Ignored(Outcome, frozen=True, gc=False):
    """The client does nothing; `reason` is the vectors' name for the step that decided."""

    outcome: ClassVar[str] = "ignored"
    reason: str

    def _detail(self) -> dict[str, Any]:
        return {"reason": self.reason}
