"""Steps of all functions that build payloads: writing the text, and refusing what would not decode."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pushcodec import jsontext
from pushcodec.arguments import check_type
from pushcodec.errors import Code, DecodeError, EncodeError, Violation

_T = TypeVar("_T")


def dump(value: object) -> str:
    """The JSON text of a value. Raises EncodeError if JSON cannot represent it."""
    try:
        return jsontext.dump_built(value)
    except (TypeError, ValueError):
        raise EncodeError([Violation(Code.NOT_ENCODABLE, "", "expected strings and integers")]) from None


def decoded(value: object, decode: Callable[[str], _T]) -> _T:
    """What `decode` makes of the text of a value. Raises EncodeError with the violations that it finds."""
    try:
        return decode(dump(value))
    except DecodeError as error:
        raise EncodeError(error.violations) from None


def refuse(violations: list[Violation]) -> None:
    """Raises EncodeError if there are violations."""
    if violations:
        raise EncodeError(violations)


def require_target(*targets: str) -> None:
    """Raises EncodeError unless one of the ids is not empty, TypeError unless all are `str`."""
    for target in targets:
        check_type("a user id or a group id", target, str, "a str")
    if not any(targets):
        raise EncodeError([Violation(Code.NO_TARGET, "", "expected a user id or a group id to send to")])
