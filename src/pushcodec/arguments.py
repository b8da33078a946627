"""Checks of the arguments that a caller passes: a wrong type raises TypeError."""

from __future__ import annotations


def check_text(text: object) -> None:
    """Raises TypeError unless a text is `str` or `bytes`; a bytearray or a memoryview can change while it is read."""
    if not isinstance(text, (str, bytes)):
        raise TypeError(f"expected a text as str or bytes, got {type(text).__name__}")


def plain_text(text: str | bytes) -> str | bytes:
    """The text as an instance of `str` or `bytes` itself, also if its class is a subclass of one, as numpy's are.

    Raises TypeError for any other type.
    """
    if isinstance(text, str):
        return str.__str__(text)
    check_text(text)
    return bytes(memoryview(text))


def check_type(name: str, value: object, kind: type | tuple[type, ...], expected: str) -> None:
    """Raises TypeError unless an argument is an instance of `kind`; `expected` names the type in words."""
    if not isinstance(value, kind):
        raise TypeError(f"{name} must be {expected}, not {type(value).__name__}")
