"""Texts with keys that the schemas do not know: read as plain values, so that msgspec skips no part of them.

What msgspec reads this way is well-formed, valid UTF-8 with whole surrogate pairs. This module checks what else the strict reader
checks: no repeated key, integers of at most 64 bits (MessagePack has no larger ones), and the depth (a text has at least as many
brackets as levels). A text with a fraction or an exponent goes to the strict reader, because msgspec rounds numbers to zero that
the strict reader refuses.
"""

from __future__ import annotations

from typing import Any, Final, NoReturn

from msgspec import convert, json, msgpack

from pushcodec.contract import PAYLOADS
from pushcodec.fast import shapes
from pushcodec.fast.repeats import value_repeats_no_key
from pushcodec.jsontext import Limits

SHALLOW: Final = 32
"""The most brackets of a text that is read here. msgspec recurses; the stack of every thread is large enough for this depth."""


class DoubtfulError(ValueError):
    """Whether the text is valid is unknown; the codec or the mirror answers."""


def _doubt(_: str) -> NoReturn:
    raise DoubtfulError


_pack = msgpack.Encoder().encode
_read_value = json.Decoder(float_hook=_doubt).decode


def read_value(text: bytes | str, *, trusted: bool, deepest: int = SHALLOW) -> Any:
    """The value of a text that the strict reader certainly accepts. Raises DoubtfulError, or what msgspec raises, for every other.

    With `trusted` a repeated key is not looked for.
    """
    brackets = text.count("{") + text.count("[") if isinstance(text, str) else text.count(b"{") + text.count(b"[")
    if brackets > deepest:
        raise DoubtfulError
    value = _read_value(text)
    _pack(value)  # raises an OverflowError for an integer of more than 64 bits
    if not (trusted or value_repeats_no_key(value, text)):
        raise DoubtfulError
    return value


def read_value_within(text: bytes | str, limits: Limits, *, trusted: bool) -> Any:
    """The value of a text as `read_value` returns it, within the limits on depth and items. Raises as `read_value` does."""
    # An array or object has at most one item more than the text has commas.
    if len(text) > limits.max_items and (text.count(",") if isinstance(text, str) else text.count(b",")) >= limits.max_items:
        raise DoubtfulError
    return read_value(text, trusted=trusted, deepest=min(limits.max_depth, SHALLOW))


def as_ext(value: Any) -> shapes.OpenExt:
    """The struct of an ext's value. Raises ValidationError if a known key breaks the schemas."""
    return convert(value, shapes.OpenExt)


def as_content(value: Any) -> shapes.OpenContent:
    """The struct of a signaling content's value. Raises ValidationError if a known key breaks the schema."""
    return convert(value, shapes.OpenContent)


def extras(value: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """The members of an object whose keys are unknown."""
    return {key: member for key, member in value.items() if key not in known}


CHAT_KEYS: Final = frozenset(PAYLOADS["chat-entity"].keys)
CALL_KEYS: Final = frozenset(PAYLOADS["call-entity"].keys)
CONTENT_KEYS: Final = frozenset(PAYLOADS["signaling-content"].keys)
